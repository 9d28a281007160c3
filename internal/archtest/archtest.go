// Package archtest holds the laws about the source itself: which package may import
// which, who may read the clock, where rights are decided, and what SQL may say. Its
// test reads the repository and fails on a breach; nothing else uses it.
package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

const module = "ketnap/"

// domain lists the packages of the domain. The order is the law: a package imports what
// stands before it.
var domain = []string{
	"date", "org", "person", "rule", "access", "admission", "meeting", "target", "source", "union", "class",
	"directive", "watch", "rating", "report", "document",
}

// forbiddenToDomain are packages of the standard library that bring context, SQL, the
// outside, or a log, those below them too. Embedding is free: it is done when the program
// is built.
var forbiddenToDomain = []string{
	"context", "database/sql", "net", "os", "io/ioutil", "io/fs", "log", "syscall", "plugin", "math/rand", "crypto/rand", "path/filepath",
}

// allowedToDomain are exceptions: database/sql/driver has the interface by which a date
// is stored.
var allowedToDomain = map[string][]string{"date": {"database/sql/driver"}}

// layers says what a package outside the domain must not import, itself and below.
var layers = map[string][]string{
	"store": {"app", "web", "api", "cmd"},
	"app":   {"web", "api", "cmd"},
	"web":   {"store", "api", "cmd"},
	"api":   {"store", "web", "cmd"},
	"errs":  {"app", "store", "web", "api", "cmd"},
}

// checkImport says what is wrong when package from, a path below the module's root,
// imports path; "" if nothing is.
func checkImport(from, path string) string {
	noun := head(from)
	if at := index(noun); at >= 0 {
		return checkDomainImport(noun, at, path)
	}
	own, inside := strings.CutPrefix(path, module)
	if !inside {
		return ""
	}
	if noun == "internal" && !strings.HasPrefix(from, "internal/test") && (head(own) == "app" || head(own) == "web" || head(own) == "api") {
		return "plumbing does not know the application"
	}
	for _, layer := range layers[noun] {
		if head(own) == layer {
			return fmt.Sprintf("%s must not import %s", noun, layer)
		}
	}
	return ""
}

func checkDomainImport(noun string, at int, path string) string {
	if own, inside := strings.CutPrefix(path, module); inside {
		switch to := index(head(own)); {
		case to < 0:
			return "the domain imports the domain only"
		case to > at:
			return fmt.Sprintf("%s stands above %s", noun, head(own))
		}
		return ""
	}
	for _, allowed := range allowedToDomain[noun] {
		if path == allowed {
			return ""
		}
	}
	for _, f := range forbiddenToDomain {
		if path == f || strings.HasPrefix(path, f+"/") {
			return "the domain is pure: no " + f
		}
	}
	if strings.Contains(head(path), ".") && !strings.HasPrefix(path, "golang.org/x/text/") {
		return "the domain uses the standard library and golang.org/x/text only"
	}
	return ""
}

func head(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}

func index(noun string) int {
	for i, d := range domain {
		if d == noun {
			return i
		}
	}
	return -1
}

// finding is a breach and where it stands.
type finding struct {
	pos  token.Pos
	text string
}

// checkFile returns the breaches in one file. Name is its path below the root, with
// slashes. Tests may cross the layers; their files are not for it.
func checkFile(name string, file *ast.File) []finding {
	var found []finding
	pkg := name[:max(strings.LastIndex(name, "/"), 0)]
	for _, imp := range file.Imports {
		path, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			continue // no compiler would take it
		}
		if wrong := checkImport(pkg, path); wrong != "" {
			found = append(found, finding{imp.Pos(), fmt.Sprintf("imports %s: %s", path, wrong)})
		}
	}
	found = append(found, checkClock(name, file)...)
	found = append(found, checkRights(name, file)...)
	if head(pkg) == "store" {
		found = append(found, checkStrings(file)...)
	}
	return found
}

// checkClock lets cmd and app.New alone ask what time it is.
func checkClock(name string, file *ast.File) []finding {
	if head(name) == "cmd" {
		return nil
	}
	var found []finding
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "New" && strings.HasPrefix(name, "app/") {
			continue
		}
		for _, use := range uses(decl, "time", "Now", "Since", "Until") {
			found = append(found, finding{use.Pos(), "reads the clock: only cmd and app.New do"})
		}
	}
	return found
}

// checkRights lets the gate alone decide a right.
func checkRights(name string, file *ast.File) []finding {
	if name == "app/gate.go" || head(name) == "access" {
		return nil
	}
	var found []finding
	for _, use := range uses(file, "access", "Check", "ScopeOf") {
		found = append(found, finding{use.Pos(), "decides a right: only app/gate.go does"})
	}
	return found
}

// uses finds the selectors pkg.name below n.
func uses(n ast.Node, pkg string, names ...string) []*ast.SelectorExpr {
	var found []*ast.SelectorExpr
	ast.Inspect(n, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == pkg {
			for _, name := range names {
				if sel.Sel.Name == name {
					found = append(found, sel)
				}
			}
		}
		return true
	})
	return found
}

func checkStrings(file *ast.File) []finding {
	var found []finding
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(lit.Value)
		if err != nil {
			return true
		}
		for _, wrong := range checkSQL(text) {
			found = append(found, finding{lit.Pos(), wrong})
		}
		return true
	})
	return found
}
