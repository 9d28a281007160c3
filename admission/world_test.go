package admission

import (
	"maps"
	"strconv"

	"ketnap/date"
)

// world is that of a branch under a base committee, with 20, 9 and 9 who vote.
func world() World {
	return World{
		Today: date.Must("2026-11-23"), Sets: Regulation(), Calendar: date.Builtin(),
		Over: Over{Base: true}, Counts: Counts{Branch: 20, Base: 9, Standing: 9},
	}
}

// opened is a file as it is registered: nothing done yet.
func opened() File {
	return Replay(File{ID: "f1", Unit: "CB1", Name: "Nguyễn Thị Lan", Birth: date.Must("2000-03-01"), Sex: "female", Version: 1})
}

// usual is the act as it is done where nothing is wrong: with all that it must bring.
func usual(f File, code Code, on date.Date) Act {
	a := Act{ID: "a" + strconv.Itoa(len(f.Acts)+1), Code: code, On: on}
	if t, ok := table(code); ok && t.votes != noBody {
		n := map[body]int{branchBody: 20, baseBody: 9, standingBody: 9}[t.votes]
		a.Votes = &Votes{Members: n, Present: n, For: n}
	}
	if code.HasNumber() || code == Introduce {
		a.Number = "12-NQ/CB"
	}
	if code.NeedsNote() {
		a.Note = "lý do"
	}
	switch code {
	case Introduce:
		a.By = YouthUnion
	case AssignHelper, Ceremony:
		a.Helper = "Trần Văn Bình"
	case SendVerification:
		a.To = "Đảng ủy xã Quảng Phú"
	case ConcludeVerification:
		a.Result = ResultClear
	case CompleteDossier:
		a.Papers = dated(DossierPapers(f.By), on)
	case CompleteReview:
		a.Papers = dated(ReviewPapers(), on)
	case BallotFailed:
		a.Question, a.Votes = questionAt(f.Stage), &Votes{Members: 9, Present: 9, For: 1, Against: 8}
		if t, ok := failedRow(f.State, a.Question, Over{Base: true}); ok && t.votes == branchBody {
			a.Votes = &Votes{Members: 20, Present: 20, For: 13, Against: 7}
		}
	case Extend:
		a.Rule = termDecision
		if f.Stage.order() > BaseResolved.order() {
			a.Rule = termRecognition
		}
	case Consent:
		a.Rule = "ELI-02"
		if f.Stage == Decided {
			a.Rule = "DL-80"
		}
	case Return:
		a.Stage = Ready
	case Refuse:
		a.Stage = Listed
	case Transfer:
		a.Unit = "CB2"
	case Suspend:
		a.Cause = CauseProsecuted
	case Annul:
		a.Cause = CauseProcedure
	case Void:
		if last, ok := f.LastAct(); ok {
			a.ActID = last.ID
		}
	}
	return a
}

func questionAt(s Stage) Question {
	switch s {
	case Probationary, RemovalProposed:
		return QuestionRemoval
	case ReviewReady, RecognitionProposed, RecognitionAppraised:
		return QuestionRecognition
	}
	return QuestionAdmission
}

func dated(codes []PaperCode, on date.Date) map[PaperCode]date.Date {
	out := map[PaperCode]date.Date{}
	for _, c := range codes {
		out[c] = on
	}
	return out
}

// roadTo lists the acts that lead straight to a stage.
func roadTo(s Stage, over Over) []Code {
	road := []Code{}
	for _, step := range []struct {
		act   Code
		stage Stage
		skip  bool
	}{
		{act: Introduce, stage: Outstanding}, {act: List}, {act: AssignHelper, stage: Listed}, {act: Certify, stage: Certified},
		{act: Apply, stage: Applying}, {act: SendVerification}, {act: ReceiveRequest, stage: Verifying},
		{act: ConcludeVerification, stage: Verified}, {act: CompleteDossier, stage: Ready}, {act: BranchResolution, stage: BranchResolved},
		{act: Appraise, stage: Appraised, skip: !over.Sectional}, {act: BaseResolution, stage: BaseResolved, skip: !over.Base},
		{act: Decide}, {act: ReceiveDecision, stage: Decided}, {act: Ceremony, stage: Probationary},
		{act: CompleteReview, stage: ReviewReady}, {act: ProposeRecognition, stage: RecognitionProposed},
		{act: AppraiseRecognition, skip: !over.Sectional}, {act: BaseRecognition, stage: RecognitionAppraised, skip: !over.Base},
		{act: Recognize, stage: Official},
	} {
		if !step.skip {
			road = append(road, step.act)
		}
		if step.stage == s {
			return road
		}
	}
	switch s {
	case New:
		return nil
	case Held:
		return append(roadTo(Verifying, over), Hold)
	case RemovalProposed:
		return append(roadTo(Probationary, over), ProposeRemoval)
	case Removed:
		return append(roadTo(RemovalProposed, over), Remove)
	case Withdrawn:
		return append(roadTo(Listed, over), Withdraw)
	case Suspended:
		return append(roadTo(Verified, over), Suspend)
	}
	return append(roadTo(Listed, over), Close)
}

// fataler is a test, or a draw of one.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// at takes a file along the road to a stage, every act on one day; what must wait for
// the end of probation is done on the day after it.
func at(t fataler, f File, s Stage, on date.Date, w World) File {
	t.Helper()
	for _, code := range roadTo(s, w.Over) {
		if code == CompleteReview && s != ReviewReady {
			on = f.probationEnd(w).AddDays(1)
		}
		before := f
		findings := advance(t, &f, usual(f, code, on), w)
		if f.Version == before.Version {
			t.Fatalf("%s at %s on %s: %+v", code, before.Stage, on, findings)
		}
	}
	if f.Stage != s {
		t.Fatalf("the road to %s ends at %s", s, f.Stage)
	}
	return f
}

// advance records an act and returns what was said, as "block VOT-01".
func advance(t fataler, f *File, a Act, w World) []string {
	t.Helper()
	next, _, findings := Advance(*f, a, w)
	*f = next
	var out []string
	for _, x := range findings {
		if x.Rule == "" || x.Cite == "" || x.Message == "" {
			t.Fatalf("a finding without rule, source or sentence: %+v", x)
		}
		out = append(out, string(x.Severity)+" "+x.Rule)
	}
	return out
}

// copied is a deep copy, to see whether a file was changed.
func copied(f File) File {
	acts := f.Acts
	f.Acts = nil
	for _, a := range acts {
		if a.Votes != nil {
			v := *a.Votes
			a.Votes = &v
		}
		if a.Readmission != nil {
			r := *a.Readmission
			a.Readmission = &r
		}
		a.Papers = maps.Clone(a.Papers)
		a.Falls = append([]string(nil), a.Falls...)
		a.Rules = append([]string(nil), a.Rules...)
		f.Acts = append(f.Acts, a)
	}
	f.Papers, f.Extended = maps.Clone(f.Papers), maps.Clone(f.Extended)
	f.Consents, f.Ballots = maps.Clone(f.Consents), maps.Clone(f.Ballots)
	return f
}
