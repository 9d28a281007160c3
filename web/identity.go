package web

import (
	"net/http"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/web/ui"
)

func (s *Server) identityRoutes() {
	s.get("/files/{id}/identity", s.showIdentity)
	s.post("/files/{id}/identity", s.saveIdentity)
	s.post("/files/{id}/identity/open", s.openIdentity)
	s.post("/files/{id}/identity/consent", s.recordConsent)
	s.get("/files/{id}/identity/readings", s.showReadings)
	s.get("/duplicates", s.showDuplicates)
	s.get("/duplicates.xlsx", s.downloadDuplicates)
	s.get("/admin/religions", s.showReligions)
	s.post("/admin/religions", s.setReligion)
}

// An identityPage is a person's data: closed, opened for one look, or as they are entered.
type identityPage struct {
	ui.Base
	Href    string // of this page
	Lead    string
	Problem ui.ProblemBox
	Errors  map[string]string
	Twins   []identityTwin
	Consent consentPart
	Filled  []ui.Check // closed: what is there and what is not
	Opening *openPart  // none while there is nothing to open, and once it is open
	Facts   []ui.Fact  // opened
	Form    *identityPart
	Why     []ui.Finding // why there is no form, or why it lacks fields
	Stale   bool
}

// An identityTwin is a file that may be of the same person.
type identityTwin struct{ Text, Href string }

// An openPart is the question that opens the data.
type openPart struct {
	Reasons      []ui.Option
	Reason, Note string
}

// A consentPart is what is recorded of the person's consent, and the form for the next.
type consentPart struct {
	State    string
	Mood     ui.Mood
	Rows     []consentRow
	Agreed   bool // then it may be withdrawn
	May      bool
	Forms    []ui.Option
	On, Form string
	Note     string
}

type consentRow struct{ What, When, Note string }

// showIdentity shows the page of a person's data, closed.
func (s *Server) showIdentity(w http.ResponseWriter, r *request) error {
	f, err := s.app.Identity(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	v, err := s.identityViewer(r, f)
	if err != nil {
		return err
	}
	p := v.page(s)
	if f.MayEdit && f.Version == 0 { // nothing is there to be opened
		v.enter(&p, identityForm{Values: map[string]string{}}, nil)
	}
	return s.page(w, r, http.StatusOK, identityView(p))
}

// openIdentity shows the data, for this one page. It is a POST that answers with a page:
// what it shows must be in no address and is not to be had by going back to it.
func (s *Server) openIdentity(w http.ResponseWriter, r *request) error {
	why := app.Reason{Code: r.PostFormValue("reason"), Note: strings.TrimSpace(r.PostFormValue("note"))}
	f, err := s.app.OpenIdentity(r.Context(), r.who, r.PathValue("id"), why)
	if e, ours := formError(err); ours && e.Kind == errs.Invalid {
		return s.refusedIdentity(w, r, e, func(p *identityPage) {
			if p.Opening != nil {
				p.Opening.Reason, p.Opening.Note = why.Code, why.Note
			}
		})
	}
	if err != nil {
		return err
	}
	v, err := s.identityViewer(r, f)
	if err != nil {
		return err
	}
	p := v.page(s)
	p.Facts = v.opened()
	if f.MayEdit {
		v.enter(&p, identityForm{Values: identityValues(f.Details), Version: f.Version}, nil)
	}
	return s.page(w, r, http.StatusOK, identityView(p))
}

// refusedIdentity shows the closed page again with what was wrong and what was typed.
func (s *Server) refusedIdentity(w http.ResponseWriter, r *request, e *errs.Error, keep func(*identityPage)) error {
	f, err := s.app.Identity(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	v, err := s.identityViewer(r, f)
	if err != nil {
		return err
	}
	p := v.page(s)
	p.Problem, p.Errors = faults(r, e)
	keep(&p)
	return s.page(w, r, e.Kind.Status(), identityView(p))
}

// recordConsent records the person's consent or its withdrawal.
func (s *Server) recordConsent(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	n := app.ConsentNote{Withdrawn: r.PostFormValue("withdrawn") != "", Form: r.PostFormValue("form"), Note: strings.TrimSpace(r.PostFormValue("consent_note"))}
	var ok bool
	n.On, ok = writtenDay(r.PostFormValue("on"))
	var err error
	if ok {
		err = s.app.RecordConsent(r.Context(), r.who, id, n)
	} else {
		if _, err = s.app.Identity(r.Context(), r.who, id); err == nil { // who may not see it learns nothing of the form
			err = errs.E(errs.Invalid, "act.wrong.day", "typed", r.PostFormValue("on")).On("on")
		}
	}
	if e, ours := formError(err); ours {
		return s.refusedIdentity(w, r, e, func(p *identityPage) {
			p.Consent.On, p.Consent.Form, p.Consent.Note = r.PostFormValue("on"), n.Form, n.Note
		})
	}
	if err != nil {
		return err
	}
	key := "identity.consent.done"
	if n.Withdrawn {
		key = "identity.consent.done_withdrawn"
	}
	return s.redirect(w, r, "/files/"+id+"/identity", i18n.Text(r.Context(), key))
}

// An identityViewer draws the data of a person for a reader.
type identityViewer struct {
	fileViewer
	data      app.IdentityPage
	religions person.List
	closed    map[string]bool
}

func (s *Server) identityViewer(r *request, f app.IdentityPage) (identityViewer, error) {
	religions, closed, err := s.app.Religions(r.Context(), r.who)
	return identityViewer{fileViewer{FilePage: f.FilePage, r: r, lang: i18n.From(r.Context()), sets: f.Sets}, f, religions, closed}, err
}

// page is the closed page.
func (v identityViewer) page(s *Server) identityPage {
	f := v.data
	base := s.base(v.r, v.text("identity.title"), append(v.crumbs(), ui.Crumb{Label: v.File.Name, Href: "/files/" + v.File.ID})...)
	p := identityPage{Base: base, Href: "/files/" + v.File.ID + "/identity", Consent: v.consent(),
		Lead: v.text("identity.lead", "name", v.File.Name, "unit", v.Unit.Name, "birth", i18n.Date(v.lang, v.File.Birth))}
	for _, t := range f.Twins {
		twin := identityTwin{Text: app.TwinText(t)}
		if t.Seen() {
			twin.Href = "/files/" + t.ID
		}
		p.Twins = append(p.Twins, twin)
	}
	if f.Version == 0 || f.Opened {
		return p
	}
	p.Opening = &openPart{}
	for _, code := range app.OpenReasons() {
		p.Opening.Reasons = append(p.Opening.Reasons, ui.Option{Value: code, Label: v.text("identity.reason." + code)})
	}
	for _, field := range person.Fields() {
		c := ui.Check{Mood: ui.Todo, Text: v.fieldName(field)}
		if slices.Contains(f.Filled, field) {
			c.Mood = ui.Done
		}
		p.Filled = append(p.Filled, c)
	}
	return p
}

func (v identityViewer) fieldName(f person.Field) string {
	return v.text("identity.field." + string(f))
}

// opened are the data in words, and for which papers they are kept.
func (v identityViewer) opened() []ui.Fact {
	p := v.data.Printed
	d := v.data.Details
	var out []ui.Fact
	for _, f := range []struct {
		field person.Field
		value string
	}{
		{person.FieldNumber, p.IDNumber}, {person.FieldBirthPlace, placeText(d.BirthPlace)}, {person.FieldHometown, placeText(d.Hometown)},
		{person.FieldResidence, placeText(d.Residence)}, {person.FieldEthnicity, p.Ethnicity}, {person.FieldReligion, p.Religion},
		{person.FieldSchooling, p.Schooling}, {person.FieldProfession, p.Professional}, {person.FieldTitle, p.Title}, {person.FieldTheory, p.Theory},
		{person.FieldLanguages, p.Languages}, {person.FieldComputing, p.Computing}, {person.FieldOccupation, p.Occupation},
		{person.FieldOccupationGroup, person.OccupationGroups().Name(d.OccupationGroup)},
	} {
		if f.value != "" {
			out = append(out, ui.Fact{Term: v.fieldName(f.field), Value: f.value})
		}
	}
	return out
}

// placeText is a place with its coded province, where the words do not name it already.
func placeText(p person.Place) string {
	name, ok := person.ProvinceName(p.List, p.Code)
	if !ok || strings.Contains(person.Fold(p.Text), person.Fold(name)) {
		return p.Text
	}
	return p.Text + " (" + name + ")"
}

// consent is what is recorded of the consent. A withdrawal must be dealt with in time (LAW-11).
func (v identityViewer) consent() consentPart {
	f := v.data
	c := consentPart{State: v.text("identity.consent.state.none"), Mood: ui.Late, Agreed: f.Moment.Agreed, May: f.MayEdit, On: v.Today.String()}
	if n := len(f.Consents); n > 0 {
		last := f.Consents[n-1]
		c.State, c.Mood = v.text("identity.consent.state.given", "day", last.On.VN()), ui.Done
		if last.Withdrawn {
			c.State, c.Mood = v.text("identity.consent.state.withdrawn", "day", last.On.VN(), "due", last.On.AddDays(app.WithdrawalDays).VN()), ui.Late
		}
		for _, k := range f.Consents {
			row := consentRow{What: v.text("identity.consent.withdrawn"), When: i18n.Date(v.lang, k.On), Note: k.Note}
			if !k.Withdrawn {
				row.What = v.text("identity.consent.form." + k.Form)
			}
			c.Rows = append(c.Rows, row)
		}
	}
	for _, form := range app.ConsentForms() {
		c.Forms = append(c.Forms, ui.Option{Value: form, Label: v.text("identity.consent.form." + form)})
	}
	return c
}

// identityFinding is a sentence with its rule, beside its field.
func identityFinding(w person.Warning) ui.Finding {
	return ui.Finding{Message: w.Text, Cite: cited(w.Rule), Field: string(w.Field)}
}

// identityBox heads the form with what was found.
func identityBox(findings []rule.Finding) (ui.ProblemBox, map[string]string) {
	errors := map[string]string{}
	for _, f := range findings {
		if text := beside(findings, f.Field); f.Field != "" && text != "" {
			errors[f.Field] = text
		}
	}
	return problem(findings), errors
}

// identityHref is where the page of a file leads to the person's data, "" for who may not
// open them.
func (v fileViewer) identityHref() string {
	if !v.May(v.r.who, access.SeeIdentity) {
		return ""
	}
	return "/files/" + v.File.ID + "/identity"
}
