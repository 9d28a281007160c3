package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

const versionTable = "goose_db_version"

// ErrNewer is wrapped by the refusal to work on a schema that a later release made.
var ErrNewer = errors.New("the database was made by a later release of the program")

// Latest returns the version of the schema that the migrations lead to.
func Latest(migrations fs.FS) (int64, error) {
	entries, err := fs.ReadDir(migrations, ".")
	if err != nil {
		return 0, err
	}
	var latest int64
	for _, e := range entries {
		v, err := goose.NumericComponent(e.Name())
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", e.Name(), err)
		}
		latest = max(latest, v)
	}
	return latest, nil
}

// Version returns the version of the schema. It fails where there is no schema at all.
func (db *DB) Version(ctx context.Context) (v int64, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.QueryRow(ctx, "SELECT MAX(version_id) FROM "+versionTable).Scan(&v)
	})
	return v, err
}

// Migrate brings the schema to the version of the migrations. It fails with ErrNewer
// when the schema is beyond them. A schema that is current costs one short read.
func (db *DB) Migrate(ctx context.Context, migrations fs.FS) (err error) {
	latest, err := Latest(migrations)
	if err != nil {
		return err
	}
	// Any failure to read the version is left to the migrations, which meet it again.
	if v, err := db.Version(ctx); err == nil && v >= latest {
		if v > latest {
			return fmt.Errorf("%w: schema %d, program %d", ErrNewer, v, latest)
		}
		return nil
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect, handle := goose.DialectSQLite3, (*sql.DB)(nil)
	if db.config.URL != "" {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
		if handle, err = postgresHandle(db.config.URL); err != nil {
			return err
		}
	} else if handle, err = sql.Open("sqlite", sqliteDSN(db.config, true)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, handle.Close()) }()
	provider, err := goose.NewProvider(dialect, handle, migrations, options...)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
