package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/union"
)

// A UnionResolution is a resolution that introduces people, as the store keeps it.
type UnionResolution struct {
	union.Resolution
	ID        string
	Unit      org.UnitNo
	EnteredAt date.Instant
	EnteredBy string
}

// A UnionPerson is somebody whom a union introduced to a branch.
type UnionPerson struct {
	ID         string
	Resolution string
	Unit       org.UnitNo // the union
	Branch     org.UnitNo
	On         date.Date // of the resolution
	Name       string
	Birth      date.Date
	Sex        string
	State      union.State
	File       string // once taken; what its branch keeps of it is not the union's to read
	DecidedOn  date.Date
	DecidedBy  string
	Reason     string // of a refusal

	// When read.
	Number     string // of the resolution
	Present    int
	For        int
	UnitCode   org.Code
	UnitName   string
	UnitKind   org.Kind
	BranchCode org.Code
	BranchName string
	Stage      admission.Stage // of the file, from which the fate is drawn
	Admitted   date.Date       // the day of the decision
}

// Fate is what the introducer learns (SEC-08).
func (p UnionPerson) Fate() union.Fate { return union.FateOf(p.State, p.Stage) }

const unionPersonColumns = `p.id, p.resolution_id, p.unit_no, p.branch_no, p.on_day, p.name, p.birth_date, p.sex, p.state, COALESCE(p.file_id, ''),
	p.decided_on, p.decided_by, p.reason, r.number, r.present, r.votes_for, u.code, u.name, u.kind, b.code, b.name, COALESCE(f.stage, ''), f.decided_on`

const unionPersonFrom = ` FROM union_person p JOIN union_resolution r ON r.realm = p.realm AND r.id = p.resolution_id
	JOIN unit u ON u.no = p.unit_no JOIN unit b ON b.no = p.branch_no LEFT JOIN admission_file f ON f.realm = p.realm AND f.id = p.file_id WHERE `

func scanUnionPerson(r sqldb.Row) (p UnionPerson, err error) {
	err = r.Scan(&p.ID, &p.Resolution, &p.Unit, &p.Branch, &p.On, &p.Name, &p.Birth, &p.Sex, &p.State, &p.File, &p.DecidedOn, &p.DecidedBy, &p.Reason,
		&p.Number, &p.Present, &p.For, &p.UnitCode, &p.UnitName, &p.UnitKind, &p.BranchCode, &p.BranchName, &p.Stage, &p.Admitted)
	return p, err
}

// AddUnionResolution writes a resolution with the people whom it introduces. Each has its
// id; unit and day are the resolution's.
func (t *Tx) AddUnionResolution(ctx context.Context, p access.Permit, r UnionResolution, people []UnionPerson) error {
	if !p.Allows(access.RecordUnion, r.Unit) {
		return errPermit
	}
	err := t.insert(ctx, "union_resolution", "realm, id, unit_no, number, on_day, present, votes_for, entered_at, entered_by", "",
		[]any{Realm, r.ID, int(r.Unit), r.Number, r.On, r.Present, r.For, r.EnteredAt, r.EnteredBy})
	if err != nil {
		return fmt.Errorf("add union resolution: %w", err)
	}
	var rows []any
	for _, x := range people {
		rows = append(rows, Realm, x.ID, r.ID, int(r.Unit), int(x.Branch), r.On, x.Name, x.Birth, x.Sex, string(union.Sent), nil, nil, "", "")
	}
	return t.insert(ctx, "union_person", "realm, id, resolution_id, unit_no, branch_no, on_day, name, birth_date, sex, state, file_id, decided_on, decided_by, reason", "", rows)
}

// A UnionPersonFilter narrows a list of introductions. Zero fields do not.
type UnionPersonFilter struct {
	Unit       org.UnitNo // the union
	Resolution string
	States     []union.State
	Until      date.Date // introduced on this day or before
	From, To   date.Date // introduced in this time
	Limit      int
}

func (f UnionPersonFilter) narrow(q *query) {
	q.and(`p.realm = ` + q.arg(Realm))
	if f.Unit != 0 {
		q.and(`p.unit_no = ` + q.arg(int(f.Unit)))
	}
	if f.Resolution != "" {
		q.and(`p.resolution_id = ` + q.arg(asID(f.Resolution)))
	}
	if len(f.States) > 0 {
		within(q, `p.state`, f.States)
	}
	if !f.Until.IsZero() {
		q.and(`p.on_day <= ` + q.arg(f.Until))
	}
	if !f.From.IsZero() {
		q.and(`p.on_day >= ` + q.arg(f.From))
	}
	if !f.To.IsZero() {
		q.and(`p.on_day <= ` + q.arg(f.To))
	}
}

// UnionPeople lists introductions by unions within one of the scopes, the latest first.
func (t *Tx) UnionPeople(ctx context.Context, f UnionPersonFilter, scopes ...access.Scope) ([]UnionPerson, error) {
	q := &query{}
	f.narrow(q)
	underUnion(q, scopes...)
	return collect(ctx, t, `SELECT `+unionPersonColumns+unionPersonFrom+q.conditions()+` ORDER BY p.on_day DESC, r.number, p.name, p.id LIMIT `+
		q.arg(max(f.Limit, 1)), q.args, scanUnionPerson)
}

// UnionInbox lists the introductions to branches within scope, the oldest first.
func (t *Tx) UnionInbox(ctx context.Context, s access.Scope, f UnionPersonFilter) ([]UnionPerson, error) {
	q := &query{}
	f.narrow(q)
	q.and(inboxCovered(q, s))
	return collect(ctx, t, `SELECT `+unionPersonColumns+unionPersonFrom+q.conditions()+` ORDER BY p.on_day, r.number, p.name, p.id LIMIT `+
		q.arg(max(f.Limit, 1)), q.args, scanUnionPerson)
}

func inboxCovered(q *query, s access.Scope) string {
	return `EXISTS (SELECT 1 FROM unit_closure ic WHERE ic.unit_no = p.branch_no AND ic.ancestor_no IN ` + in(&q.args, ints(rootsOf([]access.Scope{s}))) + `)`
}

// CountUnionInbox returns how many introductions wait with branches within scope, and how
// many of them were made on a day or before.
func (t *Tx) CountUnionInbox(ctx context.Context, s access.Scope, until date.Date) (all, late int, err error) {
	q := &query{}
	day := q.arg(until)
	UnionPersonFilter{States: []union.State{union.Sent}}.narrow(q)
	q.and(inboxCovered(q, s))
	err = t.QueryRow(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN p.on_day <= `+day+` THEN 1 ELSE 0 END), 0) FROM union_person p WHERE `+q.conditions(), q.args...).Scan(&all, &late)
	return all, late, err
}

// UnionPersonBranch returns the branch to which somebody was introduced, for the gate. It
// fails with NotFound.
func (t *Tx) UnionPersonBranch(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT branch_no FROM union_person WHERE realm = $1 AND id = $2`, Realm, asID(id)).Scan(&no)
	return no, orNotFound(err, "union.person.none")
}

// UnionPerson returns an introduction to a branch within scope, else NotFound.
func (t *Tx) UnionPerson(ctx context.Context, s access.Scope, id string) (UnionPerson, error) {
	q := &query{}
	q.and(`p.realm = ` + q.arg(Realm))
	q.and(`p.id = ` + q.arg(asID(id)))
	q.and(inboxCovered(q, s))
	p, err := scanUnionPerson(t.QueryRow(ctx, `SELECT `+unionPersonColumns+unionPersonFrom+q.conditions(), q.args...))
	return p, orNotFound(err, "union.person.none")
}

// FileUnionPeople lists the introductions that a file holds, the oldest first.
func (t *Tx) FileUnionPeople(ctx context.Context, file string) ([]UnionPerson, error) {
	return collect(ctx, t, `SELECT `+unionPersonColumns+unionPersonFrom+`p.realm = $1 AND p.file_id = $2 ORDER BY p.on_day, p.id`,
		[]any{Realm, asID(file)}, scanUnionPerson)
}

// SettleUnionPerson writes what the branch made of an introduction, once: it fails with
// Conflict where that was done before.
func (t *Tx) SettleUnionPerson(ctx context.Context, p access.Permit, x UnionPerson) error {
	if !p.Allows(access.OpenFile, x.Branch) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE union_person SET state = $1, file_id = $2, decided_on = $3, decided_by = $4, reason = $5
		WHERE realm = $6 AND id = $7 AND branch_no = $8 AND state = 'sent'`,
		string(x.State), nullText(x.File), x.DecidedOn, x.DecidedBy, x.Reason, Realm, x.ID, int(x.Branch))
	if err != nil {
		return fmt.Errorf("settle introduction: %w", err)
	}
	if n != 1 {
		return errs.E(errs.Conflict, "union.person.settled")
	}
	return nil
}

// A UnionTally is what unions introduced from a day to another, and of whom a file came
// to a decision by its end.
type UnionTally struct {
	Waiting  int
	Declined int
	union.Tally
}

// UnionTallies returns for each of the unions what came of the people whom it introduced
// by resolution from one day to another. Unions without any are absent.
func (t *Tx) UnionTallies(ctx context.Context, units []org.UnitNo, from, to date.Date) (map[org.UnitNo]UnionTally, error) {
	out := map[org.UnitNo]UnionTally{}
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		UnionPersonFilter{From: from, To: to}.narrow(q)
		within(q, `p.unit_no`, part)
		return t.Query(ctx, `SELECT p.unit_no, COUNT(*), SUM(CASE WHEN f.decided_on IS NOT NULL THEN 1 ELSE 0 END), SUM(CASE WHEN p.state = 'sent' THEN 1 ELSE 0 END),
			SUM(CASE WHEN p.state = 'declined' THEN 1 ELSE 0 END) FROM union_person p LEFT JOIN admission_file f ON f.realm = p.realm AND f.id = p.file_id WHERE `+
			q.conditions()+` GROUP BY p.unit_no`, q.args, func(r sqldb.Row) error {
			var no org.UnitNo
			var n UnionTally
			err := r.Scan(&no, &n.Introduced, &n.Admitted, &n.Waiting, &n.Declined)
			out[no] = n
			return err
		})
	})
	return out, err
}
