package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"sync"
	"time"
)

// Statements that one connection keeps prepared. Lists build their WHERE, so the number
// of texts is bounded by the filters there are; the bound is for what we did not foresee.
const maxPrepared = 400

// The longest time that a rollback may take after the caller has gone.
const abortTimeout = 5 * time.Second

// A pool holds connections together with the statements prepared on them: the pool of
// database/sql prepares anew in each transaction, which costs more than our reads.
type pool struct {
	db      *sql.DB
	limit   chan struct{}
	rewrite func(string) string // of a text before it is prepared; nil for none

	mu     sync.Mutex
	free   []*conn
	closed bool
}

type conn struct {
	*sql.Conn
	prepared map[string]*sql.Stmt
	rewrite  func(string) string
}

func newPool(db *sql.DB, size int) *pool {
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return &pool{db: db, limit: make(chan struct{}, size)}
}

// begin takes a connection and opens a transaction on it. A connection that died while
// it lay idle is replaced once.
func (p *pool) begin(ctx context.Context, text string) (*conn, error) {
	select {
	case p.limit <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a connection: %w", ctx.Err())
	}
	c, fresh, err := p.take(ctx)
	if err == nil {
		err = c.exec(ctx, text)
		if err != nil && !fresh && ctx.Err() == nil {
			c.drop()
			if c, err = p.open(ctx); err == nil {
				err = c.exec(ctx, text)
			}
		}
	}
	if err != nil {
		if c != nil {
			c.drop()
		}
		<-p.limit
		return nil, fmt.Errorf("begin: %w", err)
	}
	return c, nil
}

func (p *pool) take(ctx context.Context) (c *conn, fresh bool, err error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, false, sql.ErrConnDone
	}
	if n := len(p.free); n > 0 {
		c = p.free[n-1]
		p.free = p.free[:n-1]
	}
	p.mu.Unlock()
	if c != nil {
		return c, false, nil
	}
	c, err = p.open(ctx)
	return c, true, err
}

func (p *pool) open(ctx context.Context) (*conn, error) {
	c, err := p.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, prepared: map[string]*sql.Stmt{}, rewrite: p.rewrite}, nil
}

func (p *pool) put(c *conn) {
	p.mu.Lock()
	closed := p.closed
	if !closed {
		p.free = append(p.free, c)
	}
	p.mu.Unlock()
	if closed {
		c.drop()
	}
	<-p.limit
}

// abort undoes the transaction on c. It must also work when ctx has ended, or the next
// user of the connection would find himself inside the old transaction; a connection
// that cannot roll back is thrown away, which rolls back too.
func (p *pool) abort(ctx context.Context, c *conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortTimeout)
	defer cancel()
	if err := c.exec(ctx, "ROLLBACK"); err != nil {
		c.drop()
		<-p.limit
		return
	}
	p.put(c)
}

func (p *pool) close() error {
	p.mu.Lock()
	free := p.free
	p.free, p.closed = nil, true
	p.mu.Unlock()
	for _, c := range free {
		c.drop()
	}
	return p.db.Close()
}

// drop closes the connection itself, not only our hold on it. A failure to do so says
// nothing that the failure before it did not say.
func (c *conn) drop() {
	c.forget()
	_ = c.Raw(func(any) error { return driver.ErrBadConn }) // it returns what it was given
}

func (c *conn) forget() {
	for _, s := range c.prepared {
		_ = s.Close() // a statement of a dead connection cannot be closed
	}
	clear(c.prepared)
}

func (c *conn) exec(ctx context.Context, text string) error {
	s, err := c.prepare(ctx, text) //nolint:sqlclosecheck // kept with the connection, closed by forget
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx)
	return err
}

func (c *conn) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.prepared[text]; ok {
		return s, nil
	}
	if len(c.prepared) >= maxPrepared {
		c.forget()
	}
	sent := text
	if c.rewrite != nil {
		sent = c.rewrite(text)
	}
	s, err := c.PrepareContext(ctx, sent)
	if err != nil {
		return nil, err
	}
	c.prepared[text] = s
	return s, nil
}
