package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/internal/testpg"
	"ketnap/org"
	"ketnap/store"
	"ketnap/store/storetest"
)

func open(tb testing.TB, c sqldb.Config) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func onSQLite(t *testing.T) *store.Store {
	t.Helper()
	return open(t, sqldb.Config{Path: filepath.Join(t.TempDir(), "data", "ketnap.db")})
}

func onPostgres(t *testing.T) *store.Store {
	t.Helper()
	return open(t, sqldb.Config{URL: testpg.URL(t)})
}

func TestOnSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, onSQLite)
}

func TestOnPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, onPostgres)
}

func TestBackup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		from, to func(*testing.T) *store.Store
	}{
		{"from SQLite to SQLite", onSQLite, onSQLite},
		{"from SQLite to PostgreSQL", onSQLite, onPostgres},
		{"from PostgreSQL to SQLite", onPostgres, onSQLite},
		{"from PostgreSQL to PostgreSQL", onPostgres, onPostgres},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			storetest.RunBackup(t, c.from, c.to)
		})
	}
}

func TestOpenIsQuickWhereTheSchemaIsCurrent(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ketnap.db")
	open(t, sqldb.Config{Path: path})
	for range 3 { // three processes on one file
		open(t, sqldb.Config{Path: path})
	}
}

func TestValuesThatNoColumnHoldsAreFoundInTheRecord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, set string }{
		{"a moment that is none", `at = 'x'`},
		{"the same moment in other letters", `at = '1970-01-01T00:00:02Z'`},
		{"a moment as a number", `at = 2`},
		{"a seq that is a text", `seq = 'x'`},
		{"a seq between two", `seq = 2.5`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := onSQLite(t)
			err := s.Write(t.Context(), func(tx *store.Tx) error {
				for i := range 3 {
					if err := tx.AppendAudit(t.Context(), store.Entry{Stream: "K", At: date.At(time.Unix(int64(i+1), 0))}); err != nil {
						return err
					}
				}
				_, err := tx.Exec(t.Context(), `UPDATE audit SET `+c.set+` WHERE stream = 'K' AND seq = 2`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if rows, bad, err := s.VerifyAudit(t.Context()); rows != 3 || bad != "K#2" || err != nil {
				t.Errorf("%d rows, first bad %q, %v", rows, bad, err)
			}
		})
	}
}

func BenchmarkAppendAudit(b *testing.B) {
	s := open(b, sqldb.Config{Path: filepath.Join(b.TempDir(), "ketnap.db")})
	err := s.Write(b.Context(), func(t *store.Tx) error {
		for i := 0; b.Loop(); i++ {
			if err := t.AppendAudit(b.Context(), store.Entry{
				Stream: fmt.Sprint("K", i%100), At: date.At(time.Unix(int64(i), 0)), Actor: "a", Right: "file.write",
				Object: "file/1", After: `{"stage":"ready"}`, Rules: "DL-70",
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkBulkUnits(b *testing.B) {
	for b.Loop() {
		s := open(b, sqldb.Config{Path: filepath.Join(b.TempDir(), fmt.Sprint(b.Elapsed().Nanoseconds(), ".db"))})
		if err := s.Write(b.Context(), func(t *store.Tx) error { return t.BulkUnits(b.Context(), province()) }); err != nil {
			b.Fatal(err)
		}
	}
}

// province is 1 committee, 10 below it, 100 base committees below each, 10 branches below
// each of those.
func province() []store.NewUnit {
	day := date.Must("2010-01-01")
	var units []store.NewUnit
	add := func(parent org.UnitNo, typ org.Type) org.UnitNo {
		no := org.UnitNo(len(units) + 1)
		units = append(units, store.NewUnit{Unit: org.Unit{
			No: no, ID: org.UnitID(fmt.Sprint("id", no)), Code: org.Code(fmt.Sprintf("P%05d", no)),
			Name: fmt.Sprint("Đảng ủy Trường Trung học phổ thông số ", no), Type: typ, Parent: parent,
		}, From: day, Counts: map[org.CountKind]int{org.OfficialMembers: 20, org.Members: 21}})
		return no
	}
	top := add(0, org.Committee)
	for range 10 {
		block := add(top, org.Committee)
		for range 100 {
			base := add(block, org.BaseCommittee)
			for range 10 {
				add(base, org.Branch)
			}
		}
	}
	return units
}
