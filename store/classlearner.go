package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/class"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/person"
)

// A LearnerRow is a person on the list of a class as the store keeps it.
type LearnerRow struct {
	class.Learner
	UnitNo org.UnitNo // that sends the person
}

const learnerColumns = `l.class_id, l.id, COALESCE(l.file_id, ''), l.unit_no, u.code, u.name, l.name, l.birth_date, l.sex, l.need, l.state,
	l.reason, COALESCE(l.replaces, ''), l.acknowledged_on, l.certified_on`

func scanLearner(r sqldb.Row) (l LearnerRow, err error) {
	err = r.Scan(&l.Class, &l.ID, &l.File, &l.UnitNo, &l.Unit, &l.UnitName, &l.Name, &l.Birth, &l.Sex, &l.Need, &l.State,
		&l.Reason, &l.Replaces, &l.Acknowledged, &l.Certified)
	return l, err
}

// Learners lists the people of a class whose units lie within scope and under unit, 0 for
// all, by Vietnamese order of names; those who left the list among them.
func (t *Tx) Learners(ctx context.Context, s access.Scope, class string, unit org.UnitNo) ([]LearnerRow, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	q.and(`l.realm = ` + q.arg(Realm))
	q.and(`l.class_id = ` + q.arg(asID(class)))
	q.and(`u.no = l.unit_no`)
	q.and(`EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_no IN ` + in(&q.args, ints(roots)) + ` AND c.unit_no = l.unit_no)`)
	return collect(ctx, t, `SELECT `+learnerColumns+` FROM class_learner l CROSS JOIN unit u WHERE `+q.conditions()+
		` ORDER BY l.sort_given, l.sort_rest, l.id`, q.args, scanLearner)
}

// FileLearners lists the places of people on the lists of classes, by the ids of their
// files, with the classes; the latest class last. Classes that were cancelled, and places
// that were given up, are not among them.
func (t *Tx) FileLearners(ctx context.Context, files []string) (map[string][]LearnerClass, error) {
	out := map[string][]LearnerClass{}
	err := inChunks(files, func(part []string) error {
		a := args{Realm}
		text := `SELECT ` + learnerColumns + `, k.kind, k.state, k.title FROM class_learner l CROSS JOIN class k CROSS JOIN unit u
			WHERE l.realm = $1 AND l.file_id IN ` + in(&a, part) + ` AND l.state <> 'dropped' AND k.realm = l.realm AND k.id = l.class_id
			AND k.state <> 'cancelled' AND u.no = l.unit_no ORDER BY l.file_id, k.from_on, k.id`
		return t.Query(ctx, text, a, func(r sqldb.Row) error {
			var c LearnerClass
			l, err := scanLearner(withTail{r, []any{&c.Kind, &c.ClassState, &c.Title}})
			c.LearnerRow = l
			out[l.File] = append(out[l.File], c)
			return err
		})
	})
	return out, err
}

// A LearnerClass is a person's place in a class, with what the class is.
type LearnerClass struct {
	LearnerRow
	Kind       class.Kind
	ClassState class.State
	Title      string
}

// SaveLearners writes people of one class: new ones are added, those whose id is on the
// list are changed. The permit is that to manage classes on the unit that holds the class,
// or that to name people on a unit over those whom it changes; the caller has seen to the
// latter. A file that stands twice with a seat in one class is the caller's to refuse.
func (t *Tx) SaveLearners(ctx context.Context, p access.Permit, class string, rows []LearnerRow) error {
	if !permitOf(p, access.ManageClass, access.NameLearner) {
		return errPermit
	}
	var flat []any
	for _, l := range rows {
		name, err := person.Parse(l.Name)
		if err != nil {
			return fmt.Errorf("learner %s: %w", l.ID, err)
		}
		given, rest := person.SortKeys(name)
		flat = append(flat, Realm, class, l.ID, nullText(l.File), int(l.UnitNo), l.Name, given, rest, l.Birth, l.Sex, string(l.Need),
			string(l.State), l.Reason, nullText(l.Replaces), l.Acknowledged, l.Certified)
	}
	err := t.insert(ctx, "class_learner", `realm, class_id, id, file_id, unit_no, name, sort_given, sort_rest, birth_date, sex, need,
		state, reason, replaces, acknowledged_on, certified_on`, ` ON CONFLICT (realm, class_id, id) DO UPDATE SET
		file_id = excluded.file_id, unit_no = excluded.unit_no, name = excluded.name, sort_given = excluded.sort_given,
		sort_rest = excluded.sort_rest, birth_date = excluded.birth_date, sex = excluded.sex, need = excluded.need,
		state = excluded.state, reason = excluded.reason, replaces = excluded.replaces,
		acknowledged_on = excluded.acknowledged_on, certified_on = excluded.certified_on`, flat)
	if err != nil {
		return fmt.Errorf("learners of class %s: %w", class, err)
	}
	return nil
}

// InClass counts, for each unit with its subtree, the people on the list of an awareness
// class that is opened or running and who have no certificate yet; a person on two lists
// counts once. Units without any are not in the answer.
func (t *Tx) InClass(ctx context.Context, units []org.UnitNo) (map[org.UnitNo]int, error) {
	out := map[org.UnitNo]int{}
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `c.ancestor_no`, part)
		q.and(`l.realm = ` + q.arg(Realm))
		q.and(`l.unit_no = c.unit_no`)
		q.and(`l.state NOT IN ('absent', 'dropped')`)
		q.and(`k.realm = l.realm`)
		q.and(`k.id = l.class_id`)
		q.and(`k.kind = 'awareness'`)
		q.and(`k.state IN ('opened', 'running')`)
		q.and(`NOT EXISTS (SELECT 1 FROM admission_file f WHERE f.realm = l.realm AND f.id = l.file_id
			AND f.stage NOT IN ('new', 'outstanding', 'listed'))`)
		return t.Query(ctx, `SELECT c.ancestor_no, count(DISTINCT COALESCE(l.file_id, l.id))
			FROM unit_closure c CROSS JOIN class_learner l CROSS JOIN class k WHERE `+q.conditions()+` GROUP BY c.ancestor_no`, q.args,
			func(r sqldb.Row) error {
				var no org.UnitNo
				var n int
				if err := r.Scan(&no, &n); err != nil {
					return err
				}
				out[no] = n
				return nil
			})
	})
	return out, err
}

// SummonedCounts counts, by class, the people of a scope who are summoned to a class that
// is opened or running and whom their unit has not confirmed.
func (t *Tx) SummonedCounts(ctx context.Context, s access.Scope) (map[string]int, error) {
	out := map[string]int{}
	roots, err := t.Narrow(ctx, s, 0)
	if err != nil || len(roots) == 0 {
		return out, err
	}
	q := &query{}
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`l.realm = ` + q.arg(Realm))
	q.and(`l.unit_no = c.unit_no`)
	q.and(`l.state = 'invited'`)
	q.and(`k.realm = l.realm`)
	q.and(`k.id = l.class_id`)
	q.and(`k.state IN ('opened', 'running')`)
	err = t.Query(ctx, `SELECT l.class_id, count(*) FROM unit_closure c CROSS JOIN class_learner l CROSS JOIN class k
		WHERE `+q.conditions()+` GROUP BY l.class_id`, q.args, func(r sqldb.Row) error {
		var id string
		var n int
		if err := r.Scan(&id, &n); err != nil {
			return err
		}
		out[id] = n
		return nil
	})
	return out, err
}
