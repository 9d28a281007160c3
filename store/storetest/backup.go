package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/store"
)

// RunBackup backs up what open returns and restores it into what openOther returns, both
// empty at first; the two may be of different engines.
func RunBackup(t *testing.T, open, openOther func(t *testing.T) *store.Store) {
	t.Helper()
	from, to := open(t), openOther(t)
	populate(t, from)
	dir := t.TempDir()
	file := filepath.Join(dir, "backup.db")
	if err := from.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	kind(t, "a backup over a file", from.Backup(t.Context(), file), errs.Conflict)
	kind(t, "a restore over units", from.Restore(t.Context(), file), errs.Conflict)
	kind(t, "a restore from nothing", to.Restore(t.Context(), filepath.Join(dir, "none.db")), errs.NotFound)
	refuseDamaged(t, to, file)
	refuseTampered(t, to, file)
	if err := to.Restore(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables() {
		equal(t, "rows of "+table, rows(t, to, table), rows(t, from, table))
	}
	equal(t, "sessions that came along", rows(t, to, "session"), 0)
	_, bad, err := to.VerifyAudit(t.Context())
	if bad != "" || err != nil {
		t.Errorf("the record after the restore: %q, %v", bad, err)
	}
	findings, err := to.Doctor(t.Context())
	if err != nil || len(withoutDisk(findings)) != 0 {
		t.Errorf("the doctor after the restore: %v, %v", findings, err)
	}
	goOn(t, to)
}

// goOn does with a restored store what comes next in any.
func goOn(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.CreateUnit(ctx, unit("K03", "Chi bộ mới", org.BaseBranch, 1))
		equal(t, "the next number", u.No, 7)
		if err != nil {
			return err
		}
		return tx.AppendAudit(ctx, entry("K01", 9))
	})
	verify(t, s, "the record that went on", -1, "")
}

func populate(t *testing.T, s *store.Store) {
	t.Helper()
	testSessions(t, s)
	sql(t, s, `DELETE FROM account`)
	testAccounts(t, s)
	testSettings(t, s)
	testLoginFailures(t, s)
	record(t, s)
	checkpoint(t, s, 1)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddToken(ctx, store.APIToken{ID: "k", Hash: "h", Account: "a", Created: at(0), Expires: at(90)}); err != nil {
			return err
		}
		if err := tx.SetPost(ctx, "p", org.Post{Unit: 3, Title: "Bí thư", Name: "An", Head: true, From: day}); err != nil {
			return err
		}
		if err := tx.KeepAnswer(ctx, store.Answer{Account: "a", Key: "k", Status: 201, Body: []byte{0, 1, 255}, Created: at(0)}); err != nil {
			return err
		}
		var deltas []store.Delta
		for _, u := range []org.UnitNo{1, 2, 3} {
			deltas = append(deltas, store.Delta{Unit: u, Indicator: store.StageIndicator("ready"), Value: 1})
		}
		return tx.AddCounters(ctx, store.Realm, deltas, 11)
	})
	insertFile(t, s, "f1", 3, "ready", "NULL", "NULL")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO session (token, account_id, data, expires_at) VALUES ('t', 'a', $1, $2)`, []byte("x"), at(60)); err != nil {
			return err
		}
		// A unit under one with a higher number, as a merger leaves it.
		_, err := tx.Exec(ctx, `UPDATE unit SET beside_no = 6 WHERE no = 1`)
		return err
	})
}

func rows(t *testing.T, s *store.Store, table string) (n int) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.QueryRow(ctx, "SELECT COUNT(*) FROM "+table).Scan(&n)
	})
	return n
}

func refuseDamaged(t *testing.T, s *store.Store, file string) {
	t.Helper()
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"text":      []byte("not a database"),
		"empty":     nil,
		"cut short": good[:len(good)/2],
	} {
		bad := filepath.Join(t.TempDir(), "bad.db")
		if err := os.WriteFile(bad, data, 0o600); err != nil {
			t.Fatal(err)
		}
		kind(t, "a restore from a file that is "+name, s.Restore(t.Context(), bad), errs.Invalid)
	}
	equal(t, "units after refusals", rows(t, s, "unit"), 0)
}

func refuseTampered(t *testing.T, s *store.Store, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "tampered.db")
	if err := os.WriteFile(bad, data, 0o600); err != nil {
		t.Fatal(err)
	}
	harmed, err := store.Open(t.Context(), config(bad))
	if err != nil {
		t.Fatal(err)
	}
	sql(t, harmed, `UPDATE audit SET actor = 'somebody' WHERE stream = 'K01' AND seq = 2`)
	if err := harmed.Close(); err != nil {
		t.Fatal(err)
	}
	err = s.Restore(t.Context(), bad)
	kind(t, "a restore of a record that was tampered with", err, errs.Invalid)
	if want := "K01#2"; err != nil && fmt.Sprint(errs.As(err).Args["row"]) != want {
		t.Errorf("it names %v, want %s", errs.As(err).Args, want)
	}
	equal(t, "units after the refusal", rows(t, s, "unit"), 0)
}

func config(path string) sqldb.Config { return sqldb.Config{Path: path} }
