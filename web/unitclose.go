package web

import (
	"net/http"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) unitCloseRoutes() {
	s.get("/admin/units/{code}/close", s.showClosing)
	s.post("/admin/units/{code}/close", s.closeUnit)
}

// closingPage is the form by which a unit is ended and another one takes over.
type closingPage struct {
	ui.Base
	Problem              ui.ProblemBox
	Action, Back         string
	InTheWay             string // what stands in the way; "" for nothing
	Open                 bool
	On, Successor, Paper ui.Input
}

func (s *Server) showClosing(w http.ResponseWriter, r *request) error {
	d, err := s.app.Closing(r.Context(), r.who, r.PathValue("code"))
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, closingView(s.closingPage(r, d, nil)))
}

func (s *Server) closeUnit(w http.ResponseWriter, r *request) error {
	code := r.PathValue("code")
	on, err := typedDay(r, "on", "unit.close.day")
	if err == nil {
		err = s.app.CloseUnit(r.Context(), r.who, app.ClosingUnit{Unit: code, Successor: r.PostFormValue("successor"), On: on, Document: r.PostFormValue("document")})
	}
	if err == nil {
		return s.redirect(w, r, "/admin/units/"+code, i18n.Text(r.Context(), "unit.close.done"))
	}
	e, ok := formError(err)
	if !ok {
		return err
	}
	d, again := s.app.Closing(r.Context(), r.who, code)
	if again != nil {
		return again
	}
	return s.page(w, r, e.Kind.Status(), closingView(s.closingPage(r, d, e)))
}

func (s *Server) closingPage(r *request, d app.Closing, e *errs.Error) closingPage {
	ctx := r.Context()
	code := string(d.Unit.Code)
	p := closingPage{Action: "/admin/units/" + code + "/close", Back: "/admin/units/" + code, Open: d.Unit.ClosedOn.IsZero()}
	p.Base = s.base(r, i18n.Text(ctx, "unit.close.title"), adminCrumb(r), ui.Crumb{Label: i18n.Text(ctx, "admin.tab.unit"), Href: "/admin/units"}, ui.Crumb{Label: d.Unit.Name, Href: p.Back})
	switch {
	case !p.Open:
		p.InTheWay = i18n.Text(ctx, "unit.close.already")
	case d.OpenFiles > 0:
		p.InTheWay = i18n.Text(ctx, "unit.close.files", "n", d.OpenFiles)
	case d.OpenUnits > 0:
		p.InTheWay = i18n.Text(ctx, "unit.close.units", "n", d.OpenUnits)
	}
	in := func(name, label string) ui.Input {
		x := ui.Input{Name: name, Label: i18n.Text(ctx, label), Value: r.PostFormValue(name)}
		if e != nil && e.Field == name {
			x.Error = message(ctx, e)
		}
		return x
	}
	p.On, p.Successor, p.Paper = in("on", "unit.close.on"), in("successor", "unit.close.to"), in("document", "unit.close.symbol")
	p.Successor.Help = i18n.Text(ctx, "unit.close.to_help")
	if e != nil {
		p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(ctx, e), Field: e.Field}}}
	}
	return p
}
