package admission

import (
	"testing"

	"ketnap/date"
	"ketnap/rule"

	"pgregory.net/rapid"
)

// changed is the world of today with one figure changed from a day on.
func changed(w World, term string, amount int, from string) World {
	t, _ := w.Sets.Term(term, date.Must(from))
	t.Amount = amount
	w.Sets = w.Sets.With([]rule.Change{{ID: "c", From: date.Must(from), Document: "QĐ 9", Term: term, Value: t.Term}})
	return w
}

func TestCompare(t *testing.T) {
	t.Parallel()
	w := world()
	w.Today = date.Must("2024-10-15")
	strict := w
	strict.Decided = map[string]rule.Severity{"DL-30": rule.Block}
	holiday := w
	holiday.Calendar = w.Calendar.With([]date.Holiday{{On: date.Must("2024-09-05"), Off: true, Name: "nghỉ bão"}})
	for _, c := range []struct {
		name  string
		stage Stage
		day   string
		after World
		want  []Difference
	}{
		{"a shorter term is due earlier and is late", BranchResolved, "2024-08-15", changed(w, termDecision, 30, "2024-01-01"),
			[]Difference{{Kind: DifferentDeadline, Rule: "DL-70", From: date.Must("2024-08-15"), WasDue: date.Must("2024-11-11"), Due: date.Must("2024-09-30"), Late: true}}},
		{"a change from a later day leaves the file alone", BranchResolved, "2024-08-15", changed(w, termDecision, 30, "2024-08-16"), nil},
		{"another rule leaves it alone", BranchResolved, "2024-08-15", changed(w, termCeremony, 10, "2024-01-01"), nil},
		{"a day off moves what is counted over it", BranchResolved, "2024-08-15", holiday,
			[]Difference{{Kind: DifferentDeadline, Rule: "DL-70", From: date.Must("2024-08-15"), WasDue: date.Must("2024-11-11"), Due: date.Must("2024-11-12")}}},
		{"a file at its end differs in nothing", Withdrawn, "2024-08-15", changed(w, termDecision, 30, "2024-01-01"), nil},
	} {
		f := at(t, opened(), c.stage, date.Must(c.day), w)
		got := Compare(f, w, c.after)
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %+v, want %+v", c.name, got[i], c.want[i])
			}
		}
	}

	old := at(t, opened(), Ready, date.Must("2023-05-10"), w)
	got := Compare(old, w, strict)
	if len(got) == 0 || got[0].Kind != DifferentFinding || got[0].Rule != "DL-30" || got[0].WasSeverity != rule.Warn || got[0].Severity != rule.Block || got[0].Message == "" {
		t.Errorf("a warning that becomes a block is said of the step that waits: %+v", got)
	}
	if back := Compare(old, strict, w); len(back) != len(got) || back[0].WasSeverity != rule.Block || back[0].Severity != rule.Warn {
		t.Errorf("and back: %+v", back)
	}
	papers := Compare(old, w, changed(w, termPaper, 36, "2022-01-01"))
	kinds := map[DifferenceKind]int{}
	for _, d := range papers {
		kinds[d.Kind]++
	}
	if kinds[DifferentPaper] != 3 || kinds[DifferentFinding] == 0 || kinds[DifferentDeadline] == 0 {
		t.Errorf("papers that are good again: %+v", papers)
	}
}

// TestNothingDiffersInTheSameWorld, and what differs one way differs the other way.
func TestNothingDiffersInTheSameWorld(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := world()
		w.Over = rapid.SampledFrom(lines()).Draw(t, "over")
		f := at(t, opened(), rapid.SampledFrom([]Stage{New, Ready, Decided}).Draw(t, "from"), date.Must("2025-05-05"), w)
		for range rapid.IntRange(0, 12).Draw(t, "acts") {
			next, _, findings := Advance(f, drawAct(t, f, w), w)
			if !rule.Blocked(findings) {
				f = next
			}
		}
		if got := Compare(f, w, w); len(got) > 0 {
			t.Fatalf("%+v", got)
		}
		other := changed(w, rapid.SampledFrom(termIDs()).Draw(t, "term"), rapid.IntRange(1, 90).Draw(t, "amount"), "2025-01-20")
		other.Calendar = w.Calendar.With([]date.Holiday{{On: date.Must("2026-10-05"), Off: true}})
		there, back := Compare(f, w, other), Compare(f, other, w)
		if (len(there) == 0) != (len(back) == 0) && firstNext(f, w).Act == firstNext(f, other).Act {
			t.Fatalf("there %+v, back %+v", there, back)
		}
	})
}
