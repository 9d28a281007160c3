package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// fail answers with the page of a failure. Who is not logged in is sent to the door; what
// is our own fault is logged with its cause and shown with the code of the request.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, in app.Entrance, err error) {
	who, e := in.Actor, errs.As(err)
	kind := e.Kind
	if e.Kind == errs.Unauthorized && r.Method == http.MethodGet {
		http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	switch {
	case errors.Is(err, context.Canceled): // whoever asked has left
		s.log.Debug("request left", "path", r.URL.Path)
	case e.Kind == errs.Internal:
		s.log.Error("request failed", "request", who.Request, "method", r.Method, "path", r.URL.Path, "error", err)
	}
	ctx := i18n.With(context.WithoutCancel(r.Context()), i18n.ParseLang(who.Lang))
	if in.Today.IsZero() { // without the day the frame shows less, the page still stands
		if today, frozen, err := s.app.Today(ctx); err == nil {
			in.Today, in.Frozen = today, frozen
		}
	}
	rq := &request{Request: r.WithContext(ctx), who: who, today: in.Today, frozen: in.Frozen, home: in.Home}
	base := s.base(rq, i18n.Text(ctx, "error."+kind.String()+".title"))
	if text := i18n.Text(ctx, e.Key, i18n.Args(e.Args)...); e.Kind != errs.Internal && e.Kind != errs.NotFound && text != "" && text != i18n.Text(ctx, "error."+kind.String()) {
		base.Flash = &ui.Flash{Mood: ui.Late, Text: text}
	}
	var b bytes.Buffer
	if err := ui.ErrorPage(ui.Failure{Base: base, Kind: kind.String(), Request: who.Request}).Render(ctx, &b); err != nil {
		s.log.Error("page of failure failed", "error", err)
		http.Error(w, http.StatusText(kind.Status()), kind.Status())
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(kind.Status())
	if _, err := b.WriteTo(w); err != nil {
		s.log.Debug("page not taken", "error", err)
	}
}

// message is the sentence of an error in the language of the request.
func message(ctx context.Context, err error) string {
	e := errs.As(err)
	return i18n.Text(ctx, e.Key, i18n.Args(e.Args)...)
}

// formError says whether an error belongs beside the fields of a form, which is then
// shown again with what was typed.
func formError(err error) (*errs.Error, bool) {
	e := errs.As(err)
	return e, err != nil && (e.Kind == errs.Invalid || e.Kind == errs.Stale || e.Kind == errs.Conflict)
}

// problem is the box over a form that was refused, or whose warnings must be read first.
func problem(findings []rule.Finding) ui.ProblemBox {
	box := ui.ProblemBox{Mood: ui.Soon}
	if rule.Blocked(findings) {
		box.Mood = ui.Late
	}
	for _, f := range findings {
		cite := f.Rule
		if f.Cite != "" {
			cite = f.Cite + "; " + f.Rule
		}
		box.Findings = append(box.Findings, ui.Finding{Message: f.Message, Cite: cited(cite), Field: f.Field})
	}
	return box
}

// A code alone says nothing to a reader: it is called a rule.
var ruleCode = regexp.MustCompile(`^[A-Z]{2,5}-[0-9]{2}[A-Z]?$`)

// cited is a source as a page names it.
func cited(cite string) string {
	if ruleCode.MatchString(cite) {
		return i18n.T(i18n.Vietnamese, "figure.rule", "rule", cite)
	}
	return cite
}

// beside returns the messages for one field.
func beside(findings []rule.Finding, field string) string {
	text := ""
	for _, f := range findings {
		if f.Field == field && f.Severity == rule.Block {
			if text != "" {
				text += " "
			}
			text += f.Message
		}
	}
	return text
}
