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

func testGatherings(t *testing.T, s *store.Store) {
	Block(t, s)
	row := func(id string, unit org.UnitNo, days int) store.GatheringRow {
		return store.GatheringRow{ID: id, Unit: unit, Version: 1, On: day.AddDays(days), Kind: "thematic", Topic: "Tạo nguồn", Led: "Hoa", Invited: 30, Attended: 27,
			EnteredOn: day.AddDays(days + 1), EnteredBy: "Hoa"}
	}
	said := func(id, gathering string, seq int) store.ConclusionRow {
		return store.ConclusionRow{ID: id, Gathering: gathering, Seq: seq, Text: "Giới thiệu hai người", Owner: "Chi đoàn", Due: day.AddDays(60)}
	}
	may := func(unit org.UnitNo) access.Permit { return permit(access.HoldSession, unit) }
	for _, p := range []access.Permit{{}, may(4), permit(access.SeeRating, 3)} {
		kind(t, "a gathering without its permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddGathering(t.Context(), p, row("x", 3, 0), nil) }), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, g := range []store.GatheringRow{row("g1", 3, 0), row("g2", 4, 5), row("g3", 5, -400)} {
			if err := tx.AddGathering(ctx, may(g.Unit), g, []store.ConclusionRow{said(g.ID+"a", g.ID, 1), said(g.ID+"b", g.ID, 2)}); err != nil {
				return err
			}
		}
		return nil
	})
	changed := row("g1", 3, 1)
	changed.Attended, changed.ChangedOn, changed.ChangedBy, changed.Reason = 25, day.AddDays(9), "Lan", "đếm nhầm"
	second := said("g1b", "g1", 1)
	second.Owner = "Đoàn trường"
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.ChangeGathering(ctx, may(3), changed, []store.ConclusionRow{second, said("g1c", "g1", 2)})
	})
	kind(t, "a change of an old version", s.Write(t.Context(), func(tx *store.Tx) error { return tx.ChangeGathering(t.Context(), may(3), changed, nil) }), errs.Stale)
	kind(t, "a change of another's", s.Write(t.Context(), func(tx *store.Tx) error { return tx.ChangeGathering(t.Context(), may(4), changed, nil) }), errs.Internal)
	done := second
	done.DoneOn, done.DoneBy = day.AddDays(20), "Lan"
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.FinishConclusion(ctx, may(3), done) })
	kind(t, "a conclusion of another unit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.FinishConclusion(t.Context(), may(4), done) }), errs.NotFound)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		g, conclusions, err := tx.Gathering(ctx, scope(2), "g1")
		changed.Version, changed.UnitCode, changed.UnitName, changed.EnteredOn = 2, "K01.01", "Chi bộ Khoa Sư phạm", day.AddDays(1)
		equal(t, "the gathering", g, changed)
		text := ""
		for _, c := range conclusions {
			text += fmt.Sprintf(" %s %s %v", c.ID, c.Owner, !c.DoneOn.IsZero())
		}
		equal(t, "its conclusions", text, " g1b Đoàn trường true g1c Chi đoàn false")
		if err != nil {
			return err
		}
		_, _, err = tx.Gathering(ctx, scope(5), "g1")
		kind(t, "out of scope", err, errs.NotFound)
		_, err = tx.GatheringUnit(ctx, "g9")
		kind(t, "no such gathering", err, errs.NotFound)
		return listGatherings(ctx, t, tx)
	})
	void := changed
	void.Voided, void.Reason = true, "ghi hai lần"
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.ChangeGathering(ctx, may(3), void, nil) })
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		units, err := tx.UnitsWithoutGathering(ctx, 1, []org.Type{org.Branch, org.BaseBranch, org.BaseCommittee}, date.Must("2024-01-01"), date.Must("2024-12-31"))
		text := ""
		for _, u := range units {
			text += " " + string(u.Code)
		}
		equal(t, "units that held none", text, " K01 K01.01 K02")
		return err
	})
}

func listGatherings(ctx context.Context, t *testing.T, tx *store.Tx) error {
	t.Helper()
	for _, c := range []struct {
		unit  org.UnitNo
		scope access.Scope
		want  string
	}{{1, scope(1), " g2 g1"}, {2, scope(3), " g1"}, {5, scope(1), ""}, {1, scope(6), ""}} {
		got, err := tx.Gatherings(ctx, c.scope, c.unit, date.Must("2024-01-01"), date.Must("2024-12-31"), 10)
		if err != nil {
			return err
		}
		text := ""
		for _, g := range got {
			text += " " + g.ID
		}
		equal(t, fmt.Sprint("gatherings below ", c.unit), text, c.want)
	}
	return nil
}

func testObstacles(t *testing.T, s *store.Store) {
	Block(t, s)
	row := func(id string, unit org.UnitNo, due date.Date, state string) store.ObstacleRow {
		return store.ObstacleRow{ID: id, Unit: unit, Seq: 1, EnteredOn: day, Text: "Không còn chi đoàn", Remedy: "Ghép chi đoàn", Owner: "Đoàn cơ quan", Due: due,
			State: state, ChangedOn: day, ChangedBy: "Hoa"}
	}
	may := func(unit org.UnitNo) access.Permit { return permit(access.HoldSession, unit) }
	for _, p := range []access.Permit{{}, may(4), permit(access.SeeRating, 3)} {
		kind(t, "an obstacle without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddObstacle(t.Context(), p, row("x", 3, date.Date{}, "open"))
		}), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, o := range []store.ObstacleRow{row("o1", 3, day.AddDays(9), "open"), row("o2", 4, day.AddDays(-9), "open"), row("o3", 5, date.Date{}, "open"), row("o4", 3, day, "solved")} {
			if err := tx.AddObstacle(ctx, may(o.Unit), o); err != nil {
				return err
			}
		}
		return nil
	})
	change := row("o1", 3, day.AddDays(30), "open")
	change.Note, change.ChangedOn = "chờ đại hội", day.AddDays(3)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.ChangeObstacle(ctx, may(3), change) })
	kind(t, "a change of an old form", s.Write(t.Context(), func(tx *store.Tx) error { return tx.ChangeObstacle(t.Context(), may(3), change) }), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			unit  org.UnitNo
			state string
			want  string
		}{{1, "", " o2 o1 o3 o4"}, {1, "open", " o2 o1 o3"}, {2, "solved", " o4"}, {5, "dropped", ""}} {
			got, err := tx.Obstacles(ctx, scope(1), c.unit, c.state, 10)
			if err != nil {
				return err
			}
			text := ""
			for _, o := range got {
				text += " " + o.ID
			}
			equal(t, fmt.Sprint("obstacles below ", c.unit, c.state), text, c.want)
		}
		history, err := tx.Obstacle(ctx, scope(2), "o1")
		if err != nil {
			return err
		}
		change.Seq, change.UnitCode, change.UnitName = 2, "K01.01", "Chi bộ Khoa Sư phạm"
		equal(t, "the obstacle now", history[0], change)
		equal(t, "how it was", fmt.Sprint(len(history), history[1].Due), fmt.Sprint(2, day.AddDays(9)))
		_, err = tx.Obstacle(ctx, scope(5), "o1")
		kind(t, "out of scope", err, errs.NotFound)
		_, err = tx.ObstacleUnit(ctx, "o9")
		kind(t, "no such obstacle", err, errs.NotFound)
		return nil
	})
}
