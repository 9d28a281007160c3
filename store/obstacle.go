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

// An ObstacleRow is an obstacle of a unit as it stands, or in its history as it stood.
type ObstacleRow struct {
	ID        string
	Unit      org.UnitNo
	UnitCode  org.Code
	UnitName  string
	Seq       int // of the change that made it so
	EnteredOn date.Date
	Text      string
	Remedy    string
	Owner     string
	Due       date.Date
	State     string
	Note      string
	ChangedOn date.Date
	ChangedBy string
}

const obstacleColumns = `o.id, o.unit_no, u.code, u.name, h.seq, o.entered_on, h.text, h.remedy, h.owner, h.due_on, h.state, h.note, h.changed_on, h.changed_by`

func scanObstacle(r sqldb.Row) (o ObstacleRow, err error) {
	err = r.Scan(&o.ID, &o.Unit, &o.UnitCode, &o.UnitName, &o.Seq, &o.EnteredOn, &o.Text, &o.Remedy, &o.Owner, &o.Due, &o.State, &o.Note, &o.ChangedOn, &o.ChangedBy)
	return o, err
}

// AddObstacle writes a new obstacle.
func (t *Tx) AddObstacle(ctx context.Context, p access.Permit, o ObstacleRow) error {
	if !p.Allows(access.HoldSession, o.Unit) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO obstacle (id, unit_no, seq, entered_on, state, due_on) VALUES ($1, $2, 1, $3, $4, $5)`,
		o.ID, o.Unit, o.EnteredOn, o.State, o.Due); err != nil {
		return fmt.Errorf("add obstacle: %w", err)
	}
	o.Seq = 1
	return t.addObstacleChange(ctx, o)
}

// ChangeObstacle writes how an obstacle stands now; Seq is that of the form on which its
// writer decided. It fails with Stale when it was changed since.
func (t *Tx) ChangeObstacle(ctx context.Context, p access.Permit, o ObstacleRow) error {
	if !p.Allows(access.HoldSession, o.Unit) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE obstacle SET seq = seq + 1, state = $1, due_on = $2 WHERE id = $3 AND unit_no = $4 AND seq = $5`,
		o.State, o.Due, o.ID, o.Unit, o.Seq)
	if err != nil {
		return fmt.Errorf("change obstacle: %w", err)
	}
	if n == 0 {
		return errs.E(errs.Stale, "obstacle.stale")
	}
	o.Seq++
	return t.addObstacleChange(ctx, o)
}

func (t *Tx) addObstacleChange(ctx context.Context, o ObstacleRow) error {
	if _, err := t.Exec(ctx, `INSERT INTO obstacle_change (obstacle_id, seq, text, remedy, owner, due_on, state, note, changed_on, changed_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		o.ID, o.Seq, o.Text, o.Remedy, o.Owner, o.Due, o.State, o.Note, o.ChangedOn, o.ChangedBy); err != nil {
		return fmt.Errorf("record obstacle: %w", err)
	}
	return nil
}

// Obstacle returns every form that an obstacle within scope had, the newest first. It
// fails with NotFound.
func (t *Tx) Obstacle(ctx context.Context, s access.Scope, id string) ([]ObstacleRow, error) {
	rows, err := collect(ctx, t, `SELECT `+obstacleColumns+` FROM obstacle o JOIN obstacle_change h ON h.obstacle_id = o.id JOIN unit u ON u.no = o.unit_no
		WHERE o.id = $1 ORDER BY h.seq DESC`, []any{asID(id)}, scanObstacle)
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 {
		in, err := t.inScope(ctx, s, rows[0].Unit)
		if err != nil {
			return nil, err
		}
		if in {
			return rows, nil
		}
	}
	return nil, errs.E(errs.NotFound, "obstacle.none")
}

// ObstacleUnit returns whose an obstacle is. It fails with NotFound.
func (t *Tx) ObstacleUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM obstacle WHERE id = $1`, asID(id)).Scan(&no)
	return no, orNotFound(err, "obstacle.none")
}

// Obstacles lists the obstacles of a unit's subtree within scope as they stand: open ones
// by their day, those without a day after them, then what has ended, the latest first; at
// most limit of them. state "" lists all.
func (t *Tx) Obstacles(ctx context.Context, s access.Scope, unit org.UnitNo, state string, limit int) ([]ObstacleRow, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`o.unit_no = c.unit_no`)
	q.and(`h.obstacle_id = o.id`)
	q.and(`h.seq = o.seq`)
	q.and(`u.no = o.unit_no`)
	if state != "" {
		q.and(`o.state = ` + q.arg(state))
	}
	return collect(ctx, t, `SELECT `+obstacleColumns+` FROM unit_closure c CROSS JOIN obstacle o CROSS JOIN obstacle_change h CROSS JOIN unit u WHERE `+q.conditions()+`
		ORDER BY CASE WHEN o.state = 'open' THEN 0 ELSE 1 END, CASE WHEN o.state = 'open' AND o.due_on IS NULL THEN 1 ELSE 0 END,
		CASE WHEN o.state = 'open' THEN o.due_on END, h.changed_on DESC, o.id DESC LIMIT `+q.arg(limit), q.args, scanObstacle)
}
