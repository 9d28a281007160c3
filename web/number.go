package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) numberRoutes() {
	s.get("/numbers", s.listNumbers)
	s.post("/numbers/last", s.setLastNumber)
	s.post("/numbers/term", s.beginTerm)
	s.post("/numbers/head", s.setLetterhead)
}

// A numberPage is the register of a unit's outgoing papers.
type numberPage struct {
	ui.Base
	Lead    string
	Series  []stuckCount // each kind and term with the last number
	Rows    []numberRow
	Next    string
	May     bool
	Unit    string
	Problem ui.ProblemBox
	Kind    ui.Input
	Kinds   []ui.Option
	Last    ui.Input
	Reason  ui.Input
	From    ui.Input
	Term    string
	Head    []ui.Input
}

// A numberRow is one issued paper.
type numberRow struct {
	Number, Href, Title, On, By string
	Voided                      bool
}

func (s *Server) listNumbers(w http.ResponseWriter, r *request) error {
	return s.numberPage(w, r, http.StatusOK, nil)
}

func (s *Server) numberPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	term, _ := writtenDay(r.FormValue("term"))
	below, err := strconv.Atoi(r.FormValue("below"))
	if err != nil {
		below = 0 // the first page
	}
	found, err := s.app.Numbers(ctx, r.who, s.unitOf(r), r.FormValue("kind"), term, below)
	if err != nil {
		return err
	}
	code := string(found.Unit.Code)
	p := numberPage{Base: s.base(r, i18n.Text(ctx, "number.title"), ui.Crumb{Label: i18n.Text(ctx, "register.title"), Href: "/registers"}), Lead: i18n.Text(ctx, "number.lead", "unit", found.Unit.Name), May: found.May, Unit: code}
	for _, x := range found.Series {
		last, _, _ := strings.Cut(document.FormatNumber(x.Last, x.Kind), "-") // the kind stands in the words
		p.Series = append(p.Series, stuckCount{Words: i18n.Text(ctx, "number.series", "kind", x.Kind, "symbol", found.Head.Symbol, "from", seriesStart(lang, x.Term)),
			Count: last, Current: x.Kind == found.Shown.Kind && x.Term == found.Shown.Term,
			Href: address("/numbers", "unit", code, "kind", x.Kind, "term", x.Term.String())})
	}
	for _, row := range found.Papers {
		p.Rows = append(p.Rows, numberRow{Number: document.FormatNumber(row.Number, row.Symbol), Href: "/papers/" + row.ID, Title: row.Title,
			On: i18n.Date(lang, row.On), By: row.By, Voided: row.State == app.PaperVoided})
	}
	if found.Next > 0 {
		p.Next = address("/numbers", "unit", code, "kind", found.Shown.Kind, "term", found.Shown.Term.String(), "below", strconv.Itoa(found.Next))
	}
	p.form(r, found, fault)
	return s.page(w, r, status, numberView(p))
}

// seriesStart says from when the numbers of a series run; nothing where no term is recorded.
func seriesStart(lang i18n.Lang, term date.Date) string {
	if term.Year() < firstTermYear {
		return ""
	}
	return i18n.T(lang, "number.since", "day", i18n.Date(lang, term))
}

// firstTermYear is before any term that an office would record.
const firstTermYear = 1950

// form fills what the keeper of the register may set.
func (p *numberPage) form(r *request, found app.NumberPage, fault *errs.Error) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	var beside map[string]string
	p.Problem, beside = faults(r, fault)
	field := func(name, value string) ui.Input {
		return ui.Input{Name: name, ID: "number-" + name, Label: i18n.Text(ctx, "number.field."+name), Value: typed(r.PostFormValue(name), value), Error: beside[name]}
	}
	p.Kind, p.Last, p.Reason, p.From = field("kind", ""), field("last", ""), field("reason", ""), field("from", "")
	p.Last.Short, p.Last.Help = true, i18n.Text(ctx, "number.field.last.help")
	for _, k := range document.Kinds() {
		p.Kinds = append(p.Kinds, ui.Option{Value: k, Label: k})
	}
	if !found.Since.IsZero() {
		p.Term = i18n.Text(ctx, "number.term.now", "day", i18n.Date(lang, found.Since))
	}
	for _, f := range []struct{ name, value string }{{"name", found.Head.Name}, {"symbol", found.Head.Symbol}, {"place", found.Head.Place}, {"title", found.Head.Title}, {"signer", found.Head.Signer}} {
		in := field(f.name, f.value)
		in.Optional = true
		p.Head = append(p.Head, in)
	}
}

func (s *Server) settledNumber(w http.ResponseWriter, r *request, err error, flash string) error {
	if e, ok := formError(err); ok {
		return s.numberPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, address("/numbers", "unit", r.PostFormValue("unit")), i18n.Text(r.Context(), flash))
}

func (s *Server) setLastNumber(w http.ResponseWriter, r *request) error {
	last, err := strconv.Atoi(r.PostFormValue("last"))
	if err != nil {
		last = -1
	}
	err = s.app.SetLastNumber(r.Context(), r.who, r.PostFormValue("unit"), r.PostFormValue("kind"), last, r.PostFormValue("reason"))
	return s.settledNumber(w, r, err, "number.done")
}

func (s *Server) beginTerm(w http.ResponseWriter, r *request) error {
	from, err := typedDay(r, "from", "lending.day")
	if err == nil {
		err = s.app.BeginTerm(r.Context(), r.who, r.PostFormValue("unit"), from)
	}
	return s.settledNumber(w, r, err, "number.done")
}

func (s *Server) setLetterhead(w http.ResponseWriter, r *request) error {
	h := app.Letterhead{Name: r.PostFormValue("name"), Symbol: r.PostFormValue("symbol"), Place: r.PostFormValue("place"), Title: r.PostFormValue("title"), Signer: r.PostFormValue("signer")}
	return s.settledNumber(w, r, s.app.SetLetterhead(r.Context(), r.who, r.PostFormValue("unit"), h), "number.done")
}
