package app

import (
	"context"

	"ketnap/internal/i18n"
	"ketnap/store"
)

// A Fault is something that the doctor found wrong, with its sentence.
type Fault struct {
	Check   string `json:"check"`  // schema, integrity, tree, closure, link, orphan, counter, job, paper, disk
	Object  string `json:"object"` // what it was found on: a unit, a table, a figure
	Want    string `json:"want,omitempty"`
	Have    string `json:"have,omitempty"`
	Message string `json:"message"`
}

// VerifyAudit goes through the whole record of acts, as the command line asks, and
// returns the number of its rows and the first place that is not as it was written.
func (a *App) VerifyAudit(ctx context.Context) (rows int, firstBad string, err error) {
	return a.store.VerifyAudit(ctx)
}

// Doctor looks for what ought never to be in the store. It changes nothing.
func (a *App) Doctor(ctx context.Context) ([]Fault, error) {
	found, err := a.store.Doctor(ctx)
	faults := make([]Fault, len(found))
	for i, f := range found {
		faults[i] = Fault{Check: f.Check, Object: f.Object, Want: f.Want, Have: f.Have,
			Message: i18n.T(i18n.Vietnamese, "doctor."+f.Check, "object", f.Object, "want", f.Want, "have", f.Have)}
	}
	return faults, err
}

// Backup writes the state of now into a new file, while others go on working.
func (a *App) Backup(ctx context.Context, path string) error { return a.store.Backup(ctx, path) }

// Restore fills an empty store from a backup, all or nothing.
func (a *App) Restore(ctx context.Context, path string) error { return a.store.Restore(ctx, path) }

// Checkpoint records the heads of the record of acts and returns the hash that, kept
// outside, vouches for all that came before.
func (a *App) Checkpoint(ctx context.Context) (hash string, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		hash, err = tx.Checkpoint(ctx, a.now())
		return err
	})
	return hash, err
}

// CountAccounts returns the number of accounts; 0 tells that nobody can log in yet.
func (a *App) CountAccounts(ctx context.Context) (n int, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		n, err = tx.CountAccounts(ctx)
		return err
	})
	return n, err
}
