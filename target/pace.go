package target

import (
	"slices"

	"ketnap/admission"
	"ketnap/date"
)

// PaceYears is how far back the own times of an organization are looked at.
const PaceYears = 3

// MinCases is how many recorded cases a base organization must have on a step before its
// own time is taken; with fewer, that of the competent committee is.
const MinCases = 5

// paceMarks is how many marks keep the spread of the waits of one step.
const paceMarks = 21

// PaceSteps lists the stages of the road to admission on which a wait is measured, each
// until the next stage of the road.
func PaceSteps() []admission.Stage {
	return []admission.Stage{admission.New, admission.Outstanding, admission.Listed, admission.Certified, admission.Applying, admission.Verifying,
		admission.Verified, admission.Ready, admission.BranchResolved, admission.Appraised, admission.BaseResolved, admission.Decided}
}

// A Wait is how long files stood on one step: days in order, at most paceMarks of them,
// spread evenly over all cases.
type Wait struct {
	Cases int
	Days  []int
}

// Thin makes a Wait of the days of all cases.
func Thin(days []int) Wait {
	w := Wait{Cases: len(days)}
	if len(days) == 0 {
		return w
	}
	sorted := slices.Sorted(slices.Values(days))
	if len(sorted) <= paceMarks {
		w.Days = sorted
		return w
	}
	for i := range paceMarks {
		w.Days = append(w.Days, sorted[i*(len(sorted)-1)/(paceMarks-1)])
	}
	return w
}

// Median returns the middle of the waits; 0 without a case.
func (w Wait) Median() int {
	if len(w.Days) == 0 {
		return 0
	}
	return w.Days[(len(w.Days)-1)/2]
}

// Left returns how many days a file still waits on a step on which it stood so long
// already: the median of the waits that were at least as long, less what has passed. It
// returns false where nobody ever waited that long.
func (w Wait) Left(passed int) (int, bool) {
	at, _ := slices.BinarySearch(w.Days, passed)
	rest := w.Days[at:]
	if len(rest) == 0 {
		return 0, false
	}
	return rest[(len(rest)-1)/2] - passed, true
}

// A Pace is how long the files of one organization usually stand on each step.
type Pace map[admission.Stage]Wait

// Paces are the own times of a base organization, and those of its competent committee
// that stand in for steps of which the base has too few cases.
type Paces struct {
	Base  Pace
	Upper Pace
}

// Of returns the wait of a step and whether it is the base organization's own. It returns
// no case where neither has one.
func (p Paces) Of(s admission.Stage) (w Wait, own bool) {
	if w := p.Base[s]; w.Cases >= MinCases {
		return w, true
	}
	return p.Upper[s], false
}

// A Stay is one wait of a file that came to its end: on a step, so many days, until a day.
type Stay struct {
	Stage admission.Stage
	Days  int
	Until date.Date
}

// stepOf says to which stage an act leads for the first time.
var stepOf = map[admission.Code]admission.Stage{
	admission.Introduce: admission.Outstanding, admission.List: admission.Listed, admission.Certify: admission.Certified, admission.Apply: admission.Applying,
	admission.SendVerification: admission.Verifying, admission.ConcludeVerification: admission.Verified, admission.CompleteDossier: admission.Ready,
	admission.BranchResolution: admission.BranchResolved, admission.Appraise: admission.Appraised, admission.BaseResolution: admission.BaseResolved,
	admission.Decide: admission.Decided, admission.Ceremony: admission.Probationary,
}

// StepAct reports whether an act leads a file on to the next step of the road.
func StepAct(c admission.Code) bool { _, ok := stepOf[c]; return ok }

// Stays draws from the acts of a file that were not voided, oldest first, how long it
// stood on each step that it left by going on. A step repeated after a return counts
// anew; one left by a return, a transfer or an end counts nowhere.
func Stays(acts []admission.Act) []Stay {
	var out []Stay
	stage, since := admission.New, date.Date{}
	for _, a := range acts {
		switch to, on := stepOf[a.Code]; {
		case a.Voided:
		case a.Code == admission.Return:
			stage, since = a.Stage, a.On
		case a.Code == admission.Refuse, a.Code == admission.Suspend, a.Code == admission.Hold, a.Code == admission.Annul:
			stage, since = "", date.Date{}
		case a.Code == admission.ConcludeVerification && a.Result != admission.ResultClear:
			stage, since = "", date.Date{}
		case !on || rank(to) <= rank(stage) && stage != "":
		default:
			if stage != "" && !since.IsZero() {
				out = append(out, Stay{Stage: stage, Days: a.On.Sub(since), Until: a.On})
			}
			stage, since = to, a.On
		}
	}
	return out
}

func rank(s admission.Stage) int { return slices.Index(admission.Stages(), s) }
