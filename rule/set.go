package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"ketnap/date"
)

// A Unit says what a term is counted in.
type Unit string

// Units of terms.
const (
	WorkingDays Unit = "working_day"
	Months      Unit = "month"
)

// A Start says with what a term begins, where the sets differ in it (DL-81).
type Start string

// Starts of DL-80.
const (
	Received Start = "received"
	Issued   Start = "issued"
)

// A Term is one figure of the regulation: so many working days or months.
type Term struct {
	Amount     int        `json:"amount"`
	Unit       Unit       `json:"unit"`
	Extension  int        `json:"extension"` // working days that may be added once, 0 for none
	Start      Start      `json:"start,omitempty"`
	Cite       string     `json:"cite"`
	Confidence Confidence `json:"confidence"`
	Change     string     `json:"change,omitempty"` // the administrator's change that states it; "" for the regulation
}

// A Set is a version of the regulation: the documents in force from one day to another
// and the figures they state. A figure that a set does not state is inherited.
type Set struct {
	ID        string          `json:"id"`
	From      date.Date       `json:"from"` // the zero date for the oldest
	To        date.Date       `json:"to"`   // the last day; the zero date for the newest
	Documents []string        `json:"documents"`
	Terms     map[string]Term `json:"terms"`
	Change    string          `json:"change,omitempty"` // the change by which an administrator added the set

	own map[string]Term // what it states without changes of single figures, where there are any
}

// inheritable is what the set itself states: others inherit that, never a changed figure.
func (s Set) inheritable() map[string]Term {
	if s.own != nil {
		return s.own
	}
	return s.Terms
}

// Sets are versions of the regulation, oldest first, without a gap between them.
type Sets []Set

// ErrNoTerm is returned for an id under which no set states a figure.
var ErrNoTerm = errors.New("no such term")

// On returns the set in force on a day (ADM-00: each act is judged by the set of its own day).
func (s Sets) On(d date.Date) Set { return s[s.index(d)] }

func (s Sets) index(d date.Date) int {
	for i := range s {
		if s[i].To.IsZero() || !d.After(s[i].To) {
			return i
		}
	}
	return len(s) - 1
}

// A Stated is a term as it holds on a day.
type Stated struct {
	Term
	Set       string // in force on the day
	Inherited string // the set that states the figure, where that is another one; else ""
}

// Term returns the figure of a rule on a day. What the set in force does not state
// comes from the nearest earlier set that does, or else from the nearest later.
func (s Sets) Term(id string, d date.Date) (Stated, error) {
	at := s.index(d)
	if t, ok := s[at].Terms[id]; ok {
		return s.stated(t, at, at), nil
	}
	for i := at - 1; i >= 0; i-- {
		if t, ok := s[i].inheritable()[id]; ok {
			return s.stated(t, at, i), nil
		}
	}
	for i := at + 1; i < len(s); i++ {
		if s[i].Change != "" { // what was added later says nothing of the days before it
			continue
		}
		if t, ok := s[i].inheritable()[id]; ok {
			return s.stated(t, at, i), nil
		}
	}
	return Stated{}, fmt.Errorf("%w: %s", ErrNoTerm, id)
}

func (s Sets) stated(t Term, at, from int) Stated {
	st := Stated{Term: t, Set: s[at].ID}
	if from != at {
		st.Inherited = s[from].ID
	}
	return st
}

// Hash names a set by its content, so that a decision can say by which text it was taken.
func (s Set) Hash() string {
	b, err := json.Marshal(s)
	if err != nil { // maps of strings and numbers always marshal
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
