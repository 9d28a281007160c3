package target

import (
	"slices"
	"testing"

	"ketnap/admission"
	"ketnap/date"

	"pgregory.net/rapid"
)

func went(days ...int) (out []Stay) {
	for _, d := range days {
		out = append(out, Stay{Days: d, Went: true})
	}
	return out
}

func TestHalfOfTheFilesAreThroughAfterTheMedian(t *testing.T) {
	t.Parallel()
	lost, still := Stay{Days: 3, Lost: true}, Stay{Days: 50}
	for _, c := range []struct {
		name   string
		stays  []Stay
		passed int
		left   int
		ok     bool
	}{
		{name: "nobody came to the step"},
		{name: "of one file its own time", stays: went(12), left: 12, ok: true},
		{name: "of five the middle one", stays: went(10, 20, 30, 40, 50), left: 30, ok: true},
		{name: "what has waited is compared with those that waited as long", stays: went(10, 20, 30, 40, 50), passed: 25, left: 15, ok: true},
		{name: "who waits longer than anybody is not told a day", stays: went(10, 20), passed: 20},
		{name: "who dropped out is never through", stays: append(went(10, 20), lost, lost, lost)},
		{name: "who dropped out makes the rest seem slower", stays: append(went(10, 20, 30), lost), left: 20, ok: true},
		{name: "who still waits says nothing of the time after", stays: append(went(60, 70, 80), still, still), left: 70, ok: true},
	} {
		if left, ok := Curve(c.stays).Left(c.passed); left != c.left || ok != c.ok {
			t.Errorf("%s: got %d, %v", c.name, left, ok)
		}
	}
	if n := Curve(append(went(1, 2, 3), lost)).Through(); n != 750 {
		t.Errorf("three of four came through, got %d of a thousand", n)
	}
}

func TestACurveNeverRisesAndIsBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		stays := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Stay {
			s := Stay{Days: rapid.IntRange(0, 900).Draw(t, "days")}
			switch rapid.IntRange(0, 2).Draw(t, "end") {
			case 0:
				s.Went = true
			case 1:
				s.Lost = true
			}
			return s
		})).Draw(t, "stays")
		w := Curve(stays)
		last := Mark{Days: -1, Left: all}
		for _, m := range w.Marks {
			if m.Days <= last.Days || m.Left > last.Left || m.Left < 0 {
				t.Fatalf("%+v behind %+v", m, last)
			}
			last = m
		}
		if len(w.Marks) > paceMarks || w.Cases != len(stays) {
			t.Fatalf("%d marks of %d cases", len(w.Marks), w.Cases)
		}
		passed := rapid.IntRange(0, 900).Draw(t, "passed")
		if left, ok := w.Left(passed); ok && (left < 1 || 2*w.at(passed+left) > w.at(passed)) {
			t.Fatalf("half are not through %d days after %d", left, passed)
		}
	})
}

func TestAFileStaysOnEachStepUntilItIsDecided(t *testing.T) {
	t.Parallel()
	day := date.Must("2024-01-01")
	act := func(code admission.Code, after int) admission.Act {
		return admission.Act{Code: code, On: day.AddDays(after)}
	}
	road := []admission.Act{act(admission.Introduce, 0), act(admission.List, 10), act(admission.Certify, 30), act(admission.Certify, 35), act(admission.Decide, 100), act(admission.Ceremony, 120)}
	got := map[admission.Stage]Stay{}
	for _, s := range Stays(road, day.AddDays(200)) {
		got[s.Stage] = s
	}
	for stage, days := range map[admission.Stage]int{admission.Outstanding: 100, admission.Listed: 90, admission.Certified: 70, admission.Decided: 20} {
		if s := got[stage]; s.Days != days || !s.Went {
			t.Errorf("%s: got %+v, want %d days", stage, s, days)
		}
	}
	for _, s := range Stays(road, day.AddDays(50)) {
		if s.Went || s.Lost || s.Days != 50-s.From.Sub(day) {
			t.Errorf("on the fiftieth day nothing was decided: %+v", s)
		}
	}
	refused := slices.Concat(road[:4], []admission.Act{{Code: admission.Refuse, Stage: admission.Listed, On: day.AddDays(60)}})
	for _, s := range Stays(refused, day.AddDays(90)) {
		if s.Lost != (s.Stage == admission.Certified) {
			t.Errorf("refused to the list: %+v", s)
		}
	}
	if voided := Stays([]admission.Act{{Code: admission.Introduce, On: day, Voided: true}}, day); len(voided) != 0 {
		t.Errorf("a voided act led nowhere: %+v", voided)
	}
}
