package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"ketnap/errs"
	"ketnap/internal/sqldb"
)

// later is this release with one more migration.
func later(t *testing.T) fstest.MapFS {
	t.Helper()
	init, err := migrationFiles.ReadFile("migrations/0001_init.sql")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"0001_init.sql":  {Data: init},
		"9999_later.sql": {Data: []byte("-- +goose Up\nCREATE TABLE later (id TEXT PRIMARY KEY);\n")},
	}
}

func TestABackupOfAnEarlierReleaseIsBroughtUpInACopy(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	file := filepath.Join(t.TempDir(), "backup.db")
	s, err := Open(ctx, sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // nothing depends on it
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	src, clean, err := openBackup(ctx, file, later(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := src.Read(ctx, func(tx *sqldb.Tx) error {
		var n int
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM later`).Scan(&n)
	}); err != nil {
		t.Error("the copy lacks the later table:", err)
	}
	copied := src.Path()
	if err := clean(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(copied); !os.IsNotExist(err) {
		t.Error("the copy was left behind:", err)
	}
	after, err := os.ReadFile(file)
	if err != nil || string(after) != string(before) {
		t.Error("the backup itself was changed:", err)
	}
	if before[18] != 1 || before[19] != 1 {
		t.Error("the backup needs a journal beside it")
	}
}

func TestABackupOfALaterReleaseIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "later.db")
	db, err := sqldb.Open(ctx, sqldb.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, later(t)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, sqldb.Config{Path: path}); errs.KindOf(err) != errs.Conflict {
		t.Error("a store of a later release was opened:", err)
	}
	s, err := Open(ctx, sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // nothing depends on it
	if err := s.Restore(ctx, path); errs.KindOf(err) != errs.Conflict {
		t.Error("a backup of a later release was restored:", err)
	}
}
