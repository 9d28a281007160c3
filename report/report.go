// Package report builds the reports that units send up: a form, a period and the facts
// make one value, from which page, print, XLSX and API are drawn. It counts and reads
// nothing itself: the figures are handed to it.
package report

import (
	"errors"
	"fmt"

	"ketnap/date"
	"ketnap/target"
)

// A Form names a report.
type Form string

// Admission is the report on admissions by unit.
const Admission Form = "admission"

// Forms lists the forms that Build knows.
func Forms() []Form { return []Form{Admission} }

// ErrForm is wrapped by the refusal of an unknown form.
var ErrForm = errors.New("unknown form")

// A Line is what is known of one unit: its figures include its subtree.
type Line struct {
	Unit     string // code
	Name     string
	Plan     *int // the year's figure assigned to that unit; none where there is none
	Admitted int  // in the period up to the cut-off
}

// Facts are what a report is drawn from.
type Facts struct {
	Unit     Line   // the unit that reports, its whole subtree
	Children []Line // its direct children, in the order of the table
	Today    date.Date
	Event    target.Event
}

// Cutoff returns the last day that a report of a period counts: the last of the period,
// or the business day if that is earlier. The figures of Facts end on it (RPT-10).
func Cutoff(period date.Period, today date.Date) date.Date {
	if today.Before(period.To) {
		return today
	}
	return period.To
}

// A Row is one direct child.
type Row struct {
	Unit     string  `json:"unit"`
	Name     string  `json:"name"`
	Plan     *int    `json:"plan"`
	Admitted int     `json:"admitted"`
	Percent  *string `json:"percent"`
}

// A Total is the last line: the unit's own plan beside the sum of what it gave on, and
// the whole subtree's admissions against the own plan.
type Total struct {
	Plan         *int    `json:"plan"`
	ChildrenPlan int     `json:"children_plan"`
	Admitted     int     `json:"admitted"`
	Percent      *string `json:"percent"`
}

// A Report is a form filled for a unit and a period.
type Report struct {
	Form          Form         `json:"form"`
	Unit          string       `json:"unit"`
	Period        date.Period  `json:"period"`
	Cutoff        date.Date    `json:"cutoff"`
	CountingEvent target.Event `json:"counting_event"`
	Rows          []Row        `json:"rows"`
	Total         Total        `json:"total"`

	name string // of the unit, for the title
}

// Build fills a form. It fails only for a form that it does not know.
func Build(form Form, period date.Period, facts Facts) (Report, error) {
	if form != Admission {
		return Report{}, fmt.Errorf("%w: %q", ErrForm, form)
	}
	r := Report{
		Form: form, Unit: facts.Unit.Unit, Period: period, Cutoff: Cutoff(period, facts.Today),
		CountingEvent: facts.Event, Rows: make([]Row, 0, len(facts.Children)), name: facts.Unit.Name,
	}
	plans := make([]int, 0, len(facts.Children))
	for _, c := range facts.Children {
		r.Rows = append(r.Rows, Row{Unit: c.Unit, Name: c.Name, Plan: c.Plan, Admitted: c.Admitted, Percent: target.PercentOf(c.Admitted, c.Plan)})
		if c.Plan != nil {
			plans = append(plans, *c.Plan)
		}
	}
	own := facts.Unit
	r.Total = Total{
		Plan: own.Plan, ChildrenPlan: target.Balance(own.Plan, plans).Sum, Admitted: own.Admitted,
		Percent: target.PercentOf(own.Admitted, own.Plan),
	}
	return r, nil
}
