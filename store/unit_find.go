package store

import (
	"context"

	"ketnap/internal/sqldb"
	"ketnap/org"
)

// TopUnits returns the units that stand under no other.
func (t *Tx) TopUnits(ctx context.Context) ([]org.UnitNo, error) {
	return collect(ctx, t, `SELECT no FROM unit WHERE parent_no IS NULL ORDER BY no`, nil, scanNo)
}

// UnitsByNo returns units by their numbers, in order of number; an unknown one is left out.
func (t *Tx) UnitsByNo(ctx context.Context, nos []org.UnitNo) ([]org.Unit, error) {
	var out []org.Unit
	err := inChunks(ints(nos), func(part []int) error {
		var a args
		rows, err := collect(ctx, t, `SELECT `+unitColumns+` FROM unit u WHERE u.no IN `+in(&a, part)+` ORDER BY u.no`, a, scanUnit)
		out = append(out, rows...)
		return err
	})
	return out, err
}

// Owners returns for every unit of the subtrees of roots under which of them it stands.
func (t *Tx) Owners(ctx context.Context, roots []org.UnitNo) (map[org.UnitNo]org.UnitNo, error) {
	out := map[org.UnitNo]org.UnitNo{}
	err := inChunks(ints(roots), func(part []int) error {
		var a args
		return t.Query(ctx, `SELECT unit_no, ancestor_no FROM unit_closure WHERE ancestor_no IN `+in(&a, part), a, func(r sqldb.Row) error {
			var unit, root org.UnitNo
			err := r.Scan(&unit, &root)
			out[unit] = root
			return err
		})
	})
	return out, err
}

// UnionsBeside returns the unions that stand beside a party unit.
func (t *Tx) UnionsBeside(ctx context.Context, no org.UnitNo) ([]org.Unit, error) {
	return collect(ctx, t, `SELECT `+unitColumns+` FROM unit u WHERE u.beside_no = $1 AND u.closed_on IS NULL ORDER BY u.no`, []any{int(no)}, scanUnit)
}

// ChildNames returns the units directly below one, by code, with no more than number,
// code, name and type of each: enough to choose from.
func (t *Tx) ChildNames(ctx context.Context, no org.UnitNo) ([]org.Unit, error) {
	return collect(ctx, t, `SELECT u.no, u.code, u.name, u.type FROM unit u WHERE u.parent_no = $1 ORDER BY u.code_key`, []any{int(no)},
		func(r sqldb.Row) (u org.Unit, err error) {
			err = r.Scan(&u.No, &u.Code, &u.Name, &u.Type)
			return u, err
		})
}

// Beside returns for every union the party unit beside which it stands.
func (t *Tx) Beside(ctx context.Context) (map[org.UnitNo]org.UnitNo, error) {
	out := map[org.UnitNo]org.UnitNo{}
	err := t.Query(ctx, `SELECT no, beside_no FROM unit WHERE beside_no IS NOT NULL`, nil, func(r sqldb.Row) error {
		var union, party org.UnitNo
		err := r.Scan(&union, &party)
		out[union] = party
		return err
	})
	return out, err
}
