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

// A GatheringRow is a gathering of a unit, without its conclusions.
type GatheringRow struct {
	ID        string
	Unit      org.UnitNo
	UnitCode  org.Code
	UnitName  string
	Version   int
	On        date.Date
	Kind      string
	Topic     string
	Led       string
	Invited   int
	Attended  int
	EnteredOn date.Date
	EnteredBy string
	ChangedOn date.Date // none while it stands as entered
	ChangedBy string
	Reason    string // of the last change, or why it was struck out
	Voided    bool
}

// A ConclusionRow is a conclusion of a gathering.
type ConclusionRow struct {
	ID        string
	Gathering string
	Seq       int
	Text      string
	Owner     string
	Due       date.Date
	DoneOn    date.Date
	DoneBy    string
	Dropped   bool // taken out by a correction
}

const gatheringColumns = `g.id, g.unit_no, u.code, u.name, g.version, g.held_on, g.kind, g.topic, g.led_by, g.invited, g.attended,
	g.entered_on, g.entered_by, g.changed_on, g.changed_by, g.reason, g.voided`

func scanGathering(r sqldb.Row) (g GatheringRow, err error) {
	err = r.Scan(&g.ID, &g.Unit, &g.UnitCode, &g.UnitName, &g.Version, &g.On, &g.Kind, &g.Topic, &g.Led, &g.Invited, &g.Attended,
		&g.EnteredOn, &g.EnteredBy, &g.ChangedOn, &g.ChangedBy, &g.Reason, &g.Voided)
	return g, err
}

const conclusionColumns = `id, gathering_id, seq, text, owner, due_on, done_on, done_by, dropped`

func scanConclusion(r sqldb.Row) (c ConclusionRow, err error) {
	err = r.Scan(&c.ID, &c.Gathering, &c.Seq, &c.Text, &c.Owner, &c.Due, &c.DoneOn, &c.DoneBy, &c.Dropped)
	return c, err
}

// AddGathering writes a gathering with its conclusions.
func (t *Tx) AddGathering(ctx context.Context, p access.Permit, g GatheringRow, conclusions []ConclusionRow) error {
	if !p.Allows(access.HoldSession, g.Unit) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO gathering (id, unit_no, version, held_on, kind, topic, led_by, invited, attended, entered_on, entered_by, voided)
		VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, FALSE)`,
		g.ID, g.Unit, g.On, g.Kind, g.Topic, g.Led, g.Invited, g.Attended, g.EnteredOn, g.EnteredBy); err != nil {
		return fmt.Errorf("add gathering: %w", err)
	}
	return t.addConclusions(ctx, conclusions)
}

func (t *Tx) addConclusions(ctx context.Context, conclusions []ConclusionRow) error {
	rows := make([]any, 0, 9*len(conclusions))
	for _, c := range conclusions {
		rows = append(rows, c.ID, c.Gathering, c.Seq, c.Text, c.Owner, c.Due, c.DoneOn, c.DoneBy, c.Dropped)
	}
	return t.insert(ctx, "gathering_conclusion", conclusionColumns, "", rows)
}

// ChangeGathering corrects a gathering, or strikes it out. Its conclusions become those
// given: known ones keep their ids, those that are missing are dropped. It fails with Stale
// when the gathering was changed since the version given was read.
func (t *Tx) ChangeGathering(ctx context.Context, p access.Permit, g GatheringRow, conclusions []ConclusionRow) error {
	if !p.Allows(access.HoldSession, g.Unit) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE gathering SET version = version + 1, held_on = $1, kind = $2, topic = $3, led_by = $4, invited = $5, attended = $6,
		changed_on = $7, changed_by = $8, reason = $9, voided = $10 WHERE id = $11 AND unit_no = $12 AND version = $13 AND voided = FALSE`,
		g.On, g.Kind, g.Topic, g.Led, g.Invited, g.Attended, g.ChangedOn, g.ChangedBy, g.Reason, g.Voided, g.ID, g.Unit, g.Version)
	if err != nil {
		return fmt.Errorf("change gathering: %w", err)
	}
	if n == 0 {
		return errs.E(errs.Stale, "gathering.stale")
	}
	if _, err := t.Exec(ctx, `UPDATE gathering_conclusion SET dropped = TRUE WHERE gathering_id = $1`, g.ID); err != nil {
		return fmt.Errorf("change gathering: %w", err)
	}
	var fresh []ConclusionRow
	for _, c := range conclusions {
		n, err := t.Exec(ctx, `UPDATE gathering_conclusion SET seq = $1, text = $2, owner = $3, due_on = $4, done_on = $5, done_by = $6, dropped = $7
			WHERE id = $8 AND gathering_id = $9`, c.Seq, c.Text, c.Owner, c.Due, c.DoneOn, c.DoneBy, c.Dropped, c.ID, g.ID)
		if err != nil {
			return fmt.Errorf("change gathering: %w", err)
		}
		if n == 0 {
			fresh = append(fresh, c)
		}
	}
	return t.addConclusions(ctx, fresh)
}

// Gathering returns a gathering within scope with its conclusions in order, dropped ones
// left out. It fails with NotFound.
func (t *Tx) Gathering(ctx context.Context, s access.Scope, id string) (GatheringRow, []ConclusionRow, error) {
	var g GatheringRow
	err := t.QueryRow(ctx, `SELECT `+gatheringColumns+` FROM gathering g JOIN unit u ON u.no = g.unit_no WHERE g.id = $1`, asID(id)).Scan(
		&g.ID, &g.Unit, &g.UnitCode, &g.UnitName, &g.Version, &g.On, &g.Kind, &g.Topic, &g.Led, &g.Invited, &g.Attended,
		&g.EnteredOn, &g.EnteredBy, &g.ChangedOn, &g.ChangedBy, &g.Reason, &g.Voided)
	if err != nil {
		return g, nil, orNotFound(err, "gathering.none")
	}
	if in, err := t.inScope(ctx, s, g.Unit); err != nil || !in {
		if err == nil {
			err = errs.E(errs.NotFound, "gathering.none")
		}
		return GatheringRow{}, nil, err
	}
	rows, err := t.Conclusions(ctx, []string{g.ID})
	return g, rows, err
}

// GatheringUnit returns whose a gathering is. It fails with NotFound.
func (t *Tx) GatheringUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM gathering WHERE id = $1`, asID(id)).Scan(&no)
	return no, orNotFound(err, "gathering.none")
}

// Conclusions lists the conclusions of gatherings in order, dropped ones left out.
func (t *Tx) Conclusions(ctx context.Context, gatherings []string) ([]ConclusionRow, error) {
	var out []ConclusionRow
	err := inChunks(gatherings, func(part []string) error {
		var a args
		rows, err := collect(ctx, t, `SELECT `+conclusionColumns+` FROM gathering_conclusion WHERE dropped = FALSE AND gathering_id IN `+in(&a, part)+
			` ORDER BY gathering_id, seq`, a, scanConclusion)
		out = append(out, rows...)
		return err
	})
	return out, err
}

// FinishConclusion marks a conclusion as done on a day, or with none opens it again. It
// fails with NotFound.
func (t *Tx) FinishConclusion(ctx context.Context, p access.Permit, c ConclusionRow) error {
	if !permitOf(p, access.HoldSession) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE gathering_conclusion SET done_on = $1, done_by = $2 WHERE id = $3 AND gathering_id = $4 AND dropped = FALSE
		AND EXISTS (SELECT 1 FROM gathering g WHERE g.id = gathering_id AND g.unit_no = $5 AND g.voided = FALSE)`,
		c.DoneOn, c.DoneBy, asID(c.ID), asID(c.Gathering), p.Unit())
	return mustChangeRow(n, err, "gathering.none")
}

// Gatherings lists the gatherings of a unit's subtree within scope from one day to
// another, both included, the latest first, at most limit of them.
func (t *Tx) Gatherings(ctx context.Context, s access.Scope, unit org.UnitNo, from, to date.Date, limit int) ([]GatheringRow, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`g.unit_no = c.unit_no`)
	q.and(`u.no = g.unit_no`)
	q.and(`g.held_on >= ` + q.arg(from))
	q.and(`g.held_on <= ` + q.arg(to))
	return collect(ctx, t, `SELECT `+gatheringColumns+` FROM unit_closure c CROSS JOIN gathering g CROSS JOIN unit u WHERE `+q.conditions()+
		` ORDER BY g.held_on DESC, g.id DESC LIMIT `+q.arg(limit), q.args, scanGathering)
}

// UnitsWithoutGathering lists the units below one, itself included, that have one of the
// types and held no gathering from one day to another, by code.
func (t *Tx) UnitsWithoutGathering(ctx context.Context, under org.UnitNo, types []org.Type, from, to date.Date) ([]org.Unit, error) {
	q := &query{}
	q.and(`c.ancestor_no = ` + q.arg(int(under)))
	q.and(`u.no = c.unit_no`)
	q.and(`u.closed_on IS NULL`)
	within(q, `u.type`, types)
	q.and(`NOT EXISTS (SELECT 1 FROM gathering g WHERE g.unit_no = u.no AND g.voided = FALSE AND g.held_on >= ` + q.arg(from) + ` AND g.held_on <= ` + q.arg(to) + `)`)
	return collect(ctx, t, `SELECT u.no, u.code, u.name, u.type, COALESCE(u.parent_no, 0) FROM unit_closure c CROSS JOIN unit u WHERE `+q.conditions()+
		` ORDER BY u.code_key`, q.args, func(r sqldb.Row) (u org.Unit, err error) {
		return u, r.Scan(&u.No, &u.Code, &u.Name, &u.Type, &u.Parent)
	})
}
