package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// downloadDraft answers with a draft or a guide as a file.
func (s *Server) downloadDraft(w http.ResponseWriter, r *request) error {
	format := r.FormValue("format")
	if !app.ValidFormat(format) {
		return errs.E(errs.NotFound, "paper.none")
	}
	ask, fault := askOf(r)
	if fault != nil {
		return fault
	}
	id, code := r.PathValue("id"), r.PathValue("code")
	doc, err := s.app.PaperDraft(r.Context(), r.who, id, code, ask, true)
	if err != nil {
		return err
	}
	b, err := app.RenderPaper(format, doc)
	if err != nil {
		return err
	}
	if err := s.app.LogPrint(r.Context(), r.who, id, code, "draft/"+code+"."+format); err != nil {
		return err
	}
	return s.sendFile(w, fileTitle(code), format, b)
}

// An issuedPage is an issued paper.
type issuedPage struct {
	ui.Base
	Facts   []ui.Fact
	Sums    []issuedSum
	Voided  bool
	Altered ui.ProblemBox // what was altered past the program
	Sheet   *document.Document
	Files   []ui.Action // those that may be taken
}

// An issuedSum is what vouches for the content of a paper or for one of its files.
type issuedSum struct{ Term, Hash, Note string }

func (s *Server) showIssued(w http.ResponseWriter, r *request) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	paper, err := s.app.IssuedPaper(ctx, r.who, r.PathValue("paper"))
	if err != nil {
		return err
	}
	row := paper.Row
	var crumbs []ui.Crumb
	if row.File != "" {
		crumbs = append(crumbs, ui.Crumb{Label: i18n.Text(ctx, "paper.file"), Href: "/files/" + row.File}, ui.Crumb{Label: i18n.Text(ctx, "paper.title"), Href: "/files/" + row.File + "/papers"})
	}
	p := issuedPage{Base: s.base(r, row.Title, crumbs...), Voided: row.State == app.PaperVoided,
		Facts: []ui.Fact{{Term: i18n.Text(ctx, "paper.fact.issued"), Value: i18n.Text(ctx, "paper.fact.by", "name", row.By, "day", i18n.Date(lang, row.On))}}}
	if row.Number > 0 {
		p.Facts = append([]ui.Fact{{Term: i18n.Text(ctx, "paper.fact.number"), Value: document.FormatNumber(row.Number, row.Symbol)}}, p.Facts...)
	}
	p.vouch(r, paper)
	return s.page(w, r, http.StatusOK, issuedView(p))
}

// vouch says of the content and of each file whether it still is what was issued, and
// offers the files that are.
func (p *issuedPage) vouch(r *request, paper app.Issued) {
	ctx := r.Context()
	p.Altered = ui.ProblemBox{Mood: ui.Late, Heading: i18n.Text(ctx, "paper.altered.title")}
	tell := func(key string, args ...any) {
		p.Altered.Findings = append(p.Altered.Findings, ui.Finding{Message: i18n.Text(ctx, key, args...)})
	}
	content := issuedSum{Term: i18n.Text(ctx, "paper.fact.hash"), Hash: paper.Row.Hash}
	if p.Sheet = &paper.Sheet; paper.Altered {
		tell("paper.altered")
		if paper.Unreadable {
			tell("paper.altered.unreadable")
			p.Sheet = nil
		}
	} else {
		content.Note = i18n.Text(ctx, "paper.fact.frozen")
	}
	p.Sums = append(p.Sums, content)
	for _, f := range paper.Prints {
		format := strings.ToUpper(f.Format)
		sum := issuedSum{Term: i18n.Text(ctx, "paper.fact.file", "format", format), Hash: f.Hash, Note: i18n.Text(ctx, "paper.fact.compare")}
		if f.Hash == "" {
			sum.Note = i18n.Text(ctx, "paper.fact.unmade.note")
		}
		if f.Altered {
			tell("paper.altered.file", "format", format)
			sum.Note = ""
		} else if !paper.Altered {
			p.Files = append(p.Files, ui.Action{Label: i18n.Text(ctx, "paper."+f.Format), Href: "/papers/" + paper.Row.ID + "/file?format=" + f.Format,
				Primary: f.Format == "pdf", Download: true})
		}
		p.Sums = append(p.Sums, sum)
	}
}

func (s *Server) downloadPaper(w http.ResponseWriter, r *request) error {
	row, b, err := s.app.PaperFile(r.Context(), r.who, r.PathValue("paper"), r.FormValue("format"))
	if err != nil {
		return err
	}
	name := row.Code
	if row.Number > 0 {
		name += " " + document.FormatNumber(row.Number, row.Symbol)
	}
	return s.sendFile(w, fileTitle(name), r.FormValue("format"), b)
}

// fileTitle makes of a title the name of a file.
func fileTitle(title string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, c) {
			return '-'
		}
		return c
	}, title)
}

// mediaTypes are those of the files that are made of papers.
var mediaTypes = map[string]string{ //nolint:gochecknoglobals // a table
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pdf":  "application/pdf", "jpeg": "image/jpeg", "png": "image/png", "ics": "text/calendar; charset=utf-8",
}

// sendFile answers with a file under a name that may be Vietnamese.
func (s *Server) sendFile(w http.ResponseWriter, name, format string, b []byte) error {
	w.Header().Set("Content-Type", mediaTypes[format])
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.Header().Set("Content-Disposition", `attachment; filename="ketnap.`+format+`"; filename*=UTF-8''`+url.PathEscape(name+"."+format))
	if _, err := w.Write(b); err != nil {
		s.log.Debug("file not taken", "error", err)
	}
	return nil
}
