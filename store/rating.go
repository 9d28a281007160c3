package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A CeilingRow is a limit of ratings that a clause orders for a year, over a subtree.
type CeilingRow struct {
	ID        string
	Document  string
	Symbol    string
	Clause    string
	Unit      org.UnitNo // the root of the subtree
	Year      int
	Denies    string
	Condition string
	InForceOn date.Date
}

// AddCeiling writes a ceiling of a confirmed document.
func (t *Tx) AddCeiling(ctx context.Context, p access.Permit, c CeilingRow) error {
	if !p.Allows(access.EnterDocument, c.Unit) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO ceiling (id, document_id, clause, unit_no, year, denies, condition, in_force_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, c.Document, c.Clause, c.Unit, c.Year, c.Denies, c.Condition, c.InForceOn); err != nil {
		return fmt.Errorf("add ceiling: %w", err)
	}
	return nil
}

const ceilingSelect = `SELECT e.id, e.document_id, d.symbol, e.clause, e.unit_no, e.year, e.denies, e.condition, e.in_force_on
	FROM ceiling e JOIN document d ON d.id = e.document_id WHERE `

// Ceilings lists the ceilings over a unit, whose line is handed in, in a year.
func (t *Tx) Ceilings(ctx context.Context, line []org.UnitNo, year int) ([]CeilingRow, error) {
	q := &query{}
	within(q, `e.unit_no`, ints(line))
	q.and(`e.year = ` + q.arg(year))
	return t.ceilings(ctx, ceilingSelect+q.conditions()+` ORDER BY e.in_force_on, e.id`, q.args...)
}

// DocumentCeilings lists the ceilings that a document made.
func (t *Tx) DocumentCeilings(ctx context.Context, document string) ([]CeilingRow, error) {
	return t.ceilings(ctx, ceilingSelect+`e.document_id = $1 ORDER BY e.clause, e.year`, document)
}

func (t *Tx) ceilings(ctx context.Context, text string, a ...any) ([]CeilingRow, error) {
	return collect(ctx, t, text, a, func(r sqldb.Row) (c CeilingRow, err error) {
		err = r.Scan(&c.ID, &c.Document, &c.Symbol, &c.Clause, &c.Unit, &c.Year, &c.Denies, &c.Condition, &c.InForceOn)
		return c, err
	})
}

// A JudgementRow is a recorded judgement of whether a unit has source.
type JudgementRow struct {
	ID        string
	Unit      org.UnitNo
	Year      int
	Level     int // 1 declared by the branch, 2 confirmed by the base, 3 checked by the superior
	HasSource bool
	Reason    string
	On        date.Date
	By        string
	At        date.Instant
}

// rightOfLevel is the right that each level of judgement needs.
var rightOfLevel = map[int]access.Right{1: access.DeclareSource, 2: access.ConfirmSource, 3: access.CheckSource}

// AddJudgement records a judgement.
func (t *Tx) AddJudgement(ctx context.Context, p access.Permit, j JudgementRow) error {
	if !p.Allows(rightOfLevel[j.Level], j.Unit) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO source_judgement (id, unit_no, year, level, has_source, reason, judged_on, judged_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		j.ID, j.Unit, j.Year, j.Level, j.HasSource, j.Reason, j.On, j.By, j.At); err != nil {
		return fmt.Errorf("record judgement: %w", err)
	}
	return nil
}

// Judgements lists the judgements of units in a year, oldest first.
func (t *Tx) Judgements(ctx context.Context, units []org.UnitNo, year int) ([]JudgementRow, error) {
	var out []JudgementRow
	err := inChunks(ints(units), func(part []int) error {
		a := args{year}
		rows, err := collect(ctx, t, `SELECT id, unit_no, year, level, has_source, reason, judged_on, judged_by, recorded_at
			FROM source_judgement WHERE year = $1 AND unit_no IN `+in(&a, part)+` ORDER BY judged_on, recorded_at, id`, a, scanJudgement)
		out = append(out, rows...)
		return err
	})
	return out, err
}

func scanJudgement(r sqldb.Row) (j JudgementRow, err error) {
	err = r.Scan(&j.ID, &j.Unit, &j.Year, &j.Level, &j.HasSource, &j.Reason, &j.On, &j.By, &j.At)
	return j, err
}
