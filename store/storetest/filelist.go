package storetest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/store"
)

func testFileOrder(t *testing.T, s *store.Store) {
	Block(t, s)
	want := []string{"An", "Nguyễn An", "Nguyễn Văn An", "Trần Thị An", "Bùi Ánh", "Lê Ân", "Đỗ Duy", "Ân Đào", "Hồ Lan", "Hồ Thị Lân"}
	var files []made
	for i, n := range slices.Backward(want) {
		files = append(files, made{id: fmt.Sprint("n", i), unit: 3 + org.UnitNo(i%2), name: n, stage: admission.Ready})
	}
	enter(t, s, files)
	for _, limit := range []int{1, 3, 500} {
		for _, sc := range []access.Scope{scope(1), scope(2), scope(3, 4)} {
			var got []string
			page(t, s, sc, store.FileFilter{Limit: limit}, func(r store.FileRow) { got = append(got, r.Name) })
			equal(t, fmt.Sprint("pages of ", limit), strings.Join(got, ", "), strings.Join(want, ", "))
		}
	}
}

// made is a file as a list sees it, without acts.
type made struct {
	id              string
	unit            org.UnitNo
	name            string
	stage           admission.Stage
	desk            admission.Desk
	due, last       date.Date
	decided, joined date.Date

	pressDesk admission.Desk // of the duty that is due first
	pressDue  date.Date
}

// asked returns people with the desks and days that a filter asks for.
func asked(all []made, f store.FileFilter) []made {
	if !f.Pressing {
		return all
	}
	out := slices.Clone(all)
	for i, m := range out {
		out[i].desk, out[i].due = m.pressDesk, m.pressDue
	}
	return out
}

// enter writes files and counts them, as many as one likes.
func enter(t *testing.T, s *store.Store, all []made) {
	t.Helper()
	above := map[org.UnitNo][]org.UnitNo{3: {3, 2, 1}, 4: {4, 2, 1}, 5: {5, 1}}
	var files []store.BulkFile
	var deltas []store.Delta
	for _, m := range all {
		f := opened(m.id, "", m.name)
		f.Stage, f.Last, f.Decided, f.Ceremony = m.stage, m.last, m.decided, m.joined
		files = append(files, store.BulkFile{File: f, Name: nameOf(t, m.name), State: store.FileState{Unit: m.unit,
			Next: admission.Next{Who: m.desk, Due: m.due}, Press: admission.Next{Who: m.pressDesk, Due: m.pressDue}}})
		for _, u := range above[m.unit] {
			deltas = append(deltas, store.Delta{Unit: u, Indicator: store.StageIndicator(m.stage), Value: 1})
		}
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.BulkFiles(ctx, permit(access.OpenFile, 1), files, at(0)); err != nil {
			return err
		}
		return tx.AddCounters(ctx, store.Realm, deltas, 0)
	})
}

// page walks through all pages of a list.
func page(t *testing.T, s *store.Store, sc access.Scope, f store.FileFilter, each func(store.FileRow)) {
	t.Helper()
	for {
		var rows []store.FileRow
		read(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			rows, f.Cursor, err = tx.Files(ctx, sc, f)
			return err
		})
		for _, r := range rows {
			each(r)
		}
		if f.Cursor == "" {
			return
		}
		if len(rows) != f.Limit {
			t.Fatalf("a page of %d with another behind it, limit %d", len(rows), f.Limit)
		}
	}
}

// people makes files with names that are often the same.
func people(n int, r *rand.Rand) []made {
	families := []string{"Trần", "Trân", "Nguyễn", "Đỗ", "Lê"}
	middles := []string{"", " Thị", " Văn", " Thị Bích", " Đức"}
	givens := []string{"An", "Ân", "Đào", "Đạo", "Lan", "Tran", "Thảo"}
	stages := []admission.Stage{admission.Listed, admission.Certified, admission.Ready, admission.Decided, admission.New}
	if n > 1000 {
		stages = slices.Concat(stages, slices.Repeat([]admission.Stage{admission.Ready}, 20))
	}
	desks := []admission.Desk{admission.DeskBranch, admission.DeskBase, admission.DeskBoard, admission.DeskNone}
	days := func() date.Date {
		if r.IntN(4) == 0 {
			return date.Date{}
		}
		return day.AddDays(r.IntN(5))
	}
	out := make([]made, n)
	for i := range out {
		out[i] = made{id: fmt.Sprintf("p%05d", r.IntN(1_000_000)*10+i%10), unit: org.UnitNo(3 + r.IntN(3)),
			name: pick(r, families) + pick(r, middles) + " " + pick(r, givens), stage: pick(r, stages), desk: pick(r, desks),
			due: days(), last: days(), decided: days(), joined: days(), pressDesk: pick(r, desks), pressDue: days()}
		out[i].id = fmt.Sprintf("%s-%d", out[i].id, i)
	}
	return out
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// sorted returns people in the order of their names.
func sorted(t *testing.T, all []made) []made {
	t.Helper()
	type key struct{ given, rest []byte }
	keys := map[string]key{}
	for _, m := range all {
		if _, ok := keys[m.name]; !ok {
			given, rest := person.SortKeys(nameOf(t, m.name))
			keys[m.name] = key{given, rest}
		}
	}
	return slices.SortedFunc(slices.Values(all), func(a, b made) int {
		x, y := keys[a.name], keys[b.name]
		return cmp.Or(bytes.Compare(x.given, y.given), bytes.Compare(x.rest, y.rest), cmp.Compare(a.id, b.id))
	})
}

// lets reports whether scope and filter let a file through.
func (m made) lets(roots []org.UnitNo, f store.FileFilter) bool {
	above := map[org.UnitNo][]org.UnitNo{3: {3, 2, 1}, 4: {4, 2, 1}, 5: {5, 1}}[m.unit]
	in := slices.ContainsFunc(roots, func(u org.UnitNo) bool { return slices.Contains(above, u) })
	if strings.TrimSpace(f.Query) != "" && len(person.Words(f.Query)) == 0 {
		return false // signs alone stand in no name
	}
	for _, w := range person.Words(f.Query) {
		in = in && slices.ContainsFunc(person.Words(m.name), func(have string) bool { return strings.HasPrefix(have, w) })
	}
	return in && (f.Unit == 0 || slices.Contains(above, f.Unit)) &&
		(len(f.Stages) == 0 || slices.Contains(f.Stages, m.stage)) &&
		(len(f.Desk) == 0 || slices.Contains(f.Desk, m.desk)) &&
		(f.DueBy.IsZero() || !m.due.IsZero() && !m.due.After(f.DueBy))
}

func testFileLists(t *testing.T, s *store.Store) { lists(t, s, 70, 150, []int{1, 4, 500}) }

// testWideFileLists has more files, in all and at one stage, than the store gathers and
// sorts for a page.
func testWideFileLists(t *testing.T, s *store.Store) { lists(t, s, 2600, 12, []int{499, 500}) }

// lists asks many random questions and compares each answer with a walk through all files.
func lists(t *testing.T, s *store.Store, n, questions int, limits []int) {
	Block(t, s)
	r := rand.New(rand.NewPCG(1, uint64(n)))
	all := people(n, r)
	enter(t, s, all)
	all = sorted(t, all)
	scopes := [][]org.UnitNo{{}, {1}, {1}, {2}, {3}, {1, 3}, {3, 4}, {2, 3, 5}, {4, 5}, {6}}
	units := []org.UnitNo{0, 0, 0, 1, 2, 3, 5, 6}
	stages := [][]admission.Stage{nil, nil, {admission.Ready}, {admission.Listed, admission.Ready, admission.Held}}
	queries := []string{"", "", "", "tran", "Trần", "đ", "THI an", "tr tr", "thị b", "xyz", "tran tran lan", "%", " . "}
	desks := [][]admission.Desk{nil, nil, {admission.DeskBranch}, {admission.DeskBranch, admission.DeskBoard}}
	for range questions {
		roots := pick(r, scopes)
		f := store.FileFilter{Unit: pick(r, units), Stages: pick(r, stages), Query: pick(r, queries), Desk: pick(r, desks), Limit: pick(r, limits)}
		if r.IntN(3) == 0 {
			f.DueBy = day.AddDays(2)
		}
		f.Pressing = r.IntN(3) == 0
		ask(t, s, all, roots, f)
	}
}

func ask(t *testing.T, s *store.Store, all []made, roots []org.UnitNo, f store.FileFilter) {
	t.Helper()
	var want []made
	for _, m := range asked(all, f) {
		if m.lets(roots, f) {
			want = append(want, m)
		}
	}
	what := fmt.Sprintf("scope %v, filter %+v", roots, f)
	var got []string
	page(t, s, scope(roots...), f, func(r store.FileRow) { got = append(got, r.ID) })
	equal(t, what, strings.Join(got, " "), ids(want))
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.CountFiles(ctx, scope(roots...), f)
		equal(t, what+": count", n, len(want))
		if err != nil {
			return err
		}
		f.Limit = 2000
		due, err := tx.DueFiles(ctx, scope(roots...), f)
		slices.SortStableFunc(want, func(a, b made) int {
			if a.due.IsZero() != b.due.IsZero() {
				return b.due.Compare(a.due) // none is the last
			}
			return a.due.Compare(b.due)
		})
		equal(t, what+": by the day they are due", rowIDs(due), ids(want[:min(len(want), 2000)]))
		return err
	})
}

func ids(all []made) string {
	var out []string
	for _, m := range all {
		out = append(out, m.id)
	}
	return strings.Join(out, " ")
}

func rowIDs(rows []store.FileRow) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}

func testBadCursor(t *testing.T, s *store.Store) {
	Block(t, s)
	enter(t, s, []made{{id: "a", unit: 3, name: "An", stage: admission.Ready}})
	pack := func(json string) string { return base64.RawURLEncoding.EncodeToString([]byte(json)) }
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []string{"x", "%", "=", pack(` `), pack(`{}`), pack(`[]`), pack(`null`), pack(`{"g":"AA==","r":"AA=="}`), pack(`{"i":"a"}`),
			pack(`{"g":null,"r":"","i":"a"}`), pack(`{"g":"?","r":"","i":"a"}`), pack(`{"g":"AA==","r":"AA==","i":"a"} x`), pack(`{"g":"AA==","r":"AA==","i":"\u0000"}`)} {
			_, _, err := tx.Files(ctx, scope(1), store.FileFilter{Limit: 5, Cursor: c})
			kind(t, "cursor "+c, err, errs.Invalid)
		}
		rows, next, err := tx.Files(ctx, scope(1), store.FileFilter{Limit: -5, Cursor: pack(`{"g":"","r":"","i":"0"}`)})
		equal(t, "a cursor before everything", rowIDs(rows)+next, "a")
		return err
	})
}

func testFilesByDay(t *testing.T, s *store.Store) {
	Block(t, s)
	all := people(90, rand.New(rand.NewPCG(3, 3)))
	enter(t, s, all)
	for _, roots := range [][]org.UnitNo{{}, {1}, {2}, {3}, {2, 4, 5}} {
		for _, unit := range []org.UnitNo{0, 2, 3, 6} {
			byDay(t, s, all, roots, unit)
		}
	}
}

func byDay(t *testing.T, s *store.Store, all []made, roots []org.UnitNo, unit org.UnitNo) {
	t.Helper()
	from, to := day.AddDays(1), day.AddDays(3)
	within := func(d date.Date) bool { return !d.Before(from) && !d.After(to) }
	want := func(keep func(made) bool, by func(made) date.Date) string {
		var out []made
		for _, m := range all {
			if m.lets(roots, store.FileFilter{Unit: unit}) && keep(m) {
				out = append(out, m)
			}
		}
		slices.SortFunc(out, func(a, b made) int { return cmp.Or(by(a).Compare(by(b)), cmp.Compare(a.id, b.id)) })
		return ids(out)
	}
	what := fmt.Sprint("scope ", roots, ", unit ", unit)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		quiet, err := tx.QuietFiles(ctx, scope(roots...), unit, to)
		equal(t, what+": quiet", rowIDs(quiet), want(func(m made) bool {
			return !m.last.IsZero() && m.last.Before(to) && slices.Contains([]admission.Stage{admission.Listed, admission.Certified, admission.Ready}, m.stage)
		}, func(m made) date.Date { return m.last }))
		if err != nil {
			return err
		}
		decided, err := tx.AdmittedFiles(ctx, scope(roots...), unit, false, from, to)
		equal(t, what+": decided", rowIDs(decided), want(func(m made) bool { return within(m.decided) }, func(m made) date.Date { return m.decided }))
		if err != nil {
			return err
		}
		joined, err := tx.AdmittedFiles(ctx, scope(roots...), unit, true, from, to)
		equal(t, what+": by ceremony", rowIDs(joined), want(func(m made) bool { return within(m.joined) }, func(m made) date.Date { return m.joined }))
		if err != nil {
			return err
		}
		f := store.FileFilter{Unit: unit, Stages: []admission.Stage{admission.New, admission.Decided}}
		staged, err := tx.StageFiles(ctx, scope(roots...), unit, f.Stages)
		equal(t, what+": at stages", rowIDs(staged), ids(slices.DeleteFunc(sorted(t, all), func(m made) bool { return !m.lets(roots, f) })))
		return err
	})
}

func testAllFiles(t *testing.T, s *store.Store) {
	Block(t, s)
	want := map[string]admission.File{}
	var files []store.BulkFile
	for i := range 700 { // more than one list of numbers takes
		f := opened(fmt.Sprintf("f%03d", i), "K01.01", "Lê Thị Hoa")
		for _, a := range road(f)[:i%12] {
			f = advance(t, f, a)
		}
		want[f.ID] = f
		files = append(files, store.BulkFile{File: f, Name: nameOf(t, f.Name), State: stateOf(f, unitOf(f.Unit))})
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.BulkFiles(ctx, permit(access.OpenFile, 2), files, at(0))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, rows, err := tx.AllFiles(ctx, scope(1), 2)
		equal(t, "files", len(got), len(want))
		for i, f := range got {
			sameFile(t, f.ID, admission.Replay(f), want[f.ID])
			sameRow(t, f.ID, rows[i], want[f.ID])
		}
		if err != nil {
			return err
		}
		none, rows, err := tx.AllFiles(ctx, scope(5), 0)
		equal(t, "files of another unit", len(none)+len(rows), 0)
		return err
	})
}
