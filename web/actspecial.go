package web

import (
	"slices"
	"strings"

	"ketnap/admission"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// specialFields are the parts of a form that concern few people; they open on demand.
type specialFields struct {
	Educations []ui.Option
	Areas      []ui.Option
	Reasons    []ui.Option // of an earlier membership
	Together   bool
	Residence  bool
}

// special says which of them an act has; nil where it has none.
func (v actViewer) special() *specialFields {
	switch v.code {
	case admission.Apply:
		f := &specialFields{Areas: []ui.Option{{Value: "", Label: v.text("act.none")},
			{Value: string(admission.AreaOrdinary), Label: v.text("act.area.ordinary")}, {Value: string(admission.AreaSpecial), Label: v.text("act.area.special")}}}
		f.Educations = append(f.Educations, ui.Option{Label: v.text("act.none")})
		for _, e := range admission.Educations() {
			f.Educations = append(f.Educations, ui.Option{Value: string(e), Label: i18n.Sentence(e.Words())})
		}
		f.Reasons = append(f.Reasons, ui.Option{Label: v.text("act.never_member")})
		for _, r := range admission.LeavingReasons() {
			f.Reasons = append(f.Reasons, ui.Option{Value: string(r), Label: i18n.Sentence(r.Words())})
		}
		return f
	case admission.CompleteDossier:
		return &specialFields{Together: true, Residence: true}
	case admission.CompleteReview:
		return &specialFields{Residence: true}
	}
	return nil
}

// specialOpen reports whether the special fields stand open: something is in them, or
// wrong with them.
func (p actPage) specialOpen() bool {
	for field, text := range p.Errors {
		switch {
		case text == "":
		case strings.HasPrefix(field, "readmission."), field == "education", field == "area", field == "together_since", field == "no_residence_opinion":
			return true
		}
	}
	return p.Form.special()
}

// A voidLook is what a void would do, in words.
type voidLook struct {
	Text      string
	Falls     []string
	Deadlines []string
	Papers    []string
	Notes     []string
}

// voidLook asks what a void of an act would do. Where the act is none that can be voided
// the rules say so when the form is sent.
func (v actViewer) voidLook(id string) *voidLook {
	p, err := v.File.VoidPreview(id, v.World)
	if err != nil {
		return &voidLook{Text: v.text("act.void_none")}
	}
	first := p.Falls[0]
	look := &voidLook{Text: v.text("act.void", "act", actDone(first.Code), "day", i18n.Date(v.lang, first.On), "who", first.ActorName,
		"now", p.From.Words(), "before", p.To.Words())}
	for _, a := range p.Falls[1:] {
		look.Falls = append(look.Falls, v.text("act.void_act", "act", actDone(a.Code), "day", i18n.Date(v.lang, a.On), "who", a.ActorName))
	}
	for _, c := range p.Deadlines {
		name := v.text("file.term." + ruleKey(c.Rule))
		switch {
		case c.Is.From.IsZero():
			if gone := v.text("act.void_term_gone", "term", name); !slices.Contains(look.Deadlines, gone) { // papers share a term
				look.Deadlines = append(look.Deadlines, gone)
			}
		case c.Was.From.IsZero():
			look.Deadlines = append(look.Deadlines, v.text("act.void_term_new", "term", name, "day", i18n.Date(v.lang, c.Is.Due)))
		case c.Was.Due != c.Is.Due:
			look.Deadlines = append(look.Deadlines, v.text("act.void_term", "term", name, "was", i18n.Date(v.lang, c.Was.Due), "day", i18n.Date(v.lang, c.Is.Due)))
		default:
			look.Deadlines = append(look.Deadlines, v.text("act.void_term_open", "term", name, "day", i18n.Date(v.lang, c.Is.Due)))
		}
	}
	for _, c := range p.Papers {
		switch {
		case c.Is.Code == "" || c.Is.Date.IsZero():
			look.Papers = append(look.Papers, v.text("act.void_paper_gone", "paper", paperName(c.Was.Code)))
		default:
			look.Papers = append(look.Papers, v.text("act.void_paper", "paper", paperName(c.Is.Code), "day", i18n.Date(v.lang, c.Is.Date)))
		}
	}
	if p.Unit != "" {
		look.Notes = append(look.Notes, v.text("act.void_unit", "unit", p.Unit))
	}
	if len(p.Numbers) > 0 {
		look.Notes = append(look.Notes, v.text("act.void_numbers", "numbers", strings.Join(p.Numbers, ", ")))
	}
	return look
}
