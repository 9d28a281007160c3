package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
)

func TestAPlanOnItsPages(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board, school := ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.BranchSecretary, "C02")
	const plan = "/plans/C02/2024"
	school.get(plan).want(http.StatusOK).says("Chưa có biện pháp nào", "Thêm biện pháp")
	board.get("/plans?unit=K01&year=2024").says("2 đơn vị chưa có kế hoạch", "chưa có kế hoạch")
	board.get("/plans?unit=K01&year=2024&state=approved").says("Không có đơn vị nào ở trạng thái này")
	a := school.post(plan+"/measures", url.Values{"text": {"Rà soát học sinh lớp 12"}, "due": {"31/02/2024"}}).want(http.StatusUnprocessableEntity).says("Rà soát học sinh lớp 12", "Xin ghi ngày xong")
	if !strings.Contains(a.body, "31/02/2024") {
		t.Error("what was typed is lost")
	}
	school.follow(school.post(plan+"/measures", url.Values{"text": {"Rà soát học sinh lớp 12"}, "owner": {"Đồng chí Lan"}, "due": {"2024-10-31"}, "origin": {"12-CV/ĐUK, mục 2"}})).
		says("Đồng chí Lan, xong trước 31/10/2024", "Từ 12-CV/ĐUK, mục 2", "đang soạn")
	school.post(plan+"/send", url.Values{"version": {"0"}}).want(http.StatusConflict)
	school.follow(school.post(plan+"/send", url.Values{"version": {"1"}})).says("chờ cấp trên duyệt")
	board.post(plan+"/answer", url.Values{"version": {"2"}, "do": {"return"}}).want(http.StatusUnprocessableEntity).says("Xin ghi điều cần sửa")
	board.follow(board.post(plan+"/answer", url.Values{"version": {"2"}, "do": {"approve"}})).says("cấp trên đã duyệt", "15/10/2024")
	board.get("/plans?unit=K01&year=2024&state=approved").says("Chi bộ Trường THPT Hải Bình", "1 trên 2 đơn vị")
	for _, sheet := range []string{plan + "/plan.xlsx", "/plans.xlsx?unit=K01&year=2024"} {
		board.get(sheet).want(http.StatusOK)
	}
	for _, path := range []string{"/plans/C02/1999", "/plans/C02/x", "/plans/NONE/2024"} {
		board.get(path).want(http.StatusNotFound)
	}
	a = school.get(plan)
	action := attrOf(a.body, `action="/measures/`)
	school.post("/measures/"+action, url.Values{"unit": {"C02"}, "year": {"2024"}, "version": {"1"}, "state": {"dropped"}}).want(http.StatusUnprocessableEntity).says("Xin ghi lý do không làm")
	school.follow(school.post("/measures/"+action, url.Values{"unit": {"C02"}, "year": {"2024"}, "version": {"1"}, "state": {"done"}})).says("đã xong")
	board.post("/measures/"+action, url.Values{"unit": {"C02"}, "year": {"2024"}, "version": {"2"}, "state": {"open"}}).want(http.StatusForbidden)
}

// attrOf returns what follows a text up to the end of the attribute.
func attrOf(body, from string) string {
	_, rest, _ := strings.Cut(body, from)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
