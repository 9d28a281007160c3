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
	"ketnap/source"
	"ketnap/store"
	"ketnap/target"
)

var errTask = errs.E(errs.NotFound, "task.none")

func eventOf(word string) target.Event { return target.Event(word) }

// A StageCount is how many files of a subtree stand at a stage.
type StageCount struct {
	Stage admission.Stage
	Count int
}

// An Overview is the year of a unit in figures, all of them from counters.
type Overview struct {
	Unit     org.Unit
	Line     []org.Unit
	Today    date.Date
	Year     int
	Event    target.Event
	Own      TargetLine
	Stages   []StageCount // in the order of the road, empty ones included
	Months   [12]int      // admitted, by month
	Before   [12]int      // and in the year before
	Children []TargetLine
	Admitted int    // children that admitted somebody this year
	Behind   int    // children below their plan
	Needs    []Need // of those, the ones furthest behind
	MaySee   bool   // the actor may see the people behind the figures
	Counted  bool   // Stuck and Late were counted: the subtree is small enough for it
	Stuck    int    // files that have source but move nowhere (TGT-28)
	Late     int    // files of which a duty is overdue
}

// A Need is a child that is behind its plan, with what stands ready there.
type Need struct {
	Unit     org.Unit
	Plan     int
	Admitted int
	Source   int // people who are source now
	Trained  int // of those, with a certificate and without an application
	Ready    int // of those, with a complete file that waits for the branch
}

// Left is how many the child still owes.
func (n Need) Left() int { return n.Plan - n.Admitted }

// Limits of the overview: how many units in need it names, and up to how many open files
// it looks at the files themselves. Above that it shows counters only.
const (
	maxNeeds   = 5
	maxCounted = 5000
)

// Overview returns the year of a unit.
func (a *App) Overview(ctx context.Context, who Actor, unit string, year int) (o Overview, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		if o.Unit, _, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if o.Line, err = r.LineUnits(ctx, o.Unit.No); err != nil {
			return err
		}
		o.Today, o.Year = r.Today, year
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		o.Event = eventOf(word)
		children, err := r.partyChildren(ctx, o.Unit)
		if err != nil {
			return err
		}
		lines, err := r.targetLines(ctx, append([]org.Unit{o.Unit}, children...), year, o.Event)
		if err != nil {
			return err
		}
		o.Own, o.Children = lines[0], lines[1:]
		o.MaySee = who.may(access.SeeFile, r.Today, numbers(o.Line))
		if err := r.figures(ctx, &o); err != nil {
			return err
		}
		if err := r.needs(ctx, &o); err != nil {
			return err
		}
		return a.waiting(ctx, r, &o)
	})
	return o, err
}

// needs finds the children furthest behind their plan, and from counters what they have.
func (r *reading) needs(ctx context.Context, o *Overview) error {
	for _, c := range o.Children {
		for _, cell := range c.Cells {
			if cell.Indicator == target.Admission && cell.Plan != nil && cell.Done < cell.Plan.Min {
				o.Needs = append(o.Needs, Need{Unit: c.Unit, Plan: cell.Plan.Min, Admitted: cell.Done})
			}
		}
	}
	o.Behind = len(o.Needs)
	slices.SortStableFunc(o.Needs, func(x, y Need) int { return cmp.Compare(y.Left(), x.Left()) })
	o.Needs = o.Needs[:min(len(o.Needs), maxNeeds)]
	var nos []org.UnitNo
	for _, n := range o.Needs {
		nos = append(nos, n.Unit.No)
	}
	table, err := r.StageTable(ctx, store.Realm, nos)
	for i := range o.Needs {
		n := &o.Needs[i]
		stages := table[n.Unit.No]
		for stage, count := range stages {
			if source.Counts(admission.Stage(stage), o.Event) {
				n.Source += count
			}
		}
		n.Trained, n.Ready = stages[string(admission.Certified)], stages[string(admission.Ready)]
	}
	return err
}

// waiting counts who is stuck and what is overdue today, where the counters say that few
// files must be looked at for it.
func (a *App) waiting(ctx context.Context, r *reading, o *Overview) error {
	open := 0
	for _, s := range o.Stages {
		if s.Stage.Open() {
			open += s.Count
		}
	}
	if !o.MaySee || open > maxCounted {
		return nil
	}
	people, err := r.scopeFor(ctx, access.SeeFile)
	if err != nil {
		return err
	}
	months, err := a.stuckMonths(ctx, r.Tx, r.Today)
	if err != nil {
		return err
	}
	rows, err := r.QuietFiles(ctx, people, o.Unit.No, r.Today.AddMonths(-months).AddDays(monthSlack))
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, stuck := row.Brief().Stuck(r.Today, months); stuck {
			o.Stuck++
		}
	}
	o.Late, err = r.CountFiles(ctx, people, store.FileFilter{Unit: o.Unit.No, DueBy: r.Today.AddDays(-1), Pressing: true})
	o.Counted = err == nil
	return err
}

func (r *reading) figures(ctx context.Context, o *Overview) error {
	for _, c := range o.Children {
		for _, cell := range c.Cells {
			if cell.Indicator == target.Admission && cell.Done > 0 {
				o.Admitted++
			}
		}
	}
	table, err := r.StageTable(ctx, store.Realm, []org.UnitNo{o.Unit.No})
	if err != nil {
		return err
	}
	for _, s := range admission.Stages() {
		o.Stages = append(o.Stages, StageCount{Stage: s, Count: table[o.Unit.No][string(s)]})
	}
	series, err := r.CounterSeries(ctx, store.Realm, []org.UnitNo{o.Unit.No}, (o.Year-1)*100+1, o.Year*100+12, []string{admitted(o.Event)})
	for _, d := range series {
		month := d.Period%100 - 1
		if d.Period/100 == o.Year {
			o.Months[month] = d.Value
		} else {
			o.Before[month] = d.Value
		}
	}
	return err
}

// StageTable returns for the children of a unit how many files stand at each stage, with
// one question to the store.
func (a *App) StageTable(ctx context.Context, who Actor, unit string) (u org.Unit, children []org.Unit, table map[org.UnitNo]map[string]int, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		if u, _, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if children, err = r.partyChildren(ctx, u); err != nil {
			return err
		}
		table, err = r.Tx.StageTable(ctx, store.Realm, numbers(children))
		return err
	})
	return u, children, table, err
}
