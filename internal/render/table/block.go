package table

import (
	"fmt"

	"ketnap/date"
	"ketnap/internal/render/xlsx"
)

// A BlockLine is one unit of the table of a committee.
type BlockLine struct {
	Unit    string
	State   string
	Figures []*int // in the order of the heads; nil where nobody recorded one
	Next    date.Date
	Session date.Date
}

// Block returns the table of a committee over its units for a year.
func Block(unit string, year int, on date.Date, event string, heads []string, lines []BlockLine) xlsx.Table {
	t := xlsx.Table{Title: fmt.Sprintf("Bảng theo dõi công tác kết nạp đảng viên năm %d", year), Subtitle: unit, Columns: texts("Đơn vị"),
		Notes: []string{fmt.Sprintf("Số liệu đến ngày %s. Đã kết nạp tính theo %s; dự báo là số đã kết nạp cộng số hồ sơ dự kiến xong trong năm.", on.VN(), event)}}
	for _, h := range heads {
		t.Columns = append(t.Columns, xlsx.Column{Name: h, Kind: xlsx.Number})
	}
	t.Columns = append(t.Columns, texts("Lần làm việc gần nhất", "Hạn gần nhất", "Tình trạng")...)
	for _, l := range lines {
		row := []xlsx.Cell{xlsx.Str(l.Unit)}
		for _, n := range l.Figures {
			if n == nil {
				row = append(row, xlsx.Str("–"))
				continue
			}
			row = append(row, xlsx.Int(*n))
		}
		for _, d := range []date.Date{l.Session, l.Next} {
			text := ""
			if !d.IsZero() {
				text = d.VN()
			}
			row = append(row, xlsx.Str(text))
		}
		t.Rows = append(t.Rows, append(row, xlsx.Str(l.State)))
	}
	return t
}
