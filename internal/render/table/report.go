// Package table turns what pages show into the tables that are written as spreadsheets,
// so that a page, its print and its file say the same.
package table

import (
	"ketnap/internal/render/xlsx"
	"ketnap/report"
)

// Report returns the table of a report.
func Report(r report.Report) xlsx.Table {
	t := xlsx.Table{Title: r.Title(), Subtitle: r.Subtitle(), Notes: r.Notes()}
	for _, c := range r.Columns() {
		kind := xlsx.Number
		if c.Kind == report.Text {
			kind = xlsx.Text
		}
		t.Columns = append(t.Columns, xlsx.Column{Name: c.Head, Kind: kind})
	}
	for _, row := range r.Rows {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(row.Unit), xlsx.Str(row.Name), xlsx.OptInt(row.Plan), xlsx.Int(row.Admitted), xlsx.Decimal(row.Percent)})
	}
	t.Total = []xlsx.Cell{xlsx.Str(r.Unit), xlsx.Str(report.TotalHead), xlsx.OptInt(r.Total.Plan), xlsx.Int(r.Total.Admitted), xlsx.Decimal(r.Total.Percent)}
	return t
}
