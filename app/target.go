package app

import (
	"cmp"
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
	"ketnap/union"
)

// A TargetCell is what a unit owes of one indicator in a year, and what it did.
type TargetCell struct {
	Indicator target.Indicator
	Current   *target.Target // the last figure; none where there is none
	Plan      *target.Target // the last one assigned; none where there is none
	Done      int
	Seq       int // of the last figure, so that a form knows when it is stale
	History   []target.Target
	Sources   []string // of History: ids of the documents, "" without one
}

// Pending reports whether the last word is a goal that nobody assigned yet (TGT-13).
func (c TargetCell) Pending() bool {
	return c.Plan == nil && c.Current != nil && c.Current.State == target.Goal
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
	Above     []org.Unit // of the line, the ones that the actor may see; the nearest first
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
		p.Above = r.seenAbove(p.Line)
		children, err := r.Children(ctx, u.No)
		if err != nil {
			return err
		}
		children = slices.DeleteFunc(children, func(c org.Unit) bool { return c.Type == org.Board || endedBefore(c, year) })
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
		if p.MayAssign, err = r.holds(ctx, access.AssignTarget, numbers(p.Line)); err != nil {
			return err
		}
		if p.MayOwn, err = r.holds(ctx, access.AssignTarget, superior(numbers(p.Line))); err != nil || u.Type != org.Union {
			return err
		}
		union, err := r.scopeFor(ctx, access.RecordUnion) // a union gives its lower organizations what they introduce (TGT-15)
		p.MayAssign = p.MayAssign || union.Covers(numbers(p.Line))
		p.MayOwn = p.MayOwn || len(p.Line) > 1 && union.Covers(superior(numbers(p.Line)))
		return err
	})
	return p, err
}

// endedBefore reports whether a unit was closed before a year began.
func endedBefore(u org.Unit, year int) bool { return !u.ClosedOn.IsZero() && u.ClosedOn.Year() < year }

// seenAbove returns the units over the first of a line that lie within the scope.
func (r *reading) seenAbove(line []org.Unit) []org.Unit {
	var seen []org.Unit
	for i := 1; i < len(line) && r.Scope.Covers(numbers(line[i:])); i++ {
		seen = append(seen, line[i])
	}
	return seen
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
	figures := indicators(event)
	sums, err := r.done(ctx, units, year, event)
	if err != nil {
		return nil, err
	}
	lines := make([]TargetLine, len(units))
	for i, u := range units {
		lines[i].Unit = u
		for _, ind := range target.Indicators() {
			c := TargetCell{Indicator: ind, Done: sums.of(u, ind, figures)}
			for _, row := range rows {
				if row.Unit == u.No && row.Indicator == string(ind) {
					c.History, c.Sources, c.Seq = append(c.History, targetOf(row)), append(c.Sources, row.Document), row.Seq
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

// indicators names the figure that counts for each indicator.
func indicators(event target.Event) map[target.Indicator]string {
	return map[target.Indicator]string{target.Awareness: store.IndicatorAwareness, target.Admission: admitted(event), target.Introduction: store.IndicatorIntroduced}
}

// targetDone is what units did in a year.
type targetDone map[store.Figure]int

// of is what a unit did for an indicator. A union's people are counted with the party unit
// beside it, save those whom it is asked to introduce: these are its own (TGT-15).
func (d targetDone) of(u org.Unit, ind target.Indicator, figures map[target.Indicator]string) int {
	if _, introduces := union.Introduces(u.Kind); introduces && ind == target.Introduction {
		return d[store.Figure{Unit: u.No, Indicator: figures[ind]}]
	}
	return d[store.Figure{Unit: cmp.Or(u.Beside, u.No), Indicator: figures[ind]}]
}

// done sums up what units did in a year.
func (r *reading) done(ctx context.Context, units []org.Unit, year int, event target.Event) (targetDone, error) {
	counted := numbers(units)
	for _, u := range units {
		if u.Beside != 0 {
			counted = append(counted, u.Beside)
		}
	}
	names := indicators(event)
	done, err := r.Counters(ctx, store.Realm, counted, year*100+1, year*100+12,
		[]string{names[target.Awareness], names[target.Admission], names[target.Introduction]})
	if err != nil {
		return nil, err
	}
	return done, r.introducedBy(ctx, units, year, done)
}

// introducedBy adds whom each union introduced in a year.
func (r *reading) introducedBy(ctx context.Context, units []org.Unit, year int, done targetDone) error {
	type side struct {
		party org.UnitNo
		by    admission.Introducer
	}
	unions := map[side]org.UnitNo{}
	var party []org.UnitNo
	for _, u := range units {
		if by, ok := union.Introduces(u.Kind); ok && u.Beside != 0 {
			unions[side{u.Beside, by}] = u.No
			party = append(party, u.Beside)
		}
	}
	if len(party) == 0 {
		return nil
	}
	slices.Sort(party)
	traces, err := r.UnionTraces(ctx, slices.Compact(party))
	if err != nil {
		return err
	}
	for _, t := range traces {
		if no, ok := unions[side{t.Unit, t.By}]; ok && t.Introduced.Year() == year {
			done[store.Figure{Unit: no, Indicator: store.IndicatorIntroduced}]++
		}
	}
	return nil
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
		last, planned := map[org.UnitNo]store.TargetRow{}, map[org.UnitNo]bool{}
		for _, row := range rows {
			if row.Indicator == string(indicator) {
				last[row.Unit], planned[row.Unit] = row, planned[row.Unit] || row.State == string(target.Assigned)
			}
		}
		var marked []string
		for _, c := range children {
			goal, ok := last[c.No]
			if !ok || planned[c.No] || !c.ClosedOn.IsZero() { // what changes a plan needs a reason of its own (TGT-09)
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
