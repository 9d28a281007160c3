package document

import "ketnap/date"

// A LayoutID names a layout set by the guidance that ordered it.
type LayoutID string

// Layout sets (surroundings.md, G.1).
const (
	Layout36 LayoutID = "36-HD/VPTW" // 03/4/2018
	Layout05 LayoutID = "05-HD/VPTW" // 27/5/2026
)

// layout05From is the day from which papers follow 05-HD/VPTW (PAPER-01).
var layout05From = date.Must("2026-05-27") //nolint:gochecknoglobals // a date never changes

// LayoutOn returns the layout set of a paper made on a day (PAPER-01); a day before the
// first set gets the first set.
func LayoutOn(day date.Date) LayoutID {
	if day.Before(layout05From) {
		return Layout36
	}
	return Layout05
}
