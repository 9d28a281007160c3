package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ketnap/document"
	"ketnap/internal/render/papertest"
)

var update = flag.Bool("update", false, "write the golden files anew; read their diff")

func written(t testing.TB, d document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts are the parts of a file by name, each of which is well-formed XML.
func parts(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestThePartOfEachPaperIsAsItWas(t *testing.T) {
	t.Parallel()
	for _, p := range papertest.Papers() {
		got := strings.ReplaceAll(parts(t, written(t, p.Document))["word/document.xml"], "<w:p>", "\n<w:p>")
		papertest.Golden(t, filepath.Join("testdata", p.Name+".xml"), got+"\n", *update)
	}
}

func TestHeadsStylesAndPropertiesOfAPaper(t *testing.T) {
	t.Parallel()
	d := papertest.Decision(2026)
	d.Title, d.Mark = "về việc kết nạp quần chúng Lê Thị Lan", "Dự thảo"
	got := parts(t, written(t, d))
	for part, wants := range map[string][]string{
		"word/header1.xml": {"Mẫu 6-KNĐ", "Dự thảo"}, "word/header2.xml": {" PAGE ", "Dự thảo"},
		"word/styles.xml":   {`w:ascii="Times New Roman"`, `w:val="vi-VN"`, `<w:sz w:val="28"/>`, `w:line="360" w:lineRule="exact"`},
		"docProps/core.xml": {"<dc:title>QUYẾT ĐỊNH</dc:title>", "2026-10-12T00:00:00Z"},
		"word/document.xml": {`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"`, "<w:titlePg/>"},
	} {
		for _, want := range wants {
			if !strings.Contains(got[part], want) {
				t.Errorf("%s lacks %q", part, want)
			}
		}
	}
	if strings.Contains(got["word/header1.xml"], "PAGE") || strings.Contains(got["word/header2.xml"], "Mẫu") {
		t.Error("the first page has a number, or the second the form code")
	}
	if strings.Contains(got["docProps/core.xml"], "Lan") {
		t.Error("the properties name a person")
	}
}

func TestTheSamePaperMakesTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, p := range papertest.Papers() {
		if !bytes.Equal(written(t, p.Document), written(t, p.Document)) {
			t.Errorf("%s differs", p.Name)
		}
	}
}

func TestAPaperThatIsTooLongOrMisshapenIsRefused(t *testing.T) {
	t.Parallel()
	table := func(t document.Table) document.Document {
		return document.Document{Body: []document.Block{{Kind: document.Grid, Table: &t}}}
	}
	for name, c := range map[string]struct {
		d    document.Document
		want error
	}{
		"too many rows": {table(document.Table{Columns: []document.Column{{}}, Rows: make([][]string, document.MaxRows+1)}), document.ErrTooLarge},
		"a long row":    {table(document.Table{Columns: []document.Column{{}}, Rows: [][]string{{"a", "b"}}}), document.ErrShape},
		"no columns":    {table(document.Table{}), document.ErrShape},
	} {
		var b bytes.Buffer
		if err := Write(&b, c.d); !errors.Is(err, c.want) || b.Len() > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLibreOfficeReadsEachPaperWhole(t *testing.T) {
	t.Parallel()
	soffice := papertest.Needs(t, "soffice")
	dir, args := t.TempDir(), []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir"}
	args = append(args, dir)
	papers := papertest.Papers()
	for i, s := range papertest.Strange() {
		if len(s) > 1_000 {
			continue // nobody writes a chapter into each field, and LibreOffice takes minutes for it
		}
		papers = append(papers, papertest.Paper{Name: "strange-" + string(rune('a'+i)), Document: papertest.Everywhere(s)})
	}
	for _, p := range papers {
		file := filepath.Join(dir, p.Name+".docx")
		if err := os.WriteFile(file, written(t, p.Document), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	defer stop()
	if out, err := exec.CommandContext(ctx, soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for _, p := range papers {
		text := papertest.Text(t, filepath.Join(dir, p.Name+".pdf"))
		if strings.HasPrefix(p.Name, "strange-") {
			if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), document.PartyName) {
				t.Errorf("%s is not read: %.300q", p.Name, text)
			}
			continue
		}
		printed := map[string]int{}
		for _, w := range strings.Fields(text) {
			printed[w]++
		}
		for w, n := range papertest.Words(p.Document) {
			if printed[w] < n {
				t.Errorf("%s: %q is printed %d times, want %d", p.Name, w, printed[w], n)
			}
		}
	}
}

func FuzzWrite(f *testing.F) {
	for _, s := range papertest.Strange() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { parts(t, written(t, papertest.Everywhere(s))) })
}

func BenchmarkDecision(b *testing.B) {
	d := papertest.Decision(2026)
	for b.Loop() {
		if err := Write(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
