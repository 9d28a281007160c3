// Package meeting is the meeting at which a body considers candidates: the branch, the
// base committee, the standing committee of the competent committee. It says who is
// counted (VOT-02), whether each question passed, and which acts the results are. It is
// for the application and the pages; it must not move a file: that is admission's, and
// the acts that a meeting gives are judged there again. It reads no store and no clock.
package meeting

import (
	"slices"

	"ketnap/admission"
	"ketnap/date"
)

// A Body is who meets.
type Body string

// Bodies.
const (
	Branch   Body = "branch"   // its official members
	Base     Body = "base"     // the members of the base committee
	Standing Body = "standing" // the standing committee of the competent committee
)

// Bodies returns every body, the lowest first.
func Bodies() []Body { return []Body{Branch, Base, Standing} }

// Valid reports whether b is a body.
func (b Body) Valid() bool { return slices.Contains(Bodies(), b) }

// Words names the body.
func (b Body) Words() string { return bodyWords[b] }

var bodyWords = map[Body]string{Branch: "chi bộ", Base: "đảng ủy cơ sở", Standing: "ban thường vụ"}

// Voters names those who vote in the body.
func (b Body) Voters() string {
	switch b {
	case Base:
		return "ủy viên đảng ủy cơ sở"
	case Standing:
		return "ủy viên ban thường vụ"
	}
	return "đảng viên chính thức"
}

// Acts returns what may stand on the agenda of the body, in the order of the road.
func (b Body) Acts() []admission.Code { return slices.Clone(bodyActs[b]) }

var bodyActs = map[Body][]admission.Code{
	Branch: {admission.BranchResolution, admission.ProposeRecognition, admission.List, admission.AssignHelper,
		admission.ProposeRemoval, admission.Unlist},
	Base:     {admission.BaseResolution, admission.BaseRecognition},
	Standing: {admission.Decide, admission.Recognize, admission.Remove},
}

// Counts is the number of the body's voters as the rules of admission ask for it.
func (b Body) Counts(n int) admission.Counts {
	switch b {
	case Base:
		return admission.Counts{Base: n}
	case Standing:
		return admission.Counts{Standing: n}
	}
	return admission.Counts{Branch: n}
}

// QuestionOf returns what a vote on an act is about, and false where nobody votes on it.
func QuestionOf(c admission.Code) (admission.Question, bool) {
	switch c {
	case admission.BranchResolution, admission.BaseResolution, admission.Decide:
		return admission.QuestionAdmission, true
	case admission.ProposeRecognition, admission.BaseRecognition, admission.Recognize:
		return admission.QuestionRecognition, true
	case admission.ProposeRemoval, admission.Remove:
		return admission.QuestionRemoval, true
	}
	return "", false
}

// Kind is the kind of paper that the body's results are on, by which they are numbered.
func (b Body) Kind() string {
	if b == Standing {
		return "QĐ"
	}
	return "NQ"
}

// A Method is how the meeting votes; it chooses itself (VOT-03).
type Method string

// Methods.
const (
	Ballot Method = "ballot" // secret
	Cards  Method = "cards"  // raising the party card
)

// Methods returns both methods.
func Methods() []Method { return []Method{Ballot, Cards} }

// Words names the method.
func (m Method) Words() string {
	switch m {
	case Ballot:
		return "bỏ phiếu kín"
	case Cards:
		return "giơ thẻ đảng viên"
	}
	return ""
}

// A Sheet is a meeting as it was typed, so that a draft keeps every letter of it.
type Sheet struct {
	On           string    `json:"on,omitempty"`
	Place        string    `json:"place,omitempty"`
	Chair        string    `json:"chair,omitempty"`
	Secretary    string    `json:"secretary,omitempty"`
	Method       Method    `json:"method,omitempty"`
	Members      string    `json:"members,omitempty"` // only where the unit's count is not recorded
	Present      string    `json:"present,omitempty"`
	Probationary string    `json:"probationary,omitempty"`
	Absences     []Absence `json:"absences,omitempty"`
	Auto         bool      `json:"auto,omitempty"` // papers without a typed number take the next of the register
	Lines        []Line    `json:"-"`              // the agenda, in its order
}

// A Line is one point of the agenda: one candidate and one question.
type Line struct {
	File    string         `json:"-"` // id of the candidate's file
	Act     admission.Code `json:"-"` // what is recorded when it is agreed to
	Version int            `json:"-"` // of the file when it was put on the agenda
	Number  string         `json:"number,omitempty"`
	Helper  string         `json:"helper,omitempty"`
	Note    string         `json:"note,omitempty"`
	For     string         `json:"for,omitempty"`
	Against string         `json:"against,omitempty"`

	// Set when the meeting is recorded: the acts that it wrote on the file.
	ActIDs []string `json:"-"`
}

// Votes reports whether the point is put to the vote.
func (l Line) Votes() bool { _, ok := QuestionOf(l.Act); return ok }

// A Meeting is a sheet that was read.
type Meeting struct {
	Body      Body
	On        date.Date
	Place     string
	Chair     string
	Secretary string
	Method    Method
	Auto      bool
	Known     int // voters of the body on the day by the unit's record; 0 where it has none
	Count     Count
	Absences  []Absence
	Items     []Item
}

// An Item is a line that was read.
type Item struct {
	Line
	For     int
	Against int
	Counted bool // both numbers were typed and can be
}

// Limits of a sheet.
const (
	MaxLines    = 500 // of an agenda
	MaxAbsences = 200
	MaxText     = 100 // letters of a name or a place
	maxNumber   = 64
	maxNote     = 2000
	maxPeople   = 1_000_000 // nobody counts more by hand
)
