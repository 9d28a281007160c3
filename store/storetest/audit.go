package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"ketnap/store"
)

func entry(stream string, i int) store.Entry {
	return store.Entry{
		Stream: stream, At: at(i), Actor: "a", Right: "file.write", Object: fmt.Sprint("file/", i), Unit: stream,
		Before: `{"stage":"new"}`, After: `{"stage":"ready"}`, Rules: "DL-70 0f", Request: fmt.Sprint("r", i),
	}
}

// record writes three streams of four rows.
func record(t *testing.T, s *store.Store) {
	t.Helper()
	for i := range 4 {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, stream := range []string{"K01", "K01.01", "system"} {
				if err := tx.AppendAudit(ctx, entry(stream, i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func verify(t *testing.T, s *store.Store, what string, wantRows int, wantBad string) {
	t.Helper()
	rows, bad, err := s.VerifyAudit(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if bad != wantBad || wantRows >= 0 && rows != wantRows {
		t.Errorf("%s: %d rows, first bad %q; want %d, %q", what, rows, bad, wantRows, wantBad)
	}
}

func testAudit(t *testing.T, s *store.Store) {
	verify(t, s, "an empty record", 0, "")
	record(t, s)
	verify(t, s, "a record of acts", 12, "")
	for _, stream := range []string{"", store.CheckpointStream} {
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.AppendAudit(t.Context(), entry(stream, 1)) }); err == nil {
			t.Errorf("an act was written to stream %q", stream)
		}
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		var first, prev, hash string
		if err := tx.QueryRow(ctx, `SELECT hash FROM audit WHERE stream = 'K01' AND seq = 1`).Scan(&first); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `SELECT prev, hash FROM audit WHERE stream = 'K01' AND seq = 2`).Scan(&prev, &hash)
		equal(t, "the second row follows the first", prev, first)
		equal(t, "length of a hash", len(hash), 64)
		return err
	})
}

func testTamper(t *testing.T, s *store.Store) {
	record(t, s)
	columns := []string{"actor", `"right"`, "object", "unit", `"before"`, `"after"`, "rules", "request", "prev", "hash"}
	for _, column := range columns {
		const where = ` WHERE stream = 'K01' AND seq = 2`
		tampered(t, s, "altered "+column, "K01#2", `UPDATE audit SET `+column+` = `+column+` || 'x'`+where)
		tampered(t, s, "emptied "+column, "K01#2", `UPDATE audit SET `+column+` = ''`+where)
	}
	for _, c := range []struct {
		name, bad string
		harm      []string
	}{
		{"another moment", "K01#2", []string{`UPDATE audit SET at = '2024-05-27T01:01:00.123457Z' WHERE stream = 'K01' AND seq = 2`}},
		{"a letter moved to the next column", "K01#2", []string{`UPDATE audit SET actor = 'afile', "right" = '.write' WHERE stream = 'K01' AND seq = 2`}},
		{"another seq", "K01#4", []string{`UPDATE audit SET seq = 9 WHERE stream = 'K01' AND seq = 4`}},
		{"another stream", "K01#4", []string{`UPDATE audit SET stream = 'K09' WHERE stream = 'K01' AND seq = 4`}},
		{"the first row removed", "K01#1", []string{`DELETE FROM audit WHERE stream = 'K01' AND seq = 1`}},
		{"a middle row removed", "K01#2", []string{`DELETE FROM audit WHERE stream = 'K01' AND seq = 2`}},
		{"the last row removed", "K01#4", []string{`DELETE FROM audit WHERE stream = 'K01' AND seq = 4`}},
		{"the last stream's last row removed", "system#4", []string{`DELETE FROM audit WHERE stream = 'system' AND seq = 4`}},
		{"two rows swapped", "K01#2", []string{
			`UPDATE audit SET seq = 99 WHERE stream = 'K01' AND seq = 2`, `UPDATE audit SET seq = 2 WHERE stream = 'K01' AND seq = 3`,
			`UPDATE audit SET seq = 3 WHERE stream = 'K01' AND seq = 99`,
		}},
		{"a row put in", "K01#5", []string{`INSERT INTO audit (stream, seq, at, actor, "right", object, unit, "before", "after", rules, request, prev, hash)
			SELECT stream, 5, at, actor, "right", object, unit, "before", "after", rules, request, prev, hash FROM audit WHERE stream = 'K01' AND seq = 4`}},
		{"a stream removed", "K01#1", []string{`DELETE FROM audit WHERE stream = 'K01'`}},
		{"all removed", "K01#1", []string{`DELETE FROM audit`}},
		{"a head removed", "K01#4", []string{`DELETE FROM audit_head WHERE stream = 'K01'`}},
		{"a head put back with its row removed", "K01#3", []string{
			`DELETE FROM audit WHERE stream = 'K01' AND seq = 4`, `UPDATE audit_head SET seq = 3 WHERE stream = 'K01'`,
		}},
	} {
		tampered(t, s, c.name, c.bad, c.harm...)
	}
	verify(t, s, "the record afterwards", 12, "")
}

// tampered harms the record, verifies it within the same transaction, and takes the harm
// back.
func tampered(t *testing.T, s *store.Store, what, want string, harm ...string) {
	t.Helper()
	back := fmt.Errorf("take it back")
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for _, text := range harm {
			if n, err := tx.Exec(t.Context(), text); err != nil || n == 0 {
				t.Fatalf("%s: %d rows, %v", what, n, err)
			}
		}
		_, bad, err := tx.VerifyAudit(t.Context())
		if err != nil || bad != want {
			t.Errorf("%s: first bad %q, want %q, %v", what, bad, want, err)
		}
		return back
	})
	if err != back { //nolint:errorlint // it is never wrapped
		t.Fatal(err)
	}
}

func checkpoint(t *testing.T, s *store.Store, minute int) (hash string) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		hash, err = tx.Checkpoint(ctx, at(minute))
		return err
	})
	return hash
}

func testCheckpoint(t *testing.T, s *store.Store) {
	if checkpoint(t, s, 0) == "" {
		t.Error("a checkpoint of nothing has no hash")
	}
	record(t, s)
	checkpoint(t, s, 10)
	record(t, s)
	hash := checkpoint(t, s, 20)
	checkpoint(t, s, 30)
	verify(t, s, "with checkpoints", 24+4, "")
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		var after, last string
		err := tx.QueryRow(ctx, `SELECT hash, "after" FROM audit WHERE stream = 'checkpoint' AND seq = 3`).Scan(&last, &after)
		equal(t, "the hash handed out", last, hash)
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `SELECT "after" FROM audit WHERE stream = 'checkpoint' AND seq = 4`).Scan(&after)
		equal(t, "nothing moved", after, "[]")
		return err
	})
	var fourth string
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.QueryRow(ctx, `SELECT hash FROM audit WHERE stream = 'K01' AND seq = 4`).Scan(&fourth)
	})
	for _, c := range []struct {
		name, bad string
		harm      []string
	}{
		{"the end of a stream cut off with its head put back", "K01#8", []string{
			`DELETE FROM audit WHERE stream = 'K01' AND seq > 4`,
			`UPDATE audit_head SET seq = 4, hash = '` + fourth + `' WHERE stream = 'K01'`,
		}},
		{"a stream removed with its head", "K01#4", []string{`DELETE FROM audit WHERE stream = 'K01'`, `DELETE FROM audit_head WHERE stream = 'K01'`}},
		{"a checkpoint altered", "checkpoint#2", []string{`UPDATE audit SET "after" = '[]' WHERE stream = 'checkpoint' AND seq = 2`}},
		{"a checkpoint that cannot be read", "checkpoint#2", []string{`UPDATE audit SET "after" = '[[' WHERE stream = 'checkpoint' AND seq = 2`}},
		{"a checkpoint removed", "checkpoint#3", []string{`DELETE FROM audit WHERE stream = 'checkpoint' AND seq = 3`}},
	} {
		tampered(t, s, c.name, c.bad, c.harm...)
	}
	many(t, s)
}

// many gives a checkpoint more heads than one row takes.
func many(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range 1001 {
			if err := tx.AppendAudit(ctx, entry(fmt.Sprint("M", i), 0)); err != nil {
				return err
			}
		}
		return nil
	})
	checkpoint(t, s, 40)
	verify(t, s, "a checkpoint of two rows", 24+4+1001+2, "")
}

func testAuditTogether(t *testing.T, s *store.Store) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 10 {
				if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.AppendAudit(t.Context(), entry("K01", i)) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	verify(t, s, "written together", 40, "")
}

// tables lists the tables whose rows a backup carries, for the comparison of two stores.
func tables() []string {
	all := []string{
		"unit", "unit_parent", "unit_closure", "unit_word", "unit_count", "post", "account", "account_grant", "api_token",
		"idempotency", "audit", "audit_head", "setting", "holiday", "admission_file", "counter",
	}
	slices.Sort(all)
	return all
}
