package class

import (
	"cmp"
	"slices"

	"ketnap/date"
	"ketnap/rule"
)

// A Half is a half of a day (buổi).
type Half string

// The halves.
const (
	Morning   Half = "morning"
	Afternoon Half = "afternoon"
)

// Halves lists them in the order of the day.
func Halves() []Half { return []Half{Morning, Afternoon} }

// Valid reports whether h is a half of a day.
func (h Half) Valid() bool { return h == Morning || h == Afternoon }

// Words names the half.
func (h Half) Words() string {
	switch h {
	case Morning:
		return "Sáng"
	case Afternoon:
		return "Chiều"
	}
	return string(h)
}

// A Slot is one half-day.
type Slot struct {
	On   date.Date
	Half Half
}

// Compare orders slots as they follow each other.
func (s Slot) Compare(t Slot) int {
	return cmp.Or(s.On.Compare(t.On), cmp.Compare(slices.Index(Halves(), s.Half), slices.Index(Halves(), t.Half)))
}

// A Subject is a part of the programme.
type Subject struct {
	Name     string
	Periods  int
	HalfDays int
}

// A Programme is the content of a class as guidance fixes it. The real length of classes
// varies (CLS-06): a programme proposes sessions and judges nothing.
type Programme struct {
	Clause
	Subjects []Subject
}

// periodsOfHalf is how many periods (tiết) a half-day has (CLS-04).
const periodsOfHalf = 5

func programmesFrom() date.Date { return date.Must("2022-06-16") }

// ProgrammeOn returns the programme of a kind of class on a day. Before 16/6/2022 it is
// the later one, as a proposal that nothing vouches for.
func ProgrammeOn(k Kind, day date.Date) Programme {
	p := Programme{Clause: Clause{ID: "CLS-04", Cite: cite61, From: programmesFrom(), Confidence: rule.Sourced}, Subjects: awarenessSubjects()}
	if k == NewMember { // the subjects are sourced, their length is inferred from the 6–7 days seen (CLS-21)
		p = Programme{Clause: Clause{ID: "CLS-21", Cite: cite60, From: programmesFrom(), Confidence: rule.Inferred}, Subjects: newMemberSubjects()}
	}
	if day.Before(programmesFrom()) {
		p.From, p.Confidence = date.Date{}, rule.Inferred
	}
	return p
}

// awarenessSubjects are the 50 periods of 61-HD/BTGTW. The table gives the lessons by
// number (CLS-04), the subjects their names (CLS-05).
func awarenessSubjects() []Subject {
	return []Subject{
		{"Bài 1: Khái quát lịch sử Đảng Cộng sản Việt Nam", 5, 1},
		{"Bài 2: Cương lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội", 10, 2},
		{"Bài 3: Nội dung cơ bản của Điều lệ Đảng Cộng sản Việt Nam", 5, 1},
		{"Bài 4: Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", 5, 1},
		{"Bài 5: Phấn đấu trở thành đảng viên Đảng Cộng sản Việt Nam", 5, 1},
		{"Trao đổi, thảo luận", 5, 1},
		{"Tham quan hoặc báo cáo chuyên đề mới", 5, 1},
		{"Hệ thống, giải đáp thắc mắc", 5, 1},
		{"Viết bài thu hoạch, tổng kết", 5, 1},
	}
}

// newMemberSubjects are the ten of 60-HD/BTGTW (CLS-22) and the final test (CLS-23).
func newMemberSubjects() []Subject {
	var out []Subject
	for _, name := range []string{
		"Chuyên đề 1: Chủ nghĩa Mác - Lênin, tư tưởng Hồ Chí Minh",
		"Chuyên đề 2: Độc lập dân tộc gắn liền với chủ nghĩa xã hội",
		"Chuyên đề 3: Đại đoàn kết toàn dân tộc, dân chủ và Nhà nước pháp quyền",
		"Chuyên đề 4: Đường lối phát triển kinh tế - xã hội",
		"Chuyên đề 5: Giáo dục, khoa học, văn hóa và bảo vệ môi trường",
		"Chuyên đề 6: Quốc phòng, an ninh",
		"Chuyên đề 7: Hội nhập quốc tế",
		"Chuyên đề 8: Nguyên tắc tổ chức và công tác đảng ở cơ sở",
		"Chuyên đề 9: Xây dựng, chỉnh đốn Đảng",
		"Chuyên đề 10: Phấn đấu xứng đáng là đảng viên",
		"Trao đổi, giải đáp thắc mắc",
		"Kiểm tra cuối khóa, tổng kết",
	} {
		out = append(out, Subject{name, periodsOfHalf, 1})
	}
	return out
}

// Periods is how many periods the programme has.
func (p Programme) Periods() (n int) {
	for _, s := range p.Subjects {
		n += s.Periods
	}
	return n
}

// HalfDays is how many half-days it has.
func (p Programme) HalfDays() (n int) {
	for _, s := range p.Subjects {
		n += s.HalfDays
	}
	return n
}

// A SessionState says whether a half-day counts.
type SessionState string

// The states of a session.
const (
	Planned    SessionState = "planned" // to be held, or held; its roll tells
	CalledOff  SessionState = "off"     // not held: its periods count for nobody
	maxPeriods              = 10
)

// A Session is a half-day of a class, as it was first planned and as it really is (CLS-06).
type Session struct {
	ID       string
	Slot          // the real one
	First    Slot // as planned first; the zero value for a session that was added later
	Lesson   string
	Periods  int
	Lecturer string
	State    SessionState
	Rolled   bool // attendance was taken for everybody on the list
	Version  int
}

// Counts reports whether the session's periods count.
func (s Session) Counts() bool { return s.State != CalledOff }

// Plan lays the programme over half-days, which it orders: each takes the subjects in
// their order, the last one the essay. Where there are fewer half-days than the programme
// has, one takes several subjects; where there are more, subjects go on.
func (p Programme) Plan(slots []Slot) []Session {
	slots = slices.Clone(slots)
	slices.SortFunc(slots, Slot.Compare)
	slots = slices.Compact(slots)
	var halves []string // the programme, half-day by half-day
	for _, s := range p.Subjects {
		for range s.HalfDays {
			halves = append(halves, s.Name)
		}
	}
	out := make([]Session, len(slots))
	for i, slot := range slots {
		from, to := share(i, len(slots), len(halves))
		out[i] = Session{Slot: slot, First: slot, Lesson: joinLessons(halves[from:to]), Periods: periodsOfHalf, State: Planned}
	}
	return out
}

// share is which of n half-days of the programme the slot i of k takes: none is left out,
// and the last of the programme, the essay, is for the last slot alone.
func share(i, k, n int) (from, to int) {
	switch {
	case k <= n:
		return i * n / k, (i + 1) * n / k
	case i == k-1:
		return n - 1, n
	}
	from = i * (n - 1) / (k - 1)
	return from, from + 1
}

func joinLessons(names []string) string {
	out := ""
	for i, name := range names {
		switch {
		case i > 0 && names[i-1] == name: // its second half-day
		case out == "":
			out = name
		default:
			out += "; " + name
		}
	}
	return out
}

// LastOf returns the day of the last session that counts; the zero date where none does.
func LastOf(sessions []Session) (last date.Date) {
	for _, s := range sessions {
		if s.Counts() && (last.IsZero() || s.On.After(last)) {
			last = s.On
		}
	}
	return last
}
