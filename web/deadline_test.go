package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
)

func TestDeadlinesAreListedAndRemindedOf(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.candidate(t, "Trần Thị Lan", "D01.B1", "2024-08-15")
	branch, base := ts.as(t, access.BranchSecretary, "D01.B1"), ts.as(t, access.BaseOffice, "D01")
	admin := ts.as(t, access.Admin, "K01")

	base.get("/deadlines?unit=D01").want(http.StatusOK).says("Thời hạn", "Quá hạn", "Đến hạn trong 7 ngày", "Đến hạn trong 30 ngày", "Không có bước nào")
	base.get("/deadlines?unit=D01&window=month&desk=base&rule=DL-70").want(http.StatusOK).says("DL-70")
	base.get("/deadlines?unit=C02").want(http.StatusNotFound)
	admin.get("/deadlines").want(http.StatusNotFound)
	if got := base.get("/deadlines.xlsx?unit=D01").want(http.StatusOK).header.Get("Content-Type"); !strings.Contains(got, "spreadsheetml") {
		t.Errorf("the sheet is a %s", got)
	}

	page := branch.get("/reminders").want(http.StatusOK).says("Không có lời nhắc nào", "Muốn được nhắc khi nào", "Tạo địa chỉ lịch")
	if page.field("moment") == nil {
		t.Error("no choice of moments")
	}
	branch.follow(branch.post("/reminders/choice", url.Values{"moment": {"d7", "d0"}})).says("Đã lưu lựa chọn.")
	admin.get("/reminders").want(http.StatusNotFound)
}

func TestACalendarIsFetchedBySecretAddressAlone(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	branch, nobody := ts.as(t, access.BranchSecretary, "D01.B1"), ts.anonymous(t)
	made := branch.post("/reminders/feed", nil).want(http.StatusOK).says("chỉ hiện một lần")
	address, err := url.Parse(made.value("address"))
	must(t, err)
	if !strings.HasPrefix(address.Path, "/feed/") || !strings.HasSuffix(address.Path, ".ics") {
		t.Fatalf("the address is %s", address)
	}
	feed := nobody.get(address.Path).want(http.StatusOK)
	if got := feed.header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		t.Errorf("the feed is a %s", got)
	}
	if !strings.HasPrefix(feed.body, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(feed.body, "END:VCALENDAR\r\n") {
		t.Errorf("the feed is %q", feed.body)
	}
	branch.get("/reminders").says("Trong lịch không có họ tên")
	branch.follow(branch.post("/reminders/feed/names", url.Values{"names": {"on"}})).says("Trong lịch có họ tên quần chúng")
	nobody.get("/feed/" + strings.TrimSuffix(strings.TrimPrefix(address.Path, "/feed/"), ".ics")).want(http.StatusNotFound)
	branch.follow(branch.post("/reminders/feed/end", nil)).says("Đã thôi dùng lịch.")
	nobody.get(address.Path).want(http.StatusNotFound)
}

func TestJobsAreForWhoManagesTheInstallation(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	admin, base := ts.as(t, access.Admin, "K01"), ts.as(t, access.BaseOffice, "D01")
	admin.get("/admin/jobs").want(http.StatusOK).says("Việc nền", "Không có việc nền nào")
	base.get("/admin/jobs").want(http.StatusNotFound)
	for _, path := range []string{"/admin/jobs/1/retry", "/admin/jobs/1/drop", "/admin/jobs/x/retry"} {
		admin.post(path, nil).want(http.StatusNotFound)
		base.post(path, nil).want(http.StatusNotFound)
	}
}
