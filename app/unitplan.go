package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A MeasureRow is a measure of a plan, as it was written and what became of it.
type MeasureRow struct {
	ID      string
	Version int
	target.PlanMeasure
	AddedBy   string
	AddedOn   date.Date
	SettledBy string
	SettledOn date.Date
}

// A PlanFigure is a figure of a plan: the whole of a year, a part, a quarter or a term.
type PlanFigure struct {
	Figure target.Target
	Done   *int // of the whole of the year
}

// A PlanPage is the plan of a unit for a year: its figures and its measures.
type PlanPage struct {
	Unit      org.Unit
	Line      []org.Unit
	Above     []org.Unit // of the line, those that the actor may see
	Year      int
	Today     date.Date
	State     target.PlanState
	Plan      store.UnitPlan
	Figures   []PlanFigure
	Measures  []MeasureRow
	MayWrite  bool // the actor writes for the unit
	MayAnswer bool // and answers for its superior
}

// UnitPlan returns the plan of a unit for a year; one that nobody began is empty.
func (a *App) UnitPlan(ctx context.Context, who Actor, unit string, year int) (p PlanPage, err error) {
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
		open := u.ClosedOn.IsZero() && u.Type != org.Board
		p.MayWrite = open && who.may(proposeRight(u), r.Today, line)
		over := superior(line)
		p.MayAnswer = open && len(line) > 1 && who.may(assignRight(who, r.Today, u, over, target.Introduction), r.Today, over)
		plans, err := r.UnitPlans(ctx, []org.UnitNo{u.No}, year)
		if err != nil {
			return err
		}
		p.Plan = plans[u.No]
		p.State = target.PlanState(p.Plan.State)
		measures, err := r.Measures(ctx, []org.UnitNo{u.No}, year)
		if err != nil {
			return err
		}
		for _, m := range measures {
			p.Measures = append(p.Measures, measureOf(m))
		}
		return a.planFigures(ctx, r, &p)
	})
	return p, err
}

// planFigures gathers the last assigned figure of each history that reaches into the year.
func (a *App) planFigures(ctx context.Context, r *reading, p *PlanPage) error {
	rows, err := r.TargetFigures(ctx, []org.UnitNo{p.Unit.No}, p.Year)
	if err != nil {
		return err
	}
	word, err := a.countingEvent(ctx, r.Tx, r.Today)
	if err != nil {
		return err
	}
	sums, err := r.done(ctx, []org.Unit{p.Unit}, p.Year, target.Event(word))
	if err != nil {
		return err
	}
	at := map[figureKey]int{}
	for _, row := range rows {
		if row.State != string(target.Assigned) {
			continue
		}
		k := keyOfRow(row)
		f := PlanFigure{Figure: targetOf(row)}
		if f.Figure.Span == (target.Span{}) {
			n := sums.of(p.Unit, f.Figure.Indicator, indicators(target.Event(word)))
			f.Done = &n
		}
		if i, ok := at[k]; ok {
			p.Figures[i] = f
			continue
		}
		at[k] = len(p.Figures)
		p.Figures = append(p.Figures, f)
	}
	return nil
}

func measureOf(m store.Measure) MeasureRow {
	return MeasureRow{ID: m.ID, Version: m.Version, PlanMeasure: target.PlanMeasure{Year: m.Year, Text: m.Text, Owner: m.Owner, Due: m.Due, Origin: m.Origin,
		State: target.MeasureState(m.State), Reason: m.Reason}, AddedBy: m.AddedBy, AddedOn: m.AddedOn, SettledBy: m.SettledBy, SettledOn: m.SettledOn}
}

// measureError says beside which field a measure is wrong.
func measureError(err error) error {
	for _, f := range []struct {
		is    error
		field string
	}{{target.ErrMeasure, "text"}, {target.ErrOwner, "owner"}, {target.ErrDue, "due"}, {target.ErrOrigin, "origin"}, {target.ErrDropped, "reason"}} {
		if errors.Is(err, f.is) {
			return errs.E(errs.Invalid, "plan.measure."+f.field).On(f.field).Because(err)
		}
	}
	return errs.E(errs.Invalid, "target.wrong.reason").On("reason").Because(err)
}

// A NewMeasure is a measure that a unit takes on.
type NewMeasure struct {
	Unit   string
	Year   int
	Text   string
	Owner  string
	Due    date.Date
	Origin string // the clause of a directive or the conclusion that it comes from; "" for the unit's own
}

// AddMeasure writes a measure into the plan of a unit, and begins the plan where there is
// none. Who writes for the unit may, and who holds its meetings, whose conclusions become
// measures. A plan that was sent or approved takes further measures: they carry their day.
func (a *App) AddMeasure(ctx context.Context, who Actor, n NewMeasure) error {
	var unit org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		if unit, err = unitByCode(ctx, tx, n.Unit); err != nil {
			return o, unitNone(err)
		}
		line, err := tx.Line(ctx, unit.No)
		if err != nil {
			return o, err
		}
		today, err := a.today(ctx, tx)
		right := proposeRight(unit)
		if !who.may(right, today, line) && who.may(access.HoldSession, today, line) {
			right = access.HoldSession
		}
		return order{right: right, see: access.SeeFigures, unit: unit.No, none: "unit.none"}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) { return w.addMeasure(ctx, n, unit) })
}

func (w *writing) addMeasure(ctx context.Context, n NewMeasure, unit org.Unit) (record, error) {
	if !unit.ClosedOn.IsZero() {
		return record{}, errs.E(errs.Invalid, "plan.closed", "unit", unit.Name)
	}
	m := target.PlanMeasure{Year: n.Year, Text: strings.TrimSpace(n.Text), Owner: strings.TrimSpace(n.Owner), Due: n.Due, Origin: strings.TrimSpace(n.Origin), State: target.MeasureOpen}
	if err := m.Validate(); err != nil {
		return record{}, measureError(err)
	}
	row := store.Measure{ID: newID(), Unit: unit.No, Year: m.Year, Text: m.Text, Owner: m.Owner, Due: m.Due, Origin: m.Origin, State: string(m.State),
		AddedBy: w.who.Name, AddedOn: w.Today}
	if err := w.AddMeasure(ctx, w.Permit, row); err != nil {
		return record{}, err
	}
	r := record{object: "measure/" + row.ID, after: map[string]any{"unit": unit.Code, "year": m.Year, "text": m.Text, "owner": m.Owner, "due": m.Due, "origin": m.Origin}, rules: "TGT-02"}
	plans, err := w.UnitPlans(ctx, []org.UnitNo{unit.No}, n.Year)
	if err != nil {
		return r, err
	}
	if _, begun := plans[unit.No]; begun || w.Permit.Right() == access.HoldSession {
		return r, nil
	}
	return r, w.SaveUnitPlan(ctx, w.Permit, store.UnitPlan{Unit: unit.No, Year: n.Year, State: string(target.PlanDraft), WrittenBy: w.who.Name, WrittenOn: w.Today})
}

// A MeasureChange is what somebody does with a measure: rewrites it while the plan is
// written, or says what became of it.
type MeasureChange struct {
	ID      string
	Version int
	State   target.MeasureState // what it becomes
	Reason  string              // where it is dropped
	Rewrite *NewMeasure         // none: only the state changes
}

// ChangeMeasure rewrites or settles a measure. It fails with Conflict where the plan was
// sent and the words may no longer change, and with Stale where somebody changed it since.
func (a *App) ChangeMeasure(ctx context.Context, who Actor, c MeasureChange) error {
	var row store.Measure
	find := func(tx *store.Tx) (o order, err error) {
		if row, err = tx.Measure(ctx, c.ID); err != nil {
			return o, err
		}
		unit, err := tx.UnitByNo(ctx, row.Unit)
		return order{right: proposeRight(unit), see: access.SeeFigures, unit: row.Unit}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		before := measureOf(row).PlanMeasure
		after := before
		after.State, after.Reason = c.State, strings.TrimSpace(c.Reason)
		if n := c.Rewrite; n != nil {
			plans, err := w.UnitPlans(ctx, []org.UnitNo{row.Unit}, row.Year)
			if err != nil {
				return record{}, err
			}
			if s := target.PlanState(plans[row.Unit].State); !s.Writable() {
				return record{}, errs.E(errs.Conflict, "plan.sent")
			}
			after.Text, after.Owner, after.Due, after.Origin = strings.TrimSpace(n.Text), strings.TrimSpace(n.Owner), n.Due, strings.TrimSpace(n.Origin)
		}
		if !slices.Contains([]target.MeasureState{target.MeasureOpen, target.MeasureDone, target.MeasureDropped}, after.State) {
			return record{}, errs.E(errs.Invalid, "plan.measure.state")
		}
		if err := after.Validate(); err != nil {
			return record{}, measureError(err)
		}
		row.Version = c.Version
		row.Text, row.Owner, row.Due, row.Origin, row.State, row.Reason = after.Text, after.Owner, after.Due, after.Origin, string(after.State), after.Reason
		row.SettledBy, row.SettledOn = w.who.Name, w.Today
		if after.State == target.MeasureOpen {
			row.SettledBy, row.SettledOn = "", date.Date{}
		}
		return record{object: "measure/" + row.ID, before: before, after: after, rules: "TGT-02"}, w.SaveMeasure(ctx, w.Permit, row)
	})
}

// SubmitPlan sends a plan to the superior. It fails with Invalid where it has no measure.
func (a *App) SubmitPlan(ctx context.Context, who Actor, unit string, year, version int) error {
	var u org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		u, err = unitByCode(ctx, tx, unit)
		return order{right: proposeRight(u), see: access.SeeFigures, unit: u.No, none: "unit.none"}, unitNone(err)
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		measures, err := w.Measures(ctx, []org.UnitNo{u.No}, year)
		if err != nil {
			return record{}, err
		}
		if len(measures) == 0 {
			return record{}, errs.E(errs.Invalid, "plan.no_measure").On("text")
		}
		return w.movePlan(ctx, u, year, version, target.PlanSent, "")
	})
}

// AnswerPlan approves a plan, or returns it with what is to be mended.
func (a *App) AnswerPlan(ctx context.Context, who Actor, unit string, year, version int, approve bool, note string) error {
	var u org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		if u, err = unitByCode(ctx, tx, unit); err != nil {
			return o, unitNone(err)
		}
		return a.assignOrder(ctx, tx, who, u, target.Introduction)
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		next, note := target.PlanApproved, strings.TrimSpace(note)
		if !approve {
			if next = target.PlanReturned; note == "" {
				return record{}, errs.E(errs.Invalid, "plan.note").On("note")
			}
		}
		if utf8.RuneCountInString(note) > maxReason {
			return record{}, errs.E(errs.Invalid, "target.wrong.reason").On("note")
		}
		return w.movePlan(ctx, u, year, version, next, note)
	})
}

func (w *writing) movePlan(ctx context.Context, u org.Unit, year, version int, next target.PlanState, note string) (record, error) {
	plans, err := w.UnitPlans(ctx, []org.UnitNo{u.No}, year)
	if err != nil {
		return record{}, err
	}
	p, begun := plans[u.No]
	if !begun { // its measures came from meetings
		p = store.UnitPlan{Unit: u.No, Year: year, WrittenBy: w.who.Name, WrittenOn: w.Today}
	}
	if p.Version != version {
		return record{}, errs.E(errs.Stale, "plan.stale")
	}
	if err := target.PlanState(p.State).Move(next); err != nil {
		return record{}, errs.E(errs.Conflict, "plan.not_now").Because(err)
	}
	before := p.State
	if p.State = string(next); next == target.PlanSent {
		p.SubmittedBy, p.SubmittedOn, p.AnsweredBy, p.AnsweredOn, p.Note = w.who.Name, w.Today, "", date.Date{}, ""
	} else {
		p.AnsweredBy, p.AnsweredOn, p.Note = w.who.Name, w.Today, note
	}
	return record{object: "plan/" + string(u.Code), before: before, after: map[string]any{"year": year, "state": next, "note": note}, rules: "TGT-02 TGT-05"}, w.SaveUnitPlan(ctx, w.Permit, p)
}
