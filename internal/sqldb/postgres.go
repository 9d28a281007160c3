package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"time"

	"ketnap/date"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// Codes of PostgreSQL's appendix A.
const (
	pgUniqueViolation     = "23505"
	pgForeignKeyViolation = "23503"
	pgSerialization       = "40001"
	pgDeadlock            = "40P01"
	pgTooManyConnections  = "53300"
	pgStarting            = "57P03"
)

// Writers read the latest committed rows. Counters and heads of audit chains are shared
// by writers, and to wait for a row is cheaper than to do the whole act again; what must
// not be lost carries a version that the statement compares. Readers see one snapshot.
func postgresDialect() Dialect {
	return Dialect{
		Begin: BeginMode{
			Write: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
			Read:  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		},
		Kind:    postgresKind,
		Slots:   16,
		archive: postgresArchive{},
	}
}

func openPostgres(c Config) (*DB, error) {
	readers, writers := c.Readers, c.Writers
	if readers == 0 {
		readers = max(8, 4*runtime.GOMAXPROCS(0))
	}
	if writers == 0 {
		writers = max(8, 4*runtime.GOMAXPROCS(0))
	}
	w, err := postgresHandle(c.URL)
	if err != nil {
		return nil, err
	}
	r, err := postgresHandle(c.URL)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return &DB{dialect: postgresDialect(), config: c, writer: newPool(w, writers), reader: newPool(r, readers)}, nil
}

// postgresHandle hides the address from the error: it may hold a password.
func postgresHandle(address string) (*sql.DB, error) {
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errors.New("the address of the PostgreSQL database cannot be read")
	}
	return stdlib.OpenDB(*cfg), nil
}

func postgresKind(err error) ErrKind {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return Other
	}
	switch e.Code {
	case pgUniqueViolation:
		return Unique
	case pgForeignKeyViolation:
		return ForeignKey
	case pgSerialization, pgDeadlock:
		return Serialization
	case pgTooManyConnections, pgStarting:
		return Busy
	}
	return Other
}

type postgresArchive struct{}

// snapshot copies every table, in one snapshot, into a SQLite file of the same schema,
// so that a backup of one engine can be restored on the other.
func (postgresArchive) snapshot(ctx context.Context, db *DB, path string, plan Plan) (err error) {
	dst, err := Open(ctx, Config{Path: path})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dst.Close()) }()
	if err := dst.Migrate(ctx, plan.Migrations); err != nil {
		return err
	}
	if err := db.Read(ctx, func(src *Tx) error {
		return dst.Write(ctx, func(tx *Tx) error {
			tables, err := tables(ctx, tx)
			if err != nil {
				return err
			}
			return copyTables(ctx, src, tx, without(tables, plan.Skip))
		})
	}); err != nil {
		return err
	}
	return dst.leaveWAL(ctx)
}

// load uses COPY, whose references are tested when the last row is in.
func (postgresArchive) load(ctx context.Context, tx *Tx, t Table, rows rowSeq) error {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return tx.conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("not a connection to PostgreSQL: %T", driver)
		}
		_, err := c.Conn().CopyFrom(ctx, pgx.Identifier{t.Name}, names, newCopySource(rows))
		return err
	})
}

// forCopy gives COPY what it can encode: our dates are texts elsewhere.
func forCopy(v any) any {
	switch v := v.(type) {
	case date.Date:
		if v.IsZero() {
			return nil
		}
		return time.Date(v.Year(), time.Month(v.Month()), v.Day(), 0, 0, 0, 0, time.UTC)
	case date.Instant:
		if v.IsZero() {
			return nil
		}
		return v.Time()
	}
	return v
}
