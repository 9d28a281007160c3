package admission

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ketnap/date"
)

// Limits of what a person may type.
const (
	maxNumber = 64
	maxHelper = 100
	maxNote   = 2000
)

// dates judges the day of the act: it must exist, must not lie ahead, nor before the act
// that came last and still counts.
func (j *judge) dates() {
	on, w := j.act.On, j.world
	switch {
	case on.IsZero():
		j.block("ADM-00", "", "on", "Cần ngày làm việc này.")
	case on.After(w.Today):
		j.block("ADM-00", "", "on", "Ngày %s sau ngày hôm nay (%s). Chỉ ghi việc đã làm.", on.VN(), w.Today.VN())
	case !on.After(j.file.Birth):
		j.block("ADM-00", "", "on", "Ngày %s không sau ngày sinh %s.", on.VN(), j.file.Birth.VN())
	case on.Before(j.file.Last):
		last, _ := j.file.LastAct()
		j.block("ADM-00", "", "on", "Ngày %s trước ngày %s của việc ghi trước đó (%s). Sửa ngày, hoặc hủy việc đó.", on.VN(), last.On.VN(), last.Code.Words())
	}
}

// stage refuses an act that the file's stage does not lead to.
func (j *judge) stage() {
	t, ok := j.file.row(j.act.Code)
	if ok {
		j.row = t
		return
	}
	if j.file.Stage == Held {
		j.block("ADM-45", "QĐ 58-QĐ/TW", "act", "Chưa thể ghi việc «%s»: hồ sơ đang vướng mắc lý lịch, phải chờ cấp ủy có thẩm quyền kết luận.", j.act.Code.Words())
		return
	}
	if j.file.Stage == Suspended {
		j.block("ADM-117", j.row.cite, "act", "Chưa thể ghi việc «%s»: hồ sơ đang tạm dừng. Chỉ ghi được việc xem xét tiếp, kết thúc, chuyển đơn vị, hoặc hủy việc ghi nhầm.", j.act.Code.Words())
		return
	}
	if !j.file.Stage.Open() {
		j.block(j.row.rule, j.row.cite, "act", "Hồ sơ %s, không ghi thêm việc được. Nếu ghi nhầm, hủy việc ghi sau cùng.", j.file.Stage.Words())
		return
	}
	var from []string
	for _, t := range rows {
		if t.act == j.act.Code {
			for _, s := range t.from {
				if t.to != "" || len(from) == 0 {
					from = append(from, "«"+s.Words()+"»")
				}
			}
		}
	}
	j.block(j.row.rule, j.row.cite, "act", "Chưa thể ghi việc «%s»: hồ sơ đang ở bước «%s», việc này ghi ở bước %s.",
		j.act.Code.Words(), j.file.Stage.Words(), strings.Join(from[:min(len(from), 3)], ", "))
}

// fields judges what every act of this row must bring.
func (j *judge) fields() {
	j.lengths()
	if j.row.number && j.act.Number == "" {
		j.block(j.row.rule, j.row.cite, "number", "Cần số của văn bản.")
	}
	if j.row.note && (j.act.Code != Close || !j.act.Cause.saysEnough()) {
		j.reason()
	}
	if j.row.votes != noBody && j.votes(j.row) {
		j.passed(j.row)
	}
}

// lengths trims what was typed and judges its length.
func (j *judge) lengths() {
	a := &j.act
	a.NoResidence = strings.TrimSpace(a.NoResidence)
	a.Number, a.Helper, a.To, a.Note = strings.TrimSpace(a.Number), strings.TrimSpace(a.Helper), strings.TrimSpace(a.To), strings.TrimSpace(a.Note)
	for _, f := range []struct {
		field, text string
		limit       int
	}{{"number", a.Number, maxNumber}, {"helper", a.Helper, maxHelper}, {"to", a.To, maxHelper}, {"note", a.Note, maxNote}, {"no_residence_opinion", a.NoResidence, maxNote}} {
		switch {
		case utf8.RuneCountInString(f.text) > f.limit:
			j.block("ADM-00", "", f.field, "Dài quá %d ký tự.", f.limit)
		case strings.ContainsFunc(f.text, unprintable):
			j.block("ADM-00", "", f.field, "Có ký tự không in được. Xóa rồi gõ lại.")
		}
	}
}

// unprintable reports whether no office writes r: controls but for new lines and tabs.
func unprintable(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
}

func (j *judge) reason() {
	if strings.TrimSpace(j.act.Note) == "" {
		j.block("ADM-00", "", "note", "Cần ghi lý do.")
	}
}

// check judges what is particular to the act.
func (j *judge) check() {
	switch j.act.Code {
	case Introduce:
		j.introduction()
	case AssignHelper:
		j.helper()
	case Certify:
		j.certificate()
	case Apply:
		j.educationTyped()
		j.readmissionTyped()
	case SendVerification:
		j.required("to", j.act.To, "ADM-43", "Cần ghi nơi được hỏi.")
	case ReceiveRequest:
		j.once(j.file.RequestReceipt, "DL-40", "Đã ghi nơi thẩm tra nhận công văn ngày %s.")
	case ConcludeVerification:
		if j.act.Result != ResultClear && j.act.Result != ResultHeld {
			j.block("ADM-44", j.row.cite, "result", "Cần chọn kết luận: rõ ràng, hoặc có vướng mắc.")
		}
	case CompleteDossier:
		j.papers(DossierPapers(j.file.By), "DOC-01")
		j.oldPapers()
		j.together()
	case BranchResolution:
		j.branchMeeting()
	case Appraise, AppraiseRecognition:
		j.appraisal()
	case BaseResolution:
		j.baseCommittee()
	case BaseRecognition:
		j.baseCommittee()
		j.votedAgain(QuestionRecognition)
	case Decide:
		j.decision()
	case ReceiveDecision:
		j.once(j.file.Receipt, "DL-80", "Đã ghi nhận quyết định ngày %s.")
	case Ceremony:
		j.ceremony()
	case CompleteReview:
		j.review()
	case ProposeRecognition:
		j.proposal()
	case Recognize:
		j.recognition()
	case ProposeRemoval:
		j.votedAgain(QuestionRemoval)
	case BallotFailed:
		j.failedBallot()
	case Extend, Consent, Return, Refuse, Transfer:
		j.aside()
	case Suspend, Close, Annul:
		j.cause()
	case LeaveSchool:
		j.once(j.file.LeftSchool, "ADM-112", "Đã ghi ra trường ngày %s.")
	case ReceiveTransfer:
		j.received()
	case FileMemberCV:
		j.memberCV()
	}
}

func (j *judge) required(field, value, id, message string) {
	if value == "" {
		j.block(id, j.row.cite, field, "%s", message)
	}
}

// once refuses to record a day again that is already known.
func (j *judge) once(known date.Date, id, format string) {
	if !known.IsZero() {
		j.block(id, j.row.cite, "on", format, known.VN())
	}
}

// youthUnionAge is the last year of age in the youth union (ELI-22, remembered).
const youthUnionAge = 30

func (j *judge) introduction() {
	switch j.act.By {
	case YouthUnion, TradeUnion:
		if j.act.Number == "" {
			j.block("ELI-21", charter4, "number", "Cần số nghị quyết giới thiệu của đoàn thể.")
		}
	case Member:
	default:
		j.block("ELI-21", charter4, "by", "Cần chọn ai giới thiệu: Đoàn Thanh niên, Công đoàn hay đảng viên.")
	}
	if j.act.By == YouthUnion && !j.act.On.Before(j.file.Birth.AddMonths(12*(youthUnionAge+1))) {
		j.warn("ELI-22", "Điều lệ Đoàn", "by", "Người này đã quá 30 tuổi vào ngày %s; ngoài tuổi đoàn thì Công đoàn hoặc đảng viên giới thiệu.", j.act.On.VN())
	}
}

func (j *judge) helper() {
	j.required("helper", j.act.Helper, "ADM-12", "Cần tên đảng viên chính thức được phân công giúp đỡ.")
	if was := j.file.Helper; was != "" && was != j.act.Helper && j.act.Note == "" {
		j.warn("ADM-13", "QĐ 24-QĐ/TW, 3.2", "note", "Thay người giúp đỡ (trước là %s) mà chưa ghi lý do: chuyển đi, bị kỷ luật, được miễn hay không tiếp tục được.", was)
	}
}

func (j *judge) certificate() {
	issued := j.act.issued()
	t := j.term(termCertificate, issued)
	switch {
	case issued.After(j.act.On):
		j.block("DL-20", t.Cite, "issued", "Giấy chứng nhận cấp ngày %s, sau ngày ghi %s.", issued.VN(), j.act.On.VN())
	case !issued.After(j.file.Birth):
		j.block("DL-20", t.Cite, "issued", "Ngày cấp %s không sau ngày sinh.", issued.VN())
	case issued.AddMonths(t.Amount).Before(j.act.On):
		j.warn("DL-20", t.Cite, "issued", "Giấy chứng nhận cấp ngày %s chỉ có giá trị đến %s; phải học lại trước khi chi bộ xét.", issued.VN(), issued.AddMonths(t.Amount).VN())
	}
	if j.file.Helper == "" {
		j.warn("ADM-12", "HD 12-HD/BTCTW, I.1", "", "Chưa phân công đảng viên giúp đỡ.")
	}
}

// papers judges the papers of a dossier or a review: those needed, no others, none dated
// after the act.
func (j *judge) papers(needed []PaperCode, id string) {
	given := cloneMap(j.act.Papers)
	for _, code := range needed {
		on := given[code]
		switch {
		case on.IsZero():
			j.block(id, j.row.cite, string(code), "Thiếu %s (%s).", code.Words(), code)
		case on.After(j.act.On):
			j.block(id, j.row.cite, string(code), "%s ghi ngày %s, sau ngày %s.", code.Words(), on.VN(), j.act.On.VN())
		case !on.After(j.file.Birth):
			j.block(id, j.row.cite, string(code), "%s ghi ngày %s, không sau ngày sinh.", code.Words(), on.VN())
		}
		delete(given, code)
	}
	for code := range given {
		j.block(id, j.row.cite, "papers", "Giấy %s không thuộc bộ hồ sơ này.", code)
	}
}

// oldPapers warns of papers past their 12 months (DL-30) on the day of the act.
func (j *judge) oldPapers() {
	for _, code := range DossierPapers(j.file.By) {
		on := j.file.Papers[code]
		if j.act.Code == CompleteDossier {
			on = j.act.Papers[code]
		}
		j.old(code.Words()+" ("+string(code)+")", on)
	}
	j.old("Kết luận thẩm tra", j.file.Verified)
}

func (j *judge) old(what string, on date.Date) {
	if on.IsZero() {
		return
	}
	t := j.term(termPaper, on)
	if until := on.AddMonths(t.Amount); until.Before(j.act.On) {
		j.warn("DL-30", t.Cite, "", "%s ghi ngày %s đã quá %d tháng (đến %s): cần làm lại.", what, on.VN(), t.Amount, until.VN())
	}
}
