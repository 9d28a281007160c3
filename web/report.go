package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/org"
	"ketnap/report"
	"ketnap/web/ui"
)

// A reportsPage is the choice of a report: form, unit and period.
type reportsPage struct {
	ui.Base
	Problem ui.ProblemBox
	Form    ui.Input
	Forms   []ui.Option
	Unit    ui.Input
	Units   []ui.Option
	Year    ui.Input
	Part    ui.Input
	Parts   []ui.Option
	Quick   []ui.Link
}

// A reportPage is a report as a document.
type reportPage struct {
	ui.Base
	Head    sheetHeading
	Unit    string
	Title   string
	Choose  string // another unit or period
	Sheet   string
	Word    string
	PDF     string
	Columns []report.Column
	Rows    []reportRow
	Total   []reportCell
	Notes   []string
	Empty   *ui.Nothing
}

// A reportRow is a unit of the table; its cells are those behind code and name.
type reportRow struct {
	Code, Name, Href string
	Cells            []reportCell
}

// A reportCell is a figure of the table under its column.
type reportCell struct {
	Head string
	numberLink
}

// showReports asks which report is wanted, and leads there once it is said.
func (s *Server) showReports(w http.ResponseWriter, r *request) error {
	if form := report.Form(r.FormValue("form")); r.FormValue("go") != "" && (form == report.Admission || slices.Contains(app.SheetForms(), form)) {
		http.Redirect(w, r.Request, address("/reports/"+string(form), "unit", r.FormValue("unit"), "year", r.FormValue("year"), "part", r.FormValue("part")), http.StatusSeeOther)
		return nil
	}
	return s.chooseReport(w, r, http.StatusOK, "")
}

func (s *Server) chooseReport(w http.ResponseWriter, r *request, status int, fault string) error {
	code := s.unitOf(r)
	unit, err := s.app.Unit(r.Context(), r.who, code)
	if err != nil {
		return err
	}
	ctx := r.Context()
	year, part := r.FormValue("year"), r.FormValue("part")
	if year == "" {
		year = strconv.Itoa(r.today.Year())
	}
	p := reportsPage{
		Base: s.base(r, i18n.Text(ctx, "report.title")), Forms: reportForms(r),
		Form: ui.Input{Name: "form", Label: i18n.Text(ctx, "report.form_label"), Value: cmp.Or(r.FormValue("form"), string(report.Admission))},
		Unit: ui.Input{Name: "unit", Label: i18n.Text(ctx, "report.unit"), Value: code},
		Year: ui.Input{Name: "year", Label: i18n.Text(ctx, "report.year"), Value: year, Short: true, Error: fault, Attrs: map[string]any{"inputmode": "numeric", "maxlength": "4"}},
		Part: ui.Input{Name: "part", Label: i18n.Text(ctx, "report.part"), Value: part, Help: i18n.Text(ctx, "report.part.help")},
	}
	if p.Units, err = s.unitOptions(r, unit.Line); err != nil {
		return err
	}
	if fault != "" {
		p.Problem = ui.ProblemBox{Mood: ui.Late, Heading: i18n.Text(ctx, "report.refused"), Findings: []ui.Finding{{Message: fault, Field: "year"}}}
	}
	p.Parts = parts(r)
	for _, q := range quickPeriods(r.today) {
		p.Quick = append(p.Quick, ui.Link{Label: i18n.Sentence(q.Name()), Href: address("/reports/admission", "unit", code, "period", q.String())})
	}
	return s.page(w, r, status, reportsView(p))
}

// parts are the parts of a year that a report may be about.
func parts(r *request) []ui.Option {
	ctx := r.Context()
	out := []ui.Option{{Value: "", Label: i18n.Text(ctx, "report.part.year")},
		{Value: "H1", Label: i18n.Text(ctx, "report.part.h1")}, {Value: "H2", Label: i18n.Text(ctx, "report.part.h2")}}
	for i, q := range []string{"I", "II", "III", "IV"} {
		out = append(out, ui.Option{Value: "Q" + strconv.Itoa(i+1), Label: i18n.Text(ctx, "report.part.quarter", "n", q)})
	}
	for m := 1; m <= 12; m++ {
		out = append(out, ui.Option{Value: fmt.Sprintf("%02d", m), Label: i18n.Text(ctx, "report.part.month", "n", strconv.Itoa(m))})
	}
	return out
}

// quickPeriods are the periods that a day usually asks a report about: the month, the
// quarter and the year that run, and the half.
func quickPeriods(today date.Date) []date.Period {
	var out []date.Period
	for _, code := range []string{
		fmt.Sprintf("%d-%02d", today.Year(), today.Month()), fmt.Sprintf("%d-Q%d", today.Year(), (today.Month()+2)/3),
		fmt.Sprintf("%d-H%d", today.Year(), (today.Month()+5)/6), strconv.Itoa(today.Year()), strconv.Itoa(today.Year() - 1),
	} {
		if p, err := date.ParsePeriod(code); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// periodOf reads the period of an address: whole, or as the form gives it in year and part.
func periodOf(r *request) (date.Period, error) {
	code := strings.TrimSpace(r.FormValue("period"))
	if code == "" {
		if code = strings.TrimSpace(r.FormValue("year")); code == "" {
			code = strconv.Itoa(r.today.Year())
		}
		if part := r.FormValue("part"); part != "" {
			code += "-" + part
		}
	}
	p, err := date.ParsePeriod(code)
	if err != nil || p.Year() < 1930 || p.Year() > 2199 {
		return p, errs.E(errs.Invalid, "report.period", "period", code).On("year").Because(err)
	}
	return p, nil
}

func (s *Server) showReport(w http.ResponseWriter, r *request) error {
	period, err := periodOf(r)
	if e, ok := formError(err); ok {
		return s.chooseReport(w, r, http.StatusUnprocessableEntity, message(r.Context(), e))
	}
	unit := s.unitOf(r)
	rep, err := s.app.Report(r.Context(), r.who, report.Admission, unit, period)
	if err != nil {
		return err
	}
	u, err := s.app.Unit(r.Context(), r.who, unit)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, reportView(s.reportPage(r, rep, u.Line)))
}

func (s *Server) reportPage(r *request, rep report.Report, line []org.Unit) reportPage {
	ctx := r.Context()
	period := rep.Period.String()
	here := func(code string) string { return address("/reports/admission", "unit", code, "period", period) }
	crumbs := append([]ui.Crumb{{Label: i18n.Text(ctx, "report.title"), Href: address("/reports", "unit", rep.Unit)}}, s.above(r, line, here)...)
	p := reportPage{Base: s.base(r, rep.Title(), crumbs...), Head: sheetOf(r, line), Unit: rep.Subtitle(), Title: rep.Title(),
		Choose: address("/reports", "unit", rep.Unit, "year", strconv.Itoa(rep.Period.Year()), "part", strings.TrimPrefix(strings.TrimPrefix(period, strconv.Itoa(rep.Period.Year())), "-")),
		Sheet:  address("/reports/admission.xlsx", "unit", rep.Unit, "period", period), Columns: rep.Columns(),
		Word: address("/reports/admission.docx", "unit", rep.Unit, "period", period), PDF: address("/reports/admission.pdf", "unit", rep.Unit, "period", period), Notes: rep.Notes()}
	d := reportDrawer{s: s, r: r, rep: rep, people: r.who.Has(access.SeeFile, r.today)}
	for _, row := range rep.Rows {
		p.Rows = append(p.Rows, reportRow{Code: row.Unit, Name: row.Name, Href: here(row.Unit), Cells: d.cells(row.Unit, row.Plan, row.Admitted, row.Percent)})
	}
	p.Total = d.cells(rep.Unit, rep.Total.Plan, rep.Total.Admitted, rep.Total.Percent)
	if len(rep.Rows) == 0 && rep.Total.Plan == nil && rep.Total.Admitted == 0 {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "report.empty"), Text: i18n.Text(ctx, "report.empty_why"),
			First: &ui.Action{Label: i18n.Text(ctx, "report.empty_first"), Href: address("/targets", "unit", rep.Unit, "year", strconv.Itoa(rep.Period.Year()))}}
	}
	return p
}

// A reportDrawer draws the figures of a report, each with what is behind it.
type reportDrawer struct {
	s      *Server
	r      *request
	rep    report.Report
	people bool // the actor may see the people behind a figure
}

func (d reportDrawer) cells(code string, plan *int, admitted int, share *string) []reportCell {
	year := strconv.Itoa(d.rep.Period.Year())
	cols := d.rep.Columns()
	planned := numberLink{Text: noFigure, Href: address("/targets", "unit", code, "year", year)}
	if plan != nil {
		planned.Text = i18n.Count(i18n.From(d.r.Context()), *plan)
	}
	done := d.s.number(d.r, admitted, "")
	if d.people && admitted > 0 {
		done.Href = address("/files/admitted", "unit", code, "period", d.rep.Period.String())
	}
	return []reportCell{{cols[2].Head, planned}, {cols[3].Head, done}, {cols[4].Head, numberLink{Text: percent(d.r, share)}}}
}

func (s *Server) downloadReport(w http.ResponseWriter, r *request) error {
	period, err := periodOf(r)
	if err != nil {
		return err
	}
	unit := s.unitOf(r)
	rep, err := s.app.Report(r.Context(), r.who, report.Admission, unit, period)
	if err != nil {
		return err
	}
	return s.sendSheet(w, "ket-nap-"+period.String(), table.Report(rep))
}

// An admittedPage is the people behind a figure of a report.
type admittedPage struct {
	ui.Base
	Lead  string
	Sheet string
	Rows  []admittedRow
	Note  string
	Empty ui.Nothing
}

// An admittedRow is one who was admitted.
type admittedRow struct{ Name, Href, Unit, UnitHref, Decided, Ceremony string }

// admittedOf reads from when to when and asks for the people.
func (s *Server) admittedOf(r *request) (app.AdmittedPage, error) {
	unit := s.unitOf(r)
	span, err := spanOf(r)
	if err != nil {
		return app.AdmittedPage{}, err
	}
	return s.app.Admitted(r.Context(), r.who, unit, span.From, span.To)
}

// spanOf reads the days of a list: from and to, or the period of a report.
func spanOf(r *request) (date.Period, error) {
	if r.FormValue("from") == "" && r.FormValue("to") == "" {
		return periodOf(r)
	}
	from, ok := writtenDay(r.FormValue("from"))
	to, good := writtenDay(r.FormValue("to"))
	if !ok || !good || from.IsZero() || to.IsZero() || to.Before(from) {
		return date.Period{}, errs.E(errs.Invalid, "report.days", "from", r.FormValue("from"), "to", r.FormValue("to"))
	}
	return date.Period{From: from, To: to}, nil
}

func (s *Server) showAdmitted(w http.ResponseWriter, r *request) error {
	found, err := s.admittedOf(r)
	if err != nil {
		return err
	}
	ctx, lang := r.Context(), i18n.From(r.Context())
	span := date.Period{From: found.From, To: found.To}
	code := string(found.Unit.Code)
	here := func(code string) string {
		return address("/files/admitted", "unit", code, "from", span.From.String(), "to", span.To.String())
	}
	p := admittedPage{Base: s.base(r, i18n.Text(ctx, "report.admitted.title", "period", span.Name()), s.above(r, found.Line, here)...),
		Lead: i18n.Text(ctx, "report.admitted.lead", "unit", found.Unit.Name, "n", len(found.Files)), Sheet: address("/files/admitted.xlsx", "unit", code, "from", span.From.String(), "to", span.To.String()),
		Note:  i18n.Text(ctx, "report.admitted.note", "event", found.Event.Words()),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "report.admitted.empty"), Text: i18n.Text(ctx, "report.admitted.empty_why"), First: &ui.Action{Label: i18n.Text(ctx, "report.admitted.first"), Href: address("/files", "unit", code)}}}
	for _, f := range found.Files {
		p.Rows = append(p.Rows, admittedRow{Name: f.Name, Href: "/files/" + f.ID, Unit: f.UnitName, UnitHref: here(string(f.UnitCode)),
			Decided: i18n.Date(lang, f.DecidedOn), Ceremony: i18n.Date(lang, f.AdmittedOn)})
	}
	return s.page(w, r, http.StatusOK, admittedView(p))
}

func (s *Server) downloadAdmitted(w http.ResponseWriter, r *request) error {
	found, err := s.admittedOf(r)
	if err != nil {
		return err
	}
	var lines []table.AdmittedLine
	for _, f := range found.Files {
		lines = append(lines, table.AdmittedLine{Unit: string(f.UnitCode), In: f.UnitName, Name: f.Name, Birth: f.Birth, Decided: f.DecidedOn, Ceremony: f.AdmittedOn})
	}
	return s.sendPeople(w, r, "admitted", string(found.Unit.Code), "da-ket-nap-"+found.From.String(), table.Admitted(found.Unit.Name, found.From, found.To, found.Event, lines))
}
