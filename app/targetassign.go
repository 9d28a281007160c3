package app

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A NewTarget is a figure that a superior gives to a unit.
type NewTarget struct {
	Unit      string
	Year      int
	Indicator target.Indicator
	target.Span
	Min      int
	Max      *int
	Percent  int       // hundredths of a percent of the members on BaseOn, instead of Min and Max
	BaseOn   date.Date // none: the last day of the year before (TGT-04)
	Reason   string    // needed where an assigned figure changes (TGT-09)
	Document string    // symbol of the document that sets it; needed then, too
	Seq      int       // of the figure on which the person decided; 0 for none
}

// AssignTarget gives a unit a figure as its plan ("giao làm chỉ tiêu"). Only who has the
// right over the unit's superior may; earlier figures stay as history.
func (a *App) AssignTarget(ctx context.Context, who Actor, n NewTarget) error {
	var unit org.Unit
	return a.write(ctx, who, a.targetOrder(ctx, who, n, &unit), func(w *writing) (record, error) { return w.assignTarget(ctx, n, unit) })
}

// AssignTargetOnce is AssignTarget for an attempt; draw makes the answer from the unit's
// figures as they then are.
func (a *App) AssignTargetOnce(ctx context.Context, who Actor, n NewTarget, try Attempt, draw func(TargetLine) (int, []byte, error)) (Answered, error) {
	return once(try, func() (out Answered, err error) {
		var unit org.Unit
		err = a.write(ctx, who, a.targetOrder(ctx, who, n, &unit), func(w *writing) (record, error) {
			var err error
			if out, err = replay(ctx, w, try); err != nil {
				return record{}, err
			}
			r, err := w.assignTarget(ctx, n, unit)
			if err != nil {
				return record{}, err
			}
			out, err = a.targetAnswer(ctx, w, unit, n.Year, try, draw)
			return r, err
		})
		return answered(out, err)
	})
}

// targetAnswer draws the answer to a figure that was just written, and keeps it.
func (a *App) targetAnswer(ctx context.Context, w *writing, unit org.Unit, year int, try Attempt, draw func(TargetLine) (int, []byte, error)) (out Answered, err error) {
	event, err := a.countingEvent(ctx, w.Tx, w.Today)
	if err != nil {
		return out, err
	}
	r := &reading{Tx: w.Tx, Scope: access.ScopeOfPermit(w.Permit), Today: w.Today, who: w.who}
	lines, err := r.targetLines(ctx, []org.Unit{unit}, year, target.Event(event))
	if err != nil {
		return out, err
	}
	if out.Status, out.Body, err = draw(lines[0]); err != nil || try.Key == "" {
		return out, err
	}
	return out, a.keepAnswer(ctx, w.Tx, w.who, try, out)
}

// targetOrder finds the unit and the right that a figure for it needs.
func (a *App) targetOrder(ctx context.Context, who Actor, n NewTarget, unit *org.Unit) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (o order, err error) {
		if *unit, err = unitByCode(ctx, tx, n.Unit); err != nil {
			return o, err
		}
		return a.assignOrder(ctx, tx, who, *unit, n.Indicator)
	}
}

// assignTarget writes a figure behind the unit's earlier ones.
func (w *writing) assignTarget(ctx context.Context, n NewTarget, unit org.Unit) (record, error) {
	g, err := w.assigning(ctx, []org.Unit{unit}, n.Year)
	if err != nil {
		return record{}, err
	}
	row, last, err := g.figure(ctx, n, unit)
	if err != nil {
		return record{}, err
	}
	if err := g.within(row); err != nil {
		return record{}, err
	}
	return record{object: "target/" + row.ID, before: figure(last), after: figure(row), rules: "TGT-05 TGT-09"}, w.AddTarget(ctx, w.Permit, row)
}

// assignOrder asks for the right over the unit's superior. Who sees the unit alone is told
// that he may not; who does not see it learns nothing.
func (a *App) assignOrder(ctx context.Context, tx *store.Tx, who Actor, unit org.Unit, i target.Indicator) (order, error) {
	line, err := tx.Line(ctx, unit.No)
	if err != nil {
		return order{}, err
	}
	today, err := a.today(ctx, tx)
	if err != nil {
		return order{}, err
	}
	seen, err := scope(ctx, tx, who, today, access.SeeFigures)
	if err != nil {
		return order{}, err
	}
	over := superior(line)
	if seen.Covers(line) && !seen.Covers(over) {
		return order{}, errs.E(errs.Forbidden, "error.forbidden")
	}
	return order{right: assignRight(who, today, unit, over, i), see: access.SeeFigures, unit: over[0]}, nil
}

// assignRight is the right by which an actor assigns a figure: the union gives its lower
// organizations what it introduces and trains (TGT-15), a committee everything.
func assignRight(who Actor, today date.Date, unit org.Unit, over []org.UnitNo, i target.Indicator) access.Right {
	if unit.Type == org.Union && i != target.Admission && !who.may(access.AssignTarget, today, over) {
		return access.RecordUnion
	}
	return access.AssignTarget
}

// A figureKey names one history of figures.
type figureKey struct {
	unit      org.UnitNo
	indicator target.Indicator
	year      int
	until     int
	quarter   int
	part      target.Part
}

func keyOfRow(r store.TargetRow) figureKey {
	return figureKey{r.Unit, target.Indicator(r.Indicator), r.Year, r.Until, r.Quarter, target.Part(r.Part)}
}

// assigning holds what was set so far for units in a year, and adds to it.
type assigning struct {
	w     *writing
	count int
	last  map[figureKey]store.TargetRow // of every history
	plan  map[figureKey]store.TargetRow // of the assigned figures in it
}

func (w *writing) assigning(ctx context.Context, units []org.Unit, year int) (*assigning, error) {
	rows, err := w.Tx.TargetFigures(ctx, numbers(units), year)
	g := &assigning{w: w, count: len(rows), last: map[figureKey]store.TargetRow{}, plan: map[figureKey]store.TargetRow{}}
	for _, row := range rows {
		g.put(row)
	}
	return g, err
}

func (g *assigning) put(row store.TargetRow) {
	k := keyOfRow(row)
	g.last[k] = row
	if row.State == string(target.Assigned) {
		g.plan[k] = row
	}
}

// figure makes the new row of a history, and returns the one before it. What changes a
// figure that was assigned says why and by which document (TGT-09).
func (g *assigning) figure(ctx context.Context, n NewTarget, unit org.Unit) (row, last store.TargetRow, err error) {
	key := figureKey{unit.No, n.Indicator, n.Year, n.Until, n.Quarter, n.Part}
	last = g.last[key]
	_, before := g.plan[key]
	if last.Seq != n.Seq {
		return row, last, errs.E(errs.Stale, "target.stale")
	}
	if err := openFor(unit, n.Indicator); err != nil {
		return row, last, err
	}
	t := target.Target{Unit: n.Unit, Year: n.Year, Indicator: n.Indicator, Min: n.Min, Max: n.Max, State: target.Assigned, Span: n.Span,
		Document: strings.TrimSpace(n.Document), SetOn: g.w.Today, SetBy: g.w.who.Name, Reason: strings.TrimSpace(n.Reason)}
	if n.Percent != 0 {
		if err := g.w.share(ctx, &t, n, unit); err != nil {
			return row, last, err
		}
	}
	if err := checkRange(t.Min, t.Max); err != nil {
		return row, last, err
	}
	if err := t.Validate(); err != nil {
		return row, last, figureError(err)
	}
	switch {
	case before && t.Reason == "":
		return row, last, errs.E(errs.Invalid, "target.reason").On("reason")
	case before && t.Document == "":
		return row, last, errs.E(errs.Invalid, "target.document").On("document")
	}
	row = store.TargetRow{ID: newID(), Unit: unit.No, Year: t.Year, Indicator: string(t.Indicator), State: string(t.State), Min: t.Min, Max: t.Max,
		Symbol: t.Document, SetOn: t.SetOn, SetBy: t.SetBy, Reason: t.Reason, Until: t.Until, Quarter: t.Quarter, Part: string(t.Part), PerYear: t.PerYear,
		Percent: t.Share.Hundredths, BaseOn: t.Share.On, Base: t.Share.Base, Seq: last.Seq}
	if row.Symbol == "" && last.ID != "" && last.Min == row.Min { // the letter's goal, taken over as it is, keeps its source
		row.Document, row.Clause = last.Document, last.Clause
	}
	return row, last, nil
}

// figureError says beside which field a figure is wrong.
func figureError(err error) error {
	for _, f := range []struct {
		is    error
		field string
	}{{target.ErrUntil, "until"}, {target.ErrQuarter, "quarter"}, {target.ErrPart, "part"}, {target.ErrYear, "year"}, {target.ErrText, "reason"}, {target.ErrIndicator, "indicator"}} {
		if errors.Is(err, f.is) {
			return errs.E(errs.Invalid, "target.wrong."+f.field).On(f.field).Because(err)
		}
	}
	return errs.E(errs.Invalid, "target.figure").On("min").Because(err)
}

// openFor fails where a unit takes no figure: it is closed, or a union, which admits nobody.
func openFor(unit org.Unit, i target.Indicator) error {
	switch {
	case !unit.ClosedOn.IsZero():
		return errs.E(errs.Invalid, "target.closed", "unit", unit.Name, "day", unit.ClosedOn).On("min")
	case unit.Type == org.Union && i == target.Admission:
		return errs.E(errs.Invalid, "target.union", "unit", unit.Name).On("min")
	}
	return nil
}

// share turns a percentage into people, of the members that the unit had on the day.
func (w *writing) share(ctx context.Context, t *target.Target, n NewTarget, unit org.Unit) error {
	on := n.BaseOn
	if on.IsZero() {
		on = yearEnd(n.Year - 1)
	}
	if on.After(w.Today) {
		return errs.E(errs.Invalid, "target.base.future", "day", on).On("base_on")
	}
	of := cmp.Or(unit.Beside, unit.No)
	counts, err := w.CountsOn(ctx, []org.UnitNo{of}, on)
	if err != nil {
		return err
	}
	s, err := target.NewShare(n.Percent, counts[of][org.Members], on)
	switch {
	case errors.Is(err, target.ErrBase):
		return errs.E(errs.Invalid, "target.base", "day", on).On("percent").Because(err)
	case err != nil:
		return errs.E(errs.Invalid, "target.percent").On("percent").Because(err)
	}
	t.Share, t.Min, t.Max = s, s.People(), nil
	return nil
}

func yearEnd(year int) date.Date {
	d, err := date.New(year, 12, 31)
	if err != nil {
		return date.Date{} // a year outside the calendar, which the figure itself refuses
	}
	return d
}

// within takes the row in and fails where a part would then ask for more than the whole.
func (g *assigning) within(row store.TargetRow) error {
	g.put(row)
	whole := keyOfRow(row)
	whole.part = target.Whole
	all, ok := g.plan[whole]
	if !ok {
		return errs.E(errs.Invalid, "target.part.whole").On("part")
	}
	for _, p := range target.Parts() {
		k := whole
		k.part = p
		part, ok := g.plan[k]
		if !ok {
			continue
		}
		if err := target.Within(rangeOf(part), rangeOf(all)); err != nil {
			return errs.E(errs.Invalid, "target.part.large", "part", p.Words(), "figure", rangeOf(part).Words(), "whole", rangeOf(all).Words()).On("min").Because(err)
		}
	}
	return nil
}

func rangeOf(r store.TargetRow) target.Range { return target.Range{Min: r.Min, Max: r.Max} }

func figure(r store.TargetRow) any {
	if r.ID == "" {
		return nil
	}
	m := map[string]any{"year": r.Year, "indicator": r.Indicator, "state": r.State, "min": r.Min, "max": r.Max}
	for name, v := range map[string]any{"until": r.Until, "quarter": r.Quarter, "part": r.Part, "percent": r.Percent, "document": r.Symbol} {
		if v != 0 && v != "" {
			m[name] = v
		}
	}
	return m
}
