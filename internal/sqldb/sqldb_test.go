package sqldb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"ketnap/date"
	"ketnap/internal/testpg"
)

func schema() fstest.MapFS {
	return fstest.MapFS{
		"0001_init.sql": {Data: []byte(`-- +goose Up
CREATE TABLE unit (no INTEGER PRIMARY KEY, parent_no INTEGER REFERENCES unit (no), name TEXT NOT NULL UNIQUE);
CREATE TABLE fact (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  day DATE,
  at TIMESTAMPTZ,
  yes BOOLEAN NOT NULL,
  raw BYTEA NOT NULL,
  "right" TEXT NOT NULL
);
CREATE TABLE secret (id TEXT PRIMARY KEY);
`)},
	}
}

// onBoth runs a test on an empty database of each engine.
func onBoth(t *testing.T, test func(t *testing.T, db *DB)) {
	t.Helper()
	for _, c := range []struct {
		engine string
		config func(*testing.T) Config
	}{
		{"sqlite", func(t *testing.T) Config { return Config{Path: filepath.Join(t.TempDir(), "a b?#%.db")} }},
		{"postgres", func(t *testing.T) Config { return Config{URL: testpg.URL(t)} }},
	} {
		t.Run(c.engine, func(t *testing.T) {
			t.Parallel()
			db, err := Open(t.Context(), c.config(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := db.Migrate(t.Context(), schema()); err != nil {
				t.Fatal(err)
			}
			test(t, db)
		})
	}
}

func exec(t *testing.T, db *DB, text string, args ...any) error {
	t.Helper()
	return db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(t.Context(), text, args...)
		return err
	})
}

func count(t *testing.T, db *DB, table string) (n int) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx *Tx) error {
		return tx.QueryRow(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n)
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

type no int

func TestValuesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		day, at := date.Must("2024-02-29"), date.At(time.Date(2024, 2, 29, 23, 59, 59, 123456789, time.FixedZone("", 7*3600)))
		raw := []byte{0, 255, 'x'}
		if err := exec(t, db, `INSERT INTO unit (no, name) VALUES ($1, $2)`, no(7), "Đảng ủy"); err != nil {
			t.Fatal(err)
		}
		for i, null := range []bool{false, true} {
			d, a := day, at
			if null {
				d, a = date.Date{}, date.Instant{}
			}
			if err := exec(t, db, `INSERT INTO fact (id, unit_no, day, at, yes, raw, "right") VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				fmt.Sprint(i), no(7), d, a, !null, raw, "r"); err != nil {
				t.Fatal(err)
			}
		}
		err := db.Read(ctx, func(tx *Tx) error {
			seen := 0
			err := tx.Query(ctx, `SELECT unit_no, day, at, yes, raw FROM fact ORDER BY yes DESC`, nil, func(r Row) error {
				var (
					n    no
					d    date.Date
					a    date.Instant
					yes  bool
					data []byte
				)
				if err := r.Scan(&n, &d, &a, &yes, &data); err != nil {
					return err
				}
				seen++
				wantDay, wantAt := day, at
				if !yes {
					wantDay, wantAt = date.Date{}, date.Instant{}
				}
				if n != 7 || d != wantDay || a != wantAt || string(data) != string(raw) {
					t.Errorf("got %v %v %v %v", n, d, a, data)
				}
				return nil
			})
			if seen != 2 {
				t.Errorf("%d rows", seen)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var d date.Date
		var a date.Instant
		var n int
		err = db.Read(ctx, func(tx *Tx) error {
			return tx.QueryRow(ctx, `SELECT MAX(day), MAX(at), SUM(unit_no) FROM fact WHERE day >= $1 AND day < $2 AND at <= $3`,
				day, day.AddDays(1), at).Scan(&d, &a, &n)
		})
		if err != nil || d != day || a != at || n != 7 {
			t.Errorf("got %v, %v, %v, %v", d, a, n, err)
		}
	})
}

func TestKinds(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		if err := exec(t, db, `INSERT INTO unit (no, name) VALUES (1, 'a')`); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, text string
			want       ErrKind
		}{
			{"a key twice is unique", `INSERT INTO unit (no, name) VALUES (1, 'b')`, Unique},
			{"a name twice is unique", `INSERT INTO unit (no, name) VALUES (2, 'a')`, Unique},
			{"a text key twice is unique", `INSERT INTO secret (id) VALUES ('x'), ('x')`, Unique},
			{"a missing parent is a foreign key", `INSERT INTO unit (no, name, parent_no) VALUES (2, 'b', 9)`, ForeignKey},
			{"a missing name is another", `INSERT INTO unit (no) VALUES (2)`, Other},
			{"a slip of the pen is another", `INSERT INTO nowhere (no) VALUES (2)`, Other},
		} {
			err := exec(t, db, c.text)
			if err == nil || db.Kind(fmt.Errorf("wrapped: %w", err)) != c.want {
				t.Errorf("%s: %v is %d, want %d", c.name, err, db.Kind(err), c.want)
			}
		}
		if db.Kind(errors.New("x")) != Other || db.Kind(nil) != Other {
			t.Error("an error of nobody has a kind")
		}
	})
}

func TestATransactionIsAllOrNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		boom := errors.New("boom")
		insert := func(tx *Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO secret (id) VALUES ('x')`)
			return err
		}
		if err := db.Write(ctx, func(tx *Tx) error { return errors.Join(insert(tx), boom) }); !errors.Is(err, boom) {
			t.Errorf("got %v", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = db.Write(ctx, func(tx *Tx) error { panic(insert(tx)) }) // it panics
		}()
		gone, cancel := context.WithCancel(ctx)
		if err := db.Write(gone, func(tx *Tx) error { defer cancel(); return insert(tx) }); !errors.Is(err, context.Canceled) {
			t.Errorf("a transaction whose caller has gone: %v", err)
		}
		if n := count(t, db, "secret"); n != 0 {
			t.Fatalf("%d rows were left behind", n)
		}
		var kept *Tx
		if err := db.Write(ctx, func(tx *Tx) error { kept = tx; return insert(tx) }); err != nil {
			t.Fatal(err)
		}
		if _, err := kept.Exec(ctx, `DELETE FROM secret`); err == nil {
			t.Error("a transaction that has ended still works")
		}
		if n := count(t, db, "secret"); n != 1 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestAReadSeesOneStateAndWritesNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		err := db.Read(ctx, func(tx *Tx) error {
			for range 2 {
				var n int
				if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM secret`).Scan(&n); err != nil {
					return err
				}
				if n != 0 {
					t.Error("a row of another transaction is seen")
				}
				if n := count(t, db, "secret"); n == 0 {
					if err := exec(t, db, `INSERT INTO secret (id) VALUES ('x')`); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Read(ctx, func(tx *Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM secret`)
			return err
		})
		if err == nil || count(t, db, "secret") != 1 {
			t.Errorf("a read wrote: %v", err)
		}
	})
}

func TestAStatementInsideRowsIsRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		err := db.Read(ctx, func(tx *Tx) error {
			return tx.Query(ctx, `SELECT 1`, nil, func(Row) error {
				var n int
				return tx.QueryRow(ctx, `SELECT 2`).Scan(&n)
			})
		})
		if !errors.Is(err, ErrBusyTx) {
			t.Errorf("got %v", err)
		}
		err = db.Read(ctx, func(tx *Tx) error {
			var n int
			return tx.QueryRow(ctx, `SELECT 1 FROM secret`).Scan(&n)
		})
		if !errors.Is(err, ErrNoRows) {
			t.Errorf("no row: %v", err)
		}
	})
}

func TestWritersThatHinderEachOtherAllSucceed(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		if err := exec(t, db, `INSERT INTO unit (no, name) VALUES (1, '0'), (2, '0b')`); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for w := range 2 {
			wg.Go(func() {
				first, second := 1+w%2, 2-w%2 // in opposite order: a deadlock
				for range 3 {
					err := db.Write(ctx, func(tx *Tx) error {
						for _, n := range []int{first, second} {
							if _, err := tx.Exec(ctx, `UPDATE unit SET parent_no = COALESCE(parent_no, 1) WHERE no = $1`, n); err != nil {
								return err
							}
						}
						_, err := tx.Exec(ctx, `INSERT INTO secret (id) SELECT CAST($1 AS TEXT) || COUNT(*) FROM secret`, fmt.Sprint(w, "-"))
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := count(t, db, "secret"); n != 6 {
			t.Errorf("%d of 6 writes", n)
		}
	})
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		m := schema()
		if err := db.Migrate(ctx, m); err != nil {
			t.Errorf("a second time: %v", err)
		}
		m["0002_more.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE more (id TEXT PRIMARY KEY);\n")}
		if err := db.Migrate(ctx, m); err != nil {
			t.Fatal(err)
		}
		if v, err := db.Version(ctx); v != 2 || err != nil {
			t.Errorf("version %d, %v", v, err)
		}
		if err := db.Migrate(ctx, schema()); !errors.Is(err, ErrNewer) {
			t.Errorf("an older program on a newer schema: %v", err)
		}
	})
}

func TestBackupGoesToEitherEngine(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, from *DB) {
		fill(t, from)
		file := filepath.Join(t.TempDir(), "backup.db")
		plan := Plan{Migrations: schema(), Skip: []string{"secret"}}
		if err := from.Backup(t.Context(), file, plan); err != nil {
			t.Fatal(err)
		}
		if err := from.Backup(t.Context(), file, plan); !errors.Is(err, ErrExists) {
			t.Errorf("a file was written over: %v", err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode of the backup: %v, %v", info, err)
		}
		if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); err != nil || len(left) != 1 {
			t.Errorf("something is left beside the backup: %v, %v", left, err)
		}
		src, err := Open(t.Context(), Config{Path: file, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = src.Close() }) // it was only read
		if p, err := src.Integrity(t.Context()); err != nil || len(p) > 0 {
			t.Errorf("integrity: %v, %v", p, err)
		}
		if err := exec(t, src, `DELETE FROM fact`); !errors.Is(err, ErrReadOnly) {
			t.Errorf("a backup was written to: %v", err)
		}
		onBoth(t, func(t *testing.T, to *DB) {
			if err := to.Write(t.Context(), func(tx *Tx) error { return tx.Load(t.Context(), src) }); err != nil {
				t.Fatal(err)
			}
			if u, f, s := count(t, to, "unit"), count(t, to, "fact"), count(t, to, "secret"); u != 250 || f != 250 || s != 0 {
				t.Errorf("%d units, %d facts, %d secrets", u, f, s)
			}
			same(t, from, to)
		})
	})
}

// fill makes units that stand under units with a higher number, as moves leave them.
func fill(t *testing.T, db *DB) {
	t.Helper()
	ctx := t.Context()
	err := db.Write(ctx, func(tx *Tx) error {
		for i := 250; i > 0; i-- {
			var parent any
			if i < 250 {
				parent = i + 1
			}
			if _, err := tx.Exec(ctx, `INSERT INTO unit (no, parent_no, name) VALUES ($1, $2, $3)`, i, parent, fmt.Sprint("Đơn vị ", i)); err != nil {
				return err
			}
			day, at := date.Must("2024-05-27").AddDays(i), date.At(time.Unix(int64(i), 123456000))
			if i%3 == 0 {
				day, at = date.Date{}, date.Instant{}
			}
			if _, err := tx.Exec(ctx, `INSERT INTO fact (id, unit_no, day, at, yes, raw, "right") VALUES ($1, $2, $3, $4, $5, $6, '')`,
				fmt.Sprint(i), i, day, at, i%2 == 0, []byte{byte(i), 0}); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO secret (id) VALUES ('token')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, a, b *DB) {
	t.Helper()
	read := func(db *DB) (all []string) {
		err := db.Read(t.Context(), func(tx *Tx) error {
			return tx.Query(t.Context(), `SELECT u.no, COALESCE(u.parent_no, 0), u.name, f.day, f.at, f.yes, f.raw
				FROM unit u CROSS JOIN fact f WHERE f.unit_no = u.no ORDER BY u.no`, nil, func(r Row) error {
				var (
					n, p int
					name string
					d    date.Date
					i    date.Instant
					yes  bool
					raw  []byte
				)
				if err := r.Scan(&n, &p, &name, &d, &i, &yes, &raw); err != nil {
					return err
				}
				all = append(all, fmt.Sprintf("%v %v %v %v %v %v %v", n, p, name, d, i, yes, raw))
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if x, y := fmt.Sprint(read(a)), fmt.Sprint(read(b)); x != y {
		t.Error("the copy differs")
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		config Config
	}{
		{"nothing", Config{}},
		{"an address that is none", Config{URL: "postgres://%zz"}},
		{"a backup that is not there", Config{Path: filepath.Join(t.TempDir(), "none.db"), ReadOnly: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if db, err := Open(t.Context(), c.config); err == nil {
				t.Error("opened", db.Close())
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	db, err := Open(b.Context(), Config{Path: filepath.Join(b.TempDir(), "x.db")})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }() // a benchmark
	if err := db.Migrate(b.Context(), schema()); err != nil {
		b.Fatal(err)
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := db.Read(b.Context(), func(tx *Tx) error {
				var n int
				return tx.QueryRow(b.Context(), `SELECT COUNT(*) FROM secret WHERE id = $1`, "x").Scan(&n)
			}); err != nil {
				b.Error(err)
			}
		}
	})
}
