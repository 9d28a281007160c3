package web

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
)

type htmlNode = html.Node

func TestTheRecordIsForItsUnits(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.candidate(t, "Trần Thị Lan", "D01.B1", "2024-08-15")
	all, part, other := ts.as(t, access.Auditor, "K01"), ts.as(t, access.Auditor, "D01"), ts.as(t, access.Auditor, "C02")
	all.get("/audit").want(http.StatusOK).says("Sổ ghi việc", "Mở hồ sơ", "D01.B1", "Hệ thống", "Quản lý đơn vị")
	part.get("/audit").want(http.StatusOK).says("D01.B1").silent("C02", "K01")
	other.get("/audit").want(http.StatusOK).says("C02").silent("D01.B1")
	other.get("/audit?unit=D01").want(http.StatusNotFound)
	all.get("/audit?unit=D01.B2").want(http.StatusOK).silent("Mở hồ sơ")
	all.get("/audit?day=2024-08-15").want(http.StatusOK).says("Mở hồ sơ").silent("Quản lý đơn vị")
	all.get("/audit?day=2024-08-16").says("Không có dòng nào")
	all.get("/audit?day=x").want(http.StatusUnprocessableEntity).says("Ngày chưa đúng")
	all.get("/audit?after=x").want(http.StatusUnprocessableEntity)
}

func TestTheRecordIsReadPageByPage(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	for i := range auditRows + 5 {
		must(t, ts.app.SetCounts(t.Context(), app.System("test"), "C02", date.Must("2024-01-01").AddDays(i), map[org.CountKind]int{org.Members: i}))
	}
	c := ts.as(t, access.Auditor, "C02")
	seen := map[string]bool{}
	pages := 0
	for at := "/audit"; at != ""; pages++ {
		a := c.get(at).want(http.StatusOK)
		for n := range a.root.Descendants() {
			if n.Data == "dd" {
				seen[nodeText(n)] = true
			}
		}
		at = a.link("Trang sau")
	}
	for i := range auditRows + 5 {
		want := `{"counts":{"members":` + strconv.Itoa(i) + `},"from":"` + date.Must("2024-01-01").AddDays(i).String() + `"}`
		if !seen[want] {
			t.Errorf("row %d is on no page", i)
		}
	}
	if pages != 2 {
		t.Errorf("%d pages", pages)
	}
}

func TestTheRecordIsVerified(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	c := ts.as(t, access.Auditor, "D01")
	c.post("/audit/verify", url.Values{}).want(http.StatusOK).says("Sổ còn nguyên")
	ts.as(t, access.OrgBoard, "K01").post("/audit/verify", url.Values{}).want(http.StatusNotFound)
}
