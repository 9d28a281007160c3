package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestDocsAreWhatTheRulesSay holds docs/rules to the values of the program.
func TestDocsAreWhatTheRulesSay(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "docs", "rules")
	files := ruleDocs()
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != want {
			t.Errorf("docs/rules/%s is stale: run go generate ./cmd/ketnap (%v)", name, err)
		}
	}
	there, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(there) != len(files) {
		t.Errorf("docs/rules holds %d files, the rules give %d (%v)", len(there), len(files), err)
	}
}
