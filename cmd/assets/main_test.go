package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestEntryNames(t *testing.T) {
	t.Parallel()
	const whole = `{"outputs":{
		"web/dist/files/app-A.css":{"entryPoint":"web/assets/app.css","inputs":{"web/assets/app.css":{},"web/assets/base.css":{}}},
		"web/dist/files/app-B.js":{"entryPoint":"web/assets/app.js","inputs":{"web/assets/app.js":{}}},
		"web/dist/files/font-C.woff2":{"inputs":{"node_modules/font.woff2":{}}},
		"web/dist/files/mark-D.svg":{"inputs":{"web/assets/mark.svg":{}}}}}`
	tests := []struct {
		name, meta string
		want       map[string]string
	}{
		{name: "each entry has the name it is served under", meta: whole,
			want: map[string]string{"app.css": "app-A.css", "app.js": "app-B.js", "mark.svg": "mark-D.svg"}},
		{name: "a bundle that lacks an entry is refused", meta: `{"outputs":{}}`},
		{name: "a metafile that is no JSON is refused", meta: `{`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := entryNames(tt.meta)
			if (err != nil) != (tt.want == nil) || !maps.Equal(got, tt.want) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

func TestWriteReplacesAllButThePlaceholder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"placeholder.txt", "app-OLD.css"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := write(folder, map[string][]byte{"app-NEW.css": []byte("a{}"), "f.woff2": []byte("f")}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if want := []string{"app-NEW.css", "app-NEW.css.gz", "f.woff2", "placeholder.txt"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRunSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	if err := run(t.TempDir()); err == nil {
		t.Error("bundled without packages")
	}
}
