package web

import (
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A listingPage is a plain list of a unit: filters, counts that lead to parts of it, the
// table of the print and of the sheet, and the first step where it is empty.
type listingPage struct {
	ui.Base
	Head    sheetHeading
	Lead    string
	Tabs    []registerLink
	Problem ui.ProblemBox
	Action  string // of the filter
	Choices []fileChoice
	Counts  []listingCount
	Columns []registerColumn
	Rows    []registerRow
	Notes   []string
	Sheet   string
	First   *ui.Action // the main button
	Empty   ui.Nothing
	Also    *listingAlso
}

// A listingAlso is the units that ought to be in the list and are not.
type listingAlso struct {
	Title, Note, Open string
	Folded            bool
	Rows              []listingUnit
}

// A listingUnit is a unit with the button of its first step.
type listingUnit struct {
	Name, Href string
	Act        *ui.Action
}

// A listingCount is a part of the list, with how many are in it.
type listingCount struct {
	stateLink
	Current bool
}

// sourceTabs lead between the pages about the sources of a unit.
func sourceTabs(r *request, unit, current string) []registerLink {
	var out []registerLink
	for _, x := range []struct{ href, key string }{{"/source", "review.menu"}, {"/source/due", "review.tab.due"}, {"/gatherings", "gathering.menu"}, {"/obstacles", "obstacle.menu"}} {
		out = append(out, registerLink{Label: i18n.Text(r.Context(), x.key), Href: address(x.href, "unit", unit), Current: x.href == current})
	}
	return out
}
