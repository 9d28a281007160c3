// Package sqldb runs one SQL text on two engines: SQLite, which lies in a file beside
// the program, and PostgreSQL. It is for package store alone. It knows no table of the
// application, translates no statement and decides nothing; what differs between the
// engines is named in Dialect.
package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// A Config names the database: a file of SQLite, or the address of a PostgreSQL.
type Config struct {
	Path     string // of the SQLite file; it and its folder are made when absent
	URL      string // postgres://…; rules over Path
	ReadOnly bool   // of a SQLite file that must stay as it is, such as a backup
	Readers  int    // connections that read at once; 0 for a number that fits the machine
	Writers  int    // connections that write at once, PostgreSQL only; 0 for the same
}

// A DB is an open database. It may be used by any number of goroutines.
type DB struct {
	dialect Dialect
	config  Config
	writer  *pool
	reader  *pool
}

// ErrNoRows is what Scan returns when a statement found no row.
var ErrNoRows = sql.ErrNoRows

// ErrReadOnly refuses a write to a database that was opened to be read.
var ErrReadOnly = errors.New("the database was opened to be read only")

// Attempts of one write, and the longest wait between two of them.
const (
	maxAttempts = 12
	maxWait     = 200 * time.Millisecond
)

// Open opens the database and makes sure that it answers. It changes no schema.
func Open(ctx context.Context, c Config) (*DB, error) {
	var (
		db  *DB
		err error
	)
	switch {
	case c.URL != "":
		db, err = openPostgres(c)
	case c.Path != "":
		db, err = openSQLite(c)
	default:
		err = errors.New("neither a file nor an address of a database is given")
	}
	if err != nil {
		return nil, err
	}
	if err := db.Read(ctx, func(*Tx) error { return nil }); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", err), db.Close())
	}
	return db, nil
}

// Close closes all connections; transactions that run end first.
func (db *DB) Close() error { return errors.Join(db.writer.close(), db.reader.close()) }

// Dialect returns what is particular to the engine of db.
func (db *DB) Dialect() Dialect { return db.dialect }

// Path returns the file of a SQLite database, and "" for PostgreSQL.
func (db *DB) Path() string {
	if db.config.URL != "" {
		return ""
	}
	return db.config.Path
}

// Write runs fn in one transaction and commits it when fn returns nil. Where the engine
// asks for the transaction to be done again, fn runs again, a bounded number of times
// and not after the end of ctx: it must have no effect but through its Tx.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if db.config.ReadOnly {
		return ErrReadOnly
	}
	for attempt := 1; ; attempt++ {
		err := db.run(ctx, db.writer, db.dialect.Begin.Write, fn)
		if db.Kind(err) != Serialization || attempt == maxAttempts {
			return err
		}
		if waitErr := wait(ctx, attempt); waitErr != nil {
			return errors.Join(err, waitErr)
		}
	}
}

// Read runs fn in one read transaction: all its statements see one state of the data.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return db.run(ctx, db.reader, db.dialect.Begin.Read, fn)
}

// Kind returns the class of a failure, however deep it is wrapped.
func (db *DB) Kind(err error) ErrKind { return db.dialect.Kind(err) }

// wait pauses before the next attempt, longer each time and never the same for two
// transactions that hindered each other.
func wait(ctx context.Context, attempt int) error {
	longest := min(maxWait, time.Millisecond<<attempt)
	timer := time.NewTimer(time.Duration(rand.Int64N(int64(longest)))) //nolint:gosec // G404: jitter, not a secret
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (db *DB) run(ctx context.Context, p *pool, begin string, fn func(*Tx) error) error {
	c, err := p.begin(ctx, begin)
	if err != nil {
		return err
	}
	tx := &Tx{conn: c, dialect: &db.dialect}
	done := false
	defer func() {
		tx.conn = nil // a Tx that outlives its transaction must not reach the connection
		if !done {
			p.abort(ctx, c)
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if err := c.exec(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	done = true
	p.put(c)
	return nil
}
