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

func (s *Server) paperRoutes() {
	s.get("/files/{id}/papers", s.listPapers)
	s.get("/files/{id}/papers/{code}", s.showPaper)
	s.post("/files/{id}/papers/{code}", s.issuePaper)
	s.get("/files/{id}/papers/{code}/draft", s.downloadDraft)
	s.post("/files/{id}/papers/{code}/keeping", s.keepPaper)
	s.get("/papers/{paper}", s.showIssued)
	s.get("/papers/{paper}/file", s.downloadPaper)
}

// A papersPage is all papers of a file: who makes each, how it stands, what was issued.
type papersPage struct {
	ui.Base
	Name   string
	Back   string
	Groups []paperGroup
	Loans  string // where the file was lent to
	Scans  string // where its scans are; "" where the administrator keeps them off
}

// A paperGroup is the papers of one part of the road.
type paperGroup struct {
	ID, Title string
	Rows      []paperRow
}

// A paperRow is one form of a file.
type paperRow struct {
	Code, Name, By string
	Mood           ui.Mood
	State          string
	Until          string
	Kept           string
	Issued         []ui.Link
	Open           ui.Action
}

func paperHref(file, code string) string {
	return "/files/" + file + "/papers/" + url.PathEscape(code)
}

func (s *Server) listPapers(w http.ResponseWriter, r *request) error {
	found, err := s.app.Papers(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := papersPage{Base: s.base(r, i18n.Text(ctx, "paper.title"), paperCrumbs(r, found.File)...), Name: found.File.Name,
		Back: "/files/" + found.File.ID, Loans: "/files/" + found.File.ID + "/lendings"}
	if found.Attachments {
		p.Scans = "/files/" + found.File.ID + "/attachments"
	}
	for _, g := range []struct {
		id   string
		fits func(app.PaperLine) bool
	}{
		{"admission", func(l app.PaperLine) bool { return admissionPaper(l.Form.Code) }},
		{"recognition", func(l app.PaperLine) bool { return recognitionPaper(l.Form.Code) }},
		{"beside", func(l app.PaperLine) bool { return !admissionPaper(l.Form.Code) && !recognitionPaper(l.Form.Code) }},
	} {
		group := paperGroup{ID: "h-" + g.id, Title: i18n.Text(ctx, "paper.group."+g.id)}
		for _, l := range found.Lines {
			if g.fits(l) {
				group.Rows = append(group.Rows, s.paperRow(r, found, l))
			}
		}
		if len(group.Rows) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
	return s.page(w, r, http.StatusOK, papersView(p))
}

// admissionPaper and recognitionPaper say to which dossier a form belongs.
func admissionPaper(code string) bool {
	n := paperNumber(code)
	return n >= 1 && n <= 9 || code == string(admission.PaperCertificate) || strings.HasPrefix(code, "CN-NTVĐ")
}

func recognitionPaper(code string) bool {
	n := paperNumber(code)
	return n >= 10 || code == string(admission.PaperNewMember)
}

// paperNumber is the number in the code of a form, 4 of 4A-KNĐ; 0 for a code without one.
func paperNumber(code string) int {
	digits, _, ok := strings.Cut(code, "-KNĐ")
	n, err := strconv.Atoi(strings.TrimRight(digits, "AB"))
	if !ok || err != nil {
		return 0
	}
	return n
}

func (s *Server) paperRow(r *request, found app.PaperPage, l app.PaperLine) paperRow {
	ctx, lang := r.Context(), i18n.From(r.Context())
	row := paperRow{Code: l.Form.Code, Name: l.Form.Name, By: l.Form.By, Mood: ui.Todo,
		Open: ui.Action{Label: i18n.Text(ctx, paperButton(l)), Href: paperHref(found.File.ID, l.Form.Code)}}
	if l.Paper.Code != "" {
		row.Mood, row.State = paperMood(l.Paper.State), i18n.Text(ctx, "paper.state."+string(l.Paper.State))
		if !l.Paper.Date.IsZero() {
			row.State += " — " + i18n.Date(lang, l.Paper.Date)
		}
		if !l.Paper.Until.IsZero() {
			row.Until = i18n.Date(lang, l.Paper.Until)
		}
	}
	if l.Keep.Place != "" {
		row.Kept = i18n.Text(ctx, "paper.kept", "place", l.Keep.Place, "keeper", l.Keep.Keeper)
	}
	for _, issued := range l.Issued {
		row.Issued = append(row.Issued, ui.Link{Label: issuedLabel(r, issued), Href: "/papers/" + issued.ID})
	}
	return row
}

func paperMood(state admission.PaperState) ui.Mood {
	switch state {
	case admission.Missing:
		return ui.Todo
	case admission.Expiring:
		return ui.Soon
	case admission.Expired:
		return ui.Late
	}
	return ui.Done
}

// paperButton is what one does with a form.
func paperButton(l app.PaperLine) string {
	switch {
	case l.Form.Hand:
		return "paper.open.guide"
	case l.May && len(l.Issued) == 0:
		return "paper.open.issue"
	}
	return "paper.open.draft"
}

// issuedLabel names an issued paper: its number, its day, and whether it still stands.
func issuedLabel(r *request, p app.PaperRow) string {
	lang := i18n.From(r.Context())
	text := i18n.T(lang, "paper.issued_on", "day", i18n.Date(lang, p.On))
	if p.Number > 0 {
		text = i18n.T(lang, "paper.issued", "number", document.FormatNumber(p.Number, p.Symbol), "day", i18n.Date(lang, p.On))
	}
	if p.State == app.PaperVoided {
		text += " (" + i18n.T(lang, "paper.voided") + ")"
	}
	return text
}

func paperCrumbs(r *request, f admission.File) []ui.Crumb {
	return []ui.Crumb{{Label: i18n.Text(r.Context(), "file.list.title"), Href: "/files"}, {Label: f.Name, Href: "/files/" + f.ID}}
}

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
	p := paperPage{Base: s.base(r, l.Form.Name, crumbs...), Lead: i18n.Text(ctx, "paper.lead", "form", l.Form.Code, "by", l.Form.By),
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

// downloadDraft answers with a draft or a guide as a file.
func (s *Server) downloadDraft(w http.ResponseWriter, r *request) error {
	format := r.FormValue("format")
	if !app.ValidFormat(format) {
		return errs.E(errs.NotFound, "paper.none")
	}
	ask, fault := askOf(r)
	if fault != nil {
		return fault
	}
	id, code := r.PathValue("id"), r.PathValue("code")
	doc, err := s.app.PaperDraft(r.Context(), r.who, id, code, ask, true)
	if err != nil {
		return err
	}
	b, err := app.RenderPaper(format, doc)
	if err != nil {
		return err
	}
	if err := s.app.LogPrint(r.Context(), r.who, id, code, "draft/"+code+"."+format); err != nil {
		return err
	}
	return s.sendFile(w, fileTitle(code), format, b)
}

// An issuedPage is an issued paper.
type issuedPage struct {
	ui.Base
	Facts  []ui.Fact
	Voided bool
	Sheet  document.Document
	Docx   string
	PDF    string
}

func (s *Server) showIssued(w http.ResponseWriter, r *request) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	row, doc, err := s.app.IssuedPaper(ctx, r.who, r.PathValue("paper"))
	if err != nil {
		return err
	}
	var crumbs []ui.Crumb
	if row.File != "" {
		crumbs = append(crumbs, ui.Crumb{Label: i18n.Text(ctx, "paper.file"), Href: "/files/" + row.File}, ui.Crumb{Label: i18n.Text(ctx, "paper.title"), Href: "/files/" + row.File + "/papers"})
	}
	p := issuedPage{Base: s.base(r, row.Title, crumbs...), Voided: row.State == app.PaperVoided, Sheet: doc,
		Docx: "/papers/" + row.ID + "/file?format=docx", PDF: "/papers/" + row.ID + "/file?format=pdf",
		Facts: []ui.Fact{
			{Term: i18n.Text(ctx, "paper.fact.issued"), Value: i18n.Text(ctx, "paper.fact.by", "name", row.By, "day", i18n.Date(lang, row.On))},
			{Term: i18n.Text(ctx, "paper.fact.hash"), Value: row.Hash[:16] + "…", Note: i18n.Text(ctx, "paper.fact.frozen")},
		}}
	if row.Number > 0 {
		p.Facts = append([]ui.Fact{{Term: i18n.Text(ctx, "paper.fact.number"), Value: document.FormatNumber(row.Number, row.Symbol)}}, p.Facts...)
	}
	return s.page(w, r, http.StatusOK, issuedView(p))
}

func (s *Server) downloadPaper(w http.ResponseWriter, r *request) error {
	row, b, err := s.app.PaperFile(r.Context(), r.who, r.PathValue("paper"), r.FormValue("format"))
	if err != nil {
		return err
	}
	name := row.Code
	if row.Number > 0 {
		name += " " + document.FormatNumber(row.Number, row.Symbol)
	}
	return s.sendFile(w, fileTitle(name), r.FormValue("format"), b)
}

// fileTitle makes of a title the name of a file.
func fileTitle(title string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, c) {
			return '-'
		}
		return c
	}, title)
}

// mediaTypes are those of the files that are made of papers.
var mediaTypes = map[string]string{ //nolint:gochecknoglobals // a table
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pdf":  "application/pdf", "jpeg": "image/jpeg", "png": "image/png", "ics": "text/calendar; charset=utf-8",
}

// sendFile answers with a file under a name that may be Vietnamese.
func (s *Server) sendFile(w http.ResponseWriter, name, format string, b []byte) error {
	w.Header().Set("Content-Type", mediaTypes[format])
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.Header().Set("Content-Disposition", `attachment; filename="ketnap.`+format+`"; filename*=UTF-8''`+url.PathEscape(name+"."+format))
	if _, err := w.Write(b); err != nil {
		s.log.Debug("file not taken", "error", err)
	}
	return nil
}
