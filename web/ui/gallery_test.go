package ui

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/a-h/templ"

	"ketnap/internal/browsertest"
	"ketnap/internal/i18n"
	"ketnap/web/dist"
)

// join draws one component after another.
func join(parts ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		ctx = templ.ClearChildren(ctx)
		for _, p := range parts {
			if err := p.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// round draws a component round its children.
func round(outer templ.Component, inner ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, join(inner...)), w)
	})
}

func base(lang i18n.Lang) Base {
	return Base{
		Title: "Việc của tôi", Lang: lang, Path: "/gallery?x=1", Banner: i18n.T(lang, "shell.banner.demo", "day", "15/10/2024"),
		User:  User{Name: "Hoàng Văn Thuận", Role: "Bí thư Chi bộ Khoa Sư phạm", Unit: "Trường Đại học Hải Sơn"},
		Units: []UnitLink{{Name: "Chi bộ Khoa Sư phạm", Href: "/units/1", Current: true}, {Name: "Đảng ủy Trường Đại học Hải Sơn", Href: "/units/2"}},
		Menu: []MenuItem{
			{Key: "shell.menu.task", Href: "/", Count: 5, Current: true}, {Key: "shell.menu.file", Href: "/files", Open: true, Below: []MenuItem{{Key: "shell.menu.target", Href: "/targets", Current: true}}},
			{Key: "shell.menu.directive", Href: "/directives"}, {Key: "shell.menu.rating", Href: "/ratings"},
		},
		Crumbs: []Crumb{{"Nguồn và hồ sơ", "/files"}, {"Chi bộ Khoa Sư phạm", "/units/1"}},
		Flash:  &Flash{Mood: Done, Text: "Đã ghi lễ kết nạp ngày 08/7/2024."},
	}
}

func gallery(lang i18n.Lang) templ.Component {
	act := Action{Label: "Ghi lễ kết nạp", Href: "/files/1/acts", Primary: true, WideOnly: true}
	return round(Layout(base(lang)),
		round(Head("Việc của tôi", "Thứ Ba, 15/10/2024. Chi bộ có 2 việc quá hạn."), PrintButton(), Button(Action{Label: "Tải Excel", Href: "/x.xlsx", Download: true})),
		Problem(ProblemBox{Mood: Late, Findings: []Finding{
			{Message: "Cần ít nhất 14 phiếu (2/3 của 20 đảng viên chính thức); mới có 13.", Cite: "Điều lệ Đảng, Điều 4; VOT-01"},
			{Message: "Ngày họp 05/8/2024 trước ngày giới thiệu 15/8/2024. Sửa ngày họp, hoặc hủy bước giới thiệu.", Field: "on"},
		}}),
		round(Section(SectionHead{"late", "Quá hạn", "2 việc"}), Tasks([]TaskRow{
			{Mood: Late, What: "Tổ chức lễ kết nạp", Whom: "Trần Thị Lan", Delay: "Chậm 3 ngày làm việc", When: "hạn thứ Năm, 10/10/2024",
				Why: "Quyết định nhận ngày 27/8/2024.", Cite: "QĐ 24-QĐ/TW, 4.1", Act: &act, Also: &Link{"Đã làm lễ rồi: ghi lễ kết nạp", "/x"}},
			{Mood: Soon, What: "Làm lại giấy giới thiệu", Whom: "Ngô Quốc Bảo", Delay: "Sắp đến hạn", When: "hạn thứ Sáu", Act: &Action{Label: "In mẫu giấy", Href: "/p"}},
			{Mood: Todo, What: "Họp xét kết nạp", When: "Nên họp trước thứ Sáu, 18/10/2024"},
		})),
		Steps([]Step{{Label: "Danh sách nguồn", Mood: Done}, {Label: "Chi bộ họp", Mood: Todo, Here: true}, {Label: "Lễ kết nạp", Mood: Todo}}),
		round(Section(SectionHead{"acts", "Đã làm những gì", "mới nhất ở trên"}), Timeline([]Event{
			{When: "24/10/2024", What: "Ban Thường vụ họp xét", Next: true},
			{When: "05/8/2024", What: "Chi bộ ra nghị quyết", Notes: []string{"12-NQ/CB · 19/20 tán thành (cần 14)"}},
			{When: "29/7/2024", What: "Chi bộ họp xét kết nạp", Void: true},
		})),
		round(Panel(SectionHead{ID: "next", Title: "Bước tiếp theo"}),
			Facts([]Fact{{"Ai làm", "Ban Tổ chức", ""}, {"Hạn cuối", "thứ Tư, 30/10/2024", "còn 11 ngày làm việc"}}),
			Checks([]Check{{Done, "Đủ nghị quyết"}, {Soon, "Giấy chứng nhận sắp hết hạn"}, {Todo, "Còn thiếu tờ trình"}}),
			Meter(NewMeter(lang, 1, 5)), Meter(NewSplit(lang, 60, Part{Fill: 3, Count: 3, Label: "Chi bộ 3"}, Part{Fill: 2, Count: 22, Label: "Đảng ủy 22"}, Part{Fill: 1, Count: 24, Label: "Ban Tổ chức 24"}))),
		State(Late, ""), State(Soon, "Sắp hết hạn"), State(Done, "Có"), Badge("Chờ quyết định"),
		round(Filter("/gallery"), Field(Input{Name: "q", Label: "Tìm đơn vị", Type: "search", Optional: true}),
			Select(Input{Name: "stage", Label: "Bước", Value: "ready", Attrs: templ.Attributes{"autocomplete": "off"}}, []Option{{"", "Tất cả"}, {"ready", "Đủ hồ sơ"}})),
		form(),
		Seal(Sealed{ID: "family", Title: "Gia đình", Action: "/files/1/open", Field: "family", Error: "Xin ghi lý do mở xem."}),
		round(Confirm(Ask{ID: "unlist", Open: "Đưa ra khỏi danh sách", Heading: "Đưa Trần Thị Lan ra khỏi danh sách nguồn?", Text: "Việc này được ghi lại và có thể hủy.", Action: "/files/1/acts", Hidden: map[string]string{"act": "unlist", "version": "3"}, Submit: "Đưa ra khỏi danh sách"}),
			Field(Input{Name: "note", ID: "unlist-note", Label: "Lý do"})),
		Empty(Nothing{Title: "Chưa có hồ sơ nào", Text: "Hồ sơ của chi bộ sẽ đứng ở đây.", First: &Action{Label: "Mở hồ sơ đầu tiên", Href: "/files/new"}}),
		Pager(Pages{From: 51, To: 100, Total: 1235, Prev: "/files?p=1", Next: "/files?p=3"}),
		Thumb(Action{Label: "Ghi lễ kết nạp — Trần Thị Lan", Href: "/files/1/acts"}),
	)
}

func form() templ.Component {
	fields := join(
		DateField(Input{Name: "on", Label: "Ngày họp", Value: "2024-08-05", Error: "Ngày họp trước ngày giới thiệu 15/8/2024.", Help: "Ngày ghi trong biên bản."}),
		Field(Input{Name: "number", Label: "Số nghị quyết", Value: `12-NQ/CB "x"`, Optional: true}),
		TextArea(Input{Name: "note", Label: "Ghi chú", Value: "Dòng một\nDòng hai", Optional: true}),
		Select(Input{Name: "by", Label: "Nơi giới thiệu", Error: "Xin chọn nơi giới thiệu."}, []Option{{"youth_union", "Đoàn thanh niên"}}),
		Radios(Input{Name: "sex", Label: "Giới tính", Value: "female"}, []Option{{"female", "Nữ"}, {"male", "Nam"}}),
		Checkbox(Input{Name: "ready", Label: "Đã đủ giấy tờ", Help: "Xem lại trước khi ghi."}, true),
		Submit("Ghi nghị quyết", false),
	)
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return join(templ.Raw(`<form class="form" method="post" action="/gallery">`), fields, templ.Raw(`</form>`)).Render(ctx, w)
	})
}

func galleryServer(t *testing.T) string {
	t.Helper()
	browsertest.NeedsBundle(t, dist.URL("app.css"))
	serve := func(mux *http.ServeMux, pattern string, status int, page func(i18n.Lang) templ.Component) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			lang := i18n.ParseLang(r.FormValue("lang"))
			w.Header().Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(status)
			if err := page(lang).Render(i18n.With(r.Context(), lang), w); err != nil {
				t.Error(err)
			}
		})
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+dist.Prefix, dist.Handler())
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	serve(mux, "GET /gallery", 200, gallery)
	serve(mux, "POST /gallery", 422, gallery)
	serve(mux, "POST /files/1/acts", 200, func(lang i18n.Lang) templ.Component { return round(Layout(base(lang)), Head("Đã ghi", "")) })
	mux.HandleFunc("GET /list", func(w http.ResponseWriter, r *http.Request) {
		lang, stage := i18n.Vietnamese, r.FormValue("stage")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		page := round(Layout(base(lang)), Head("Danh sách", ""),
			round(Filter("/list"), Select(Input{Name: "stage", Label: "Bước", Value: stage}, []Option{{"", "Tất cả"}, {"ready", "Đủ hồ sơ"}})),
			templ.Raw(`<div id="results">`), Badge("lọc:"+stage), templ.Raw(`</div>`))
		if err := page.Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	serve(mux, "GET /gone", 404, func(lang i18n.Lang) templ.Component {
		b := base(lang)
		b.Title = i18n.T(lang, "error.not_found.title")
		return ErrorPage(Failure{Base: b, Kind: "not_found"})
	})
	serve(mux, "GET /door", 500, func(lang i18n.Lang) templ.Component {
		return ErrorPage(Failure{Base: Base{Lang: lang, Title: i18n.T(lang, "error.internal.title")}, Kind: "internal", Request: "01JF3"})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// TestGallery looks at every component in a browser: on a phone and on a desk, light and
// dark. With KETNAP_SHOTS=FOLDER it leaves pictures there.
func TestGallery(t *testing.T) {
	t.Parallel()
	b := browsertest.Open(t, galleryServer(t))
	for _, view := range []struct {
		name  string
		width int64
		dark  bool
		path  string
	}{
		{"gallery-1280", 1280, false, "/gallery"},
		{"gallery-1280-dark", 1280, true, "/gallery?lang=en"},
		{"gallery-390", 390, false, "/gallery"},
		{"error-390", 390, false, "/gone"},
		{"door-1280", 1280, false, "/door"},
		{"gallery-320", 320, true, "/gallery"},
	} {
		b.Width(view.width)
		b.Dark(view.dark)
		b.Visit(view.path)
		b.Fits()
		b.Axe()
		if folder := os.Getenv("KETNAP_SHOTS"); folder != "" {
			b.Screenshot(filepath.Join(folder, view.name+".png"))
		}
	}
}

func TestConfirmAsksFirst(t *testing.T) {
	t.Parallel()
	b := browsertest.Open(t, galleryServer(t))
	for _, script := range []bool{true, false} {
		if !script {
			b.NoScript()
		}
		b.Visit("/gallery")
		if b.Has("#unlist") {
			t.Fatal("the question is open before it is asked")
		}
		b.Click(`button[popovertarget=unlist]`)
		b.Await("#unlist")
		b.Click(`#unlist button[popovertargetaction=hide]`)
		if b.Has("#unlist") {
			t.Error("the question stays after the answer no")
		}
		b.Click(`button[popovertarget=unlist]`)
		if got := b.Follow(`#unlist button[type=submit]`); got != 200 || b.Text("h1") != "Đã ghi" {
			t.Errorf("with script %v: status %d, %q", script, got, b.Text("h1"))
		}
	}
}

func TestMenuOpensOnAPhone(t *testing.T) {
	t.Parallel()
	b := browsertest.Open(t, galleryServer(t))
	b.NoScript()
	b.Width(390)
	b.Visit("/gallery")
	if b.Has("#menu") {
		t.Fatal("the menu covers the page")
	}
	b.Click(".menu-open")
	b.Await(`#menu form[action="/logout"]`)
	b.Fits()
}

func TestFilterDrawsTheListAnew(t *testing.T) {
	t.Parallel()
	b := browsertest.Open(t, galleryServer(t))
	b.Visit("/list")
	b.Fill("#find", "gõ dở") // a reload would lose it
	b.Fill("#stage", "ready")
	b.AwaitText("#results", "lọc:ready")
	if got := b.Value("#find"); got != "gõ dở" {
		t.Errorf("the page was loaded anew: %q", got)
	}
	b.NoScript()
	b.Visit("/list")
	if got := b.Text("#results"); got != "lọc:" {
		t.Fatalf("unfiltered: %q", got)
	}
	b.Fill("#stage", "ready")
	b.Follow(".tools button")
	if got := b.Text("#results"); got != "lọc:ready" {
		t.Errorf("without script: %q", got)
	}
}
