package web

import (
	"net/http"
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

// reportSheetRoutes names the pages and files of the reports that have columns of their own.
func (s *Server) reportSheetRoutes() {
	for _, form := range app.SheetForms() {
		path := "/reports/" + string(form)
		s.get(path, s.showReportSheet(form))
		s.get(path+".xlsx", s.downloadReportSheet(form))
		s.get(path+".docx", func(w http.ResponseWriter, r *request) error { return s.sendReportPaper(w, r, form, reportDOCX()) })
		s.get(path+".pdf", func(w http.ResponseWriter, r *request) error { return s.sendReportPaper(w, r, form, reportPDF()) })
	}
}

// A reportSheetPage is a report with columns of its own as a document.
type reportSheetPage struct {
	ui.Base
	Head    sheetHeading
	Lead    string
	Choose  string
	Sheet   string
	Word    string
	PDF     string
	Columns []report.Figure
	Rows    []reportRow
	Total   []reportCell
	Notes   []string
}

// reportForms are the forms that the page of reports offers.
func reportForms(r *request) []ui.Option {
	out := []ui.Option{{Value: string(report.Admission), Label: i18n.Text(r.Context(), "report.admission")}}
	for _, f := range app.SheetForms() {
		out = append(out, ui.Option{Value: string(f), Label: i18n.Text(r.Context(), "report.form."+string(f))})
	}
	return out
}

func (s *Server) showReportSheet(form report.Form) handler {
	return func(w http.ResponseWriter, r *request) error {
		period, err := periodOf(r)
		if e, ok := formError(err); ok {
			r.Form.Set("form", string(form))
			return s.chooseReport(w, r, http.StatusUnprocessableEntity, message(r.Context(), e))
		}
		code := s.unitOf(r)
		sheet, err := s.app.Sheet(r.Context(), r.who, form, code, period)
		if err != nil {
			return err
		}
		line, err := s.sheetLine(r, form, code, period)
		if err != nil {
			return err
		}
		return s.page(w, r, http.StatusOK, reportSheetView(s.reportSheetPage(r, sheet, line, period)))
	}
}

// sheetLine is the unit of a report with those above it. An office sees the unions beside
// its units without their line.
func (s *Server) sheetLine(r *request, form report.Form, code string, period date.Period) ([]org.Unit, error) {
	u, err := s.app.Unit(r.Context(), r.who, code)
	if err == nil || form != report.Union || errs.KindOf(err) != errs.NotFound {
		return u.Line, err
	}
	c, err := s.app.UnionCriterion(r.Context(), r.who, code, period.Year())
	return []org.Unit{c.Unit}, err
}

func (s *Server) reportSheetPage(r *request, sheet report.Sheet, line []org.Unit, period date.Period) reportSheetPage {
	ctx, path, code := r.Context(), "/reports/"+string(sheet.Form), sheet.Unit
	year := strconv.Itoa(period.Year())
	file := func(extension string) string { return address(path+extension, "unit", code, "period", period.String()) }
	here := func(code string) string { return address(path, "unit", code, "period", period.String()) }
	crumbs := append([]ui.Crumb{{Label: i18n.Text(ctx, "report.title"), Href: address("/reports", "unit", code)}}, s.above(r, line, here)...)
	p := reportSheetPage{Base: s.base(r, table.SheetTitle(sheet), crumbs...), Head: sheetOf(r, line), Lead: sheet.Name, Notes: sheet.Notes, Columns: sheet.Columns,
		Choose: address("/reports", "unit", code, "form", string(sheet.Form), "year", year, "part", strings.TrimPrefix(strings.TrimPrefix(period.String(), year), "-")),
		Sheet:  file(".xlsx"), Word: file(".docx"), PDF: file(".pdf"), Total: s.reportSheetCells(r, sheet, sheet.Total)}
	p.Wide = true
	for _, row := range sheet.Rows {
		p.Rows = append(p.Rows, reportRow{Code: row.Unit, Name: row.Name, Href: here(row.Unit), Cells: s.reportSheetCells(r, sheet, row)})
	}
	return p
}

func (s *Server) reportSheetCells(r *request, sheet report.Sheet, row report.SheetRow) []reportCell {
	out := make([]reportCell, len(sheet.Columns))
	for i, c := range sheet.Columns {
		out[i] = reportCell{c.Name, numberLink{Text: noFigure}}
		if i < len(row.Values) && row.Values[i] != nil {
			out[i].numberLink = s.number(r, *row.Values[i], sheetHref(r, sheet, row.Unit))
		}
	}
	return out
}

// sheetHref leads to what stands behind the figures of a unit, for who may see it.
func sheetHref(r *request, sheet report.Sheet, unit string) string {
	if sheet.Form == report.Source && r.who.Has(access.SeeRating, r.today) {
		return address("/source", "unit", unit, "period", sheet.Period.String())
	}
	return ""
}

func (s *Server) downloadReportSheet(form report.Form) handler {
	return func(w http.ResponseWriter, r *request) error {
		period, err := periodOf(r)
		if err != nil {
			return err
		}
		sheet, err := s.app.Sheet(r.Context(), r.who, form, s.unitOf(r), period)
		if err != nil {
			return err
		}
		return s.sendSheet(w, "bao-cao-"+string(form)+"-"+period.String(), table.Sheet(sheet))
	}
}
