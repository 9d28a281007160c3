package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The writer opens its transactions IMMEDIATE: one that began by reading and then wants
// to write could otherwise fail with no way to go on.
func sqliteDialect() Dialect {
	return Dialect{
		Begin:   BeginMode{Write: "BEGIN IMMEDIATE", Read: "BEGIN"},
		Kind:    sqliteKind,
		Slots:   1,
		archive: sqliteArchive{},
	}
}

func openSQLite(c Config) (*DB, error) {
	if c.ReadOnly {
		if _, err := os.Stat(c.Path); err != nil {
			return nil, err
		}
	} else if err := makePrivate(c.Path); err != nil {
		return nil, err
	}
	writer, err := sql.Open("sqlite", sqliteDSN(c, true))
	if err != nil {
		return nil, err
	}
	reader, err := sql.Open("sqlite", sqliteDSN(c, false))
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	readers := c.Readers
	if readers == 0 {
		readers = max(4, 2*runtime.GOMAXPROCS(0))
	}
	db := &DB{dialect: sqliteDialect(), config: c, writer: newPool(writer, 1), reader: newPool(reader, readers)}
	db.writer.rewrite, db.reader.rewrite = bare, bare
	return db, nil
}

// bare writes the parameters of a text as ? where each stands once and in order. SQLite
// keeps the name of $n and looks through all names for each value that is bound: the time
// of a long INSERT grew with the square of its values. Other texts stay as they are.
func bare(text string) string {
	var b strings.Builder
	n := 0
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "$")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		digits := 0
		for digits < len(after) && after[digits] >= '0' && after[digits] <= '9' {
			digits++
		}
		n++
		if after[:digits] != strconv.Itoa(n) {
			return text
		}
		b.WriteByte('?')
		rest = after[digits:]
	}
}

// makePrivate makes the file before SQLite does, readable by its owner alone; the
// journals beside it take over its mode.
func makePrivate(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // G304: the path comes from the configuration
	if err != nil {
		return err
	}
	return f.Close()
}

// sqliteDSN holds every pragma, so that no connection can lack one. There is no mmap: a
// truncated file would kill the process instead of failing a read.
func sqliteDSN(c Config, write bool) string {
	q := url.Values{}
	add := func(pragma string) { q.Add("_pragma", pragma) }
	add("busy_timeout(10000)")
	add("foreign_keys(1)")
	add("temp_store(MEMORY)")
	switch {
	case c.ReadOnly:
		q.Set("mode", "ro")
		add("query_only(1)")
	case write:
		q.Set("_txlock", "immediate")
		add("journal_mode(WAL)")
		add("synchronous(NORMAL)")
		add("journal_size_limit(67108864)")
		add("wal_autocheckpoint(4000)") // pages: a bulk load would else copy the log back at every commit
		add("cache_size(-32768)")
	default:
		add("journal_mode(WAL)")
		add("query_only(1)")
		add("cache_size(-8192)")
	}
	return "file:" + (&url.URL{Path: c.Path}).EscapedPath() + "?" + q.Encode()
}

func sqliteKind(err error) ErrKind {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return Other
	}
	switch code := e.Code(); code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return Unique
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return ForeignKey
	default:
		if primary := code & 0xff; primary == sqlite3.SQLITE_BUSY || primary == sqlite3.SQLITE_LOCKED {
			return Busy
		}
		return Other
	}
}

type sqliteArchive struct{}

// snapshot copies the pages: a read transaction, so the application may go on writing.
// What is not to leave the house is then taken out of the copy.
func (sqliteArchive) snapshot(ctx context.Context, db *DB, path string, plan Plan) (err error) {
	src, err := sql.Open("sqlite", "file:"+(&url.URL{Path: db.config.Path}).EscapedPath()+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	if _, err := src.ExecContext(ctx, "VACUUM INTO $1", path); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return withoutTables(ctx, path, plan.Skip)
}

func withoutTables(ctx context.Context, path string, skip []string) (err error) {
	dst, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=secure_delete(1)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dst.Close()) }()
	for _, name := range skip {
		if _, err := dst.ExecContext(ctx, "DELETE FROM "+quote(name)); err != nil { //nolint:gosec // G202: a table of ours, quoted
			return fmt.Errorf("leave out %s: %w", name, err)
		}
	}
	return withoutQueue(ctx, dst)
}

func withoutQueue(ctx context.Context, dst *sql.DB) error {
	names, err := queueTables(ctx, dst)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := dst.ExecContext(ctx, "DROP TABLE "+quote(name)); err != nil {
			return fmt.Errorf("leave out %s: %w", name, err)
		}
	}
	return nil
}

func queueTables(ctx context.Context, dst *sql.DB) (names []string, err error) {
	rows, err := dst.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, length($1)) = $1`, queuePrefix)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// load puts references to the test at the end of the transaction: a unit may stand
// under one that comes after it.
func (sqliteArchive) load(ctx context.Context, tx *Tx, t Table, rows rowSeq) error {
	if _, err := tx.Exec(ctx, "PRAGMA defer_foreign_keys = 1"); err != nil {
		return err
	}
	return insertRows(ctx, tx, t, rows)
}
