package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/target"
)

func TestAPlanIsWrittenSentAndAnswered(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board, school, other := t.Context(), b.as(access.OrgBoard, "K01"), b.as(access.BranchSecretary, "C02"), b.as(access.BranchSecretary, "C03")
	plan := func(who app.Actor) app.PlanPage {
		t.Helper()
		p, err := b.UnitPlan(ctx, who, "C02", 2024)
		ok(t, err)
		return p
	}
	n := app.NewMeasure{Unit: "C02", Year: 2024, Text: "Rà soát học sinh lớp 12", Owner: "Đồng chí Lan", Due: date.Must("2024-09-30"), Origin: "12-CV/ĐUK, mục 2"}
	bad := n
	bad.Owner = " "
	refused(t, b.AddMeasure(ctx, school, bad), errs.Invalid, "plan.measure.owner")
	refused(t, b.AddMeasure(ctx, other, n), errs.NotFound, "")
	refused(t, b.SubmitPlan(ctx, school, "C02", 2024, 0), errs.Invalid, "plan.no_measure")
	ok(t, b.AddMeasure(ctx, school, n))
	ok(t, b.AddMeasure(ctx, board, app.NewMeasure{Unit: "C02", Year: 2024, Text: "Mời giảng viên", Owner: "Ban Tuyên giáo", Due: date.Must("2024-05-31"), Origin: "Kết luận hội nghị 20/5/2024"}))
	p := plan(school)
	if p.State != target.PlanDraft || len(p.Measures) != 2 || !p.MayWrite || p.MayAnswer || !p.Measures[1].Late(p.Today) {
		t.Fatalf("%+v", p)
	}
	refused(t, b.SubmitPlan(ctx, board, "C02", 2024, 1), errs.Forbidden, "")
	ok(t, b.SubmitPlan(ctx, school, "C02", 2024, 1))
	rewrite := app.MeasureChange{ID: p.Measures[0].ID, Version: 1, State: target.MeasureOpen, Rewrite: &n}
	refused(t, b.ChangeMeasure(ctx, school, rewrite), errs.Conflict, "plan.sent")
	refused(t, b.AnswerPlan(ctx, school, "C02", 2024, 2, true, ""), errs.Forbidden, "")
	refused(t, b.AnswerPlan(ctx, board, "C02", 2024, 2, false, ""), errs.Invalid, "plan.note")
	refused(t, b.AnswerPlan(ctx, board, "C02", 2024, 1, true, ""), errs.Stale, "plan.stale")
	ok(t, b.AnswerPlan(ctx, board, "C02", 2024, 2, false, "nêu rõ ai làm"))
	ok(t, b.ChangeMeasure(ctx, school, rewrite))
	ok(t, b.SubmitPlan(ctx, school, "C02", 2024, 3))
	ok(t, b.AnswerPlan(ctx, board, "C02", 2024, 4, true, ""))
	refused(t, b.AnswerPlan(ctx, board, "C02", 2024, 5, true, ""), errs.Conflict, "plan.not_now")
	refused(t, b.ChangeMeasure(ctx, school, app.MeasureChange{ID: p.Measures[1].ID, Version: 1, State: target.MeasureDropped}), errs.Invalid, "plan.measure.reason")
	ok(t, b.ChangeMeasure(ctx, school, app.MeasureChange{ID: p.Measures[1].ID, Version: 1, State: target.MeasureDone}))
	refused(t, b.ChangeMeasure(ctx, school, app.MeasureChange{ID: p.Measures[1].ID, Version: 1, State: target.MeasureOpen}), errs.Stale, "plan.stale")
	p = plan(board)
	if p.State != target.PlanApproved || p.Plan.AnsweredOn != p.Today || p.MayWrite || !p.MayAnswer || p.Measures[1].SettledBy == "" {
		t.Fatalf("%+v", p)
	}
	_, lines, err := b.UnitPlans(ctx, board, "K01", 2024)
	ok(t, err)
	for _, l := range lines {
		if with := l.Unit.Code == "C02"; with != (l.State == target.PlanApproved) || with && (l.Done != 1 || l.Open != 1) {
			t.Errorf("%+v", l)
		}
	}
}
