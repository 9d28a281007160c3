package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/intake"
	"ketnap/internal/render/xlsx"
	"ketnap/web/ui"
)

// maxPaste is how many characters of a pasted text are taken.
const maxPaste = 200_000

func (s *Server) documentRoutes() {
	s.get("/documents", s.listDocuments)
	s.get("/documents.xlsx", s.downloadDocuments)
	s.get("/documents/new", s.newDocument)
	s.post("/documents/new", s.enterDocument)
	s.get("/documents/{id}", s.showDocument)
	s.get("/documents/{id}/tasks", s.listDocumentTasks)
	s.get("/documents/{id}/tasks.xlsx", s.downloadDocumentTasks)
	s.get("/documents/{id}/fields", s.editLetter)
	s.post("/documents/{id}/fields", s.correctLetter)
	s.post("/documents/{id}/confirm", s.confirmLetter)
	s.post("/documents/{id}/discard", s.discardLetter)
	s.post("/documents/{id}/proposals", s.decideProposals)
	s.get("/documents/{id}/proposals/{seq}", s.editProposal)
	s.post("/documents/{id}/proposals/{seq}", s.reviseProposal)
}

// documentsPage is the register of letters.
type documentsPage struct {
	ui.Base
	Lines    []documentLine
	MayEnter bool
	Empty    ui.Nothing
}

type documentLine struct {
	Href, Symbol, Subject, Day, Unit string
	Mood                             ui.Mood
	State                            string
	Tasks                            string // "12 / 14", "" where no task is the reader's
	TasksHref                        string
	Late                             string // "3", "" for none
	LateHref                         string
}

func documentHref(id string) string { return "/documents/" + id }

func (s *Server) listDocuments(w http.ResponseWriter, r *request) error {
	lines, mayEnter, _, err := s.app.Documents(r.Context(), r.who)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	p := documentsPage{Base: s.base(r, i18n.T(lang, "document.list.title")), MayEnter: mayEnter}
	for _, l := range lines {
		p.Lines = append(p.Lines, documentLineOf(lang, l))
	}
	p.Empty = ui.Nothing{Title: i18n.T(lang, "document.empty.title"), Text: i18n.T(lang, "document.empty.reader")}
	if mayEnter {
		p.Empty.Text = i18n.T(lang, "document.empty.text")
		p.Empty.First = &ui.Action{Label: i18n.T(lang, "document.enter"), Href: "/documents/new", Primary: true}
	}
	return s.page(w, r, http.StatusOK, documentsView(p))
}

func documentLineOf(lang i18n.Lang, l app.LetterLine) documentLine {
	line := documentLine{Href: documentHref(l.ID), Symbol: l.Symbol, Subject: i18n.Sentence(l.Subject), Day: i18n.Date(lang, l.IssuedOn), Unit: l.UnitName}
	if line.Symbol == "" {
		line.Symbol = i18n.T(lang, "document.unnamed")
	}
	line.Mood, line.State = lineState(lang, l)
	if l.Tasks > 0 {
		line.Tasks = i18n.Count(lang, l.Done) + "\u00a0/\u00a0" + i18n.Count(lang, l.Tasks)
		line.TasksHref = line.Href + "/tasks"
	}
	if l.Late > 0 {
		line.Late = i18n.Count(lang, l.Late)
		line.LateHref = line.Href + "/tasks?state=" + taskLate
	}
	return line
}

func lineState(lang i18n.Lang, l app.LetterLine) (ui.Mood, string) {
	switch {
	case l.Draft && l.Open > 0:
		return ui.Soon, i18n.T(lang, "document.state.draft_open", "n", l.Open)
	case l.Draft:
		return ui.Soon, i18n.T(lang, "document.state.draft")
	case l.Late > 0:
		return ui.Late, i18n.T(lang, "document.state.late", "n", l.Late)
	case l.Done < l.Tasks:
		return ui.Todo, i18n.T(lang, "document.state.going")
	case l.Tasks > 0:
		return ui.Done, i18n.T(lang, "document.state.done")
	}
	return ui.Done, i18n.T(lang, "document.state.confirmed")
}

func (s *Server) downloadDocuments(w http.ResponseWriter, r *request) error {
	lines, _, today, err := s.app.Documents(r.Context(), r.who)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	t := xlsx.Table{Title: i18n.T(lang, "document.list.title"), Subtitle: i18n.T(lang, "document.table.as_of", "day", today)}
	for _, key := range []string{"document.column.symbol", "document.column.subject", "document.column.day", "document.column.unit", "document.column.state"} {
		t.Columns = append(t.Columns, xlsx.Column{Name: i18n.T(lang, key)})
	}
	for _, key := range []string{"document.column.tasks", "document.column.done", "document.column.late"} {
		t.Columns = append(t.Columns, xlsx.Column{Name: i18n.T(lang, key), Kind: xlsx.Number})
	}
	for _, l := range lines {
		line := documentLineOf(lang, l)
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(line.Symbol), xlsx.Str(line.Subject), xlsx.Str(line.Day), xlsx.Str(line.Unit), xlsx.Str(line.State),
			xlsx.Int(l.Tasks), xlsx.Int(l.Done), xlsx.Int(l.Late)})
	}
	return s.sendSheet(w, "van-ban", t)
}

// newDocumentPage is the form that takes a letter in.
type newDocumentPage struct {
	ui.Base
	Problem ui.ProblemBox
	File    ui.Input
	Text    ui.Input
}

func (s *Server) newDocumentPage(r *request, text, field, fault string) newDocumentPage {
	lang := i18n.From(r.Context())
	title := i18n.T(lang, "document.enter")
	p := newDocumentPage{Base: s.base(r, title, documentsCrumb(lang))}
	p.File = ui.Input{Name: "file", Type: "file", Label: i18n.T(lang, "document.new.file"), Help: i18n.T(lang, "document.new.file_help"), Optional: true}
	p.File.Attrs = map[string]any{"accept": ".txt,text/plain"}
	p.Text = ui.Input{Name: "text", Label: i18n.T(lang, "document.new.text"), Help: i18n.T(lang, "document.new.text_help", "max", maxPaste), Value: text, Optional: true}
	p.Text.Attrs = map[string]any{"rows": "14", "spellcheck": "false"}
	switch field {
	case "file":
		p.File.Error = fault
	case "text":
		p.Text.Error = fault
	}
	if fault != "" {
		p.Problem = ui.ProblemBox{Mood: ui.Late, Heading: i18n.T(lang, "document.new.refused"), Findings: []ui.Finding{{Message: fault, Field: field}}}
	}
	return p
}

func documentsCrumb(lang i18n.Lang) ui.Crumb {
	return ui.Crumb{Label: i18n.T(lang, "document.list.title"), Href: "/documents"}
}

func (s *Server) newDocument(w http.ResponseWriter, r *request) error {
	if !r.who.Has(access.EnterDocument, r.today) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.page(w, r, http.StatusOK, newDocumentView(s.newDocumentPage(r, "", "", "")))
}

// enterDocument reads the file or, without one, the pasted text, into a draft.
func (s *Server) enterDocument(w http.ResponseWriter, r *request) error {
	pasted := r.FormValue("text")
	field, text, err := incomingText(r, pasted)
	if err == nil {
		var id string
		if id, err = s.app.EnterLetter(r.Context(), r.who, s.enteringUnit(r), text); err == nil {
			return s.redirect(w, r, documentHref(id), i18n.Text(r.Context(), "document.entered"))
		}
	}
	fault, ok := intakeFault(r, err)
	if !ok {
		return err
	}
	return s.page(w, r, http.StatusUnprocessableEntity, newDocumentView(s.newDocumentPage(r, pasted, field, fault)))
}

// intakeFault is the sentence about a text that could not be taken in.
func intakeFault(r *request, err error) (string, bool) {
	var unread *intake.Error
	if errors.As(err, &unread) {
		return unread.Message, true
	}
	if _, ok := formError(err); ok {
		return message(r.Context(), err), true
	}
	return "", false
}

// incomingText returns the text that was handed in and the field it came by.
func incomingText(r *request, pasted string) (field, text string, err error) {
	f, head, err := r.FormFile("file")
	switch {
	case err == nil && head.Filename != "":
		text, err = intake.Text(f, head.Filename)
		return "file", text, errors.Join(err, f.Close())
	case err == nil:
		err = f.Close()
	case errors.Is(err, http.ErrMissingFile), errors.Is(err, http.ErrNotMultipart):
		err = nil
	}
	if err != nil {
		return "file", "", errs.E(errs.Invalid, "document.new.unsent").Because(err)
	}
	switch n := utf8.RuneCountInString(pasted); {
	case strings.TrimSpace(pasted) == "":
		return "file", "", errs.E(errs.Invalid, "document.new.missing")
	case n > maxPaste:
		return "text", "", errs.E(errs.Invalid, "document.new.too_long", "n", n, "max", maxPaste)
	}
	text, err = intake.Text(strings.NewReader(pasted), i18n.Text(r.Context(), "document.new.pasted"))
	return "text", text, err
}

// enteringUnit is the unit that the person works for when documents may be entered there;
// "" leaves the choice to the use case.
func (s *Server) enteringUnit(r *request) string {
	if code := r.FormValue("unit"); code != "" {
		return code
	}
	chosen := s.chosen(r)
	for _, u := range r.home {
		for _, g := range r.who.Grants {
			if string(u.Code) == chosen && g.Unit == u.No && g.On(r.today) && g.Role.Has(access.EnterDocument) {
				return chosen
			}
		}
	}
	return ""
}

// showDocument is the work on a draft, or what came of a letter that was confirmed.
func (s *Server) showDocument(w http.ResponseWriter, r *request) error {
	d, err := s.app.Document(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if d.Draft() {
		return s.page(w, r, http.StatusOK, draftView(s.draftPage(r, d)))
	}
	return s.page(w, r, http.StatusOK, letterView(s.letterPage(r, d)))
}

// States of the list of a letter's tasks.
const (
	taskOpen = "open"
	taskLate = "late"
	taskDone = "done"
)

// documentTasksPage lists the units and whether each did what a letter asks.
type documentTasksPage struct {
	ui.Base
	Heading, Lead string
	Action        string
	Download      string
	Clause, State ui.Input
	Clauses       []ui.Option
	States        []ui.Option
	Seq           string // of one proposal, kept by the filter; "" for all
	Summary       string
	Rows          []documentTaskRow
}

type documentTaskRow struct {
	Unit, Clause, Text, Due, DoneOn, DoneBy, Evidence string
	Mood                                              ui.Mood
	State                                             string
}

// documentTasks gathers the rows that the filter lets through.
func (s *Server) documentTasks(r *request) (app.DocumentPage, []documentTaskRow, error) {
	d, err := s.app.Document(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return d, nil, err
	}
	if d.Draft() {
		return d, nil, errs.E(errs.NotFound, "document.none")
	}
	clause, state, seq := r.FormValue("clause"), r.FormValue("state"), r.FormValue("seq")
	var rows []documentTaskRow
	for _, o := range d.Outcomes {
		if clause != "" && o.Clause != clause || seq != "" && strconv.Itoa(o.Seq) != seq {
			continue
		}
		for _, k := range o.Tasks {
			row, is := documentTaskRowOf(i18n.From(r.Context()), k, d)
			if state == "" || state == is || state == taskOpen && is == taskLate {
				rows = append(rows, row)
			}
		}
	}
	return d, rows, nil
}

func documentTaskRowOf(lang i18n.Lang, k app.Task, d app.DocumentPage) (row documentTaskRow, state string) {
	row = documentTaskRow{Unit: k.UnitName, Clause: k.Clause, Text: i18n.Sentence(k.Text), Due: i18n.LongDate(lang, k.Due),
		DoneOn: i18n.Date(lang, k.DoneOn), DoneBy: k.DoneBy, Evidence: k.Evidence}
	if k.Role != "" {
		row.Unit += " · " + i18n.T(lang, "role."+string(k.Role))
	}
	switch {
	case k.Done:
		row.Mood, row.State, state = ui.Done, i18n.T(lang, "document.task.done"), taskDone
	case !k.Due.IsZero() && k.Due.Before(d.Today):
		row.Mood, row.State, state = ui.Late, i18n.T(lang, "document.task.late"), taskLate
	default:
		row.Mood, row.State, state = ui.Todo, i18n.T(lang, "document.task.open"), taskOpen
	}
	return row, state
}

func (s *Server) listDocumentTasks(w http.ResponseWriter, r *request) error {
	d, rows, err := s.documentTasks(r)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	href := documentHref(d.ID)
	p := documentTasksPage{Rows: rows, Heading: i18n.T(lang, "document.tasks.title", "symbol", d.Symbol), Lead: i18n.Sentence(d.Letter.Subject),
		Action: href + "/tasks", Seq: r.FormValue("seq")}
	p.Base = s.base(r, p.Heading, documentsCrumb(lang), ui.Crumb{Label: d.Symbol, Href: href})
	p.Clause = ui.Input{Name: "clause", Label: i18n.T(lang, "document.column.clause"), Value: r.FormValue("clause"), Optional: true}
	p.State = ui.Input{Name: "state", Label: i18n.T(lang, "document.column.state"), Value: r.FormValue("state"), Optional: true}
	p.Clauses = []ui.Option{{Label: i18n.T(lang, "document.tasks.every_clause")}}
	for _, c := range d.Letter.Clauses {
		if c.No != "" {
			p.Clauses = append(p.Clauses, ui.Option{Value: c.No, Label: i18n.T(lang, "document.clause", "no", c.No)})
		}
	}
	p.States = []ui.Option{{Label: i18n.T(lang, "document.tasks.every_state")}, {Value: taskOpen, Label: i18n.T(lang, "document.task.open")},
		{Value: taskLate, Label: i18n.T(lang, "document.task.late")}, {Value: taskDone, Label: i18n.T(lang, "document.task.done")}}
	done := 0
	for _, row := range rows {
		if row.Mood == ui.Done {
			done++
		}
	}
	p.Summary = i18n.T(lang, "document.tasks.summary", "done", done, "all", len(rows))
	p.Download = href + "/tasks.xlsx?" + url.Values{"clause": {p.Clause.Value}, "state": {p.State.Value}, "seq": {p.Seq}}.Encode()
	return s.page(w, r, http.StatusOK, documentTasksView(p))
}

func (s *Server) downloadDocumentTasks(w http.ResponseWriter, r *request) error {
	d, rows, err := s.documentTasks(r)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	t := xlsx.Table{Title: i18n.T(lang, "document.tasks.title", "symbol", d.Symbol), Subtitle: i18n.T(lang, "document.table.as_of", "day", d.Today)}
	for _, key := range []string{"document.column.task_unit", "document.column.clause", "document.column.task", "document.column.due",
		"document.column.state", "document.column.done_on", "document.column.done_by", "document.column.evidence"} {
		t.Columns = append(t.Columns, xlsx.Column{Name: i18n.T(lang, key)})
	}
	for _, row := range rows {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(row.Unit), xlsx.Str(row.Clause), xlsx.Str(row.Text), xlsx.Str(row.Due),
			xlsx.Str(row.State), xlsx.Str(row.DoneOn), xlsx.Str(row.DoneBy), xlsx.Str(row.Evidence)})
	}
	return s.sendSheet(w, "nhiem-vu", t)
}
