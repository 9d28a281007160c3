package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRepositoryKeepsTheLaws reads every source file of the repository.
func TestRepositoryKeepsTheLaws(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	seen := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(filepath.ToSlash(path), "../../")
		if entry.IsDir() {
			switch entry.Name() {
			case ".git", "bin", "data", "node_modules", "testdata", "tools":
				return filepath.SkipDir
			}
			return nil
		}
		switch {
		case strings.HasSuffix(name, "_test.go"), strings.HasSuffix(name, "_templ.go"):
			return nil
		case strings.HasSuffix(name, ".go"):
			seen++
			readGo(t, path, name)
		case strings.HasSuffix(name, ".sql"):
			readSQL(t, path, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatal("no source found: the laws were held over nothing")
	}
}

func readGo(t *testing.T, path, name string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for _, f := range checkFile(name, file) {
		t.Errorf("%s:%d: %s", name, files.Position(f.pos).Line, f.text)
	}
}

func readSQL(t *testing.T, path, name string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range checkSQL(string(text)) {
		t.Errorf("%s: %s", name, wrong)
	}
}

func TestCheckFile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, source string
		want               string // part of the breach; none when empty
	}{
		{name: "the domain may use the standard library", file: "admission/file.go", source: `import ("fmt"; "time"; "ketnap/date"; "golang.org/x/text/unicode/norm")`},
		{name: "the domain knows no context", file: "admission/file.go", source: `import "context"`, want: "no context"},
		{name: "the domain knows no SQL", file: "org/unit.go", source: `import "database/sql"`, want: "no database/sql"},
		{name: "a date may be stored", file: "date/date.go", source: `import "database/sql/driver"`},
		{name: "only a date may be stored", file: "org/unit.go", source: `import "database/sql/driver"`, want: "no database/sql"},
		{name: "a folder of the domain is the domain", file: "rule/clause/a.go", source: `import "net/http"`, want: "no net"},
		{name: "the domain reads no files", file: "rule/a.go", source: `import "os"`, want: "no os"},
		{name: "the domain writes no log", file: "rule/a.go", source: `import "log/slog"`, want: "no log"},
		{name: "the domain has no other module", file: "rule/a.go", source: `import "github.com/google/uuid"`, want: "standard library"},
		{name: "the domain does not know the application", file: "rule/a.go", source: `import "ketnap/store"`, want: "the domain only"},
		{name: "the domain does not know the plumbing", file: "rule/a.go", source: `import "ketnap/internal/i18n"`, want: "the domain only"},
		{name: "what stands below is not imported", file: "date/a.go", source: `import "ketnap/admission"`, want: "stands above"},
		{name: "the store knows no pages", file: "store/file.go", source: `import "ketnap/web"`, want: "store must not import web"},
		{name: "the application does not know its API", file: "app/file.go", source: `import "ketnap/api"`, want: "app must not import api"},
		{name: "pages do not know the store", file: "web/file.go", source: `import "ketnap/store"`, want: "web must not import store"},
		{name: "components do not know the store", file: "web/ui/a.go", source: `import "ketnap/store/storetest"`, want: "web must not import store"},
		{name: "plumbing does not know the application", file: "internal/job/a.go", source: `import "ketnap/app"`, want: "plumbing"},
		{name: "sample data for tests is made by the application", file: "internal/testorg/a.go", source: `import "ketnap/app"`},
		{name: "the domain may embed its tables", file: "date/a.go", source: `import _ "embed"`},
		{name: "the command wires all", file: "cmd/ketnap/main.go", source: `import ("ketnap/store"; "ketnap/app"; "ketnap/web"; "time"); var t = time.Now()`},
		{name: "the domain has no clock", file: "rule/a.go", source: `import "time"; func f() { time.Now() }`, want: "clock"},
		{name: "the time that went by is the clock too", file: "web/a.go", source: `import "time"; func f(t time.Time) { time.Since(t) }`, want: "clock"},
		{name: "app.New may give the clock", file: "app/app.go", source: `import "time"; func New() { x := time.Now; x() }`},
		{name: "a method New may not", file: "app/app.go", source: `import "time"; func (a A) New() { time.Now() }`, want: "clock"},
		{name: "New of another package may not", file: "web/web.go", source: `import "time"; func New() { time.Now() }`, want: "clock"},
		{name: "the gate decides rights", file: "app/gate.go", source: `import "ketnap/access"; func f() { access.Check(); access.ScopeOf() }`},
		{name: "nobody else decides rights", file: "app/file.go", source: `import "ketnap/access"; func f() { access.Check() }`, want: "gate"},
		{name: "nobody else makes scopes", file: "store/file.go", source: `import "ketnap/access"; var s = access.ScopeOf`, want: "gate"},
		{name: "another use of rights is free", file: "store/file.go", source: `import "ketnap/access"; func f(s access.Scope) {}`},
		{name: "the store enumerates columns", file: "store/file.go", source: "const q = `SELECT *\nFROM file`", want: "enumerated"},
		{name: "a string that is no SQL is free", file: "store/file.go", source: `const q = "I would like that"`},
		{name: "SQL elsewhere is not looked at", file: "web/file.go", source: `const q = "SELECT * FROM file"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file, err := parser.ParseFile(token.NewFileSet(), tt.file, "package p; "+tt.source, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			expect(t, texts(checkFile(tt.file, file)), tt.want)
		})
	}
}

func TestCheckSQL(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{name: "plain SQL is in order", text: "SELECT id, unit_id FROM file WHERE realm = $1 AND word >= $2 ORDER BY sort_given"},
		{name: "a count is no star", text: "SELECT count(*), sum(n) * 2 FROM counter"},
		{name: "all columns of a table", text: "SELECT f.* FROM file f", want: "enumerated"},
		{name: "distinct columns of a table", text: "select distinct * from file", want: "enumerated"},
		{name: "all columns of a change", text: "UPDATE file SET a = 1 RETURNING *", want: "enumerated"},
		{name: "the clock of the database", text: "INSERT INTO file (at) VALUES (now())", want: "clock"},
		{name: "the day of the database", text: "SELECT id FROM file WHERE day < CURRENT_DATE", want: "clock"},
		{name: "a pattern", text: "SELECT id FROM file WHERE name LIKE $1", want: "LIKE"},
		{name: "a pattern of PostgreSQL", text: "SELECT id FROM file WHERE name ILIKE $1", want: "LIKE"},
		{name: "a collation", text: "SELECT id FROM file ORDER BY name COLLATE \"C\"", want: "COLLATE"},
		{name: "a JSON operator", text: "SELECT doc->>'name' FROM file", want: "JSON"},
		{name: "an optional filter", text: "SELECT id FROM file WHERE ($1 IS NULL OR unit = $1)", want: "built in Go"},
		{name: "a cast to a date", text: "SELECT CAST(day AS DATE) FROM file", want: "cast"},
		{name: "PostgreSQL's cast to a date", text: "SELECT id FROM file WHERE day = $1::date", want: "cast"},
		{name: "an array", text: "SELECT id FROM file WHERE unit = ANY($1)", want: "array"},
		{name: "a comment says what it likes", text: "-- never SELECT * here, no LIKE \nSELECT id FROM file"},
		{name: "a column may be called dislike", text: "SELECT dislike FROM file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			expect(t, checkSQL(tt.text), tt.want)
		})
	}
}

func texts(found []finding) []string {
	all := make([]string, 0, len(found))
	for _, f := range found {
		all = append(all, f.text)
	}
	return all
}

func expect(t *testing.T, got []string, want string) {
	t.Helper()
	said := strings.Join(got, "; ")
	if want == "" && said != "" || want != "" && !strings.Contains(said, want) {
		t.Errorf("got %q, want %q", said, want)
	}
}
