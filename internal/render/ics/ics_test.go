package ics_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/internal/render/ics"
)

var update = flag.Bool("update", false, "write testdata anew; read its diff")

func sample() ics.Calendar {
	return ics.Calendar{
		Name: "Hạn kết nạp", At: date.At(time.Date(2024, 10, 15, 5, 0, 0, 0, time.UTC)),
		Events: []ics.Event{
			{UID: "a1@ketnap", Day: date.Must("2024-10-31"), Title: "Họp xét kết nạp — 1 hồ sơ · Chi bộ Khoa Kinh tế, Trường Đại học Hải Sơn; cơ sở 2",
				Description: "Căn cứ: QĐ 24-QĐ/TW, 4.3.1\nĐăng nhập để xem.", URL: "http://ketnap.local/files/0193"},
			{UID: "a2@ketnap", Day: date.Must("2024-12-31"), Title: `Ra quyết định — 12 hồ sơ \ Đảng ủy Khối`},
		},
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := ics.Write(&b, sample()); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("testdata", "sample.ics")
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got\n%s", b.String())
	}
}

func TestEscaping(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"signs that part values", `a;b,c\d`, `a\;b\,c\\d`},
		{"line ends of three systems", "a\nb\r\nc\rd", `a\nb\nc\nd`},
		{"a colon stands as it is", "a: b", "a: b"},
		{"controls are left out", "a\x00\x07b\tc", "ab\tc"},
		{"what is no text is left out", "a\xffb", "ab"},
	} {
		if got := ics.Text(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// unfolded reads the lines back as a program does.
func unfolded(t *testing.T, text string) []string {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") {
		t.Fatalf("no end of the last line: %q", text)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d octets: %q", len(line), line)
		}
		if !utf8.ValidString(line) {
			t.Errorf("a letter is split: %q", line)
		}
		if strings.ContainsAny(line, "\r\n") {
			t.Errorf("a bare line end: %q", line)
		}
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n")
}

func unescaped(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, `;`, `\,`, `,`, `\n`, "\n").Replace(s)
}

func FuzzWrite(f *testing.F) {
	for _, s := range []string{"", "Họp xét kết nạp — 1 hồ sơ", `a;b,c\d`, "a\r\nb\nEND:VEVENT", strings.Repeat("ộ", 99), "\xff\x00\t ", `\n`} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, description string) {
		c := sample()
		c.Events = []ics.Event{{UID: "a1@ketnap", Day: date.Must("2024-10-31"), Title: title, Description: description, URL: title}}
		var b strings.Builder
		if err := ics.Write(&b, c); err != nil {
			t.Fatal(err)
		}
		ends := 0
		for _, line := range unfolded(t, b.String()) {
			if line == "END:VEVENT" {
				ends++
			}
			if text, ok := strings.CutPrefix(line, "SUMMARY:"); ok && utf8.ValidString(title) && !strings.ContainsFunc(title, func(r rune) bool { return r != '\t' && r < ' ' || r >= 0x7f && r < 0xa0 }) {
				if unescaped(text) != title {
					t.Errorf("%q came back as %q", title, unescaped(text))
				}
			}
		}
		if ends != 1 {
			t.Errorf("%d events", ends)
		}
	})
}
