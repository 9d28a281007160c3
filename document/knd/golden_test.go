package knd_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"ketnap/date"
	"ketnap/document"
	"ketnap/document/knd"
)

var update = flag.Bool("update", false, "write the golden files anew; read their diff")

func golden(t *testing.T, name string, d document.Document) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(d); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, b.Bytes()) {
		t.Errorf("%s differs from its golden; run with -update and read the diff:\n%s", name, b.String())
	}
}

// TestEveryFormInBothEras holds each form as it is written from the story of the
// specification, under 36-HD/VPTW and under 05-HD/VPTW.
func TestEveryFormInBothEras(t *testing.T) {
	t.Parallel()
	for _, e := range eras {
		for _, form := range knd.Forms(e.on("2024-08-15")) {
			d, err := knd.Build(form.Code, e.facts(form))
			if err != nil {
				t.Errorf("%s-%s: %v", form.Code, e.name, err)
				continue
			}
			if want := map[string]document.LayoutID{"36": document.Layout36, "05": document.Layout05}[e.name]; d.Layout != want {
				t.Errorf("%s-%s has the layout %s", form.Code, e.name, d.Layout)
			}
			if err := d.Check(); err != nil {
				t.Errorf("%s-%s: %v", form.Code, e.name, err)
			}
			golden(t, form.Code+"-"+e.name, d)
		}
	}
}

// TestADraftHasDotsForWhatIsNotRecorded: the least that a paper can be written from.
func TestADraftHasDotsForWhatIsNotRecorded(t *testing.T) {
	t.Parallel()
	for _, form := range knd.Forms(date.Must("2026-11-23")) {
		d, err := knd.Build(form.Code, bare(date.Must("2026-11-23")))
		if err != nil {
			t.Errorf("%s: %v", form.Code, err)
			continue
		}
		golden(t, form.Code+"-draft", d)
	}
}
