package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
)

// idOf finds an account by its login.
func (ts *testServer) idOf(t testing.TB, login string) app.AccountRow {
	t.Helper()
	list, err := ts.app.Accounts(t.Context(), app.System("test"))
	must(t, err)
	for _, a := range list.Accounts {
		if a.Login == login {
			return a
		}
	}
	t.Fatalf("no account %s", login)
	return app.AccountRow{}
}

func TestAnAccountIsCreatedAndItsPasswordShownOnce(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.Admin, "D01")
	c.get("/admin").want(http.StatusOK).says("Quản trị", "Đồng chí admin.d01")
	c.get("/admin/accounts/new").want(http.StatusOK).says("Thêm tài khoản")
	form := url.Values{"login": {"Lan.B1"}, "name": {"Trần Thị Lan"}, "role": {"branch_secretary"}, "unit": {"D01.B1"}}
	a := c.post("/admin/accounts", form).want(http.StatusOK).says("Mật khẩu dùng một lần", "lan.b1")
	if a.header.Get("Cache-Control") != "no-store" {
		t.Error("a page with a password may be kept")
	}
	dd := firstNode(a.root, func(n *htmlNode) bool { return n.Data == "dd" && strings.Count(nodeText(n), "-") == 2 })
	password := nodeText(dd)
	fresh := ts.anonymous(t)
	fresh.post("/login", url.Values{"login": {"lan.b1"}, "password": {password}}).want(http.StatusSeeOther)
	row := ts.idOf(t, "lan.b1")
	c.get("/admin/accounts/"+row.ID).want(http.StatusOK).says("Trần Thị Lan", "Bí thư chi bộ", "Chi bộ Khoa Kinh tế").silent(password)

	taken := c.post("/admin/accounts", form)
	taken.want(http.StatusConflict)
	if !strings.Contains(taken.beside("login"), "đã có người dùng") || taken.value("name") != "Trần Thị Lan" {
		t.Errorf("a login that is taken is said beside it: %q", taken.beside("login"))
	}
	form.Set("unit", "C02")
	form.Set("login", "khac")
	if foreign := c.post("/admin/accounts", form).want(http.StatusUnprocessableEntity); !strings.Contains(foreign.beside("unit"), "Không tìm thấy đơn vị") {
		t.Errorf("a foreign unit is not known: %q", foreign.beside("unit"))
	}
}

func TestAnAdministratorDoesNothingForHimself(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.Admin, "K01")
	me := ts.idOf(t, "admin.k01")
	page := c.get("/admin/accounts/" + me.ID).want(http.StatusOK).says("Đây là tài khoản của chính đồng chí")
	if page.field("role") != nil {
		t.Error("the page offers him a right")
	}
	for path, form := range map[string]url.Values{
		"/grants":                             {"role": {"org_board"}, "unit": {"K01"}},
		"/disabled":                           {"disabled": {"on"}},
		"/password":                           {},
		"/grants/" + me.Grants[0].ID + "/end": {},
	} {
		c.post("/admin/accounts/"+me.ID+path, form).want(http.StatusUnprocessableEntity).says("Đây là tài khoản của chính đồng chí")
	}
	if got := ts.idOf(t, "admin.k01"); len(got.Grants) != 1 || got.Disabled || !got.Grants[0].To.IsZero() {
		t.Errorf("something was written: %+v", got)
	}
}

func TestGrantsComeAndGo(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.Admin, "K01")
	lan := ts.as(t, access.BranchSecretary, "D01.B1")
	row := ts.idOf(t, "branch_secretary.d01.b1")
	path := "/admin/accounts/" + row.ID
	for _, tt := range []struct {
		form        url.Values
		field, says string
	}{
		{url.Values{"role": {"king"}, "unit": {"K01"}}, "role", "Không có vai trò"},
		{url.Values{"role": {"base_office"}, "unit": {"X9"}}, "unit", "Không tìm thấy đơn vị"},
		{url.Values{"role": {"base_office"}, "unit": {"D01"}, "from": {"2024-13-01"}}, "from", "Ngày bắt đầu chưa đúng"},
		{url.Values{"role": {"base_office"}, "unit": {"D01"}, "from": {"2024-11-01"}, "to": {"2024-10-01"}}, "to", "trước ngày bắt đầu"},
	} {
		a := c.post(path+"/grants", tt.form).want(http.StatusUnprocessableEntity)
		if !strings.Contains(a.beside(tt.field), tt.says) || a.value("unit") != tt.form.Get("unit") {
			t.Errorf("%v: beside %s stands %q, unit %q", tt.form, tt.field, a.beside(tt.field), a.value("unit"))
		}
	}
	c.follow(c.post(path+"/grants", url.Values{"role": {"base_office"}, "unit": {"D01"}, "to": {"2024-12-31"}})).says("Đã giao vai trò", "Văn phòng đảng ủy cơ sở", "đến hết 31/12/2024")
	lan.get("/account").want(http.StatusOK).says("Văn phòng đảng ủy cơ sở")
	row = ts.idOf(t, "branch_secretary.d01.b1")
	for _, g := range row.Grants {
		if g.Role == access.BaseOffice {
			c.post(path+"/grants/"+g.ID+"/end", url.Values{"last": {"2024-10-01"}}).want(http.StatusUnprocessableEntity).says("Không thu hồi lùi")
			c.follow(c.post(path+"/grants/"+g.ID+"/end", nil)).says("Đã thu hồi vai trò")
		}
	}
	lan.get("/account").silent("Văn phòng đảng ủy cơ sở")
	c.post(path+"/grants/nothing/end", nil).want(http.StatusNotFound)
}

func TestADisabledAccountIsOutAtOnce(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c, lan := ts.as(t, access.Admin, "K01"), ts.as(t, access.BranchSecretary, "D01.B1")
	path := "/admin/accounts/" + ts.idOf(t, "branch_secretary.d01.b1").ID
	c.follow(c.post(path+"/disabled", url.Values{"disabled": {"on"}})).says("Đã khóa tài khoản", "Mở khóa")
	lan.get("/account").want(http.StatusSeeOther)
	ts.anonymous(t).post("/login", url.Values{"login": {"branch_secretary.d01.b1"}, "password": {testPassword}}).want(http.StatusUnauthorized)
	c.follow(c.post(path+"/disabled", url.Values{"disabled": {"off"}})).says("Đã mở khóa tài khoản")
	once := c.post(path+"/password", nil).want(http.StatusOK).says("Đã cấp mật khẩu mới")
	password := nodeText(firstNode(once.root, func(n *htmlNode) bool { return n.Data == "dd" && strings.Count(nodeText(n), "-") == 2 }))
	back := ts.anonymous(t)
	back.post("/login", url.Values{"login": {"branch_secretary.d01.b1"}, "password": {password}}).want(http.StatusSeeOther)
	if got := back.get("/").location; got != "/account/password" {
		t.Errorf("a password that was given out must be changed: %q", got)
	}
}

func TestAnAdministratorOfAPartLeavesTheRestAlone(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.Admin, "D01")
	ts.account(t, "tren", access.OrgBoard, "K01")
	ts.account(t, "ngoai", access.BranchSecretary, "C02")
	both := ts.account(t, "hai", access.BranchSecretary, "D01.B1")
	must(t, ts.app.Grant(t.Context(), app.System("test"), both, app.NewGrant{Role: access.OrgBoard, Unit: "K01", From: date.Must("2024-01-01")}))
	c.get("/admin").says("Đồng chí hai").silent("Đồng chí tren", "Đồng chí ngoai")
	for _, login := range []string{"tren", "ngoai"} {
		path := "/admin/accounts/" + ts.idOf(t, login).ID
		c.get(path).want(http.StatusNotFound)
		c.post(path+"/disabled", url.Values{"disabled": {"on"}}).want(http.StatusNotFound)
		c.post(path+"/password", nil).want(http.StatusNotFound)
		c.post(path+"/grants", url.Values{"role": {"base_office"}, "unit": {"D01"}}).want(http.StatusNotFound)
	}
	path := "/admin/accounts/" + both
	c.get(path).want(http.StatusOK).says("ngoài phạm vi")
	c.post(path+"/password", nil).want(http.StatusForbidden) // it would open the block's desk too
	c.post(path+"/disabled", url.Values{"disabled": {"on"}}).want(http.StatusForbidden)
	for _, g := range ts.idOf(t, "hai").Grants {
		if g.Role == access.OrgBoard {
			c.post(path+"/grants/"+g.ID+"/end", nil).want(http.StatusNotFound)
		}
	}
	c.get("/admin/units/K01").want(http.StatusNotFound)
	c.get("/admin/units/C02").want(http.StatusNotFound)
	c.post("/admin/units/C02/counts", url.Values{"from": {"2024-10-01"}, "official_members": {"9"}}).want(http.StatusNotFound)
}

func TestUnitsAreManaged(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.Admin, "K01")
	c.get("/admin/units").want(http.StatusOK).says("Đảng ủy Khối các cơ quan tỉnh")
	c.get("/admin/units/D01").want(http.StatusOK).says("Chi bộ Khoa Kinh tế", "Hiện nay 15")

	done := c.post("/admin/units/D01/children", url.Values{"code": {"d01.b3"}, "name": {"Chi bộ Khoa Luật"}, "type": {"branch"}})
	c.follow(done).says("Đã thêm đơn vị", "Chi bộ Khoa Luật", "D01.B3")
	a := c.post("/admin/units/D01/children", url.Values{"code": {"D01.B4"}, "name": {"X"}, "type": {"committee"}}).want(http.StatusUnprocessableEntity)
	if a.value("code") != "D01.B4" {
		t.Error("what was typed is kept")
	}
	c.post("/admin/units/D01/children", url.Values{"code": {"D01.B1"}, "name": {"X"}, "type": {"branch"}}).want(http.StatusConflict)

	c.follow(c.post("/admin/units/D01.B1/counts", url.Values{"from": {"2024-10-01"}, "official_members": {"21"}})).says("Đã ghi số người", "Hiện nay 21")
	u, err := ts.app.ManagedUnit(t.Context(), app.System("test"), "D01.B1")
	must(t, err)
	if u.Counts[org.OfficialMembers] != 21 {
		t.Errorf("counts are %v", u.Counts)
	}
	for _, tt := range []struct{ form url.Values }{
		{url.Values{"from": {"2024-10-01"}}},
		{url.Values{"from": {"2024-10-01"}, "official_members": {"hai"}}},
		{url.Values{"from": {"2024-10-01"}, "official_members": {"-1"}}},
		{url.Values{"official_members": {"21"}}},
	} {
		c.post("/admin/units/D01.B1/counts", tt.form).want(http.StatusUnprocessableEntity)
	}
	c.follow(c.post("/admin/units/D01/head", url.Values{"head_name": {"Nguyễn Văn An"}, "head_title": {"Bí thư Đảng ủy"}, "head_from": {"2024-06-01"}})).says("Nguyễn Văn An", "Bí thư Đảng ủy")
	c.post("/admin/units/D01/head", url.Values{"head_name": {""}, "head_title": {"Bí thư"}, "head_from": {"2024-06-01"}}).want(http.StatusUnprocessableEntity)
}

func TestSettingsAndHolidays(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.Admin, "K01")
	c.get("/admin/settings").want(http.StatusOK).says("ngày ký quyết định", "3 tháng")
	c.follow(c.post("/admin/settings", url.Values{"id": {"counting_event"}, "value": {"ceremony"}, "from": {"2024-10-01"}, "reason": {"Thông báo 5-TB/ĐUK"}})).says("Đã ghi thay đổi", "ngày làm lễ kết nạp", "Thông báo 5-TB/ĐUK")
	for _, form := range []url.Values{
		{"id": {"counting_event"}, "value": {"other"}, "from": {"2024-10-01"}, "reason": {"x"}},
		{"id": {"stuck_months"}, "value": {"0"}, "from": {"2024-10-01"}, "reason": {"x"}},
		{"id": {"stuck_months"}, "value": {"6"}, "from": {"2024-10-01"}},
		{"id": {"stuck_months"}, "value": {"6"}, "reason": {"x"}},
		{"id": {"business_day"}, "value": {"2020-01-01"}, "from": {"2024-10-01"}, "reason": {"x"}},
	} {
		c.post("/admin/settings", form).want(http.StatusUnprocessableEntity)
	}
	a := c.post("/admin/settings", url.Values{"id": {"stuck_months"}, "value": {"99"}, "from": {"2024-10-01"}, "reason": {"Quy chế"}}).want(http.StatusUnprocessableEntity)
	if !strings.Contains(a.beside("stuck_months-value"), "từ 1 đến 24") {
		t.Errorf("beside the months stands %q", a.beside("stuck_months-value"))
	}
	c.get("/admin/settings").says("Chưa có ngày nào khác với lịch có sẵn")
	for _, path := range []string{"/admin/holidays", "/admin/holidays/drop"} { // the calendar is changed as a rule is
		c.post(path, url.Values{"on": {"2024-10-21"}, "off": {"off"}, "name": {"nghỉ bão"}, "source": {"Công điện 1"}}).want(http.StatusNotFound)
	}
	change := c.get("/admin/settings").link("Sửa lịch làm việc")
	c.get(change).want(http.StatusOK).says("Ngày này")
	draft := c.post("/rules/changes", url.Values{"kind": {"holiday"}, "from": {"2024-10-21"}, "off": {"off"}, "name": {"nghỉ bão"}, "document": {"Công điện 1"}, "reason": {"bão số 6"}})
	c.follow(draft)
	c.get("/admin/settings").silent("nghỉ bão")
	c.follow(c.post(draft.location+"/apply", url.Values{"version": {"1"}}))
	c.get("/admin/settings").says("21/10/2024", "nghỉ bão", "Công điện 1")
}

func TestAdministrationIsForAdministrators(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	for _, role := range access.Roles() {
		c := ts.as(t, role, "K01")
		want := http.StatusNotFound
		if role == access.Admin {
			want = http.StatusOK
		}
		for _, path := range []string{"/admin", "/admin/accounts/new", "/admin/units", "/admin/units/D01", "/admin/settings"} {
			if got := c.get(path).status; got != want {
				t.Errorf("%s gets %s: %d, want %d", role, path, got, want)
			}
		}
		want = http.StatusNotFound
		if role == access.Auditor {
			want = http.StatusOK
		}
		if got := c.get("/audit").status; got != want {
			t.Errorf("%s gets the record: %d, want %d", role, got, want)
		}
	}
}
