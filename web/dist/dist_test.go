package dist

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

func sample(t *testing.T) *Files {
	t.Helper()
	f, err := Open(fstest.MapFS{
		"manifest.json":   {Data: []byte(`{"app.css":"app-A1.css","mark.svg":"mark-B2.svg"}`)},
		"app-A1.css":      {Data: []byte("body{}")},
		"app-A1.css.gz":   {Data: []byte("packed")},
		"mark-B2.svg":     {Data: []byte("<svg/>")},
		"font-C3.woff2":   {Data: []byte("font")},
		"placeholder.txt": {Data: []byte("kept")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFiles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		path         string
		header       [2]string
		status       int
		body         string
		kind, coding string
	}{
		{name: "an entry is served under its hashed name", path: "/assets/app-A1.css", status: 200, body: "body{}", kind: "text/css; charset=utf-8"},
		{name: "a browser that unpacks gets the packed copy", path: "/assets/app-A1.css", header: [2]string{"Accept-Encoding", "br, gzip"}, status: 200, body: "packed", kind: "text/css; charset=utf-8", coding: "gzip"},
		{name: "what has no packed copy is served as it is", path: "/assets/mark-B2.svg", header: [2]string{"Accept-Encoding", "gzip"}, status: 200, body: "<svg/>", kind: "image/svg+xml"},
		{name: "a file that an entry loads is served", path: "/assets/font-C3.woff2", status: 200, body: "font", kind: "font/woff2"},
		{name: "a browser that has the file gets no body", path: "/assets/app-A1.css", header: [2]string{"If-None-Match", `"app-A1.css"`}, status: 304},
		{name: "a packed copy is not the plain one", path: "/assets/app-A1.css", header: [2]string{"If-None-Match", `"app-A1.css.gz"`}, status: 200, body: "body{}", kind: "text/css; charset=utf-8"},
		{name: "the manifest is not served", path: "/assets/manifest.json", status: 404, body: "404 page not found\n", kind: "text/plain; charset=utf-8"},
		{name: "the placeholder is not served", path: "/assets/placeholder.txt", status: 404, body: "404 page not found\n", kind: "text/plain; charset=utf-8"},
		{name: "the packed copy has no address of its own", path: "/assets/app-A1.css.gz", status: 404, body: "404 page not found\n", kind: "text/plain; charset=utf-8"},
		{name: "the folder is not listed", path: "/assets/", status: 404, body: "404 page not found\n", kind: "text/plain; charset=utf-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, tt.path, nil)
			if tt.header[0] != "" {
				r.Header.Set(tt.header[0], tt.header[1])
			}
			w := httptest.NewRecorder()
			sample(t).ServeHTTP(w, r)
			if w.Code != tt.status || w.Body.String() != tt.body {
				t.Errorf("got %d %q, want %d %q", w.Code, w.Body, tt.status, tt.body)
			}
			if got := w.Header().Get("Content-Type"); tt.status != 304 && got != tt.kind {
				t.Errorf("Content-Type %q, want %q", got, tt.kind)
			}
			if got := w.Header().Get("Content-Encoding"); got != tt.coding {
				t.Errorf("Content-Encoding %q, want %q", got, tt.coding)
			}
			if got := w.Header().Get("Cache-Control") != ""; got != (tt.status != 404) {
				t.Errorf("kept by the browser: %v", got)
			}
		})
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		folder fs.FS
		url    string
		fails  bool
	}{
		{name: "a folder where nothing was bundled names nothing", folder: fstest.MapFS{"placeholder.txt": {}}},
		{name: "an entry has an address", folder: fstest.MapFS{"manifest.json": {Data: []byte(`{"app.css":"a.css"}`)}, "a.css": {}}, url: "/assets/a.css"},
		{name: "a manifest that names an absent file is refused", folder: fstest.MapFS{"manifest.json": {Data: []byte(`{"app.css":"a.css"}`)}}, fails: true},
		{name: "a manifest that is no JSON is refused", folder: fstest.MapFS{"manifest.json": {Data: []byte(`{`)}}, fails: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := Open(tt.folder)
			if tt.fails != (err != nil) {
				t.Fatalf("Open: %v", err)
			}
			if err == nil && f.URL("app.css") != tt.url {
				t.Errorf("URL = %q, want %q", f.URL("app.css"), tt.url)
			}
		})
	}
}

// TestBundleIsSound looks at what this build embeds: nothing, or a whole bundle.
func TestBundleIsSound(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(embedded, "files")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(sub)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.entries) == 0 {
		return
	}
	for _, name := range []string{"app.css", "app.js", "mark.svg"} {
		if URL(name) == "" {
			t.Errorf("the bundle has no %s", name)
		}
	}
}
