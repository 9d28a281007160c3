package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
)

func TestARatingWithItsEvidence(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	ts.withCeiling(t)
	must(t, ts.app.SetHead(t.Context(), app.System("test"), "C02", org.Post{Title: "Bí thư", Name: "Trần Thị Mai", Head: true, From: date.Must("2022-08-01")}))
	c := ts.as(t, access.BranchSecretary, "C02")
	a := c.get("/ratings/C02/2024").want(http.StatusOK)
	a.says("Mức cao nhất còn được xếp: Hoàn thành tốt nhiệm vụ", "Không xếp loại Hoàn thành xuất sắc : kế hoạch 5 , đã kết nạp 1 , còn nguồn 2 .",
		"áp dụng các năm 2024, 2025", "đồng chí Trần Thị Mai, từ 01/8/2022", "Đồng chí Lê Thị Lan", "Nguyễn Văn Minh", "Chờ lớp nhận thức về Đảng", "Không được xếp",
		"Giao làm chỉ tiêu: 5", "tạm tính", "Chưa có kết luận nào")
	for text, want := range map[string]string{"kế hoạch 5": "#ke-hoach", "đã kết nạp 1": "#da-ket-nap", "còn nguồn 2": "#con-nguon"} {
		if got := a.link(text); got != want {
			t.Errorf("%q leads to %q", text, got)
		}
		if n := firstNode(a.root, func(n *html.Node) bool { return nodeAttr(n, "id") == want[1:] }); n == nil {
			t.Errorf("there is no %s", want)
		}
	}
	if got := a.link("12-CV/ĐUK, mục 1"); !strings.HasPrefix(got, "/documents/") || !strings.HasSuffix(got, "#muc-1") {
		t.Errorf("the clause leads to %q", got)
	}
	c.get("/ratings/C02/2025").want(http.StatusOK).says("Không giới hạn mức xếp loại", "chưa có kế hoạch được giao năm 2025").silent("Không được xếp")
	c.get("/ratings/C02/nay").want(http.StatusNotFound)
	c.get("/ratings/C02/1900").want(http.StatusNotFound)
}

func TestTheTableOfRatings(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	ts.withCeiling(t)
	c := ts.as(t, access.StandingCommittee, "K01")
	a := c.get("/ratings").want(http.StatusOK)
	a.says("2 đơn vị trực thuộc, 1 đơn vị không được xếp loại", "Không xếp loại Hoàn thành xuất sắc còn nguồn mà không đạt kế hoạch", "chưa có kế hoạch được giao")
	if got := a.link("Chi bộ Trường THPT Hải Bình"); got != "/ratings/C02/2024" {
		t.Errorf("the unit leads to %q", got)
	}
	c.get("/ratings?year=2026").want(http.StatusOK).says("Đánh giá năm 2026").silent("Không xếp loại Hoàn thành xuất sắc")
	c.get("/ratings?unit=C02").want(http.StatusOK).says("Đơn vị không có đơn vị trực thuộc")
}

func TestAJudgementIsCheckedConfirmedAndRules(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	ts.withCeiling(t)
	c := ts.as(t, access.BranchSecretary, "C02")
	const path = "/ratings/C02/2024/source"
	c.get(path).want(http.StatusOK).says("chi bộ tự rà soát", "2 người")
	none := c.post(path, url.Values{"text": {"đã rà soát"}}).want(http.StatusUnprocessableEntity)
	if none.beside("has") == "" || none.value("text") != "đã rà soát" {
		t.Error("nothing chosen: said beside the choice, and what was typed is kept")
	}
	if a := c.post(path, url.Values{"has": {"no"}}).want(http.StatusUnprocessableEntity); a.beside("reason") == "" || a.value("has") != "no" {
		t.Error("no reason: said beside it")
	}
	form := url.Values{"has": {"no"}, "reason": {"not_willing"}}
	a := c.post(path, form).want(http.StatusUnprocessableEntity).says("Kết luận khác với hồ sơ", "còn 2 người", "TGT-27", "Vẫn ghi kết luận này")
	if a.value("reason") != "not_willing" || a.value("confirm") != "1" {
		t.Error("the form keeps what was chosen and asks to confirm")
	}
	form.Set("confirm", "1")
	done := c.post(path, form)
	done.want(http.StatusSeeOther)
	c.get(strings.Split(done.location, "#")[0]).want(http.StatusOK).says("Đã ghi kết luận về nguồn", "không còn nguồn", "Kết luận không còn nguồn: quần chúng chưa có nguyện vọng vào Đảng", "đang áp dụng").silent("Không được xếp")
	standing := ts.as(t, access.StandingCommittee, "K01")
	standing.get(path).want(http.StatusForbidden)
	standing.post(path, form).want(http.StatusForbidden)
	if standing.get("/ratings/C02/2024").link("Ghi kết luận về nguồn") != "" {
		t.Error("who may not judge is not offered to")
	}
	ts.as(t, access.BranchSecretary, "D01.B1").post(path, form).want(http.StatusNotFound)
}
