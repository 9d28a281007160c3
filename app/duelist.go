package app

import (
	"cmp"
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// A DueWindow is which due days a list shows.
type DueWindow string

// Windows: overdue, due within a week and within a month, today included in both.
const (
	DueLate  DueWindow = "late"
	DueWeek  DueWindow = "week"
	DueMonth DueWindow = "month"
)

// Days of the windows.
const (
	dueWeekDays  = 7
	dueMonthDays = 30
)

// Limits of a list: what a page shows, and what a sheet takes.
const (
	maxDueRows  = 500
	maxDueSheet = 50_000
)

// A DueFilter is what is asked of the list. Empty fields do not filter.
type DueFilter struct {
	Unit   string
	Window DueWindow // else overdue
	Desk   admission.Desk
	Rule   string
	Sheet  bool // for a sheet, which takes more rows than a page
}

// A DueSum is three figures: overdue, due within a week and within a month.
type DueSum struct{ Late, Week, Month int }

// In returns the figure of a window.
func (s DueSum) In(w DueWindow) int {
	switch w {
	case DueWeek:
		return s.Week
	case DueMonth:
		return s.Month
	}
	return s.Late
}

// Plus returns the sums of both.
func (s DueSum) Plus(o DueSum) DueSum {
	return DueSum{s.Late + o.Late, s.Week + o.Week, s.Month + o.Month}
}

func (s *DueSum) add(c store.DueCount) {
	s.Late, s.Week, s.Month = s.Late+c.Late, s.Week+c.Week, s.Month+c.Month
}

// A DueDesk is the figures of a desk.
type DueDesk struct {
	Desk admission.Desk
	Sum  DueSum
}

// A DueRule is the figures of a rule.
type DueRule struct {
	Rule string
	Sum  DueSum
}

// A DueUnit is the figures of a unit with its subtree, by desk.
type DueUnit struct {
	Unit  org.Unit
	Desks map[admission.Desk]DueSum
	Sum   DueSum
}

// A DuePage is what is due in a unit's subtree.
type DuePage struct {
	Unit     org.Unit
	Line     []org.Unit
	Today    date.Date
	Calendar date.Calendar
	Filter   DueFilter
	Sum      DueSum    // under the filter of desk and rule
	Desks    []DueDesk // under the filter of rule
	Rules    []DueRule // under the filter of desk
	Rows     []store.FileRow
	More     bool                        // there are more than the page shows
	Moved    map[string][]store.MovedDue // by file, where rules or calendar changed its day
	Units    []DueUnit                   // directly below
}

// Due lists what is due in a unit's subtree, with the figures by desk, rule and unit.
func (a *App) Due(ctx context.Context, who Actor, f DueFilter) (p DuePage, err error) {
	p.Filter = f
	if p.Filter.Window != DueWeek && p.Filter.Window != DueMonth {
		p.Filter.Window = DueLate
	}
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		p.Today = r.Today
		if p.Unit, _, err = r.unit(ctx, f.Unit); err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, p.Unit.No); err != nil {
			return err
		}
		if p.Calendar, err = a.calendar(ctx, r.Tx); err != nil {
			return err
		}
		if err := r.dueRows(ctx, &p); err != nil || f.Sheet {
			return err
		}
		if err := r.dueCounts(ctx, &p); err != nil {
			return err
		}
		return r.dueUnits(ctx, &p)
	})
	return p, err
}

func (r *reading) dueRows(ctx context.Context, p *DuePage) (err error) {
	limit := maxDueRows
	if p.Filter.Sheet {
		limit = maxDueSheet
	}
	f := store.DueFilter{Unit: p.Unit.No, Desk: p.Filter.Desk, Rule: p.Filter.Rule, Limit: limit + 1}
	switch p.Filter.Window {
	case DueWeek:
		f.From, f.To = r.Today, r.Today.AddDays(dueWeekDays)
	case DueMonth:
		f.From, f.To = r.Today, r.Today.AddDays(dueMonthDays)
	case DueLate:
		f.To = r.Today.AddDays(-1)
	}
	if p.Rows, err = r.DueRows(ctx, r.Scope, f); err != nil {
		return err
	}
	p.More = len(p.Rows) > limit
	p.Rows = p.Rows[:min(len(p.Rows), limit)]
	if p.Moved, err = r.MovedDues(ctx, p.Rows); err != nil {
		return err
	}
	known := map[string]string{}
	for id, all := range p.Moved {
		latest := all[:0]
		for _, m := range all { // newest first: of each rule only the last change is told
			if slices.ContainsFunc(latest, func(o store.MovedDue) bool { return o.Rule == m.Rule }) {
				continue
			}
			if m.Because, err = r.redrawReason(ctx, known, m.Because); err != nil {
				return err
			}
			latest = append(latest, m)
		}
		p.Moved[id] = latest
	}
	return nil
}

// redrawReason is the document of the change for which days were drawn anew; "" where
// somebody asked for it without one.
func (r *reading) redrawReason(ctx context.Context, known map[string]string, because string) (string, error) {
	if text, ok := known[because]; ok {
		return text, nil
	}
	c, err := r.Tx.RuleChange(ctx, because)
	if errs.KindOf(err) == errs.NotFound {
		err = nil
	}
	known[because] = c.Document
	return c.Document, err
}

func (r *reading) dueCounts(ctx context.Context, p *DuePage) error {
	counts, err := r.DueCounts(ctx, r.Scope, p.Unit.No, r.Today, r.Today.AddDays(dueWeekDays), r.Today.AddDays(dueMonthDays))
	if err != nil {
		return err
	}
	byDesk, byRule := map[admission.Desk]*DueSum{}, map[string]*DueSum{}
	for _, c := range counts {
		desk, rule := p.Filter.Desk == "" || p.Filter.Desk == c.Desk, p.Filter.Rule == "" || p.Filter.Rule == c.Rule
		if desk && rule {
			p.Sum.add(c)
		}
		if rule {
			sumOf(byDesk, c.Desk).add(c)
		}
		if desk {
			sumOf(byRule, c.Rule).add(c)
		}
	}
	for desk, sum := range byDesk {
		p.Desks = append(p.Desks, DueDesk{desk, *sum})
	}
	for rule, sum := range byRule {
		p.Rules = append(p.Rules, DueRule{rule, *sum})
	}
	order := []admission.Desk{admission.DeskBranch, admission.DeskBase, admission.DeskBoard}
	slices.SortFunc(p.Desks, func(x, y DueDesk) int { return slices.Index(order, x.Desk) - slices.Index(order, y.Desk) })
	slices.SortFunc(p.Rules, func(x, y DueRule) int { return cmp.Compare(x.Rule, y.Rule) })
	return nil
}

func sumOf[K comparable](of map[K]*DueSum, key K) *DueSum {
	if of[key] == nil {
		of[key] = &DueSum{}
	}
	return of[key]
}

func (r *reading) dueUnits(ctx context.Context, p *DuePage) error {
	counts, err := r.DueByUnit(ctx, r.Scope, p.Unit.No, r.Today, r.Today.AddDays(dueWeekDays), r.Today.AddDays(dueMonthDays))
	if err != nil || len(counts) == 0 {
		return err
	}
	var nos []org.UnitNo
	of := map[org.UnitNo]*DueUnit{}
	for _, c := range counts {
		u := of[c.Unit]
		if u == nil {
			nos = append(nos, c.Unit)
			u = &DueUnit{Desks: map[admission.Desk]DueSum{}}
			of[c.Unit] = u
		}
		sum := u.Desks[c.Desk]
		sum.add(c)
		u.Desks[c.Desk] = sum
		u.Sum.add(c)
	}
	units, err := r.UnitsByNo(ctx, nos)
	for _, unit := range units {
		u := of[unit.No]
		u.Unit = unit
		p.Units = append(p.Units, *u)
	}
	slices.SortFunc(p.Units, func(x, y DueUnit) int {
		return cmp.Or(cmp.Compare(y.Sum.Late, x.Sum.Late), cmp.Compare(y.Sum.Month, x.Sum.Month), cmp.Compare(x.Unit.Code, y.Unit.Code))
	})
	return err
}
