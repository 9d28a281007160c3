package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/store"
	"ketnap/union"
)

// An InboxRow is an introduction that waits with a branch.
type InboxRow struct {
	store.UnionPerson
	Waits int  // days since the resolution
	Late  bool // for longer than a branch takes from one meeting to the next
}

// A UnionInbox is what waits with the branches for which the actor opens files.
type UnionInbox struct {
	Today date.Date
	Rows  []InboxRow
	More  bool
}

// maxInbox is how many introductions the inbox shows.
const maxInbox = 200

// UnionInbox lists the introductions that wait with the actor's branches, the oldest first.
func (a *App) UnionInbox(ctx context.Context, who Actor) (b UnionInbox, err error) {
	err = a.read(ctx, who, access.OpenFile, func(r *reading) error {
		b.Today = r.Today
		people, err := r.Tx.UnionInbox(ctx, r.Scope, store.UnionPersonFilter{States: []union.State{union.Sent}, Limit: maxInbox + 1})
		b.More = len(people) > maxInbox
		for _, p := range people[:min(len(people), maxInbox)] {
			waits := r.Today.Sub(p.On)
			b.Rows = append(b.Rows, InboxRow{UnionPerson: p, Waits: waits, Late: waits > union.InboxDays})
		}
		return err
	})
	return b, err
}

// Introduced returns one introduction to a branch of the actor.
func (a *App) Introduced(ctx context.Context, who Actor, id string) (row InboxRow, err error) {
	err = a.read(ctx, who, access.OpenFile, func(r *reading) error {
		row.UnionPerson, err = r.UnionPerson(ctx, r.Scope, id)
		row.Waits = r.Today.Sub(row.On)
		row.Late = row.State == union.Sent && row.Waits > union.InboxDays
		return err
	})
	return row, err
}

// TakeNew answers the question about a file of the same name: open a new one.
const TakeNew = "new"

// A Taken is what became of taking somebody up: a file, or what stands in the way.
type Taken struct {
	File     string
	Twins    []Twin         // that may be of the same person, to be asked about
	Findings []rule.Finding // that blocked, or that warn
}

// TakeIntroduced takes an introduced person up, at the right of the branch: it opens a
// file, or joins the one that answer names, and records the introduction with the number
// and day of the resolution (ADM-10). Without an answer it asks where there may be a file
// of the same person. Pressed twice it does nothing twice: it fails with Conflict, and the
// file of the first press is in the answer.
func (a *App) TakeIntroduced(ctx context.Context, who Actor, id, answer string) (t Taken, err error) {
	p, err := a.Introduced(ctx, who, id)
	if err != nil {
		return t, err
	}
	if p.State == union.Taken {
		return Taken{File: p.File}, errs.E(errs.Conflict, "union.person.settled")
	}
	if answer == "" && p.State == union.Sent {
		t.Twins, err = a.NewFileTwins(ctx, who, NewFile{Unit: string(p.BranchCode), Name: p.Name, Birth: p.Birth, Sex: p.Sex})
		if err != nil || len(t.Twins) > 0 {
			return t, err
		}
	}
	find := func(tx *store.Tx) (order, error) {
		branch, err := tx.UnionPersonBranch(ctx, id)
		return order{right: access.OpenFile, see: access.SeeFile, unit: branch, none: "union.person.none"}, err
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		t.File, t.Findings, err = a.takeUp(ctx, w, id, answer)
		return record{object: "union_person/" + id, before: union.Sent, after: map[string]any{"state": union.Taken, "file": t.File}, rules: "ADM-10 UNI-05"}, err
	})
	if err != nil && rule.Blocked(t.Findings) {
		return Taken{Findings: t.Findings}, nil
	}
	return t, err
}

// takeUp is the work of TakeIntroduced inside its transaction.
func (a *App) takeUp(ctx context.Context, w *writing, id, answer string) (string, []rule.Finding, error) {
	p, err := w.UnionPerson(ctx, access.ScopeOfPermit(w.Permit), id)
	if err != nil {
		return "", nil, err
	}
	if p.State != union.Sent {
		return p.File, nil, errs.E(errs.Conflict, "union.person.settled")
	}
	f, err := a.fileOfIntroduced(ctx, w, p, answer)
	if err != nil {
		return "", nil, err
	}
	p.State, p.File, p.DecidedOn, p.DecidedBy = union.Taken, f.ID, w.Today, w.who.Name
	if err := w.SettleUnionPerson(ctx, w.Permit, p); err != nil {
		return "", nil, err
	}
	if f.Stage != admission.New { // introduced before, by somebody else: the file holds the resolution beside
		return f.ID, nil, nil
	}
	desk := *w
	if desk.Permit, err = permit(w.who, w.Today, order{right: access.RecordBranch, see: access.SeeFile, unit: p.Branch}, w.Line); err != nil {
		return "", nil, err
	}
	by, _ := union.Introduces(p.UnitKind)
	_, r, findings, err := a.advance(ctx, &desk, f.ID, admission.Act{ID: newID(), Code: admission.Introduce, On: p.On, By: by, Number: p.Number}, f.Version)
	if err != nil {
		return "", findings, err
	}
	return f.ID, findings, desk.audit(ctx, string(access.RecordBranch), p.Branch, r)
}

// fileOfIntroduced opens a file for an introduced person, or reads the one to be joined.
func (a *App) fileOfIntroduced(ctx context.Context, w *writing, p store.UnionPerson, answer string) (admission.File, error) {
	if answer != "" && answer != TakeNew {
		f, row, err := w.File(ctx, access.ScopeOfPermit(w.Permit), answer)
		if errs.KindOf(err) == errs.NotFound || err == nil && row.Unit != p.Branch {
			return f, errs.E(errs.Invalid, "union.person.elsewhere")
		}
		if err == nil && (f.Birth != p.Birth || f.Sex != p.Sex) {
			return f, errs.E(errs.Invalid, "union.person.other")
		}
		return f, err
	}
	f, r, err := a.open(ctx, w, NewFile{Unit: string(p.BranchCode), Name: p.Name, Birth: p.Birth, Sex: p.Sex})
	if err != nil {
		return f, err
	}
	return f, w.audit(ctx, string(access.OpenFile), p.Branch, r)
}

// DeclineIntroduced answers that the branch does not take a person up, and why. The union
// that introduced reads the reason.
func (a *App) DeclineIntroduced(ctx context.Context, who Actor, id, reason string) error {
	find := func(tx *store.Tx) (order, error) {
		branch, err := tx.UnionPersonBranch(ctx, id)
		return order{right: access.OpenFile, see: access.SeeFile, unit: branch, none: "union.person.none"}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		reason = strings.TrimSpace(reason)
		if reason == "" || utf8.RuneCountInString(reason) > union.MostReason {
			return record{}, errs.E(errs.Invalid, "union.person.why").On("reason")
		}
		p, err := w.UnionPerson(ctx, access.ScopeOfPermit(w.Permit), id)
		if err != nil {
			return record{}, err
		}
		p.State, p.File, p.DecidedOn, p.DecidedBy, p.Reason = union.Declined, "", w.Today, w.who.Name, reason
		return record{object: "union_person/" + id, before: union.Sent, after: map[string]any{"state": p.State, "reason": reason}, rules: "ADM-10"}, w.SettleUnionPerson(ctx, w.Permit, p)
	})
}
