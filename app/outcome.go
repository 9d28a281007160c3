package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// An Outcome is what came of one accepted proposal once the letter was confirmed: tasks,
// goals, or ceilings. Of tasks and goals it holds those of units that the actor may see.
type Outcome struct {
	Proposal
	Tasks    []store.Task
	Goals    []Goal
	Ceilings []store.CeilingRow
}

// A Goal is the goal of a unit in a year and how many people it counts by now.
type Goal struct {
	store.TargetRow
	Done int
}

// Reached reports whether the unit has come up to its goal.
func (g Goal) Reached() bool { return g.Done >= g.Min }

// Done counts the tasks that were done.
func (o Outcome) Done() int {
	n := 0
	for _, k := range o.Tasks {
		if k.Done {
			n++
		}
	}
	return n
}

// Late counts the open tasks whose day lies before today.
func (o Outcome) Late(today date.Date) int { return lateTasks(o.Tasks, today) }

// Reached counts the goals that were reached.
func (o Outcome) Reached() int {
	n := 0
	for _, g := range o.Goals {
		if g.Reached() {
			n++
		}
	}
	return n
}

func lateTasks(tasks []store.Task, today date.Date) int {
	n := 0
	for _, k := range tasks {
		if !k.Done && !k.Due.IsZero() && k.Due.Before(today) {
			n++
		}
	}
	return n
}

// led returns the units whose part in a letter the actor may follow: those of the scope,
// and the unions beside them, which their committees lead (UNI-01).
func (r *reading) led(ctx context.Context) (map[org.UnitNo]org.UnitNo, error) {
	owners, err := r.Owners(ctx, r.Scope.Roots())
	if err != nil {
		return nil, err
	}
	beside, err := r.Beside(ctx)
	for union, party := range beside {
		if root, ok := owners[party]; ok {
			owners[union] = root
		}
	}
	return owners, err
}

// cameOf adds what a confirmed document made, by the proposal from which it came.
func (a *App) cameOf(ctx context.Context, r *reading, p *DocumentPage) error {
	owners, err := r.led(ctx)
	if err != nil {
		return err
	}
	tasks, err := r.DocumentTasks(ctx, p.ID)
	if err != nil {
		return err
	}
	tasks = slices.DeleteFunc(tasks, func(k store.Task) bool { _, in := owners[k.Unit]; return !in })
	targets, err := r.DocumentTargets(ctx, p.ID)
	if err != nil {
		return err
	}
	targets = slices.DeleteFunc(targets, func(g store.TargetRow) bool { _, in := owners[g.Unit]; return !in })
	goals, kinds, err := a.goals(ctx, r, targets)
	if err != nil {
		return err
	}
	ceilings, err := r.DocumentCeilings(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, q := range p.Proposals {
		if q.State != ProposalAccepted {
			continue
		}
		o := Outcome{Proposal: q}
		for _, k := range tasks {
			if q.Task != nil && k.Clause == q.Clause && k.Text == q.Task.Text {
				o.Tasks = append(o.Tasks, k)
			}
		}
		for _, g := range goals {
			if q.Target != nil && g.Clause == q.Clause && g.Indicator == q.Target.Indicator && string(kinds[g.Unit]) == q.Target.UnitKind {
				o.Goals = append(o.Goals, g)
			}
		}
		for _, c := range ceilings {
			if q.Ceiling != nil && c.Clause == q.Clause && c.Condition == q.Ceiling.When && slices.Contains(q.Ceiling.Years, c.Year) {
				o.Ceilings = append(o.Ceilings, c)
			}
		}
		p.Outcomes = append(p.Outcomes, o)
	}
	return nil
}

// goals counts for each row of a letter what its unit has done in the row's year.
func (a *App) goals(ctx context.Context, r *reading, rows []store.TargetRow) ([]Goal, map[org.UnitNo]org.Kind, error) {
	word, err := a.countingEvent(ctx, r.Tx, r.Today)
	if err != nil {
		return nil, nil, err
	}
	byYear := map[int][]org.UnitNo{}
	var nos []org.UnitNo
	for _, row := range rows {
		nos = append(nos, row.Unit)
		byYear[row.Year] = append(byYear[row.Year], row.Unit)
	}
	slices.Sort(nos)
	units, err := r.UnitsByNo(ctx, slices.Compact(nos))
	if err != nil {
		return nil, nil, err
	}
	byNo, kinds := map[org.UnitNo]org.Unit{}, map[org.UnitNo]org.Kind{}
	for _, u := range units {
		byNo[u.No], kinds[u.No] = u, u.Kind
	}
	done := map[int]targetDone{}
	for year, in := range byYear {
		var of []org.Unit
		slices.Sort(in)
		for _, no := range slices.Compact(in) {
			of = append(of, byNo[no])
		}
		if done[year], err = r.done(ctx, of, year, target.Event(word)); err != nil {
			return nil, nil, err
		}
	}
	figures := indicators(target.Event(word))
	goals := make([]Goal, len(rows))
	for i, row := range rows {
		u := byNo[row.Unit]
		goals[i] = Goal{row, done[row.Year].of(u, target.Indicator(row.Indicator), figures)}
	}
	return goals, kinds, nil
}

// A LetterLine is a letter in the register with how far it was carried out by the units
// that the actor may see.
type LetterLine struct {
	Letter
	Draft bool
	Tasks int
	Done  int
	Late  int
	Open  int // proposals of a draft that wait for a decision
}

// maxDocuments is how many letters the register shows: the newest.
const maxDocuments = 60

// Documents lists the letters that reached the actor, newest first: of the own units and
// of those above, and the drafts of the units for which the actor may enter documents.
func (a *App) Documents(ctx context.Context, who Actor) (lines []LetterLine, mayEnter bool, today date.Date, err error) {
	err = a.read(ctx, who, access.SeeDocument, func(r *reading) error {
		today, mayEnter = r.Today, who.Has(access.EnterDocument, r.Today)
		units, err := r.unitsAbove(ctx)
		if err != nil {
			return err
		}
		docs, err := r.Tx.Documents(ctx, units, mayEnter, maxDocuments)
		if err != nil {
			return err
		}
		owners, err := r.led(ctx)
		if err != nil {
			return err
		}
		for _, d := range docs {
			line := LetterLine{Letter: d, Draft: d.State == store.Draft}
			if seen, err := r.fillLine(ctx, &line, owners); err != nil {
				return err
			} else if seen {
				lines = append(lines, line)
			}
		}
		return nil
	})
	return lines, mayEnter, today, err
}

// unitsAbove are the actor's units with every unit on their lines: from there letters reach
// the actor. A union is reached by the letters of the party unit beside it, too.
func (r *reading) unitsAbove(ctx context.Context) ([]org.UnitNo, error) {
	roots := r.Scope.Roots()
	own, err := r.UnitsByNo(ctx, roots)
	if err != nil {
		return nil, err
	}
	for _, u := range own {
		if u.Beside != 0 {
			roots = append(roots, u.Beside)
		}
	}
	var units []org.UnitNo
	for _, root := range roots {
		line, err := r.Tx.Line(ctx, root)
		if err != nil {
			return nil, err
		}
		units = append(units, line...)
	}
	slices.Sort(units)
	return slices.Compact(units), nil
}

// fillLine counts what a letter made. It reports whether the actor may know of it: a draft
// only where the actor may enter documents.
func (r *reading) fillLine(ctx context.Context, l *LetterLine, owners map[org.UnitNo]org.UnitNo) (bool, error) {
	if !l.Draft {
		tasks, err := r.DocumentTasks(ctx, l.ID)
		tasks = slices.DeleteFunc(tasks, func(k store.Task) bool { _, in := owners[k.Unit]; return !in })
		l.Tasks, l.Done, l.Late = len(tasks), Outcome{Tasks: tasks}.Done(), lateTasks(tasks, r.Today)
		return true, err
	}
	line, err := r.Tx.Line(ctx, l.Unit)
	if err != nil {
		return false, err
	}
	if may, err := r.holds(ctx, access.EnterDocument, line); err != nil || !may {
		return false, err
	}
	_, rows, err := r.Tx.Document(ctx, l.ID)
	l.Open = openProposals(rows)
	return true, err
}

// A Making is what confirming a draft will make, as far as it is accepted by now.
type Making struct {
	Tasks     int // of the letter
	TaskUnits int // tasks times the units that get them
	Goals     int // units times years
	Years     []int
}

// Making counts what the accepted proposals of a draft stand for.
func (p DocumentPage) Making() Making {
	var m Making
	for _, q := range p.Proposals {
		switch {
		case q.State != ProposalAccepted:
		case q.Task != nil:
			m.Tasks++
			m.TaskUnits += p.Spread[q.Seq]
		case q.Target != nil:
			m.Goals += p.Spread[q.Seq] * len(q.Target.Years)
		case q.Ceiling != nil:
			m.Years = append(m.Years, q.Ceiling.Years...)
		}
	}
	slices.Sort(m.Years)
	m.Years = slices.Compact(m.Years)
	return m
}
