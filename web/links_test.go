package web

import (
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/app"
	"ketnap/app/demo"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/store"
)

// newDemo is the demo of a block served to readers, and the accounts that it opened.
func newDemo(t *testing.T) (*Server, string, []demo.Account) {
	t.Helper()
	st, err := store.Open(t.Context(), sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	must(t, err)
	a := app.New(st, app.Options{})
	result, err := demo.Build(t.Context(), a, demo.Options{Size: "block", Seed: 708, Today: date.Must("2024-10-15")})
	must(t, err)
	pages := New(a, Options{Log: slog.New(slog.DiscardHandler)})
	server := httptest.NewServer(pages.Handler())
	t.Cleanup(func() {
		server.Close()
		must(t, st.Close())
	})
	return pages, server.URL, result.Accounts
}

// A crawl follows the links of pages as one role, a few of each shape: a route with its
// query names. Two files lead to pages of one kind; following both is enough.
type crawl struct {
	t      *testing.T
	pages  *Server
	client *client
	shapes map[string]int
	queue  []way
	seen   map[string]bool
}

// A way is a link, and the page on which it stands.
type way struct{ to, from string }

const (
	linksOfShape = 3
	pagesOfRole  = 60
)

func (c *crawl) shape(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	r := httptest.NewRequest(http.MethodGet, u.Path, nil)
	_, pattern := c.pages.mux.Handler(r)
	return pattern + "?" + strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
}

func (c *crawl) add(to, from string) {
	to, _, _ = strings.Cut(to, "#")
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "/assets/") || c.seen[to] {
		return
	}
	c.seen[to] = true
	if shape := c.shape(to); c.shapes[shape] < linksOfShape {
		c.shapes[shape]++
		c.queue = append(c.queue, way{to, from})
	}
}

// A text that only a mistake lets through: the key of a sentence, the name of a value that
// was not filled in, a sign of punctuation after a space.
var (
	rawKey   = regexp.MustCompile(`(?:^|\s)(?:account|act|admin|api|audit|document|error|figure|file|grant|holiday|letter|list|login|overview|password|rating|report|role|search|shell|source|stage|stuck|target|task|ui|unit|work)\.[a-z_]+(?:\.[a-z_]+)*`)
	unfilled = regexp.MustCompile(`\{[a-z_]+\}|%![a-z(]|<nil>|0001-01-01`)
	gap      = regexp.MustCompile(`[^\s…] [.,;:!?](?:\s|$)`)
)

func (c *crawl) walk() int {
	n := 0
	for ; len(c.queue) > 0 && n < pagesOfRole; n++ {
		next := c.queue[0]
		c.queue = c.queue[1:]
		a := c.client.get(next.to)
		if a.status == http.StatusSeeOther {
			c.add(a.location, next.to)
			continue
		}
		if a.status != http.StatusOK {
			c.t.Errorf("%s leads to %s, which answers %d", next.from, next.to, a.status)
			continue
		}
		if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			continue
		}
		c.read(next.to, a)
	}
	return n
}

// read looks for faults of a page and takes its links.
func (c *crawl) read(path string, a *answer) {
	for d := range a.root.Descendants() {
		switch {
		case d.Type == html.ElementNode && d.Data == "a":
			c.add(nodeAttr(d, "href"), path)
		case d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "pre":
			for _, fault := range []*regexp.Regexp{rawKey, unfilled, gap} {
				if m := fault.FindString(d.Data); m != "" {
					c.t.Errorf("%s shows %q in %.120q", path, m, d.Data)
				}
			}
		}
	}
}

// The way on is never a dead end: every link that a page shows to a role opens for it.
func TestEveryLinkOpens(t *testing.T) {
	t.Parallel()
	pages, base, accounts := newDemo(t)
	for _, who := range accounts {
		t.Run(fmt.Sprintf("%s of %s", who.Role, who.Unit), func(t *testing.T) {
			c := &crawl{t: t, pages: pages, client: (&testServer{http: &httptest.Server{URL: base}}).anonymous(t),
				shapes: map[string]int{}, seen: map[string]bool{}}
			a := c.client.post("/login", url.Values{"login": {who.Login}, "password": {who.Password}})
			a.want(http.StatusSeeOther)
			c.add("/", "the door")
			c.add(a.location, "the door")
			if n := c.walk(); n < 5 {
				t.Errorf("only %d pages are reached", n)
			}
		})
	}
}
