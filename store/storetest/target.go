package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"ketnap/access"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func figure(id string, unit org.UnitNo, year int, indicator, state string, least int) store.TargetRow {
	return store.TargetRow{ID: id, Unit: unit, Year: year, Indicator: indicator, State: state, Min: least, SetOn: day, SetBy: "Hoa"}
}

func testTargets(t *testing.T, s *store.Store) {
	Block(t, s)
	enterLetter(t, s, letter("d1", 1, 0))
	goal := figure("g1", 2, 2024, "admission", "goal", 5)
	most := 7
	goal.Max, goal.Document, goal.Clause = &most, "d1", "2"
	for _, p := range []access.Permit{{}, permit(access.SeeFigures, 1)} {
		kind(t, "a figure without its permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddTarget(t.Context(), p, goal) }), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddTarget(ctx, permit(access.EnterDocument, 1), goal); err != nil {
			return err
		}
		again := figure("g3", 2, 2024, "admission", "assigned", 8)
		again.Reason = "TGT-09"
		for _, g := range []store.TargetRow{
			figure("g2", 2, 2024, "admission", "assigned", 6), again, figure("g4", 2, 2025, "admission", "assigned", 9),
			figure("g5", 2, 2024, "awareness", "assigned", 0), figure("g6", 5, 2024, "admission", "assigned", 1),
		} {
			if err := tx.AddTarget(ctx, permit(access.AssignTarget, 1), g); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			units []org.UnitNo
			year  int
			want  string
		}{
			{nil, 2024, ""},
			{[]org.UnitNo{2}, 2024, " g1:1 g2:2 g3:3 g5:1"},
			{[]org.UnitNo{5, 2, 3}, 2024, " g1:1 g2:2 g3:3 g5:1 g6:1"},
			{[]org.UnitNo{2}, 0, " g1:1 g2:2 g3:3 g5:1 g4:1"},
			{[]org.UnitNo{3}, 2024, ""},
		} {
			got, err := tx.Targets(ctx, c.units, c.year)
			equal(t, fmt.Sprint("figures of ", c.units, " in ", c.year), figures(got), c.want)
			if err != nil {
				return err
			}
		}
		got, err := tx.DocumentTargets(ctx, "d1")
		if err != nil || len(got) != 1 || got[0].Max == nil {
			t.Fatalf("goals of the letter: %v, %v", got, err)
		}
		equal(t, "upper end", *got[0].Max, most)
		goal.Max, got[0].Max = nil, nil
		goal.Seq, goal.UnitCode, goal.UnitName, goal.Symbol = 1, "K01", "Đảng ủy Trường Đại học Quảng Bình", "708-CV/ĐUK"
		equal(t, "the goal", got[0], goal)
		return nil
	})
}

func figures(rows []store.TargetRow) (text string) {
	for _, g := range rows {
		text += fmt.Sprint(" ", g.ID, ":", g.Seq)
	}
	return text
}

// testTargetsTogether lets people decide on the same last figure at the same moment.
func testTargetsTogether(t *testing.T, s *store.Store) {
	Block(t, s)
	may := permit(access.AssignTarget, 1)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			err := s.Write(t.Context(), func(tx *store.Tx) error {
				return tx.AddTarget(t.Context(), may, figure(fmt.Sprint("g", i), 2, 2024, "admission", "assigned", i))
			})
			if err != nil && errs.KindOf(err) != errs.Stale {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Targets(ctx, []org.UnitNo{2}, 2024)
		if len(got) == 0 {
			t.Error("nobody's figure was written")
		}
		for i, g := range got {
			equal(t, "place of the figure", g.Seq, i+1)
		}
		return err
	})
}
