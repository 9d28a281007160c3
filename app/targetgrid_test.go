package app_test

import (
	"errors"
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/target"
)

func typed(unit, text string, seq int, part ...target.Part) app.TypedTarget {
	c := app.TypedTarget{Cell: app.TargetCellKey{Unit: unit, Indicator: target.Admission}, Text: text, Seq: seq}
	if len(part) > 0 {
		c.Cell.Part = part[0]
	}
	return c
}

// faults returns the keys of the cells for which a grid was refused.
func faults(t *testing.T, err error, kind errs.Kind) map[string]string {
	t.Helper()
	refused(t, err, kind, "target.grid.refused")
	list, ok := errors.AsType[app.TargetErrors](err)
	if !ok {
		t.Fatalf("no cells: %v", err)
	}
	out := map[string]string{}
	for _, f := range list {
		out[f.Cell.Unit+string(f.Cell.Part)] = f.Err.Key
	}
	return out
}

func TestAGridIsWrittenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board := t.Context(), b.as(access.OrgBoard, "K01")
	ok(t, b.SetCounts(ctx, app.System("t"), "D01", date.Must("2021-01-04"), map[org.CountKind]int{org.Members: 90}))
	save := func(reason, document string, cells ...app.TypedTarget) (int, error) {
		return b.AssignGrid(ctx, board, app.TypedGrid{Unit: "K01", Year: 2024, Reason: reason, Document: document, Cells: cells})
	}
	_, err := save("", "", typed("D01", "2,5%", 0), typed("C02", "20-15", 0), typed("C03", "3%", 0), typed("D01.B1", "2", 0))
	got := faults(t, err, errs.Invalid)
	want := map[string]string{"C02": "target.cell.order", "C03": "target.base", "D01.B1": "target.grid.stranger"}
	for unit, key := range want {
		if got[unit] != key {
			t.Errorf("%s: got %q, want %q", unit, got[unit], key)
		}
	}
	if len(got) != len(want) || b.cell(board, "D01", target.Admission).Plan != nil {
		t.Fatalf("a refused grid wrote something, or marked what was right: %v", got)
	}
	n, err := save("", "", typed("D01", "2,5%", 0), typed("C02", "từ 5 trở lên", 0), typed("C02", "2", 0, target.Women), typed("C03", "", 0))
	if err != nil || n != 3 {
		t.Fatalf("%d, %v", n, err)
	}
	c := b.cell(board, "D01", target.Admission)
	if c.Plan.Min != 3 || c.Plan.Share.Words() != "2,5% của 90 đảng viên có đến ngày 31/12/2023 là 3 người (làm tròn lên)" {
		t.Errorf("%+v: %s", c.Plan, c.Plan.Share.Words())
	}
	t.Run("what is as it was is not written", func(t *testing.T) {
		if n, err := save("", "", typed("D01", "2,5 %", 1), typed("C02", "5+", 1)); err != nil || n != 0 {
			t.Errorf("%d, %v", n, err)
		}
	})
	t.Run("an assigned figure changes with reason and document", func(t *testing.T) {
		_, err := save("", "", typed("C02", "4", 1))
		refused(t, err, errs.Invalid, "target.reason")
		_, err = save("giảm một lớp", "", typed("C02", "4", 1))
		refused(t, err, errs.Invalid, "target.document")
		_, err = save("", "", typed("C02", "", 1))
		if got := faults(t, err, errs.Invalid); got["C02"] != "target.grid.empty" {
			t.Errorf("%v", got)
		}
		n, err := save("giảm một lớp", "15-CV/ĐUK", typed("C02", "4", 1))
		if err != nil || n != 1 {
			t.Fatalf("%d, %v", n, err)
		}
		if p := b.cell(board, "C02", target.Admission).Plan; p.Min != 4 || p.Document != "15-CV/ĐUK" || p.Reason != "giảm một lớp" {
			t.Errorf("%+v", p)
		}
	})
	t.Run("a cell that somebody changed meanwhile is stale", func(t *testing.T) {
		_, err := save("nhầm", "16-CV/ĐUK", typed("C02", "6", 1), typed("C03", "1", 0))
		if got := faults(t, err, errs.Stale); got["C02"] != "target.stale" || len(got) != 1 {
			t.Errorf("%v", got)
		}
	})
	t.Run("a part is within the whole", func(t *testing.T) {
		_, err := save("", "", typed("D01", "4", 0, target.Youth), typed("C03", "1", 0, target.Women))
		if got := faults(t, err, errs.Invalid); got["C03women"] != "target.part.whole" || len(got) != 1 {
			t.Errorf("%v", got) // a share has no upper end
		}
		_, err = save("điều chỉnh", "17-CV/ĐUK", typed("C02", "1", b.cell(board, "C02", target.Admission).Seq))
		if got := faults(t, err, errs.Invalid); got["C02"] != "target.part.large" {
			t.Errorf("%v", got)
		}
	})
}

func TestWhoMayWriteAGrid(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx := t.Context()
	_, err := b.CreateUnit(ctx, app.System("t"), app.NewUnit{Code: "DTN.1", Name: "Đoàn Trường Đại học", Type: org.Union, Kind: org.YouthUnion, Parent: "DTN", Beside: "D01"})
	ok(t, err)
	grid := func(who app.Actor, unit, child string, i target.Indicator) error {
		_, err := b.AssignGrid(ctx, who, app.TypedGrid{Unit: unit, Year: 2024, Cells: []app.TypedTarget{{Cell: app.TargetCellKey{Unit: child, Indicator: i}, Text: "10"}}})
		return err
	}
	union, base, school := b.as(access.UnionOfficer, "DTN"), b.as(access.BaseOffice, "D01"), b.as(access.BranchSecretary, "C02")
	ok(t, grid(union, "DTN", "DTN.1", target.Introduction))
	ok(t, grid(union, "DTN", "DTN.1", target.Awareness))
	if got := faults(t, grid(union, "DTN", "DTN.1", target.Admission), errs.Invalid); got["DTN.1"] != "target.union" {
		t.Errorf("a union admits nobody: %v", got)
	}
	refused(t, grid(union, "K01", "D01", target.Introduction), errs.NotFound, "")
	ok(t, grid(base, "D01", "D01.B1", target.Admission))
	refused(t, grid(base, "K01", "D01", target.Admission), errs.NotFound, "")
	refused(t, grid(school, "C02", "C03", target.Admission), errs.Forbidden, "")
	sheet, err := b.TargetSheet(ctx, union, "DTN", 2024)
	ok(t, err)
	if len(sheet.Rows) != 1 || sheet.Columns[sheet.Main].Indicator != target.Introduction || sheet.Rows[0].Fields[1].Plan.Min != 10 {
		t.Errorf("%+v", sheet)
	}
	_, err = b.TargetSheet(ctx, school, "C02", 2024)
	refused(t, err, errs.Forbidden, "")
}

func TestAFigureIsHandedOut(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board := t.Context(), b.as(access.OrgBoard, "K01")
	for unit, n := range map[string]int{"D01": 90, "C02": 30} {
		ok(t, b.SetCounts(ctx, app.System("t"), unit, date.Must("2021-01-04"), map[org.CountKind]int{org.Members: n}))
	}
	b.goals(board)
	p, err := b.TargetSheet(ctx, board, "K01", 2024)
	ok(t, err)
	got, err := p.Spread(app.SpreadOrder{Column: 1, Way: app.SpreadMembers, Sum: target.Exactly(8)})
	ok(t, err)
	if got["D01"].Words() != "6" || got["C02"].Words() != "2" || got["C03"].Words() != "0" {
		t.Errorf("%v", got)
	}
	got, err = p.Spread(app.SpreadOrder{Column: 1, Way: app.SpreadMembers, Sum: target.Exactly(8), Least: 1})
	ok(t, err)
	if got["D01"].Words() != "5" || got["C02"].Words() != "2" || got["C03"].Words() != "1" {
		t.Errorf("%v", got)
	}
	if owed := p.Owed(1); len(owed) != 1 || owed[org.UpperSecondary].Words() != "từ 5 trở lên" {
		t.Errorf("%v", owed)
	}
	got, err = p.Spread(app.SpreadOrder{Column: 1, Way: app.SpreadKind, Kinds: p.Owed(1)})
	ok(t, err)
	if len(got) != 1 || got["C02"].Words() != "từ 5 trở lên" {
		t.Errorf("%v", got)
	}
	two := 2
	for field, o := range map[string]app.SpreadOrder{
		"way": {Column: 1, Way: app.SpreadLast, Sum: target.Exactly(8)}, "column": {Column: 9}, "least": {Column: 1, Way: app.SpreadMembers, Sum: target.Exactly(2), Least: 1},
		"most": {Column: 1, Way: app.SpreadMembers, Sum: target.Exactly(9), Most: &two},
	} {
		_, err := p.Spread(o)
		if e := errs.As(err); e.Field != field {
			t.Errorf("%s: got %v on %q", field, err, e.Field)
		}
	}
}

func TestUnitAndSuperiorTalkAboutAFigure(t *testing.T) {
	t.Parallel()
	b := newBlock(t)
	ctx, board, school, other := t.Context(), b.as(access.OrgBoard, "K01"), b.as(access.BranchSecretary, "C02"), b.as(access.BranchSecretary, "C03")
	say := func(who app.Actor, kind target.MoveKind, text, reason string, seq, figure int) error {
		return b.SayTarget(ctx, who, app.NewMove{Unit: "C02", Year: 2024, Indicator: target.Admission, Kind: kind, Text: text, Reason: reason, Seq: seq, Figure: figure})
	}
	turn := func(want target.Turn, waits bool) {
		t.Helper()
		p, err := b.TargetTalk(ctx, school, "C02", 2024)
		ok(t, err)
		if got := p.Talks[1].Field.Turn; got != want || !p.MayPropose || p.MayAnswer {
			t.Errorf("the talk is at %q, want %q", got, want)
		}
		above, lines, err := b.TargetTalks(ctx, board, "K01", 2024)
		ok(t, err)
		if !above.MayAnswer {
			t.Error("the superior may answer")
		}
		for _, l := range lines {
			if l.Waits() != (waits && l.Unit.Code == "C02") {
				t.Errorf("%s waits: %v", l.Unit.Code, l.Waits())
			}
		}
	}
	refused(t, say(other, target.Proposed, "3", "nguồn", 0, 0), errs.NotFound, "")
	refused(t, say(board, target.Proposed, "3", "nguồn", 0, 0), errs.Forbidden, "")
	refused(t, say(school, target.Proposed, "ba", "nguồn", 0, 0), errs.Invalid, "target.cell.number")
	refused(t, say(school, target.Proposed, "3", " ", 0, 0), errs.Invalid, "target.move.reason")
	refused(t, say(school, target.Accepted, "", "", 0, 0), errs.Conflict, "target.move.not_now")
	ok(t, say(school, target.Proposed, "3", "rà soát: 4 quần chúng, 3 đủ điều kiện", 0, 0))
	turn(target.AtSuperior, true)
	refused(t, say(school, target.Proposed, "3", "lần nữa", 0, 0), errs.Stale, "target.move.stale")
	ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: "C02", Year: 2024, Indicator: target.Admission, Min: 5}))
	turn(target.AtUnit, false)
	ok(t, say(school, target.Countered, "4", "một quần chúng chuyển công tác", 1, 1))
	turn(target.Contested, true)
	refused(t, say(school, target.Kept, "", "không phải việc của đơn vị", 2, 1), errs.Forbidden, "")
	ok(t, say(board, target.Kept, "", "còn hai quần chúng đã có chứng nhận", 2, 1))
	turn(target.SettledKept, false)
	ok(t, say(school, target.Accepted, "", "", 3, 1))
	turn(target.Agreed, false)
	p, err := b.TargetTalk(ctx, board, "C02", 2024)
	ok(t, err)
	if len(p.Talks[1].Moves) != 4 || !p.MayAnswer || p.MayPropose || p.Talks[1].Moves[3].On != p.Today {
		t.Errorf("%+v", p)
	}
}
