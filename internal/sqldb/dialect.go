package sqldb

import "context"

// A Dialect is all that differs between the engines. It must not grow: what is not
// here has to be written so that both engines understand it.
type Dialect struct {
	// Begin holds the statements that open a transaction.
	Begin BeginMode
	// Kind classes a failure by the code of the driver, never by its text.
	Kind func(error) ErrKind
	// Slots is the number of rows over which one counter is spread, so that writers do
	// not queue for the row of the root: 1 where there is one writer.
	Slots int
	// archive copies the whole database out and in.
	archive archiver
}

// A BeginMode is how transactions open.
type BeginMode struct{ Write, Read string }

// An archiver copies the database of an engine to a file and back.
type archiver interface {
	// snapshot writes the state of now into a new SQLite file at path.
	snapshot(ctx context.Context, db *DB, path string, plan Plan) error
	// load appends rows to a table; rows come in the order of t.Columns.
	load(ctx context.Context, tx *Tx, t Table, rows rowSeq) error
}

// An ErrKind is a class of failures of the engine.
type ErrKind int

// The classes that callers tell apart.
const (
	Other         ErrKind = iota
	Unique                // a row with this key exists
	ForeignKey            // a row that is referred to does not exist, or is still referred to
	Serialization         // transactions hindered each other; done again it may succeed
	Busy                  // no room, or another process holds the database; the engine has waited already
)
