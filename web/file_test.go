package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
)

func TestAListWithoutAnybodyTeachesTheFirstStep(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	branch := ts.as(t, access.BranchSecretary, "D01.B1").get("/files").want(http.StatusOK)
	branch.says("Chưa có ai trong danh sách", "Việc đầu tiên")
	if branch.link("Mở hồ sơ") != "/files/new" {
		t.Error("the first step is not offered")
	}
	board := ts.as(t, access.OrgBoard, "K01")
	if p := board.get("/files").says("Chưa có ai trong danh sách"); p.link("Mở hồ sơ") != "" {
		t.Error("the board opens no files")
	}
	board.get("/files/new").want(http.StatusForbidden)
	board.post("/files/new", url.Values{}).want(http.StatusForbidden)
	ts.as(t, access.PropagandaBoard, "K01").get("/files").want(http.StatusNotFound)
}

func TestOpeningAFile(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.BaseOffice, "D01")
	form := c.get("/files/new").want(http.StatusOK)
	form.says("Chi bộ Khoa Kinh tế", "Chi bộ Khoa Sư phạm", "LAW-09").silent("Chi bộ Trường THPT Hải Bình")
	if ts.as(t, access.BranchSecretary, "C02").get("/files/new").value("unit") != "C02" {
		t.Error("the only branch is not chosen beforehand")
	}
	good := map[string]string{"unit": "D01.B1", "name": "Lê Văn An", "birth_date": "14/3/1996", "sex": "male"}
	for _, tt := range []struct{ name, field, value, want string }{
		{"a branch must be chosen", "unit", "", "Chưa chọn chi bộ"},
		{"a committee keeps no files", "unit", "D01", "không phải chi bộ"},
		{"a name has letters only", "name", "Lê 1", "Họ và tên chưa đúng"},
		{"an impossible day", "birth_date", "31/02/2000", "không phải một ngày"},
		{"a day is needed", "birth_date", "", "Chưa có ngày sinh"},
		{"nobody is born tomorrow", "birth_date", "2024-10-16", "sau ngày làm việc"},
		{"a sex must be chosen", "sex", "", "Chưa chọn giới tính"},
	} {
		v := url.Values{}
		for name, value := range good {
			v.Set(name, value)
		}
		v.Set(tt.field, tt.value)
		a := c.post("/files/new", v).want(http.StatusUnprocessableEntity)
		if got := a.beside(tt.field); !strings.Contains(got, tt.want) {
			t.Errorf("%s: beside %s stands %q", tt.name, tt.field, got)
		}
		if tt.field != "name" && a.value("name") != "Lê Văn An" {
			t.Errorf("%s: the name is gone", tt.name)
		}
	}
	v := url.Values{}
	for name, value := range good {
		v.Set(name, value)
	}
	page := c.follow(c.post("/files/new", v))
	page.says("Đã mở hồ sơ của Lê Văn An", "Mới mở hồ sơ", "Chi bộ Khoa Kinh tế", "sinh ngày 14/3/1996", "Hồ sơ mới mở, chưa ghi việc nào", "Giới thiệu quần chúng ưu tú")
}

// crowd opens files with names in order.
func (ts *testServer) crowd(t *testing.T, unit string, n int) {
	t.Helper()
	for i := range n {
		_, err := ts.app.OpenFile(t.Context(), app.System("test"), app.NewFile{Unit: unit, Name: "Trần Văn " + given(i), Birth: date.Must("1999-05-04"), Sex: "male"})
		must(t, err)
	}
}

// given is a given name, another for each number, in the order of the numbers.
func given(i int) string {
	return "Q" + strings.Repeat("u", 1+i/20) + string(rune('a'+i%20))
}

func TestTheListOfFiles(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.crowd(t, "D01.B1", 53)
	ts.crowd(t, "C02", 2)
	c := ts.as(t, access.BaseOffice, "D01")
	branch := ts.as(t, access.BranchSecretary, "D01.B2")
	id := branch.open("D01.B2", "Đặng Thị Mai")
	branch.record(id, admission.Introduce, fill{"on": "15/01/2024", "by": "member"})

	first := c.get("/files").want(http.StatusOK).says("Chi bộ Khoa Kinh tế").silent("Hải Bình")
	if n := fileRows(first); n != filesOnPage {
		t.Errorf("%d rows on the first page", n)
	}
	next := c.get(first.link("Trang sau")).want(http.StatusOK)
	if n := fileRows(next); n != 4 || next.link("Trang sau") != "" || next.link("Về đầu danh sách") != "/files" {
		t.Errorf("%d rows on the second page, then %q", n, next.link("Trang sau"))
	}
	if got := first.link("53 mới mở hồ sơ"); got != "/files?stage=new" {
		t.Errorf("the count of a stage leads to %q", got)
	}
	for query, want := range map[string]int{"?q=mai+dang": 1, "?q=MAI": 1, "?stage=outstanding": 1, "?stage=outstanding&stage=new": 50, "?stage=outstanding,ready": 1,
		"?unit=D01.B2": 1, "?unit=D01.B2&stage=ready": 0, "?stage=nonsense": 50, "?q=khong+co+ai": 0} {
		if p := c.get("/files" + query).want(http.StatusOK); fileRows(p) != want {
			t.Errorf("%s: %d rows, want %d", query, fileRows(p), want)
		}
	}
	c.get("/files?q=khong+co+ai").says("Không có hồ sơ nào khớp")
	c.get("/files?cursor=x").want(http.StatusUnprocessableEntity)
	if p := c.get("/files?stage=outstanding&stage=new"); p.value("stage") != "outstanding,new" {
		t.Errorf("the two stages are not kept: %q", p.value("stage"))
	}
	p := c.get("/files?q=Mai").says("Đưa vào danh sách cảm tình đảng", "quần chúng ưu tú")
	if p.link("Đặng Thị Mai") != "/files/"+id {
		t.Error("the row does not open")
	}
}

func fileRows(a *answer) int {
	body := firstNode(a.root, func(n *html.Node) bool { return n.Data == "tbody" })
	if body == nil {
		return 0
	}
	n := 0
	for range body.ChildNodes() {
		n++
	}
	return n
}

func TestTheSheetOfFiles(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.crowd(t, "D01.B1", 60)
	c := ts.as(t, access.BaseOffice, "D01")
	resp, err := c.http.Get(c.base + c.get("/files?unit=D01.B1").link("Tải Excel"))
	must(t, err)
	b, err := io.ReadAll(resp.Body)
	must(t, err)
	must(t, resp.Body.Close())
	if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Content-Disposition"), "ho-so-2024-10-15.xlsx") {
		t.Fatalf("%d %v", resp.StatusCode, resp.Header)
	}
	sheet, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	all, err := sheet.GetRows(sheet.GetSheetName(0))
	must(t, err)
	text := fmt.Sprint(all)
	for _, want := range []string{"Nguồn và hồ sơ", "Họ và tên", "Trần Văn " + given(0), "Trần Văn " + given(59), "Chi bộ Khoa Kinh tế", "04/5/1999"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %q", want)
		}
	}
}

// The resolution of the union behind an introduction is not called missing (DOC-51).
func TestAPaperThatWasIssuedWaitsForTheDossier(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	id := ts.candidate(t, "Trần Thị Lan", "D01.B1", "2024-08-15").File.ID
	p := ts.as(t, access.BranchSecretary, "D01.B1").get("/files/" + id).want(http.StatusOK)
	p.says("(4-KNĐ)", "Đã ban hành, chưa ghi vào hồ sơ", "15/8/2024")
}
