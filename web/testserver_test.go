package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/store"
)

// A testServer is the pages on a store of its own: block K01 over the base committee D01
// with branches D01.B1 and D01.B2, and the chi bộ cơ sở C02, a school. Its clock stands
// still until a test moves it.
type testServer struct {
	app   *app.App
	store *store.Store
	web   *Server
	http  *httptest.Server
	now   atomic.Int64 // of Unix, in seconds
}

// firstDay is when the units of a testServer open and their counts begin; testDay is where
// its clock stands after that.
const (
	firstDay = "2021-01-04"
	testDay  = "2024-10-15"
)

func newTestServer(t testing.TB) *testServer {
	t.Helper()
	return newTestServerAtOnce(t, 0)
}

// newTestServerAtOnce is one that looks at few open files within a request.
func newTestServerAtOnce(t testing.TB, atOnce int) *testServer {
	t.Helper()
	st, err := store.Open(t.Context(), sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	must(t, err)
	ts := &testServer{store: st}
	ts.on(firstDay)
	ts.app = app.New(st, app.Options{Clock: func() time.Time { return time.Unix(ts.now.Load(), 0) }, AtOnce: atOnce})
	ts.web = New(ts.app, Options{Log: slog.New(slog.DiscardHandler)})
	ts.http = httptest.NewServer(ts.web.Handler())
	t.Cleanup(func() {
		ts.http.Close()
		must(t, st.Close())
	})
	for _, u := range []app.NewUnit{
		{Code: "K01", Name: "Đảng ủy Khối các cơ quan tỉnh", Type: org.Committee, Counts: map[org.CountKind]int{org.StandingMembers: 9}},
		{Code: "D01", Name: "Đảng ủy Trường Đại học Hải Sơn", Type: org.BaseCommittee, Kind: org.University, Parent: "K01", Counts: map[org.CountKind]int{org.CommitteeMembers: 15}},
		{Code: "D01.B1", Name: "Chi bộ Khoa Kinh tế", Type: org.Branch, Parent: "D01", Counts: map[org.CountKind]int{org.OfficialMembers: 20}},
		{Code: "D01.B2", Name: "Chi bộ Khoa Sư phạm", Type: org.Branch, Parent: "D01", Counts: map[org.CountKind]int{org.OfficialMembers: 12}},
		{Code: "C02", Name: "Chi bộ Trường THPT Hải Bình", Type: org.BaseBranch, Kind: org.UpperSecondary, Parent: "K01", Counts: map[org.CountKind]int{org.OfficialMembers: 15}},
	} {
		_, err := ts.app.CreateUnit(t.Context(), app.System("test"), u)
		must(t, err)
	}
	ts.on(testDay)
	return ts
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// on moves the clock to noon of a day in Vietnam.
func (ts *testServer) on(day string) {
	d := date.Must(day)
	ts.now.Store(time.Date(d.Year(), time.Month(d.Month()), d.Day(), 5, 0, 0, 0, time.UTC).Unix())
}

const testPassword = "mot cau de nho 2024"

// account opens an account with its password changed, and returns its id.
func (ts *testServer) account(t testing.TB, login string, role access.Role, unit string) string {
	t.Helper()
	ctx := context.Background()
	now := ts.now.Load()
	ts.on(firstDay) // so that the grant reaches back as far as a test may go
	id, once, err := ts.app.CreateAccount(ctx, app.System("test"), app.NewAccount{Login: login, Name: "Đồng chí " + login, Role: role, Unit: unit})
	ts.now.Store(now)
	must(t, err)
	who, err := ts.app.Actor(ctx, id, "test")
	must(t, err)
	must(t, ts.app.ChangePassword(ctx, who, once, testPassword))
	return id
}

// as opens an account with a role on a unit and returns its browser, logged in.
func (ts *testServer) as(t testing.TB, role access.Role, unit string) *client {
	t.Helper()
	login := string(role) + "." + strings.ToLower(unit)
	id := ts.account(t, login, role, unit)
	c := ts.anonymous(t)
	ctx, err := ts.web.sessions.Load(context.Background(), "")
	must(t, err)
	ts.web.sessions.Put(ctx, app.SessionAccount, id)
	token, _, err := ts.web.sessions.Commit(ctx)
	must(t, err)
	base, err := url.Parse(ts.http.URL)
	must(t, err)
	c.http.Jar.SetCookies(base, []*http.Cookie{{Name: ts.web.sessions.Cookie.Name, Value: token, Path: "/"}})
	return c
}

// anonymous returns a browser in which nobody is logged in.
func (ts *testServer) anonymous(t testing.TB) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &client{t: t, base: ts.http.URL, http: &http.Client{Jar: jar, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// A client is a browser without script. It does not follow redirections by itself.
type client struct {
	t    testing.TB
	base string
	http *http.Client
}

// An answer is what came back.
type answer struct {
	t        testing.TB
	status   int
	header   http.Header
	location string
	body     string
	root     *html.Node
}

func (c *client) get(path string) *answer {
	c.t.Helper()
	resp, err := c.http.Get(c.base + path)
	must(c.t, err)
	return c.read(resp)
}

func (c *client) post(path string, form url.Values) *answer {
	c.t.Helper()
	resp, err := c.http.PostForm(c.base+path, form)
	must(c.t, err)
	return c.read(resp)
}

// follow gets the page to which a form that was written leads.
func (c *client) follow(a *answer) *answer {
	c.t.Helper()
	if a.want(http.StatusSeeOther); a.location == "" {
		c.t.Fatal("no place to go to")
	}
	return c.get(a.location)
}

func (c *client) read(resp *http.Response) *answer {
	c.t.Helper()
	b, err := io.ReadAll(resp.Body)
	must(c.t, err)
	must(c.t, resp.Body.Close())
	root, err := html.Parse(strings.NewReader(string(b)))
	must(c.t, err)
	return &answer{t: c.t, status: resp.StatusCode, header: resp.Header, location: resp.Header.Get("Location"), body: string(b), root: root}
}

// want fails the test on another status, showing what the page says.
func (a *answer) want(status int) *answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %s", a.status, status, a.main())
	}
	return a
}

// says fails the test where the page does not show each of the texts.
func (a *answer) says(texts ...string) *answer {
	a.t.Helper()
	shown := a.text()
	for _, s := range texts {
		if !strings.Contains(shown, s) {
			a.t.Errorf("the page does not say %q: %s", s, a.main())
		}
	}
	return a
}

// silent fails the test where the page shows one of the texts.
func (a *answer) silent(texts ...string) *answer {
	a.t.Helper()
	shown := a.text()
	for _, s := range texts {
		if strings.Contains(shown, s) {
			a.t.Errorf("the page says %q", s)
		}
	}
	return a
}

// text is what the page shows, with single spaces.
func (a *answer) text() string { return nodeText(a.root) }

// main is what stands in the page's main part.
func (a *answer) main() string {
	if n := firstNode(a.root, func(n *html.Node) bool { return n.Data == "main" }); n != nil {
		return nodeText(n)
	}
	return a.text()
}

// link returns the address of the link with a text, "" for none.
func (a *answer) link(text string) string {
	n := firstNode(a.root, func(n *html.Node) bool { return n.Data == "a" && nodeText(n) == text })
	return nodeAttr(n, "href")
}

// field returns the control with a name, nil for none.
func (a *answer) field(name string) *html.Node {
	return firstNode(a.root, func(n *html.Node) bool {
		return nodeAttr(n, "name") == name && (n.Data == "input" || n.Data == "select" || n.Data == "textarea")
	})
}

// value is what a control with a name holds.
func (a *answer) value(name string) string {
	a.t.Helper()
	n := a.field(name)
	if n == nil {
		a.t.Fatalf("no field %s: %s", name, a.main())
	}
	switch n.Data {
	case "textarea":
		return nodeText(n)
	case "select":
		return nodeAttr(firstNode(n, func(o *html.Node) bool { return o.Data == "option" && nodeHas(o, "selected") }), "value")
	}
	if nodeAttr(n, "type") == "radio" {
		n = firstNode(a.root, func(o *html.Node) bool { return nodeAttr(o, "name") == name && nodeHas(o, "checked") })
	}
	return nodeAttr(n, "value")
}

// beside is the message beside a field, found as a reader of the page aloud would find it.
func (a *answer) beside(id string) string {
	n := firstNode(a.root, func(n *html.Node) bool { return nodeAttr(n, "id") == id })
	for _, part := range strings.Fields(nodeAttr(n, "aria-describedby")) {
		if strings.HasSuffix(part, "-err") {
			return nodeText(firstNode(a.root, func(n *html.Node) bool { return nodeAttr(n, "id") == part }))
		}
	}
	return ""
}

// firstNode finds the first element that fits, nil for none.
func firstNode(root *html.Node, fits func(*html.Node) bool) *html.Node {
	if root == nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && fits(n) {
			return n
		}
	}
	return nil
}

func nodeAttr(n *html.Node, name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func nodeHas(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// nodeText is the text below a node, with single spaces.
func nodeText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
