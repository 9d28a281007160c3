package class

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"ketnap/date"
	"ketnap/rule"
)

var (
	before = date.Must("2025-11-30") //nolint:gochecknoglobals // a date never changes
	since  = date.Must("2025-12-01") //nolint:gochecknoglobals // a date never changes
)

func mark(n int) *Mark { m := Mark(n); return &m }

func TestGradesBeginWhereTheRegulationSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mark        Mark
		before, now Grade
	}{
		{0, NoGrade, NoGrade}, {49, NoGrade, NoGrade}, {50, Passed, Average}, {69, Passed, Average}, {70, Good, Good}, {79, Good, Good},
		{80, VeryGood, VeryGood}, {89, VeryGood, VeryGood}, {90, Excellent, Excellent}, {100, Excellent, Excellent},
	} {
		if got := RegulationOn(since).GradeOf(c.mark); got != c.now {
			t.Errorf("%s since 01/12/2025 is %s", c.mark, got)
		}
		if got := RegulationOn(before).GradeOf(c.mark); got != c.before {
			t.Errorf("%s before 01/12/2025 is %s", c.mark, got)
		}
	}
}

func TestEighteenOfFiftyPeriodsMissedIsTooMuch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		attended, periods int
		on                date.Date
		want              string
	}{
		{40, 50, since, "[]"}, {39, 50, since, "[block]"}, {39, 50, before, "[warn]"}, {0, 0, since, "[block]"}, {16, 20, since, "[]"}, {24, 30, since, "[]"}, {23, 30, since, "[block]"},
	} {
		var got []rule.Severity
		for _, f := range RegulationOn(c.on).MayWrite(Tally{Periods: c.periods, Attended: c.attended}) {
			got = append(got, f.Severity)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%d of %d on %s: %v", c.attended, c.periods, c.on, got)
		}
	}
}

func TestWhoAttendsMoreIsNeverBarredForIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 24).Draw(t, "sessions")
		sessions, roll := make([]Session, n), map[string]Presence{}
		for i := range sessions {
			sessions[i] = Session{ID: fmt.Sprint(i), Periods: rapid.IntRange(1, 10).Draw(t, "periods"), State: rapid.SampledFrom([]SessionState{Planned, Planned, CalledOff}).Draw(t, "state")}
			roll[sessions[i].ID] = rapid.SampledFrom(append(Presences(), Unknown)).Draw(t, "presence")
		}
		r := RegulationOn(rapid.SampledFrom([]date.Date{before, since}).Draw(t, "day"))
		was := TallyOf(sessions, roll)
		roll[fmt.Sprint(rapid.IntRange(0, n-1).Draw(t, "better"))] = Present
		is := TallyOf(sessions, roll)
		if is.Attended < was.Attended || is.Attended > is.Periods || was.Reaches(r.Percent) && !is.Reaches(r.Percent) {
			t.Fatalf("%+v became %+v", was, is)
		}
		if is.Reaches(r.Percent) != (is.Percent() >= r.Percent) {
			t.Fatalf("%+v shows %d%%", is, is.Percent())
		}
	})
}

func TestABetterMarkNeverMakesAWorseResult(t *testing.T) {
	t.Parallel()
	rank := map[Outcome]int{OutcomeRetake: 0, OutcomeFailed: 0, OutcomePassed: 1}
	rapid.Check(t, func(t *rapid.T) {
		r := RegulationOn(rapid.SampledFrom([]date.Date{before, since}).Draw(t, "day"))
		a := rapid.IntRange(0, 100).Draw(t, "a")
		b := rapid.IntRange(a, 100).Draw(t, "b")
		full := Tally{Periods: 50, Attended: 50}
		x, y := r.Judge(full, Essay{First: mark(a)}), r.Judge(full, Essay{First: mark(b)})
		if rank[x.Outcome] > rank[y.Outcome] {
			t.Fatalf("%d is %s, %d is %s", a, x.Outcome, b, y.Outcome)
		}
		if (y.Grade == NoGrade) == (y.Outcome == OutcomePassed) {
			t.Fatalf("%d: %s with grade %q", b, y.Outcome, y.Grade)
		}
	})
}

func TestWhatBecomesOfALearner(t *testing.T) {
	t.Parallel()
	full, little := Tally{Periods: 50, Attended: 45}, Tally{Periods: 50, Attended: 35}
	for name, c := range map[string]struct {
		on    date.Date
		tally Tally
		essay Essay
		want  Outcome
		grade Grade
	}{
		"passes at once":                          {since, full, Essay{First: mark(72)}, OutcomePassed, Good},
		"may write again":                         {since, full, Essay{First: mark(49)}, OutcomeRetake, NoGrade},
		"passes the retake":                       {since, full, Essay{First: mark(30), Retake: mark(55)}, OutcomePassed, Average},
		"fails twice":                             {since, full, Essay{First: mark(30), Retake: mark(49)}, OutcomeFailed, NoGrade},
		"wrote nothing":                           {since, full, Essay{}, OutcomeNone, NoGrade},
		"attended too little":                     {since, little, Essay{}, OutcomeBarred, NoGrade},
		"attended too little, whatever the essay": {since, little, Essay{First: mark(90)}, OutcomeBarred, NoGrade},
		"attended too little before it was a regulation": {before, little, Essay{First: mark(90)}, OutcomePassed, Excellent},
	} {
		got := RegulationOn(c.on).Judge(c.tally, c.essay)
		if got.Outcome != c.want || got.Grade != c.grade {
			t.Errorf("%s: %s, %q", name, got.Outcome, got.Grade)
		}
	}
}

func TestAnEssayIsWrittenAgainOnce(t *testing.T) {
	t.Parallel()
	full := Tally{Periods: 50, Attended: 50}
	for name, c := range map[string]struct {
		essay   Essay
		attempt int
		allowed bool
	}{
		"the first essay":              {Essay{}, 1, true},
		"the retake of a failed one":   {Essay{First: mark(40)}, 2, true},
		"a retake without a first":     {Essay{}, 2, false},
		"a retake of a passed one":     {Essay{First: mark(50)}, 2, false},
		"a second retake":              {Essay{First: mark(40), Retake: mark(45)}, 3, false},
		"an essay before the first is": {Essay{}, 0, false},
	} {
		if got := RegulationOn(since).Allowed(full, c.essay, c.attempt); rule.Blocked(got) == c.allowed {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestResultsWaitForTheLastSessionAndItsRoll(t *testing.T) {
	t.Parallel()
	sessions := []Session{
		{ID: "a", Slot: Slot{since, Morning}, Periods: 5, State: Planned},
		{ID: "b", Slot: Slot{since.AddDays(3), Morning}, Periods: 5, State: Planned},
		{ID: "c", Slot: Slot{since.AddDays(9), Morning}, Periods: 5, State: CalledOff},
	}
	for name, c := range map[string]struct {
		sessions []Session
		open     int
		on       date.Date
		allowed  bool
	}{
		"on the last day":                      {sessions, 0, since.AddDays(3), true},
		"the day before":                       {sessions, 0, since.AddDays(2), false},
		"with an open roll":                    {sessions, 1, since.AddDays(4), false},
		"without any session":                  {nil, 0, since, false},
		"where all sessions were called off":   {sessions[2:], 0, since.AddDays(20), false},
		"before a session that was called off": {sessions, 0, since.AddDays(5), true},
	} {
		if got := MayDecide(c.sessions, c.open, c.on); rule.Blocked(got) == c.allowed {
			t.Errorf("%s: %v", name, got)
		}
	}
}
