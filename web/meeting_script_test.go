package web

import (
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/internal/browsertest"
	"ketnap/web/dist"
)

// With script the form says while one types who is counted and how each vote ends; every
// page of a meeting fits a desk and a phone and is free of obstacles.
func TestAMeetingWithScript(t *testing.T) {
	t.Parallel()
	browsertest.NeedsBundle(t, dist.URL("app.js"))
	ts := newTestServer(t)
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1")}
	ids := ts.candidates(t, who, "D01.B1", toReady(), "Nguyễn Thị Thu Hà", "Trần Văn Minh", "Lê Thị Ngọc")
	waiting := who["branch"].open("D01.B1", "Phạm Văn Chờ")
	ts.walk(t, who, waiting, toReady()[:8])
	m := who["branch"].meet("D01.B1", "05/8/2024", nil)
	who["branch"].follow(who["branch"].put(m, admission.BranchResolution, ids...))

	b := browsertest.Open(t, ts.http.URL)
	look := func() {
		for _, width := range []int64{1280, 390} {
			b.Width(width)
			b.Fits()
			b.Axe()
		}
		b.Width(320)
		b.Fits()
		b.Width(1280)
	}
	b.Visit("/login")
	b.Fill(`input[name="login"]`, "branch_secretary.d01.b1")
	b.Fill(`input[name="password"]`, testPassword)
	b.Submit(`form[action="/login"]`)
	for _, page := range []string{"/meetings", "/meetings/new", m + "/agenda"} {
		b.Visit(page)
		look()
	}
	b.Visit(m)
	b.Fill(`#act [name="present"]`, "18")
	b.AwaitText("#count", "có mặt 18")
	b.Fill(`#act [name="absent-reason-0"]`, "elsewhere")
	b.AwaitText("#count", "Tính trên 19")
	b.Fill(`#act [name="for-0"]`, "13")
	b.Fill(`#act [name="against-0"]`, "4")
	b.AwaitText("#verdict-0", "Cần ít nhất 13 phiếu (2/3 của 19")
	b.AwaitText("#verdict-0", "Đạt")
	b.AwaitText("#verdict-0", "không giơ thẻ: 1")
	b.Fill(`#act [name="for-0"]`, "12")
	b.AwaitText("#verdict-0", "Không đạt")
	if b.Value(`#act [name="present"]`) != "18" {
		t.Error("a field that is being filled was drawn anew")
	}
	look()
	for i, votes := range []string{"12", "18", "17"} {
		at := string(rune('0' + i))
		b.Fill(`#act [name="for-`+at+`"]`, votes)
		b.Fill(`#act [name="against-`+at+`"]`, "0")
		b.Fill(`#act [name="number-`+at+`"]`, "1"+at+"-NQ/CB")
	}
	b.Submit("#act")
	b.Visit(m + "/confirm")
	look()
	b.Submit("#act")
	b.AwaitText("main", "Đã ghi kết quả vào 3 hồ sơ")
	look()
	b.Visit("/files/" + ids[1])
	look()
}
