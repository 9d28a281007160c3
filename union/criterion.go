package union

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/date"
)

// Facts are what a union did in a year, as its report and the criterion read them.
type Facts struct {
	Asked      bool // it was told to count
	Counted    bool
	OnTime     bool
	Target     int // of introductions; 0 where none was given
	Introduced int
	Admitted   int // of those introduced, in the year
	Movements  int
	Sessions   int
}

// A Line is one line of the criterion: a fact, whether it is met, and where it stands
// written. It gives no points and ranks nobody (EVAL-36).
type Line struct {
	Text string
	Fact string
	Met  *bool // nil where nothing was asked
	Cite string
}

// Clause is the clause of the letter on which the criterion rests (EVAL-30).
const Clause = "Công văn 708-CV/ĐUK, mục 3"

// Words says how a line stands.
func (l Line) Words() string {
	switch {
	case l.Met == nil:
		return "không đặt ra"
	case *l.Met:
		return "đạt"
	}
	return "chưa đạt"
}

// Criterion draws the lines of the criterion from the facts, in the order of the letter.
func Criterion(f Facts) []Line {
	line := func(text, fact string, asked, met bool) Line {
		l := Line{Text: text, Fact: fact, Cite: Clause}
		if asked {
			l.Met = &met
		}
		return l
	}
	counted := "chưa gửi"
	if f.Counted {
		counted = "đã gửi"
	}
	if f.Counted && !f.OnTime {
		counted = "đã gửi, sau hạn"
	}
	target := "không giao chỉ tiêu; đã giới thiệu " + strconv.Itoa(f.Introduced)
	if f.Target > 0 {
		target = "chỉ tiêu " + strconv.Itoa(f.Target) + ", đã giới thiệu " + strconv.Itoa(f.Introduced)
	}
	return []Line{
		line("Thống kê quần chúng trong độ tuổi đoàn", counted, f.Asked, f.Counted),
		line("Gửi thống kê đúng hạn", counted, f.Asked, f.Counted && f.OnTime),
		line("Giới thiệu đoàn viên ưu tú theo chỉ tiêu", target, f.Target > 0, f.Introduced >= f.Target),
		line("Có người được giới thiệu đã kết nạp", strconv.Itoa(f.Admitted)+" người", f.Introduced > 0, f.Admitted > 0),
		line("Tổ chức phong trào làm cơ sở đánh giá, giới thiệu", strconv.Itoa(f.Movements)+" hoạt động", true, f.Movements > 0),
		line("Cấp ủy làm việc định kỳ với đoàn thể", strconv.Itoa(f.Sessions)+" buổi", true, f.Sessions > 0),
	}
}

// A Level is that of the official yearly rating of a union (EVAL-33).
type Level string

// Levels of the rating.
const (
	Excellent Level = "excellent"
	Good      Level = "good"
	Fulfilled Level = "fulfilled"
	Failed    Level = "failed"
)

// Levels lists the levels, the best first.
func Levels() []Level { return []Level{Excellent, Good, Fulfilled, Failed} }

// Words names the level.
func (l Level) Words() string {
	switch l {
	case Excellent:
		return "Hoàn thành xuất sắc nhiệm vụ"
	case Good:
		return "Hoàn thành tốt nhiệm vụ"
	case Fulfilled:
		return "Hoàn thành nhiệm vụ"
	case Failed:
		return "Không hoàn thành nhiệm vụ"
	}
	return string(l)
}

// A Rating is what people decided of a union's year.
type Rating struct {
	Year  int
	Level Level
	By    string // who decided: a body
	On    date.Date
}

// Ways in which a rating is refused.
var (
	ErrLevel = errors.New("union: no such level")
	ErrBy    = errors.New("union: who decided is not said")
)

// Fault returns the field that is wrong, and why; "" where nothing is.
func (r Rating) Fault(today date.Date) (field string, err error) {
	switch {
	case r.Year < 2000 || r.Year > today.Year():
		return "year", ErrYear
	case r.Level.Words() == string(r.Level):
		return "level", ErrLevel
	case strings.TrimSpace(r.By) == "":
		return "by", ErrBy
	case utf8.RuneCountInString(r.By) > MostName:
		return "by", ErrLong
	case r.On.IsZero() || r.On.After(today) || r.On.Year() < r.Year:
		return "on", ErrDay
	}
	return "", nil
}

// An Opinion is that of a union on a candidate (UNI-14): that it was given, and whether
// it agrees. What it says stands in the paper alone.
type Opinion struct {
	Number  string
	On      date.Date
	Agrees  bool
	Remarks bool // it has remarks, which the branch reads in the paper
}

// Fault returns the field that is wrong, and why; "" where nothing is.
func (o Opinion) Fault(today date.Date) (field string, err error) {
	switch {
	case utf8.RuneCountInString(o.Number) > MostName:
		return "number", ErrLong
	case o.On.IsZero() || o.On.After(today) || o.On.Year() < 2000:
		return "on", ErrDay
	}
	return "", nil
}
