package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
)

// candidate opens a file at a branch and records that the person was introduced.
func (ts *testServer) candidate(t testing.TB, name, unit, introduced string) app.FilePage {
	t.Helper()
	who := app.System("test")
	now := ts.now.Load()
	ts.on(introduced)
	p, err := ts.app.OpenFile(t.Context(), who, app.NewFile{Unit: unit, Name: name, Birth: date.Must("2003-05-06"), Sex: "female"})
	must(t, err)
	out, err := ts.app.RecordAct(t.Context(), who, p.File.ID, admission.Act{Code: admission.Introduce, On: date.Must(introduced), By: admission.YouthUnion, Number: "12-NQ/ĐTN"}, p.File.Version, false)
	must(t, err)
	ts.now.Store(now)
	if !out.Written {
		t.Fatalf("introduction refused: %v", out.Findings)
	}
	p, err = ts.app.File(t.Context(), who, p.File.ID)
	must(t, err)
	return p
}

// taskLetter orders two things from every base organization.
const taskLetter = `ĐẢNG BỘ TỈNH HẢI SƠN
ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
*
Số 31-CV/ĐUK
V/v rà soát nguồn phát triển đảng viên

ĐẢNG CỘNG SẢN VIỆT NAM
Hải Sơn, ngày 02 tháng 9 năm 2024

Kính gửi: Các chi bộ, đảng bộ cơ sở trực thuộc

Đảng ủy Khối yêu cầu:

1. Rà soát quần chúng ưu tú; lập danh sách gửi Ban Tổ chức Đảng ủy Khối trước ngày 08/10/2024.
2. Báo cáo kết quả bồi dưỡng quần chúng ưu tú về Đảng ủy Khối trước ngày 20/12/2024.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Nguyễn Văn An
`

// orders reads a letter in at a unit, accepts all it proposes, confirms it and returns its id.
func (ts *testServer) orders(t testing.TB, unit, text string) string {
	t.Helper()
	ctx, who := t.Context(), app.System("test")
	id, err := ts.app.EnterLetter(ctx, who, unit, text)
	must(t, err)
	p, err := ts.app.Document(ctx, who, id)
	must(t, err)
	var seqs []int
	for _, q := range p.Proposals {
		seqs = append(seqs, q.Seq)
	}
	must(t, ts.app.DecideProposal(ctx, who, id, p.Version, seqs, app.ProposalAccepted, nil))
	p, err = ts.app.Document(ctx, who, id)
	must(t, err)
	must(t, ts.app.ConfirmLetter(ctx, who, id, p.Version))
	return id
}

func TestWorkOfABranchSecretary(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	p := ts.candidate(t, "Trần Thị Lan", "D01.B1", "2024-08-15")
	ts.candidate(t, "Vũ Đình Khang", "D01.B2", "2024-08-15")
	c := ts.as(t, access.BranchSecretary, "D01.B1")
	a := c.get("/").want(http.StatusOK)
	a.says("Việc của tôi", "Thứ Ba, 15/10/2024. Không có việc quá hạn", "Sau đó", "Người đang theo dõi",
		"Chi bộ Khoa Kinh tế năm 2024", "Kết nạp đảng viên").silent("Vũ Đình Khang")
	if got := a.link(admission.List.Words() + " — Trần Thị Lan"); got != "/files/"+p.File.ID+"/acts/list" {
		t.Errorf("the line leads to %q", got)
	}
	if got := a.link("Trần Thị Lan"); got != "/files/"+p.File.ID {
		t.Errorf("the name leads to %q", got)
	}
}

func TestWorkThatALetterOrders(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.orders(t, "K01", taskLetter)
	c := ts.as(t, access.BranchSecretary, "C02")
	a := c.get("/").want(http.StatusOK)
	a.says("Có 1 việc quá hạn ; ngoài ra tuần này không có", "Quá hạn 1 việc", "Chậm 5 ngày làm việc", "hạn thứ Ba, 08/10/2024", "31-CV/ĐUK, mục 1", "Sau đó 2 việc", "thứ Sáu, 20/12/2024")
	to := a.link("Mở việc")
	if !strings.HasPrefix(to, "/tasks/") {
		t.Errorf("the button leads to %q", to)
	}
	if n := strings.Count(a.body, "button primary"); n != 2 { // one, and the same under the thumb
		t.Errorf("%d primary buttons", n)
	}

	page := c.get(to).want(http.StatusOK).says("Lập danh sách gửi Ban Tổ chức", "31-CV/ĐUK, mục 1", "Chậm")
	if !strings.HasPrefix(page.link("Xem văn bản"), "/documents/") {
		t.Error("the clause leads to its letter")
	}
	version := page.value("version")
	empty := c.post(to, url.Values{"version": {version}}).want(http.StatusUnprocessableEntity)
	if !strings.Contains(empty.beside("evidence"), "Chưa ghi kết quả") {
		t.Errorf("beside the evidence stands %q", empty.beside("evidence"))
	}
	c.follow(c.post(to, url.Values{"version": {version}, "evidence": {"Danh sách gửi ngày 15/10/2024"}})).says("Đã ghi việc xong", "Danh sách gửi ngày 15/10/2024")
	c.get("/").silent("Quá hạn 1 việc")
	stale := c.post(to, url.Values{"version": {version}, "evidence": {"Bản khác"}}).want(http.StatusConflict).says("vừa có người ghi")
	if !strings.Contains(stale.body, "Bản khác") {
		t.Error("what was typed is lost")
	}
	c.follow(c.post(to, url.Values{"version": {"2"}, "state": {"open"}})).says("Đã mở lại việc")
	c.get("/").says("Quá hạn 1 việc")

	ts.as(t, access.BranchSecretary, "D01.B1").get(to).want(http.StatusNotFound)
	ts.as(t, access.BranchSecretary, "D01.B2").post(to, url.Values{"version": {"3"}, "evidence": {"x"}}).want(http.StatusNotFound)
	ts.as(t, access.Admin, "K01").get(to).want(http.StatusNotFound)
	c.get("/tasks/nothing").want(http.StatusNotFound)
}

func TestWorkTeachesWhereThereIsNone(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	for _, tt := range []struct {
		role access.Role
		unit string
		says string
		link string
		to   string
	}{
		{access.BranchSecretary, "D01.B2", "Việc hiện ở đây khi một hồ sơ đến bước của đồng chí", "Xem nguồn và hồ sơ", "/files"},
		{access.UnionOfficer, "D01", "có văn bản giao việc cho đơn vị", "Xem văn bản và nhiệm vụ", "/documents"},
		{access.Admin, "K01", "Đồng chí quản trị tài khoản", "Mở Quản trị", "/admin"},
		{access.Auditor, "K01", "Đồng chí kiểm tra sổ ghi việc", "Mở Sổ ghi việc", "/audit"},
	} {
		a := ts.as(t, tt.role, tt.unit).get("/").want(http.StatusOK).says("Chưa có việc nào", tt.says)
		if got := a.link(tt.link); got != tt.to {
			t.Errorf("%s: %q leads to %q", tt.role, tt.link, got)
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	p := ts.candidate(t, "Trần Thị Lan", "D01.B1", "2024-08-15")
	secretary, other, admin := ts.as(t, access.BranchSecretary, "D01.B1"), ts.as(t, access.BranchSecretary, "C02"), ts.as(t, access.Admin, "K01")
	if got := secretary.get("/search?q=tran+lan").want(http.StatusOK).link("Trần Thị Lan"); got != "/files/"+p.File.ID {
		t.Errorf("a person is found without marks: %q", got)
	}
	if got := secretary.get("/search?q=khoa+kinh").link("Chi bộ Khoa Kinh tế"); got == "" {
		t.Error("a unit is found by its words")
	}
	other.get("/search?q=tran+lan").want(http.StatusOK).says("Không tìm thấy").silent("Trần Thị Lan")
	other.get("/search?q=khoa+kinh").says("Không tìm thấy")
	admin.get("/search?q=tran+lan").want(http.StatusOK).says("Không tìm thấy").silent("Trần Thị Lan")
	if got := admin.get("/search?q=hai+binh").link("Chi bộ Trường THPT Hải Bình"); got != "/admin/units/C02" {
		t.Errorf("an administrator is led to the unit's administration: %q", got)
	}
	secretary.get("/search?q=").want(http.StatusOK).says("Gõ vài chữ để tìm")
	secretary.get("/search?q=%3Cscript%3E").want(http.StatusOK).silent("<script>alert")
}
