package union

import (
	"errors"
	"strings"
	"unicode/utf8"

	"ketnap/date"
)

// Limits of texts: a symbol or a name, and a text of several lines, in characters.
const (
	MostName = 120
	MostText = 2000
)

// A Campaign is the yearly instruction of a union to its base unions to count their young
// people (UNI-02), as its document says it.
type Campaign struct {
	Year   int
	Symbol string
	Issued date.Date
	Due    date.Date
	Text   string
}

// Ways in which a campaign or another record is refused. Field names where.
var (
	ErrYear   = errors.New("union: the year is none that can be counted")
	ErrSymbol = errors.New("union: the document needs its number and symbol")
	ErrIssued = errors.New("union: the document cannot be of a day to come")
	ErrDue    = errors.New("union: the due day lies before the document")
	ErrLong   = errors.New("union: the text is too long")
)

// Fault returns the field of the form that is wrong, and why; "" where nothing is. today
// is the business day.
func (c Campaign) Fault(today date.Date) (field string, err error) {
	switch {
	case c.Year < 2000 || c.Year > today.Year()+1:
		return "year", ErrYear
	case strings.TrimSpace(c.Symbol) == "":
		return "symbol", ErrSymbol
	case utf8.RuneCountInString(c.Symbol) > MostName:
		return "symbol", ErrLong
	case c.Issued.IsZero() || c.Issued.After(today):
		return "issued", ErrIssued
	case c.Due.IsZero() || c.Due.Before(c.Issued) || c.Due.After(c.Issued.AddMonths(12)):
		return "due", ErrDue
	case utf8.RuneCountInString(c.Text) > MostText:
		return "text", ErrLong
	}
	return "", nil
}

// A ReplyState is where the answer of a base union stands.
type ReplyState string

// States of an answer.
const (
	Waiting   ReplyState = "waiting"   // nothing was written yet
	Draft     ReplyState = "draft"     // something was
	Submitted ReplyState = "submitted" // it counts
	Returned  ReplyState = "returned"  // for correction, with a reason
)

// Words names the state.
func (s ReplyState) Words() string {
	switch s {
	case Waiting:
		return "chưa làm"
	case Draft:
		return "đang ghi"
	case Submitted:
		return "đã gửi"
	case Returned:
		return "trả lại để sửa"
	}
	return string(s)
}

// Open reports whether the base union is still to send its answer.
func (s ReplyState) Open() bool { return s != Submitted }

// DaysLate returns by how many days an answer is late: until it was sent, or until today
// where it was not. 0 for one that is in time or whose day is to come.
func DaysLate(due, sent, today date.Date) int {
	if sent.IsZero() {
		sent = today
	}
	return max(sent.Sub(due), 0)
}
