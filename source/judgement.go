package source

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"ketnap/date"
)

// A Level is how high the committee stands that judged (TGT-25). Higher rules.
type Level int

// The levels.
const (
	Declared  Level = 1 // by the branch
	Confirmed Level = 2 // by the base committee
	Checked   Level = 3 // by the superior's organization board
)

// String returns the code of the level.
func (l Level) String() string {
	switch l {
	case Declared:
		return "declared"
	case Confirmed:
		return "confirmed"
	case Checked:
		return "checked"
	}
	return fmt.Sprintf("level %d", int(l))
}

// ParseLevel reads the code of a level, and returns false for any other text.
func ParseLevel(s string) (Level, bool) {
	for _, l := range []Level{Declared, Confirmed, Checked} {
		if l.String() == s {
			return l, true
		}
	}
	return 0, false
}

// Words says who judged.
func (l Level) Words() string {
	switch l {
	case Declared:
		return "chi bộ tự rà soát"
	case Confirmed:
		return "đảng ủy cơ sở xác nhận"
	case Checked:
		return "ban tổ chức cấp trên kiểm tra"
	}
	return l.String()
}

// A Reason says why a unit has no source (TGT-24).
type Reason string

// The reasons.
const (
	AllMembers   Reason = "all_members"
	HiringFreeze Reason = "hiring_freeze"
	ContractsCut Reason = "contracts_cut"
	OverAge      Reason = "over_age"
	NotWilling   Reason = "not_willing"
	Background   Reason = "background"
	Religion     Reason = "religion"
	Abroad       Reason = "abroad"
	LongLeave    Reason = "long_leave"
)

// Reasons lists the reasons in the order of a form.
func Reasons() []Reason {
	return []Reason{AllMembers, HiringFreeze, ContractsCut, OverAge, NotWilling, Background, Religion, Abroad, LongLeave}
}

// Words returns the reason as a report words it, and the text itself where it is none
// of the codes.
func (r Reason) Words() string {
	switch r {
	case AllMembers:
		return "toàn bộ cán bộ, viên chức, người lao động đã là đảng viên"
	case HiringFreeze:
		return "tinh giản biên chế, không tuyển dụng mới"
	case ContractsCut:
		return "cắt giảm lao động hợp đồng"
	case OverAge:
		return "quần chúng còn lại đã quá tuổi kết nạp"
	case NotWilling:
		return "quần chúng chưa có nguyện vọng vào Đảng"
	case Background:
		return "lịch sử chính trị chưa bảo đảm tiêu chuẩn"
	case Religion:
		return "vướng quy định về tôn giáo"
	case Abroad:
		return "quần chúng đang ở nước ngoài hoặc có yếu tố nước ngoài"
	case LongLeave:
		return "quần chúng đi học dài hạn hoặc nghỉ thai sản"
	}
	return string(r)
}

// Valid reports whether r is one of the codes.
func (r Reason) Valid() bool {
	for _, known := range Reasons() {
		if r == known {
			return true
		}
	}
	return false
}

// A Judgement is what a committee recorded about the source of a unit in a year (TGT-26).
type Judgement struct {
	Unit      string // code
	Year      int
	Level     Level
	HasSource bool
	Reason    Reason // a code, or a sentence of the committee's own
	On        date.Date
	By        string
}

const maxReason = 2000

// The ways in which a judgement can be wrong.
var (
	ErrLevel  = errors.New("unknown level")
	ErrReason = errors.New("no reason for having no source, or too long a one")
	ErrDay    = errors.New("no day of the judgement")
)

// Validate fails with one of the errors above. Who says that there is no source says why.
func (j Judgement) Validate() error {
	switch {
	case j.Level < Declared || j.Level > Checked:
		return fmt.Errorf("%w: %d", ErrLevel, int(j.Level))
	case j.On.IsZero():
		return ErrDay
	case !j.HasSource && j.Reason == "", utf8.RuneCountInString(string(j.Reason)) > maxReason:
		return ErrReason
	}
	return nil
}

// Ruling returns the judgement that counts: the latest of the highest level. Of two on
// one day the later entry counts. It returns false where nothing was recorded.
func Ruling(judgements []Judgement) (Judgement, bool) {
	var best Judgement
	for _, j := range judgements {
		if j.Level > best.Level || j.Level == best.Level && !j.On.Before(best.On) {
			best = j
		}
	}
	return best, best.Level > 0
}
