package web

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/app"
	"ketnap/directive"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// Limits of the fields of a letter, in characters and lines.
const (
	maxField = 2_000
	maxLines = 100
)

// letterFormPage is the form that corrects what the reader took for the fields of a letter.
type letterFormPage struct {
	ui.Base
	Problem      ui.ProblemBox
	Action, Back string
	Version      string
	Heading      string
	Original     string
	Head, Foot   []proposalField
	Bases        []basisFields
}

// basisFields are the four fields of one superior document.
type basisFields struct {
	Legend                     string
	Text, Symbol, Date, Issuer ui.Input
}

// The fields that are lines or texts of their own, in the order of the form.
var (
	headFields = []string{"symbol", "date", "subject", "issuer", "superior", "place", "addressees"}
	footFields = []string{"recipients", "filed", "authority", "title", "name", "endorsement", "endorsed"}
)

func (s *Server) editLetter(w http.ResponseWriter, r *request) error {
	d, err := s.draftOf(r)
	if err != nil {
		return err
	}
	values, bases := lettersValues(d.Letter)
	return s.page(w, r, http.StatusOK, letterFormView(s.letterFormPage(r, d, values, bases, nil)))
}

// correctLetter writes the corrected fields. Nothing typed is lost when they are refused.
func (s *Server) correctLetter(w http.ResponseWriter, r *request) error {
	d, err := s.draftOf(r)
	if err != nil {
		return err
	}
	faults := map[string]string{}
	correct := func(l *directive.Letter) error { return correctFields(r, l, faults) }
	err = s.app.CorrectLetter(r.Context(), r.who, d.ID, formVersion(r), correct)
	if err == nil {
		return s.redirect(w, r, documentHref(d.ID), i18n.Text(r.Context(), "letter.corrected"))
	}
	e, ok := formError(err)
	if !ok {
		return err
	}
	if len(faults) == 0 {
		faults[e.Field] = message(r.Context(), err)
	}
	return s.page(w, r, e.Kind.Status(), letterFormView(s.letterFormPage(r, d, r.FormValue, typedBases(r), faults)))
}

// lettersValues returns the fields of a letter as the form shows them.
func lettersValues(l directive.Letter) (func(string) string, []directiveBasis) {
	v := map[string]string{"symbol": l.Symbol, "subject": l.Subject, "issuer": l.Issuer, "superior": l.Superior, "place": l.Place,
		"addressees": strings.Join(l.Addressees, "\n"), "filed": l.Filed,
		"authority": l.Signer.Authority, "title": l.Signer.Title, "name": l.Signer.Name}
	if !l.Date.IsZero() {
		v["date"] = l.Date.String()
	}
	if l.Endorsement != nil {
		if v["endorsement"] = l.Endorsement.Text; !l.Endorsement.Date.IsZero() {
			v["endorsed"] = l.Endorsement.Date.String()
		}
	}
	var lines []string
	for _, to := range l.Recipients {
		lines = append(lines, joinWords(" | ", to.Name, string(to.Purpose)))
	}
	v["recipients"] = strings.Join(lines, "\n")
	var bases []directiveBasis
	for _, b := range l.Basis {
		t := directiveBasis{text: b.Text, symbol: string(b.Symbol), issuer: string(b.Issuer)}
		if !b.Date.IsZero() {
			t.date = b.Date.String()
		}
		bases = append(bases, t)
	}
	return func(name string) string { return v[name] }, bases
}

// directiveBasis is a superior document as it is typed.
type directiveBasis struct{ text, symbol, date, issuer string }

// typedBases reads the rows of superior documents; those left empty are dropped.
func typedBases(r *request) []directiveBasis {
	at := func(name string, i int) string {
		if all := r.Form[name]; i < len(all) {
			return strings.TrimSpace(all[i])
		}
		return ""
	}
	var bases []directiveBasis
	for i := range min(len(r.Form["basis_text"]), maxLines) {
		b := directiveBasis{at("basis_text", i), at("basis_symbol", i), at("basis_date", i), at("basis_issuer", i)}
		if b != (directiveBasis{}) {
			bases = append(bases, b)
		}
	}
	return bases
}

// correctFields reads the form into a letter. What cannot be read is named in faults.
func correctFields(r *request, l *directive.Letter, faults map[string]string) error {
	clear(faults)
	text := func(name string) string {
		t := strings.TrimSpace(r.FormValue(name))
		if utf8.RuneCountInString(t) > maxField {
			faults[name] = i18n.Text(r.Context(), "letter.too_long", "max", maxField)
		}
		return t
	}
	day := func(name, value string) (d directive.Basis) {
		var ok bool
		if d.Date, ok = readDay(value); !ok {
			faults[name] = i18n.Text(r.Context(), "document.bad_day")
		}
		return d
	}
	l.Symbol = strings.Join(strings.Fields(text("symbol")), "")
	l.Date = day("date", r.FormValue("date")).Date
	l.Subject, l.Issuer, l.Superior, l.Place = text("subject"), text("issuer"), text("superior"), text("place")
	l.Addressees = textLines(text("addressees"))
	l.Recipients = []directive.Recipient{}
	for _, line := range textLines(text("recipients")) {
		name, purpose, _ := strings.Cut(line, "|")
		l.Recipients = append(l.Recipients, directive.Recipient{Name: strings.TrimSpace(name), Purpose: directive.Optional(strings.TrimSpace(purpose))})
	}
	l.Filed = text("filed")
	l.Signer = directive.Signer{Authority: text("authority"), Title: text("title"), Name: text("name")}
	endorsed := day("endorsed", r.FormValue("endorsed")).Date
	if l.Endorsement = nil; text("endorsement") != "" {
		l.Endorsement = &directive.Endorsement{Text: text("endorsement"), Date: endorsed}
	}
	l.Basis = []directive.Basis{}
	for i, typed := range typedBases(r) {
		b := day("basis_date_"+strconv.Itoa(i+1), typed.date)
		b.Text, b.Symbol, b.Issuer = typed.text, directive.Optional(typed.symbol), directive.Optional(typed.issuer)
		if b.Text == "" {
			b.Text = joinWords(" ", typed.symbol, typed.issuer)
		}
		l.Basis = append(l.Basis, b)
	}
	if len(faults) > 0 {
		return errs.E(errs.Invalid, "document.form")
	}
	return nil
}

// textLines splits a text into its lines, without empty ones.
func textLines(text string) []string {
	lines := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && len(lines) < maxLines {
			lines = append(lines, line)
		}
	}
	return lines
}

func (s *Server) letterFormPage(r *request, d app.DocumentPage, value func(string) string, bases []directiveBasis, faults map[string]string) letterFormPage {
	lang := i18n.From(r.Context())
	href := documentHref(d.ID)
	p := letterFormPage{Action: href + "/fields", Back: href, Version: strconv.Itoa(d.Version), Heading: i18n.T(lang, "letter.correct"), Original: d.Text}
	if r.Method == http.MethodPost {
		p.Version = r.FormValue("version")
	}
	p.Base = s.base(r, p.Heading, documentsCrumb(lang), ui.Crumb{Label: letterHeading(lang, d), Href: href})
	field := func(name string) proposalField {
		f := proposalField{Input: ui.Input{Name: name, Label: i18n.T(lang, "letter.input."+name), Value: value(name), Error: faults[name], Optional: true}, Control: "text"}
		switch name {
		case "symbol", "date":
			f.Optional, f.Short, f.Help = false, true, i18n.T(lang, "letter.input.needed")
		case "addressees", "recipients":
			f.Help = i18n.T(lang, "letter.input."+name+"_help")
		}
		switch name {
		case "date", "endorsed":
			f.Control = "date"
		case "subject", "addressees", "recipients", "endorsement":
			f.Control = "area"
		}
		return f
	}
	for _, name := range headFields {
		p.Head = append(p.Head, field(name))
	}
	for _, name := range footFields {
		p.Foot = append(p.Foot, field(name))
	}
	for i, b := range append(bases, directiveBasis{}) { // one more, to add what the reader missed
		p.Bases = append(p.Bases, basisFieldsOf(lang, i+1, b, faults))
	}
	p.Problem = formProblem(faults, append(append([]proposalField{}, p.Head...), p.Foot...))
	for _, b := range p.Bases {
		if b.Date.Error != "" {
			p.Problem.Findings = append(p.Problem.Findings, ui.Finding{Message: b.Legend + ": " + b.Date.Error, Field: b.Date.ID})
		}
	}
	return p
}

func basisFieldsOf(lang i18n.Lang, n int, b directiveBasis, faults map[string]string) basisFields {
	in := func(name, value string) ui.Input {
		id := name + "_" + strconv.Itoa(n)
		return ui.Input{Name: name, ID: id, Label: i18n.T(lang, "letter.input."+name), Value: value, Error: faults[id], Optional: true}
	}
	return basisFields{Legend: i18n.T(lang, "letter.input.basis", "n", n), Text: in("basis_text", b.text), Symbol: in("basis_symbol", b.symbol),
		Date: in("basis_date", b.date), Issuer: in("basis_issuer", b.issuer)}
}
