package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
)

func TestStuckFilesWithTheirReasons(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	ctx := t.Context()
	days := []string{"2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-08", "2024-01-09", "2024-01-22", "2024-02-01"}
	b.load("C02", admission.List, []string{"Nguyễn Thị An"}, days...)
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Thị Bình"}, days...)
	b.load("C02", admission.Certify, []string{"Nguyễn Thị Chi"}, days...)
	b.load("C02", admission.CompleteDossier, []string{"Nguyễn Thị Dung"}, days...)
	b.load("C02", admission.Introduce, []string{"Nguyễn Thị Giang"}, days...)                    // not listed: no source yet
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Thị Hà"}, "2024-03-01", "2024-05-20") // moved lately
	p, err := b.Stuck(ctx, board, "K01", date.Date{})
	ok(t, err)
	want := map[string]admission.Reason{"Nguyễn Thị An": admission.NoHelper, "Nguyễn Thị Bình": admission.WaitingClass,
		"Nguyễn Thị Chi": admission.NoApplication, "Nguyễn Thị Dung": admission.NotVoted}
	if len(p.Files) != len(want) || p.Months != 3 || p.Today != date.Must("2024-06-03") || p.On != p.Today {
		t.Fatalf("%+v", p)
	}
	for i, f := range p.Files {
		if f.Reason != want[f.Name] || f.Next == "" || f.UnitName == "" || i > 0 && f.Since.Before(p.Files[i-1].Since) {
			t.Errorf("%+v", f)
		}
		if f.MayAct {
			t.Errorf("the board does not act for the branch: %+v", f)
		}
	}
	mine, err := b.Stuck(ctx, b.as(access.BranchSecretary, "C02"), "C02", date.Date{})
	ok(t, err)
	for _, f := range mine.Files {
		if !f.MayAct {
			t.Errorf("the branch acts: %+v", f)
		}
	}
	t.Run("a past day sees the files as they were", func(t *testing.T) {
		p, err := b.Stuck(ctx, board, "C02", date.Must("2024-04-03"))
		ok(t, err)
		if len(p.Files) != 0 {
			t.Errorf("on the last day of three months nobody is stuck: %+v", p.Files)
		}
		if p, err = b.Stuck(ctx, board, "C02", date.Must("2024-04-06")); err != nil || len(p.Files) != 3 {
			t.Errorf("%v %+v", err, p.Files)
		}
	})
	t.Run("a foreign unit is none", func(t *testing.T) {
		_, err := b.Stuck(ctx, b.as(access.BranchSecretary, "C03"), "C02", date.Date{})
		refused(t, err, errs.NotFound, "unit.none")
		_, err = b.Stuck(ctx, b.as(access.PropagandaBoard, "K01"), "C02", date.Date{})
		refused(t, err, errs.NotFound, "")
	})
	t.Run("nobody's step is overdue without a due day, and foreign ones are hidden", func(t *testing.T) {
		l, err := b.Late(ctx, board, "K01")
		ok(t, err)
		for _, f := range l.Files {
			if !f.NextDue.Before(l.Today) {
				t.Errorf("%+v is not late", f)
			}
		}
		_, err = b.Late(ctx, b.as(access.BranchSecretary, "D01.B1"), "C02")
		refused(t, err, errs.NotFound, "unit.none")
	})
}
