package admission

import (
	"slices"

	"ketnap/date"
)

// ballotsBeforeReport is the number of ballots after which the upper committees decide (VOT-11).
const ballotsBeforeReport = 3

// termUndecided is the rule by which they do, and citeUndecided its clause.
const (
	termUndecided = "VOT-11"
	citeUndecided = "QĐ 24-QĐ/TW, 4.2"
)

// undecidedRows are what the competent committee may do beside the table of acts once
// three ballots fell short: it decides without the resolution that could not be had.
var undecidedRows = []transition{
	{act: Recognize, from: []Stage{ReviewReady}, to: Official, desk: DeskBoard, rule: "ADM-100", cite: "QĐ 24-QĐ/TW, 4.2.1", votes: standingBody, number: true},
	{act: Remove, from: onProbation, to: Removed, desk: DeskBoard, rule: "ADM-101", cite: "QĐ 24-QĐ/TW, 4.2", votes: standingBody, number: true},
}

// Undecided reports whether three ballots on recognition or on removal fell short.
func (s State) Undecided() bool {
	return s.Ballots[QuestionRecognition] >= ballotsBeforeReport || s.Ballots[QuestionRemoval] >= ballotsBeforeReport
}

// row returns the row of an act from the state: that of the table, or what three failed
// ballots add to it (VOT-11).
func (s State) row(code Code) (transition, bool) {
	if t, ok := row(code, s.Stage); ok || !s.Undecided() {
		return t, ok
	}
	for _, t := range undecidedRows {
		if t.act == code && slices.Contains(t.from, s.Stage) {
			return t, true
		}
	}
	return transition{}, false
}

// nextUndecided are the steps of a file on which three ballots fell short: the decision of
// the competent committee, then what the branch may still do. While a resolution of the
// branch waits for recognition, the term of DL-101 limits the decision.
func (f File) nextUndecided(w World) []Next {
	code := Recognize
	if f.Stage == Probationary || f.Stage == RemovalProposed {
		code = Remove
	}
	n := f.step(code)
	n.Rule, n.Cite = termUndecided, citeUndecided
	switch {
	case slices.Contains(recognizing, f.Stage):
		if d := f.deadline(w, termRecognition, f.Proposed); !d.Due.IsZero() {
			n.Due, n.Rule, n.Cite = d.Due, d.Rule, d.Cite
		}
	case f.Stage == ReviewReady && f.Ballots[QuestionRecognition] < ballotsBeforeReport:
		return []Next{n, f.due(ProposeRecognition, f.deadline(w, termProposal, f.probationEnd(w)))}
	}
	return []Next{n}
}

// reported returns the day of the ballot on recognition after which the upper committees
// decide: the branch has done by then what DL-100 asks of it. None before that ballot.
func (f File) reported() date.Date {
	n := 0
	for _, a := range f.Acts {
		switch {
		case a.Voided:
		case a.Code == Annul: // the procedure begins again (ADM-82)
			n = 0
		case a.Code == BallotFailed && a.Question == QuestionRecognition:
			if n++; n == ballotsBeforeReport {
				return a.On
			}
		}
	}
	return date.Date{}
}

// votedAgain warns of a vote after three that fell short: the matter lies above (VOT-11).
func (j *judge) votedAgain(q Question) {
	if n := j.file.Ballots[q]; n >= ballotsBeforeReport {
		j.warn("VOT-11", citeUndecided, "", "Trước đó đã %d lần không đủ phiếu: việc này do cấp ủy cấp trên trực tiếp và cấp ủy có thẩm quyền xem xét, quyết định.", n)
	}
}
