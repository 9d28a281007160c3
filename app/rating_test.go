package app_test

import (
	"slices"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rating"
	"ketnap/source"
	"ketnap/target"
)

// road is how one comes from the first name to the decision; each step on the day given.
func road(until admission.Code, days ...string) []admission.Act {
	all := []admission.Act{
		{Code: admission.Introduce, By: admission.YouthUnion, Number: "01-NQ/ĐTN"}, {Code: admission.List, Number: "02-NQ/CB"},
		{Code: admission.AssignHelper, Helper: "Trần Văn Bình"}, {Code: admission.Certify, Number: "12"}, {Code: admission.Apply},
		{Code: admission.SendVerification, To: "Đảng ủy xã Quảng Phú"}, {Code: admission.ConcludeVerification, Result: admission.ResultClear},
		{Code: admission.CompleteDossier}, {Code: admission.BranchResolution, Number: "03-NQ/CB", Votes: &admission.Votes{Members: 15, Present: 15, For: 15}},
		{Code: admission.Decide, Number: "04-QĐ/ĐUK", Votes: &admission.Votes{Members: 9, Present: 9, For: 9}},
	}
	var out []admission.Act
	for i, a := range all {
		a.On = date.Must(days[min(i, len(days)-1)])
		if a.Code == admission.CompleteDossier {
			a.Papers = map[admission.PaperCode]date.Date{}
			for _, p := range admission.DossierPapers(admission.YouthUnion) {
				a.Papers[p] = a.On
			}
		}
		if out = append(out, a); a.Code == until {
			break
		}
	}
	return out
}

// load writes people of a branch who came as far as an act.
func (b block) load(branch string, until admission.Code, names []string, days ...string) {
	b.t.Helper()
	ctx, system := b.t.Context(), app.System("test")
	unit, err := b.Unit(ctx, system, branch)
	ok(b.t, err)
	top := unit.Line[len(unit.Line)-1]
	var people []app.History
	for _, name := range names {
		n, err := person.Parse(name)
		ok(b.t, err)
		people = append(people, app.History{Name: n, Birth: date.Must("2000-03-01"), Sex: person.Female, Unit: unit.Unit.No, Acts: road(until, days...)})
	}
	ok(b.t, b.LoadHistories(ctx, system, top.No, people))
}

// school is a block whose school has 15 members, was to admit 5 in 2024 and admitted 1.
func school(t testing.TB) (b block, board app.Actor) {
	b = newBlock(t)
	ctx, system, from := t.Context(), app.System("test"), date.Must("2021-01-04")
	ok(t, b.SetCounts(ctx, system, "K01", from, map[org.CountKind]int{org.StandingMembers: 9}))
	ok(t, b.SetCounts(ctx, system, "C02", from, map[org.CountKind]int{org.OfficialMembers: 15}))
	board = b.as(access.OrgBoard, "K01")
	ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: "C02", Year: 2024, Indicator: target.Admission, Min: 5}))
	b.load("C02", admission.Decide, []string{"Lê Thị Lan"}, "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-08", "2024-01-09", "2024-01-22", "2024-02-01", "2024-02-20", "2024-03-15")
	return b, board
}

func (b block) rated(who app.Actor, unit string, year int) app.RatingPage {
	b.t.Helper()
	p, err := b.Rating(b.t.Context(), who, unit, year)
	ok(b.t, err)
	return p
}

func TestTheCeilingComesAndGoesWithPlanSourceAndYear(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	if p := b.rated(board, "C02", 2024); p.Ceiling != nil || p.Admitted != 1 || *p.Plan != 5 || len(p.Ceilings) != 0 {
		t.Fatalf("no letter yet: %+v", p.Rating)
	}
	b.goals(board) // the letter's clause 1: source and a missed plan deny the highest level
	if p := b.rated(board, "C02", 2024); p.Ceiling != nil || p.HasSource {
		t.Fatalf("no source yet: %+v", p.Rating)
	}
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Văn Minh", "Đỗ Thị Hoa"}, "2024-01-10", "2024-01-11")
	p := b.rated(board, "C02", 2024)
	if p.Ceiling == nil || *p.Ceiling != rating.Good || len(p.Source) != 2 || p.Source[0].Name == "" || len(p.Admissions) != 1 || len(p.Ceilings) == 0 || !slices.Equal(p.Years, []int{2024, 2025}) {
		t.Fatalf("%+v", p)
	}
	if p.Source[0].Stuck != admission.WaitingClass.Words() || p.Source[0].NextAct != admission.Certify {
		t.Errorf("source %+v", p.Source[0])
	}
	if p := b.rated(board, "C02", 2025); p.Ceiling != nil || p.Plan != nil {
		t.Errorf("no plan for 2025: %+v", p.Rating)
	}
	ok(t, b.AssignTarget(t.Context(), board, app.NewTarget{Unit: "C02", Year: 2026, Indicator: target.Admission, Min: 5}))
	if p := b.rated(board, "C02", 2026); p.Ceiling != nil || p.Plan == nil || len(p.Ceilings) != 0 {
		t.Errorf("no clause covers 2026: %+v", p.Rating)
	}
	cell := b.cell(board, "C02", target.Admission)
	ok(t, b.AssignTarget(t.Context(), board, app.NewTarget{Unit: "C02", Year: 2024, Indicator: target.Admission, Min: 1, Seq: cell.Seq, Reason: "giảm đầu lớp", Document: "15-CV/ĐUK"}))
	if p := b.rated(board, "C02", 2024); p.Ceiling != nil || len(p.Figures) != len(p.History) || p.Missed() {
		t.Errorf("the plan is reached: %+v", p.Rating)
	}
}

func TestTheTableOfAYearSaysWhatEachRatingSays(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	b.goals(board)
	b.load("C02", admission.AssignHelper, []string{"Nguyễn Văn Minh"}, "2024-01-10")
	for _, year := range []int{2023, 2024, 2025} {
		table, err := b.Ratings(t.Context(), board, "K01", year)
		ok(t, err)
		if len(table.Lines) != 3 {
			t.Fatalf("%d children", len(table.Lines))
		}
		for _, l := range table.Lines {
			p := b.rated(board, string(l.Unit.Code), year)
			if (p.Ceiling == nil) != (l.Rating.Ceiling == nil) || p.Admitted != l.Rating.Admitted || len(p.Source) != l.Source || p.Sentence() != l.Rating.Sentence() {
				t.Errorf("%d %s: %+v, in the table %+v", year, l.Unit.Code, p.Rating, l.Rating)
			}
		}
	}
}

func TestARecordedJudgementRulesOverTheFiles(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	ctx := t.Context()
	b.goals(board)
	b.load("C02", admission.Certify, []string{"Nguyễn Văn Minh"}, "2024-01-10", "2024-01-11", "2024-01-12", "2024-01-15")
	secretary := b.as(access.BranchSecretary, "C02")
	if p := b.rated(secretary, "C02", 2024); p.MayJudge != source.Declared || p.Ceiling == nil {
		t.Fatalf("%+v", p)
	}
	p := b.rated(board, "C02", 2024)
	if p.MayJudge != source.Checked {
		t.Errorf("the board judges at level %d", p.MayJudge)
	}
	warned := p.Contradictions(false)
	if len(warned) != 2 || warned[0].Rule != "TGT-27" || !strings.Contains(warned[0].Message, "còn 1 người") || !strings.Contains(warned[1].Message, "giấy chứng nhận") || len(p.Contradictions(true)) != 0 {
		t.Errorf("contradictions: %+v", warned)
	}
	if w := b.rated(board, "C03", 2024).Contradictions(true); len(w) != 1 {
		t.Errorf("source without a file: %+v", w)
	}
	refused(t, b.JudgeSource(ctx, secretary, "C02", 2024, false, " "), errs.Invalid, "source.reason")
	refused(t, b.JudgeSource(ctx, secretary, "C02", 2025, true, ""), errs.Invalid, "source.year")
	refused(t, b.JudgeSource(ctx, secretary, "C02", 2024, false, strings.Repeat("a", 1001)), errs.Invalid, "source.reason_long")
	refused(t, b.JudgeSource(ctx, secretary, "C03", 2024, true, ""), errs.NotFound, "")
	refused(t, b.JudgeSource(ctx, b.as(access.StandingCommittee, "K01"), "C02", 2024, true, ""), errs.Forbidden, "")
	ok(t, b.JudgeSource(ctx, secretary, "C02", 2024, false, string(source.NotWilling)))
	if p := b.rated(board, "C02", 2024); p.Ceiling != nil || p.HasSource || p.HasSourceBasis != rating.Recorded || len(p.Judgements) != 1 {
		t.Errorf("declared none: %+v", p.Rating)
	}
	ok(t, b.JudgeSource(ctx, board, "C02", 2024, true, ""))
	ok(t, b.JudgeSource(ctx, secretary, "C02", 2024, false, "quần chúng đi học xa"))
	if p := b.rated(board, "C02", 2024); p.Ceiling == nil || !p.HasSource {
		t.Errorf("the board's judgement rules over a later one of the branch: %+v", p.Rating)
	}
}

func TestRatingsAreSeenByWhoMay(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	ctx := t.Context()
	for _, who := range []app.Actor{b.as(access.BranchSecretary, "C03"), b.as(access.PropagandaBoard, "K01"), b.as(access.Auditor, "K01")} {
		_, err := b.Rating(ctx, who, "C02", 2024)
		refused(t, err, errs.NotFound, "")
		_, err = b.Ratings(ctx, who, "K01", 2024)
		refused(t, err, errs.NotFound, "")
	}
	for _, year := range []int{1999, 2101} {
		_, err := b.Rating(ctx, board, "C02", year)
		refused(t, err, errs.NotFound, "rating.year")
		_, err = b.Ratings(ctx, board, "K01", year)
		refused(t, err, errs.NotFound, "rating.year")
	}
}
