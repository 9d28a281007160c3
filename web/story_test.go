package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/app/demo"
	"ketnap/date"
	"ketnap/internal/browsertest"
)

// newStory serves a small block to a browser, with a person at each desk.
func newStory(t *testing.T, today string) *loop {
	t.Helper()
	ts := newTestServer(t)
	must(t, ts.app.FreezeDay(t.Context(), app.System("test"), date.Must(today), "câu chuyện mẫu")) // sessions live by the real clock
	ts.now.Store(time.Now().Unix())
	l := &loop{t: t, browser: browsertest.Open(t, ts.http.URL), people: map[string]demo.Account{}}
	for _, p := range []struct {
		role access.Role
		unit string
	}{{access.BranchSecretary, "D01.B1"}, {access.BaseOffice, "D01"}, {access.OrgBoard, "K01"}} {
		login := string(p.role)
		ts.account(t, login, p.role, p.unit)
		l.people[login] = demo.Account{Login: login, Password: testPassword, Role: login, Unit: p.unit}
	}
	return l
}

// begin opens the file of the story and puts the person on the list.
func (l *loop) begin(name, listed string) (file string) {
	l.as(access.BranchSecretary)
	l.visit("/files/new")
	l.browser.Fill(`input[name="name"]`, name)
	l.browser.Fill(`input[name="birth_date"]`, "1999-03-14")
	l.browser.Click(`input[name="sex"][value="female"]`)
	l.send(`form[action="/files/new"]`)
	file = l.browser.Path()
	l.act(file, "introduce", map[string]string{`input[value="youth_union"]`: "", "number": "18-NQ/ĐTN", "on": listed})
	l.act(file, "list", map[string]string{"number": "03-NQ/CB", "on": listed})
	l.act(file, "assign_helper", map[string]string{"helper": "Vũ Hải Đăng", "on": listed})
	return file
}

// says fails the test where a page does not show each of the texts.
func (l *loop) says(path string, texts ...string) {
	l.t.Helper()
	l.visit(path)
	shown := l.browser.Text("main")
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			l.t.Errorf("%s does not say %q", path, text)
		}
	}
}

// refused tries an act that a rule forbids; the page says why.
func (l *loop) refused(file, code string, fields map[string]string, why string) {
	l.t.Helper()
	l.visit(file + "/acts/" + code)
	for name, value := range fields {
		l.browser.Fill(`#act [name="`+name+`"]`, value)
	}
	if status := l.browser.Submit("#act"); status != http.StatusUnprocessableEntity {
		l.t.Fatalf("%s on %s answers %d", code, fields["on"], status)
	}
	if text := l.browser.Text("main"); !strings.Contains(text, why) {
		l.t.Errorf("%s: the refusal does not say %q: %.400s", code, why, text)
	}
}

// voted is the form of a vote on which all but one agreed.
func voted(number, on, members, agreed string) map[string]string {
	return map[string]string{"number": number, "on": on, "present": members, "for": agreed, "against": "0"}
}

// The worked story (admission.md, 11.1): admitted under RS-2021, recognized under RS-2025B.
func TestTheStoryOf2024(t *testing.T) {
	l := newStory(t, "2026-02-10")
	file := l.begin("Trần Thị Lan", "2024-01-10")
	l.act(file, "certify", map[string]string{"number": "0112/CN", "issued": "2019-05-27", "on": "2024-01-11"})
	l.act(file, "certify", map[string]string{"number": "0312/CN", "issued": "2024-04-26", "on": "2024-04-26"})
	l.act(file, "apply", map[string]string{"on": "2024-05-27"})
	l.act(file, "send_verification", map[string]string{"to": "Đảng ủy phường Hải Thành", "on": "2024-05-30"})
	l.act(file, "receive_request", map[string]string{"on": "2024-06-05"})
	l.says(file, "17/7/2024")
	l.act(file, "conclude_verification", map[string]string{`input[value="clear"]`: "", "on": "2024-07-10"})
	l.act(file, "complete_dossier", map[string]string{"3-KNĐ": "2024-07-18", "4-KNĐ": "2024-07-20", "5-KNĐ": "2024-07-30", "on": "2024-07-31"})
	l.refused(file, "branch_resolution", voted("12-NQ/CB", "2024-08-15", "20", "13"), "Cần ít nhất 14 phiếu (2/3 của 20 đảng viên chính thức); mới có 13")
	l.act(file, "branch_resolution", voted("12-NQ/CB", "2024-08-15", "20", "14"))
	l.says(file, "11/11/2024", "RS-2021")

	l.as(access.BaseOffice)
	l.act(file, "base_resolution", voted("47-NQ/ĐU", "2024-09-25", "15", "15"))
	l.as(access.OrgBoard)
	l.refused(file, "decide", voted("205-QĐ/ĐUK", "2024-10-28", "9", "4"), "quá nửa")
	l.act(file, "decide", voted("205-QĐ/ĐUK", "2024-10-28", "9", "9"))

	l.as(access.BranchSecretary)
	l.act(file, "receive_decision", map[string]string{"on": "2024-10-31"})
	l.says(file, "12/12/2024")
	l.act(file, "ceremony", map[string]string{"helper": "Vũ Hải Đăng", "on": "2024-12-02"})
	l.says(file, "14/01/2025", "02/12/2025")
	l.act(file, "complete_review", map[string]string{"10-KNĐ": "2025-12-02", "11-KNĐ": "2025-12-03", "12-KNĐ": "2025-12-04", "CN-ĐVM": "2025-05-20", "on": "2025-12-05"})
	l.says(file, "14/01/2026")
	l.act(file, "propose_recognition", voted("31-NQ/CB", "2025-12-15", "20", "20"))
	l.as(access.BaseOffice)
	l.act(file, "base_recognition", voted("80-NQ/ĐU", "2025-12-22", "15", "15"))
	l.as(access.OrgBoard)
	l.act(file, "recognize", voted("301-QĐ/ĐUK", "2026-01-12", "9", "9"))
	l.says(file, "Đảng viên chính thức", "RS-2025B")
	l.says(paperHref(strings.TrimPrefix(file, "/files/"), string(admission.PaperRecognition)), "02 tháng 12 năm 2025")
}

// The same road two years later: admitted and recognized under RS-2026B, where the
// ceremony's term runs from the issue of the decision (DL-81).
func TestTheStoryOf2026(t *testing.T) {
	l := newStory(t, "2027-11-30")
	file := l.begin("Nguyễn Văn Sơn", "2025-11-10")
	l.act(file, "certify", map[string]string{"number": "0512/CN", "issued": "2026-01-20", "on": "2026-01-20"})
	l.act(file, "apply", map[string]string{"on": "2026-03-02"})
	l.act(file, "send_verification", map[string]string{"to": "Đảng ủy xã Hải Phú", "on": "2026-03-05"})
	l.act(file, "receive_request", map[string]string{"on": "2026-03-09"})
	l.act(file, "conclude_verification", map[string]string{`input[value="clear"]`: "", "on": "2026-04-20"})
	l.act(file, "complete_dossier", map[string]string{"3-KNĐ": "2026-05-04", "4-KNĐ": "2026-05-05", "5-KNĐ": "2026-05-11", "on": "2026-05-12"})
	l.act(file, "branch_resolution", voted("15-NQ/CB", "2026-06-15", "20", "19"))
	l.says(file, "RS-2026A")
	l.as(access.BaseOffice)
	l.act(file, "base_resolution", voted("52-NQ/ĐU", "2026-07-10", "15", "15"))
	l.as(access.OrgBoard)
	l.act(file, "decide", voted("60-QĐ/ĐUK", "2026-08-10", "9", "9"))

	l.as(access.BranchSecretary)
	l.act(file, "receive_decision", map[string]string{"on": "2026-08-25"})
	l.refused(file, "ceremony", map[string]string{"helper": "Vũ Hải Đăng", "on": "2026-10-02"}, "Quá hạn làm lễ")
	l.act(file, "ceremony", map[string]string{"helper": "Vũ Hải Đăng", "on": "2026-09-21"})
	l.says(file, "21/9/2027", "RS-2026B")
	l.act(file, "complete_review", map[string]string{"10-KNĐ": "2027-09-22", "11-KNĐ": "2027-09-22", "12-KNĐ": "2027-09-23", "CN-ĐVM": "2027-03-20", "on": "2027-09-24"})
	l.refused(file, "propose_recognition", voted("31-NQ/CB", "2027-09-20", "20", "20"), "trước ngày")
	l.act(file, "propose_recognition", voted("31-NQ/CB", "2027-10-04", "20", "20"))
	l.as(access.BaseOffice)
	l.act(file, "base_recognition", voted("80-NQ/ĐU", "2027-10-18", "15", "15"))
	l.as(access.OrgBoard)
	l.act(file, "recognize", voted("91-QĐ/ĐUK", "2027-11-08", "9", "8"))
	l.says(file, "Đảng viên chính thức", "RS-2026B")
}
