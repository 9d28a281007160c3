// Package target is what a superior asks of a unit in a year: goals and assigned
// figures with their history, how far the unit has come, and the percentages as offices
// print them. It is for the application, the reports and the rating. It counts nobody:
// the numbers are handed to it.
package target

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"ketnap/date"
)

// An Indicator says what a figure counts.
type Indicator string

// The indicators of the letters.
const (
	Awareness    Indicator = "awareness"    // people trained in the awareness class
	Admission    Indicator = "admission"    // people admitted
	Introduction Indicator = "introduction" // outstanding people that a union introduces
)

// Indicators lists the indicators.
func Indicators() []Indicator { return []Indicator{Awareness, Admission, Introduction} }

// Words returns the indicator as a table's heading.
func (i Indicator) Words() string {
	switch i {
	case Awareness:
		return "Bồi dưỡng nhận thức về Đảng"
	case Admission:
		return "Kết nạp đảng viên"
	case Introduction:
		return "Giới thiệu đoàn viên ưu tú"
	}
	return string(i)
}

// A State says whether a figure binds.
type State string

// States. What a letter asks units to strive for is a goal until the superior marks it
// as assigned (TGT-13).
const (
	Goal     State = "goal"
	Assigned State = "assigned"
)

// Words returns the state in the language of the office.
func (s State) Words() string {
	switch s {
	case Goal:
		return "phấn đấu"
	case Assigned:
		return "giao làm chỉ tiêu"
	}
	return string(s)
}

// An Event is the day by which a person counts as admitted. It is a setting, printed on
// every table; reports, targets, rating and forecast share it (REP-05).
type Event string

// The counting events.
const (
	ByDecision Event = "decision" // the day of the decision, the default
	ByCeremony Event = "ceremony"
)

// Words returns the event as the note under a table says it.
func (e Event) Words() string {
	if e == ByCeremony {
		return "ngày tổ chức lễ kết nạp"
	}
	return "ngày quyết định kết nạp"
}

// Valid reports whether e is a counting event.
func (e Event) Valid() bool { return e == ByDecision || e == ByCeremony }

// A Target is one figure in the history of a unit, a year and an indicator.
type Target struct {
	Unit      string // code
	Year      int
	Indicator Indicator
	Min       int  // at least so many people
	Max       *int // the upper end of a range; none where the letter says "or more"
	State     State
	Document  string // symbol of the document that sets it; "" without one
	Clause    string // of that document
	SetOn     date.Date
	SetBy     string
	Reason    string // why it was changed (TGT-09)
	Span             // what of the year or years it covers
	Share     Share  // of members, where it was set so (TGT-04)
}

// Limits of what a person may enter.
const (
	maxPeople = 1_000_000
	maxText   = 2000
	firstYear = 1930 // the year in which the Party was founded
	lastYear  = 2199
)

// The ways in which a figure can be wrong.
var (
	ErrIndicator = errors.New("unknown indicator")
	ErrState     = errors.New("unknown state")
	ErrYear      = errors.New("year out of range")
	ErrMin       = errors.New("figure out of range")
	ErrMax       = errors.New("upper end below the lower end or out of range")
	ErrText      = errors.New("text too long")
	ErrDay       = errors.New("no day on which it was set")
)

// Validate fails with one of the errors above where the figure cannot be.
func (t Target) Validate() error {
	switch {
	case t.Indicator != Awareness && t.Indicator != Admission && t.Indicator != Introduction:
		return fmt.Errorf("%w: %q", ErrIndicator, t.Indicator)
	case t.State != Goal && t.State != Assigned:
		return fmt.Errorf("%w: %q", ErrState, t.State)
	case t.Year < firstYear || t.Year > lastYear:
		return fmt.Errorf("%w: %d", ErrYear, t.Year)
	case t.Min < 0 || t.Min > maxPeople:
		return fmt.Errorf("%w: %d", ErrMin, t.Min)
	case t.Max != nil && (*t.Max < t.Min || *t.Max > maxPeople):
		return fmt.Errorf("%w: %d", ErrMax, *t.Max)
	case t.SetOn.IsZero():
		return ErrDay
	}
	if err := t.Span.validate(t.Year); err != nil {
		return err
	}
	if err := t.Share.validate(); err != nil {
		return err
	}
	for _, s := range []string{t.Document, t.Clause, t.SetBy, t.Reason} {
		if utf8.RuneCountInString(s) > maxText {
			return ErrText
		}
	}
	return nil
}

// Words returns the figure as a letter writes it: "15–20", "từ 5 trở lên", "5".
func (t Target) Words() string { return t.Range().Words() }

// Range returns the two ends of the figure.
func (t Target) Range() Range { return Range{Min: t.Min, Max: t.Max} }

// Plan returns the figure that counts as a unit's plan of a year: the last one that the
// superior assigned by the end of that year. history holds one unit and one indicator,
// oldest first. A goal never counts (TGT-13); what is assigned after the year comes too
// late (EVAL-23). Figures of a term, a quarter or a part are no plan of the year. It returns false where nothing was assigned.
func Plan(history []Target, year int) (Target, bool) {
	var plan Target
	found := false
	for _, t := range history {
		if t.Year != year || t.State != Assigned || t.SetOn.Year() > year || t.Span != (Span{}) {
			continue
		}
		if !found || !t.SetOn.Before(plan.SetOn) {
			plan, found = t, true
		}
	}
	return plan, found
}

// Reached reports whether done reaches the figure. The range of a letter is an order of
// magnitude: more than its upper end is reached too (TGT-12).
func Reached(t Target, done int) bool { return done >= t.Min }
