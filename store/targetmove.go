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

// A TargetMove is one step of the talk between a unit and its superior about a figure.
type TargetMove struct {
	ID        string
	Unit      org.UnitNo
	Year      int
	Indicator string
	Seq       int
	Kind      string
	Figure    int  // Seq of the assigned figure that it answers; 0 for none
	Min       *int // what is proposed; none where nothing is
	Max       *int
	Reason    string
	On        date.Date
	By        string
}

// AddTargetMove writes the next step of a talk. The permit is that of the unit or of its
// superior. It fails with Stale when another step was written at the same moment.
func (t *Tx) AddTargetMove(ctx context.Context, p access.Permit, m TargetMove) error {
	if !permitOf(p, access.ProposeTarget, access.AssignTarget, access.RecordUnion) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO target_move (id, unit_no, year, indicator, seq, kind, figure_seq, min_value, max_value, reason, made_on, made_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		m.ID, int(m.Unit), m.Year, m.Indicator, m.Seq, m.Kind, m.Figure, m.Min, m.Max, m.Reason, m.On, m.By); err != nil {
		if t.Kind(err) == sqldb.Unique {
			return errs.E(errs.Stale, "target.move.stale").Because(err)
		}
		return fmt.Errorf("add move: %w", err)
	}
	return nil
}

// TargetMoves lists the steps of the talks of units about a year, by unit, indicator and
// order. year 0 lists all years.
func (t *Tx) TargetMoves(ctx context.Context, units []org.UnitNo, year int) ([]TargetMove, error) {
	var out []TargetMove
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `unit_no`, part)
		if year != 0 {
			q.and(`year = ` + q.arg(year))
		}
		rows, err := collect(ctx, t, `SELECT id, unit_no, year, indicator, seq, kind, figure_seq, min_value, max_value, reason, made_on, made_by
			FROM target_move WHERE `+q.conditions()+` ORDER BY unit_no, year, indicator, seq`, q.args, func(r sqldb.Row) (m TargetMove, err error) {
			err = r.Scan(&m.ID, &m.Unit, &m.Year, &m.Indicator, &m.Seq, &m.Kind, &m.Figure, &m.Min, &m.Max, &m.Reason, &m.On, &m.By)
			return m, err
		})
		out = append(out, rows...)
		return err
	})
	return out, err
}
