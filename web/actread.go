package web

import (
	"strings"

	"ketnap/admission"
	"ketnap/date"
)

// An actForm is what was typed, as it was typed.
type actForm struct {
	On, Number, By, Helper, Issued, To, Result, Note, Rule, Stage, Unit, Question, ActID string
	Members, Present, For, Against                                                       string
	Papers                                                                               map[admission.PaperCode]string
	Version                                                                              int // -1 where it is none
	Confirm                                                                              bool

	Cause, Education, Area, Together, NoResidence string
	Left, Reason, Cleared                         string // of an earlier membership
	Before                                        bool
}

// actFormOf reads a form. A field that the act does not take is left alone.
func actFormOf(r *request) actForm {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f := actForm{On: get("on"), Number: get("number"), By: get("by"), Helper: get("helper"), Issued: get("issued"), To: get("to"),
		Result: get("result"), Note: get("note"), Rule: get("rule"), Stage: get("stage"), Unit: get("unit"), Question: get("question"),
		ActID: get("act_id"), Members: get("members"), Present: get("present"), For: get("for"), Against: get("against"),
		Papers: map[admission.PaperCode]string{}, Version: -1, Confirm: get("confirm") == "1",
		Cause: get("cause"), Education: get("education"), Area: get("area"), Together: get("together_since"), NoResidence: get("no_residence_opinion"),
		Left: get("readmission.left"), Reason: get("readmission.reason"), Cleared: get("readmission.cleared"), Before: get("readmission.before") != ""}
	for name := range r.PostForm {
		if strings.HasSuffix(name, "-KNĐ") || name == string(admission.PaperNewMember) {
			f.Papers[admission.PaperCode(name)] = get(name)
		}
	}
	if n, ok := writtenNumber(get("version")); ok {
		f.Version = n
	}
	return f
}

// read makes an act of what was typed, taking only what the act takes, and says beside
// which fields something cannot be read.
func (v actViewer) read(f actForm) (admission.Act, map[string]string) {
	a := admission.Act{Code: v.code}
	faults := map[string]string{}
	day := func(field, text string) date.Date {
		d, ok := writtenDay(text)
		if !ok {
			faults[field] = v.text("act.wrong.day", "typed", text)
		}
		return d
	}
	a.On = day("on", f.On)
	if v.code.HasNumber() || v.code == admission.Introduce {
		a.Number = f.Number
	}
	switch v.code {
	case admission.Introduce:
		a.By = admission.Introducer(f.By)
	case admission.Apply:
		a.Education, a.Area = admission.Education(f.Education), admission.Area(f.Area)
		if f.again() {
			a.Readmission = &admission.Readmission{Left: day("readmission.left", f.Left), Reason: admission.LeavingReason(f.Reason),
				Cleared: day("readmission.cleared", f.Cleared), Before: f.Before}
		}
	case admission.AssignHelper, admission.Ceremony:
		a.Helper = f.Helper
	case admission.Certify:
		a.Issued = day("issued", f.Issued)
	case admission.SendVerification:
		a.To = f.To
	case admission.ConcludeVerification:
		a.Result = admission.Result(f.Result)
	case admission.CompleteDossier, admission.CompleteReview:
		a.Papers = map[admission.PaperCode]date.Date{}
		for _, code := range v.paperCodes() {
			if on := day(string(code), f.Papers[code]); !on.IsZero() {
				a.Papers[code] = on
			}
		}
		a.NoResidence = f.NoResidence
		if v.code == admission.CompleteDossier {
			a.TogetherSince = day("together_since", f.Together)
		}
	case admission.Close, admission.Suspend, admission.Annul:
		a.Cause = admission.Cause(f.Cause)
	case admission.Extend, admission.Consent:
		a.Rule = f.Rule
	case admission.Return, admission.Refuse:
		a.Stage = admission.Stage(f.Stage)
	case admission.Transfer:
		a.Unit = f.Unit
	case admission.BallotFailed:
		a.Question = admission.Question(f.Question)
	case admission.Void:
		a.ActID = f.ActID
	}
	if v.code.HasVotes() {
		a.Votes = v.readVotes(f, faults)
	}
	if v.code.HasVotes() || v.code.NeedsNote() || v.code == admission.AssignHelper {
		a.Note = f.Note
	}
	return a, faults
}

// again reports whether anything was typed of an earlier membership.
func (f actForm) again() bool {
	return f.Left != "" || f.Reason != "" || f.Cleared != "" || f.Before
}

// special reports whether anything was typed of what concerns few people.
func (f actForm) special() bool {
	return f.again() || f.Education != "" || f.Area != "" || f.Together != "" || f.NoResidence != ""
}

// readVotes reads the counts; none at all is for the rules to speak of.
func (v actViewer) readVotes(f actForm, faults map[string]string) *admission.Votes {
	var out admission.Votes
	typed := 0
	counts := []struct {
		field, text string
		to          *int
	}{{"members", f.Members, &out.Members}, {"present", f.Present, &out.Present}, {"for", f.For, &out.For}, {"against", f.Against, &out.Against}}
	for _, c := range counts {
		if c.text != "" {
			typed++
		}
	}
	if typed == 0 {
		return nil
	}
	for _, c := range counts {
		n, ok := writtenNumber(c.text)
		switch {
		case c.text == "":
			faults[c.field] = v.text("act.wrong.empty")
		case !ok:
			faults[c.field] = v.text("act.wrong.number", "typed", c.text)
		}
		*c.to = n
	}
	return &out
}
