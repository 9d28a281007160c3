package web

import (
	"strings"

	"ketnap/admission"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A roadStep is one of the steps by which people speak of the road: the text of it, and
// whether the file is through with it. Where it is not, it stands at the first such step.
type roadStep struct {
	key  string
	base bool // only under a base committee (VOT-08)
	done func(admission.File) bool
}

// road groups the stages.
var road = []roadStep{
	{"stage.road.list", false, func(f admission.File) bool { return !f.Listed.IsZero() }},
	{"stage.road.class", false, func(f admission.File) bool { return !f.Certificate.Issued.IsZero() }},
	{"stage.road.dossier", false, func(f admission.File) bool {
		return f.Stage == admission.Ready || !f.BranchResolved.IsZero() || !f.ClockFrom.IsZero()
	}},
	{"stage.road.branch", false, func(f admission.File) bool { return !f.BranchResolved.IsZero() }},
	{"stage.road.base", true, func(f admission.File) bool { return !f.BaseResolved.IsZero() }},
	{"stage.road.decision", false, func(f admission.File) bool { return !f.Decided.IsZero() }},
	{"stage.road.ceremony", false, func(f admission.File) bool { return !f.Ceremony.IsZero() }},
	{"stage.road.official", false, func(f admission.File) bool { return !f.Recognized.IsZero() }},
}

// steps is the road, where the file stands marked. A file that ended on the way stands
// nowhere: the step that it did not take is shut.
func (v fileViewer) steps() []ui.Step {
	var out []ui.Step
	past := true
	for _, s := range road {
		if s.base && !v.Over.Base {
			continue
		}
		step := ui.Step{Label: v.text(s.key), Mood: ui.Todo}
		switch {
		case past && s.done(v.File):
			step.Mood = ui.Done
		case past && v.File.Stage.Open():
			step.Here, past = true, false
			if len(v.Next) > 0 {
				step.Mood = dueMood(v.Next[0].Due, v.Today)
			}
		case past:
			step.Mood, past = ui.Shut, false
		}
		out = append(out, step)
	}
	return out
}

// A fileEvent is an act in the timeline, with the way to take it back.
type fileEvent struct {
	ui.Event
	Undo *ui.Link // none where the reader may not
	Met  *ui.Link // the meeting that wrote it, where one did
}

// mark is the class of the event in the timeline.
func (e fileEvent) mark() string {
	if e.Void {
		return "void"
	}
	return ""
}

// events are the acts, newest first. A void stands with the acts that it struck out.
func (v fileViewer) events() []fileEvent {
	voids := map[string]admission.Act{}
	for _, a := range v.File.Acts {
		for _, id := range a.TakesBack() {
			voids[id] = a
		}
	}
	var out []fileEvent
	for i := len(v.File.Acts) - 1; i >= 0; i-- {
		a := v.File.Acts[i]
		if a.Code == admission.Void {
			continue
		}
		e := fileEvent{Met: v.met.of(a.ID), Event: ui.Event{When: i18n.Date(v.lang, a.On), What: actDone(a.Code), Void: a.Voided}}
		if by, ok := voids[a.ID]; ok {
			e.Notes = append(e.Notes, v.text("file.event.void", "day", i18n.Date(v.lang, by.On), "why", by.Note, "who", by.ActorName))
		}
		e.Notes = append(e.Notes, v.notes(i)...)
		if v.Voidable[a.ID] {
			e.Undo = &ui.Link{Label: v.text("file.event.undo"), Href: address(v.actHref(admission.Void), "act_id", a.ID)}
		}
		out = append(out, e)
	}
	return out
}

// actDone is an act in words for when it has been done: without the "Ghi" of the button.
func actDone(c admission.Code) string {
	return i18n.Sentence(strings.TrimPrefix(c.Words(), "Ghi "))
}

// paperOf names the form that an act is on.
var paperOf = map[admission.Code]admission.PaperCode{
	admission.BranchResolution: admission.PaperBranch, admission.Appraise: admission.PaperAppraisal,
	admission.BaseResolution: admission.PaperBase, admission.Decide: admission.PaperDecision,
	admission.ProposeRecognition: admission.PaperProposal, admission.AppraiseRecognition: admission.PaperAppraisal2,
	admission.BaseRecognition: admission.PaperBase2, admission.Recognize: admission.PaperRecognition,
}

// notes say of an act what was recorded of it: the paper, the vote, what it was about,
// and who recorded it under which rules.
func (v fileViewer) notes(i int) []string {
	a := v.File.Acts[i]
	var paper []string
	if a.Number != "" {
		paper = append(paper, a.Number)
	}
	if a.Votes != nil {
		paper = append(paper, v.votes(i))
	}
	if code := paperOf[a.Code]; code != "" {
		paper = append(paper, v.text("file.event.form", "code", string(code)))
	}
	var out []string
	if paper = append(paper, v.about(a)...); len(paper) > 0 {
		out = append(out, strings.Join(paper, " · "))
	}
	if a.Note != "" {
		out = append(out, v.text("file.event.note", "note", a.Note))
	}
	return append(out, v.text("file.event.by", "who", a.ActorName, "set", a.RuleSet))
}

// votes says how a vote went: 19/20 official members for it, 14 needed.
func (v fileViewer) votes(i int) string {
	a := v.File.Acts[i]
	code := a.Code
	if code == admission.BallotFailed {
		before := admission.Replay(admission.File{Acts: v.File.Acts[:i]})
		code = ballotAct(before, a.Question, v.Over)
	}
	n := a.Votes.Members
	b, ok := admission.BallotFor(code, admission.Counts{Branch: n, Base: n, Standing: n})
	if !ok {
		return v.text("file.event.votes", "for", a.Votes.For, "members", n)
	}
	return v.text("file.event.votes_needed", "for", a.Votes.For, "members", n, "body", b.Body, "needed", b.Needed)
}

// about is what is particular to an act.
func (v fileViewer) about(a admission.Act) []string {
	var out []string
	add := func(key string, args ...any) { out = append(out, v.text(key, args...)) }
	if a.By != "" {
		out = append(out, v.text("act.by."+string(a.By)))
	}
	if a.Question != "" {
		out = append(out, v.text("act.question."+string(a.Question)))
	}
	if a.Helper != "" {
		add("file.event.helper", "name", a.Helper)
	}
	if !a.Issued.IsZero() {
		add("file.event.issued", "day", i18n.Date(v.lang, a.Issued))
	}
	if a.To != "" {
		add("file.event.to", "to", a.To)
	}
	if a.Cause != "" {
		out = append(out, a.Cause.Words())
	}
	if a.Readmission != nil {
		add("file.event.again", "day", i18n.Date(v.lang, a.Readmission.Left), "why", a.Readmission.Reason.Words())
	}
	if a.Education != "" {
		add("file.event.education", "level", a.Education.Words())
	}
	if !a.TogetherSince.IsZero() {
		add("file.event.together", "day", i18n.Date(v.lang, a.TogetherSince))
	}
	if a.NoResidence != "" {
		add("file.event.no_residence", "why", a.NoResidence)
	}
	if a.Result != "" {
		out = append(out, v.text("act.result."+string(a.Result)))
	}
	if a.Rule != "" {
		out = append(out, v.text("act.rule."+ruleKey(a.Rule)))
	}
	if a.Stage != "" {
		add("file.event.stage", "stage", a.Stage.Words())
	}
	if a.Unit != "" {
		add("file.event.moved", "from", a.From, "to", a.Unit)
	}
	for _, code := range append(admission.DossierPapers(v.File.By), admission.ReviewPapers()...) {
		if on := a.Papers[code]; !on.IsZero() {
			add("file.event.paper", "code", string(code), "day", i18n.Date(v.lang, on))
		}
	}
	return out
}

// ruleKey turns the id of a rule into the end of a key: DL-70 into dl_70.
func ruleKey(id string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(id))
}
