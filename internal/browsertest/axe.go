package browsertest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// violation is one rule of axe-core that the page breaks.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML   string `json:"html"`
		Target []any  `json:"target"`
	} `json:"nodes"`
}

// Axe fails the test when axe-core finds a serious or critical obstacle for people who
// listen to the page, use no mouse or see badly. It needs the packages of `npm ci`
// and skips the test, but not in CI, where they are absent.
func (b *Browser) Axe() {
	b.tb.Helper()
	source, err := axeSource()
	if err != nil {
		absent(b.tb, err.Error())
	}
	eval[any](b, "load axe", source+"; null")
	found := eval[[]violation](b, "run axe", `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations)`)
	for _, line := range grave(found) {
		b.tb.Errorf("%s: %s", b.path(), line)
	}
}

// grave writes the serious and critical violations, a line for each element.
func grave(found []violation) []string {
	var lines []string
	for _, v := range found {
		if v.Impact != "serious" && v.Impact != "critical" {
			continue
		}
		for _, n := range v.Nodes {
			lines = append(lines, fmt.Sprintf("%s (%s): %s at %v: %s", v.Help, v.Impact, v.ID, n.Target, shorten(n.HTML)))
		}
	}
	return lines
}

func shorten(html string) string {
	html = strings.Join(strings.Fields(html), " ")
	if r := []rune(html); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return html
}

func axeSource() (string, error) {
	root, err := repositoryRoot()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(root, "node_modules", "axe-core", "axe.min.js")) //nolint:gosec // G304: below the repository
	if err != nil {
		return "", fmt.Errorf("%w: run npm ci first", err)
	}
	return string(source), nil
}

// repositoryRoot is the nearest folder above the test that holds go.mod.
func repositoryRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the repository: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod above the test")
		}
		dir = up
	}
}
