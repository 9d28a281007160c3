package app

import (
	"context"
	"slices"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// forecasting is what the forecast of a unit's subtree is drawn with on a day.
type forecasting struct {
	target.Forecaster
	year  int
	from  date.Date // the year's first day
	end   date.Date // and its last, which every figure is measured by
	over  map[org.UnitNo]store.UnitsOver
	paces map[org.UnitNo]target.Pace
	book  *RuleBook
}

// forecasting gathers rules, calendar and counting event of a day.
func (a *App) forecasting(ctx context.Context, r *reading, year int, on date.Date) (*forecasting, error) {
	book, err := a.rules(ctx, r.Tx)
	if err != nil {
		return nil, err
	}
	event, err := a.countingEvent(ctx, r.Tx, on)
	if err != nil {
		return nil, err
	}
	fc := &forecasting{year: year, book: book, Forecaster: target.Forecaster{Today: on, Event: target.Event(event), Class: target.DefaultClass(), Sets: book.Sets, Calendar: book.Calendar}}
	if fc.from, err = date.New(year, 1, 1); err != nil {
		return nil, err
	}
	fc.end = fc.from.AddMonths(12).AddDays(-1)
	return fc, nil
}

// knowSubtree reads what stands over the units of a subtree, and the usual times there.
func (a *App) knowSubtree(ctx context.Context, r *reading, fc *forecasting, unit org.UnitNo) (err error) {
	if fc.over, err = r.OverUnits(ctx, unit); err != nil {
		return err
	}
	fc.paces, err = a.pacesOn(ctx, r, fc.over, fc.Today)
	return err
}

// knowUnits is knowSubtree of some units.
func (a *App) knowUnits(ctx context.Context, r *reading, fc *forecasting, units []org.UnitNo) (err error) {
	if fc.over, err = r.OverUnitsOf(ctx, units); err != nil {
		return err
	}
	fc.paces, err = a.pacesOn(ctx, r, fc.over, fc.Today)
	return err
}

// pace is the usual times of the organization of a branch.
func (fc *forecasting) pace(branch org.UnitNo) target.Paces {
	o := fc.over[branch]
	return target.Paces{Base: fc.paces[o.Base], Upper: fc.paces[o.Upper]}
}

// outlook answers for one file of a branch.
func (fc *forecasting) outlook(branch org.UnitNo, c target.Candidate) target.Outlook {
	o := fc.over[branch]
	c.Sectional, c.Base = o.Sectional, o.Committee
	return fc.Outlook(c, fc.pace(branch))
}

// stages lists those at which a file may still be counted.
func (fc *forecasting) stages() []admission.Stage {
	return slices.DeleteFunc(admission.Stages(), func(s admission.Stage) bool { return !fc.Awaits(s) })
}

// A forecastFile is a file with its outlook.
type forecastFile struct {
	row     store.FileRow
	outlook target.Outlook
}

// forecastFiles lists, of a known subtree, the open files of a subtree with their outlooks, as they stand, or
// as they stood on a past day; and how many had been admitted by then in the year, by unit
// of the branch. Of today that is left to the counters.
func (a *App) forecastFiles(ctx context.Context, r *reading, fc *forecasting, unit org.UnitNo) (files []forecastFile, admitted map[org.UnitNo]int, err error) {
	if fc.Today.Before(r.Today) {
		return a.forecastThen(ctx, r, fc, unit)
	}
	rows, err := r.StageFiles(ctx, r.Scope, unit, fc.stages())
	if err != nil {
		return nil, nil, err
	}
	votes, err := r.VoteDays(ctx, r.Scope, unit, fc.stages())
	if err != nil {
		return nil, nil, err
	}
	for _, row := range rows {
		c := target.Candidate{ID: row.ID, Stage: row.Stage, Since: row.Since, Birth: row.Birth, CertificateUntil: row.CertificateUntil,
			PapersUntil: row.PapersUntil, VoteFrom: votes[row.ID]}
		files = append(files, forecastFile{row: row, outlook: fc.outlook(row.Unit, c)})
	}
	return files, nil, nil
}

// forecastThen answers for a past day from the acts that were done by then.
func (a *App) forecastThen(ctx context.Context, r *reading, fc *forecasting, unit org.UnitNo) (out []forecastFile, admitted map[org.UnitNo]int, err error) {
	files, rows, err := a.filesOn(ctx, r, unit, fc.Today)
	if err != nil {
		return nil, nil, err
	}
	admitted = map[org.UnitNo]int{}
	w := fc.book.world(fc.Today, fc.Today)
	for i, f := range files {
		counted := f.Decided
		if fc.Event == target.ByCeremony {
			counted = f.Ceremony
		}
		if !counted.IsZero() && !counted.Before(fc.from) && !counted.After(fc.end) {
			admitted[rows[i].Unit]++
		}
		if f.Last.IsZero() || !fc.Awaits(f.Stage) { // a file without an act had not been opened, as far as is known
			continue
		}
		o := fc.over[rows[i].Unit]
		w.Over = admission.Over{Sectional: o.Sectional, Base: o.Committee}
		row, b := rows[i], f.Brief(w)
		row.Stage, row.Since, row.Last, row.Helper, row.CertificateUntil, row.PapersUntil = f.Stage, f.Since, f.Last, f.Helper, b.CertificateUntil, b.PapersUntil
		row.NextAct, row.NextWho, row.NextRule, row.NextDue = "", "", "", date.Date{}
		if next := f.Next(w); len(next) > 0 {
			row.NextAct, row.NextWho, row.NextRule, row.NextDue = next[0].Act, next[0].Who, next[0].Rule, next[0].Due
		}
		c := target.Candidate{ID: f.ID, Stage: f.Stage, Since: f.Since, Birth: f.Birth, CertificateUntil: b.CertificateUntil, PapersUntil: b.PapersUntil,
			VoteFrom: target.VoteFrom(f, w)}
		out = append(out, forecastFile{row: row, outlook: fc.outlook(row.Unit, c)})
	}
	return out, admitted, nil
}

// tallied adds up files that were listed.
func (fc *forecasting) tallied(files []forecastFile) map[org.UnitNo]target.Tally {
	out := map[org.UnitNo]target.Tally{}
	for _, f := range files {
		t := out[f.row.Unit]
		t.Add(target.Candidate{Stage: f.row.Stage}, f.outlook, fc.end)
		out[f.row.Unit] = t
	}
	return out
}
