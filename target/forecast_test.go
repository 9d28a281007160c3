package target

import (
	"fmt"
	"slices"
	"testing"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"

	"pgregory.net/rapid"
)

func forecastWorld() admission.World {
	return admission.World{Today: date.Must("2050-01-01"), Sets: admission.Regulation(), Calendar: date.Builtin(),
		Over: admission.Over{Base: true}, Counts: admission.Counts{Branch: 20, Base: 9, Standing: 9}}
}

// forecastPlay records acts on a file and gathers what the rules said.
type forecastPlay struct {
	t     *rapid.T
	file  admission.File
	world admission.World
	said  []rule.Finding
}

func (p *forecastPlay) do(code admission.Code, on date.Date) bool {
	p.t.Helper()
	a := admission.Act{ID: fmt.Sprintf("a%d", len(p.file.Acts)), Code: code, On: on, Number: "12-NQ/CB", Note: "lý do"}
	switch code {
	case admission.Introduce:
		a.By = admission.YouthUnion
	case admission.AssignHelper, admission.Ceremony:
		a.Helper = "Trần Văn Bình"
	case admission.Consent:
		a.Rule = "DL-80"
	case admission.SendVerification:
		a.To = "Đảng ủy xã"
	case admission.ConcludeVerification:
		a.Result = admission.ResultClear
	case admission.CompleteDossier:
		a.Papers = map[admission.PaperCode]date.Date{}
		for _, c := range admission.DossierPapers(p.file.By) {
			a.Papers[c] = on
		}
	case admission.BranchResolution:
		a.Votes = &admission.Votes{Members: 20, Present: 20, For: 20}
	case admission.BaseResolution, admission.Decide:
		a.Votes = &admission.Votes{Members: 9, Present: 9, For: 9}
	}
	w := p.world
	w.Today = on
	next, _, findings := admission.Advance(p.file, a, w)
	p.said = append(p.said, findings...)
	p.file = next
	return !rule.Blocked(findings)
}

func (p *forecastPlay) all(on date.Date, codes ...admission.Code) bool {
	ok := true
	for _, c := range codes {
		ok = p.do(c, on) && ok
	}
	return ok
}

// late reports whether a term that binds somebody was missed.
func (p *forecastPlay) late() string {
	w := p.world
	w.Today = p.file.Last
	for _, d := range p.file.Deadlines(w) {
		if d.Late && slices.Contains([]string{"DL-20", "DL-40", "DL-70", "DL-80"}, d.Rule) {
			return d.Rule
		}
	}
	for _, f := range p.said {
		if f.Severity == rule.Block || slices.Contains([]string{"DL-71", "DL-80", "DL-20", "DL-40"}, f.Rule) {
			return f.Rule + ": " + f.Message
		}
	}
	return ""
}

func lastEnd(t *rapid.T) date.Date {
	year := rapid.IntRange(2022, 2045).Draw(t, "year")
	month := rapid.SampledFrom([]int{5, 6, 12, 12, 12}).Draw(t, "month")
	end, err := date.New(year, month, date.DaysIn(year, month))
	if err != nil {
		t.Fatal(err)
	}
	return end.AddDays(-rapid.IntRange(0, 20).Draw(t, "before"))
}

// road plays the class, the request, the meeting and what follows, every body using the
// whole of its legal term, and says what failed: "" for nothing.
func (l LastDates) road(t *rapid.T, class ClassTerm, shift LastStep) string {
	p := &forecastPlay{t: t, world: forecastWorld(), file: admission.Replay(admission.File{ID: "f", Unit: "CB1", Name: "A", Birth: date.Must("1990-03-01"), Version: 1})}
	cal := p.world.Calendar
	on := func(s LastStep) date.Date {
		day := l.On(s)
		if s == shift {
			r, err := cal.NextWorking(day.AddDays(1))
			if err != nil {
				t.Fatal(err)
			}
			day = r.Due
		}
		return day
	}
	term := func(id string, from date.Date) date.Date {
		s, err := p.world.Sets.Term(id, from)
		if err != nil {
			t.Fatal(err)
		}
		d, err := admission.Compute(s, id, from, cal, false)
		if err != nil {
			t.Fatal(err)
		}
		return d.Due
	}
	start := on(LastClassStart)
	end := later(start, on(LastClassEnd))
	if class.Days > 1 {
		r, err := cal.AddWorking(start, class.Days-1)
		if err != nil {
			t.Fatal(err)
		}
		end = later(end, r.Due)
	}
	request := later(later(on(LastRequest), on(LastCertificate)), end.AddDays(class.Certificate))
	if r, err := cal.NextWorking(request); err == nil { // offices send on working days
		request = r.Due
	}
	p.all(start.AddDays(-30), admission.Introduce, admission.List, admission.AssignHelper)
	p.all(request, admission.Certify, admission.Apply, admission.SendVerification, admission.ReceiveRequest)
	answer := term("DL-40", request)
	meeting := later(on(LastMeeting), answer)
	p.all(meeting, admission.ConcludeVerification, admission.CompleteDossier, admission.BranchResolution)
	decision := term("DL-70", meeting)
	if shift == LastDecision {
		decision = later(decision, on(LastDecision))
	}
	p.all(decision, admission.BaseResolution, admission.Decide, admission.ReceiveDecision)
	counts := decision
	if l.Event == ByCeremony {
		counts = term("DL-80", decision)
		if shift == LastCeremony {
			counts = later(counts, on(LastCeremony))
		}
		p.do(admission.Ceremony, counts)
	}
	if late := p.late(); late != "" {
		return late
	}
	if want := map[Event]admission.Stage{ByDecision: admission.Decided, ByCeremony: admission.Probationary}[l.Event]; p.file.Stage != want {
		return "stands at " + string(p.file.Stage)
	}
	if counts.After(l.End) {
		return "ends " + counts.String()
	}
	return ""
}

// TestTheLastDatesFollowedExactlySucceedAndOneWorkingDayLaterFail plays the road through
// the state machine with the rule sets and the calendar of its days.
func TestTheLastDatesFollowedExactlySucceedAndOneWorkingDayLaterFail(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		class := ClassTerm{Days: rapid.IntRange(1, 12).Draw(t, "days"), Certificate: rapid.IntRange(0, 30).Draw(t, "certificate")}
		event := rapid.SampledFrom([]Event{ByDecision, ByCeremony}).Draw(t, "event")
		l, err := LastUseful(lastEnd(t), event, class, admission.Regulation(), date.Builtin())
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(l.Steps); i++ {
			if l.Steps[i].On.Before(l.Steps[i-1].On) {
				t.Fatalf("%s comes before %s", l.Steps[i].Step, l.Steps[i-1].Step)
			}
		}
		if failed := l.road(t, class, ""); failed != "" {
			t.Fatalf("%+v: followed exactly, %s", l, failed)
		}
		for _, s := range l.Steps {
			if l.road(t, class, s.Step) == "" {
				t.Fatalf("%s one working day after %s still ends in time", s.Step, s.On)
			}
		}
	})
}

func TestTheLastDatesOf2024(t *testing.T) {
	t.Parallel()
	l, err := LastUseful(date.Must("2024-12-31"), ByDecision, DefaultClass(), admission.Regulation(), date.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	got := map[LastStep]string{}
	for _, s := range l.Steps {
		got[s.Step] = s.On.String()
		if s.Cite == "" && s.Rule != "CAL-01" || s.Sentence == "" || s.Step.Words() == string(s.Step) {
			t.Errorf("%+v is not told", s)
		}
	}
	for step, want := range map[LastStep]string{LastDecision: "2024-12-31", LastMeeting: "2024-10-08", LastRequest: "2024-08-23",
		LastClassEnd: "2024-08-08", LastClassStart: "2024-08-02"} {
		if got[step] != want {
			t.Errorf("%s: got %s, want %s", step, got[step], want)
		}
	}
	if _, err := LastUseful(date.Must("2016-02-01"), ByCeremony, DefaultClass(), admission.Regulation(), date.Builtin()); err == nil {
		t.Error("a road that begins before every calendar is none")
	}
}

// soonest plays every remaining step on a day and says whether the file is admitted by it.
func soonest(t *rapid.T, f admission.File, day date.Date, event Event, learned date.Date) bool {
	p := &forecastPlay{t: t, file: f, world: forecastWorld()}
	if learned.After(day) {
		return false // the class that it needs has not ended
	}
	for range 20 {
		w := p.world
		w.Today = day
		if p.file.Stage == admission.Probationary || p.file.Stage == admission.Decided && event == ByDecision {
			return true
		}
		next := p.file.Next(w)
		if len(next) == 0 {
			return false
		}
		if !p.do(next[0].Act, day) {
			return false
		}
	}
	return false
}

// TestTheEarliestAdmissionIsTheFirstDayThatTheRulesLetItBe plays a file on to the day that
// is told, and shows that no working day before it would do.
func TestTheEarliestAdmissionIsTheFirstDayThatTheRulesLetItBe(t *testing.T) {
	t.Parallel()
	road := []admission.Code{admission.Introduce, admission.List, admission.AssignHelper, admission.Certify, admission.Apply, admission.SendVerification,
		admission.ReceiveRequest, admission.ConcludeVerification, admission.CompleteDossier, admission.BranchResolution, admission.BaseResolution, admission.Decide, admission.ReceiveDecision}
	rapid.Check(t, func(t *rapid.T) {
		birth := date.Must("2004-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "birth"))
		day := date.Must("2022-03-01").AddDays(rapid.IntRange(0, 700).Draw(t, "begin"))
		p := &forecastPlay{t: t, world: forecastWorld(), file: admission.Replay(admission.File{ID: "f", Unit: "CB1", Name: "A", Birth: birth, Version: 1})}
		for _, code := range road[:rapid.IntRange(0, len(road)).Draw(t, "acts")] {
			day = day.AddDays(rapid.IntRange(0, 20).Draw(t, "step"))
			p.do(code, day)
		}
		if p.file.Stage == admission.New {
			return
		}
		today := day.AddDays(rapid.SampledFrom([]int{0, 1, 5, 30, 200, 1700}).Draw(t, "later"))
		event := rapid.SampledFrom([]Event{ByDecision, ByCeremony}).Draw(t, "event")
		f := Forecaster{Today: today, Event: event, Class: DefaultClass(), Sets: p.world.Sets, Calendar: p.world.Calendar}
		w := p.world
		w.Today = today
		b := p.file.Brief(w)
		c := Candidate{Stage: p.file.Stage, Since: p.file.Since, Birth: birth, CertificateUntil: b.CertificateUntil, PapersUntil: b.PapersUntil,
			VoteFrom: VoteFrom(p.file, w), Base: true}
		o := f.Outlook(c, Paces{})
		if !f.Awaits(c.Stage) {
			if !o.Earliest.IsZero() {
				t.Fatalf("at %s nothing is awaited", c.Stage)
			}
			return
		}
		learned := date.Date{}
		if o.Has(CauseClass) || o.Has(CauseCertificate) {
			learned = f.learned()
		}
		if o.Earliest.IsZero() {
			t.Fatalf("no day for %+v: %+v", c, o)
		}
		if o.Earliest.Before(today) || !soonest(t, p.file, o.Earliest, event, learned) {
			t.Fatalf("%+v is not admitted on %s: %+v", c, o.Earliest, o)
		}
		for d := today; d.Before(o.Earliest); d = d.AddDays(1) {
			if birth.MonthsUntil(d) >= 216 && birth.AddMonths(216).After(d) {
				continue // in the month of the birthday the rules warn only
			}
			if working, _, err := f.Calendar.IsWorking(d); err == nil && working && soonest(t, p.file, d, event, learned) {
				t.Fatalf("%+v is admitted on %s already, not on %s", c, d, o.Earliest)
			}
		}
	})
}
