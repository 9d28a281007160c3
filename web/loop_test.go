package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/app"
	"ketnap/app/demo"
	"ketnap/date"
	"ketnap/internal/browsertest"
	"ketnap/internal/sqldb"
	"ketnap/store"
)

// loop is the demo served to a browser, and the log-in of one person for each role.
type loop struct {
	t        *testing.T
	browser  *browsertest.Browser
	people   map[string]demo.Account
	everyone []demo.Account
	plain    bool // the browser runs no script; then the checker of obstacles cannot run either
}

func newLoop(t *testing.T) *loop {
	t.Helper()
	st, err := store.Open(t.Context(), sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	must(t, err)
	a := app.New(st, app.Options{})
	result, err := demo.Build(t.Context(), a, demo.Options{Size: "block", Seed: 708, Today: date.Must("2024-10-15")})
	must(t, err)
	server := httptest.NewServer(New(a, Options{Log: slog.New(slog.DiscardHandler)}).Handler())
	t.Cleanup(func() {
		server.Close()
		must(t, st.Close())
	})
	l := &loop{t: t, browser: browsertest.Open(t, server.URL), people: map[string]demo.Account{}, everyone: result.Accounts}
	for _, account := range result.Accounts {
		if _, ok := l.people[account.Role]; !ok { // the first three are of one line
			l.people[account.Role] = account
		}
	}
	return l
}

// as logs out whoever is in and lets a person in by the door.
func (l *loop) as(role access.Role) demo.Account {
	l.t.Helper()
	who, ok := l.people[string(role)]
	if !ok {
		l.t.Fatalf("the demo has nobody as %s", role)
	}
	if l.browser.Visit("/") == http.StatusOK && l.browser.Has(`form[action="/logout"]`) {
		l.browser.Submit(`form[action="/logout"]`)
	}
	l.browser.Visit("/login")
	l.browser.Fill(`input[name="login"]`, who.Login)
	l.browser.Fill(`input[name="password"]`, who.Password)
	if status := l.browser.Submit(`form[action="/login"]`); status != http.StatusOK {
		l.t.Fatalf("%s is not let in: %d", who.Login, status)
	}
	return who
}

// visit opens a page, which must answer, be free of grave obstacles and fit its window.
func (l *loop) visit(path string) {
	l.t.Helper()
	if status := l.browser.Visit(path); status != http.StatusOK {
		l.t.Fatalf("%s answers %d: %s", path, status, l.browser.Text("main"))
	}
	if l.plain {
		return
	}
	l.browser.Axe()
	l.shoot(path)
}

// shoot keeps pictures of the walk where KETNAP_SHOTS asks for them.
func (l *loop) shoot(name string) {
	dir := os.Getenv("KETNAP_SHOTS")
	if dir == "" {
		return
	}
	file := strings.Trim(strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-").Replace(name), "-")
	for _, width := range []int64{390, 1280} {
		l.browser.Width(width)
		l.browser.Screenshot(filepath.Join(dir, file+map[int64]string{390: "-390.png", 1280: "-1280.png"}[width]))
	}
}

// send sends a form that must be taken: the answer is the next page.
func (l *loop) send(form string) {
	l.t.Helper()
	if status := l.browser.Submit(form); status != http.StatusOK {
		l.t.Fatalf("%s answers %d: %s", form, status, l.browser.Text("main"))
	}
}

// act records an act through its form. Warnings are read and confirmed.
func (l *loop) act(file, code string, fields map[string]string) {
	l.t.Helper()
	l.visit(file + "/acts/" + code)
	for name, value := range fields {
		if value == "" { // a choice
			l.browser.Click(name)
			continue
		}
		l.browser.Fill(`#act [name="`+name+`"]`, value)
	}
	l.send("#act")
	if l.browser.Has("#act") {
		l.send("#act") // what only warns is written when it is sent again
	}
	if l.browser.Has("#act") {
		l.t.Fatalf("%s was not recorded: %s", code, l.browser.Text("main"))
	}
}

func realLetter(t *testing.T) string {
	t.Helper()
	root := os.Getenv("KETNAP_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	b, err := os.ReadFile(filepath.Join(root, "data", "000_a9d2044430793371.txt"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the letter is absent: %v", err)
		}
		t.Skip("the letter 708-CV/ĐUK is not here: ", err)
	}
	return string(b)
}

// The loop of the mission, walked by five people in a browser: the organization board
// takes the letter in and assigns what it asks of schools; a branch leads a candidate to
// probation, its base office and the board doing their part; the standing committee reads
// the rating and the school committee its own.
func TestFivePeopleWalkTheLoop(t *testing.T) {
	letter := realLetter(t)
	l := newLoop(t)
	l.walk(letter)
	l.plain = true // every job works without script
	l.browser.NoScript()
	l.walk(letter)
}

func (l *loop) walk(letter string) {
	began := time.Now()
	l.letterIn(letter)
	l.ratings(l.candidate())
	l.t.Logf("walked in %s", time.Since(began).Round(time.Second))
}

func (l *loop) letterIn(letter string) {
	l.as(access.OrgBoard)
	l.visit("/documents")
	l.visit("/documents/new")
	l.browser.Fill(`textarea[name="text"]`, letter)
	l.send(`form[action="/documents/new"]`)
	draft := l.browser.Path()
	l.visit(draft)
	if text := l.browser.Text("main"); !strings.Contains(text, "708-CV/ĐUK") {
		l.t.Fatalf("the draft does not name the letter: %.300s", text)
	}
	if status := l.browser.Follow(`button[name="do"][value="accept_all"]`); status != http.StatusOK {
		l.t.Fatalf("accepting all answers %d", status)
	}
	l.send(`form[action$="/confirm"]`)
	l.visit(draft)
	school := l.people[string(access.SchoolCommittee)].Unit
	l.visit("/targets/" + school + "/2024/admission")
	l.browser.Fill(`input[name="min"]`, "40") // more than the school will reach
	l.browser.Fill(`textarea[name="reason"], input[name="reason"]`, "Giao theo Công văn 708-CV/ĐUK")
	l.browser.Fill(`input[name="document"]`, "708-CV/ĐUK")
	l.send(`form[action^="/targets/` + school + `"]`)
	l.visit("/targets?unit=" + school + "&year=2024")
}

func (l *loop) candidate() (file string) {
	branch := l.as(access.BranchSecretary)
	l.visit("/")
	l.visit("/files/new")
	l.browser.Fill(`select[name="unit"]`, branch.Unit)
	name := "Đỗ Thùy Dương"
	if l.plain { // another person: a second file of the first would be asked about
		name = "Đỗ Thùy Linh"
	}
	l.browser.Fill(`input[name="name"]`, name)
	l.browser.Fill(`input[name="birth_date"]`, "1999-03-14")
	l.browser.Click(`input[name="sex"][value="female"]`)
	l.send(`form[action="/files/new"]`)
	file = l.browser.Path()
	l.act(file, "introduce", map[string]string{`input[value="member"]`: "", "on": "2024-01-08"})
	l.act(file, "list", map[string]string{"number": "03-NQ/CB", "on": "2024-01-10"})
	l.act(file, "assign_helper", map[string]string{"helper": "Vũ Hải Đăng", "on": "2024-01-10"})
	l.act(file, "certify", map[string]string{"number": "0312/CN", "on": "2024-04-26"})
	l.act(file, "apply", map[string]string{"on": "2024-05-27"})
	l.act(file, "send_verification", map[string]string{"to": "Đảng ủy phường Hải Thành", "on": "2024-05-30"})
	l.act(file, "receive_request", map[string]string{"on": "2024-06-05"})
	l.act(file, "conclude_verification", map[string]string{`input[value="clear"]`: "", "on": "2024-07-10"})
	l.act(file, "complete_dossier", map[string]string{"3-KNĐ": "2024-07-18", "3A-KNĐ": "2024-07-18", "5-KNĐ": "2024-07-30", "on": "2024-07-31"})
	l.vote(file, "branch_resolution", "12-NQ/CB", "2024-08-05")

	l.as(access.BaseOffice)
	l.visit("/")
	if l.possible(file, "appraise") {
		l.act(file, "appraise", map[string]string{"on": "2024-08-15"})
	}
	l.vote(file, "base_resolution", "47-NQ/ĐU", "2024-09-05")

	l.as(access.OrgBoard)
	l.visit("/")
	l.vote(file, "decide", "205-QĐ/ĐUK", "2024-09-26")

	l.as(access.BranchSecretary)
	l.act(file, "receive_decision", map[string]string{"on": "2024-09-30"})
	l.act(file, "ceremony", map[string]string{"helper": "Vũ Hải Đăng", "on": "2024-10-10"})
	l.visit(file)
	if text := l.browser.Text("main"); !strings.Contains(text, "đảng viên dự bị") && !strings.Contains(text, "Đảng viên dự bị") {
		l.t.Fatalf("the candidate is not on probation: %.300s", text)
	}
	return file
}

// possible reports whether the file's page leads to an act.
func (l *loop) possible(file, code string) bool {
	l.visit(file)
	return l.browser.Count(`a[href$="/acts/`+code+`"]`) > 0
}

// vote records a resolution on which everybody agreed.
func (l *loop) vote(file, code, number, on string) {
	l.t.Helper()
	l.visit(file + "/acts/" + code)
	members := l.browser.Value(`#act [name="members"]`)
	l.act(file, code, map[string]string{"number": number, "on": on, "present": members, "for": members, "against": "0"})
}

func (l *loop) ratings(file string) {
	school := l.people[string(access.SchoolCommittee)].Unit
	l.as(access.StandingCommittee)
	l.visit("/overview")
	l.visit("/ratings?year=2024")
	l.visit("/ratings/" + school + "/2024")
	if text := l.browser.Text("main"); !strings.Contains(text, "Không xếp loại") || !strings.Contains(text, "708-CV/ĐUK") {
		l.t.Errorf("the rating names no ceiling of the letter: %.500s", text)
	}
	l.visit("/reports/admission?unit=K01&period=2024")
	l.visit("/stuck?unit=K01")
	l.visit(file)

	l.as(access.SchoolCommittee)
	l.visit("/")
	l.visit("/ratings/" + school + "/2024")
	l.visit("/documents")
	if status := l.browser.Visit(file); status != http.StatusNotFound {
		l.t.Errorf("a foreign file answers %d to the school", status)
	}
}
