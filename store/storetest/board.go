package storetest

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// orderByDay orders files by a day, those without one last, and then as told.
func orderByDay(day func(made) date.Date, then func(a, b made) int) func(a, b made) int {
	return func(a, b made) int {
		if day(a).IsZero() != day(b).IsZero() {
			return day(b).Compare(day(a))
		}
		return cmp.Or(day(a).Compare(day(b)), then(a, b))
	}
}

func byID(a, b made) int { return cmp.Compare(a.id, b.id) }

func due(m made) date.Date { return m.due }

// testBoard compares the board of few and of many files with a walk through all of them.
func testBoard(t *testing.T, s *store.Store) {
	Block(t, s)
	all := people(2600, rand.New(rand.NewPCG(5, 5)))
	enter(t, s, all)
	stages := []admission.Stage{admission.New, admission.Listed, admission.Ready, admission.Decided}
	for _, roots := range [][]org.UnitNo{{}, {1}, {2}, {3}, {3, 5}} {
		for _, n := range []int{1, 6} {
			want := map[admission.Stage][]made{}
			for _, m := range all {
				if m.lets(roots, store.FileFilter{Stages: stages}) {
					want[m.stage] = append(want[m.stage], m)
				}
			}
			read(t, s, func(ctx context.Context, tx *store.Tx) error {
				got, err := tx.Board(ctx, scope(roots...), store.Within{}, stages, n)
				for _, stage := range stages {
					w := want[stage]
					slices.SortFunc(w, orderByDay(due, byID))
					equal(t, fmt.Sprintf("board of %v, %d of %s", roots, n, stage), rowIDs(got[stage]), ids(w[:min(n, len(w))]))
				}
				return err
			})
		}
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		school := org.Unit{No: 2, Type: org.BaseCommittee}
		within, ok := store.Inside(scope(1), school, []org.UnitNo{2, 1})
		equal(t, "the school lies in the block", ok, true)
		got, err := tx.Board(ctx, scope(1), within, stages, 500)
		for _, rows := range got {
			for _, r := range rows {
				if r.Unit != 3 && r.Unit != 4 {
					t.Errorf("%s of unit %d stands on the board of the school", r.ID, r.Unit)
				}
			}
		}
		return err
	})
}

// testListOrders compares lists in their orders, page by page, with a walk through all files.
func testListOrders(t *testing.T, s *store.Store) {
	Block(t, s)
	r := rand.New(rand.NewPCG(6, 6))
	all := people(120, r)
	enter(t, s, all)
	names := sorted(t, all)
	place := map[string]int{}
	for i, m := range names {
		place[m.id] = i
	}
	byName := func(a, b made) int { return cmp.Compare(place[a.id], place[b.id]) }
	for range 120 {
		roots := pick(r, [][]org.UnitNo{{}, {1}, {2}, {3}, {3, 5}})
		f := store.ListFilter{FileFilter: store.FileFilter{Query: pick(r, []string{"", "", "tran"}), Limit: pick(r, []int{1, 7, 500}),
			Desk: pick(r, [][]admission.Desk{nil, {admission.DeskBase}})}, Order: pick(r, []store.ListOrder{store.ByName, store.ByDueOn}),
			NoHelper: r.IntN(2) == 0, Sex: "female"}
		if r.IntN(2) == 0 {
			f.DueFrom, f.DueBy = day.AddDays(1), day.AddDays(3)
		}
		f.Pressing = r.IntN(2) == 0
		var want []made
		for _, m := range asked(all, f.FileFilter) {
			if m.lets(roots, f.FileFilter) && (f.DueFrom.IsZero() || !m.due.Before(f.DueFrom)) {
				want = append(want, m)
			}
		}
		slices.SortFunc(want, byName)
		if f.Order == store.ByDueOn { // those with a day by id, the others by name
			slices.SortFunc(want, orderByDay(due, func(a, b made) int {
				if a.due.IsZero() {
					return byName(a, b)
				}
				return byID(a, b)
			}))
		}
		equal(t, fmt.Sprintf("scope %v, filter %+v", roots, f), walkList(t, s, scope(roots...), f), ids(want))
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []string{"x", base64.RawURLEncoding.EncodeToString([]byte(`{"p":"d","g":"AA==","r":"AA==","i":"a"}`))} {
			_, _, err := tx.ListFiles(ctx, scope(1), store.ListFilter{FileFilter: store.FileFilter{Cursor: c, Limit: 5}, Order: store.ByDueOn})
			kind(t, "cursor "+c, err, errs.Invalid)
		}
		nobody, _, err := tx.ListFiles(ctx, scope(1), store.ListFilter{FileFilter: store.FileFilter{Limit: 5}, Sex: "male"})
		equal(t, "men among women", rowIDs(nobody), "")
		return err
	})
}

func walkList(t *testing.T, s *store.Store, sc access.Scope, f store.ListFilter) string {
	t.Helper()
	var got []made
	for {
		var rows []store.FileRow
		read(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			rows, f.Cursor, err = tx.ListFiles(ctx, sc, f)
			return err
		})
		for _, r := range rows {
			got = append(got, made{id: r.ID})
		}
		if f.Cursor == "" {
			return ids(got)
		}
		if len(rows) != f.Limit {
			t.Fatalf("a page of %d with another behind it, limit %d", len(rows), f.Limit)
		}
	}
}

// stateful enters files that have come to a stage on a day, with a helper and a certificate.
func stateful(t *testing.T, s *store.Store, unit org.UnitNo, files ...admission.File) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, f := range files {
			st := store.FileState{Unit: unit, Brief: admission.Brief{CertificateUntil: f.Certificate.Issued}}
			if err := tx.BulkFiles(ctx, permit(access.OpenFile, unit), []store.BulkFile{{File: f, Name: nameOf(t, f.Name), State: st}}, at(0)); err != nil {
				return err
			}
		}
		return nil
	})
}

func testLeft(t *testing.T, s *store.Store) {
	Block(t, s)
	gone := func(id string, stage admission.Stage, since date.Date, helper string, until date.Date) admission.File {
		f := opened(id, "", "Lê Thị "+"An")
		f.Stage, f.Since, f.Helper, f.Certificate.Issued = stage, since, helper, until
		return f
	}
	stateful(t, s, 3, gone("a", admission.Withdrawn, day, "", day), gone("b", admission.Closed, day.AddDays(3), "Bình", day.AddDays(9)),
		gone("c", admission.Removed, day.AddDays(2), "", date.Date{}), gone("d", admission.Listed, day.AddDays(1), "", day.AddDays(2)))
	stateful(t, s, 5, gone("e", admission.Closed, day.AddDays(1), "", date.Date{}))
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		left := func(sc access.Scope, unit org.UnitNo, from date.Date, limit int) string {
			rows, err := tx.LeftFiles(ctx, sc, store.FileFilter{Unit: unit, Limit: limit}, from, day.AddDays(9))
			if err != nil {
				t.Error(err)
			}
			return rowIDs(rows)
		}
		equal(t, "who left, the latest first", left(scope(1), 0, day, 9), "b c e a")
		equal(t, "who left of a unit", left(scope(1), 2, day.AddDays(1), 9), "b c")
		equal(t, "no more than asked", left(scope(1), 0, day, 2), "b c")
		equal(t, "out of scope", left(scope(5), 3, day, 9), "")
		list := func(f store.ListFilter) string {
			f.Limit = 9
			rows, _, err := tx.ListFiles(ctx, scope(1), f)
			if err != nil {
				t.Error(err)
			}
			return rowIDs(rows)
		}
		equal(t, "whom nobody helps", list(store.ListFilter{NoHelper: true}), "a c d e")
		equal(t, "whose certificate ends", list(store.ListFilter{CertificateBy: day.AddDays(2)}), "a d")
		equal(t, "by the day since when", list(store.ListFilter{Order: store.BySince}), "a d e c b")
		names, err := tx.FileNames(ctx, scope(2), []string{"a", "e", "x"})
		equal(t, "names within scope", fmt.Sprint(names), "map[a:Lê Thị An]")
		return err
	})
}

func testUses(t *testing.T, s *store.Store) {
	Block(t, s)
	account(t, s, "a")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, e := range []store.Entry{
			{Unit: "K01.01", Object: "file/f1", Right: "identity.see"}, {Unit: "K01.01", Object: "file/f1", Right: "act.branch"},
			{Unit: "K02", Object: "print/draft", Right: "file.see"}, {Unit: "", Object: "export/files", Right: "file.see"},
			{Unit: "K01.02", Object: "export/files", Right: "file.see"}, {Unit: "K01.01", Object: "file/f1", Right: "identity.see"},
		} {
			e.Stream, e.At, e.Actor, e.After = cmp.Or(e.Unit, "system"), at(i), "a", "{}"
			if err := tx.AppendAudit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		uses := func(what string, sc access.Scope, unit org.UnitNo, to, limit int, want string) {
			t.Helper()
			rows, err := tx.Uses(ctx, sc, unit, at(0), at(to), limit)
			if err != nil {
				t.Error(err)
			}
			got := ""
			for _, u := range rows {
				got += " " + u.Object + "@" + u.Unit
				equal(t, "who", u.Name, "Trần Thị Đào")
			}
			equal(t, what, got, want)
		}
		uses("all of the block", scope(1), 0, 9, 9, " file/f1@K01.01 export/files@K01.02 print/draft@K02 file/f1@K01.01")
		uses("of a unit", scope(1), 2, 9, 9, " file/f1@K01.01 export/files@K01.02 file/f1@K01.01")
		uses("the latest", scope(1), 0, 9, 1, " file/f1@K01.01")
		uses("before a moment", scope(2), 0, 4, 9, " file/f1@K01.01")
		uses("out of scope", scope(5), 2, 9, 9, "")
		return nil
	})
}

func testSavedFilters(t *testing.T, s *store.Store) {
	Block(t, s)
	account(t, s, "a")
	account(t, s, "b")
	filter := func(id, name string) store.SavedFilter {
		return store.SavedFilter{ID: id, Name: name, Query: "stage=ready", Made: at(1)}
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.AddSavedFilter(ctx, "a", filter("f1", "Chờ họp")), tx.AddSavedFilter(ctx, "a", filter("f2", "Quá hạn")),
			tx.AddSavedFilter(ctx, "b", filter("f3", "Chờ họp")), tx.OpenWithFilter(ctx, "a", "f1"), tx.OpenWithFilter(ctx, "a", "f2"),
			tx.RenameSavedFilter(ctx, "a", "f1", "Chờ chi bộ họp"))
	})
	for _, c := range []struct {
		name string
		do   func(context.Context, *store.Tx) error
		want errs.Kind
	}{
		{"a name twice", func(ctx context.Context, tx *store.Tx) error {
			return tx.AddSavedFilter(ctx, "a", filter("f9", "Quá hạn"))
		}, errs.Conflict},
		{"renamed to one that is there", func(ctx context.Context, tx *store.Tx) error {
			return tx.RenameSavedFilter(ctx, "a", "f1", "Quá hạn")
		}, errs.Conflict},
		{"another's renamed", func(ctx context.Context, tx *store.Tx) error { return tx.RenameSavedFilter(ctx, "b", "f1", "x") }, errs.NotFound},
		{"another's dropped", func(ctx context.Context, tx *store.Tx) error { return tx.DropSavedFilter(ctx, "b", "f1") }, errs.NotFound},
		{"opened with another's", func(ctx context.Context, tx *store.Tx) error { return tx.OpenWithFilter(ctx, "b", "f1") }, errs.NotFound},
	} {
		kind(t, c.name, s.Write(t.Context(), func(tx *store.Tx) error { return c.do(t.Context(), tx) }), c.want)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.SavedFilters(ctx, "a")
		equal(t, "filters", len(all), 2)
		want := filter("f1", "Chờ chi bộ họp")
		equal(t, "the first", all[0], want)
		equal(t, "one opens the list", all[1].Opens, true)
		return err
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.DropSavedFilter(ctx, "a", "f1"), tx.OpenWithFilter(ctx, "a", ""))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.SavedFilters(ctx, "a")
		equal(t, "what is left", fmt.Sprintln(len(all), all[0].ID, all[0].Opens), "1 f2 false\n")
		return err
	})
}
