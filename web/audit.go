package web

import (
	"net/http"
	"net/url"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) auditRoutes() {
	s.get("/audit", s.showAudit)
	s.post("/audit/verify", s.verifyAudit)
}

// auditRows is how many rows a page of the record shows.
const auditRows = 50

// An auditLine is a row of the record in words.
type auditLine struct {
	ID                    string
	At, Who, What, Object string
	Unit                  string
	Before, After, Rules  string
}

// An auditPage is the record of acts.
type auditPage struct {
	ui.Base
	Unit, Day string // of the filter, as typed
	Problem   ui.ProblemBox
	Errors    map[string]string
	Result    *ui.Flash // of a verification
	Lines     []auditLine
	Pages     ui.Pages
	Empty     ui.Nothing
}

func (s *Server) showAudit(w http.ResponseWriter, r *request) error {
	return s.auditPage(w, r, nil)
}

// verifyAudit goes through the record and says what it found on the page itself: it
// changes nothing, so that reloading it does no harm.
func (s *Server) verifyAudit(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	c, err := s.app.CheckAudit(ctx, r.who)
	if err != nil {
		return err
	}
	result := &ui.Flash{Mood: ui.Late}
	switch {
	case c.OK:
		result = &ui.Flash{Mood: ui.Done, Text: i18n.Text(ctx, "audit.ok", "n", c.Rows)}
	case c.Place != "":
		result.Text = i18n.Text(ctx, "audit.bad", "n", c.Rows, "place", c.Place)
	default:
		result.Text = i18n.Text(ctx, "audit.bad.hidden", "n", c.Rows)
	}
	return s.auditPage(w, r, result)
}

func (s *Server) auditPage(w http.ResponseWriter, r *request, result *ui.Flash) error {
	ctx := r.Context()
	p := auditPage{Unit: strings.TrimSpace(r.FormValue("unit")), Day: strings.TrimSpace(r.FormValue("day"))}
	f := app.AuditFilter{Unit: p.Unit, Cursor: r.FormValue("after"), Limit: auditRows}
	status := http.StatusOK
	if p.Day != "" {
		var err error
		if f.Day, err = date.Parse(p.Day); err != nil {
			status = http.StatusUnprocessableEntity
			p.Problem, p.Errors = faults(r, errs.E(errs.Invalid, "audit.bad_day").On("day"))
		}
	}
	list, err := s.app.Audit(ctx, r.who, f)
	if err != nil {
		return err
	}
	p.Base = s.base(r, i18n.Text(ctx, "audit.title"))
	if result != nil {
		p.Flash = result
	}
	for _, row := range list.Rows {
		p.Lines = append(p.Lines, lineOfAudit(r, row))
	}
	p.Pages = auditPages(p, list.Next, f.Cursor)
	p.Empty = ui.Nothing{Title: i18n.Text(ctx, "audit.empty.title"), Text: i18n.Text(ctx, "audit.empty")}
	return s.page(w, r, status, auditView(p))
}

func auditPages(p auditPage, next, cursor string) ui.Pages {
	q := url.Values{}
	if p.Unit != "" {
		q.Set("unit", p.Unit)
	}
	if p.Day != "" {
		q.Set("day", p.Day)
	}
	var pages ui.Pages
	if cursor != "" {
		pages.Prev = "/audit?" + q.Encode()
	}
	if next != "" {
		q.Set("after", next)
		pages.Next = "/audit?" + q.Encode()
	}
	return pages
}

func lineOfAudit(r *request, row app.AuditEntry) auditLine {
	ctx := r.Context()
	noun, id, _ := strings.Cut(row.Object, "/")
	l := auditLine{At: i18n.Moment(i18n.From(ctx), row.At), Who: row.Name, Unit: row.Unit, Before: row.Before, After: row.After, Rules: row.Rules,
		What:   known("audit.right.", strings.ReplaceAll(row.Right, ".", "_"), "right", row.Right, r),
		Object: known("audit.object.", noun, "object", noun, r)}
	if l.Who == "" {
		l.Who = i18n.Text(ctx, "audit.system")
	}
	l.ID = id
	return l
}

// known is the word for a name, or the name itself where there is no word for it.
func known(prefix, name, part, raw string, r *request) string {
	lang := i18n.From(r.Context())
	if i18n.Default().Has(i18n.Vietnamese, prefix+name) {
		return i18n.T(lang, prefix+name)
	}
	return i18n.T(lang, prefix+"other", part, raw)
}
