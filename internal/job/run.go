package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/riverqueue/river"
)

// Options are what workers need to run.
type Options struct {
	Log     *slog.Logger
	Workers map[string]Worker // by kind
	Daily   []Daily
	Timeout time.Duration // of one job; 0 for ten minutes
	Rescue  time.Duration // after which a job whose server died is tried again; 0 for twice the timeout
	Poll    time.Duration // between two looks for jobs; 0 for a second
}

const (
	usualTimeout = 10 * time.Minute
	usualPoll    = time.Second
	// How long a stop waits for jobs that run before it asks them to end.
	drain = 10 * time.Second
	// Dead jobs stay until somebody drops them; this is for a place where nobody ever looks.
	keepDead = 365 * 24 * time.Hour
	keepDone = 26 * time.Hour // a day, and the time until the next morning's job
)

// Connections of the workers to a PostgreSQL, and jobs that run at once on either engine.
const (
	connections = 4
	workers     = 2
)

// A Runner does jobs until it is stopped.
type Runner struct {
	client *river.Client[*sql.Tx]
	handle *sql.DB
}

// Start begins to do jobs, on connections of its own. Any number of servers may do so on
// one database. The end of ctx does not stop it; Stop does.
func (q *Queue) Start(ctx context.Context, o Options) (*Runner, error) {
	h, err := q.db.Handle(connections)
	if err != nil {
		return nil, err
	}
	c, err := q.runner(h, o)
	if err == nil {
		err = c.Start(context.WithoutCancel(ctx))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start jobs: %w", err), h.Close())
	}
	return &Runner{client: c, handle: h}, nil
}

func (q *Queue) runner(h *sql.DB, o Options) (*river.Client[*sql.Tx], error) {
	w := river.NewWorkers()
	for _, kind := range slices.Sorted(maps.Keys(o.Workers)) {
		river.AddWorkerArgs(w, args{kind: kind}, river.WorkFunc(func(ctx context.Context, j *river.Job[args]) error {
			return o.Workers[kind](ctx, j.Args.raw)
		}))
	}
	timeout := o.Timeout
	if timeout == 0 {
		timeout = usualTimeout
	}
	rescue, poll := o.Rescue, o.Poll
	if rescue == 0 {
		rescue = 2 * timeout
	}
	if poll == 0 {
		poll = usualPoll
	}
	return river.NewClient(driverOf(q.db, h), &river.Config{
		Logger: slog.New(warnings{o.Log.Handler()}), Workers: w, MaxAttempts: maxAttempts,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		PeriodicJobs:                periodic(o.Daily),
		JobTimeout:                  timeout,
		RescueStuckJobsAfter:        rescue,
		FetchPollInterval:           poll,
		PollOnly:                    true, // SQLite would else look for notices twenty times a second
		SoftStopTimeout:             drain,
		DiscardedJobRetentionPeriod: keepDead,
		CancelledJobRetentionPeriod: keepDead,
		CompletedJobRetentionPeriod: keepDone,
		ReindexerSchedule:           river.NeverSchedule(), // an administrator's business, on PostgreSQL
	})
}

func periodic(all []Daily) []*river.PeriodicJob {
	out := make([]*river.PeriodicJob, len(all))
	for i, d := range all {
		out[i] = river.NewPeriodicJob(d, func() (river.JobArgs, *river.InsertOpts) {
			j := d.Job()
			a, err := argsOf(j)
			if err != nil { // what cannot be written as JSON is asked for without arguments
				a = args{j.Kind, []byte(`{}`)}
			}
			return a, j.options()
		}, &river.PeriodicJobOpts{RunOnStart: d.OnStart})
	}
	return out
}

// Stop takes no more jobs, lets those that run end, asks them to after a while, and
// closes the connections. What did not end in time is done again later.
func (r *Runner) Stop(ctx context.Context) error {
	err := r.client.Stop(ctx)
	if err != nil {
		err = errors.Join(err, r.client.StopAndCancel(ctx))
	}
	return errors.Join(err, r.handle.Close())
}

// warnings lets through what somebody should look at; River tells of every start besides.
type warnings struct{ slog.Handler }

// Enabled reports whether a level is let through.
func (w warnings) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && w.Handler.Enabled(ctx, l)
}
