// Package job is work that is done apart from requests: asked for in the transaction
// that causes it, done by a server, tried again when it fails, and kept in sight when
// it is dead. It is for packages store and cmd. It hides River, whose tables lie beside
// ours, and knows no kind of work itself. What a job carries holds no name of a person.
package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"ketnap/date"
	"ketnap/internal/sqldb"
)

// A Job is work that is asked for.
type Job struct {
	Kind string // names its worker
	Args any    // is handed to the worker as JSON
	Once Once
}

// Once says which earlier job of the same kind and arguments makes this one needless.
type Once int

// The choices.
const (
	Always       Once = iota // none
	WhileWaiting             // one that waits or runs
	WhileKept                // one that waits or runs, or was done within a day
)

// An Entry is a job as it stands in the queue.
type Entry struct {
	ID      int64
	Kind    string
	Args    []byte // as JSON
	State   State
	Attempt int
	Most    int // attempts after which it is dead
	Made    date.Instant
	Next    date.Instant // when it is tried, or was
	Error   string       // of the last attempt
}

// A State is where a job stands.
type State string

// States of a job.
const (
	Waiting State = "waiting"
	Running State = "running"
	Failing State = "failing" // failed, to be tried again
	Dead    State = "dead"    // given up; it stays until somebody looks at it
	Done    State = "done"
)

var stateOf = map[rivertype.JobState]State{
	rivertype.JobStateAvailable: Waiting, rivertype.JobStatePending: Waiting, rivertype.JobStateScheduled: Waiting,
	rivertype.JobStateRunning: Running, rivertype.JobStateRetryable: Failing,
	rivertype.JobStateCompleted: Done, rivertype.JobStateDiscarded: Dead, rivertype.JobStateCancelled: Dead,
}

// riverStates are the states of the queue in which a job is seen as s.
func riverStates(s State) []rivertype.JobState {
	var out []rivertype.JobState
	for _, r := range rivertype.JobStates() {
		if stateOf[r] == s {
			out = append(out, r)
		}
	}
	return out
}

// A Queue takes jobs in and shows them. It runs none, opens no connection, and may be
// used by any number of goroutines.
type Queue struct {
	db     *sqldb.DB
	client *river.Client[*sql.Tx]
}

// New returns the queue of a database whose tables Migrate has made.
func New(db *sqldb.DB) (*Queue, error) {
	c, err := river.NewClient(driverOf(db, nil), &river.Config{Logger: slog.New(slog.DiscardHandler), MaxAttempts: maxAttempts})
	if err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	return &Queue{db: db, client: c}, nil
}

// maxAttempts lets a job fail for about two hours before it is dead: River waits the
// fourth power of the attempt in seconds.
const maxAttempts = 8

func driverOf(db *sqldb.DB, h *sql.DB) riverdriver.Driver[*sql.Tx] {
	if db.OnPostgres() {
		return riverdatabasesql.New(h)
	}
	return riversqlite.New(h)
}

// Insert asks for a job within a transaction: there is a job when and only when the
// transaction is committed. A needless one (Job.Once) is passed over.
func (q *Queue) Insert(ctx context.Context, tx *sqldb.Tx, j Job) error {
	a, err := argsOf(j)
	if err != nil {
		return err
	}
	err = tx.Join(ctx, func(in *sql.Tx) error {
		_, err := q.client.InsertTx(ctx, in, a, j.options())
		return err
	})
	if err != nil {
		return fmt.Errorf("ask for job %s: %w", j.Kind, err)
	}
	return nil
}

func (j Job) options() *river.InsertOpts {
	o := &river.InsertOpts{}
	switch j.Once {
	case Always:
	case WhileWaiting:
		o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: append(append(riverStates(Waiting), riverStates(Running)...), riverStates(Failing)...)}
	case WhileKept:
		o.UniqueOpts = river.UniqueOpts{ByArgs: true}
	}
	return o
}

// args are the arguments of any kind of job.
type args struct {
	kind string
	raw  json.RawMessage
}

func argsOf(j Job) (args, error) {
	if j.Args == nil {
		return args{j.Kind, json.RawMessage(`{}`)}, nil
	}
	b, err := json.Marshal(j.Args)
	if err != nil {
		return args{}, fmt.Errorf("arguments of job %s: %w", j.Kind, err)
	}
	return args{j.Kind, b}, nil
}

// Kind names the worker.
func (a args) Kind() string { return a.kind }

// MarshalJSON writes the arguments as they were given.
func (a args) MarshalJSON() ([]byte, error) { return a.raw, nil }

// UnmarshalJSON keeps the arguments for the worker to read.
func (a *args) UnmarshalJSON(b []byte) error {
	a.raw = append(a.raw[:0], b...)
	return nil
}

// List returns jobs in a state, at most limit of them, those first that came to it first.
func (q *Queue) List(ctx context.Context, tx *sqldb.Tx, s State, limit int) (out []Entry, err error) {
	p := river.NewJobListParams().States(riverStates(s)...).First(limit)
	err = tx.Join(ctx, func(in *sql.Tx) error {
		found, err := q.client.JobListTx(ctx, in, p)
		if err != nil {
			return err
		}
		for _, r := range found.Jobs {
			out = append(out, entry(r))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	return out, nil
}

func entry(r *rivertype.JobRow) Entry {
	e := Entry{ID: r.ID, Kind: r.Kind, Args: r.EncodedArgs, State: stateOf[r.State], Attempt: r.Attempt, Most: r.MaxAttempts,
		Made: date.At(r.CreatedAt), Next: date.At(r.ScheduledAt)}
	if r.AttemptedAt != nil {
		e.Next = date.At(*r.AttemptedAt)
	}
	if n := len(r.Errors); n > 0 {
		e.Error = r.Errors[n-1].Error
	}
	return e
}

// ErrNone is returned where there is no such job, or it runs just now.
var ErrNone = errors.New("no such job")

// Retry has a dead or failing job tried again, soon.
func (q *Queue) Retry(ctx context.Context, tx *sqldb.Tx, id int64) error {
	return q.change(ctx, tx, id, func(in *sql.Tx) (*rivertype.JobRow, error) { return q.client.JobRetryTx(ctx, in, id) })
}

// Drop takes a job out of the queue.
func (q *Queue) Drop(ctx context.Context, tx *sqldb.Tx, id int64) error {
	return q.change(ctx, tx, id, func(in *sql.Tx) (*rivertype.JobRow, error) { return q.client.JobDeleteTx(ctx, in, id) })
}

func (q *Queue) change(ctx context.Context, tx *sqldb.Tx, id int64, do func(*sql.Tx) (*rivertype.JobRow, error)) error {
	err := tx.Join(ctx, func(in *sql.Tx) error {
		_, err := do(in)
		return err
	})
	if errors.Is(err, rivertype.ErrNotFound) || errors.Is(err, rivertype.ErrJobRunning) {
		return ErrNone
	}
	if err != nil {
		return fmt.Errorf("job %d: %w", id, err)
	}
	return nil
}

// A Worker does the jobs of one kind. It may be called again for a job that was half
// done: what it does must be right when it is done twice.
type Worker func(ctx context.Context, args []byte) error

// A Daily asks for a job every day at a time of a zone.
type Daily struct {
	Hour, Minute int
	Zone         *time.Location
	OnStart      bool       // also when a server starts
	Job          func() Job // makes it anew each time; it must not block
}

// Next returns the next time of day after now.
func (d Daily) Next(now time.Time) time.Time {
	now = now.In(d.Zone)
	at := time.Date(now.Year(), now.Month(), now.Day(), d.Hour, d.Minute, 0, 0, d.Zone)
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}
