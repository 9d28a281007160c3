package web

import (
	"slices"

	"ketnap/admission"
	"ketnap/web/ui"
)

// questionOf names what a vote is about.
func questionOf(c admission.Code) admission.Question {
	switch c {
	case admission.ProposeRecognition, admission.BaseRecognition, admission.Recognize:
		return admission.QuestionRecognition
	case admission.ProposeRemoval, admission.Remove:
		return admission.QuestionRemoval
	}
	return admission.QuestionAdmission
}

// ballotAct returns the act that would be recorded had the vote on a question passed.
func ballotAct(f admission.File, q admission.Question, over admission.Over) admission.Code {
	for _, c := range f.Possible(over) {
		if _, votes := admission.BallotFor(c, admission.Counts{}); votes && questionOf(c) == q {
			return c
		}
	}
	return ""
}

// ballot is the act whose vote the form asks for.
func (v actViewer) ballot(question string) admission.Code {
	if v.code == admission.BallotFailed {
		return ballotAct(v.File, admission.Question(question), v.Over)
	}
	return v.code
}

// questions are what a ballot may have been about at the file's stage.
func (v actViewer) questions() []ui.Option {
	if v.code != admission.BallotFailed {
		return nil
	}
	var out []ui.Option
	for _, c := range v.File.Possible(v.Over) {
		if _, votes := admission.BallotFor(c, v.Counts); !votes {
			continue
		}
		q := string(questionOf(c))
		if !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == q }) {
			out = append(out, ui.Option{Value: q, Label: v.text("act.question." + q)})
		}
	}
	return out
}
