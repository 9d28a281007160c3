package report

import (
	"fmt"

	"ketnap/target"
)

// Title returns the heading of the report, as page, print and XLSX show it.
func (r Report) Title() string {
	return "Kết quả kết nạp đảng viên " + r.Period.Name()
}

// Subtitle names the unit that reports.
func (r Report) Subtitle() string { return r.name }

// A Column is one column of the printed table.
type Column struct {
	Key  string // of a row in the JSON
	Head string
	Kind Kind
}

// A Kind says how the figures of a column are set.
type Kind string

// The kinds of columns.
const (
	Text    Kind = "text"
	Number  Kind = "number"
	Percent Kind = "percent"
)

// Columns returns the columns of the table in their order.
func (r Report) Columns() []Column {
	return []Column{
		{Key: "unit", Head: "Mã đơn vị", Kind: Text},
		{Key: "name", Head: "Đơn vị", Kind: Text},
		{Key: "plan", Head: fmt.Sprintf("Chỉ tiêu năm %d", r.Period.Year()), Kind: Number},
		{Key: "admitted", Head: "Đã kết nạp", Kind: Number},
		{Key: "percent", Head: "Tỷ lệ (%)", Kind: Percent},
	}
}

// TotalHead is the label of the last line.
const TotalHead = "Toàn đơn vị"

// Notes returns what stands under the table: until when and by which day was counted,
// and whether the plan was given on in full.
func (r Report) Notes() []string {
	notes := []string{
		fmt.Sprintf("Số liệu đến hết ngày %s, tính theo %s.", r.Cutoff.VN(), r.CountingEvent.Words()),
		"Số của mỗi đơn vị gồm cả các đơn vị trực thuộc; chỉ tiêu là số cấp trên giao cho cả năm.",
	}
	if r.Total.Plan == nil {
		return append(notes, "Đơn vị chưa được giao chỉ tiêu, nên không tính tỷ lệ chung.")
	}
	if len(r.Rows) > 0 && *r.Total.Plan != r.Total.ChildrenPlan {
		s := target.Balance(r.Total.Plan, []int{r.Total.ChildrenPlan})
		notes = append(notes, fmt.Sprintf("Chỉ tiêu được giao %d, đã giao cho các đơn vị trực thuộc %d: %s.", *s.Own, s.Sum, s.Words()))
	}
	return notes
}
