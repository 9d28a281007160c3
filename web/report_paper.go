package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"ketnap/date"
	"ketnap/document"
	"ketnap/internal/i18n"
	"ketnap/internal/render/docx"
	"ketnap/internal/render/pdf"
	"ketnap/internal/render/table"
	"ketnap/org"
	"ketnap/report"
)

// A reportFormat is a file that a report is handed out as.
type reportFormat struct {
	extension, media string
	write            func(io.Writer, document.Document) error
}

func reportDOCX() reportFormat {
	return reportFormat{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.Write}
}

func reportPDF() reportFormat { return reportFormat{"pdf", "application/pdf", pdf.Write} }

func (s *Server) downloadReportDOCX(w http.ResponseWriter, r *request) error {
	return s.sendReportPaper(w, r, report.Admission, reportDOCX())
}

func (s *Server) downloadReportPDF(w http.ResponseWriter, r *request) error {
	return s.sendReportPaper(w, r, report.Admission, reportPDF())
}

// sendReportPaper answers with a report as a paper to be signed, which is made whole
// before the first byte goes out.
func (s *Server) sendReportPaper(w http.ResponseWriter, r *request, form report.Form, format reportFormat) error {
	period, err := periodOf(r)
	if err != nil {
		return err
	}
	code := s.unitOf(r)
	line, err := s.sheetLine(r, form, code, period)
	if err != nil {
		return err
	}
	paper, err := s.reportPaper(r, form, line, period)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := format.write(&b, paper); err != nil {
		return fmt.Errorf("report %s %s: %w", code, period, err)
	}
	ascii, key := "bao-cao-ket-nap-", "report.file"
	if form != report.Admission {
		ascii, key = "bao-cao-"+string(form)+"-", "report.file."+string(form)
	}
	name := i18n.Text(r.Context(), key, "period", period.String(), "unit", code) + "." + format.extension
	w.Header().Set("Content-Type", format.media)
	w.Header().Set("Content-Disposition", `attachment; filename="`+ascii+period.String()+"."+format.extension+`"; filename*=UTF-8''`+url.PathEscape(name))
	if _, err := b.WriteTo(w); err != nil {
		s.log.Debug("report not taken", "error", err)
	}
	return nil
}

func (s *Server) reportPaper(r *request, form report.Form, line []org.Unit, period date.Period) (document.Document, error) {
	code := string(line[0].Code)
	if form != report.Admission {
		sheet, err := s.app.Sheet(r.Context(), r.who, form, code, period)
		return table.SheetPaper(sheet, line, r.today), err
	}
	rep, err := s.app.Report(r.Context(), r.who, form, code, period)
	return table.ReportPaper(rep, line, r.today), err
}
