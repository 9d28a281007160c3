package sqldb

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"ketnap/date"
)

// A Table is a table of the schema.
type Table struct {
	Name    string
	Columns []Column
	refers  []string // the tables that it refers to, itself left out
}

// A Column is a column with its declared type.
type Column struct{ Name, Type string }

// rowSeq yields the rows of a table; the slice is used again for the next row.
type rowSeq = iter.Seq2[[]any, error]

// Rows of one INSERT. 32,766 parameters are allowed; the widest tables have about 25.
const rowsPerInsert = 100

// queuePrefix begins the names of the tables of package job. They differ between the
// engines, and a copy must not do the work of its original again: no backup has them.
const queuePrefix = "river_"

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// tables lists the application's tables of a SQLite database, each after those that it
// refers to. The schemas of both engines are made by the same text, so the list holds
// for PostgreSQL too.
func tables(ctx context.Context, tx *Tx) ([]Table, error) {
	var all []Table
	err := tx.Query(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`, nil, func(r Row) error {
		var name string
		if err := r.Scan(&name); err != nil {
			return err
		}
		if name != versionTable && !strings.HasPrefix(name, "sqlite_") && !strings.HasPrefix(name, queuePrefix) {
			all = append(all, Table{Name: name})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		if err := describe(ctx, tx, &all[i]); err != nil {
			return nil, err
		}
	}
	return inOrder(all)
}

func describe(ctx context.Context, tx *Tx, t *Table) error {
	err := tx.Query(ctx, `SELECT name, type FROM pragma_table_info($1) ORDER BY cid`, []any{t.Name}, func(r Row) error {
		var c Column
		if err := r.Scan(&c.Name, &c.Type); err != nil {
			return err
		}
		t.Columns = append(t.Columns, c)
		return nil
	})
	if err != nil {
		return err
	}
	return tx.Query(ctx, `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1)`, []any{t.Name}, func(r Row) error {
		var other string
		if err := r.Scan(&other); err != nil {
			return err
		}
		if other != t.Name {
			t.refers = append(t.refers, other)
		}
		return nil
	})
}

// inOrder sorts tables so that each follows those it refers to.
func inOrder(all []Table) ([]Table, error) {
	var out []Table
	placed := map[string]bool{}
	for len(out) < len(all) {
		before := len(out)
		for _, t := range all {
			if !placed[t.Name] && !slices.ContainsFunc(t.refers, func(o string) bool { return !placed[o] }) {
				placed[t.Name] = true
				out = append(out, t)
			}
		}
		if len(out) == before {
			return nil, errors.New("tables refer to each other in a circle")
		}
	}
	return out, nil
}

func without(all []Table, skip []string) []Table {
	return slices.DeleteFunc(slices.Clone(all), func(t Table) bool { return slices.Contains(skip, t.Name) })
}

func copyTables(ctx context.Context, src, dst *Tx, all []Table) error {
	for _, t := range all {
		if err := dst.dialect.archive.load(ctx, dst, t, rowsOf(ctx, src, t)); err != nil {
			return fmt.Errorf("copy table %s: %w", t.Name, err)
		}
	}
	return nil
}

func (t Table) columnList() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quote(c.Name)
	}
	return strings.Join(names, ", ")
}

// rowsOf reads a table. Values take the types of ours that both engines store alike.
func rowsOf(ctx context.Context, src *Tx, t Table) rowSeq {
	return func(yield func([]any, error) bool) {
		dest, values := make([]any, len(t.Columns)), make([]any, len(t.Columns))
		stopped := errors.New("stopped")
		err := src.Query(ctx, "SELECT "+t.columnList()+" FROM "+quote(t.Name), nil, func(r Row) error {
			for i, c := range t.Columns {
				dest[i] = holder(c.Type)
			}
			if err := r.Scan(dest...); err != nil {
				return err
			}
			for i := range dest {
				values[i] = held(dest[i])
			}
			if !yield(values, nil) {
				return stopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, stopped) {
			yield(nil, err)
		}
	}
}

// holder returns a place for a value of a column of the declared type.
func holder(declared string) any {
	switch declared {
	case "DATE":
		return new(date.Date)
	case "TIMESTAMPTZ":
		return new(date.Instant)
	case "INTEGER":
		return new(*int64)
	case "BOOLEAN":
		return new(*bool)
	case "BYTEA":
		return new([]byte)
	}
	return new(*string)
}

func held(place any) any {
	switch p := place.(type) {
	case *date.Date:
		return *p
	case *date.Instant:
		return *p
	case *[]byte:
		if *p == nil {
			return nil
		}
		return *p
	case **int64:
		return orNil(*p)
	case **bool:
		return orNil(*p)
	case **string:
		return orNil(*p)
	}
	return nil
}

func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// insertRows writes rows in groups; the last, shorter group has its own text.
func insertRows(ctx context.Context, tx *Tx, t Table, rows rowSeq) error {
	var args []any
	flush := func() error {
		if len(args) == 0 {
			return nil
		}
		text := "INSERT INTO " + quote(t.Name) + " (" + t.columnList() + ") VALUES " + Values(len(args)/len(t.Columns), len(t.Columns))
		_, err := tx.Exec(ctx, text, args...)
		args = args[:0]
		return err
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		args = append(args, row...)
		if len(args) >= rowsPerInsert*len(t.Columns) {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// Values returns ($1, $2), ($3, $4), … for a number of rows and columns.
func Values(rows, columns int) string {
	var b strings.Builder
	n := 0
	for range rows {
		if n > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for c := range columns {
			if c > 0 {
				b.WriteString(", ")
			}
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// A copySource hands the rows to COPY, which pulls.
type copySource struct {
	next func() ([]any, error, bool)
	stop func()
	row  []any
	err  error
}

func newCopySource(rows rowSeq) *copySource {
	next, stop := iter.Pull2(rows)
	return &copySource{next: next, stop: stop}
}

// Next moves to the next row.
func (s *copySource) Next() bool {
	row, err, ok := s.next()
	if !ok || err != nil {
		s.err = err
		s.stop()
		return false
	}
	s.row = row
	return true
}

// Values returns the row.
func (s *copySource) Values() ([]any, error) {
	out := make([]any, len(s.row))
	for i, v := range s.row {
		out[i] = forCopy(v)
	}
	return out, nil
}

// Err returns why the rows ended early.
func (s *copySource) Err() error { return s.err }
