package web

import (
	"net/http"
	"slices"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// showAct shows the form that records an act on a file.
func (s *Server) showAct(w http.ResponseWriter, r *request) error {
	f, code, err := s.actOn(r)
	if err != nil {
		return err
	}
	v := s.actViewer(r, f, code)
	form := v.fresh()
	if id := r.URL.Query().Get("act_id"); code == admission.Void && f.Voidable[id] { // an earlier act than the last
		form.ActID = id
	}
	return s.page(w, r, http.StatusOK, actView(v.page(s, form, nil, ui.ProblemBox{})))
}

// actOn returns the file and the act of the address. An act that the file's stage does
// not lead to is answered as a page that is out of date: that is how people come to it.
func (s *Server) actOn(r *request) (app.FilePage, admission.Code, error) {
	code := admission.Code(r.PathValue("act"))
	if !code.Valid() {
		return app.FilePage{}, code, errs.E(errs.NotFound, "error.not_found")
	}
	f, err := s.app.File(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return f, code, err
	}
	switch {
	case slices.Contains(f.Possible, code):
		return f, code, nil
	case slices.Contains(f.File.Possible(f.Over), code):
		return f, code, errs.E(errs.Forbidden, "error.forbidden")
	}
	return f, code, errs.E(errs.Conflict, "act.not_now", "act", code.Words(), "stage", f.File.Stage.Words())
}

// recordAct records an act. Warnings are shown before anything is written; the second
// time, with confirm, they are written with the act.
func (s *Server) recordAct(w http.ResponseWriter, r *request) error {
	form := actFormOf(r)
	f, code, err := s.actOn(r)
	if err != nil && errs.KindOf(err) != errs.Conflict { // what the stage does not lead to, the rules refuse in their words
		return err
	}
	v := s.actViewer(r, f, code)
	act, faults := v.read(form)
	if form.Version != f.File.Version {
		return s.staleAct(w, r, v, form)
	}
	if len(faults) > 0 {
		return s.page(w, r, http.StatusUnprocessableEntity, actView(v.page(s, form, faults, slips(faults, v.order()...))))
	}
	done, err := s.app.RecordAct(r.Context(), r.who, f.File.ID, act, form.Version, !form.Confirm)
	switch {
	case done.Written && errs.KindOf(err) == errs.NotFound && err != nil: // it left what the actor sees
		return s.redirect(w, r, "/files", i18n.Text(r.Context(), "act.done_away", "act", actDone(code), "name", f.File.Name))
	case errs.KindOf(err) == errs.Stale && err != nil:
		return s.staleAct(w, r, v, form)
	case err != nil:
		return err
	case done.Written:
		return s.redirect(w, r, "/files/"+f.File.ID, v.written(act, done.Page.File.Stage))
	}
	return s.refusedAct(w, r, v, form, done.Findings)
}

// refusedAct shows the form again: refused, or with warnings that must be read first.
func (s *Server) refusedAct(w http.ResponseWriter, r *request, v actViewer, form actForm, findings []rule.Finding) error {
	status := http.StatusUnprocessableEntity
	faults := map[string]string{}
	for _, f := range findings {
		if f.Field != "" {
			if text := beside(findings, f.Field); text != "" {
				faults[f.Field] = text
			}
		}
	}
	p := v.page(s, form, faults, problem(findings))
	if !rule.Blocked(findings) {
		status = http.StatusOK // nothing is wrong: the page asks
		p.Confirm = true
	}
	p.Failed = v.failed(findings)
	return s.page(w, r, status, actView(p))
}

// staleAct shows what was typed, and the way to the file as it is now.
func (s *Server) staleAct(w http.ResponseWriter, r *request, v actViewer, form actForm) error {
	text := i18n.Text(r.Context(), "file.stale")
	if last, ok := v.File.LastAct(); ok {
		text += " " + i18n.Text(r.Context(), "act.last", "act", actDone(last.Code), "day", i18n.Date(v.lang, last.On), "who", last.ActorName)
	}
	p := v.page(s, form, nil, ui.ProblemBox{Mood: ui.Late, Heading: i18n.Text(r.Context(), "error.stale.title"),
		Findings: []ui.Finding{{Message: text}}})
	p.Stale = true
	return s.page(w, r, http.StatusConflict, actView(p))
}

// written says what was recorded, and where the file stands now.
func (v actViewer) written(a admission.Act, now admission.Stage) string {
	return v.text("act.done", "act", actDone(v.code), "day", i18n.Date(v.lang, a.On), "stage", now.Words())
}

// failed reports whether the vote fell short, so that it may be recorded as such instead.
func (v actViewer) failed(findings []rule.Finding) bool {
	b, ok := admission.BallotFor(v.code, v.Counts)
	return ok && slices.Contains(v.Possible, admission.BallotFailed) &&
		slices.ContainsFunc(findings, func(f rule.Finding) bool { return f.Rule == b.Rule && f.Field == "for" })
}
