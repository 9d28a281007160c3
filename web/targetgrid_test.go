package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/browsertest"
	"ketnap/org"
	"ketnap/web/dist"
)

// gridForm is what the page of the grid sends: the cells typed over those that stand
// there, which are given as "seq|text".
func gridForm(year int, cells map[string][2]string, more ...string) url.Values {
	f := url.Values{"unit": {"K01"}, "year": {strconv.Itoa(year)}, "do": {"save"}}
	for key, c := range cells {
		f.Set("c/"+key, c[0])
		f.Set("w/"+key, c[1])
	}
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestTheGridAsAPlainForm(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board, base := ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.BaseOffice, "D01")
	must(t, ts.app.SetCounts(t.Context(), app.System("test"), "D01", date.Must(firstDay), map[org.CountKind]int{org.Members: 90}))
	board.get("/targets?unit=K01&year=2024").says("Bảng giao chỉ tiêu")
	board.get("/targets/grid?unit=K01&year=2024").want(http.StatusOK).says("Chi bộ Trường THPT Hải Bình", "chưa được giao chỉ tiêu")
	a := board.post("/targets/grid", gridForm(2024, map[string][2]string{"D01/admission/": {"2,5%", "0|"}, "C02/admission/": {"hai", "0|"}, "C02/awareness/": {"15-20", "0|"}})).
		want(http.StatusUnprocessableEntity).says("Còn 1 ô chưa đúng", "Chưa đọc được thành chỉ tiêu")
	for _, typed := range []string{`value="2,5%"`, `value="hai"`, `value="15-20"`} {
		if !strings.Contains(a.body, typed) {
			t.Errorf("%s was not kept", typed)
		}
	}
	board.get("/targets?unit=K01&year=2024").silent("15–20")
	cells := map[string][2]string{"D01/admission/": {"2,5%", "0|"}, "C02/admission/": {"từ 5 trở lên", "0|"}, "C02/awareness/": {"15-20", "0|"}}
	board.follow(board.post("/targets/grid", gridForm(2024, cells))).says("Đã ghi 3 ô", "là 3 người")
	board.post("/targets/grid", gridForm(2024, map[string][2]string{"C02/admission/": {"4", "1|từ 5 trở lên"}})).want(http.StatusUnprocessableEntity).says("phải ghi lý do")
	board.post("/targets/grid", gridForm(2024, map[string][2]string{"C02/admission/": {"4", "0|"}}, "reason", "giảm lớp", "document", "15-CV/ĐUK")).
		want(http.StatusConflict).says("vừa có người giao hoặc đổi")
	board.follow(board.post("/targets/grid", gridForm(2024, map[string][2]string{"C02/admission/": {"4", "1|từ 5 trở lên"}}, "reason", "giảm lớp", "document", "15-CV/ĐUK"))).says("Đã ghi 1 ô")
	board.get("/targets/grid.xlsx?unit=K01&year=2024").want(http.StatusOK)

	t.Run("a figure is handed out into the cells, and not written", func(t *testing.T) {
		f := gridForm(2025, map[string][2]string{"C02/awareness/": {"7", "0|"}}, "do", "spread", "spread_column", "1", "spread_way", "members", "spread_sum", "9")
		a := board.post("/targets/grid", f).want(http.StatusOK).says("Đã chia vào 2 ô")
		if !strings.Contains(a.body, `value="9"`) || !strings.Contains(a.body, `value="7"`) {
			t.Error("the cells do not show what was handed out, or what was typed is lost")
		}
		board.get("/targets?unit=K01&year=2025").silent("từ 9", "Đổi chỉ tiêu")
		f.Set("spread_way", "last")
		board.post("/targets/grid", f).want(http.StatusUnprocessableEntity).says("Không đơn vị nào có số liệu để chia")
		f.Set("spread_sum", "x")
		board.post("/targets/grid", f).want(http.StatusUnprocessableEntity).says("Chưa đọc được thành chỉ tiêu")
	})
	base.get("/targets/grid?unit=K01").want(http.StatusNotFound)
	base.get("/targets/grid?unit=D01").want(http.StatusOK)
	base.post("/targets/grid", gridForm(2024, cells)).want(http.StatusNotFound)
}

func TestTheTalkOnItsPages(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board, school := ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.BranchSecretary, "C02")
	say := func(who *client, kind string, more ...string) *answer {
		f := url.Values{"unit": {"C02"}, "year": {"2024"}, "indicator": {"admission"}, "kind": {kind}}
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		return who.post("/targets/talk", f)
	}
	school.get("/targets/talk?unit=C02&year=2024").says("chưa đề nghị, chưa giao", "Nguồn kết nạp")
	say(school, "proposed", "seq", "0", "at", "0", "figure", "ba", "reason", "rà soát").want(http.StatusUnprocessableEntity).says("rà soát", "Chưa đọc được")
	school.follow(say(school, "proposed", "seq", "0", "at", "0", "figure", "3", "reason", "rà soát")).says("Đã gửi đề nghị", "chờ cấp trên giao")
	board.get("/targets/talks?unit=K01&year=2024&waiting=1").says("Chờ trả lời (1)", "Chi bộ Trường THPT Hải Bình").silent("Đảng ủy Trường Đại học Hải Sơn")
	board.get("/targets/talks.xlsx?unit=K01&year=2024").want(http.StatusOK)
	board.post("/targets/C02/2024/admission", url.Values{"seq": {"0"}, "min": {"5"}}).want(http.StatusSeeOther)
	say(school, "countered", "seq", "0", "at", "1", "figure", "4", "reason", "y").want(http.StatusConflict)
	school.follow(say(school, "countered", "seq", "1", "at", "1", "figure", "4", "reason", "một người chuyển công tác")).says("đơn vị đề nghị lại", "một người chuyển công tác")
	say(school, "kept", "seq", "2", "at", "1", "reason", "x").want(http.StatusForbidden)
	board.follow(say(board, "kept", "seq", "2", "at", "1", "reason", "còn nguồn")).says("cấp trên giữ nguyên chỉ tiêu")
	school.follow(say(school, "accepted", "seq", "3", "at", "1")).says("đơn vị đã nhận chỉ tiêu")
	board.get("/targets/talks?unit=K01&year=2024&waiting=1").says("Không có ý kiến nào chờ trả lời")
}

// The grid is worked by keyboard alone.
func TestTheGridByKeys(t *testing.T) {
	t.Parallel()
	browsertest.NeedsBundle(t, dist.URL("app.js"))
	ts := newTestServer(t)
	ts.as(t, access.OrgBoard, "K01")
	for unit, n := range map[string]int{"D01": 90, "C02": 30} {
		must(t, ts.app.SetCounts(t.Context(), app.System("test"), unit, date.Must(firstDay), map[org.CountKind]int{org.Members: n}))
	}
	must(t, ts.app.AssignTarget(t.Context(), app.System("test"), app.NewTarget{Unit: "K01", Year: 2024, Indicator: "admission", Min: 8}))
	b := browsertest.Open(t, ts.http.URL)
	b.Visit("/login")
	b.Fill(`input[name="login"]`, "org_board.k01")
	b.Fill(`input[name="password"]`, testPassword)
	b.Submit(`form[action="/login"]`)
	b.Visit("/targets/grid?unit=K01&year=2024")
	cell := func(key string) string { return `[name="c/` + key + `"]` }
	holds := func(key, want string) {
		t.Helper()
		if got := b.Value(cell(key)); got != want {
			t.Errorf("%s holds %q, want %q", key, got, want)
		}
	}
	const school, university = "C02/admission/", "D01/admission/"
	b.Click(cell(school))
	b.Press("5\r")
	if !b.Focused(cell(university)) {
		t.Error("Enter does not lead to the cell below")
	}
	b.AwaitText(`[data-balance="admission/"]`, "giao thiếu 3")
	b.Press("7")
	b.Press(browsertest.Up)
	if !b.Focused(cell(school)) {
		t.Error("the arrow does not lead up")
	}
	b.AwaitText(`[data-balance="admission/"]`, "giao thừa 4")
	b.Chord("z")
	holds(university, "")
	b.Chord("y")
	holds(university, "7")
	b.Press(browsertest.Delete)
	holds(university, "")
	b.Chord("z")
	b.Press(browsertest.F2)
	b.Press("0")
	holds(university, "70")
	b.Press("\x1b")
	holds(university, "7")

	b.Paste(cell("C02/awareness/"), "15-20\t1.235\r\ntừ 5 trở lên\t20-15\n")
	holds("C02/awareness/", "15-20")
	holds(school, "1.235")
	holds("D01/awareness/", "từ 5 trở lên")
	b.AwaitText(`[id="c/D01/admission//say"]`, "Số ít nhất lớn hơn")
	b.AwaitText(`[data-sum="admission/"]`, "1.235")
	b.Chord("z")
	holds(school, "5")
	holds("C02/awareness/", "")

	b.Click(".grid-spread summary")
	b.Fill(`[name="spread_sum"]`, "8")
	b.Click(`button[value="spread"]`)
	b.AwaitText("#spread-say", "Đã chia vào 2 ô")
	holds(university, "6")
	holds(school, "2")
	b.AwaitText(`[data-balance="admission/"]`, "giao đủ")
	b.Click("[data-undo]")
	holds(school, "5")
	b.Click("[data-redo]")

	b.Click(cell("C02/awareness/"))
	b.Press("năm\r")
	b.Submit("#grid")
	b.AwaitText(".problem", "Còn 1 ô chưa đúng")
	holds("C02/awareness/", "năm")
	holds(university, "6")
	for _, width := range []int64{1280, 390} {
		b.Width(width)
		b.Fits()
		b.Axe()
	}
	b.Width(1280)
	b.Click(cell("C02/awareness/"))
	b.Press(browsertest.Delete)
	b.Submit("#grid")
	b.AwaitText("main", "Đã ghi 2 ô")
	holds(university, "6")
}
