package app

import (
	"context"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A LoadedMove is a step of a talk about a figure that was made in the past.
type LoadedMove struct {
	target.Move // Unit and Figure are ignored: it answers what was assigned by its day
	No          org.UnitNo
}

// LoadMoves writes steps of past talks under one unit, in the order given, each where the
// talk allows it. The audit keeps one row.
func (a *App) LoadMoves(ctx context.Context, who Actor, under org.UnitNo, moves []LoadedMove) error {
	return a.write(ctx, who, at(access.AssignTarget, access.SeeFigures, under), func(w *writing) (record, error) {
		nos := make([]org.UnitNo, len(moves))
		for i, m := range moves {
			nos[i] = m.No
		}
		rows, err := w.Tx.Targets(ctx, nos, 0)
		if err != nil {
			return record{}, err
		}
		said := map[figureKey][]target.Move{}
		for _, m := range moves {
			k := figureKey{unit: m.No, indicator: m.Indicator, year: m.Year}
			for _, row := range rows {
				if keyOfRow(row) == k && row.State == string(target.Assigned) && !row.SetOn.After(m.On) {
					m.Figure = row.Seq
				}
			}
			if err := m.Check(target.Turned(said[k], m.Figure)); err != nil {
				return record{}, moveError(err)
			}
			said[k] = append(said[k], m.Move)
			row := store.TargetMove{ID: newID(), Unit: m.No, Year: m.Year, Indicator: string(m.Indicator), Seq: len(said[k]), Kind: string(m.Kind), Figure: m.Figure,
				Reason: m.Reason, On: m.On, By: m.By}
			if m.Range != nil {
				row.Min, row.Max = &m.Range.Min, m.Range.Max
			}
			if err := w.AddTargetMove(ctx, w.Permit, row); err != nil {
				return record{}, err
			}
		}
		return record{object: "load", after: map[string]any{"moves": len(moves)}, rules: "TGT-08"}, nil
	})
}

// A LoadedPlan is a plan that was written in the past, with what became of it.
type LoadedPlan struct {
	No          org.UnitNo
	Year        int
	State       target.PlanState
	By          string // who wrote and sent it
	On          date.Date
	AnsweredBy  string
	AnsweredOn  date.Date
	Note        string
	Measures    []target.PlanMeasure
	MeasuresEnd date.Date // the day on which those that are not open were settled
}

// LoadPlans writes plans of the past under one unit. The audit keeps one row.
func (a *App) LoadPlans(ctx context.Context, who Actor, under org.UnitNo, plans []LoadedPlan) error {
	return a.write(ctx, who, at(access.AssignTarget, access.SeeFigures, under), func(w *writing) (record, error) {
		for _, p := range plans {
			row := store.UnitPlan{Unit: p.No, Year: p.Year, State: string(p.State), WrittenBy: p.By, WrittenOn: p.On, AnsweredBy: p.AnsweredBy, AnsweredOn: p.AnsweredOn, Note: p.Note}
			if p.State != target.PlanDraft {
				row.SubmittedBy, row.SubmittedOn = p.By, p.On
			}
			if err := w.SaveUnitPlan(ctx, w.Permit, row); err != nil {
				return record{}, err
			}
			for _, m := range p.Measures {
				if err := m.Validate(); err != nil {
					return record{}, measureError(err)
				}
				one := store.Measure{ID: newID(), Unit: p.No, Year: p.Year, Text: m.Text, Owner: m.Owner, Due: m.Due, Origin: m.Origin, State: string(m.State), Reason: m.Reason, AddedBy: p.By, AddedOn: p.On}
				if m.State != target.MeasureOpen {
					one.SettledBy, one.SettledOn = p.By, p.MeasuresEnd
				}
				if err := w.AddMeasure(ctx, w.Permit, one); err != nil {
					return record{}, err
				}
			}
		}
		return record{object: "load", after: map[string]any{"plans": len(plans)}, rules: "TGT-02"}, nil
	})
}

// loadedRow makes the row of a figure of the past. It fails where the figure cannot be.
func loadedRow(g LoadedTarget) (store.TargetRow, error) {
	if err := g.Validate(); err != nil {
		return store.TargetRow{}, errs.E(errs.Invalid, "target.figure").On("min").Because(err)
	}
	return store.TargetRow{ID: newID(), Unit: g.No, Year: g.Year, Indicator: string(g.Indicator), State: string(g.State), Min: g.Min, Max: g.Max, SetOn: g.SetOn, SetBy: g.SetBy, Reason: g.Reason,
		Symbol: g.Document, Until: g.Until, Quarter: g.Quarter, Part: string(g.Part), PerYear: g.PerYear, Percent: g.Share.Hundredths, BaseOn: g.Share.On, Base: g.Share.Base}, nil
}
