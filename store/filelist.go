package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/person"
)

// A FileFilter says which files a list shows. Empty fields do not filter.
type FileFilter struct {
	Unit   org.UnitNo // with its subtree
	Stages []admission.Stage
	Query  string // words of the name, by their beginnings, without tones
	Desk   []admission.Desk
	DueBy  date.Date // next step due on or before
	Within Within    // of Narrow, where the caller asked already; it stands in for Unit
	Limit  int       // 1 to 500
	Cursor string    // of the page before

	// Pressing asks for the duty that is due first where that is not the next step: desks
	// and days, in conditions, order and rows, are then its own.
	Pressing bool
}

// text is a statement that asks by the next step, made to ask for what f asks.
func (f FileFilter) text(statement string) string {
	if f.Pressing {
		return pressed(statement)
	}
	return statement
}

// wideFrom is the number of files of a subtree from which a page is cheaper to find by
// walking the files in order of name than by gathering and sorting the subtree's.
const wideFrom = 2000

// Files lists the files within scope by Vietnamese order of names, and the cursor of the
// next page, "" at the end. It fails with Invalid on a cursor that is not one.
func (t *Tx) Files(ctx context.Context, s access.Scope, f FileFilter) ([]FileRow, string, error) {
	limit := min(max(f.Limit, 1), 500)
	text, a, err := t.pageText(ctx, s, f, limit)
	if err != nil || text == "" {
		return nil, "", err
	}
	rows := make([]FileRow, 0, limit+1)
	keys := make([]cursor, 0, limit+1)
	err = t.Query(ctx, text, a, func(r sqldb.Row) error {
		var k cursor
		row, err := scanFile(withTail{r, []any{&k.Given, &k.Rest}})
		k.ID = row.ID
		rows, keys = append(rows, row), append(keys, k)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("list files: %w", err)
	}
	if len(rows) <= limit {
		return rows, "", nil
	}
	return rows[:limit], keys[limit-1].String(), nil
}

// pageText is the statement of one page, with one row more to tell whether another
// follows; "" when nothing can match.
func (t *Tx) pageText(ctx context.Context, s access.Scope, f FileFilter, limit int) (string, args, error) {
	q, ok, err := t.fileQuery(ctx, s, f)
	if err != nil || !ok {
		return "", nil, err
	}
	if f.Cursor != "" {
		k, err := parseCursor(f.Cursor)
		if err != nil {
			return "", nil, err
		}
		behind := `(f.sort_given, f.sort_rest, f.id) > (` + q.arg(k.Given) + `, ` + q.arg(k.Rest) + `, ` + q.arg(k.ID) + `)`
		if q.gathers { // or SQLite takes the bound for a way to the files, of each unit anew
			behind = `CASE WHEN ` + behind + ` THEN 1 ELSE 0 END = 1`
		}
		q.and(behind)
	}
	return f.text(`SELECT ` + fileColumns + `, f.sort_given, f.sort_rest FROM ` + q.from + ` WHERE ` + q.conditions() +
		` ORDER BY f.sort_given, f.sort_rest, f.id LIMIT ` + q.arg(limit+1)), q.args, nil
}

// DueFiles lists the files within scope whose next step waits at one of the desks, by
// the day it is due, those without a day last; at most limit of them.
func (t *Tx) DueFiles(ctx context.Context, s access.Scope, f FileFilter) ([]FileRow, error) {
	q, ok, err := t.fileQuery(ctx, s, f)
	if err != nil || !ok {
		return nil, err
	}
	var rows []FileRow
	err = t.Query(ctx, f.text(`SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY CASE WHEN f.next_due IS NULL THEN 1 ELSE 0 END, f.next_due, f.sort_given, f.sort_rest, f.id LIMIT `+q.arg(min(max(f.Limit, 1), 2000))),
		q.args, func(r sqldb.Row) error {
			row, err := scanFile(r)
			rows = append(rows, row)
			return err
		})
	return rows, err
}

// CountFiles returns how many files within scope the filter lets through.
func (t *Tx) CountFiles(ctx context.Context, s access.Scope, f FileFilter) (n int, err error) {
	q, ok, err := t.fileQuery(ctx, s, f)
	if err != nil || !ok {
		return 0, err
	}
	err = t.QueryRow(ctx, f.text(`SELECT count(*) FROM `+q.from+` WHERE `+q.conditions()), q.args...).Scan(&n)
	return n, err
}

// query is a statement under construction.
type query struct {
	from  string
	where []string
	args  args

	gathers bool // the files are found by their units, then sorted
}

func (q *query) arg(v any) string { return q.args.add(v) }

func (q *query) and(cond string) { q.where = append(q.where, cond) }

func (q *query) conditions() string { return strings.Join(q.where, ` AND `) }

// within adds the condition that a column has one of the values.
func within[T any](q *query, column string, values []T) {
	if len(values) == 1 {
		q.and(column + ` = ` + q.arg(values[0]))
		return
	}
	q.and(column + ` IN ` + in(&q.args, values))
}

// fileQuery begins a statement with the scope and the filter; false when nothing can match.
func (t *Tx) fileQuery(ctx context.Context, s access.Scope, f FileFilter) (*query, bool, error) {
	roots := f.Within.roots
	if roots == nil {
		var err error
		if roots, err = t.Narrow(ctx, s, f.Unit); err != nil {
			return nil, false, err
		}
	}
	if len(roots) == 0 {
		return nil, false, nil
	}
	if strings.TrimSpace(f.Query) != "" && len(person.Words(f.Query)) == 0 {
		return nil, false, nil // signs alone stand in no name
	}
	q := &query{}
	q.and(`f.realm = ` + q.arg(Realm))
	q.and(`u.no = f.unit_no`)
	if err := t.under(ctx, q, roots, f); err != nil {
		return nil, false, err
	}
	if len(f.Stages) > 0 {
		within(q, `f.stage`, f.Stages)
	}
	if len(f.Desk) > 0 {
		within(q, `f.next_who`, f.Desk)
	}
	if !f.DueBy.IsZero() {
		q.and(`f.next_due <= ` + q.arg(f.DueBy))
	}
	return q, true, nil
}

// under chooses how the files of the subtrees are found. CROSS JOIN holds SQLite to the
// order written: without it, it scans the files first (measured: 12 s against 1 s). At one
// unit and one stage an index gives the files in order. At one unit and more stages SQLite
// would rather walk all files of the realm by name than sort a few: the closure, though of
// one row, keeps it from that.
func (t *Tx) under(ctx context.Context, q *query, roots []org.UnitNo, f FileFilter) error {
	words := person.Words(f.Query)
	for _, w := range words[min(len(words), 1):] {
		lo, hi := person.SearchKey(w)
		q.and(`EXISTS (SELECT 1 FROM admission_word w2 WHERE w2.realm = f.realm AND w2.file_id = f.id AND w2.word >= ` +
			q.arg(lo) + ` AND w2.word < ` + q.arg(hi) + `)`)
	}
	if len(words) > 0 {
		lo, hi := person.SearchKey(words[0])
		q.from = `(SELECT DISTINCT w.file_id FROM admission_word w WHERE w.realm = ` + q.arg(Realm) + ` AND w.word >= ` +
			q.arg(lo) + ` AND w.word < ` + q.arg(hi) + `) m CROSS JOIN admission_file f CROSS JOIN unit u`
		q.and(`f.id = m.file_id`)
		q.exists(roots)
		return nil
	}
	size := subtree{units: 1}
	if !f.Within.leaf {
		var err error
		if size, err = t.subtreeSize(ctx, roots, f.Stages); err != nil {
			return err
		}
	}
	switch {
	case size.units == 1 && len(f.Stages) == 1:
		q.from = `admission_file f CROSS JOIN unit u`
		q.and(`f.unit_no = ` + q.arg(roots[0]))
	case size.units > 1 && size.files >= wideFrom:
		q.from = `admission_file f CROSS JOIN unit u`
		q.exists(roots)
	default:
		q.gathers = true
		q.from = `unit_closure c CROSS JOIN admission_file f CROSS JOIN unit u`
		within(q, `c.ancestor_no`, ints(roots))
		q.and(`f.unit_no = c.unit_no`)
	}
	return nil
}

func (q *query) exists(roots []org.UnitNo) {
	inner := &query{args: q.args}
	within(inner, `c.ancestor_no`, ints(roots))
	q.args = inner.args
	q.and(`EXISTS (SELECT 1 FROM unit_closure c WHERE ` + inner.conditions() + ` AND c.unit_no = f.unit_no)`)
}

type subtree struct{ units, files int }

// subtreeSize estimates the work of a list: how many units, and by the counters how many files.
func (t *Tx) subtreeSize(ctx context.Context, roots []org.UnitNo, stages []admission.Stage) (subtree, error) {
	q := &query{}
	within(q, `ancestor_no`, ints(roots))
	var s subtree
	text := `SELECT count(*) FROM (SELECT 1 FROM unit_closure WHERE ` + q.conditions() + ` LIMIT 2) two`
	if err := t.QueryRow(ctx, text, q.args...).Scan(&s.units); err != nil || s.units == 1 {
		return s, err
	}
	if len(stages) == 0 {
		stages = admission.Stages()
	}
	q = &query{}
	q.and(`realm = ` + q.arg(Realm))
	within(q, `unit_no`, ints(roots))
	q.and(`period = 0`)
	indicators := make([]string, len(stages))
	for i, stage := range stages {
		indicators[i] = StageIndicator(stage)
	}
	within(q, `indicator`, indicators)
	err := t.QueryRow(ctx, `SELECT COALESCE(SUM(value), 0) FROM counter WHERE `+q.conditions(), q.args...).Scan(&s.files)
	return s, err
}

// Within is a subtree of which it is known that it lies in a scope. Only Inside makes one.
type Within struct {
	roots []org.UnitNo
	leaf  bool // nothing stands below
}

// Inside returns the subtree of a unit, whose line is handed in, where it lies in a scope;
// false where it does not.
func Inside(s access.Scope, u org.Unit, line []org.UnitNo) (Within, bool) {
	if len(line) == 0 || line[0] != u.No || !s.Covers(line) {
		return Within{}, false
	}
	return Within{roots: line[:1], leaf: u.Type.IsBranch()}, true // no type may stand under a branch
}

// Narrow returns the roots of a scope within the subtree of a unit, none nested in
// another; unit 0 is the whole scope. Out of scope there are none.
func (t *Tx) Narrow(ctx context.Context, s access.Scope, unit org.UnitNo) ([]org.UnitNo, error) {
	roots := s.Roots()
	if unit != 0 {
		in, err := t.inScope(ctx, s, unit)
		if err != nil {
			return nil, err
		}
		if in {
			return []org.UnitNo{unit}, nil
		}
	}
	if len(roots) == 0 || len(roots) == 1 && unit == 0 {
		return roots, nil
	}
	var out []org.UnitNo
	for _, r := range roots {
		line, err := t.Line(ctx, r)
		if err != nil {
			return nil, err
		}
		inside := unit == 0
		nested := false
		for _, a := range line[1:] {
			inside = inside || a == unit
			nested = nested || slices.Contains(roots, a)
		}
		if inside && !nested {
			out = append(out, r)
		}
	}
	return out, nil
}

// A cursor is the sort key of the last row of a page.
type cursor struct {
	Given []byte `json:"g"`
	Rest  []byte `json:"r"`
	ID    string `json:"i"`
}

// String packs the cursor so that it can stand in an address.
func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil { // bytes and a string always marshal
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(s string) (c cursor, err error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Given == nil || c.Rest == nil || c.ID == "" || strings.ContainsRune(c.ID, 0) {
		return c, errs.E(errs.Invalid, "list.cursor").Because(errors.Join(err, errors.New("not a cursor")))
	}
	return c, nil
}

// withTail scans more columns behind those of a shared column list.
type withTail struct {
	row  sqldb.Row
	tail []any
}

// Scan reads the shared columns and then the tail.
func (w withTail) Scan(dest ...any) error { return w.row.Scan(append(dest, w.tail...)...) }
