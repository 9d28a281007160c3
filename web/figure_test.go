package web

import (
	"net/http"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/person"
	"ketnap/target"
)

const figureLetter = `ĐẢNG BỘ TỈNH HẢI SƠN
ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
*
Số 12-CV/ĐUK
Hải Sơn, ngày 03 tháng 6 năm 2024

V/v kết nạp đảng viên

Kính gửi: Các tổ chức cơ sở đảng trực thuộc

Ban Thường vụ Đảng ủy Khối yêu cầu các cấp ủy trực thuộc thực hiện một số nội dung sau:

1. Các cấp ủy trực thuộc xây dựng kế hoạch kết nạp đảng viên, hoàn thành trước ngày 30/6/2024. Trong năm 2024 và năm 2025, tổ chức đảng có nguồn mà kết nạp đảng viên mới không đạt kế hoạch thì không được đánh giá, xếp loại hoàn thành xuất sắc nhiệm vụ.

2. Các trường trung học phổ thông kết nạp vào Đảng từ 5 học sinh trở lên/năm.

Nơi nhận:
- Như kính gửi,
- Lưu VP.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Trần Văn An
`

// waySteps is how one comes from the first name to the decision of C02, up to an act.
func waySteps(until admission.Code) []admission.Act {
	var out []admission.Act
	for _, a := range []admission.Act{
		{Code: admission.Introduce, On: date.Must("2024-01-02"), By: admission.YouthUnion, Number: "01-NQ/ĐTN"},
		{Code: admission.List, On: date.Must("2024-01-03"), Number: "02-NQ/CB"},
		{Code: admission.AssignHelper, On: date.Must("2024-01-04"), Helper: "Trần Văn Bình"},
		{Code: admission.Certify, On: date.Must("2024-01-05"), Number: "12"},
		{Code: admission.Apply, On: date.Must("2024-01-08")},
		{Code: admission.SendVerification, On: date.Must("2024-01-09"), To: "Đảng ủy xã Quảng Phú"},
		{Code: admission.ConcludeVerification, On: date.Must("2024-01-22"), Result: admission.ResultClear},
		{Code: admission.CompleteDossier, On: date.Must("2024-02-01"), Papers: map[admission.PaperCode]date.Date{}},
		{Code: admission.BranchResolution, On: date.Must("2024-02-20"), Number: "03-NQ/CB", Votes: &admission.Votes{Members: 15, Present: 15, For: 15}},
		{Code: admission.Decide, On: date.Must("2024-03-15"), Number: "04-QĐ/ĐUK", Votes: &admission.Votes{Members: 9, Present: 9, For: 9}},
	} {
		for _, p := range admission.DossierPapers(admission.YouthUnion) {
			if a.Papers != nil {
				a.Papers[p] = a.On
			}
		}
		if out = append(out, a); a.Code == until {
			break
		}
	}
	return out
}

// withFigures is a testServer whose school C02 was to admit 5 in 2024, admitted 1 and has
// one listed and one certified who have stood still since January.
func withFigures(t testing.TB) *testServer {
	t.Helper()
	ts := newTestServer(t)
	ctx, system := t.Context(), app.System("test")
	must(t, ts.app.AssignTarget(ctx, system, app.NewTarget{Unit: "C02", Year: 2024, Indicator: target.Admission, Min: 5}))
	top, err := ts.app.Unit(ctx, system, "K01")
	must(t, err)
	school, err := ts.app.Unit(ctx, system, "C02")
	must(t, err)
	var people []app.History
	for _, p := range []struct {
		name  string
		until admission.Code
	}{{"Lê Thị Lan", admission.Decide}, {"Nguyễn Văn Minh", admission.AssignHelper}, {"Đỗ Thị Hoa", admission.Certify}} {
		name, err := person.Parse(p.name)
		must(t, err)
		people = append(people, app.History{Name: name, Birth: date.Must("2000-03-01"), Sex: person.Female, Unit: school.Unit.No, Acts: waySteps(p.until)})
	}
	must(t, ts.app.LoadHistories(ctx, system, top.Unit.No, people))
	return ts
}

// withCeiling confirms a letter that denies the highest level in 2024 and 2025.
func (ts *testServer) withCeiling(t testing.TB) {
	t.Helper()
	ctx, system := t.Context(), app.System("test")
	id, err := ts.app.EnterLetter(ctx, system, "K01", figureLetter)
	must(t, err)
	d, err := ts.app.Document(ctx, system, id)
	must(t, err)
	var seqs []int
	for _, p := range d.Proposals {
		seqs = append(seqs, p.Seq)
	}
	must(t, ts.app.DecideProposal(ctx, system, id, d.Version, seqs, app.ProposalAccepted, nil))
	must(t, ts.app.ConfirmLetter(ctx, system, id, d.Version+1))
}

// sheet fails the test where the answer is not a spreadsheet.
func (a *answer) sheet() {
	a.t.Helper()
	a.want(http.StatusOK)
	if !strings.HasPrefix(a.body, "PK") || !strings.Contains(a.header.Get("Content-Disposition"), ".xlsx") {
		a.t.Errorf("no sheet: %v", a.header)
	}
}

func TestFiguresAreHiddenFromWhoHasNoRightThere(t *testing.T) {
	t.Parallel()
	ts := withFigures(t)
	other, propaganda, admin := ts.as(t, access.BranchSecretary, "D01.B1"), ts.as(t, access.PropagandaBoard, "K01"), ts.as(t, access.Admin, "K01")
	for _, path := range []string{
		"/overview?unit=C02", "/stuck?unit=C02", "/stuck.xlsx?unit=C02", "/reports?unit=C02", "/reports/admission?unit=C02", "/reports/admission.xlsx?unit=C02",
		"/files/admitted?unit=C02", "/files/admitted.xlsx?unit=C02", "/files/late?unit=C02", "/ratings?unit=C02", "/ratings.xlsx?unit=C02", "/ratings/C02/2024", "/ratings/C02/2024/source",
	} {
		other.get(path).want(http.StatusNotFound).silent("Lan", "Chi bộ Trường THPT Hải Bình")
		figures := strings.HasPrefix(path, "/overview") || strings.HasPrefix(path, "/reports")
		if a := propaganda.get(path); figures {
			a.want(http.StatusOK).silent("Lan")
		} else {
			a.want(http.StatusNotFound)
		}
		if !strings.HasPrefix(path, "/reports?") { // the choice of a report shows no figure
			admin.get(path).want(http.StatusNotFound)
		}
	}
	ts.anonymous(t).get("/overview").want(http.StatusSeeOther)
}

func TestSheets(t *testing.T) {
	t.Parallel()
	c := withFigures(t).as(t, access.OrgBoard, "K01")
	for _, path := range []string{"/stuck.xlsx", "/reports/admission.xlsx?period=2024-Q1", "/files/admitted.xlsx?period=2024", "/ratings.xlsx?year=2024"} {
		c.get(path).sheet()
	}
	c.get("/stuck.xlsx?on=nay").want(http.StatusUnprocessableEntity)
	c.get("/reports/admission.xlsx?period=2024-13").want(http.StatusUnprocessableEntity)
}
