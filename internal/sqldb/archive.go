package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Plan says what a backup needs to know of the application.
type Plan struct {
	Migrations fs.FS    // make the schema of the file
	Skip       []string // tables whose rows stay at home
}

// ErrExists refuses to write over a file.
var ErrExists = errors.New("the file exists")

// Backup writes the state of now into a new file, a SQLite database whatever the engine.
// Others may write meanwhile. The file appears complete or not at all, and never in the
// place of another one.
func (db *DB) Backup(ctx context.Context, path string, plan Plan) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%w: %s", ErrExists, path)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".backup-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	temp := filepath.Join(dir, "backup.db")
	if err := db.dialect.archive.snapshot(ctx, db, temp, plan); err != nil {
		return err
	}
	if err := settle(temp); err != nil {
		return err
	}
	return publish(temp, path)
}

// settle makes the file its owner's alone and waits until it lies on the disk.
func settle(path string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600) //nolint:gosec // G304: our own temporary file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Chmod(0o600); err != nil {
		return err
	}
	return f.Sync()
}

// publish gives the file its name. A link fails where the name is taken; a USB stick
// may know no links, there the name is looked at first.
func publish(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil {
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: %s", ErrExists, path)
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%w: %s", ErrExists, path)
	}
	return os.Rename(temp, path)
}

// leaveWAL puts all rows into the file itself and leaves it in the mode of a backup:
// one file, which can be read from a medium that cannot be written.
func (db *DB) leaveWAL(ctx context.Context) (err error) {
	if err := db.Close(); err != nil {
		return err
	}
	h, err := sql.Open("sqlite", sqliteDSN(db.config, true))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	h.SetMaxOpenConns(1)
	var mode string
	if err := h.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode); err != nil {
		return err
	}
	if mode != "delete" {
		return fmt.Errorf("the backup stays in mode %s", mode)
	}
	return nil
}

// Load copies all rows of src, a SQLite database of the same schema, into the
// transaction. It fails on the first row that the tables do not take.
func (t *Tx) Load(ctx context.Context, src *DB, skip ...string) error {
	return src.Read(ctx, func(from *Tx) error {
		all, err := tables(ctx, from)
		if err != nil {
			return err
		}
		return copyTables(ctx, from, t, without(all, skip))
	})
}

// Integrity returns what SQLite finds wrong with the pages, indexes and references of
// its file, at most 20 lines. PostgreSQL looks after itself: nothing.
func (db *DB) Integrity(ctx context.Context) (problems []string, err error) {
	if db.config.URL != "" {
		return nil, nil
	}
	err = db.Read(ctx, func(tx *Tx) error {
		if err := tx.Query(ctx, "PRAGMA integrity_check(10)", nil, func(r Row) error {
			var line string
			if err := r.Scan(&line); err != nil {
				return err
			}
			if line != "ok" {
				problems = append(problems, line)
			}
			return nil
		}); err != nil {
			return err
		}
		return tx.Query(ctx, `SELECT "table", COUNT(*) FROM pragma_foreign_key_check GROUP BY "table" LIMIT 10`, nil, func(r Row) error {
			var table string
			var n int
			if err := r.Scan(&table, &n); err != nil {
				return err
			}
			problems = append(problems, fmt.Sprintf("%s: %d rows refer to nothing", table, n))
			return nil
		})
	})
	return problems, err
}
