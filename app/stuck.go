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
)

// A StuckFile is a file that has source but moves nowhere (TGT-28).
type StuckFile struct {
	ID       string
	Name     string
	Unit     org.Code
	UnitName string
	Stage    admission.Stage
	Since    date.Date // the last act
	Reason   admission.Reason
	Next     admission.Code
	Who      admission.Desk
	MayAct   bool // the actor may record the next step
}

// A StuckPage is the stuck files of a unit's subtree on a day, longest first.
type StuckPage struct {
	Unit   org.Unit
	Line   []org.Unit
	On     date.Date
	Today  date.Date
	Months int // the setting: so long without an act
	Files  []StuckFile
}

// Stuck lists the stuck files of a unit's subtree on a day; the zero day is today.
func (a *App) Stuck(ctx context.Context, who Actor, unit string, on date.Date) (p StuckPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		var line []org.UnitNo
		if p.Unit, line, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, p.Unit.No); err != nil {
			return err
		}
		if p.On = on; on.IsZero() {
			p.On = r.Today
		}
		if p.Months, err = a.stuckMonths(ctx, r.Tx, p.On); err != nil {
			return err
		}
		p.Today = r.Today
		if p.On.Before(r.Today) {
			p.Files, err = a.stuckThen(ctx, r, p)
			p.mayAct(who, line)
			return err
		}
		rows, err := r.QuietFiles(ctx, r.Scope, p.Unit.No, p.On.AddMonths(-p.Months).AddDays(monthSlack))
		for _, row := range rows {
			if reason, stuck := row.Brief().Stuck(p.On, p.Months); stuck {
				p.Files = append(p.Files, stuckFile(row, row.Stage, row.Last, reason, row.NextAct, row.NextWho))
			}
		}
		p.mayAct(who, line)
		return err
	})
	return p, err
}

// mayAct says of which steps the actor may record the act: a right held on the unit of
// the list holds for its whole subtree.
func (p *StuckPage) mayAct(who Actor, line []org.UnitNo) {
	for i, f := range p.Files {
		right, ok := desks[f.Who]
		p.Files[i].MayAct = ok && f.Next != "" && who.may(right, p.Today, line)
	}
}

// A LatePage is the files of a unit's subtree of which a duty is overdue, longest first.
type LatePage struct {
	Unit     org.Unit
	Line     []org.Unit
	Today    date.Date
	Calendar date.Calendar
	Files    []store.FileRow
	More     bool // there are more than the page shows
}

// maxLate is how many overdue files a page lists.
const maxLate = 500

// Late lists the files of a unit's subtree of which a duty should have been done.
func (a *App) Late(ctx context.Context, who Actor, unit string) (p LatePage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		p.Today = r.Today
		if p.Unit, _, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, p.Unit.No); err != nil {
			return err
		}
		if p.Calendar, err = a.calendar(ctx, r.Tx); err != nil {
			return err
		}
		p.Files, err = r.DueFiles(ctx, r.Scope, store.FileFilter{Unit: p.Unit.No, DueBy: r.Today.AddDays(-1), Pressing: true, Limit: maxLate + 1})
		p.More = len(p.Files) > maxLate
		p.Files = p.Files[:min(len(p.Files), maxLate)]
		return err
	})
	return p, err
}

// stuckThen answers for a past day: the files as their acts had made them by then.
func (a *App) stuckThen(ctx context.Context, r *reading, p StuckPage) ([]StuckFile, error) {
	files, rows, err := a.filesOn(ctx, r, p.Unit.No, p.On)
	if err != nil {
		return nil, err
	}
	book, err := a.rules(ctx, r.Tx)
	if err != nil {
		return nil, err
	}
	w := book.world(p.On, p.On)
	var out []StuckFile
	for i, f := range files {
		if reason, stuck := f.Brief(w).Stuck(p.On, p.Months); stuck {
			next := admission.Next{}
			if steps := f.Next(w); len(steps) > 0 {
				next = steps[0]
			}
			out = append(out, stuckFile(rows[i], f.Stage, f.Last, reason, next.Act, next.Who))
		}
	}
	slices.SortFunc(out, func(x, y StuckFile) int { return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.ID, y.ID)) })
	return out, nil
}

func stuckFile(r store.FileRow, stage admission.Stage, since date.Date, reason admission.Reason, next admission.Code, who admission.Desk) StuckFile {
	return StuckFile{ID: r.ID, Name: r.Name, Unit: r.UnitCode, UnitName: r.UnitName, Stage: stage, Since: since,
		Reason: reason, Next: next, Who: who}
}

// filesOn returns the files of a subtree as their acts had made them by a day. An act
// that was voided later counts as never done.
func (a *App) filesOn(ctx context.Context, r *reading, unit org.UnitNo, on date.Date) ([]admission.File, []store.FileRow, error) {
	files, rows, err := r.AllFiles(ctx, r.Scope, unit)
	for i, f := range files {
		f = admission.Replay(f)
		f.Acts = slices.DeleteFunc(f.Acts, func(act admission.Act) bool { return act.Voided || act.Code == admission.Void || act.On.After(on) })
		files[i] = admission.Replay(f)
	}
	return files, rows, err
}

// monthSlack makes the search wide enough for the ends of months: three months before
// 31/5 is 28/02, and 28/02 plus three months is 28/5. Brief.Stuck decides.
const monthSlack = 4
