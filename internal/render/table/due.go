package table

import (
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/render/xlsx"
)

// A DueLine is a step of a file that is due.
type DueLine struct {
	Unit  string // code
	In    string // name of the unit
	Name  string
	Act   admission.Code
	Rule  string
	Cite  string
	Due   date.Date
	Left  string // in words
	Desk  admission.Desk
	Moved string // the changes of the day; none when empty
}

// Due returns the table of what is due in a unit on a day; window says in words which
// days it covers.
func Due(unit, window string, on date.Date, lines []DueLine) xlsx.Table {
	t := xlsx.Table{
		Title: "Thời hạn các bước: " + window, Subtitle: unit,
		Columns: texts("Mã đơn vị", "Đơn vị", "Họ và tên", "Việc", "Quy định", "Căn cứ", "Hạn", "Còn lại hoặc chậm", "Hồ sơ đang ở", "Hạn đã đổi"),
		Notes:   []string{"Tính đến ngày " + on.VN() + "."},
	}
	for _, l := range lines {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(l.Unit), xlsx.Str(l.In), xlsx.Str(l.Name), xlsx.Str(l.Act.Words()), xlsx.Str(l.Rule), xlsx.Str(l.Cite),
			xlsx.Str(l.Due.VN()), xlsx.Str(l.Left), xlsx.Str(Desk(l.Desk)), xlsx.Str(l.Moved)})
	}
	return t
}
