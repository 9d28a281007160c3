package web

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/web/ui"
)

// sessionLang is the language of who is not logged in.
const sessionLang = "lang"

func (s *Server) accountRoutes() {
	s.open("GET /login", s.showLogin)
	s.open("POST /login", s.logIn)
	s.open("POST /logout", s.logOut)
	s.open("POST /language", s.setLanguage)
	s.get("/unit/{code}", s.switchUnit)
	s.get("/account", s.showAccount)
	s.get("/account/password", s.showPassword)
	s.post("/account/password", s.changePassword)
}

// open registers a page that stands before the door: nobody needs to be logged in.
func (s *Server) open(pattern string, h handler) {
	s.routes = append(s.routes, pattern)
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		in := app.Entrance{Actor: app.Actor{Lang: s.sessions.GetString(r.Context(), sessionLang)}}
		var err error
		if in.Today, in.Frozen, err = s.app.Today(r.Context()); err == nil {
			err = s.answer(w, r, in, h)
		}
		if err != nil {
			s.fail(w, r, in, err)
		}
	})
}

// A loginPage is the door.
type loginPage struct {
	ui.Base
	Login string
	Next  string
	Note  string // a word of welcome or of why one stands here again
	Error ui.ProblemBox
	None  bool // there is no account yet
	Demo  bool
}

func (s *Server) showLogin(w http.ResponseWriter, r *request) error {
	if _, err := s.enter(r.Request); err == nil {
		return s.redirect(w, r, backTo(r.FormValue("next")), "")
	}
	p := loginPage{Next: r.FormValue("next")}
	switch {
	case r.FormValue("out") != "":
		p.Note = i18n.Text(r.Context(), "login.out")
	case p.Next != "" && p.Next != "/":
		p.Note = i18n.Text(r.Context(), "login.first")
	}
	return s.loginPage(w, r, http.StatusOK, p)
}

func (s *Server) loginPage(w http.ResponseWriter, r *request, status int, p loginPage) error {
	n, err := s.app.CountAccounts(r.Context())
	if err != nil {
		return err
	}
	p.Base = s.base(r, i18n.Text(r.Context(), "login.title"))
	p.Next, p.None, p.Demo = backTo(p.Next), n == 0, r.frozen
	return s.page(w, r, status, loginView(p))
}

func (s *Server) logIn(w http.ResponseWriter, r *request) error {
	login, next := r.PostFormValue("login"), r.PostFormValue("next")
	id, err := s.app.LogIn(r.Context(), login, r.PostFormValue("password"), remoteHost(r.Request), rand.Text())
	if err != nil {
		status := errs.KindOf(err).Status()
		if status != http.StatusUnauthorized && status != http.StatusTooManyRequests {
			return err
		}
		box := ui.ProblemBox{Mood: ui.Late, Heading: i18n.Text(r.Context(), "login.failed"),
			Findings: []ui.Finding{{Message: message(r.Context(), err), Field: "login"}}}
		return s.loginPage(w, r, status, loginPage{Login: login, Next: next, Error: box})
	}
	// A session that was known before the log-in must not become that of a person.
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	s.sessions.Put(r.Context(), app.SessionAccount, id)
	s.sessions.Remove(r.Context(), sessionUnit)
	return s.redirect(w, r, backTo(next), "")
}

// remoteHost is the address that log-ins are limited by.
func remoteHost(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// backTo returns a path of our own. Browsers drop control characters from an address, so
// that a tab could hide the second slash of another host.
func backTo(path string) string {
	path = local(path)
	u, err := url.Parse(path)
	if err != nil || u.Host != "" || strings.ContainsFunc(path, unicode.IsControl) || strings.HasPrefix(u.Path, "/login") {
		return "/"
	}
	return path
}

func (s *Server) logOut(w http.ResponseWriter, r *request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	return s.redirect(w, r, "/login?out=1", "")
}

// setLanguage keeps the language of the account, or of the session where nobody is
// logged in.
func (s *Server) setLanguage(w http.ResponseWriter, r *request) error {
	lang := i18n.ParseLang(r.PostFormValue("lang"))
	back := local(r.PostFormValue("back"))
	if in, err := s.enter(r.Request); err == nil {
		if err := s.app.SetLang(r.Context(), in.Actor, string(lang)); err != nil {
			return err
		}
		return s.redirect(w, r, back, "")
	}
	s.sessions.Put(r.Context(), sessionLang, string(lang))
	return s.redirect(w, r, back, "")
}

// A roleLine is a role of the person on a unit.
type roleLine struct {
	Role, Unit, Since, Until string
}

// An accountPage is who one is here.
type accountPage struct {
	ui.Base
	Facts []ui.Fact
	Roles []roleLine
}

func (s *Server) showAccount(w http.ResponseWriter, r *request) error {
	units, err := s.app.Home(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := accountPage{Base: s.base(r, i18n.Text(ctx, "account.title"))}
	p.Facts = []ui.Fact{
		{Term: i18n.Text(ctx, "account.name"), Value: r.who.Name},
		{Term: i18n.Text(ctx, "login.user"), Value: r.who.Login},
		{Term: i18n.Text(ctx, "account.language"), Value: i18n.Text(ctx, "account.language."+string(p.Lang))},
	}
	for _, g := range r.who.Grants {
		if g.On(r.today) {
			p.Roles = append(p.Roles, roleLine{Role: i18n.Text(ctx, "role."+string(g.Role)), Unit: unitName(units, g.Unit),
				Since: i18n.Date(p.Lang, g.From), Until: i18n.Date(p.Lang, g.To)})
		}
	}
	return s.page(w, r, http.StatusOK, accountView(p))
}

func unitName(units []org.Unit, no org.UnitNo) string {
	for _, u := range units {
		if u.No == no {
			return u.Name
		}
	}
	return ""
}

// A passwordPage changes the own password.
type passwordPage struct {
	ui.Base
	Must    bool // the password at hand was given out, and has to be changed first
	Problem ui.ProblemBox
	Errors  map[string]string
}

// minPassword is what package app asks for; the page says it before.
const minPassword = 10

func (s *Server) showPassword(w http.ResponseWriter, r *request) error {
	return s.passwordPage(w, r, http.StatusOK, nil)
}

func (s *Server) passwordPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx := r.Context()
	p := passwordPage{Base: s.base(r, i18n.Text(ctx, "login.change.title"), ui.Crumb{Label: i18n.Text(ctx, "account.title"), Href: "/account"}), Must: r.who.MustChange}
	p.Problem, p.Errors = faults(r, fault)
	return s.page(w, r, status, passwordView(p))
}

// faults is a refusal as the box of a form and the messages beside its fields.
func faults(r *request, fault *errs.Error) (ui.ProblemBox, map[string]string) {
	if fault == nil {
		return ui.ProblemBox{}, nil
	}
	text := message(r.Context(), fault)
	box := ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: text, Field: fault.Field}}}
	if fault.Field == "" {
		return box, nil
	}
	return box, map[string]string{fault.Field: text}
}

func (s *Server) changePassword(w http.ResponseWriter, r *request) error {
	old, fresh := r.PostFormValue("old"), r.PostFormValue("new")
	if fresh != r.PostFormValue("repeat") {
		return s.passwordPage(w, r, http.StatusUnprocessableEntity, errs.E(errs.Invalid, "password.differs").On("repeat"))
	}
	err := s.app.ChangePassword(r.Context(), r.who, old, fresh)
	if e, ok := formError(err); ok {
		return s.passwordPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	// All sessions have ended; this browser goes on under a token that nobody had before.
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	to := "/account"
	if r.who.MustChange {
		to = "/"
	}
	return s.redirect(w, r, to, i18n.Text(r.Context(), "login.change.done"))
}

// typedDay reads a day of a form; an empty one is none.
func typedDay(r *request, field, key string) (date.Date, error) {
	text := strings.TrimSpace(r.PostFormValue(field))
	if text == "" {
		return date.Date{}, nil
	}
	d, err := date.Parse(text)
	if err != nil {
		return d, errs.E(errs.Invalid, key).On(field).Because(err)
	}
	return d, nil
}

func otherLang(l i18n.Lang) string {
	if l == i18n.English {
		return string(i18n.Vietnamese)
	}
	return string(i18n.English)
}

func passwordLead(ctx context.Context, must bool) string {
	if must {
		return i18n.Text(ctx, "login.change.why")
	}
	return ""
}
