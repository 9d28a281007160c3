package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A PlanLine is a child with where its plan stands.
type PlanLine struct {
	Unit  org.Unit
	State target.PlanState
	Plan  store.UnitPlan
	Open  int
	Late  int
	Done  int
}

// UnitPlans lists the plans of a unit's children; who has none is listed too (TGT-02).
func (a *App) UnitPlans(ctx context.Context, who Actor, unit string, year int) (p PlanPage, lines []PlanLine, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		p.Year, p.Today = year, r.Today
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		p.Unit = u
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		p.Above = r.seenAbove(p.Line)
		p.MayWrite = who.may(proposeRight(u), r.Today, line)
		children, err := r.Children(ctx, u.No)
		if err != nil {
			return err
		}
		children = slices.DeleteFunc(children, func(c org.Unit) bool { return c.Type == org.Board || !c.ClosedOn.IsZero() })
		plans, err := r.UnitPlans(ctx, numbers(children), year)
		if err != nil {
			return err
		}
		measures, err := r.Measures(ctx, numbers(children), year)
		if err != nil {
			return err
		}
		at := map[org.UnitNo]int{}
		for i, c := range children {
			at[c.No] = i
			lines = append(lines, PlanLine{Unit: c, State: target.PlanState(plans[c.No].State), Plan: plans[c.No]})
		}
		for _, m := range measures {
			l, one := &lines[at[m.Unit]], measureOf(m)
			switch {
			case one.State == target.MeasureDone:
				l.Done++
			case one.Late(r.Today):
				l.Late++
				l.Open++
			case one.State == target.MeasureOpen:
				l.Open++
			}
		}
		return nil
	})
	return p, lines, err
}
