package web

import (
	"net/http"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
)

func TestTheOverviewSaysTheYearAndLeadsOn(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.OrgBoard, "K01")
	a := c.get("/overview").want(http.StatusOK)
	a.says("Tổng quan năm 2024", "đã kết nạp 1; chưa được giao chỉ tiêu", "người trong nguồn chưa được đề nghị",
		"Chi bộ Trường THPT Hải Bình : chỉ tiêu 5, đã kết nạp 1, còn 4. Có 2 người trong nguồn, 1 người có giấy chứng nhận", "Tính theo ngày quyết định kết nạp", "1 trong 1 đơn vị dưới chỉ tiêu")
	for text, want := range map[string]string{
		"Lập báo cáo tháng 10":     "/reports/admission?period=2024-10&unit=K01",
		"Xem ai chưa được đề nghị": "/stuck?unit=C02",
		"2":                        "/stuck?unit=K01",
		"2023":                     "/overview?unit=K01&year=2023",
		"1\u00a0/\u00a02":          "/reports/admission?period=2024&unit=K01",
	} {
		if got := a.link(text); got != want && (text != "1\u00a0/\u00a02" || a.link("1 / 2") != want) {
			t.Errorf("%q leads to %q, not %q", text, got, want)
		}
	}
	if n := firstNode(a.root, func(n *html.Node) bool {
		return n.Data == "a" && nodeAttr(n, "href") == "/files?stage=certified&unit=K01"
	}); nodeText(n) != "1" {
		t.Errorf("the certified lead nowhere")
	}
	if n := firstNode(a.root, func(n *html.Node) bool { return n.Data == "details" }); n == nil {
		t.Error("the chart has no table")
	}
	c.get("/overview?year=2025").want(http.StatusOK).says("Đến 15/10/2024", "Chưa có tháng nào kết thúc")
	c.get("/overview?year=2023").want(http.StatusOK).says("Cả năm 2023", "không được giao chỉ tiêu")
	c.get("/overview?unit=C02").want(http.StatusOK).says("đã kết nạp 1 trên chỉ tiêu 5; còn 4 người", "đạt 20%").silent("Các đơn vị trực thuộc")
}

func TestTheOverviewShowsCountsButNoListsToWhoMaySeeFiguresOnly(t *testing.T) {
	t.Parallel()
	a := withFigures(t).as(t, access.PropagandaBoard, "K01").get("/overview").want(http.StatusOK)
	a.says("Có giấy chứng nhận", "Cả năm").silent("người trong nguồn chưa được đề nghị", "hồ sơ quá hạn")
	if n := firstNode(a.root, func(n *html.Node) bool {
		return n.Data == "a" && len(nodeAttr(n, "href")) > 7 && nodeAttr(n, "href")[:7] == "/files?"
	}); n != nil {
		t.Errorf("a count leads to people: %s", nodeAttr(n, "href"))
	}
}

func TestAnEmptyYearTeachesTheFirstStep(t *testing.T) {
	t.Parallel()
	a := newTestServer(t).as(t, access.BranchSecretary, "C02").get("/overview").want(http.StatusOK)
	a.says("Chưa có số liệu năm 2024")
	if got := a.link("Xem chỉ tiêu"); got != "/targets?unit=C02&year=2024" {
		t.Errorf("the first step leads to %q", got)
	}
}
