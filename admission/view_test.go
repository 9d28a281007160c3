package admission

import (
	"slices"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/rule"
)

// TestThePapersOfAFile: which papers a file lists, by who introduced the person, by the
// committees over the branch, and from when on.
func TestThePapersOfAFile(t *testing.T) {
	t.Parallel()
	day := date.Must("2024-06-03")
	base := []PaperCode{"CN-NTVĐ", "1-KNĐ", "2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ", "6-KNĐ"}
	for _, c := range []struct {
		name  string
		stage Stage
		over  Over
		want  []PaperCode
	}{
		{"a new file lists what its road needs", New, Over{Base: true}, append(slices.Clone(base), "8-KNĐ", "9-KNĐ")},
		{"a chi bộ cơ sở has no 8-KNĐ", New, Over{}, append(slices.Clone(base), "9-KNĐ")},
		{"a sectional committee adds 7-KNĐ", New, Over{Base: true, Sectional: true}, append(slices.Clone(base), "7-KNĐ", "8-KNĐ", "9-KNĐ")},
		{"from the ceremony on those of recognition too", Probationary, Over{Base: true, Sectional: true},
			append(slices.Clone(base), "7-KNĐ", "8-KNĐ", "9-KNĐ", "1-HSĐV", "10-KNĐ", "11-KNĐ", "12-KNĐ", "CN-ĐVM", "13-KNĐ", "14-KNĐ", "15-KNĐ", "16-KNĐ")},
		{"of a chi bộ cơ sở", Probationary, Over{}, append(slices.Clone(base), "9-KNĐ", "1-HSĐV", "10-KNĐ", "11-KNĐ", "12-KNĐ", "CN-ĐVM", "13-KNĐ", "16-KNĐ")},
	} {
		w := world()
		w.Over = c.over
		var got []PaperCode
		for _, p := range at(t, opened(), c.stage, day, w).PapersOn(w) {
			got = append(got, p.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestEveryPaperOfAnOfficialMemberIsPresent(t *testing.T) {
	t.Parallel()
	w := world()
	w.Over.Sectional = true
	f := at(t, opened(), Probationary, date.Must("2024-06-03"), w)
	advance(t, &f, usual(f, FileMemberCV, date.Must("2024-06-10")), w)
	on := f.probationEnd(w).AddDays(1)
	for _, code := range []Code{CompleteReview, ProposeRecognition, AppraiseRecognition, BaseRecognition, Recognize} {
		advance(t, &f, usual(f, code, on), w)
	}
	for _, p := range f.PapersOn(w) {
		if p.State != Present || p.Date.IsZero() {
			t.Errorf("%s is %s", p.Code, p.State)
		}
		numbered := slices.Contains([]PaperCode{"CN-NTVĐ", "6-KNĐ", "8-KNĐ", "9-KNĐ", "13-KNĐ", "15-KNĐ", "16-KNĐ"}, p.Code)
		if numbered != (p.Number != "") {
			t.Errorf("%s has number %q", p.Code, p.Number)
		}
	}
}

func TestAReturnedFileMissesItsResolutionsAgain(t *testing.T) {
	t.Parallel()
	w := world()
	f := at(t, opened(), BaseResolved, date.Must("2024-06-03"), w)
	advance(t, &f, usual(f, Return, date.Must("2024-06-10")), w)
	for _, p := range f.PapersOn(w) {
		missing := slices.Contains([]PaperCode{"6-KNĐ", "8-KNĐ", "9-KNĐ"}, p.Code)
		if missing != (p.State == Missing) {
			t.Errorf("%s is %s", p.Code, p.State)
		}
	}
}

func TestReasonsOfAStuckFileHaveWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range []Reason{NoHelper, WaitingClass, NoApplication, VerificationLate, PapersExpiring, NotVoted} {
		if r.Words() == "" || seen[r.Words()] {
			t.Errorf("%s: %q", r, r.Words())
		}
		seen[r.Words()] = true
	}
}

// TestStuckTakesTheFirstReasonThatFits holds the order of the contract.
func TestStuckTakesTheFirstReasonThatFits(t *testing.T) {
	t.Parallel()
	last, on := date.Must("2024-01-10"), date.Must("2024-06-01")
	soon, late := date.Must("2024-06-30"), date.Must("2024-03-01")
	for _, c := range []struct {
		name  string
		brief Brief
		want  Reason
		free  bool
	}{
		{"nobody helps, whatever else", Brief{Stage: Ready, PapersUntil: soon}, NoHelper, false},
		{"on the list with a helper", Brief{Stage: Listed, Helper: "B"}, WaitingClass, false},
		{"certified", Brief{Stage: Certified, Helper: "B"}, NoApplication, false},
		{"the answer is late", Brief{Stage: Verifying, Helper: "B", AnswerDue: late}, VerificationLate, false},
		{"the answer is due today", Brief{Stage: Verifying, Helper: "B", AnswerDue: on}, NotVoted, false},
		{"papers end in 60 days", Brief{Stage: Ready, Helper: "B", PapersUntil: on.AddDays(60)}, PapersExpiring, false},
		{"papers end in 61 days", Brief{Stage: Ready, Helper: "B", PapersUntil: on.AddDays(61)}, NotVoted, false},
		{"the certificate ends today", Brief{Stage: Applying, Helper: "B", CertificateUntil: on}, NotVoted, false},
		{"the certificate ended yesterday", Brief{Stage: Applying, Helper: "B", CertificateUntil: on.AddDays(-1)}, "", true},
		{"a decided file waits for others", Brief{Stage: Decided, Helper: "B"}, "", true},
		{"a new file has no act", Brief{Stage: New}, "", true},
	} {
		c.brief.Last = last
		got, stuck := c.brief.Stuck(on, 3)
		if got != c.want || stuck == c.free {
			t.Errorf("%s: %q, %v", c.name, got, stuck)
		}
		if _, stuck := c.brief.Stuck(last.AddMonths(3), 3); stuck {
			t.Errorf("%s: three months are not more than three", c.name)
		}
		if _, stuck := c.brief.Stuck(on, 6); stuck {
			t.Errorf("%s: the number of months is a setting", c.name)
		}
	}
}

// TestTheQuestionOffered: what the form of a failed ballot offers can be recorded.
func TestTheQuestionOffered(t *testing.T) {
	t.Parallel()
	w := world()
	for _, stage := range Stages() {
		if stage == Appraised {
			continue
		}
		if _, ok := row(BallotFailed, stage); !ok {
			continue
		}
		f := at(t, opened(), stage, date.Must("2024-06-03"), w)
		if _, ok := failedRow(f.State, f.Question(), w.Over); !ok {
			t.Errorf("at %s nobody votes on %s", stage, f.Question())
		}
	}
}

// TestWhyEveryStepWaits: each step that a file may wait for has its sentence and clause.
func TestWhyEveryStepWaits(t *testing.T) {
	t.Parallel()
	for _, over := range lines() {
		w := world()
		w.Over = over
		for _, stage := range Stages() {
			if stage == BaseResolved && !over.Base || stage == Appraised && !over.Sectional || stage == RecognitionAppraised && !over.Base {
				continue
			}
			for _, n := range at(t, opened(), stage, date.Must("2024-06-03"), w).Next(w) {
				if sentence, cite := Why(n.Act, n.Rule); sentence == "" || cite == "" {
					t.Errorf("%s: why %s?", stage, n.Act)
				}
			}
		}
	}
	if sentence, _ := Why(BranchResolution, termCertificate); !strings.Contains(sentence, "giấy chứng nhận") {
		t.Errorf("got %q", sentence)
	}
	for _, act := range []Code{Recognize, Remove} {
		if sentence, cite := Why(act, "VOT-11"); !strings.Contains(sentence, "ba lần") || cite != "QĐ 24-QĐ/TW, 4.2" {
			t.Errorf("%s: got %q, %q", act, sentence, cite)
		}
	}
	if sentence, cite := Why(Withdraw, ""); sentence != "" || cite == "" {
		t.Errorf("nobody waits for a withdrawal: %q, %q", sentence, cite)
	}
	if sentence, _ := Why(Certify, termCertificate); !strings.Contains(sentence, "học lại") {
		t.Errorf("got %q", sentence)
	}
}

// TestAnAdministratorDecidesWarningsOnly: a warning may become a block and the reverse
// is not possible for what always blocks.
func TestAnAdministratorDecidesWarningsOnly(t *testing.T) {
	t.Parallel()
	w := world()
	w.Decided = map[string]rule.Severity{"VOT-01": rule.Warn, "ADM-12": rule.Block}
	f := at(t, opened(), Ready, date.Must("2024-06-03"), world())
	a := usual(f, BranchResolution, date.Must("2024-06-04"))
	a.Votes.For, a.Votes.Against = 13, 7
	if got := advance(t, &f, a, w); !slices.Equal(got, []string{"block VOT-01"}) {
		t.Errorf("a vote always blocks: %v", got)
	}
	g := opened()
	day := date.Must("2024-06-03")
	advance(t, &g, usual(g, Introduce, day), w)
	advance(t, &g, usual(g, List, day), w)
	if got := advance(t, &g, usual(g, Certify, day), w); !slices.Equal(got, []string{"block ADM-12"}) || g.Stage != Listed {
		t.Errorf("a warning made a block refuses: %v", got)
	}
}

// TestWhatIsRecordedWithAnAct: the set, the rules that spoke, and nothing that only the
// machine may write.
func TestWhatIsRecordedWithAnAct(t *testing.T) {
	t.Parallel()
	w := world()
	f := at(t, opened(), BaseResolved, date.Must("2024-08-15"), w)
	a := usual(f, Decide, date.Must("2025-02-03"))
	a.Voided, a.Rules, a.RuleSet, a.Number = true, []string{"X"}, "X", "  31-QĐ/ĐUK  "
	advance(t, &f, a, w)
	got := f.Acts[len(f.Acts)-1]
	if got.RuleSet != "RS-2025A" || !slices.Equal(got.Rules, []string{"DL-71"}) || got.Voided || got.Number != "31-QĐ/ĐUK" {
		t.Errorf("recorded %+v", got)
	}
	m := opened()
	by := usual(m, Introduce, date.Must("2024-08-15"))
	by.By = Member
	advance(t, &m, by, w)
	if m.Acts[0].Number != "" {
		t.Errorf("a member's introduction has number %q", m.Acts[0].Number)
	}
	advance(t, &m, usual(m, Transfer, date.Must("2024-08-16")), w)
	if last := m.Acts[1]; last.From != "CB1" || last.Unit != "CB2" {
		t.Errorf("a transfer keeps where it came from: %+v", last)
	}
}

// TestFindingsSpeakOfWordsNotOfCodes: no finding shows a code to a person.
func TestFindingsSpeakOfWordsNotOfCodes(t *testing.T) {
	t.Parallel()
	w := world()
	for _, stage := range Stages() {
		if stage == Appraised {
			continue
		}
		f := at(t, opened(), stage, date.Must("2024-06-03"), w)
		for _, code := range Codes() {
			_, _, findings := Advance(f, usual(f, code, date.Must("2024-01-01")), w)
			for _, x := range findings {
				if strings.Contains(x.Message, "_") || strings.Contains(x.Message, "%!") || strings.Contains(x.Message, "2024-") {
					t.Errorf("%s at %s: %s", code, stage, x.Message)
				}
			}
		}
	}
}

func TestARefusalSaysWhatToDo(t *testing.T) {
	t.Parallel()
	w := world()
	day := date.Must("2024-06-03")
	for _, c := range []struct {
		stage Stage
		act   Code
		want  string
	}{
		{Closed, Apply, "hủy việc ghi sau cùng"},
		{Held, CompleteDossier, "kết luận"},
		{New, BranchResolution, "«chờ chi bộ họp»"},
		{New, Certify, "«cảm tình đảng»"},
		{New, Ceremony, "«chờ lễ kết nạp»"},
	} {
		f := at(t, opened(), c.stage, day, w)
		_, _, findings := Advance(f, usual(f, c.act, day), w)
		if len(findings) != 1 || !strings.Contains(findings[0].Message, c.want) {
			t.Errorf("%s at %s: %+v, want %q", c.act, c.stage, findings, c.want)
		}
	}
}
