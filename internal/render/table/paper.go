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
	d := document.Document{
		Layout: document.LayoutOn(today), Place: document.Dots + document.Dots,
		Kind: "BÁO CÁO", Title: lowerFirst(r.Title()),
		Body: []document.Block{
			document.P(r.Subtitle() + " báo cáo " + lowerFirst(r.Title()) + " như sau:"),
			{Kind: document.Grid, Table: reportGrid(r)},
		},
	}
	for _, note := range r.Notes() {
		d.Body = append(d.Body, document.P(note))
	}
	if len(line) == 0 {
		return d
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
	return d
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
