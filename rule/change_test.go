package rule

import (
	"errors"
	"testing"

	"ketnap/date"

	"pgregory.net/rapid"
)

func figure(id, from, to, term string, amount int) Change {
	c := Change{ID: id, From: date.Must(from), Document: "QĐ " + id, Term: term, Value: Term{Amount: amount}}
	if to != "" {
		c.To = date.Must(to)
	}
	return c
}

func TestAChangedFigureHoldsFromItsDay(t *testing.T) {
	t.Parallel()
	n := &Set{ID: "N", Documents: []string{"n"}, Terms: map[string]Term{"Y": {Amount: 9, Unit: WorkingDays, Cite: "n"}}}
	for _, c := range []struct {
		name    string
		changes []Change
		id, day string
		amount  int
		set     string
		inherit string
	}{
		{"the day before it keeps the old figure", []Change{figure("c", "2021-06-01", "", "Y", 7)}, "Y", "2021-05-31", 2, "B", ""},
		{"its own day has the new one", []Change{figure("c", "2021-06-01", "", "Y", 7)}, "Y", "2021-06-01", 7, "B", ""},
		{"a set that inherits the figure has it changed", []Change{figure("c", "2021-06-01", "", "Y", 7)}, "Y", "2024-01-01", 7, "C", ""},
		{"a later set that states the figure ends it", []Change{figure("c", "2021-06-01", "", "X", 7)}, "X", "2023-01-01", 3, "C", ""},
		{"another figure stays as it was", []Change{figure("c", "2021-06-01", "", "X", 7)}, "Y", "2021-06-01", 2, "B", ""},
		{"days that inherit from a later set do not learn of it", []Change{figure("c", "2021-01-01", "", "Y", 7)}, "Y", "2020-05-05", 2, "A", "B"},
		{"before it, in the same set, a figure is inherited still", []Change{figure("c", "2020-03-01", "", "Y", 7)}, "Y", "2020-02-29", 2, "A", "B"},
		{"until it is revoked", []Change{figure("c", "2021-06-01", "2021-06-30", "Y", 7)}, "Y", "2021-06-30", 7, "B", ""},
		{"after it was revoked the old figure is back", []Change{figure("c", "2021-06-01", "2021-06-30", "Y", 7)}, "Y", "2021-07-01", 2, "B", ""},
		{"after it was revoked what was inherited is inherited", []Change{figure("c", "2021-06-01", "2021-06-30", "X", 7)}, "X", "2021-07-01", 1, "B", "A"},
		{"revoked before it began it holds on no day", []Change{figure("c", "2021-06-01", "2021-05-31", "Y", 7)}, "Y", "2021-06-01", 2, "B", ""},
		{"the later of two holds", []Change{figure("d", "2021-08-01", "", "Y", 8), figure("c", "2021-06-01", "", "Y", 7)}, "Y", "2022-01-01", 8, "B", ""},
		{"of one day the last", []Change{figure("c", "2021-06-01", "", "Y", 7), figure("d", "2021-06-01", "", "Y", 8)}, "Y", "2021-06-01", 8, "B", ""},
		{"a new set states its own figure", []Change{{ID: "s", From: date.Must("2021-06-01"), Set: n}}, "Y", "2021-06-01", 9, "N", ""},
		{"a new set inherits the rest", []Change{{ID: "s", From: date.Must("2021-06-01"), Set: n}}, "X", "2021-06-01", 1, "N", "A"},
		{"days before a new set do not learn of it", []Change{{ID: "s", From: date.Must("2019-06-01"), Set: n}}, "Y", "2019-05-31", 2, "A", "B"},
		{"a new set ends where the next begins", []Change{{ID: "s", From: date.Must("2021-06-01"), Set: n}}, "X", "2023-01-01", 3, "C", ""},
		{"a new set ends an earlier change of what it states", []Change{figure("c", "2021-03-01", "", "Y", 7), {ID: "s", From: date.Must("2021-06-01"), Set: n}}, "Y", "2021-06-01", 9, "N", ""},
	} {
		got, err := sets().With(c.changes).Term(c.id, date.Must(c.day))
		if err != nil || got.Amount != c.amount || got.Set != c.set || got.Inherited != c.inherit {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}

func TestTheSetBeforeANewOneIsClosed(t *testing.T) {
	t.Parallel()
	s := sets().With([]Change{{ID: "s", From: date.Must("2024-05-01"), Set: &Set{ID: "N", Documents: []string{"n"}}}})
	if len(s) != 4 || s[2].To != date.Must("2024-04-30") || s[3].ID != "N" || s[3].From != date.Must("2024-05-01") || !s[3].To.IsZero() || s[3].Change != "s" {
		t.Errorf("%+v", s)
	}
	if got := sets().With([]Change{{ID: "s", From: date.Must("2023-01-01"), Set: &Set{ID: "N"}}}); len(got) != 3 || got[2].ID != "N" {
		t.Errorf("on the first day of a set it takes its place: %+v", got)
	}
	if got := (Sets{}).With([]Change{{ID: "s", From: date.Must("2023-01-01"), Set: &Set{ID: "N"}}}); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestTheFirstOfSetsWithoutAFigureStillSaysSo(t *testing.T) {
	t.Parallel()
	if _, err := sets().With([]Change{figure("c", "2021-06-01", "", "Y", 7)}).Term("Z", date.Must("2021-06-01")); !errors.Is(err, ErrNoTerm) {
		t.Error(err)
	}
}

func TestADecisionHoldsFromItsDay(t *testing.T) {
	t.Parallel()
	ds := Decisions{
		{Rule: "R", Severity: Block, From: date.Must("2024-01-10")},
		{Rule: "R", Severity: Warn, From: date.Must("2024-03-01")},
		{Rule: "Q", Severity: Block, From: date.Must("2024-02-01"), To: date.Must("2024-02-10")},
	}
	for _, c := range []struct {
		day, rule string
		want      Severity
	}{
		{"2024-01-09", "R", ""}, {"2024-01-10", "R", Block}, {"2024-02-29", "R", Block}, {"2024-03-01", "R", Warn},
		{"2024-02-01", "Q", Block}, {"2024-02-10", "Q", Block}, {"2024-02-11", "Q", ""},
	} {
		if got := ds.On(date.Must(c.day))[c.rule]; got != c.want {
			t.Errorf("%s on %s: %q", c.rule, c.day, got)
		}
	}
	if ds.On(date.Must("2020-01-01")) != nil {
		t.Error("nothing was decided by then")
	}
}

// drawChange draws a change within and around the sets of the test.
func drawChange(t *rapid.T, id string) Change {
	first := date.Must("2018-01-01")
	c := Change{ID: id, From: first.AddDays(rapid.IntRange(0, 3000).Draw(t, "from")), Document: "QĐ " + id}
	if rapid.IntRange(0, 4).Draw(t, "kind") == 0 {
		c.Set = &Set{ID: "N" + id, Documents: []string{"n"}, Terms: map[string]Term{}}
		if rapid.Bool().Draw(t, "states") {
			c.Set.Terms["X"] = Term{Amount: rapid.IntRange(10, 20).Draw(t, "amount"), Unit: Months, Cite: "n"}
		}
		return c
	}
	c.Term, c.Value = rapid.SampledFrom([]string{"X", "Y"}).Draw(t, "term"), Term{Amount: rapid.IntRange(21, 90).Draw(t, "amount")}
	if rapid.Bool().Draw(t, "revoked") {
		c.To = c.From.AddDays(rapid.IntRange(-1, 400).Draw(t, "days"))
	}
	return c
}

// TestWhateverChangesEarlierDaysStay: with any changes made, one more changes no day
// before its own, holds on its own day, leaves no gap and changes the hash where it speaks.
func TestWhateverChangesEarlierDaysStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var made []Change
		for i := range rapid.IntRange(0, 5).Draw(t, "made") {
			made = append(made, drawChange(t, string(rune('a'+i))))
		}
		last := drawChange(t, "z")
		before, after := sets().With(made), sets().With(append(made, last))
		for i, s := range after {
			if i > 0 && after[i-1].To.AddDays(1) != s.From || !s.To.IsZero() && s.To.Before(s.From) {
				t.Fatalf("a gap: %+v", after)
			}
		}
		if !after[len(after)-1].To.IsZero() || !after[0].From.IsZero() {
			t.Fatalf("not all days: %+v", after)
		}
		for _, id := range []string{"X", "Y"} {
			for _, back := range []int{1, 2, 30, 400, 2000} {
				day := last.From.AddDays(-back)
				a, errA := before.Term(id, day)
				b, errB := after.Term(id, day)
				if errA != nil || errB != nil || a != b {
					t.Fatalf("%s on %s was %+v, is %+v", id, day, a, b)
				}
			}
		}
		if last.Set != nil || !last.To.IsZero() && last.To.Before(last.From) {
			return
		}
		got, err := after.Term(last.Term, last.From)
		if err != nil || got.Amount != last.Value.Amount || got.Change != "z" || got.Unit == "" || got.Cite != last.Document {
			t.Fatalf("on its day: %+v, %v", got, err)
		}
		if after.On(last.From).Hash() == before.On(last.From).Hash() {
			t.Fatal("the hash is the same")
		}
		if !last.To.IsZero() {
			a, _ := before.Term(last.Term, last.To.AddDays(1))
			if b, _ := after.Term(last.Term, last.To.AddDays(1)); a != b {
				t.Fatalf("after it ended: %+v, was %+v", b, a)
			}
		}
	})
}
