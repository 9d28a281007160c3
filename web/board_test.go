package web

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/admission"
)

// onList brings people onto the list of candidates of a branch, and returns their files.
func (ts *testServer) onList(t *testing.T, c *client, unit string, names ...string) []string {
	t.Helper()
	var ids []string
	for _, name := range names {
		id := c.open(unit, name)
		ts.walk(t, map[string]*client{"branch": c}, id, toReady()[:2])
		ids = append(ids, id)
	}
	return ids
}

func TestTheBoardShowsWhoStandsWhere(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	base := ts.as(t, access.BaseOffice, "D01")
	base.get("/board").want(http.StatusOK).says("Chưa có hồ sơ nào trên bảng")
	ts.crowd(t, "D01.B1", 8)
	p := base.get("/board?unit=D01").want(http.StatusOK).says("Nguồn", "Chờ học lớp", "Công nhận chính thức", "Xem cả 8")
	if got := p.link("Nguồn"); got != "/files?sort=due&stage=new%2Coutstanding&unit=D01" {
		t.Error(got)
	}
	base.get(p.link("Nguồn")).want(http.StatusOK)
	base.get("/board?unit=C02").want(http.StatusNotFound)
	ts.as(t, access.PropagandaBoard, "K01").get("/board").want(http.StatusNotFound)
	if p := base.get("/files"); p.link("Bảng theo bước") != "/board" {
		t.Error("the list does not lead to the board")
	}
}

func TestAListIsKeptUnderAName(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.BaseOffice, "D01")
	ts.crowd(t, "D01.B1", 3)
	query := "due=late&need=helper&sort=since"
	c.get("/files?" + query).want(http.StatusOK).says("Lưu bộ lọc này")
	c.get("/files?sex=male&sort=due&rows=100").want(http.StatusOK).says("Trần Văn")
	c.get("/files.xlsx?sex=male&sort=due").want(http.StatusOK)
	save := url.Values{"query": {query + "&junk=1&cursor=x"}, "name": {"Quá hạn"}}
	saved := c.follow(c.post("/filters", save).want(http.StatusSeeOther)).says("Đã lưu bộ lọc", "Quá hạn")
	if saved.link("Quá hạn") != "/files?"+query {
		t.Error(saved.link("Quá hạn"))
	}
	c.post("/filters", save).want(http.StatusConflict).says("Đã có bộ lọc tên này")
	c.post("/filters", url.Values{"query": {""}, "name": {"x"}}).want(http.StatusUnprocessableEntity).says("Chưa chọn điều kiện nào")
	c.post("/filters", url.Values{"query": {"%zz"}, "name": {""}}).want(http.StatusUnprocessableEntity)
	all := c.get("/files").says("Quá hạn", "Sửa bộ lọc đã lưu")
	form := "/filters/" + filterID(all)
	c.follow(c.post(form, url.Values{"do": {"opens"}}).want(http.StatusSeeOther)).says("danh sách mở bằng bộ lọc này")
	if to := c.follow(c.get("/files").want(http.StatusSeeOther)); to.link("Tất cả") != "/files?all=1" {
		t.Error("one cannot ask for all")
	}
	c.get("/files?all=1").want(http.StatusOK).says("Trần Văn")
	ts.as(t, access.BranchSecretary, "D01.B1").post(form, url.Values{"do": {"drop"}}).want(http.StatusNotFound)
	c.post(form, url.Values{"name": {"Chậm"}}).want(http.StatusSeeOther)
	c.post(form, url.Values{"do": {"plain"}}).want(http.StatusSeeOther)
	c.get("/files").want(http.StatusOK).says("Chậm")
	c.post(form, url.Values{"do": {"drop"}}).want(http.StatusSeeOther)
	c.get("/files").want(http.StatusOK).silent("Chậm")
}

// filterID is the id of the first filter that a page offers to change.
func filterID(a *answer) string {
	form := firstNode(a.root, func(n *html.Node) bool { return strings.HasPrefix(nodeAttr(n, "action"), "/filters/") })
	return strings.TrimPrefix(nodeAttr(form, "action"), "/filters/")
}

func TestOneHelperForMany(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	base, mine := ts.as(t, access.BaseOffice, "D01"), ts.as(t, access.BranchSecretary, "D01.B1")
	ids := append(ts.onList(t, mine, "D01.B1", "Lê Văn An", "Vũ Thị Bích"), ts.onList(t, base, "D01.B2", "Trần Thị Cúc")...)
	list := base.get("/files?pick=all").want(http.StatusOK).says("Phân công người giúp đỡ", "Bỏ chọn cả trang")
	if firstNode(list.root, func(n *html.Node) bool { return nodeAttr(n, "name") == "file" && nodeHas(n, "checked") }) == nil {
		t.Error("the whole page is not chosen")
	}
	mine.get("/bulk/helper?file=" + ids[2]).want(http.StatusNotFound)
	base.get("/bulk/helper?back=/files%3Fq%3Dan").want(http.StatusOK).says("Chưa chọn ai")
	chosen := "file=" + strings.Join(ids, "&file=")
	page := base.get("/bulk/helper?back=%2Ffiles%3Fsort%3Ddue&"+chosen).want(http.StatusOK).says("3 người", "Lê Văn An", "Trần Thị Cúc")
	send := url.Values{"file": page.values("file"), "helper": {""}, "on": {"2024-10-01"}, "back": {page.value("back")}}
	base.post("/bulk/helper", send).want(http.StatusUnprocessableEntity).says("Cần tên đảng viên chính thức")
	send.Set("on", "31/02/2024")
	base.post("/bulk/helper", send).want(http.StatusUnprocessableEntity).says("không phải một ngày")
	send.Set("on", "1/10/2024")
	send.Set("helper", "Phan Văn Đức")
	mine.post("/bulk/helper", send).want(http.StatusNotFound)
	done := base.post("/bulk/helper", send).want(http.StatusSeeOther)
	base.follow(done).says("Đã phân công Phan Văn Đức giúp đỡ 3 người")
	base.post("/bulk/helper", send).want(http.StatusSeeOther) // the second press of the same form
	send.Set("helper", "Lý Thị Hồng")
	base.post("/bulk/helper", send).want(http.StatusConflict).says("Lê Văn An: Có người vừa ghi")
	fresh := base.get("/bulk/helper?" + chosen)
	send["file"] = fresh.values("file")
	base.post("/bulk/helper", send).want(http.StatusOK).says("chưa ghi lý do", "Vẫn ghi")
	send.Set("confirm", "1")
	base.post("/bulk/helper", send).want(http.StatusSeeOther)
	base.get("/files/" + ids[2]).says("Lý Thị Hồng")
}

// values are all values of the fields of a name.
func (a *answer) values(name string) []string {
	var out []string
	firstNode(a.root, func(n *html.Node) bool {
		if nodeAttr(n, "name") == name {
			out = append(out, nodeAttr(n, "value"))
		}
		return false
	})
	return out
}

func TestListsOfTheChosen(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.BaseOffice, "D01")
	ids := append(ts.onList(t, c, "D01.B1", "Lê Văn An"), c.open("D01.B2", "Vũ Thị Mới"))
	chosen := "file=" + strings.Join(ids, "&file=")
	c.get("/bulk/class?"+chosen).want(http.StatusOK).says("Danh sách đề nghị đi học", "ĐẢNG ỦY TRƯỜNG ĐẠI HỌC HẢI SƠN", "Chưa vào danh sách cảm tình đảng: Vũ Thị Mới")
	p := c.get("/bulk/list?"+chosen).want(http.StatusOK).says("Lê Văn An", "Vũ Thị Mới")
	if p.link("Xem, in giấy") != "/files/"+ids[0]+"/papers" {
		t.Error("no way to the papers")
	}
	for _, sheet := range []string{"/bulk/class.xlsx?", "/bulk/list.xlsx?"} {
		c.get(sheet + chosen).want(http.StatusOK)
	}
	ts.as(t, access.BranchSecretary, "C02").get("/bulk/list?" + chosen).want(http.StatusNotFound)
	c.get("/registers/uses").want(http.StatusOK).says("Tải danh sách 2 người", "Đảng ủy Trường Đại học Hải Sơn")
}

func TestRegisters(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	base, branch := ts.as(t, access.BaseOffice, "D01"), ts.as(t, access.BranchSecretary, "D01.B1")
	id := ts.onList(t, branch, "D01.B1", "Lê Văn An")[0]
	base.get("/registers").want(http.StatusOK).says("Sổ kết nạp đảng viên", "Sổ đọc, in, tải dữ liệu", "Sổ văn bản")
	branch.get("/registers").want(http.StatusOK).silent("Sổ đọc, in, tải dữ liệu")
	branch.get("/registers/uses").want(http.StatusForbidden)
	branch.get("/registers/uses.xlsx").want(http.StatusForbidden)
	ts.as(t, access.UnionOfficer, "K01").get("/registers").want(http.StatusNotFound)
	base.get("/registers/left?year=2024").want(http.StatusOK).says("Không có ai ra khỏi danh sách")
	branch.record(id, admission.Withdraw, fill{"on": "2024-10-10", "note": "theo nguyện vọng"})
	base.get("/registers/left?year=2024&part=Q4").want(http.StatusOK).says("Lê Văn An", "theo nguyện vọng", "10/10/2024", "ĐẢNG CỘNG SẢN VIỆT NAM")
	base.get("/registers/left?year=2023").want(http.StatusOK).silent("Lê Văn An")
	base.get("/registers/left?year=abc").want(http.StatusUnprocessableEntity)
	base.get("/registers/left.xlsx?year=2024").want(http.StatusOK)
	base.post("/files/"+id+"/lendings", url.Values{"kind": {"lent"}, "taker": {"Ban Tổ chức"}, "reason": {"thẩm định"}, "on": {"2024-10-11"}}).want(http.StatusSeeOther)
	base.get("/registers/lent?out=1").want(http.StatusOK).says("Ban Tổ chức", "thẩm định", "chưa trả đến ngày 15/10/2024")
	for _, page := range []string{"/registers/admitted", "/registers/admitted.xlsx", "/registers/lent.xlsx", "/registers/uses.xlsx"} {
		base.get(page).want(http.StatusOK)
		base.get(page + "?unit=C02").want(http.StatusNotFound)
	}
}

func TestTheScriptKnowsTheKeysOfThePage(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("assets/app.js")
	must(t, err)
	for _, k := range placeKeys {
		if !strings.Contains(string(script), k.letter+`: "`+k.href+`"`) {
			t.Errorf("the script does not lead to %s by %s", k.href, k.letter)
		}
	}
	letters := map[string]bool{}
	for _, k := range placeKeys {
		if letters[k.letter] {
			t.Errorf("%s leads to two places", k.letter)
		}
		letters[k.letter] = true
	}
	ts := newTestServer(t)
	ts.as(t, access.BaseOffice, "D01").get("/keys").want(http.StatusOK).says("Phím tắt", "Sổ sách").silent("Sổ ghi việc")
}
