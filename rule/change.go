package rule

import (
	"cmp"
	"maps"
	"slices"

	"ketnap/date"
)

// A Change is what an administrator lays over the sets from a day on, with the document
// that orders it: another figure for one term, or a whole set. One of Term and Set is given.
type Change struct {
	ID       string    // marks what the change states
	From     date.Date // the first day on which it holds
	To       date.Date // the last day, where it was revoked; zero while it goes on
	Document string    // its number, cited with the figure
	Term     string    // id of the figure that changes
	Value    Term      // its amount, extension and start; the unit is the regulation's
	Set      *Set      // the set that begins; its days come from the change
}

// holds reports whether the change is in force on a day.
func (c Change) holds(d date.Date) bool {
	return !d.Before(c.From) && (c.To.IsZero() || !d.After(c.To))
}

// With returns the sets with changes laid over them, those of a later day over those of
// an earlier; of one day, in the order given. A new set closes the one in force on the
// day before and goes on until the next begins. A changed figure holds from its day on
// until another change, or a later set that states the figure itself; before that day
// everything stays as it was. The set within which a figure changes is cut in two of the
// same id, whose hashes differ.
func (s Sets) With(changes []Change) Sets {
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return a.From.Compare(b.From) })
	base := slices.Clone(s)
	var figures []Change
	for _, c := range changes {
		switch {
		case !c.To.IsZero() && c.To.Before(c.From): // revoked before it began
		case c.Set != nil:
			base = base.begin(c)
		default:
			figures = append(figures, c)
		}
	}
	if len(figures) == 0 {
		return base
	}
	out := base
	for _, c := range figures {
		out = out.cut(c.From)
		if !c.To.IsZero() {
			out = out.cut(c.To.AddDays(1))
		}
	}
	for i := range out {
		out[i] = base.overlay(out[i], figures)
	}
	return out
}

// begin adds a set: the one in force on its day ends the day before.
func (s Sets) begin(c Change) Sets {
	n := *c.Set
	n.Change, n.From, n.To = c.ID, c.From, date.Date{}
	if len(s) == 0 {
		return Sets{n}
	}
	at := s.index(c.From)
	n.To = s[at].To
	if s[at].From == c.From { // nothing is left of the former
		return slices.Replace(slices.Clone(s), at, at+1, n)
	}
	out := slices.Insert(slices.Clone(s), at+1, n)
	out[at].To = c.From.AddDays(-1)
	return out
}

// cut parts the set in force on a day, so that a part of it begins on that day.
func (s Sets) cut(d date.Date) Sets {
	at := s.index(d)
	if !s[at].To.IsZero() && d.After(s[at].To) || !d.After(s[at].From) {
		return s
	}
	second := s[at]
	second.From = d
	out := slices.Insert(slices.Clone(s), at+1, second)
	out[at].To = d.AddDays(-1)
	return out
}

// overlay states in a part of a set the changed figures that hold in it. What the part
// stated before is kept aside for those who inherit from it.
func (s Sets) overlay(part Set, figures []Change) Set {
	terms := map[string]Term{}
	for _, c := range figures {
		day := part.From
		if day.IsZero() {
			break // no change reaches back to the first day of the oldest set
		}
		if c.holds(day) && !c.From.Before(s.statedFrom(c.Term, day)) {
			terms[c.Term] = s.changed(c, day)
		}
	}
	if len(terms) == 0 {
		return part
	}
	part.own = part.Terms
	part.Terms = maps.Clone(part.Terms)
	if part.Terms == nil {
		part.Terms = map[string]Term{}
	}
	maps.Copy(part.Terms, terms)
	return part
}

// changed is the figure as a change states it: the unit stays, the document is cited.
func (s Sets) changed(c Change, day date.Date) Term {
	t := c.Value
	if was, err := s.Term(c.Term, day); err == nil {
		t.Unit = was.Unit
		t.Start = Start(cmp.Or(string(t.Start), string(was.Start)))
	}
	t.Cite, t.Confidence, t.Change = c.Document, Sourced, c.ID
	return t
}

// statedFrom is the day from which the set that states a figure on d is in force; the
// zero day where the figure comes from a later set.
func (s Sets) statedFrom(id string, d date.Date) date.Date {
	for i := s.index(d); i >= 0; i-- {
		if _, ok := s[i].inheritable()[id]; ok {
			return s[i].From
		}
	}
	return date.Date{}
}

// A Decision is what an administrator made of a rule that only warns, from a day on.
type Decision struct {
	Rule     string
	Severity Severity
	From     date.Date
	To       date.Date // the last day, where it was revoked
	Document string
}

// Decisions are such decisions, in the order in which they were made.
type Decisions []Decision

// On returns what was decided for a day, by rule: the decision of the latest first day
// holds, of several for one day the last. nil where nothing was decided.
func (ds Decisions) On(d date.Date) map[string]Severity {
	var out map[string]Severity
	from := map[string]date.Date{}
	for _, c := range ds {
		if d.Before(c.From) || !c.To.IsZero() && d.After(c.To) || c.From.Before(from[c.Rule]) {
			continue
		}
		if out == nil {
			out = map[string]Severity{}
		}
		out[c.Rule], from[c.Rule] = c.Severity, c.From
	}
	return out
}
