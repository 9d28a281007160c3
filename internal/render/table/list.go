package table

import (
	"fmt"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/render/xlsx"
	"ketnap/rating"
	"ketnap/target"
)

// A StuckLine is one who is source but moves nowhere.
type StuckLine struct {
	Unit   string // code
	In     string // name of the unit
	Name   string
	Stage  admission.Stage
	Since  date.Date
	Reason string // in words
	Next   admission.Code
	Who    admission.Desk
	Aside  string // who set it aside and until when
}

// Stuck returns the table of the stuck files of a unit on a day, without an act for more
// than so many months.
func Stuck(unit string, on date.Date, months int, lines []StuckLine) xlsx.Table {
	t := xlsx.Table{
		Title: "Danh sách vướng và đứng yên", Subtitle: unit,
		Columns: texts("Mã đơn vị", "Đơn vị", "Họ và tên", "Đang ở bước", "Từ ngày", "Số tháng", "Lý do", "Bước tiếp theo", "Nơi làm", "Tạm gác"),
		Notes:   []string{fmt.Sprintf("Tính đến ngày %s: hồ sơ từ cảm tình đảng đến đủ hồ sơ, quá %d tháng không có việc nào được ghi (708-CV/ĐUK, mục 2; TGT-28).", on.VN(), months)},
	}
	t.Columns[5].Kind = xlsx.Number
	for _, l := range lines {
		next := ""
		if l.Next != "" {
			next = l.Next.Words()
		}
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(l.Unit), xlsx.Str(l.In), xlsx.Str(l.Name), xlsx.Str(stageWords(l.Stage)), xlsx.Str(l.Since.VN()),
			xlsx.Int(l.Since.MonthsUntil(on)), xlsx.Str(l.Reason), xlsx.Str(next), xlsx.Str(Desk(l.Who)), xlsx.Str(l.Aside)})
	}
	return t
}

// stageWords are those of a stage; a list of people has none.
func stageWords(s admission.Stage) string {
	if s == "" {
		return ""
	}
	return s.Words()
}

// Desk names the place where a step is done, as lists say it.
func Desk(d admission.Desk) string {
	switch d {
	case admission.DeskBranch:
		return "chi bộ"
	case admission.DeskBase:
		return "đảng ủy cơ sở"
	case admission.DeskBoard:
		return "cấp ủy có thẩm quyền"
	}
	return ""
}

// An AdmittedLine is one who was admitted.
type AdmittedLine struct {
	Unit     string // code
	In       string // name of the unit
	Name     string
	Birth    date.Date
	Decided  date.Date
	Ceremony date.Date // none before it
}

// Admitted returns the table of those admitted in a unit from one day to another.
func Admitted(unit string, from, to date.Date, event target.Event, lines []AdmittedLine) xlsx.Table {
	t := xlsx.Table{
		Title: "Danh sách quần chúng được kết nạp từ " + from.VN() + " đến " + to.VN(), Subtitle: unit,
		Columns: texts("Mã đơn vị", "Đơn vị", "Họ và tên", "Ngày sinh", "Ngày quyết định", "Ngày làm lễ"),
		Notes:   []string{"Tính theo " + event.Words() + "."},
	}
	for _, l := range lines {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(l.Unit), xlsx.Str(l.In), xlsx.Str(l.Name), xlsx.Str(l.Birth.VN()), xlsx.Str(l.Decided.VN()), xlsx.Str(l.Ceremony.VN())})
	}
	return t
}

// A RatingLine is the rating of one unit.
type RatingLine struct {
	Name   string
	Rating rating.Rating
	Source int
}

// Ratings returns the table of the ratings of a unit's children in a year.
func Ratings(unit string, year int, lines []RatingLine) xlsx.Table {
	t := xlsx.Table{
		Title: fmt.Sprintf("Giới hạn mức xếp loại theo kết quả kết nạp năm %d", year), Subtitle: unit,
		Columns: texts("Mã đơn vị", "Đơn vị", "Kế hoạch", "Đã kết nạp", "Tỷ lệ (%)", "Nguồn theo hồ sơ", "Còn nguồn", "Mức cao nhất còn được xếp", "Vì sao"),
	}
	for i := 2; i <= 5; i++ {
		t.Columns[i].Kind = xlsx.Number
	}
	for _, l := range lines {
		r := l.Rating
		best := rating.Excellent
		if r.Ceiling != nil {
			best = *r.Ceiling
		}
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(r.Unit), xlsx.Str(l.Name), xlsx.OptInt(r.Plan), xlsx.Int(r.Admitted), xlsx.Decimal(target.PercentOf(r.Admitted, r.Plan)),
			xlsx.Int(l.Source), xlsx.Str(Source(r)), xlsx.Str(best.Words()), xlsx.Str(r.Sentence())})
	}
	if len(lines) > 0 {
		t.Notes = []string{"Đã kết nạp tính theo " + lines[0].Rating.CountingEvent.Words() + ", gồm cả các đơn vị trực thuộc."}
	}
	return t
}

// Source says whether a unit has source, and by what that is known.
func Source(r rating.Rating) string {
	has, basis := "còn nguồn", "tính từ hồ sơ"
	if !r.HasSource {
		has = "không còn nguồn"
	}
	if r.HasSourceBasis == rating.Recorded {
		basis = "đã kết luận"
	}
	return has + " (" + basis + ")"
}

func texts(names ...string) []xlsx.Column {
	out := make([]xlsx.Column, len(names))
	for i, n := range names {
		out[i] = xlsx.Column{Name: n, Kind: xlsx.Text}
	}
	return out
}
