package web

import (
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/org"
	"ketnap/web/ui"
)

// A menuPart is a line of the menu: a part of the program, and below it its pages, which
// show while one is in it. A role sees what it uses.
type menuPart struct {
	key   string
	href  string
	right access.Right // "" for everybody
	below []menuPart
}

// menu is the program as its users see it; the parts are those of the letter.
var menu = []menuPart{
	{"shell.menu.task", "/", "", nil},
	{"shell.menu.overview", "/overview", access.SeeFigures, nil},
	{"shell.menu.file", "/files", access.SeeFile, []menuPart{
		{"meeting.menu", "/meetings", access.SeeFile, nil},
		{"verification.nav", "/verification", access.SeeFile, nil},
		{"shell.menu.deadline", "/deadlines", access.SeeFile, nil},
		{"register.menu", "/registers", access.SeeFile, nil},
	}},
	{"review.menu", "/source", access.SeeRating, nil},
	{"shell.menu.target", "/targets", access.SeeFigures, nil},
	{"shell.menu.class", "/classes", access.SeeClass, nil},
	{"shell.menu.union", "/unions", access.SeeUnion, nil},
	{"shell.menu.directive", "/documents", access.SeeDocument, nil},
	{"shell.menu.watch", "/table", access.SeeFigures, nil},
	{"shell.menu.report", "/reports", access.SeeFigures, nil},
	{"shell.menu.rating", "/ratings", access.SeeRating, nil},
	{"shell.menu.rule", "/rules", "", nil},
	{"shell.menu.admin", "/admin", access.ManageAccount, nil},
	{"shell.menu.audit", "/audit", access.SeeAudit, nil},
}

// under names the item of the menu of pages whose addresses do not say it.
var under = []struct{ prefix, item string }{
	{"/board", "/files"}, {"/bulk", "/files"}, {"/duplicates", "/files"}, {"/unit", "/files"}, {"/papers", "/files"},
	{"/numbers", "/registers"}, {"/reminders", "/deadlines"}, {"/tasks", "/documents"},
	{"/gatherings", "/source"}, {"/obstacles", "/source"}, {"/plans", "/targets"}, {"/measures", "/targets"},
	{"/class-surveys", "/classes"}, {"/class-proposals", "/classes"}, {"/certificates", "/classes"},
	{"/stuck", "/table"}, {"/forecast", "/table"},
}

// menuOf draws the menu for who asks, on the page of a path.
func menuOf(r *request, path string) []ui.MenuItem {
	here := menuItem(path)
	var out []ui.MenuItem
	for _, part := range menu {
		if !part.opens(r) || part.href == "/table" && onlyUnions(r) {
			continue
		}
		item := ui.MenuItem{Key: part.key, Href: part.href, Current: part.href == here}
		item.Open = item.Current
		for _, page := range part.below {
			if page.opens(r) {
				item.Below = append(item.Below, ui.MenuItem{Key: page.key, Href: page.href, Current: page.href == here})
				item.Open = item.Open || page.href == here
			}
		}
		out = append(out, item)
	}
	return out
}

// onlyUnions reports whether who asks works for unions alone: the table and the forecast are
// of party units.
func onlyUnions(r *request) bool {
	return len(r.home) > 0 && !slices.ContainsFunc(r.home, func(u org.Unit) bool { return u.Type != org.Union })
}

func (m menuPart) opens(r *request) bool { return m.right == "" || r.who.Has(m.right, r.today) }

// menuItem is the address of the line of the menu to which a page belongs, "" for none.
func menuItem(path string) string {
	within := func(prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") }
	if path == "/" {
		return "/"
	}
	for _, u := range under {
		if within(u.prefix) {
			return u.item
		}
	}
	for _, part := range menu {
		for _, m := range append([]menuPart{part}, part.below...) {
			if m.href != "/" && within(m.href) {
				return m.href
			}
		}
	}
	return ""
}
