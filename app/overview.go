package app

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
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
	Admitted int  // children that admitted somebody this year
	MaySee   bool // the actor may see the people behind the figures
}

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
		return r.figures(ctx, &o)
	})
	return o, err
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
