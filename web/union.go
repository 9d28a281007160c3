package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) unionRoutes() {
	s.get("/unions", s.showUnions)
	s.unionCampaignRoutes()
	s.unionPersonRoutes()
	s.unionMovementRoutes()
	s.unionSessionRoutes()
	s.unionCriterionRoutes()
}

// showUnions is the first page about unions: what to do now, and every union with what it
// has done this year.
func (s *Server) showUnions(w http.ResponseWriter, r *request) error {
	h, err := s.app.UnionHome(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.title")), Lead: i18n.Text(ctx, "union.lead"), Tabs: unionTabs(r, "home"), Todos: unionTodos(r, h.Todos)}
	p.Crumbs = nil
	if len(h.Todos) == 0 {
		p.Sections = append(p.Sections, unionSection{ID: "viec", Title: i18n.Text(ctx, "union.todo.title"), None: i18n.Text(ctx, "union.todo.none")})
	}
	if len(h.Lines) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "union.none"), Text: i18n.Text(ctx, "union.none_why")}
		return s.page(w, r, http.StatusOK, unionView(p))
	}
	t := criterionTable(r, h.Lines, h.Today.Year())
	p.Wide = len(h.Lines) > 1
	p.Sections = append(p.Sections, unionSection{ID: "doan-the", Title: i18n.Text(ctx, "union.home.year", "year", strconv.Itoa(h.Today.Year())), Table: &t})
	return s.page(w, r, http.StatusOK, unionView(p))
}

// unionFormUnread is a form that could not be read at all.
func unionFormUnread(err error) error {
	return errs.E(errs.Invalid, "union.fault.form").Because(err)
}

// unionDayOf reads a day of a form; one that is none is a fault at its field.
func unionDayOf(ctx context.Context, v url.Values, name string, faults map[string]string) date.Date {
	text := strings.TrimSpace(v.Get(name))
	day, ok := writtenDay(text)
	if !ok {
		faults[name] = i18n.Text(ctx, "act.wrong.day", "typed", text)
	}
	return day
}
