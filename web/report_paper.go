package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"ketnap/document"
	"ketnap/internal/i18n"
	"ketnap/internal/render/docx"
	"ketnap/internal/render/pdf"
	"ketnap/internal/render/table"
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
	return s.sendReportPaper(w, r, reportDOCX())
}

func (s *Server) downloadReportPDF(w http.ResponseWriter, r *request) error {
	return s.sendReportPaper(w, r, reportPDF())
}

// sendReportPaper answers with the report as a paper to be signed, which is made whole
// before the first byte goes out.
func (s *Server) sendReportPaper(w http.ResponseWriter, r *request, format reportFormat) error {
	period, err := periodOf(r)
	if err != nil {
		return err
	}
	code := s.unitOf(r)
	rep, err := s.app.Report(r.Context(), r.who, report.Admission, code, period)
	if err != nil {
		return err
	}
	unit, err := s.app.Unit(r.Context(), r.who, code)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := format.write(&b, table.ReportPaper(rep, unit.Line, r.today)); err != nil {
		return fmt.Errorf("report %s %s: %w", code, period, err)
	}
	name := i18n.Text(r.Context(), "report.file", "period", period.String(), "unit", code) + "." + format.extension
	w.Header().Set("Content-Type", format.media)
	w.Header().Set("Content-Disposition", `attachment; filename="bao-cao-ket-nap-`+period.String()+"."+format.extension+`"; filename*=UTF-8''`+url.PathEscape(name))
	if _, err := b.WriteTo(w); err != nil {
		s.log.Debug("report not taken", "error", err)
	}
	return nil
}
