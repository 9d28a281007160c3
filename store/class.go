package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A ClassRow is a class as the store keeps it.
type ClassRow struct {
	class.Class
	UnitNo    org.UnitNo // that holds it
	UnitName  string
	EnteredAt date.Instant
	EnteredBy string
	OnList    int // people with a seat, of all units; read by lists and by Class
}

const classColumns = `k.id, k.unit_no, u.code, u.name, k.kind, k.title, k.host, k.place, k.from_on, k.to_on, k.half_days, k.seats,
	k.state, k.number, k.decided_on, k.decided_by, COALESCE(k.proposal_id, ''), k.head, k.registrar, k.monitor, k.note, k.version,
	k.entered_at, k.entered_by,
	(SELECT count(*) FROM class_learner l WHERE l.realm = k.realm AND l.class_id = k.id AND l.state NOT IN ('absent', 'dropped'))`

func scanClass(r sqldb.Row) (c ClassRow, err error) {
	err = r.Scan(&c.ID, &c.UnitNo, &c.Unit, &c.UnitName, &c.Kind, &c.Title, &c.Host, &c.Place, &c.From, &c.To, &c.HalfDays, &c.Seats,
		&c.State, &c.Number, &c.DecidedOn, &c.DecidedBy, &c.Proposal, &c.Head, &c.Registrar, &c.Monitor, &c.Note, &c.Version,
		&c.EnteredAt, &c.EnteredBy, &c.OnList)
	return c, err
}

// SaveClass writes a class: a new one where c.Version is 1, else the next version of one
// that is kept. It needs the permit to manage classes on the unit that holds it, and fails
// with Stale where somebody changed the class since it was read.
func (t *Tx) SaveClass(ctx context.Context, p access.Permit, c ClassRow) error {
	if !p.Allows(access.ManageClass, c.UnitNo) {
		return errPermit
	}
	if c.Version == 1 {
		err := t.insert(ctx, "class", `realm, id, unit_no, kind, title, host, place, from_on, to_on, half_days, seats, state, number,
			decided_on, decided_by, proposal_id, head, registrar, monitor, note, version, entered_at, entered_by`, "",
			[]any{Realm, c.ID, int(c.UnitNo), string(c.Kind), c.Title, string(c.Host), c.Place, c.From, c.To, c.HalfDays, c.Seats,
				string(c.State), c.Number, c.DecidedOn, c.DecidedBy, nullText(c.Proposal), c.Head, c.Registrar, c.Monitor, c.Note,
				c.Version, c.EnteredAt, c.EnteredBy})
		if err != nil {
			return fmt.Errorf("add class %s: %w", c.ID, err)
		}
		return nil
	}
	n, err := t.Exec(ctx, `UPDATE class SET title = $1, host = $2, place = $3, from_on = $4, to_on = $5, half_days = $6, seats = $7,
		state = $8, number = $9, decided_on = $10, decided_by = $11, head = $12, registrar = $13, monitor = $14, note = $15, version = $16
		WHERE realm = $17 AND id = $18 AND unit_no = $19 AND version = $20`,
		c.Title, string(c.Host), c.Place, c.From, c.To, c.HalfDays, c.Seats, string(c.State), c.Number, c.DecidedOn, c.DecidedBy,
		c.Head, c.Registrar, c.Monitor, c.Note, c.Version, Realm, c.ID, int(c.UnitNo), c.Version-1)
	if err != nil {
		return fmt.Errorf("save class %s: %w", c.ID, err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "class.stale")
	}
	return nil
}

// ClassUnit returns the unit that holds a class, so that the gate can ask for rights on
// it. It fails with NotFound.
func (t *Tx) ClassUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM class WHERE realm = $1 AND id = $2`, Realm, asID(id)).Scan(&no)
	return no, orNotFound(err, "class.none")
}

// Class returns a class. A unit sees the classes of the committees above it from the day
// they are opened, and those held within scope; of any other there is none.
func (t *Tx) Class(ctx context.Context, s access.Scope, id string) (ClassRow, error) {
	q := &query{}
	q.and(`k.realm = ` + q.arg(Realm))
	q.and(`k.id = ` + q.arg(asID(id)))
	q.and(`u.no = k.unit_no`)
	if s.Empty() {
		return ClassRow{}, errs.E(errs.NotFound, "class.none")
	}
	q.seesClass(s.Roots())
	c, err := scanClass(t.QueryRow(ctx, `SELECT `+classColumns+` FROM class k CROSS JOIN unit u WHERE `+q.conditions(), q.args...))
	return c, orNotFound(err, "class.none")
}

// seesClass holds a statement to the classes that may be seen from the units of a scope.
func (q *query) seesClass(roots []org.UnitNo) {
	below := in(&q.args, ints(roots))
	above := in(&q.args, ints(roots))
	q.and(`(EXISTS (SELECT 1 FROM unit_closure b WHERE b.ancestor_no IN ` + below + ` AND b.unit_no = k.unit_no)
		OR k.state NOT IN ('draft', 'proposed') AND EXISTS (SELECT 1 FROM unit_closure a WHERE a.unit_no IN ` + above + ` AND a.ancestor_no = k.unit_no))`)
}

// A ClassFilter says which classes a list shows. Empty fields do not filter.
type ClassFilter struct {
	Unit   org.UnitNo // held by this unit or one below or above it
	Kind   class.Kind
	States []class.State
	From   date.Date // whose first day, or decision where there is none, is on or after
	To     date.Date // and on or before
	Limit  int       // 1 to 500
}

// Classes lists the classes that may be seen from a scope, those without a day first, then
// the latest.
func (t *Tx) Classes(ctx context.Context, s access.Scope, f ClassFilter) ([]ClassRow, error) {
	roots, err := t.Narrow(ctx, s, f.Unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	q.and(`k.realm = ` + q.arg(Realm))
	q.and(`u.no = k.unit_no`)
	q.seesClass(roots)
	if f.Kind != "" {
		q.and(`k.kind = ` + q.arg(string(f.Kind)))
	}
	if len(f.States) > 0 {
		within(q, `k.state`, f.States)
	}
	if !f.From.IsZero() {
		q.and(`COALESCE(k.from_on, k.decided_on) >= ` + q.arg(f.From))
	}
	if !f.To.IsZero() {
		q.and(`COALESCE(k.from_on, k.decided_on) <= ` + q.arg(f.To))
	}
	return collect(ctx, t, `SELECT `+classColumns+` FROM class k CROSS JOIN unit u WHERE `+q.conditions()+`
		ORDER BY CASE WHEN k.from_on IS NULL THEN 0 ELSE 1 END, k.from_on DESC, k.entered_at DESC, k.id DESC
		LIMIT `+q.arg(min(max(f.Limit, 1), 500)), q.args, scanClass)
}
