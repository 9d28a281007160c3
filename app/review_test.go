package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rating"
	"ketnap/source"
)

func periodOf(t testing.TB, code string) date.Period {
	t.Helper()
	p, err := date.ParsePeriod(code)
	ok(t, err)
	return p
}

func (b block) review(who app.Actor, unit, period string) app.ReviewForm {
	b.t.Helper()
	f, err := b.SourceReviewOf(b.t.Context(), who, unit, periodOf(b.t, period))
	ok(b.t, err)
	return f
}

// reviewed is the review with which the form begins, with some layers changed.
func reviewed(f app.ReviewForm, has bool, values map[source.Layer]int, why string) source.Review {
	r := f.Begin()
	r.Has = has
	for i, c := range r.Counts {
		if n, ok := values[c.Layer]; ok {
			r.Counts[i].Value, r.Counts[i].Reason = &n, why
		}
	}
	return r
}

func TestAReviewIsDeclaredConfirmedAndChecked(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	b.goals(board)
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Văn Minh", "Đỗ Thị Hoa"}, "2024-01-10", "2024-01-11")
	ctx := t.Context()
	secretary, office := b.as(access.BranchSecretary, "C02"), b.as(access.BaseOffice, "C02")
	f := b.review(secretary, "C02", "2024")
	if f.Level != source.Declared || f.Seq != 0 || f.Review != nil {
		t.Fatalf("the empty form: %+v", f)
	}
	if c := f.Counted[2]; c.Layer != source.Outstanding || *c.Counted != 2 || c.Origin != source.FromRegister {
		t.Errorf("counted %+v", c)
	}
	if sent := f.Counted[3]; sent.Counted == nil || *sent.Counted != 0 || sent.Origin != source.FromClass {
		t.Errorf("nobody was sent to class: %+v", sent)
	}

	findings, err := b.RecordReview(ctx, secretary, reviewed(f, true, map[source.Layer]int{source.Outstanding: 3}, ""), 0)
	ok(t, err)
	if len(findings) != 1 || findings[0].Field != source.Why(source.Outstanding) {
		t.Fatalf("another number needs a reason: %+v", findings)
	}
	none := reviewed(f, false, nil, "")
	none.Reasons = []source.Reason{source.NotWilling}
	if findings, err = b.RecordReview(ctx, secretary, none, 0); err != nil || len(findings) == 0 || findings[0].Rule != "TGT-27" {
		t.Fatalf("no source with outstanding people is a contradiction: %v, %+v", err, findings)
	}
	if f = b.review(secretary, "C02", "2024"); f.Seq != 0 {
		t.Fatal("what was stopped was written")
	}
	none.Despite = "cả hai đã xin thôi"
	findings, err = b.RecordReview(ctx, secretary, none, 0)
	ok(t, err)
	if len(findings) > 0 || !b.judgedNone(board) {
		t.Errorf("the declaration is the judgement that ratings read: %+v", findings)
	}

	_, err = b.RecordReview(ctx, secretary, none, 0)
	refused(t, err, errs.Stale, "")
	f = b.review(office, "C02", "2024")
	if f.Level != source.Confirmed || f.Review.Despite == "" || f.Begin().Despite != "" || len(f.Begin().Reasons) != 1 {
		t.Errorf("the base sees what the branch said: %+v", f.Review)
	}
	findings, err = b.RecordReview(ctx, office, reviewed(f, true, map[source.Layer]int{source.Outstanding: 1}, "một người đã chuyển đi"), f.Seq)
	ok(t, err)
	if len(findings) > 0 || b.judgedNone(board) {
		t.Errorf("the base has the last word now: %+v", findings)
	}

	f = b.review(secretary, "C02", "2024")
	if !f.Closed {
		t.Error("the branch can only read now")
	}
	_, err = b.RecordReview(ctx, secretary, none, f.Seq)
	refused(t, err, errs.Conflict, "")
	f = b.review(board, "C02", "2024")
	if findings, err = b.RecordReview(ctx, board, reviewed(f, true, nil, ""), f.Seq); err != nil || len(findings) > 0 {
		t.Fatalf("the board checks: %v %+v", err, findings)
	}
	if f = b.review(board, "C02", "2024"); len(f.History) != 3 || f.ReviewLine.Level() != source.Checked || f.Ruling == nil || f.Ruling.Level != source.Checked {
		t.Errorf("history %+v", f.History)
	}
}

// judgedNone reports whether the rating of 2024 reads a recorded judgement of no source.
func (b block) judgedNone(who app.Actor) bool {
	b.t.Helper()
	p := b.rated(who, "C02", 2024)
	return p.HasSourceBasis == rating.Recorded && !p.HasSource
}

func TestTheTableOfAReviewShowsEachUnitBesideItsBranches(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	f := b.review(board, "C02", "2024-Q1")
	if findings, err := b.RecordReview(t.Context(), board, reviewed(f, true, map[source.Layer]int{source.NonMembers: 9}, ""), 0); err != nil || len(findings) == 0 {
		t.Fatalf("source without anybody found is asked about: %v", err)
	}
	r := reviewed(f, true, map[source.Layer]int{source.NonMembers: 9, source.UnionAge: 4, source.Outstanding: 2}, "hai người vừa được giới thiệu")
	if findings, err := b.RecordReview(t.Context(), board, r, 0); err != nil || len(findings) > 0 {
		t.Fatalf("%v %+v", err, findings)
	}
	p, err := b.SourceReview(t.Context(), board, "K01", periodOf(t, "2024-Q1"))
	ok(t, err)
	if p.Own.Below.Layers[string(source.NonMembers)] != 9 || p.Own.Below.Reviewed != 1 || *p.Total()[source.UnionAge] != 4 {
		t.Errorf("sums: %+v", p.Own.Below)
	}
	if p.Due.Checked != 1 || p.Due.Missing != 3 {
		t.Errorf("due %+v of %d", p.Due, len(p.Lines))
	}
	next, err := b.SourceReview(t.Context(), board, "K01", periodOf(t, "2024-Q2"))
	ok(t, err)
	for _, l := range next.Lines {
		if l.Unit.Code == "C02" && (l.Before == nil || l.Review != nil || l.Change(source.UnionAge) != nil) {
			t.Errorf("the half before stands beside: %+v", l)
		}
	}
	for _, bad := range []string{"2024-05", "2099"} {
		_, err := b.SourceReview(t.Context(), board, "K01", periodOf(t, bad))
		refused(t, err, errs.Invalid, "")
	}
}

func TestWhoMayNotReviewIsRefused(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	r := reviewed(b.review(board, "C02", "2024"), true, nil, "")
	for name, who := range map[string]app.Actor{"a union officer": b.as(access.UnionOfficer, "K01"), "another branch": b.as(access.BranchSecretary, "C03")} {
		if _, err := b.RecordReview(t.Context(), who, r, 0); errs.KindOf(err) != errs.NotFound && errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	reader := b.as(access.StandingCommittee, "K01")
	_, err := b.RecordReview(t.Context(), reader, r, 0)
	refused(t, err, errs.Forbidden, "")
	if f := b.review(reader, "C02", "2024"); f.Level != 0 {
		t.Error("who decides reads, and does not write")
	}
}
