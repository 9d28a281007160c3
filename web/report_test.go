package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
)

func TestAReportIsChosenAndShown(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.OrgBoard, "K01")
	a := c.get("/reports").want(http.StatusOK).says("Chọn đơn vị và kỳ báo cáo", "Quý IV/2024", "— Chi bộ Trường THPT Hải Bình")
	if a.value("unit") != "K01" || a.value("year") != "2024" || a.link("Tháng 10/2024") != "/reports/admission?period=2024-10&unit=K01" {
		t.Errorf("chosen %s %s", a.value("unit"), a.value("year"))
	}
	r := c.get("/reports/admission?unit=K01&year=2024&part=Q1").want(http.StatusOK)
	r.says("Kết quả kết nạp đảng viên quý I/2024", "ĐẢNG CỘNG SẢN VIỆT NAM", "C02", "20%", "Toàn đơn vị", "Số liệu đến hết ngày 31/3/2024", "Đơn vị chưa được giao chỉ tiêu")
	for text, want := range map[string]string{
		"Chi bộ Trường THPT Hải Bình": "/reports/admission?period=2024-Q1&unit=C02", "5": "/targets?unit=C02&year=2024",
		"1": "/files/admitted?period=2024-Q1&unit=C02", "Tải Excel": "/reports/admission.xlsx?period=2024-Q1&unit=K01", "Đổi kỳ, đơn vị": "/reports?part=Q1&unit=K01&year=2024",
	} {
		if got := r.link(text); got != want {
			t.Errorf("%q leads to %q, not %q", text, got, want)
		}
	}
	c.get("/reports/admission?unit=C02&period=2024").want(http.StatusOK).says("Đơn vị không có đơn vị trực thuộc")
	c.get("/reports/admission?unit=D01&period=2023").want(http.StatusOK)
	c.get("/reports/admission?unit=D01.B1&period=2023").want(http.StatusOK).says("Chưa có số liệu cho kỳ này")
}

func TestABadPeriodIsSaidBesideItsField(t *testing.T) {
	t.Parallel()
	c := withFigures(t).as(t, access.BranchSecretary, "C02")
	for _, query := range []string{"period=2024-13", "year=hai+nghin", "year=0001", "year=2024&part=Q9"} {
		a := c.get("/reports/admission?" + query).want(http.StatusUnprocessableEntity)
		if a.beside("year") == "" {
			t.Errorf("%s: nothing beside the year", query)
		}
		a.says("Chưa lập được báo cáo")
	}
}

func TestThePeopleBehindAFigure(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	c := ts.as(t, access.OrgBoard, "K01")
	a := c.get("/files/admitted?unit=K01&from=2024-01-01&to=2024-03-31").want(http.StatusOK)
	a.says("Lê Thị Lan", "15/3/2024", "Tính theo ngày quyết định kết nạp", "1 người").silent("Nguyễn Văn Minh")
	c.get("/files/admitted?unit=D01&period=2024").want(http.StatusOK).says("Không có ai được kết nạp")
	c.get("/files/admitted?unit=K01&from=2024-03-31&to=2024-01-01").want(http.StatusUnprocessableEntity)
	figures := ts.as(t, access.PropagandaBoard, "K01").get("/reports/admission?period=2024").want(http.StatusOK)
	if n := firstNode(figures.root, func(n *html.Node) bool { return n.Data == "a" && nodeText(n) == "1" }); n != nil {
		t.Error("a count leads to people whom one may not see")
	}
}

func TestAReportIsHandedOutAsWordAndPDF(t *testing.T) {
	t.Parallel()
	c := withFigures(t).as(t, access.OrgBoard, "K01")
	page := c.get("/reports/admission?unit=K01&year=2024&part=Q1").want(http.StatusOK)
	for text, want := range map[string]struct{ start, media, name string }{
		"Tải Word": {"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "bao-cao-ket-nap-2024-Q1.docx"},
		"Tải PDF":  {"%PDF-1.", "application/pdf", "bao-cao-ket-nap-2024-Q1.pdf"},
	} {
		a := c.get(page.link(text)).want(http.StatusOK)
		if !strings.HasPrefix(a.body, want.start) || a.header.Get("Content-Type") != want.media {
			t.Errorf("%s: %s, %.20q", text, a.header.Get("Content-Type"), a.body)
		}
		if got := a.header.Get("Content-Disposition"); !strings.Contains(got, `filename="`+want.name+`"`) || !strings.Contains(got, "filename*=UTF-8''B%C3%A1o%20c%C3%A1o") {
			t.Errorf("%s: %s", text, got)
		}
	}
	c.get("/reports/admission.pdf?period=2024-13").want(http.StatusUnprocessableEntity)
	c.get("/reports/admission.docx?unit=NONE&period=2024").want(http.StatusNotFound)
}
