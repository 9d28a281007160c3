package admission

import (
	"slices"

	"ketnap/rule"
)

// branchMeeting judges the vote of the branch: the certificate must be good on this day
// (DL-21), the papers should be (DL-30), the age is counted by month (ELI-02).
func (j *judge) branchMeeting() {
	on := j.act.On
	issued := j.file.Certificate.Issued
	t := j.term(termCertificate, issued)
	if until := issued.AddMonths(t.Amount); until.Before(on) {
		j.block("DL-20", t.Cite, "on", "Giấy chứng nhận cấp ngày %s chỉ có giá trị đến %s; chi bộ họp ngày %s. Phải học lại và có giấy mới trước khi xét.", issued.VN(), until.VN(), on.VN())
	}
	j.oldPapers()
	j.age()
	j.education()
	if j.file.Again() {
		j.readmission(j.file.Readmission, rule.Block)
	}
	j.school()
	if v := j.act.Votes; v != nil && v.Members < minBranch {
		j.warn("ORG-01", "Điều lệ Đảng, Điều 24", "members", "Chi bộ có dưới %d đảng viên chính thức.", minBranch)
	}
}

// minBranch is the least number of official members of a branch (ORG-01).
const minBranch = 3

func (j *judge) age() {
	on, birth := j.act.On, j.file.Birth
	least, most := j.term(termAgeMin, on), j.term(termAgeMax, on)
	months := birth.MonthsUntil(on)
	switch {
	case months < least.Amount:
		j.block("ELI-02", least.Cite, "on", "Chưa đủ 18 tuổi tính theo tháng vào ngày %s (sinh %s).", on.VN(), birth.VN())
	case months == least.Amount && birth.AddMonths(months).After(on):
		j.warn("ELI-02", least.Cite, "on", "Đủ 18 tuổi tính theo tháng, nhưng ngày sinh nhật %s chưa đến.", birth.AddMonths(months).VN())
	case months > most.Amount && j.file.Consents["ELI-02"] == "":
		j.block("ELI-02", most.Cite, "on", "Quá 60 tuổi tính theo tháng vào ngày %s: cần văn bản đồng ý của ban thường vụ cấp ủy trực thuộc Trung ương trước khi quyết định.", on.VN())
	case months == most.Amount && on.After(birth.AddMonths(months)):
		j.warn("ELI-02", most.Cite, "on", "Đủ 60 tuổi trong tháng này; từ tháng sau phải có văn bản đồng ý của cấp trên.")
	}
}

func (j *judge) appraisal() {
	if !j.world.Over.Sectional {
		j.block("ADM-70", j.row.cite, "act", "Trên chi bộ này không có đảng ủy bộ phận.")
	}
}

func (j *judge) baseCommittee() {
	switch {
	case !j.world.Over.Base:
		j.block("VOT-08", charter4, "act", "Trên chi bộ này không có đảng ủy cơ sở: nghị quyết của chi bộ gửi thẳng cấp ủy có thẩm quyền.")
	case j.act.Code == BaseResolution && j.world.Over.Sectional && j.file.Stage == BranchResolved:
		j.block("ADM-70", "HD 01-HD/TW, 3.7", "act", "Đảng ủy bộ phận thẩm định trước (mẫu 7-KNĐ).")
	case j.act.Code == BaseRecognition && j.world.Over.Sectional && j.file.Stage == RecognitionProposed:
		j.block("DOC-104", j.row.cite, "act", "Đảng ủy bộ phận thẩm định trước (mẫu 14-KNĐ).")
	case j.act.Code == BaseRecognition:
		j.once(j.file.BaseRecognized, "DOC-104", "Đảng ủy cơ sở đã có nghị quyết ngày %s.")
	}
}

func (j *judge) decision() {
	on, f := j.act.On, j.file
	if j.world.Over.Base && f.Stage != BaseResolved {
		j.block("VOT-06", "HD 01-HD/TW, 3.7", "act", "Đảng ủy cơ sở phải có nghị quyết đề nghị trước (mẫu 8-KNĐ).")
		return
	}
	if f.Again() && f.Consents[termReadmission] == "" {
		t := j.term(termReadmission, on)
		j.block(termReadmission, t.Cite, "act", "Kết nạp lại: cần văn bản đồng ý của ban thường vụ cấp ủy trực thuộc Trung ương trước khi quyết định.")
	}
	if !f.LeftSchool.IsZero() {
		j.warn("ADM-112", "HD 01-HD/TW, 6.2", "on", "Người này đã ra trường ngày %s; xem lại thẩm quyền, hoặc chuyển hồ sơ đến nơi mới.", f.LeftSchool.VN())
	}
	d := f.deadline(j.world, termDecision, f.ClockFrom)
	if !d.Due.IsZero() && on.After(d.Due) {
		j.warn("DL-71", d.Cite, "on", "Quyết định chậm: hạn là %s (%d ngày làm việc từ nghị quyết chi bộ ngày %s). Cấp ủy có thẩm quyền kiểm điểm trách nhiệm trước cấp trên.", d.Due.VN(), d.total(), d.From.VN())
	}
	t := j.term(termCertificate, f.Certificate.Issued)
	if until := f.Certificate.Issued.AddMonths(t.Amount); until.Before(on) {
		j.warn("DL-21", t.Cite, "on", "Giấy chứng nhận đã hết giá trị ngày %s, sau khi chi bộ họp.", until.VN())
	}
}

func (j *judge) ceremony() {
	f := j.file
	j.required("helper", j.act.Helper, "ADM-90", "Cần tên đảng viên chính thức giúp đỡ trong thời gian dự bị.")
	if f.Receipt.IsZero() {
		j.block("DL-80", j.row.cite, "on", "Chưa ghi ngày chi bộ nhận quyết định kết nạp.")
		return
	}
	d := f.ceremonyDeadline(j.world)
	if !d.Due.IsZero() && j.act.On.After(d.Due) && f.Consents["DL-80"] == "" {
		j.block("DL-80", d.Cite, "on", "Quá hạn làm lễ %s (%d ngày làm việc từ %s): phải báo cáo và được cấp ủy cấp trên trực tiếp đồng ý bằng văn bản.", d.Due.VN(), d.Amount, d.From.VN())
	}
}

func (j *judge) review() {
	j.papers(ReviewPapers(), "DOC-100")
	for _, code := range ReviewPapers() {
		on := j.act.Papers[code]
		switch {
		case on.IsZero():
		case code == PaperNewMember && on.Before(j.file.Ceremony):
			j.warn("ADM-92", "HD 01-HD/TW, 4.1", string(code), "Giấy chứng nhận lớp đảng viên mới ghi ngày %s, trước lễ kết nạp.", on.VN())
		case code != PaperNewMember && on.Before(j.file.Ceremony):
			j.block("DOC-100", j.row.cite, string(code), "%s ghi ngày %s, trước lễ kết nạp %s.", code.Words(), on.VN(), j.file.Ceremony.VN())
		}
	}
	end := j.file.probationEnd(j.world)
	if on := j.act.Papers[PaperSelfReview]; !on.IsZero() && on.Before(end) {
		j.warn("DOC-100", "HD 01-HD/TW, 4.1", string(PaperSelfReview), "Bản tự kiểm điểm viết sau 12 tháng dự bị, tức từ %s.", end.VN())
	}
}

func (j *judge) proposal() {
	if f := j.file; !f.Transfer.IsZero() && f.Received.IsZero() {
		j.warn("ADM-115", "QĐ 24-QĐ/TW, 6.3.1", "", "Chưa ghi chi bộ nơi đến đã tiếp nhận sinh hoạt đảng (chuyển ngày %s).", f.Transfer.VN())
	}
	j.votedAgain(QuestionRecognition)
	end := j.file.probationEnd(j.world)
	t := j.term(termProposal, end)
	if !j.act.On.After(end) {
		j.block("DL-100", t.Cite, "on", "Thời gian dự bị đến hết ngày %s; nghị quyết đề nghị công nhận phải sau ngày đó.", end.VN())
		return
	}
	if d := j.file.deadline(j.world, termProposal, end); !d.Due.IsZero() && j.act.On.After(d.Due) {
		j.warn("DL-100", d.Cite, "on", "Đề nghị chậm: hạn là %s. Ngày công nhận vẫn tính từ %s.", d.Due.VN(), end.VN())
	}
	if v := j.act.Votes; v != nil && v.Members < minBranch {
		j.block("ORG-01", "Điều lệ Đảng, Điều 24", "members", "Chi bộ có dưới %d đảng viên chính thức không họp xét công nhận được; cấp trên bổ sung hoặc sáp nhập.", minBranch)
	}
}

func (j *judge) recognition() {
	f := j.file
	if f.Undecided() { // no resolution comes before: neither the branch's nor the base's (VOT-11)
		end := f.probationEnd(j.world)
		if !j.act.On.After(end) {
			j.block("DL-100", j.term(termProposal, end).Cite, "on", "Thời gian dự bị đến hết ngày %s; quyết định công nhận phải sau ngày đó.", end.VN())
			return
		}
	} else if j.world.Over.Base && f.BaseRecognized.IsZero() {
		j.block("DOC-104", "HD 01-HD/TW, 4", "act", "Đảng ủy cơ sở phải có nghị quyết đề nghị công nhận trước (mẫu 15-KNĐ).")
		return
	}
	if f.Proposed.IsZero() {
		return // DL-101 runs from the branch's resolution
	}
	d := f.deadline(j.world, termRecognition, f.Proposed)
	if !d.Due.IsZero() && j.act.On.After(d.Due) {
		j.warn("ADM-100", d.Cite, "on", "Công nhận chậm: hạn là %s. Đảng viên vẫn được công nhận từ khi hết 12 tháng dự bị.", d.Due.VN())
	}
}

func (j *judge) failedBallot() {
	t, ok := failedRow(j.file.State, j.act.Question, j.world.Over)
	if !ok {
		j.block("VOT-04", j.row.cite, "question", "Ở bước «%s» không biểu quyết về việc này.", j.file.Stage.Words())
		return
	}
	if !j.votes(t) {
		return
	}
	th := thresholdFor(t.act)
	if needed := th.Needed(j.act.Votes.Members); j.act.Votes.For >= needed {
		j.block(th.Rule, th.Cite, "for", "%d phiếu là đủ (cần %d): ghi việc «%s».", j.act.Votes.For, needed, t.act.Words())
	}
	if j.act.Question != QuestionAdmission && j.file.Ballots[j.act.Question] >= ballotsBeforeReport-1 {
		j.warn("VOT-11", citeUndecided, "", "Đã %d lần không đủ phiếu: báo cáo cấp ủy cấp trên trực tiếp và cấp ủy có thẩm quyền xem xét, quyết định.", j.file.Ballots[j.act.Question]+1)
	}
}

// aside judges what the competent committee does beside the road.
func (j *judge) aside() {
	a, f := j.act, j.file
	switch a.Code {
	case Extend:
		j.extension()
	case Consent:
		if !slices.Contains(f.ConsentRules(), a.Rule) {
			j.block("DL-80", j.row.cite, "rule", "Văn bản đồng ý ở bước này không về việc đó được: khi chờ lễ chỉ về lễ quá hạn (DL-80); trước khi chi bộ họp về người quá 60 tuổi (ELI-02), học vấn ở địa bàn đặc thù (ELI-04), kết nạp lại (ELI-08); kết nạp lại còn đến trước khi quyết định.")
		}
	case Return:
		if a.Stage != Ready && a.Stage != BranchResolved || a.Stage.order() >= f.Stage.order() {
			j.block("ADM-122", j.row.cite, "stage", "Trả về bước «%s» hoặc «%s», trước bước hiện nay.", Ready.Words(), BranchResolved.Words())
		}
	case Refuse:
		if a.Stage != Listed && a.Stage != Closed {
			j.block("ADM-71", j.row.cite, "stage", "Chọn để người này ở lại danh sách cảm tình đảng, hoặc kết thúc hồ sơ.")
		}
	case Transfer:
		if a.Unit == "" || a.Unit == f.Unit {
			j.block("ADM-114", j.row.cite, "unit", "Chọn chi bộ nhận hồ sơ, khác chi bộ hiện nay.")
		}
	}
}

func (j *judge) extension() {
	a, f := j.act, j.file
	deciding := f.Stage.order() <= BaseResolved.order()
	if (a.Rule != termDecision || !deciding) && (a.Rule != termRecognition || deciding) {
		j.block("DL-70", j.row.cite, "rule", "Ở bước «%s» không gia hạn được hạn này.", f.Stage.Words())
		return
	}
	if on, done := f.Extended[a.Rule]; done {
		j.block(a.Rule, j.row.cite, "rule", "Đã gia hạn một lần ngày %s; không gia hạn lần nữa.", on.VN())
		return
	}
	from := f.ClockFrom
	if a.Rule == termRecognition {
		from = f.Proposed
	}
	if d := f.deadline(j.world, a.Rule, from); !d.Due.IsZero() && a.On.After(d.Due) {
		j.warn(a.Rule, d.Cite, "on", "Gia hạn sau khi đã hết hạn %s.", d.Due.VN())
	}
}
