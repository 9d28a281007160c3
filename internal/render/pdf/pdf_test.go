package pdf

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ketnap/document"
	"ketnap/internal/render/papertest"
)

var update = flag.Bool("update", false, "write the golden files anew; read their diff")

func drawnPaper(t testing.TB, d document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func saved(t testing.TB, b []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestTheTextOfAPaperIsWhereItWas(t *testing.T) {
	t.Parallel()
	papertest.Needs(t, "pdftotext")
	for _, p := range papertest.Papers() {
		text := papertest.Text(t, saved(t, drawnPaper(t, p.Document)))
		papertest.Golden(t, filepath.Join("testdata", p.Name+".txt"), text, *update)
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

func TestTheSamePaperMakesTheSameBytesHoweverManyDrawAtOnce(t *testing.T) {
	t.Parallel()
	d := papertest.Papers()[0].Document
	want := drawnPaper(t, d)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			var b bytes.Buffer
			if err := Write(&b, d); err != nil || !bytes.Equal(b.Bytes(), want) {
				t.Errorf("differs (%v)", err)
			}
		})
	}
	wait.Wait()
}

func TestAPageHasItsNumberFromTheSecondOnAndATableItsHeadOnEach(t *testing.T) {
	t.Parallel()
	for _, p := range papertest.Papers() {
		if !strings.HasPrefix(p.Name, "report") {
			continue
		}
		pages := strings.Split(papertest.Text(t, saved(t, drawnPaper(t, p.Document))), "\f")
		pages = pages[:len(pages)-1]
		if len(pages) < 4 {
			t.Fatalf("%d pages", len(pages))
		}
		for i, page := range pages {
			head, _, _ := strings.Cut(strings.TrimSpace(page), "\n")
			if want := "Dự thảo"; i == 0 && strings.TrimSpace(head) != want {
				t.Errorf("the first page begins %q", head)
			}
			if i > 0 && strings.Join(strings.Fields(head), " ") != fmt.Sprintf("Dự thảo %d", i+1) {
				t.Errorf("page %d begins %q", i+1, head)
			}
			if hasRow := regexp.MustCompile(`Chi bộ cơ sở`).MatchString(page); hasRow != strings.Contains(page, "Đã kết nạp") {
				t.Errorf("page %d: rows %v, head %v", i+1, hasRow, !hasRow)
			}
		}
		if last := pages[len(pages)-1]; !strings.Contains(last, "PHÓ BÍ THƯ") || !strings.Contains(last, "Số liệu tính theo") {
			t.Errorf("the signature is not with the last lines:\n%s", last)
		}
	}
}

func TestAPaperThatIsTooLongIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	rows := document.Document{Body: []document.Block{{Kind: document.Grid, Table: &document.Table{Columns: []document.Column{{}}, Rows: make([][]string, document.MaxRows+1)}}}}
	pages := document.Document{Body: []document.Block{document.P(strings.Repeat("chữ ", 900_000))}}
	for name, d := range map[string]document.Document{"rows": rows, "pages": pages} {
		var b bytes.Buffer
		if err := Write(&b, d); !errors.Is(err, document.ErrTooLarge) || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", name, err, b.Len())
		}
	}
}

func TestStrangeTextsStayReadable(t *testing.T) {
	t.Parallel()
	for i, s := range papertest.Strange() {
		b := drawnPaper(t, papertest.Everywhere(s))
		wellFormed(t, b)
		if text := papertest.Text(t, saved(t, b)); !strings.Contains(text, document.PartyName) {
			t.Errorf("text %d is not readable: %.200q", i, text)
		}
	}
}

// wellFormed checks that each object stands where the table says.
func wellFormed(t testing.TB, b []byte) {
	t.Helper()
	at := bytes.LastIndex(b, []byte("startxref\n"))
	start, err := strconv.Atoi(strings.Fields(string(b[at:]))[1])
	if err != nil || !bytes.HasPrefix(b, []byte("%PDF-1.")) || !bytes.HasPrefix(b[start:], []byte("xref\n0 ")) {
		t.Fatalf("no table of objects: %v", err)
	}
	for i, line := range strings.Split(string(b[start:at]), "\n")[3:] {
		if !strings.HasSuffix(line, " n ") {
			break
		}
		offset, err := strconv.Atoi(line[:10])
		if err != nil || !bytes.HasPrefix(b[offset:], fmt.Appendf(nil, "%d 0 obj\n", i+1)) {
			t.Fatalf("object %d is not at %q", i+1, line)
		}
	}
}

func FuzzWrite(f *testing.F) {
	for _, s := range papertest.Strange() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { wellFormed(t, drawnPaper(t, papertest.Everywhere(s))) })
}

func BenchmarkDecision(b *testing.B) {
	d := papertest.Decision(2026)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, d); err != nil {
			b.Fatal(err)
		}
	}
}
