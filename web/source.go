package web

import (
	"net/http"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rating"
	"ketnap/rule"
	"ketnap/source"
	"ketnap/web/ui"
)

// A sourceForm is what was typed of a judgement.
type sourceForm struct {
	has     string // "yes" or "no"; "" where nothing was chosen
	reason  string // a code
	text    string // in the committee's own words
	confirm bool   // the contradictions were read
}

func sourceFormOf(r *request) sourceForm {
	return sourceForm{has: r.PostFormValue("has"), reason: r.PostFormValue("reason"), text: strings.TrimSpace(r.PostFormValue("text")), confirm: r.PostFormValue("confirm") != ""}
}

// said is the reason as it is recorded: the code, or the committee's own words, behind
// the words of the code where both were given.
func (f sourceForm) said() string {
	code := source.Reason(f.reason)
	switch {
	case f.text == "" && code.Valid():
		return f.reason
	case code.Valid():
		return code.Words() + "; " + f.text
	}
	return f.text
}

// A sourcePage is the form by which a committee judges whether a unit has source.
type sourcePage struct {
	ui.Base
	Lead    string
	Problem ui.ProblemBox
	Confirm bool
	Action  string
	Back    string
	Facts   []ui.Fact
	Has     ui.Input
	Answers []ui.Option
	Reason  ui.Input
	Reasons []ui.Option
	Text    ui.Input
	Submit  string
}

func (s *Server) showSource(w http.ResponseWriter, r *request) error {
	j, err := s.sourceOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, sourceView(s.sourcePage(r, j, sourceForm{}, nil, nil)))
}

// sourceOf reads the rating that a judgement is about; who may not judge is refused.
func (s *Server) sourceOf(r *request) (app.RatingPage, error) {
	j, err := s.ratingOf(r)
	if err == nil && j.MayJudge == 0 {
		err = errs.E(errs.Forbidden, "error.forbidden")
	}
	return j, err
}

func (s *Server) sourcePage(r *request, j app.RatingPage, f sourceForm, fault *errs.Error, findings []rule.Finding) sourcePage {
	ctx, lang := r.Context(), i18n.From(r.Context())
	code := string(j.Of.Code)
	back := ratingHref(code, j.Year)
	p := sourcePage{
		Base:   s.base(r, i18n.Text(ctx, "source.title"), ui.Crumb{Label: i18n.Text(ctx, "rating.crumb"), Href: address("/ratings", "year", r.PathValue("year"))}, ui.Crumb{Label: j.Of.Name, Href: back}),
		Lead:   i18n.Text(ctx, "source.lead", "unit", j.Of.Name, "year", r.PathValue("year"), "level", j.MayJudge.Words()),
		Action: back + "/source", Back: back,
		Facts: []ui.Fact{
			{Term: i18n.Text(ctx, "source.fact.people"), Value: i18n.Text(ctx, "source.people", "n", len(j.Source)), Note: i18n.Text(ctx, "rating.source.day", "day", i18n.Date(lang, rating.Day(j.Year, j.Today)))},
			{Term: i18n.Text(ctx, "source.fact.outstanding"), Value: i18n.Text(ctx, "source.people", "n", j.Outstanding)},
			{Term: i18n.Text(ctx, "source.fact.admitted"), Value: ui.NewMeter(lang, j.Admitted, planOf(j)).Figure},
		},
		Has:     ui.Input{Name: "has", Label: i18n.Text(ctx, "source.has"), Value: f.has},
		Answers: []ui.Option{{Value: "yes", Label: i18n.Text(ctx, "source.yes")}, {Value: "no", Label: i18n.Text(ctx, "source.no")}},
		Reason:  ui.Input{Name: "reason", Label: i18n.Text(ctx, "source.why"), Value: f.reason, Optional: true, Help: i18n.Text(ctx, "source.why.help")},
		Reasons: []ui.Option{{Value: "", Label: i18n.Text(ctx, "source.why.none")}},
		Text:    ui.Input{Name: "text", Label: i18n.Text(ctx, "source.text"), Value: f.text, Optional: true, Help: i18n.Text(ctx, "source.text.help")},
		Submit:  i18n.Text(ctx, "source.submit"),
	}
	for _, x := range source.Reasons() {
		p.Reasons = append(p.Reasons, ui.Option{Value: string(x), Label: i18n.Sentence(x.Words())})
	}
	if len(findings) > 0 {
		p.Problem, p.Confirm, p.Submit = problem(findings), true, i18n.Text(ctx, "source.submit_anyway")
		p.Problem.Heading = i18n.Text(ctx, "source.contradiction")
	}
	if fault != nil {
		p.refuse(message(ctx, fault), fault.Field)
	}
	return p
}

func planOf(j app.RatingPage) int {
	if j.Plan == nil {
		return 0
	}
	return *j.Plan
}

// refuse puts a message beside its field and into the box above.
func (p *sourcePage) refuse(text, field string) {
	for _, in := range []*ui.Input{&p.Has, &p.Reason, &p.Text} {
		if in.Name == field {
			in.Error = text
		}
	}
	p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: text, Field: field, Cite: cited("TGT-26")}}}
}

// judgeSource records a judgement. What contradicts the files is shown first, and written
// only when it was read (TGT-27).
func (s *Server) judgeSource(w http.ResponseWriter, r *request) error {
	j, err := s.sourceOf(r)
	if err != nil {
		return err
	}
	f := sourceFormOf(r)
	if f.has != "yes" && f.has != "no" {
		fault := errs.E(errs.Invalid, "source.has_missing").On("has")
		return s.page(w, r, http.StatusUnprocessableEntity, sourceView(s.sourcePage(r, j, f, fault, nil)))
	}
	has, said := f.has == "yes", f.said()
	if !has && said == "" { // before the contradictions: a form is sent back once
		fault := errs.E(errs.Invalid, "source.reason").On("reason")
		return s.page(w, r, http.StatusUnprocessableEntity, sourceView(s.sourcePage(r, j, f, fault, nil)))
	}
	if findings := j.Contradictions(has); len(findings) > 0 && !f.confirm {
		return s.page(w, r, http.StatusUnprocessableEntity, sourceView(s.sourcePage(r, j, f, nil, findings)))
	}
	err = s.app.JudgeSource(r.Context(), r.who, string(j.Of.Code), j.Year, has, said)
	if e, ok := formError(err); ok {
		return s.page(w, r, e.Kind.Status(), sourceView(s.sourcePage(r, j, f, e, nil)))
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, ratingHref(string(j.Of.Code), j.Year)+"#ket-luan", i18n.Text(r.Context(), "source.done", "unit", j.Of.Name))
}
