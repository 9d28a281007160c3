package api_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/admission"
	"ketnap/api/shape"
	"ketnap/date"
)

// TestRoadToOfficial walks the whole road by three tokens. At each step first everybody
// else is refused: who sees the file with 403, who does not with 404.
func TestRoadToOfficial(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan")
	may := map[string][]string{"branch": {"branch", "base"}, "base": {"base"}, "board": {"board"}}
	for _, s := range road() {
		s.act.Version = f.Version
		for _, who := range []string{"branch", "base", "board", "standing"} {
			if !contains(may[s.who], who) {
				_, err := p.as(who).RecordAct(t.Context(), f.ID, s.act)
				problemOf(t, err, 403)
			}
		}
		for _, who := range []string{"other branch", "other base", "base branch", "propaganda", "admin", "auditor"} {
			_, err := p.as(who).RecordAct(t.Context(), f.ID, s.act)
			problemOf(t, err, 404)
		}
		next, err := p.as(s.who).RecordAct(t.Context(), f.ID, s.act)
		if err != nil {
			t.Fatalf("%s: %v", s.act.Act, err)
		}
		if next.Stage != s.want || next.Version != f.Version+1 || next.ID != f.ID || next.Unit != "D01.B1" {
			t.Fatalf("%s led to %+v", s.act.Act, next.FileRow)
		}
		f = next
	}
	got, err := p.as("branch").File(t.Context(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Acts) != len(road()) || got.Since != date.Must("2025-12-08") || len(got.Next) != 0 {
		t.Errorf("at the end: %+v", got)
	}
	for _, d := range got.Deadlines {
		if d.Late || d.Cite == "" || d.Due.IsZero() {
			t.Errorf("deadline %+v", d)
		}
	}
	for _, x := range got.Papers {
		if x.State != admission.Present {
			t.Errorf("paper %+v", x)
		}
	}
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// TestBaseBranchGoesStraight holds that a chi bộ cơ sở needs no base committee.
func TestBaseBranchGoesStraight(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.candidate(t, "base branch", "C01", "Hoàng Văn Út")
	for _, s := range road() {
		if s.who == "base" {
			continue
		}
		if s.who == "branch" {
			s.who = "base branch"
			if s.act.Votes != nil {
				s.act.Votes = votes(14, 13)
			}
		}
		s.act.Version = f.Version
		next, err := p.as(s.who).RecordAct(t.Context(), f.ID, s.act)
		if err != nil {
			t.Fatalf("%s: %v", s.act.Act, err)
		}
		f = next
	}
	if f.Stage != admission.Official {
		t.Errorf("ended at %s", f.Stage)
	}
}

func TestVotes(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Ready)
	resolve := func(v *admission.Votes) shape.NewAct {
		return shape.NewAct{Act: admission.BranchResolution, On: date.Must("2024-09-20"), Number: "09-NQ/CB", Votes: v, Version: f.Version}
	}
	for _, c := range []struct {
		name, rule, location string
		votes                *admission.Votes
	}{
		{"more for and against than present cannot be", "VOT-02", "body.votes.for", &admission.Votes{Members: 20, Present: 15, For: 14, Against: 4}},
		{"more present than members cannot be", "VOT-02", "body.votes.present", &admission.Votes{Members: 20, Present: 21, For: 20}},
		{"more members than the branch has cannot be", "VOT-02", "body.votes.members", votes(21, 21)},
		{"fewer members need a note", "VOT-02", "body.note", votes(19, 19)},
		{"a count below zero cannot be", "VOT-02", "body.votes", &admission.Votes{Members: 20, Present: 20, For: -1}},
		{"thirteen of twenty fall short", "VOT-01", "body.votes.for", votes(20, 13)},
		{"no votes are no resolution", "VOT-01", "body.votes", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := p.as("branch").RecordAct(t.Context(), f.ID, resolve(c.votes))
			said := problemOf(t, err, 422)
			if len(said.Findings) == 0 || said.Findings[0].Rule != c.rule || said.Findings[0].Severity != "block" || said.Findings[0].Cite == "" {
				t.Errorf("findings %+v", said.Findings)
			}
			if len(said.Errors) == 0 || said.Errors[0].Location != c.location {
				t.Errorf("errors %+v", said.Errors)
			}
		})
	}
	if now, err := p.as("branch").File(t.Context(), f.ID); err != nil || now.Version != f.Version || len(now.Acts) != len(f.Acts) {
		t.Fatalf("a refusal wrote something: %+v, %v", now, err)
	}
	failed, err := p.as("branch").RecordAct(t.Context(), f.ID, shape.NewAct{Act: admission.BallotFailed, On: date.Must("2024-09-20"),
		Question: admission.QuestionAdmission, Votes: votes(20, 13), Version: f.Version})
	if err != nil || failed.Stage != admission.Ready || failed.Version != f.Version+1 {
		t.Fatalf("the failed ballot: %+v, %v", failed, err)
	}
	again := resolve(votes(20, 14))
	again.Version = failed.Version
	if passed, err := p.as("branch").RecordAct(t.Context(), f.ID, again); err != nil || passed.Stage != admission.BranchResolved {
		t.Errorf("fourteen of twenty are enough: %+v, %v", passed, err)
	}
}

func TestVoidRestores(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.BaseResolved)
	last := f.Acts[len(f.Acts)-1]
	void := shape.NewAct{Act: admission.Void, ActID: last.ID, Note: "Ghi nhầm số nghị quyết", On: date.Must("2026-10-15"), Version: f.Version}
	_, err := p.as("branch").RecordAct(t.Context(), f.ID, void)
	problemOf(t, err, 403) // the act was the base committee's
	was := void
	was.ActID = f.Acts[0].ID
	_, err = p.as("branch").RecordAct(t.Context(), f.ID, was)
	problemOf(t, err, 403) // what the base committee resolved would fall with it
	for _, none := range []string{"", f.ID} {
		nothing := void
		nothing.ActID = none
		for _, who := range []string{"branch", "base", "board"} {
			_, err = p.as(who).RecordAct(t.Context(), f.ID, nothing)
			problemOf(t, err, 422) // no such act, whoever asks
		}
	}
	back, err := p.as("base").RecordAct(t.Context(), f.ID, void)
	if err != nil {
		t.Fatal(err)
	}
	n := len(back.Acts)
	if back.Stage != admission.BranchResolved || back.Since != date.Must("2024-09-20") || n != len(f.Acts)+1 ||
		!back.Acts[n-2].Voided || back.Acts[n-1].Act != admission.Void || back.Acts[n-1].Voided {
		t.Errorf("after the void: %+v", back)
	}
	redo := shape.NewAct{Act: admission.BaseResolution, On: date.Must("2024-10-02"), Number: "42-NQ/ĐU", Votes: votes(11, 11), Version: back.Version}
	if again, err := p.as("base").RecordAct(t.Context(), f.ID, redo); err != nil || again.Stage != admission.BaseResolved {
		t.Errorf("the right act after it: %+v, %v", again, err) // the void's own day does not count
	}
}

// TestVoidOfAnEarlierAct: every act after it falls, which is warned of and written.
func TestVoidOfAnEarlierAct(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.BaseResolved)
	void := shape.NewAct{Act: admission.Void, ActID: f.Acts[1].ID, Note: "Ghi nhầm người", Version: f.Version}
	back, err := p.as("base").RecordAct(t.Context(), f.ID, void)
	if err != nil {
		t.Fatal(err)
	}
	if back.Stage != admission.Outstanding || len(back.Findings) != 1 || back.Findings[0].Severity != "warn" || back.Acts[0].Voided {
		t.Errorf("after the void: %s, %+v", back.Stage, back.Findings)
	}
	for _, a := range back.Acts[1 : len(back.Acts)-1] {
		if !a.Voided {
			t.Errorf("%s still counts", a.Act)
		}
	}
}

// TestWhatConcernsFewPeople: the fields of readmission, schooling and the place together
// are read, and judged.
func TestWhatConcernsFewPeople(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Certified)
	on := f.Since
	apply := shape.NewAct{Act: admission.Apply, On: on, Version: f.Version, Education: admission.EducationPrimary, Area: admission.AreaSpecial,
		Readmission: &shape.Readmission{Left: on.AddMonths(-35), Reason: admission.LeftRemoved}}
	bad := apply
	bad.Readmission = &shape.Readmission{Left: on.AddMonths(-35), Reason: "bored"}
	_, err := p.as("branch").RecordAct(t.Context(), f.ID, bad)
	problemOf(t, err, 422)
	next, err := p.as("branch").RecordAct(t.Context(), f.ID, apply)
	if err != nil || next.Stage != admission.Applying || len(next.Findings) != 1 || next.Findings[0].Rule != "ELI-08" {
		t.Errorf("an application a month early: %+v, %v", next, err)
	}
	for _, text := range []string{`"readmission":7`, `"readmission":{"left":"2020-02-31"}`, `"readmission":{"before":"yes"}`, `"together_since":"soon"`, `"cause":4`} {
		body := `{"act":"apply","on":"` + on.String() + `","version":1,` + text + `}`
		if status, _, answer := p.send(t, "branch", "POST", "/api/v1/files/"+f.ID+"/acts", body); status != 422 {
			t.Errorf("%s: %d %s", text, status, answer)
		}
	}
	suspended, err := p.as("base").RecordAct(t.Context(), f.ID, shape.NewAct{Act: admission.Suspend, On: on, Cause: admission.CauseDetained, Note: "chờ kết luận", Version: next.Version})
	if err != nil || suspended.Stage != admission.Suspended || len(suspended.Next) == 0 || suspended.Next[0].Act != admission.Resume {
		t.Errorf("suspended: %+v, %v", suspended, err)
	}
}

func TestWarningsAreWritten(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.BaseResolved)
	late, err := p.as("board").RecordAct(t.Context(), f.ID, shape.NewAct{Act: admission.Decide, On: date.Must("2025-02-20"), Number: "9-QĐ", Votes: votes(9, 9), Version: f.Version})
	if err != nil || len(late.Findings) == 0 || late.Findings[0].Rule != "DL-71" || late.Findings[0].Severity != "warn" || late.Stage != admission.Decided {
		t.Errorf("a late decision: %+v, %v", late, err)
	}
}

func TestTransferLeavesTheBranchBehind(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Certified)
	move := shape.NewAct{Act: admission.Transfer, On: date.Must("2024-08-05"), Unit: "d02.b1", Version: f.Version}
	wrong := move
	wrong.Unit = "D01.B1"
	_, err := p.as("board").RecordAct(t.Context(), f.ID, wrong)
	problemOf(t, err, 422)
	moved, err := p.as("board").RecordAct(t.Context(), f.ID, move)
	if err != nil || moved.Unit != "D02.B1" || moved.Stage != admission.Certified {
		t.Fatalf("%+v, %v", moved, err)
	}
	_, err = p.as("branch").File(t.Context(), f.ID)
	problemOf(t, err, 404)
	if seen, err := p.as("other branch").File(t.Context(), f.ID); err != nil || seen.Unit != "D02.B1" {
		t.Errorf("%+v, %v", seen, err)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan")
	for _, c := range []struct {
		version string
		want    int
	}{
		{"2", 409}, {"0", 409}, {"-1", 409}, {"99999999999999999999999", 409}, {`"1"`, 422}, {"1.5", 422}, {"null", 422}, {"true", 422}, {"[1]", 422},
	} {
		status, _, body := p.send(t, "branch", "POST", "/api/v1/files/"+f.ID+"/acts", `{"act":"introduce","on":"2024-06-03","by":"member","version":`+c.version+`}`)
		if status != c.want {
			t.Errorf("version %s: %d %s", c.version, status, body)
		}
	}
	status, _, body := p.send(t, "branch", "POST", "/api/v1/files/"+f.ID+"/acts", `{"act":"introduce","on":"2024-06-03","by":"member"}`)
	if status != 422 || !strings.Contains(body, "body.version") {
		t.Errorf("no version: %d %s", status, body)
	}
}

func TestActsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan")
	for _, c := range []struct{ name, body, want string }{
		{"a day that is none", `{"act":"introduce","on":"2024-02-31","by":"member","version":1}`, "body.on"},
		{"a day with a time", `{"act":"introduce","on":"2024-02-03T00:00:00Z","by":"member","version":1}`, "body.on"},
		{"an empty day", `{"act":"introduce","on":"","by":"member","version":1}`, "body.on"},
		{"no day", `{"act":"introduce","by":"member","version":1}`, "body.on"},
		{"a day ahead", `{"act":"introduce","on":"2026-10-16","by":"member","version":1}`, "body.on"},
		{"a number for a text", `{"act":"introduce","on":"2024-06-03","by":7,"version":1}`, "body.by"},
		{"an act that is none", `{"act":"baptize","on":"2024-06-03","version":1}`, "body.act"},
		{"no act", `{"on":"2024-06-03","version":1}`, "body.act"},
		{"a list for votes", `{"act":"introduce","on":"2024-06-03","by":"member","votes":[1],"version":1}`, "body.votes"},
		{"a text for a vote", `{"act":"introduce","on":"2024-06-03","by":"member","votes":{"for":"3"},"version":1}`, "body.votes.for"},
		{"a paper's day that is none", `{"act":"complete_dossier","on":"2024-06-03","papers":{"3-KNĐ":"2023-02-29"},"version":1}`, "body.papers.3-KNĐ"},
		{"a NUL", `{"act":"introduce","on":"2024-06-03","by":"member","note":"a\u0000b","version":1}`, "body.note"},
		{"a list", `[]`, "body"},
		{"null", `null`, "body"},
		{"nothing", ``, "body"},
		{"half an object", `{"act":`, "body"},
		{"two objects", `{} {}`, "body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, header, body := p.send(t, "branch", "POST", "/api/v1/files/"+f.ID+"/acts", c.body)
			if status != 422 || header.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, `"location":"`+c.want+`"`) {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	if status, _, body := p.send(t, "branch", "POST", "/api/v1/files/"+f.ID+"/acts", `{"note":"`+strings.Repeat("a", 64<<10)+`"}`); status != 413 {
		t.Errorf("too big: %d %s", status, body)
	}
}

// TestAnyBodyIsAnswered draws bodies that are nearly an act: each value may be any.
func TestAnyBodyIsAnswered(t *testing.T) {
	t.Parallel()
	p := open(t)
	file := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Ready)
	values := []string{`"2024-09-20"`, `"2024-02-31"`, `""`, `"x"`, `"\u0000"`, `"\ud800"`, `1`, `-1`, `1e99`, `null`, `true`, `[]`, `{}`, `{"for":1}`, `{"3-KNĐ":"2024-01-01"}`,
		`{"members":20,"present":20,"for":9223372036854775807,"against":9223372036854775807}`, `{"members":20,"present":20,"for":20,"against":0}`, `"ready"`, `"DL-70"`, `"D02.B1"`, `"held"`, `"admission"`}
	fields := []string{"on", "number", "votes", "note", "by", "helper", "issued", "to", "result", "papers", "rule", "stage", "unit", "question", "act_id"}
	rapid.Check(t, func(r *rapid.T) {
		body := `{"act":"` + string(rapid.SampledFrom(admission.Codes()).Draw(r, "act")) + `","on":"2024-09-20"`
		for _, f := range rapid.SliceOfN(rapid.SampledFrom(fields), 0, 6).Draw(r, "fields") {
			body += `,"` + f + `":` + rapid.SampledFrom(values).Draw(r, f)
		}
		body += `,"version":` + strconv.Itoa(file.Version) + `}`
		for _, who := range []string{"base", "board"} {
			status, header, answer := p.send(t, who, "POST", "/api/v1/files/"+file.ID+"/acts", body)
			if status >= 500 || status != 201 && header.Get("Content-Type") != "application/problem+json" {
				r.Fatalf("%s: %d %s", body, status, answer)
			}
			if status == 201 {
				version, _ := decode(t, answer)["version"].(float64)
				file.Version = int(version)
			}
		}
	})
}

// FuzzAct sends anything as the body of an act: it is answered, never with a failure of ours.
func FuzzAct(f *testing.F) {
	p := open(f)
	file := p.drive(f, p.candidate(f, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Ready)
	for _, seed := range []string{
		`{"act":"branch_resolution","on":"2024-09-20","number":"1","votes":{"members":20,"present":20,"for":14,"against":6},"version":10}`,
		`{"act":"void","act_id":"x","note":"n","version":10}`, `{"act":"transfer","unit":"D02.B1","on":"2024-09-20","version":10}`,
		`{"act":"transfer","unit":" ","on":"2024-09-20","version":10}`, `{"act":"return","stage":"\u0000","version":1e9}`, `{"votes":{"members":-9223372036854775808}}`,
		`{"act":"complete_dossier","on":"2024-09-20","papers":{"\ud800":"2024-01-01"},"version":10}`, `[[]]`, "{\"act\":\"\xff\"}",
		`{"act":"extend","rule":"DL-70","on":"1900-01-01","version":10}`, `{"act":"consent","rule":"DL-80","number":"1","on":"2199-12-31","version":10}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, who := range []string{"base", "board"} {
			status, header, answer := p.send(t, who, "POST", "/api/v1/files/"+file.ID+"/acts", body)
			if status >= 500 || status != 201 && header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%q: %d %s", body, status, answer)
			}
		}
	})
}
