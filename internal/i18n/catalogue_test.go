package i18n

import (
	"context"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"ketnap/date"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, source string
		want         map[string]string
		fault        string // what the error must say
	}{
		{name: "a line is a key and its text", source: "file.late = Quá hạn\n", want: map[string]string{"file.late": "Quá hạn"}},
		{name: "an equals sign in the text stays", source: "a.b = 1 = 1", want: map[string]string{"a.b": "1 = 1"}},
		{name: "a comment and an empty line say nothing", source: "# ghi chú\n\n \na.b = x", want: map[string]string{"a.b": "x"}},
		{name: "an indented line goes on with the text above", source: "a.b = một\n  hai\n\tba", want: map[string]string{"a.b": "một hai ba"}},
		{name: "lines may end as Windows ends them", source: "a.b = x\r\na.c = y\r\n", want: map[string]string{"a.b": "x", "a.c": "y"}},
		{name: "a line without a text is refused", source: "a.b =", fault: "1: empty text"},
		{name: "a line without an equals sign is refused", source: "a.b = x\nnothing", fault: "2: no ="},
		{name: "a key needs a noun and a dot", source: "late = x", fault: `"late" is no key`},
		{name: "a key is lower case", source: "file.Late = x", fault: "is no key"},
		{name: "a key given twice is refused", source: "a.b = x\na.b = y", fault: "2: a.b is given twice"},
		{name: "an indented line without a text above is refused", source: "# x\n  y", fault: "2: the line goes on"},
		{name: "a brace must enclose a name", source: "a.b = {n", fault: "a brace"},
		{name: "text must be in NFC", source: "a.b = e\u0301", fault: "NFC"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Parse(tt.source)
			if tt.fault != "" {
				if err == nil || !strings.Contains(err.Error(), tt.fault) {
					t.Fatalf("error %v, want one with %q", err, tt.fault)
				}
				return
			}
			if err != nil || !maps.Equal(got, tt.want) {
				t.Errorf("got %v, %v, want %v", got, err, tt.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a.b = x\n  {n} y\n# z\n")
	f.Fuzz(func(t *testing.T, source string) {
		texts, err := Parse(source)
		if err != nil {
			return
		}
		for key, text := range texts {
			if again, err := Parse(key + " = " + text); err != nil || again[key] != text {
				t.Errorf("%q = %q does not survive: %q, %v", key, text, again[key], err)
			}
		}
	})
}

func TestLoad(t *testing.T) {
	t.Parallel()
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	tests := []struct {
		name   string
		folder fstest.MapFS
		fault  string
	}{
		{name: "English may be incomplete", folder: fstest.MapFS{"vi/a.txt": file("a.b = x\na.c = y"), "en/a.txt": file("a.b = z")}},
		{name: "an English key needs a Vietnamese one", folder: fstest.MapFS{"vi/a.txt": file("a.b = x"), "en/a.txt": file("a.c = z")}, fault: "a.c has no Vietnamese text"},
		{name: "a key stands in the file of its noun", folder: fstest.MapFS{"vi/a.txt": file("b.c = x")}, fault: "does not begin with a."},
		{name: "a fault names file and line", folder: fstest.MapFS{"vi/a.txt": file("a.b = x\n?")}, fault: "vi/a.txt:2:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(tt.folder)
			if (tt.fault == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("error %v, want %q", err, tt.fault)
			}
		})
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	c, err := Load(fstest.MapFS{
		"vi/a.txt": {Data: []byte("a.plain = Xin chào\na.late = {who} chậm {days} ngày, hạn {due}\na.only = Chỉ có {n}")},
		"en/a.txt": {Data: []byte("a.plain = Hello\na.late = {who}: {days} days late, due {due}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	args := []any{"who", "Chi bộ {days}", "days", 1235, "due", date.Must("2024-07-08")}
	tests := []struct {
		name string
		lang Lang
		key  string
		args []any
		want string
	}{
		{name: "a text is found by language", lang: English, key: "a.plain", want: "Hello"},
		{name: "what English lacks is said in Vietnamese, figures too", lang: English, key: "a.only", args: []any{"n", 1235}, want: "Chỉ có 1.235"},
		{name: "a key that no language has is shown itself", lang: Vietnamese, key: "a.none", want: "a.none"},
		{name: "values are written as offices write them", lang: Vietnamese, key: "a.late", args: args, want: "Chi bộ {days} chậm 1.235 ngày, hạn 08/7/2024"},
		{name: "values follow the language", lang: English, key: "a.late", args: args, want: "Chi bộ {days}: 1,235 days late, due 8 July 2024"},
		{name: "a part without a value stays to be seen", lang: Vietnamese, key: "a.only", args: []any{"m", 1}, want: "Chỉ có {n}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := c.Text(tt.lang, tt.key, tt.args...); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestArgsNameTheirParts(t *testing.T) {
	t.Parallel()
	got := T(Vietnamese, "restore.tampered", Args(map[string]any{"row": 1200})...)
	if !strings.Contains(got, "dòng 1.200.") {
		t.Errorf("got %q", got)
	}
}

func TestContextCarriesTheLanguage(t *testing.T) {
	t.Parallel()
	if got := Text(context.Background(), "shell.logout"); got != "Thoát" {
		t.Errorf("without a language: %q", got)
	}
	if got := Text(With(context.Background(), English), "shell.logout"); got != "Log out" {
		t.Errorf("in English: %q", got)
	}
	if ParseLang("en") != English || ParseLang("fr") != Vietnamese || ParseLang("") != Vietnamese {
		t.Error("ParseLang")
	}
}
