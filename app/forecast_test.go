package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/target"
)

// forecastPeople loads people on several steps of the road into the chi bộ cơ sở C02.
func forecastPeople(t *testing.T) (b block, board app.Actor) {
	t.Helper()
	b, board = school(t)
	days := []string{"2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-08", "2024-01-09", "2024-01-22", "2024-02-01", "2024-03-20", "2024-04-15"}
	b.load("C02", admission.Decide, []string{"Trần An", "Trần Bình", "Trần Chi", "Trần Dung", "Trần Giang"}, days...)
	b.load("C02", admission.CompleteDossier, []string{"Nguyễn Thị Dung"}, days...)
	b.load("C02", admission.List, []string{"Nguyễn Thị An"}, "2024-05-02", "2024-05-03")
	return b, board
}

func TestAForecastOfTodayIsThatOfThePastDayThatTodayWillBe(t *testing.T) {
	t.Parallel()
	b, board := forecastPeople(t)
	ctx := t.Context()
	now, err := b.ForecastAll(ctx, board, "K01", 2024, date.Date{})
	ok(t, err)
	if _, err := b.DrawPaces(ctx, app.System("test")); err != nil {
		t.Fatal(err)
	}
	drawn, err := b.ForecastAll(ctx, board, "K01", 2024, date.Date{})
	ok(t, err)
	text := func(a app.ForecastAnswer) string {
		slices.SortFunc(a.Files, func(x, y app.ForecastAnswerFile) int { return strings.Compare(x.File, y.File) })
		out, err := json.Marshal(a)
		ok(t, err)
		return string(out)
	}
	if text(now.Answer()) != text(drawn.Answer()) {
		t.Errorf("with the usual times drawn it is\n%s\nfrom the acts\n%s", text(drawn.Answer()), text(now.Answer()))
	}
	figures, err := b.BlockTable(ctx, board, "K01", 2024)
	ok(t, err)
	if figures.Total.Verdict.Tally != now.Own.Tally || figures.Total.Admitted != now.Own.Admitted {
		t.Errorf("the table has %+v, the forecast %+v", figures.Total.Verdict, now.Own.Verdict)
	}
	if now.Own.Possible != 2 || now.Own.Admitted != 6 || len(now.People) != 2 || now.Own.Plan != nil || now.Own.OnTrack() != nil {
		t.Errorf("%+v", now.Own)
	}
}

func TestAForecastOfAPastDayKnowsWhatWasDoneByThen(t *testing.T) {
	t.Parallel()
	b, board := forecastPeople(t)
	p, err := b.ForecastAll(t.Context(), board, "K01", 2024, date.Must("2024-03-25"))
	ok(t, err)
	if p.Own.Admitted != 1 || p.Own.Open != 6 || p.On != date.Must("2024-03-25") {
		t.Errorf("%+v on %s", p.Own, p.On)
	}
	for _, f := range p.People {
		if f.Earliest.Before(p.On) || f.Stage == admission.Decided {
			t.Errorf("%+v", f)
		}
	}
	school, err := b.Forecast(t.Context(), board, "C02", 2024, date.Date{})
	ok(t, err)
	if !school.School || school.Last.End != date.Must("2024-05-31") || school.YearEnd.End != date.Must("2024-12-31") {
		t.Errorf("the pupils leave on %s, the year ends on %s", school.Last.End, school.YearEnd.End)
	}
}

func TestTheForecastShowsFiguresToWhoMayNotSeePeople(t *testing.T) {
	t.Parallel()
	b, _ := forecastPeople(t)
	ctx := t.Context()
	p, err := b.Forecast(ctx, b.as(access.PropagandaBoard, "K01"), "C02", 2024, date.Date{})
	ok(t, err)
	if len(p.People) != 0 || p.MaySee || p.Own.Possible != 2 {
		t.Errorf("%+v", p)
	}
	other := b.as(access.BranchSecretary, "D01.B1")
	for _, call := range []func(app.Actor) error{
		func(who app.Actor) error { _, err := b.Forecast(ctx, who, "C02", 2024, date.Date{}); return err },
		func(who app.Actor) error { _, err := b.BlockTable(ctx, who, "C02", 2024); return err },
		func(who app.Actor) error {
			_, err := b.Simulate(ctx, who, "C02", 2024, nil, date.Must("2024-12-31"))
			return err
		},
		func(who app.Actor) error { return b.PinUnit(ctx, who, "C02", true) },
		func(who app.Actor) error {
			return b.SetGraduation(ctx, who, "C02", "05-31", date.Must("2024-01-01"), "x")
		},
	} {
		refused(t, call(other), errs.NotFound, "")
	}
	refused(t, b.SetGraduation(ctx, b.as(access.BranchSecretary, "C02"), "C02", "05-31", date.Must("2024-01-01"), "x"), errs.Forbidden, "")
}

func TestTheDayOnWhichPupilsLeaveIsSetWithAReason(t *testing.T) {
	t.Parallel()
	b, board := forecastPeople(t)
	ctx := t.Context()
	for _, c := range []struct{ day, from, reason, key string }{
		{"02-30", "2024-01-01", "x", "forecast.graduation"}, {"02-29", "2024-01-01", "x", "forecast.graduation"}, {"31/5", "2024-01-01", "x", "forecast.graduation"},
		{"06-15", "", "x", "unit.from"}, {"06-15", "2024-01-01", " ", "forecast.reason"},
	} {
		var from date.Date
		if c.from != "" {
			from = date.Must(c.from)
		}
		refused(t, b.SetGraduation(ctx, board, "C02", c.day, from, c.reason), errs.Invalid, c.key)
	}
	ok(t, b.SetGraduation(ctx, board, "C02", "06-15", date.Must("2024-01-01"), "Thông báo của nhà trường"))
	p, err := b.Forecast(ctx, board, "C02", 2024, date.Date{})
	ok(t, err)
	if p.Last.End != date.Must("2024-06-15") || p.Graduates.Reason == "" {
		t.Errorf("%+v", p.Graduates)
	}
	if past, err := b.Forecast(ctx, board, "C02", 2023, date.Must("2023-12-01")); err != nil || past.Last.End != date.Must("2023-05-31") {
		t.Errorf("before the day from which it holds the pupils left on %s, %v", past.Last.End, err)
	}
}

func TestASimulationAsksTheRatingItself(t *testing.T) {
	t.Parallel()
	b, board := forecastPeople(t)
	ctx := t.Context()
	ok(t, b.AssignTarget(ctx, board, app.NewTarget{Unit: "C02", Year: 2024, Indicator: target.Admission, Min: 7, Seq: 1, Document: "12-QĐ/ĐU", Reason: "rà soát nguồn"}))
	p, err := b.ForecastAll(ctx, board, "C02", 2024, date.Date{})
	ok(t, err)
	var ready string
	for _, f := range p.People {
		if f.Stage == admission.Ready {
			ready = f.ID
		}
	}
	s, err := b.Simulate(ctx, board, "C02", 2024, []string{ready, "nobody"}, date.Must("2024-12-31"))
	ok(t, err)
	if len(s.Chosen) != 1 || !s.Chosen[0].InTime || len(s.Units) != 1 || !s.Units[0].Reaches() || !s.Units[0].Rated {
		t.Fatalf("%+v %+v", s.Chosen, s.Units)
	}
	var steps []string
	for _, x := range s.Chosen[0].Steps {
		steps = append(steps, string(x.Step))
	}
	if fmt.Sprint(steps) != "[branch_meeting decision]" {
		t.Errorf("of a complete dossier the steps ahead are %v", steps)
	}
	rating, err := b.Rating(ctx, board, "C02", 2024)
	ok(t, err)
	if (rating.Ceiling == nil) != (s.Units[0].Before == nil) {
		t.Errorf("the rating has %v, the simulation begins with %v", rating.Ceiling, s.Units[0].Before)
	}
	for _, c := range []struct {
		files []string
		by    string
	}{{nil, "2024-01-01"}, {nil, "2025-01-01"}, {slices.Repeat([]string{"x"}, 101), "2024-12-31"}} {
		_, err := b.Simulate(ctx, board, "C02", 2024, c.files, date.Must(c.by))
		refused(t, err, errs.Invalid, "")
	}
}

func TestUnitsArePinnedAndStatesFollowTheRules(t *testing.T) {
	t.Parallel()
	b, board := forecastPeople(t)
	ctx := t.Context()
	ok(t, b.PinUnit(ctx, board, "C02", true))
	tab, err := b.BlockTable(ctx, board, "K01", 2024)
	ok(t, err)
	for _, r := range tab.Rows {
		if r.Pinned != (r.Unit.Code == "C02") {
			t.Errorf("%s pinned %v", r.Unit.Code, r.Pinned)
		}
	}
	plan := 3
	idle := app.TableRow{Source: 2}
	behind := app.TableRow{ForecastLine: app.ForecastLine{Verdict: target.Verdict{Plan: &plan, Admitted: 1}}, Source: 2}
	for state, r := range map[app.TableState]app.TableRow{app.TableIdle: idle, app.TableBehind: behind, app.TableNone: {}, "": {Source: 2, ForecastLine: app.ForecastLine{Verdict: target.Verdict{Admitted: 1}}}} {
		if got := r.State(); got != state {
			t.Errorf("got %q, want %q", got, state)
		}
	}
}
