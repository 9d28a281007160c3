package admission

import "ketnap/date"

// A Reason says why a file is stuck.
type Reason string

// Reasons, in the order in which the first that fits is taken (contract).
const (
	NoHelper         Reason = "no_helper"
	WaitingClass     Reason = "waiting_class"
	NoApplication    Reason = "no_application"
	VerificationLate Reason = "verification_late"
	PapersExpiring   Reason = "papers_expiring"
	NotVoted         Reason = "not_voted"
)

// Words returns the reason as one would tell the branch.
func (r Reason) Words() string {
	switch r {
	case NoHelper:
		return "chưa phân công người giúp đỡ"
	case WaitingClass:
		return "chờ lớp nhận thức về Đảng"
	case NoApplication:
		return "có giấy chứng nhận, chưa làm đơn"
	case VerificationLate:
		return "nơi thẩm tra trả lời quá hạn"
	case PapersExpiring:
		return "giấy tờ sắp hết hạn"
	default:
		return "chi bộ chưa họp xét"
	}
}

// Brief is what a list knows of a file: enough to say whether it is stuck, without its acts.
type Brief struct {
	Stage            Stage
	Last             date.Date
	Helper           string
	CertificateUntil date.Date // none without a certificate
	PapersUntil      date.Date // the first of certificate and papers to end, at ready
	AnswerDue        date.Date // DL-40 of the open request
}

// papersSoon is how near the end of a paper is the reason of a file that waits, in days.
const papersSoon = 60

// Stuck says whether a file is stuck on a day, and why: an open file from listed to
// ready, its certificate still good, without an act for more than so many months.
func (b Brief) Stuck(on date.Date, months int) (Reason, bool) {
	if b.Stage.order() < Listed.order() || b.Stage.order() > Ready.order() || b.Last.IsZero() {
		return "", false
	}
	if !b.CertificateUntil.IsZero() && b.CertificateUntil.Before(on) {
		return "", false
	}
	if !b.Last.AddMonths(months).Before(on) {
		return "", false
	}
	switch {
	case b.Helper == "":
		return NoHelper, true
	case b.Stage == Listed:
		return WaitingClass, true
	case b.Stage == Certified:
		return NoApplication, true
	case !b.AnswerDue.IsZero() && on.After(b.AnswerDue):
		return VerificationLate, true
	case b.Stage == Ready && !b.PapersUntil.IsZero() && b.PapersUntil.Sub(on) <= papersSoon:
		return PapersExpiring, true
	}
	return NotVoted, true
}

// Brief draws from a file what lists keep of it.
func (f File) Brief(w World) Brief {
	b := Brief{Stage: f.Stage, Last: f.Last, Helper: f.Helper}
	if !f.Certificate.Issued.IsZero() {
		b.CertificateUntil = w.until(termCertificate, f.Certificate.Issued)
	}
	if f.Stage == Ready {
		b.PapersUntil, _ = f.papersUntil(w)
	}
	if f.Stage == Verifying {
		b.AnswerDue = f.answer(w).Due
	}
	return b
}
