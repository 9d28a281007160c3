package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// Values of one INSERT and numbers of one IN list: large enough to be fast, small enough
// for the parameters that SQLite allows.
const (
	valuesAtOnce = 2048
	inAtOnce     = 512
)

// args collects the parameters of a statement whose WHERE is built in Go.
type args []any

// add takes a value in and returns its place, $n.
func (a *args) add(v any) string {
	*a = append(*a, v)
	return "$" + strconv.Itoa(len(*a))
}

// in returns the list ($n, …) of values. Its length is rounded up to a power of two by
// repeating the last value, so that few texts need to be prepared.
func in[T any](a *args, values []T) string {
	n := 1
	for n < len(values) {
		n *= 2
	}
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(a.add(values[min(i, len(values)-1)]))
	}
	return "(" + b.String() + ")"
}

// inChunks calls fn with parts of values that fit one IN list.
func inChunks[T any](values []T, fn func([]T) error) error {
	for part := range slices.Chunk(values, inAtOnce) {
		if err := fn(part); err != nil {
			return err
		}
	}
	return nil
}

// insert writes rows of the named columns in groups. rows is laid out flat, row after
// row; tail is what follows the values, such as ON CONFLICT.
func (t *Tx) insert(ctx context.Context, table, columns, tail string, rows []any) error {
	width := strings.Count(columns, ",") + 1
	for len(rows) > 0 {
		n := group(len(rows)/width, width)
		text := "INSERT INTO " + table + " (" + columns + ") VALUES " + sqldb.Values(n, width) + tail
		if _, err := t.Exec(ctx, text, rows[:n*width]...); err != nil {
			return err
		}
		rows = rows[n*width:]
	}
	return nil
}

// smallGroup is up to how many rows an INSERT takes any number of them.
const smallGroup = 16

// group returns how many of the rows that are left the next INSERT takes: above a few, a
// power of two, so that there are few texts to be kept prepared.
func group(left, width int) int {
	if left <= smallGroup && left*width <= valuesAtOnce {
		return left
	}
	n := 1
	for 2*n <= left && 2*n*width <= valuesAtOnce {
		n *= 2
	}
	return n
}

// An inserter writes many rows of a table as they come, so that they need not be held
// all at once.
type inserter struct {
	tx      *Tx
	table   string
	columns string
	width   int
	full    string // the INSERT of a whole group
	rows    []any
}

func (t *Tx) inserter(table, columns string) *inserter {
	width := strings.Count(columns, ",") + 1
	n := group(valuesAtOnce, width)
	return &inserter{tx: t, table: table, columns: columns, width: width, rows: make([]any, 0, width*n),
		full: "INSERT INTO " + table + " (" + columns + ") VALUES " + sqldb.Values(n, width)}
}

// add takes one row in.
func (i *inserter) add(ctx context.Context, row ...any) error {
	i.rows = append(i.rows, row...)
	if len(i.rows) < cap(i.rows) {
		return nil
	}
	_, err := i.tx.Exec(ctx, i.full, i.rows...)
	i.rows = i.rows[:0]
	return err
}

// flush writes the rows that are left.
func (i *inserter) flush(ctx context.Context) error {
	err := i.tx.insert(ctx, i.table, i.columns, "", i.rows)
	i.rows = i.rows[:0]
	return err
}

// collect runs a query and gathers what scan makes of each row.
func collect[T any](ctx context.Context, t *Tx, text string, a []any, scan func(sqldb.Row) (T, error)) ([]T, error) {
	var out []T
	err := t.Query(ctx, text, a, func(r sqldb.Row) error {
		v, err := scan(r)
		if err != nil {
			return err
		}
		out = append(out, v)
		return nil
	})
	return out, err
}

// orNotFound turns the absence of a row into NotFound with the key of its sentence.
func orNotFound(err error, key string) error {
	if errors.Is(err, sqldb.ErrNoRows) {
		return errs.E(errs.NotFound, key)
	}
	return err
}

// mustChangeRow turns a statement that changed nothing into NotFound.
func mustChangeRow(n int64, err error, key string) error {
	if err == nil && n == 0 {
		return errs.E(errs.NotFound, key)
	}
	return err
}

// orTaken turns the violation of a unique key into Conflict.
func (t *Tx) orTaken(err error, key, field string) error {
	if err != nil && t.Kind(err) == sqldb.Unique {
		return errs.E(errs.Conflict, key).On(field).Because(err)
	}
	return err
}

// nullNo stores no unit as NULL, which foreign keys let pass.
func nullNo(no org.UnitNo) any {
	if no == 0 {
		return nil
	}
	return int(no)
}

// nullText stores "" as NULL.
func nullText(s string) any {
	if s == "" {
		return nil
	}
	return s
}
