package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// ruleChangeOf draws a change as a line of the list.
func ruleChangeOf(r *request, c app.RuleChange, manages bool) ruleChangeLine {
	ctx := r.Context()
	l := ruleChangeLine{Href: "/rules/changes/" + c.ID, What: ruleWhat(r, c), From: i18n.Date(i18n.From(ctx), c.From), Document: c.Document, Reason: c.Reason,
		By: i18n.Text(ctx, "rule.by", "who", c.MadeBy, "day", c.MadeAt.Time().In(ictZone()).Format("02/01/2006")), State: i18n.Text(ctx, "rule.state."+c.State), Mood: ui.Done}
	switch {
	case c.State == app.RuleDraftState:
		l.Mood = ui.Todo
	case c.State == app.RuleRevokedState:
		l.Mood = ui.Shut
		if l.State = i18n.Text(ctx, "rule.revoked_until", "day", i18n.Date(i18n.From(ctx), c.To)); c.To.Before(c.From) {
			l.State = i18n.Text(ctx, "rule.revoked_whole")
		}
	case c.From.After(r.today):
		l.State, l.Mood = i18n.Text(ctx, "rule.state.coming"), ui.Todo
	}
	if manages && c.State == app.RuleInForceState && c.Kind != app.RuleHoliday && c.Kind != app.RuleRevoke {
		l.Revoke = address("/rules/changes/new", "kind", app.RuleRevoke, "subject", c.ID)
	}
	if !manages {
		l.Href = ""
	}
	return l
}

func ictZone() *time.Location { return time.FixedZone("ICT", 7*60*60) }

// ruleWhat says in one sentence what a change does.
func ruleWhat(r *request, c app.RuleChange) string {
	ctx := r.Context()
	v, err := app.RuleValueOf(c)
	if err != nil {
		return c.Subject
	}
	switch c.Kind {
	case app.RuleTerm:
		info, _ := admission.TermByID(c.Subject)
		words := i18n.Text(ctx, "rule.what.term", "rule", info.Rule, "words", info.Words, "amount", ruleAmount(r, v.Term.Amount, info.Unit))
		if v.Term.Extension > 0 {
			words += ", " + i18n.Text(ctx, "rule.extension_of", "n", v.Term.Extension)
		}
		if v.Term.Start != "" {
			words += ", " + i18n.Text(ctx, "rule.from_start", "start", i18n.Text(ctx, "rule.start."+string(v.Term.Start)))
		}
		return words
	case app.RuleSet:
		return i18n.Text(ctx, "rule.what.set", "id", c.Subject, "n", len(v.Set.Terms))
	case app.RuleSeverity:
		return i18n.Text(ctx, "rule.what."+string(v.Severity), "rule", c.Subject)
	case app.RuleHoliday:
		key := "rule.what.working"
		switch {
		case v.Drop:
			key = "rule.what.drop"
		case v.Off:
			key = "rule.what.off"
		}
		return i18n.Text(ctx, key, "day", c.From.VN(), "name", v.Name)
	}
	return i18n.Text(ctx, "rule.what.revoke")
}

// typedRuleChange reads the form of a change.
func typedRuleChange(r *request) (n app.NewRuleChange, err error) {
	n = app.NewRuleChange{Kind: r.PostFormValue("kind"), Subject: r.PostFormValue("subject"), Document: r.PostFormValue("document"), Reason: r.PostFormValue("reason"),
		Start: rule.Start(r.PostFormValue("start")), Severity: rule.Severity(r.PostFormValue("severity")), Confidence: rule.Confidence(r.PostFormValue("confidence")),
		Off: r.PostFormValue("off") == "off", Drop: r.PostFormValue("off") == "drop", Name: r.PostFormValue("name")}
	if n.From, err = typedDay(r, "from", "rule.from"); err != nil {
		return n, err
	}
	if n.Announced, err = typedDay(r, "announced", "rule.announced.bad"); err != nil {
		return n, err
	}
	n.DocumentOn = n.Announced
	for line := range strings.Lines(r.PostFormValue("documents")) {
		if line = strings.TrimSpace(line); line != "" {
			n.Documents = append(n.Documents, line)
		}
	}
	if n.Kind == app.RuleTerm {
		if n.Amount, err = typedFigure(r, "amount"); err != nil {
			return n, err
		}
		n.Extension, err = typedFigure(r, "extension")
	}
	if n.Kind == app.RuleSet {
		n.Figures, err = typedFigures(r)
	}
	return n, err
}

// typedFigures are the figures that were filled in; what is empty is inherited.
func typedFigures(r *request) (out []app.RuleFigure, err error) {
	for _, t := range admission.TermInfos() {
		name := app.RuleField(t.ID)
		if strings.TrimSpace(r.PostFormValue(name)) == "" {
			continue
		}
		f := app.RuleFigure{Term: t.ID, Clause: r.PostFormValue(name + "-clause"), Start: rule.Start(r.PostFormValue(name + "-start"))}
		if f.Amount, err = typedFigure(r, name); err != nil {
			return nil, err
		}
		if f.Extension, err = typedFigure(r, name+"-extension"); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// typedFigure reads a whole number; nothing is 0, which the rule of the field refuses
// where it must.
func typedFigure(r *request, field string) (int, error) {
	text := strings.TrimSpace(r.PostFormValue(field))
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, errs.E(errs.Invalid, "rule.number").On(field).Because(err)
	}
	return n, nil
}

func (s *Server) draftRuleChange(w http.ResponseWriter, r *request) error {
	desk, err := s.app.RuleDesk(r.Context(), r.who)
	if err != nil {
		return err
	}
	n, err := typedRuleChange(r)
	id := ""
	if err == nil {
		id, err = s.app.DraftRule(r.Context(), r.who, n)
	}
	if e, ok := formError(err); ok {
		return s.ruleForm(w, r, desk, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/rules/changes/"+id, i18n.Text(r.Context(), "rule.drafted"))
}

// redrawTime is how long a page waits for open files to be drawn anew where no jobs are
// done in this process. What is left then the job does that was asked for.
const redrawTime = 8 * time.Second

func (s *Server) applyRuleChange(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	id := r.PathValue("id")
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		version = 0
	}
	err = s.app.ApplyRule(ctx, r.who, id, version, r.PostFormValue("untried") != "")
	if e := errs.As(err); err != nil && e.Field == "untried" {
		return s.ruleChangePage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	if s.app.DoesJobs() {
		return s.redirect(w, r, "/rules/changes/"+id, i18n.Text(ctx, "rule.applied.job"))
	}
	return s.redrawn(w, r, id, "rule.applied")
}

func (s *Server) redrawFiles(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	if err := s.app.AskRedraw(ctx, r.who, "rule/redraw"); err != nil {
		return err
	}
	if s.app.DoesJobs() {
		return s.redirect(w, r, "/admin/jobs", i18n.Text(ctx, "rule.redrawn.job"))
	}
	return s.redrawn(w, r, "rule/redraw", "rule.redrawn")
}

// redrawn draws the days of open files anew for a while, and tells how many became others.
func (s *Server) redrawn(w http.ResponseWriter, r *request, because, key string) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	short, cancel := context.WithTimeout(ctx, redrawTime)
	defer cancel()
	done, err := s.app.RedrawAll(short, r.who, because)
	if err != nil && short.Err() == nil {
		return fmt.Errorf("redraw after %d files: %w", done.Files, err)
	}
	text := i18n.Text(ctx, key, "files", i18n.Count(lang, done.Files), "changed", i18n.Count(lang, done.Changed))
	if err != nil {
		text += " " + i18n.Text(ctx, "rule.redraw.rest")
	}
	return s.redirect(w, r, "/rules", text)
}

func (s *Server) dropRuleChange(w http.ResponseWriter, r *request) error {
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		version = 0
	}
	if err := s.app.DropRule(r.Context(), r.who, r.PathValue("id"), version); err != nil {
		return err
	}
	return s.redirect(w, r, "/rules", i18n.Text(r.Context(), "rule.dropped"))
}
