package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/person"
)

const unitColumns = `u.no, u.id, u.code, u.name, u.type, u.kind, COALESCE(u.parent_no, 0), COALESCE(u.beside_no, 0), u.opened_on, u.closed_on`

func scanUnit(r sqldb.Row) (u org.Unit, err error) {
	err = r.Scan(&u.No, &u.ID, &u.Code, &u.Name, &u.Type, &u.Kind, &u.Parent, &u.Beside, &u.OpenedOn, &u.ClosedOn)
	return u, err
}

// A NewUnit is a unit to be entered, with what is known of it from the first day on.
type NewUnit struct {
	org.Unit
	From   date.Date // the day from which it stands where it stands
	Counts map[org.CountKind]int
}

// CreateUnit enters a unit under its parent and returns it with its number. It fails
// with Conflict when the code is taken, and with NotFound when there is no such parent
// or party unit beside it. Whether it may stand there is for the caller to say.
func (t *Tx) CreateUnit(ctx context.Context, n NewUnit) (org.Unit, error) {
	if err := t.unitsExist(ctx, n.Parent, n.Beside); err != nil {
		return org.Unit{}, err
	}
	next, err := t.NextUnitNo(ctx)
	if err != nil {
		return org.Unit{}, err
	}
	n.No = next
	if err := t.insert(ctx, "unit", unitInsert, "", unitRow(n)); err != nil {
		return org.Unit{}, fmt.Errorf("create unit %s: %w", n.Code, t.orTaken(err, "unit.code_taken", "code"))
	}
	if err := t.insert(ctx, "unit_parent", "unit_no, parent_no, from_on", "", []any{int(n.No), nullNo(n.Parent), n.From}); err != nil {
		return org.Unit{}, err
	}
	if _, err := t.Exec(ctx, `INSERT INTO unit_closure (ancestor_no, unit_no, depth)
		SELECT ancestor_no, CAST($1 AS INTEGER), depth + 1 FROM unit_closure WHERE unit_no = $2`, int(n.No), int(n.Parent)); err != nil {
		return org.Unit{}, err
	}
	if err := t.insert(ctx, "unit_closure", "ancestor_no, unit_no, depth", "", []any{int(n.No), int(n.No), 0}); err != nil {
		return org.Unit{}, err
	}
	if err := t.insert(ctx, "unit_count", "unit_no, kind, from_on, value", "", countRows(n)); err != nil {
		return org.Unit{}, err
	}
	return n.Unit, t.insert(ctx, "unit_word", "word, unit_no", "", wordRows(wordsOf(n.Unit)))
}

func (t *Tx) unitsExist(ctx context.Context, parent, beside org.UnitNo) error {
	for _, c := range []struct {
		no    org.UnitNo
		field string
	}{{parent, "parent"}, {beside, "beside"}} {
		if c.no == 0 {
			continue
		}
		if _, err := t.UnitByNo(ctx, c.no); err != nil {
			if errs.KindOf(err) == errs.NotFound {
				return errs.E(errs.NotFound, "unit.not_found").On(c.field)
			}
			return err
		}
	}
	return nil
}

// NextUnitNo returns the number that the next unit gets. Until the transaction ends
// nobody else gets one: the rows at the top of the trees are the lock.
func (t *Tx) NextUnitNo(ctx context.Context) (no org.UnitNo, err error) {
	if _, err := t.Exec(ctx, `UPDATE unit SET name = name WHERE parent_no IS NULL`); err != nil {
		return 0, err
	}
	err = t.QueryRow(ctx, `SELECT COALESCE(MAX(no), 0) + 1 FROM unit`).Scan(&no)
	return no, err
}

// BulkUnits enters many units at once, in any order. They carry their numbers, from
// NextUnitNo upward, so that they can name each other. It fails where they and the units
// that are there form no tree.
func (t *Tx) BulkUnits(ctx context.Context, units []NewUnit) error {
	all, err := t.AllUnits(ctx)
	if err != nil {
		return err
	}
	for _, n := range units {
		all = append(all, n.Unit)
	}
	tree, err := org.NewTree(all)
	if err != nil {
		return errs.E(errs.Invalid, "unit.no_tree").Because(err)
	}
	byNo := make(map[org.UnitNo]NewUnit, len(units))
	for _, n := range units {
		byNo[n.No] = n
	}
	var rows, links, closure, counts []any
	var words []word
	for _, u := range tree.Units() { // parents first, as the foreign keys want it
		n, isNew := byNo[u.No]
		if !isNew {
			continue
		}
		rows = append(rows, unitRow(n)...)
		links = append(links, int(n.No), nullNo(n.Parent), n.From)
		for depth, above := range tree.Line(n.No) {
			closure = append(closure, int(above), int(n.No), depth)
		}
		counts = append(counts, countRows(n)...)
		words = append(words, wordsOf(n.Unit)...)
	}
	slices.SortFunc(words, func(a, b word) int { return cmp.Or(bytes.Compare(a.text, b.text), cmp.Compare(a.unit, b.unit)) })
	for _, part := range []struct {
		table, columns string
		rows           []any
	}{
		{"unit", unitInsert, rows},
		{"unit_parent", "unit_no, parent_no, from_on", links},
		{"unit_closure", "ancestor_no, unit_no, depth", closure},
		{"unit_count", "unit_no, kind, from_on, value", counts},
		{"unit_word", "word, unit_no", wordRows(words)},
	} {
		if err := t.insert(ctx, part.table, part.columns, "", part.rows); err != nil {
			return fmt.Errorf("enter units: %w", t.orTaken(err, "unit.code_taken", "code"))
		}
	}
	return nil
}

const unitInsert = `no, id, code, code_key, name, type, kind, tree, parent_no, beside_no, opened_on, closed_on`

func unitRow(n NewUnit) []any {
	return []any{
		int(n.No), string(n.ID), string(n.Code), []byte(n.Code), n.Name, string(n.Type), string(n.Kind), string(n.Side()),
		nullNo(n.Parent), nullNo(n.Beside), n.OpenedOn, n.ClosedOn,
	}
}

func countRows(n NewUnit) []any {
	var rows []any
	for kind, value := range n.Counts {
		rows = append(rows, int(n.No), string(kind), n.From, value)
	}
	return rows
}

// A word is one under which a unit is found.
type word struct {
	text []byte
	unit org.UnitNo
}

// wordsOf returns the words of the code and the name of a unit.
func wordsOf(u org.Unit) (words []word) {
	for _, w := range person.Words(string(u.Code) + " " + u.Name) {
		words = append(words, word{[]byte(w), u.No})
	}
	return words
}

func wordRows(words []word) []any {
	rows := make([]any, 0, 2*len(words))
	for _, w := range words {
		rows = append(rows, w.text, int(w.unit))
	}
	return rows
}

// UnitByCode finds a unit by its code in the written form (org.ParseCode).
func (t *Tx) UnitByCode(ctx context.Context, code org.Code) (org.Unit, error) {
	u, err := scanUnit(t.QueryRow(ctx, `SELECT `+unitColumns+` FROM unit u WHERE u.code = $1`, string(code)))
	return u, orNotFound(err, "unit.not_found")
}

// UnitByNo finds a unit by its number.
func (t *Tx) UnitByNo(ctx context.Context, no org.UnitNo) (org.Unit, error) {
	u, err := scanUnit(t.QueryRow(ctx, `SELECT `+unitColumns+` FROM unit u WHERE u.no = $1`, int(no)))
	return u, orNotFound(err, "unit.not_found")
}

// AllUnits returns all units of both trees by their numbers.
func (t *Tx) AllUnits(ctx context.Context) ([]org.Unit, error) {
	return collect(ctx, t, `SELECT `+unitColumns+` FROM unit u ORDER BY u.no`, nil, scanUnit)
}

// UnitTree returns the tree of today. It reads all units: the application keeps it.
func (t *Tx) UnitTree(ctx context.Context) (*org.Tree, error) {
	units, err := t.AllUnits(ctx)
	if err != nil {
		return nil, err
	}
	return org.NewTree(units)
}

// Units returns the units under roots, the roots included, in the order of their codes,
// beginning after a code; limit is the most that it returns. Without roots there is none.
func (t *Tx) Units(ctx context.Context, roots []org.UnitNo, after org.Code, limit int) ([]org.Unit, error) {
	var a args
	where := ""
	if after != "" {
		where = ` AND u.code_key > ` + a.add([]byte(after))
	}
	return t.unitsUnder(ctx, a, where, roots, limit)
}

// SearchUnits returns the units under roots in whose code or name every word of the
// query begins a word, marks and case aside. A query without words finds none.
func (t *Tx) SearchUnits(ctx context.Context, query string, roots []org.UnitNo, limit int) ([]org.Unit, error) {
	words := person.Words(query)
	if len(words) == 0 {
		return nil, nil
	}
	var a args
	where := ""
	for _, w := range words {
		lo, hi := person.SearchKey(w)
		where += ` AND u.no IN (SELECT w.unit_no FROM unit_word w WHERE w.word >= ` + a.add(lo) + ` AND w.word < ` + a.add(hi) + `)`
	}
	return t.unitsUnder(ctx, a, where, roots, limit)
}

func (t *Tx) unitsUnder(ctx context.Context, a args, where string, roots []org.UnitNo, limit int) ([]org.Unit, error) {
	if len(roots) == 0 {
		return nil, nil
	}
	text := `SELECT ` + unitColumns + ` FROM unit u
		WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.unit_no = u.no AND c.ancestor_no IN ` + in(&a, ints(roots)) + `)` + where + `
		ORDER BY u.code_key LIMIT ` + a.add(limit)
	return collect(ctx, t, text, a, scanUnit)
}

// Children returns the units directly under a unit, in the order of their codes.
func (t *Tx) Children(ctx context.Context, no org.UnitNo) ([]org.Unit, error) {
	return collect(ctx, t, `SELECT `+unitColumns+` FROM unit u WHERE u.parent_no = $1 ORDER BY u.code_key`, []any{int(no)}, scanUnit)
}

// Line returns the numbers of a unit and of all above it, from itself to the top.
func (t *Tx) Line(ctx context.Context, no org.UnitNo) ([]org.UnitNo, error) {
	line, err := collect(ctx, t, `SELECT ancestor_no FROM unit_closure WHERE unit_no = $1 ORDER BY depth`, []any{int(no)}, scanNo)
	return line, orNoLine(line, err)
}

// LineUnits returns a unit and all above it, from itself to the top.
func (t *Tx) LineUnits(ctx context.Context, no org.UnitNo) ([]org.Unit, error) {
	line, err := collect(ctx, t, `SELECT `+unitColumns+` FROM unit_closure c CROSS JOIN unit u
		WHERE c.unit_no = $1 AND u.no = c.ancestor_no ORDER BY c.depth`, []any{int(no)}, scanUnit)
	return line, orNoLine(line, err)
}

func orNoLine[T any](line []T, err error) error {
	if err == nil && len(line) == 0 {
		return errs.E(errs.NotFound, "unit.not_found")
	}
	return err
}

func scanNo(r sqldb.Row) (no org.UnitNo, err error) {
	err = r.Scan(&no)
	return no, err
}

// Subtree returns the numbers of a unit and of all below it.
func (t *Tx) Subtree(ctx context.Context, no org.UnitNo) ([]org.UnitNo, error) {
	return collect(ctx, t, `SELECT unit_no FROM unit_closure WHERE ancestor_no = $1 ORDER BY unit_no`, []any{int(no)}, scanNo)
}

// ParentLinks returns under whom all units stood and when (REORG-08).
func (t *Tx) ParentLinks(ctx context.Context) ([]org.Link, error) {
	return collect(ctx, t, `SELECT unit_no, COALESCE(parent_no, 0), from_on, to_on FROM unit_parent ORDER BY unit_no, from_on`, nil,
		func(r sqldb.Row) (l org.Link, err error) {
			err = r.Scan(&l.Unit, &l.Parent, &l.From, &l.To)
			return l, err
		})
}

func ints[T ~int](values []T) []int {
	out := make([]int, len(values))
	for i, v := range values {
		out[i] = int(v)
	}
	return out
}
