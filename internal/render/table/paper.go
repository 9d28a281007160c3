package table

import (
	"strconv"
	"strings"

	"ketnap/date"
	"ketnap/document"
	"ketnap/org"
	"ketnap/report"
)

// ReportPaper returns a report as the paper that the unit signs and sends up: the rows of
// the page under the head of the unit, still without number and date. line is the unit
// with those above it, nearest first; today says which layout set is in force.
func ReportPaper(r report.Report, line []org.Unit, today date.Date) document.Document {
	return unitPaper(r.Title(), r.Subtitle(), reportGrid(r), r.Notes(), line, today)
}

// SheetPaper is ReportPaper for a report whose columns are its form's own.
func SheetPaper(s report.Sheet, line []org.Unit, today date.Date) document.Document {
	return unitPaper(SheetTitle(s), s.Name, sheetGrid(s), s.Notes, line, today)
}

// unitPaper is a table that a unit reports, with the notes under it.
func unitPaper(title, name string, grid *document.Table, notes []string, line []org.Unit, today date.Date) document.Document {
	d := document.Document{
		Layout: document.LayoutOn(today), Place: document.Dots + document.Dots,
		Kind: "BÁO CÁO", Title: lowerFirst(title),
		Body: []document.Block{
			document.P(name + " báo cáo " + lowerFirst(title) + " như sau:"),
			{Kind: document.Grid, Table: grid},
		},
	}
	for _, note := range notes {
		d.Body = append(d.Body, document.P(note))
	}
	signed(&d, line)
	return d
}

// signed puts the head and the foot of a unit's paper.
func signed(d *document.Document, line []org.Unit) {
	if len(line) == 0 {
		return
	}
	unit := line[0]
	d.Issuer, d.Symbol = strings.ToUpper(unit.Name), "BC/"+document.SymbolOf(unit)
	if len(line) > 1 {
		d.Superior = strings.ToUpper(line[1].Name)
		d.Recipients = []document.Recipient{{Name: line[1].Name, Purpose: "để b/c"}}
	}
	switch unit.Type {
	case org.Branch, org.BaseBranch:
		d.Filed, d.Signatures = "Lưu Chi bộ", []document.Signature{{Authority: "T/M CHI BỘ", Title: "BÍ THƯ"}}
	case org.Board: // led by a head, not a collective (PAPER-21)
		d.Filed, d.Signatures = "Lưu Ban", []document.Signature{{Title: "TRƯỞNG BAN"}}
	default:
		d.Filed, d.Signatures = "Lưu Đảng ủy", []document.Signature{{Authority: "T/M ĐẢNG ỦY", Title: "BÍ THƯ"}}
	}
}

// reportGrid is the table of a report on paper: numbered rows without the codes of units.
func reportGrid(r report.Report) *document.Table {
	t := &document.Table{Columns: []document.Column{{Title: "TT", Width: 8, Align: document.Center}}}
	for i, c := range r.Columns()[1:] {
		column := document.Column{Title: c.Head, Width: 17, Align: document.Right}
		if i == 0 {
			column.Width, column.Align = 62, document.Left
		}
		t.Columns = append(t.Columns, column)
	}
	for i, row := range r.Rows {
		t.Rows = append(t.Rows, append([]string{strconv.Itoa(i + 1), row.Name}, figures(row.Plan, row.Admitted, row.Percent)...))
	}
	t.Total = append([]string{"", report.TotalHead}, figures(r.Total.Plan, r.Total.Admitted, r.Total.Percent)...)
	return t
}

// figures are the figures of a row as they are printed; none is a dash.
func figures(plan *int, admitted int, percent *string) []string {
	out := []string{"–", strconv.Itoa(admitted), "–"}
	if plan != nil {
		out[0] = strconv.Itoa(*plan)
	}
	if percent != nil {
		out[2] = *percent
	}
	return out
}

// lowerFirst makes a heading the end of a sentence.
func lowerFirst(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}
