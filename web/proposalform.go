package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/directive"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/target"
	"ketnap/web/ui"
)

// proposalPage is the form that corrects one proposal.
type proposalPage struct {
	ui.Base
	Problem        ui.ProblemBox
	Action, Back   string
	Version        string
	Kind           string
	Clause, Quoted string
	Doer           string // as the letter writes it
	Fields         []proposalField
}

// proposalField is one field of the form: a line, a text, a day or a choice.
type proposalField struct {
	ui.Input
	Control string // text, area, date, select
	Options []ui.Option
}

func (s *Server) editProposal(w http.ResponseWriter, r *request) error {
	d, q, err := s.proposalOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, proposalFormView(s.proposalPage(r, d, q, valuesOf(q), nil)))
}

func (s *Server) proposalOf(r *request) (app.DocumentPage, app.Proposal, error) {
	d, err := s.draftOf(r)
	if err != nil {
		return d, app.Proposal{}, err
	}
	seq, err := strconv.Atoi(r.PathValue("seq"))
	if err != nil {
		return d, app.Proposal{}, errs.E(errs.NotFound, "document.none").Because(err)
	}
	q, err := d.Proposal(seq)
	return d, q, err
}

// reviseProposal writes a corrected proposal, which is thereby accepted.
func (s *Server) reviseProposal(w http.ResponseWriter, r *request) error {
	d, q, err := s.proposalOf(r)
	if err != nil {
		return err
	}
	faults := map[string]string{}
	change := func(p *app.Proposal) error { return revise(r, p, faults) }
	err = s.app.DecideProposal(r.Context(), r.who, d.ID, formVersion(r), []int{q.Seq}, app.ProposalAccepted, change)
	if err == nil {
		return s.redirect(w, r, documentHref(d.ID)+"#"+proposalID(q.Seq), i18n.Text(r.Context(), "document.revised"))
	}
	e, ok := formError(err)
	if !ok {
		return err
	}
	if len(faults) == 0 {
		faults[e.Field] = message(r.Context(), err)
	}
	return s.page(w, r, e.Kind.Status(), proposalFormView(s.proposalPage(r, d, q, r.FormValue, faults)))
}

// valuesOf returns the fields of a proposal as the form shows them.
func valuesOf(q app.Proposal) func(string) string {
	v := map[string]string{}
	switch {
	case q.Task != nil:
		v["text"], v["for"], v["repeat"] = q.Task.Text, string(q.Task.For), string(q.Task.Repeat)
		if !q.Task.Due.IsZero() {
			v["due"] = q.Task.Due.String()
		}
	case q.Target != nil:
		v["kind"], v["indicator"] = q.Target.UnitKind, q.Target.Indicator
		v["min"], v["max"], v["years"] = numberText(q.Target.Min), numberText(q.Target.Max), yearText(q.Target.Years)
	case q.Ceiling != nil:
		v["when"], v["years"] = q.Ceiling.When, yearText(q.Ceiling.Years)
	}
	return func(name string) string { return v[name] }
}

func numberText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func yearText(years []int) string {
	parts := make([]string, len(years))
	for i, y := range years {
		parts[i] = strconv.Itoa(y)
	}
	return strings.Join(parts, ", ")
}

// revise reads the form into a proposal. What cannot be read is named in faults.
func revise(r *request, p *app.Proposal, faults map[string]string) error {
	clear(faults)
	fault := func(field, key string) { faults[field] = i18n.Text(r.Context(), key) }
	switch {
	case p.Task != nil:
		due, ok := readDay(r.FormValue("due"))
		if !ok {
			fault("due", "document.bad_day")
		}
		p.Task.Text, p.Task.For, p.Task.Due = strings.TrimSpace(r.FormValue("text")), app.Doers(r.FormValue("for")), due
		p.Task.Repeat = directive.Optional(r.FormValue("repeat"))
	case p.Target != nil:
		var ok bool
		if p.Target.Min, ok = wholeNumber(r.FormValue("min")); !ok || p.Target.Min == nil {
			fault("min", "target.min")
		}
		if p.Target.Max, ok = wholeNumber(r.FormValue("max")); !ok {
			fault("max", "target.max")
		}
		if p.Target.Years, ok = yearsOf(r.FormValue("years")); !ok {
			fault("years", "document.years")
		}
		p.Target.UnitKind, p.Target.Indicator = r.FormValue("kind"), r.FormValue("indicator")
	case p.Ceiling != nil:
		var ok bool
		if p.Ceiling.Years, ok = yearsOf(r.FormValue("years")); !ok {
			fault("years", "document.years")
		}
		p.Ceiling.When = r.FormValue("when")
	}
	if len(faults) > 0 {
		return errs.E(errs.Invalid, "document.form")
	}
	return nil
}

// readDay reads a day as browsers send it or as people write it; "" is no day.
func readDay(text string) (date.Date, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return date.Date{}, true
	}
	if d, err := date.Parse(text); err == nil {
		return d, true
	}
	var part [3]int
	words := strings.Split(text, "/")
	if len(words) != 3 {
		return date.Date{}, false
	}
	for i, w := range words {
		n, err := strconv.Atoi(strings.TrimSpace(w))
		if err != nil {
			return date.Date{}, false
		}
		part[i] = n
	}
	d, err := date.New(part[2], part[1], part[0])
	return d, err == nil
}

// wholeNumber reads a whole number of people; "" is none. Dots between thousands are fine.
func wholeNumber(text string) (*int, bool) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ".", "")
	if text == "" {
		return nil, true
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return nil, false
	}
	return &n, true
}

// yearsOf reads years with anything but digits between them, and sorts them.
func yearsOf(text string) ([]int, bool) {
	var years []int
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		y, err := strconv.Atoi(w)
		if err != nil {
			return nil, false
		}
		years = append(years, y)
	}
	slices.Sort(years)
	return slices.Compact(years), len(years) > 0
}

func (s *Server) proposalPage(r *request, d app.DocumentPage, q app.Proposal, value func(string) string, faults map[string]string) proposalPage {
	lang := i18n.From(r.Context())
	kind := i18n.T(lang, "document.proposal."+q.Kind)
	href := documentHref(d.ID)
	p := proposalPage{Kind: kind, Action: href + "/proposals/" + strconv.Itoa(q.Seq), Back: href + "#" + proposalID(q.Seq), Version: strconv.Itoa(d.Version)}
	if r.Method == http.MethodPost {
		p.Version = r.FormValue("version")
	}
	p.Base = s.base(r, i18n.T(lang, "document.revise", "kind", kind), documentsCrumb(lang), ui.Crumb{Label: letterHeading(lang, d), Href: p.Back})
	if q.Clause != "" {
		p.Clause = i18n.T(lang, "document.clause", "no", q.Clause)
	}
	if c, ok := d.Letter.Clause(q.Clause); ok && q.From >= 0 && q.From < q.To && q.To <= len(c.Text) {
		p.Quoted = c.Text[q.From:q.To]
	}
	if q.Task != nil {
		p.Doer = q.Task.Doer
	}
	p.Fields = proposalFields(lang, q, value, faults)
	p.Problem = formProblem(faults, p.Fields)
	return p
}

// formProblem heads a refused form, each message leading to its field.
func formProblem(faults map[string]string, fields []proposalField) ui.ProblemBox {
	box := ui.ProblemBox{Mood: ui.Late}
	if text := faults[""]; text != "" {
		box.Findings = append(box.Findings, ui.Finding{Message: text})
	}
	for _, f := range fields {
		if text := faults[f.Name]; text != "" {
			box.Findings = append(box.Findings, ui.Finding{Message: text, Field: f.Name})
		}
	}
	return box
}

func proposalFields(lang i18n.Lang, q app.Proposal, value func(string) string, faults map[string]string) []proposalField {
	in := func(name string) ui.Input {
		return ui.Input{Name: name, Label: i18n.T(lang, "document.input."+name), Value: value(name), Error: faults[name]}
	}
	years := proposalField{Input: in("years"), Control: "text"}
	years.Short, years.Help = true, i18n.T(lang, "document.input.years_help")
	switch {
	case q.Task != nil:
		text := proposalField{Input: in("text"), Control: "area"}
		text.Attrs = map[string]any{"rows": "6"}
		doer := proposalField{Input: in("for"), Control: "select"}
		for _, d := range app.AllDoers() {
			doer.Options = append(doer.Options, ui.Option{Value: string(d), Label: i18n.T(lang, "document.for."+string(d))})
		}
		due := proposalField{Input: in("due"), Control: "date"}
		due.Optional = true
		repeat := proposalField{Input: in("repeat"), Control: "select"}
		repeat.Optional = true
		for _, period := range app.Repeats() {
			key := "document.repeat." + period
			if period == "" {
				key = "document.repeat.once"
			}
			repeat.Options = append(repeat.Options, ui.Option{Value: period, Label: i18n.T(lang, key)})
		}
		return []proposalField{text, doer, due, repeat}
	case q.Target != nil:
		kind := proposalField{Input: in("kind"), Control: "select"}
		for _, k := range org.Kinds() {
			kind.Options = append(kind.Options, ui.Option{Value: string(k), Label: i18n.Sentence(i18n.T(lang, "document.kind."+string(k)))})
		}
		indicator := proposalField{Input: in("indicator"), Control: "select"}
		for _, i := range target.Indicators() {
			indicator.Options = append(indicator.Options, ui.Option{Value: string(i), Label: i.Words()})
		}
		return []proposalField{kind, indicator, figureField(in("min"), ""), figureField(in("max"), i18n.T(lang, "document.input.max_help")), years}
	case q.Ceiling != nil:
		when := proposalField{Input: in("when"), Control: "select"}
		for _, c := range app.Conditions() {
			when.Options = append(when.Options, ui.Option{Value: c, Label: i18n.Sentence(i18n.T(lang, "document.when."+strings.ReplaceAll(c, " ", "_")))})
		}
		return []proposalField{when, years}
	}
	return nil
}

// figureField is a field for a number of people; one with help may be left empty.
func figureField(in ui.Input, help string) proposalField {
	in.Short, in.Help, in.Optional = true, help, help != ""
	in.Attrs = map[string]any{"inputmode": "numeric"}
	return proposalField{Input: in, Control: "text"}
}
