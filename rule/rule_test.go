package rule

import (
	"encoding/json"
	"errors"
	"testing"

	"ketnap/date"
)

func sets() Sets {
	return Sets{
		{ID: "A", To: date.Must("2020-12-31"), Documents: []string{"a"}, Terms: map[string]Term{"X": {Amount: 1, Unit: Months, Cite: "a"}}},
		{ID: "B", From: date.Must("2021-01-01"), To: date.Must("2022-12-31"), Documents: []string{"b"}, Terms: map[string]Term{"Y": {Amount: 2, Unit: WorkingDays, Cite: "b"}}},
		{ID: "C", From: date.Must("2023-01-01"), Documents: []string{"c"}, Terms: map[string]Term{"X": {Amount: 3, Unit: Months, Cite: "c"}}},
	}
}

func TestTheSetOfADay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ day, set string }{
		{"1930-02-03", "A"}, {"2020-12-31", "A"}, {"2021-01-01", "B"}, {"2022-12-31", "B"}, {"2023-01-01", "C"}, {"2199-12-31", "C"},
	} {
		if got := sets().On(date.Must(c.day)).ID; got != c.set {
			t.Errorf("%s: %s, want %s", c.day, got, c.set)
		}
	}
	if got := sets().On(date.Date{}).ID; got != "A" {
		t.Errorf("no day at all is of the oldest set, not %s", got)
	}
	closed := sets()[:1]
	if got := closed.On(date.Must("2030-01-01")).ID; got != "A" {
		t.Errorf("after the last set it is still the last: %s", got)
	}
}

func TestAFigureComesFromTheNearestSetThatStatesIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, id, day string
		amount        int
		inherited     string
	}{
		{"stated by the set itself", "X", "2020-06-01", 1, ""},
		{"the nearest earlier set", "X", "2021-06-01", 1, "A"},
		{"stated anew", "X", "2023-06-01", 3, ""},
		{"no earlier set: the nearest later", "Y", "2020-06-01", 2, "B"},
		{"an earlier set before a later one", "Y", "2023-06-01", 2, "B"},
	} {
		got, err := sets().Term(c.id, date.Must(c.day))
		if err != nil || got.Amount != c.amount || got.Inherited != c.inherited || got.Set != sets().On(date.Must(c.day)).ID {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	if _, err := sets().Term("Z", date.Must("2020-06-01")); !errors.Is(err, ErrNoTerm) {
		t.Errorf("no set states Z: %v", err)
	}
}

func TestAFindingThatBlocks(t *testing.T) {
	t.Parallel()
	warn, block := Finding{Severity: Warn}, Finding{Severity: Block}
	for _, c := range []struct {
		findings []Finding
		want     bool
	}{{nil, false}, {[]Finding{warn}, false}, {[]Finding{block}, true}, {[]Finding{warn, block, warn}, true}} {
		if Blocked(c.findings) != c.want {
			t.Errorf("%v: want %v", c.findings, c.want)
		}
	}
	b, err := json.Marshal(Finding{Rule: "VOT-01", Cite: "Điều 4", Severity: Block, Message: "Cần 14 phiếu."})
	if want := `{"rule":"VOT-01","cite":"Điều 4","severity":"block","message":"Cần 14 phiếu."}`; err != nil || string(b) != want {
		t.Errorf("got %s", b)
	}
}

func TestWhatWasSeenBlocksAndTheRestWarns(t *testing.T) {
	t.Parallel()
	for c, want := range map[Confidence]Severity{Sourced: Block, Remembered: Warn, Inferred: Warn, "": Warn} {
		if c.Severity() != want {
			t.Errorf("%q: %s", c, c.Severity())
		}
	}
}

func TestAHashNamesTheText(t *testing.T) {
	t.Parallel()
	a, again := sets()[0].Hash(), sets()[0].Hash()
	changed := sets()[0]
	changed.Terms["X"] = Term{Amount: 2, Unit: Months, Cite: "a"}
	if a != again || a == changed.Hash() || a == sets()[1].Hash() || len(a) != 16 {
		t.Errorf("hashes %s %s %s", a, again, changed.Hash())
	}
}
