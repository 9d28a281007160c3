package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
)

func TestTheForecastSaysWhatTheYearWillBring(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.OrgBoard, "K01")
	a := c.get("/forecast?unit=C02").want(http.StatusOK)
	a.says("Dự báo kết nạp năm 2024", "Chi bộ Trường THPT Hải Bình, tính đến ngày 15/10/2024", "Khó đạt chỉ tiêu 5 của năm 2024", "còn 2 người chưa có nguồn",
		"Không xét đặc điểm cá nhân", "Ngày ra trường 31/5", "QĐ 24-QĐ/TW, 4.3.1 · DL-70", "Nguyễn Văn Minh", "Chưa có giấy chứng nhận", "Đỗ Thị Hoa", "viết đơn")
	if got := a.link("Đỗ Thị Hoa"); !strings.HasPrefix(got, "/files/") {
		t.Errorf("a person leads to %q", got)
	}
	c.get("/forecast?unit=K01").want(http.StatusOK).says("Đơn vị trực thuộc", "Chi bộ họp xét, ra nghị quyết", "08/10/2024", "đã qua")
	c.get("/forecast?unit=K01&year=2030").want(http.StatusOK).says("Năm 2030 chưa được giao chỉ tiêu")
	c.get("/forecast?unit=K01&year=2090").want(http.StatusNotFound)
	c.get("/forecast.xlsx?unit=K01").sheet()
	c.get("/forecast.xlsx?unit=C02").sheet()
	ts.as(t, access.PropagandaBoard, "K01").get("/forecast?unit=C02").want(http.StatusOK).says("Còn có thể kịp").silent("Minh", "Hoa")
	ts.as(t, access.BranchSecretary, "D01.B1").get("/forecast?unit=C02").want(http.StatusNotFound).silent("Minh")
}

func TestTheDayOnWhichPupilsLeaveKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.OrgBoard, "K01")
	a := c.post("/forecast/graduation", url.Values{"unit": {"C02"}, "year": {"2024"}, "graduation": {"31/2"}, "from": {"2024-01-01"}, "reason": {"Kế hoạch năm học"}}).want(http.StatusUnprocessableEntity)
	if a.beside("graduation") == "" || a.value("graduation") != "31/2" || a.value("reason") != "Kế hoạch năm học" {
		t.Errorf("beside the day: %q, kept %q", a.beside("graduation"), a.value("graduation"))
	}
	c.post("/forecast/graduation", url.Values{"unit": {"C02"}, "year": {"2024"}, "graduation": {"15/6"}, "from": {"2024-01-01"}, "reason": {"Kế hoạch năm học"}}).want(http.StatusSeeOther)
	c.get("/forecast?unit=C02").want(http.StatusOK).says("Ngày ra trường 15/6 hằng năm", "Kế hoạch năm học")
}

func TestASimulationChangesNothing(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	ts.withCeiling(t)
	c := ts.as(t, access.OrgBoard, "K01")
	a := c.get("/forecast/simulate?unit=C02").want(http.StatusOK)
	a.says("Thử phương án năm 2024", "Chưa chọn ai", "Đỗ Thị Hoa", "Nguyễn Văn Minh")
	id := strings.TrimPrefix(c.get("/forecast?unit=C02").link("Đỗ Thị Hoa"), "/files/")
	c.get("/forecast/simulate?unit=C02&file="+id).want(http.StatusOK).says("Còn thiếu 3", "Vẫn không xếp loại Hoàn thành xuất sắc (EVAL-20)", "Chi bộ họp xét, ra nghị quyết: 08/10/2024", "Kịp").silent("Chưa chọn ai")
	bad := c.get("/forecast/simulate?unit=C02&by=2025-03-01&file=" + id).want(http.StatusUnprocessableEntity)
	if bad.beside("by") == "" {
		t.Error("a day of another year is told beside its field")
	}
	ts.as(t, access.PropagandaBoard, "K01").get("/forecast/simulate?unit=C02").want(http.StatusNotFound)
}

func TestTheTableOfACommittee(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.OrgBoard, "K01")
	a := c.get("/table").want(http.StatusOK)
	a.says("Bảng theo dõi", "Chi bộ Trường THPT Hải Bình", "Đảng ủy Trường Đại học Hải Sơn", "Chậm so với chỉ tiêu", "Hiện không có nguồn", "Cộng 2 đơn vị", "Vướng và đứng yên")
	if got := a.link("Chi bộ Trường THPT Hải Bình"); !strings.HasPrefix(got, "/forecast?") {
		t.Errorf("a branch leads to %q", got)
	}
	c.get("/table?q=hai+binh").want(http.StatusOK).says("Cộng 1 đơn vị")
	c.get("/table?state=behind").want(http.StatusOK).says("Cộng 1 đơn vị")
	c.get("/table?kind=university").want(http.StatusOK).says("Cộng 1 đơn vị", "Hiện không có nguồn")
	c.get("/table?state=pinned").want(http.StatusOK).says("Không có đơn vị nào phù hợp")
	for _, sort := range []string{"name", "-plan", "next", "-listed", "class", "nothing"} {
		c.get("/table?sort=" + sort).want(http.StatusOK).says("Cộng 2 đơn vị")
	}
	c.post("/table/pin", url.Values{"unit": {"C02"}, "on": {"1"}, "back": {"/table?sort=name"}}).want(http.StatusSeeOther)
	c.get("/table?state=pinned").want(http.StatusOK).says("Chi bộ Trường THPT Hải Bình", "★")
	c.post("/table/pin", url.Values{"unit": {"C02"}, "on": {"1"}, "back": {"https://other"}}).want(http.StatusUnprocessableEntity)
	c.get("/table.xlsx?state=behind").sheet()
	c.get("/table?unit=C02").want(http.StatusOK).says("Không có đơn vị trực thuộc")
	ts.as(t, access.BranchSecretary, "D01.B1").get("/table?unit=C02").want(http.StatusNotFound)
	ts.as(t, access.PropagandaBoard, "K01").get("/table").want(http.StatusOK).says("Cộng 2 đơn vị")
}
