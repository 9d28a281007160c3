package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/watch"
)

func (b block) idle(who app.Actor, unit string) map[string]app.IdleRow {
	b.t.Helper()
	p, err := b.Idle(b.t.Context(), who, unit, date.Date{})
	ok(b.t, err)
	out := map[string]app.IdleRow{}
	for _, row := range p.Rows {
		name := row.Name
		if row.ID == "" {
			name = string(row.Unit)
		}
		if _, twice := out[name]; twice {
			b.t.Errorf("%s stands in the list twice", name)
		}
		out[name] = row
	}
	return out
}

func has(row app.IdleRow, reason watch.IdleReason) bool {
	for _, n := range row.Idle {
		if n.Reason == reason {
			return true
		}
	}
	return false
}

func TestWhatStandsStillIsFoundOnce(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	b.load("C02", admission.Introduce, []string{"Nguyễn Thị An"}, "2024-01-02")
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Thị Bình"}, "2023-10-02", "2023-10-03")
	b.load("C02", admission.Certify, []string{"Nguyễn Thị Chi"}, "2019-07-01", "2019-07-02", "2019-07-03", "2019-07-04")
	b.load("C02", admission.Certify, []string{"Nguyễn Thị Dung"}, "2019-05-01", "2019-05-02", "2019-05-03", "2019-05-06")
	b.load("C02", admission.CompleteDossier, []string{"Nguyễn Thị Hà"}, "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-08", "2024-01-09", "2024-01-22", "2024-02-01")
	rows := b.idle(board, "K01")
	for _, c := range []struct {
		name string
		want bool
	}{
		{"introduced long ago", has(rows["Nguyễn Thị An"], watch.NotTakenUp)},
		{"the helper is silent", has(rows["Nguyễn Thị Bình"], watch.HelperSilent) && rows["Nguyễn Thị Bình"].Reason == admission.WaitingClass},
		{"the certificate ends before a vote", has(rows["Nguyễn Thị Chi"], watch.CertificateEnds)},
		{"the certificate has ended", has(rows["Nguyễn Thị Dung"], watch.CertificateEnded) && rows["Nguyễn Thị Dung"].Reason == ""},
		{"complete and not proposed", rows["Nguyễn Thị Hà"].Ready() && len(rows["Nguyễn Thị Hà"].Idle) == 0},
		{"the list of the unit", has(rows["C02"], watch.ListIdle) && rows["C02"].Files == 4},
	} {
		if !c.want {
			t.Errorf("%s: %+v", c.name, rows)
		}
	}
	p, err := b.Idle(t.Context(), board, "K01", date.Date{})
	ok(t, err)
	if !p.Rows[0].Ready() {
		t.Errorf("complete files stand in front: %+v", p.Rows[0])
	}
	past, err := b.Idle(t.Context(), board, "K01", date.Must("2024-05-20"))
	ok(t, err)
	for _, row := range past.Rows {
		if len(row.Idle) > 0 {
			t.Errorf("a past day knows the contract's reasons alone: %+v", row)
		}
	}
}

func TestSetAsideHidesUntilTheNextAct(t *testing.T) {
	t.Parallel()
	b, _ := school(t)
	ctx := t.Context()
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Thị Bình"}, "2023-10-02", "2023-10-03")
	secretary := b.as(access.BranchSecretary, "C02")
	row := b.idle(secretary, "C02")["Nguyễn Thị Bình"]
	h := app.Hushed{File: row.ID, Unit: "C02"}
	until := date.Must("2024-08-01")
	if findings, err := b.SetAside(ctx, secretary, h, " ", until); err != nil || len(findings) != 1 {
		t.Fatalf("it needs a reason: %v %+v", err, findings)
	}
	for _, x := range []app.Hushed{h, {Unit: "C02"}} {
		if findings, err := b.SetAside(ctx, secretary, x, "chờ lớp tháng 7", until); err != nil || len(findings) > 0 {
			t.Fatalf("%v %+v", err, findings)
		}
	}
	rows := b.idle(secretary, "C02")
	if s := rows["Nguyễn Thị Bình"].Silence; s == nil || s.Until != until || s.Reason != "chờ lớp tháng 7" || rows["C02"].Silence == nil {
		t.Fatalf("both are set aside: %+v", rows)
	}
	if p, err := b.Stuck(ctx, secretary, "C02", date.Date{}); err != nil || len(p.Files) != 1 {
		t.Errorf("the contract's count stays: %v", err)
	}
	ok(t, b.TakeUp(ctx, secretary, app.Hushed{Unit: "C02"}))
	if rows = b.idle(secretary, "C02"); rows["C02"].Silence != nil {
		t.Error("taken up again")
	}
	f, err := b.File(ctx, secretary, row.ID)
	ok(t, err)
	_, err = b.RecordAct(ctx, secretary, row.ID, admission.Act{Code: admission.AssignHelper, On: date.Must("2024-05-30"), Helper: "Lê Văn Cường"}, f.File.Version, false)
	ok(t, err)
	if rows = b.idle(secretary, "C02"); rows["Nguyễn Thị Bình"].Silence != nil {
		t.Error("a new act ends the silence")
	}
	refused(t, b.TakeUp(ctx, b.as(access.StandingCommittee, "K01"), h), errs.Forbidden, "")
	refused(t, b.TakeUp(ctx, b.as(access.BranchSecretary, "C03"), h), errs.NotFound, "")
}

func TestHelpersSayACodeAndNoMore(t *testing.T) {
	t.Parallel()
	b, _ := school(t)
	ctx := t.Context()
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Thị Bình"}, "2023-10-02", "2023-10-03")
	b.load("C02", admission.List, []string{"Nguyễn Thị An"}, "2023-10-02", "2023-10-03")
	secretary := b.as(access.BranchSecretary, "C02")
	rows := b.idle(secretary, "C02")
	file := rows["Nguyễn Thị Bình"].ID
	if findings, err := b.NoteHelper(ctx, secretary, file, date.Must("2024-07-01"), "x"); err != nil || len(findings) != 2 {
		t.Fatalf("a day to come and no code: %v %+v", err, findings)
	}
	if findings, err := b.NoteHelper(ctx, secretary, file, date.Must("2024-06-01"), watch.Progressing); err != nil || len(findings) > 0 {
		t.Fatalf("%v %+v", err, findings)
	}
	p, err := b.HelperNotes(ctx, secretary, file)
	ok(t, err)
	if len(p.Notes) != 1 || p.Notes[0].Helper != "Trần Văn Bình" || !p.May {
		t.Errorf("%+v", p)
	}
	if has(b.idle(secretary, "C02")["Nguyễn Thị Bình"], watch.HelperSilent) {
		t.Error("the helper has reported")
	}
	_, err = b.NoteHelper(ctx, secretary, rows["Nguyễn Thị An"].ID, date.Must("2024-06-01"), watch.Progressing)
	refused(t, err, errs.Conflict, "stuck.no_helper")
}
