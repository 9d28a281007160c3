package web

import (
	"ketnap/admission"
	"ketnap/class"
)

// certified fills the form of an act in with the certificate that a class issued to the
// person: its number and day, or the day of the paper of the review (CLS-14, ADM-92).
func (s *Server) certified(r *request, v actViewer, form actForm) (actForm, error) {
	kind := map[admission.Code]class.Kind{admission.Certify: class.Awareness, admission.CompleteReview: class.NewMember}[v.code]
	if kind == "" {
		return form, nil
	}
	rows, err := s.app.ClassCertificates(r.Context(), r.who, v.File.ID)
	if err != nil {
		return form, err
	}
	for _, c := range rows { // the earliest first: the last one counts
		switch {
		case c.Kind != kind || c.Act != "":
		case kind == class.NewMember:
			form.Papers[admission.PaperNewMember] = c.On.String()
		default:
			form.Number, form.Issued = class.FormatNumber(c.Kind, c.Number), c.On.String()
		}
	}
	return form, nil
}
