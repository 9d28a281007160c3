package web

import (
	"testing"

	"ketnap/access"
)

// axePages are the pages that each role works on, beside Việc của tôi.
var axePages = map[access.Role][]string{
	access.BranchSecretary: {"/files", "/files/new", "/search?q=an", "/account"},
	access.BaseOffice:      {"/overview", "/reports/admission?period=2024"},
	access.OrgBoard: {
		"/files?q=nguyen", "/documents", "/documents/new", "/files/late", "/duplicates",
		"/targets", "/targets/K01.36/2024/admission", "/targets/grid", "/targets/talks", "/targets/history", "/plans",
		"/table", "/forecast", "/forecast?unit=K01.36", "/forecast/simulate?unit=K01.36",
		"/source", "/source/due", "/gatherings", "/gatherings/new", "/obstacles", "/obstacles/new", "/reports/source?period=2024",
	},
	access.PropagandaBoard:   {"/classes", "/classes/demand", "/classes/register"},
	access.UnionOfficer:      {"/reports", "/targets", "/unions"},
	access.StandingCommittee: {"/ratings", "/files/admitted?year=2024"},
	access.SchoolCommittee:   {"/ratings/K01.36/2024", "/ratings/K01.36/2024/source", "/stuck", "/targets/talk?unit=K01.36", "/plans/K01.36/2024"},
	access.Admin:             {"/admin", "/admin/accounts/new", "/admin/units", "/admin/units/K01.36", "/admin/units/K01.36/close", "/admin/settings", "/admin/religions"},
	access.Auditor:           {"/audit"},
}

// Everybody can read the pages of their work, by ear as by eye, at a desk and on a phone;
// on the smallest phone nothing leaves the window.
func TestPagesAreForEverybody(t *testing.T) {
	l := newLoop(t)
	look := func(page string) {
		if page != "" {
			l.browser.Visit(page)
		}
		for _, width := range []int64{1280, 390} {
			l.browser.Width(width)
			l.browser.Fits()
			l.browser.Axe()
		}
		l.browser.Width(320)
		l.browser.Fits()
		l.browser.Width(1280)
	}
	look("/login")
	for _, role := range access.Roles() {
		pages, ok := axePages[role]
		if !ok {
			t.Errorf("no page of %s is looked at", role)
		}
		l.as(role)
		look("/")
		for _, page := range pages {
			look(page)
		}
		if role == access.BranchSecretary { // a task, its form, and the form refused
			l.browser.Visit("/")
			l.browser.Follow(".task .button")
			look("")
			l.browser.Visit("/files?stage=ready")
			l.browser.Follow(".data-table tbody a")
			look("")
			l.browser.Follow(`a[href$="/acts/branch_resolution"]`)
			l.browser.Fill(`#act [name="for"]`, "1")
			l.browser.Submit("#act")
			look("")
		}
	}
	look("/nothing-here")
}
