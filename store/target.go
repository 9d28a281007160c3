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

	Until   int // last of several years; 0 for one year
	Quarter int // 0 for the whole year
	Part    string
	PerYear bool
	Percent int // hundredths of a percent of Base members on BaseOn; 0 for none
	BaseOn  date.Date
	Base    int
}

const targetColumns = `g.id, g.unit_no, u.code, u.name, g.year, g.indicator, g.seq, g.state, g.min_value, g.max_value,
	COALESCE(g.document_id, ''), COALESCE(d.symbol, g.symbol), g.clause, g.set_on, g.set_by, g.reason,
	g.until_year, g.quarter, g.part, g.per_year, g.percent, g.base_on, g.base_members`

const targetFrom = ` FROM target g JOIN unit u ON u.no = g.unit_no LEFT JOIN document d ON d.id = g.document_id `

func scanTarget(r sqldb.Row) (g TargetRow, err error) {
	err = r.Scan(&g.ID, &g.Unit, &g.UnitCode, &g.UnitName, &g.Year, &g.Indicator, &g.Seq, &g.State, &g.Min, &g.Max,
		&g.Document, &g.Symbol, &g.Clause, &g.SetOn, &g.SetBy, &g.Reason,
		&g.Until, &g.Quarter, &g.Part, &g.PerYear, &g.Percent, &g.BaseOn, &g.Base)
	return g, err
}

// AddTarget writes a new figure behind the unit's earlier ones. The permit is that of the
// person who assigns, of the document that spreads it, of the union above (TGT-15), or of
// who closes a unit whose figures go to another (TGT-09). It fails with Stale when another
// figure was written at the same moment.
func (t *Tx) AddTarget(ctx context.Context, p access.Permit, g TargetRow) error {
	if !permitOf(p, access.AssignTarget, access.EnterDocument, access.RecordUnion, access.ManageUnit) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO target (id, unit_no, year, indicator, seq, state, min_value, max_value, document_id,
		clause, set_on, set_by, reason, until_year, quarter, part, per_year, percent, base_on, base_members, symbol)
		SELECT $1, $2, $3, $4, COALESCE(MAX(seq), 0) + 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
		FROM target WHERE unit_no = $2 AND year = $3 AND indicator = $4`,
		g.ID, g.Unit, g.Year, g.Indicator, g.State, g.Min, g.Max, nullText(g.Document), g.Clause, g.SetOn, g.SetBy, g.Reason,
		g.Until, g.Quarter, g.Part, g.PerYear, g.Percent, g.BaseOn, g.Base, g.Symbol); err != nil {
		if t.Kind(err) == sqldb.Unique { // somebody else took the next place at the same moment
			return errs.E(errs.Stale, "target.stale").Because(err)
		}
		return fmt.Errorf("add target: %w", err)
	}
	return nil
}

// Targets lists every figure for the whole of a year of units, by unit, indicator and
// order of setting: what a plan is made of. year 0 lists all years. Figures of terms,
// quarters and parts are in TargetFigures.
func (t *Tx) Targets(ctx context.Context, units []org.UnitNo, year int) ([]TargetRow, error) {
	return t.targets(ctx, units, func(q *query) {
		q.and(`g.until_year = 0 AND g.quarter = 0 AND g.part = ''`)
		if year != 0 {
			q.and(`g.year = ` + q.arg(year))
		}
	})
}

// TargetFigures lists every figure of units that reaches into a year, those of terms,
// quarters and parts included. year 0 lists all years.
func (t *Tx) TargetFigures(ctx context.Context, units []org.UnitNo, year int) ([]TargetRow, error) {
	return t.targets(ctx, units, func(q *query) {
		if year != 0 {
			y := q.arg(year)
			q.and(`(g.year = ` + y + ` OR g.year < ` + y + ` AND g.until_year >= ` + y + `)`)
		}
	})
}

func (t *Tx) targets(ctx context.Context, units []org.UnitNo, which func(*query)) ([]TargetRow, error) {
	var out []TargetRow
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `g.unit_no`, part)
		which(q)
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
