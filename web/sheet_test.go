package web

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheetCells is the text of a spreadsheet: a line a row, the cells between strokes.
func sheetCells(t *testing.T, body string) string {
	t.Helper()
	sheet, err := excelize.OpenReader(strings.NewReader(body))
	must(t, err)
	rows, err := sheet.GetRows(sheet.GetSheetName(0))
	must(t, err)
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = strings.Join(row, "|")
	}
	return strings.Join(lines, "\n")
}
