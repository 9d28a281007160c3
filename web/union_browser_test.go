package web

import (
	"net/http"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/internal/browsertest"
	"ketnap/org"
)

// unionPages are the pages about unions that a role works on: addresses, or what to follow
// on the page before.
var unionPages = map[access.Role][]string{
	access.UnionOfficer:    {"/unions", "/unions/campaigns", `follow:#results tbody a`, `follow:#results tbody a`, "/unions/campaigns/new", "/unions/introductions", "/unions/movements", `follow:#results tbody a`, "/unions/sessions", "/unions/criterion", `follow:#results tbody a`},
	access.BranchSecretary: {"/", "/unions", "/unions/inbox"},
	access.BaseOffice:      {"/unions", "/unions/sessions", `follow:#results tbody a`, "/unions/sessions/new"},
	access.OrgBoard:        {"/unions/sessions", "/unions/introductions"},
	access.PropagandaBoard: {"/unions/introductions"},
}

// Everybody can read the pages about unions, by ear as by eye, at a desk and on a phone.
func TestUnionPagesAreForEverybody(t *testing.T) {
	l := newLoop(t)
	for role, pages := range unionPages {
		l.as(role)
		for _, page := range pages {
			l.lookAtUnions(string(role), page)
		}
	}
	for _, who := range []string{"doan.daihoc", "congdoan.daihoc"} {
		l.logIn(who)
		l.lookAtUnions(who, "/unions")
		l.lookAtUnions(who, "/")
		l.lookAtUnions(who, "/unions/introductions")
		l.lookAtUnions(who, "/unions/introductions/new")
		l.lookAtUnions(who, "/unions/movements/new")
		if who == "doan.daihoc" {
			l.browser.Visit("/unions")
			l.browser.Follow(".task .button")
			l.lookAtUnions(who, "count")
		}
	}
}

// lookAtUnions opens a page, or stays where it is, and looks at it at each width.
func (l *loop) lookAtUnions(who, page string) {
	l.t.Helper()
	name := who + "-" + strings.Trim(strings.NewReplacer("/", "-", ":", "-", "#", "", " ", "-").Replace(page), "-")
	if link, ok := strings.CutPrefix(page, "follow:"); ok {
		l.browser.Follow(link)
	} else if strings.HasPrefix(page, "/") {
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
	l.shoot(name)
}

// logIn lets the account of a login in.
func (l *loop) logIn(login string) {
	l.t.Helper()
	for _, who := range l.everyone {
		if who.Login == login {
			l.people["chosen"] = who
		}
	}
	l.as("chosen")
}

// The campaign of a year, walked by an officer at a desk and a base union on a phone: it
// is issued, comes late, is refused where it cannot be, is sent, returned, corrected,
// sent again and closed.
func TestACampaignFromInstructionToClosed(t *testing.T) {
	ts := newTestServer(t)
	for _, u := range []app.NewUnit{
		{Code: "DT", Name: "Đoàn Khối", Type: org.Union, Kind: org.YouthUnion, Beside: "K01"},
		{Code: "DT.1", Name: "Đoàn Trường Đại học Hải Sơn", Type: org.Union, Kind: org.YouthUnion, Parent: "DT", Beside: "D01", Counts: map[org.CountKind]int{org.Youth: 60}},
		{Code: "DT.2", Name: "Đoàn Trường THPT Hải Bình", Type: org.Union, Kind: org.YouthUnion, Parent: "DT", Beside: "C02"},
	} {
		_, err := ts.app.CreateUnit(t.Context(), app.System("test"), u)
		must(t, err)
	}
	ts.account(t, "doankhoi", access.UnionOfficer, "DT")
	ts.account(t, "doantruong", access.UnionOfficer, "DT.1")
	b := browsertest.Open(t, ts.http.URL)
	enter := func(login string) {
		t.Helper()
		b.Width(1280) // the menu with the way out is open
		if b.Visit("/") == http.StatusOK && b.Has(`form[action="/logout"]`) {
			b.Submit(`form[action="/logout"]`)
		}
		b.Visit("/login")
		b.Fill(`input[name="login"]`, login)
		b.Fill(`input[name="password"]`, testPassword)
		b.Submit(`form[action="/login"]`)
	}
	says := func(text string) {
		t.Helper()
		if !strings.Contains(b.Text("main"), text) {
			t.Fatalf("%s does not say %q: %s", b.Path(), text, b.Text("main"))
		}
	}
	enter("doankhoi")
	b.Visit("/unions/campaigns/new")
	b.Fill(`[name="due"]`, "2024-10-20")
	b.Submit("#act")
	says("Hãy ghi số, ký hiệu của văn bản")
	b.Fill(`[name="symbol"]`, "12-HD/ĐTN")
	b.Submit("#act")
	says("đã gửi 0 trên 2")

	ts.on("2024-10-23")
	enter("doantruong")
	b.Width(390)
	b.Visit("/")
	says("Ghi số liệu thống kê năm 2024")
	says("Chậm 3 ngày")
	b.Follow(".task .button")
	if v := b.Value(`[name="of_age"]`); v != "60" {
		t.Fatalf("the register's number is not there: %q", v)
	}
	for name, value := range map[string]string{"total": "50", "union_members": "45", "party_of_age": "5", "outstanding": "4", "class": "3", "certified": "0", "introduced": "0", "admitted": "0"} {
		b.Fill(`[name="`+name+`"]`, value)
	}
	if status := b.Submit("#act"); status != http.StatusUnprocessableEntity {
		t.Fatalf("60 of 50 people: %d", status)
	}
	says("không thể nhiều hơn")
	b.Axe()
	b.Fits()
	b.Fill(`[name="total"]`, "150")
	b.Fill(`[name="of_age"]`, "62")
	b.Submit("#act")
	says("theo sổ là 60")
	b.Fill(`[name="why-of_age"]`, "Tuyển thêm hai người")
	b.Submit("#act")
	says("Đã gửi số liệu")

	enter("doankhoi")
	b.Width(1280)
	b.Visit("/unions")
	b.Follow(".task .button")
	says("đã gửi 1 trên 2; chậm ")
	b.Follow("#results tbody a")
	b.Click(`[popovertarget="return"]`)
	b.Fill(`#return [name="why"]`, "Thiếu khoa Sư phạm")
	b.Submit("#return form")
	says("Đã trả lại để sửa")

	enter("doantruong")
	b.Width(390)
	says("Thiếu khoa Sư phạm")
	b.Follow(".task .button")
	b.Fill(`[name="union_members"]`, "58")
	b.Submit("#act")
	says("Đã gửi số liệu")

	enter("doankhoi")
	b.Width(1280)
	b.Visit("/unions/campaigns")
	b.Follow("#results tbody a")
	b.Click(`[popovertarget="remind"]`)
	b.Submit("#remind form")
	says("Đã nhắc 1 tổ chức")
	b.Click(`[popovertarget="close"]`)
	b.Submit("#close form")
	says("Đã kết thúc đợt thống kê")
	says("không gửi")
	if b.Has(`[popovertarget="close"]`) {
		t.Error("a closed campaign can be closed again")
	}
}
