package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A FilePage is all that one sees of a file: the record, what it waits for, its papers
// and terms on the day of business, and what the actor may do.
type FilePage struct {
	File      admission.File
	Unit      org.Unit
	Line      []org.Unit // the branch first
	Over      admission.Over
	Counts    admission.Counts // of the day of business
	Today     date.Date
	Next      []admission.Next
	Papers    []admission.Paper
	Given     map[admission.PaperCode]GivenPaper // issued, and not in the dossier yet
	Deadlines []admission.Deadline
	Possible  []admission.Code // acts that the stage leads to and the actor may record
	Voidable  map[string]bool  // ids of the acts that the actor may void, each with all that came after it
	World     admission.World  // what the state machine is told on the day of business
	Sets      rule.Sets        // with the changes of this installation
	Calendar  date.Calendar
	Tasks     []store.Task // that acts of the file started
}

// File returns a file. Out of the actor's scope, there is none.
func (a *App) File(ctx context.Context, who Actor, id string) (p FilePage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		p, err = a.filePage(ctx, r, id)
		return err
	})
	return p, err
}

func (a *App) filePage(ctx context.Context, r *reading, id string) (FilePage, error) {
	f, row, err := r.File(ctx, r.Scope, id)
	if err != nil {
		return FilePage{}, err
	}
	p := FilePage{File: f, Today: r.Today}
	if p.Line, err = r.LineUnits(ctx, row.Unit); err != nil {
		return p, err
	}
	p.Unit = p.Line[0]
	world, err := a.world(ctx, r.Tx, row.Unit, r.Today, r.Today)
	if err != nil {
		return p, err
	}
	p.Over, p.Counts, p.Sets, p.Calendar = world.Over, world.Counts, world.Sets, world.Calendar
	p.Next, p.Papers, p.Deadlines = f.Next(world), f.PapersOn(world), f.Deadlines(world)
	p.Voidable = voidable(r.who, f, world.Over, r.Today, numbers(p.Line))
	p.Possible = possible(r.who, f, world.Over, r.Today, numbers(p.Line))
	if len(p.Voidable) > 0 { // what the last act's own desk may not, that of an earlier one may
		p.Possible = append(p.Possible, admission.Void)
	}
	p.World = world
	if p.Given, err = r.givenPapers(ctx, f); err != nil {
		return p, err
	}
	p.Tasks, err = r.FileTasks(ctx, id)
	return p, err
}

// possible drops the acts that belong to a desk at which the actor does not sit.
func possible(who Actor, f admission.File, over admission.Over, today date.Date, line []org.UnitNo) []admission.Code {
	return slices.DeleteFunc(f.Possible(over), func(c admission.Code) bool {
		if c == admission.Void { // asked act by act
			return true
		}
		act := admission.Act{Code: c}
		if c == admission.BallotFailed {
			act.Question = f.Question()
		}
		return !who.may(desks[f.Desk(act, over)], today, line)
	})
}

// voidable keeps of the acts that may be voided those whose desk is the actor's.
func voidable(who Actor, f admission.File, over admission.Over, today date.Date, line []org.UnitNo) map[string]bool {
	sits := map[admission.Desk]bool{}
	for desk, right := range desks {
		sits[desk] = who.may(right, today, line)
	}
	out := map[string]bool{}
	for id, desk := range f.Voidable(over) {
		if sits[desk] {
			out[id] = true
		}
	}
	return out
}

func numbers(line []org.Unit) []org.UnitNo {
	out := make([]org.UnitNo, len(line))
	for i, u := range line {
		out[i] = u.No
	}
	return out
}

// May reports whether the actor may do something about the file's unit.
func (p FilePage) May(who Actor, right access.Right) bool {
	return who.may(right, p.Today, numbers(p.Line))
}

// A FileQuery is what a list of files is asked for.
type FileQuery struct {
	Unit   string // code, "" for all that the actor sees
	Stages []admission.Stage
	Query  string
	Limit  int
	Cursor string
}

// Files lists the files that the actor sees, by Vietnamese order of names, and the
// cursor of the next page.
func (a *App) Files(ctx context.Context, who Actor, q FileQuery) (rows []store.FileRow, next string, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		filter, _, err := r.filter(ctx, q)
		if err != nil {
			return err
		}
		rows, next, err = r.Files(ctx, r.Scope, filter)
		return err
	})
	return rows, next, err
}

// filter makes of a query what the store asks for, and returns the unit it is about.
func (r *reading) filter(ctx context.Context, q FileQuery) (store.FileFilter, org.Unit, error) {
	f := store.FileFilter{Stages: q.Stages, Query: q.Query, Limit: q.Limit, Cursor: q.Cursor}
	if q.Unit == "" {
		return f, org.Unit{}, nil
	}
	u, line, err := r.unit(ctx, q.Unit)
	f.Unit = u.No
	f.Within, _ = store.Inside(r.Scope, u, line) // r.unit has made sure of it
	return f, u, err
}
