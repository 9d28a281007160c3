package store

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/person"
)

// A Twin is another file that may be of the same person. Out of the reader's scope it
// says that it is there and no more (SEC-08).
type Twin struct {
	ID       string // "" out of scope
	Name     string
	UnitName string
	Birth    date.Date
	Number   bool // by the number of the identity paper, else by name, birth and sex
}

// Seen reports whether the twin lies in the scope of who asked.
func (w Twin) Seen() bool { return w.ID != "" }

// noUnit stands in no closure: a scope that covers nothing.
const noUnit org.UnitNo = 0

// twinColumns ends in whether the file lies under one of the roots.
func twinColumns(q *query, s access.Scope) string {
	roots := s.Roots()
	if len(roots) == 0 {
		roots = []org.UnitNo{noUnit}
	}
	return `f.id, f.name, u.name, f.birth_date, CASE WHEN EXISTS (SELECT 1 FROM unit_closure c WHERE c.unit_no = f.unit_no AND c.ancestor_no IN ` +
		in(&q.args, ints(roots)) + `) THEN 1 ELSE 0 END`
}

func scanTwin(r sqldb.Row) (w Twin, err error) {
	seen := 0
	err = r.Scan(&w.ID, &w.Name, &w.UnitName, &w.Birth, &seen)
	if seen == 0 {
		w = Twin{}
	}
	return w, err
}

// twinsShown is the most twins that are told of at once.
const twinsShown = 20

// NameTwins returns the files of the installation, other than except, of a person of the
// same name, birth and sex, case and the place of tone marks aside.
func (t *Tx) NameTwins(ctx context.Context, s access.Scope, name person.Name, birth date.Date, sex person.Sex, except string) ([]Twin, error) {
	given, rest := person.SortKeys(name)
	q := &query{}
	columns := twinColumns(q, s)
	q.and(`f.realm = ` + q.arg(Realm))
	q.and(`f.sort_given = ` + q.arg(given))
	q.and(`f.sort_rest = ` + q.arg(rest))
	q.and(`f.birth_date = ` + q.arg(birth))
	q.and(`f.sex = ` + q.arg(sex))
	q.and(`f.id <> ` + q.arg(except))
	return collect(ctx, t, `SELECT `+columns+` FROM admission_file f JOIN unit u ON u.no = f.unit_no WHERE `+q.conditions()+
		` ORDER BY f.id LIMIT `+q.arg(twinsShown), q.args, scanTwin)
}

// NumberTwins returns the files of the installation, other than except, in which the same
// number of an identity paper stands.
func (t *Tx) NumberTwins(ctx context.Context, s access.Scope, number person.Number, except string) ([]Twin, error) {
	if number.IsZero() {
		return nil, nil
	}
	q := &query{}
	columns := twinColumns(q, s)
	q.and(`i.realm = ` + q.arg(Realm))
	q.and(`i.id_number = ` + q.arg(number.Digits))
	q.and(`i.id_number <> ''`) // or SQLite does not see that the index fits
	q.and(`f.realm = i.realm`)
	q.and(`f.id = i.file_id`)
	q.and(`f.id <> ` + q.arg(except))
	twins, err := collect(ctx, t, `SELECT `+columns+` FROM person_identity i CROSS JOIN admission_file f JOIN unit u ON u.no = f.unit_no WHERE `+
		q.conditions()+` ORDER BY f.id LIMIT `+q.arg(twinsShown), q.args, scanTwin)
	for i := range twins {
		twins[i].Number = true
	}
	return twins, err
}

// A TwinPair is two files that may be of the same person. A lies in the scope of who asked.
type TwinPair struct{ A, B Twin }

// TwinPairs lists the files within scope that have a twin anywhere in the installation,
// each pair once, those with the same number first, then by Vietnamese order of names; at
// most limit pairs, and whether there are more.
func (t *Tx) TwinPairs(ctx context.Context, s access.Scope, unit org.UnitNo, limit int) (pairs []TwinPair, more bool, err error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, false, err
	}
	number, err := t.twinPairs(ctx, s, roots, limit, true)
	if err != nil {
		return nil, false, err
	}
	named, err := t.twinPairs(ctx, s, roots, limit, false)
	if err != nil {
		return nil, false, err
	}
	seen := map[[2]string]bool{}
	for _, p := range append(number, named...) {
		key := p.ids
		slices.Sort(key[:])
		if !seen[key] {
			seen[key] = true
			pairs = append(pairs, p.TwinPair)
		}
	}
	if len(pairs) > limit {
		return pairs[:limit], true, nil
	}
	return pairs, len(number) > 2*limit || len(named) > 2*limit, nil
}

// A keyedPair is a pair with the ids of both, also where one is not to be told.
type keyedPair struct {
	TwinPair
	ids [2]string
}

// twinPairs reads the pairs of one kind, those inside the scope in both directions: hence
// twice the limit, and one to tell whether there are more. CROSS JOIN holds SQLite to
// the order in which few rows are touched: the units of the scope, their files, the twins.
func (t *Tx) twinPairs(ctx context.Context, s access.Scope, roots []org.UnitNo, limit int, byNumber bool) ([]keyedPair, error) {
	q := &query{}
	columns := twinColumns(q, s)
	q.from = `unit_closure b CROSS JOIN admission_file g CROSS JOIN unit v CROSS JOIN admission_file f CROSS JOIN unit u`
	if byNumber {
		q.from = `unit_closure b CROSS JOIN admission_file g CROSS JOIN unit v CROSS JOIN person_identity j CROSS JOIN person_identity i
			CROSS JOIN admission_file f CROSS JOIN unit u`
		for _, on := range []string{`j.realm = g.realm`, `j.file_id = g.id`, `i.realm = j.realm`, `i.id_number = j.id_number`, `i.id_number <> ''`,
			`i.file_id <> j.file_id`, `f.realm = i.realm`, `f.id = i.file_id`} {
			q.and(on)
		}
	} else {
		for _, on := range []string{`f.realm = g.realm`, `f.sort_given = g.sort_given`, `f.sort_rest = g.sort_rest`, `f.birth_date = g.birth_date`,
			`f.sex = g.sex`, `f.id <> g.id`} {
			q.and(on)
		}
	}
	within(q, `b.ancestor_no`, ints(roots))
	q.and(`g.realm = ` + q.arg(Realm))
	q.and(`g.unit_no = b.unit_no`)
	q.and(`v.no = g.unit_no`)
	q.and(`u.no = f.unit_no`)
	return collect(ctx, t, `SELECT g.id, g.name, v.name, g.birth_date, f.id, `+columns+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY g.sort_given, g.sort_rest, g.id, f.id LIMIT `+q.arg(2*limit+1), q.args, func(r sqldb.Row) (p keyedPair, err error) {
		p.B, err = scanTwin(withHead{r, []any{&p.A.ID, &p.A.Name, &p.A.UnitName, &p.A.Birth, &p.ids[1]}})
		p.A.Number, p.B.Number = byNumber, byNumber
		p.ids[0] = p.A.ID
		return p, err
	})
}

// withHead scans columns that stand before those that its reader knows.
type withHead struct {
	sqldb.Row
	head []any
}

// Scan fills head and then dest.
func (w withHead) Scan(dest ...any) error { return w.Row.Scan(append(w.head, dest...)...) }
