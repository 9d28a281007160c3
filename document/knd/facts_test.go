package knd_test

import (
	"ketnap/admission"
	"ketnap/date"
	"ketnap/document/knd"
)

// The story of the specification (11.1), by the day of each act.
var road = []admission.Act{
	{ID: "a1", Code: admission.Introduce, On: date.Must("2024-01-05"), By: admission.YouthUnion, Number: "03-NQ/ĐTN"},
	{ID: "a2", Code: admission.List, On: date.Must("2024-01-10"), Number: "01-NQ/CB"},
	{ID: "a3", Code: admission.AssignHelper, On: date.Must("2024-01-10"), Helper: "Trần Thị Bình"},
	{ID: "a4", Code: admission.Certify, On: date.Must("2024-04-26"), Number: "118/GCN"},
	{ID: "a5", Code: admission.Apply, On: date.Must("2024-05-27")},
	{ID: "a6", Code: admission.SendVerification, On: date.Must("2024-06-03"), To: "Đảng ủy xã Hải Ninh", Number: "21-CV/ĐU"},
	{ID: "a7", Code: admission.ReceiveRequest, On: date.Must("2024-06-05")},
	{ID: "a8", Code: admission.ConcludeVerification, On: date.Must("2024-07-10"), Result: admission.ResultClear},
	{ID: "a9", Code: admission.CompleteDossier, On: date.Must("2024-07-31"), Papers: map[admission.PaperCode]date.Date{
		admission.PaperIntroducer: date.Must("2024-07-20"), admission.PaperIntroducer2: date.Must("2024-07-20"), admission.PaperYouth: date.Must("2024-07-22"),
		admission.PaperTrade: date.Must("2024-07-22"), admission.PaperOpinions: date.Must("2024-07-30")}},
	{ID: "b1", Code: admission.BranchResolution, On: date.Must("2024-08-15"), Number: "05-NQ/CB", Votes: &admission.Votes{Members: 20, Present: 18, For: 14, Against: 3}},
	{ID: "b2", Code: admission.Appraise, On: date.Must("2024-09-03"), Number: "07-BC/ĐU"},
	{ID: "b3", Code: admission.BaseResolution, On: date.Must("2024-09-25"), Number: "12-NQ/ĐU", Votes: &admission.Votes{Members: 9, Present: 8, For: 8}},
	{ID: "b4", Code: admission.Decide, On: date.Must("2024-10-28"), Number: "208-QĐ/ĐUK", Votes: &admission.Votes{Members: 15, Present: 13, For: 13}},
	{ID: "b5", Code: admission.ReceiveDecision, On: date.Must("2024-10-31")},
	{ID: "b6", Code: admission.Ceremony, On: date.Must("2024-12-02"), Helper: "Trần Thị Bình"},
	{ID: "d1", Code: admission.FileMemberCV, On: date.Must("2025-01-10")},
	{ID: "b7", Code: admission.CompleteReview, On: date.Must("2025-12-05"), Papers: map[admission.PaperCode]date.Date{
		admission.PaperSelfReview: date.Must("2025-12-02"), admission.PaperHelper: date.Must("2025-12-03"), admission.PaperOpinions2: date.Must("2025-12-04"), admission.PaperNewMember: date.Must("2025-06-20")}},
	{ID: "b8", Code: admission.ProposeRecognition, On: date.Must("2025-12-15"), Number: "09-NQ/CB", Votes: &admission.Votes{Members: 21, Present: 20, For: 20}},
	{ID: "b9", Code: admission.AppraiseRecognition, On: date.Must("2025-12-18"), Number: "11-BC/ĐU"},
	{ID: "c1", Code: admission.BaseRecognition, On: date.Must("2025-12-24"), Number: "19-NQ/ĐU", Votes: &admission.Votes{Members: 9, Present: 9, For: 9}},
	{ID: "c2", Code: admission.Recognize, On: date.Must("2026-01-12"), Number: "31-QĐ/ĐUK", Votes: &admission.Votes{Members: 15, Present: 15, For: 15}},
}

// asideActs stand at another place of the road than its end, by the act before them.
var asideActs = map[admission.Code]struct {
	after string
	act   admission.Act
}{
	admission.Transfer: {"b6", admission.Act{ID: "x1", Code: admission.Transfer, On: date.Must("2025-02-10"), Unit: "T.02", Number: "44-CV/ĐUK", Note: "chuyển công tác"}},
	admission.Refuse:   {"b3", admission.Act{ID: "x2", Code: admission.Refuse, On: date.Must("2024-10-28"), Number: "15-TB/ĐUK", Note: "chưa đủ thời gian công tác tại đơn vị", Stage: admission.Listed}},
	admission.Return:   {"b3", admission.Act{ID: "x3", Code: admission.Return, On: date.Must("2024-10-10"), Number: "40-CV/ĐUK", Note: "bổ sung kết quả thẩm tra của một người thân", Stage: admission.BranchResolved}},
}

// An era shifts the story by months, so that it falls under another layout and set.
type era struct {
	name   string
	months int
}

var eras = []era{{"36", 0}, {"05", 30}}

func (e era) on(s string) date.Date { return date.Must(s).AddMonths(e.months) }

func (e era) act(a admission.Act) admission.Act {
	a.On = a.On.AddMonths(e.months)
	papers := map[admission.PaperCode]date.Date{}
	for code, on := range a.Papers {
		papers[code] = on.AddMonths(e.months)
	}
	if len(papers) > 0 {
		a.Papers = papers
	}
	return a
}

// facts are those of a form in an era, its act recorded.
func (e era) facts(form knd.Form) knd.Facts {
	var acts []admission.Act
	var own admission.Act
	side, aside := asideActs[form.Act]
	for _, a := range road {
		acts = append(acts, e.act(a))
		if a.Code == form.Act {
			own = acts[len(acts)-1]
		}
		if aside && a.ID == side.after {
			own = e.act(side.act)
			acts = append(acts, own)
			break
		}
	}
	f := knd.Facts{
		File: admission.Replay(admission.File{ID: "f1", Unit: "K01.01", Name: "Nguyễn Văn An", Acts: acts}),
		Person: knd.Person{Name: "Nguyễn Văn An", Birth: date.Must("2002-02-05"), Sex: "male", BirthPlace: "Hải Bình", Hometown: "xã Hải Ninh", Ethnicity: "Kinh",
			Religion: "Không", Education: "12/12", Residence: "phường Bắc Hải", Occupation: "giáo viên", IDNumber: "044202000001"},
		Branch:    knd.Body{Name: "Chi bộ Tự nhiên", Symbol: "CB", Place: "Hải Bình", Head: "Lê Văn Cường"},
		Sectional: knd.Body{Name: "Đảng ủy bộ phận Khối lớp 12", Symbol: "ĐU", Place: "Hải Bình", Head: "Phạm Thị Dung"},
		Base:      knd.Body{Name: "Đảng bộ Trường THPT Hải Bình", Symbol: "ĐU", Place: "Hải Bình", Head: "Hoàng Văn Em", Title: "PHÓ BÍ THƯ"},
		Competent: knd.Body{Name: "Đảng ủy Khối các cơ quan tỉnh Hải Sơn", Symbol: "ĐUK", Place: "Hải Sơn", Head: "Nguyễn Văn Sáu", Title: "PHÓ BÍ THƯ"},
		Above:     knd.Body{Name: "Tỉnh ủy Hải Sơn"},
		Members: knd.Members{Official: 20, Probationary: 2, PresentOfficial: 18, PresentProbationary: 2,
			Absent: []knd.Absence{{Name: "Đỗ Thị Giang", Reason: "đi công tác"}, {Name: "Vũ Văn Hải", Reason: "nghỉ ốm"}}},
		Chair: "Lê Văn Cường", Secretary: "Ngô Thị Lan", Today: own.On, Act: own,
		To: knd.Body{Name: "Đảng ủy xã Hải Ninh"}, Relative: knd.Relative{Name: "Nguyễn Văn Ba", Relation: "bố đẻ", Place: "xã Hải Ninh"}, Guest: "đồng chí Nguyễn Văn Sáu",
		Union:      knd.Body{Name: "Ban Chấp hành Đoàn Trường THPT Hải Bình", Place: "Hải Bình", Head: "Trịnh Văn Minh"},
		Introducer: knd.Introducer{Name: "Trần Thị Bình", Birth: date.Must("1985-11-20"), Admitted: date.Must("2010-05-19"), Official: date.Must("2011-05-19"), Post: "Tổ trưởng", Hometown: "xã Tân Hải"},
		Class: knd.Class{Name: "bồi dưỡng nhận thức về Đảng khóa I", From: e.on("2024-04-22"), To: e.on("2024-04-26"), Issuer: "Trung tâm Chính trị Hải Bình",
			Grade: "Khá", Number: "27", Signer: "Bùi Văn Nam"},
		Minutes: knd.Minutes{On: e.on("2024-08-15"), Place: "phòng họp số 1", From: "14 giờ 00", To: "16 giờ 30", Guests: []string{"Hoàng Văn Em, Phó Bí thư Đảng ủy"}, Items: []knd.Item{
			{Person: "Nguyễn Văn An", Birth: date.Must("2002-02-05"), Act: admission.BranchResolution, Secret: true, Votes: &admission.Votes{Members: 20, Present: 18, For: 14, Against: 3}},
			{Person: "Lý Thị Oanh", Act: admission.BranchResolution, Votes: &admission.Votes{Members: 20, Present: 18, For: 13, Against: 5}},
			{Person: "Cao Văn Phú", Act: admission.List, Result: "đưa vào danh sách", Views: "Nhất trí."},
			{Matter: "Công tác tháng tới"},
		}},
		Session: knd.Session{On: e.on("2024-10-28"), Act: admission.Decide, Rows: []knd.Decision{
			{Number: "208-QĐ/ĐUK", Person: "Nguyễn Văn An", Birth: date.Must("2002-02-05"), Unit: "Chi bộ Tự nhiên"},
			{Number: "209-QĐ/ĐUK", Person: "Mai Thị Quỳnh", Birth: date.Must("2001-12-31"), Unit: "Chi bộ Học sinh"},
		}},
	}
	if f.Today.IsZero() {
		f.Today = e.on("2024-08-15")
	}
	return f
}

// bare are the facts without which no paper is written, and nothing more.
func bare(today date.Date) knd.Facts {
	return knd.Facts{Person: knd.Person{Name: "Nguyễn Văn An"}, Branch: knd.Body{Name: "Chi bộ Tự nhiên"}, Sectional: knd.Body{Name: "Đảng ủy bộ phận A"},
		Base: knd.Body{Name: "Đảng ủy Trường A"}, Competent: knd.Body{Name: "Đảng ủy Khối"}, Today: today,
		Minutes: knd.Minutes{Items: []knd.Item{{}}}, Session: knd.Session{Rows: []knd.Decision{{}}}}
}
