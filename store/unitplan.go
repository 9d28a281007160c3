package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A UnitPlan is the plan of a unit for a year, without its measures.
type UnitPlan struct {
	Unit        org.UnitNo
	Year        int
	State       string
	Version     int
	WrittenBy   string
	WrittenOn   date.Date
	SubmittedBy string
	SubmittedOn date.Date
	AnsweredBy  string
	AnsweredOn  date.Date
	Note        string // why it was returned
}

// SaveUnitPlan writes a plan where version is what the store holds, 0 for none yet. The
// permit is the unit's or its superior's. It fails with Stale where somebody else wrote
// in between.
func (t *Tx) SaveUnitPlan(ctx context.Context, p access.Permit, u UnitPlan) error {
	if !permitOf(p, access.ProposeTarget, access.AssignTarget, access.RecordUnion) {
		return errPermit
	}
	if u.Version == 0 {
		_, err := t.Exec(ctx, `INSERT INTO unit_plan (unit_no, year, state, version, written_by, written_on, submitted_by, submitted_on, answered_by, answered_on, note)
			VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10)`,
			int(u.Unit), u.Year, u.State, u.WrittenBy, u.WrittenOn, u.SubmittedBy, u.SubmittedOn, u.AnsweredBy, u.AnsweredOn, u.Note)
		if err != nil && t.Kind(err) == sqldb.Unique {
			return errs.E(errs.Stale, "plan.stale").Because(err)
		}
		return err
	}
	n, err := t.Exec(ctx, `UPDATE unit_plan SET state = $1, version = version + 1, written_by = $2, written_on = $3, submitted_by = $4, submitted_on = $5,
		answered_by = $6, answered_on = $7, note = $8 WHERE unit_no = $9 AND year = $10 AND version = $11`,
		u.State, u.WrittenBy, u.WrittenOn, u.SubmittedBy, u.SubmittedOn, u.AnsweredBy, u.AnsweredOn, u.Note, int(u.Unit), u.Year, u.Version)
	if err == nil && n == 0 {
		return errs.E(errs.Stale, "plan.stale")
	}
	return err
}

// UnitPlans lists the plans of units for a year; who has none is absent.
func (t *Tx) UnitPlans(ctx context.Context, units []org.UnitNo, year int) (map[org.UnitNo]UnitPlan, error) {
	out := map[org.UnitNo]UnitPlan{}
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `unit_no`, part)
		q.and(`year = ` + q.arg(year))
		return t.Query(ctx, `SELECT unit_no, year, state, version, written_by, written_on, submitted_by, submitted_on, answered_by, answered_on, note
			FROM unit_plan WHERE `+q.conditions(), q.args, func(r sqldb.Row) error {
			var u UnitPlan
			if err := r.Scan(&u.Unit, &u.Year, &u.State, &u.Version, &u.WrittenBy, &u.WrittenOn, &u.SubmittedBy, &u.SubmittedOn, &u.AnsweredBy, &u.AnsweredOn, &u.Note); err != nil {
				return err
			}
			out[u.Unit] = u
			return nil
		})
	})
	return out, err
}

// A Measure is one thing that a unit does to reach its figures.
type Measure struct {
	ID        string
	Unit      org.UnitNo
	Year      int
	Seq       int
	Version   int
	Text      string
	Owner     string
	Due       date.Date
	Origin    string // the clause or the conclusion it comes from; "" for the unit's own
	State     string
	Reason    string // why it was dropped
	AddedBy   string
	AddedOn   date.Date
	SettledBy string
	SettledOn date.Date
}

// AddMeasure writes a measure behind the earlier ones of its unit and year. It fails with
// Stale when another one was written at the same moment.
func (t *Tx) AddMeasure(ctx context.Context, p access.Permit, m Measure) error {
	if !permitOf(p, access.ProposeTarget, access.AssignTarget, access.HoldSession, access.RecordUnion) {
		return errPermit
	}
	var last int
	if err := t.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0) FROM plan_measure WHERE unit_no = $1 AND year = $2`, int(m.Unit), m.Year).Scan(&last); err != nil {
		return fmt.Errorf("number measure: %w", err)
	}
	_, err := t.Exec(ctx, `INSERT INTO plan_measure (id, unit_no, year, seq, version, text, owner, due_on, origin, state, reason, added_by, added_on, settled_by, settled_on)
		VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		m.ID, int(m.Unit), m.Year, last+1, m.Text, m.Owner, m.Due, m.Origin, m.State, m.Reason, m.AddedBy, m.AddedOn, m.SettledBy, m.SettledOn)
	if err != nil && t.Kind(err) == sqldb.Unique {
		return errs.E(errs.Stale, "plan.stale").Because(err)
	}
	return err
}

// SaveMeasure writes a measure that was changed or settled. It fails with Stale where
// somebody else changed it since.
func (t *Tx) SaveMeasure(ctx context.Context, p access.Permit, m Measure) error {
	if !permitOf(p, access.ProposeTarget, access.RecordUnion) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE plan_measure SET version = version + 1, text = $1, owner = $2, due_on = $3, origin = $4, state = $5, reason = $6,
		settled_by = $7, settled_on = $8 WHERE id = $9 AND version = $10`,
		m.Text, m.Owner, m.Due, m.Origin, m.State, m.Reason, m.SettledBy, m.SettledOn, m.ID, m.Version)
	if err == nil && n == 0 {
		return errs.E(errs.Stale, "plan.stale")
	}
	return err
}

const measureColumns = `id, unit_no, year, seq, version, text, owner, due_on, origin, state, reason, added_by, added_on, settled_by, settled_on`

func scanMeasure(r sqldb.Row) (m Measure, err error) {
	err = r.Scan(&m.ID, &m.Unit, &m.Year, &m.Seq, &m.Version, &m.Text, &m.Owner, &m.Due, &m.Origin, &m.State, &m.Reason, &m.AddedBy, &m.AddedOn, &m.SettledBy, &m.SettledOn)
	return m, err
}

// Measures lists the measures of units in a year, by unit and order of writing.
func (t *Tx) Measures(ctx context.Context, units []org.UnitNo, year int) ([]Measure, error) {
	var out []Measure
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `unit_no`, part)
		q.and(`year = ` + q.arg(year))
		rows, err := collect(ctx, t, `SELECT `+measureColumns+` FROM plan_measure WHERE `+q.conditions()+` ORDER BY unit_no, seq`, q.args, scanMeasure)
		out = append(out, rows...)
		return err
	})
	return out, err
}

// Measure finds a measure by its id.
func (t *Tx) Measure(ctx context.Context, id string) (Measure, error) {
	m, err := scanMeasure(t.QueryRow(ctx, `SELECT `+measureColumns+` FROM plan_measure WHERE id = $1`, id))
	return m, orNotFound(err, "plan.measure.none")
}
