package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
)

// toApplying are the steps of a branch up to the application of 15/3/2024.
func toApplying() []step { return toReady()[:5] }

// verify opens the form of a step, fills it and sends it. A field with several values is
// written with bars between them.
func (c *client) verify(id, path string, f fill) *answer {
	c.t.Helper()
	form := c.get("/files/" + id + "/verification/" + path).want(http.StatusOK).form()
	for name, value := range f {
		form[name] = strings.Split(value, "|")
	}
	path, _, _ = strings.Cut(path, "?")
	return c.post("/files/"+id+"/verification/"+path, form)
}

// choices are the values of the boxes with a name, in their order, joined by bars.
func (a *answer) choices(name string) string {
	var out []string
	for n := range a.root.Descendants() {
		if n.Type == html.ElementNode && nodeAttr(n, "name") == name && nodeAttr(n, "type") == "checkbox" {
			out = append(out, nodeAttr(n, "value"))
		}
	}
	return strings.Join(out, "|")
}

func TestTheVerificationOfAFile(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1"), "base": ts.as(t, access.BaseOffice, "D01")}
	branch := who["branch"]
	id := branch.open("D01.B1", "Nguyễn Thị Thu Hà")
	page := "/files/" + id + "/verification"
	branch.get(page).want(http.StatusOK).says("Hồ sơ chưa đến bước thẩm tra")
	branch.get(page + "/subject").want(http.StatusConflict)
	ts.walk(t, who, id, toApplying())
	if link := branch.get("/files/" + id).link("Thẩm tra lý lịch"); link != page && link != "/verification" {
		t.Errorf("the way from the file: %q", link)
	}
	branch.get(page).says("Chưa có trong danh sách: cha đẻ, mẹ đẻ", "Nội dung trả lời", "không ghi vào phần mềm", "Người xin vào Đảng")

	branch.follow(branch.verify(id, "subject", fill{"relation": "father", "name": "Nguyễn Văn Hùng"})).says("Đã ghi: Thêm người phải thẩm tra", "Cha đẻ Nguyễn Văn Hùng")
	a := branch.verify(id, "subject", fill{"relation": "father", "name": "Nguyễn Văn Bình"}).want(http.StatusUnprocessableEntity).says("Đã có cha đẻ trong danh sách", "ADM-40")
	if a.value("name") != "Nguyễn Văn Bình" || a.beside("relation") == "" {
		t.Errorf("what was typed: %q, %q", a.value("name"), a.beside("relation"))
	}
	branch.follow(branch.verify(id, "subject", fill{"relation": "spouse_mother"}))

	t.Run("who is exempted, and why", func(t *testing.T) {
		form := branch.get(page + "/exempt").want(http.StatusOK)
		var mother string
		for n := range form.root.Descendants() {
			if n.Data == "option" && strings.HasPrefix(nodeText(n), "Mẹ vợ") {
				mother = nodeAttr(n, "value")
			}
		}
		branch.verify(id, "exempt", fill{"subject": mother, "exemption": "other"}).want(http.StatusUnprocessableEntity).says("Cần ghi lý do", "ADM-42")
		a := branch.verify(id, "exempt", fill{"subject": mother, "exemption": "member"}).want(http.StatusOK).says("phía vợ hoặc chồng", "HD 01-HD/TW (28/9/2021), 3.4c; ADM-42")
		branch.follow(branch.post(page+"/exempt", a.form())).says("Miễn thẩm tra từ 15/10/2024: đang là đảng viên")
	})

	both := branch.get(page + "/request").choices("subject")
	if strings.Count(both, "|") != 1 {
		t.Fatalf("who may be asked about: %s", both)
	}
	a = branch.verify(id, "request", fill{"subject": both}).want(http.StatusUnprocessableEntity).says("Cần ghi nơi được hỏi", "3.4d; ADM-43")
	if a.choices("subject") != both || a.beside("place") == "" {
		t.Error("the form lost what was chosen")
	}
	branch.follow(branch.verify(id, "request", fill{"subject": both, "place": "Đảng ủy xã Hải Phú"})).says("Chưa gửi", "Đang ở chi bộ")

	t.Run("the sending is an act of the file", func(t *testing.T) {
		requests := branch.get(page + "/send").choices("request")
		a := branch.verify(id, "send", fill{"request": requests, "on": "01/3/2024"}).want(http.StatusUnprocessableEntity).
			says("Cần số công văn", "đóng dấu giáp lai", "Không giao người xin vào Đảng", "trước ngày nhận đơn và lý lịch", "ADM-43")
		if a.value("on") != "2024-03-01" {
			t.Errorf("the day: %s", a.value("on"))
		}
		branch.verify(id, "send", fill{"request": requests, "on": "31/2/2024"}).want(http.StatusUnprocessableEntity).says("«31/2/2024» không phải một ngày có trong lịch")
		form := branch.get(page + "/send").form()
		form.Del("request")
		branch.post(page+"/send", form).want(http.StatusUnprocessableEntity).says("Chưa chọn mục nào")
		branch.follow(branch.verify(id, "send", fill{"request": requests, "on": "22/3/2024", "number": "12-CV/ĐU", "stamped": "on", "carried": "on"})).
			says("số 12-CV/ĐU", "Đang chờ nơi hỏi", "đang thẩm tra")
		branch.get("/files/"+id).says("Đang thẩm tra", "Đảng ủy xã Hải Phú")
	})
	t.Run("each request has its own term", func(t *testing.T) {
		requests := strings.Split(branch.get(page+"/receive").choices("request"), "|")
		branch.verify(id, "receive", fill{"request": requests[0], "on": "21/3/2024"}).want(http.StatusUnprocessableEntity).says("trước ngày gửi 22/3/2024", "DL-40")
		branch.follow(branch.verify(id, "receive", fill{"request": requests[0], "on": "05/6/2024"})).says("17/7/2024", "Chậm")
		branch.follow(branch.verify(id, "remind", fill{"request": requests[0], "on": "20/7/2024"})).says("Đã nhắc: 20/7/2024")
		branch.verify(id, "remind", fill{"request": requests[0], "on": "20/7/2024"}).want(http.StatusUnprocessableEntity).says("đã ghi nhắc ngày 20/7/2024", "DL-41")
		branch.follow(branch.verify(id, "answer", fill{"request": requests[0], "on": "25/7/2024", "number": "07-PTL", "dated": "22/7/2024"})).
			says("Đã có phiếu trả lời", "07-PTL, 22/7/2024", "Chậm 6 ngày làm việc")
		branch.verify(id, "withdraw", fill{"request": requests[1], "on": "25/7/2024", "note": ""}).want(http.StatusUnprocessableEntity).says("Cần ghi lý do không hỏi nữa")
	})
	t.Run("a page that is out of date is not written", func(t *testing.T) {
		form := branch.get(page + "/subject").form()
		form.Set("relation", "mother")
		form.Set("name", "Trần Thị Lan")
		who["base"].follow(who["base"].verify(id, "subject", fill{"relation": "child", "name": "Nguyễn Bình An"}))
		a := branch.post(page+"/subject", form).want(http.StatusConflict)
		if a.value("name") != "Trần Thị Lan" {
			t.Error("what was typed is gone")
		}
	})
	t.Run("a step is taken back, with a reason", func(t *testing.T) {
		p := branch.get(page)
		n := firstNode(p.root, func(n *html.Node) bool {
			return n.Data == "a" && nodeText(n) == "Hủy bước cuối" && strings.Contains(nodeText(n.Parent.Parent), "Nguyễn Bình An")
		})
		_, of, _ := strings.Cut(nodeAttr(n, "href"), "/verification/")
		branch.verify(id, of, nil).want(http.StatusUnprocessableEntity).says("Cần ghi lý do")
		branch.follow(branch.verify(id, of, fill{"note": "ghi nhầm người"})).says("Đã ghi: Hủy bước ghi nhầm", "ghi nhầm người")
	})
	t.Run("a conclusion asks about what is open; a question is the base committee's", func(t *testing.T) {
		form := branch.get(page + "/conclude").want(http.StatusOK).silent("Có vướng mắc:")
		form.says("đảng ủy cơ sở ghi kết luận")
		branch.verify(id, "conclude", fill{"result": "held", "on": "01/8/2024"}).want(http.StatusForbidden)
		a := who["base"].verify(id, "conclude", fill{"result": "held", "on": "01/8/2024"}).want(http.StatusOK).
			says("Chưa có trả lời về cha đẻ Nguyễn Văn Hùng: Đảng ủy xã Hải Phú", "ADM-44")
		who["base"].follow(who["base"].post(page+"/conclude", a.form())).says("có vướng mắc", "01/8/2024", "vướng mắc lý lịch")
	})
}

func TestTheListOfVerifications(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	base := ts.as(t, access.BaseOffice, "D01")
	who := map[string]*client{"branch": base}
	base.get("/verification?unit=D01").want(http.StatusOK).says("Không có nơi nào chưa trả lời")
	base.get("/verification/send?unit=D01").want(http.StatusOK).says("Không có hồ sơ nào chờ gửi thẩm tra")
	var ids []string
	for i, b := range []string{"D01.B1", "D01.B2", "D01.B2"} {
		id := base.open(b, []string{"Nguyễn Thị Thu Hà", "Trần Thị Lan", "Lê Thị Hoa"}[i])
		ts.walk(t, who, id, toApplying())
		ids = append(ids, id)
	}
	send := url.Values{"unit": {"D01"}, "file": ids, "place": {"Đảng ủy xã Hải Phú"}, "way": {"post"}, "on": {"2024-03-01"}}
	a := base.post("/verification/send", send).want(http.StatusUnprocessableEntity).says("Nguyễn Thị Thu Hà: Cần số công văn.", "trước ngày nhận đơn", "ADM-43")
	if a.value("place") != "Đảng ủy xã Hải Phú" || a.beside("number") == "" {
		t.Error("the form lost what was typed")
	}
	send.Del("file")
	base.post("/verification/send", send).want(http.StatusUnprocessableEntity).says("Chưa chọn ai")
	send["file"], send["on"], send["number"], send["stamped"], send["carried"] = ids, []string{"2024-06-03"}, []string{"12-CV/ĐU"}, []string{"on"}, []string{"on"}
	base.follow(base.post("/verification/send", send)).says("Đã ghi gửi thẩm tra 3 hồ sơ", "3 nơi chưa trả lời", "số 12-CV/ĐU")
	base.follow(base.verify(ids[0], "receive", fill{"on": "05/6/2024"}))
	base.get("/verification?unit=D01&window=overdue").want(http.StatusOK).says("1 nơi chưa trả lời", "17/7/2024", "Chậm 62 ngày làm việc")
	base.get("/verification?unit=D01&window=7").says("Không có nơi nào trong khoảng này")
	base.get("/verification?unit=D01.B2").says("2 nơi chưa trả lời").silent("17/7/2024")
	all := strings.Split(base.get("/verification?unit=D01").choices("choose"), "|")
	remind := url.Values{"unit": {"D01"}, "window": {""}, "on": {"20/7/2024"}}
	base.post("/verification/remind", remind).want(http.StatusUnprocessableEntity).says("Chưa chọn ai")
	remind["choose"] = all
	remind.Set("on", "32/7/2024")
	if a := base.post("/verification/remind", remind).want(http.StatusUnprocessableEntity); a.value("on") != "32/7/2024" {
		t.Error("the day that was typed is gone")
	}
	remind.Set("on", "20/7/2024")
	base.follow(base.post("/verification/remind", remind)).says("Đã ghi nhắc 3 nơi", "Đã nhắc: 20/7/2024")
	base.post("/verification/remind", remind).want(http.StatusUnprocessableEntity).says("Nguyễn Thị Thu Hà: Đảng ủy xã Hải Phú: đã ghi nhắc ngày 20/7/2024", "DL-41")
	base.get("/verification.xlsx?unit=D01").want(http.StatusOK)
	ts.as(t, access.Auditor, "K01").get("/audit").says("Xem export verification")

	board := ts.as(t, access.OrgBoard, "K01")
	board.get("/verification?unit=K01").want(http.StatusOK).says("3 nơi chưa trả lời").silent("Ghi đã nhắc các nơi")
	board.get("/verification/send?unit=K01").want(http.StatusForbidden)
	if n := len(all); n != 3 {
		t.Error(strconv.Itoa(n) + " boxes")
	}
	for _, role := range []access.Role{access.UnionOfficer, access.PropagandaBoard} {
		ts.as(t, role, "K01").get("/verification?unit=K01").want(http.StatusNotFound)
	}
}
