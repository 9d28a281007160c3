package watch

import (
	"strings"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

// An IdleReason says why a file or a list of people stands still, beside the reasons for
// which a file is stuck by the letter (admission.Reason). All of them advise.
type IdleReason string

// The reasons.
const (
	NotTakenUp       IdleReason = "not_taken_up"      // introduced, and the branch did not take it up
	CertificateEnds  IdleReason = "certificate_ends"  // ends before the branch can vote (DL-20)
	CertificateEnded IdleReason = "certificate_ended" // has ended: study again (DL-20)
	HelperSilent     IdleReason = "helper_silent"     // the helper has not reported for long
	ListIdle         IdleReason = "list_idle"         // nobody of a unit's list had an act for long
)

// IdleReasons lists the reasons in the order of a page.
func IdleReasons() []IdleReason {
	return []IdleReason{CertificateEnds, CertificateEnded, NotTakenUp, HelperSilent, ListIdle}
}

// Words returns the reason as a list words it, and the text itself where it is none.
func (r IdleReason) Words() string {
	switch r {
	case NotTakenUp:
		return "được giới thiệu đã lâu, chi bộ chưa xem xét"
	case CertificateEnds:
		return "giấy chứng nhận hết giá trị trước khi kịp họp xét"
	case CertificateEnded:
		return "giấy chứng nhận đã hết giá trị"
	case HelperSilent:
		return "người giúp đỡ lâu chưa báo cáo"
	case ListIdle:
		return "cả danh sách không có việc nào"
	}
	return string(r)
}

// Valid reports whether r is one of the reasons.
func (r IdleReason) Valid() bool { return r.Words() != string(r) }

// EarliestVote is the first day on which the branch could vote on a file: today once the
// verification is done; while it runs, the last day for its answer; before it, so many
// working days from today as the answer may take (DL-40). It is a lower bound: class,
// papers and the calling of a meeting are left out. It fails where no calendar reaches.
func EarliestVote(stage admission.Stage, answer, today date.Date, days int, cal date.Calendar) (date.Date, error) {
	switch {
	case stage == admission.Verified || stage == admission.Ready:
		return today, nil
	case stage == admission.Verifying && !answer.IsZero():
		if answer.Before(today) {
			return today, nil
		}
		return answer, nil
	}
	r, err := cal.AddWorking(today, days)
	return r.Due, err
}

// CertificateIn says whether a certificate that is good until a day can still be used for
// a vote that is possible from another: "" where it can.
func CertificateIn(until, vote, today date.Date) IdleReason {
	switch {
	case until.IsZero() || !until.Before(vote):
		return ""
	case until.Before(today):
		return CertificateEnded
	}
	return CertificateEnds
}

// MaxSilence is how many days a file may be set aside at once.
const MaxSilence = 366

// Silence returns what is wrong with setting a file aside: it needs a reason, and a day to
// come that is not too far.
func Silence(reason string, until, today date.Date) []rule.Finding {
	c := checker{rule: "TGT-28"}
	c.text("reason", "lý do tạm gác", strings.TrimSpace(reason), MaxReason, true)
	switch {
	case until.IsZero():
		c.block("until", "Chưa ghi tạm gác đến ngày nào.")
	case !until.After(today):
		c.block("until", "Ngày %s không ở sau hôm nay.", until.VN())
	case until.Sub(today) > MaxSilence:
		c.block("until", "Chỉ tạm gác nhiều nhất %d ngày. Hết hạn có thể gác tiếp.", MaxSilence)
	}
	return c.out
}

// A HelperOutcome is what a helper says of the person whom they help, and nothing more.
type HelperOutcome string

// The outcomes.
const (
	Progressing HelperOutcome = "progressing"
	NeedsHelp   HelperOutcome = "needs_help"
	Unsuited    HelperOutcome = "unsuited"
)

// HelperOutcomes lists the outcomes in the order of a form.
func HelperOutcomes() []HelperOutcome {
	return []HelperOutcome{Progressing, NeedsHelp, Unsuited}
}

// Words returns the outcome as a form words it, and the text itself where it is none.
func (o HelperOutcome) Words() string {
	switch o {
	case Progressing:
		return "tiến bộ"
	case NeedsHelp:
		return "cần giúp thêm"
	case Unsuited:
		return "không còn phù hợp"
	}
	return string(o)
}

// Valid reports whether o is one of the outcomes.
func (o HelperOutcome) Valid() bool { return o.Words() != string(o) }

// Note returns what is wrong with what a helper said on a day.
func Note(on date.Date, outcome HelperOutcome, today date.Date) []rule.Finding {
	c := checker{rule: "TGT-28"}
	c.past("on", "ngày nhận xét", on, today)
	if !outcome.Valid() {
		c.block("outcome", "Chưa chọn nhận xét.")
	}
	return c.out
}
