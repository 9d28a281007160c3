package web

import (
	"net/http"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/person"
	"ketnap/web/ui"
)

func (s *Server) adminRoutes() {
	s.get("/admin", s.showAccounts)
	s.get("/admin/accounts/new", s.newAccount)
	s.post("/admin/accounts", s.createAccount)
	s.get("/admin/accounts/{id}", s.showOneAccount)
	s.post("/admin/accounts/{id}/grants", s.addGrant)
	s.post("/admin/accounts/{id}/grants/{grant}/end", s.endGrant)
	s.post("/admin/accounts/{id}/disabled", s.disableAccount)
	s.post("/admin/accounts/{id}/password", s.resetPassword)
	s.adminUnitRoutes()
	s.settingRoutes()
	s.auditRoutes()
}

// adminTabs are the pages of administration that the actor's rights open.
func adminTabs(r *request, here string) []adminTab {
	ctx := r.Context()
	var tabs []adminTab
	for _, t := range []struct {
		right     access.Right
		key, href string
	}{
		{access.ManageAccount, "admin.tab.account", "/admin"},
		{access.ManageUnit, "admin.tab.unit", "/admin/units"},
		{access.ManageSetting, "admin.tab.setting", "/admin/settings"},
		{access.ManageSetting, "identity.religion.title", "/admin/religions"},
		{access.ManageSetting, "job.title", "/admin/jobs"},
	} {
		if r.who.Has(t.right, r.today) {
			tabs = append(tabs, adminTab{Label: i18n.Text(ctx, t.key), Href: t.href, Here: t.href == here})
		}
	}
	return tabs
}

// An adminTab is one of the pages of administration.
type adminTab struct {
	Label, Href string
	Here        bool
}

// An accountLine is an account in the list.
type accountLine struct {
	Login, Name, Href string
	Roles             []string
	State             string // "" when all is in order
	Mood              ui.Mood
}

// An adminPage is the list of accounts.
type adminPage struct {
	ui.Base
	Tabs  []adminTab
	Query string
	Lines []accountLine
	Empty ui.Nothing
}

func (s *Server) showAccounts(w http.ResponseWriter, r *request) error {
	list, err := s.app.Accounts(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := adminPage{Base: s.base(r, i18n.Text(ctx, "admin.title")), Tabs: adminTabs(r, "/admin"), Query: r.FormValue("q"),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "admin.account.none.title"), Text: i18n.Text(ctx, "admin.account.none")}}
	wanted := person.Words(p.Query)
	for _, a := range list.Accounts {
		l := accountLine{Login: a.Login, Name: a.Name, Href: "/admin/accounts/" + a.ID}
		text := a.Login + " " + a.Name
		for _, g := range a.Grants {
			if g.On(list.Today) {
				role := i18n.Text(ctx, "role."+string(g.Role)) + " — " + g.Unit.Name
				l.Roles = append(l.Roles, role)
				text += " " + role + " " + string(g.Unit.Code)
			}
		}
		switch {
		case a.Disabled:
			l.State, l.Mood = i18n.Text(ctx, "admin.account.disabled"), ui.Shut
		case a.MustChange:
			l.State, l.Mood = i18n.Text(ctx, "admin.account.fresh"), ui.Todo
		}
		if hasWords(person.Words(text), wanted) {
			p.Lines = append(p.Lines, l)
		}
	}
	return s.page(w, r, http.StatusOK, adminView(p))
}

// A newAccountPage asks who gets access.
type newAccountPage struct {
	ui.Base
	Login, Name, Role, Unit string
	Roles                   []ui.Option
	Problem                 ui.ProblemBox
	Errors                  map[string]string
}

func (s *Server) newAccount(w http.ResponseWriter, r *request) error {
	if _, err := s.app.Accounts(r.Context(), r.who); err != nil {
		return err
	}
	unit := s.unitOf(r)
	return s.page(w, r, http.StatusOK, newAccountView(s.newAccountPage(r, app.NewAccount{Unit: unit})))
}

func (s *Server) newAccountPage(r *request, n app.NewAccount) newAccountPage {
	ctx := r.Context()
	return newAccountPage{Base: s.base(r, i18n.Text(ctx, "admin.account.new"), adminCrumb(r)), Login: n.Login, Name: n.Name,
		Role: string(n.Role), Unit: n.Unit, Roles: roleOptions(r)}
}

func adminCrumb(r *request) ui.Crumb {
	return ui.Crumb{Label: i18n.Text(r.Context(), "admin.title"), Href: "/admin"}
}

func roleOptions(r *request) []ui.Option {
	var options []ui.Option
	for _, role := range access.Roles() {
		options = append(options, ui.Option{Value: string(role), Label: i18n.Text(r.Context(), "role."+string(role))})
	}
	return options
}

// An oncePage shows a one-time password, which nothing keeps.
type oncePage struct {
	ui.Base
	Lead, Login, Password string
	Account               string // its address
}

func (s *Server) oncePage(w http.ResponseWriter, r *request, login, password, id, key string) error {
	ctx := r.Context()
	p := oncePage{Base: s.base(r, i18n.Text(ctx, "admin.once.title"), adminCrumb(r)), Lead: i18n.Text(ctx, key), Login: login, Password: password, Account: "/admin/accounts/" + id}
	return s.page(w, r, http.StatusOK, onceView(p))
}

func (s *Server) createAccount(w http.ResponseWriter, r *request) error {
	n := app.NewAccount{Login: r.PostFormValue("login"), Name: r.PostFormValue("name"),
		Role: access.Role(r.PostFormValue("role")), Unit: strings.TrimSpace(r.PostFormValue("unit"))}
	id, password, err := s.app.CreateAccount(r.Context(), r.who, n)
	if e, ok := refusal(err, r, access.ManageAccount); ok {
		p := s.newAccountPage(r, n)
		p.Problem, p.Errors = faults(r, e)
		return s.page(w, r, e.Kind.Status(), newAccountView(p))
	}
	if err != nil {
		return err
	}
	return s.oncePage(w, r, strings.ToLower(strings.TrimSpace(n.Login)), password, id, "admin.once.created")
}

// refusal is formError where, besides, a unit that the administrator typed and does not
// manage is said beside its field, by him who manages others.
func refusal(err error, r *request, right access.Right) (*errs.Error, bool) {
	if e, ok := formError(err); ok {
		return e, true
	}
	if err != nil && errs.KindOf(err) == errs.NotFound && r.who.Has(right, r.today) && r.PostFormValue("unit") != "" && errs.As(err).Key != "account.not_found" {
		return errs.E(errs.Invalid, "unit.none").On("unit"), true
	}
	return nil, false
}

// A grantLine is a role of an account.
type grantLine struct {
	Role, Unit, Period string
	End                string // where it is taken back; "" where it is over or not the actor's
	ID                 string
}

// An oneAccountPage is an account with what may be done about it.
type oneAccountPage struct {
	ui.Base
	ID       string
	Facts    []ui.Fact
	Grants   []grantLine
	Roles    []ui.Option
	Self     bool
	May      bool
	Disabled bool
	Role     string // as typed, when it was refused
	Unit     string
	From, To string
	Problem  ui.ProblemBox
	Errors   map[string]string
}

func (s *Server) showOneAccount(w http.ResponseWriter, r *request) error {
	p, err := s.oneAccountPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, oneAccountView(p))
}

func (s *Server) oneAccountPage(r *request) (oneAccountPage, error) {
	ctx := r.Context()
	a, today, err := s.app.Account(ctx, r.who, r.PathValue("id"))
	if err != nil {
		return oneAccountPage{}, err
	}
	p := oneAccountPage{Base: s.base(r, a.Name, adminCrumb(r)), ID: a.ID, Roles: roleOptions(r), Self: a.Self, May: a.May, Disabled: a.Disabled,
		Role: r.PostFormValue("role"), Unit: r.PostFormValue("unit"), From: r.PostFormValue("from"), To: r.PostFormValue("to")}
	state := "admin.account.open"
	switch {
	case a.Disabled:
		state = "admin.account.disabled"
	case a.MustChange:
		state = "admin.account.fresh"
	}
	p.Facts = []ui.Fact{
		{Term: i18n.Text(ctx, "login.user"), Value: a.Login},
		{Term: i18n.Text(ctx, "admin.account.created"), Value: i18n.Moment(p.Lang, a.Created)},
		{Term: i18n.Text(ctx, "admin.account.state"), Value: i18n.Sentence(i18n.Text(ctx, state))},
	}
	for _, g := range a.Grants {
		l := grantLine{ID: g.ID, Role: i18n.Text(ctx, "role."+string(g.Role)), Unit: g.Unit.Name + " (" + string(g.Unit.Code) + ")"}
		l.Period = i18n.Text(ctx, "account.since", "day", g.From)
		over := !g.To.IsZero() && g.To.Before(today)
		switch {
		case !g.To.IsZero() && g.To.Before(g.From):
			l.Period = i18n.Text(ctx, "admin.grant.back")
		case !g.To.IsZero():
			l.Period = i18n.Text(ctx, "account.period", "from", g.From, "to", g.To)
		}
		if g.May && !over {
			l.End = "/admin/accounts/" + a.ID + "/grants/" + g.ID + "/end"
		}
		p.Grants = append(p.Grants, l)
	}
	return p, nil
}

// refuseAccount shows the page of an account again with what was typed.
func (s *Server) refuseAccount(w http.ResponseWriter, r *request, fault *errs.Error) error {
	p, err := s.oneAccountPage(r)
	if err != nil {
		return err
	}
	p.Problem, p.Errors = faults(r, fault)
	return s.page(w, r, fault.Kind.Status(), oneAccountView(p))
}

// settled answers a form about an account: back to its page, or the page with the fault.
func (s *Server) settled(w http.ResponseWriter, r *request, err error, flash string) error {
	if e, ok := refusal(err, r, access.ManageAccount); ok {
		return s.refuseAccount(w, r, e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/admin/accounts/"+r.PathValue("id"), i18n.Text(r.Context(), flash))
}

func (s *Server) addGrant(w http.ResponseWriter, r *request) error {
	from, err := typedDay(r, "from", "grant.from")
	if err == nil {
		n := app.NewGrant{Role: access.Role(r.PostFormValue("role")), Unit: r.PostFormValue("unit"), From: from}
		if n.To, err = typedDay(r, "to", "grant.to"); err == nil {
			err = s.app.Grant(r.Context(), r.who, r.PathValue("id"), n)
		}
	}
	return s.settled(w, r, err, "admin.grant.added")
}

func (s *Server) endGrant(w http.ResponseWriter, r *request) error {
	last, err := typedDay(r, "last", "grant.to")
	if err == nil {
		err = s.app.EndGrant(r.Context(), r.who, r.PathValue("id"), r.PathValue("grant"), last)
	}
	return s.settled(w, r, err, "admin.grant.ended")
}

func (s *Server) disableAccount(w http.ResponseWriter, r *request) error {
	disabled := r.PostFormValue("disabled") == "on"
	flash := "admin.account.opened"
	if disabled {
		flash = "admin.account.closed"
	}
	return s.settled(w, r, s.app.DisableAccount(r.Context(), r.who, r.PathValue("id"), disabled), flash)
}

func (s *Server) resetPassword(w http.ResponseWriter, r *request) error {
	password, err := s.app.ResetPassword(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return s.settled(w, r, err, "")
	}
	a, _, err := s.app.Account(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.oncePage(w, r, a.Login, password, a.ID, "admin.once.reset")
}

// typed is what was typed, or what a fresh form offers.
func typed(value, offer string) string {
	if value != "" {
		return value
	}
	return offer
}
