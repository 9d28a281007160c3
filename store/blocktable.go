package store

import (
	"context"

	"ketnap/access"
	"ketnap/class"
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

// ClassCounts returns of each unit of a subtree how many people are on the list of an
// awareness class that is open or held; units without one are absent. recorded tells
// whether any class was ever entered: else that there is nobody says nothing.
func (t *Tx) ClassCounts(ctx context.Context, unit org.UnitNo) (learners map[org.UnitNo]int, recorded bool, err error) {
	learners = map[org.UnitNo]int{}
	err = t.Query(ctx, `SELECT id FROM class WHERE realm = $1 LIMIT 1`, []any{Realm}, func(r sqldb.Row) error {
		var id string
		recorded = true
		return r.Scan(&id)
	})
	if err != nil || !recorded {
		return learners, recorded, err
	}
	q := &query{}
	q.and(`k.realm = ` + q.arg(Realm))
	q.and(`k.kind = ` + q.arg(string(class.Awareness)))
	within(q, `k.state`, []string{string(class.Opened), string(class.Running)})
	q.and(`l.realm = k.realm AND l.class_id = k.id`)
	within(q, `l.state`, []string{string(class.Named), string(class.Invited), string(class.Attending)})
	q.and(`c.unit_no = l.unit_no AND c.ancestor_no = ` + q.arg(int(unit)))
	err = t.Query(ctx, `SELECT l.unit_no, COUNT(*) FROM class k CROSS JOIN class_learner l CROSS JOIN unit_closure c WHERE `+q.conditions()+` GROUP BY l.unit_no`,
		q.args, func(r sqldb.Row) error {
			var no org.UnitNo
			var n int
			err := r.Scan(&no, &n)
			learners[no] = n
			return err
		})
	return learners, recorded, err
}

// LastSessions returns of each unit of a subtree the last day by another one on which it
// held a gathering on admission, or its committee worked with the union beside it; units
// without one are absent.
func (t *Tx) LastSessions(ctx context.Context, unit org.UnitNo, until date.Date) (map[org.UnitNo]date.Date, error) {
	out := map[org.UnitNo]date.Date{}
	take := func(r sqldb.Row) error {
		var no org.UnitNo
		var day date.Date
		err := r.Scan(&no, &day)
		if day.After(out[no]) {
			out[no] = day
		}
		return err
	}
	err := t.Query(ctx, `SELECT g.unit_no, MAX(g.held_on) FROM unit_closure c CROSS JOIN gathering g
		WHERE c.ancestor_no = $1 AND g.unit_no = c.unit_no AND g.held_on <= $2 AND g.voided = $3 GROUP BY g.unit_no`, []any{int(unit), until, false}, take)
	if err != nil {
		return nil, err
	}
	err = t.Query(ctx, `SELECT u.beside_no, MAX(s.on_day) FROM union_session s CROSS JOIN union_session_unit m CROSS JOIN unit u CROSS JOIN unit_closure c
		WHERE m.session_id = s.id AND u.no = m.unit_no AND c.unit_no = u.beside_no AND c.ancestor_no = $1 AND s.on_day <= $2 GROUP BY u.beside_no`, []any{int(unit), until}, take)
	return out, err
}
