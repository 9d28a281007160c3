package web

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/admission"
)

// form is the form of a page as a browser would send it.
func (a *answer) form() url.Values {
	v := url.Values{}
	for n := range a.root.Descendants() {
		name := nodeAttr(n, "name")
		if n.Type != html.ElementNode || name == "" || !within(n, "act") {
			continue
		}
		switch kind := nodeAttr(n, "type"); {
		case n.Data == "textarea", n.Data == "select", n.Data == "input" && kind != "radio" && kind != "checkbox":
			v.Set(name, a.value(name))
		case n.Data == "input" && nodeHas(n, "checked"):
			v.Set(name, nodeAttr(n, "value"))
		}
	}
	return v
}

// within reports whether a node stands in the element with an id.
func within(n *html.Node, id string) bool {
	for ; n != nil; n = n.Parent {
		if nodeAttr(n, "id") == id {
			return true
		}
	}
	return false
}

// fill is what a person types, over what the form brings.
type fill map[string]string

// try opens the form of an act, fills it and sends it.
func (c *client) try(id string, act admission.Code, f fill) *answer {
	c.t.Helper()
	path := "/files/" + id + "/acts/" + string(act)
	form := c.get(path).want(http.StatusOK).form()
	for name, value := range f {
		form.Set(name, value)
	}
	return c.post(path, form)
}

// record is try for an act that must be written, its warnings confirmed.
func (c *client) record(id string, act admission.Code, f fill) *answer {
	c.t.Helper()
	a := c.try(id, act, f)
	if a.status == http.StatusOK {
		a = c.post("/files/"+id+"/acts/"+string(act), a.form())
	}
	if a.status != http.StatusSeeOther {
		c.t.Fatalf("%s: %d: %s", act, a.status, a.main())
	}
	return c.follow(a)
}

// open opens a file in a branch and returns its id.
func (c *client) open(unit, name string) string {
	c.t.Helper()
	a := c.post("/files/new", url.Values{"unit": {unit}, "name": {name}, "birth_date": {"14/3/1996"}, "sex": {"female"}}).want(http.StatusSeeOther)
	return strings.TrimPrefix(a.location, "/files/")
}

// A step of a road: who records it, what, when, and with what.
type step struct {
	who string
	act admission.Code
	on  string
	fill
}

// toReady are the steps of a branch up to the papers for its vote.
func toReady() []step {
	return []step{
		{"branch", admission.Introduce, "15/01/2024", fill{"by": "youth_union", "number": "18-NQ/ĐTN"}},
		{"branch", admission.List, "2024-02-01", fill{"number": "04-NQ/CB"}},
		{"branch", admission.AssignHelper, "01/02/2024", fill{"helper": "Vũ Hải Đăng"}},
		{"branch", admission.Certify, "20/02/2024", fill{"number": "0312/CN", "issued": "18/02/2024"}},
		{"branch", admission.Apply, "15/3/2024", nil},
		{"branch", admission.SendVerification, "22/3/2024", fill{"to": "Đảng ủy xã Hải Phú"}},
		{"branch", admission.ReceiveRequest, "27/3/2024", nil},
		{"branch", admission.ConcludeVerification, "12/4/2024", fill{"result": "clear"}},
		{"branch", admission.CompleteDossier, "06/5/2024", fill{"3-KNĐ": "18/4/2024", "4-KNĐ": "22/4/2024", "5-KNĐ": "02/5/2024"}},
	}
}

func (ts *testServer) walk(t *testing.T, who map[string]*client, id string, steps []step) {
	t.Helper()
	for _, s := range steps {
		f := maps.Clone(s.fill)
		if f == nil {
			f = fill{}
		}
		f["on"] = s.on
		who[s.who].record(id, s.act, f).says("Đã ghi: " + actDone(s.act))
	}
}

func TestARoadUnderABaseCommittee(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.on("2026-03-02")
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1"), "base": ts.as(t, access.BaseOffice, "D01"), "board": ts.as(t, access.OrgBoard, "K01")}
	id := who["branch"].open("D01.B1", "Nguyễn Thị Thu Hà")
	ts.walk(t, who, id, toReady())
	ts.walk(t, who, id, []step{
		{"branch", admission.BranchResolution, "05/8/2024", fill{"number": "12-NQ/CB", "present": "20", "for": "19", "against": "1"}},
		{"base", admission.BaseResolution, "05/9/2024", fill{"number": "47-NQ/ĐU", "present": "15", "for": "14", "against": "1"}},
		{"board", admission.Decide, "24/10/2024", fill{"number": "215-QĐ/ĐUK", "present": "9", "for": "9", "against": "0"}},
		{"branch", admission.ReceiveDecision, "28/10/2024", nil},
		{"branch", admission.Ceremony, "07/11/2024", nil},
		{"branch", admission.CompleteReview, "12/11/2025", fill{"10-KNĐ": "10/11/2025", "11-KNĐ": "10/11/2025", "12-KNĐ": "11/11/2025", "CN-ĐVM": "20/5/2025"}},
		{"branch", admission.ProposeRecognition, "20/11/2025", fill{"number": "31-NQ/CB", "present": "18", "for": "18", "against": "0"}},
		{"base", admission.BaseRecognition, "01/12/2025", fill{"number": "80-NQ/ĐU", "present": "15", "for": "15", "against": "0"}},
		{"board", admission.Recognize, "12/12/2025", fill{"number": "301-QĐ/ĐUK", "present": "9", "for": "8", "against": "1"}},
	})
	p := who["branch"].get("/files/" + id).want(http.StatusOK)
	p.says("Đảng viên chính thức", "19/20 đảng viên chính thức tán thành (cần 14)", "14/15 ủy viên đảng ủy cơ sở tán thành (cần 10)",
		"12-NQ/CB", "mẫu 6-KNĐ", "người giúp đỡ: Vũ Hải Đăng", "Hồ sơ này không còn việc phải làm", "Đảng ủy cơ sở", "Bộ RS-2021: QĐ 24-QĐ/TW", "Bộ RS-2025B")
	if a := p.link("Đảng ủy Khối các cơ quan tỉnh"); a != "" {
		t.Errorf("a branch sees no list of the committee above: %s", a)
	}
	if a := who["board"].get("/files/" + id).link("Đảng ủy Trường Đại học Hải Sơn"); a != "/files?unit=D01" {
		t.Errorf("the board's way to the base committee: %q", a)
	}
}

func TestARoadOfAChiBoCoSo(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.on("2026-03-02")
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "C02"), "board": ts.as(t, access.OrgBoard, "K01")}
	id := who["branch"].open("C02", "Trần Thị Lan")
	ts.walk(t, who, id, toReady())
	ts.walk(t, who, id, []step{
		{"branch", admission.BranchResolution, "13/5/2024", fill{"number": "12-NQ/CB", "present": "15", "for": "15", "against": "0"}},
	})
	who["branch"].get("/files/"+id).says("Ban Tổ chức, Đảng ủy Khối các cơ quan tỉnh").silent("mẫu 8-KNĐ", "Đảng ủy cơ sở")
	ts.walk(t, who, id, []step{
		{"board", admission.Decide, "24/6/2024", fill{"number": "115-QĐ/ĐUK", "present": "9", "for": "9", "against": "0"}},
		{"branch", admission.ReceiveDecision, "28/6/2024", nil},
		{"branch", admission.Ceremony, "05/7/2024", nil},
		{"branch", admission.CompleteReview, "07/7/2025", fill{"10-KNĐ": "07/7/2025", "11-KNĐ": "07/7/2025", "12-KNĐ": "07/7/2025", "CN-ĐVM": "20/5/2025"}},
		{"branch", admission.ProposeRecognition, "20/7/2025", fill{"number": "31-NQ/CB", "present": "15", "for": "15", "against": "0"}},
		{"board", admission.Recognize, "12/8/2025", fill{"number": "301-QĐ/ĐUK", "present": "9", "for": "8", "against": "1"}},
	})
	who["branch"].get("/files/"+id).says("Đảng viên chính thức", "công nhận chính thức")
}

// ready is a file at the branch's vote, with the clock on the day of the mock.
func ready(t *testing.T) (ts *testServer, who map[string]*client, id string) {
	t.Helper()
	ts = newTestServer(t)
	who = map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1")}
	id = who["branch"].open("D01.B1", "Nguyễn Thị Thu Hà")
	ts.walk(t, who, id, toReady())
	return ts, who, id
}

func TestAVoteAboveTheMembershipIsRefused(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	vote := fill{"on": "05/8/2024", "number": "12-NQ/CB", "members": "20", "present": "21", "for": "21", "against": "0"}
	a := who["branch"].try(id, admission.BranchResolution, vote).want(http.StatusUnprocessableEntity)
	a.says("Có mặt 21 người, nhiều hơn 20 đảng viên chính thức", "VOT-02", "Cần ít nhất 14 phiếu (2/3 của 20 đảng viên chính thức)")
	if a.beside("present") == "" {
		t.Error("nothing stands beside the number of those present")
	}
	for name, want := range vote {
		if name == "on" {
			want = "2024-08-05"
		}
		if got := a.value(name); got != want {
			t.Errorf("%s was kept as %q, typed %q", name, got, want)
		}
	}
	vote["members"], vote["present"], vote["for"] = "25", "25", "25"
	if a := who["branch"].try(id, admission.BranchResolution, vote).want(http.StatusUnprocessableEntity); !strings.Contains(a.beside("members"), "không thể tính 25") {
		t.Errorf("beside the number of members: %q", a.beside("members"))
	}
	who["branch"].get("/files/" + id).says("Chờ chi bộ họp")
}

func TestAShortVoteIsRefusedAndMayBeRecordedAsFailed(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	c := who["branch"]
	a := c.try(id, admission.BranchResolution, fill{"on": "05/8/2024", "number": "12-NQ/CB", "present": "20", "for": "13", "against": "7"}).want(http.StatusUnprocessableEntity)
	a.says("Cần ít nhất 14 phiếu (2/3 của 20 đảng viên chính thức); mới có 13.", "VOT-01", "Ghi là «Biểu quyết không đạt»")
	button := firstNode(a.root, func(n *html.Node) bool { return nodeHas(n, "formaction") })
	page := c.follow(c.post(nodeAttr(button, "formaction"), a.form()))
	page.says("Đã ghi: Biểu quyết không đạt", "13/20 đảng viên chính thức tán thành (cần 14)", "Chờ chi bộ họp", "Báo cáo kết quả biểu quyết không đạt", "1 lần")
	if !strings.HasPrefix(page.link("Báo cáo kết quả biểu quyết không đạt với cấp ủy có thẩm quyền"), "/tasks/") {
		t.Error("the task that a failed ballot opens cannot be opened")
	}
}

func TestFewerMembersNeedAReason(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	vote := fill{"on": "05/8/2024", "number": "12-NQ/CB", "members": "19", "present": "19", "for": "19", "against": "0"}
	a := who["branch"].try(id, admission.BranchResolution, vote).want(http.StatusUnprocessableEntity)
	if a.beside("note") == "" {
		t.Error("the reason is not asked for beside its field")
	}
	vote["note"] = "Một đồng chí đi học nước ngoài."
	who["branch"].record(id, admission.BranchResolution, vote).says("19/19 đảng viên chính thức tán thành (cần 13)", "Một đồng chí đi học nước ngoài.")
}

func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	a := who["branch"].try(id, admission.BranchResolution, fill{"on": "31/02/2024", "number": "12-NQ/CB", "present": "hai mươi", "for": "19"}).want(http.StatusUnprocessableEntity)
	for field, want := range map[string]string{"on": "«31/02/2024» không phải một ngày", "present": "«hai mươi» không phải số", "against": "Chưa ghi số"} {
		if got := a.beside(field); !strings.Contains(got, want) {
			t.Errorf("beside %s: %q", field, got)
		}
	}
	if a.value("on") != "31/02/2024" || a.value("present") != "hai mươi" || a.value("for") != "19" {
		t.Error("what was typed is gone")
	}
	if b := who["branch"].try(id, admission.BranchResolution, fill{"on": "05/8/2024", "members": ""}).want(http.StatusUnprocessableEntity); !strings.Contains(b.text(), "Cần kết quả biểu quyết") {
		t.Errorf("no counts at all: %s", b.main())
	}
}

func TestAnActBeforeTheOneBeforeIt(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	vote := fill{"on": "03/5/2024", "number": "12-NQ/CB", "present": "20", "for": "20", "against": "0"}
	a := who["branch"].try(id, admission.BranchResolution, vote).want(http.StatusUnprocessableEntity)
	if got := a.beside("on"); !strings.Contains(got, "trước ngày 06/5/2024 của việc ghi trước đó") {
		t.Errorf("beside the day: %q", got)
	}
	who["branch"].get("/files/" + id + "/acts/ceremony").want(http.StatusConflict).says("Hồ sơ đang ở bước «chờ chi bộ họp»")
	version := who["branch"].get("/files/" + id + "/acts/branch_resolution").value("version")
	who["branch"].post("/files/"+id+"/acts/ceremony", url.Values{"version": {version}, "on": {"05/8/2024"}, "helper": {"Vũ Hải Đăng"}}).
		want(http.StatusUnprocessableEntity).says("Chưa thể ghi việc «Ghi lễ kết nạp»")
	who["branch"].get("/files/" + id + "/acts/dance").want(http.StatusNotFound)
}

func TestAFormSentTwiceIsWrittenOnce(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	path := "/files/" + id + "/acts/assign_helper"
	form := who["branch"].get(path).want(http.StatusOK).form()
	form.Set("on", "10/5/2024")
	form.Set("helper", "Trịnh Văn Lộc")
	form.Set("note", "đồng chí Đăng chuyển công tác")
	who["branch"].post(path, form).want(http.StatusSeeOther)
	again := who["branch"].post(path, form).want(http.StatusConflict)
	again.says("Có người vừa sửa trước đồng chí", "Việc ghi sau cùng: Phân công đảng viên giúp đỡ, ngày 10/5/2024")
	if again.value("helper") != "Trịnh Văn Lộc" || again.link("Mở lại hồ sơ") != "/files/"+id {
		t.Error("the stale form lost what was typed, or the way to the file")
	}
	if n := strings.Count(who["branch"].get("/files/"+id).text(), "người giúp đỡ: Trịnh Văn Lộc"); n != 1 {
		t.Errorf("written %d times", n)
	}
	form.Set("version", "không")
	who["branch"].post(path, form).want(http.StatusConflict)
}

func TestWarningsAreReadBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	ts, who, id := ready(t)
	who["board"] = ts.as(t, access.OrgBoard, "K01")
	who["base"] = ts.as(t, access.BaseOffice, "D01")
	ts.walk(t, who, id, []step{
		{"branch", admission.BranchResolution, "08/5/2024", fill{"number": "12-NQ/CB", "present": "20", "for": "20", "against": "0"}},
		{"base", admission.BaseResolution, "05/6/2024", fill{"number": "47-NQ/ĐU", "present": "15", "for": "14", "against": "1"}},
	})
	who["board"].get("/files/"+id).says("Quá hạn", "60 ngày làm việc đã đi đến đâu", "đang giữ", "DL-70")
	who["board"].get("/files").says("chờ quyết định", "31/7/2024 Quá hạn")
	a := who["board"].try(id, admission.Decide, fill{"on": "10/10/2024", "number": "200-QĐ/ĐUK", "present": "9", "for": "9", "against": "0"}).want(http.StatusOK)
	a.says("Ghi được, nhưng xin lưu ý", "Quyết định chậm", "DL-71", "Vẫn ghi")
	if a.value("number") != "200-QĐ/ĐUK" {
		t.Error("the number is gone")
	}
	who["board"].get("/files/" + id).silent("200-QĐ/ĐUK")
	page := who["board"].follow(who["board"].post("/files/"+id+"/acts/decide", a.form()))
	page.says("200-QĐ/ĐUK", "Chờ lễ kết nạp", "sau hạn")
}

func TestWhoMayNot(t *testing.T) {
	t.Parallel()
	ts, who, id := ready(t)
	who["base"] = ts.as(t, access.BaseOffice, "D01")
	ts.walk(t, who, id, []step{
		{"branch", admission.BranchResolution, "08/5/2024", fill{"number": "12-NQ/CB", "present": "20", "for": "20", "against": "0"}},
		{"base", admission.BaseResolution, "05/6/2024", fill{"number": "47-NQ/ĐU", "present": "15", "for": "14", "against": "1"}},
	})
	decide := "/files/" + id + "/acts/decide"
	who["base"].get("/files/" + id).want(http.StatusOK).says("Việc này do Ban Tổ chức, Đảng ủy Khối các cơ quan tỉnh ghi.").silent("Vẫn ghi")
	who["base"].get(decide).want(http.StatusForbidden)
	who["base"].post(decide, url.Values{"version": {"12"}, "on": {"10/6/2024"}, "number": {"1-QĐ"}, "members": {"9"}, "present": {"9"}, "for": {"9"}, "against": {"0"}}).want(http.StatusForbidden)
	other := ts.as(t, access.BranchSecretary, "D01.B2")
	for _, path := range []string{"/files/" + id, decide, "/files/" + id + "/acts/void", "/files?unit=D01.B1", "/files.xlsx?unit=D01.B1", "/files/none", "/files/none/acts/list"} {
		other.get(path).want(http.StatusNotFound).silent("Thu Hà", "Khoa Kinh tế")
	}
	other.post(decide, url.Values{"version": {"12"}}).want(http.StatusNotFound)
	other.post("/files/new", url.Values{"unit": {"D01.B1"}, "name": {"Lê Văn An"}, "birth_date": {"2000-01-01"}, "sex": {"male"}}).want(http.StatusNotFound)
	ts.as(t, access.PropagandaBoard, "K01").get("/files/" + id).want(http.StatusNotFound)
	ts.as(t, access.StandingCommittee, "K01").get(decide).want(http.StatusForbidden)
	ts.anonymous(t).get("/files/" + id).want(http.StatusSeeOther)
}

func TestVoidingShowsWhatTheFileBecomes(t *testing.T) {
	t.Parallel()
	_, who, id := ready(t)
	c := who["branch"]
	form := c.get("/files/" + id + "/acts/void").want(http.StatusOK)
	form.says("Hoàn thành hồ sơ trình chi bộ, ngày 06/5/2024", "đang ở bước «chờ chi bộ họp»", "trở lại bước «đã kết luận lý lịch»")
	c.try(id, admission.Void, nil).want(http.StatusUnprocessableEntity).says("Cần ghi lý do.")
	page := c.record(id, admission.Void, fill{"note": "Ghi nhầm người."})
	page.says("Đã kết luận lý lịch", "Ghi nhầm người.", "Người hủy: Đồng chí branch_secretary.d01.b1", "đã hủy")
	if li := firstNode(page.root, func(n *html.Node) bool { return nodeAttr(n, "class") == "void" }); !strings.Contains(nodeText(li), "Hoàn thành hồ sơ trình chi bộ") {
		t.Errorf("what was voided is not struck out: %q", nodeText(li))
	}
}

// TestEveryPossibleActHasAForm walks to each stage and opens whatever may be recorded.
func TestEveryPossibleActHasAForm(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.on("2026-03-02")
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1"), "base": ts.as(t, access.BaseOffice, "D01"), "board": ts.as(t, access.OrgBoard, "K01")}
	id := who["branch"].open("D01.B1", "Nguyễn Thị Thu Hà")
	seen := map[string]bool{}
	look := func() {
		for _, c := range who {
			page := c.get("/files/" + id).want(http.StatusOK)
			for n := range page.root.Descendants() {
				if href := nodeAttr(n, "href"); n.Data == "a" && strings.Contains(href, "/acts/") {
					seen[href[strings.LastIndex(href, "/")+1:]] = true
					form := c.get(href).want(http.StatusOK)
					if strings.Contains(form.main(), "act.") || strings.Contains(form.main(), "file.") {
						t.Errorf("%s: a text is missing: %s", href, form.main())
					}
				}
			}
		}
	}
	look()
	for _, s := range append(toReady(),
		step{"base", admission.Hold, "07/5/2024", fill{"note": "chờ xác minh"}},
		step{"base", admission.Release, "08/5/2024", fill{"note": "đã kết luận"}},
		step{"base", admission.Suspend, "09/5/2024", fill{"cause": "detained", "note": "chờ kết luận"}},
		step{"base", admission.Resume, "10/5/2024", fill{"note": "đã có kết luận"}},
		step{"branch", admission.BranchResolution, "05/8/2024", fill{"number": "12-NQ/CB", "present": "20", "for": "19", "against": "1"}},
		step{"board", admission.Extend, "06/8/2024", fill{"note": "chờ họp"}},
		step{"base", admission.BaseResolution, "05/9/2024", fill{"number": "47-NQ/ĐU", "present": "15", "for": "14", "against": "1"}},
		step{"board", admission.Return, "10/9/2024", fill{"stage": "ready", "note": "thiếu ý kiến nơi cư trú"}},
		step{"branch", admission.BranchResolution, "12/9/2024", fill{"number": "14-NQ/CB", "present": "20", "for": "19", "against": "1"}},
		step{"base", admission.BaseResolution, "15/9/2024", fill{"number": "50-NQ/ĐU", "present": "15", "for": "14", "against": "1"}},
		step{"board", admission.Decide, "24/10/2024", fill{"number": "215-QĐ/ĐUK", "present": "9", "for": "9", "against": "0"}},
		step{"branch", admission.ReceiveDecision, "28/10/2024", nil},
		step{"board", admission.Consent, "26/12/2024", fill{"number": "33-CV/ĐUK"}},
		step{"branch", admission.Ceremony, "27/12/2024", nil},
		step{"board", admission.Transfer, "02/01/2025", fill{"unit": "D01.B2"}},
	) {
		ts.walk(t, who, id, []step{s})
		if s.act == admission.Transfer { // out of the branch's sight
			delete(who, "branch")
		}
		look()
	}
	for _, c := range admission.Codes() {
		switch c {
		case admission.Appraise, admission.AppraiseRecognition, admission.BaseRecognition, admission.ProposeRecognition, admission.Recognize, admission.Remove:
			continue // of later stages, or of a sectional committee
		}
		if !seen[string(c)] {
			t.Errorf("nobody was offered %s", c)
		}
	}
}

func TestADayAsTyped(t *testing.T) {
	t.Parallel()
	if d, ok := writtenDay(" 27/5/2024 "); !ok || d.String() != "2024-05-27" {
		t.Errorf("blanks round a day: %s", d)
	}
	for text, want := range map[string]string{"2024-05-27": "2024-05-27", "05/02/2024": "2024-02-05", "27.5.2024": "2024-05-27",
		"29-2-2024": "2024-02-29", "": "", "31/02": "no", "31/02/2024": "no", "29/2/2023": "no", "mai": "no", "1/1/24": "no", "99999999/1/2024": "no", "2024/05/27": "no", "-1/2/2024": "2024-02-01"} {
		d, ok := writtenDay(text)
		got := d.String()
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func FuzzWrittenDay(f *testing.F) {
	for _, s := range []string{"2024-05-27", "27/5/2024", "31/02/2024", "//", "1.1.2024"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := writtenDay(text)
		if again, same := writtenDay(d.VN()); ok && (!same || again != d) {
			t.Errorf("%q is %s, written %s, read again %s", text, d, d.VN(), again)
		}
		if n, ok := writtenNumber(text); ok && (n < 0 || n > mostNumber) {
			t.Errorf("%q is %d", text, n)
		}
	})
}
