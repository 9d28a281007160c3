package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// Join lends the transaction to a library that wants one of database/sql: what fn does
// through its argument is committed or undone with everything else of t. Neither
// Commit nor Rollback of it ends anything. No statement of t may be sent inside fn.
func (t *Tx) Join(ctx context.Context, fn func(*sql.Tx) error) error {
	if t.conn == nil {
		return errTxDone
	}
	if t.busy {
		return ErrBusyTx
	}
	return t.conn.Raw(func(raw any) (err error) {
		c, ok := raw.(driver.Conn)
		if !ok {
			return fmt.Errorf("not a connection of database/sql: %T", raw)
		}
		h := sql.OpenDB(lender{borrowed{c}})
		h.SetMaxOpenConns(1)
		defer func() { err = errors.Join(err, h.Close()) }()
		tx, err := h.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		return tx.Commit()
	})
}

// Handle opens connections of their own to the database, for a library that keeps its
// rows beside ours. SQLite gets one, since it has one writer. The caller closes it.
func (db *DB) Handle(connections int) (*sql.DB, error) {
	if db.config.ReadOnly {
		return nil, ErrReadOnly
	}
	if db.config.URL != "" {
		h, err := postgresHandle(db.config.URL)
		if err != nil {
			return nil, err
		}
		h.SetMaxOpenConns(connections)
		h.SetMaxIdleConns(connections)
		return h, nil
	}
	h, err := sql.Open("sqlite", sqliteDSN(db.config, true))
	if err != nil {
		return nil, err
	}
	h.SetMaxOpenConns(1)
	return h, nil
}

// OnPostgres reports whether the engine is PostgreSQL.
func (db *DB) OnPostgres() bool { return db.config.URL != "" }

// A lender opens nothing: it hands out the connection that has the transaction.
type lender struct{ conn borrowed }

// Connect returns the connection.
func (l lender) Connect(context.Context) (driver.Conn, error) { return l.conn, nil }

// Driver returns a driver that opens nothing.
func (l lender) Driver() driver.Driver { return noDriver{} }

type noDriver struct{}

// Open fails: a lent connection is not opened by name.
func (noDriver) Open(string) (driver.Conn, error) { return nil, driver.ErrBadConn }

// borrowed is a connection inside a transaction that its owner ends.
type borrowed struct{ driver.Conn }

// Close leaves the connection to its owner.
func (borrowed) Close() error { return nil }

// BeginTx joins the transaction that is open.
func (borrowed) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) { return joined{}, nil }

// PrepareContext prepares a statement on the connection.
func (b borrowed) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	if p, ok := b.Conn.(driver.ConnPrepareContext); ok {
		return p.PrepareContext(ctx, text)
	}
	return b.Prepare(text)
}

// ExecContext runs a statement, or leaves it to be prepared.
func (b borrowed) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if e, ok := b.Conn.(driver.ExecerContext); ok {
		return e.ExecContext(ctx, text, args)
	}
	return nil, driver.ErrSkip
}

// QueryContext runs a query, or leaves it to be prepared.
func (b borrowed) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if q, ok := b.Conn.(driver.QueryerContext); ok {
		return q.QueryContext(ctx, text, args)
	}
	return nil, driver.ErrSkip
}

// CheckNamedValue lets the driver take what it can take.
func (b borrowed) CheckNamedValue(v *driver.NamedValue) error {
	if c, ok := b.Conn.(driver.NamedValueChecker); ok {
		return c.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// joined is the transaction of another.
type joined struct{}

// Commit leaves the end to the owner.
func (joined) Commit() error { return nil }

// Rollback leaves the end to the owner, who undoes all when the work fails.
func (joined) Rollback() error { return nil }
