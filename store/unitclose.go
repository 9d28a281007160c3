package store

import (
	"context"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
)

// CloseUnit records the last day of a unit and ends its place under its parent (REORG-08).
// The rows of the tree of today stay, so that its past is still found under the units
// above. It fails with Conflict where the unit is closed already.
func (t *Tx) CloseUnit(ctx context.Context, p access.Permit, no org.UnitNo, last date.Date) error {
	if !permitOf(p, access.ManageUnit) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE unit SET closed_on = $1 WHERE no = $2 AND closed_on IS NULL`, last, int(no))
	if err != nil {
		return err
	}
	if n == 0 {
		return errs.E(errs.Conflict, "unit.close.already")
	}
	_, err = t.Exec(ctx, `UPDATE unit_parent SET to_on = $1 WHERE unit_no = $2 AND to_on IS NULL`, last, int(no))
	return err
}
