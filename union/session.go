package union

import (
	"errors"
	"strings"
	"unicode/utf8"

	"ketnap/date"
)

// Usual is how many months lie between two working sessions where the committee has not
// set its own rule (UNI-11); it only advises.
const Usual = 6

// A Session is a working session of a committee with unions (UNI-12).
type Session struct {
	On          date.Date
	Chair       string
	Problems    string
	Conclusions []Conclusion
}

// A Conclusion is what a session asked for: of whom, and until when.
type Conclusion struct {
	Text  string
	Owner string
	Due   date.Date // zero where none was set
}

// Ways in which a session is refused.
var (
	ErrChair = errors.New("union: nobody chaired")
	ErrOwner = errors.New("union: a conclusion needs an owner")
	ErrText  = errors.New("union: a conclusion without words")
)

// MostConclusions is how many conclusions a session has at most.
const MostConclusions = 20

// Fault returns the field that is wrong, and why; "" where nothing is. Fields of the
// conclusions end in their place, from 0.
func (s Session) Fault(today date.Date) (field string, err error) {
	switch {
	case s.On.IsZero() || s.On.After(today) || s.On.Year() < 2000:
		return "on", ErrDay
	case strings.TrimSpace(s.Chair) == "":
		return "chair", ErrChair
	case utf8.RuneCountInString(s.Chair) > MostName:
		return "chair", ErrLong
	case utf8.RuneCountInString(s.Problems) > MostText:
		return "problems", ErrLong
	case len(s.Conclusions) > MostConclusions:
		return "problems", ErrLong
	}
	for i, c := range s.Conclusions {
		if field, err := c.fault(s.On); err != nil {
			return field + "-" + string(rune('a'+i)), err
		}
	}
	return "", nil
}

func (c Conclusion) fault(on date.Date) (field string, err error) {
	switch {
	case strings.TrimSpace(c.Text) == "":
		return "text", ErrText
	case utf8.RuneCountInString(c.Text) > MostText:
		return "text", ErrLong
	case strings.TrimSpace(c.Owner) == "":
		return "owner", ErrOwner
	case utf8.RuneCountInString(c.Owner) > MostName:
		return "owner", ErrLong
	case !c.Due.IsZero() && c.Due.Before(on):
		return "due", ErrDue
	}
	return "", nil
}

// Next returns the day by which the next session is due after the last one, by a rule in
// months; the zero day where there was none yet.
func Next(last date.Date, months int) date.Date {
	if last.IsZero() {
		return date.Date{}
	}
	return last.AddMonths(months)
}
