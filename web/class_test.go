package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/internal/browsertest"
	"ketnap/web/dist"
)

// From the survey to the summons, in a real browser: the board asks, a branch answers, the
// board proposes, the decision opens the class, the branch confirms and excuses.
func TestAClassFromSurveyToSummons(t *testing.T) {
	t.Parallel()
	browsertest.NeedsBundle(t, dist.URL("app.js"))
	ts := newTestServer(t)
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1")}
	ids := ts.candidates(t, who, "D01.B1", toReady()[:2], "Nguyễn Thị Thu Hà", "Trần Văn Minh", "Lê Thị Ngọc")
	ts.account(t, "btg", access.PropagandaBoard, "K01")

	b := browsertest.Open(t, ts.http.URL)
	look := func() {
		t.Helper()
		for _, width := range []int64{1280, 390} {
			b.Width(width)
			b.Fits()
			b.Axe()
		}
		b.Width(1280)
	}
	login := func(name string) {
		b.Visit("/login")
		if b.Has(`form[action="/logout"]`) {
			b.Submit(`form[action="/logout"]`)
			b.Visit("/login")
		}
		b.Fill(`input[name="login"]`, name)
		b.Fill(`input[name="password"]`, testPassword)
		b.Submit(`form[action="/login"]`)
	}

	login("btg")
	b.Visit("/classes")
	look()
	b.Follow(`a[href^="/class-surveys/new"]`)
	b.Fill(`input[name="due"]`, "2024-10-01")
	b.Submit(`form[action="/class-surveys"]`)
	b.AwaitText("main", "Khảo sát chưa có tên")
	b.AwaitText("main", "Hạn trả lời 01/10/2024 đã qua")
	look()
	b.Fill(`input[name="title"]`, "Khảo sát đợt cuối năm")
	b.Fill(`input[name="due"]`, "2024-10-25")
	b.Submit(`form[action="/class-surveys"]`)
	b.AwaitText("main", "Đã gửi khảo sát")
	survey := b.Path()
	look()

	login("branch_secretary.d01.b1")
	b.AwaitText("main", "Trả lời khảo sát")
	b.Follow(`.task a[href*="/answer"]`)
	if n := b.Count(`input[name="file"]:checked`); n != 3 {
		t.Errorf("%d people are ticked, the register shows 3", n)
	}
	b.Fill(`input[name="without_student"]`, "vài")
	b.Fill(`input[name="season"]`, "Các ngày thứ Bảy")
	b.Submit(`form[action*="/answer"]`)
	b.AwaitText("main", "“vài” không phải là số")
	if b.Value(`input[name="season"]`) != "Các ngày thứ Bảy" {
		t.Error("what was typed is lost")
	}
	look()
	b.Fill(`input[name="without_student"]`, "4")
	b.Follow(`button[value="send"]`)
	b.AwaitText("main", "Đã gửi trả lời, nêu tên 3 người")
	look()

	login("btg")
	b.Visit(survey)
	b.AwaitText("main", "Nguyễn Thị Thu Hà")
	b.Submit(`form[action="/class-proposals"]`)
	look()
	b.Fill(`input[name="o0_least"]`, "2")
	b.Fill(`input[name="o0_seats"]`, "2")
	b.Fill(`input[name="o0_place"]`, "Hội trường Đảng ủy Khối")
	b.Fill(`input[name="o0_from"]`, "2024-11-04")
	b.Fill(`input[name="o0_to"]`, "2024-11-01")
	b.Submit(`form.wide[action^="/class-proposals/"]`)
	b.AwaitText("main", "trước ngày khai giảng")
	look()
	b.Fill(`input[name="o0_to"]`, "2024-11-08")
	b.Submit(`form.wide[action^="/class-proposals/"]`)
	b.AwaitText("main", "2 / 2 chỗ")
	b.Follow(`button[value="send"]`)
	b.AwaitText("main", "Đã ghi là đã trình")
	look()
	b.Click("#chosen-0")
	b.Fill(`input[name="decision"]`, "61-QĐ/ĐUK")
	b.Fill(`input[name="decided_on"]`, "2024-10-15")
	b.Fill(`input[name="decided_by"]`, "Lê Văn Bảo")
	b.Submit(`form[action$="/decide"]`)
	b.AwaitText("main", "Đã mở lớp")
	look()
	b.Click(`button[popovertarget="summon"]`)
	b.Submit("#summon form")
	b.AwaitText("main", "Đã triệu tập 2 người")
	look()
	summons := b.Path()

	login("branch_secretary.d01.b1")
	b.AwaitText("main", "Xác nhận 2 người được triệu tập")
	b.Visit(summons)
	look()
	b.Click(`button[popovertarget^="rut-"]`)
	b.Fill(`.ask:popover-open input[name="reason"]`, "Đi công tác")
	b.Submit(`.ask:popover-open form`)
	b.AwaitText("main", "Đã ghi")
	b.Click(`button[popovertarget^="xac-nhan-"]`)
	b.Submit(`.ask:popover-open form`)
	b.AwaitText("main", "Đã xác nhận")
	look()
	for _, page := range []string{"/classes", "/classes/demand", "/classes/demand?kind=new_member", strings.TrimSuffix(summons, "/summons"), "/bulk/class?file=" + ids[0] + "&file=" + ids[1]} {
		b.Visit(page)
		look()
	}
}

// Who sees what of a class: the propaganda board no files, a unit its own people only, the
// admin nothing.
func TestRightsOfClasses(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	branch, other := ts.as(t, access.BranchSecretary, "D01.B1"), ts.as(t, access.BranchSecretary, "D01.B2")
	board, org, admin := ts.as(t, access.PropagandaBoard, "K01"), ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.Admin, "K01")
	who := map[string]*client{"branch": branch}
	id := ts.candidates(t, who, "D01.B1", toReady()[:2], "Nguyễn Thị Thu Hà")[0]

	board.get("/classes/demand").want(http.StatusOK).says("1").silent("Nguyễn Thị Thu Hà").says("Tên từng người có trong trả lời khảo sát")
	branch.get("/classes/demand").want(http.StatusOK).says("Nguyễn Thị Thu Hà", "chưa có giấy chứng nhận")
	other.get("/classes/demand").want(http.StatusOK).says("Chưa có ai cần học")
	admin.get("/classes").want(http.StatusNotFound)
	branch.get("/class-surveys/new").want(http.StatusForbidden)
	org.post("/class-surveys", url.Values{"unit": {"K01"}, "kind": {"awareness"}, "title": {"x"}, "due": {"2024-11-01"}}).want(http.StatusForbidden)

	a := board.post("/class-surveys", url.Values{"unit": {"K01"}, "kind": {"awareness"}, "title": {"Khảo sát"}, "due": {"01/11/2024"}}).want(http.StatusSeeOther)
	survey := a.location
	other.get(survey + "/answer?unit=D01.B1").want(http.StatusNotFound)
	board.get(survey + "/answer?unit=D01.B1").want(http.StatusForbidden)
	other.post(survey+"/answer?unit=D01.B2", url.Values{"version": {"0"}, "file": {id}, "do": {"send"}}).want(http.StatusNotFound)
	board.get(survey).want(http.StatusOK).says("Chưa trả lời").silent("Nguyễn Thị Thu Hà")

	// A proposal from the list of files goes into the open survey; only a sent answer counts.
	branch.follow(branch.post("/bulk/class", url.Values{"file": {id}}).want(http.StatusSeeOther)).says("Đã đưa 1 người vào phiếu trả lời")
	other.post("/bulk/class", url.Values{"file": {id}}).want(http.StatusNotFound)
	board.post("/bulk/class", url.Values{"file": {id}}).want(http.StatusNotFound)
	board.get(survey).silent("Nguyễn Thị Thu Hà")
	branch.follow(branch.post(survey+"/answer?unit=D01.B1", url.Values{"version": {"0"}, "file": {id}, "do": {"send"}}).want(http.StatusSeeOther)).says("nêu tên 1 người")
	board.get(survey).says("Nguyễn Thị Thu Hà")
	branch.post(survey+"/answer?unit=D01.B1", url.Values{"version": {"0"}, "file": {id}, "do": {"send"}}).want(http.StatusConflict).says("vừa được người khác sửa")
	board.get(survey + "/sheet.xlsx").want(http.StatusOK)

	// Closed, it takes no more answers.
	board.post(survey, url.Values{"version": {"1"}, "due": {"2024-11-01"}, "do": {"close"}}).want(http.StatusSeeOther)
	branch.post(survey+"/answer?unit=D01.B1", url.Values{"version": {"1"}, "do": {"send"}}).want(http.StatusConflict)
}
