package target

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/date"
)

// A PlanState says where the plan of a unit stands (TGT-02, TGT-05).
type PlanState string

// The states of a plan. Without one the unit has not begun.
const (
	NoPlan       PlanState = ""
	PlanDraft    PlanState = "draft"
	PlanSent     PlanState = "submitted"
	PlanApproved PlanState = "approved"
	PlanReturned PlanState = "returned"
)

// Words returns the state as both sides read it.
func (s PlanState) Words() string {
	switch s {
	case PlanDraft:
		return "đang soạn"
	case PlanSent:
		return "đã gửi, chờ cấp trên duyệt"
	case PlanApproved:
		return "cấp trên đã duyệt"
	case PlanReturned:
		return "cấp trên trả lại"
	}
	return "chưa có kế hoạch"
}

// Writable reports whether the unit may still change what its measures say.
func (s PlanState) Writable() bool { return s == NoPlan || s == PlanDraft || s == PlanReturned }

// ErrPlan is wrapped where a plan cannot go from one state to another.
var ErrPlan = errors.New("the plan cannot go there")

// Move fails with ErrPlan where a plan cannot go from s to next: it is sent when it is
// written, and answered when it is sent.
func (s PlanState) Move(next PlanState) error {
	switch next {
	case PlanSent:
		if s.Writable() {
			return nil
		}
	case PlanApproved, PlanReturned:
		if s == PlanSent {
			return nil
		}
	case NoPlan, PlanDraft:
	}
	return fmt.Errorf("%w: %q to %q", ErrPlan, s, next)
}

// A MeasureState says what became of a measure.
type MeasureState string

// The states of a measure.
const (
	MeasureOpen    MeasureState = "open"
	MeasureDone    MeasureState = "done"
	MeasureDropped MeasureState = "dropped"
)

// Words returns the state.
func (s MeasureState) Words() string {
	switch s {
	case MeasureOpen:
		return "đang làm"
	case MeasureDone:
		return "đã xong"
	case MeasureDropped:
		return "không làm nữa"
	}
	return string(s)
}

// A PlanMeasure is what a unit does to reach its figures: by whom, by when, and from which
// clause or conclusion it comes.
type PlanMeasure struct {
	Year   int // of the plan
	Text   string
	Owner  string
	Due    date.Date
	Origin string
	State  MeasureState
	Reason string // why it was dropped
}

// The ways in which a measure can be wrong.
var (
	ErrMeasure = errors.New("no words for the measure, or too many")
	ErrOwner   = errors.New("nobody is named for it, or too long a name")
	ErrDue     = errors.New("no day by which it is done, or far from the year")
	ErrOrigin  = errors.New("origin too long")
	ErrDropped = errors.New("no reason for dropping it")
)

const maxName = 200 // letters of an owner or an origin

// Validate fails with one of the errors above. A measure is due in the year of its plan,
// or in one of the two years beside it.
func (m PlanMeasure) Validate() error {
	text, owner := strings.TrimSpace(m.Text), strings.TrimSpace(m.Owner)
	switch {
	case text == "" || utf8.RuneCountInString(text) > maxText:
		return ErrMeasure
	case owner == "" || utf8.RuneCountInString(owner) > maxName:
		return ErrOwner
	case m.Due.IsZero() || m.Due.Year() < m.Year-1 || m.Due.Year() > m.Year+1:
		return ErrDue
	case utf8.RuneCountInString(m.Origin) > maxName:
		return ErrOrigin
	case m.State == MeasureDropped && strings.TrimSpace(m.Reason) == "":
		return ErrDropped
	case utf8.RuneCountInString(m.Reason) > maxText:
		return ErrText
	}
	return nil
}

// Late reports whether the measure is open after its day.
func (m PlanMeasure) Late(today date.Date) bool { return m.State == MeasureOpen && m.Due.Before(today) }
