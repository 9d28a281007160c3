package class

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/rule"
)

// A SurveyState says whether units may still answer.
type SurveyState string

// The states of a survey.
const (
	SurveyOpen   SurveyState = "open"
	SurveyClosed SurveyState = "closed"
)

// Words says the state.
func (s SurveyState) Words() string {
	if s == SurveyOpen {
		return "Đang hỏi"
	}
	return "Đã khép"
}

// A Survey asks the units of a committee how many need a class of a kind (CLS-01, CLS-17).
type Survey struct {
	ID       string
	Unit     string // code of the committee that asks
	Kind     Kind
	Title    string
	Number   string // of the letter that asks; "" without one
	Question string // about time and place
	Due      date.Date
	State    SurveyState
	Issued   date.Date
	ClosedOn date.Date
	Version  int
}

// Late reports whether the day to answer is over.
func (s Survey) Late(today date.Date) bool { return !s.Due.IsZero() && s.Due.Before(today) }

// CheckSurvey says what is wrong with a survey as it was typed.
func CheckSurvey(s Survey, today date.Date) []rule.Finding {
	var out []rule.Finding
	wrong := func(field, message string) {
		out = append(out, rule.Finding{Rule: "CLS-17", Severity: rule.Block, Field: field, Message: message})
	}
	switch {
	case strings.TrimSpace(s.Title) == "":
		wrong("title", "Khảo sát chưa có tên. Ghi ngắn gọn, ví dụ: Khảo sát nhu cầu học lớp nhận thức về Đảng đợt 2.")
	case utf8.RuneCountInString(s.Title) > MaxTitle:
		wrong("title", fmt.Sprintf("Tên dài quá %d chữ. Ghi ngắn lại.", MaxTitle))
	}
	if !s.Kind.Valid() {
		wrong("kind", "Chọn khảo sát cho lớp nào.")
	}
	switch {
	case s.Due.IsZero():
		wrong("due", "Ghi hạn trả lời, để đơn vị biết và để thấy ai chậm.")
	case s.Due.Before(today):
		wrong("due", "Hạn trả lời "+s.Due.VN()+" đã qua. Ghi một ngày từ hôm nay trở đi.")
	}
	if utf8.RuneCountInString(s.Question) > MaxText || utf8.RuneCountInString(s.Number) > MaxTitle {
		wrong("question", fmt.Sprintf("Phần hỏi dài quá %d chữ. Ghi ngắn lại.", MaxText))
	}
	return out
}

// An AnswerState says whether an answer was handed in.
type AnswerState string

// The states of an answer.
const (
	AnswerDraft AnswerState = "draft"
	AnswerSent  AnswerState = "sent"
)

// An Answer is what a unit says beside the people whom it names.
type Answer struct {
	Survey  string
	Unit    string // code
	State   AnswerState
	Place   string
	Season  string        // when it would go, in its own words
	Without map[Group]int // people without a file, by group; no zeros
	Note    string
	Sent    date.Date
	Version int
}

// Heads is how many people without a file the unit has.
func (a Answer) Heads() (n int) {
	for _, k := range a.Without {
		n += k
	}
	return n
}

// maxWithout is how many people of a group one unit may count without a file.
const maxWithout = 500

// CheckAnswer says what is wrong with an answer as it was typed.
func CheckAnswer(a Answer) []rule.Finding {
	var out []rule.Finding
	for _, g := range Groups() {
		if n := a.Without[g]; n < 0 || n > maxWithout {
			out = append(out, rule.Finding{Rule: "CLS-17", Severity: rule.Block, Field: "without_" + string(g),
				Message: fmt.Sprintf("Số %s chưa có hồ sơ phải từ 0 đến %d.", g.Words(), maxWithout)})
		}
	}
	for _, f := range []struct{ field, text string }{{"place", a.Place}, {"season", a.Season}, {"note", a.Note}} {
		if utf8.RuneCountInString(f.text) > MaxText {
			out = append(out, rule.Finding{Rule: "CLS-17", Severity: rule.Block, Field: f.field, Message: fmt.Sprintf("Dài quá %d chữ. Ghi ngắn lại.", MaxText)})
		}
	}
	return out
}
