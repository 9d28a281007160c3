package table

import (
	"fmt"

	"ketnap/date"
	"ketnap/internal/render/xlsx"
	"ketnap/target"
)

// A ForecastLine is a unit with its verdict, or a person with the days; one of the two.
type ForecastLine struct {
	Name     string
	Verdict  target.Verdict
	Missing  string
	Unit     string // of a person
	Stage    string
	Earliest date.Date
	Expected date.Date
	Why      string
}

// ForecastUnits returns the table of units with what their year will bring.
func ForecastUnits(unit string, year int, on date.Date, event target.Event, lines []ForecastLine) xlsx.Table {
	t := xlsx.Table{Title: fmt.Sprintf("Dự báo kết nạp đảng viên năm %d", year), Subtitle: unit,
		Columns: texts("Đơn vị", "Chỉ tiêu", "Đã kết nạp", "Dự báo thêm", "Còn có thể kịp", "Còn thiếu gì"),
		Notes:   []string{fmt.Sprintf("Tính đến ngày %s; tính theo %s.", on.VN(), event.Words())}}
	for i := 1; i < 5; i++ {
		t.Columns[i].Kind = xlsx.Number
	}
	for _, l := range lines {
		plan := xlsx.Str("")
		if l.Verdict.Plan != nil {
			plan = xlsx.Int(*l.Verdict.Plan)
		}
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(l.Name), plan, xlsx.Int(l.Verdict.Admitted), xlsx.Int(l.Verdict.Likely), xlsx.Int(l.Verdict.Possible), xlsx.Str(l.Missing)})
	}
	return t
}

// ForecastPeople returns the table of people with the days on which they may be admitted.
func ForecastPeople(unit string, year int, on date.Date, event target.Event, lines []ForecastLine) xlsx.Table {
	t := xlsx.Table{Title: fmt.Sprintf("Dự báo kết nạp đảng viên năm %d", year), Subtitle: unit,
		Columns: texts("Họ và tên", "Đơn vị", "Đang ở bước", "Sớm nhất", "Dự kiến", "Đang chờ"),
		Notes:   []string{fmt.Sprintf("Tính đến ngày %s; tính theo %s.", on.VN(), event.Words())}}
	day := func(d date.Date) xlsx.Cell {
		if d.IsZero() {
			return xlsx.Str("")
		}
		return xlsx.Str(d.VN())
	}
	for _, l := range lines {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(l.Name), xlsx.Str(l.Unit), xlsx.Str(l.Stage), day(l.Earliest), day(l.Expected), xlsx.Str(l.Why)})
	}
	return t
}
