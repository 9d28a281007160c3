package source

import (
	"errors"
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/target"
)

func TestNobodyIsSourceAndAdmittedAtOnce(t *testing.T) {
	t.Parallel()
	both := map[admission.Stage]bool{
		admission.Listed: true, admission.Certified: true, admission.Applying: true, admission.Verifying: true,
		admission.Verified: true, admission.Held: true, admission.Ready: true, admission.BranchResolved: true,
		admission.Appraised: true, admission.BaseResolved: true,
	}
	for _, s := range admission.Stages() {
		if got := Counts(s, target.ByDecision); got != both[s] {
			t.Errorf("%s counted by decision: got %v", s, got)
		}
		want := both[s] || s == admission.Decided
		if got := Counts(s, target.ByCeremony); got != want {
			t.Errorf("%s counted by ceremony: got %v", s, got)
		}
		files := []Candidate{{ID: "1", Stage: s}}
		if HasSource(files, target.ByDecision) != both[s] || len(Available(files, target.ByDecision)) == 1 != both[s] {
			t.Errorf("%s: HasSource and Available follow Counts", s)
		}
	}
	if HasSource(nil, target.ByDecision) || Available(nil, target.ByDecision) == nil {
		t.Error("no files are no source, as an empty list")
	}
}

func TestTheLatestOfTheHighestLevelRules(t *testing.T) {
	t.Parallel()
	j := func(l Level, has bool, on string) Judgement {
		return Judgement{Level: l, HasSource: has, On: date.Must(on)}
	}
	for _, c := range []struct {
		name string
		all  []Judgement
		want bool
	}{
		{"a higher level beats a later day", []Judgement{j(Confirmed, true, "2024-06-01"), j(Declared, false, "2024-12-01")}, true},
		{"within a level the later day counts", []Judgement{j(Declared, true, "2024-06-01"), j(Declared, false, "2024-09-01")}, false},
		{"the order of entry does not matter", []Judgement{j(Declared, false, "2024-09-01"), j(Declared, true, "2024-06-01")}, false},
		{"on one day the later entry counts", []Judgement{j(Checked, false, "2024-06-01"), j(Checked, true, "2024-06-01")}, true},
		{"the board's check is the last word", []Judgement{j(Checked, false, "2024-01-01"), j(Confirmed, true, "2024-12-01")}, false},
	} {
		if got, ok := Ruling(c.all); !ok || got.HasSource != c.want {
			t.Errorf("%s: got %v, %v", c.name, got, ok)
		}
	}
	if _, ok := Ruling(nil); ok {
		t.Error("nothing recorded is no ruling")
	}
}

func TestCodesHaveWordsAndAreReadBack(t *testing.T) {
	t.Parallel()
	for _, r := range Reasons() {
		if !r.Valid() || r.Words() == string(r) {
			t.Errorf("%s has no words", r)
		}
	}
	if own := Reason("trường mới thành lập"); own.Valid() || own.Words() != "trường mới thành lập" {
		t.Error("a sentence of one's own stands as it is")
	}
	for _, l := range []Level{Declared, Confirmed, Checked} {
		if back, ok := ParseLevel(l.String()); !ok || back != l || l.Words() == l.String() {
			t.Errorf("level %d", l)
		}
	}
	if _, ok := ParseLevel("level 0"); ok {
		t.Error("only the three codes are levels")
	}
}

func TestAJudgementThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	good := Judgement{Unit: "A", Year: 2024, Level: Declared, Reason: AllMembers, On: date.Must("2024-06-01")}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	with := good
	with.HasSource, with.Reason = true, ""
	if err := with.Validate(); err != nil {
		t.Errorf("having source needs no reason: %v", err)
	}
	for want, change := range map[error]func(*Judgement){
		ErrLevel:  func(j *Judgement) { j.Level = 4 },
		ErrDay:    func(j *Judgement) { j.On = date.Date{} },
		ErrReason: func(j *Judgement) { j.Reason = "" },
	} {
		bad := good
		change(&bad)
		if err := bad.Validate(); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	long := good
	long.Reason = Reason(strings.Repeat("ă", maxReason+1))
	if err := long.Validate(); !errors.Is(err, ErrReason) {
		t.Error("a reason has a limit")
	}
}
