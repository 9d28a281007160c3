package store

import (
	"context"

	"ketnap/date"
	"ketnap/internal/sqldb"
)

// A SavedFilter is a list of files that an account comes back to.
type SavedFilter struct {
	ID    string
	Name  string
	Query string // of the address of the list
	Opens bool   // the list opens with it
	Made  date.Instant
}

// SavedFilters lists the filters of an account, the oldest first.
func (t *Tx) SavedFilters(ctx context.Context, account string) ([]SavedFilter, error) {
	return collect(ctx, t, `SELECT id, name, query, opens, made_at FROM saved_filter WHERE account_id = $1 ORDER BY made_at, id`,
		[]any{account}, func(r sqldb.Row) (f SavedFilter, err error) {
			err = r.Scan(&f.ID, &f.Name, &f.Query, &f.Opens, &f.Made)
			return f, err
		})
}

// AddSavedFilter keeps a filter of an account. It fails with Conflict where the account
// has one of the name.
func (t *Tx) AddSavedFilter(ctx context.Context, account string, f SavedFilter) error {
	err := t.insert(ctx, "saved_filter", "account_id, id, name, query, opens, made_at", "", []any{account, f.ID, f.Name, f.Query, f.Opens, f.Made})
	return t.orTaken(err, "board.filter.taken", "name")
}

// RenameSavedFilter gives a filter of an account another name. It fails with NotFound, and
// with Conflict where the account has one of the name.
func (t *Tx) RenameSavedFilter(ctx context.Context, account, id, name string) error {
	n, err := t.Exec(ctx, `UPDATE saved_filter SET name = $1 WHERE account_id = $2 AND id = $3`, name, account, asID(id))
	return mustChangeRow(n, t.orTaken(err, "board.filter.taken", "name"), "board.filter.none")
}

// DropSavedFilter forgets a filter of an account. It fails with NotFound.
func (t *Tx) DropSavedFilter(ctx context.Context, account, id string) error {
	n, err := t.Exec(ctx, `DELETE FROM saved_filter WHERE account_id = $1 AND id = $2`, account, asID(id))
	return mustChangeRow(n, err, "board.filter.none")
}

// OpenWithFilter makes a filter the one with which the list of an account opens, or none
// where id is "". It fails with NotFound.
func (t *Tx) OpenWithFilter(ctx context.Context, account, id string) error {
	if _, err := t.Exec(ctx, `UPDATE saved_filter SET opens = $1 WHERE account_id = $2 AND opens = $3`, false, account, true); err != nil {
		return err
	}
	if id == "" {
		return nil
	}
	n, err := t.Exec(ctx, `UPDATE saved_filter SET opens = $1 WHERE account_id = $2 AND id = $3`, true, account, asID(id))
	return mustChangeRow(n, err, "board.filter.none")
}
