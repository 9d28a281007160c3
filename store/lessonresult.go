package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/internal/sqldb"
)

// A ResultRow is a decision that recognises completion of a class.
type ResultRow struct {
	ID     string
	Class  string
	Number string
	On     date.Date
	Signer string // of the certificates, too
	Title  string // of the signer
	At     date.Instant
	By     string
}

// An OutcomeRow is what a decision froze of a learner.
type OutcomeRow struct {
	Learner  string
	Result   string // id of the decision
	Outcome  class.Outcome
	Mark     *int // in tenths; none where none was given
	Grade    class.Grade
	Attended int // periods
	Periods  int
}

// Results lists the decisions about a class, the first one first.
func (t *Tx) Results(ctx context.Context, id string) ([]ResultRow, error) {
	return collect(ctx, t, `SELECT id, class_id, number, on_day, signer, title, entered_at, entered_by FROM class_result
		WHERE realm = $1 AND class_id = $2 ORDER BY on_day, entered_at, id`, []any{Realm, asID(id)},
		func(r sqldb.Row) (x ResultRow, err error) {
			err = r.Scan(&x.ID, &x.Class, &x.Number, &x.On, &x.Signer, &x.Title, &x.At, &x.By)
			return x, err
		})
}

// Outcomes returns what was frozen of the learners of a class, by their ids.
func (t *Tx) Outcomes(ctx context.Context, id string) (map[string]OutcomeRow, error) {
	out := map[string]OutcomeRow{}
	err := t.Query(ctx, `SELECT learner_id, result_id, outcome, mark, grade, attended, periods FROM class_outcome
		WHERE realm = $1 AND class_id = $2`, []any{Realm, asID(id)}, func(r sqldb.Row) error {
		var o OutcomeRow
		if err := r.Scan(&o.Learner, &o.Result, &o.Outcome, &o.Mark, &o.Grade, &o.Attended, &o.Periods); err != nil {
			return err
		}
		out[o.Learner] = o
		return nil
	})
	return out, err
}

// AddResult writes a decision and what it freezes. It needs the permit to manage the class.
func (t *Tx) AddResult(ctx context.Context, p access.Permit, x ResultRow, frozen []OutcomeRow) error {
	if err := t.managesClass(ctx, p, x.Class); err != nil {
		return err
	}
	if err := t.insert(ctx, "class_result", `realm, class_id, id, number, on_day, signer, title, entered_at, entered_by`, "",
		[]any{Realm, x.Class, x.ID, x.Number, x.On, x.Signer, x.Title, x.At, x.By}); err != nil {
		return fmt.Errorf("result of class %s: %w", x.Class, err)
	}
	var rows []any
	for _, o := range frozen {
		rows = append(rows, Realm, x.Class, o.Learner, x.ID, string(o.Outcome), o.Mark, string(o.Grade), o.Attended, o.Periods)
	}
	if err := t.insert(ctx, "class_outcome", `realm, class_id, learner_id, result_id, outcome, mark, grade, attended, periods`, "", rows); err != nil {
		return fmt.Errorf("outcomes of class %s: %w", x.Class, err)
	}
	return nil
}
