package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/admission"
)

// undo is the way to take an act back that the file's page offers beside it.
func (a *answer) undo(act string) string {
	li := firstNode(a.root, func(n *html.Node) bool {
		return n.Data == "li" && strings.Contains(nodeText(n), act) && strings.Contains(nodeText(n), "Hủy…")
	})
	if li == nil {
		return ""
	}
	link := firstNode(li, func(n *html.Node) bool { return strings.Contains(nodeAttr(n, "href"), "act_id=") })
	return nodeAttr(link, "href")
}

func TestAnEarlierActTakesTheLaterOnesWithIt(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	c := who["branch"]
	path := c.get("/files/" + id).undo("Giấy chứng nhận lớp nhận thức")
	if path == "" {
		t.Fatal("the page offers no way to take an earlier act back")
	}
	form := c.get(path).want(http.StatusOK)
	form.says("Sẽ hủy: Giấy chứng nhận lớp nhận thức về Đảng, ngày 20/02/2024", "trở lại bước «cảm tình đảng»", "Cùng bị hủy 5 việc ghi sau đó",
		"Hoàn thành hồ sơ trình chi bộ", "Giấy chứng nhận lớp nhận thức về Đảng: không còn trong hồ sơ", "0312/CN", "không cấp lại")
	fields := form.form()
	c.post("/files/"+id+"/acts/void", fields).want(http.StatusUnprocessableEntity).says("Cần ghi lý do.")
	fields.Set("note", "Ghi nhầm sang hồ sơ khác.")
	asked := c.post("/files/"+id+"/acts/void", fields).want(http.StatusOK)
	asked.says("việc ghi sau đó cũng bị hủy", "Vẫn ghi")
	page := c.follow(c.post("/files/"+id+"/acts/void", asked.form()).want(http.StatusSeeOther))
	page.says("Cảm tình đảng")
	if n := strings.Count(page.main(), "Ghi nhầm sang hồ sơ khác."); n != 6 {
		t.Errorf("%d acts are struck out, not 6", n)
	}
}

func TestABranchCannotTakeADecisionBack(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.on("2026-03-02")
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "C02"), "board": ts.as(t, access.OrgBoard, "K01")}
	id := who["branch"].open("C02", "Trần Thị Lan")
	ts.walk(t, who, id, toReady())
	ts.walk(t, who, id, []step{
		{"branch", admission.BranchResolution, "13/5/2024", fill{"number": "12-NQ/CB", "present": "15", "for": "15", "against": "0"}},
		{"board", admission.Decide, "24/6/2024", fill{"number": "215-QĐ/ĐUK", "present": "9", "for": "9", "against": "0"}},
		{"branch", admission.ReceiveDecision, "28/6/2024", nil},
	})
	branch, board := who["branch"].get("/files/"+id), who["board"].get("/files/"+id)
	if branch.undo("Ngày nhận quyết định") == "" || branch.undo("Quyết định kết nạp") != "" || branch.undo("Giới thiệu quần chúng ưu tú") != "" {
		t.Error("a branch takes back its own act only, while nothing of the board falls with it")
	}
	decision := board.undo("Quyết định kết nạp")
	if decision == "" || board.undo("Ngày nhận quyết định") != "" {
		t.Error("the board takes the decision back with what followed, not the branch's act alone")
	}
	who["board"].get(decision).want(http.StatusOK).says("215-QĐ/ĐUK", "Làm lễ kết nạp: không tính nữa")
}

func TestWhatConcernsFewPeople(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.on("2024-10-15")
	c := ts.as(t, access.BranchSecretary, "D01.B1")
	id := c.open("D01.B1", "Nguyễn Thị Thu Hà")
	ts.walk(t, map[string]*client{"branch": c}, id, toReady()[:4])
	c.get("/files/"+id+"/acts/apply").want(http.StatusOK).says("Trường hợp riêng", "Trình độ học vấn", "Kết nạp lại")
	wrong := c.try(id, admission.Apply, fill{"on": "15/3/2024", "readmission.left": "31/02/2020", "readmission.reason": "removed"})
	wrong.want(http.StatusUnprocessableEntity).says("không phải một ngày có trong lịch")
	if n := firstNode(wrong.root, func(n *html.Node) bool { return n.Data == "details" && within(n, "act") }); !nodeHas(n, "open") {
		t.Error("what is wrong is folded away")
	}
	c.try(id, admission.Apply, fill{"on": "15/3/2024", "readmission.left": "05/6/2022", "readmission.reason": "removed"}).want(http.StatusOK).
		says("Chưa đủ 36 tháng", "Vẫn ghi")
	page := c.record(id, admission.Apply, fill{"on": "15/3/2024", "education": "primary", "area": "special", "readmission.left": "05/6/2020", "readmission.reason": "removed"})
	page.says("học vấn: tiểu học", "địa bàn đặc thù", "ra khỏi Đảng ngày 05/6/2020", "bị xóa tên")
	base := ts.as(t, access.BaseOffice, "D01")
	base.record(id, admission.Suspend, fill{"on": "01/4/2024", "cause": "prosecuted", "note": "Chờ kết luận."}).says("Tạm dừng xem xét", "bị khởi tố, truy tố")
	base.record(id, admission.Resume, fill{"on": "15/4/2024", "note": "Đã có kết luận."}).says("Làm hồ sơ")
	board := ts.as(t, access.OrgBoard, "K01")
	board.try(id, admission.Close, fill{"on": "20/4/2024", "cause": "political", "note": "nội dung"}).want(http.StatusUnprocessableEntity).says("tài liệu mật")
	board.record(id, admission.Close, fill{"on": "20/4/2024", "cause": "died"}).says("Đã kết thúc", "qua đời")
}
