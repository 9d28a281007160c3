package store

import (
	"context"
	"errors"
	"strconv"

	"ketnap/access"
	"ketnap/errs"
	"ketnap/internal/job"
	"ketnap/internal/sqldb"
)

// openJobs brings the tables of the job queue up to date beside our own.
func openJobs(ctx context.Context, db *sqldb.DB) (*job.Queue, error) {
	if err := job.Migrate(ctx, db); err != nil {
		return nil, errs.E(errs.Unavailable, "store.unavailable").Because(err)
	}
	return job.New(db)
}

// StartJobs begins to do jobs; the caller stops the runner.
func (s *Store) StartJobs(ctx context.Context, o job.Options) (*job.Runner, error) {
	return s.jobs.Start(ctx, o)
}

// Enqueue asks for a job: it is done when and only when the transaction is committed.
func (t *Tx) Enqueue(ctx context.Context, j job.Job) error { return t.jobs.Insert(ctx, t.Tx, j) }

// Jobs lists jobs in a state, at most limit of them.
func (t *Tx) Jobs(ctx context.Context, s job.State, limit int) ([]job.Entry, error) {
	return t.jobs.List(ctx, t.Tx, s, limit)
}

// RetryJob has a failing or dead job tried again. It fails with NotFound.
func (t *Tx) RetryJob(ctx context.Context, p access.Permit, id int64) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	return orNoJob(t.jobs.Retry(ctx, t.Tx, id))
}

// DropJob takes a job out of the queue. It fails with NotFound.
func (t *Tx) DropJob(ctx context.Context, p access.Permit, id int64) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	return orNoJob(t.jobs.Drop(ctx, t.Tx, id))
}

func orNoJob(err error) error {
	if errors.Is(err, job.ErrNone) {
		return errs.E(errs.NotFound, "job.none").Because(err)
	}
	return err
}

// checkJobs finds the jobs that were given up.
func (t *Tx) checkJobs(ctx context.Context) ([]Finding, error) {
	dead, err := t.Jobs(ctx, job.Dead, findingsPerCheck)
	var found []Finding
	for _, e := range dead {
		found = append(found, Finding{Check: "job", Object: e.Kind + " #" + strconv.FormatInt(e.ID, 10), Have: strconv.Itoa(e.Attempt)})
	}
	return found, err
}
