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

// A FigureHistory is every figure of one unit for one indicator, span and part (TGT-09).
type FigureHistory struct {
	Year      int
	Indicator target.Indicator
	Span      target.Span
	Figures   []target.Target // oldest first
}

// A HistoryPage is every figure that was ever set for a unit: of terms, years, quarters
// and parts.
type HistoryPage struct {
	Unit      org.Unit
	Line      []org.Unit
	Above     []org.Unit
	Today     date.Date
	Year      int // that the page began with
	Histories []FigureHistory
	Count     int  // of all figures, so that a form knows when it is stale
	MayAssign bool // the actor speaks for the unit's superior
}

// TargetHistory returns every figure of a unit, by year, the latest first.
func (a *App) TargetHistory(ctx context.Context, who Actor, unit string) (p HistoryPage, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		p.Today = r.Today
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		p.Unit = u
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		p.Above = r.seenAbove(p.Line)
		over := superior(line)
		p.MayAssign = u.ClosedOn.IsZero() && who.may(assignRight(who, r.Today, u, over, target.Introduction), r.Today, over)
		rows, err := r.TargetFigures(ctx, []org.UnitNo{u.No}, 0)
		if err != nil {
			return err
		}
		p.Count = len(rows)
		at := map[figureKey]int{}
		for _, row := range rows {
			k, t := keyOfRow(row), targetOf(row)
			i, known := at[k]
			if !known {
				i = len(p.Histories)
				at[k] = i
				p.Histories = append(p.Histories, FigureHistory{Year: t.Year, Indicator: t.Indicator, Span: t.Span})
			}
			p.Histories[i].Figures = append(p.Histories[i].Figures, t)
			p.Histories[i].Span = t.Span
		}
		return nil
	})
	return p, err
}

// AssignFigure gives a unit a figure of any span: a term, several years, a year, a
// quarter, the whole or a part. seen is how many figures of the unit the person saw; it
// fails with Stale where there are others by now.
func (a *App) AssignFigure(ctx context.Context, who Actor, n NewTarget, seen int) error {
	var unit org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		if unit, err = unitByCode(ctx, tx, n.Unit); err != nil {
			return o, unitNone(err)
		}
		return a.assignOrder(ctx, tx, who, unit, n.Indicator)
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		g, err := w.assigning(ctx, []org.Unit{unit}, 0)
		if err != nil {
			return record{}, err
		}
		if g.count != seen {
			return record{}, errs.E(errs.Stale, "target.stale")
		}
		n.Seq = g.last[figureKey{unit.No, n.Indicator, n.Year, n.Until, n.Quarter, n.Part}].Seq
		row, last, err := g.figure(ctx, n, unit)
		if err != nil {
			return record{}, err
		}
		if err := g.within(row); err != nil {
			return record{}, err
		}
		return record{object: "target/" + row.ID, before: figure(last), after: figure(row), rules: "TGT-01 TGT-04 TGT-09"}, w.AddTarget(ctx, w.Permit, row)
	})
}
