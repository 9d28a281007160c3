package admission

import (
	"errors"
	"testing"

	"ketnap/date"
	"ketnap/rule"
)

// termIDs are the ids under which the package asks for terms.
func termIDs() []string {
	return []string{termCertificate, termPaper, termAnswer, termAnswerAbroad, termDecision, termCeremony, termMemberCV,
		termProbation, termProposal, termRecognition, termTransfer, termReadmission, termReadmissionC, termAgeMin, termAgeMax}
}

func TestEveryTermIsStatedOnEveryDay(t *testing.T) {
	t.Parallel()
	sets := Regulation()
	for _, id := range termIDs() {
		for _, day := range []string{"1990-01-01", "2021-07-29", "2021-07-30", "2025-01-20", "2025-07-01", "2026-04-08", "2026-07-26", "2050-12-31"} {
			st, err := sets.Term(id, date.Must(day))
			if err != nil || st.Amount <= 0 || st.Cite == "" || st.Confidence == "" || st.Unit != rule.WorkingDays && st.Unit != rule.Months {
				t.Errorf("%s on %s: %+v, %v", id, day, st, err)
			}
		}
	}
	for _, s := range sets {
		for id := range s.Terms {
			known := false
			for _, want := range termIDs() {
				known = known || id == want
			}
			if !known {
				t.Errorf("%s states %q, for which nobody asks", s.ID, id)
			}
		}
	}
	if _, err := sets.Term("DL-99", date.Must("2024-05-27")); !errors.Is(err, rule.ErrNoTerm) {
		t.Errorf("DL-99: %v", err)
	}
}

func TestSetsBeginAndEndAsTheContractSays(t *testing.T) {
	t.Parallel()
	sets := Regulation()
	for _, c := range []struct{ day, set string }{
		{"1995-06-01", "RS-2016"}, {"2021-07-29", "RS-2016"}, {"2021-07-30", "RS-2021"}, {"2024-05-27", "RS-2021"},
		{"2024-10-31", "RS-2021"}, // forms only changed
		{"2025-01-19", "RS-2021"}, {"2025-01-20", "RS-2025A"}, {"2025-06-30", "RS-2025A"}, {"2025-07-01", "RS-2025B"},
		{"2026-04-07", "RS-2025B"}, {"2026-04-08", "RS-2026A"}, {"2026-07-25", "RS-2026A"}, {"2026-07-26", "RS-2026B"},
		{"2026-11-23", "RS-2026B"}, {"2050-01-01", "RS-2026B"},
	} {
		if got := sets.On(date.Must(c.day)).ID; got != c.set {
			t.Errorf("%s: %s, want %s", c.day, got, c.set)
		}
	}
	for i, s := range sets {
		first, last := i == 0, i == len(sets)-1
		if s.From.IsZero() != first || s.To.IsZero() != last || len(s.Documents) == 0 {
			t.Errorf("%s: %s–%s", s.ID, s.From, s.To)
		}
		if !last && s.To.AddDays(1) != sets[i+1].From {
			t.Errorf("a gap between %s and %s", s.ID, sets[i+1].ID)
		}
	}
}

// TestInherited: what a set does not state comes from the nearest earlier set that does,
// or where none does, from the nearest later.
func TestInherited(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ id, day, from string }{
		{"DL-82", "2020-06-01", "RS-2021"}, {"DL-82", "2024-06-01", ""},
		{"DL-70", "2026-05-01", "RS-2025B"}, {"DL-70", "2026-08-01", "RS-2025B"}, {"DL-70", "2024-06-01", ""}, {"DL-70", "2025-02-01", ""},
		{"DL-20", "2026-08-01", "RS-2025B"}, {"DL-20", "2024-05-27", ""}, {"DL-30", "2026-08-01", "RS-2025B"}, {"DL-30", "2025-08-01", ""},
		{"DL-40", "2026-08-01", "RS-2025B"}, {"DL-40", "2024-05-27", ""}, {"DL-40 abroad", "2026-08-01", "RS-2025B"},
		{"DL-80", "2026-05-01", "RS-2025B"}, {"DL-80", "2026-08-01", ""}, {"DL-90", "2026-05-01", "RS-2025B"}, {"DL-90", "2026-08-01", ""},
		{"DL-100", "2026-08-01", "RS-2025B"}, {"DL-101", "2026-08-01", "RS-2025B"},
		{"ADM-115", "2026-05-01", "RS-2025B"}, {"ADM-115", "2026-08-01", ""}, {"ELI-08", "2026-08-01", ""}, {"ELI-08 conviction", "2026-08-01", "RS-2025B"},
	} {
		st, err := Regulation().Term(c.id, date.Must(c.day))
		if err != nil || st.Inherited != c.from {
			t.Errorf("%s on %s: inherited %q, want %q (%v)", c.id, c.day, st.Inherited, c.from, err)
		}
	}
}

// TestComputeEveryLineOfTheContract holds the table "Deadlines and votes" in the sets.
func TestComputeEveryLineOfTheContract(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id       string
		from     string
		extended bool
		amount   int
		unit     rule.Unit
		due      string
		extra    int
	}{
		{id: "DL-20", from: "2020-01-15", amount: 60, unit: rule.Months, due: "2025-01-15"},      // TV-18
		{id: "DL-20", from: "2020-02-29", amount: 60, unit: rule.Months, due: "2025-02-28"},      // TV-19
		{id: "DL-20", from: "2019-08-31", amount: 60, unit: rule.Months, due: "2024-08-31"},      // TV-20, a Saturday: never moved
		{id: "DL-30", from: "2024-02-29", amount: 12, unit: rule.Months, due: "2025-02-28"},      // TV-25
		{id: "DL-40", from: "2024-06-05", amount: 30, unit: rule.WorkingDays, due: "2024-07-17"}, // TV-21
		{id: "DL-40 abroad", from: "2024-06-05", amount: 90, unit: rule.WorkingDays, due: "2024-10-11"},
		{id: "DL-70", from: "2024-03-15", amount: 60, unit: rule.WorkingDays, due: "2024-06-12"}, // TV-08
		{id: "DL-70", from: "2024-08-15", amount: 60, unit: rule.WorkingDays, due: "2024-11-11"},
		{id: "DL-70", from: "2024-08-15", extended: true, amount: 60, unit: rule.WorkingDays, due: "2024-12-23", extra: 30},
		{id: "DL-70", from: "2024-11-15", amount: 60, unit: rule.WorkingDays, due: "2025-02-17"}, // TV-10
		{id: "DL-80", from: "2024-05-27", amount: 30, unit: rule.WorkingDays, due: "2024-07-08"}, // TV-01
		{id: "DL-80", from: "2024-01-15", amount: 30, unit: rule.WorkingDays, due: "2024-03-04"}, // TV-02
		{id: "DL-80", from: "2025-01-10", amount: 30, unit: rule.WorkingDays, due: "2025-02-28"}, // TV-03
		{id: "DL-80", from: "2026-01-20", amount: 30, unit: rule.WorkingDays, due: "2026-03-10"}, // TV-04
		{id: "DL-80", from: "2025-04-25", amount: 30, unit: rule.WorkingDays, due: "2025-06-10"}, // TV-07
		{id: "DL-80", from: "2026-11-02", amount: 30, unit: rule.WorkingDays, due: "2026-12-15"}, // TV-33
		{id: "DL-82", from: "2024-06-15", amount: 30, unit: rule.WorkingDays, due: "2024-07-26"}, // TV-23
		{id: "DL-82", from: "2024-12-02", amount: 30, unit: rule.WorkingDays, due: "2025-01-14"},
		{id: "DL-90", from: "2024-09-15", amount: 12, unit: rule.Months, due: "2025-09-15"},       // TV-12
		{id: "DL-90", from: "2024-02-29", amount: 12, unit: rule.Months, due: "2025-02-28"},       // TV-15
		{id: "DL-100", from: "2025-09-15", amount: 30, unit: rule.WorkingDays, due: "2025-10-27"}, // TV-13
		{id: "DL-101", from: "2024-05-27", amount: 30, unit: rule.WorkingDays, due: "2024-07-08"},
		{id: "DL-101", from: "2024-05-27", extended: true, amount: 30, unit: rule.WorkingDays, due: "2024-08-19", extra: 30},
		{id: "ADM-115", from: "2024-08-15", amount: 60, unit: rule.WorkingDays, due: "2024-11-11"},
		{id: "ADM-115", from: "2024-08-15", extended: true, amount: 60, unit: rule.WorkingDays, due: "2024-11-11"}, // no extension exists
		{id: "ELI-08", from: "2024-05-27", amount: 36, unit: rule.Months, due: "2027-05-27"},
		{id: "ELI-08 conviction", from: "2024-05-27", amount: 60, unit: rule.Months, due: "2029-05-27"},
	} {
		from := date.Must(c.from)
		st, err := Regulation().Term(c.id, from)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Compute(st, c.id, from, date.Builtin(), c.extended)
		if err != nil || d.Amount != c.amount || d.Unit != c.unit || d.Due != date.Must(c.due) || d.Extra != c.extra || d.From != from || d.Rule != c.id || d.Cite == "" {
			t.Errorf("%s from %s, extended %v: %+v, %v; want %s", c.id, c.from, c.extended, d, err, c.due)
		}
	}
}

func TestOnlyDecisionsCanBeExtended(t *testing.T) {
	t.Parallel()
	for _, s := range Regulation() {
		for id, term := range s.Terms {
			want := 0
			if id == termDecision || id == termRecognition {
				want = 30
			}
			if term.Extension != want {
				t.Errorf("%s in %s: extension %d", id, s.ID, term.Extension)
			}
			if (id == termCeremony) != (term.Start != "") || term.Start == rule.Issued && s.ID != "RS-2026B" {
				t.Errorf("%s in %s starts with %q", id, s.ID, term.Start)
			}
		}
	}
}

func TestOutsideTheCalendarATermHasNoDueDay(t *testing.T) {
	t.Parallel()
	st, err := Regulation().Term(termDecision, date.Must("2199-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Compute(st, termDecision, date.Must("2199-01-01"), date.Builtin(), false); err == nil {
		t.Error("no calendar reaches there")
	}
	w := world()
	f := opened()
	if d := f.deadline(w, termDecision, date.Must("2199-01-01")); !d.Due.IsZero() {
		t.Errorf("due %s", d.Due)
	}
}

func TestNeeded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule            string
		members, needed int
	}{
		{"VOT-01", 3, 2}, {"VOT-01", 5, 4}, {"VOT-01", 9, 6}, {"VOT-01", 20, 14}, {"VOT-01", 22, 15}, // VOT-05
		{"VOT-01", 1, 1}, {"VOT-01", 2, 2}, {"VOT-01", 4, 3},
		{"VOT-06", 9, 6}, {"VOT-06", 15, 10}, {"VOT-10", 20, 14}, {"VOT-10", 7, 5},
		{"VOT-07", 9, 5}, {"VOT-07", 10, 6}, {"VOT-07", 1, 1}, {"VOT-07", 2, 2}, {"VOT-07", 3, 2}, // TV-31
	} {
		th, ok := ThresholdOf(c.rule)
		if got := th.Needed(c.members); !ok || got != c.needed || th.Rule != c.rule || th.Cite == "" {
			t.Errorf("%s of %d: %d, want %d", c.rule, c.members, got, c.needed)
		}
	}
	for n := 1; n <= 500; n++ {
		two3, half := thresholds["VOT-01"].Needed(n), thresholds["VOT-07"].Needed(n)
		if 3*two3 < 2*n || 3*(two3-1) >= 2*n || 2*half <= n || 2*(half-1) > n {
			t.Errorf("of %d: two thirds %d, more than half %d", n, two3, half)
		}
	}
	if _, ok := ThresholdOf("VOT-02"); ok {
		t.Error("VOT-02 is about who is counted")
	}
}

func TestBallotsAreOfTheRightBody(t *testing.T) {
	t.Parallel()
	counts := Counts{Branch: 20, Base: 9, Standing: 10}
	for code, want := range map[Code]Ballot{
		BranchResolution:   {Members: 20, Needed: 14, Rule: "VOT-01"},
		BaseResolution:     {Members: 9, Needed: 6, Rule: "VOT-06"},
		Decide:             {Members: 10, Needed: 6, Rule: "VOT-07"},
		ProposeRecognition: {Members: 20, Needed: 14, Rule: "VOT-10"},
		BaseRecognition:    {Members: 9, Needed: 6, Rule: "VOT-10"},
		Recognize:          {Members: 10, Needed: 6, Rule: "VOT-07"},
		ProposeRemoval:     {Members: 20, Needed: 14, Rule: "VOT-10"},
		Remove:             {Members: 10, Needed: 6, Rule: "VOT-07"},
	} {
		got, ok := BallotFor(code, counts)
		if !ok || got.Members != want.Members || got.Needed != want.Needed || got.Rule != want.Rule || got.Body == "" || got.Share == "" || got.Cite == "" {
			t.Errorf("%s: %+v", code, got)
		}
	}
	for _, code := range []Code{Introduce, BallotFailed, Void, "dance"} {
		if _, ok := BallotFor(code, counts); ok {
			t.Errorf("%s is no vote", code)
		}
	}
}
