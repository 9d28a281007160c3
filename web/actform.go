package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// An actViewer is a fileViewer for one act.
type actViewer struct {
	fileViewer
	code admission.Code
}

func (s *Server) actViewer(r *request, f app.FilePage, code admission.Code) actViewer {
	return actViewer{fileViewer{FilePage: f, r: r, lang: i18n.From(r.Context()), sets: f.Sets}, code}
}

// An actPage is the form of an act. Fields says which of its parts are there.
type actPage struct {
	ui.Base
	Action  string
	File    string // address of the file
	Name    string
	Lead    string
	Why     string
	Cite    string
	Form    actForm
	Errors  map[string]string
	Problem ui.ProblemBox
	Fields  actFields
	Submit  string
	Confirm bool // the warnings stand above; the button writes all the same
	Failed  bool // the vote may be recorded as one that fell short
	Stale   bool // nothing can be sent: the file must be opened anew
}

// actFields are the parts of the form of an act.
type actFields struct {
	Day       string // what the day is called
	Number    string // what the paper is called; none where there is none
	NumberOpt bool
	By        []ui.Option
	Helper    string
	Issued    bool
	To        bool
	Results   []ui.Option
	OnlyClear bool // a conclusion with a question is the base committee's to record
	Papers    []admission.PaperCode
	Rules     []ui.Option
	Stages    []ui.Option
	Units     []ui.Option
	Questions []ui.Option
	Votes     *voteFields
	Note      bool
	NoteHelp  string // where a reason is asked for only sometimes
	Causes    []ui.Option
	CauseHelp string
	Special   *specialFields // what concerns few people
	Void      *voidLook      // what a void would do
}

// voteFields are the counts of a ballot with what is needed of them.
type voteFields struct {
	Legend string
	Needed string
	Cite   string
	Fixed  string // question of a failed ballot that this vote would be, for the other button
}

// given fills in the papers that were issued already, so that nobody copies them.
func (v actViewer) given(form *actForm) {
	for code, p := range v.Given {
		if typed, asked := form.Papers[code]; asked && typed == "" {
			form.Papers[code] = p.On.String()
		}
	}
	if p, ok := v.Given[admission.PaperCertificate]; ok && v.code == admission.Certify {
		form.Number, form.Issued = p.Number, p.On.String()
	}
}

// fresh is the form as it opens.
func (v actViewer) fresh() actForm {
	f := v.File
	form := actForm{On: v.Today.String(), Version: f.Version, Papers: map[admission.PaperCode]string{}}
	if v.code == admission.Ceremony {
		form.Helper = f.Helper
	}
	for _, code := range v.paperCodes() {
		form.Papers[code] = f.Papers[code].String()
	}
	v.given(&form)
	if v.code == admission.Void {
		form.ActID = v.lastVoidable()
	}
	if v.code == admission.CompleteDossier {
		form.Together, form.NoResidence = f.Together.String(), f.NoResidence
	}
	if v.code == admission.BallotFailed {
		form.Question = string(f.Question())
	}
	if b, ok := admission.BallotFor(v.ballot(form.Question), v.Counts); ok && b.Members > 0 {
		form.Members = strconv.Itoa(b.Members)
	}
	for field, options := range map[*string][]ui.Option{&form.Rule: v.rules(), &form.Stage: v.stages(), &form.Result: v.results()} {
		if len(options) == 1 {
			*field = options[0].Value
		}
	}
	return form
}

// lastVoidable is the last act that the actor may void.
func (v actViewer) lastVoidable() string {
	for _, a := range slices.Backward(v.File.Acts) {
		if v.Voidable[a.ID] {
			return a.ID
		}
	}
	return ""
}

// page is the whole form with what was typed and what is wrong with it.
func (v actViewer) page(s *Server, form actForm, faults map[string]string, box ui.ProblemBox) actPage {
	base := s.base(v.r, v.code.Words(), append(v.crumbs(), ui.Crumb{Label: v.File.Name, Href: "/files/" + v.File.ID})...)
	p := actPage{Base: base, Action: v.actHref(v.code), File: "/files/" + v.File.ID, Name: v.File.Name, Form: form, Errors: faults, Problem: box,
		Lead:   v.text("act.lead", "name", v.File.Name, "unit", v.Unit.Name, "stage", v.File.Stage.Words()),
		Submit: v.text("act.submit"), Fields: v.fields(s, form)}
	limit := ""
	for _, n := range v.Next {
		if n.Act == v.code {
			limit = n.Rule
			if !n.Due.IsZero() {
				p.Lead += " " + v.text("act.due", "day", i18n.LongDate(v.lang, n.Due), "left", v.left(n.Due))
			}
		}
	}
	p.Why, p.Cite = admission.Why(v.code, limit)
	if v.code == admission.Void {
		p.Submit = v.text("act.submit_void")
	}
	return p
}

// fields says what the act takes, from the table of acts.
func (v actViewer) fields(s *Server, form actForm) actFields {
	f := actFields{Day: v.text("act.day." + dayKey(v.code)), Issued: v.code == admission.Certify, To: v.code == admission.SendVerification,
		Results: v.results(), Papers: v.paperCodes(), Rules: v.rules(), Stages: v.stages(), Questions: v.questions(),
		Note: v.code.NeedsNote(), Special: v.special()}
	for _, c := range v.code.Causes() {
		f.Causes = append(f.Causes, ui.Option{Value: string(c), Label: i18n.Sentence(c.Words())})
	}
	if v.code.HasNumber() || v.code == admission.Introduce {
		f.Number, f.NumberOpt = v.text("act.number."+numberKey(v.code)), v.code == admission.Introduce
	}
	switch v.code {
	case admission.Introduce:
		for _, by := range []admission.Introducer{admission.YouthUnion, admission.TradeUnion, admission.Member} {
			f.By = append(f.By, ui.Option{Value: string(by), Label: v.text("act.by." + string(by))})
		}
	case admission.AssignHelper:
		f.Helper = v.text("act.helper_help")
		if v.File.Helper != "" {
			f.NoteHelp = v.text("act.helper_note", "name", v.File.Helper)
		}
	case admission.Close:
		f.Note, f.NoteHelp, f.CauseHelp = false, v.text("act.close_note"), v.text("act.cause_help")
	case admission.Ceremony:
		f.Helper = v.text("act.helper_ceremony")
	case admission.Transfer:
		f.Units = v.transferUnits(s)
	case admission.Void:
		f.Void = v.voidLook(form.ActID)
	}
	f.OnlyClear = v.code == admission.ConcludeVerification && len(f.Results) == 1
	if v.code.HasVotes() {
		f.Votes, f.NoteHelp = v.votesOf(form), v.text("act.note_help")
	}
	return f
}

// transferUnits are the branches to which a file may go. Where they cannot be read the
// choice is empty, and the page still stands.
func (v actViewer) transferUnits(s *Server) []ui.Option {
	units, err := s.branches(v.r, access.RecordBoard)
	if err != nil {
		s.log.Warn("branches to transfer to", "error", err)
	}
	return slices.DeleteFunc(units, func(o ui.Option) bool { return o.Value == v.File.Unit })
}

// results are the conclusions that the actor may record: that there is a question is for
// the base committee (ADM-45).
func (v actViewer) results() []ui.Option {
	if v.code != admission.ConcludeVerification {
		return nil
	}
	out := []ui.Option{{Value: string(admission.ResultClear), Label: v.text("act.result.clear")}}
	desk := v.File.Desk(admission.Act{Code: v.code, Result: admission.ResultHeld}, v.Over)
	if desk == admission.DeskBranch || v.May(v.r.who, access.RecordBase) {
		out = append(out, ui.Option{Value: string(admission.ResultHeld), Label: v.text("act.result.held")})
	}
	return out
}

func (v actViewer) paperCodes() []admission.PaperCode {
	switch v.code {
	case admission.CompleteDossier:
		return admission.DossierPapers(v.File.By)
	case admission.CompleteReview:
		return admission.ReviewPapers()
	}
	return nil
}

// rules are the terms that an extension or a consent may be about at this stage.
func (v actViewer) rules() []ui.Option {
	var ids []string
	switch {
	case v.code == admission.Extend && v.File.Decided.IsZero():
		ids = []string{"DL-70"}
	case v.code == admission.Extend:
		ids = []string{"DL-101"}
	case v.code == admission.Consent:
		ids = v.File.ConsentRules()
	}
	var out []ui.Option
	for _, id := range ids {
		out = append(out, ui.Option{Value: id, Label: v.text("act.rule." + ruleKey(id))})
	}
	return out
}

// stages are where a file may go back to.
func (v actViewer) stages() []ui.Option {
	var out []ui.Option
	add := func(s admission.Stage) {
		out = append(out, ui.Option{Value: string(s), Label: v.text("act.stage." + string(v.code) + "." + string(s))})
	}
	switch v.code {
	case admission.Return:
		add(admission.Ready)
		if v.File.Stage != admission.BranchResolved {
			add(admission.BranchResolved)
		}
	case admission.Refuse:
		add(admission.Listed)
		add(admission.Closed)
	}
	return out
}

// votesOf is the part of the form for a ballot.
func (v actViewer) votesOf(form actForm) *voteFields {
	b, ok := admission.BallotFor(v.ballot(form.Question), v.Counts)
	if !ok {
		return &voteFields{Legend: v.text("act.votes")}
	}
	f := &voteFields{Legend: v.text("act.votes_of", "body", b.Body), Cite: b.Cite + "; " + b.Rule}
	if b.Members > 0 {
		f.Needed = v.text("act.needed", "n", b.Needed, "share", b.Share, "members", b.Members, "body", b.Body)
	} else {
		f.Needed = v.text("act.needed_unknown", "share", b.Share, "body", b.Body)
	}
	if v.code != admission.BallotFailed {
		f.Fixed = string(questionOf(v.code))
	}
	return f
}

// order lists the fields in the order of the form, for the box above it.
func (v actViewer) order() []string {
	out := []string{"on", "by", "number", "issued", "helper", "to", "result", "cause"}
	for _, code := range v.paperCodes() {
		out = append(out, string(code))
	}
	return append(out, "papers", "rule", "stage", "unit", "question", "votes", "members", "present", "for", "against", "note", "education", "area", "together_since",
		"no_residence_opinion", "readmission.left", "readmission.reason", "readmission.cleared", "readmission.before", "act_id")
}

// dayInWords are the acts whose day has a name of its own.
var dayInWords = map[admission.Code]string{
	admission.BranchResolution: "meeting", admission.BaseResolution: "meeting", admission.ProposeRecognition: "meeting",
	admission.BaseRecognition: "meeting", admission.ProposeRemoval: "meeting", admission.BallotFailed: "meeting",
	admission.Decide: "signed", admission.Recognize: "signed", admission.Remove: "signed", admission.Refuse: "signed", admission.Consent: "signed",
	admission.Ceremony: "ceremony", admission.ReceiveDecision: "received", admission.ReceiveRequest: "received",
	admission.SendVerification: "sent", admission.Apply: "applied", admission.Void: "void",
	admission.LeaveSchool: "left_school", admission.ReceiveTransfer: "received", admission.FileMemberCV: "filed", admission.Annul: "signed",
}

func dayKey(c admission.Code) string {
	if w, ok := dayInWords[c]; ok {
		return w
	}
	return "other"
}

// numberKey says what kind of paper carries the number.
func numberKey(c admission.Code) string {
	switch c {
	case admission.Certify:
		return "certificate"
	case admission.Decide, admission.Recognize, admission.Remove, admission.Annul:
		return "decision"
	case admission.Introduce:
		return "introduction"
	case admission.Refuse, admission.Consent:
		return "letter"
	}
	return "resolution"
}

// resultHelp says why a branch finds only one conclusion.
func (p actPage) resultHelp(ctx context.Context) string {
	if p.Fields.OnlyClear {
		return i18n.Text(ctx, "act.result_help")
	}
	return ""
}

func (p actPage) numberHelp(ctx context.Context) string {
	if p.Fields.NumberOpt {
		return i18n.Text(ctx, "act.number_help")
	}
	return ""
}

// votesNotes names the elements that say more about the counts.
func (p actPage) votesNotes() string {
	notes := ""
	if p.Errors["votes"] != "" {
		notes = "votes-err "
	}
	if p.Fields.Votes.Needed != "" {
		notes += "votes-help"
	}
	return strings.TrimSpace(notes)
}
