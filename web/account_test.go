package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/app"
)

func TestLogIn(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.account(t, "lan", access.BranchSecretary, "D01.B1")
	c := ts.anonymous(t)

	to := c.get("/account?x=1").want(http.StatusSeeOther).location
	if to != "/login?next="+url.QueryEscape("/account?x=1") {
		t.Fatalf("who is not logged in is sent to %s", to)
	}
	door := c.get(to).want(http.StatusOK).says("Đăng nhập", "Xin đăng nhập để mở trang này")
	if got := door.value("next"); got != "/account?x=1" {
		t.Errorf("the door forgets where one wanted to go: %q", got)
	}
	wrong := c.post("/login", url.Values{"login": {"lan"}, "password": {"nope"}, "next": {"/account"}})
	wrong.want(http.StatusUnauthorized).says("Chưa đăng nhập được", "Tên đăng nhập hoặc mật khẩu chưa đúng")
	if wrong.value("login") != "lan" || strings.Contains(wrong.body, "nope") {
		t.Error("the login is kept, the password is not")
	}
	in := c.post("/login", url.Values{"login": {"LAN "}, "password": {testPassword}, "next": {"/account"}})
	if in.want(http.StatusSeeOther).location != "/account" {
		t.Errorf("leads to %s", in.location)
	}
	c.get("/account").want(http.StatusOK).says("Đồng chí lan", "Bí thư chi bộ", "Chi bộ Khoa Kinh tế", "từ 04/01/2021")
	if got := c.get("/login").want(http.StatusSeeOther).location; got != "/" {
		t.Errorf("who is logged in needs no door: %s", got)
	}
	out := c.post("/logout", nil)
	if out.want(http.StatusSeeOther).location != "/login?out=1" {
		t.Errorf("leads to %s", out.location)
	}
	c.get(out.location).says("Đồng chí đã thoát")
	c.get("/account").want(http.StatusSeeOther)
	c.post("/logout", nil).want(http.StatusSeeOther)
}

func TestTheSessionIsRenewedAtLogIn(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.account(t, "lan", access.BranchSecretary, "D01.B1")
	c := ts.anonymous(t)
	before := c.post("/language", url.Values{"lang": {"en"}, "back": {"/login"}}).header.Get("Set-Cookie")
	after := c.post("/login", url.Values{"login": {"lan"}, "password": {testPassword}}).header.Get("Set-Cookie")
	if before == "" || after == "" || strings.Split(before, ";")[0] == strings.Split(after, ";")[0] {
		t.Errorf("the session of nobody became that of a person: %q, %q", before, after)
	}
}

func TestTooManyFailuresCloseTheDoor(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.account(t, "lan", access.BranchSecretary, "D01.B1")
	c := ts.anonymous(t)
	for range 8 {
		c.post("/login", url.Values{"login": {"lan"}, "password": {"x"}}).want(http.StatusUnauthorized)
	}
	c.post("/login", url.Values{"login": {"lan"}, "password": {testPassword}}).want(http.StatusTooManyRequests).says("Đã nhập sai nhiều lần")
}

func TestTheDoorOfAnEmptyStoreSaysHowToBegin(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	a := ts.anonymous(t).get("/login").want(http.StatusOK).says("ketnap account create")
	if a.field("password") != nil {
		t.Error("nobody can log in, but the form asks for a password")
	}
}

func TestBackToStaysAtHome(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ path, want string }{
		{"/files/1?x=y", "/files/1?x=y"},
		{"", "/"},
		{"files", "/"},
		{"https://evil.example", "/"},
		{"//evil.example", "/"},
		{"/\t/evil.example", "/"},
		{"/\\evil.example", "/"},
		{"/%zz", "/"},
		{"/login?next=/login", "/"},
	} {
		if got := backTo(tt.path); got != tt.want {
			t.Errorf("backTo(%q) = %q, want %q", tt.path, got, tt.want)
		}
	}
}

func TestAOneTimePasswordMustBeChangedFirst(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	_, once, err := ts.app.CreateAccount(t.Context(), app.System("test"), app.NewAccount{Login: "mai", Role: access.Admin, Unit: "K01"})
	must(t, err)
	c := ts.anonymous(t)
	c.post("/login", url.Values{"login": {"mai"}, "password": {once}}).want(http.StatusSeeOther)
	if got := c.get("/").want(http.StatusSeeOther).location; got != "/account/password" {
		t.Fatalf("leads to %s", got)
	}
	c.get("/account/password").want(http.StatusOK).says("Mật khẩu cấp lần đầu chỉ dùng một lần")
	for _, tt := range []struct {
		name, old, fresh, repeat string
		field, says              string
	}{
		{"the two new ones differ", once, "mot cau de nho", "mot cau khac han", "repeat", "không giống nhau"},
		{"the old one is wrong", "x", "mot cau de nho", "mot cau de nho", "old", "chưa đúng"},
		{"the new one is short", once, "ngan", "ngan", "new", "ngắn quá"},
	} {
		a := c.post("/account/password", url.Values{"old": {tt.old}, "new": {tt.fresh}, "repeat": {tt.repeat}}).want(http.StatusUnprocessableEntity)
		if !strings.Contains(a.beside(tt.field), tt.says) {
			t.Errorf("%s: beside %s stands %q", tt.name, tt.field, a.beside(tt.field))
		}
		if a.value("new") != "" {
			t.Errorf("%s: a password comes back in the page", tt.name)
		}
	}
	done := c.post("/account/password", url.Values{"old": {once}, "new": {"mot cau de nho"}, "repeat": {"mot cau de nho"}})
	if done.want(http.StatusSeeOther).location != "/" {
		t.Errorf("leads to %s", done.location)
	}
	c.follow(done).want(http.StatusOK).says("Đã đổi mật khẩu")
}

func TestAChangedPasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.account(t, "lan", access.BranchSecretary, "D01.B1")
	here, there := ts.anonymous(t), ts.anonymous(t)
	for _, c := range []*client{here, there} {
		c.post("/login", url.Values{"login": {"lan"}, "password": {testPassword}}).want(http.StatusSeeOther)
	}
	here.post("/account/password", url.Values{"old": {testPassword}, "new": {"mot cau khac han"}, "repeat": {"mot cau khac han"}}).want(http.StatusSeeOther)
	here.get("/account").want(http.StatusOK)
	there.get("/account").want(http.StatusSeeOther)
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.anonymous(t)
	ts.account(t, "lan", access.BranchSecretary, "D01.B1")
	c.post("/language", url.Values{"lang": {"en"}, "back": {"/login"}}).want(http.StatusSeeOther)
	c.get("/login").says("Log in", "User name")
	if got := c.post("/language", url.Values{"lang": {"vi"}, "back": {"//evil.example"}}).location; got != "/" {
		t.Errorf("leads to %s", got)
	}
	c.post("/login", url.Values{"login": {"lan"}, "password": {testPassword}}).want(http.StatusSeeOther)
	c.get("/account").says("Việc của tôi")
	c.post("/language", url.Values{"lang": {"en"}, "back": {"/account"}}).want(http.StatusSeeOther)
	c.get("/account").says("My tasks")
}
