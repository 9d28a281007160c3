package browsertest

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// recorder keeps what a helper would have failed the test with.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Errorf(f string, a ...any) { r.said = append(r.said, fmt.Sprintf(f, a...)) }

func (c *console) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = nil
}

func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	page := func(w http.ResponseWriter, status int, body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.WriteHeader(status)
		if _, err := fmt.Fprintf(w, `<!doctype html><html lang="vi"><title>Thử</title><main><h1>Thử</h1>%s</main>`, body); err != nil {
			t.Error(err)
		}
	}
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /form", func(w http.ResponseWriter, _ *http.Request) {
		page(w, 200, `<form method="post" action="/form"><label>Tên <input name="name"></label><label>Ngày <input name="day" type="date"></label><button>Ghi</button></form><a href="/good">Tiếp</a>`)
	})
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("name") == "" {
			page(w, 422, `<p class="error">Thiếu tên</p>`)
			return
		}
		http.Redirect(w, r, "/good?name="+r.FormValue("name")+"&day="+r.FormValue("day"), http.StatusSeeOther)
	})
	mux.HandleFunc("GET /good", func(w http.ResponseWriter, r *http.Request) {
		page(w, 200, `<p id="said">`+r.FormValue("name")+" "+r.FormValue("day")+`</p>`)
	})
	mux.HandleFunc("GET /bad", func(w http.ResponseWriter, _ *http.Request) {
		page(w, 200, `<input name="unlabelled"><svg width="2000" height="9"></svg><script>1</script>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestBrowserWalksThroughAForm(t *testing.T) {
	t.Parallel()
	b := Open(t, site(t))
	if got := b.Visit("/form"); got != 200 {
		t.Fatalf("status %d", got)
	}
	b.Axe()
	if got := b.Submit("[name=name]"); got != 422 || !b.Has(".error") {
		t.Errorf("an empty form: status %d, %q", got, b.Text("main"))
	}
	b.Visit("/form")
	b.Fill("[name=name]", "Lan")
	b.Fill("[name=day]", "2024-10-15")
	b.Width(390)
	b.Fits()
	if got := b.Follow("button"); got != 200 || b.Text("#said") != "Lan 2024-10-15" {
		t.Errorf("status %d, said %q", got, b.Text("#said"))
	}
	b.NoScript()
	b.Visit("/form")
	if got := b.Follow("a"); got != 200 {
		t.Errorf("without script: status %d", got)
	}
}

func TestBrowserFindsFaults(t *testing.T) {
	t.Parallel()
	b := Open(t, site(t))
	b.Visit("/bad")
	faults := b.console.faults()
	b.console.forget() // they were meant
	if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, "Content Security Policy") }) {
		t.Errorf("an inline script passed the policy unheard: %q", faults)
	}
	heard := &recorder{TB: t}
	watched := &Browser{tb: heard, ctx: b.ctx, base: b.base}
	watched.Axe()
	watched.Fits()
	said := strings.Join(heard.said, "\n")
	for _, want := range []string{"label", "wider than the window"} {
		if !strings.Contains(said, want) {
			t.Errorf("no word of %q in:\n%s", want, said)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	none := errors.New("none")
	look := func(has ...string) func(string) (string, error) {
		return func(name string) (string, error) {
			if slices.Contains(has, name) {
				return "/bin/" + name, nil
			}
			return "", none
		}
	}
	tests := []struct {
		name, env string
		has       []string
		want      string
	}{
		{name: "Debian's Chromium comes first", has: []string{"google-chrome", "chromium"}, want: "/bin/chromium"},
		{name: "another name will do", has: []string{"google-chrome"}, want: "/bin/google-chrome"},
		{name: "the one named is the one taken", env: "mine", has: []string{"chromium", "mine"}, want: "/bin/mine"},
		{name: "one named but absent is not replaced", env: "mine", has: []string{"chromium"}},
		{name: "without any there is none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := find(func(string) string { return tt.env }, look(tt.has...))
			if got != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
