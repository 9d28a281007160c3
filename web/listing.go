package web

import (
	"ketnap/web/ui"
)

// A listingPage is a plain list of a unit: filters, counts that lead to parts of it, the
// table of the print and of the sheet, and the first step where it is empty.
type listingPage struct {
	ui.Base
	Head    sheetHeading
	Lead    string
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
}

// A listingCount is a part of the list, with how many are in it.
type listingCount struct {
	stateLink
	Current bool
}
