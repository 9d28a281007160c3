package api_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/client"
	"ketnap/date"
	"ketnap/org"
	"ketnap/report"
	"ketnap/target"
)

var update = flag.Bool("update", false, "write the golden files anew")

// keys are those of a JSON object, in order.
func keys(v any) string {
	m, _ := v.(map[string]any)
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func first(v any) any {
	l, _ := v.([]any)
	if len(l) == 0 {
		return nil
	}
	return l[0]
}

// TestShapes holds the keys of every answer to those of the contract.
func TestShapes(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Ready)
	assign(t, p)
	get := func(path string) map[string]any {
		status, header, body := p.send(t, "board", "GET", path, "")
		if status != 200 || header.Get("Content-Type") != "application/json" {
			t.Fatalf("%s: %d %s", path, status, body)
		}
		return decode(t, body)
	}
	files, file := get("/api/v1/files"), get("/api/v1/files/"+f.ID)
	units, targets := get("/api/v1/units"), get("/api/v1/targets?unit=K01&year=2026")
	progress, rep := get("/api/v1/progress?unit=K01&year=2026"), get("/api/v1/reports/admission?unit=K01&period=2026-H1")
	for _, c := range []struct {
		name string
		got  any
		want string
	}{
		{"list of files", files, "items next"},
		{"file of a list", first(files["items"]), "id name since stage unit version"},
		{"file", file, "acts deadlines id name next papers since stage unit version"},
		{"act", first(file["acts"]), "act id number on rule_set voided"},
		{"deadline", first(file["deadlines"]), "cite custodian done due from late rule shares"},
		{"paper", first(file["papers"]), "code date state"},
		{"next", first(file["next"]), "act due missing who"},
		{"list of units", units, "items next"},
		{"unit of a list", first(units["items"]), "code kind name parent type"},
		{"unit", get("/api/v1/units/D01"), "children code committee_members head kind line members name official_members parent standing_members type youth"},
		{"head", get("/api/v1/units/D01")["head"], "from name title to"},
		{"targets", targets, "items unit year"},
		{"target", first(targets["items"]), "clause document indicator max min name per set_on state unit version"},
		{"progress", progress, "counting_event items stages unit year"},
		{"line of progress", first(progress["items"]), "done goal indicator name percent plan unit"},
		{"stage of progress", first(progress["stages"]), "count stage unit"},
		{"report", rep, "counting_event cutoff form period rows total unit"},
		{"row of a report", first(rep["rows"]), "admitted name percent plan unit"},
		{"total of a report", rep["total"], "admitted children_plan percent plan"},
		{"rating", get("/api/v1/ratings/D01/2026"), "admitted applies_to because candidates ceiling counting_event has_source has_source_basis head plan unit warnings year"},
	} {
		if got := keys(c.got); got != c.want {
			t.Errorf("%s has %s, want %s", c.name, got, c.want)
		}
	}
	if rep["period"] != "2026-H1" || rep["unit"] != "K01" {
		t.Errorf("report %v", rep)
	}
}

func assign(t *testing.T, p *place) {
	t.Helper()
	if err := p.app.AssignTarget(t.Context(), app.System("test"), app.NewTarget{Unit: "D01", Year: 2026, Indicator: target.Admission, Min: 5}); err != nil {
		t.Fatal(err)
	}
}

func TestNewFile(t *testing.T) {
	t.Parallel()
	p := open(t)
	status, header, body := p.send(t, "branch", "POST", "/api/v1/files", `{"unit":"d01.b1","name":" trần  thị BÌNH ","birth_date":"2000-02-29","sex":"female"}`)
	got := decode(t, body)
	if status != 201 || header.Get("Content-Type") != "application/json" || got["unit"] != "D01.B1" || got["stage"] != "new" || got["since"] != nil || got["version"] != 1.0 {
		t.Fatalf("%d %s", status, body)
	}
	for _, list := range []string{"acts", "deadlines", "papers", "next", "findings"} {
		if _, ok := got[list].([]any); !ok {
			t.Errorf("%s is no list: %v", list, got[list])
		}
	}
	good := `"unit":"D01.B1","name":"Trần Thị Bình","birth_date":"2000-02-29","sex":"female"`
	for _, c := range []struct {
		name, who, was, is string
		status             int
		location           string
	}{
		{"no name", "branch", `"Trần Thị Bình"`, `""`, 422, "body.name"},
		{"a title for a name", "branch", `"Trần Thị Bình"`, `"123"`, 422, "body.name"},
		{"a day of birth that is none", "branch", "2000-02-29", "2001-02-29", 422, "body.birth_date"},
		{"no day of birth", "branch", `"2000-02-29"`, "null", 422, "body.birth_date"},
		{"born tomorrow", "branch", "2000-02-29", "2026-10-16", 422, "body.birth_date"},
		{"born long ago", "branch", "2000-02-29", "1900-01-01", 422, "body.birth_date"},
		{"no sex of the two", "branch", `"female"`, `"x"`, 422, "body.sex"},
		{"a number for a sex", "branch", `"female"`, `1`, 422, "body.sex"},
		{"a base committee is no branch", "base", "D01.B1", "D01", 422, "body.unit"},
		{"no branch", "branch", `"D01.B1"`, `""`, 422, "body.unit"},
		{"null for a branch", "branch", `"D01.B1"`, `null`, 422, "body.unit"},
		{"a branch of another line", "branch", "D01.B1", "D02.B1", 404, ""},
		{"a branch that is none", "branch", "D01.B1", "X99", 404, ""},
		{"no code at all", "branch", `"D01.B1"`, `"; --"`, 404, ""},
		{"the board opens no files", "board", "", "", 403, ""},
		{"the standing committee opens no files", "standing", "", "", 403, ""},
		{"an administrator knows of no files", "admin", "", "", 404, ""},
		{"nobody", "nobody", "", "", 401, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, header, body := p.send(t, c.who, "POST", "/api/v1/files", "{"+strings.Replace(good, c.was, c.is, 1)+"}")
			if status != c.status || header.Get("Content-Type") != "application/problem+json" {
				t.Fatalf("%d %s", status, body)
			}
			got := decode(t, body)
			if got["status"] != float64(c.status) || got["title"] == "" || got["detail"] == "" || !strings.HasPrefix(fmt.Sprint(got["type"]), "urn:ketnap:problem:") {
				t.Errorf("problem %s", body)
			}
			if c.location != "" && !strings.Contains(body, `"location":"`+c.location+`"`) {
				t.Errorf("no %s in %s", c.location, body)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	p := open(t)
	for name, header := range map[string]string{"none": "", "unknown": "Bearer ketnap_x", "no scheme": p.tokens["board"], "another scheme": "Basic " + p.tokens["board"], "empty": "Bearer "} {
		status, h, body := p.send(t, "nobody", "GET", "/api/v1/files", "", "Authorization", header)
		if status != 401 || h.Get("WWW-Authenticate") != "Bearer" || h.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, _, body := p.send(t, "nobody", "GET", "/api/v1/files", "", "Authorization", "bearer  "+p.tokens["board"]); status != 200 {
		t.Errorf("small letters: %d %s", status, body)
	}
	system := app.System("test")
	if _, _, err := p.app.CreateAccount(t.Context(), system, app.NewAccount{Login: "three", Role: access.OrgBoard, Unit: "K01"}); err != nil {
		t.Fatal(err)
	}
	token, err := p.app.CreateToken(t.Context(), system, "three")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := p.app.RevokeTokens(t.Context(), system, "three"); err != nil || n != 1 {
		t.Fatalf("revoked %d tokens: %v", n, err)
	}
	if status, _, body := p.send(t, "nobody", "GET", "/api/v1/files", "", "Authorization", "Bearer "+token); status != 401 {
		t.Errorf("a revoked token: %d %s", status, body)
	}
	late := app.New(p.store, app.Options{Clock: func() time.Time { return time.Date(2027, 1, 13, 3, 0, 0, 0, time.UTC) }})
	if _, err := late.ActorByToken(t.Context(), p.tokens["board"], "r"); err == nil {
		t.Error("a token of 90 days is still good")
	}
}

// TestReach is who gets what where: 404 where nothing may be seen.
func TestReach(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan")
	for _, c := range []struct {
		path string
		want map[string]int
	}{
		{"/api/v1/files", map[string]int{"branch": 200, "base": 200, "board": 200, "other branch": 200, "standing": 200, "propaganda": 404, "admin": 404, "auditor": 404, "nobody": 401}},
		{"/api/v1/files/" + f.ID, map[string]int{"branch": 200, "base": 200, "board": 200, "other branch": 404, "other base": 404, "propaganda": 404, "admin": 404, "nobody": 401}},
		{"/api/v1/files?unit=D01", map[string]int{"branch": 404, "base": 200, "board": 200, "other base": 404}},
		{"/api/v1/units/D01", map[string]int{"branch": 404, "base": 200, "board": 200, "other base": 404, "admin": 200, "auditor": 200, "nobody": 401}},
		{"/api/v1/targets?unit=D01", map[string]int{"branch": 404, "base": 200, "board": 200, "propaganda": 200, "admin": 404}},
		{"/api/v1/progress?unit=D01", map[string]int{"branch": 404, "base": 200, "board": 200, "propaganda": 200, "auditor": 404}},
		{"/api/v1/reports/admission?unit=D01&period=2026", map[string]int{"branch": 404, "base": 200, "propaganda": 200, "admin": 404}},
		{"/api/v1/ratings/D01/2026", map[string]int{"branch": 404, "base": 200, "board": 200, "propaganda": 404, "admin": 404}},
		{"/api/v1/openapi.json", map[string]int{"nobody": 200, "branch": 200}},
	} {
		for who, want := range c.want {
			if status, _, body := p.send(t, who, "GET", c.path, ""); status != want {
				t.Errorf("%s of %s: %d, want %d: %s", c.path, who, status, want, body)
			}
		}
	}
}

func TestRequestsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	p := open(t)
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/api/v1/files?unit=NONE", 404}, {"GET", "/api/v1/files?unit=%00", 404}, {"GET", "/api/v1/files?unit=%ff", 404},
		{"GET", "/api/v1/files?stage=none", 422}, {"GET", "/api/v1/files?stage=&unit=&q=", 200},
		{"GET", "/api/v1/files?limit=0", 422}, {"GET", "/api/v1/files?limit=-1", 422}, {"GET", "/api/v1/files?limit=x", 422}, {"GET", "/api/v1/files?limit=1000", 200},
		{"GET", "/api/v1/files?cursor=x", 422}, {"GET", "/api/v1/files?cursor=e30", 422}, {"GET", "/api/v1/files?q=%ff%00", 200}, {"GET", "/api/v1/files?q=%zz", 422},
		{"GET", "/api/v1/units?cursor=%25", 422}, {"GET", "/api/v1/units?limit=0", 422},
		{"GET", "/api/v1/files/none", 404}, {"GET", "/api/v1/files/%00", 404}, {"GET", "/api/v1/units/%ff", 404},
		{"GET", "/api/v1/targets", 422}, {"GET", "/api/v1/targets?unit=K01&year=x", 422}, {"GET", "/api/v1/targets?unit=K01&year=99999", 422}, {"GET", "/api/v1/progress?unit=K01", 200},
		{"GET", "/api/v1/reports/none?unit=K01&period=2026", 404}, {"GET", "/api/v1/reports/admission?unit=K01", 422}, {"GET", "/api/v1/reports/admission?unit=K01&period=2026-13", 422},
		{"GET", "/api/v1/reports/admission?period=2026", 422}, {"GET", "/api/v1/ratings/K01/x", 404}, {"GET", "/api/v1/ratings/K01/1", 404},
		{"GET", "/api/v1/none", 404}, {"GET", "/api/v2/files", 404}, {"GET", "/api/", 404}, {"POST", "/api/v1/files/none/none", 404},
		{"DELETE", "/api/v1/files", 405}, {"PATCH", "/api/v1/targets", 405}, {"PUT", "/api/v1/targets", 422}, {"GET", "/api/v1/files/x/acts", 405}, {"POST", "/api/v1/openapi.json", 405},
	} {
		status, header, body := p.send(t, "board", c.method, c.path, "")
		if status != c.want {
			t.Errorf("%s %s: %d, want %d: %s", c.method, c.path, status, c.want, body)
		}
		if status >= 400 && header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s answers %s", c.method, c.path, header.Get("Content-Type"))
		}
	}
	if _, header, _ := p.send(t, "board", "DELETE", "/api/v1/files", ""); header.Get("Allow") != "GET, POST, HEAD" {
		t.Errorf("allowed are %s", header.Get("Allow"))
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	p := open(t)
	var codes []string
	for page := (client.Page{Limit: 3}); ; {
		list, err := p.as("board").Units(t.Context(), "", page)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range list.Items {
			codes = append(codes, u.Code)
		}
		if list.Next == nil {
			break
		}
		page.Cursor = *list.Next
	}
	if got := strings.Join(codes, " "); got != "C01 C02 D01 D01.B1 D01.B2 D02 D02.B1 K01" {
		t.Errorf("units %s", got)
	}
	under, err := p.as("board").Units(t.Context(), "D01", client.Page{})
	if err != nil || len(under.Items) != 3 || *under.Items[1].Parent != "D01" || under.Next != nil {
		t.Errorf("under D01: %+v, %v", under, err)
	}
	b, err := p.as("branch").Unit(t.Context(), "D01.B1")
	if err != nil || *b.OfficialMembers != 20 || *b.Members != 22 || *b.Youth != 7 || b.CommitteeMembers != nil || b.Head != nil || len(b.Line) != 2 || b.Line[0].Code != "D01" || *b.Parent != "D01" {
		t.Errorf("branch %+v, %v", b, err)
	}
	status, _, body := p.send(t, "branch", "GET", "/api/v1/units/D01.B1?on=1990-01-01", "")
	if m := decode(t, body); status != 200 || m["official_members"] != nil {
		t.Errorf("a branch before anything was counted: %d %s", status, body)
	}
	if status, _, body := p.send(t, "branch", "GET", "/api/v1/units/D01.B1?on=1990-02-30", ""); status != 422 {
		t.Errorf("a branch on no day: %d %s", status, body)
	}
	d, err := p.as("base").Unit(t.Context(), "d01")
	if err != nil || *d.CommitteeMembers != 11 || d.Head == nil || d.Head.Name != "Lê Văn Hùng" || !d.Head.To.IsZero() || *d.Kind != org.Agency || len(d.Children) != 2 {
		t.Errorf("base %+v, %v", d, err)
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	p := open(t)
	assign(t, p)
	p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Official)
	targets, err := p.as("board").Targets(t.Context(), "K01", 2026)
	if err != nil || len(targets.Items) != 1 || targets.Items[0].Unit != "D01" || targets.Items[0].Min != 5 || targets.Items[0].State != target.Assigned || targets.Items[0].Document != nil {
		t.Errorf("targets %+v, %v", targets, err)
	}
	progress, err := p.as("board").Progress(t.Context(), "K01", 2024)
	if err != nil || progress.Items[0].Unit != "K01" || progress.CountingEvent != target.ByDecision {
		t.Fatalf("progress %+v, %v", progress, err)
	}
	done := map[string]int{}
	for _, l := range progress.Items {
		done[l.Unit+" "+string(l.Indicator)] = l.Done
	}
	if done["K01 admission"] != 1 || done["D01 admission"] != 1 || done["D02 admission"] != 0 || done["K01 awareness"] != 1 {
		t.Errorf("done %v", done)
	}
	n := 0
	for _, s := range progress.Stages {
		n += s.Count
		if (s.Stage == admission.Official) != (s.Count == 1) {
			t.Errorf("stage %+v", s)
		}
	}
	if n != 1 || len(progress.Stages) != len(admission.Stages()) {
		t.Errorf("stages %+v", progress.Stages)
	}
	rep, err := p.as("board").Report(t.Context(), report.Admission, "K01", "2024-Q4")
	if err != nil || rep.Total.Admitted != 1 || len(rep.Rows) != 4 || rep.Cutoff != date.Must("2024-12-31") {
		t.Errorf("report %+v, %v", rep, err)
	}
	rating, err := p.as("base").Rating(t.Context(), "D01", 2026)
	if err != nil || rating.Plan == nil || *rating.Plan != 5 || rating.HasSource {
		t.Errorf("rating %+v, %v", rating, err)
	}
}

// TestDescription holds the description of the API to the golden file, whose difference
// is read in review, and makes sure that every path of the contract is in it.
func TestDescription(t *testing.T) {
	t.Parallel()
	p := open(t)
	status, header, body := p.send(t, "nobody", "GET", "/api/v1/openapi.json", "")
	if status != 200 || header.Get("Content-Type") != "application/json" {
		t.Fatalf("%d %s", status, body)
	}
	doc := decode(t, body)
	paths, _ := doc["paths"].(map[string]any)
	for _, want := range []string{"get /units", "get /units/{code}", "get /files", "post /files", "get /files/{id}", "post /files/{id}/acts",
		"get /targets", "get /progress", "get /reports/{form}", "get /ratings/{unit}/{year}"} {
		method, path, _ := strings.Cut(want, " ")
		operations, _ := paths["/api/v1"+path].(map[string]any)
		if operations[method] == nil {
			t.Errorf("no %s", want)
		}
	}
	if doc["openapi"] != "3.1.0" || strings.Contains(body, "http://") || strings.Contains(body, "https://") {
		t.Error("it is no 3.1.0, or points outside")
	}
	for _, ref := range strings.Split(body, `"$ref":"#/components/schemas/`)[1:] {
		name, _, _ := strings.Cut(ref, `"`)
		components, _ := doc["components"].(map[string]any)
		schemas, _ := components["schemas"].(map[string]any)
		if schemas[name] == nil {
			t.Errorf("nothing is called %s", name)
		}
	}
	golden(t, "openapi.json", indented(t, body))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path) // a name of this test
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; run with -update and read the difference", path)
	}
}

// TestAccountsOfSeveralUnits holds that a token reaches what each of its grants reaches.
func TestAccountsOfSeveralUnits(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan")
	p.candidate(t, "other branch", "D02.B1", "Lê Văn An")
	id, _, err := p.app.CreateAccount(t.Context(), app.System("test"), app.NewAccount{Login: "two", Role: access.BranchSecretary, Unit: "D01.B1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.Grant(t.Context(), app.System("test"), id, app.NewGrant{Role: access.BranchSecretary, Unit: "D02.B1"}); err != nil {
		t.Fatal(err)
	}
	if p.tokens["two"], err = p.app.CreateToken(t.Context(), app.System("test"), "two"); err != nil {
		t.Fatal(err)
	}
	list, err := p.as("two").Files(t.Context(), client.FileQuery{})
	if err != nil || len(list.Items) != 2 || list.Items[0].Name != "Lê Văn An" {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := p.as("two").OpenFile(t.Context(), shape.NewFile{Unit: "D02.B1", Name: "Vũ Thị Na", Birth: date.Must("1999-09-09"), Sex: "female"}); err != nil {
		t.Error(err)
	}
}

func TestAFigureIsGiven(t *testing.T) {
	t.Parallel()
	p := open(t)
	board := p.as("board")
	seven := 7
	first, err := board.PutTarget(t.Context(), shape.NewTarget{Unit: "D01", Year: 2026, Indicator: target.Admission, Min: 5, Max: &seven})
	if err != nil || first.Version != 1 || first.Min != 5 || *first.Max != seven || first.State != target.Assigned {
		t.Fatalf("%+v, %v", first, err)
	}
	for _, c := range []struct {
		who, body string
		want      int
	}{
		{"board", `{"unit":"D01","year":2026,"indicator":"admission","min":4,"version":0,"reason":"x","document":"1-CV/ĐUK"}`, 409},
		{"board", `{"unit":"D01","year":2026,"indicator":"admission","min":4,"version":1}`, 422},
		{"board", `{"unit":"D01","year":2026,"indicator":"admission","min":4,"version":1,"reason":"x"}`, 422},
		{"board", `{"unit":"D01","year":2026,"indicator":"admission","min":9,"max":4,"version":1,"reason":"x","document":"1-CV/ĐUK"}`, 422},
		{"board", `{"unit":"D01","year":2026,"indicator":"none","min":4,"version":0}`, 422},
		{"board", `{"unit":"D01","year":"x","indicator":"admission","min":"5","version":0}`, 422},
		{"board", `{"unit":"NONE","year":2026,"indicator":"admission","min":4,"version":0}`, 404},
		{"base", `{"unit":"D01","year":2026,"indicator":"admission","min":4,"version":1,"reason":"x","document":"1-CV/ĐUK"}`, 403},
		{"branch", `{"unit":"K01","year":2026,"indicator":"admission","min":4,"version":0}`, 404},
		{"nobody", `{}`, 401},
		{"board", `{"unit":"D01","year":2026,"indicator":"admission","min":4,"version":1,"reason":"x","document":"1-CV/ĐUK"}`, 200},
	} {
		status, header, body := p.send(t, c.who, "PUT", "/api/v1/targets", c.body)
		if status != c.want {
			t.Errorf("%s %s: %d, want %d: %s", c.who, c.body, status, c.want, body)
		}
		if status >= 400 && header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s answers %s", c.body, header.Get("Content-Type"))
		}
	}
}
