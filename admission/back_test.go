package admission

import (
	"errors"
	"slices"
	"testing"

	"ketnap/date"
)

// TestAPreviewSaysWhatAVoidWouldDo: what falls, where the file goes, which terms, papers
// and numbers change, and nothing is recorded.
func TestAPreviewSaysWhatAVoidWouldDo(t *testing.T) {
	t.Parallel()
	w := world()
	w.Today = date.Must("2024-07-01")
	f := at(t, opened(), BaseResolved, date.Must("2024-06-03"), w)
	decide := usual(f, Decide, date.Must("2024-06-10"))
	decide.Number = "31-QĐ/ĐUK"
	advance(t, &f, decide, w)
	advance(t, &f, usual(f, Transfer, date.Must("2024-06-11")), w)
	advance(t, &f, usual(f, ReceiveDecision, date.Must("2024-06-17")), w)
	before := copied(f)

	p, err := f.VoidPreview(decide.ID, w)
	if err != nil {
		t.Fatal(err)
	}
	var falls []Code
	for _, a := range p.Falls {
		falls = append(falls, a.Code)
	}
	if !slices.Equal(falls, []Code{Decide, Transfer, ReceiveDecision}) || p.From != Decided || p.To != BaseResolved || p.Unit != "CB1" || p.Desk != DeskBoard {
		t.Errorf("%v from %s to %s in %q at %s", falls, p.From, p.To, p.Unit, p.Desk)
	}
	if !slices.Equal(p.Numbers, []string{"31-QĐ/ĐUK"}) {
		t.Errorf("numbers %v", p.Numbers)
	}
	terms := map[string]DeadlineChange{}
	for _, c := range p.Deadlines {
		terms[c.Rule] = c
	}
	if c := terms["DL-70"]; c.Was.Done.IsZero() || !c.Is.Done.IsZero() || c.Was.Due != c.Is.Due {
		t.Errorf("DL-70 runs again: %+v", c)
	}
	if c := terms["DL-80"]; c.Was.From.IsZero() || !c.Is.From.IsZero() || len(terms) != 2 {
		t.Errorf("DL-80 is gone: %+v of %d", c, len(terms))
	}
	if len(p.Papers) != 1 || p.Papers[0].Was.Code != PaperDecision || p.Papers[0].Is.State != Missing {
		t.Errorf("papers %+v", p.Papers)
	}
	if after := copied(f); after.Version != before.Version || len(after.Acts) != len(before.Acts) {
		t.Error("a preview recorded something")
	}
	for _, id := range []string{"", "none"} {
		if _, err := f.VoidPreview(id, w); !errors.Is(err, ErrNotVoidable) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// TestWhoMayTakeActsBack: the highest desk among the acts that fall.
func TestWhoMayTakeActsBack(t *testing.T) {
	t.Parallel()
	w := world()
	f := at(t, opened(), Decided, date.Must("2024-06-03"), w)
	want := map[Code]Desk{Introduce: DeskBoard, BranchResolution: DeskBoard, BaseResolution: DeskBoard, Decide: DeskBoard, ReceiveDecision: DeskBranch}
	desks := f.Voidable(w.Over)
	for _, a := range f.Acts {
		if d, asked := want[a.Code]; asked && (desks[a.ID] != d || f.Desk(Act{Code: Void, ActID: a.ID}, w.Over) != d) {
			t.Errorf("%s is taken back at %s", a.Code, desks[a.ID])
		}
	}
	g := at(t, opened(), BaseResolved, date.Must("2024-06-03"), w)
	if d := g.Voidable(w.Over)[g.Acts[0].ID]; d != DeskBase {
		t.Errorf("up to the base committee's resolution it is the base's to take back, not %s", d)
	}
	w.Over = Over{}
	h := at(t, opened(), Held, date.Must("2024-06-03"), w)
	if d := h.Voidable(w.Over)[h.Acts[0].ID]; d != DeskBranch {
		t.Errorf("a chi bộ cơ sở keeps the base's desk: %s", d)
	}
}

// TestEveryBallotThatFallsIsForgotten: a void of an earlier act takes back the tasks of all
// ballots after it.
func TestEveryBallotThatFallsIsForgotten(t *testing.T) {
	t.Parallel()
	w := world()
	f := at(t, opened(), Ready, date.Must("2024-06-03"), w)
	first := usual(f, BallotFailed, date.Must("2024-06-04"))
	advance(t, &f, first, w)
	advance(t, &f, usual(f, BallotFailed, date.Must("2024-06-05")), w)
	_, effects, _ := Advance(f, Act{ID: "v", Code: Void, ActID: first.ID, Note: "ghi nhầm"}, w)
	if !slices.Equal(effects, []Effect{{Kind: ForgetBallot, Rule: "VOT-04"}, {Kind: ForgetBallot, Rule: "VOT-04"}}) {
		t.Errorf("effects %v", effects)
	}
}

// TestCodesOfPeopleHaveWords: every code that a form offers has words, each its own.
func TestCodesOfPeopleHaveWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	word := func(code, words string) {
		if words == "" || seen[words] {
			t.Errorf("%s: %q", code, words)
		}
		seen[words] = true
	}
	for _, c := range []Cause{CauseDied, CausePolitical, CauseAnnulled, CauseProsecuted, CauseDetained, CauseOther, CauseUnfit, CauseProcedure} {
		word(string(c), c.Words())
	}
	for _, r := range LeavingReasons() {
		word(string(r), r.Words())
	}
	for _, e := range Educations() {
		word(string(e), e.Words())
	}
	for _, c := range Codes() {
		if asks := c == Close || c == Suspend || c == Annul; asks != (len(c.Causes()) > 0) {
			t.Errorf("%s has causes %v", c, c.Causes())
		}
	}
	if (Deadline{}).Percent(5) != 0 || (Deadline{Amount: 60, Extra: 30}).Percent(45) != 50 {
		t.Error("the share of a term is of the whole with its extension")
	}
}
