package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ketnap/errs"
	"ketnap/internal/sqldb"
)

// keptHome lists the tables whose rows are in no backup: a copy must open no session.
func keptHome() []string { return []string{"session", "login_attempt"} }

// Backup writes the state of now into a new file, while others go on working. It is a
// SQLite database whatever the engine, so that it can be restored on either. It fails
// with Conflict where the file exists.
func (s *Store) Backup(ctx context.Context, path string) error {
	m, err := migrations()
	if err != nil {
		return err
	}
	err = s.db.Backup(ctx, path, sqldb.Plan{Migrations: m, Skip: keptHome()})
	if errors.Is(err, sqldb.ErrExists) {
		return errs.E(errs.Conflict, "backup.exists", "file", path).Because(err)
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// Restore fills an empty store from a backup, all or nothing. It fails with Conflict
// where the store has units, accounts or a record of acts, or the backup comes from a
// later release; with Invalid where the file is no backup or damaged, or its record of
// acts was tampered with. A backup of an earlier release is brought up to this one, in a
// copy.
func (s *Store) Restore(ctx context.Context, path string) (err error) {
	m, err := migrations()
	if err != nil {
		return err
	}
	src, clean, err := openBackup(ctx, path, m)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, clean()) }()
	problems, err := src.Integrity(ctx)
	if err != nil || len(problems) > 0 {
		return errs.E(errs.Invalid, "restore.damaged", "file", path).Because(errors.Join(err, errors.New(strings.Join(problems, "; "))))
	}
	return s.Write(ctx, func(t *Tx) error {
		if err := t.mustBeEmpty(ctx); err != nil {
			return err
		}
		if err := t.Load(ctx, src, keptHome()...); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		_, bad, err := t.VerifyAudit(ctx)
		if err == nil && bad != "" {
			err = errs.E(errs.Invalid, "restore.tampered", "row", bad)
		}
		return err
	})
}

func (t *Tx) mustBeEmpty(ctx context.Context) error {
	for _, table := range []string{"unit", "account", "audit", "audit_head", "setting"} {
		var n int
		if err := t.QueryRow(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM "+table+" LIMIT 1) one").Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return errs.E(errs.Conflict, "restore.not_empty")
		}
	}
	return nil
}

// openBackup opens a backup to be read, with the schema that the migrations m lead to.
// clean closes it and removes the copy that was made of it, if one was.
func openBackup(ctx context.Context, path string, m fs.FS) (src *sqldb.DB, clean func() error, err error) {
	latest, err := sqldb.Latest(m)
	if err != nil {
		return nil, nil, err
	}
	src, err = sqldb.Open(ctx, sqldb.Config{Path: path, ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, errs.E(errs.NotFound, "restore.no_file", "file", path).Because(err)
	}
	if err != nil {
		return nil, nil, errs.E(errs.Invalid, "restore.damaged", "file", path).Because(err)
	}
	version, err := src.Version(ctx)
	switch {
	case err != nil:
		return nil, nil, errors.Join(errs.E(errs.Invalid, "restore.damaged", "file", path).Because(err), src.Close())
	case version > latest:
		return nil, nil, errors.Join(errs.E(errs.Conflict, "store.newer"), src.Close())
	case version == latest:
		return src, src.Close, nil
	}
	if err := src.Close(); err != nil {
		return nil, nil, err
	}
	return upgradedCopy(ctx, path, m)
}

func upgradedCopy(ctx context.Context, path string, m fs.FS) (_ *sqldb.DB, clean func() error, err error) {
	dir, err := os.MkdirTemp("", "ketnap-restore-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() error { return os.RemoveAll(dir) }
	defer func() {
		if err != nil {
			err = errors.Join(err, remove())
		}
	}()
	temp := filepath.Join(dir, "backup.db")
	if err := copyFile(path, temp); err != nil {
		return nil, nil, err
	}
	db, err := sqldb.Open(ctx, sqldb.Config{Path: temp})
	if err != nil {
		return nil, nil, err
	}
	if err := db.Migrate(ctx, m); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, func() error { return errors.Join(db.Close(), remove()) }, nil
}

func copyFile(from, to string) (err error) {
	r, err := os.Open(from) //nolint:gosec // G304: the path comes from the command line
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // G304: our own temporary file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	_, err = io.Copy(w, r)
	return err
}
