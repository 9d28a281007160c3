package storetest

import (
	"context"
	"slices"
	"testing"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func draftClass(id string, state class.State) store.ClassRow {
	return store.ClassRow{UnitNo: 1, UnitName: "Đảng ủy Khối các cơ quan tỉnh", EnteredAt: at(0), EnteredBy: "Trần Thị Mai",
		Class: class.Class{ID: id, Unit: "K", Kind: class.Awareness, Title: "Lớp bồi dưỡng nhận thức về Đảng đợt 1 năm 2024",
			Host: class.ByCommittee, Place: "Hội trường Đảng ủy Khối", From: date.Must("2024-08-05"), To: date.Must("2024-08-09"),
			HalfDays: 10, Seats: 80, State: state, Version: 1}}
}

func learner(class_, id, file, name string, no org.UnitNo, code, unitName string) store.LearnerRow {
	return store.LearnerRow{UnitNo: no, Learner: class.Learner{ID: id, Class: class_, File: file, Name: name, Birth: date.Must("2001-03-08"),
		Sex: "female", Unit: code, UnitName: unitName, Need: class.NoCertificate, State: class.Named}}
}

func testClasses(t *testing.T, s *store.Store) {
	Block(t, s)
	board := permit(access.ManageClass, 1)
	c := draftClass("c1", class.Draft)
	for name, p := range map[string]access.Permit{"without a permit": {}, "by a right of readers": permit(access.SeeClass, 1),
		"on another unit": permit(access.ManageClass, 2)} {
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveClass(t.Context(), p, c) }); err == nil || errs.KindOf(err) != errs.Internal {
			t.Errorf("a class is saved %s: %v", name, err)
		}
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveClass(ctx, board, c) })
	under := func(tx *store.Tx, unit org.UnitNo) error {
		_, err := tx.Class(t.Context(), scope(unit), "c1")
		return err
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Class(ctx, scope(1), "c1")
		equal(t, "the class as it was typed", got, c)
		kind(t, "a draft seen from below", under(tx, 3), errs.NotFound)
		kind(t, "a class that is none", func() error { _, err := tx.Class(ctx, scope(1), "\x00"); return err }(), errs.NotFound)
		return err
	})
	c.Version, c.State, c.Number, c.DecidedOn, c.DecidedBy, c.Head = 2, class.Opened, "15-QĐ/ĐUK", date.Must("2024-07-20"), "Lê Văn Bảo", "Trần Thị Mai"
	save := func(c store.ClassRow) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveClass(t.Context(), board, c) })
	}
	if err := save(c); err != nil {
		t.Fatal(err)
	}
	kind(t, "of two who read the same version", save(c), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Class(ctx, scope(3), "c1")
		equal(t, "an opened class seen from below", got, c)
		if no, e := tx.ClassUnit(ctx, "c1"); no != 1 || e != nil {
			t.Errorf("unit of the class: %d, %v", no, e)
		}
		return err
	})
}

func testLearners(t *testing.T, s *store.Store) {
	Block(t, s)
	board := permit(access.ManageClass, 1)
	rows := []store.LearnerRow{
		learner("c1", "l1", "f1", "Trần Thị Lan", 3, "K01.01", "Chi bộ Khoa Sư phạm"),
		learner("c1", "l2", "f2", "Lê Văn Ân", 4, "K01.02", "Chi bộ Khoa Kỹ thuật"),
		learner("c1", "l3", "", "Phạm Bình", 6, "D", "Đoàn Khối các cơ quan tỉnh"),
		learner("c1", "l4", "f4", "Vũ Cường", 3, "K01.01", "Chi bộ Khoa Sư phạm"),
	}
	rows[2].Birth, rows[2].Need = date.Date{}, class.ByUnit
	rows[3].State, rows[3].Reason = class.Dropped, "Đi công tác"
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []store.ClassRow{draftClass("c1", class.Opened), draftClass("c2", class.Running), draftClass("c3", class.Closed)} {
			if err := tx.SaveClass(ctx, board, c); err != nil {
				return err
			}
		}
		if err := tx.SaveLearners(ctx, board, "c1", rows); err != nil {
			return err
		}
		again := rows[0]
		again.ID, again.State = "l9", class.Invited // the same person on another list
		if err := tx.SaveLearners(ctx, permit(access.NameLearner, 3), "c2", []store.LearnerRow{again}); err != nil {
			return err
		}
		return tx.SaveLearners(ctx, board, "c3", []store.LearnerRow{learner("c3", "l8", "f8", "Ngô Dung", 4, "K01.02", "Chi bộ Khoa Kỹ thuật")})
	})
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveLearners(t.Context(), permit(access.SeeClass, 1), "c1", rows) }); err == nil {
		t.Error("learners are saved by a right of readers")
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		// The union is a tree of its own: from the committee its person is not seen.
		for _, c := range []struct {
			name  string
			scope access.Scope
			unit  org.UnitNo
			want  []string
		}{
			{"a unit sees its own people, by their names", scope(2), 0, []string{"l2", "l4", "l1"}},
			{"a branch its own", scope(3), 0, []string{"l4", "l1"}},
			{"narrowed to a unit", scope(2), 4, []string{"l2"}},
			{"beside it there is none", scope(5), 0, nil},
			{"the union its own", scope(6), 0, []string{"l3"}},
		} {
			got, err := tx.Learners(ctx, c.scope, "c1", c.unit)
			if err != nil {
				return err
			}
			var ids []string
			for _, l := range got {
				ids = append(ids, l.ID)
				for _, w := range rows {
					if w.ID == l.ID {
						w.Class = "c1"
						equal(t, "learner "+l.ID, l, w)
					}
				}
			}
			sameIDs(t, c.name, ids, c.want)
		}
		counts, err := tx.InClass(ctx, []org.UnitNo{1, 2, 3, 4, 5, 6})
		if err != nil {
			return err
		}
		for no, want := range map[org.UnitNo]int{1: 2, 2: 2, 3: 1, 4: 1, 5: 0, 6: 1} {
			equal(t, "in class under a unit", counts[no], want)
		}
		waiting, err := tx.SummonedCounts(ctx, scope(2))
		equal(t, "summoned people of a scope", waiting["c2"], 1)
		equal(t, "classes with summoned people", len(waiting), 1)
		if err != nil {
			return err
		}
		places, err := tx.FileLearners(ctx, []string{"f1", "f4", "f8", "f7"})
		equal(t, "places of a person on two lists", len(places["f1"]), 2)
		equal(t, "a place that was given up", len(places["f4"]), 0)
		equal(t, "a place in a class that is over", len(places["f8"]), 1)
		return err
	})
	listedClasses(t, s)
}

func listedClasses(t *testing.T, s *store.Store) {
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name   string
			scope  access.Scope
			filter store.ClassFilter
			want   []string
		}{
			{"all", scope(1), store.ClassFilter{Limit: 9}, []string{"c3", "c2", "c1"}},
			{"from below, opened ones", scope(3), store.ClassFilter{Limit: 9, States: []class.State{class.Opened, class.Draft}}, []string{"c1"}},
			{"of another kind", scope(1), store.ClassFilter{Limit: 9, Kind: class.NewMember}, nil},
			{"of a later time", scope(1), store.ClassFilter{Limit: 9, From: date.Must("2024-08-06")}, nil},
			{"of that time", scope(1), store.ClassFilter{Limit: 1, From: date.Must("2024-08-05"), To: date.Must("2024-08-05")}, []string{"c3"}},
			{"from beside", scope(6), store.ClassFilter{Limit: 9}, nil},
		} {
			got, err := tx.Classes(ctx, c.scope, c.filter)
			if err != nil {
				return err
			}
			var ids []string
			for _, r := range got {
				ids = append(ids, r.ID)
			}
			sameIDs(t, "classes: "+c.name, ids, c.want)
		}
		return nil
	})
}

func sameIDs(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
