package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/source"
	"ketnap/store"
	"ketnap/target"
)

// A TargetTalk is where unit and superior stand about one figure of a year.
type TargetTalk struct {
	Column  TargetColumn
	Field   TargetField
	Moves   []target.Move   // oldest first
	Figures []target.Target // of the whole year, oldest first
	Seqs    []int           // of Figures, by which moves name them
	Seq     int             // how many moves there are, so that a form knows when it is stale
}

// A TalkPage is the talk between a unit and its superior about the figures of a year,
// beside what the unit has to reach them with.
type TalkPage struct {
	Unit       org.Unit
	Line       []org.Unit
	Above      []org.Unit // of the line, those that the actor may see
	Year       int
	Today      date.Date
	Talks      []TargetTalk
	Members    *int
	Stages     []StageCount // of the files that are source
	Source     int
	Last       int  // what it did last year, of the last of Talks
	MayPropose bool // the actor speaks for the unit
	MayAnswer  bool // and for its superior
}

// proposeRight is the right by which somebody speaks for a unit.
func proposeRight(u org.Unit) access.Right {
	if u.Type == org.Union {
		return access.RecordUnion
	}
	return access.ProposeTarget
}

// TargetTalk returns the talk about the figures of a unit.
func (a *App) TargetTalk(ctx context.Context, who Actor, unit string, year int) (p TalkPage, err error) {
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
		open := u.ClosedOn.IsZero()
		p.MayPropose = open && who.may(proposeRight(u), r.Today, line)
		over := superior(line)
		p.MayAnswer = open && len(line) > 1 && who.may(assignRight(who, r.Today, u, over, target.Introduction), r.Today, over)
		if err := r.talks(ctx, &p); err != nil {
			return err
		}
		return a.talkSource(ctx, r, &p)
	})
	return p, err
}

func (r *reading) talks(ctx context.Context, p *TalkPage) error {
	rows, err := r.Tx.Targets(ctx, []org.UnitNo{p.Unit.No}, p.Year)
	if err != nil {
		return err
	}
	moves, err := r.TargetMoves(ctx, []org.UnitNo{p.Unit.No}, p.Year)
	if err != nil {
		return err
	}
	f := fieldsOf(rows, moves, p.Year)
	columns, main := sheetColumns(p.Unit.Side())
	for _, c := range columns[:main+1] {
		k := figureKey{unit: p.Unit.No, indicator: c.Indicator, year: p.Year}
		t := TargetTalk{Column: c, Field: f.field(k), Moves: f.moves[k], Seq: len(f.moves[k])}
		for _, row := range f.rows[k] {
			t.Figures, t.Seqs = append(t.Figures, targetOf(row)), append(t.Seqs, row.Seq)
		}
		p.Talks = append(p.Talks, t)
	}
	return nil
}

// talkSource counts what the unit has to reach its figures with (TGT-08).
func (a *App) talkSource(ctx context.Context, r *reading, p *TalkPage) error {
	word, err := a.countingEvent(ctx, r.Tx, r.Today)
	if err != nil {
		return err
	}
	event, of := target.Event(word), cmp.Or(p.Unit.Beside, p.Unit.No)
	counts, err := r.UnitCounts(ctx, of, r.Today)
	if err != nil {
		return err
	}
	if n, ok := counts[org.Members]; ok {
		p.Members = &n
	}
	table, err := r.StageTable(ctx, store.Realm, []org.UnitNo{of})
	if err != nil {
		return err
	}
	for _, s := range admission.Stages() {
		if n := table[of][string(s)]; source.Counts(s, event) && n > 0 {
			p.Stages = append(p.Stages, StageCount{Stage: s, Count: n})
			p.Source += n
		}
	}
	done, err := r.done(ctx, []org.Unit{p.Unit}, p.Year-1, event)
	p.Last = done.of(p.Unit, p.Talks[len(p.Talks)-1].Column.Indicator, indicators(event))
	return err
}

// A NewMove is what somebody says about a figure.
type NewMove struct {
	Unit      string
	Year      int
	Indicator target.Indicator
	Kind      target.MoveKind
	Text      string // of the figure, as typed into a cell; none for an acceptance
	Reason    string
	Seq       int // how many moves the person saw
	Figure    int // Seq of the last figure that the person saw
}

// SayTarget records a step of the talk: the unit proposes, accepts or asks for another
// figure, its superior keeps the one assigned. Another figure is assigned with
// AssignTarget. It fails with Conflict where the step cannot be made now, and with Stale
// where somebody spoke or assigned meanwhile.
func (a *App) SayTarget(ctx context.Context, who Actor, n NewMove) error {
	var unit org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		if unit, err = unitByCode(ctx, tx, n.Unit); err != nil {
			return o, unitNone(err)
		}
		if n.Kind == target.Kept {
			return a.assignOrder(ctx, tx, who, unit, n.Indicator)
		}
		return order{right: proposeRight(unit), see: access.SeeFigures, unit: unit.No, none: "unit.none"}, nil
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		if err := openFor(unit, n.Indicator); err != nil {
			return record{}, err
		}
		row, err := w.move(ctx, n, unit)
		if err != nil {
			return record{}, err
		}
		return record{object: "target-move/" + row.ID, after: map[string]any{"year": row.Year, "indicator": row.Indicator, "kind": row.Kind,
			"min": row.Min, "max": row.Max, "reason": row.Reason}, rules: "TGT-08 TGT-09"}, w.AddTargetMove(ctx, w.Permit, row)
	})
}

func (w *writing) move(ctx context.Context, n NewMove, unit org.Unit) (store.TargetMove, error) {
	rows, err := w.Tx.Targets(ctx, []org.UnitNo{unit.No}, n.Year)
	if err != nil {
		return store.TargetMove{}, err
	}
	moves, err := w.TargetMoves(ctx, []org.UnitNo{unit.No}, n.Year)
	if err != nil {
		return store.TargetMove{}, err
	}
	moves = slices.DeleteFunc(moves, func(m store.TargetMove) bool { return m.Indicator != string(n.Indicator) })
	field := fieldsOf(rows, moves, n.Year).field(figureKey{unit: unit.No, indicator: n.Indicator, year: n.Year})
	if len(moves) != n.Seq || field.Seq != n.Figure {
		return store.TargetMove{}, errs.E(errs.Stale, "target.move.stale")
	}
	m := target.Move{Unit: n.Unit, Year: n.Year, Indicator: n.Indicator, Kind: n.Kind, Reason: strings.TrimSpace(n.Reason), On: w.Today, By: w.who.Name}
	if n.Kind == target.Proposed || n.Kind == target.Countered {
		c, err := target.ParseCell(n.Text)
		if err != nil {
			return store.TargetMove{}, errs.As(cellError(err)).On("figure")
		}
		if !c.Empty && c.Percent == 0 {
			m.Range = &c.Range
		}
	}
	if err := m.Check(field.Turn); err != nil {
		return store.TargetMove{}, moveError(err)
	}
	assigned := 0
	for _, row := range rows {
		if row.Indicator == string(n.Indicator) && row.State == string(target.Assigned) {
			assigned = row.Seq
		}
	}
	row := store.TargetMove{ID: newID(), Unit: unit.No, Year: n.Year, Indicator: string(n.Indicator), Seq: len(moves) + 1, Kind: string(n.Kind),
		Figure: assigned, Reason: m.Reason, On: m.On, By: m.By}
	if m.Range != nil {
		row.Min, row.Max = &m.Range.Min, m.Range.Max
	}
	return row, nil
}

func moveError(err error) error {
	switch {
	case errors.Is(err, target.ErrMove):
		return errs.E(errs.Conflict, "target.move.not_now").Because(err)
	case errors.Is(err, target.ErrReason):
		return errs.E(errs.Invalid, "target.move.reason").On("reason").Because(err)
	case errors.Is(err, target.ErrText):
		return errs.E(errs.Invalid, "target.wrong.reason").On("reason").Because(err)
	}
	return errs.E(errs.Invalid, "target.move.figure").On("figure").Because(err)
}

// A TalkLine is a child with where the talk about each of its figures stands.
type TalkLine struct {
	Unit  org.Unit
	Talks []TargetTalk
}

// Waits reports whether the superior owes the unit an answer.
func (l TalkLine) Waits() bool {
	return slices.ContainsFunc(l.Talks, func(t TargetTalk) bool { return t.Field.Turn.Waits() })
}

// TargetTalks returns where the talks with the children of a unit stand.
func (a *App) TargetTalks(ctx context.Context, who Actor, unit string, year int) (p TalkPage, lines []TalkLine, err error) {
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
		p.MayAnswer = who.may(assignRight(who, r.Today, u, line, target.Introduction), r.Today, line)
		children, err := r.Children(ctx, u.No)
		if err != nil {
			return err
		}
		children = slices.DeleteFunc(children, func(c org.Unit) bool { return c.Type == org.Board || !c.ClosedOn.IsZero() })
		rows, err := r.Tx.Targets(ctx, numbers(children), year)
		if err != nil {
			return err
		}
		moves, err := r.TargetMoves(ctx, numbers(children), year)
		f := fieldsOf(rows, moves, year)
		columns, main := sheetColumns(u.Side())
		for _, c := range children {
			l := TalkLine{Unit: c}
			for _, col := range columns[:main+1] {
				k := figureKey{unit: c.No, indicator: col.Indicator, year: year}
				l.Talks = append(l.Talks, TargetTalk{Column: col, Field: f.field(k), Moves: f.moves[k], Seq: len(f.moves[k])})
			}
			lines = append(lines, l)
		}
		return err
	})
	return p, lines, err
}
