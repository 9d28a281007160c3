package web

import (
	"net/http"
	"strings"
	"testing"

	"ketnap/access"
)

func TestStuckPeopleWithReasonAndNextStep(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.BranchSecretary, "C02")
	a := c.get("/stuck").want(http.StatusOK)
	a.says("2 người đang dừng, tính đến ngày 15/10/2024", "quá 3 tháng", "708-CV/ĐUK, mục 2", "Chờ lớp nhận thức về Đảng", "Có giấy chứng nhận, chưa làm đơn",
		"Từ 04/01/2024, 9 tháng", "chi bộ làm", "Chi bộ Trường THPT Hải Bình 2 người").silent("Lê Thị Lan")
	if got := a.link("Ghi bước này"); !strings.HasPrefix(got, "/files/") || !strings.HasSuffix(got, "/acts/certify") {
		t.Errorf("the button leads to %q", got)
	}
	c.get("/stuck?reason=waiting_class").want(http.StatusOK).says("1 người đang dừng", "Nguyễn Văn Minh").silent("Đỗ Thị Hoa")
	c.get("/stuck?reason=no_helper").want(http.StatusOK).says("Không có ai dừng vì lý do này")
	c.get("/stuck?on=2024-04-01").want(http.StatusOK).says("Không có ai bị dừng")
	c.get("/stuck?on=06/4/2024").want(http.StatusOK).says("2 người đang dừng, tính đến ngày 06/4/2024")
	bad := c.get("/stuck?on=h%C3%B4m+nay").want(http.StatusUnprocessableEntity)
	if bad.beside("on") == "" || bad.value("on") != "hôm nay" {
		t.Errorf("beside the day: %q", bad.beside("on"))
	}
	board := ts.as(t, access.OrgBoard, "K01").get("/stuck").want(http.StatusOK)
	if board.link("Ghi bước này") != "" || !strings.HasPrefix(board.link("Mở hồ sơ"), "/files/") {
		t.Error("the board opens the file, and does not act for the branch")
	}
}

func TestLateFiles(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.OrgBoard, "K01")
	c.get("/files/late").want(http.StatusOK).says("Hồ sơ quá hạn")
	ts.as(t, access.BranchSecretary, "D01.B2").get("/files/late").want(http.StatusOK).says("Không có hồ sơ nào quá hạn")
}
