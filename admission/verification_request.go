package admission

import (
	"slices"

	"ketnap/date"
	"ketnap/rule"
)

// onRequest judges a step of a request: it must follow on its state, and on its days.
func (j *stepJudge) onRequest() {
	s := j.step
	r, ok := j.v.Request(s.Request)
	if !ok {
		j.block("ADM-43", j.guide("d"), "request", "Không còn nơi hỏi này. Mở lại trang rồi chọn.")
		return
	}
	if !r.Takes(s.Kind) {
		j.block(stepRule(s.Kind), j.guide(stepClause(s.Kind)), "request", "%s: chưa ghi, hoặc không ghi nữa, bước «%s»: nơi này %s.", r.Place, s.Kind.Words(), r.State.Words())
		return
	}
	switch s.Kind {
	case StepSend:
		j.send(r)
	case StepReceive:
		j.notBefore(r, r.Sent, "ngày gửi")
	case StepRemind:
		j.notBefore(r, r.Sent, "ngày gửi")
		if slices.Contains(r.Reminded, s.On) {
			j.block("DL-41", j.guide(""), "on", "%s: đã ghi nhắc ngày %s.", r.Place, s.On.VN())
		}
	case StepAnswer:
		j.answer(r)
	case StepWithdraw:
		for _, d := range []date.Date{r.Sent, r.Received} {
			if s.On.Before(d) {
				j.block("ADM-43", j.guide("d"), "on", "%s: ngày %s trước ngày %s của bước ghi trước đó.", r.Place, s.On.VN(), d.VN())
				break
			}
		}
		if s.Note == "" {
			j.block("ADM-43", j.guide("d"), "note", "Cần ghi lý do không hỏi nữa.")
		}
	}
}

// send needs the two facts of ADM-43, and of a letter its number.
func (j *stepJudge) send(r Request) {
	s, cite := j.step, j.guide("d")
	if r.Way == ByPost && s.Number == "" {
		j.block("ADM-43", cite, "number", "Cần số công văn.")
	}
	if !s.Stamped {
		j.block("ADM-43", cite, "stamped", "Trước khi gửi, chi ủy và đảng ủy cơ sở kiểm tra, đóng dấu giáp lai lý lịch và ảnh; chưa nhận xét, chưa chứng nhận. Xin xác nhận đã làm.")
	}
	if !s.Carried {
		j.block("ADM-43", cite, "carried", "Không giao người xin vào Đảng hoặc người thân mang đi thẩm tra. Xin xác nhận.")
	}
}

func (j *stepJudge) answer(r Request) {
	s := j.step
	j.notBefore(r, r.Received, "ngày nhận")
	switch {
	case s.Dated.IsZero():
	case s.Dated.After(s.On):
		j.block("ADM-44", j.guide(""), "dated", "%s: phiếu trả lời ghi ngày %s, sau ngày đến %s.", r.Place, s.Dated.VN(), s.On.VN())
	case s.Dated.Before(r.Sent):
		j.block("ADM-44", j.guide(""), "dated", "%s: phiếu trả lời ghi ngày %s, trước ngày gửi %s.", r.Place, s.Dated.VN(), r.Sent.VN())
	}
}

func (j *stepJudge) notBefore(r Request, day date.Date, what string) {
	if j.step.On.Before(day) {
		j.block(stepRule(j.step.Kind), j.guide(stepClause(j.step.Kind)), "on", "%s: ngày %s trước %s %s.", r.Place, j.step.On.VN(), what, day.VN())
	}
}

// stepRule is the rule that is cited when a step comes out of order.
func stepRule(k StepKind) string {
	switch k {
	case StepReceive:
		return termAnswer
	case StepRemind:
		return "DL-41"
	case StepAnswer:
		return "ADM-44"
	}
	return "ADM-43"
}

func stepClause(k StepKind) string {
	if k == StepSend || k == StepWithdraw {
		return "d"
	}
	return ""
}

// JudgeConclusion says what stands against concluding a verification on a day: who was
// not asked about, and what was not answered, warn (ADM-40, ADM-44); a day before an
// answer came blocks. Where nothing is recorded of requests, it says nothing.
func JudgeConclusion(f File, v Verification, on date.Date, w World) []rule.Finding {
	if !v.Used() {
		return nil
	}
	j := &stepJudge{judge: judge{file: f, world: w, act: Act{On: on}}, v: v}
	parents := false
	for _, u := range v.Subjects {
		parents = parents || u.Relation == Father || u.Relation == Mother || u.Relation == Guardian
		asked := u.Exemption != ""
		for _, r := range u.Requests {
			asked = asked || r.State != RequestWithdrawn
			switch {
			case r.Open():
				j.warn("ADM-44", j.guide(""), "", "Chưa có trả lời về %s: %s (%s).", u.Words(), r.Place, r.State.Words())
			case r.State == RequestAnswered && !on.IsZero() && on.Before(r.Answered):
				j.block("ADM-44", j.guide(""), "on", "Ngày kết luận %s trước ngày %s trả lời (%s).", on.VN(), r.Place, r.Answered.VN())
			}
		}
		if !asked {
			j.warn("ADM-40", j.guide("a"), "", "Chưa hỏi nơi nào về %s, cũng chưa ghi miễn.", u.Words())
		}
	}
	if !parents {
		j.warn("ADM-40", j.guide("a"), "", "Trong danh sách chưa có cha, mẹ đẻ hoặc người nuôi dưỡng.")
	}
	return j.findings
}

// RequestOfActs returns the request that the acts of a file tell of where none was
// recorded in its verification; false where the file asked nowhere. It has no id.
func (f File) RequestOfActs() (Request, bool) {
	sent, ok := f.last(SendVerification)
	if !ok {
		return Request{}, false
	}
	r := Request{Subject: Applicant, Place: sent.To, Way: ByPost, State: RequestSent, Sent: sent.On, Received: f.RequestReceipt}
	if !r.Received.IsZero() {
		r.State = RequestReceived
	}
	return r, true
}
