package web

import (
	"net/http"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/person"
	"ketnap/web/ui"
)

// A religionPage is the list of religions as the administrator keeps it (IDN-23).
type religionPage struct {
	ui.Base
	Tabs    []adminTab
	Lines   []religionLine
	History []settingLine
	Today   string
	Value   func(string) string // what was typed in a field
	Problem ui.ProblemBox
	Errors  map[string]string
}

type religionLine struct {
	Code, Name string
	Closed     bool
}

func (s *Server) showReligions(w http.ResponseWriter, r *request) error {
	return s.religionPage(w, r, http.StatusOK, nil)
}

func (s *Server) religionPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx := r.Context()
	list, err := s.app.ReligionList(ctx, r.who)
	if err != nil {
		return err
	}
	p := religionPage{Base: s.base(r, i18n.Text(ctx, "identity.religion.title")), Tabs: adminTabs(r, "/admin/religions"), Today: list.Today.String(), Value: r.PostFormValue}
	p.Problem, p.Errors = faults(r, fault)
	for _, t := range list.List {
		p.Lines = append(p.Lines, religionLine{Code: t.Code, Name: t.Name, Closed: list.Closed[t.Code]})
	}
	for _, row := range list.Rows {
		l := settingLine{What: row.Code, Value: row.Name, From: row.From.VN(), Reason: row.Reason}
		if row.Closed {
			l.Value = i18n.Text(ctx, "identity.religion.closed", "name", row.Name)
		}
		p.History = append(p.History, l)
	}
	return s.page(w, r, status, religionView(p))
}

// setReligion adds, renames or closes an entry.
func (s *Server) setReligion(w http.ResponseWriter, r *request) error {
	from, ok := writtenDay(r.PostFormValue("from"))
	e := app.ReligionRow{ReligionRow: person.ReligionRow{Code: strings.TrimSpace(r.PostFormValue("code")), Name: r.PostFormValue("name"), From: from,
		Closed: r.PostFormValue("closed") != ""}, Reason: r.PostFormValue("reason")}
	err := s.app.SetReligion(r.Context(), r.who, e)
	if e, ours := formError(err); ours {
		if !ok && e.Field == "from" {
			e = errs.E(errs.Invalid, "act.wrong.day", "typed", r.PostFormValue("from")).On("from")
		}
		return s.religionPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/admin/religions", i18n.Text(r.Context(), "identity.religion.saved"))
}
