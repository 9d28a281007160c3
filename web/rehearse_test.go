package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/app"
)

// TestARehearsalShowsHowFarItIs where the files are too many for one request: nobody does
// its job yet, then a server does.
func TestARehearsalShowsHowFarItIs(t *testing.T) {
	t.Parallel()
	ts := newTestServerAtOnce(t, 1)
	branch := ts.as(t, access.BranchSecretary, "D01.B1")
	for _, name := range []string{"Trần Thị Lan", "Lê Thị Mai", "Bùi Thanh Tùng"} {
		branch.open("D01.B1", name)
	}
	admin, board := ts.as(t, access.Admin, "K01"), ts.as(t, access.OrgBoard, "K01")
	v := url.Values{"kind": {"term"}, "subject": {"DL-70"}, "from": {"2024-08-01"}, "amount": {"30"}, "document": {"15-QĐ/ĐUK"}, "reason": {"thí điểm"}}
	drafted := admin.post("/rules/changes", v)
	page := admin.follow(drafted).says("Đã thử 0 / 3 hồ sơ", "Xem lại", "Có thể rời trang này", "chưa thử xong", "Thử lại")
	board.get(drafted.location).want(http.StatusOK).says("Đã thử 0 / 3 hồ sơ").silent("Áp dụng", "Thử lại")
	admin.get(drafted.location + "/rehearsal.xlsx").want(http.StatusOK)
	apply := url.Values{"version": {page.value("version")}}
	admin.post(drafted.location+"/apply", apply).want(http.StatusUnprocessableEntity).says("chưa thử xong", "xin đánh dấu vào ô xác nhận")
	board.post(drafted.location+"/rehearse", nil).want(http.StatusForbidden)

	run, err := ts.app.StartJobs(t.Context(), slog.New(slog.DiscardHandler))
	must(t, err)
	defer func() { must(t, run.Stop(context.WithoutCancel(t.Context()))) }()
	end := time.After(30 * time.Second)
	for x := (app.Rehearsal{}); x.State != app.RehearsalDone; {
		select {
		case <-end:
			t.Fatalf("it came to %d / %d", x.Looked, x.Total)
		case <-time.After(20 * time.Millisecond):
		}
		x, err = ts.app.Rehearse(t.Context(), app.System("t"), drafted.location[len("/rules/changes/"):])
		must(t, err)
	}
	admin.get(drafted.location).want(http.StatusOK).says("Đã xét 3 hồ sơ đang mở", "Thử xong lúc", "Thử lại").silent("chưa thử xong", "Đã thử")
	admin.follow(admin.post(drafted.location+"/rehearse", nil)).says("Đã thử")
	apply.Set("untried", "on")
	admin.follow(admin.post(drafted.location+"/apply", apply)).says("Đã áp dụng; hạn của các hồ sơ đang được tính lại", "Xem các việc nền")
	admin.follow(admin.post("/rules/redraw", nil)).says("Việc nền", "đang được tính lại")
	admin.post(drafted.location+"/rehearse", nil).want(http.StatusConflict)
}
