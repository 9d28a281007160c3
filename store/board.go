package store

import (
	"cmp"
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

// Board returns of each stage the first files within scope: those with a due day by that
// day, then those without, the longest open first; at most n of a stage. It is one
// statement beside the size of the scope.
func (t *Tx) Board(ctx context.Context, s access.Scope, within Within, stages []admission.Stage, n int) (map[admission.Stage][]FileRow, error) {
	roots := within.roots
	if roots == nil {
		var err error
		if roots, err = t.Narrow(ctx, s, 0); err != nil {
			return nil, err
		}
	}
	if len(roots) == 0 || len(stages) == 0 {
		return map[admission.Stage][]FileRow{}, nil
	}
	size := subtree{units: 1}
	if !within.leaf {
		var err error
		if size, err = t.subtreeSize(ctx, roots, stages); err != nil {
			return nil, err
		}
	}
	rows, err := t.boardRows(ctx, boardText{roots: roots, wide: size.units > 1 && size.files >= wideFrom, limit: n}, stages)
	if err != nil {
		return nil, fmt.Errorf("board: %w", err)
	}
	out := map[admission.Stage][]FileRow{}
	for _, r := range rows {
		out[r.Stage] = append(out[r.Stage], r)
	}
	for stage, rows := range out {
		slices.SortFunc(rows, byDue)
		out[stage] = rows[:min(len(rows), n)]
	}
	return out, nil
}

// byDue orders files by the day they are due, those without one last.
func byDue(a, b FileRow) int {
	if a.NextDue.IsZero() != b.NextDue.IsZero() {
		return b.NextDue.Compare(a.NextDue) // none is the last
	}
	return cmp.Or(a.NextDue.Compare(b.NextDue), cmp.Compare(a.ID, b.ID))
}

// boardText makes the statement of a board.
type boardText struct {
	roots []org.UnitNo
	wide  bool // many files: each stage is walked by day, and not gathered from the units
	limit int
	args  args
}

func (t *Tx) boardRows(ctx context.Context, b boardText, stages []admission.Stage) ([]FileRow, error) {
	realm, under := b.args.add(Realm), in(&b.args, ints(b.roots))
	limit := b.args.add(b.limit)
	from, units := `unit_closure c CROSS JOIN admission_file f`, `c.ancestor_no IN `+under+` AND f.unit_no = c.unit_no`
	if b.wide {
		from, units = `admission_file f`, `EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_no IN `+under+` AND c.unit_no = f.unit_no)`
	}
	var parts []string
	for _, stage := range stages {
		at := b.args.add(stage)
		for _, dated := range b.halves() {
			parts = append(parts, `SELECT x.id FROM (SELECT f.id FROM `+from+` WHERE f.realm = `+realm+` AND f.stage = `+at+
				` AND `+units+` AND `+dated+` LIMIT `+limit+`) x`)
		}
	}
	return collect(ctx, t, `SELECT `+fileColumns+` FROM (`+strings.Join(parts, ` UNION ALL `)+`) m CROSS JOIN admission_file f CROSS JOIN unit u
		WHERE f.realm = `+realm+` AND f.id = m.id AND u.no = f.unit_no`, b.args, scanFile)
}

// halves are the files with a due day and those without, each in its order.
func (b boardText) halves() [2]string {
	if b.wide {
		return [2]string{`f.next_due IS NOT NULL ORDER BY f.next_due, f.id`, `f.next_due IS NULL ORDER BY f.id`}
	}
	return [2]string{veiled(`f.next_due IS NOT NULL`) + ` ORDER BY f.next_due, f.id`, veiled(`f.next_due IS NULL`) + ` ORDER BY f.id`}
}

// veiled keeps SQLite from taking a condition for a way to the files: of a few units they
// are found by their units, and no index on a day leads there (measured: 25 s against 5 ms).
func veiled(cond string) string { return `CASE WHEN ` + cond + ` THEN 1 ELSE 0 END = 1` }

// walks reports whether the files are walked in an order of all, and not gathered from a
// few units or names first.
func (q *query) walks() bool {
	return !q.gathers && q.from == `admission_file f CROSS JOIN unit u` && strings.Contains(q.conditions(), `EXISTS (SELECT 1 FROM unit_closure c`)
}

// also adds a condition on a column that has an index of its own.
func (q *query) also(cond string) {
	if !q.walks() {
		cond = veiled(cond)
	}
	q.and(cond)
}

// A ListOrder is by what a list of files is sorted.
type ListOrder string

// Orders of lists; the zero value is by name.
const (
	ByName  ListOrder = ""
	ByDueOn ListOrder = "due"
	BySince ListOrder = "since"
)

// Valid reports whether o is an order.
func (o ListOrder) Valid() bool { return o == ByName || o == ByDueOn || o == BySince }

// A ListFilter is a FileFilter with what the big list asks beside. Empty fields do not filter.
type ListFilter struct {
	FileFilter
	DueFrom       date.Date // next step due on or after
	NoHelper      bool
	CertificateBy date.Date // the certificate ends on or before
	Sex           person.Sex
	Order         ListOrder
}

// ListFiles lists the files within scope in one of the orders, those without its day last,
// and the cursor of the next page. It fails with Invalid on a cursor that is not one.
func (t *Tx) ListFiles(ctx context.Context, s access.Scope, f ListFilter) ([]FileRow, string, error) {
	if f.Order == ByName && f.plain() {
		return t.Files(ctx, s, f.FileFilter)
	}
	limit := min(max(f.Limit, 1), 500)
	from, err := parseListCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	var rows []FileRow
	var keys []listCursor
	for _, part := range f.parts() {
		if len(rows) > limit || from.behind(part) {
			continue
		}
		text, a, err := t.listText(ctx, s, f, part, from, limit+1-len(rows))
		if err != nil || text == "" {
			return nil, "", err
		}
		err = t.Query(ctx, text, a, func(r sqldb.Row) error {
			k := listCursor{Part: part}
			row, err := scanFile(withTail{r, []any{&k.Given, &k.Rest}})
			k.ID, k.On = row.ID, listDay(f.Order, row)
			rows, keys = append(rows, row), append(keys, k)
			return err
		})
		if err != nil {
			return nil, "", fmt.Errorf("list files: %w", err)
		}
	}
	if len(rows) <= limit {
		return rows, "", nil
	}
	return rows[:limit], keys[limit-1].String(), nil
}

func (f ListFilter) plain() bool {
	return f.DueFrom.IsZero() && !f.NoHelper && f.CertificateBy.IsZero() && f.Sex == ""
}

// parts are the parts of a list that is sorted by a day: those that have one, and the rest
// by name. Each is found in its own order, so that neither has to be gathered first.
func (f ListFilter) parts() []listPart {
	switch f.Order {
	case ByDueOn:
		return []listPart{listDated, listUndated}
	case BySince:
		return []listPart{listDated, listUndated}
	}
	return []listPart{listUndated}
}

type listPart string

const (
	listDated   listPart = "d"
	listUndated listPart = "n"
)

func listDay(o ListOrder, r FileRow) date.Date {
	if o == ByDueOn {
		return r.NextDue
	}
	return r.Since
}

// listColumn is the column of a day by which a list is sorted, "" for names.
func listColumn(o ListOrder) string {
	switch o {
	case ByDueOn:
		return `f.next_due`
	case BySince:
		return `f.since`
	}
	return ``
}

func (t *Tx) listText(ctx context.Context, s access.Scope, f ListFilter, part listPart, from listCursor, limit int) (string, args, error) {
	q, ok, err := t.fileQuery(ctx, s, f.FileFilter)
	if err != nil || !ok {
		return "", nil, err
	}
	if !f.DueFrom.IsZero() {
		q.also(`f.next_due >= ` + q.arg(f.DueFrom))
	}
	if f.NoHelper {
		q.also(`f.helper = ''`)
	}
	if !f.CertificateBy.IsZero() {
		q.also(`f.certificate_until <= ` + q.arg(f.CertificateBy))
	}
	if f.Sex != "" {
		q.and(`f.sex = ` + q.arg(f.Sex))
	}
	column := listColumn(f.Order)
	order := `f.sort_given, f.sort_rest, f.id`
	switch {
	case column == ``:
	case part == listDated:
		q.also(column + ` IS NOT NULL`)
		if order = column + `, f.id`; !q.walks() {
			order = `CASE WHEN ` + column + ` IS NULL THEN 1 ELSE 0 END, ` + order
		}
	default:
		q.also(column + ` IS NULL`)
	}
	switch {
	case from.Part != part:
	case part == listDated:
		q.also(`(` + column + `, f.id) > (` + q.arg(from.On) + `, ` + q.arg(from.ID) + `)`)
	default:
		q.also(`(f.sort_given, f.sort_rest, f.id) > (` + q.arg(from.Given) + `, ` + q.arg(from.Rest) + `, ` + q.arg(from.ID) + `)`)
	}
	return f.text(`SELECT ` + fileColumns + `, f.sort_given, f.sort_rest FROM ` + q.from + ` WHERE ` + q.conditions() +
		` ORDER BY ` + order + ` LIMIT ` + q.arg(limit)), q.args, nil
}

// A listCursor is the last row of a page of a sorted list.
type listCursor struct {
	Part  listPart  `json:"p"`
	On    date.Date `json:"d,omitzero"`
	Given []byte    `json:"g"`
	Rest  []byte    `json:"r"`
	ID    string    `json:"i"`
}

// behind reports whether a part lies before the cursor altogether.
func (c listCursor) behind(part listPart) bool { return c.Part == listUndated && part == listDated }

// String packs the cursor so that it can stand in an address.
func (c listCursor) String() string {
	b, err := json.Marshal(c)
	if err != nil { // bytes, a day and text always marshal
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseListCursor(s string) (c listCursor, err error) {
	if s == "" {
		return c, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	whole := c.Given != nil && c.Rest != nil && c.ID != "" && !strings.ContainsRune(c.ID, 0) && (c.Part == listUndated || c.Part == listDated && !c.On.IsZero())
	if err != nil || !whole {
		return c, errs.E(errs.Invalid, "list.cursor").Because(errors.Join(err, errors.New("not a cursor")))
	}
	return c, nil
}
