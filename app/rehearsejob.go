package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"ketnap/errs"
	"ketnap/internal/job"
	"ketnap/store"
)

// A rehearseArgs says which rehearsal a job takes on. Where it has come to stands in the
// store; Part tells the jobs of one rehearsal apart.
type rehearseArgs struct {
	Change string `json:"change"`
	Run    string `json:"run"`
	Part   int    `json:"part"`
}

// portionsOfJob is how many portions one job takes before it lets others have their turn.
const portionsOfJob = 5

// beginRehearsal puts the rehearsal of a draft at its start and asks for its job, unless
// the files are few: those are looked at when somebody asks.
func (a *App) beginRehearsal(ctx context.Context, w *writing, id string, book *RuleBook) error {
	all, err := a.everyFile(ctx, w.Tx, w.Today)
	if err != nil {
		return err
	}
	open, err := w.CountOpenFiles(ctx, all)
	if err != nil || open <= a.atOnce {
		return err
	}
	run := newID()
	err = w.Tx.BeginRehearsal(ctx, w.Permit, store.Rehearsal{Change: id, Run: run, On: w.Today, Book: book.version, Total: open, Begun: w.At})
	if err != nil {
		return err
	}
	return w.Enqueue(ctx, job.Job{Kind: jobRehearse, Args: rehearseArgs{Change: id, Run: run}, Once: job.WhileWaiting})
}

// RehearseAgain begins the rehearsal of a draft anew. It fails with Stale where the change
// is no draft any more.
func (a *App) RehearseAgain(ctx context.Context, who Actor, id string) error {
	return a.write(ctx, who, a.ruleOrder(ctx, who), func(w *writing) (record, error) {
		c, err := w.Tx.RuleChange(ctx, id)
		if err != nil {
			return record{}, err
		}
		if c.State != store.RuleDraft {
			return record{}, errs.E(errs.Stale, "rule.stale")
		}
		book, err := a.rules(ctx, w.Tx)
		if err != nil {
			return record{}, err
		}
		return record{object: "rule/" + id, after: "rehearsed again", rules: ruleNamed(c)}, a.beginRehearsal(ctx, w, id, book)
	})
}

// rehearsed reports whether all open files were looked at under a draft, or are so few
// that its page has just done it.
func (a *App) rehearsed(ctx context.Context, w *writing, id string) (bool, error) {
	all, err := a.everyFile(ctx, w.Tx, w.Today)
	if err != nil {
		return false, err
	}
	open, err := w.CountOpenFiles(ctx, all)
	if err != nil || open <= a.atOnce {
		return err == nil, err
	}
	kept, found, err := w.Tx.Rehearsal(ctx, id)
	return found && kept.Done, err
}

// rehearseStep takes some portions of a rehearsal and asks for the next job. A server that
// dies between two portions leaves the rest to the job tried again.
func (a *App) rehearseStep(ctx context.Context, raw []byte) error {
	var args rehearseArgs
	if err := json.Unmarshal(raw, &args); err != nil {
		return fmt.Errorf("rehearse: %w", err)
	}
	for range portionsOfJob {
		if done, err := a.RehearsePortion(ctx, System("job"), args.Change, args.Run); err != nil || done {
			return err
		}
	}
	args.Part++
	return a.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Enqueue(ctx, job.Job{Kind: jobRehearse, Args: args, Once: job.WhileWaiting})
	})
}

// RehearsePortion looks at the next portion of open files under a draft and adds it to
// what is counted; run is the rehearsal that it belongs to, "" for whichever there is. It
// reports whether nothing is left to do. Files are read and compared outside the writing
// transaction, which is short.
func (a *App) RehearsePortion(ctx context.Context, who Actor, id, run string) (done bool, err error) {
	var (
		kept, anew store.Rehearsal
		step       store.RehearsalStep
	)
	err = a.read(ctx, who, ruleReader, func(r *reading) error {
		c, err := r.Tx.RuleChange(ctx, id)
		if err != nil {
			return err
		}
		var found bool
		if kept, found, err = r.Tx.Rehearsal(ctx, id); err != nil {
			return err
		}
		if done = !found || kept.Done || c.State != store.RuleDraft || run != "" && kept.Run != run; done {
			return nil
		}
		book, err := a.rules(ctx, r.Tx)
		if err != nil {
			return err
		}
		if book.version != kept.Book { // counts under two books would not add up
			anew = store.Rehearsal{Change: id, Run: kept.Run, On: r.Today, Book: book.version, Total: kept.Total, Begun: kept.Begun}
			return nil
		}
		all, err := a.everyFile(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		h, err := newRehearser(book, c, kept.On)
		if err == nil {
			step, err = h.portion(ctx, r.Tx, all, kept.Cursor, kept.Kept, a.atOnce)
		}
		return err
	})
	if err != nil || done {
		return done, err
	}
	err = a.write(ctx, who, a.ruleOrder(ctx, who), func(w *writing) (record, error) {
		if anew.Change != "" {
			return record{object: "rule/" + id, after: "rehearsed again"}, w.Tx.BeginRehearsal(ctx, w.Permit, anew)
		}
		return record{object: "rule/" + id, after: map[string]any{"rehearsed": step.Files, "cursor": int(step.Next), "done": step.Done}},
			w.StepRehearsal(ctx, w.Permit, kept, step, w.At)
	})
	if errors.Is(err, store.ErrRehearsed) { // another worker took this step: go on behind it
		return false, nil
	}
	return step.Done, err
}
