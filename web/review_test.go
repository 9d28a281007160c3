package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
)

func TestPagesOfSourcesKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.BranchSecretary, "C02")
	c.get("/source?period=2024-13").want(http.StatusUnprocessableEntity)
	c.get("/source?period=2024-05").want(http.StatusUnprocessableEntity)
	c.get("/source.xlsx?period=2024-H2").want(http.StatusOK)
	c.get("/source/due.xlsx?period=2024-H2").want(http.StatusOK)
	c.get("/source/C02/nope").want(http.StatusNotFound)
	a := c.post("/gatherings/new", filled("unit", "C02", "on", "hôm qua", "kind", "thematic", "topic", "Tạo nguồn", "led", "Hoa", "attended", "chín", "conclusion-0-text", "Giới thiệu hai người")).want(http.StatusUnprocessableEntity)
	if a.beside("on") == "" || a.beside("attended") == "" || a.value("topic") != "Tạo nguồn" || a.value("on") != "hôm qua" {
		t.Error("errors stand beside their fields, and what was typed is kept")
	}
	c.post("/gatherings/new", filled("unit", "C02", "on", "10/10/2024", "kind", "thematic", "topic", "Tạo nguồn năm 2024", "led", "Hoa", "attended", "9",
		"conclusion-0-text", "Giới thiệu hai người", "conclusion-0-owner", "Chi đoàn", "conclusion-0-due", "30/11/2024")).want(http.StatusSeeOther)
	page := c.get(c.get("/gatherings?year=2024").link("Tạo nguồn năm 2024")).want(http.StatusOK).says("Đưa vào kế hoạch")
	for _, part := range []string{`action="/plans/C02/2024/measures"`, `name="due" value="2024-11-30"`, `name="origin" value="Kết luận `} {
		if !strings.Contains(page.body, part) {
			t.Errorf("the conclusion as a measure lacks %s", part)
		}
	}
	c.follow(c.post("/plans/C02/2024/measures", filled("text", "Giới thiệu hai người", "owner", "Chi đoàn", "due", "2024-11-30", "origin", page.value("origin")))).says("Giới thiệu hai người", "Kết luận")
	c.get("/gatherings?year=2024").want(http.StatusOK).says("Tạo nguồn năm 2024", "1 kết luận, 1 chưa xong").silent("Chưa tổ chức trong năm 2024")
	c.post("/obstacles/new", filled("unit", "C02", "text", "Không còn chi đoàn", "remedy", "", "owner", "x")).want(http.StatusUnprocessableEntity).says("Chưa ghi cách tháo gỡ")
	c.post("/obstacles/new", filled("unit", "C02", "text", "Không còn chi đoàn", "remedy", "Ghép chi đoàn", "owner", "Đoàn Khối", "due", "01/12/2024")).want(http.StatusSeeOther)
	c.get("/obstacles").want(http.StatusOK).says("Không còn chi đoàn", "Đang tháo gỡ")
	for _, path := range []string{"/gatherings.xlsx", "/obstacles.xlsx", "/reports/source?period=2024-H2", "/reports/source.docx?period=2024", "/reports/source.pdf?period=2024", "/reports/source.xlsx?period=2024"} {
		c.get(path).want(http.StatusOK)
	}
}

func TestWhatIsSetAsideIsHiddenAndCounted(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.BranchSecretary, "C02")
	a := c.get("/stuck?reason=waiting_class").want(http.StatusOK).says("Nguyễn Văn Minh")
	to := a.link("Tạm gác")
	if !strings.HasPrefix(to, "/stuck/aside?file=") {
		t.Fatalf("the link leads to %q", to)
	}
	file := strings.TrimPrefix(to, "/stuck/aside?file=")
	c.get(to).want(http.StatusOK).says("Vì sao tạm gác")
	c.post("/stuck/aside", filled("file", file, "reason", "", "until", "01/01/2025")).want(http.StatusUnprocessableEntity)
	c.post("/stuck/aside", filled("file", file, "reason", "chờ mở lớp", "until", "01/01/2025")).want(http.StatusSeeOther)
	c.get("/stuck").want(http.StatusOK).says("Đã tạm gác đến 01/01/2025: Nguyễn Văn Minh")
	c.get("/stuck").want(http.StatusOK).says("2 người đang dừng", "Có 1 mục đang tạm gác").silent("Nguyễn Văn Minh")
	c.get("/stuck?aside=1").want(http.StatusOK).says("Nguyễn Văn Minh", "Tạm gác đến 01/01/2025", "chờ mở lớp")
	c.post("/stuck/take-up", filled("file", file)).want(http.StatusSeeOther)
	c.get("/stuck").want(http.StatusOK).says("Nguyễn Văn Minh")
	c.get("/files/" + file + "/helper").want(http.StatusOK).says("Nhận xét của người giúp đỡ")
	c.post("/files/"+file+"/helper", filled("on", "10/10/2024", "outcome", "progressing")).want(http.StatusSeeOther)
	c.get("/files/" + file + "/helper").want(http.StatusOK).says("Tiến bộ")
}

// filled is a form of names and values in turn.
func filled(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}
