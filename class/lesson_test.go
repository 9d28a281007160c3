package class

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/date"
	"ketnap/rule"
)

func TestTheProgrammesHaveTheLengthThatGuidanceFixes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind              Kind
		on                string
		periods, halfDays int
		sure              rule.Confidence
	}{
		{Awareness, "2022-06-16", 50, 10, rule.Sourced},
		{Awareness, "2022-06-15", 50, 10, rule.Inferred},
		{NewMember, "2026-05-04", 60, 12, rule.Inferred},
	} {
		p := ProgrammeOn(c.kind, date.Must(c.on))
		if p.Periods() != c.periods || p.HalfDays() != c.halfDays || p.Confidence != c.sure {
			t.Errorf("%s on %s: %d periods, %d half-days, %s", c.kind, c.on, p.Periods(), p.HalfDays(), p.Confidence)
		}
	}
}

func halfDays(n int) []Slot {
	var out []Slot
	for i := range n {
		out = append(out, Slot{date.Must("2026-03-02").AddDays(i / 2), Halves()[i%2]})
	}
	return out
}

func TestAPlanLeavesNoLessonOutAndEndsWithTheEssay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		slots := halfDays(rapid.IntRange(1, 24).Draw(t, "slots"))
		p := ProgrammeOn(kind, slots[0].On)
		plan := p.Plan(rapid.Permutation(slots).Draw(t, "order"))
		if len(plan) != len(slots) {
			t.Fatalf("%d sessions for %d half-days", len(plan), len(slots))
		}
		var all []string
		for i, s := range plan {
			if s.Slot != slots[i] || s.First != s.Slot {
				t.Fatalf("session %d stands at %v", i, s.Slot)
			}
			all = append(all, strings.Split(s.Lesson, "; ")...)
		}
		for _, s := range p.Subjects {
			found := false
			for _, name := range all {
				found = found || name == s.Name
			}
			if !found {
				t.Fatalf("%q is in no session", s.Name)
			}
		}
		essay := p.Subjects[len(p.Subjects)-1].Name
		for i, s := range plan {
			if has := strings.Contains(s.Lesson, essay); has != (i == len(plan)-1) {
				t.Fatalf("session %d of %d: %q", i, len(plan), s.Lesson)
			}
		}
	})
}

func TestTwoLessonsDoNotStandOnOneHalfDay(t *testing.T) {
	t.Parallel()
	twice := append(halfDays(4), halfDays(2)...)
	if got := ProgrammeOn(Awareness, date.Must("2026-03-02")).Plan(twice); len(got) != 4 {
		t.Errorf("%d sessions", len(got))
	}
	if got := ProgrammeOn(Awareness, date.Must("2026-03-02")).Plan(nil); len(got) != 0 {
		t.Errorf("%d sessions of no half-day", len(got))
	}
}

func TestMarksAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want Mark
		err  error
	}{
		{"8", 80, nil}, {"8,5", 85, nil}, {" 8.5 ", 85, nil}, {"0", 0, nil}, {"10", 100, nil}, {"10,0", 100, nil}, {"05", 50, nil}, {"7,0", 70, nil},
		{"10,1", 0, ErrMarkHigh}, {"11", 0, ErrMarkHigh}, {"85", 0, ErrMarkHigh}, {"850", 0, ErrMarkHigh}, {"10.05", 0, ErrMarkHigh},
		{"8,55", 0, ErrMarkFine}, {"8,50", 0, ErrMarkFine}, {"10,00", 0, ErrMarkFine},
		{"", 0, ErrMarkText}, {"tám", 0, ErrMarkText}, {"-1", 0, ErrMarkText}, {"8,", 0, ErrMarkText}, {",5", 0, ErrMarkText}, {"8,5,5", 0, ErrMarkText},
		{"8e1", 0, ErrMarkText}, {"+8", 0, ErrMarkText}, {"8 5", 0, ErrMarkText}, {"٨", 0, ErrMarkText},
	} {
		got, err := ParseMark(c.text)
		if !errors.Is(err, c.err) || got != c.want {
			t.Errorf("%q is %d, %v", c.text, got, err)
		}
	}
}

func TestEveryMarkIsReadBack(t *testing.T) {
	t.Parallel()
	for m := Mark(0); m <= TopMark; m++ {
		got, err := ParseMark(m.String())
		if err != nil || got != m {
			t.Errorf("%s is %d, %v", m, got, err)
		}
	}
}

func FuzzParseMark(f *testing.F) {
	for _, s := range []string{"8,5", "10", "10,01", "", "8.", "tám", "0000", "9,9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseMark(s)
		if err != nil {
			if m != 0 {
				t.Fatalf("%q fails with %d", s, m)
			}
			return
		}
		if !m.Valid() {
			t.Fatalf("%q is %d", s, m)
		}
		if again, err := ParseMark(m.String()); err != nil || again != m {
			t.Fatalf("%q is %s, which is %s, %v", s, m, again, err)
		}
	})
}
