package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// manyFiles opens branches below K01 and in each some files whose decision waits; the last
// of each has not come so far.
func (e engine) manyFiles(branches, files int) {
	e.t.Helper()
	from := date.Must("2015-01-01")
	units := []app.LoadedUnit{
		{Code: "K", Name: "Đảng ủy Khối các cơ quan tỉnh", Type: org.Committee, Opened: from, Counts: []app.LoadedCount{{Kind: org.StandingMembers, From: from, Value: 9}}},
		{Code: "K01", Name: "Đảng ủy Trường THPT Bình Sơn", Type: org.BaseCommittee, Kind: org.UpperSecondary, Parent: "K", Opened: from,
			Counts: []app.LoadedCount{{Kind: org.CommitteeMembers, From: from, Value: 9}}},
	}
	for i := range branches {
		units = append(units, app.LoadedUnit{Code: org.Code(fmt.Sprintf("K01.X%03d", i)), Name: fmt.Sprintf("Chi bộ %d", i), Type: org.Branch, Parent: "K01", Opened: from,
			Counts: []app.LoadedCount{{Kind: org.OfficialMembers, From: from, Value: 20}}})
	}
	nos, err := e.LoadUnits(e.t.Context(), app.System("t"), units)
	e.must(err)
	p := e.open(app.System("t"), "K01.X000", "Trần Thị Lan")
	var acts []admission.Act
	for _, code := range []admission.Code{admission.Introduce, admission.List, admission.AssignHelper, admission.Certify, admission.Apply,
		admission.SendVerification, admission.ReceiveRequest, admission.ConcludeVerification, admission.CompleteDossier, admission.BranchResolution} {
		acts = append(acts, done(p, code, date.Must("2026-10-05")))
		p = e.record(app.System("t"), p, code, "2026-10-05")
	}
	var people []app.History
	name, err := person.Parse("Lê Thị Mai")
	e.must(err)
	for _, u := range units[2:] {
		for j := range files {
			h := app.History{Name: name, Birth: date.Must("2000-01-02"), Sex: person.Female, Unit: nos[u.Code], Acts: acts}
			if j == files-1 {
				h.Acts = acts[:1]
			}
			people = append(people, h)
		}
	}
	e.must(e.LoadHistories(e.t.Context(), app.System("t"), nos["K"], people))
}

// small is the application on the same store with short steps.
func (e engine) small(atOnce int) engine {
	clock := func() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }
	return engine{app.New(e.store, app.Options{Clock: clock, AtOnce: atOnce}), e.t, e.store}
}

func draft(t *testing.T, e engine) string {
	t.Helper()
	n := termChange("DL-70", 10, 0, "2026-10-01")
	n.Document, n.Reason = "15-QĐ/ĐUK", "x"
	id, err := e.DraftRule(t.Context(), app.System("t"), n)
	e.must(err)
	return id
}

// TestARehearsalInStepsIsThatOfOneGo on each engine, for the whole and for a part; two
// workers at once count nothing twice.
func TestARehearsalInStepsIsThatOfOneGo(t *testing.T) {
	t.Parallel()
	for _, eng := range engines {
		t.Run(eng.name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			atOnce := newEngine(t, eng.config(t))
			atOnce.manyFiles(140, 3)
			admin, board := atOnce.person("qt", access.Admin, "K"), atOnce.person("btc", access.OrgBoard, "K")
			school := atOnce.person("truong", access.BaseOffice, "K01")
			e := atOnce.small(100)
			id := draft(t, e)
			x, err := e.Rehearse(ctx, admin, id)
			e.must(err)
			if x.State != app.RehearsalRunning || x.Looked != 0 || x.Total != 421 || x.Affected != 0 {
				t.Errorf("before the first step: %s, %d / %d", x.State, x.Looked, x.Total)
			}
			if err := e.ApplyRule(ctx, admin, id, 1, false); errs.As(err).Field != "untried" {
				t.Errorf("applied untried: %v", err)
			}
			finished, err := e.RehearsePortion(ctx, app.System("t"), id, "")
			e.must(err)
			x, err = e.Rehearse(ctx, admin, id)
			e.must(err)
			if finished || x.State != app.RehearsalRunning || x.Looked < 100 || x.Looked >= 421 || x.Files != x.Looked {
				t.Errorf("after a step: %v, %s, %d", finished, x.State, x.Looked)
			}
			var both sync.WaitGroup
			for range 2 {
				both.Go(func() {
					for finished := false; !finished; {
						var err error
						if finished, err = e.RehearsePortion(ctx, app.System("t"), id, ""); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			both.Wait()
			for _, who := range []app.Actor{admin, board, school} {
				want, err := atOnce.Rehearse(ctx, who, id)
				e.must(err)
				got, err := e.Rehearse(ctx, who, id)
				e.must(err)
				if want.Files != 421 || want.Affected != 281 || len(want.Rows) != 200 || !want.Begun.IsZero() {
					t.Fatalf("in one go: %d files, %d differ, %d rows", want.Files, want.Affected, len(want.Rows))
				}
				if got.State != app.RehearsalDone || got.Looked != 421 || got.Ended.IsZero() || got.Files != want.Files || got.Affected != want.Affected || got.Late != want.Late ||
					got.Whole != want.Whole || !slices.Equal(got.Rules, want.Rules) || fmt.Sprint(got.Units) != fmt.Sprint(want.Units) || fmt.Sprint(got.Rows) != fmt.Sprint(want.Rows) {
					t.Errorf("%s in steps: %d files, %d differ, %d rows", who.Login, got.Files, got.Affected, len(got.Rows))
				}
				if shown := got.Rows[0].Name != ""; shown != (who.Login != "qt") {
					t.Errorf("%s sees names: %v", who.Login, shown)
				}
			}
			// another regulation: the counts are of the one before, and are taken anew
			atOnce.change(app.NewRuleChange{Kind: app.RuleSeverity, Subject: "ADM-12", Severity: rule.Block, From: date.Must("2026-11-01")})
			x, err = e.Rehearse(ctx, admin, id)
			e.must(err)
			e.must(e.RehearseAgain(ctx, admin, id))
			again, err := e.Rehearse(ctx, admin, id)
			e.must(err)
			if !x.Outdated || again.Outdated || again.State != app.RehearsalRunning || again.Files != 0 {
				t.Errorf("outdated %v, begun anew %s with %d files", x.Outdated, again.State, again.Files)
			}
			e.must(e.ApplyRule(ctx, admin, id, 1, true))
			if finished, err := e.RehearsePortion(ctx, app.System("t"), id, ""); err != nil || !finished {
				t.Errorf("a draft no more: %v, %v", finished, err)
			}
		})
	}
}

// TestARehearsalIsDoneByJobs on each engine.
func TestARehearsalIsDoneByJobs(t *testing.T) {
	t.Parallel()
	for _, eng := range engines {
		t.Run(eng.name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			first := newEngine(t, eng.config(t))
			first.manyFiles(140, 2)
			e := first.small(10)
			if e.DoesJobs() {
				t.Error("jobs are done before they are started")
			}
			id := draft(t, e)
			run, err := e.StartJobs(ctx, slog.New(slog.DiscardHandler))
			e.must(err)
			end := time.After(30 * time.Second)
			var x app.Rehearsal
			for x.State != app.RehearsalDone {
				select {
				case <-end:
					t.Fatalf("it came to %d / %d", x.Looked, x.Total)
				case <-time.After(20 * time.Millisecond):
				}
				x, err = e.Rehearse(ctx, app.System("t"), id)
				e.must(err)
			}
			e.must(run.Stop(context.WithoutCancel(ctx)))
			if !e.DoesJobs() || x.Files != 281 || x.Affected != 141 {
				t.Errorf("by jobs: %d files, %d differ", x.Files, x.Affected)
			}
		})
	}
}

// TestTwoRedrawsTellEachMoveOnce on each engine.
func TestTwoRedrawsTellEachMoveOnce(t *testing.T) {
	t.Parallel()
	for _, eng := range engines {
		t.Run(eng.name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			e := newEngine(t, eng.config(t))
			e.manyFiles(70, 3)
			id := e.change(termChange("DL-70", 10, 0, "2026-10-01"))
			var (
				both    sync.WaitGroup
				mu      sync.Mutex
				changed int
			)
			for range 3 {
				both.Go(func() {
					done, err := e.RedrawAll(ctx, app.System("t"), id)
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					changed += done.Changed
					mu.Unlock()
				})
			}
			both.Wait()
			if changed != 141 {
				t.Errorf("%d files were drawn anew, want 141", changed)
			}
			told := 0
			e.must(e.store.Read(ctx, func(tx *store.Tx) error {
				files, _, err := tx.OpenFilesAfter(ctx, access.SystemScope(1), 0)
				for _, f := range files {
					all, err := tx.DeadlineChanges(ctx, access.SystemScope(1), f.Row.ID)
					if err != nil {
						return err
					}
					if told += len(all); len(all) > 1 {
						t.Errorf("of %s is told %+v", f.Row.ID, all)
					}
				}
				return err
			}))
			if told < 100 {
				t.Errorf("%d moves are told", told)
			}
		})
	}
}
