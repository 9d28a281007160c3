// Package source answers whether a unit still has people who can be admitted: as the
// files show it, and as the committees judged it. It is for rating, reports and the
// source review. It reads nothing and names nobody's background.
package source

import (
	"ketnap/admission"
	"ketnap/target"
)

// A Candidate is what the question of source needs of a file on the day in question.
type Candidate struct {
	ID    string
	Name  string
	Stage admission.Stage
}

// Counts reports whether a file at a stage is source: from listed to base_resolved, and
// at decided only where the ceremony is counted, so that nobody is source and admitted
// at once.
func Counts(stage admission.Stage, event target.Event) bool {
	return stage.Source() || stage == admission.Decided && event == target.ByCeremony
}

// Available returns the files that are source, in the order given; never nil.
func Available(files []Candidate, event target.Event) []Candidate {
	out := []Candidate{}
	for _, f := range files {
		if Counts(f.Stage, event) {
			out = append(out, f)
		}
	}
	return out
}

// HasSource reports whether at least one of the files is source.
func HasSource(files []Candidate, event target.Event) bool {
	for _, f := range files {
		if Counts(f.Stage, event) {
			return true
		}
	}
	return false
}
