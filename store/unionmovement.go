package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/union"
)

// A UnionMovement is an activity of a union, as the store keeps it.
type UnionMovement struct {
	union.Movement
	ID        string
	Unit      org.UnitNo
	UnitCode  org.Code
	UnitName  string
	Named     int // of how many participants a name is known
	EnteredAt date.Instant
	EnteredBy string
}

const movementColumns = `m.id, m.unit_no, u.code, u.name, m.name, m.from_on, m.to_on, m.people, m.result, m.evidence, m.kept, m.entered_at, m.entered_by`

func movementFields(m *UnionMovement) []any {
	return []any{&m.ID, &m.Unit, &m.UnitCode, &m.UnitName, &m.Name, &m.From, &m.To, &m.Count, &m.Result, &m.Evidence, &m.Kept, &m.EnteredAt, &m.EnteredBy}
}

func scanMovement(r sqldb.Row) (m UnionMovement, err error) {
	return m, r.Scan(movementFields(&m)...)
}

// AddUnionMovement writes a movement with the people of it who were introduced.
func (t *Tx) AddUnionMovement(ctx context.Context, p access.Permit, m UnionMovement) error {
	if !p.Allows(access.RecordUnion, m.Unit) {
		return errPermit
	}
	err := t.insert(ctx, "union_movement", "id, unit_no, name, from_on, to_on, people, result, evidence, kept, entered_at, entered_by", "",
		[]any{m.ID, int(m.Unit), m.Name, m.From, m.To, m.Count, m.Result, string(m.Evidence), m.Kept, m.EnteredAt, m.EnteredBy})
	if err != nil {
		return fmt.Errorf("add movement: %w", err)
	}
	var rows []any
	for _, x := range m.People {
		rows = append(rows, Realm, m.ID, x.Introduced, x.Role, x.Result)
	}
	return t.insert(ctx, "union_part", "realm, movement_id, person_id, role, result", "", rows)
}

// UnionMovements lists movements of unions within scope that began in a time, the latest
// first, without the people of each.
func (t *Tx) UnionMovements(ctx context.Context, s access.Scope, unit org.UnitNo, from, to date.Date, limit int) ([]UnionMovement, error) {
	q := &query{}
	named := `(SELECT COUNT(*) FROM union_part x WHERE x.realm = ` + q.arg(Realm) + ` AND x.movement_id = m.id)`
	q.and(`m.from_on >= ` + q.arg(from))
	q.and(`m.from_on <= ` + q.arg(to))
	if unit != 0 {
		q.and(`m.unit_no = ` + q.arg(int(unit)))
	}
	underUnion(q, s)
	return collect(ctx, t, `SELECT `+movementColumns+`, `+named+` FROM union_movement m JOIN unit u ON u.no = m.unit_no WHERE `+q.conditions()+
		` ORDER BY m.from_on DESC, m.id LIMIT `+q.arg(max(limit, 1)), q.args, func(r sqldb.Row) (m UnionMovement, err error) {
		return m, r.Scan(append(movementFields(&m), &m.Named)...)
	})
}

// UnionMovement returns a movement of a union within scope, else NotFound. Its people are
// read where the union lies in one of the scopes for people, too.
func (t *Tx) UnionMovement(ctx context.Context, s access.Scope, id string, people ...access.Scope) (UnionMovement, error) {
	q := &query{}
	q.and(`m.id = ` + q.arg(asID(id)))
	underUnion(q, s)
	m, err := scanMovement(t.QueryRow(ctx, `SELECT `+movementColumns+` FROM union_movement m JOIN unit u ON u.no = m.unit_no WHERE `+q.conditions(), q.args...))
	if err != nil {
		return m, orNotFound(err, "union.movement.none")
	}
	q = &query{}
	q.and(`x.realm = ` + q.arg(Realm))
	q.and(`x.movement_id = ` + q.arg(m.ID))
	q.and(`p.realm = x.realm`)
	q.and(`p.id = x.person_id`)
	q.and(`u.no = p.unit_no`)
	underUnion(q, people...)
	m.People, err = collect(ctx, t, `SELECT x.person_id, p.name, x.role, x.result FROM union_part x CROSS JOIN union_person p CROSS JOIN unit u WHERE `+
		q.conditions()+` ORDER BY p.name, p.id`, q.args, func(r sqldb.Row) (x union.Participant, err error) {
		return x, r.Scan(&x.Introduced, &x.Name, &x.Role, &x.Result)
	})
	m.Named = len(m.People)
	return m, err
}

// CountUnionMovements returns how many movements each union began in a time.
func (t *Tx) CountUnionMovements(ctx context.Context, units []org.UnitNo, from, to date.Date) (map[org.UnitNo]int, error) {
	return t.countByUnit(ctx, `SELECT m.unit_no, COUNT(*) FROM union_movement m WHERE m.from_on >= $1 AND m.from_on <= $2 AND m.unit_no IN `, ` GROUP BY m.unit_no`, units, from, to)
}

// CountUnionSessions returns in how many working sessions each union took part in a time.
func (t *Tx) CountUnionSessions(ctx context.Context, units []org.UnitNo, from, to date.Date) (map[org.UnitNo]int, error) {
	return t.countByUnit(ctx, `SELECT x.unit_no, COUNT(*) FROM union_session_unit x JOIN union_session s ON s.id = x.session_id
		WHERE s.on_day >= $1 AND s.on_day <= $2 AND x.unit_no IN `, ` GROUP BY x.unit_no`, units, from, to)
}

func (t *Tx) countByUnit(ctx context.Context, head, tail string, units []org.UnitNo, from, to date.Date) (map[org.UnitNo]int, error) {
	out := map[org.UnitNo]int{}
	err := inChunks(ints(units), func(part []int) error {
		a := args{from, to}
		return t.Query(ctx, head+in(&a, part)+tail, a, func(r sqldb.Row) error {
			var no org.UnitNo
			var n int
			err := r.Scan(&no, &n)
			out[no] = n
			return err
		})
	})
	return out, err
}

// A FilePart is a part that the person of a file took in a movement.
type FilePart struct {
	Movement string
	Union    string
	From     date.Date
	Evidence union.EvidenceKind
	Kept     string
	union.Participant
}

// FileUnionParts lists the movements in which the person of a file took part, the latest
// first: what they give the branch to judge by (UNI-09).
func (t *Tx) FileUnionParts(ctx context.Context, file string) ([]FilePart, error) {
	return collect(ctx, t, `SELECT m.name, u.name, m.from_on, m.evidence, m.kept, x.role, x.result FROM union_person p CROSS JOIN union_part x
		CROSS JOIN union_movement m CROSS JOIN unit u WHERE p.realm = $1 AND p.file_id = $2 AND x.realm = p.realm AND x.person_id = p.id AND m.id = x.movement_id AND u.no = m.unit_no
		ORDER BY m.from_on DESC, m.id`, []any{Realm, asID(file)}, func(r sqldb.Row) (x FilePart, err error) {
		return x, r.Scan(&x.Movement, &x.Union, &x.From, &x.Evidence, &x.Kept, &x.Role, &x.Result)
	})
}

// A UnionOpinion is that a union gave its opinion on the person of a file.
type UnionOpinion struct {
	union.Opinion
	ID   string
	File string
	Kind org.Kind
	At   date.Instant
	By   string
}

// AddUnionOpinion writes that a union gave its opinion. It needs a permit of the branch's
// desk on the unit of the file, which the caller found.
func (t *Tx) AddUnionOpinion(ctx context.Context, p access.Permit, o UnionOpinion) error {
	unit, err := t.FileUnit(ctx, o.File)
	if err != nil {
		return err
	}
	if !p.Allows(access.RecordBranch, unit) {
		return errPermit
	}
	if same, err := t.UnionOpinions(ctx, o.File); err != nil {
		return err
	} else if len(same) >= mostOpinions {
		return errs.E(errs.Conflict, "union.opinion.many")
	}
	return t.insert(ctx, "union_opinion", "realm, id, file_id, kind, number, on_day, agrees, remarks, recorded_at, recorded_by", "",
		[]any{Realm, o.ID, o.File, string(o.Kind), o.Number, o.On, o.Agrees, o.Remarks, o.At, o.By})
}

// mostOpinions is how many opinions a file holds at most.
const mostOpinions = 20

// UnionOpinions lists the opinions on the person of a file, the oldest first.
func (t *Tx) UnionOpinions(ctx context.Context, file string) ([]UnionOpinion, error) {
	return collect(ctx, t, `SELECT o.id, o.file_id, o.kind, o.number, o.on_day, o.agrees, o.remarks, o.recorded_at, o.recorded_by FROM union_opinion o
		WHERE o.realm = $1 AND o.file_id = $2 ORDER BY o.on_day, o.id`, []any{Realm, asID(file)}, func(r sqldb.Row) (o UnionOpinion, err error) {
		return o, r.Scan(&o.ID, &o.File, &o.Kind, &o.Number, &o.On, &o.Agrees, &o.Remarks, &o.At, &o.By)
	})
}
