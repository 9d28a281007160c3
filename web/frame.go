package web

import (
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// register names every page. The table reads as what the program can do.
func (s *Server) register() {
	s.accountRoutes()
	s.workRoutes()
	s.fileRoutes()
	s.boardRoutes()
	s.identityRoutes()
	s.verificationRoutes()
	s.meetingRoutes()
	s.paperRoutes()
	s.keepingRoutes()
	s.numberRoutes()
	s.documentRoutes()
	s.targetRoutes()
	s.unionRoutes()
	s.classRoutes()
	s.lessonRoutes()
	s.figureRoutes()
	s.reviewRoutes()
	s.forecastRoutes()
	s.gatheringRoutes()
	s.tableRoutes()
	s.reminderRoutes()
	s.ruleRoutes()
	s.adminRoutes()
}

// base fills the frame of a page for who asks.
func (s *Server) base(r *request, title string, crumbs ...ui.Crumb) ui.Base {
	lang := i18n.From(r.Context())
	b := ui.Base{Title: title, Lang: lang, Path: r.URL.RequestURI(), Crumbs: crumbs}
	if r.frozen {
		b.Banner = i18n.T(lang, "shell.banner.demo", "day", i18n.LongDate(lang, r.today))
	}
	if !r.who.Known() {
		return b
	}
	b.User = ui.User{Name: r.who.Name, Role: s.roleWords(r)}
	b.Menu = menuOf(r, r.URL.Path)
	chosen := s.chosen(r)
	for _, u := range r.home {
		current := string(u.Code) == chosen
		b.Units = append(b.Units, ui.UnitLink{Name: u.Name, Href: "/unit/" + string(u.Code), Current: current})
		if current {
			b.User.Unit = u.Name
		}
	}
	if text := s.sessions.PopString(r.Context(), sessionFlash); text != "" {
		b.Flash = &ui.Flash{Mood: ui.Done, Text: text}
	}
	return b
}

// roleWords names the first role that holds today.
func (s *Server) roleWords(r *request) string {
	for _, g := range r.who.Grants {
		if r.today.IsZero() || g.On(r.today) {
			return i18n.Text(r.Context(), "role."+string(g.Role))
		}
	}
	return ""
}
