package app

import (
	"context"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
	"ketnap/watch"
)

// A Hushed is what is to be set aside: a file, or with none the list of a unit.
type Hushed struct {
	File string // id
	Unit string // code; of the file where there is one
}

// SetAside sets a file, or the list of a unit, aside on the page of what stands still,
// with a reason and until a day; the first act after it ends that. The count of stuck
// files, which reports read, stays as it is. With findings nothing was written.
func (a *App) SetAside(ctx context.Context, who Actor, h Hushed, reason string, until date.Date) (findings []rule.Finding, err error) {
	err = a.write(ctx, who, a.atHushed(ctx, h), func(w *writing) (record, error) {
		if findings = watch.Silence(reason, until, w.Today); len(findings) > 0 {
			return record{}, errUnwritten
		}
		s := store.Silence{ID: newID(), File: h.File, Unit: w.Permit.Unit(), Until: until, Reason: strings.TrimSpace(reason), On: w.Today, By: w.who.Name}
		if s.Seen, err = w.seen(ctx, h, w.Permit.Unit()); err != nil {
			return record{}, err
		}
		return record{object: hushedObject(h), after: map[string]any{"until": until, "reason": s.Reason}, rules: "TGT-28"}, w.AddSilence(ctx, w.Permit, s)
	})
	return findings, unwritten(err, findings)
}

// TakeUp ends what SetAside began.
func (a *App) TakeUp(ctx context.Context, who Actor, h Hushed) error {
	return a.write(ctx, who, a.atHushed(ctx, h), func(w *writing) (record, error) {
		return record{object: hushedObject(h), before: map[string]any{"aside": true}, after: map[string]any{"aside": false}, rules: "TGT-28"},
			w.EndSilence(ctx, w.Permit, w.Permit.Unit(), h.File)
	})
}

func hushedObject(h Hushed) string {
	if h.File != "" {
		return "file/" + h.File
	}
	return "unit/" + h.Unit
}

func (a *App) atHushed(ctx context.Context, h Hushed) func(*store.Tx) (order, error) {
	if h.File == "" {
		return atCode(ctx, access.HoldSession, access.SeeFile, h.Unit)
	}
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.FileUnit(ctx, h.File)
		return order{right: access.HoldSession, see: access.SeeFile, unit: unit, none: "file.none"}, err
	}
}

// seen is the state as of which something is set aside: the version of a file, the day of
// the last act of a list.
func (w *writing) seen(ctx context.Context, h Hushed, unit org.UnitNo) (string, error) {
	if h.File != "" {
		versions, err := w.FileVersions(ctx, []string{h.File})
		return strconv.Itoa(versions[h.File]), err
	}
	sees, err := scope(ctx, w.Tx, w.who, w.Today, access.SeeFile)
	if err != nil {
		return "", err
	}
	units, err := w.IdleUnits(ctx, sees, unit, w.Today.AddDays(1))
	if err != nil {
		return "", err
	}
	for _, u := range units {
		if u.Unit == unit {
			return u.Last.String(), nil
		}
	}
	return "", errs.E(errs.NotFound, "stuck.no_list")
}

// A HelperPage is what helpers said of a file.
type HelperPage struct {
	File  string
	Name  string
	Unit  org.Code
	Stage admission.Stage
	By    string // the helper of today; "" for none
	Notes []store.HelperNote
	Today date.Date
	May   bool // the actor may enter a note
}

// HelperNotes returns what helpers said of a file. It fails with NotFound.
func (a *App) HelperNotes(ctx context.Context, who Actor, file string) (p HelperPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		f, row, err := r.Tx.File(ctx, r.Scope, file)
		if err != nil {
			return err
		}
		line, err := r.Line(ctx, row.Unit)
		if err != nil {
			return err
		}
		p = HelperPage{File: f.ID, Name: f.Name, Unit: row.UnitCode, Stage: f.Stage, By: f.Helper, Today: r.Today, May: f.Helper != "" && f.Stage.Open() && who.may(access.RecordBranch, r.Today, line)}
		p.Notes, err = r.Tx.HelperNotes(ctx, file)
		return err
	})
	return p, err
}

// NoteHelper records what the helper of a file says of the person on a day: a code and no
// text. With findings nothing was written.
func (a *App) NoteHelper(ctx context.Context, who Actor, file string, on date.Date, outcome watch.HelperOutcome) (findings []rule.Finding, err error) {
	find := func(tx *store.Tx) (order, error) {
		unit, err := tx.FileUnit(ctx, file)
		return order{right: access.RecordBranch, see: access.SeeFile, unit: unit, none: "file.none"}, err
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		seen, err := scope(ctx, w.Tx, who, w.Today, access.SeeFile)
		if err != nil {
			return record{}, err
		}
		f, _, err := w.Tx.File(ctx, seen, file)
		if err != nil {
			return record{}, err
		}
		if f.Helper == "" || !f.Stage.Open() {
			return record{}, errs.E(errs.Conflict, "stuck.no_helper")
		}
		if findings = watch.Note(on, outcome, w.Today); len(findings) > 0 {
			return record{}, errUnwritten
		}
		n := store.HelperNote{ID: newID(), File: file, On: on, Helper: f.Helper, Outcome: string(outcome), EnteredBy: w.who.Name, EnteredOn: w.Today}
		return record{object: "file/" + file, after: map[string]any{"helper_note": outcome, "on": on}, rules: "TGT-28"}, w.AddHelperNote(ctx, w.Permit, n)
	})
	return findings, unwritten(err, findings)
}
