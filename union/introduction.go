package union

import (
	"errors"
	"strings"
	"unicode/utf8"

	"ketnap/admission"
	"ketnap/date"
)

// A Resolution is that of a union which introduces people to the Party (UNI-05, DOC-51).
type Resolution struct {
	Number  string
	On      date.Date
	Present int // of the committee that voted; 0 where it is not known
	For     int
}

// Ways in which a resolution is refused.
var (
	ErrNumber = errors.New("union: a resolution has a number")
	ErrDay    = errors.New("union: the day is missing or lies ahead")
	ErrVotes  = errors.New("union: more votes than people were present, or none given")
)

// MostAtOnce is how many people one resolution introduces at most.
const MostAtOnce = 50

// Fault returns the field that is wrong, and why; "" where nothing is.
func (r Resolution) Fault(today date.Date) (field string, err error) {
	switch {
	case strings.TrimSpace(r.Number) == "":
		return "number", ErrNumber
	case utf8.RuneCountInString(r.Number) > MostName:
		return "number", ErrLong
	case r.On.IsZero() || r.On.After(today) || r.On.Year() < 2000:
		return "on", ErrDay
	case r.Present < 0 || r.For < 0 || r.For > r.Present || r.Present > 0 && r.For == 0:
		return "for", ErrVotes
	}
	return "", nil
}

// A State is what the branch made of an introduction.
type State string

// States of an introduction.
const (
	Sent     State = "sent"     // lies in the branch's inbox
	Taken    State = "taken"    // a file holds it
	Declined State = "declined" // with a reason
)

// InboxDays is how long an introduction may lie with a branch before the office above is
// shown that it does: a branch meets once a month (ADM-10).
const InboxDays = 30

// A Fate is what the introducer learns of a person: the step, and no more (SEC-08).
type Fate string

// Fates, in the order of the road.
const (
	FateSent     Fate = "sent"
	FateTaken    Fate = "taken"    // received; not yet on the branch's list
	FateTraining Fate = "training" // on the list, in class, in procedure
	FateAdmitted Fate = "admitted"
	FateOfficial Fate = "official"
	FateStopped  Fate = "stopped"
	FateDeclined Fate = "declined"
)

// Fates lists the fates.
func Fates() []Fate {
	return []Fate{FateSent, FateTaken, FateTraining, FateAdmitted, FateOfficial, FateStopped, FateDeclined}
}

// Words says a fate to the introducer.
func (f Fate) Words() string {
	switch f {
	case FateSent:
		return "chờ chi bộ tiếp nhận"
	case FateTaken:
		return "chi bộ đã nhận"
	case FateTraining:
		return "đang bồi dưỡng, xem xét"
	case FateAdmitted:
		return "đã kết nạp"
	case FateOfficial:
		return "đảng viên chính thức"
	case FateStopped:
		return "đã dừng"
	case FateDeclined:
		return "chi bộ không tiếp nhận"
	}
	return string(f)
}

// Became reports whether the person became a member of the Party.
func (f Fate) Became() bool { return f == FateAdmitted || f == FateOfficial }

// FateOf draws the fate from the state of an introduction and the stage of its file. What
// happens in verification, and how a ballot went, is not to be told from it.
func FateOf(s State, stage admission.Stage) Fate {
	switch s {
	case Sent:
		return FateSent
	case Declined:
		return FateDeclined
	}
	switch stage {
	case admission.New, admission.Outstanding:
		return FateTaken
	case admission.Probationary, admission.ReviewReady, admission.RecognitionProposed, admission.RecognitionAppraised, admission.RemovalProposed:
		return FateAdmitted
	case admission.Official:
		return FateOfficial
	case admission.Withdrawn, admission.Closed, admission.Removed:
		return FateStopped
	}
	return FateTraining // suspended and held ones, too: why is not the introducer's to know
}

// A Tally is what came of a union's introductions (TGT-16).
type Tally struct {
	Introduced int
	Admitted   int
}

// Percent returns how many of those introduced were admitted; nil without introductions.
func (t Tally) Percent() *float64 {
	if t.Introduced == 0 {
		return nil
	}
	p := float64(t.Admitted) * 100 / float64(t.Introduced)
	return &p
}
