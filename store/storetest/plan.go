package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func testTargetSpans(t *testing.T, s *store.Store) {
	Block(t, s)
	term := figure("g1", 2, 2020, "admission", "assigned", 30)
	term.Until, term.PerYear, term.Percent, term.BaseOn, term.Base, term.Symbol = 2025, true, 250, day, 1200, "42-KH/ĐUK"
	quarter := figure("g2", 2, 2024, "admission", "assigned", 2)
	quarter.Quarter = 3
	women := figure("g3", 2, 2024, "admission", "assigned", 1)
	women.Part = "women"
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, g := range []store.TargetRow{term, quarter, women, figure("g4", 2, 2024, "admission", "assigned", 5)} {
			if err := tx.AddTarget(ctx, permit(access.AssignTarget, 1), g); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			year int
			want string
		}{{2024, " g1:1 g2:1 g3:2 g4:3"}, {2025, " g1:1"}, {2026, ""}, {2019, ""}, {0, " g1:1 g2:1 g3:2 g4:3"}} {
			got, err := tx.TargetFigures(ctx, []org.UnitNo{2}, c.year)
			equal(t, fmt.Sprint("figures that reach into ", c.year), figures(got), c.want)
			if err != nil {
				return err
			}
			if c.year == 2025 {
				term.Seq, term.UnitCode, term.UnitName = 1, "K01", "Đảng ủy Trường Đại học Quảng Bình"
				equal(t, "the figure of the term", got[0], term)
			}
		}
		got, err := tx.Targets(ctx, []org.UnitNo{2}, 2024)
		equal(t, "figures of the whole year", figures(got), " g4:3")
		return err
	})
}

func testTargetMoves(t *testing.T, s *store.Store) {
	Block(t, s)
	five := 5
	first := store.TargetMove{ID: "m1", Unit: 2, Year: 2024, Indicator: "admission", Seq: 1, Kind: "proposed", Min: &five, Reason: "rà soát nguồn", On: day, By: "Hoa"}
	second := store.TargetMove{ID: "m2", Unit: 2, Year: 2024, Indicator: "admission", Seq: 2, Kind: "accepted", Figure: 1, On: day, By: "Hoa"}
	kind(t, "a move without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddTargetMove(t.Context(), permit(access.SeeFigures, 2), first)
	}), errs.Internal)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddTargetMove(ctx, permit(access.ProposeTarget, 2), first); err != nil {
			return err
		}
		return tx.AddTargetMove(ctx, permit(access.ProposeTarget, 2), second)
	})
	second.ID = "m3"
	kind(t, "a second move at the same place", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddTargetMove(t.Context(), permit(access.ProposeTarget, 2), second)
	}), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.TargetMoves(ctx, []org.UnitNo{5, 2}, 2024)
		if err != nil || len(got) != 2 || got[0].Min == nil || *got[0].Min != five || got[1].Min != nil {
			t.Fatalf("got %+v, %v", got, err)
		}
		got[0].Min, first.Min = nil, nil
		equal(t, "the proposal", got[0], first)
		got, err = tx.TargetMoves(ctx, []org.UnitNo{2}, 2025)
		equal(t, "moves of another year", len(got), 0)
		return err
	})
}

func testUnitPlans(t *testing.T, s *store.Store) {
	Block(t, s)
	p := store.UnitPlan{Unit: 2, Year: 2024, State: "draft", WrittenBy: "Hoa", WrittenOn: day}
	may := permit(access.ProposeTarget, 2)
	save := func(p store.UnitPlan) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveUnitPlan(t.Context(), may, p) })
	}
	if err := save(p); err != nil {
		t.Fatal(err)
	}
	kind(t, "a second first version", save(p), errs.Stale)
	p.Version, p.State, p.SubmittedBy, p.SubmittedOn = 1, "submitted", "Hoa", day
	if err := save(p); err != nil {
		t.Fatal(err)
	}
	kind(t, "a version that was overtaken", save(p), errs.Stale)
	m := store.Measure{ID: "b1", Unit: 2, Year: 2024, Text: "Mở lớp", Owner: "Đồng chí Hoa", Due: day, Origin: "708-CV/ĐUK, mục 2", State: "open", AddedBy: "Hoa", AddedOn: day}
	other := m
	other.ID = "b2"
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMeasure(ctx, may, m); err != nil {
			return err
		}
		return tx.AddMeasure(ctx, permit(access.HoldSession, 1), other)
	})
	m.Version, m.Seq, m.State, m.SettledBy, m.SettledOn = 1, 1, "done", "Hoa", date.Must("2024-06-30")
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveMeasure(ctx, may, m) })
	kind(t, "a measure that was changed since", s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveMeasure(t.Context(), may, m) }), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		plans, err := tx.UnitPlans(ctx, []org.UnitNo{2, 5}, 2024)
		p.Version = 2
		equal(t, "units with a plan", len(plans), 1)
		equal(t, "the plan", plans[2], p)
		if err != nil {
			return err
		}
		all, err := tx.Measures(ctx, []org.UnitNo{2, 5}, 2024)
		if err != nil {
			return err
		}
		m.Version = 2
		if len(all) != 2 {
			t.Fatalf("got %+v", all)
		}
		equal(t, "the measure", all[0], m)
		equal(t, "the place of the second", all[1].Seq, 2)
		one, err := tx.Measure(ctx, "b2")
		equal(t, "one measure", one.Text, "Mở lớp")
		_, none := tx.Measure(ctx, "b9")
		kind(t, "a measure that is not there", none, errs.NotFound)
		return err
	})
}

func testCloseUnit(t *testing.T, s *store.Store) {
	Block(t, s)
	closing := func(p access.Permit) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.CloseUnit(t.Context(), p, 4, day) })
	}
	kind(t, "closing without its permit", closing(permit(access.AssignTarget, 1)), errs.Internal)
	if err := closing(permit(access.ManageUnit, 1)); err != nil {
		t.Fatal(err)
	}
	kind(t, "closing twice", closing(permit(access.ManageUnit, 1)), errs.Conflict)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.UnitByNo(ctx, 4)
		equal(t, "the last day", u.ClosedOn, day)
		if err != nil {
			return err
		}
		line, err := tx.Line(ctx, 4)
		equal(t, "the line of the past", fmt.Sprint(line), "[4 2 1]")
		return err
	})
	found, err := s.Doctor(t.Context())
	if err != nil || len(found) != 0 {
		t.Errorf("the doctor finds %v, %v", found, err)
	}
}
