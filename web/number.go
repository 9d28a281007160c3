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
	"ketnap/internal/render/table"
	"ketnap/web/ui"
)

func (s *Server) numberRoutes() {
	s.get("/numbers", s.listNumbers)
	s.get("/numbers.xlsx", s.downloadNumbers)
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
	Sheet   string
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
	p.Sheet = address("/numbers.xlsx", "unit", code, "kind", found.Shown.Kind, "term", found.Shown.Term.String())
	if found.Next > 0 {
		p.Next = address("/numbers", "unit", code, "kind", found.Shown.Kind, "term", found.Shown.Term.String(), "below", strconv.Itoa(found.Next))
	}
	p.form(r, found, fault)
	return s.page(w, r, status, numberView(p))
}

// downloadNumbers answers with a series as a spreadsheet, page after page.
func (s *Server) downloadNumbers(w http.ResponseWriter, r *request) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	term, _ := writtenDay(r.FormValue("term"))
	var rows [][]string
	var unit string
	for below, more := 0, true; more && len(rows) < maxNumberRows; {
		found, err := s.app.Numbers(ctx, r.who, s.unitOf(r), r.FormValue("kind"), term, below)
		if err != nil {
			return err
		}
		unit = found.Unit.Name
		for _, row := range found.Papers {
			state := ""
			if row.State == app.PaperVoided {
				state = i18n.Text(ctx, "paper.voided")
			}
			rows = append(rows, []string{document.FormatNumber(row.Number, row.Symbol), i18n.Date(lang, row.On), row.Title, row.By, state})
		}
		below, more = found.Next, found.Next > 0
	}
	columns := []string{i18n.Text(ctx, "number.col.number"), i18n.Text(ctx, "number.col.on"), i18n.Text(ctx, "number.col.title"), i18n.Text(ctx, "number.col.by"), i18n.Text(ctx, "paper.col.state")}
	return s.sendSheet(w, "so-van-ban-di", table.Register(i18n.Text(ctx, "number.title"), unit, columns, rows, nil))
}

// maxNumberRows is how many papers a spreadsheet of the register takes.
const maxNumberRows = 20000

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
