package app

import (
	"context"
	"errors"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// maxVerificationFiles is how many files one form may send or remind at once.
const maxVerificationFiles = 500

// A VerificationSending is one letter about many people: where it goes, and the two facts
// of ADM-43.
type VerificationSending struct {
	Place   string
	Abroad  bool
	Way     admission.Way
	Number  string
	On      date.Date
	Stamped bool
	Carried bool
}

// A VerificationFile is a file that was chosen, with the version that was seen; 0 takes it
// as it is.
type VerificationFile struct {
	ID      string
	Version int
}

// A VerificationRequest is a request that was chosen from a list.
type VerificationRequest struct{ File, Request string }

// A VerificationBulk is the answer to one form about many files: what rules said of each,
// and whether all was written. Otherwise nothing was.
type VerificationBulk struct {
	Said    []VerificationSaid // of those files only of which something was said
	Files   int
	Written bool
}

// A VerificationSaid is what rules said of one file.
type VerificationSaid struct {
	File, Name string
	Findings   []rule.Finding
}

// Blocked reports whether rules said no of any file.
func (b VerificationBulk) Blocked() bool {
	return slices.ContainsFunc(b.Said, func(s VerificationSaid) bool { return rule.Blocked(s.Findings) })
}

// SendVerifications sends the first request about the applicants of many files to one
// place, with the acts that go with it: all of them in one transaction, or none. With
// ask, warnings come back unwritten. A file that the actor does not see is NotFound; one
// that changed since it was seen, Stale.
func (a *App) SendVerifications(ctx context.Context, who Actor, files []VerificationFile, s VerificationSending, ask bool) (VerificationBulk, error) {
	return a.verifyMany(ctx, who, len(files), func(i int) string { return files[i].ID }, ask,
		func(i int, f admission.File, v admission.Verification) ([]admission.VerificationStep, error) {
			if files[i].Version != 0 && files[i].Version != f.Version {
				return nil, errs.E(errs.Stale, "verification.stale_one", "name", f.Name)
			}
			return s.steps(v), nil
		})
}

// steps are those of one file: the request, unless it is drafted already, and its sending.
func (s VerificationSending) steps(v admission.Verification) []admission.VerificationStep {
	send := admission.VerificationStep{Kind: admission.StepSend, On: s.On, Number: s.Number, Stamped: s.Stamped, Carried: s.Carried}
	for _, r := range v.Requests() {
		if r.Subject == admission.Applicant && r.State == admission.RequestDrafted && r.Place == s.Place {
			send.Request = r.ID
			return []admission.VerificationStep{send}
		}
	}
	draft := admission.VerificationStep{ID: newID(), Kind: admission.StepRequest, Subject: admission.Applicant,
		Place: s.Place, Abroad: s.Abroad, Way: s.Way}
	send.Request = draft.ID
	return []admission.VerificationStep{draft, send}
}

// RemindVerifications records that the places of many requests were reminded on a day
// (DL-41): all in one transaction, or none.
func (a *App) RemindVerifications(ctx context.Context, who Actor, requests []VerificationRequest, on date.Date) (VerificationBulk, error) {
	var files []string
	for _, r := range requests {
		if !slices.Contains(files, r.File) {
			files = append(files, r.File)
		}
	}
	return a.verifyMany(ctx, who, len(files), func(i int) string { return files[i] }, false,
		func(i int, _ admission.File, _ admission.Verification) (steps []admission.VerificationStep, err error) {
			for _, r := range requests {
				if r.File == files[i] {
					steps = append(steps, admission.VerificationStep{Kind: admission.StepRemind, Request: r.Request, On: on})
				}
			}
			return steps, nil
		})
}

// verifyMany records steps on n files in one transaction. The gate gives a permit for the
// unit of each. The audit has a row a file.
func (a *App) verifyMany(ctx context.Context, who Actor, n int, id func(int) string, ask bool,
	choose func(int, admission.File, admission.Verification) ([]admission.VerificationStep, error)) (out VerificationBulk, err error) {
	switch {
	case n == 0:
		return out, errs.E(errs.Invalid, "verification.none_chosen")
	case n > maxVerificationFiles:
		return out, errs.E(errs.Invalid, "verification.too_many", "n", maxVerificationFiles)
	}
	out.Files = n
	err = a.write(ctx, who, a.verificationOrder(ctx, who, id(0)), func(w *writing) (first record, err error) {
		for i := range n {
			fw, err := a.verificationWriting(ctx, w, id(i))
			if err != nil {
				return record{}, err
			}
			r, said, err := a.verifyOne(ctx, fw, id(i), func(f admission.File, v admission.Verification) ([]admission.VerificationStep, error) {
				return choose(i, f, v)
			})
			if len(said.Findings) > 0 {
				out.Said = append(out.Said, said)
			}
			switch {
			case errors.Is(err, errBlocked): // the others are heard, too
			case err != nil:
				return record{}, err
			case i == 0:
				first = r
			default:
				if err := fw.audit(ctx, string(fw.Permit.Right()), fw.Permit.Unit(), r); err != nil {
					return record{}, err
				}
			}
		}
		if out.Blocked() || ask && len(out.Said) > 0 {
			return record{}, errBlocked
		}
		return first, nil
	})
	if errors.Is(err, errBlocked) {
		return out, nil
	}
	out.Written = err == nil
	return out, err
}

func (a *App) verifyOne(ctx context.Context, w *writing, id string, choose func(admission.File, admission.Verification) ([]admission.VerificationStep, error)) (record, VerificationSaid, error) {
	said := VerificationSaid{File: id}
	var failed error
	r, findings, err := a.verify(ctx, w, id, nil, func(f admission.File, v admission.Verification) []admission.VerificationStep {
		said.Name = f.Name
		var steps []admission.VerificationStep
		steps, failed = choose(f, v)
		return steps
	})
	said.Findings = findings
	if failed != nil {
		return r, said, failed
	}
	return r, said, err
}

// verificationWriting is the writing for the unit of another file in the same transaction.
func (a *App) verificationWriting(ctx context.Context, w *writing, id string) (*writing, error) {
	o, err := a.verificationOrder(ctx, w.who, id)(w.Tx)
	if err != nil || o.unit == w.Permit.Unit() && o.right == w.Permit.Right() {
		return w, err
	}
	line, err := w.Tx.Line(ctx, o.unit)
	if err != nil {
		return nil, err
	}
	p, err := permit(w.who, w.Today, o, line)
	return &writing{Tx: w.Tx, Permit: p, Today: w.Today, At: w.At, Line: line, who: w.who}, err
}

// A verificationLetter is what the letter of one request says (CV-TTLL): whom it is about
// and to whom it goes. Terms count from the receipt, so that a letter states their length.
type verificationLetter struct {
	Request  admission.Request
	Relation admission.Relation
	Name     string // of the relative; of the applicant himself, the file's
	Days     int    // working days for the answer
	Cite     string
	Due      date.Date // once the place has received it
}

// verificationLetters returns the letters of a file's requests that still count, in the
// order of its list. Those of one place and number are one paper about several people.
func (a *App) verificationLetters(ctx context.Context, tx *store.Tx, s access.Scope, f admission.File, unit org.UnitNo) ([]verificationLetter, error) {
	steps, err := tx.VerificationSteps(ctx, s, f.ID)
	if err != nil {
		return nil, err
	}
	today, err := a.today(ctx, tx)
	if err != nil {
		return nil, err
	}
	world, err := a.world(ctx, tx, unit, today, today)
	if err != nil {
		return nil, err
	}
	var out []verificationLetter
	for _, u := range admission.VerificationOf(f, steps).Subjects {
		for _, r := range u.Requests {
			if r.State == admission.RequestWithdrawn || r.Way != admission.ByPost {
				continue
			}
			l := verificationLetter{Request: r, Relation: u.Relation, Name: u.Name, Due: f.RequestDeadline(world, r).Due}
			if u.Relation == admission.Self {
				l.Name = f.Name
			}
			on := r.Sent
			if on.IsZero() {
				on = today
			}
			id, _ := admission.TermOf("DL-40", r.Abroad, false)
			t, err := world.Sets.Term(id, on)
			if err != nil {
				return nil, err
			}
			l.Days, l.Cite = t.Amount, t.Cite
			out = append(out, l)
		}
	}
	return out, nil
}
