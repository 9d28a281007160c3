package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/document"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/web/ui"
)

func (s *Server) paperRoutes() {
	s.get("/files/{id}/papers", s.listPapers)
	s.get("/files/{id}/papers.xlsx", s.downloadPapers)
	s.get("/files/{id}/papers/{code}", s.showPaper)
	s.post("/files/{id}/papers/{code}", s.issuePaper)
	s.get("/files/{id}/papers/{code}/draft", s.downloadDraft)
	s.post("/files/{id}/papers/{code}/keeping", s.keepPaper)
	s.get("/papers/{paper}", s.showIssued)
	s.get("/papers/{paper}/file", s.downloadPaper)
}

// A papersPage is all papers of a file: who makes each, how it stands, what was issued.
type papersPage struct {
	ui.Base
	Name   string
	Back   string
	Groups []paperGroup
	Loans  string // where the file was lent to
	Scans  string // where its scans are; "" where the administrator keeps them off
	Sheet  string
}

// A paperGroup is the papers of one part of the road.
type paperGroup struct {
	ID, Title string
	Rows      []paperRow
}

// A paperRow is one form of a file.
type paperRow struct {
	Code, Name, By string
	Mood           ui.Mood
	State          string
	Until          string
	Kept           string
	Issued         []ui.Link
	Open           ui.Action
}

func paperHref(file, code string) string {
	return "/files/" + file + "/papers/" + url.PathEscape(code)
}

func (s *Server) listPapers(w http.ResponseWriter, r *request) error {
	found, err := s.app.Papers(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := papersPage{Base: s.base(r, i18n.Text(ctx, "paper.title"), paperCrumbs(r, found.File)...), Name: found.File.Name,
		Back: "/files/" + found.File.ID, Loans: "/files/" + found.File.ID + "/lendings", Sheet: "/files/" + found.File.ID + "/papers.xlsx",
		Groups: s.paperGroups(r, found)}
	if found.Attachments {
		p.Scans = "/files/" + found.File.ID + "/attachments"
	}
	return s.page(w, r, http.StatusOK, papersView(p))
}

// paperGroups sorts the papers of a file by the dossier to which they belong.
func (s *Server) paperGroups(r *request, found app.PaperPage) (groups []paperGroup) {
	for _, g := range []struct {
		id   string
		fits func(app.PaperLine) bool
	}{
		{"admission", func(l app.PaperLine) bool { return admissionPaper(l.Form.Code) }},
		{"recognition", func(l app.PaperLine) bool { return recognitionPaper(l.Form.Code) }},
		{"beside", func(l app.PaperLine) bool { return !admissionPaper(l.Form.Code) && !recognitionPaper(l.Form.Code) }},
	} {
		group := paperGroup{ID: "h-" + g.id, Title: i18n.Text(r.Context(), "paper.group."+g.id)}
		for _, l := range found.Lines {
			if g.fits(l) {
				group.Rows = append(group.Rows, s.paperRow(r, found, l))
			}
		}
		if len(group.Rows) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

func (s *Server) downloadPapers(w http.ResponseWriter, r *request) error {
	found, err := s.app.Papers(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	var rows [][]string
	for _, g := range s.paperGroups(r, found) {
		for _, row := range g.Rows {
			var issued []string
			for _, l := range row.Issued {
				issued = append(issued, l.Label)
			}
			rows = append(rows, []string{row.Code, row.Name, row.By, row.State, row.Until, row.Kept, strings.Join(issued, "; ")})
		}
	}
	return s.sendPeople(w, r, "papers", found.File.Unit, "giay-to", table.Register(i18n.T(lang, "paper.title"), found.File.Name,
		texts(lang, "paper.col.code", "paper.col.name", "paper.col.by", "paper.col.state", "paper.col.until", "paper.col.kept", "paper.col.issued"), rows, nil))
}

// admissionPaper and recognitionPaper say to which dossier a form belongs.
func admissionPaper(code string) bool {
	n := paperNumber(code)
	return n >= 1 && n <= 9 || code == string(admission.PaperCertificate) || strings.HasPrefix(code, "CN-NTVĐ")
}

func recognitionPaper(code string) bool {
	n := paperNumber(code)
	return n >= 10 || code == string(admission.PaperNewMember)
}

// paperNumber is the number in the code of a form, 4 of 4A-KNĐ; 0 for a code without one.
func paperNumber(code string) int {
	digits, _, ok := strings.Cut(code, "-KNĐ")
	n, err := strconv.Atoi(strings.TrimRight(digits, "AB"))
	if !ok || err != nil {
		return 0
	}
	return n
}

// paperOfParty says whether a form carries a code of the Party's own guidance; other codes
// are the program's and tell a reader nothing.
func paperOfParty(code string) bool {
	return strings.HasSuffix(code, "-KNĐ") || strings.HasSuffix(code, "-HSĐV")
}

func (s *Server) paperRow(r *request, found app.PaperPage, l app.PaperLine) paperRow {
	ctx, lang := r.Context(), i18n.From(r.Context())
	row := paperRow{Code: l.Form.Code, Name: l.Form.Name, By: l.Form.By, Mood: ui.Todo,
		Open: ui.Action{Label: i18n.Text(ctx, paperButton(l)), Href: paperHref(found.File.ID, l.Form.Code)}}
	if l.Paper.Code != "" {
		row.Mood, row.State = paperMood(l.Paper.State), i18n.Text(ctx, "paper.state."+string(l.Paper.State))
		if !l.Paper.Date.IsZero() {
			row.State += " — " + i18n.Date(lang, l.Paper.Date)
		}
		if !l.Paper.Until.IsZero() {
			row.Until = i18n.Date(lang, l.Paper.Until)
		}
	}
	if l.Keep.Place != "" {
		row.Kept = i18n.Text(ctx, "paper.kept", "place", l.Keep.Place, "keeper", l.Keep.Keeper)
	}
	for _, issued := range l.Issued {
		row.Issued = append(row.Issued, ui.Link{Label: issuedLabel(r, issued), Href: "/papers/" + issued.ID})
	}
	return row
}

func paperMood(state admission.PaperState) ui.Mood {
	switch state {
	case admission.Missing:
		return ui.Todo
	case admission.Expiring:
		return ui.Soon
	case admission.Expired:
		return ui.Late
	}
	return ui.Done
}

// paperButton is what one does with a form.
func paperButton(l app.PaperLine) string {
	switch {
	case l.Form.Hand:
		return "paper.open.guide"
	case l.May && len(l.Issued) == 0:
		return "paper.open.issue"
	}
	return "paper.open.draft"
}

// issuedLabel names an issued paper: its number, its day, and whether it still stands.
func issuedLabel(r *request, p app.PaperRow) string {
	lang := i18n.From(r.Context())
	text := i18n.T(lang, "paper.issued_on", "day", i18n.Date(lang, p.On))
	if p.Number > 0 {
		text = i18n.T(lang, "paper.issued", "number", document.FormatNumber(p.Number, p.Symbol), "day", i18n.Date(lang, p.On))
	}
	if p.State == app.PaperVoided {
		text += " (" + i18n.T(lang, "paper.voided") + ")"
	}
	return text
}

func paperCrumbs(r *request, f admission.File) []ui.Crumb {
	return []ui.Crumb{{Label: i18n.Text(r.Context(), "file.list.title"), Href: "/files"}, {Label: f.Name, Href: "/files/" + f.ID}}
}
