package meeting

import (
	"fmt"
	"strconv"

	"ketnap/admission"
)

// A Verdict says what a question needs, and how it ended once the votes are typed.
type Verdict struct {
	Needed  int
	Share   string // "2/3"
	Counted bool   // the votes were typed and can be
	Passed  bool
	Rest    int // neither for nor against, of those present
	Rule    string
	Cite    string
}

// Verdict returns what an item needs and how it ended; false where nobody votes on it or
// the number of voters is not known.
func (m Meeting) Verdict(it Item) (Verdict, bool) {
	b, ok := admission.BallotFor(it.Act, m.Body.Counts(m.Count.Counted))
	if !ok || m.Count.Counted == 0 {
		return Verdict{}, false
	}
	v := Verdict{Needed: b.Needed, Share: b.Share, Counted: it.Counted, Rule: b.Rule, Cite: b.Cite}
	if it.Counted {
		v.Passed, v.Rest = it.For >= b.Needed, m.Count.Present-it.For-it.Against
	}
	return v, true
}

// Passed reports whether an item was agreed to: its votes are enough, or it is decided
// without a vote.
func (m Meeting) Passed(it Item) bool {
	if !it.Votes() {
		return true
	}
	v, ok := m.Verdict(it)
	return ok && v.Passed
}

// Threshold says in words what is needed.
func (v Verdict) Threshold(m Meeting) string {
	return fmt.Sprintf("Cần ít nhất %d phiếu (%s của %d %s).", v.Needed, v.Share, m.Count.Counted, m.Body.Voters())
}

// Acts returns what an item writes on its file: the resolution where it passed, a ballot
// that fell short where it did not. A candidate who is listed gets the helper in a second
// act. Ids are the caller's to set. Items whose votes are not read give none.
func (m Meeting) Acts(it Item) []admission.Act {
	a := admission.Act{Code: it.Act, On: m.On, Number: it.Number, Note: it.Note}
	if question, votes := QuestionOf(it.Act); votes {
		if !it.Counted {
			return nil
		}
		a.Votes = &admission.Votes{Members: m.Count.Counted, Present: m.Count.Present, For: it.For, Against: it.Against}
		a.Note = m.Count.Note()
		if !m.Passed(it) {
			a.Code, a.Question, a.Number = admission.BallotFailed, question, ""
		}
		return []admission.Act{a}
	}
	if it.Act == admission.AssignHelper {
		a.Helper = it.Helper // the note says why the one before is replaced
	}
	out := []admission.Act{a}
	if it.Act == admission.List && it.Helper != "" {
		out = append(out, admission.Act{Code: admission.AssignHelper, On: m.On, Number: it.Number, Helper: it.Helper})
	}
	return out
}

// lacksNumber reports whether an item that was agreed to has no number for its paper.
func (m Meeting) lacksNumber(it Item) bool {
	return it.Number == "" && it.Act.HasNumber() && m.Passed(it)
}

// Unnumbered returns the places of the items whose papers take the next numbers of the
// register: those agreed to, without a number typed; none where numbers are typed.
func (m Meeting) Unnumbered() []int {
	var out []int
	for i, it := range m.Items {
		if m.Auto && m.lacksNumber(it) {
			out = append(out, i)
		}
	}
	return out
}

// NumbersFrom returns n numbers of papers that follow one another from the first, such as
// 12-NQ/CB, 13-NQ/CB; below ten with two digits (PAPER-08). It is false where the first
// does not begin with a number.
func NumbersFrom(first string, n int) ([]string, bool) {
	digits := 0
	for digits < len(first) && first[digits] >= '0' && first[digits] <= '9' {
		digits++
	}
	from, err := strconv.Atoi(first[:digits])
	if err != nil || from < 1 || from > maxPeople {
		return nil, false
	}
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%02d", from+i) + first[digits:]
	}
	return out, true
}
