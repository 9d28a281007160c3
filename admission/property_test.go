package admission

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/rule"

	"pgregory.net/rapid"
)

// drawAct draws an act that often fits, and often is wrong in one thing.
func drawAct(t *rapid.T, f File, w World) Act {
	codes := Codes()
	switch next := f.Next(w); rapid.IntRange(0, 9).Draw(t, "which") {
	case 0: // any act
	case 1, 2, 3: // one that the stage leads to
		codes = f.Possible(w.Over)
	default: // the one that the file waits for
		if len(next) > 0 { // of an old file a new certificate comes first, which need not be got
			codes = []Code{rapid.SampledFrom(next).Draw(t, "step").Act}
		}
	}
	on := f.Last
	if on.IsZero() {
		on = date.Must("2021-05-04")
	}
	on = on.AddDays(rapid.SampledFrom([]int{0, 0, 1, 3, 10, 30, 45, 100, -1, 400}).Draw(t, "later"))
	if f.Stage == ReviewReady && rapid.Bool().Draw(t, "after probation") {
		on = f.probationEnd(w).AddDays(1)
	}
	a := usual(f, rapid.SampledFrom(codes).Draw(t, "act"), on)
	if a.Code == Void && len(f.Acts) > 0 && rapid.Bool().Draw(t, "earlier") {
		a.ActID = rapid.SampledFrom(f.Acts).Draw(t, "void").ID
	}
	if a.Code == Apply && rapid.IntRange(0, 3).Draw(t, "person") == 0 {
		a.Education, a.Area = rapid.SampledFrom(Educations()).Draw(t, "education"), rapid.SampledFrom([]Area{"", AreaOrdinary, AreaSpecial}).Draw(t, "area")
		a.Readmission = &Readmission{Left: on.AddMonths(-rapid.IntRange(1, 80).Draw(t, "left")), Reason: rapid.SampledFrom(LeavingReasons()).Draw(t, "reason")}
	}
	if a.Code == Consent && f.Again() && rapid.Bool().Draw(t, "readmission") {
		a.Rule = termReadmission
	}
	switch rapid.IntRange(0, 18).Draw(t, "wrong") {
	case 0:
		a.Number = ""
	case 1:
		a.Votes = &Votes{Members: rapid.IntRange(-1, 25).Draw(t, "members"), Present: rapid.IntRange(-1, 25).Draw(t, "present"),
			For: rapid.IntRange(-1, 25).Draw(t, "for"), Against: rapid.IntRange(-1, 25).Draw(t, "against")}
	case 2:
		a.Papers = nil
	case 3:
		a.Result = ResultHeld
	case 4:
		a.Stage = rapid.SampledFrom(Stages()).Draw(t, "stage")
	case 5:
		a.By = Member
	case 6:
		a.Cause = rapid.SampledFrom([]Cause{"", CauseDied, CausePolitical, CauseUnfit, CauseOther, "x"}).Draw(t, "cause")
	case 7:
		a.TogetherSince, a.NoResidence = on.AddMonths(-rapid.IntRange(-1, 30).Draw(t, "together")), "đi biển dài ngày"
	}
	return a
}

// TestAnySequenceOfActs plays random acts and holds what must hold after each of them.
func TestAnySequenceOfActs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := world()
		w.Over = rapid.SampledFrom(lines()).Draw(t, "over")
		f := at(t, opened(), rapid.SampledFrom([]Stage{New, New, Ready, Decided, Probationary, ReviewReady}).Draw(t, "from"), date.Must("2021-05-04"), w)
		if f.Stage.order() >= Probationary.order() {
			for range rapid.IntRange(0, 4).Draw(t, "ballots") { // three open another way (VOT-11)
				advance(t, &f, usual(f, BallotFailed, f.Last), w)
			}
		}
		past := map[string]File{} // the file before each act
		for range rapid.IntRange(1, 40).Draw(t, "acts") {
			a := drawAct(t, f, w)
			before := copied(f)
			next, effects, findings := Advance(f, a, w)
			if !reflect.DeepEqual(copied(f), before) {
				t.Fatalf("%s changed the file that it was given", a.Code)
			}
			if rule.Blocked(findings) {
				if !reflect.DeepEqual(copied(next), before) || effects != nil {
					t.Fatalf("a refused %s changed something", a.Code)
				}
				continue
			}
			if next.Version != f.Version+1 || len(next.Acts) != len(f.Acts)+1 {
				t.Fatalf("%s: version %d after %d", a.Code, next.Version, f.Version)
			}
			if again := Replay(next); !reflect.DeepEqual(again, next) {
				t.Fatalf("%s: replayed\n%+v\nis\n%+v", a.Code, again.State, next.State)
			}
			if last := next.Acts[len(next.Acts)-1]; last.RuleSet != w.Sets.On(last.On).ID {
				t.Fatalf("%s is judged by %s", a.Code, last.RuleSet)
			}
			past[a.ID] = f
			taken(t, f, next, w)
			goesBack(t, next, past, w)
			holds(t, next, w)
			f = next
		}
	})
}

// taken: voiding the act that was just recorded restores the state before it exactly.
func taken(t *rapid.T, before, after File, w World) {
	last := after.Acts[len(after.Acts)-1]
	if last.Code == Void {
		return
	}
	back, _, findings := Advance(after, Act{ID: "v" + strconv.Itoa(after.Version), Code: Void, ActID: last.ID, Note: "ghi nhầm"}, w)
	if rule.Blocked(findings) {
		t.Fatalf("void of %s: %v", last.Code, findings)
	}
	if !reflect.DeepEqual(back.State, before.State) || back.Unit != before.Unit || back.Version != after.Version+1 {
		t.Fatalf("void of %s restores\n%+v\nnot\n%+v", last.Code, back.State, before.State)
	}
}

// goesBack: voiding any act that still counts makes the file what it was before that act,
// as the preview said, and the desk is that of the highest act that falls.
func goesBack(t *rapid.T, f File, past map[string]File, w World) {
	act := rapid.SampledFrom(f.Acts).Draw(t, "back to")
	was, known := past[act.ID]
	p, err := f.VoidPreview(act.ID, w)
	if (err == nil) == (act.Voided || act.Code == Void) {
		t.Fatalf("a preview of the void of %s (voided %v): %v", act.Code, act.Voided, err)
	}
	if err != nil || !known {
		return
	}
	back, _, findings := Advance(f, Act{ID: "back", Code: Void, ActID: act.ID, Note: "ghi nhầm"}, w)
	if rule.Blocked(findings) {
		t.Fatalf("void of %s: %v", act.Code, findings)
	}
	if !reflect.DeepEqual(back.State, was.State) || back.Unit != was.Unit || p.To != was.Stage || p.From != f.Stage {
		t.Fatalf("void of %s restores\n%+v\nnot\n%+v", act.Code, back.State, was.State)
	}
	gone := 0
	for i, a := range back.Acts[:len(f.Acts)] {
		if a.Voided != f.Acts[i].Voided {
			gone++
		}
	}
	if falls := back.Acts[len(f.Acts)].Falls; gone != len(p.Falls) || len(falls) > 1 && len(falls) != gone || len(falls) == 0 && gone != 1 {
		t.Fatalf("%d acts fell; the preview says %d, the void %v", gone, len(p.Falls), falls)
	}
	if desk := f.Desk(Act{Code: Void, ActID: act.ID}, w.Over); desk != p.Desk || desk != f.Voidable(w.Over)[act.ID] {
		t.Fatalf("void of %s at %q, %q, %q", act.Code, desk, p.Desk, f.Voidable(w.Over)[act.ID])
	}
}

// holds: no file stands on a stage whose needs are not met.
func holds(t *rapid.T, f File, w World) {
	on := f.Stage.order()
	past := func(s Stage) bool { return on >= s.order() && on <= Removed.order() }
	check := func(ok bool, what string) {
		if !ok {
			t.Fatalf("at %s without %s: %+v", f.Stage, what, f.State)
		}
	}
	check(!past(Outstanding) || f.By != "", "an introduction")
	check(!past(Listed) || !f.Listed.IsZero(), "the list")
	check(!past(Certified) || !f.Certificate.Issued.IsZero() && f.Certificate.Number != "", "a certificate")
	check(!past(Verifying) || !f.Requested.IsZero() || f.Stage == Held, "a request")
	check(f.Stage != Verified && !past(Ready) || !f.Verified.IsZero(), "a clear conclusion")
	check(!f.Stage.Open() || (f.Stage == Held || f.SuspendedFrom == Held) == (f.HeldFrom != ""), "the stage from which it is held")
	check(!f.Stage.Open() || (f.Stage == Suspended) == (f.SuspendedFrom != ""), "the stage from which it is suspended")
	check(!past(Decided) || !f.Again() || f.Consents[termReadmission] != "", "the consent to a readmission")
	if past(Ready) {
		for _, code := range DossierPapers(f.By) {
			check(!f.Papers[code].IsZero(), string(code))
		}
	}
	if past(BranchResolved) {
		check(!f.BranchResolved.IsZero() && !f.ClockFrom.IsZero() && !f.ClockFrom.After(f.BranchResolved), "a resolution of the branch and its clock")
		check(!w.until(termCertificate, f.Certificate.Issued).Before(f.BranchResolved), "a certificate good at the vote")
	}
	check(f.Stage != BaseResolved || w.Over.Base && !f.BaseResolved.IsZero(), "the base committee")
	check(!past(Decided) || !w.Over.Base || !f.BaseResolved.IsZero(), "the base committee's resolution")
	check(!w.Over.Sectional || !past(BaseResolved) || !f.Appraised.IsZero(), "the appraisal")
	check(!past(Decided) || !f.Decided.IsZero() && f.DecisionNumber != "", "a decision")
	check(!past(Probationary) || !f.Ceremony.IsZero() && !f.Receipt.IsZero() && !f.Ceremony.Before(f.Receipt), "receipt and ceremony")
	reported := f.Ballots[QuestionRecognition] >= 3 || f.Ballots[QuestionRemoval] >= 3 // the board then decides alone (VOT-11)
	if f.Stage == RecognitionProposed || f.Stage == RecognitionAppraised || f.Stage == Official {
		end := f.probationEnd(w)
		check(f.Proposed.After(end) || reported && f.Recognized.After(end), "the end of probation")
		for _, code := range ReviewPapers() {
			check(!f.Papers[code].IsZero(), string(code))
		}
	}
	check(f.Stage != Official || !f.Recognized.IsZero() && (reported || !w.Over.Base || !f.BaseRecognized.IsZero()), "recognition")
	if last, ok := f.LastAct(); ok {
		check(f.Last == last.On && !f.Last.After(w.Today), "the day of the last act")
	}
	views(t, f, w)
}

// views: what pages draw from a file never fails and never contradicts it.
func views(t *rapid.T, f File, w World) {
	for _, d := range f.Deadlines(w) {
		if d.Rule == "" || d.From.IsZero() || d.Cite == "" {
			t.Fatalf("deadline %+v", d)
		}
		if running := d.Done.IsZero() && f.Stage.Open(); running != (d.Custodian != DeskNone) {
			t.Fatalf("%s at %s is held by %q", d.Rule, f.Stage, d.Custodian)
		}
		shared(t, f, d, w)
	}
	for _, p := range f.PapersOn(w) {
		if (p.State == Missing) != p.Date.IsZero() || p.Code.Words() == "" {
			t.Fatalf("paper %+v", p)
		}
	}
	if next := f.Next(w); len(next) > 0 {
		found := false
		for _, c := range f.Possible(w.Over) {
			found = found || c == next[0].Act
		}
		if !found {
			t.Fatalf("%s waits for %s, which is not offered: %v", f.Stage, next[0].Act, f.Possible(w.Over))
		}
	}
	if reason, stuck := f.Brief(w).Stuck(w.Today, 3); stuck && reason.Words() == "" {
		t.Fatalf("stuck for %q", reason)
	}
}

// shared: the shares of a term are all of its working days, none counted twice.
func shared(t *rapid.T, f File, d Deadline, w World) {
	if d.Unit != rule.WorkingDays || d.Done.IsZero() && !f.Stage.Open() && (d.Rule == termMemberCV || d.Rule == termTransfer) {
		return // of a file that ended nobody knows whether these were kept
	}
	end := d.Done
	switch {
	case !end.IsZero():
	case f.Stage.Open():
		end = w.Today
	default:
		end = f.Since
	}
	if n := max(0, w.Calendar.WorkingBetween(d.From, end)); d.Used() != n {
		t.Fatalf("%s from %s to %s: %v of %d days", d.Rule, d.From, end, d.Shares, n)
	}
}

// FuzzAdvance feeds acts made of bytes, garbage among them: Advance is total, and no
// finding is without rule, source and sentence.
func FuzzAdvance(f *testing.F) {
	f.Add([]byte("road"), "số", int64(20))
	f.Add([]byte{0, 1, 2, 3, 4, 5, 7, 10, 11, 13, 14, 15, 16, 17, 18, 20, 21, 33}, "", int64(-1))
	f.Add([]byte{0, 30, 31, 32, 33, 33, 8, 8, 8}, strings.Repeat("ệ", 3000), int64(1)<<62)
	f.Fuzz(func(t *testing.T, acts []byte, text string, n int64) {
		w := world()
		w.Over = lines()[len(acts)%3]
		w.Counts.Branch = len(text) % 30
		file := opened()
		codes := append(Codes(), Code(text))
		for i, b := range acts[:min(len(acts), 60)] {
			day := file.Last
			if day.IsZero() {
				day = date.Must("2023-01-02")
			}
			a := usual(file, codes[int(b)%len(codes)], day.AddDays(int(b)%40))
			garble(&a, int(b)+i, text, n)
			next, _, findings := Advance(file, a, w)
			for _, x := range findings {
				if x.Rule == "" || x.Cite == "" || strings.TrimSpace(x.Message) == "" || x.Severity != rule.Block && x.Severity != rule.Warn {
					t.Fatalf("%s at %s: %+v", a.Code, file.Stage, x)
				}
			}
			if rule.Blocked(findings) == (next.Version != file.Version) {
				t.Fatalf("%s: version %d after %d, %v", a.Code, next.Version, file.Version, findings)
			}
			if !next.Stage.Valid() {
				t.Fatalf("%s leads to %q", a.Code, next.Stage)
			}
			file = next
			file.Deadlines(w)
			file.Next(w)
			file.PapersOn(w)
			file.Possible(w.Over)
			file.Brief(w).Stuck(w.Today, int(n%100))
			if !reflect.DeepEqual(Replay(file), file) {
				t.Fatal("the acts do not make the state")
			}
		}
	})
}

// garble puts garbage into one field of an act.
func garble(a *Act, kind int, text string, n int64) {
	switch kind % 27 {
	case 0:
		a.Number, a.Helper, a.To = text, text, text
	case 1:
		a.Note = text
	case 2:
		a.Votes = &Votes{Members: int(n), Present: int(n), For: int(n), Against: int(n)}
	case 3:
		a.Votes = &Votes{Members: 9, Present: 9, For: int(n), Against: -int(n)}
	case 4:
		a.On = a.On.AddDays(int(n % 100_000))
	case 5:
		a.Issued = a.On.AddDays(int(n % 100_000))
	case 6:
		a.Papers = map[PaperCode]date.Date{PaperCode(text): a.On, "3-KNĐ": a.On.AddDays(int(n % 100_000))}
	case 7:
		a.Stage, a.Rule, a.Question = Stage(text), text, Question(text)
	case 8:
		a.By, a.Result, a.ActID, a.Unit = Introducer(text), Result(text), text, text
	case 9:
		a.On, a.Votes, a.Papers = date.Date{}, nil, nil
	case 10:
		a.Cause, a.Education, a.Area, a.NoResidence = Cause(text), Education(text), Area(text), text
	case 11:
		a.TogetherSince = a.On.AddDays(int(n % 100_000))
		a.Readmission = &Readmission{Left: a.On.AddDays(-int(n % 10_000)), Reason: LeavingReason(text), Cleared: a.On, Before: n%2 == 0}
	case 12:
		a.ActID = "a" + strconv.Itoa(kind%9)
	}
}
