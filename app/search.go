package app

import (
	"context"

	"ketnap/access"
	"ketnap/org"
)

// SearchUnits finds the units that the actor may see in whose code or name every word of
// the query begins a word, marks and case aside, at most limit of them.
func (a *App) SearchUnits(ctx context.Context, who Actor, query string, limit int) (units []org.Unit, err error) {
	err = a.read(ctx, who, access.SeeUnit, func(r *reading) error {
		units, err = r.Tx.SearchUnits(ctx, query, r.Scope.Roots(), limit)
		return err
	})
	return units, err
}
