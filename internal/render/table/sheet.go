package table

import (
	"strconv"

	"ketnap/document"
	"ketnap/internal/render/xlsx"
	"ketnap/report"
)

// SheetTitle returns the heading of a sheet, with its period.
func SheetTitle(s report.Sheet) string { return s.Title + " " + s.Period.Name() }

// Sheet returns the table of a report whose columns are its form's own.
func Sheet(s report.Sheet) xlsx.Table {
	t := xlsx.Table{Title: SheetTitle(s), Subtitle: s.Name, Notes: s.Notes, Columns: texts("Mã đơn vị", "Đơn vị")}
	for _, c := range s.Columns {
		t.Columns = append(t.Columns, xlsx.Column{Name: c.Name, Kind: xlsx.Number})
	}
	for _, row := range s.Rows {
		t.Rows = append(t.Rows, sheetCells(s, row, row.Name))
	}
	t.Total = sheetCells(s, s.Total, report.TotalHead)
	return t
}

func sheetCells(s report.Sheet, row report.SheetRow, name string) []xlsx.Cell {
	cells := []xlsx.Cell{xlsx.Str(row.Unit), xlsx.Str(name)}
	for i := range s.Columns {
		cells = append(cells, xlsx.OptInt(sheetValue(row, i)))
	}
	return cells
}

func sheetValue(row report.SheetRow, i int) *int {
	if i < len(row.Values) {
		return row.Values[i]
	}
	return nil
}

// Widths of a grid on paper, in per cent: the number, the unit, and what is left for all
// figures together.
const (
	gridNumber  = 6
	gridUnit    = 34
	gridFigures = 100 - gridNumber - gridUnit
)

// sheetGrid is the table of a sheet on paper: numbered rows without the codes of units.
func sheetGrid(s report.Sheet) *document.Table {
	t := &document.Table{Columns: []document.Column{{Title: "TT", Width: gridNumber, Align: document.Center}, {Title: "Đơn vị", Width: gridUnit, Align: document.Left}}}
	for _, c := range s.Columns {
		t.Columns = append(t.Columns, document.Column{Title: c.Name, Width: max(gridFigures/len(s.Columns), 1), Align: document.Right})
	}
	for i, row := range s.Rows {
		t.Rows = append(t.Rows, append([]string{strconv.Itoa(i + 1), row.Name}, sheetFigures(s, row)...))
	}
	t.Total = append([]string{"", report.TotalHead}, sheetFigures(s, s.Total)...)
	return t
}

// sheetFigures are the figures of a row as they are printed; none is a dash.
func sheetFigures(s report.Sheet, row report.SheetRow) []string {
	out := make([]string, len(s.Columns))
	for i := range s.Columns {
		out[i] = "–"
		if v := sheetValue(row, i); v != nil {
			out[i] = strconv.Itoa(*v)
		}
	}
	return out
}
