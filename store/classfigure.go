package store

import (
	"context"

	"ketnap/class"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A ClassFigure counts people on the lists of classes who are alike in all of it.
type ClassFigure struct {
	Unit     org.UnitNo // with its subtree
	Kind     class.Kind
	Sex      string
	State    class.LearnerState
	Outcome  class.Outcome // "" before a decision
	Grade    class.Grade
	Attended bool // at least one period, as a decision froze it
	Count    int
}

// ClassFigures counts the people on the lists of classes that were opened and began, or
// where no day is known were decided, between two days, both included: of each unit with
// its subtree. Who stands on the lists of two classes counts in both.
func (t *Tx) ClassFigures(ctx context.Context, units []org.UnitNo, from, to date.Date) ([]ClassFigure, error) {
	var out []ClassFigure
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `c.ancestor_no`, part)
		q.and(`l.realm = ` + q.arg(Realm))
		q.and(`l.unit_no = c.unit_no`)
		q.and(`k.realm = l.realm`)
		q.and(`k.id = l.class_id`)
		q.and(`k.state IN ('opened', 'running', 'ended', 'closed')`)
		q.and(`COALESCE(k.from_on, k.decided_on) >= ` + q.arg(from))
		q.and(`COALESCE(k.from_on, k.decided_on) <= ` + q.arg(to))
		rows, err := collect(ctx, t, `SELECT c.ancestor_no, k.kind, l.sex, l.state, COALESCE(o.outcome, ''), COALESCE(o.grade, ''),
			CASE WHEN o.attended > 0 THEN 1 ELSE 0 END, count(*)
			FROM unit_closure c CROSS JOIN class_learner l CROSS JOIN class k
			LEFT JOIN class_outcome o ON o.realm = l.realm AND o.class_id = l.class_id AND o.learner_id = l.id
			WHERE `+q.conditions()+` GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7`, q.args, func(r sqldb.Row) (f ClassFigure, err error) {
			var attended int
			err = r.Scan(&f.Unit, &f.Kind, &f.Sex, &f.State, &f.Outcome, &f.Grade, &attended, &f.Count)
			f.Attended = attended == 1
			return f, err
		})
		out = append(out, rows...)
		return err
	})
	return out, err
}
