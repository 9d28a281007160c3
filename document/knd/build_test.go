package knd_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/document/knd"
)

// texts are all that a document prints.
func texts(d document.Document) []string {
	out := []string{d.Form, d.Superior, d.Issuer, d.Symbol, d.Place, d.Kind, d.Title, d.Subject, d.Filed, d.Mark}
	out = append(out, d.To...)
	for _, b := range d.Body {
		out = append(out, b.Label)
		for _, s := range b.Text {
			out = append(out, s.Text)
		}
		if b.Table != nil {
			for _, c := range b.Table.Columns {
				out = append(out, c.Title)
			}
			out = append(out, slices.Concat(b.Table.Rows...)...)
		}
	}
	for _, s := range d.Signatures {
		out = append(out, s.Authority, s.Title, s.Name)
	}
	for _, r := range d.Recipients {
		out = append(out, r.Name, r.Purpose)
	}
	return out
}

func text(t *testing.T, code string, f knd.Facts) string {
	t.Helper()
	d, err := knd.Build(code, f)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(texts(d), "\n")
}

func form(t *testing.T, code string, day date.Date) knd.Form {
	t.Helper()
	f, ok := knd.Find(code, day)
	if !ok {
		t.Fatalf("no form %s", code)
	}
	return f
}

func TestWhatAPaperSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, code string
		era        int
		change     func(*knd.Facts)
		has, not   []string
	}{
		{name: "a resolution cites the set in force on its day", code: "6-KNĐ",
			has: []string{"Quy định số 24-QĐ/TW ngày 30/7/2021 của Ban Chấp hành Trung ương", "Hướng dẫn số 01-HD/TW ngày 28/9/2021 của Ban Bí thư"}, not: []string{"294", "BTCTW"}},
		{name: "and so does the next, a set later", code: "13-KNĐ", has: []string{"Quy định số 294-QĐ/TW ngày 26/5/2025", "Hướng dẫn số 06-HD/TW", "Điều 5"}, not: []string{"24-QĐ/TW ngày"}},
		{name: "RS-2026B", code: "6-KNĐ", era: 1, has: []string{"Quy định số 208-QĐ/TW ngày 26/7/2026"}},
		{name: "a vote is told with its fraction in words", code: "6-KNĐ",
			has: []string{"14/20 đảng viên chính thức (mười bốn trên hai mươi), đạt 70%; không tán thành 3; ý kiến khác 1", "ít nhất hai phần ba"}},
		{name: "a decision cites both resolutions", code: "9-KNĐ", has: []string{"Nghị quyết số 05-NQ/CB ngày 15/8/2024 của Chi bộ Tự nhiên", "Nghị quyết số 12-NQ/ĐU ngày 25/9/2024 của Đảng ủy Trường THPT Hải Bình"}},
		{name: "with a comma since 05-HD/VPTW", code: "9-KNĐ", era: 1, has: []string{"Nghị quyết số 05-NQ/CB, ngày 15/02/2027 của"}},
		{name: "the ceremony runs from receipt", code: "9-KNĐ", has: []string{"30 ngày làm việc, kể từ ngày nhận được Quyết định"}},
		{name: "and since RS-2026B from issue", code: "9-KNĐ", era: 1, has: []string{"30 ngày làm việc, kể từ ngày ban hành Quyết định"}},
		{name: "three days of one member", code: "16-KNĐ", has: []string{"kết nạp vào Đảng ngày 02/12/2024 theo Quyết định số 208-QĐ/ĐUK ngày 28/10/2024",
			"đảng viên chính thức kể từ ngày 02 tháng 12 năm 2025", "được tính từ ngày 28 tháng 10 năm 2024"}},
		{name: "no tuổi đảng is reckoned for who was a member before", code: "16-KNĐ", change: func(f *knd.Facts) { f.Readmission = true },
			has: []string{"kết nạp lại vào Đảng", "được tính theo quy định: từ ngày ……"}, not: []string{"tính từ ngày 28 tháng 10"}},
		{name: "readmission in the title and the text", code: "6-KNĐ", change: func(f *knd.Facts) { f.Readmission = true },
			has: []string{"đề nghị kết nạp lại đảng viên", "kết nạp lại quần chúng Nguyễn Văn An"}},
		{name: "readmission in the application", code: "1-KNĐ", change: func(f *knd.Facts) { f.Readmission = true }, has: []string{"lần thứ nhất"}},
		{name: "a chi bộ cơ sở asks the deciding body itself", code: "6-KNĐ", change: func(f *knd.Facts) {
			f.Base, f.Sectional = knd.Body{}, knd.Body{}
			f.Branch.Name = "Chi bộ cơ sở Đài"
		},
			has: []string{"Đề nghị Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh Hải Sơn xem xét, quyết định", "ĐẢNG BỘ KHỐI CÁC CƠ QUAN TỈNH HẢI SƠN", "CHI BỘ CƠ SỞ ĐÀI"}},
		{name: "chi bộ is the one name since RS-2026B", code: "6-KNĐ", era: 1, change: func(f *knd.Facts) { f.Branch.Name = "Chi bộ cơ sở Đài" }, has: []string{"CHI BỘ ĐÀI", "Chi bộ Đài"}, not: []string{"Chi bộ cơ sở"}},
		{name: "an authorised base committee decides as a whole", code: "9-KNĐ", change: func(f *knd.Facts) { f.Competent = f.Base },
			has: []string{"9A-KNĐ", "T/M ĐẢNG ỦY", "ĐẢNG ỦY TRƯỜNG THPT HẢI BÌNH"}, not: []string{"BAN THƯỜNG VỤ"}},
		{name: "by its standing committee since RS-2026B", code: "9-KNĐ", era: 1, change: func(f *knd.Facts) { f.Competent = f.Base }, has: []string{"9A-KNĐ", "T/M BAN THƯỜNG VỤ"}},
		{name: "a certificate of a committee", code: "CN-NTVĐ", era: 1, change: func(f *knd.Facts) { f.Class.Committee = true; f.Class.Issuer = "Đảng ủy Khối" }, has: []string{"CN-NTVĐ1-2", "ĐẢNG ỦY KHỐI", "118/GCN"}},
		{name: "of a centre in the old set", code: "CN-NTVĐ", has: []string{"CN-NTVĐ", "118/GCN"}, not: []string{"CN-NTVĐ1"}},
		{name: "recorded words are printed", code: "6-KNĐ", change: func(f *knd.Facts) { f.Words.Strengths = "Có ý thức tổ chức" }, has: []string{"Có ý thức tổ chức."}},
		{name: "a request about the applicant", code: knd.Verification, change: func(f *knd.Facts) { f.Relative = knd.Relative{}; f.Reply = date.Must("2024-07-17") },
			has: []string{"Phẩm chất chính trị, đạo đức", "trong ngày 17 tháng 7 năm 2024"}},
		{name: "a request states the term where no day is set", code: knd.Verification, has: []string{"30 ngày làm việc ở trong nước, 90 ngày làm việc ở ngoài nước", "bố đẻ"}},
		{name: "a transfer on probation", code: knd.TransferNotice, has: []string{"đảng viên dự bị", "60 ngày làm việc", "do chuyển công tác"}},
		{name: "a return leaves the clock running", code: knd.ReturnNotice, has: []string{"vẫn tính từ ngày 15/8/2024", "60 ngày làm việc", "Đảng ủy Trường THPT Hải Bình"}},
		{name: "minutes: short of two thirds there is no resolution", code: knd.BranchMinutes, has: []string{"13/20", "chi bộ không ra nghị quyết", "chi bộ ra nghị quyết", "bỏ phiếu kín", "giơ thẻ đảng viên"}},
		{name: "the programme names helper and guest", code: knd.Programme, has: []string{"đồng chí Trần Thị Bình", "đồng chí Nguyễn Văn Sáu", "Quyết định số 208-QĐ/ĐUK"}},
		{name: "the list of removals", code: knd.DecisionList, change: func(f *knd.Facts) { f.Session.Act = admission.Remove }, has: []string{"xóa tên", "209-QĐ/ĐUK", "Danh sách có 02 người (hai)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := eras[c.era]
			f := e.facts(form(t, c.code, e.on("2024-08-15")))
			if c.change != nil {
				c.change(&f)
			}
			got := text(t, c.code, f)
			for _, want := range c.has {
				if !strings.Contains(got, want) {
					t.Errorf("lacks %q:\n%s", want, got)
				}
			}
			for _, no := range c.not {
				if strings.Contains(got, no) {
					t.Errorf("must not say %q:\n%s", no, got)
				}
			}
		})
	}
}

// TestATransferSpeaksOfTheStage: before the decision, after it, and on probation (ADM-114, ADM-115).
func TestATransferSpeaksOfTheStage(t *testing.T) {
	t.Parallel()
	for stop, want := range map[string]string{"b1": "tiếp tục xem xét", "b4": "không tổ chức tại nơi chuyển đi", "b6": "xét công nhận đảng viên chính thức"} {
		f := eras[0].facts(form(t, knd.TransferNotice, today))
		f.Act = admission.Act{}
		for i, a := range road {
			if a.ID == stop {
				f.File = admission.Replay(admission.File{Acts: road[:i+1]})
			}
		}
		if got := text(t, knd.TransferNotice, f); !strings.Contains(got, want) {
			t.Errorf("after %s: %s", stop, got)
		}
	}
}

// TestAPaperCitesWhatHeldWhenItWasMade: not what came later, not what was voided.
func TestAPaperCitesWhatHeldWhenItWasMade(t *testing.T) {
	t.Parallel()
	acts := slices.Clone(road[:10])
	acts = append(acts,
		admission.Act{ID: "v1", Code: admission.Void, On: date.Must("2024-08-16"), ActID: "b1"},
		admission.Act{ID: "w1", Code: admission.BranchResolution, On: date.Must("2024-08-20"), Number: "06-NQ/CB"},
		admission.Act{ID: "w2", Code: admission.BaseResolution, On: date.Must("2024-09-25"), Number: "12-NQ/ĐU"},
		admission.Act{ID: "w3", Code: admission.Return, On: date.Must("2024-10-01"), Stage: admission.Ready},
		admission.Act{ID: "w4", Code: admission.BranchResolution, On: date.Must("2024-10-20"), Number: "08-NQ/CB"},
	)
	f := bare(date.Must("2024-11-01"))
	f.File = admission.Replay(admission.File{Acts: acts})
	f.Act = f.File.Acts[12]
	got := text(t, "8-KNĐ", f)
	if !strings.Contains(got, "06-NQ/CB ngày 20/8/2024") || strings.Contains(got, "05-NQ/CB") || strings.Contains(got, "08-NQ/CB") {
		t.Errorf("the resolution of then: %s", got)
	}
	f.Act = admission.Act{}
	if got = text(t, "8-KNĐ", f); !strings.Contains(got, "08-NQ/CB ngày 20/10/2024") {
		t.Errorf("a draft cites what holds: %s", got)
	}
}

var closedItem = regexp.MustCompile(`^(9|16|20|21|24|25|26)\. |^09\. |^10\. Tôn giáo|^(Đặc điểm lịch sử|Kỷ luật|Hoàn cảnh gia đình|Nhận xét của|Chứng nhận của)`)

// TestClosedItemsOfTheCVCarryNoValue: items 9, 16, 20, 21 and 24 to 26 are written by hand
// on paper and nowhere else (SEC-06), in both layouts, whatever is recorded.
func TestClosedItemsOfTheCVCarryNoValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom([]string{"2024-05-27", "2025-06-30", "2025-07-01", "2026-11-23"}).Draw(t, "day")
		f := anyFacts(t)
		f.Person.Name, f.Branch.Name, f.Today, f.Act = "Nguyễn Văn An", "Chi bộ A", date.Must(day), admission.Act{}
		d, err := knd.Build("2-KNĐ", f)
		if err != nil {
			t.Fatal(err)
		}
		f = bare(date.Must(day))
		empty, err := knd.Build("2-KNĐ", f)
		if err != nil || len(empty.Body) != len(d.Body) {
			t.Fatal(err)
		}
		closed := 0
		for i, b := range d.Body {
			label := b.Label
			if len(b.Text) > 0 && b.Label == "" {
				label = b.Text[0].Text
			}
			if !closedItem.MatchString(label) {
				continue
			}
			closed++
			said := b.Text[len(b.Text)-1].Text
			if b.Kind != document.Paragraph || len(b.Text) != 2 || !strings.Contains(said, "bằng tay") || d.Body[i+1].Kind != document.Lines || said != empty.Body[i].Text[1].Text || b.Text[0] != empty.Body[i].Text[0] {
				t.Fatalf("item %q is %+v", label, b)
			}
		}
		if closed < 7 || closed > 8 {
			t.Fatalf("%d closed items", closed)
		}
	})
}

func anyVotes() *rapid.Generator[*admission.Votes] {
	return rapid.Custom(func(t *rapid.T) *admission.Votes {
		n := rapid.OneOf(rapid.IntRange(0, 40), rapid.Int())
		if rapid.Bool().Draw(t, "none") {
			return nil
		}
		return &admission.Votes{Members: n.Draw(t, "members"), Present: n.Draw(t, "present"), For: n.Draw(t, "for"), Against: n.Draw(t, "against")}
	})
}

func anyDay() *rapid.Generator[date.Date] {
	return rapid.Custom(func(t *rapid.T) date.Date {
		if rapid.IntRange(0, 5).Draw(t, "none") == 0 {
			return date.Date{}
		}
		return date.Must("2016-01-01").AddDays(rapid.IntRange(0, 9000).Draw(t, "day"))
	})
}

func anyFacts(t *rapid.T) knd.Facts {
	word := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ăe\u0301\u0323\u200da\u0306 \n\x00\u202e<nil>\ufeffđ\u0085\ue000"))))
	s := func(name string) string { return word.Draw(t, name) }
	body := func(name string) knd.Body {
		return knd.Body{Name: rapid.OneOf(word, rapid.SampledFrom([]string{"Đảng bộ A", "Đảng ủy A", "Chi bộ cơ sở A", ""})).Draw(t, name), Symbol: s("symbol"), Place: s("place"), Head: s("head"), Title: s("title")}
	}
	day := anyDay()
	codes := append(admission.Codes(), "")
	act := rapid.Custom(func(t *rapid.T) admission.Act {
		papers := map[admission.PaperCode]date.Date{admission.PaperIntroducer: day.Draw(t, "3"), admission.PaperOpinions: day.Draw(t, "5")}
		return admission.Act{ID: rapid.StringMatching(`[a-c][0-9]`).Draw(t, "id"), Code: rapid.SampledFrom(codes).Draw(t, "code"), On: day.Draw(t, "on"), Number: word.Draw(t, "number"),
			Votes: anyVotes().Draw(t, "votes"), Note: word.Draw(t, "note"), Helper: word.Draw(t, "helper"), To: word.Draw(t, "to"), ActID: "a1", Papers: papers}
	})
	n := rapid.Int()
	f := knd.Facts{
		File: admission.Replay(admission.File{Acts: rapid.SliceOfN(act, 0, 8).Draw(t, "acts")}),
		Person: knd.Person{Name: s("name"), Birth: day.Draw(t, "birth"), Sex: s("sex"), BirthPlace: s("birthplace"), Hometown: s("home"), Ethnicity: s("ethnicity"), Religion: s("religion"),
			Education: s("education"), Residence: s("residence"), Occupation: s("occupation"), IDNumber: s("id")},
		Branch: body("branch"), Sectional: body("sectional"), Base: body("base"), Competent: body("competent"), Above: body("above"), Union: body("union"), To: body("to"),
		Members: knd.Members{Official: n.Draw(t, "o"), Probationary: n.Draw(t, "p"), PresentOfficial: n.Draw(t, "po"), PresentProbationary: n.Draw(t, "pp"), Absent: []knd.Absence{{Name: s("absent"), Reason: s("why")}}},
		Chair:   s("chair"), Secretary: s("secretary"), Today: day.Draw(t, "today"), Relative: knd.Relative{Name: s("relative"), Relation: s("relation"), Place: s("place")},
		Reply: day.Draw(t, "reply"), Reason: s("reason"), Guest: s("guest"), Introducer: knd.Introducer{Name: s("introducer"), Post: s("post")},
		Class:       knd.Class{Name: s("class"), Issuer: s("issuer"), From: day.Draw(t, "from"), Committee: rapid.Bool().Draw(t, "committee"), Number: s("class number")},
		Words:       knd.Words{CV: s("cv"), Strengths: s("strengths"), Views: s("views"), Conclusion: s("conclusion")},
		Readmission: rapid.Bool().Draw(t, "again"),
		Minutes: knd.Minutes{On: day.Draw(t, "held"), Place: s("where"), From: s("from hour"), Items: []knd.Item{{Person: s("item"), Act: rapid.SampledFrom(codes).Draw(t, "item act"),
			Matter: s("matter"), Votes: anyVotes().Draw(t, "item votes"), Result: s("result")}}},
		Session: knd.Session{On: day.Draw(t, "session"), Rows: []knd.Decision{{Number: s("row"), Person: s("row person"), Unit: s("unit")}}},
	}
	if rapid.Bool().Draw(t, "recorded") {
		f.Act = act.Draw(t, "act")
	}
	return f
}

// TestBuildNeverPanicsAndPrintsCleanText: whatever is recorded, every text of every form
// is NFC without control characters, and nothing empty shows as a value.
func TestBuildNeverPanicsAndPrintsCleanText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		nothing := f.Person == knd.Person{Name: f.Person.Name}
		for _, form := range knd.Forms(today) {
			own := f
			if rapid.Bool().Draw(t, "own act") {
				own.Act.Code = form.Act
			}
			d, err := knd.Build(form.Code, own)
			if err != nil {
				continue
			}
			if err := d.Check(); err != nil {
				t.Fatalf("%s: %v", form.Code, err)
			}
			for _, s := range texts(d) {
				if !norm.NFC.IsNormalString(s) {
					t.Fatalf("%s: not NFC: %q", form.Code, s)
				}
				if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
					t.Fatalf("%s: control character: %q", form.Code, s)
				}
				if strings.Contains(s, "0001") && nothing || strings.Contains(s, "%!") && nothing {
					t.Fatalf("%s: an empty value shows: %q", form.Code, s)
				}
			}
		}
	})
}

// TestNothingEmptyShows: a paper of bare facts has no day that is none and no nil.
func TestNothingEmptyShows(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2020-01-01", "2024-08-15", "2026-11-23"} {
		for _, form := range knd.Forms(date.Must(day)) {
			got := text(t, form.Code, bare(date.Must(day)))
			for _, no := range []string{"nil", "0001", "1899", "%!", "ngày  ", "()", " ,", "%)"} {
				if strings.Contains(got, no) {
					t.Errorf("%s shows %q:\n%s", form.Code, no, got)
				}
			}
		}
	}
}

// TestARecognitionAfterThreeFailedBallotsCitesNoResolution: none was made (VOT-11).
func TestARecognitionAfterThreeFailedBallotsCitesNoResolution(t *testing.T) {
	t.Parallel()
	acts := slices.Clone(road[:slices.IndexFunc(road, func(a admission.Act) bool { return a.ID == "b8" })])
	for i, on := range []string{"2025-12-15", "2025-12-20", "2025-12-27"} {
		acts = append(acts, admission.Act{ID: fmt.Sprint("f", i), Code: admission.BallotFailed, On: date.Must(on), Question: admission.QuestionRecognition})
	}
	decided := admission.Act{ID: "r", Code: admission.Recognize, On: date.Must("2026-01-12"), Number: "31-QĐ/ĐUK"}
	f := bare(decided.On)
	f.File, f.Act = admission.Replay(admission.File{Acts: append(acts, decided)}), decided
	got := text(t, "16-KNĐ", f)
	if !strings.Contains(got, "ba lần biểu quyết không đủ số phiếu") || strings.Contains(got, "Nghị quyết số") {
		t.Error(got)
	}
}
