package store

import (
	"context"

	"ketnap/access"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A BranchMark is what tells of a unit's files, without reading them, whether any has
// changed; and the day on which the duty is due that is due first, none where none is.
type BranchMark struct {
	Files    int
	Versions int // their sum: every act makes it greater
	Duty     date.Date
}

// BranchMarks returns the marks of the units of a subtree within scope that have files.
func (t *Tx) BranchMarks(ctx context.Context, s access.Scope, unit org.UnitNo) (map[org.UnitNo]BranchMark, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`f.realm = ` + q.arg(Realm))
	q.and(`f.unit_no = c.unit_no`)
	out := map[org.UnitNo]BranchMark{}
	err = t.Query(ctx, `SELECT f.unit_no, COUNT(*), SUM(f.version), MIN(f.press_due) FROM unit_closure c CROSS JOIN admission_file f WHERE `+q.conditions()+` GROUP BY f.unit_no`,
		q.args, func(r sqldb.Row) error {
			var no org.UnitNo
			var m BranchMark
			err := r.Scan(&no, &m.Files, &m.Versions, &m.Duty)
			out[no] = m
			return err
		})
	return out, err
}

// Pins returns the units that an account keeps at the top of the table.
func (t *Tx) Pins(ctx context.Context, account string) (map[org.UnitNo]bool, error) {
	out := map[org.UnitNo]bool{}
	err := t.Query(ctx, `SELECT unit_no FROM table_pin WHERE account_id = $1`, []any{account}, func(r sqldb.Row) error {
		var no org.UnitNo
		err := r.Scan(&no)
		out[no] = true
		return err
	})
	return out, err
}

// Pin keeps a unit at the top of the table of an account, or lets it go again. Done twice
// it changes nothing more.
func (t *Tx) Pin(ctx context.Context, account string, unit org.UnitNo, on bool) error {
	text := `DELETE FROM table_pin WHERE account_id = $1 AND unit_no = $2`
	if on {
		text = `INSERT INTO table_pin (account_id, unit_no) VALUES ($1, $2) ON CONFLICT (account_id, unit_no) DO NOTHING`
	}
	_, err := t.Exec(ctx, text, account, int(unit))
	return err
}
