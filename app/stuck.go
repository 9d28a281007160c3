package app

import (
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
}

// A StuckPage is the stuck files of a unit's subtree on a day, longest first.
type StuckPage struct {
	Unit   org.Unit
	On     date.Date
	Months int // the setting: so long without an act
	Files  []StuckFile
}

// Stuck lists the stuck files of a unit's subtree on a day; the zero day is today.
func (a *App) Stuck(ctx context.Context, who Actor, unit string, on date.Date) (p StuckPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if p.Unit, _, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if p.On = on; on.IsZero() {
			p.On = r.Today
		}
		if p.Months, err = a.stuckMonths(ctx, r.Tx, p.On); err != nil {
			return err
		}
		if p.On.Before(r.Today) {
			p.Files, err = a.stuckThen(ctx, r, p)
			return err
		}
		rows, err := r.QuietFiles(ctx, r.Scope, p.Unit.No, p.On.AddMonths(-p.Months).AddDays(monthSlack))
		for _, row := range rows {
			if reason, stuck := row.Brief().Stuck(p.On, p.Months); stuck {
				p.Files = append(p.Files, stuckFile(row, row.Stage, row.Last, reason, row.NextAct, row.NextWho))
			}
		}
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
	cal, err := a.calendar(ctx, r.Tx)
	if err != nil {
		return nil, err
	}
	w := admission.World{Today: p.On, Sets: a.sets, Calendar: cal}
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
	slices.SortFunc(out, func(x, y StuckFile) int { return x.Since.Compare(y.Since) })
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
