package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/document"
	"ketnap/document/knd"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A paperPage is one form of a file: the sheet as the record fills it, and what may be
// done with it.
type paperPage struct {
	ui.Base
	Lead     string
	Facts    []ui.Fact
	Problem  ui.ProblemBox
	Sheet    document.Document
	Lacking  string // why the sheet cannot be drawn
	Docx     string
	PDF      string
	Version  int
	Action   string
	Issue    bool   // may be issued now
	Why      string // why not
	Fields   []ui.Input
	Reason   ui.Input
	Issued   []ui.Link
	Keep     bool
	Place    ui.Input
	Keeper   ui.Input
	Since    ui.Input
	KeepPost string
	Letters  []ui.Link // of a verification request: those that were noted, ready to be filled in
}

func (s *Server) showPaper(w http.ResponseWriter, r *request) error {
	return s.paperPage(w, r, http.StatusOK, nil)
}

// lineOf is the form of the address among the papers of a file.
func lineOf(found app.PaperPage, code string) (app.PaperLine, error) {
	for _, l := range found.Lines {
		if l.Form.Code == code {
			return l, nil
		}
	}
	return app.PaperLine{}, errs.E(errs.NotFound, "paper.none")
}

// paperLead names the form and whose file it is of.
func paperLead(r *request, code, name string) string {
	if paperOfParty(code) {
		return i18n.Text(r.Context(), "paper.lead", "form", code, "name", name)
	}
	return i18n.Text(r.Context(), "paper.lead.other", "name", name)
}

func (s *Server) paperPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx := r.Context()
	found, err := s.app.Papers(ctx, r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	l, err := lineOf(found, r.PathValue("code"))
	if err != nil {
		return err
	}
	crumbs := append(paperCrumbs(r, found.File), ui.Crumb{Label: i18n.Text(ctx, "paper.title"), Href: "/files/" + found.File.ID + "/papers"})
	p := paperPage{Base: s.base(r, l.Form.Name, crumbs...), Lead: paperLead(r, l.Form.Code, found.File.Name),
		Version: found.File.Version, Action: paperHref(found.File.ID, l.Form.Code), Issue: l.May}
	p.Problem, _ = faults(r, fault)
	ask, asked := askOf(r)
	if asked != nil {
		ask = app.PaperAsk{}
	}
	p.Sheet, err = s.app.PaperDraft(ctx, r.who, found.File.ID, l.Form.Code, ask, false)
	if e, ok := formError(err); ok {
		p.Lacking = message(ctx, e)
	} else if err != nil {
		return err
	}
	p.Docx, p.PDF = draftHref(r, p.Action, "docx"), draftHref(r, p.Action, "pdf")
	p.fill(r, found, l, fault)
	if l.Form.Code == knd.Verification {
		if p.Letters, err = s.paperLetters(r, found.File.ID, p.Action); err != nil {
			return err
		}
	}
	return s.page(w, r, status, paperView(p))
}

// paperLetters leads to the letter of each request that the verification has noted.
func (s *Server) paperLetters(r *request, file, action string) ([]ui.Link, error) {
	letters, err := s.app.PaperLetters(r.Context(), r.who, file)
	var out []ui.Link
	for _, l := range letters {
		v := url.Values{"to": {l.To}, "relative": {l.Relative.Name}, "relation": {l.Relative.Relation}, "number": {l.Number}}
		if !l.On.IsZero() {
			v.Set("on", l.On.String())
		}
		if !l.Reply.IsZero() {
			v.Set("reply", l.Reply.String())
		}
		out = append(out, ui.Link{Label: i18n.Text(r.Context(), "paper.letter", "to", l.To, "relation", l.Relative.Relation), Href: action + "?" + v.Encode()})
	}
	return out, err
}

// draftHref is where a draft is taken as a file, with what was typed for it.
func draftHref(r *request, action, format string) string {
	v := url.Values{"format": {format}}
	for _, name := range askFields {
		if text := r.FormValue(name); text != "" {
			v.Set(name, text)
		}
	}
	return action + "/draft?" + v.Encode()
}

// fill adds what was issued, what may be typed, and where the paper is kept.
func (p *paperPage) fill(r *request, found app.PaperPage, l app.PaperLine, fault *errs.Error) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	p.Facts = []ui.Fact{{Term: i18n.Text(ctx, "paper.by"), Value: l.Form.By}, {Term: i18n.Text(ctx, "paper.cite"), Value: l.Form.Cite}}
	if l.Paper.Code != "" && !l.Paper.Until.IsZero() {
		p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, "paper.until"), Value: i18n.Date(lang, l.Paper.Until), Note: i18n.Text(ctx, "paper.state."+string(l.Paper.State))})
	}
	for _, issued := range l.Issued {
		p.Issued = append(p.Issued, ui.Link{Label: issuedLabel(r, issued), Href: "/papers/" + issued.ID})
	}
	if !l.May {
		p.Why = i18n.Text(ctx, whyNoIssue(l), "act", l.Form.Act.Words())
	}
	p.Fields = askInputs(r, l)
	p.Reason = ui.Input{Name: "reason", Label: i18n.Text(ctx, "paper.ask.reason"), Value: r.FormValue("reason"), Optional: true}
	for i := range p.Fields {
		if fault != nil && p.Fields[i].Name == fault.Field {
			p.Fields[i].Error = message(ctx, fault)
		}
	}
	p.Keep, p.KeepPost = found.May, p.Action+"/keeping"
	p.Place = ui.Input{Name: "place", Label: i18n.Text(ctx, "paper.keep.place"), Value: typed(r.PostFormValue("place"), l.Keep.Place), Help: i18n.Text(ctx, "paper.keep.help")}
	p.Keeper = ui.Input{Name: "keeper", Label: i18n.Text(ctx, "paper.keep.keeper"), Value: typed(r.PostFormValue("keeper"), l.Keep.Keeper)}
	p.Since = ui.Input{Name: "since", Label: i18n.Text(ctx, "paper.keep.since"), Value: typed(r.PostFormValue("since"), typed(l.Keep.Since.String(), found.Today.String()))}
	for _, in := range []*ui.Input{&p.Place, &p.Keeper, &p.Since, &p.Reason} {
		if fault != nil && in.Name == fault.Field {
			in.Error = message(ctx, fault)
		}
	}
}

// whyNoIssue is the key of why a form cannot be issued here and now.
func whyNoIssue(l app.PaperLine) string {
	switch {
	case l.Form.Hand:
		return "paper.why.hand"
	case l.Form.Maker == admission.DeskNone:
		return "paper.why.others"
	case l.Form.Act != "" && l.Act.ID == "":
		return "paper.why.act"
	}
	return "paper.why.right"
}

// askFields are the names of what one may type for a paper.
var askFields = []string{"number", "on", "to", "reason", "relative", "relation", "place_of", "reply", "chair", "secretary"} //nolint:gochecknoglobals // a table

// askInputs are the fields that a form takes beside the record.
func askInputs(r *request, l app.PaperLine) []ui.Input {
	ctx := r.Context()
	field := func(name string) ui.Input {
		return ui.Input{Name: name, ID: "ask-" + name, Label: i18n.Text(ctx, "paper.ask."+name), Value: r.FormValue(name), Optional: true}
	}
	day := func(name string) ui.Input {
		in := field(name)
		in.Type, in.Short = "date", true
		return in
	}
	var out []ui.Input
	if l.Form.Kind != "" && (l.Act.ID != "" || l.Form.Code == knd.Verification) {
		in := field("number")
		in.Value, in.Help = typed(in.Value, l.Act.Number), i18n.Text(ctx, "paper.ask.number.help")
		out = append(out, in)
	}
	if !l.Form.Hand && (l.Act.ID == "" || !l.Form.Act.HasNumber() && l.Form.Kind != "") {
		out = append(out, day("on"))
	}
	switch l.Form.Code {
	case knd.Verification:
		out = append(out, field("to"), field("relative"), field("relation"), field("place_of"), day("reply"))
	case knd.TransferNotice:
		out = append(out, field("to"))
	case string(admission.PaperBranch), string(admission.PaperProposal), knd.BranchMinutes:
		out = append(out, field("chair"), field("secretary"))
	}
	return out
}

// askOf reads what was typed for a paper.
func askOf(r *request) (app.PaperAsk, *errs.Error) {
	v := func(name string) string { return strings.TrimSpace(r.FormValue(name)) }
	ask := app.PaperAsk{Number: v("number"), To: v("to"), Reason: v("reason"), Chair: v("chair"), Secretary: v("secretary"),
		Relative: knd.Relative{Name: v("relative"), Relation: v("relation"), Place: v("place_of")}}
	var ok bool
	if ask.On, ok = writtenDay(v("on")); !ok {
		return ask, errs.E(errs.Invalid, "paper.day", "day", v("on")).On("on")
	}
	if ask.Reply, ok = writtenDay(v("reply")); !ok {
		return ask, errs.E(errs.Invalid, "paper.day", "day", v("reply")).On("reply")
	}
	return ask, nil
}

// issuePaper freezes a form with its number.
func (s *Server) issuePaper(w http.ResponseWriter, r *request) error {
	ask, fault := askOf(r)
	if fault != nil {
		return s.paperPage(w, r, fault.Kind.Status(), fault)
	}
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		return errs.E(errs.Invalid, "error.bad_form").Because(err)
	}
	row, err := s.app.IssuePaper(r.Context(), r.who, r.PathValue("id"), r.PathValue("code"), ask, version)
	if e, ok := formError(err); ok {
		return s.paperPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/papers/"+row.ID, i18n.Text(r.Context(), "paper.done", "paper", issuedLabel(r, row)))
}

// keepPaper records where the paper itself lies.
func (s *Server) keepPaper(w http.ResponseWriter, r *request) error {
	since, err := typedDay(r, "since", "paper.keep.day")
	if err == nil {
		err = s.app.KeepPaper(r.Context(), r.who, r.PathValue("id"), app.Keeping{Code: r.PathValue("code"),
			Place: r.PostFormValue("place"), Keeper: r.PostFormValue("keeper"), Since: since})
	}
	if e, ok := formError(err); ok {
		return s.paperPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/files/"+r.PathValue("id")+"/papers", i18n.Text(r.Context(), "paper.keep.done"))
}
