// Package store holds every SQL statement, a file per noun, in one text for SQLite and
// PostgreSQL. It is for package app, which decides who may call what. It knows no rule
// of admission and no clock: days and moments are handed in.
package store

import (
	"context"
	"embed"
	"errors"
	"io/fs"

	"ketnap/errs"
	"ketnap/internal/job"
	"ketnap/internal/sqldb"
)

// Realm says where the rows of candidates are placed. An installation of one province
// has one realm.
const Realm = 1

//go:embed migrations/*.sql
var migrationFiles embed.FS

// A Store is the database with the schema of this release.
type Store struct {
	db   *sqldb.DB
	jobs *job.Queue
}

// A Tx is one transaction on the store; it ends with the function that it was given to.
type Tx struct {
	*sqldb.Tx
	jobs *job.Queue
}

func migrations() (fs.FS, error) { return fs.Sub(migrationFiles, "migrations") }

// Open opens the database and brings its schema up to this release. It fails with
// errs.Conflict where a later release has worked on it.
func Open(ctx context.Context, c sqldb.Config) (*Store, error) {
	m, err := migrations()
	if err != nil {
		return nil, err
	}
	db, err := sqldb.Open(ctx, c)
	if err != nil {
		return nil, errs.E(errs.Unavailable, "store.unavailable").Because(err)
	}
	if err := db.Migrate(ctx, m); err != nil {
		if errors.Is(err, sqldb.ErrNewer) {
			err = errs.E(errs.Conflict, "store.newer").Because(err)
		}
		return nil, errors.Join(err, db.Close())
	}
	jobs, err := openJobs(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db: db, jobs: jobs}, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Write runs fn in one transaction. fn may run more than once: the engine can ask for it
// to be done again, so it must have no effect but through its Tx.
func (s *Store) Write(ctx context.Context, fn func(*Tx) error) error {
	return s.busy(s.db.Write(ctx, func(q *sqldb.Tx) error { return fn(&Tx{q, s.jobs}) }))
}

// Read runs fn in one read transaction, in which all statements see one state.
func (s *Store) Read(ctx context.Context, fn func(*Tx) error) error {
	return s.busy(s.db.Read(ctx, func(q *sqldb.Tx) error { return fn(&Tx{q, s.jobs}) }))
}

// busy tells the caller to come back where the engine had no room, after all attempts.
func (s *Store) busy(err error) error {
	if err == nil {
		return nil
	}
	if k := s.db.Kind(err); k == sqldb.Busy || k == sqldb.Serialization {
		return errs.E(errs.Unavailable, "store.busy").Because(err)
	}
	return err
}
