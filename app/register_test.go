package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
)

func TestRegistersKeepWhatOfficesMustKnow(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	base, branch, board := e.person("base", access.BaseOffice, "K01"), e.person("mot", access.BranchSecretary, "K01.01"), e.person("board", access.OrgBoard, "K")
	an, binh := e.listed(base, "K01.01", "Lê Văn An"), e.listed(base, "K01.02", "Trần Thị Bình")
	p, err := e.RecordAct(ctx, base, an.File.ID, admission.Act{Code: admission.Withdraw, On: date.Must("2024-06-01"), Note: "theo nguyện vọng"}, an.File.Version, false)
	e.must(err)
	if !p.Written {
		t.Fatal(p.Findings)
	}
	e.must(e.Lend(ctx, base, binh.File.ID, app.Lending{Kind: app.Lent, Taker: "Ban Tổ chức", Reason: "thẩm định", On: date.Must("2024-07-01")}))
	e.must(e.LogPrint(ctx, base, binh.File.ID, "2-KNĐ", "draft"))
	e.must(e.LogExport(ctx, board, "files", "K01", 7))
	e.must(e.LogExport(ctx, board, "files", "", 7))
	_, err = e.OpenIdentity(ctx, base, an.File.ID, app.Reason{Code: "other", Note: "kiểm tra"})
	e.must(err)

	year := func(unit string) app.RegisterQuery {
		return app.RegisterQuery{Unit: unit, From: date.Must("2024-01-01"), To: date.Must("2024-12-31"), Limit: 5}
	}
	now := func(unit string, limit int) app.RegisterQuery {
		return app.RegisterQuery{Unit: unit, From: engineDay, To: engineDay, Limit: limit}
	}
	head, left, err := e.Left(ctx, board, year("K"))
	e.must(err)
	if len(left) != 1 || left[0].Name != "Lê Văn An" || left[0].Act.Code != admission.Withdraw || left[0].Act.Note != "theo nguyện vọng" || head.Line[0].Code != "K" {
		t.Errorf("who left: %+v", left)
	}
	if _, lent, err := e.Lent(ctx, board, year("K01"), false); err != nil || len(lent) != 1 || lent[0].FileName != "Trần Thị Bình" {
		t.Errorf("lent: %+v, %v", lent, err)
	}
	if _, lent, err := e.Lent(ctx, branch, year("K01.01"), true); err != nil || len(lent) != 0 {
		t.Errorf("lent of another branch: %+v, %v", lent, err)
	}
	head, uses, err := e.Uses(ctx, base, now("K01", 5))
	e.must(err)
	if len(uses) != 3 || head.More {
		t.Fatalf("uses: %+v", uses)
	}
	kinds := map[app.UseKind]app.UseRow{}
	for _, u := range uses {
		kinds[u.Kind] = u
	}
	if u := kinds[app.UseRead]; u.FileName != "Lê Văn An" || u.Reason.Note != "kiểm tra" || u.Who != "Nguyễn Thị base" {
		t.Errorf("the reading: %+v", u)
	}
	if u := kinds[app.UseExport]; u.People != 7 || u.UnitName != "Đảng ủy Trường THPT Bình Sơn" {
		t.Errorf("the list: %+v", u)
	}
	if u := kinds[app.UsePrint]; u.What != "2-KNĐ" || u.FileName != "Trần Thị Bình" {
		t.Errorf("the paper: %+v", u)
	}
	if head, uses, err = e.Uses(ctx, board, now("K", 1)); err != nil || len(uses) != 1 || !head.More {
		t.Errorf("more than the limit: %+v, %v", uses, err)
	}
	if _, _, err = e.Uses(ctx, branch, now("K01.01", 5)); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a secretary reads who read: %v", err)
	}
	if _, _, err = e.Uses(ctx, base, now("K02", 5)); errs.KindOf(err) != errs.NotFound {
		t.Errorf("another unit's: %v", err)
	}
	if _, _, rows, err := e.AdmittedRegister(ctx, base, year("K01")); err != nil || len(rows) != 0 {
		t.Errorf("admitted: %v, %v", rows, err)
	}
}

func TestTheBoardAndTheList(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	base, branch := e.person("base", access.BaseOffice, "K01"), e.person("mot", access.BranchSecretary, "K01.01")
	for _, name := range []string{"Lê Văn An", "Lê Văn Bách", "Lê Văn Chính", "Lê Văn Dũng", "Lê Văn Giang", "Lê Văn Hải", "Lê Văn Khánh"} {
		e.open(base, "K01.01", name)
	}
	e.listed(base, "K01.02", "Trần Thị Bình")
	b, err := e.Board(ctx, base, "")
	e.must(err)
	if c := b.Columns[0]; c.Key != "source" || c.Count != 7 || len(c.Files) != 6 || b.Columns[1].Count != 1 {
		t.Errorf("the board: %+v", b.Columns)
	}
	b, err = e.Board(ctx, branch, "K01.01")
	e.must(err)
	if b.Columns[0].Count != 7 || b.Columns[1].Count != 0 || len(b.Columns[1].Files) != 0 {
		t.Errorf("the board of a branch: %+v", b.Columns)
	}
	if _, err := e.Board(ctx, branch, "K01.02"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("the board of another branch: %v", err)
	}
	for name, tt := range map[string]struct {
		q    app.ListQuery
		want int
	}{
		"nobody helps those on the list":         {app.ListQuery{NoHelper: true}, 1},
		"among the new nobody needs a helper":    {app.ListQuery{NoHelper: true, FileQuery: app.FileQuery{Stages: []admission.Stage{admission.New}}}, 0},
		"no certificate ends":                    {app.ListQuery{Certificate: true}, 0},
		"women, by the day since when":           {app.ListQuery{Sex: "female", Order: app.BySince}, 8},
		"men":                                    {app.ListQuery{Sex: "male"}, 0},
		"at the desk of the branch, by due day":  {app.ListQuery{Desk: admission.DeskBranch, Order: app.ByDueOn}, 8},
		"nothing is overdue at the board's desk": {app.ListQuery{Desk: admission.DeskBoard, Due: app.DueLate}, 0},
	} {
		tt.q.Limit = 50
		l, err := e.Listing(ctx, base, tt.q)
		if err != nil || len(l.Rows) != tt.want {
			t.Errorf("%s: %d, %v", name, len(l.Rows), err)
		}
	}
}

func TestFiltersAreTheirOwners(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	base, other, admin := e.person("base", access.BaseOffice, "K01"), e.person("mot", access.BranchSecretary, "K01.01"), e.person("admin", access.Admin, "K")
	e.must(e.SaveFilter(ctx, base, "  Chờ   họp ", "stage=ready", true))
	l, err := e.Listing(ctx, base, app.ListQuery{FileQuery: app.FileQuery{Limit: 5}})
	e.must(err)
	if len(l.Saved) != 1 || l.Saved[0].Name != "Chờ họp" || !l.Saved[0].Opens {
		t.Fatalf("saved: %+v", l.Saved)
	}
	id := l.Saved[0].ID
	for name, err := range map[string]error{
		"a name twice":   e.SaveFilter(ctx, base, "Chờ họp", "stage=new", false),
		"no name":        e.SaveFilter(ctx, base, " ", "stage=new", false),
		"no question":    e.SaveFilter(ctx, base, "Tất cả", "", false),
		"another's":      e.RenameFilter(ctx, other, id, "Của tôi"),
		"another's gone": e.DropFilter(ctx, other, id),
		"sees no files":  e.SaveFilter(ctx, admin, "x", "stage=new", false),
	} {
		if err == nil {
			t.Errorf("%s passes", name)
		}
	}
	if q, err := e.FilterThatOpens(ctx, base); err != nil || q != "stage=ready" {
		t.Errorf("opens with %q, %v", q, err)
	}
	e.must(e.OpenWithFilter(ctx, base, ""))
	e.must(e.RenameFilter(ctx, base, id, "Đủ hồ sơ"))
	e.must(e.DropFilter(ctx, base, id))
	if q, err := e.FilterThatOpens(ctx, base); err != nil || q != "" {
		t.Errorf("still opens with %q, %v", q, err)
	}
}
