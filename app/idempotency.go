package app

import (
	"context"
	"errors"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/store"
)

// An Attempt is a write that a program may send again because it never saw the answer.
// The answer is kept with what was written, in one transaction: a write is never without
// its answer, nor done twice under one key.
type Attempt struct {
	Key     string // Idempotency-Key; "" keeps nothing
	Request string // hash of method, path and body
	Answer  func(Recorded) (status int, body []byte, err error)
}

// An Answered is what an attempt is answered: now, or as it was the first time.
type Answered struct {
	Status   int
	Body     []byte
	Replayed bool
}

// errReplayed ends the transaction of an attempt that has its answer already.
var errReplayed = errors.New("answered before")

// OpenFileOnce is OpenFile for an attempt. Who may no longer open files there is refused
// before a kept answer is looked for. It fails with Invalid when the key stands for
// another request.
func (a *App) OpenFileOnce(ctx context.Context, who Actor, n NewFile, try Attempt) (Answered, error) {
	return once(try, func() (Answered, error) { return a.openFileOnce(ctx, who, n, try) })
}

func (a *App) openFileOnce(ctx context.Context, who Actor, n NewFile, try Attempt) (out Answered, err error) {
	err = a.write(ctx, who, atCode(ctx, access.OpenFile, access.SeeFile, n.Unit), func(w *writing) (record, error) {
		var err error
		if out, err = replay(ctx, w, try); err != nil {
			return record{}, err
		}
		f, r, err := a.open(ctx, w, n)
		if err != nil {
			return record{}, err
		}
		out, err = a.answer(ctx, w, try, f, nil)
		return r, err
	})
	return answered(out, err)
}

// RecordActOnce is RecordAct for an attempt: warnings are written, and an answer in which
// rules said no is kept as well.
func (a *App) RecordActOnce(ctx context.Context, who Actor, id string, act admission.Act, version int, try Attempt) (Answered, error) {
	act.ID = newID()
	return once(try, func() (Answered, error) { return a.recordActOnce(ctx, who, id, act, version, try) })
}

// once makes an attempt, and a second time where it met another under the same key that
// was answered first: that one's answer is then there.
func once(try Attempt, do func() (Answered, error)) (Answered, error) {
	out, err := do()
	if kind := errs.KindOf(err); try.Key != "" && (kind == errs.Conflict || kind == errs.Stale) {
		return do()
	}
	return out, err
}

func (a *App) recordActOnce(ctx context.Context, who Actor, id string, act admission.Act, version int, try Attempt) (out Answered, err error) {
	var findings []rule.Finding
	find := func(tx *store.Tx) (order, error) { return a.actOrder(ctx, tx, who, id, act) }
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		var err error
		if out, err = replay(ctx, w, try); err != nil {
			return record{}, err
		}
		f, r, said, err := a.advance(ctx, w, id, act, version)
		if findings = said; err != nil {
			return record{}, err
		}
		out, err = a.answer(ctx, w, try, f, findings)
		return r, err
	})
	if errors.Is(err, errBlocked) {
		return a.refuse(ctx, who, try, findings)
	}
	return answered(out, err)
}

func answered(out Answered, err error) (Answered, error) {
	if errors.Is(err, errReplayed) {
		return out, nil
	}
	return out, err
}

// replay looks for the answer that an attempt was given; with one it fails with
// errReplayed, so that nothing is written.
func replay(ctx context.Context, w *writing, try Attempt) (Answered, error) {
	if try.Key == "" {
		return Answered{}, nil
	}
	k, found, err := w.KeptAnswer(ctx, w.who.ID, try.Key, w.At)
	switch {
	case err != nil || !found:
		return Answered{}, err
	case k.Request != try.Request:
		return Answered{}, errs.E(errs.Invalid, "api.key_used")
	}
	return Answered{Status: k.Status, Body: k.Body, Replayed: true}, errReplayed
}

// answer draws the answer to what was just written, and keeps it in its transaction.
func (a *App) answer(ctx context.Context, w *writing, try Attempt, f admission.File, findings []rule.Finding) (out Answered, err error) {
	u, err := unitByCode(ctx, w.Tx, f.Unit)
	if err != nil {
		return out, err
	}
	world, err := a.world(ctx, w.Tx, u.No, w.Today, w.Today)
	if err != nil {
		return out, err
	}
	p := FilePage{File: f, Unit: u, Over: world.Over, Counts: world.Counts, Sets: world.Sets, Calendar: world.Calendar, Today: w.Today,
		Next: f.Next(world), Papers: f.PapersOn(world), Deadlines: f.Deadlines(world)}
	out.Status, out.Body, err = try.Answer(Recorded{Page: p, Findings: findings, Written: true})
	if err != nil || try.Key == "" {
		return out, err
	}
	return out, a.keepAnswer(ctx, w.Tx, w.who, try, out)
}

// keepAnswer stores an answer, and lets go of those that are kept no longer.
func (a *App) keepAnswer(ctx context.Context, tx *store.Tx, who Actor, try Attempt, out Answered) error {
	now := a.now()
	if err := tx.DropAnswers(ctx, now); err != nil {
		return err
	}
	return tx.KeepAnswer(ctx, store.Answer{Account: who.ID, Key: try.Key, Request: try.Request, Status: out.Status, Body: out.Body, Created: now})
}

// refuse answers that rules said no. Nothing was written with which the answer could be
// kept: it gets a transaction of its own, and gives way to one that came before.
func (a *App) refuse(ctx context.Context, who Actor, try Attempt, findings []rule.Finding) (out Answered, err error) {
	if out.Status, out.Body, err = try.Answer(Recorded{Findings: findings}); err != nil || try.Key == "" {
		return out, err
	}
	refused := out
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if out, err = replay(ctx, &writing{Tx: tx, At: a.now(), who: who}, try); err != nil {
			return err
		}
		out = refused
		return a.keepAnswer(ctx, tx, who, try, out)
	})
	return answered(out, err)
}
