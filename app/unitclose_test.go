package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/target"
)

func TestAUnitIsClosedAndItsTargetsFollow(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board, admin := t.Context(), b.as(access.OrgBoard, "K01"), b.as(access.Admin, "K01")
	for unit, n := range map[string]int{"C02": 5, "C03": 2} {
		ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: unit, Year: 2024, Indicator: target.Admission, Min: n, Max: &n}))
	}
	ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: "C02", Year: 2025, Indicator: target.Awareness, Min: 15}))
	ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: "C02", Year: 2023, Indicator: target.Admission, Min: 4}))
	c := app.ClosingUnit{Unit: "C02", Successor: "C03", On: date.Must("2024-05-31"), Document: "77-QĐ/TU"}
	for name, f := range map[string]func(*app.ClosingUnit){
		"on": func(c *app.ClosingUnit) { c.On = date.Must("2024-07-01") }, "document": func(c *app.ClosingUnit) { c.Document = " " },
		"successor": func(c *app.ClosingUnit) { c.Successor = "DTN" },
	} {
		bad := c
		f(&bad)
		if err := b.CloseUnit(ctx, admin, bad); errs.As(err).Field != name {
			t.Errorf("%s: got %v", name, err)
		}
	}
	refused(t, b.CloseUnit(ctx, admin, app.ClosingUnit{Unit: "D01", Successor: "C03", On: c.On, Document: "x"}), errs.Conflict, "unit.close.units")
	refused(t, b.CloseUnit(ctx, board, c), errs.Forbidden, "")
	_, err := b.OpenFile(ctx, b.as(access.BranchSecretary, "C02"), app.NewFile{Unit: "C02", Name: "Trần Thị Lan", Birth: date.Must("2003-01-02"), Sex: "female"})
	ok(t, err)
	refused(t, b.CloseUnit(ctx, admin, c), errs.Conflict, "unit.close.files")

	c.Unit, c.Successor = "C03", "C02"
	ok(t, b.CloseUnit(ctx, admin, c))
	refused(t, b.CloseUnit(ctx, admin, c), errs.Conflict, "unit.close.already")
	next, old := b.cell(board, "C02", target.Admission), b.cell(board, "C03", target.Admission)
	if next.Plan.Words() != "7" || next.Plan.Document != "77-QĐ/TU" || next.Plan.Reason != "Nhận 2 của Chi bộ Sở Nội vụ (C03) chuyển sang" || len(next.History) != 2 {
		t.Errorf("%+v", next.Plan)
	}
	if old.Plan.Min != 0 || len(old.History) != 2 {
		t.Errorf("%+v", old.History)
	}
	refused(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: "C03", Year: 2025, Indicator: target.Admission, Min: 1}), errs.Invalid, "target.closed")
	_, err = b.AssignGrid(ctx, board, app.TypedGrid{Unit: "K01", Year: 2024, Cells: []app.TypedTarget{typed("C03", "4", 2)}})
	if got := faults(t, err, errs.Invalid); got["C03"] != "target.closed" {
		t.Errorf("%v", got)
	}
	refused(t, b.AddMeasure(ctx, board, app.NewMeasure{Unit: "C03", Year: 2024, Text: "x", Owner: "y", Due: c.On}), errs.Invalid, "plan.closed")
	for year, rows := range map[int]int{2024: 3, 2025: 2} {
		p, err := b.TargetSheet(ctx, board, "K01", year)
		ok(t, err)
		if len(p.Rows) != rows {
			t.Errorf("%d: %d rows", year, len(p.Rows))
		}
	}
}
