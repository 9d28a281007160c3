package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A VerificationPage is all that one sees of the verification of a file.
type VerificationPage struct {
	FilePage
	Verification admission.Verification
	Terms        map[string]admission.Deadline // DL-40 of each request, by its id; "" is that of the acts
	Read         VerificationVersion
	MayRecord    bool // steps and a clear conclusion
	MayHold      bool // a conclusion that leaves a question (ADM-45)
}

// A VerificationVersion is what was read of a file and of its verification: who records
// a step says so, and is told when somebody else was there in between.
type VerificationVersion struct {
	File  int // version of the file
	Steps int // number of steps
}

// Verification returns the verification of a file. Out of the actor's scope, there is none.
func (a *App) Verification(ctx context.Context, who Actor, id string) (p VerificationPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		steps, err := r.VerificationSteps(ctx, r.Scope, id) // before the file, whose version is then the newer one
		if err != nil {
			return err
		}
		if p.FilePage, err = a.filePage(ctx, r, id); err != nil {
			return err
		}
		world, err := a.world(ctx, r.Tx, p.Unit.No, r.Today, r.Today)
		if err != nil {
			return err
		}
		p.Verification, p.Read = admission.VerificationOf(p.File, steps), VerificationVersion{File: p.File.Version, Steps: len(steps)}
		p.Terms = verificationTerms(p.File, p.Verification, world)
		p.MayRecord = p.May(who, access.RecordBranch)
		desk := p.File.Desk(admission.Act{Code: admission.ConcludeVerification, Result: admission.ResultHeld}, p.Over)
		p.MayHold = p.May(who, desks[desk])
		return nil
	})
	return p, err
}

func verificationTerms(f admission.File, v admission.Verification, w admission.World) map[string]admission.Deadline {
	terms := map[string]admission.Deadline{}
	for _, q := range v.Requests() {
		terms[q.ID] = f.RequestDeadline(w, q)
	}
	if q, ok := f.RequestOfActs(); ok {
		terms[""] = f.RequestDeadline(w, q)
	}
	return terms
}

// A Verified is the answer to steps of a verification, or to its conclusion: findings
// that blocked, or that must be confirmed first, leave everything as it was.
type Verified struct {
	Findings []rule.Finding
	Written  bool
}

// RecordVerification records steps of the verification of one file, all or none. The
// first sending and the first receipt are acts of the file as well, written in the same
// transaction. read is what the steps were chosen by; with ask, warnings come back
// unwritten. It fails with Stale when somebody else was there in between.
func (a *App) RecordVerification(ctx context.Context, who Actor, id string, steps []admission.VerificationStep, read VerificationVersion, ask bool) (out Verified, err error) {
	find := a.verificationOrder(ctx, who, id)
	err = a.write(ctx, who, find, func(w *writing) (r record, err error) {
		chosen := func(admission.File, admission.Verification) []admission.VerificationStep { return steps }
		r, out.Findings, err = a.verify(ctx, w, id, &read, chosen)
		if err == nil && ask && len(out.Findings) > 0 {
			err = errBlocked
		}
		return r, err
	})
	return verified(out, err)
}

func verified(out Verified, err error) (Verified, error) {
	if errors.Is(err, errBlocked) {
		return out, nil
	}
	out.Written = err == nil
	return out, err
}

// verificationOrder is the right of the desk at which a verification is recorded, which
// is that of its first act.
func (a *App) verificationOrder(ctx context.Context, who Actor, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		return a.actOrder(ctx, tx, who, id, admission.Act{Code: admission.SendVerification})
	}
}

// verify records steps on one file inside a transaction. Where rules said no to any of
// them it fails with errBlocked, after all of them were heard.
func (a *App) verify(ctx context.Context, w *writing, id string, read *VerificationVersion, choose func(admission.File, admission.Verification) []admission.VerificationStep) (record, []rule.Finding, error) {
	f, unit, kept, err := w.verifying(ctx, id, read)
	if err != nil {
		return record{}, nil, err
	}
	world, err := a.world(ctx, w.Tx, unit, w.Today, w.Today)
	if err != nil {
		return record{}, nil, err
	}
	var findings []rule.Finding
	before := len(kept)
	for _, s := range choose(f, admission.VerificationOf(f, kept)) {
		if s.ID == "" {
			s.ID = newID()
		}
		s.Actor, s.ActorName, s.Recorded = w.who.ID, w.who.Name, w.At
		v := admission.VerificationOf(f, kept)
		s, said := admission.JudgeStep(f, v, s, world)
		findings = append(findings, said...)
		if rule.Blocked(said) {
			if s.Kind == admission.StepRequest { // nothing will be written: what follows on it is heard all the same
				kept = append(kept, s)
			}
			continue
		}
		next, said, err := a.verificationAct(ctx, w, f, v, &s)
		findings = append(findings, said...)
		switch {
		case errors.Is(err, errBlocked):
			continue
		case err != nil:
			return record{}, findings, err
		}
		f, kept = next, append(kept, s)
	}
	if rule.Blocked(findings) {
		return record{}, findings, errBlocked
	}
	added := kept[before:]
	if len(added) == 0 {
		return record{}, findings, errs.E(errs.Invalid, "verification.nothing")
	}
	if err := w.AddVerificationSteps(ctx, w.Permit, id, before, added); err != nil {
		return record{}, findings, err
	}
	return record{object: "file/" + id, after: verificationRecordOf(added), rules: rulesText(world.Sets.On(added[0].On), findings)}, findings, nil
}

// verifying reads a file and its steps, and makes sure that they are those that were seen.
func (w *writing) verifying(ctx context.Context, id string, read *VerificationVersion) (admission.File, org.UnitNo, []admission.VerificationStep, error) {
	s := access.ScopeOfPermit(w.Permit)
	f, row, err := w.File(ctx, s, id)
	if err != nil {
		return f, 0, nil, err
	}
	kept, err := w.VerificationSteps(ctx, s, id)
	if err != nil {
		return f, 0, nil, err
	}
	if read != nil && (*read != VerificationVersion{File: f.Version, Steps: len(kept)}) {
		return f, 0, nil, errs.E(errs.Stale, "file.stale")
	}
	return f, row.Unit, kept, nil
}

// verificationAct records the act of the file that goes with a step, if one does, and
// says in the step under which act it stands.
func (a *App) verificationAct(ctx context.Context, w *writing, f admission.File, v admission.Verification, s *admission.VerificationStep) (admission.File, []rule.Finding, error) {
	act, is, under := f.ActOf(v, *s)
	if s.Act = under; !is {
		return f, nil, nil
	}
	act.ID = newID()
	next, r, findings, err := a.advance(ctx, w, f.ID, act, f.Version)
	if err != nil {
		return f, findings, err
	}
	s.Act, s.Own = act.ID, true
	return next, findings, w.audit(ctx, string(w.Permit.Right()), w.Permit.Unit(), r)
}

// A verificationRecord is what the audit keeps of a step: no name and no place.
type verificationRecord struct {
	Step    admission.StepKind `json:"step"`
	ID      string             `json:"id"`
	Request string             `json:"request,omitempty"`
	On      date.Date          `json:"on"`
	Undoes  string             `json:"undoes,omitempty"`
}

func verificationRecordOf(steps []admission.VerificationStep) map[string][]verificationRecord {
	out := make([]verificationRecord, len(steps))
	for i, s := range steps {
		out[i] = verificationRecord{Step: s.Kind, ID: s.ID, Request: s.Request, On: s.On, Undoes: s.Undoes}
	}
	return map[string][]verificationRecord{"verification": out}
}

// ConcludeVerification concludes the verification of a file from its page: the act
// conclude_verification, before which is asked about places that did not answer and
// people of whom nobody asked (ADM-40, ADM-44). That there is a political question is
// kept as a code, never what it is (ADM-45).
func (a *App) ConcludeVerification(ctx context.Context, who Actor, id string, on date.Date, result admission.Result, read VerificationVersion, ask bool) (out Verified, err error) {
	act := admission.Act{ID: newID(), Code: admission.ConcludeVerification, On: on, Result: result}
	find := func(tx *store.Tx) (order, error) { return a.actOrder(ctx, tx, who, id, act) }
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		f, unit, kept, err := w.verifying(ctx, id, &read)
		if err != nil {
			return record{}, err
		}
		world, err := a.world(ctx, w.Tx, unit, w.Today, w.Today)
		if err != nil {
			return record{}, err
		}
		open := admission.JudgeConclusion(f, admission.VerificationOf(f, kept), on, world)
		_, r, said, err := a.advance(ctx, w, id, act, f.Version)
		out.Findings = slices.Concat(open, said)
		if err == nil && (rule.Blocked(open) || ask && len(out.Findings) > 0) {
			err = errBlocked
		}
		for _, x := range open {
			r.rules += " " + x.Rule
		}
		r.rules = strings.TrimSpace(r.rules)
		return r, err
	})
	return verified(out, err)
}
