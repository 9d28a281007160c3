package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/watch"
	"ketnap/web/ui"
)

// idleRoutes names the pages by which one sets aside what stands still, and enters what
// helpers say.
func (s *Server) idleRoutes() {
	s.get("/stuck/aside", s.showAside)
	s.post("/stuck/aside", s.setAside)
	s.post("/stuck/take-up", s.takeUp)
	s.get("/files/{id}/helper", s.showHelper)
	s.post("/files/{id}/helper", s.noteHelper)
}

// An asidePage asks why something is set aside, and until when.
type asidePage struct {
	ui.Base
	Lead    string
	Problem ui.ProblemBox
	Hidden  map[string]string
	Back    string
	Reason  ui.Input
	Until   ui.Input
}

// asideOf reads what is to be set aside, and where one came from.
func (s *Server) asideOf(r *request) (h app.Hushed, name, back string, err error) {
	h.File, h.Unit = r.FormValue("file"), r.FormValue("unit")
	if h.File != "" {
		p, err := s.app.HelperNotes(r.Context(), r.who, h.File)
		return app.Hushed{File: h.File, Unit: string(p.Unit)}, p.Name, address("/stuck", "unit", string(p.Unit)), err
	}
	u, err := s.app.Unit(r.Context(), r.who, h.Unit)
	return h, i18n.Text(r.Context(), "stuck.aside.list", "unit", u.Unit.Name), address("/stuck", "unit", h.Unit), err
}

func (s *Server) showAside(w http.ResponseWriter, r *request) error {
	if !mayHold(r) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.asidePage(w, r, http.StatusOK, "", r.today.AddMonths(1).String(), nil)
}

func (s *Server) asidePage(w http.ResponseWriter, r *request, status int, reason, until string, findings []rule.Finding) error {
	h, name, back, err := s.asideOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := asidePage{Base: s.base(r, i18n.Text(ctx, "stuck.aside.title"), ui.Crumb{Label: i18n.Text(ctx, "stuck.title"), Href: back}), Lead: name, Back: back,
		Hidden: map[string]string{"file": h.File, "unit": h.Unit},
		Reason: ui.Input{Name: "reason", Label: i18n.Text(ctx, "stuck.aside.reason"), Value: reason, Help: i18n.Text(ctx, "stuck.aside.reason_help"), Error: beside(findings, "reason"),
			Attrs: map[string]any{"maxlength": strconv.Itoa(watch.MaxReason)}},
		Until: ui.Input{Name: "until", Label: i18n.Text(ctx, "stuck.aside.until"), Value: until, Short: true, Help: i18n.Text(ctx, "stuck.aside.until_help"), Error: beside(findings, "until")}}
	if len(findings) > 0 {
		p.Problem = problem(findings)
	}
	return s.page(w, r, status, asideView(p))
}

func (s *Server) setAside(w http.ResponseWriter, r *request) error {
	h, name, back, err := s.asideOf(r)
	if err != nil {
		return err
	}
	reason, typed := strings.TrimSpace(r.PostFormValue("reason")), r.PostFormValue("until")
	until, ok := writtenDay(typed)
	var findings []rule.Finding
	if !ok {
		findings = []rule.Finding{{Rule: "TGT-28", Severity: rule.Block, Field: "until", Message: i18n.Text(r.Context(), "gathering.bad_day")}}
	} else if findings, err = s.app.SetAside(r.Context(), r.who, h, reason, until); err != nil {
		return err
	}
	if len(findings) > 0 {
		return s.asidePage(w, r, http.StatusUnprocessableEntity, reason, typed, findings)
	}
	return s.redirect(w, r, back, i18n.Text(r.Context(), "stuck.aside.done", "name", name, "day", until.VN()))
}

func (s *Server) takeUp(w http.ResponseWriter, r *request) error {
	h, name, back, err := s.asideOf(r)
	if err != nil {
		return err
	}
	if err := s.app.TakeUp(r.Context(), r.who, h); err != nil {
		return err
	}
	return s.redirect(w, r, back, i18n.Text(r.Context(), "stuck.aside.taken_up", "name", name))
}

// A helperPage is what the helper of a file says, and the form of the next note.
type helperPage struct {
	ui.Base
	Lead     string
	Problem  ui.ProblemBox
	Action   string
	May      bool
	On       ui.Input
	Outcome  ui.Input
	Outcomes []ui.Option
	Notes    []ui.Event
	Empty    ui.Nothing
}

func (s *Server) showHelper(w http.ResponseWriter, r *request) error {
	return s.helperPage(w, r, http.StatusOK, r.today.String(), "", nil)
}

func (s *Server) helperPage(w http.ResponseWriter, r *request, status int, on, outcome string, findings []rule.Finding) error {
	found, err := s.app.HelperNotes(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx, lang := r.Context(), i18n.From(r.Context())
	p := helperPage{Base: s.base(r, i18n.Text(ctx, "stuck.helper.title"), ui.Crumb{Label: found.Name, Href: "/files/" + found.File}), Action: "/files/" + found.File + "/helper", May: found.May,
		Lead:    i18n.Text(ctx, "stuck.helper.lead", "name", found.Name, "helper", found.By),
		On:      ui.Input{Name: "on", Label: i18n.Text(ctx, "stuck.helper.on"), Value: on, Short: true, Error: beside(findings, "on")},
		Outcome: ui.Input{Name: "outcome", Label: i18n.Text(ctx, "stuck.helper.outcome"), Value: outcome, Error: beside(findings, "outcome")},
		Empty:   ui.Nothing{Title: i18n.Text(ctx, "stuck.helper.empty"), Text: i18n.Text(ctx, "stuck.helper.empty_why")}}
	if found.By == "" {
		p.Lead = i18n.Text(ctx, "stuck.helper.none", "name", found.Name)
	}
	for _, x := range watch.HelperOutcomes() {
		p.Outcomes = append(p.Outcomes, ui.Option{Value: string(x), Label: i18n.Sentence(x.Words())})
	}
	for _, n := range found.Notes {
		p.Notes = append(p.Notes, ui.Event{When: i18n.Date(lang, n.On), What: i18n.Sentence(watch.HelperOutcome(n.Outcome).Words()),
			Notes: []string{n.Helper, i18n.Text(ctx, "stuck.helper.entered", "who", n.EnteredBy, "day", i18n.Date(lang, n.EnteredOn))}})
	}
	if len(findings) > 0 {
		p.Problem = problem(findings)
	}
	return s.page(w, r, status, helperView(p))
}

func (s *Server) noteHelper(w http.ResponseWriter, r *request) error {
	typed, outcome := r.PostFormValue("on"), r.PostFormValue("outcome")
	on, ok := writtenDay(typed)
	var findings []rule.Finding
	var err error
	if !ok {
		findings = []rule.Finding{{Rule: "TGT-28", Severity: rule.Block, Field: "on", Message: i18n.Text(r.Context(), "gathering.bad_day")}}
	} else {
		findings, err = s.app.NoteHelper(r.Context(), r.who, r.PathValue("id"), on, watch.HelperOutcome(outcome))
	}
	status := http.StatusUnprocessableEntity
	if e := errs.As(err); err != nil && e.Kind == errs.Conflict {
		status, findings = e.Kind.Status(), []rule.Finding{{Severity: rule.Block, Message: message(r.Context(), e)}}
	} else if err != nil {
		return err
	}
	if len(findings) > 0 {
		return s.helperPage(w, r, status, typed, outcome, findings)
	}
	return s.redirect(w, r, "/files/"+r.PathValue("id")+"/helper", i18n.Text(r.Context(), "stuck.helper.done"))
}
