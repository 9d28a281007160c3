package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func testCeilings(t *testing.T, s *store.Store) {
	Block(t, s)
	enterLetter(t, s, letter("d1", 1, 0))
	enterLetter(t, s, letter("d2", 2, 0))
	row := func(id, document string, unit org.UnitNo, year, days int) store.CeilingRow {
		return store.CeilingRow{ID: id, Document: document, Clause: "5", Unit: unit, Year: year, Denies: "excellent", Condition: "plan_missed", InForceOn: day.AddDays(days)}
	}
	for _, p := range []access.Permit{{}, permit(access.EnterDocument, 2), permit(access.SeeRating, 1)} {
		kind(t, "a ceiling without its permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddCeiling(t.Context(), p, row("x", "d1", 1, 2024, 0)) }), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []store.CeilingRow{row("c1", "d1", 1, 2024, 5), row("c2", "d1", 1, 2025, 5), row("c3", "d2", 2, 2024, 0)} {
			if err := tx.AddCeiling(ctx, permit(access.EnterDocument, c.Unit), c); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			line []org.UnitNo
			year int
			want string
		}{
			{[]org.UnitNo{3, 2, 1}, 2024, " c3 c1"}, {[]org.UnitNo{3, 2, 1}, 2025, " c2"}, {[]org.UnitNo{3, 2, 1}, 2026, ""},
			{[]org.UnitNo{5, 1}, 2024, " c1"}, {[]org.UnitNo{6}, 2024, ""},
		} {
			got, err := tx.Ceilings(ctx, c.line, c.year)
			equal(t, fmt.Sprint("ceilings over ", c.line, " in ", c.year), ceilingIDs(got), c.want)
			if err != nil {
				return err
			}
		}
		got, err := tx.DocumentCeilings(ctx, "d1")
		equal(t, "ceilings of the letter", ceilingIDs(got), " c1 c2")
		want := row("c1", "d1", 1, 2024, 5)
		want.Symbol = "708-CV/ĐUK"
		equal(t, "the first", got[0], want)
		return err
	})
}

func ceilingIDs(rows []store.CeilingRow) (ids string) {
	for _, c := range rows {
		ids += " " + c.ID
	}
	return ids
}

func testJudgements(t *testing.T, s *store.Store) {
	Block(t, s)
	rights := map[int]access.Right{1: access.DeclareSource, 2: access.ConfirmSource, 3: access.CheckSource}
	judgement := func(id string, unit org.UnitNo, level, days, minute int, has bool) store.JudgementRow {
		return store.JudgementRow{ID: id, Unit: unit, Year: 2024, Level: level, HasSource: has, Reason: "đã kết nạp hết", On: day.AddDays(days), By: "Hoa", At: at(minute)}
	}
	first := judgement("j1", 3, 1, 0, 5, false)
	for _, c := range []struct {
		name string
		p    access.Permit
		row  store.JudgementRow
	}{
		{"without a permit", access.Permit{}, first},
		{"on another unit", permit(access.DeclareSource, 4), first},
		{"at a level above one's own", permit(access.DeclareSource, 3), judgement("x", 3, 3, 0, 0, true)},
		{"at a level that is none", permit(access.DeclareSource, 3), judgement("x", 3, 4, 0, 0, true)},
		{"at a level that is none, without a permit", access.Permit{}, judgement("x", 0, 4, 0, 0, true)},
	} {
		kind(t, "judged "+c.name, s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddJudgement(t.Context(), c.p, c.row) }), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		other := judgement("j5", 3, 1, 0, 0, true)
		other.Year = 2025
		for _, j := range []store.JudgementRow{judgement("j3", 3, 3, 2, 9, true), first, judgement("j2", 3, 2, 0, 6, true), judgement("j4", 4, 1, 1, 7, true), other} {
			if err := tx.AddJudgement(ctx, permit(rights[j.Level], j.Unit), j); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Judgements(ctx, []org.UnitNo{3, 4, 5}, 2024)
		all := ""
		for _, j := range got {
			all += " " + j.ID
		}
		equal(t, "judgements, oldest first", all, " j1 j2 j4 j3")
		if err != nil {
			return err
		}
		equal(t, "the first", got[0], first)
		none, err := tx.Judgements(ctx, []org.UnitNo{5}, 2024)
		equal(t, "judgements of another unit", len(none), 0)
		return err
	})
}
