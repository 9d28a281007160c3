package app

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/directive"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/target"
)

// Limits of what a person may make of a proposal.
const (
	maxTaskText = 2000 // characters
	maxYears    = 10   // that one clause is spread over
)

// Conditions lists when a ceiling holds, for the form (EVAL-20, EVAL-21).
func Conditions() []string {
	return []string{directive.WhenSourceAndPlanMissed, directive.WhenPlanMissed}
}

// Repeats lists the periods in which a task comes again; "" for once.
func Repeats() []string {
	return []string{"", directive.PerMonth, directive.PerQuarter, directive.PerHalf, directive.PerYear}
}

// check refuses a proposal that could not be confirmed as a person corrected it.
func (p Proposal) check() error {
	switch {
	case p.Task != nil:
		return p.Task.check()
	case p.Target != nil:
		return p.Target.check()
	case p.Ceiling != nil:
		if !slices.Contains(Conditions(), p.Ceiling.When) {
			return errs.E(errs.Invalid, "document.condition").On("when")
		}
		return checkYears(p.Ceiling.Years)
	}
	return errs.E(errs.Invalid, "document.decision")
}

func (t *TaskProposal) check() error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(t.Text)); {
	case n == 0:
		return errs.E(errs.Invalid, "document.task_text").On("text")
	case n > maxTaskText:
		return errs.E(errs.Invalid, "document.task_long", "max", maxTaskText).On("text")
	case !slices.Contains(AllDoers(), t.For):
		return errs.E(errs.Invalid, "document.task_for").On("for")
	case !slices.Contains(Repeats(), string(t.Repeat)):
		return errs.E(errs.Invalid, "document.task_repeat").On("repeat")
	}
	return nil
}

func (t *TargetProposal) check() error {
	switch {
	case !org.Kind(t.UnitKind).Valid() || t.UnitKind == "":
		return errs.E(errs.Invalid, "document.target_kind").On("kind")
	case !slices.Contains(target.Indicators(), target.Indicator(t.Indicator)):
		return errs.E(errs.Invalid, "document.target_indicator").On("indicator")
	case t.Min == nil:
		return errs.E(errs.Invalid, "target.min").On("min")
	}
	if err := checkRange(*t.Min, t.Max); err != nil {
		return err
	}
	return checkYears(t.Years)
}

// checkRange says which end of a figure is wrong.
func checkRange(low int, high *int) error {
	switch {
	case low < 0 || low > maxFigure:
		return errs.E(errs.Invalid, "target.min").On("min")
	case high != nil && *high < low:
		return errs.E(errs.Invalid, "target.range", "min", low, "max", *high).On("max")
	case high != nil && *high > maxFigure:
		return errs.E(errs.Invalid, "target.max").On("max")
	}
	return nil
}

// maxFigure is the greatest number of people that a target may ask for.
const maxFigure = 1_000_000

func checkYears(years []int) error {
	if len(years) == 0 || len(years) > maxYears {
		return errs.E(errs.Invalid, "document.years").On("years")
	}
	for _, y := range years {
		if y < 2000 || y > 2100 {
			return errs.E(errs.Invalid, "document.years").On("years")
		}
	}
	return nil
}

// partsOf reads number and kind from a symbol that a person wrote: "708-CV/ĐUK".
func partsOf(symbol string) (number *int, kind string) {
	digits, rest, found := strings.Cut(symbol, "-")
	if !found {
		return nil, ""
	}
	if n, err := strconv.Atoi(digits); err == nil && n >= 0 {
		number = &n
	}
	kind, _, found = strings.Cut(rest, "/")
	if !found {
		kind = ""
	}
	return number, kind
}
