package class

import (
	"slices"

	"ketnap/date"
)

// A Need is why a person should go to a class. It is drawn from the register, never from
// the person's qualities.
type Need string

// The needs.
const (
	NoCertificate Need = "none"      // listed, and has no certificate (CLS-03)
	Expires       Need = "expires"   // has one that ends before it can be used (DL-20)
	Expired       Need = "expired"   // has one that has ended: to class again (ADM-123)
	Probation     Need = "probation" // probationary, without the certificate of new members (CLS-20)
	MonthSix      Need = "month_6"   // the same, past month 6 of probation (CLS-25)
	MonthNine     Need = "month_9"   // the same, past month 9
	ByUnit        Need = "unit"      // the unit asks, the register does not
)

// Needs lists the needs, the most pressing of each kind first.
func Needs() []Need {
	return []Need{Expired, Expires, NoCertificate, MonthNine, MonthSix, Probation, ByUnit}
}

// Valid reports whether n is a need.
func (n Need) Valid() bool { return slices.Contains(Needs(), n) }

// Words says why.
func (n Need) Words() string {
	switch n {
	case NoCertificate:
		return "Đã vào danh sách cảm tình Đảng, chưa có giấy chứng nhận"
	case Expires:
		return "Giấy chứng nhận sẽ hết hạn trước khi kịp dùng"
	case Expired:
		return "Giấy chứng nhận đã hết hạn, phải học lại"
	case Probation:
		return "Đảng viên dự bị chưa học lớp đảng viên mới"
	case MonthSix:
		return "Dự bị đã qua tháng thứ 6, chưa học lớp đảng viên mới"
	case MonthNine:
		return "Dự bị đã qua tháng thứ 9, chưa học lớp đảng viên mới"
	case ByUnit:
		return "Đơn vị đề nghị"
	}
	return string(n)
}

// Short says why in a few words, for cells of a table.
func (n Need) Short() string {
	switch n {
	case NoCertificate:
		return "chưa có giấy chứng nhận"
	case Expires:
		return "sắp hết hạn"
	case Expired:
		return "đã hết hạn"
	case Probation:
		return "dự bị, chưa học"
	case MonthSix:
		return "dự bị quá 6 tháng"
	case MonthNine:
		return "dự bị quá 9 tháng"
	case ByUnit:
		return "đơn vị đề nghị"
	}
	return string(n)
}

// Pressing reports whether the person cannot well wait for the class after the next.
func (n Need) Pressing() bool { return n == Expired || n == Expires || n == MonthSix || n == MonthNine }

// Kind is the class that a need asks for; "" for one that the unit may state for either.
func (n Need) Kind() Kind {
	switch n {
	case NoCertificate, Expires, Expired:
		return Awareness
	case Probation, MonthSix, MonthNine:
		return NewMember
	}
	return ""
}

// Figures of the warnings. Probation is DL-90.
const (
	firstWarning  = 6 // months of probation (CLS-25)
	secondWarning = 9
	probation     = 12
)

// NewMemberNeed says what a probationary member needs on a day: the ceremony began the
// probation (DL-90). Past month 6 and month 9 it presses (CLS-25).
func NewMemberNeed(ceremony, today date.Date) Need {
	switch {
	case ceremony.IsZero() || !today.After(ceremony.AddMonths(firstWarning)):
		return Probation
	case !today.After(ceremony.AddMonths(secondWarning)):
		return MonthSix
	}
	return MonthNine
}

// ProbationEnds is the day on which twelve months are over (DL-90); none without a ceremony.
func ProbationEnds(ceremony date.Date) date.Date {
	if ceremony.IsZero() {
		return date.Date{}
	}
	return ceremony.AddMonths(probation)
}

// AwarenessNeed says what a person needs who is listed and not yet before the branch's
// vote, by the last valid day of the certificate, none for none (DL-20). use is the day on
// which it is thought to be used at the latest. false where the certificate will do.
func AwarenessNeed(until, today, use date.Date) (Need, bool) {
	switch {
	case until.IsZero():
		return NoCertificate, true
	case until.Before(today):
		return Expired, true
	case until.Before(use):
		return Expires, true
	}
	return "", false
}
