package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"

	"ketnap/access"
	"ketnap/errs"
	"ketnap/internal/job"
	"ketnap/store"
)

// Kinds of jobs.
const (
	jobRemind     = "remind"     // the reminders of the day
	jobCheckpoint = "checkpoint" // of the record of acts
	jobRedraw     = "redraw"     // days of open files, after rules or calendar changed
	jobRehearse   = "rehearse"   // what a draft would do to open files
	jobPace       = "pace"       // how long files usually take, for the forecast
)

// When the daily jobs run, in Vietnam: the checkpoint when nobody works, the reminders
// before the offices open.
const (
	checkpointMinute = 30 // past midnight
	remindHour       = 5
	paceHour         = 2 // the forecasts of the day rest on it
)

// StartJobs begins to do jobs. The caller stops the runner; a command that only reads or
// writes the store starts none.
func (a *App) StartJobs(ctx context.Context, log *slog.Logger) (*job.Runner, error) {
	run, err := a.store.StartJobs(ctx, job.Options{
		Log: log,
		Workers: map[string]job.Worker{
			jobRemind: func(ctx context.Context, _ []byte) error {
				n, err := a.Remind(ctx)
				debug.FreeOSMemory() // what it read of all files is not needed until tomorrow
				if err == nil {
					log.Info("reminders made", "files", n.Files, "reminders", n.Offered, "closed", n.Closed)
				}
				return err
			},
			jobCheckpoint: func(ctx context.Context, _ []byte) error {
				hash, err := a.Checkpoint(ctx)
				if err == nil {
					log.Info("checkpoint", "hash", hash) // kept outside the store, it proves the tail
				}
				return err
			},
			jobRedraw:   a.redrawStep,
			jobRehearse: a.rehearseStep,
			jobPrint:    a.printStep,
			jobPace: func(ctx context.Context, _ []byte) error {
				n, err := a.DrawPaces(ctx, System("job"))
				debug.FreeOSMemory() // as for the reminders
				if err == nil {
					log.Info("paces drawn", "units", n)
				}
				return err
			},
		},
		Daily: []job.Daily{
			{Hour: paceHour, Zone: a.zone, OnStart: true, Job: func() job.Job { return job.Job{Kind: jobPace, Once: job.WhileWaiting} }},
			// Reminders are made at the start, too: what happened while nobody served.
			{Hour: remindHour, Zone: a.zone, OnStart: true, Job: func() job.Job { return job.Job{Kind: jobRemind, Once: job.WhileWaiting} }},
			{Minute: checkpointMinute, Zone: a.zone, Job: func() job.Job {
				return job.Job{Kind: jobCheckpoint, Args: map[string]string{"day": a.realDay().String()}, Once: job.WhileKept}
			}},
		},
	})
	if err == nil {
		a.working.Store(true)
	}
	return run, err
}

// DoesJobs reports whether jobs are done in this process: what asks for one need not wait.
func (a *App) DoesJobs() bool { return a.working.Load() }

// A redrawArgs says which change a redraw is for, and how far it has come.
type redrawArgs struct {
	Because string `json:"because"`
	Cursor  string `json:"cursor"`
	Files   int    `json:"files"`   // looked at
	Changed int    `json:"changed"` // of which days were written anew
}

// redrawJob asks for a redraw from the start.
func redrawJob(because string) job.Job {
	return job.Job{Kind: jobRedraw, Args: redrawArgs{Because: because}, Once: job.WhileWaiting}
}

// redrawStep takes one step of a redraw and asks for the next. A server that dies between
// the two leaves the step to be taken again, which changes nothing more.
func (a *App) redrawStep(ctx context.Context, raw []byte) error {
	var args redrawArgs
	if err := json.Unmarshal(raw, &args); err != nil {
		return fmt.Errorf("redraw: %w", err)
	}
	step, err := a.Redraw(ctx, System("job"), args.Because, args.Cursor)
	if err != nil {
		return err
	}
	next := job.Job{Kind: jobRemind, Once: job.WhileWaiting} // days have moved
	if !step.Done {
		next = job.Job{Kind: jobRedraw, Once: job.WhileWaiting, Args: redrawArgs{Because: args.Because, Cursor: step.Cursor,
			Files: args.Files + step.Files, Changed: args.Changed + step.Changed}}
	}
	return a.store.Write(ctx, func(tx *store.Tx) error { return tx.Enqueue(ctx, next) })
}

// A JobLine is a job as its page shows it.
type JobLine struct {
	job.Entry
	Because string // of a redraw: the document of the change
	Files   int    // that a redraw has looked at
	Redraw  bool
}

// A JobPage is what runs apart from requests: the dead first, then what fails, runs and
// waits, and what was done last.
type JobPage struct {
	Dead, Failing, Running, Waiting, Done []JobLine
}

// maxJobs is how many jobs of a state the page shows.
const maxJobs = 100

// Jobs shows the jobs to who manages the installation.
func (a *App) Jobs(ctx context.Context, who Actor) (p JobPage, err error) {
	err = a.read(ctx, who, access.ManageSetting, func(r *reading) error {
		known := map[string]string{"": ""}
		for _, l := range []struct {
			state job.State
			into  *[]JobLine
		}{{job.Dead, &p.Dead}, {job.Failing, &p.Failing}, {job.Running, &p.Running}, {job.Waiting, &p.Waiting}, {job.Done, &p.Done}} {
			all, err := r.Jobs(ctx, l.state, maxJobs)
			if err != nil {
				return err
			}
			for _, e := range all {
				line := jobLine(e)
				if line.Because, err = r.redrawReason(ctx, known, line.Because); err != nil {
					return err
				}
				*l.into = append(*l.into, line)
			}
		}
		return nil
	})
	return p, err
}

func jobLine(e job.Entry) JobLine {
	l := JobLine{Entry: e}
	var args redrawArgs
	if e.Kind == jobRedraw && json.Unmarshal(e.Args, &args) == nil {
		l.Because, l.Files, l.Redraw = args.Because, args.Files, true
	}
	return l
}

// RetryJob has a dead or failing job tried again.
func (a *App) RetryJob(ctx context.Context, who Actor, id int64) error {
	return a.changeJob(ctx, who, id, "retried", (*store.Tx).RetryJob)
}

// DropJob takes a job out of the queue, which somebody has looked at.
func (a *App) DropJob(ctx context.Context, who Actor, id int64) error {
	return a.changeJob(ctx, who, id, "dropped", (*store.Tx).DropJob)
}

func (a *App) changeJob(ctx context.Context, who Actor, id int64, what string, do func(*store.Tx, context.Context, access.Permit, int64) error) error {
	if id <= 0 {
		return errs.E(errs.NotFound, "job.none")
	}
	return a.write(ctx, who, at(access.ManageSetting, access.ManageSetting, 0), func(w *writing) (record, error) {
		return record{object: fmt.Sprintf("job/%d", id), after: what}, do(w.Tx, ctx, w.Permit, id)
	})
}
