package store

import (
	"context"
	"fmt"
	"strconv"

	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A Finding is something that the doctor found wrong. Check is the end of the key of its
// sentence, doctor.<check>.
type Finding struct {
	Check  string // schema, integrity, tree, closure, link, orphan, counter, job, paper, disk
	Object string // what it was found on: a unit, a table, a figure
	Want   string // what it should be, where that can be said
	Have   string
}

// Findings of one check that are told one by one; more of them say nothing new.
const findingsPerCheck = 20

// Free space of the disk, in MiB, under which the doctor warns.
const minFreeMiB = 512

// Doctor looks for what ought never to be: a schema of another release, damaged pages, a
// tree that differs from its closure, rows whose owner is gone, figures that a recount
// does not give, issued papers that were altered, a disk that fills up. It changes nothing.
func (s *Store) Doctor(ctx context.Context) ([]Finding, error) {
	found, err := s.checkSchema(ctx)
	if err != nil {
		return nil, fmt.Errorf("doctor: %w", err)
	}
	problems, err := s.db.Integrity(ctx)
	if err != nil {
		return nil, fmt.Errorf("doctor: %w", err)
	}
	for _, p := range problems {
		found = append(found, Finding{Check: "integrity", Object: p})
	}
	err = s.Read(ctx, func(t *Tx) error {
		for _, check := range []func(context.Context) ([]Finding, error){t.checkTree, t.checkOrphans, t.checkCounters, t.checkJobs, t.checkPapers} {
			more, err := check(ctx)
			if err != nil {
				return err
			}
			found = append(found, more...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("doctor: %w", err)
	}
	disk, err := s.checkDisk()
	return append(found, disk...), err
}

func (s *Store) checkSchema(ctx context.Context) ([]Finding, error) {
	m, err := migrations()
	if err != nil {
		return nil, err
	}
	want, err := sqldb.Latest(m)
	if err != nil {
		return nil, err
	}
	have, err := s.db.Version(ctx)
	if err != nil || have == want {
		return nil, err
	}
	return []Finding{{Check: "schema", Want: strconv.FormatInt(want, 10), Have: strconv.FormatInt(have, 10)}}, nil
}

func (s *Store) checkDisk() ([]Finding, error) {
	if s.db.Path() == "" {
		return nil, nil
	}
	free, known, err := freeMiB(s.db.Path())
	if err != nil || !known || free >= minFreeMiB {
		return nil, err
	}
	return []Finding{{Check: "disk", Object: s.db.Path(), Want: strconv.Itoa(minFreeMiB), Have: strconv.FormatUint(free, 10)}}, nil
}

// checkTree compares the closure, and the dated links of today, with the walk along the
// parents.
func (t *Tx) checkTree(ctx context.Context) ([]Finding, error) {
	units, err := t.AllUnits(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := org.NewTree(units)
	if err != nil {
		return []Finding{{Check: "tree", Object: err.Error()}}, nil //nolint:nilerr // that is the finding
	}
	l := &list{check: "closure"}
	pairs, want := 0, 0
	for _, u := range units {
		want += tree.Depth(u.No) + 1
	}
	err = t.Query(ctx, `SELECT ancestor_no, unit_no, depth FROM unit_closure`, nil, func(r sqldb.Row) error {
		var p org.Pair
		if err := r.Scan(&p.Ancestor, &p.Unit, &p.Depth); err != nil {
			return err
		}
		pairs++
		if depth := tree.Depth(p.Unit) - tree.Depth(p.Ancestor); !tree.InSubtree(p.Ancestor, p.Unit) || depth != p.Depth {
			l.add(codeOf(tree, p.Ancestor)+" > "+codeOf(tree, p.Unit), strconv.Itoa(depth), strconv.Itoa(p.Depth))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if pairs != want {
		l.add("unit_closure", strconv.Itoa(want), strconv.Itoa(pairs))
	}
	links, err := t.checkLinks(ctx, tree)
	return append(l.found, links...), err
}

// checkLinks expects one open link of each unit, to the parent of today.
func (t *Tx) checkLinks(ctx context.Context, tree *org.Tree) ([]Finding, error) {
	links, err := t.ParentLinks(ctx)
	if err != nil {
		return nil, err
	}
	open := map[org.UnitNo][]org.UnitNo{}
	for _, k := range links {
		if k.To.IsZero() {
			open[k.Unit] = append(open[k.Unit], k.Parent)
		}
	}
	l := &list{check: "link"}
	for _, u := range tree.Units() {
		if have := open[u.No]; u.ClosedOn.IsZero() && (len(have) != 1 || have[0] != u.Parent) {
			l.add(string(u.Code), codeOf(tree, u.Parent), fmt.Sprint(have))
		}
	}
	return l.found, nil
}

func codeOf(tree *org.Tree, no org.UnitNo) string {
	if u, ok := tree.Unit(no); ok {
		return string(u.Code)
	}
	return "#" + strconv.Itoa(int(no))
}

// checkOrphans counts rows whose owner is gone, where no foreign key watches over it:
// tables of candidates refer to each other within a realm.
func (t *Tx) checkOrphans(ctx context.Context) ([]Finding, error) {
	l := &list{check: "orphan"}
	for _, c := range []struct{ table, text string }{
		{"admission_act", `SELECT COUNT(*) FROM admission_act a WHERE a.realm = $1 AND NOT EXISTS
			(SELECT 1 FROM admission_file f WHERE f.realm = $1 AND f.id = a.file_id)`},
		{"admission_word", `SELECT COUNT(*) FROM admission_word w WHERE w.realm = $1 AND NOT EXISTS
			(SELECT 1 FROM admission_file f WHERE f.realm = $1 AND f.id = w.file_id)`},
		{"counter", `SELECT COUNT(*) FROM counter c WHERE c.realm = $1 AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.no = c.unit_no)`},
		{"forecast_pace", `SELECT COUNT(*) FROM forecast_pace p WHERE p.realm = $1 AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.no = p.unit_no)`},
	} {
		var n int
		if err := t.QueryRow(ctx, c.text, Realm).Scan(&n); err != nil {
			return nil, err
		}
		if n > 0 {
			l.add(c.table, "0", strconv.Itoa(n))
		}
	}
	return l.found, nil
}

// checkPapers finds issued papers, and the files made of them, that were altered past the
// program. Every one is told: each is a paper that somebody holds.
func (t *Tx) checkPapers(ctx context.Context) (found []Finding, err error) {
	err = t.AlteredPapers(ctx, func(id, format, want, have string) {
		if format != "" {
			id += "." + format
		}
		found = append(found, Finding{Check: "paper", Object: id, Want: want, Have: have})
	})
	return found, err
}

// A list gathers the findings of one check up to a bound.
type list struct {
	check string
	found []Finding
}

func (l *list) add(object, want, have string) {
	if len(l.found) < findingsPerCheck {
		l.found = append(l.found, Finding{Check: l.check, Object: object, Want: want, Have: have})
	}
}
