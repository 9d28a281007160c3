// Package dist holds the bundled style, script and fonts of the pages, for package web
// and its components. It serves them and knows their names; it makes none of them
// (cmd/assets does). Before anything was bundled it is empty, and pages go out plain.
package dist

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed all:files
var embedded embed.FS

// Prefix is the path under which Handler expects to be mounted.
const Prefix = "/assets/"

// files is opened once, at the first page.
var files = sync.OnceValue(func() *Files {
	sub, err := fs.Sub(embedded, "files")
	if err != nil {
		return &Files{}
	}
	f, err := Open(sub)
	if err != nil {
		return &Files{} // a bundle that cannot be read is no bundle: TestBundleIsSound says so
	}
	return f
})

// URL returns the address of a bundled entry such as "app.css", and "" when nothing was
// bundled: the page then leaves the element out.
func URL(name string) string { return files().URL(name) }

// Handler serves the bundle below Prefix. A name carries the hash of its content, so
// answers may be kept for ever.
func Handler() http.Handler { return files() }

// Files is a bundle: its entries and everything they load.
type Files struct {
	entries map[string]string  // app.css → app-HASH.css
	content map[string]content // app-HASH.css → bytes
}

type content struct {
	kind          string
	plain, packed []byte // packed is nil where compression gains nothing
}

// Open reads a bundle from a folder that holds a manifest.json. A folder without one is
// an empty bundle.
func Open(folder fs.FS) (*Files, error) {
	f := &Files{entries: map[string]string{}, content: map[string]content{}}
	manifest, err := fs.ReadFile(folder, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	if err := json.Unmarshal(manifest, &f.entries); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	names, err := fs.Glob(folder, "*")
	if err != nil {
		return nil, fmt.Errorf("list bundle: %w", err)
	}
	for _, name := range names {
		if err := f.add(folder, name); err != nil {
			return nil, err
		}
	}
	for entry, name := range f.entries {
		if _, ok := f.content[name]; !ok {
			return nil, fmt.Errorf("manifest names %s for %s, which is absent", name, entry)
		}
	}
	return f, nil
}

func (f *Files) add(folder fs.FS, name string) error {
	if name == "manifest.json" || name == "placeholder.txt" || strings.HasSuffix(name, ".gz") {
		return nil
	}
	plain, err := fs.ReadFile(folder, name)
	if err != nil {
		return fmt.Errorf("read bundle: %w", err)
	}
	packed, err := fs.ReadFile(folder, name+".gz")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read bundle: %w", err)
	}
	f.content[name] = content{kind: kindOf(name), plain: plain, packed: packed}
	return nil
}

func kindOf(name string) string {
	if path.Ext(name) == ".woff2" { // not in every system's table
		return "font/woff2"
	}
	return mime.TypeByExtension(path.Ext(name))
}

// URL returns the address of an entry, "" when the bundle has none of that name.
func (f *Files) URL(name string) string {
	if hashed := f.entries[name]; hashed != "" {
		return Prefix + hashed
	}
	return ""
}

// ServeHTTP answers GET and HEAD below Prefix, and 404 for what is not in the bundle.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	c, ok := f.content[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", c.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	body, tag := c.plain, name
	if c.packed != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body, tag = c.packed, name+".gz"
		}
	}
	h.Set("Etag", strconv.Quote(tag))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
