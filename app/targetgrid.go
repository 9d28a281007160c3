package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"ketnap/access"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A TargetCellKey names a cell of the grid.
type TargetCellKey struct {
	Unit      string
	Indicator target.Indicator
	Part      target.Part
}

// A TargetFault is what is wrong with one cell.
type TargetFault struct {
	Cell TargetCellKey
	Err  *errs.Error
}

// TargetErrors are the cells for which a whole grid was refused.
type TargetErrors []TargetFault

// Error counts them, for the log.
func (f TargetErrors) Error() string { return fmt.Sprintf("%d cells refused", len(f)) }

// A TypedTarget is what a person typed into a cell, and the figure that stood there.
type TypedTarget struct {
	Cell TargetCellKey
	Text string
	Seq  int // of the last figure that the person saw
}

// A TypedGrid is what is written with one press of "Ghi".
type TypedGrid struct {
	Unit     string // the superior
	Year     int
	Reason   string
	Document string
	Cells    []TypedTarget // those that the person changed
}

// maxCells is the most that one grid writes.
const maxCells = 20_000

// AssignGrid gives figures to many children of a unit, all or none. It returns how many it
// wrote. It fails with Invalid or Stale and TargetErrors as the cause where cells are
// wrong, and with Invalid on "reason" or "document" where an assigned figure changes
// without them (TGT-09).
func (a *App) AssignGrid(ctx context.Context, who Actor, t TypedGrid) (n int, err error) {
	if len(t.Cells) > maxCells {
		return 0, errs.E(errs.Invalid, "target.grid.large", "max", maxCells)
	}
	err = a.write(ctx, who, a.gridOrder(ctx, who, t.Unit), func(w *writing) (record, error) {
		children, err := w.Children(ctx, w.Permit.Unit())
		if err != nil {
			return record{}, err
		}
		g, err := w.assigning(ctx, children, t.Year)
		if err != nil {
			return record{}, err
		}
		rows, err := g.grid(ctx, t, children)
		if err != nil {
			return record{}, err
		}
		var before, after []any
		for _, x := range rows {
			if err := w.AddTarget(ctx, w.Permit, x.row); err != nil {
				return record{}, err
			}
			before, after = append(before, figure(x.last)), append(after, map[string]any{"unit": x.code, "figure": figure(x.row)})
		}
		n = len(rows)
		return record{object: "targets/" + t.Unit, before: before, after: after, rules: "TGT-05 TGT-07 TGT-09"}, nil
	})
	return n, err
}

// gridOrder asks for the right over the unit whose children get figures.
func (a *App) gridOrder(ctx context.Context, who Actor, code string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		u, err := unitByCode(ctx, tx, code)
		if err != nil {
			return order{}, unitNone(err)
		}
		line, err := tx.Line(ctx, u.No)
		if err != nil {
			return order{}, err
		}
		today, err := a.today(ctx, tx)
		return order{right: assignRight(who, today, u, line, target.Introduction), see: access.SeeFigures, unit: u.No, none: "unit.none"}, err
	}
}

type gridRow struct {
	code      string
	row, last store.TargetRow
}

// grid makes the rows of all cells, or gathers what is wrong with each.
func (g *assigning) grid(ctx context.Context, t TypedGrid, children []org.Unit) ([]gridRow, error) {
	byCode := map[string]org.Unit{}
	for _, c := range children {
		byCode[string(c.Code)] = c
	}
	var rows []gridRow
	var faults TargetErrors
	var ofForm error
	for _, c := range t.Cells {
		row, err := g.cell(ctx, t, c, byCode[c.Cell.Unit])
		switch {
		case err != nil:
			e := errs.As(err)
			if e.Kind == errs.Internal {
				return nil, err
			}
			if e.Field == "reason" || e.Field == "document" { // asked once for all cells
				ofForm = err
				continue
			}
			faults = append(faults, TargetFault{c.Cell, e})
		case row.row.ID != "":
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(x, y gridRow) int { return cmp.Compare(x.row.Part, y.row.Part) }) // the whole before its parts
	for _, x := range rows {
		g.put(x.row)
	}
	for _, x := range rows {
		if err := g.within(x.row); err != nil {
			faults = append(faults, TargetFault{TargetCellKey{x.code, target.Indicator(x.row.Indicator), target.Part(x.row.Part)}, errs.As(err)})
		}
	}
	if len(faults) == 0 {
		return rows, ofForm
	}
	kind := errs.Invalid
	if slices.ContainsFunc(faults, func(f TargetFault) bool { return f.Err.Kind == errs.Stale }) {
		kind = errs.Stale
	}
	return nil, errs.E(kind, "target.grid.refused", "n", len(faults)).Because(faults)
}

// cell makes the row of one cell; none where what was typed says what is there.
func (g *assigning) cell(ctx context.Context, t TypedGrid, c TypedTarget, unit org.Unit) (gridRow, error) {
	if unit.No == 0 || unit.Type == org.Board {
		return gridRow{}, errs.E(errs.Invalid, "target.grid.stranger", "unit", c.Cell.Unit)
	}
	if err := openFor(unit, c.Cell.Indicator); err != nil {
		return gridRow{}, err
	}
	typed, err := target.ParseCell(c.Text)
	if err != nil {
		return gridRow{}, cellError(err)
	}
	key := figureKey{unit: unit.No, indicator: c.Cell.Indicator, year: t.Year, part: c.Cell.Part}
	plan, planned := g.plan[key]
	switch {
	case typed.Empty && planned:
		return gridRow{}, errs.E(errs.Invalid, "target.grid.empty", "figure", rangeOf(plan).Words())
	case typed.Empty:
		return gridRow{}, nil
	case planned && g.last[key].Seq == c.Seq && plan.Percent == typed.Percent && (typed.Percent != 0 || rangeOf(plan).Equal(typed.Range)):
		return gridRow{}, nil
	}
	n := NewTarget{Unit: c.Cell.Unit, Year: t.Year, Indicator: c.Cell.Indicator, Span: target.Span{Part: c.Cell.Part}, Min: typed.Range.Min, Max: typed.Range.Max,
		Percent: typed.Percent, Reason: t.Reason, Document: t.Document, Seq: c.Seq}
	row, last, err := g.figure(ctx, n, unit)
	return gridRow{c.Cell.Unit, row, last}, err
}

// cellError says what is wrong with what was typed.
func cellError(err error) error {
	key := "target.cell.number"
	switch {
	case errors.Is(err, target.ErrOrder):
		key = "target.cell.order"
	case errors.Is(err, target.ErrLarge):
		key = "target.cell.large"
	case errors.Is(err, target.ErrShare):
		key = "target.percent"
	}
	return errs.E(errs.Invalid, key).Because(err)
}
