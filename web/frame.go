package web

import (
	"strings"

	"ketnap/access"
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

// menu lists what each right opens. A role sees what it uses.
var menu = []struct {
	key   string
	href  string
	right access.Right // "" for everybody
}{
	{"shell.menu.task", "/", ""},
	{"shell.menu.overview", "/overview", access.SeeFigures},
	{"shell.menu.file", "/files", access.SeeFile},
	{"meeting.menu", "/meetings", access.SeeFile},
	{"verification.nav", "/verification", access.SeeFile},
	{"shell.menu.target", "/targets", access.SeeFigures},
	{"review.menu", "/source", access.SeeRating},
	{"shell.menu.union", "/unions", access.SeeUnion},
	{"shell.menu.class", "/classes", access.SeeClass},
	{"shell.menu.directive", "/documents", access.SeeDocument},
	{"shell.menu.watch", "/table", access.SeeFigures},
	{"shell.menu.deadline", "/deadlines", access.SeeFile},
	{"shell.menu.report", "/reports", access.SeeFigures},
	{"register.menu", "/registers", access.SeeFile},
	{"shell.menu.rating", "/ratings", access.SeeRating},
	{"shell.menu.rule", "/rules", ""},
	{"shell.menu.admin", "/admin", access.ManageAccount},
	{"shell.menu.audit", "/audit", access.SeeAudit},
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
	for _, m := range menu {
		if m.right == "" || r.who.Has(m.right, r.today) {
			b.Menu = append(b.Menu, ui.MenuItem{Key: m.key, Href: m.href, Current: currentItem(m.href, r.URL.Path)})
		}
	}
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

// under names the item of the menu of pages whose addresses do not say it.
var under = []struct{ prefix, item string }{
	{"/class-surveys", "/classes"}, {"/class-proposals", "/classes"}, {"/board", "/files"}, {"/bulk", "/files"}, {"/duplicates", "/files"}, {"/unit", "/files"},
	{"/numbers", "/registers"}, {"/reminders", "/deadlines"}, {"/tasks", "/documents"},
	{"/gatherings", "/source"}, {"/obstacles", "/source"},
	{"/numbers", "/registers"}, {"/reminders", "/deadlines"}, {"/tasks", "/documents"}, {"/plans", "/targets"},
	{"/stuck", "/table"}, {"/forecast", "/table"}, {"/numbers", "/registers"}, {"/reminders", "/deadlines"}, {"/tasks", "/documents"},
}

func currentItem(href, path string) bool {
	if href == "/" {
		return path == "/"
	}
	for _, u := range under {
		if path == u.prefix || strings.HasPrefix(path, u.prefix+"/") {
			path = u.item
			break
		}
	}
	return path == href || strings.HasPrefix(path, href+"/")
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
