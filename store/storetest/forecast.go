package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

func testForecastRows(t *testing.T, s *store.Store) {
	Block(t, s)
	vote := date.Must("2025-03-01")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		var files []store.BulkFile
		for i, unit := range []org.UnitNo{3, 4, 5} {
			f := opened(fmt.Sprint("f", i), "", "Nguyễn An")
			f.Stage, f.Since = admission.Ready, day
			st := store.FileState{Unit: unit, Brief: admission.Brief{CertificateUntil: day.AddMonths(60), PapersUntil: day.AddMonths(12)}, Press: admission.Next{Due: day.AddDays(i)}}
			if i == 0 {
				st.Vote = vote
			}
			files = append(files, store.BulkFile{File: f, Name: nameOf(t, f.Name), State: st})
		}
		return tx.BulkFiles(ctx, permit(access.OpenFile, 1), files, at(0))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name   string
			scope  access.Scope
			unit   org.UnitNo
			stages []admission.Stage
			want   []org.UnitNo
		}{
			{"the whole subtree", scope(1), 1, []admission.Stage{admission.Ready}, []org.UnitNo{3, 4, 5}},
			{"one base organization", scope(1), 2, []admission.Stage{admission.Ready, admission.Listed}, []org.UnitNo{3, 4}},
			{"out of scope there is none", scope(5), 2, []admission.Stage{admission.Ready}, nil},
			{"at another stage there is none", scope(1), 1, []admission.Stage{admission.Listed}, nil},
			{"of no stage there is none", scope(1), 1, nil, nil},
		} {
			rows, err := tx.ForecastRows(ctx, c.scope, c.unit, c.stages)
			if err != nil {
				return err
			}
			var got []org.UnitNo
			for _, r := range rows {
				got = append(got, r.Unit)
				if r.Since != day || r.Birth != date.Must("2000-03-01") || r.CertificateUntil != day.AddMonths(60) || r.PapersUntil != day.AddMonths(12) || (r.VoteFrom == vote) != (r.Unit == 3) {
					t.Errorf("%s: %+v", c.name, r)
				}
			}
			slices.Sort(got)
			equal(t, c.name, fmt.Sprint(got), fmt.Sprint(c.want))
		}
		votes, err := tx.VoteDays(ctx, scope(1), 1, []admission.Stage{admission.Ready})
		equal(t, "days from which branches may vote", fmt.Sprint(votes), fmt.Sprint(map[string]date.Date{"f0": vote}))
		if err != nil {
			return err
		}
		marks, err := tx.BranchMarks(ctx, scope(1), 2)
		equal(t, "marks", fmt.Sprint(marks), fmt.Sprint(map[org.UnitNo]store.BranchMark{3: {Files: 1, Versions: 1, Duty: day}, 4: {Files: 1, Versions: 1, Duty: day.AddDays(1)}}))
		if err != nil {
			return err
		}
		none, err := tx.BranchMarks(ctx, scope(5), 2)
		equal(t, "marks out of scope", len(none), 0)
		if err != nil {
			return err
		}
		base, err := tx.UnitByNo(ctx, 2)
		if err != nil {
			return err
		}
		inside, ok := store.Inside(scope(1), base, []org.UnitNo{2, 1})
		rows, err := tx.ForecastRowsOf(ctx, inside, []org.UnitNo{4}, []admission.Stage{admission.Ready})
		equal(t, "rows of one branch", fmt.Sprint(ok, len(rows), rows[0].Unit), "true 1 4")
		return err
	})
}

func testOverUnits(t *testing.T, s *store.Store) {
	Block(t, s)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		over, err := tx.OverUnits(ctx, 1)
		if err != nil {
			return err
		}
		equal(t, "under a base committee", over[3], store.UnitsOver{Base: 2, Upper: 1, Committee: true})
		equal(t, "a chi bộ cơ sở is its own base", over[5], store.UnitsOver{Base: 5, Upper: 1})
		some, err := tx.OverUnitsOf(ctx, []org.UnitNo{3, 5})
		equal(t, "over some", fmt.Sprint(some), fmt.Sprint(map[org.UnitNo]store.UnitsOver{3: over[3], 5: over[5]}))
		return err
	})
}

func testPaces(t *testing.T, s *store.Store) {
	Block(t, s)
	pace := map[org.UnitNo]target.Pace{2: {admission.Ready: {Cases: 7, Marks: []target.Mark{{Days: 10, Left: 700}, {Days: 40, Left: 200}}}}, 1: {admission.Listed: {Cases: 3}}}
	put := func(p access.Permit, pace map[org.UnitNo]target.Pace) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.PutPaces(t.Context(), p, pace, day) })
	}
	if err := put(permit(access.SeeFile, 1), pace); err == nil {
		t.Error("usual times are written without a permit")
	}
	for range 2 { // a second time replaces the first
		if err := put(permit(access.ManageSetting, 0), pace); err != nil {
			t.Fatal(err)
		}
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, on, err := tx.Paces(ctx, []org.UnitNo{1, 2, 3})
		equal(t, "paces", fmt.Sprint(got), fmt.Sprint(pace))
		equal(t, "drawn on", on, day)
		if err != nil {
			return err
		}
		none, on, err := tx.Paces(ctx, []org.UnitNo{5})
		equal(t, "paces of a unit without one", len(none), 0)
		equal(t, "drawn on the day of all", on, day)
		return err
	})
}

func testStays(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Nguyễn An")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.OpenFile(ctx, permit(access.OpenFile, 3), f, stateOf(f, 3), at(0))
	})
	for _, a := range road(f) {
		if a.Code == admission.Transfer {
			break
		}
		was := f
		f = advance(t, f, a)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveFile(ctx, permit(access.RecordBranch, 3), 3, f, stateOf(f, 3))
		})
		if f.Version == was.Version {
			t.Fatal(a.Code)
		}
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		files := 0
		err := tx.Stays(ctx, 2, func(no org.UnitNo, acts []admission.Act) {
			files++
			equal(t, "unit", no, org.UnitNo(3))
			on := f.Last.AddDays(5)
			equal(t, "how the file fared", fmt.Sprint(target.Stays(acts, on)), fmt.Sprint(target.Stays(f.Acts, on)))
		})
		equal(t, "files", files, 1)
		if err != nil {
			return err
		}
		return tx.Stays(ctx, 5, func(org.UnitNo, []admission.Act) { t.Error("a file of another unit") })
	})
}

func testPins(t *testing.T, s *store.Store) {
	Block(t, s)
	sql(t, s, `INSERT INTO account (id, login, name, password, must_change, disabled, created_at) VALUES ('a', 'a', 'A', '', FALSE, FALSE, '2024-05-27T01:00:00.000000Z')`)
	pin := func(unit org.UnitNo, on bool) {
		t.Helper()
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Pin(ctx, "a", unit, on) })
	}
	pin(2, true)
	pin(2, true)
	pin(5, true)
	pin(5, false)
	pin(5, false)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Pins(ctx, "a")
		equal(t, "pins", fmt.Sprint(got), fmt.Sprint(map[org.UnitNo]bool{2: true}))
		if err != nil {
			return err
		}
		none, err := tx.Pins(ctx, "b")
		equal(t, "pins of another", len(none), 0)
		return err
	})
	err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Pin(t.Context(), "a", 99, true) })
	if err == nil || errs.KindOf(err) == errs.NotFound {
		t.Errorf("a unit that does not exist is pinned: %v", err)
	}
}

func testTableBesides(t *testing.T, s *store.Store) {
	Block(t, s)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		learners, recorded, err := tx.ClassCounts(ctx, 1)
		equal(t, "without a class nothing is recorded", fmt.Sprint(learners, recorded), "map[] false")
		return err
	})
	sql(t, s, `INSERT INTO class (realm, id, unit_no, kind, title, host, place, half_days, seats, state, number, decided_by, head, registrar, monitor, note, version, entered_at, entered_by)
		VALUES (1, 'k', 1, 'awareness', 'Lớp', '', '', 10, 50, 'running', '', '', '', '', '', '', 1, '2024-05-27T01:00:00.000000Z', '')`)
	for i, unit := range []int{3, 4, 4} {
		state := []string{"invited", "attending", "dropped"}[i]
		sql(t, s, fmt.Sprintf(`INSERT INTO class_learner (realm, class_id, id, unit_no, name, sort_given, sort_rest, sex, need, state, reason)
			SELECT 1, 'k', 'l%d', %d, 'A', code_key, code_key, '', '', '%s', '' FROM unit WHERE no = 1`, i, unit, state))
	}
	for i, held := range []string{"2024-03-01", "2024-04-01", "2024-05-01", "2024-06-01"} {
		sql(t, s, fmt.Sprintf(`INSERT INTO gathering (id, unit_no, version, held_on, kind, topic, led_by, invited, attended, entered_on, entered_by, voided)
			VALUES ('g%d', %d, 1, '%s', 'x', '', '', 1, 1, '2024-06-02', '', %v)`, i, 2+i/3, held, i == 2))
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		learners, recorded, err := tx.ClassCounts(ctx, 1)
		equal(t, "who is in a class", fmt.Sprint(learners, recorded), "map[3:1 4:1] true")
		if err != nil {
			return err
		}
		last, err := tx.LastSessions(ctx, 1, day)
		equal(t, "what was held by the day and counts", fmt.Sprint(last), fmt.Sprint(map[org.UnitNo]date.Date{2: date.Must("2024-04-01")}))
		return err
	})
}
