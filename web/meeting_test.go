package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
)

// meet opens a meeting of a unit and returns its address.
func (c *client) meet(unit, on string, f fill) string {
	c.t.Helper()
	form := url.Values{"unit": {unit}, "on": {on}, "chair": {"Trần Văn Bình"}, "secretary": {"Lê Thị Hoa"}, "method": {"ballot"}}
	for name, value := range f {
		form.Set(name, value)
	}
	return strings.TrimSuffix(c.post("/meetings/new", form).want(http.StatusSeeOther).location, "/agenda")
}

// put ticks people on the agenda by what is to be decided of them.
func (c *client) put(meeting string, act admission.Code, ids ...string) *answer {
	c.t.Helper()
	form := c.get(meeting + "/agenda").want(http.StatusOK).form()
	for _, id := range ids {
		form.Add("pick", string(act)+":"+id)
	}
	return c.post(meeting+"/agenda", form)
}

// save fills the form of a draft and sends it by one of its buttons.
func (c *client) save(meeting, button string, f fill) *answer {
	c.t.Helper()
	form := c.get(meeting).want(http.StatusOK).form()
	for name, value := range f {
		form.Set(name, value)
	}
	form.Set("go", button)
	return c.post(meeting, form)
}

// points says at which place of the form each file stands.
func (a *answer) points() map[string]string {
	out := map[string]string{}
	for i := 0; ; i++ {
		n := a.field(fmt.Sprint("file-", i))
		if n == nil {
			return out
		}
		out[nodeAttr(n, "value")] = fmt.Sprint(i)
	}
}

// candidates opens files in a branch and leads them some steps.
func (ts *testServer) candidates(t *testing.T, who map[string]*client, unit string, steps []step, names ...string) []string {
	t.Helper()
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = who["branch"].open(unit, name)
		ts.walk(t, who, ids[i], steps)
	}
	return ids
}

func TestAMeetingOfABranchInTheBrowser(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1")}
	c := who["branch"]
	ids := ts.candidates(t, who, "D01.B1", toReady(), "Nguyễn Thị Thu Hà", "Trần Văn Minh", "Lê Thị Ngọc")
	waiting := c.open("D01.B1", "Phạm Văn Chờ")
	ts.walk(t, who, waiting, toReady()[:8])
	listed := c.open("D01.B1", "Đỗ Thị Mới")
	ts.walk(t, who, listed, toReady()[:1])

	c.get("/meetings").want(http.StatusOK).says("Chưa có cuộc họp nào", "Lập cuộc họp")
	c.get("/files/" + ids[0]).says("Lập cuộc họp")
	m := c.meet("D01.B1", "05/8/2024", nil)
	agenda := c.get(m + "/agenda").want(http.StatusOK)
	agenda.says("Nguyễn Thị Thu Hà", "Phạm Văn Chờ", "Chưa xét được, còn chờ: Hoàn thành hồ sơ", "Còn thiếu", "Đỗ Thị Mới")
	for n := range agenda.root.Descendants() {
		if nodeAttr(n, "name") == "pick" && nodeHas(n, "checked") {
			t.Errorf("%s is chosen beforehand", nodeAttr(n, "value"))
		}
	}
	c.put(m, admission.BranchResolution).want(http.StatusUnprocessableEntity).says("Chưa chọn hồ sơ nào")
	c.put(m, admission.BranchResolution, waiting).want(http.StatusConflict).says("Chưa xét được Phạm Văn Chờ")
	c.follow(c.put(m, admission.BranchResolution, ids...)).says("Đã đưa 3 nội dung", "có 20 đảng viên chính thức")
	c.follow(c.put(m, admission.List, listed))

	at := c.get(m).points()
	a := c.save(m, "save", fill{"present": "hai mươi", "place": "Hội trường A"}).want(http.StatusUnprocessableEntity)
	if !strings.Contains(a.beside("present"), "«hai mươi» không phải số") || a.value("present") != "hai mươi" || a.value("place") != "Hội trường A" {
		t.Errorf("what was typed: %q beside %q", a.value("present"), a.beside("present"))
	}
	if again := c.get(m); again.value("present") != "hai mươi" {
		t.Error("a draft keeps what cannot be read")
	}
	votes := fill{"present": "17", "probationary": "2", "absent-name-0": "Vũ An", "absent-reason-0": "elsewhere", "absent-reason-1": "ordinary", "auto": "",
		"for-" + at[ids[0]]: "17", "against-" + at[ids[0]]: "0", "number-" + at[ids[0]]: "12-NQ/CB",
		"for-" + at[ids[1]]: "12", "against-" + at[ids[1]]: "4",
		"for-" + at[ids[2]]: "18", "against-" + at[ids[2]]: "1", "number-" + at[ids[2]]: "14-NQ/CB",
		"number-" + at[listed]: "15-NQ/CB", "helper-" + at[listed]: "Vũ Hải Đăng"}
	a = c.save(m, "save", votes).want(http.StatusUnprocessableEntity)
	if text := a.beside("for-" + at[ids[2]]); !strings.Contains(text, "nhiều hơn 17 đảng viên chính thức có mặt. Đảng viên dự bị không biểu quyết") {
		t.Errorf("more ballots than members: %q", text)
	}
	if a.value("for-"+at[ids[0]]) != "17" || a.value("for-"+at[ids[2]]) != "18" || a.value("absent-name-0") != "Vũ An" {
		t.Error("the rest is not kept")
	}
	a.says("Tính trên 19 đảng viên chính thức (tổng số 20, không tính 1: 1 sinh hoạt tạm thời nơi khác)", "Cần ít nhất 13 phiếu (2/3 của 19", "Không đạt", "không hợp lệ hoặc không giơ thẻ: 1")
	a = c.save(m, "confirm", fill{"for-" + at[ids[2]]: "16", "secretary": ""}).want(http.StatusUnprocessableEntity)
	if a.beside("secretary") == "" {
		t.Error("a secretary is not asked for")
	}
	confirm := c.follow(c.save(m, "confirm", fill{"secretary": "Lê Thị Hoa"}))
	confirm.says("4 nội dung · 3 đạt · 1 không đạt · 5 việc ghi vào hồ sơ", "Biểu quyết không đạt: Kết nạp", "12-NQ/CB", "Vẫn ở bước «chờ chi bộ họp»", "Ghi vào 4 hồ sơ")
	c.get("/files/"+ids[0]).says("Chờ chi bộ họp", "Họp chi bộ ngày 05/8/2024")
	page := c.follow(c.post(m+"/confirm", confirm.form()))
	page.says("Đã ghi kết quả vào 4 hồ sơ", "Người ghi kết quả", "Vũ An (sinh hoạt tạm thời nơi khác)", "Bỏ phiếu kín")
	c.follow(c.post(m+"/confirm", confirm.form())).says("đã được ghi trước đó")
	c.get("/files/"+ids[0]).says("Chi bộ đã đề nghị", "17/19 đảng viên chính thức tán thành (cần 13)", "Không tính 1 người", "Vũ An")
	if href := c.get("/files/" + ids[0]).link("Họp chi bộ ngày 05/8/2024"); href != m {
		t.Errorf("the way from the act to its meeting: %q", href)
	}
	c.get("/files/"+ids[1]).says("Chờ chi bộ họp", "12/19", "1 lần")
	c.get("/files/"+listed).says("Cảm tình đảng", "Vũ Hải Đăng")
	c.record(ids[0], admission.Void, fill{"note": "Ghi nhầm số."})
	c.get(m).says("Đã hủy trên hồ sơ")
	c.get("/meetings?unit=D01.B1&year=2024&body=branch").says("Họp chi bộ", "đã ghi kết quả")
	c.get("/meetings?year=2023").says("Không có cuộc họp nào khớp")
}

func TestAMeetingThatWasChangedMeanwhile(t *testing.T) {
	t.Parallel()
	ts, who, id := ready(t)
	c := who["branch"]
	base := ts.as(t, access.BaseOffice, "D01")
	m := c.meet("D01.B1", "05/8/2024", fill{"file": id, "act": "branch_resolution"})
	if m == "" || len(c.get(m).points()) != 1 {
		t.Fatalf("the file from which the way led is not on the agenda: %s", m)
	}
	old := c.get(m).form()
	base.follow(base.save(m, "save", fill{"present": "19", "for-0": "18", "against-0": "1", "number-0": "12-NQ/CB"})).says("Đã lưu bản nháp", "Đạt")
	old.Set("present", "20")
	old.Set("place", "Phòng họp 2")
	a := c.post(m, old).want(http.StatusConflict)
	a.says("Có người đã lưu bản nháp này", "Mở lại bản mới nhất")
	if a.value("present") != "20" || a.value("place") != "Phòng họp 2" {
		t.Error("what was typed is gone")
	}
	confirm := c.get(m + "/confirm").want(http.StatusOK).form()
	c.record(id, admission.AssignHelper, fill{"on": "10/6/2024", "helper": "Trịnh Văn Lộc", "note": "Người trước chuyển công tác."})
	a = c.post(m+"/confirm", confirm).want(http.StatusConflict)
	a.says("Hồ sơ hoặc bản nháp đã thay đổi", "Hồ sơ đã có việc ghi sau khi chọn vào chương trình: Phân công đảng viên giúp đỡ")
	c.get("/files/" + id).silent("12-NQ/CB")
	ts.walk(t, who, id, []step{{"branch", admission.BranchResolution, "01/8/2024", fill{"number": "9-NQ/CB", "present": "20", "for": "20", "against": "0"}}})
	a = c.post(m+"/confirm", a.form()).want(http.StatusUnprocessableEntity)
	a.says("Chưa ghi được", "Bỏ nội dung này")
	drop := url.Values{"version": {confirm.Get("version")}, "line": {"0"}}
	c.follow(c.post(m+"/drop", drop)).says("Đã bỏ nội dung về Nguyễn Thị Thu Hà")
	c.post(m+"/drop", drop).want(http.StatusConflict)
	version := c.get(m).value("version")
	c.follow(c.post(m+"/discard", url.Values{"version": {version}})).says("Đã bỏ bản nháp")
	c.post(m, old).want(http.StatusConflict)
}

func TestAMeetingOfABaseCommitteeInTheBrowser(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1"), "base": ts.as(t, access.BaseOffice, "D01")}
	c := who["base"]
	steps := append(toReady(), step{"branch", admission.BranchResolution, "08/5/2024", fill{"number": "12-NQ/CB", "present": "20", "for": "20", "against": "0"}})
	ids := ts.candidates(t, who, "D01.B1", steps, "Nguyễn Thị Thu Hà", "Trần Văn Minh")
	m := c.meet("D01", "2024-06-05", fill{"method": "cards"})
	c.follow(c.put(m, admission.BaseResolution, ids...)).says("có 15 ủy viên")
	form := c.get(m).form()
	form.Set("present", "15")
	form.Set("for-0", "9")
	form.Set("against-0", "6")
	tally := c.post(m+"/tally", form).want(http.StatusOK)
	tally.says("Cần ít nhất 10 phiếu (2/3 của 15 ủy viên đảng ủy cơ sở)", "Không đạt")
	if c.get(m).value("present") != "" {
		t.Error("a tally keeps nothing")
	}
	c.follow(c.save(m, "confirm", fill{"present": "15", "for-0": "10", "against-0": "5", "for-1": "15", "against-1": "0", "auto": "on"})).says("2 đạt", "01-NQ/")
	form = c.get(m + "/confirm").form()
	c.follow(c.post(m+"/confirm", form)).says("Đã ghi kết quả vào 2 hồ sơ")
	for _, id := range ids {
		c.get("/files/"+id).says("Chờ quyết định", "-NQ/")
	}
	who["branch"].get(m).want(http.StatusNotFound)
	who["branch"].get("/files/" + ids[0]).silent("Họp đảng ủy cơ sở")
}

func TestASessionOfTheStandingCommitteeInTheBrowser(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1"), "base": ts.as(t, access.BaseOffice, "D01"), "board": ts.as(t, access.OrgBoard, "K01")}
	c := who["board"]
	steps := append(toReady(), step{"branch", admission.BranchResolution, "08/5/2024", fill{"number": "12-NQ/CB", "present": "20", "for": "20", "against": "0"}})
	open := ts.candidates(t, who, "D01.B1", steps, "Hồ Văn Chưa")
	steps = append(steps, step{"base", admission.BaseResolution, "05/6/2024", fill{"number": "47-NQ/ĐU", "present": "15", "for": "14", "against": "1"}})
	ids := ts.candidates(t, who, "D01.B1", steps, "Nguyễn Thị A", "Nguyễn Thị B", "Nguyễn Thị C", "Nguyễn Thị D", "Nguyễn Thị E")
	m := c.meet("K01", "2024-06-24", nil)
	c.get(m+"/agenda").says("Hồ Văn Chưa", "Chưa xét được, còn chờ: Ghi nghị quyết đảng ủy cơ sở")
	c.put(m, admission.Decide, open...).want(http.StatusConflict)
	c.follow(c.put(m, admission.Decide, ids...))
	a := c.follow(c.save(m, "fill", fill{"present": "9", "fill_for": "9", "fill_against": "0", "fill_number": "115-QĐ/ĐUK"}))
	for i := range ids {
		if a.value(fmt.Sprint("number-", i)) != fmt.Sprintf("%d-QĐ/ĐUK", 115+i) || a.value(fmt.Sprint("for-", i)) != "9" {
			t.Errorf("filled in at %d: %s, %s", i, a.value(fmt.Sprint("number-", i)), a.value(fmt.Sprint("for-", i)))
		}
	}
	confirm := c.follow(c.save(m, "confirm", nil))
	confirm.says("5 nội dung · 5 đạt · 0 không đạt · 5 việc ghi vào hồ sơ")
	c.follow(c.post(m+"/confirm", confirm.form())).says("Đã ghi kết quả vào 5 hồ sơ", "117-QĐ/ĐUK")
	c.get("/files/"+ids[4]).says("Chờ lễ kết nạp", "119-QĐ/ĐUK")
	reader := ts.as(t, access.StandingCommittee, "K01")
	reader.get(m).want(http.StatusOK).says("119-QĐ/ĐUK")
	reader.get("/meetings/new").want(http.StatusForbidden)
	who["base"].get(m).want(http.StatusNotFound)
}

func TestADraftIsReadByWhoMayNotWriteIt(t *testing.T) {
	t.Parallel()
	ts, who, id := ready(t)
	m := who["branch"].meet("D01.B1", "05/8/2024", fill{"file": id, "act": "branch_resolution"})
	board := ts.as(t, access.OrgBoard, "K01")
	page := board.get(m).want(http.StatusOK).says("Bản nháp, chưa ghi vào hồ sơ nào", "Nguyễn Thị Thu Hà")
	if firstNode(page.root, func(n *html.Node) bool { return nodeAttr(n, "id") == "act" }) != nil {
		t.Error("a form for who may not send it")
	}
	for _, path := range []string{m + "/agenda", m + "/confirm"} {
		board.get(path).want(http.StatusForbidden)
	}
	for _, path := range []string{m, m + "/tally", m + "/agenda", m + "/confirm", m + "/drop", m + "/discard"} {
		board.post(path, url.Values{"version": {"2"}, "line": {"0"}, "pick": {"list:x"}}).want(http.StatusForbidden)
	}
	ts.as(t, access.Admin, "K01").get(m).want(http.StatusNotFound)
	who["branch"].post("/meetings/new", url.Values{"unit": {""}}).want(http.StatusUnprocessableEntity)
	who["branch"].post("/meetings/new", url.Values{"unit": {"K01"}, "on": {"x"}}).want(http.StatusNotFound)
	union, err := ts.app.CreateUnit(t.Context(), app.System("test"), app.NewUnit{Code: "B9", Name: "Ban Tổ chức", Type: "board", Parent: "K01"})
	must(t, err)
	board.post("/meetings/new", url.Values{"unit": {string(union.Code)}}).want(http.StatusForbidden)
}
