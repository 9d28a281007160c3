package target

import (
	"slices"

	"ketnap/admission"
	"ketnap/date"
)

// PaceYears is how far back the own times of an organization are looked at.
const PaceYears = 3

// MinCases is how many files of a base organization must have come to a step before its
// own times are taken; with fewer, those of the competent committee are.
const MinCases = 5

// paceMarks is how many marks at most keep the curve of one step.
const paceMarks = 40

// all is the share of files at the beginning of a curve.
const all = 1000

// PaceSteps lists the stages of the road to admission from which time is measured: to
// the decision, and from the decision to the ceremony.
func PaceSteps() []admission.Stage {
	return []admission.Stage{admission.Outstanding, admission.Listed, admission.Certified, admission.Applying, admission.Verifying,
		admission.Verified, admission.Ready, admission.BranchResolved, admission.Appraised, admission.BaseResolved, admission.Decided}
}

// A Mark is a point of a curve: after so many days on the road from a step, so many of a
// thousand files had not been admitted yet.
type Mark struct {
	Days int
	Left int
}

// A Wait is how long files took from one step to the decision, those counted that dropped
// out or still wait.
type Wait struct {
	Cases int
	Marks []Mark // by days; Left never rises
}

// A Stay is how a file fared from one step on.
type Stay struct {
	Stage admission.Stage
	From  date.Date // on which it came to the step
	Days  int       // until the decision, or until it is looked at
	Went  bool      // it was decided (or admitted, from the decision on)
	Lost  bool      // it left the road, and never will be
}

// Curve draws the share of files that are not through yet, as time goes by. A file that
// still waits says nothing of the time after; one that left the road stays on it for ever.
func Curve(stays []Stay) Wait {
	w := Wait{Cases: len(stays)}
	sorted := slices.SortedFunc(slices.Values(stays), func(a, b Stay) int { return a.Days - b.Days })
	lost := 0
	for _, s := range sorted {
		if s.Lost {
			lost++
		}
	}
	waiting := len(sorted) - lost // those of whom an end may still be seen
	left := 1.0
	for i := 0; i < len(sorted); {
		day, went, out := sorted[i].Days, 0, 0
		for ; i < len(sorted) && sorted[i].Days == day; i++ {
			switch {
			case sorted[i].Went:
				went++
			case !sorted[i].Lost:
				out++
			}
		}
		if went > 0 {
			left *= 1 - float64(went)/float64(waiting+lost)
			w.Marks = append(w.Marks, Mark{Days: day, Left: int(left*all + 0.5)})
		}
		waiting -= went + out
	}
	w.Marks = thin(w.Marks)
	return w
}

// thin keeps at most paceMarks marks, the first and the last among them.
func thin(marks []Mark) []Mark {
	if len(marks) <= paceMarks {
		return marks
	}
	out := make([]Mark, paceMarks)
	for i := range out {
		out[i] = marks[i*(len(marks)-1)/(paceMarks-1)]
	}
	return out
}

// at is how many of a thousand are left after so many days.
func (w Wait) at(days int) int {
	left := all
	for _, m := range w.Marks {
		if m.Days > days {
			break
		}
		left = m.Left
	}
	return left
}

// Left returns in how many days half of the files that have waited so long are through.
// It returns false where fewer than half ever were.
func (w Wait) Left(passed int) (int, bool) {
	half := w.at(passed)
	for _, m := range w.Marks {
		if m.Days > passed && 2*m.Left <= half {
			return m.Days - passed, true
		}
	}
	return 0, false
}

// Median returns in how many days half of all files are through; false where fewer than
// half ever were.
func (w Wait) Median() (int, bool) { return w.Left(-1) }

// Through is how many of a thousand files came through at all.
func (w Wait) Through() int { return all - w.at(1<<30) }

// A Pace is how long the files of one organization take from each step.
type Pace map[admission.Stage]Wait

// Paces are the own times of a base organization, and those of its competent committee
// that stand in for steps of which the base has too few cases.
type Paces struct {
	Base  Pace
	Upper Pace
}

// Of returns the times from a step and whether they are the base organization's own. It
// returns no case where neither has one.
func (p Paces) Of(s admission.Stage) (w Wait, own bool) {
	if w := p.Base[s]; w.Cases >= MinCases {
		return w, true
	}
	return p.Upper[s], false
}

// stepOf says to which step an act leads.
var stepOf = map[admission.Code]admission.Stage{
	admission.Introduce: admission.Outstanding, admission.List: admission.Listed, admission.Certify: admission.Certified, admission.Apply: admission.Applying,
	admission.SendVerification: admission.Verifying, admission.ConcludeVerification: admission.Verified, admission.CompleteDossier: admission.Ready,
	admission.BranchResolution: admission.BranchResolved, admission.Appraise: admission.Appraised, admission.BaseResolution: admission.BaseResolved,
	admission.Decide: admission.Decided,
}

// Stays draws from the acts of a file, oldest first, how it fared from each step to which
// it came, as known on a day; acts after that day are passed over.
func Stays(acts []admission.Act, on date.Date) []Stay {
	var out []Stay
	open := func(from int) []*Stay {
		var still []*Stay
		for i := range out {
			if s := &out[i]; !s.Went && !s.Lost && rank(s.Stage) >= from {
				still = append(still, s)
			}
		}
		return still
	}
	for _, a := range acts {
		if a.Voided || a.On.After(on) {
			continue
		}
		switch a.Code {
		case admission.Decide, admission.Ceremony:
			for _, s := range open(0) {
				s.Went, s.Days = true, a.On.Sub(s.From)
			}
		case admission.Withdraw, admission.Unlist, admission.Close, admission.Annul:
			for _, s := range open(0) {
				s.Lost, s.Days = true, a.On.Sub(s.From)
			}
		case admission.Refuse:
			from := 0
			if a.Stage == admission.Listed {
				from = rank(admission.Certified)
			}
			for _, s := range open(from) {
				s.Lost, s.Days = true, a.On.Sub(s.From)
			}
		}
		step, ok := stepOf[a.Code]
		if !ok || a.Code == admission.ConcludeVerification && a.Result != admission.ResultClear ||
			slices.ContainsFunc(out, func(s Stay) bool { return s.Stage == step }) {
			continue
		}
		out = append(out, Stay{Stage: step, From: a.On, Days: on.Sub(a.On)})
	}
	return out
}

func rank(s admission.Stage) int { return slices.Index(admission.Stages(), s) }
