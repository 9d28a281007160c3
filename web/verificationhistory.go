package web

import (
	"slices"

	"ketnap/admission"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// history lists the steps, the last first; those that fell are struck through.
func (v verificationViewer) history() []ui.Event {
	var out []ui.Event
	for _, s := range slices.Backward(v.page.Verification.Steps) {
		if s.Kind == admission.StepUndo {
			out = append(out, ui.Event{When: i18n.Date(v.lang, s.On), What: s.Kind.Words(), Notes: []string{s.Note, v.text("verification.history.by", "who", s.ActorName)}})
			continue
		}
		e := ui.Event{When: i18n.Date(v.lang, s.On), What: s.Kind.Words(), Void: s.Fell}
		if about := v.about(s); about != "" {
			e.Notes = append(e.Notes, about)
		}
		if s.Own {
			e.Notes = append(e.Notes, v.text("verification.history.with_act"))
		}
		e.Notes = append(e.Notes, v.text("verification.history.by", "who", s.ActorName))
		out = append(out, e)
	}
	return out
}

// about names whom or which place a step is about, from the step that entered it.
func (v verificationViewer) about(s admission.VerificationStep) string {
	switch s.Kind {
	case admission.StepSubject:
		return admission.Subject{Relation: s.Relation, Name: s.Name}.Words()
	case admission.StepRequest:
		return v.nameOf(s.Subject) + " — " + s.Place
	case admission.StepExempt:
		return v.nameOf(s.Subject) + " — " + s.Exemption.Words()
	}
	for _, x := range v.page.Verification.Steps {
		if x.ID == s.Request {
			return v.about(x)
		}
	}
	return ""
}

func (v verificationViewer) nameOf(subject string) string {
	if subject == admission.Applicant {
		return admission.Self.Words()
	}
	for _, x := range v.page.Verification.Steps {
		if x.ID == subject {
			return admission.Subject{Relation: x.Relation, Name: x.Name}.Words()
		}
	}
	return ""
}
