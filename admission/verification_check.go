package admission

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/rule"
)

// JudgeStep says what the rules find in a step of a verification on the day of the world.
// The step comes back with what was typed trimmed, and with today where it needs no day
// of its own; the acts that go with it are Advance's to judge.
func JudgeStep(f File, v Verification, s VerificationStep, w World) (VerificationStep, []rule.Finding) {
	s.Name, s.Place, s.Number, s.Note = strings.TrimSpace(s.Name), strings.TrimSpace(s.Place), strings.TrimSpace(s.Number), strings.TrimSpace(s.Note)
	if s.On.IsZero() && (s.Kind == StepSubject || s.Kind == StepExempt || s.Kind == StepRequest || s.Kind == StepUndo) {
		s.On = w.Today
	}
	j := &stepJudge{judge: judge{file: f, world: w, act: Act{On: s.On}}, v: v, step: s}
	if j.stage(); len(j.findings) == 0 {
		j.typed()
		j.days()
		j.check()
	}
	return s, j.findings
}

// A stepJudge holds one step against one verification.
type stepJudge struct {
	judge
	v    Verification
	step VerificationStep
}

// guide cites the guidance on verification that holds on the day of the step: the
// document on which DL-40 of that day rests, with a letter of its clause 3.4.
func (j *stepJudge) guide(letter string) string { return j.world.verificationGuide(j.day(), letter) }

func (w World) verificationGuide(on date.Date, letter string) string {
	t, err := w.Sets.Term(termAnswer, on)
	if err != nil || !strings.HasSuffix(t.Cite, "3.4") {
		return "HD 01-HD/TW, 3.4" + letter
	}
	return t.Cite + letter
}

// stage lets verify between the application and the dossier that is complete.
func (j *stepJudge) stage() {
	switch stage := j.file.Stage; {
	case !j.step.Kind.Valid():
		j.block("ADM-43", j.guide(""), "", "Không có bước thẩm tra nào tên là «%s».", j.step.Kind)
	case slices.Contains([]Stage{Applying, Verifying, Verified, Held}, stage):
	case stage.order() < Applying.order():
		j.block("ADM-43", j.guide("d"), "", "Chưa thẩm tra được: hồ sơ đang ở bước «%s». Thẩm tra sau khi nhận đơn và lý lịch.", stage.Words())
	default:
		j.block("ADM-44", j.guide(""), "", "Hồ sơ đã qua bước thẩm tra (đang ở bước «%s»), không ghi thêm được.", stage.Words())
	}
}

// typed judges what was written: its length, and that it can be printed.
func (j *stepJudge) typed() {
	for _, t := range []struct {
		field, text string
		limit       int
	}{{"name", j.step.Name, maxHelper}, {"place", j.step.Place, maxHelper}, {"number", j.step.Number, maxNumber}, {"note", j.step.Note, maxNote}} {
		switch {
		case utf8.RuneCountInString(t.text) > t.limit:
			j.block("ADM-43", j.guide(""), t.field, "Dài quá %d ký tự.", t.limit)
		case strings.ContainsFunc(t.text, unprintable):
			j.block("ADM-43", j.guide(""), t.field, "Có ký tự không in được. Xóa rồi gõ lại.")
		}
	}
}

// days judges the day of the step: it must exist, must not lie ahead, nor before the
// application, whose CV is what the places verify.
func (j *stepJudge) days() {
	on, applied := j.step.On, j.file.dayOf(Apply)
	switch {
	case on.IsZero():
		j.block("ADM-00", "", "on", "Cần ngày làm việc này.")
	case on.After(j.world.Today):
		j.block("ADM-00", "", "on", "Ngày %s sau ngày hôm nay (%s). Chỉ ghi việc đã làm.", on.VN(), j.world.Today.VN())
	case on.Before(applied):
		j.block("ADM-43", j.guide("d"), "on", "Ngày %s trước ngày nhận đơn và lý lịch (%s).", on.VN(), applied.VN())
	}
}

func (j *stepJudge) check() {
	switch j.step.Kind {
	case StepSubject:
		j.newSubject()
	case StepExempt:
		j.exemption()
	case StepRequest:
		j.request()
	case StepUndo:
		j.undo()
	default:
		j.onRequest()
	}
}

func (j *stepJudge) newSubject() {
	s := j.step
	if !slices.Contains(Relations(), s.Relation) {
		j.block("ADM-40", j.guide("a"), "relation", "Cần chọn quan hệ với người xin vào Đảng.")
		return
	}
	for _, u := range j.v.Subjects {
		switch {
		case u.Relation != s.Relation:
		case !s.Relation.several():
			j.block("ADM-40", j.guide("a"), "relation", "Đã có %s trong danh sách.", s.Relation.Words())
		case u.Name == s.Name:
			j.block("ADM-40", j.guide("a"), "name", "Đã có %s trong danh sách. Ghi họ tên để phân biệt.", Subject{Relation: u.Relation, Name: u.Name}.Words())
		}
	}
}

// exemption judges why somebody is not asked about. The texts speak of parents, siblings
// and children who are members; the rest is remembered or the committee's own judgement,
// and warns.
func (j *stepJudge) exemption() {
	u, ok := j.v.Subject(j.step.Subject)
	cite := j.guide("c")
	switch {
	case !ok:
		j.block("ADM-42", cite, "subject", "Không có người này trong danh sách thẩm tra. Mở lại trang rồi chọn.")
		return
	case u.Relation == Self:
		j.block("ADM-40", j.guide("a"), "subject", "Người xin vào Đảng luôn phải thẩm tra, không miễn được.")
		return
	case u.Exemption != "":
		j.block("ADM-42", cite, "subject", "Đã ghi miễn thẩm tra %s ngày %s.", u.Words(), u.ExemptOn.VN())
		return
	case slices.ContainsFunc(u.Requests, Request.Open):
		j.block("ADM-42", cite, "subject", "Đang hỏi về %s. Rút nơi đang hỏi trước, rồi mới ghi miễn.", u.Words())
		return
	}
	switch j.step.Exemption {
	case ExemptMember:
		if u.Relation.spouseSide() {
			j.warn("ADM-42", cite, "exemption", "Miễn với %s là đảng viên: chưa đối chiếu được với văn bản (phía vợ hoặc chồng). Xin kiểm tra trước khi ghi.", u.Relation.Words())
		}
	case ExemptDeceased:
		j.warn("ADM-42", cite, "exemption", "Văn bản chưa thấy nêu trường hợp đã mất từ lâu; đảng ủy cơ sở quyết định.")
	case ExemptOther:
		if j.step.Note == "" {
			j.block("ADM-42", cite, "note", "Cần ghi lý do.")
		}
		j.warn("ADM-42", cite, "exemption", "Lý do này không có trong văn bản; đảng ủy cơ sở quyết định và chịu trách nhiệm.")
	default:
		j.block("ADM-42", cite, "exemption", "Cần chọn lý do miễn.")
	}
}

func (j *stepJudge) request() {
	u, ok := j.v.Subject(j.step.Subject)
	switch {
	case !ok:
		j.block("ADM-40", j.guide("a"), "subject", "Không có người này trong danh sách thẩm tra. Mở lại trang rồi chọn.")
		return
	case u.Exemption != "":
		j.block("ADM-42", j.guide("c"), "subject", "Đã ghi miễn thẩm tra %s. Hủy bước miễn trước.", u.Words())
	}
	if j.step.Place == "" {
		j.block("ADM-43", j.guide("d"), "place", "Cần ghi nơi được hỏi: đảng ủy cơ sở, cấp trên của nơi chưa có tổ chức đảng, hoặc cơ quan có trách nhiệm.")
	}
	if j.step.Way != ByPost && j.step.Way != ByMembers {
		j.block("ADM-43", j.guide("d"), "way", "Cần chọn cách hỏi: gửi công văn, hoặc cử đảng viên đi.")
	}
	for _, r := range u.Requests {
		if r.Open() && r.Place == j.step.Place {
			j.block("ADM-43", j.guide("d"), "place", "Đang hỏi %s về %s rồi.", r.Place, u.Words())
		}
	}
}

// undo takes back the last step of a request or a subject. What was recorded on the file
// as well is voided there, and the step falls with it.
func (j *stepJudge) undo() {
	i := slices.IndexFunc(j.v.Steps, func(s VerificationStep) bool { return s.ID == j.step.Undoes })
	if i < 0 || j.v.Steps[i].Fell || j.v.Steps[i].Kind == StepUndo {
		j.block("ADM-43", j.guide(""), "undoes", "Không còn bước này để hủy. Mở lại trang.")
		return
	}
	t := j.v.Steps[i]
	if !j.v.last(t) {
		j.block("ADM-43", j.guide(""), "undoes", "Chỉ hủy được bước ghi sau cùng. Hủy các bước sau nó trước.")
	}
	if t.Own {
		act := SendVerification
		if t.Kind == StepReceive {
			act = ReceiveRequest
		}
		j.block("ADM-43", j.guide(""), "undoes", "Bước này đã ghi vào hồ sơ («%s», ngày %s). Hủy việc đó ở trang hồ sơ, bước này tự mất theo.", act.Words(), t.On.VN())
	}
	if j.step.Note == "" {
		j.block("ADM-00", "", "note", "Cần ghi lý do.")
	}
}

// last reports whether nothing that counts came after a step on the same thing.
func (v Verification) last(t VerificationStep) bool {
	switch t.Kind {
	case StepSubject, StepExempt:
		id := t.ID
		if t.Kind == StepExempt {
			id = t.Subject
		}
		u, ok := v.Subject(id)
		return ok && u.Last == t.ID && (t.Kind == StepExempt || len(u.Requests) == 0)
	case StepRequest:
		r, ok := v.Request(t.ID)
		return ok && r.Last == t.ID
	}
	r, ok := v.Request(t.Request)
	return ok && r.Last == t.ID
}
