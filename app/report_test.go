package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/report"
	"ketnap/target"
)

func (b block) report(who app.Actor, unit, period string) report.Report {
	b.t.Helper()
	p, err := date.ParsePeriod(period)
	ok(b.t, err)
	r, err := b.Report(b.t.Context(), who, report.Admission, unit, p)
	ok(b.t, err)
	return r
}

func TestAReportAddsUpItsSubtree(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	ctx := t.Context()
	ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: "C03", Year: 2024, Indicator: target.Admission, Min: 2}))
	for _, c := range []struct {
		period   string
		admitted int
	}{{"2024", 1}, {"2024-H1", 1}, {"2024-Q1", 1}, {"2024-03", 1}, {"2024-02", 0}, {"2024-Q2", 0}, {"2023", 0}} {
		r := b.report(board, "K01", c.period)
		sum, plans := 0, 0
		for _, row := range r.Rows {
			sum += row.Admitted
			if row.Plan != nil {
				plans += *row.Plan
			}
			if row.Admitted != b.report(board, row.Unit, c.period).Total.Admitted {
				t.Errorf("%s: %s says otherwise of itself", c.period, row.Unit)
			}
		}
		if r.Total.Admitted != c.admitted || sum != c.admitted || r.Total.ChildrenPlan != plans || len(r.Rows) != 3 || r.Total.Plan != nil {
			t.Errorf("%s: %+v", c.period, r)
		}
		people, err := b.Admitted(ctx, board, "K01", r.Period.From, r.Period.To)
		ok(t, err)
		if len(people.Files) != c.admitted {
			t.Errorf("%s: %d people behind %d", c.period, len(people.Files), c.admitted)
		}
	}
	if r := b.report(board, "C02", "2024"); *r.Total.Plan != 5 || *r.Total.Percent != "20" {
		t.Errorf("the plan is the year's: %+v", r.Total)
	}
}

func TestReportsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx := t.Context()
	year, err := date.ParsePeriod("2024")
	ok(t, err)
	_, err = b.Report(ctx, b.as(access.BranchSecretary, "C03"), report.Admission, "C02", year)
	refused(t, err, errs.NotFound, "unit.none")
	_, err = b.Report(ctx, b.as(access.OrgBoard, "K01"), "zodiac", "K01", year)
	refused(t, err, errs.NotFound, "report.form")
	_, err = b.Admitted(ctx, b.as(access.PropagandaBoard, "K01"), "K01", year.From, year.To)
	refused(t, err, errs.NotFound, "")
	_, err = b.Admitted(ctx, b.as(access.BranchSecretary, "D01.B1"), "C02", year.From, year.To)
	refused(t, err, errs.NotFound, "unit.none")
}

func TestTheOverviewIsTheYearInFigures(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	ctx := t.Context()
	b.load("C02", admission.Certify, []string{"Nguyễn Thị Chi", "Nguyễn Thị Dung"}, "2024-01-10")
	o, err := b.Overview(ctx, board, "K01", 2024)
	ok(t, err)
	if len(o.Children) != 3 || o.Admitted != 1 || o.Behind != 1 || len(o.Needs) != 1 || o.Months[2] != 1 || !o.MaySee || !o.Counted || o.Stuck != 2 {
		t.Fatalf("%+v", o)
	}
	if n := o.Needs[0]; n.Unit.Code != "C02" || n.Left() != 4 || n.Source != 2 || n.Trained != 2 {
		t.Errorf("need %+v", n)
	}
	count := map[admission.Stage]int{}
	for _, s := range o.Stages {
		count[s.Stage] = s.Count
	}
	if count[admission.Certified] != 2 || count[admission.Decided] != 1 {
		t.Errorf("stages %v", count)
	}
	before, err := b.Overview(ctx, board, "K01", 2025)
	ok(t, err)
	if before.Before[2] != 1 || before.Months[2] != 0 {
		t.Errorf("the year before: %v, %v", before.Months, before.Before)
	}
	figures, err := b.Overview(ctx, b.as(access.PropagandaBoard, "K01"), "K01", 2024)
	ok(t, err)
	if figures.MaySee || figures.Counted || figures.Stuck != 0 {
		t.Errorf("who sees figures only: %+v", figures)
	}
	_, err = b.Overview(ctx, b.as(access.Admin, "K01"), "K01", 2024)
	refused(t, err, errs.NotFound, "")
}
