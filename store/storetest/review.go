package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func testReviews(t *testing.T, s *store.Store) {
	Block(t, s)
	rights := map[int]access.Right{1: access.DeclareSource, 2: access.ConfirmSource, 3: access.CheckSource}
	two, five := 2, 5
	ends := map[string]date.Date{"2024": date.Must("2024-12-31"), "2024-H1": date.Must("2024-06-30")}
	review := func(id string, unit org.UnitNo, period string, level, seq int, value *int) store.ReviewRow {
		return store.ReviewRow{ID: id, Unit: unit, Period: period, EndsOn: ends[period], Seq: seq, Reasons: "all_members over_age", Evidence: "Biên bản", Despite: "đã hỏi từng người", Warnings: 2,
			Judgement: store.JudgementRow{ID: "j-" + id, Unit: unit, Year: 2024, Level: level, HasSource: false, Reason: "hết", On: day.AddDays(seq), By: "Hoa", At: at(seq)},
			Layers:    []store.ReviewLayer{{Layer: "outstanding", Counted: &five, Origin: "register", Value: value, Reason: "ba người chuyển đi"}, {Layer: "union_age"}}}
	}
	for _, p := range []access.Permit{{}, permit(access.DeclareSource, 4), permit(access.SeeRating, 3)} {
		kind(t, "a review without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddReview(t.Context(), p, review("x", 3, "2024", 1, 0, &two))
		}), errs.Internal)
	}
	add := func(r store.ReviewRow) error {
		return s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddReview(t.Context(), permit(rights[r.Judgement.Level], r.Unit), r)
		})
	}
	for _, r := range []store.ReviewRow{review("r1", 3, "2024", 1, 0, &two), review("r2", 3, "2024", 2, 1, &five), review("r3", 3, "2024-H1", 1, 0, nil),
		review("r4", 4, "2024", 1, 0, &two), review("r5", 2, "2024", 2, 0, &five)} {
		if err := add(r); err != nil {
			t.Fatal(r.ID, err)
		}
	}
	kind(t, "a review decided on an old one", add(review("r6", 3, "2024", 3, 1, &two)), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.StandingReviews(ctx, []org.UnitNo{2, 3, 4, 5}, "2024")
		if err != nil {
			return err
		}
		equal(t, "units with a review", len(got), 3)
		want := review("r2", 3, "2024", 2, 2, &five)
		want.Standing = true
		want.Judgement.On, want.Judgement.At = day.AddDays(1), at(1)
		equal(t, "the one that stands", fmt.Sprintf("%+v", plain(got[3])), fmt.Sprintf("%+v", plain(want)))
		equal(t, "its layer", layersOf(got[3]), "outstanding:5>5 union_age:->- ")
		before, err := tx.ReviewsBefore(ctx, []org.UnitNo{2, 3, 4}, ends["2024"])
		if err != nil {
			return err
		}
		equal(t, "the one before the year's", fmt.Sprint(len(before), before[3].ID), "1r3")
		later, err := tx.ReviewsBefore(ctx, []org.UnitNo{3}, ends["2024"].AddDays(1))
		if err != nil {
			return err
		}
		equal(t, "the one before the next year's", later[3].ID, "r2")
		history, err := tx.ReviewHistory(ctx, 3, "2024")
		if err != nil {
			return err
		}
		equal(t, "history", history[0].ID+history[1].ID, "r2r1")
		equal(t, "the first one", layersOf(history[1]), "outstanding:5>2 union_age:->- ")
		sums, err := tx.ReviewSums(ctx, []org.UnitNo{1, 2, 5}, "2024")
		if err != nil {
			return err
		}
		equal(t, "sums", fmt.Sprint(sums), "map[1:{1 0 map[outstanding:5]} 2:{2 1 map[outstanding:7]}]")
		due, err := tx.ReviewsDue(ctx, 1, []org.Type{org.Branch, org.BaseBranch, org.BaseCommittee}, "2024")
		text := ""
		for _, d := range due {
			text += fmt.Sprint(" ", d.Unit.Code, ":", d.Level, ":", d.Unit.Parent)
		}
		equal(t, "how far they came", text, " K01:2:1 K01.01:2:2 K01.02:1:2 K02:0:1")
		return err
	})
}

// plain is a review without its layers, which point.
func plain(r store.ReviewRow) store.ReviewRow {
	r.Layers = nil
	return r
}

func layersOf(r store.ReviewRow) (text string) {
	show := func(n *int) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	for _, l := range r.Layers {
		text += l.Layer + ":" + show(l.Counted) + ">" + show(l.Value) + " "
	}
	return text
}

func testExpiredCertificates(t *testing.T, s *store.Store) {
	Block(t, s)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, c := range []struct {
			unit  org.UnitNo
			stage admission.Stage
			until date.Date
		}{
			{3, admission.Certified, day.AddDays(-1)}, {3, admission.Ready, day}, {4, admission.Verifying, day.AddDays(-9)},
			{4, admission.Official, day.AddDays(-9)}, {5, admission.Applying, day.AddDays(-2)}, {5, admission.Listed, date.Date{}},
		} {
			f := opened(fmt.Sprint("c", i), "", "Lê Thị Lan")
			f.Stage = c.stage
			state := store.FileState{Unit: c.unit, Brief: admission.Brief{Stage: c.stage, CertificateUntil: c.until}}
			if err := tx.OpenFile(ctx, permit(access.OpenFile, c.unit), f, state, at(0)); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.ExpiredCertificates(ctx, []org.UnitNo{1, 2, 3, 5, 6}, day)
		equal(t, "expired", fmt.Sprint(got), "map[1:3 2:2 3:1 5:1]")
		return err
	})
}
