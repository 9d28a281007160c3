package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/person"
	"ketnap/web/ui"
)

// An identityForm is what was typed of a person's data, by the names of the fields.
type identityForm struct {
	Values  map[string]string
	Version int
	Confirm bool // the warnings were read
}

// An identityPart is the form as it is drawn.
type identityPart struct {
	Version string
	Confirm bool
	First   bool
	Card    ui.Input // the text of the code on the card
	Padded  *ui.Input
	Groups  []identityGroup
}

// An identityGroup is a few fields under one title.
type identityGroup struct {
	Title  string
	Fields []identityInput
}

// An identityInput is one control: a text, or a choice where there are options. A place
// has its province beside it.
type identityInput struct {
	ui.Input
	Options  []ui.Option
	Province *identityInput
}

// The fields that hold a place, by the name of the control for its province.
const provinceSuffix = "_province"

// identityGroups is the order of the form, with the titles of its parts.
func identityGroups() map[string][]person.Field {
	return map[string][]person.Field{
		"card":  {person.FieldNumber},
		"place": {person.FieldBirthPlace, person.FieldHometown, person.FieldResidence},
		"law":   {person.FieldEthnicity, person.FieldReligion},
		"learn": {person.FieldSchooling, person.FieldProfession, person.FieldTitle, person.FieldTheory, person.FieldLanguages, person.FieldComputing},
		"work":  {person.FieldOccupation, person.FieldOccupationGroup},
	}
}

// identityValues are the details as the form shows them.
func identityValues(d person.Details) map[string]string {
	return map[string]string{
		string(person.FieldNumber): d.Number.Digits, string(person.FieldEthnicity): d.Ethnicity, string(person.FieldReligion): d.Religion,
		string(person.FieldBirthPlace): d.BirthPlace.Text, string(person.FieldBirthPlace) + provinceSuffix: d.BirthPlace.Coded(),
		string(person.FieldHometown): d.Hometown.Text, string(person.FieldHometown) + provinceSuffix: d.Hometown.Coded(),
		string(person.FieldResidence): d.Residence.Text, string(person.FieldResidence) + provinceSuffix: d.Residence.Coded(),
		string(person.FieldSchooling): d.Schooling.String(), string(person.FieldProfession): d.Professional, string(person.FieldTitle): d.Title,
		string(person.FieldTheory): d.Theory, string(person.FieldLanguages): d.Languages, string(person.FieldComputing): d.Computing,
		string(person.FieldOccupation): d.Occupation, string(person.FieldOccupationGroup): d.OccupationGroup,
	}
}

// identityFormOf reads what was sent, as it was typed.
func identityFormOf(r *request) identityForm {
	form := identityForm{Values: map[string]string{}, Confirm: r.PostFormValue("confirm") != ""}
	form.Version, _ = strconv.Atoi(r.PostFormValue("version")) // what is no number is no version either
	for name, values := range r.PostForm {
		if len(values) > 0 {
			form.Values[name] = values[0]
		}
	}
	return form
}

// read makes details of what was typed, the fields that the form carried, and what is
// wrong beside each.
func (f identityForm) read() (d person.Details, fields []person.Field, faults map[string]string) {
	faults = map[string]string{}
	refuse := func(field person.Field, err error) {
		if err != nil {
			faults[string(field)] = err.Error()
		}
	}
	for _, field := range person.Fields() {
		text, sent := f.Values[string(field)]
		if !sent {
			continue
		}
		fields = append(fields, field)
		var err error
		switch field {
		case person.FieldNumber:
			d.Number, err = f.number(text)
		case person.FieldBirthPlace:
			d.BirthPlace, err = person.ParsePlace(text, f.Values[string(field)+provinceSuffix])
		case person.FieldHometown:
			d.Hometown, err = person.ParsePlace(text, f.Values[string(field)+provinceSuffix])
		case person.FieldResidence:
			d.Residence, err = person.ParsePlace(text, f.Values[string(field)+provinceSuffix])
		case person.FieldSchooling:
			if strings.TrimSpace(text) != "" {
				d.Schooling, err = person.ParseSchooling(text)
			}
		case person.FieldLanguages:
			d.Languages, err = person.FreeText(text)
		case person.FieldComputing:
			d.Computing, err = person.FreeText(text)
		case person.FieldOccupation:
			d.Occupation, err = person.FreeText(text)
		case person.FieldEthnicity:
			d.Ethnicity = text
		case person.FieldReligion:
			d.Religion = text
		case person.FieldProfession:
			d.Professional = text
		case person.FieldTitle:
			d.Title = text
		case person.FieldTheory:
			d.Theory = text
		case person.FieldOccupationGroup:
			d.OccupationGroup = text
		}
		refuse(field, err)
	}
	return d, fields, faults
}

// number reads the number; one that lost its zeros is whole when the person confirmed it.
func (f identityForm) number(text string) (person.Number, error) {
	if strings.TrimSpace(text) == "" {
		return person.Number{}, nil
	}
	n, err := person.ParseNumber(text)
	if lost := lostZero(err); lost != "" && f.Values["id_padded"] == lost {
		return person.ParseNumber(lost)
	}
	return n, err
}

// lostZero is the whole number where zeros seem to be lost, else "".
func lostZero(err error) string {
	if ne, ok := errors.AsType[*person.NumberError](err); ok {
		return ne.Suggest
	}
	return ""
}

// saveIdentity writes what was entered, or reads the code of the card into the form.
func (s *Server) saveIdentity(w http.ResponseWriter, r *request) error {
	form := identityFormOf(r)
	f, err := s.app.Identity(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !f.MayEdit {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	v, err := s.identityViewer(r, f)
	if err != nil {
		return err
	}
	p := v.page(s)
	if r.PostFormValue("do") == "card" {
		return s.readCard(w, r, v, p, form)
	}
	d, fields, wrong := form.read()
	if len(wrong) > 0 && form.Version == f.Version {
		p.Problem = slips(wrong, identityOrder()...)
		v.enter(&p, form, wrong)
		return s.page(w, r, http.StatusUnprocessableEntity, identityView(p))
	}
	findings, written, err := s.app.SaveIdentity(r.Context(), r.who, v.File.ID,
		app.IdentityChange{Details: d, Fields: fields, Version: form.Version, Ask: !form.Confirm})
	if e, ours := formError(err); ours {
		box, beside := faults(r, e)
		p.Problem, p.Stale = box, e.Kind == errs.Stale
		v.enter(&p, form, beside)
		return s.page(w, r, e.Kind.Status(), identityView(p))
	}
	if err != nil {
		return err
	}
	if written {
		return s.redirect(w, r, p.Href, i18n.Text(r.Context(), "identity.saved", "name", v.File.Name))
	}
	box, besides := identityBox(findings)
	p.Problem = box
	form.Confirm = len(besides) == 0
	v.enter(&p, form, besides)
	status := http.StatusOK // nothing is wrong: the page asks
	if len(besides) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.page(w, r, status, identityView(p))
}

// identityOrder is the order of the fields, for the box over the form.
func identityOrder() []string {
	var out []string
	for _, f := range person.Fields() {
		out = append(out, string(f))
	}
	return out
}

// readCard fills the form from the code of an identity card. Nothing is written, and the
// text itself is kept nowhere.
func (s *Server) readCard(w http.ResponseWriter, r *request, v identityViewer, p identityPage, form identityForm) error {
	card, err := person.ParseCard(form.Values["card"])
	if err != nil {
		wrong := map[string]string{"card": err.Error()}
		p.Problem = slips(wrong, "card")
		v.enter(&p, form, wrong)
		return s.page(w, r, http.StatusUnprocessableEntity, identityView(p))
	}
	form.Values["card"], form.Values[string(person.FieldNumber)] = "", card.Number.Digits
	if strings.TrimSpace(form.Values[string(person.FieldResidence)]) == "" {
		form.Values[string(person.FieldResidence)] = card.Address
	}
	box := ui.ProblemBox{Mood: ui.Soon}
	for _, warning := range card.Check(v.File.Name, person.Sex(v.File.Sex), v.File.Birth) {
		box.Findings = append(box.Findings, identityFinding(warning))
	}
	p.Problem = box
	v.enter(&p, form, nil)
	return s.page(w, r, http.StatusOK, identityView(p))
}

// enter puts the form on the page: the fields that may be entered, and why others may not.
func (v identityViewer) enter(p *identityPage, form identityForm, wrong map[string]string) {
	part := identityPart{Version: strconv.Itoa(form.Version), Confirm: form.Confirm, First: v.data.Version == 0,
		Card: ui.Input{Name: "card", Label: v.text("identity.card"), Help: v.text("identity.card.help"), Value: form.Values["card"], Error: wrong["card"],
			Optional: true, Attrs: templ.Attributes{"rows": "2", "autocomplete": "off", "spellcheck": "false"}}}
	groups := identityGroups()
	for _, title := range []string{"card", "place", "law", "learn", "work"} {
		g := identityGroup{Title: v.text("identity.group." + title)}
		for _, field := range groups[title] {
			if why, closed := v.data.Closed(field); closed {
				v.because(p, why)
				continue
			}
			g.Fields = append(g.Fields, v.input(field, form.Values, wrong))
		}
		if len(g.Fields) > 0 {
			part.Groups = append(part.Groups, g)
		}
	}
	if _, err := person.ParseNumber(form.Values[string(person.FieldNumber)]); lostZero(err) != "" {
		part.Padded = &ui.Input{Name: "id_padded", Label: v.text("identity.padded", "number", lostZero(err)), Value: lostZero(err)}
	}
	if len(part.Groups) > 0 {
		p.Form = &part
	}
}

// because adds why fields may not be entered, each sentence once.
func (v identityViewer) because(p *identityPage, why person.Warning) {
	f := identityFinding(why)
	f.Field = ""
	for _, known := range p.Why {
		if known.Message == f.Message {
			return
		}
	}
	p.Why = append(p.Why, f)
}

// input is the control of a field.
func (v identityViewer) input(f person.Field, values, wrong map[string]string) identityInput {
	name := string(f)
	in := identityInput{Input: ui.Input{Name: name, Label: v.fieldName(f), Value: values[name], Error: wrong[name],
		Help:  v.text("identity.needed", "papers", strings.Join(neededBy(v.fileViewer, f), ", ")),
		Attrs: templ.Attributes{"autocomplete": "off", "aria-required": "false"}}} // the head of the form says once that all may stay empty
	switch f {
	case person.FieldNumber:
		in.Attrs["inputmode"] = "numeric"
		in.Short = true
	case person.FieldSchooling:
		in.Attrs["placeholder"] = "12/12"
		in.Short = true
	case person.FieldBirthPlace, person.FieldHometown, person.FieldResidence:
		code := name + provinceSuffix
		province := v.text("identity.province", "field", strings.ToLower(in.Label))
		in.Province = &identityInput{Input: ui.Input{Name: code, Label: province, Value: values[code],
			Attrs: templ.Attributes{"aria-required": "false"}}, Options: v.provinces()}
	case person.FieldEthnicity:
		in.Options = v.choices(person.EthnicGroups(), values[name], nil)
	case person.FieldReligion:
		in.Options = v.choices(v.religions, values[name], v.closed)
	case person.FieldProfession:
		in.Options = v.choices(person.ProfessionalLevels(), values[name], nil)
	case person.FieldTitle:
		in.Options = v.choices(person.AcademicTitles(), values[name], nil)
	case person.FieldTheory:
		in.Options = v.choices(person.PoliticalTheories(), values[name], nil)
	case person.FieldOccupationGroup:
		in.Options = v.choices(person.OccupationGroups(), values[name], nil)
	}
	if in.Options != nil {
		delete(in.Attrs, "autocomplete")
	}
	return in
}

// neededBy are the papers that need a field, in words.
func neededBy(v fileViewer, f person.Field) []string {
	papers := person.NeededBy(f)
	for i, p := range papers {
		if p == "RPT-05" {
			papers[i] = v.text("identity.needed.report")
		}
	}
	return papers
}

// choices are the entries of a list; a closed one only where it stands already.
func (v identityViewer) choices(list person.List, now string, closed map[string]bool) []ui.Option {
	out := []ui.Option{{Value: "", Label: v.text("identity.unsaid")}}
	for _, t := range list {
		if !closed[t.Code] || t.Code == now {
			out = append(out, ui.Option{Value: t.Code, Label: t.Name})
		}
	}
	return out
}

// provinces are the provinces of today and, behind them, those of before 1/7/2025.
func (v identityViewer) provinces() []ui.Option {
	out := []ui.Option{{Value: "", Label: v.text("identity.unsaid")}}
	lists := []person.ProvinceList{person.List34, person.List63}
	if person.ListOn(v.Today) == person.List63 {
		lists = []person.ProvinceList{person.List63, person.List34}
	}
	for _, list := range lists {
		for _, p := range person.Provinces(list) {
			out = append(out, ui.Option{Value: string(p.List) + ":" + p.Code, Label: v.text("identity.province."+string(list), "name", p.Name)})
		}
	}
	return out
}
