package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A TargetCell is what a unit owes of one indicator in a year, and what it did.
type TargetCell struct {
	Indicator target.Indicator
	Current   *target.Target // the last figure; none where there is none
	Plan      *target.Target // the last one assigned; none where there is none
	Done      int
	Seq       int // of the last figure, so that a form knows when it is stale
	History   []target.Target
}

// Aim is what progress is measured against: the plan, or the goal where nothing was assigned.
func (c TargetCell) Aim() *target.Target {
	if c.Plan != nil {
		return c.Plan
	}
	return c.Current
}

// Progress measures what was done against the aim.
func (c TargetCell) Progress() target.Progress {
	if aim := c.Aim(); aim != nil {
		return target.Measure(c.Done, &aim.Min)
	}
	return target.Measure(c.Done, nil)
}

// A TargetLine is a unit with its cells, in the order of target.Indicators.
type TargetLine struct {
	Unit  org.Unit
	Cells []TargetCell
}

// A TargetPage is the year of a unit: its own targets and those of its children, with
// the balance between them (TGT-07).
type TargetPage struct {
	Unit      TargetLine
	Line      []org.Unit
	Children  []TargetLine
	Year      int
	Today     date.Date
	Event     target.Event
	MayOwn    bool // the actor may assign the unit's own targets
	MayAssign bool // and those of its children
}

// Balance sets the children's plans of an indicator against the unit's own.
func (p TargetPage) Balance(i int) target.Spread {
	var own *int
	if plan := p.Unit.Cells[i].Plan; plan != nil {
		own = &plan.Min
	}
	var children []int
	for _, c := range p.Children {
		if plan := c.Cells[i].Plan; plan != nil {
			children = append(children, plan.Min)
		}
	}
	return target.Balance(own, children)
}

// Targets returns the year of a unit and its children.
func (a *App) Targets(ctx context.Context, who Actor, unit string, year int) (p TargetPage, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		p.Year, p.Today = year, r.Today
		u, _, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		children, err := r.Children(ctx, u.No)
		if err != nil {
			return err
		}
		children = slices.DeleteFunc(children, func(c org.Unit) bool { return c.Type == org.Board })
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		p.Event = target.Event(word)
		lines, err := r.targetLines(ctx, append([]org.Unit{u}, children...), year, p.Event)
		if err != nil {
			return err
		}
		p.Unit, p.Children = lines[0], lines[1:]
		p.MayAssign = who.may(access.AssignTarget, r.Today, numbers(p.Line))
		p.MayOwn = who.may(access.AssignTarget, r.Today, superior(numbers(p.Line)))
		return nil
	})
	return p, err
}

// superior is the line of who assigns to a unit: that of its parent. At the top the unit
// records what was assigned to it from outside.
func superior(line []org.UnitNo) []org.UnitNo {
	if len(line) > 1 {
		return line[1:]
	}
	return line
}

func (r *reading) targetLines(ctx context.Context, units []org.Unit, year int, event target.Event) ([]TargetLine, error) {
	nos := numbers(units)
	rows, err := r.Tx.Targets(ctx, nos, year)
	if err != nil {
		return nil, err
	}
	figures := map[target.Indicator]string{target.Awareness: store.IndicatorAwareness, target.Admission: admitted(event), target.Introduction: store.IndicatorIntroduced}
	counted := slices.Clone(nos)
	for _, u := range units {
		if u.Beside != 0 { // a union's people are counted with the party unit beside it
			counted = append(counted, u.Beside)
		}
	}
	sums, err := r.Counters(ctx, store.Realm, counted, year*100+1, year*100+12, []string{figures[target.Awareness], figures[target.Admission], figures[target.Introduction]})
	if err != nil {
		return nil, err
	}
	lines := make([]TargetLine, len(units))
	for i, u := range units {
		lines[i].Unit = u
		for _, ind := range target.Indicators() {
			c := TargetCell{Indicator: ind, Done: sums[store.Figure{Unit: cmp.Or(u.Beside, u.No), Indicator: figures[ind]}]}
			for _, row := range rows {
				if row.Unit == u.No && row.Indicator == string(ind) {
					c.History, c.Seq = append(c.History, targetOf(row)), row.Seq
				}
			}
			if n := len(c.History); n > 0 {
				c.Current = &c.History[n-1]
			}
			if plan, ok := target.Plan(c.History, year); ok {
				c.Plan = &plan
			}
			lines[i].Cells = append(lines[i].Cells, c)
		}
	}
	return lines, nil
}

// A NewTarget is a figure that a superior gives to a unit.
type NewTarget struct {
	Unit      string
	Year      int
	Indicator target.Indicator
	Min       int
	Max       *int
	Reason    string
	Seq       int // of the figure on which the person decided; 0 for none
}

// AssignTarget gives a unit a figure as its plan ("giao làm chỉ tiêu"). Only who has the
// right over the unit's superior may; earlier figures stay as history.
func (a *App) AssignTarget(ctx context.Context, who Actor, n NewTarget) error {
	var unit org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		if unit, err = unitByCode(ctx, tx, n.Unit); err != nil {
			return o, err
		}
		line, err := tx.Line(ctx, unit.No)
		if err != nil {
			return o, err
		}
		return order{right: access.AssignTarget, see: access.SeeFigures, unit: superior(line)[0]}, nil
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		rows, err := w.Tx.Targets(ctx, []org.UnitNo{unit.No}, n.Year)
		if err != nil {
			return record{}, err
		}
		last := store.TargetRow{}
		for _, row := range rows {
			if row.Indicator == string(n.Indicator) {
				last = row
			}
		}
		if last.Seq != n.Seq {
			return record{}, errs.E(errs.Stale, "target.stale")
		}
		row, err := assigned(n, unit, last, w)
		if err != nil {
			return record{}, err
		}
		return record{object: "target/" + row.ID, before: figure(last), after: figure(row), rules: "TGT-05 TGT-09"}, w.AddTarget(ctx, w.Permit, row)
	})
}

// assigned makes the new row. What changes a figure that was assigned says why (TGT-09).
func assigned(n NewTarget, unit org.Unit, last store.TargetRow, w *writing) (store.TargetRow, error) {
	t := target.Target{Unit: n.Unit, Year: n.Year, Indicator: n.Indicator, Min: n.Min, Max: n.Max, State: target.Assigned,
		SetOn: w.Today, SetBy: w.who.Name, Reason: strings.TrimSpace(n.Reason)}
	if err := t.Validate(); err != nil {
		return store.TargetRow{}, errs.E(errs.Invalid, "target.figure").On("min").Because(err)
	}
	if last.State == string(target.Assigned) && t.Reason == "" {
		return store.TargetRow{}, errs.E(errs.Invalid, "target.reason").On("reason")
	}
	row := store.TargetRow{ID: newID(), Unit: unit.No, Year: t.Year, Indicator: string(t.Indicator), State: string(t.State),
		Min: t.Min, Max: t.Max, SetOn: t.SetOn, SetBy: t.SetBy, Reason: t.Reason}
	if last.Min == row.Min { // the letter's goal, taken over as it is, keeps its source
		row.Document, row.Clause = last.Document, last.Clause
	}
	return row, nil
}

func figure(r store.TargetRow) any {
	if r.ID == "" {
		return nil
	}
	return map[string]any{"year": r.Year, "indicator": r.Indicator, "state": r.State, "min": r.Min, "max": r.Max}
}

// AssignGoals marks the goals of a unit's children as assigned, all of one indicator and
// year at once, where nothing was assigned yet. It returns how many it marked.
func (a *App) AssignGoals(ctx context.Context, who Actor, parent string, year int, indicator target.Indicator) (n int, err error) {
	err = a.write(ctx, who, atCode(ctx, access.AssignTarget, access.SeeFigures, parent), func(w *writing) (record, error) {
		n = 0
		children, err := w.Children(ctx, w.Permit.Unit())
		if err != nil {
			return record{}, err
		}
		rows, err := w.Tx.Targets(ctx, numbers(children), year)
		if err != nil {
			return record{}, err
		}
		last := map[org.UnitNo]store.TargetRow{}
		for _, row := range rows {
			if row.Indicator == string(indicator) {
				last[row.Unit] = row
			}
		}
		var marked []string
		for _, c := range children {
			goal, ok := last[c.No]
			if !ok || goal.State != string(target.Goal) {
				continue
			}
			goal.ID, goal.State, goal.SetOn, goal.SetBy = newID(), string(target.Assigned), w.Today, w.who.Name
			if err := w.AddTarget(ctx, w.Permit, goal); err != nil {
				return record{}, err
			}
			n++
			marked = append(marked, string(c.Code))
		}
		return record{object: "target/" + parent, after: map[string]any{"year": year, "indicator": indicator, "assigned": marked}, rules: "TGT-13"}, nil
	})
	return n, err
}
