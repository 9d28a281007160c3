package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/person"
)

// applicant opens a file in D01.B1 and walks it up to the application.
func (c *client) applicant(name string) (id string) {
	c.t.Helper()
	id = c.open("D01.B1", name)
	for _, s := range toReady()[:5] {
		f := fill{"on": s.on}
		for k, v := range s.fill {
			f[k] = v
		}
		c.record(id, s.act, f)
	}
	return id
}

// formIn is what a browser would send of the form with an id, by its first button.
func (a *answer) formIn(id string) url.Values {
	a.t.Helper()
	v := url.Values{}
	found := false
	for n := range a.root.Descendants() {
		name := nodeAttr(n, "name")
		if n.Type != html.ElementNode || name == "" || !within(n, id) {
			continue
		}
		found = true
		switch kind := nodeAttr(n, "type"); {
		case n.Data == "button":
		case n.Data == "textarea", n.Data == "select", n.Data == "input" && kind != "radio" && kind != "checkbox":
			v.Set(name, a.value(name))
		case n.Data == "input" && nodeHas(n, "checked"):
			v.Set(name, nodeAttr(n, "value"))
		}
	}
	if !found {
		a.t.Fatalf("no form %s: %s", id, a.main())
	}
	return v
}

// with is a form with some fields filled.
func with(v url.Values, f fill) url.Values {
	for name, value := range f {
		v.Set(name, value)
	}
	return v
}

func TestAPersonsDataAreEnteredAndOpenedWithAReason(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.BranchSecretary, "D01.B1")
	id := c.applicant("Đặng Thị Mai")
	path := c.get("/files/" + id).link("Thông tin cá nhân")
	if path != "/files/"+id+"/identity" {
		t.Fatalf("the file leads to %q", path)
	}
	first := c.get(path).want(http.StatusOK).says("Chưa ghi nhận sự đồng ý", "Cần cho: 1-KNĐ, 2-KNĐ, báo cáo kết nạp")
	form := with(first.formIn("identity"), fill{"id_number": "045 196 001 234", "hometown": "xã Vĩnh Bí Mật", "hometown_province": "63:45", "residence_province": "63:44",
		"ethnicity": "23", "religion": "none", "schooling": "12/12", "professional": "university", "occupation": "Giáo viên", "occupation_group": "employee"})
	asked := c.post(path, form).want(http.StatusOK).says("LAW-06", "Đã xem các lưu ý, vẫn ghi")
	closed := c.follow(c.post(path, asked.formIn("identity"))).says("Đã ghi thông tin cá nhân của Đặng Thị Mai", "Thông tin đang đóng")
	secrets := []string{"045196001234", "Vĩnh Bí Mật", "Bru-Vân Kiều", "Giáo viên"}
	closed.silent(secrets...)
	c.get(path).want(http.StatusOK).silent(secrets...)
	if closed.field("id_number") != nil {
		t.Error("the closed page has a form for what it does not show")
	}

	refused := c.post(path+"/open", url.Values{"note": {"xem lại"}}).want(http.StatusUnprocessableEntity).silent(secrets...)
	if refused.beside("reason") == "" || refused.value("note") != "xem lại" {
		t.Errorf("beside the reason: %q; the note is %q", refused.beside("reason"), refused.value("note"))
	}
	c.post(path+"/open", url.Values{"reason": {"other"}}).want(http.StatusUnprocessableEntity).silent(secrets...)
	open := c.post(path+"/open", url.Values{"reason": {"verify"}, "note": {"gửi phiếu"}}).want(http.StatusOK).says(secrets...)
	open.says("Quảng Trị", "Đang mở cho lần xem này")
	if got := open.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the opened page may be kept: %q", got)
	}
	c.get(path).silent(secrets...)

	readings := c.get(path+"/readings").want(http.StatusOK).says("Đồng chí branch_secretary.d01.b1", "Thẩm tra lý lịch — gửi phiếu", "Dân tộc")
	if fileRows(readings) != 1 {
		t.Errorf("%d readings", fileRows(readings))
	}
	for _, list := range []string{"/files", "/files/" + id, "/search?q=mai", "/duplicates"} {
		c.get(list).want(http.StatusOK).silent(secrets...)
	}
	if sheet := c.get("/files.xlsx").want(http.StatusOK); strings.Contains(sheet.body, "045196001234") {
		t.Error("the sheet carries the number")
	}
}

func TestWhatIsWrongInAPersonsDataIsKeptInTheForm(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.BaseOffice, "D01")
	id := c.applicant("Đặng Thị Mai")
	path := "/files/" + id + "/identity"
	for _, tt := range []struct{ name, field, value, says string }{
		{"a letter in the number", "id_number", "O45196001234", "“O”"},
		{"a number of seven digits", "id_number", "1234567", "7 chữ số"},
		{"a schooling that is none", "schooling", "13/12", "không có lớp 13"},
		{"a province of no list", "hometown_province", "34:45", ""},
		{"a code of no list", "ethnicity", "99", "không có trong danh mục"},
		{"too many words", "languages", strings.Repeat("ả", 201), "200 ký tự"},
	} {
		form := with(c.get(path).formIn("identity"), fill{"occupation": "Giáo viên", tt.field: tt.value})
		a := c.post(path, form).want(http.StatusUnprocessableEntity)
		field := strings.TrimSuffix(tt.field, provinceSuffix)
		if got := a.beside(field); !strings.Contains(got, tt.says) || got == "" {
			t.Errorf("%s: beside %s stands %q", tt.name, field, got)
		}
		if a.value("occupation") != "Giáo viên" || field == tt.field && a.field(tt.field).Data == "input" && a.value(tt.field) != tt.value {
			t.Errorf("%s: what was typed is gone", tt.name)
		}
	}

	lost := c.post(path, with(c.get(path).formIn("identity"), fill{"id_number": "45196001234"})).want(http.StatusUnprocessableEntity)
	lost.says("thiếu số 0 ở đầu", "Đúng, số đầy đủ là 045196001234")
	found := c.post(path, with(lost.formIn("identity"), fill{"id_padded": nodeAttr(lost.field("id_padded"), "value")}))
	c.follow(found).says("Đã ghi thông tin cá nhân")

	odd := c.post(path+"/open", url.Values{"reason": {"complete"}}).want(http.StatusOK).formIn("identity")
	asked := c.post(path, with(odd, fill{"id_number": "003095001234"})).want(http.StatusOK)
	asked.says("003 không có trong bảng mã", "giới tính nam; hồ sơ ghi nữ", "sinh năm 1995; hồ sơ ghi năm 1996", "IDN-02")
	if asked.value("id_number") != "003095001234" {
		t.Error("the number is gone")
	}
	stale := asked.formIn("identity")
	c.follow(c.post(path, stale)).says("Đã ghi thông tin cá nhân")
	late := c.post(path, with(stale, fill{"computing": "thành thạo"})).want(http.StatusConflict).says("Có người vừa sửa thông tin này")
	if late.value("computing") != "thành thạo" || late.link("Mở lại trang") != path {
		t.Error("what was typed is gone, or nothing leads on")
	}
}

func TestTheCardFillsTheForm(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.BranchSecretary, "D01.B1")
	path := "/files/" + c.applicant("Đặng Thị Mai") + "/identity"
	form := with(c.get(path).formIn("identity"), fill{"do": "card", "occupation": "Giáo viên", "card": "045196001234||ĐẶNG THỊ MAI|14031996|Nữ|Tổ 3, Phú Hải|01022022"})
	a := c.post(path, form).want(http.StatusOK)
	if a.value("id_number") != "045196001234" || a.value("residence") != "Tổ 3, Phú Hải" || a.value("occupation") != "Giáo viên" || a.value("card") != "" {
		t.Errorf("%s", a.formIn("identity").Encode())
	}
	a.silent("khác tên trong hồ sơ")
	c.post(path, with(form, fill{"card": "045096001234||LÊ VĂN AN|15031996|Nam|Huế|"})).want(http.StatusOK).
		says("Tên trên thẻ (Lê Văn An) khác tên trong hồ sơ", "Ngày sinh trên thẻ", "Giới tính trên thẻ")
	bad := c.post(path, with(form, fill{"card": "https://example.vn"})).want(http.StatusUnprocessableEntity)
	if bad.beside("card") == "" || bad.value("card") != "https://example.vn" || bad.value("occupation") != "Giáo viên" {
		t.Error("what was scanned is gone")
	}
	if _, err := ts.app.Identity(t.Context(), app.System("test"), strings.Split(path, "/")[2]); err != nil {
		t.Fatal(err)
	}
	if c.get(path).field("id_number") == nil {
		t.Error("reading the card wrote something")
	}
}

func TestBeforeTheApplicationThePageSaysWhyItAsksForNothing(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.BranchSecretary, "D01.B1")
	id := c.open("D01.B1", "Đặng Thị Mai")
	path := "/files/" + id + "/identity"
	bare := c.get(path).want(http.StatusOK).says("chưa nộp đơn xin vào Đảng", "LAW-09", "Dân tộc, tôn giáo chỉ ghi từ khi")
	if bare.field("hometown") != nil || bare.field("ethnicity") != nil {
		t.Error("fields are open before they are needed")
	}
	c.post(path, url.Values{"version": {"0"}, "ethnicity": {"01"}}).want(http.StatusUnprocessableEntity).says("Dân tộc, tôn giáo chỉ ghi từ khi")

	refused := c.post(path+"/consent", url.Values{"on": {"32/1/2024"}, "form": {"written"}, "consent_note": {"ngăn 2"}}).want(http.StatusUnprocessableEntity)
	if refused.beside("on") == "" || refused.value("on") != "32/1/2024" || refused.value("consent_note") != "ngăn 2" || refused.value("form") != "written" {
		t.Error("what was typed of the consent is gone")
	}
	c.post(path+"/consent", url.Values{"on": {"1/10/2024"}}).want(http.StatusUnprocessableEntity).says("Chưa chọn hình thức đồng ý")
	agreed := c.follow(c.post(path+"/consent", url.Values{"on": {"1/10/2024"}, "form": {"written"}})).says("Đã ghi nhận sự đồng ý", "Đã đồng ý, ngày 01/10/2024")
	if agreed.field("hometown") == nil || agreed.field("ethnicity") != nil {
		t.Error("consent opens the ordinary fields and no others")
	}
	c.post(path+"/consent", url.Values{"on": {"2/10/2024"}, "form": {"written"}}).want(http.StatusConflict).says("đang có hiệu lực")
	c.follow(c.post(path+"/consent", url.Values{"on": {"5/10/2024"}, "withdrawn": {"1"}})).says("Đã rút lại sự đồng ý ngày 05/10/2024", "20/10/2024")

	young, err := ts.app.OpenFile(t.Context(), app.System("test"), app.NewFile{Unit: "D01.B1", Name: "Lê Văn An", Birth: date.Must("2007-01-02"), Sex: "male"})
	must(t, err)
	c.get("/files/"+young.File.ID+"/identity").want(http.StatusOK).says("chưa đủ 18 tuổi", "LAW-17")
}

func TestWhoMaySeeThePageOfAPersonsData(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	branch := ts.as(t, access.BranchSecretary, "D01.B1")
	id := branch.applicant("Đặng Thị Mai")
	path := "/files/" + id + "/identity"
	must(t, ts.app.RecordConsent(t.Context(), app.System("test"), id, app.ConsentNote{Form: "application", On: date.Must("2024-03-15")}))
	_, written, err := ts.app.SaveIdentity(t.Context(), app.System("test"), id, app.IdentityChange{Details: person.Details{Occupation: "Thợ dệt"}, Fields: person.Fields()})
	if must(t, err); !written {
		t.Fatal("not written")
	}
	board := ts.as(t, access.OrgBoard, "K01")
	page := board.post(path+"/open", url.Values{"reason": {"appraise"}}).want(http.StatusOK).says("Thợ dệt")
	if page.field("occupation") != nil || page.field("consent_note") != nil {
		t.Error("the board may read, and is offered to write")
	}
	board.post(path, url.Values{"version": {"1"}}).want(http.StatusForbidden)
	board.post(path+"/consent", url.Values{"on": {"1/10/2024"}, "form": {"written"}}).want(http.StatusForbidden)
	standing := ts.as(t, access.StandingCommittee, "K01")
	if standing.get("/files/"+id).want(http.StatusOK).link("Thông tin cá nhân") != "" {
		t.Error("the standing committee is led to what it may not open")
	}
	foreign := ts.as(t, access.BranchSecretary, "C02")
	for _, p := range []string{path, path + "/readings"} {
		standing.get(p).want(http.StatusForbidden)
		foreign.get(p).want(http.StatusNotFound)
	}
	standing.post(path+"/open", url.Values{"reason": {"appraise"}}).want(http.StatusForbidden).silent("Thợ dệt")
	standing.get("/duplicates").want(http.StatusNotFound)
	branch.get("/files/none/identity").want(http.StatusNotFound)
	branch.post("/files/none/identity/open", url.Values{"reason": {"verify"}}).want(http.StatusNotFound)
	branch.get("/admin/religions").want(http.StatusNotFound)
}

func TestSomebodyWhoHasAFileIsAskedAbout(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	one, other := ts.as(t, access.BranchSecretary, "D01.B1"), ts.as(t, access.BranchSecretary, "C02")
	first := one.open("D01.B1", "Nguyễn Thị Hòa")
	twin := func(c *client, unit, name, confirm string) *answer {
		return c.post("/files/new", url.Values{"unit": {unit}, "name": {name}, "birth_date": {"14/3/1996"}, "sex": {"female"}, "confirm": {confirm}})
	}
	asked := twin(one, "D01.B1", "NGUYỄN THỊ HOÀ", "").want(http.StatusOK).says("Nguyễn Thị Hòa", "Chi bộ Khoa Kinh tế", "IDN-05", "Đã xem, vẫn mở hồ sơ")
	if asked.value("name") != "NGUYỄN THỊ HOÀ" || asked.value("birth_date") != "1996-03-14" {
		t.Error("what was typed is gone")
	}
	hidden := twin(other, "C02", "Nguyễn Thị Hoà", "").want(http.StatusOK).says("đã có hồ sơ ở đơn vị khác; xin liên hệ Ban Tổ chức").silent("Khoa Kinh tế")
	twin(other, "C02", "Nguyễn Thị Hoà", "somebody else").want(http.StatusOK)
	second := strings.TrimPrefix(twin(other, "C02", "Nguyễn Thị Hoà", hidden.value("confirm")).want(http.StatusSeeOther).location, "/files/")

	office := ts.as(t, access.OrgBoard, "K01")
	board := office.get("/duplicates").want(http.StatusOK).says("Nguyễn Thị Hòa", "Nguyễn Thị Hoà", "họ tên, ngày sinh, giới tính")
	if fileRows(board) != 1 {
		t.Errorf("%d pairs", fileRows(board))
	}
	if got := sheetCells(t, office.get("/duplicates.xlsx").want(http.StatusOK).body); !strings.Contains(got, "Nguyễn Thị Hòa|14/3/1996") {
		t.Errorf("the sheet of duplicates: %s", got)
	}
	own := one.get("/duplicates").want(http.StatusOK).says("ở đơn vị khác; xin liên hệ Ban Tổ chức").silent("Hải Bình")
	if strings.Contains(own.body, second) {
		t.Error("the address of a file out of scope is told")
	}
	one.get("/files/"+first+"/identity").says("Có thể trùng hồ sơ", "liên hệ Ban Tổ chức").silent("Hải Bình")
	one.get("/duplicates?unit=C02").want(http.StatusNotFound)
	if _, err := ts.app.File(t.Context(), app.System("test"), second); err != nil {
		t.Error(err)
	}
}

func TestTheAdministratorKeepsTheListOfReligions(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	admin := ts.as(t, access.Admin, "K01")
	admin.get("/admin/religions").want(http.StatusOK).says("Phật giáo", "Tin Lành")
	bad := admin.post("/admin/religions", url.Values{"code": {"Moi"}, "name": {"Đạo mới"}, "from": {"1/10/2024"}, "reason": {"QĐ 5"}}).want(http.StatusUnprocessableEntity)
	if bad.beside("code") == "" || bad.value("name") != "Đạo mới" || bad.value("reason") != "QĐ 5" {
		t.Error("what was typed is gone")
	}
	admin.follow(admin.post("/admin/religions", url.Values{"code": {"moi"}, "name": {"Đạo mới"}, "from": {"1/10/2024"}, "reason": {"QĐ 5"}})).says("Đã ghi vào danh mục tôn giáo", "Đạo mới", "QĐ 5")
	admin.follow(admin.post("/admin/religions", url.Values{"code": {"moi"}, "name": {"Đạo mới"}, "from": {"2/10/2024"}, "closed": {"on"}, "reason": {"QĐ 6"}})).says("đã đóng", "Đạo mới (đóng)")
	admin.post("/admin/religions", url.Values{"code": {"x1"}, "name": {"x"}, "from": {"32/10/2024"}, "reason": {"QĐ"}}).want(http.StatusUnprocessableEntity).says("không phải một ngày")
}
