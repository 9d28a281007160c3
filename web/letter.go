package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// draftPage is the work on a letter that was read in: each clause with what the reader
// proposes beside it, until one confirmation makes the directive of it.
type draftPage struct {
	ui.Base
	ID, Heading, Lead string
	Version           int
	Problem           ui.ProblemBox
	Warnings          ui.ProblemBox
	Facts             []ui.Fact
	FieldsHref        string
	Clauses           []clauseView
	Original          string
	Open              int    // proposals that wait for a decision
	Note              string // how many they are; "" for none
	Any               bool
	Checks            []ui.Check
	Ready             bool
	Confirm, Discard  ui.Ask
}

// letterPage is a confirmed letter with what came of each clause.
type letterPage struct {
	ui.Base
	Heading, Lead string
	Bases         []basisView
	Symbol, Day   string
	Made          []ui.Link
	Clauses       []clauseView
	Facts         []ui.Fact
	Original      string
	Tasks         *ui.Action
	History       string // who entered and who confirmed it
}

type basisView struct{ Symbol, Note string }

// clauseView is a clause of the text with what stands beside it.
type clauseView struct {
	ID, No     string
	Paragraphs [][]segment
	Proposals  []proposalView // of a draft
	Outcomes   []outcomeView  // of a confirmed letter
}

// outcomeView is a line of what came of a clause.
type outcomeView struct {
	ID, Kind      string
	Title, Href   string // no Href where there is nothing behind it
	Detail        string
	Links         []ui.Link
	Figure        string
	Mood          ui.Mood // with State; without one the Figure stands alone
	State, Anchor string
}

func letterHeading(lang i18n.Lang, d app.DocumentPage) string {
	if d.Symbol == "" {
		return i18n.T(lang, "document.unnamed")
	}
	if name := i18n.T(lang, "letter.kind."+strings.ToLower(d.Letter.Kind)); !strings.HasPrefix(name, "letter.kind.") {
		return name + " " + d.Symbol
	}
	return d.Symbol
}

func letterLead(lang i18n.Lang, d app.DocumentPage) string {
	var parts []string
	if !d.IssuedOn.IsZero() {
		parts = append(parts, i18n.T(lang, "letter.of_day", "day", d.IssuedOn))
	}
	for _, text := range []string{d.Letter.Issuer, i18n.Sentence(d.Letter.Subject)} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}

func (s *Server) draftPage(r *request, d app.DocumentPage) draftPage {
	lang := i18n.From(r.Context())
	href := documentHref(d.ID)
	p := draftPage{ID: d.ID, Version: d.Version, Heading: letterHeading(lang, d), Lead: letterLead(lang, d), FieldsHref: href + "/fields",
		Facts: letterFacts(lang, d), Original: d.Text, Open: d.Open(), Any: len(d.Proposals) > 0}
	p.Base = s.base(r, p.Heading, documentsCrumb(lang))
	if p.Open > 0 {
		p.Note = i18n.T(lang, "letter.proposals_note", "n", p.Open)
	}
	if len(d.Letter.Warnings) > 0 {
		p.Warnings = ui.ProblemBox{Mood: ui.Soon, Heading: i18n.T(lang, "letter.warnings", "n", len(d.Letter.Warnings))}
		for _, text := range d.Letter.Warnings {
			p.Warnings.Findings = append(p.Warnings.Findings, ui.Finding{Message: text})
		}
	}
	p.Clauses = clauseViews(d, func(c *clauseView, q app.Proposal) {
		c.Proposals = append(c.Proposals, proposalViewOf(lang, d, q))
	})
	p.Checks, p.Ready = draftChecks(lang, d)
	p.Confirm = ui.Ask{ID: "ask-confirm", Open: i18n.T(lang, "letter.confirm.open"), Heading: i18n.T(lang, "letter.confirm.heading", "symbol", d.Symbol),
		Text: makingWords(lang, d), Action: href + "/confirm", Hidden: map[string]string{"version": strconv.Itoa(d.Version)},
		Submit: i18n.T(lang, "letter.confirm.submit"), Primary: true}
	p.Discard = ui.Ask{ID: "ask-discard", Open: i18n.T(lang, "letter.discard.open"), Heading: i18n.T(lang, "letter.discard.heading"),
		Text: i18n.T(lang, "letter.discard.text"), Action: href + "/discard", Submit: i18n.T(lang, "letter.discard.submit")}
	return p
}

// draftChecks says what is still missing before a draft can be confirmed.
func draftChecks(lang i18n.Lang, d app.DocumentPage) (checks []ui.Check, ready bool) {
	check := func(ok bool, yes, no string, args ...any) {
		c := ui.Check{Mood: ui.Done, Text: i18n.T(lang, yes, args...)}
		if !ok {
			c = ui.Check{Mood: ui.Soon, Text: i18n.T(lang, no, args...)}
		}
		checks = append(checks, c)
	}
	named, dated, open := d.Symbol != "", !d.IssuedOn.IsZero(), d.Open()
	check(named, "letter.check.symbol", "letter.check.symbol_missing", "symbol", d.Symbol)
	check(dated, "letter.check.day", "letter.check.day_missing", "day", d.IssuedOn)
	check(open == 0, "letter.check.decided", "letter.check.undecided", "n", open)
	return checks, named && dated && open == 0
}

// makingWords names what the confirmation will make.
func makingWords(lang i18n.Lang, d app.DocumentPage) string {
	m := d.Making()
	var parts []string
	if m.Tasks > 0 {
		parts = append(parts, i18n.T(lang, "letter.making.tasks", "n", m.Tasks, "units", m.TaskUnits))
	}
	if m.Goals > 0 {
		parts = append(parts, i18n.T(lang, "letter.making.goals", "n", m.Goals))
	}
	if len(m.Years) > 0 {
		parts = append(parts, i18n.T(lang, "letter.making.ceilings", "years", yearWords(lang, m.Years)))
	}
	if len(parts) == 0 {
		return i18n.T(lang, "letter.making.nothing")
	}
	return i18n.T(lang, "letter.making.text", "list", strings.Join(parts, "; "))
}

// yearWords writes years as a sentence does: "2024 và 2025".
func yearWords(lang i18n.Lang, years []int) string {
	var b strings.Builder
	for i, y := range years {
		switch {
		case i > 0 && i == len(years)-1:
			b.WriteString(" " + i18n.T(lang, "letter.and") + " ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(y))
	}
	return b.String()
}

func clauseID(no string) string {
	return strings.TrimSuffix("muc-"+strings.ToLower(strings.ReplaceAll(no, ".", "-")), "-")
}

// clauseViews lays the clauses out, their words marked where a proposal was read from
// them, and hands each proposal to add.
func clauseViews(d app.DocumentPage, add func(*clauseView, app.Proposal)) []clauseView {
	views := make([]clauseView, len(d.Letter.Clauses))
	for i, c := range d.Letter.Clauses {
		v := clauseView{ID: clauseID(c.No), No: c.No}
		var spans []span
		for _, q := range d.Proposals {
			if q.Clause != c.No {
				continue
			}
			if d.Draft() || q.State == app.ProposalAccepted {
				spans = append(spans, span{q.From, q.To, q.Seq})
			}
			add(&v, q)
		}
		v.Paragraphs = marked(c.Text, spans)
		views[i] = v
	}
	return views
}

func letterFacts(lang i18n.Lang, d app.DocumentPage) []ui.Fact {
	l := d.Letter
	var bases, recipients []string
	for _, b := range l.Basis {
		bases = append(bases, b.Text)
	}
	for _, to := range l.Recipients {
		recipients = append(recipients, recipientLine(to.Name, string(to.Purpose)))
	}
	endorsement, endorsed := "", ""
	if l.Endorsement != nil {
		endorsement, endorsed = l.Endorsement.Text, i18n.Date(lang, l.Endorsement.Date)
	}
	all := []ui.Fact{
		{Term: i18n.T(lang, "letter.field.symbol"), Value: l.Symbol},
		{Term: i18n.T(lang, "letter.field.date"), Value: i18n.Date(lang, l.Date)},
		{Term: i18n.T(lang, "letter.field.place"), Value: l.Place},
		{Term: i18n.T(lang, "letter.field.superior"), Value: l.Superior},
		{Term: i18n.T(lang, "letter.field.issuer"), Value: l.Issuer},
		{Term: i18n.T(lang, "letter.field.subject"), Value: l.Subject},
		{Term: i18n.T(lang, "letter.field.bases"), Value: strings.Join(bases, "; ")},
		{Term: i18n.T(lang, "letter.field.addressees"), Value: strings.Join(l.Addressees, "; ")},
		{Term: i18n.T(lang, "letter.field.recipients"), Value: strings.Join(recipients, "; ")},
		{Term: i18n.T(lang, "letter.field.filed"), Value: l.Filed},
		{Term: i18n.T(lang, "letter.field.signer"), Value: joinWords(" · ", l.Signer.Authority, l.Signer.Title, l.Signer.Name)},
		{Term: i18n.T(lang, "letter.field.endorsement"), Value: endorsement, Note: endorsed},
	}
	for i := range all {
		if all[i].Value == "" {
			all[i].Value = i18n.T(lang, "letter.field.none")
		}
	}
	return all
}

func recipientLine(name, purpose string) string {
	if purpose == "" {
		return name
	}
	return name + " (" + purpose + ")"
}

func joinWords(sep string, parts ...string) string {
	var full []string
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, sep)
}

func (s *Server) letterPage(r *request, d app.DocumentPage) letterPage {
	lang := i18n.From(r.Context())
	p := letterPage{Heading: letterHeading(lang, d), Lead: letterLead(lang, d), Symbol: d.Symbol, Day: i18n.Date(lang, d.IssuedOn),
		Facts: letterFacts(lang, d), Original: d.Text}
	p.Base = s.base(r, p.Heading, documentsCrumb(lang))
	for _, b := range d.Letter.Basis {
		v := basisView{Symbol: string(b.Symbol), Note: joinWords(", ", i18n.Date(lang, b.Date), string(b.Issuer))}
		if v.Symbol == "" {
			v.Symbol, v.Note = b.Text, ""
		}
		p.Bases = append(p.Bases, v)
	}
	p.Clauses = clauseViews(d, func(c *clauseView, q app.Proposal) {
		for _, o := range d.Outcomes {
			if o.Seq == q.Seq {
				c.Outcomes = append(c.Outcomes, outcomeViews(lang, d, o)...)
			}
		}
	})
	tasks, goals := 0, 0
	for _, o := range d.Outcomes {
		tasks, goals = tasks+len(o.Tasks), goals+len(o.Goals)
	}
	if tasks > 0 {
		p.Tasks = &ui.Action{Label: i18n.T(lang, "letter.tasks"), Href: documentHref(d.ID) + "/tasks", Primary: true, WideOnly: true}
		p.Made = append(p.Made, ui.Link{Label: i18n.T(lang, "letter.made.tasks", "n", tasks), Href: p.Tasks.Href})
	}
	if goals > 0 {
		p.Made = append(p.Made, ui.Link{Label: i18n.T(lang, "letter.made.goals", "n", goals), Href: targetsHref(goalUnit(d), d.IssuedOn.Year())})
	}
	p.History = i18n.T(lang, "letter.history", "entered_by", d.EnteredBy, "entered", d.EnteredAt, "confirmed_by", d.ConfirmedBy, "confirmed", d.ConfirmedAt)
	return p
}

// goalUnit is the unit under which the reader finds the goals of a letter; "" for the own.
func goalUnit(d app.DocumentPage) string {
	if d.MayEnter {
		return string(d.UnitCode)
	}
	return ""
}

// confirmLetter makes the directive. A second press finds it made and leads to it.
func (s *Server) confirmLetter(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	err := s.app.ConfirmLetter(r.Context(), r.who, id, formVersion(r))
	if err == nil {
		return s.redirect(w, r, documentHref(id), i18n.Text(r.Context(), "letter.confirmed"))
	}
	return s.refusedDraft(w, r, id, err)
}

func (s *Server) discardLetter(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	err := s.app.DiscardDraft(r.Context(), r.who, id)
	if err == nil {
		return s.redirect(w, r, "/documents", i18n.Text(r.Context(), "letter.discarded"))
	}
	return s.refusedDraft(w, r, id, err)
}

// refusedDraft shows a draft again with what speaks against the last act. Where somebody
// has confirmed it meanwhile, the confirmed letter answers.
func (s *Server) refusedDraft(w http.ResponseWriter, r *request, id string, err error) error {
	e, ok := formError(err)
	if !ok {
		return err
	}
	d, readErr := s.app.Document(r.Context(), r.who, id)
	if readErr != nil {
		return readErr
	}
	if !d.Draft() {
		return s.redirect(w, r, documentHref(id), i18n.Text(r.Context(), "letter.confirmed_before"))
	}
	p := s.draftPage(r, d)
	p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(r.Context(), err)}}}
	return s.page(w, r, e.Kind.Status(), draftView(p))
}

// formVersion is the version that a form was filled in on; one that is no number is none.
func formVersion(r *request) int {
	v, err := strconv.Atoi(r.FormValue("version"))
	if err != nil {
		return 0
	}
	return v
}

// draftOf returns a letter that can still be corrected: NotFound for any other.
func (s *Server) draftOf(r *request) (app.DocumentPage, error) {
	d, err := s.app.Document(r.Context(), r.who, r.PathValue("id"))
	if err == nil && !d.Draft() {
		err = errs.E(errs.NotFound, "document.none")
	}
	return d, err
}

// idAttr is an id, or none where it is empty.
func idAttr(id string) templ.Attributes {
	if id == "" {
		return nil
	}
	return templ.Attributes{"id": id}
}
