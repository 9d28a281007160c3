package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"ketnap/internal/sqldb"
)

// lockKey is the advisory lock under which servers of one PostgreSQL bring the tables of
// the queue up to date one after the other.
const lockKey = 0x6b65746e6170

// Migrate brings the tables of the queue up to this release. Where they are current it
// costs one short read.
func Migrate(ctx context.Context, db *sqldb.DB) (err error) {
	want, err := latest(driverOf(db, nil))
	if err != nil {
		return err
	}
	// Any failure to read the version is left to the migrations, which meet it again.
	if have, err := version(ctx, db); err == nil && have >= want {
		return nil
	}
	h, err := db.Handle(2)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if db.OnPostgres() {
		err = migratePostgres(ctx, h)
	} else {
		err = migrateSQLite(ctx, h)
	}
	if err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	return nil
}

func latest(d riverdriver.Driver[*sql.Tx]) (int, error) {
	m, err := rivermigrate.New(d, quiet())
	if err != nil {
		return 0, err
	}
	all := m.AllVersions()
	return all[len(all)-1].Version, nil
}

func quiet() *rivermigrate.Config { return &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)} }

func version(ctx context.Context, db *sqldb.DB) (v int, err error) {
	err = db.Read(ctx, func(tx *sqldb.Tx) error {
		return tx.QueryRow(ctx, `SELECT COALESCE(MAX(version), 0) FROM river_migration WHERE line = $1`, riverdriver.MigrationLineMain).Scan(&v)
	})
	return v, err
}

// migratePostgres steps from version to version: a value added to an enumeration may be
// used only after its transaction.
func migratePostgres(ctx context.Context, h *sql.DB) (err error) {
	c, err := h.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }() // the lock goes with the session
	if _, err := c.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, lockKey); err != nil {
		return err
	}
	m, err := rivermigrate.New(riverdatabasesql.New(h), quiet())
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if _, unlockErr := c.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, lockKey); err == nil {
		err = unlockErr
	}
	return err
}

// migrateSQLite takes all steps in one transaction, which holds the file: of two
// processes the second finds nothing left to do.
func migrateSQLite(ctx context.Context, h *sql.DB) error {
	m, err := rivermigrate.New(riversqlite.New(h), quiet())
	if err != nil {
		return err
	}
	tx, err := h.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	//nolint:staticcheck // SA1019: deprecated for PostgreSQL, whose enumerations cannot do it
	if _, err := m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, nil); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
