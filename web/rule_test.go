package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
)

func TestEverybodySeesTheRegulation(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	for _, role := range access.Roles() {
		c := ts.as(t, role, "D01")
		page := c.get("/rules").want(http.StatusOK).says("RS-2021", "RS-2026B", "RS-2021F", "chỉ đổi mẫu", "đang có hiệu lực", "QĐ 24-QĐ/TW (30/7/2021)")
		if page.link("Quy định") != "/rules" {
			t.Errorf("%s: no way to it from the menu", role)
		}
		if page.link("Đổi một con số") != "" && role != access.Admin {
			t.Errorf("%s is offered a change", role)
		}
	}
	c := ts.as(t, access.UnionOfficer, "K01")
	c.get("/rules/sets/RS-2026B").want(http.StatusOK).says("Quyết định kết nạp", "60 ngày làm việc", "kế thừa từ RS-2025B", "ngày ban hành quyết định", "theo trí nhớ, chưa kiểm chứng")
	c.get("/rules/sets/RS-1900").want(http.StatusNotFound)
	c.get("/rules/catalogue").want(http.StatusOK).says("VOT-01", "luôn chặn", "DL-30", "nhắc", "Bảo mật và dữ liệu cá nhân").silent("Đổi thành chặn")
	c.get("/rules/catalogue?q=dl-70").want(http.StatusOK).says("DL-70", "1 quy tắc").silent("VOT-01")
	c.get("/rules/catalogue?q=du+bi").want(http.StatusOK).says("DL-90").silent("DL-40")
	c.get("/rules/catalogue?q=khongco").want(http.StatusOK).says("Không có quy tắc nào khớp")
	c.get("/rules/calendar?year=2024").want(http.StatusOK).says("Lịch làm việc năm 2024", "Theo thông báo đã có", "Giỗ Tổ")
	c.get("/rules/calendar?year=2040").want(http.StatusOK).says("Tạm tính theo luật")
	c.get("/rules/calendar?year=x").want(http.StatusOK).says("Lịch làm việc năm 2024")
}

// TestAFigureIsChanged goes the whole way: a refused form, a draft, its rehearsal, the
// change in force, and its revocation.
func TestAFigureIsChanged(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	branch := ts.as(t, access.BranchSecretary, "D01.B1")
	file := branch.open("D01.B1", "Trần Thị Lan")
	ts.walk(t, map[string]*client{"branch": branch}, file, append(toReady(), step{"branch", admission.BranchResolution, "15/8/2024", fill{"number": "12-NQ/CB", "present": "20", "for": "20", "against": "0"}}))
	admin, board, office := ts.as(t, access.Admin, "K01"), ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.BaseOffice, "D01")

	admin.get("/rules").want(http.StatusOK).says("Đổi một con số", "Thêm bộ quy định")
	form := admin.get("/rules/changes/new?kind=term&subject=DL-70").want(http.StatusOK).says("Quyết định kết nạp", "60 ngày làm việc")
	if form.value("amount") != "60" || form.value("extension") != "30" {
		t.Errorf("what holds now is offered: %s +%s", form.value("amount"), form.value("extension"))
	}
	v := url.Values{"kind": {"term"}, "subject": {"DL-70"}, "from": {"2024-08-01"}, "amount": {"ba"}, "extension": {"5"}, "document": {"15-QĐ/ĐUK"}, "reason": {"thí điểm"}}
	bad := admin.post("/rules/changes", v).want(http.StatusUnprocessableEntity)
	if !strings.Contains(bad.beside("amount"), "Chưa phải số nguyên") || bad.value("amount") != "ba" || bad.value("reason") != "thí điểm" || bad.value("from") != "2024-08-01" {
		t.Errorf("beside the field %q, kept %q", bad.beside("amount"), bad.value("amount"))
	}
	v.Set("amount", "30")
	v.Set("document", "")
	if bad = admin.post("/rules/changes", v).want(http.StatusUnprocessableEntity); !strings.Contains(bad.beside("document"), "Chưa có số văn bản") {
		t.Errorf("beside the document: %q", bad.beside("document"))
	}
	v.Set("document", "15-QĐ/ĐUK")
	office.post("/rules/changes", v).want(http.StatusForbidden)
	office.get("/rules/changes/new?kind=term").want(http.StatusForbidden)

	drafted := admin.post("/rules/changes", v)
	page := admin.follow(drafted).says("Tác động nếu áp dụng", "1 hồ sơ thay đổi", "1 hồ sơ sẽ quá hạn", "11/11/2024 → 30/9/2024", "thành quá hạn", "Chi bộ Khoa Kinh tế").silent("Trần Thị Lan")
	sheet := admin.get(drafted.location + "/rehearsal.xlsx").want(http.StatusOK)
	if !strings.Contains(sheet.header.Get("Content-Disposition"), "ra-truoc.xlsx") || !strings.HasPrefix(sheet.body, "PK") {
		t.Error("the rehearsal is no sheet")
	}
	if seen := board.get(drafted.location).want(http.StatusOK).says("Trần Thị Lan"); seen.link("Trần Thị Lan") != "/files/"+file || seen.field("version") != nil {
		t.Error("the board sees whom it concerns, and applies nothing")
	}
	board.get("/rules").want(http.StatusOK).silent("15-QĐ/ĐUK")
	office.post(drafted.location+"/apply", url.Values{"version": {"1"}}).want(http.StatusForbidden)
	board.get("/files/" + file).want(http.StatusOK).silent("30/9/2024")

	apply := url.Values{"version": {page.value("version")}}
	admin.follow(admin.post(drafted.location+"/apply", apply)).says("Đã áp dụng", "1 hồ sơ có bước hoặc hạn mới", "15-QĐ/ĐUK")
	admin.post(drafted.location+"/apply", apply).want(http.StatusConflict)
	board.get("/files/"+file).want(http.StatusOK).says("30/9/2024", "15-QĐ/ĐUK")
	board.get("/rules").want(http.StatusOK).says("thí điểm", "đang có hiệu lực")
	board.get("/rules/sets/RS-2021").want(http.StatusOK).says("đã thay đổi", "01/8/2024 – 19/01/2025", "30 ngày làm việc")
	admin.get(drafted.location).want(http.StatusOK).says("Người áp dụng").silent("Tác động nếu áp dụng")

	id := strings.TrimPrefix(drafted.location, "/rules/changes/")
	admin.get("/rules/changes/new?kind=revoke&subject=" + id).want(http.StatusOK).says("15-QĐ/ĐUK")
	back := admin.post("/rules/changes", url.Values{"kind": {"revoke"}, "subject": {id}, "from": {"2024-08-01"}, "document": {"16-QĐ/ĐUK"}, "reason": {"hết thí điểm"}})
	admin.follow(back).says("1 hồ sơ thay đổi")
	admin.follow(admin.post(back.location+"/apply", url.Values{"version": {"1"}})).says("Đã áp dụng", "đã thu hồi")
	board.get("/files/" + file).want(http.StatusOK).silent("30/9/2024")
	admin.follow(admin.post("/rules/redraw", nil)).says("Đã tính lại 1 hồ sơ")
}

func TestOtherChangesGoTheSameWay(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	admin := ts.as(t, access.Admin, "K01")
	common := func(v url.Values) url.Values {
		v.Set("document", "15-QĐ/ĐUK")
		v.Set("reason", "x")
		return v
	}
	done := func(a *answer) *answer {
		t.Helper()
		admin.follow(a)
		return admin.follow(admin.post(a.location+"/apply", url.Values{"version": {"1"}}))
	}
	admin.get("/rules/catalogue?q=DL-30").want(http.StatusOK).says("Đổi thành chặn")
	admin.get("/rules/changes/new?kind=severity").want(http.StatusOK).says("DL-30", "ADM-12").silent("VOT-01")
	admin.get("/rules/changes/new?kind=severity&subject=DL-30&severity=block").want(http.StatusOK).says("Hiện nay", "Nhắc")
	fixed := admin.post("/rules/changes", common(url.Values{"kind": {"severity"}, "subject": {"VOT-07"}, "severity": {"warn"}, "from": {"2024-10-16"}})).want(http.StatusUnprocessableEntity)
	if !strings.Contains(fixed.beside("subject"), "luôn chặn") {
		t.Errorf("beside the rule: %q", fixed.beside("subject"))
	}
	done(admin.post("/rules/changes", common(url.Values{"kind": {"severity"}, "subject": {"DL-30"}, "severity": {"block"}, "from": {"2024-10-15"}}))).says("DL-30: từ nhắc thành chặn")
	admin.get("/rules/catalogue?q=DL-30").says("Đổi về nhắc", "15-QĐ/ĐUK")

	admin.get("/rules/changes/new?kind=set").want(http.StatusOK).says("Mã bộ quy định", "Các con số mà bộ này nêu")
	set := common(url.Values{"kind": {"set"}, "subject": {"RS-2027"}, "from": {"2026-12-01"}, "documents": {"QĐ 9-QĐ/TW\n\nHD 2-HD/TW"}, "confidence": {"sourced"},
		"figure-DL-70": {"40"}, "figure-DL-70-clause": {"4.3"}, "figure-DL-80": {"20"}})
	if bad := admin.post("/rules/changes", set).want(http.StatusUnprocessableEntity); bad.beside("figure-DL-80-start") == "" || bad.value("figure-DL-70") != "40" {
		t.Error("a figure of a set is not judged beside its field")
	}
	set.Set("figure-DL-80-start", "issued")
	done(admin.post("/rules/changes", set)).says("RS-2027", "do quản trị viên thêm", "từ 01/12/2026", "chưa đến ngày")
	admin.get("/rules/sets/RS-2027").want(http.StatusOK).says("40 ngày làm việc", "QĐ 9-QĐ/TW, 4.3", "kế thừa từ RS-2025B")

	admin.get("/rules/changes/new?kind=holiday&from=2024-10-21").want(http.StatusOK)
	done(admin.post("/rules/changes", common(url.Values{"kind": {"holiday"}, "from": {"2024-10-21"}, "off": {"off"}, "name": {"nghỉ bão"}, "announced": {"2024-10-14"}}))).says("Nghỉ ngày 21/10/2024: nghỉ bão")
	admin.get("/rules/calendar?year=2024").says("nghỉ bão", "15-QĐ/ĐUK", "công bố 14/10/2024")

	drop := admin.post("/rules/changes", common(url.Values{"kind": {"term"}, "subject": {"DL-40"}, "from": {"2024-10-16"}, "amount": {"20"}}))
	admin.follow(drop)
	admin.follow(admin.post(drop.location+"/drop", url.Values{"version": {"1"}})).says("Đã bỏ bản nháp").silent("DL-40, ")
	admin.get("/rules/changes/new?kind=nothing").want(http.StatusNotFound)
	admin.post("/rules/changes", url.Values{"kind": {"nothing"}}).want(http.StatusNotFound)
}
