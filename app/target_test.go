package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/target"
)

func (b block) cell(who app.Actor, unit string, i target.Indicator) app.TargetCell {
	b.t.Helper()
	p, err := b.Targets(b.t.Context(), who, unit, 2024)
	ok(b.t, err)
	for _, c := range p.Unit.Cells {
		if c.Indicator == i {
			return c
		}
	}
	b.t.Fatalf("no %s", i)
	return app.TargetCell{}
}

// goals confirms a letter that asks schools for 5 admissions in 2024 and 2025.
func (b block) goals(board app.Actor) {
	b.t.Helper()
	ctx := b.t.Context()
	id, err := b.EnterLetter(ctx, board, "K01", shortLetter)
	ok(b.t, err)
	d := b.document(board, id)
	ok(b.t, b.DecideProposal(ctx, board, id, d.Version, allSeqs(d), app.ProposalAccepted, nil))
	ok(b.t, b.ConfirmLetter(ctx, board, id, d.Version+1))
}

func TestAGoalBecomesAPlanOnceItIsAssigned(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board := t.Context(), b.as(access.OrgBoard, "K01")
	b.goals(board)
	c := b.cell(board, "C02", target.Admission)
	if !c.Pending() || c.Plan != nil || c.Aim().Min != 5 || c.Sources[0] == "" {
		t.Fatalf("%+v", c)
	}
	n, err := b.AssignGoals(ctx, board, "K01", 2024, target.Admission)
	if err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	if n, err = b.AssignGoals(ctx, board, "K01", 2024, target.Admission); err != nil || n != 0 {
		t.Fatalf("a second time: %d, %v", n, err)
	}
	c = b.cell(board, "C02", target.Admission)
	if c.Pending() || c.Plan == nil || c.Plan.Min != 5 || c.Plan.Document != "12-CV/ĐUK" || len(c.History) != 2 {
		t.Fatalf("%+v", c)
	}
	t.Run("a later goal does not undo the plan, and is not assigned without a reason", func(t *testing.T) {
		b.goals(board)
		if n, err := b.AssignGoals(ctx, board, "K01", 2024, target.Admission); err != nil || n != 0 {
			t.Fatalf("%d, %v", n, err)
		}
		c := b.cell(board, "C02", target.Admission)
		if c.Plan.Min != 5 || c.Pending() || c.Current.State != target.Goal {
			t.Fatalf("%+v", c)
		}
		err := b.AssignTarget(ctx, board, app.NewTarget{Unit: "C02", Year: 2024, Indicator: target.Admission, Min: 7, Seq: c.Seq})
		refused(t, err, errs.Invalid, "target.reason")
	})
}

func TestAssigningKeepsHistoryAndRefuses(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board := t.Context(), b.as(access.OrgBoard, "K01")
	document := ""
	give := func(low int, high *int, seq int, reason string) error {
		return b.AssignTarget(ctx, board, app.NewTarget{Unit: "D01", Year: 2024, Indicator: target.Admission, Min: low, Max: high, Seq: seq, Reason: reason, Document: document})
	}
	two := 2
	refused(t, give(-1, nil, 0, ""), errs.Invalid, "target.min")
	refused(t, give(5, &two, 0, ""), errs.Invalid, "target.range")
	ok(t, give(5, nil, 0, ""))
	refused(t, give(4, nil, 0, "nhầm"), errs.Stale, "target.stale")
	refused(t, give(4, nil, 1, " "), errs.Invalid, "target.reason")
	refused(t, give(4, nil, 1, "chuyển hai quần chúng sang đơn vị khác"), errs.Invalid, "target.document")
	document = "21-CV/ĐUK"
	ok(t, give(4, nil, 1, "chuyển hai quần chúng sang đơn vị khác"))
	c := b.cell(board, "D01", target.Admission)
	if len(c.History) != 2 || c.Plan.Min != 4 || c.Plan.Reason == "" || c.Seq != 2 {
		t.Fatalf("%+v", c)
	}
}

func TestOnlyTheSuperiorAssigns(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, base, school := t.Context(), b.as(access.BaseOffice, "D01"), b.as(access.BranchSecretary, "C02")
	give := func(who app.Actor, unit string) error {
		return b.AssignTarget(ctx, who, app.NewTarget{Unit: unit, Year: 2024, Indicator: target.Admission, Min: 3})
	}
	ok(t, give(base, "D01.B1"))
	refused(t, give(base, "D01"), errs.Forbidden, "")
	refused(t, give(base, "C02"), errs.NotFound, "")
	refused(t, give(base, "K01"), errs.NotFound, "")
	refused(t, give(school, "C02"), errs.Forbidden, "")
	if _, err := b.AssignGoals(ctx, school, "C02", 2024, target.Admission); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("got %v", err)
	}
	_, err := b.Targets(ctx, school, "D01", 2024)
	refused(t, err, errs.NotFound, "")

	p, err := b.Targets(ctx, base, "D01", 2024)
	ok(t, err)
	if p.MayOwn || !p.MayAssign || len(p.Above) != 0 || len(p.Line) != 2 {
		t.Errorf("own %v, children %v, above %v", p.MayOwn, p.MayAssign, p.Above)
	}
}

func TestTheBalanceSetsChildrenBesideTheOwnFigure(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board := t.Context(), b.as(access.OrgBoard, "K01")
	for unit, n := range map[string]int{"K01": 10, "D01": 6, "C02": 2} {
		ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: unit, Year: 2024, Indicator: target.Admission, Min: n}))
	}
	p, err := b.Targets(ctx, board, "K01", 2024)
	ok(t, err)
	if s := p.Balance(1); s.Sum != 8 || *s.Own != 10 || s.Words() != "giao thiếu 2" {
		t.Errorf("%+v", s)
	}
	for _, c := range p.Children {
		if c.Unit.Type == org.Board {
			t.Error("a board owes nothing")
		}
	}
	if p, err = b.Targets(ctx, board, "D01.B1", 2024); err != nil || len(p.Above) != 2 || p.Above[0].Code != "D01" {
		t.Errorf("%v, %v", p.Above, err)
	}
}
