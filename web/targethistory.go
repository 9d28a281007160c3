package web

import (
	"net/http"
	"slices"
	"strconv"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/target"
	"ketnap/web/ui"
)

func (s *Server) targetHistoryRoutes() {
	s.get("/targets/history", s.showHistory)
	s.post("/targets/history", s.assignFigure)
	s.get("/targets/history.xlsx", s.downloadHistory)
}

func historyHref(unit string) string { return address("/targets/history", "unit", unit) }

// historyPage is every figure of a unit with how it came about, and the form that sets one
// of any span.
type historyPage struct {
	ui.Base
	Problem       ui.ProblemBox
	Heading, Lead string
	Ways          []ui.Link
	Sheet         string
	Rows          []historyRow
	Empty         *ui.Nothing
	Form          *figureForm
}

type historyRow struct {
	What, When, Now string
	Lines           []string // the latest first
}

type figureForm struct {
	Unit, Count                                                string
	Indicator, Quarter, Part, Year, Until, Figure, Base, Paper ui.Input
	Reason                                                     ui.Input
	Indicators, Quarters, Parts                                []ui.Option
	PerYear                                                    ui.Input
	IsPerYear, Open                                            bool
}

func (s *Server) showHistory(w http.ResponseWriter, r *request) error {
	d, err := s.app.TargetHistory(r.Context(), r.who, s.unitOf(r))
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, historyView(s.historyPage(r, d, nil)))
}

// assignFigure sets one figure of any span.
func (s *Server) assignFigure(w http.ResponseWriter, r *request) error {
	unit := r.FormValue("unit")
	n, seen, err := typedSpanFigure(r, unit)
	if err == nil {
		err = s.app.AssignFigure(r.Context(), r.who, n, seen)
	}
	if err == nil {
		return s.redirect(w, r, historyHref(unit), i18n.Text(r.Context(), "target.history.done"))
	}
	e, ok := formError(err)
	if !ok {
		return err
	}
	d, again := s.app.TargetHistory(r.Context(), r.who, unit)
	if again != nil {
		return again
	}
	return s.page(w, r, e.Kind.Status(), historyView(s.historyPage(r, d, e)))
}

// typedSpanFigure reads the form of a figure; it fails on the field that cannot be read.
func typedSpanFigure(r *request, unit string) (n app.NewTarget, seen int, err error) {
	n = app.NewTarget{Unit: unit, Indicator: target.Indicator(r.PostFormValue("indicator")), Reason: r.PostFormValue("reason"), Document: r.PostFormValue("document")}
	n.Part, n.PerYear = target.Part(r.PostFormValue("part")), r.PostFormValue("per_year") != ""
	if seen, err = strconv.Atoi(r.PostFormValue("seen")); err != nil {
		seen = -1 // of no page: stale
	}
	number := func(field string, needed bool) (int, error) {
		v, ok := wholeNumber(r.PostFormValue(field))
		switch {
		case !ok, v == nil && needed:
			return 0, errs.E(errs.Invalid, "target.wrong."+field).On(field)
		case v == nil:
			return 0, nil
		}
		return *v, nil
	}
	if n.Year, err = number("year", true); err != nil {
		return n, seen, err
	}
	if n.Until, err = number("until", false); err != nil {
		return n, seen, err
	}
	if n.Until == n.Year { // one year is a year
		n.Until = 0
	}
	if n.Quarter, err = number("quarter", false); err != nil {
		return n, seen, err
	}
	c, bad := target.ParseCell(r.PostFormValue("figure"))
	if bad != nil || c.Empty {
		return n, seen, errs.E(errs.Invalid, "target.cell.number").On("figure").Because(bad)
	}
	n.Min, n.Max, n.Percent = c.Range.Min, c.Range.Max, c.Percent
	n.BaseOn, err = typedDay(r, "base_on", "target.base.day")
	return n, seen, err
}

func (s *Server) historyPage(r *request, d app.HistoryPage, e *errs.Error) historyPage {
	lang := i18n.From(r.Context())
	unit := string(d.Unit.Code)
	p := historyPage{Heading: i18n.T(lang, "target.history.title"), Lead: d.Unit.Name, Sheet: address("/targets/history.xlsx", "unit", unit),
		Ways: []ui.Link{{Label: i18n.T(lang, "target.grid.back"), Href: targetsHref(unit, d.Today.Year())}}}
	var path []ui.Crumb
	for _, u := range slices.Backward(d.Above) {
		path = append(path, ui.Crumb{Label: u.Name, Href: historyHref(string(u.Code))})
	}
	p.Base = s.base(r, p.Heading+" · "+d.Unit.Name, append(path, ui.Crumb{Label: d.Unit.Name, Href: targetsHref(unit, d.Today.Year())})...)
	for _, h := range slices.Backward(d.Histories) {
		last := h.Figures[len(h.Figures)-1]
		row := historyRow{What: h.Indicator.Words(), When: h.Span.Words(h.Year), Now: last.Words()}
		for _, f := range slices.Backward(h.Figures) {
			row.Lines = append(row.Lines, figureWords(lang, f))
		}
		p.Rows = append(p.Rows, row)
	}
	if len(p.Rows) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.T(lang, "target.history.none"), Text: i18n.T(lang, "target.history.none_text")}
	}
	if d.MayAssign {
		p.Form = figureFormOf(r, d, e)
	}
	if e != nil {
		p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(r.Context(), e), Field: e.Field}}}
	}
	return p
}

func figureFormOf(r *request, d app.HistoryPage, e *errs.Error) *figureForm {
	lang := i18n.From(r.Context())
	in := func(name string) ui.Input {
		x := ui.Input{Name: name, Label: i18n.T(lang, "target.figure."+name), Value: r.PostFormValue(name)}
		if e != nil && (e.Field == name || name == "figure" && (e.Field == "min" || e.Field == "max" || e.Field == "percent")) {
			x.Error = message(r.Context(), e)
		}
		return x
	}
	f := &figureForm{Unit: string(d.Unit.Code), Count: strconv.Itoa(d.Count), Indicator: in("indicator"), Year: in("year"), Until: in("until"), Quarter: in("quarter"),
		Part: in("part"), Figure: in("figure"), Base: in("base_on"), Reason: in("reason"), Paper: in("document"), PerYear: in("per_year"), IsPerYear: r.PostFormValue("per_year") != "", Open: e != nil}
	for _, x := range []*ui.Input{&f.Until, &f.Quarter, &f.Part, &f.Base, &f.Reason, &f.Paper, &f.PerYear} {
		x.Optional = true
	}
	for _, x := range []*ui.Input{&f.Year, &f.Until, &f.Figure, &f.Quarter} {
		x.Short = true
	}
	f.Until.Help, f.Figure.Help, f.Base.Help = i18n.T(lang, "target.figure.until_help"), i18n.T(lang, "target.figure.figure_help"), i18n.T(lang, "target.figure.base_help")
	f.Reason.Help = i18n.T(lang, "target.figure.reason_help")
	for _, i := range target.Indicators() {
		f.Indicators = append(f.Indicators, ui.Option{Value: string(i), Label: i.Words()})
	}
	if f.Indicator.Value == "" {
		f.Indicator.Value = string(target.Admission)
	}
	f.Quarters = []ui.Option{{Label: i18n.T(lang, "target.figure.quarter_none")}}
	for q := 1; q <= 4; q++ {
		f.Quarters = append(f.Quarters, ui.Option{Value: strconv.Itoa(q), Label: i18n.T(lang, "target.figure.quarter_n", "n", q)})
	}
	f.Parts = []ui.Option{{Label: i18n.T(lang, "target.figure.part_whole")}}
	for _, x := range target.Parts() {
		f.Parts = append(f.Parts, ui.Option{Value: string(x), Label: x.Words()})
	}
	return f
}

func (s *Server) downloadHistory(w http.ResponseWriter, r *request) error {
	d, err := s.app.TargetHistory(r.Context(), r.who, s.unitOf(r))
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	t := xlsx.Table{Title: i18n.T(lang, "target.history.title"), Subtitle: d.Unit.Name, Columns: []xlsx.Column{{Name: i18n.T(lang, "plan.col.what")}, {Name: i18n.T(lang, "plan.col.when"), Width: 24},
		{Name: i18n.T(lang, "target.column.plan"), Width: 16}, {Name: i18n.T(lang, "target.column.state"), Width: 16}, {Name: i18n.T(lang, "target.history.on"), Width: 14},
		{Name: i18n.T(lang, "target.history.by"), Width: 24}, {Name: i18n.T(lang, "target.figure.document"), Width: 18}, {Name: i18n.T(lang, "target.figure.reason"), Width: 40}}}
	for _, h := range d.Histories {
		for _, f := range h.Figures {
			t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(h.Indicator.Words()), xlsx.Str(h.Span.Words(h.Year)), xlsx.Str(f.Words()), xlsx.Str(f.State.Words()), xlsx.Str(i18n.Date(lang, f.SetOn)),
				xlsx.Str(f.SetBy), xlsx.Str(f.Document), xlsx.Str(joinWords(" · ", f.Share.Words(), f.Reason))})
		}
	}
	return s.sendSheet(w, "qua-trinh-chi-tieu-"+string(d.Unit.Code), t)
}
