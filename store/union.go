package store

import (
	"context"

	"ketnap/access"
	"ketnap/org"
)

// A thing of a union is seen where a scope covers the union's own line or that of the
// party unit beside it, which leads it (UNI-01). Every statement about unions says so by
// underUnion, on the unit aliased u.

// underUnion adds the condition that the union u lies in one of the scopes. A scope that
// covers nothing lets nothing through.
func underUnion(q *query, scopes ...access.Scope) {
	q.and(unionCovered(q, scopes...))
}

// unionCovered is the condition of underUnion, to be joined with others.
func unionCovered(q *query, scopes ...access.Scope) string {
	return `EXISTS (SELECT 1 FROM unit_closure uc WHERE uc.ancestor_no IN ` + in(&q.args, ints(rootsOf(scopes))) +
		` AND (uc.unit_no = u.no OR uc.unit_no = u.beside_no))`
}

// rootsOf gathers the roots of scopes; that of no scope stands over nothing.
func rootsOf(scopes []access.Scope) []org.UnitNo {
	var roots []org.UnitNo
	for _, s := range scopes {
		roots = append(roots, s.Roots()...)
	}
	if len(roots) == 0 {
		return []org.UnitNo{noUnit}
	}
	return roots
}

// Unions lists the open unions within scope, by code.
func (t *Tx) Unions(ctx context.Context, s access.Scope) ([]org.Unit, error) {
	q := &query{}
	q.and(`u.type = 'union'`)
	q.and(`u.closed_on IS NULL`)
	underUnion(q, s)
	return collect(ctx, t, `SELECT `+unitColumns+` FROM unit u WHERE `+q.conditions()+` ORDER BY u.code_key`, q.args, scanUnit)
}

// UnionSeen reports whether a union lies within one of the scopes.
func (t *Tx) UnionSeen(ctx context.Context, no org.UnitNo, scopes ...access.Scope) (bool, error) {
	q := &query{}
	q.and(`u.no = ` + q.arg(int(no)))
	underUnion(q, scopes...)
	found, err := collect(ctx, t, `SELECT u.no FROM unit u WHERE `+q.conditions(), q.args, scanNo)
	return len(found) > 0, err
}
