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

// A TargetRow is one figure of a unit's target; the last of a unit, year and indicator counts.
type TargetRow struct {
	ID        string
	Unit      org.UnitNo
	UnitCode  org.Code
	UnitName  string
	Year      int
	Indicator string
	Seq       int
	State     string // goal or assigned
	Min       int
	Max       *int
	Document  string
	Symbol    string
	Clause    string
	SetOn     date.Date
	SetBy     string
	Reason    string
}

const targetColumns = `g.id, g.unit_no, u.code, u.name, g.year, g.indicator, g.seq, g.state, g.min_value, g.max_value,
	COALESCE(g.document_id, ''), COALESCE(d.symbol, ''), g.clause, g.set_on, g.set_by, g.reason`

const targetFrom = ` FROM target g JOIN unit u ON u.no = g.unit_no LEFT JOIN document d ON d.id = g.document_id `

func scanTarget(r sqldb.Row) (g TargetRow, err error) {
	err = r.Scan(&g.ID, &g.Unit, &g.UnitCode, &g.UnitName, &g.Year, &g.Indicator, &g.Seq, &g.State, &g.Min, &g.Max,
		&g.Document, &g.Symbol, &g.Clause, &g.SetOn, &g.SetBy, &g.Reason)
	return g, err
}

// AddTarget writes a new figure behind the unit's earlier ones. The permit is that of the
// person who assigns, or of the document that spreads it. It fails with Stale when another
// figure was written at the same moment.
func (t *Tx) AddTarget(ctx context.Context, p access.Permit, g TargetRow) error {
	if !permitOf(p, access.AssignTarget, access.EnterDocument) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO target (id, unit_no, year, indicator, seq, state, min_value, max_value, document_id,
		clause, set_on, set_by, reason)
		SELECT $1, $2, $3, $4, COALESCE(MAX(seq), 0) + 1, $5, $6, $7, $8, $9, $10, $11, $12
		FROM target WHERE unit_no = $2 AND year = $3 AND indicator = $4`,
		g.ID, g.Unit, g.Year, g.Indicator, g.State, g.Min, g.Max, nullText(g.Document), g.Clause, g.SetOn, g.SetBy, g.Reason); err != nil {
		if t.Kind(err) == sqldb.Unique { // somebody else took the next place at the same moment
			return errs.E(errs.Stale, "target.stale").Because(err)
		}
		return fmt.Errorf("add target: %w", err)
	}
	return nil
}

// Targets lists every figure of units in a year, by unit, indicator and order of setting.
// year 0 lists all years.
func (t *Tx) Targets(ctx context.Context, units []org.UnitNo, year int) ([]TargetRow, error) {
	var out []TargetRow
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `g.unit_no`, part)
		if year != 0 {
			q.and(`g.year = ` + q.arg(year))
		}
		rows, err := collect(ctx, t, `SELECT `+targetColumns+targetFrom+`WHERE `+q.conditions()+
			` ORDER BY g.unit_no, g.year, g.indicator, g.seq`, q.args, scanTarget)
		out = append(out, rows...)
		return err
	})
	return out, err
}

// DocumentTargets lists the goals that a document spread.
func (t *Tx) DocumentTargets(ctx context.Context, document string) ([]TargetRow, error) {
	return collect(ctx, t, `SELECT `+targetColumns+targetFrom+`WHERE g.document_id = $1 AND g.state = 'goal'
		ORDER BY g.clause, g.indicator, g.unit_no, g.year`, []any{document}, scanTarget)
}
