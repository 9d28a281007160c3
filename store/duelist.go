package store

import (
	"context"
	"fmt"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A DueFilter says which of the files with a due day a list shows. Empty fields do not
// filter.
type DueFilter struct {
	Unit  org.UnitNo // with its subtree
	From  date.Date  // due on or after
	To    date.Date  // due on or before
	Desk  admission.Desk
	Rule  string
	Limit int
}

// DueRows lists the files within scope of which a duty is due between two days, by the
// day; at most f.Limit of them. Their next step is that duty.
func (t *Tx) DueRows(ctx context.Context, s access.Scope, f DueFilter) ([]FileRow, error) {
	q, ok, err := t.dueQuery(ctx, s, f)
	if err != nil || !ok {
		return nil, err
	}
	rows, err := collect(ctx, t, `SELECT `+pressed(fileColumns)+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY f.press_due, f.id LIMIT `+q.arg(max(f.Limit, 1)), q.args, scanFile)
	if err != nil {
		return nil, fmt.Errorf("list due files: %w", err)
	}
	return rows, nil
}

// PressingBeside lists the files within scope of which a duty at a desk is due by a day
// that is not their next step, by the day; at most limit of them.
func (t *Tx) PressingBeside(ctx context.Context, s access.Scope, desk admission.Desk, by date.Date, limit int) ([]FileRow, error) {
	q, ok, err := t.dueQuery(ctx, s, DueFilter{To: by, Desk: desk})
	if err != nil || !ok {
		return nil, err
	}
	q.and(`f.press_act <> f.next_act`)
	rows, err := collect(ctx, t, `SELECT `+pressed(fileColumns)+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY f.press_due, f.id LIMIT `+q.arg(limit), q.args, scanFile)
	if err != nil {
		return nil, fmt.Errorf("list duties beside the next steps: %w", err)
	}
	return rows, nil
}

// pressed reads the duty that is due first in the place of the next step.
func pressed(columns string) string { return strings.ReplaceAll(columns, "f.next_", "f.press_") }

func (t *Tx) dueQuery(ctx context.Context, s access.Scope, f DueFilter) (*query, bool, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: f.Unit})
	if err != nil || !ok {
		return nil, false, err
	}
	if f.Desk != admission.DeskNone {
		q.and(`f.press_who = ` + q.arg(f.Desk))
	}
	if f.To.IsZero() {
		q.and(`f.press_due IS NOT NULL`)
	} else {
		q.and(`f.press_due <= ` + q.arg(f.To))
	}
	if !f.From.IsZero() {
		q.and(`f.press_due >= ` + q.arg(f.From))
	}
	if f.Rule != "" {
		q.and(`f.press_rule = ` + q.arg(f.Rule))
	}
	return q, true, nil
}

// A DueCount is how many files wait at a desk: overdue, and due within a week and within
// a month, the week counted in both.
type DueCount struct {
	Unit  org.UnitNo // of a count by unit
	Desk  admission.Desk
	Rule  string // of a count by rule
	Late  int
	Week  int
	Month int
}

// dueSums are the three figures, drawn in one walk.
func dueSums(q *query, today, week date.Date) string {
	return `count(*) FILTER (WHERE f.press_due < ` + q.arg(today) + `), count(*) FILTER (WHERE f.press_due >= ` + q.arg(today) +
		` AND f.press_due <= ` + q.arg(week) + `), count(*) FILTER (WHERE f.press_due >= ` + q.arg(today) + `)`
}

// DueCounts counts what is overdue or due until a day, by desk and rule.
func (t *Tx) DueCounts(ctx context.Context, s access.Scope, unit org.UnitNo, today, week, month date.Date) ([]DueCount, error) {
	q, ok, err := t.dueQuery(ctx, s, DueFilter{Unit: unit, To: month})
	if err != nil || !ok {
		return nil, err
	}
	text := `SELECT f.press_who, f.press_rule, ` + dueSums(q, today, week) + ` FROM ` + q.from + ` WHERE ` + q.conditions() +
		` GROUP BY f.press_who, f.press_rule ORDER BY f.press_rule, f.press_who`
	return collect(ctx, t, text, q.args, func(r sqldb.Row) (c DueCount, err error) {
		return c, r.Scan(&c.Desk, &c.Rule, &c.Late, &c.Week, &c.Month)
	})
}

// DueByUnit counts the same of each unit directly below one, with its subtree, by desk.
// The unit above must lie within scope, else there is nothing.
func (t *Tx) DueByUnit(ctx context.Context, s access.Scope, above org.UnitNo, today, week, month date.Date) ([]DueCount, error) {
	in, err := t.inScope(ctx, s, above)
	if err != nil || !in {
		return nil, err
	}
	q := &query{}
	q.and(`k.parent_no = ` + q.arg(int(above)))
	q.and(`c.ancestor_no = k.no`)
	q.and(`f.realm = ` + q.arg(Realm))
	q.and(`f.unit_no = c.unit_no`)
	q.and(`f.press_due <= ` + q.arg(month))
	text := `SELECT k.no, f.press_who, ` + dueSums(q, today, week) + ` FROM unit k CROSS JOIN unit_closure c CROSS JOIN admission_file f WHERE ` +
		q.conditions() + ` GROUP BY k.no, f.press_who ORDER BY k.no, f.press_who`
	return collect(ctx, t, text, q.args, func(r sqldb.Row) (c DueCount, err error) {
		return c, r.Scan(&c.Unit, &c.Desk, &c.Late, &c.Week, &c.Month)
	})
}

// A MovedDue is a term that was drawn anew because rules or calendar changed.
type MovedDue struct {
	File    string
	Rule    string
	Was     date.Date // none where there was no due day
	Due     date.Date
	Because string
	At      date.Instant
}

// MovedDues returns the latest change of each term of the files, which the caller has
// listed within a scope.
func (t *Tx) MovedDues(ctx context.Context, files []FileRow) (map[string][]MovedDue, error) {
	of := map[string][]MovedDue{}
	return of, inChunks(files, func(part []FileRow) error {
		ids := make([]string, len(part))
		for i, f := range part {
			ids[i] = f.ID
		}
		q := &query{}
		q.and(`realm = ` + q.arg(Realm))
		within(q, `file_id`, ids)
		return t.Query(ctx, `SELECT file_id, rule, was_due, due, because, changed_at FROM deadline_change WHERE `+q.conditions()+
			` ORDER BY changed_at DESC`, q.args, func(r sqldb.Row) error {
			var m MovedDue
			if err := r.Scan(&m.File, &m.Rule, &m.Was, &m.Due, &m.Because, &m.At); err != nil {
				return err
			}
			of[m.File] = append(of[m.File], m)
			return nil
		})
	})
}
