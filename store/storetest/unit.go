package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func codes(units []org.Unit) string {
	out := ""
	for _, u := range units {
		out += string(u.Code) + " "
	}
	return out
}

func testUnits(t *testing.T, s *store.Store) {
	Block(t, s)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.UnitByCode(ctx, "K01")
		equal(t, "unit by code", u, org.Unit{
			No: 2, ID: "id-K01", Code: "K01", Name: "Đảng ủy Trường Đại học Quảng Bình",
			Type: org.BaseCommittee, Kind: org.University, Parent: 1, OpenedOn: date.Must("2010-01-01"),
		})
		if err != nil {
			return err
		}
		same, err := tx.UnitByNo(ctx, 2)
		equal(t, "unit by number", same, u)
		if err != nil {
			return err
		}
		youth, err := tx.UnitByCode(ctx, "D")
		equal(t, "the union stands beside", youth.Beside, 1)
		if err != nil {
			return err
		}
		_, err = tx.UnitByCode(ctx, "X")
		kind(t, "an unknown code", err, errs.NotFound)
		_, err = tx.Line(ctx, 99)
		kind(t, "the line of an unknown unit", err, errs.NotFound)
		line, err := tx.Line(ctx, 3)
		equal(t, "line", fmt.Sprint(line), "[3 2 1]")
		if err != nil {
			return err
		}
		lineUnits, err := tx.LineUnits(ctx, 3)
		equal(t, "line as units", codes(lineUnits), "K01.01 K01 K ")
		if err != nil {
			return err
		}
		below, err := tx.Subtree(ctx, 2)
		equal(t, "subtree", fmt.Sprint(below), "[2 3 4]")
		if err != nil {
			return err
		}
		children, err := tx.Children(ctx, 1)
		equal(t, "children", codes(children), "K01 K02 ")
		return err
	})
	for _, c := range []struct {
		name string
		unit store.NewUnit
		want errs.Kind
	}{
		{"a code twice", unit("K01", "x", org.BaseCommittee, 1), errs.Conflict},
		{"a parent that is not there", unit("K09", "x", org.BaseCommittee, 99), errs.NotFound},
	} {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.CreateUnit(t.Context(), c.unit)
			return err
		})
		kind(t, c.name, err, c.want)
	}
}

func testBulkUnits(t *testing.T, s *store.Store) {
	Block(t, s)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		next, err := tx.NextUnitNo(ctx)
		if err != nil {
			return err
		}
		var units []store.NewUnit
		for i := range 300 {
			n := unit(fmt.Sprintf("K03.%03d", i), "Chi bộ", org.Branch, next+300)
			n.No = next + org.UnitNo(i)
			n.Counts = map[org.CountKind]int{org.OfficialMembers: i}
			units = append(units, n)
		}
		base := unit("K03", "Đảng ủy cơ sở", org.BaseCommittee, 1)
		base.No = next + 300
		return tx.BulkUnits(ctx, append(units, base))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		tree, err := tx.UnitTree(ctx)
		if err != nil {
			return err
		}
		equal(t, "units", tree.Len(), 307)
		for _, u := range tree.Units() {
			line, err := tx.Line(ctx, u.No)
			if err != nil {
				return err
			}
			if !slices.Equal(line, tree.Line(u.No)) {
				t.Errorf("line of %s: %v", u.Code, line)
			}
		}
		links, err := tx.ParentLinks(ctx)
		equal(t, "links", len(links), 307)
		if err != nil {
			return err
		}
		found, err := tx.SearchUnits(ctx, "k03 299", []org.UnitNo{1}, 10)
		if err != nil || len(found) != 1 {
			return fmt.Errorf("%v, %w", found, err)
		}
		counts, err := tx.UnitCounts(ctx, found[0].No, day)
		equal(t, "count", counts[org.OfficialMembers], 299)
		return err
	})
	findings, err := s.Doctor(t.Context())
	if err != nil || len(withoutDisk(findings)) != 0 {
		t.Errorf("the doctor finds %v, %v", findings, err)
	}
	err = s.Write(t.Context(), func(tx *store.Tx) error {
		u := unit("K04", "x", org.BaseCommittee, 5000)
		u.No = 4000
		return tx.BulkUnits(t.Context(), []store.NewUnit{u})
	})
	kind(t, "a parent that is not there", err, errs.Invalid)
}

func testUnitsTogether(t *testing.T, s *store.Store) {
	Block(t, s)
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for i := range 4 {
				err := s.Write(t.Context(), func(tx *store.Tx) error {
					_, err := tx.CreateUnit(t.Context(), unit(fmt.Sprint("N", w, i), "Chi bộ", org.Branch, 2))
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		children, err := tx.Children(ctx, 2)
		equal(t, "children", len(children), 2+12)
		return err
	})
}

func testUnitPages(t *testing.T, s *store.Store) {
	Block(t, s)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name  string
			roots []org.UnitNo
			after org.Code
			limit int
			want  string
		}{
			{"all of both trees", []org.UnitNo{1, 6}, "", 10, "D K K01 K01.01 K01.02 K02 "},
			{"a first page", []org.UnitNo{1}, "", 2, "K K01 "},
			{"the page after", []org.UnitNo{1}, "K01", 2, "K01.01 K01.02 "},
			{"a subtree", []org.UnitNo{2}, "", 10, "K01 K01.01 K01.02 "},
			{"roots that overlap", []org.UnitNo{2, 3, 5}, "", 10, "K01 K01.01 K01.02 K02 "},
			{"no roots, no units", nil, "", 10, ""},
		} {
			units, err := tx.Units(ctx, c.roots, c.after, c.limit)
			if err != nil {
				return err
			}
			equal(t, c.name, codes(units), c.want)
		}
		return nil
	})
}

func testSearchUnits(t *testing.T, s *store.Store) {
	Block(t, s)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name, query string
			roots       []org.UnitNo
			want        string
		}{
			{"a word without marks", "khoa", []org.UnitNo{1}, "K01.01 K01.02 "},
			{"the beginning of a word", "su ph", []org.UnitNo{1}, "K01.01 "},
			{"đ is d", "dai", []org.UnitNo{1}, "K01 K02 "},
			{"with its marks", "Đại Học", []org.UnitNo{1}, "K01 "},
			{"by the code", "k01.02", []org.UnitNo{1}, "K01.02 "},
			{"only under the roots", "khoa", []org.UnitNo{4, 5}, "K01.02 "},
			{"the middle of a word is not found", "hoa", []org.UnitNo{1}, ""},
			{"no words, no units", " . ", []org.UnitNo{1}, ""},
			{"no roots, no units", "khoa", nil, ""},
		} {
			units, err := tx.SearchUnits(ctx, c.query, c.roots, 10)
			if err != nil {
				return err
			}
			equal(t, c.name, codes(units), c.want)
		}
		return nil
	})
}

func testCountsAndPosts(t *testing.T, s *store.Store) {
	Block(t, s)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			from  string
			value int
		}{{"2024-01-01", 21}, {"2024-06-01", 25}, {"2024-06-01", 24}} {
			if err := tx.SetUnitCount(ctx, 3, org.OfficialMembers, date.Must(c.from), c.value); err != nil {
				return err
			}
		}
		for i, p := range []org.Post{
			{Unit: 3, Title: "Bí thư", Name: "An", Head: true, From: date.Must("2020-01-01")},
			{Unit: 3, Title: "Phó Bí thư", Name: "Chi", From: date.Must("2020-01-01")},
			{Unit: 3, Title: "Bí thư Chi bộ", Name: "Bình", Head: true, From: date.Must("2024-07-01")},
		} {
			if err := tx.SetPost(ctx, fmt.Sprint("post-", i), p); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			on            string
			official, all int
			head          string
		}{
			{"2009-12-31", 0, 0, ""},
			{"2023-12-31", 20, 22, "An"},
			{"2024-05-31", 21, 22, "An"},
			{"2024-06-01", 24, 22, "An"},
			{"2024-07-01", 24, 22, "Bình"},
		} {
			counts, err := tx.UnitCounts(ctx, 3, date.Must(c.on))
			if err != nil {
				return err
			}
			equal(t, "official members on "+c.on, counts[org.OfficialMembers], c.official)
			equal(t, "members on "+c.on, counts[org.Members], c.all)
			head, ok, err := tx.HeadOn(ctx, 3, date.Must(c.on))
			if err != nil {
				return err
			}
			equal(t, "head on "+c.on, head.Name, c.head)
			equal(t, "is there a head on "+c.on, ok, c.head != "")
		}
		posts, err := tx.Posts(ctx, 3)
		for _, p := range posts {
			want := date.Date{}
			if p.Name == "An" {
				want = date.Must("2024-06-30")
			}
			equal(t, "end of "+p.Name, p.To, want)
		}
		return err
	})
}
