package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// A WorkItem is one thing to do: what, for whom, until when, and why. It is a step of a
// file or a task of a document; one of File and Task is set.
type WorkItem struct {
	File  *store.FileRow
	Task  *store.Task
	Act   admission.Code // of a file
	Due   date.Date
	Late  int  // working days past the due day; 0 when not late
	Urge  bool // somebody else's step, shown to who watches over it
	Why   string
	Cite  string
	Group WorkGroup
}

// A WorkGroup is a heading of the page.
type WorkGroup int

// Groups, in the order of the page.
const (
	Overdue WorkGroup = iota
	ThisWeek
	Later
)

// A WorkPage is Việc của tôi: everything that waits for the actor.
type WorkPage struct {
	Today      date.Date
	Items      []WorkItem // overdue first, then by due day
	More       bool       // there are more than the page shows
	Home       []org.Unit
	Year       *TargetLine     // of the first home unit, where the actor sees figures
	Stuck      int             // stuck files of that unit
	People     []store.FileRow // of a branch: who is followed, the first of them
	MorePeople bool            // there are others
	Unions     []UnionTodo     // about unions
}

// Limits of the page: what one can take in, and how far ahead it looks.
const (
	maxWork   = 200
	daysAhead = 30 // for a duty that is not the next step
	maxPeople = 12
)

// Work gathers what waits for the actor, from files and from documents.
func (a *App) Work(ctx context.Context, who Actor) (p WorkPage, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		today, err := a.today(ctx, tx)
		if err != nil {
			return err
		}
		r := &reading{Tx: tx, Today: today, who: who}
		p.Today = today
		if p.Home, err = r.home(ctx); err != nil {
			return err
		}
		if err := a.fileWork(ctx, r, &p); err != nil {
			return err
		}
		if err := r.taskWork(ctx, &p); err != nil {
			return err
		}
		cal, err := a.calendar(ctx, tx)
		if err != nil {
			return err
		}
		p.sort(cal)
		if p.Unions, err = a.unionTodos(ctx, r, p.Home); err != nil {
			return err
		}
		return a.besideWork(ctx, r, &p)
	})
	return p, err
}

// home returns the units on which the actor holds grants today.
func (r *reading) home(ctx context.Context) ([]org.Unit, error) {
	var nos []org.UnitNo
	for _, g := range r.who.Grants {
		if g.On(r.Today) {
			nos = append(nos, g.Unit)
		}
	}
	return r.UnitsByNo(ctx, nos)
}

// fileWork asks at each desk where the actor sits. Who records for a base committee sees
// its own desk, and of the branches what is overdue, to urge it.
func (a *App) fileWork(ctx context.Context, r *reading, p *WorkPage) error {
	for _, d := range []struct {
		right access.Right
		desk  admission.Desk
	}{{access.RecordBranch, admission.DeskBranch}, {access.RecordBase, admission.DeskBase}, {access.RecordBoard, admission.DeskBoard}} {
		s, err := r.scopeFor(ctx, d.right)
		if err != nil {
			return err
		}
		if s.Empty() {
			continue
		}
		f := store.FileFilter{Desk: []admission.Desk{d.desk}, Limit: maxWork + 1}
		urge := d.desk == admission.DeskBranch && !r.sitsAtBranch(p.Home)
		if urge {
			f.DueBy, f.Pressing = r.Today.AddDays(-1), true
		}
		rows, err := r.DueFiles(ctx, s, f)
		if err != nil {
			return err
		}
		for _, row := range rows[:min(len(rows), maxWork)] {
			p.Items = append(p.Items, fileItem(row, urge))
		}
		p.More = p.More || len(rows) > maxWork
		if urge {
			continue
		}
		beside, err := r.PressingBeside(ctx, s, d.desk, r.Today.AddDays(daysAhead), maxWork)
		if err != nil {
			return err
		}
		for _, row := range beside {
			p.Items = append(p.Items, fileItem(row, false))
		}
	}
	return nil
}

// sitsAtBranch reports whether the actor works for a branch itself, not for many.
func (r *reading) sitsAtBranch(home []org.Unit) bool {
	return slices.ContainsFunc(home, func(u org.Unit) bool { return u.Type.IsBranch() })
}

func fileItem(row store.FileRow, urge bool) WorkItem {
	why, cite := admission.Why(row.NextAct, row.NextRule)
	return WorkItem{File: &row, Act: row.NextAct, Due: row.NextDue, Urge: urge, Why: why, Cite: cite}
}

// taskWork adds the tasks of the actor's own units that are for one of the roles held there.
func (r *reading) taskWork(ctx context.Context, p *WorkPage) error {
	var units []org.UnitNo
	var roles []access.Role
	for _, g := range r.who.Grants {
		if g.On(r.Today) && g.Role.Has(access.DoTask) {
			units, roles = append(units, g.Unit), append(roles, g.Role)
		}
	}
	tasks, err := r.UnitTasks(ctx, units, roles, maxWork)
	for _, k := range tasks {
		if !r.who.doesTask(k, r.Today) {
			continue
		}
		cite := k.Clause
		if k.Symbol != "" {
			cite = k.Symbol + ", mục " + k.Clause
		}
		p.Items = append(p.Items, WorkItem{Task: &k, Due: k.Due, Cite: cite})
	}
	return err
}

// doesTask reports whether a task is the actor's: at a committee with boards, what is
// for nobody in particular belongs to those who act for the unit, not to every reader.
func (w Actor) doesTask(k store.Task, today date.Date) bool {
	for _, g := range w.Grants {
		if g.Unit == k.Unit && g.On(today) && (k.Role == g.Role || k.Role == "" && g.Role.Has(access.OpenFile)) {
			return true
		}
	}
	return false
}

// sort puts items into their groups: overdue, until Sunday, later; those without a day last.
func (p *WorkPage) sort(cal date.Calendar) {
	week := p.Today.AddDays((7 - int(p.Today.Weekday()-time.Monday+7)%7) - 1)
	for i := range p.Items {
		it := &p.Items[i]
		switch {
		case it.Due.IsZero() || it.Due.After(week):
			it.Group = Later
		case it.Due.Before(p.Today):
			it.Group, it.Late = Overdue, max(cal.WorkingBetween(it.Due, p.Today), 1)
		default:
			it.Group = ThisWeek
		}
	}
	slices.SortStableFunc(p.Items, func(x, y WorkItem) int {
		if x.Due.IsZero() != y.Due.IsZero() {
			return cmp.Compare(b2i(x.Due.IsZero()), b2i(y.Due.IsZero()))
		}
		return cmp.Or(cmp.Compare(x.Group, y.Group), x.Due.Compare(y.Due))
	})
	p.More = p.More || len(p.Items) > maxWork
	p.Items = p.Items[:min(len(p.Items), maxWork)]
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// In returns the items of a group.
func (p WorkPage) In(g WorkGroup) []WorkItem {
	var out []WorkItem
	for _, it := range p.Items {
		if it.Group == g {
			out = append(out, it)
		}
	}
	return out
}

// besideWork adds what stands beside the list: the unit's year, and its people.
func (a *App) besideWork(ctx context.Context, r *reading, p *WorkPage) error {
	if len(p.Home) == 0 {
		return nil
	}
	unit := p.Home[0]
	if r.who.may(access.SeeFigures, r.Today, []org.UnitNo{unit.No}) {
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		lines, err := r.targetLines(ctx, []org.Unit{unit}, r.Today.Year(), eventOf(word))
		if err != nil {
			return err
		}
		p.Year = &lines[0]
	}
	s, err := r.scopeFor(ctx, access.SeeFile)
	if err != nil || s.Empty() {
		return err
	}
	if unit.Type.IsBranch() {
		rows, next, err := r.Files(ctx, s, store.FileFilter{Unit: unit.No, Stages: openStages(), Limit: maxPeople})
		p.People, p.MorePeople = rows, next != ""
		return err
	}
	return nil
}

func openStages() []admission.Stage {
	return slices.DeleteFunc(admission.Stages(), func(s admission.Stage) bool { return !s.Open() })
}

// FinishTask marks a task of one of the actor's units as done, with what shows it, or
// opens it again.
func (a *App) FinishTask(ctx context.Context, who Actor, id string, version int, done bool, evidence string) error {
	var k store.Task
	find := func(tx *store.Tx) (order, error) {
		var err error
		k, err = tx.TaskByID(ctx, id)
		return order{right: access.DoTask, see: access.SeeDocument, unit: k.Unit}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		before := k.Done
		k.Done, k.Evidence, k.Version = done, evidence, version
		k.DoneOn, k.DoneBy = date.Date{}, ""
		if done {
			k.DoneOn, k.DoneBy = w.Today, w.who.Name
		}
		return record{object: "task/" + id, before: map[string]bool{"done": before}, after: map[string]any{"done": done, "evidence": evidence}}, w.FinishTask(ctx, w.Permit, k)
	})
}

// Task returns a task that the actor may see.
func (a *App) Task(ctx context.Context, who Actor, id string) (k store.Task, may bool, err error) {
	err = a.read(ctx, who, access.SeeDocument, func(r *reading) error {
		if k, err = r.TaskByID(ctx, id); err != nil {
			return err
		}
		line, err := r.Line(ctx, k.Unit)
		if err != nil {
			return err
		}
		if !r.Scope.Covers(line) {
			return errTask
		}
		may = who.may(access.DoTask, r.Today, line)
		return nil
	})
	return k, may, err
}
