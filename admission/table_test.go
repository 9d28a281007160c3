package admission

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/rule"
)

var update = flag.Bool("update", false, "write the golden files anew")

// lines are the three ways in which committees stand over a branch.
func lines() []Over { return []Over{{}, {Base: true}, {Base: true, Sectional: true}} }

// TestEachActAtEachStage tries every act, done as usual, at every stage under every line
// of committees. The golden file says what comes of it: the stage it leads to, "=" where
// the stage stays, or "." where it is refused. Its difference is read in review.
func TestEachActAtEachStage(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, over := range lines() {
		w := world()
		w.Over = over
		fmt.Fprintf(&b, "# base %v, sectional %v\n", over.Base, over.Sectional)
		for _, stage := range Stages() {
			if stage == BaseResolved && !over.Base || stage == Appraised && !over.Sectional || stage == RecognitionAppraised && !over.Base {
				continue // not on this road
			}
			f := at(t, opened(), stage, date.Must("2024-06-03"), w)
			fmt.Fprintf(&b, "%s:", stage)
			var passed []Code
			for _, code := range Codes() {
				on := f.Last
				if on.IsZero() {
					on = date.Must("2024-06-03")
				}
				if stage == ReviewReady {
					on = f.probationEnd(w).AddDays(1)
				}
				a := usual(f, code, on)
				if code == BallotFailed {
					if row, ok := failedRow(f.State, a.Question, over); ok && row.votes == standingBody {
						a.Votes.For, a.Votes.Against = 4, 5
					}
				}
				next, _, findings := Advance(f, a, w)
				if rule.Blocked(findings) {
					continue
				}
				passed = append(passed, code)
				to := string(next.Stage)
				if next.Stage == f.Stage {
					to = "="
				}
				fmt.Fprintf(&b, "\n  %s → %s", code, to)
			}
			b.WriteString("\n")
			if offered := f.Possible(over); !slices.Equal(offered, passed) {
				t.Errorf("%+v %s offers %v, takes %v", over, stage, offered, passed)
			}
		}
	}
	golden(t, "testdata/acts.golden", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the difference\n%s", name, got)
	}
}

// TestTheTableOfTheContract holds the rows against the contract's own table.
func TestTheTableOfTheContract(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		act      Code
		from, to Stage
		desk     Desk
		number   bool
		votes    body
	}{
		{Introduce, New, Outstanding, DeskBranch, false, noBody},
		{List, Outstanding, Listed, DeskBranch, true, noBody},
		{AssignHelper, Listed, "", DeskBranch, false, noBody},
		{Certify, Listed, Certified, DeskBranch, true, noBody},
		{Apply, Certified, Applying, DeskBranch, false, noBody},
		{SendVerification, Applying, Verifying, DeskBranch, false, noBody},
		{ReceiveRequest, Verifying, "", DeskBranch, false, noBody},
		{ConcludeVerification, Verifying, Verified, DeskBranch, false, noBody},
		{Hold, Verified, Held, DeskBase, false, noBody},
		{Release, Held, "", DeskBase, false, noBody},
		{CompleteDossier, Verified, Ready, DeskBranch, false, noBody},
		{BranchResolution, Ready, BranchResolved, DeskBranch, true, branchBody},
		{Appraise, BranchResolved, Appraised, DeskBase, false, noBody},
		{BaseResolution, Appraised, BaseResolved, DeskBase, true, baseBody},
		{Decide, BaseResolved, Decided, DeskBoard, true, standingBody},
		{ReceiveDecision, Decided, "", DeskBranch, false, noBody},
		{Ceremony, Decided, Probationary, DeskBranch, false, noBody},
		{CompleteReview, Probationary, ReviewReady, DeskBranch, false, noBody},
		{ProposeRecognition, ReviewReady, RecognitionProposed, DeskBranch, true, branchBody},
		{AppraiseRecognition, RecognitionProposed, RecognitionAppraised, DeskBase, false, noBody},
		{BaseRecognition, RecognitionProposed, RecognitionAppraised, DeskBase, true, baseBody},
		{Recognize, RecognitionAppraised, Official, DeskBoard, true, standingBody},
		{ProposeRemoval, Probationary, RemovalProposed, DeskBranch, true, branchBody},
		{Remove, RemovalProposed, Removed, DeskBoard, true, standingBody},
		{BallotFailed, Ready, "", DeskBranch, false, noBody},
		{Extend, BranchResolved, "", DeskBoard, false, noBody},
		{Consent, Decided, "", DeskBoard, true, noBody},
		{Return, BaseResolved, "", DeskBoard, false, noBody},
		{Refuse, BaseResolved, "", DeskBoard, true, noBody},
		{Transfer, New, "", DeskBoard, false, noBody},
		{Withdraw, New, Withdrawn, DeskBranch, false, noBody},
		{Unlist, Listed, Closed, DeskBranch, false, noBody},
		{Close, New, Closed, DeskBoard, false, noBody},
		{FileMemberCV, Probationary, "", DeskBranch, false, noBody},
		{LeaveSchool, Listed, "", DeskBranch, false, noBody},
		{ReceiveTransfer, Probationary, "", DeskBranch, false, noBody},
		{Suspend, Listed, Suspended, DeskBase, false, noBody},
		{Resume, Suspended, "", DeskBase, false, noBody},
		{Annul, Official, "", DeskBoard, true, noBody},
	} {
		r, ok := row(c.act, c.from)
		if !ok || r.to != c.to || r.desk != c.desk || r.number != c.number || r.votes != c.votes {
			t.Errorf("%s from %s: %+v", c.act, c.from, r)
		}
	}
}

func TestRowsAgreeAndOverlapNowhere(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range rows {
		first, _ := table(r.act)
		if r.desk != first.desk || r.votes != first.votes || r.number != first.number || r.note != first.note || r.rule != first.rule || r.cite == "" {
			t.Errorf("rows of %s differ in more than their stages", r.act)
		}
		for _, s := range r.from {
			key := string(r.act) + " " + string(s)
			if seen[key] || !s.Valid() || !s.Open() && r.act != Annul { // only a wrongful admission is undone after its end
				t.Errorf("%s: twice, or from a stage that takes no act", key)
			}
			seen[key] = true
		}
	}
	codes := Codes()
	for i, c := range codes {
		if !c.Valid() || c.Words() == string(c) || slices.Index(codes, c) != i {
			t.Errorf("%s: unknown, without words, or listed twice", c)
		}
	}
	if Code("dance").Valid() || Code("dance").Words() != "dance" || Code("").Valid() {
		t.Error("only acts are acts")
	}
	if codes[len(codes)-1] != Void || !Void.NeedsNote() || Void.HasNumber() || Void.HasVotes() || !BallotFailed.HasVotes() || !Decide.HasVotes() {
		t.Error("void comes last and needs a reason; ballots and decisions have votes")
	}
}

func TestStagesHaveWordsAndTheirPlace(t *testing.T) {
	t.Parallel()
	for _, s := range Stages() {
		if s.Words() == "" || !s.Valid() {
			t.Errorf("%s", s)
		}
		ended := s == Official || s == Removed || s == Withdrawn || s == Closed
		if s.Open() == ended {
			t.Errorf("%s open: %v", s, s.Open())
		}
	}
	if Stage("limbo").Valid() || Stage("limbo").Source() {
		t.Error("limbo is no stage")
	}
}

// TestNextAndPossibleFollowTheTable: what the page offers has a row, and what it asks
// for first is among what it offers.
func TestNextAndPossibleFollowTheTable(t *testing.T) {
	t.Parallel()
	for _, over := range lines() {
		w := world()
		w.Over = over
		for _, stage := range Stages() {
			if stage == BaseResolved && !over.Base || stage == Appraised && !over.Sectional || stage == RecognitionAppraised && !over.Base {
				continue
			}
			f := at(t, opened(), stage, date.Must("2024-06-03"), w)
			possible := f.Possible(over)
			for _, code := range possible {
				if _, ok := row(code, stage); !ok && code != Void {
					t.Errorf("%+v %s offers %s, which the table does not", over, stage, code)
				}
			}
			if slices.Contains(possible, Void) != (stage != New) {
				t.Errorf("%s offers void: %v", stage, possible)
			}
			next := f.Next(w)
			if (len(next) == 0) == stage.Open() {
				t.Errorf("%+v %s waits for %v", over, stage, next)
			}
			for _, n := range next {
				if !slices.Contains(possible, n.Act) && n.Act != Ceremony {
					t.Errorf("%+v %s waits for %s, which is not offered", over, stage, n.Act)
				}
				if n.Who == DeskNone || n.Rule == "" || n.Cite == "" || n.Who != f.Desk(Act{Code: n.Act}, over) {
					t.Errorf("%+v %s: %+v", over, stage, n)
				}
			}
		}
	}
}

func TestWhatACompleteDossierMisses(t *testing.T) {
	t.Parallel()
	w := world()
	f := at(t, opened(), Verified, date.Must("2024-06-03"), w)
	if got := f.Next(w)[0].Missing; !slices.Equal(got, []PaperCode{"3-KNĐ", "4-KNĐ", "5-KNĐ"}) {
		t.Errorf("dossier: %v", got)
	}
	f = at(t, opened(), Probationary, date.Must("2024-06-03"), w)
	if got := f.Next(w)[0].Missing; !slices.Equal(got, []PaperCode{"10-KNĐ", "11-KNĐ", "12-KNĐ", "CN-ĐVM"}) {
		t.Errorf("review: %v", got)
	}
}

// TestDesks: who records the acts whose desk depends on more than the act.
func TestDesks(t *testing.T) {
	t.Parallel()
	day := date.Must("2024-06-03")
	under, alone := Over{Base: true}, Over{}
	w := world()
	for _, c := range []struct {
		name  string
		stage Stage
		act   Act
		over  Over
		want  Desk
	}{
		{"the branch records what the base committee concluded as clear", Verifying, Act{Code: ConcludeVerification, Result: ResultClear}, under, DeskBranch},
		{"the base committee concludes with held", Verifying, Act{Code: ConcludeVerification, Result: ResultHeld}, under, DeskBase},
		{"a chi bộ cơ sở keeps the base's desk", Verifying, Act{Code: ConcludeVerification, Result: ResultHeld}, alone, DeskBranch},
		{"and holds itself", Verified, Act{Code: Hold}, alone, DeskBranch},
		{"a failed ballot of the branch", Ready, Act{Code: BallotFailed, Question: QuestionAdmission}, under, DeskBranch},
		{"of the base committee", BranchResolved, Act{Code: BallotFailed, Question: QuestionAdmission}, under, DeskBase},
		{"of the standing committee", BaseResolved, Act{Code: BallotFailed, Question: QuestionAdmission}, under, DeskBoard},
		{"on recognition in the base committee", RecognitionProposed, Act{Code: BallotFailed, Question: QuestionRecognition}, under, DeskBase},
		{"on recognition in the standing committee", RecognitionAppraised, Act{Code: BallotFailed, Question: QuestionRecognition}, under, DeskBoard},
		{"on removal", RemovalProposed, Act{Code: BallotFailed, Question: QuestionRemoval}, under, DeskBoard},
		{"a void belongs to whoever recorded the act: the branch", BranchResolved, Act{Code: Void}, under, DeskBranch},
		{"the base committee", BaseResolved, Act{Code: Void}, under, DeskBase},
		{"the board", Official, Act{Code: Void}, under, DeskBoard},
		{"a void of no act is nobody's", New, Act{Code: Void}, under, DeskNone},
		{"an unknown act is nobody's", New, Act{Code: "dance"}, under, DeskNone},
	} {
		f := at(t, opened(), c.stage, day, w)
		if last, ok := f.LastAct(); ok && c.act.Code == Void {
			c.act.ActID = last.ID
		}
		if got := f.Desk(c.act, c.over); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAFailedBallotMakesATask(t *testing.T) {
	t.Parallel()
	w := world()
	f := at(t, opened(), Ready, date.Must("2024-06-03"), w)
	failed, effects, _ := Advance(f, usual(f, BallotFailed, date.Must("2024-06-04")), w)
	if len(effects) != 1 || effects[0] != (Effect{Kind: ReportBallot, Rule: "VOT-04", Desk: DeskBranch}) {
		t.Errorf("effects %v", effects)
	}
	last, _ := failed.LastAct()
	void := Act{ID: "v1", Code: Void, ActID: last.ID, Note: "ghi nhầm", On: date.Must("2024-06-04")}
	if _, effects, _ = Advance(failed, void, w); len(effects) != 1 || effects[0] != (Effect{Kind: ForgetBallot, Rule: "VOT-04"}) {
		t.Errorf("a voided ballot leaves its task: %v", effects)
	}
	if _, effects, _ = Advance(f, usual(f, BranchResolution, date.Must("2024-06-04")), w); len(effects) != 0 {
		t.Errorf("a vote that passed starts nothing: %v", effects)
	}
}

// TestThreeBallotsOpenTheBoardsDecision: the buttons of VOT-11 show only after three
// ballots on one question, and the desk is the board's.
func TestThreeBallotsOpenTheBoardsDecision(t *testing.T) {
	t.Parallel()
	for _, over := range lines() {
		w := world()
		w.Over = over
		for _, c := range []struct {
			stage           Stage
			recognize, next Code
		}{{Probationary, "", Remove}, {ReviewReady, Recognize, Recognize}} {
			f := at(t, opened(), c.stage, date.Must("2024-06-03"), w)
			for n := range 4 {
				possible, first := f.Possible(over), f.Next(w)[0]
				open := n >= 3
				if slices.Contains(possible, Remove) != open || slices.Contains(possible, Recognize) != (open && c.recognize != "") {
					t.Errorf("%+v %s after %d ballots offers %v", over, c.stage, n, possible)
				}
				if decides := first.Act == c.next && first.Who == DeskBoard && first.Rule == "VOT-11" && first.Cite != ""; decides != open {
					t.Errorf("%+v %s after %d ballots waits for %+v", over, c.stage, n, first)
				}
				advance(t, &f, usual(f, BallotFailed, f.Last), w)
			}
		}
	}
}
