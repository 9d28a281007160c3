package admission

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/rule"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestRules plays the cases of testdata/*.txtar, one file per rule, one section per
// case; the name of a section is the sentence that must hold. Lines are
//
//	birth D · by WHO · base no · sectional yes · counts BRANCH BASE STANDING · today D · decided RULE block|warn
//	closed D · competent no            the branch ended on D; no committee above may decide
//	start STAGE D                      the straight road to STAGE, every act on day D
//	D ACT key=value… -> outcome, …     an act; what is not given is as usual
//	D ? what …                         what the file says of itself on day D
//
// An outcome is "ok" (nothing said), "block RULE", "warn RULE" or "stage=STAGE". Where
// outcomes are given, nothing else may be said; without any, the act must pass.
func TestRules(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(text)
		if len(archive.Files) == 0 {
			t.Errorf("%s holds no case", name)
		}
		for _, c := range archive.Files {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+c.Name, func(t *testing.T) {
				t.Parallel()
				s := &script{t: t, file: opened(), world: world()}
				for i, line := range strings.Split(string(archive.Comment)+string(c.Data), "\n") {
					s.line = i + 1
					if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
						s.play(line)
					}
				}
			})
		}
	}
}

type script struct {
	t     *testing.T
	file  File
	world World
	by    Introducer
	line  int
}

func (s *script) errorf(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("line %d: %s", s.line, fmt.Sprintf(format, args...))
}

func (s *script) day(text string) date.Date {
	d, err := date.Parse(text)
	if err != nil {
		s.t.Fatalf("line %d: %v", s.line, err)
	}
	return d
}

func (s *script) play(line string) {
	words := fields(line)
	if line[0] >= '0' && line[0] <= '9' {
		on := s.day(words[0])
		if words[1] == "?" {
			s.ask(on, words[2], words[3:])
			return
		}
		s.act(on, Code(words[1]), line)
		return
	}
	arg := words[1]
	switch words[0] {
	case "birth":
		s.file.Birth = s.day(arg)
	case "by":
		s.by = Introducer(arg)
	case "base":
		s.world.Over.Base = arg == "yes"
	case "sectional":
		s.world.Over.Sectional = arg == "yes"
	case "today":
		s.world.Today = s.day(arg)
	case "counts":
		for i, n := range []*int{&s.world.Counts.Branch, &s.world.Counts.Base, &s.world.Counts.Standing} {
			*n = s.number(words[1+i])
		}
	case "closed": // the last day of the branch
		s.world.Closed = s.day(arg)
	case "competent":
		s.world.NoCompetent = arg == "no"
	case "decided":
		s.world.Decided = map[string]rule.Severity{arg: rule.Severity(words[2])}
	case "start":
		s.start(Stage(arg), s.day(words[2]))
	default:
		s.t.Fatalf("line %d: what is %q?", s.line, words[0])
	}
}

// start goes the straight road, with the introducer that the case asks for.
func (s *script) start(to Stage, on date.Date) {
	if s.by != "" {
		a := usual(s.file, Introduce, on)
		a.By = s.by
		advance(s.t, &s.file, a, s.world)
		for _, code := range roadTo(to, s.world.Over)[1:] {
			advance(s.t, &s.file, usual(s.file, code, on), s.world)
		}
		if s.file.Stage != to {
			s.t.Fatalf("line %d: the road ended at %s", s.line, s.file.Stage)
		}
		return
	}
	s.file = at(s.t, s.file, to, on, s.world)
}

// fields splits a line at spaces outside quotes.
func fields(line string) []string {
	quoted := false
	out := strings.FieldsFunc(line, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], `"`, "")
	}
	return out
}

func (s *script) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		s.t.Fatalf("line %d: %v", s.line, err)
	}
	return n
}

func (s *script) act(on date.Date, code Code, line string) {
	left, right, told := strings.Cut(line, "->")
	a := usual(s.file, code, on)
	if code == Introduce && s.by != "" {
		a.By = s.by
	}
	for _, w := range fields(left)[2:] {
		key, value, _ := strings.Cut(w, "=")
		s.set(&a, key, value)
	}
	before := copied(s.file)
	said := advance(s.t, &s.file, a, s.world)
	blocked := slices.ContainsFunc(said, func(f string) bool { return strings.HasPrefix(f, "block") })
	if blocked != (s.file.Version == before.Version) {
		s.errorf("version %d after %d, findings %v", s.file.Version, before.Version, said)
	}
	if !told {
		if blocked {
			s.errorf("%s: %v", code, said)
		}
		return
	}
	var want []string
	for _, outcome := range strings.Split(right, ",") {
		outcome = strings.TrimSpace(outcome)
		if stage, ok := strings.CutPrefix(outcome, "stage="); ok {
			if s.file.Stage != Stage(stage) {
				s.errorf("%s leads to %s, want %s (%v)", code, s.file.Stage, stage, said)
			}
			continue
		}
		if outcome != "ok" {
			want = append(want, outcome)
		}
	}
	if slices.Sort(want); !slices.Equal(slices.Compact(slices.Sorted(slices.Values(said))), want) {
		s.errorf("%s: said %v, want %v", code, said, want)
	}
}

// set changes one field of the act from what is usual.
func (s *script) set(a *Act, key, value string) {
	switch key {
	case "number":
		a.Number = value
	case "note":
		a.Note = value
	case "by":
		a.By = Introducer(value)
	case "helper":
		a.Helper = value
	case "to":
		a.To = value
	case "result":
		a.Result = Result(value)
	case "rule":
		a.Rule = value
	case "stage":
		a.Stage = Stage(value)
	case "question":
		a.Question = Question(value)
	case "unit":
		a.Unit = value
	case "act_id":
		a.ActID = value
	case "issued":
		a.Issued = s.day(value)
	case "cause":
		a.Cause = Cause(value)
	case "education":
		a.Education = Education(value)
	case "area":
		a.Area = Area(value)
	case "together":
		a.TogetherSince = s.day(value)
	case "no_residence":
		a.NoResidence = value
	case "left", "reason", "cleared", "before":
		s.readmission(a, key, value)
	case "on":
		a.On = date.Date{}
	case "votes":
		s.votes(a, value)
	case "papers":
		a.Papers = map[PaperCode]date.Date{}
		for _, pair := range strings.Split(value, ";") {
			if code, on, ok := strings.Cut(pair, ":"); ok {
				a.Papers[PaperCode(code)] = s.day(on)
			}
		}
	default:
		code, ok := strings.CutPrefix(key, "paper.")
		if !ok {
			s.t.Fatalf("line %d: no field %q", s.line, key)
		}
		delete(a.Papers, PaperCode(code))
		if value != "" {
			a.Papers[PaperCode(code)] = s.day(value)
		}
	}
}

// readmission changes one field of what an application says of the time before.
func (s *script) readmission(a *Act, key, value string) {
	if a.Readmission == nil {
		a.Readmission = &Readmission{}
	}
	switch key {
	case "left":
		a.Readmission.Left = s.day(value)
	case "reason":
		a.Readmission.Reason = LeavingReason(value)
	case "cleared":
		a.Readmission.Cleared = s.day(value)
	case "before":
		a.Readmission.Before = value == "yes"
	}
}

func (s *script) votes(a *Act, value string) {
	if value == "" {
		a.Votes = nil
		return
	}
	n := strings.Split(value, "/")
	a.Votes = &Votes{Members: s.number(n[0]), Present: s.number(n[1]), For: s.number(n[2]), Against: s.number(n[3])}
}

// ask compares what the file says of itself on a day.
func (s *script) ask(on date.Date, what string, args []string) {
	w := s.world
	w.Today = on
	got := ""
	switch what {
	case "deadline": // RULE due DATE|none done DATE|none late|kept
		got = "none"
		for _, d := range s.file.Deadlines(w) {
			if d.Rule == args[0] {
				got = fmt.Sprintf("%s due %s done %s %s", d.Rule, orNone(d.Due), orNone(d.Done), map[bool]string{true: "late", false: "kept"}[d.Late])
			}
		}
		if args[len(args)-1] == "none" && len(args) == 2 {
			args = []string{"none"}
		}
	case "next": // ACT DESK DATE|none, first only
		got = "none"
		if next := s.file.Next(w); len(next) > 0 {
			got = fmt.Sprintf("%s %s %s", next[0].Act, next[0].Who, orNone(next[0].Due))
		}
	case "paper": // CODE STATE UNTIL|none
		for _, p := range s.file.PapersOn(w) {
			if string(p.Code) == args[0] {
				got = fmt.Sprintf("%s %s %s", p.Code, p.State, orNone(p.Until))
			}
		}
	case "stuck": // REASON|no
		reason, stuck := s.file.Brief(w).Stuck(on, 3)
		if got = string(reason); !stuck {
			got = "no"
		}
	case "stage": // STAGE SINCE|none
		got = fmt.Sprintf("%s %s", s.file.Stage, orNone(s.file.Since))
	case "missing": // CODE… of the first step
		if next := s.file.Next(w); len(next) > 0 {
			for _, code := range next[0].Missing {
				got += " " + string(code)
			}
			got = strings.TrimSpace(got)
		}
	case "custody": // RULE at DESK|none: DESK DAYS …
		for _, d := range s.file.Deadlines(w) {
			if d.Rule == args[0] {
				got = fmt.Sprintf("%s at %s:", d.Rule, orNoDesk(d.Custodian))
				for _, x := range d.Shares {
					got += fmt.Sprintf(" %s %d", x.Desk, x.Days)
				}
			}
		}
	case "ballots": // QUESTION N
		got = fmt.Sprintf("%s %d", args[0], s.file.Ballots[Question(args[0])])
	case "unit":
		got = s.file.Unit
	case "helper":
		got = s.file.Helper
	default:
		s.t.Fatalf("line %d: ask what?", s.line)
	}
	if want := strings.Join(args, " "); got != want {
		s.errorf("%s: got %q, want %q", what, got, want)
	}
}

func orNone(d date.Date) string {
	if d.IsZero() {
		return "none"
	}
	return d.String()
}

func orNoDesk(d Desk) Desk {
	if d == DeskNone {
		return "none"
	}
	return d
}
