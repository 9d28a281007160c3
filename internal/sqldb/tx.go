package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Tx is a transaction. It belongs to one goroutine and ends with the function that it
// was given to.
type Tx struct {
	conn    *conn
	dialect *Dialect
	busy    bool
}

// A Row is one row of an answer.
type Row interface{ Scan(dest ...any) error }

// ErrBusyTx is returned by a statement that was sent while the rows of another one are
// still being read. SQLite could do it; PostgreSQL cannot.
var ErrBusyTx = errors.New("a statement inside the rows of another statement")

var errTxDone = errors.New("the transaction has ended")

func (t *Tx) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if t.conn == nil {
		return nil, errTxDone
	}
	if t.busy {
		return nil, ErrBusyTx
	}
	return t.conn.prepare(ctx, text)
}

// Exec runs a statement and returns the number of rows that it changed.
func (t *Tx) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	s, err := t.prepare(ctx, text) //nolint:sqlclosecheck // kept with the connection, closed by forget
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Query runs a statement and calls each for every row. It stops at the first error of
// each and returns it. Inside each no other statement may be sent.
func (t *Tx) Query(ctx context.Context, text string, args []any, each func(Row) error) (err error) {
	s, err := t.prepare(ctx, text) //nolint:sqlclosecheck // kept with the connection, closed by forget
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	t.busy = true
	defer func() {
		t.busy = false
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	return nil
}

// QueryRow runs a statement that answers with one row at most. Scan returns ErrNoRows
// when there is none.
func (t *Tx) QueryRow(ctx context.Context, text string, args ...any) Row {
	s, err := t.prepare(ctx, text) //nolint:sqlclosecheck // kept with the connection, closed by forget
	if err != nil {
		return failedRow{err}
	}
	return s.QueryRowContext(ctx, args...)
}

// Kind returns the class of a failure, as DB.Kind does.
func (t *Tx) Kind(err error) ErrKind { return t.dialect.Kind(err) }

// Slots returns the number of rows over which a counter is spread.
func (t *Tx) Slots() int { return t.dialect.Slots }

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }
