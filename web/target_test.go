package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
)

func TestTargetsTeachTheFirstStep(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.as(t, access.OrgBoard, "K01").get("/targets").want(http.StatusOK).says("Chỉ tiêu năm 2024", "chưa có mục tiêu", "Nhập văn bản", "Giao chỉ tiêu")
	ts.as(t, access.BaseOffice, "D01").get("/targets").want(http.StatusOK).says("Chọn Giao chỉ tiêu ở từng đơn vị").silent("Nhập văn bản")
	ts.as(t, access.BranchSecretary, "C02").get("/targets").want(http.StatusOK).says("sẽ hiện ở đây").silent("Giao chỉ tiêu")
	ts.as(t, access.Admin, "K01").get("/targets").want(http.StatusNotFound)
}

func TestAGoalIsAssignedAndChanged(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board, school := ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.BranchSecretary, "C02")
	board.confirmed(board.draft(smallLetter))
	a := board.get("/targets?unit=K01&year=2024").want(http.StatusOK).says("từ 5 trở lên", "phấn đấu", "theo 12-CV/ĐUK, mục 2")
	form := "/targets/C02/2024/admission"
	if firstNode(a.root, func(n *html.Node) bool { return nodeAttr(n, "href") == form && nodeText(n) == "Giao làm chỉ tiêu" }) == nil {
		t.Fatal("no way to assign the goal")
	}
	school.get("/targets").says("0 / 5", "còn 5", "phấn đấu, chưa giao làm chỉ tiêu")

	a = board.get(form).want(http.StatusOK)
	if a.value("min") != "5" || a.value("seq") != "1" {
		t.Fatalf("not prefilled: %s, %s", a.value("min"), a.value("seq"))
	}
	for _, c := range []struct{ name, low, high, field, says string }{
		{"a word is no number", "năm", "", "min", "số nguyên"},
		{"nothing is no number", "", "", "min", "số nguyên"},
		{"below nobody", "-1", "", "min", "từ 0"},
		{"the upper end is no number", "5", "x", "max", "số nguyên"},
		{"the upper end below the lower", "5", "3", "max", "nhỏ hơn"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := board.post(form, url.Values{"seq": {"1"}, "min": {c.low}, "max": {c.high}, "reason": {"thử"}}).want(http.StatusUnprocessableEntity)
			if !strings.Contains(a.beside(c.field), c.says) || a.value("min") != c.low || a.value("max") != c.high || a.value("reason") != "thử" {
				t.Errorf("beside: %q; kept %q %q %q", a.beside(c.field), a.value("min"), a.value("max"), a.value("reason"))
			}
		})
	}
	board.follow(board.post(form, url.Values{"seq": {"1"}, "min": {"5"}})).says("Đã giao Chi bộ Trường THPT Hải Bình", "giao làm chỉ tiêu")
	a = board.post(form, url.Values{"seq": {"1"}, "min": {"9"}, "reason": {"muộn"}}).want(http.StatusConflict).says("vừa có người giao hoặc đổi")
	if a.value("min") != "9" || a.value("reason") != "muộn" {
		t.Error("what was typed on a stale form is lost")
	}
	a = board.post(form, url.Values{"seq": {"2"}, "min": {"4"}}).want(http.StatusUnprocessableEntity)
	if !strings.Contains(a.beside("reason"), "lý do") {
		t.Errorf("beside: %q", a.beside("reason"))
	}
	board.follow(board.post(form, url.Values{"seq": {"2"}, "min": {"4"}, "reason": {"chuyển một quần chúng"}, "document": {"21-CV/ĐUK"}})).says("chuyển một quần chúng")
	school.get("/targets").says("0 / 4", "còn 4").silent("chưa giao làm chỉ tiêu")
}

func TestGoalsAreAssignedTogetherAndBalanced(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board := ts.as(t, access.OrgBoard, "K01")
	board.confirmed(board.draft(smallLetter))
	all := url.Values{"parent": {"K01"}, "year": {"2024"}, "indicator": {"admission"}}
	board.get("/targets?unit=K01").says("Giao 1 mục tiêu: Kết nạp đảng viên")
	board.follow(board.post("/targets/assign-goals", all)).says("Đã giao 1 đơn vị").silent("Giao 1 mục tiêu")
	board.follow(board.post("/targets/assign-goals", all)).says("Không còn mục tiêu nào chưa giao")
	board.post("/targets/K01/2024/admission", url.Values{"seq": {"0"}, "min": {"8"}}).want(http.StatusSeeOther)
	a := board.get("/targets?unit=K01&year=2024").says("giao cho các đơn vị 5, chỉ tiêu của đơn vị 8 — giao thiếu 3", "0 / 8")
	if a.link("Chi bộ Trường THPT Hải Bình") != "/targets?unit=C02&year=2024" {
		t.Errorf("a child leads to %q", a.link("Chi bộ Trường THPT Hải Bình"))
	}
	a = board.get("/targets?unit=D01.B1&year=2024").want(http.StatusOK)
	if a.link("Đảng ủy Trường Đại học Hải Sơn") == "" || a.link("Năm 2023") == "" {
		t.Error("no way up or to another year")
	}
	board.post("/targets/assign-goals", url.Values{"parent": {"K01"}, "year": {"x"}, "indicator": {"admission"}}).want(http.StatusUnprocessableEntity)
	board.post("/targets/assign-goals", url.Values{"parent": {"NONE"}, "year": {"2024"}, "indicator": {"admission"}}).want(http.StatusNotFound)
}

func TestTargetsOfOthersAreNotGiven(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	base, school := ts.as(t, access.BaseOffice, "D01"), ts.as(t, access.BranchSecretary, "C02")
	form := url.Values{"seq": {"0"}, "min": {"3"}}
	for _, c := range []struct {
		name   string
		who    *client
		unit   string
		status int
	}{
		{"the base office gives to its branch", base, "D01.B1", http.StatusSeeOther},
		{"but not to itself", base, "D01", http.StatusForbidden},
		{"and to nobody beside it", base, "C02", http.StatusNotFound},
		{"nor above", base, "K01", http.StatusNotFound},
		{"the branch sees its own and may not change it", school, "C02", http.StatusForbidden},
		{"and sees no other", school, "D01", http.StatusNotFound},
		{"a unit that is not there", base, "D09", http.StatusNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := "/targets/" + c.unit + "/2024/admission"
			if c.status != http.StatusSeeOther {
				c.who.get(path).want(c.status)
			}
			c.who.post(path, form).want(c.status)
		})
	}
	for _, path := range []string{"/targets/D01.B1/2024/none", "/targets/D01.B1/1999/admission", "/targets/D01.B1/x/admission", "/targets?unit=K01", "/targets.xlsx?unit=C02"} {
		base.get(path).want(http.StatusNotFound)
	}
	school.post("/targets/assign-goals", url.Values{"parent": {"C02"}, "year": {"2024"}, "indicator": {"admission"}}).want(http.StatusForbidden)
	base.get("/targets?unit=D01").says("từ 3 trở lên").silent("Đổi chỉ tiêu năm")
}
