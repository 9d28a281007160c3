package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A ClosingUnit ends a unit on a day; another one takes over what it still owes.
type ClosingUnit struct {
	Unit      string
	Successor string
	On        date.Date // its last day
	Document  string    // symbol of the decision
}

// A Closing is what closing a unit means, before it is done.
type Closing struct {
	Unit      org.Unit
	Line      []org.Unit
	Today     date.Date
	OpenFiles int
	OpenUnits int
}

// Closing returns what stands in the way of closing a unit.
func (a *App) Closing(ctx context.Context, who Actor, code string) (c Closing, err error) {
	err = a.read(ctx, who, access.ManageUnit, func(r *reading) error {
		c.Today = r.Today
		if c.Unit, _, err = r.unit(ctx, code); err != nil {
			return err
		}
		if c.Line, err = r.LineUnits(ctx, c.Unit.No); err != nil {
			return err
		}
		c.OpenFiles, c.OpenUnits, err = inTheWay(ctx, r.Tx, c.Unit.No)
		return err
	})
	return c, err
}

// inTheWay counts the open files and the open units below a unit.
func inTheWay(ctx context.Context, tx *store.Tx, no org.UnitNo) (files, units int, err error) {
	table, err := tx.StageTable(ctx, store.Realm, []org.UnitNo{no})
	if err != nil {
		return 0, 0, err
	}
	for _, s := range admission.Stages() {
		if s.Open() {
			files += table[no][string(s)]
		}
	}
	children, err := tx.Children(ctx, no)
	for _, c := range children {
		if c.ClosedOn.IsZero() {
			units++
		}
	}
	return files, units, err
}

// CloseUnit ends a unit and adds what it still owes of this year's and later targets to
// its successor's, a figure each that names it and the document (TGT-09, REORG-02). What
// it did stays counted where it was done (REORG-08): its own figure of the year becomes
// that. It fails with Conflict while open files or units stand in it: files move by
// transfer.
func (a *App) CloseUnit(ctx context.Context, who Actor, c ClosingUnit) error {
	c.Document = strings.TrimSpace(c.Document)
	var old, next org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		if old, err = unitByCode(ctx, tx, c.Unit); err != nil {
			return o, unitNone(err)
		}
		return order{right: access.ManageUnit, see: access.SeeUnit, unit: old.No, none: "unit.none"}, nil
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		var err error
		if next, err = w.successor(ctx, c, old); err != nil {
			return record{}, err
		}
		files, units, err := inTheWay(ctx, w.Tx, old.No)
		switch {
		case err != nil:
			return record{}, err
		case files > 0:
			return record{}, errs.E(errs.Conflict, "unit.close.files", "n", files)
		case units > 0:
			return record{}, errs.E(errs.Conflict, "unit.close.units", "n", units)
		}
		moved, err := a.moveTargets(ctx, w, c, old, next)
		if err != nil {
			return record{}, err
		}
		return record{object: "unit/" + c.Unit, before: map[string]any{"closed_on": nil}, after: map[string]any{"closed_on": c.On, "successor": next.Code, "document": c.Document, "targets": moved},
			rules: "TGT-09 REORG-02 REORG-08"}, w.Tx.CloseUnit(ctx, w.Permit, old.No, c.On)
	})
}

// successor checks the order and finds the unit that takes over.
func (w *writing) successor(ctx context.Context, c ClosingUnit, old org.Unit) (org.Unit, error) {
	switch {
	case !old.ClosedOn.IsZero():
		return old, errs.E(errs.Conflict, "unit.close.already")
	case len(w.Line) < 2: //nolint:mnd // itself and one above
		return old, errs.E(errs.Invalid, "unit.close.top").On("successor")
	case c.On.IsZero() || c.On.After(w.Today) || !old.OpenedOn.IsZero() && c.On.Before(old.OpenedOn):
		return old, errs.E(errs.Invalid, "unit.close.day").On("on")
	case c.Document == "":
		return old, errs.E(errs.Invalid, "unit.close.document").On("document")
	}
	wrong := errs.E(errs.Invalid, "unit.close.successor").On("successor")
	next, err := unitByCode(ctx, w.Tx, c.Successor)
	if errs.KindOf(err) == errs.NotFound {
		return next, wrong.Because(err)
	}
	if err != nil {
		return next, err
	}
	line, err := w.Tx.Line(ctx, next.No)
	if err != nil {
		return next, err
	}
	if !w.who.may(access.ManageUnit, w.Today, line) || next.No == old.No || !next.ClosedOn.IsZero() || next.Side() != old.Side() || next.Type == org.Board || slices.Contains(line, old.No) {
		return next, wrong
	}
	return next, nil
}

// moveTargets adds what the old unit still owes to the next one's figures.
func (a *App) moveTargets(ctx context.Context, w *writing, c ClosingUnit, old, next org.Unit) ([]any, error) {
	rows, err := w.Tx.Targets(ctx, []org.UnitNo{old.No, next.No}, 0)
	if err != nil {
		return nil, err
	}
	histories := map[figureKey][]target.Target{}
	var keys []figureKey
	for _, row := range rows {
		k := keyOfRow(row)
		if row.Unit == old.No && row.Year >= c.On.Year() && histories[k] == nil {
			keys = append(keys, k)
		}
		histories[k] = append(histories[k], targetOf(row))
	}
	word, err := a.countingEvent(ctx, w.Tx, w.Today)
	if err != nil {
		return nil, err
	}
	names := indicators(target.Event(word))
	year := c.On.Year()
	sums, err := w.Counters(ctx, store.Realm, []org.UnitNo{old.No}, year*100+1, year*100+12, []string{names[target.Awareness], names[target.Admission], names[target.Introduction]})
	if err != nil {
		return nil, err
	}
	var moved []any
	for _, k := range keys {
		plan, ok := target.Plan(histories[k], k.year)
		if !ok {
			continue
		}
		done := 0
		if k.year == year && old.Beside == 0 { // a union's people are counted beside it, and stay there
			done = sums[store.Figure{Unit: old.No, Indicator: names[k.indicator]}]
		}
		left := target.Left(plan.Range(), done)
		if left.Min == 0 && (left.Max == nil || *left.Max == 0) {
			continue
		}
		to := k
		to.unit = next.No
		sum := left
		if had, ok := target.Plan(histories[to], k.year); ok {
			sum = target.Joined(had.Range(), left)
		}
		kept := target.Exactly(plan.Min - left.Min)
		for _, g := range []struct {
			unit  org.UnitNo
			r     target.Range
			words string
		}{
			{old.No, kept, fmt.Sprintf("Chuyển %s sang %s (%s)", left.Words(), next.Name, next.Code)},
			{next.No, sum, fmt.Sprintf("Nhận %s của %s (%s) chuyển sang", left.Words(), old.Name, old.Code)},
		} {
			row := store.TargetRow{ID: newID(), Unit: g.unit, Year: k.year, Indicator: string(k.indicator), State: string(target.Assigned), Min: g.r.Min, Max: g.r.Max,
				Symbol: c.Document, SetOn: w.Today, SetBy: w.who.Name, Reason: g.words}
			if err := w.AddTarget(ctx, w.Permit, row); err != nil {
				return nil, err
			}
		}
		moved = append(moved, map[string]any{"year": k.year, "indicator": k.indicator, "left": left, "sum": sum})
	}
	return moved, nil
}
