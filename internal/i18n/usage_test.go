package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEmbedded holds that the texts the program carries can be loaded at all.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	if _, err := Load(embedded); err != nil {
		t.Fatal(err)
	}
}

// TestKeysInUseHaveTexts looks through the source for keys that no text answers.
func TestKeysInUseHaveTexts(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch entry.Name() {
			case ".git", "bin", "data", "node_modules", "testdata", "tools":
				return filepath.SkipDir
			}
			return nil
		}
		inWeb := strings.HasPrefix(filepath.ToSlash(name), "../../web/")
		if !isSource(name) {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, key := range missing(Default(), string(source), inWeb) {
			t.Errorf("%s: no text for %s", strings.TrimPrefix(filepath.ToSlash(name), "../../"), key)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func isSource(name string) bool {
	if strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_test.go") {
		return false
	}
	return strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".templ")
}

var (
	called  = regexp.MustCompile(`(?:i18n\.Text|i18n\.T|errs\.E)\(\s*[\w.()]+\s*,\s*"([a-z0-9_.]+)"`)
	passed  = regexp.MustCompile(`(?:orNotFound|orTaken|mustChangeRow)\([^"\n]*"([a-z0-9_.]+)"`)
	literal = regexp.MustCompile(`"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+\.?)"`)
	comment = regexp.MustCompile(`(?m)^\s*//.*$`)
)

// missing returns the keys that source uses and c has no text for: those passed to
// i18n, to errs and to the helpers of store that make errors and, within web, every literal whose first word is a noun that has a
// file of texts. A literal that ends in a dot is the beginning of keys made at run time:
// one key must begin so.
func missing(c *Catalogue, source string, inWeb bool) []string {
	source = comment.ReplaceAllString(source, "")
	found := append(called.FindAllStringSubmatch(source, -1), passed.FindAllStringSubmatch(source, -1)...)
	if inWeb {
		for _, m := range literal.FindAllStringSubmatch(source, -1) {
			noun, _, _ := strings.Cut(m[1], ".")
			if c.HasPrefix(noun + ".") {
				found = append(found, m)
			}
		}
	}
	var lost []string
	for _, m := range found {
		key := m[1]
		known := c.Has(Vietnamese, key) || strings.HasSuffix(key, ".") && c.HasPrefix(key)
		if !known {
			lost = append(lost, key)
		}
	}
	return lost
}

func TestMissing(t *testing.T) {
	t.Parallel()
	c := &Catalogue{texts: map[Lang]map[string]string{Vietnamese: {"file.late": "x", "file.stage.ready": "y"}}}
	tests := []struct {
		name, source string
		inWeb        bool
		want         string
	}{
		{name: "a key with a text is in order", source: `i18n.Text(ctx, "file.late")`},
		{name: "a key passed to i18n must have a text", source: `{ i18n.Text(ctx, "nowhere.to", "n", 3) }`, want: "nowhere.to"},
		{name: "a key passed with a language must have a text", source: `i18n.T(b.Lang, "file.gone")`, want: "file.gone"},
		{name: "a key of an error must have a text", source: `errs.E(errs.Stale, "file.changed")`, want: "file.changed"},
		{name: "a key passed through a helper of store must have a text", source: `return orTaken(err, "unit.taken", "code")`, want: "unit.taken"},
		{name: "a literal in web that looks like a key must have a text", source: `Label: "file.gone"`, inWeb: true, want: "file.gone"},
		{name: "outside web only calls are looked at", source: `Label: "file.gone"`},
		{name: "a literal whose noun has no texts is no key", source: `dist.URL("app.css")`, inWeb: true},
		{name: "the beginning of a key made at run time must fit one", source: `i18n.Text(ctx, "file.stage."+s)`, inWeb: true},
		{name: "the beginning of no key is reported", source: `i18n.Text(ctx, "file.step."+s)`, want: "file.step."},
		{name: "a comment is not a use", source: "  // i18n.Text(ctx, \"file.gone\")\n", inWeb: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := missing(c, tt.source, tt.inWeb)
			if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) == 0 || got[0] != tt.want) {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}
