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

// A TargetColumn is an indicator of the grid, or a part of one ("trong đó").
type TargetColumn struct {
	Indicator target.Indicator
	Part      target.Part
}

// A TargetField is what stands in one cell of the grid.
type TargetField struct {
	Plan *target.Target // assigned; none where nothing is
	Goal *target.Target // what a letter asks for, where it came after the plan or there is none
	Seq  int            // of the last figure
	Move *target.Move   // the unit's last word, of the whole of an indicator
	Turn target.Turn
}

// Text is the figure as one types it: the percentage where it was set as one.
func (f TargetField) Text() string {
	switch {
	case f.Plan == nil:
		return ""
	case f.Plan.Share.Hundredths > 0:
		return f.Plan.Share.Percent()
	}
	return f.Plan.Range().Words()
}

// A TargetSheetRow is a child with what figures are decided by, and its cells by column.
type TargetSheetRow struct {
	Unit    org.Unit
	Members *int // on the day of business; none where nobody entered them
	Base    *int // on the last day of the year before, of which percentages are taken (TGT-04)
	Source  int  // open files that are source
	Last    int  // what it did last year in the first column that is no part
	Fields  []TargetField
}

// Closed reports whether the unit takes no figures any more.
func (r TargetSheetRow) Closed() bool { return !r.Unit.ClosedOn.IsZero() }

// A TargetSheet is the grid by which a superior gives figures to its children.
type TargetSheet struct {
	Unit    org.Unit
	Line    []org.Unit
	Year    int
	Today   date.Date
	Event   target.Event
	Main    int // the column that Last speaks of
	Columns []TargetColumn
	Own     []TargetField
	Rows    []TargetSheetRow
}

// sheetColumns are the columns of the grid of a party or a union unit. A union introduces
// and trains; a party unit trains and admits. Parts belong to the main indicator.
func sheetColumns(side org.Side) (columns []TargetColumn, main int) {
	indicators := []target.Indicator{target.Awareness, target.Admission}
	if side == org.UnionSide {
		indicators = []target.Indicator{target.Awareness, target.Introduction}
	}
	for _, i := range indicators {
		columns = append(columns, TargetColumn{Indicator: i})
	}
	main = len(columns) - 1
	for _, p := range target.Parts() {
		columns = append(columns, TargetColumn{indicators[main], p})
	}
	return columns, main
}

// TargetSheet returns the grid of a unit's children for who may assign to them; others
// who see the unit are told that they may not.
func (a *App) TargetSheet(ctx context.Context, who Actor, unit string, year int) (p TargetSheet, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		p.Year, p.Today = year, r.Today
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		p.Unit = u
		if !who.may(assignRight(who, r.Today, u, line, target.Introduction), r.Today, line) {
			return errs.E(errs.Forbidden, "error.forbidden")
		}
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		p.Event = target.Event(word)
		children, err := r.Children(ctx, u.No)
		if err != nil {
			return err
		}
		children = slices.DeleteFunc(children, func(c org.Unit) bool { return c.Type == org.Board || endedBefore(c, year) })
		p.Columns, p.Main = sheetColumns(u.Side())
		return r.sheet(ctx, &p, children)
	})
	return p, err
}

func (r *reading) sheet(ctx context.Context, p *TargetSheet, children []org.Unit) error {
	all := append([]org.Unit{p.Unit}, children...)
	rows, err := r.TargetFigures(ctx, numbers(all), p.Year)
	if err != nil {
		return err
	}
	moves, err := r.TargetMoves(ctx, numbers(all), p.Year)
	if err != nil {
		return err
	}
	counted := make([]org.UnitNo, len(children))
	for i, c := range children {
		counted[i] = cmp.Or(c.Beside, c.No)
	}
	counts, err := r.CountsOn(ctx, counted, r.Today)
	if err != nil {
		return err
	}
	bases, err := r.CountsOn(ctx, counted, yearEnd(p.Year-1))
	if err != nil {
		return err
	}
	stages, err := r.StageTable(ctx, store.Realm, counted)
	if err != nil {
		return err
	}
	done, err := r.done(ctx, children, p.Year-1, p.Event)
	if err != nil {
		return err
	}
	f := fieldsOf(rows, moves, p.Year)
	p.Own = f.of(p.Unit, p.Columns)
	for i, c := range children {
		row := TargetSheetRow{Unit: c, Fields: f.of(c, p.Columns), Last: done.of(c, p.Columns[p.Main].Indicator, indicators(p.Event))}
		if n, ok := counts[counted[i]][org.Members]; ok {
			row.Members = &n
		}
		if n, ok := bases[counted[i]][org.Members]; ok && !yearEnd(p.Year-1).After(r.Today) {
			row.Base = &n
		}
		for stage, n := range stages[counted[i]] {
			if source.Counts(admission.Stage(stage), p.Event) {
				row.Source += n
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// targetFields finds what stands in the cells of units.
type targetFields struct {
	rows  map[figureKey][]store.TargetRow
	moves map[figureKey][]target.Move
	year  int
}

func fieldsOf(rows []store.TargetRow, moves []store.TargetMove, year int) targetFields {
	f := targetFields{map[figureKey][]store.TargetRow{}, map[figureKey][]target.Move{}, year}
	for _, row := range rows {
		f.rows[keyOfRow(row)] = append(f.rows[keyOfRow(row)], row)
	}
	for _, m := range moves {
		k := figureKey{unit: m.Unit, indicator: target.Indicator(m.Indicator), year: m.Year}
		f.moves[k] = append(f.moves[k], moveOf(m))
	}
	return f
}

func moveOf(m store.TargetMove) target.Move {
	out := target.Move{Year: m.Year, Indicator: target.Indicator(m.Indicator), Kind: target.MoveKind(m.Kind), Figure: m.Figure, Reason: m.Reason, On: m.On, By: m.By}
	if m.Min != nil {
		out.Range = &target.Range{Min: *m.Min, Max: m.Max}
	}
	return out
}

func (f targetFields) of(u org.Unit, columns []TargetColumn) []TargetField {
	out := make([]TargetField, len(columns))
	for i, c := range columns {
		out[i] = f.field(figureKey{unit: u.No, indicator: c.Indicator, year: f.year, part: c.Part})
	}
	return out
}

func (f targetFields) field(k figureKey) TargetField {
	var out TargetField
	assigned := 0
	for _, row := range f.rows[k] {
		t := targetOf(row)
		if out.Seq = row.Seq; t.State == target.Assigned {
			out.Plan, out.Goal, assigned = &t, nil, row.Seq
		} else {
			out.Goal = &t
		}
	}
	if k.part != target.Whole {
		return out
	}
	moves := f.moves[k]
	out.Turn = target.Turned(moves, assigned)
	if n := len(moves); n > 0 {
		out.Move = &moves[n-1]
	}
	return out
}
