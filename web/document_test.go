package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ketnap/access"
	"ketnap/app"
	"ketnap/org"
)

// upload posts a form with a file, as a browser does.
func (c *client) upload(path string, fields map[string]string, name string, content []byte) *answer {
	c.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, v := range fields {
		must(c.t, m.WriteField(k, v))
	}
	if name != "" {
		part, err := m.CreateFormFile("file", name)
		must(c.t, err)
		_, err = part.Write(content)
		must(c.t, err)
	}
	must(c.t, m.Close())
	resp, err := c.http.Post(c.base+path, m.FormDataContentType(), &b)
	must(c.t, err)
	return c.read(resp)
}

// provincialLetter returns the text of 708-CV/ĐUK, which lies outside the repository. In CI
// it must be there.
func provincialLetter(t testing.TB) (string, bool) {
	t.Helper()
	dir := os.Getenv("KETNAP_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	b, err := os.ReadFile(filepath.Join(dir, "data", "000_a9d2044430793371.txt"))
	switch {
	case err == nil:
		return string(b), true
	case os.Getenv("CI") != "":
		t.Fatalf("the letter must be there in CI: %v", err)
	}
	t.Logf("the letter is absent, its test says nothing: %v", err)
	return "", false
}

// smallLetter has a task with a day, a target and a ceiling in two clauses.
const smallLetter = `ĐẢNG BỘ TỈNH HẢI SƠN
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

// draft enters a letter by pasting it and returns where it stands.
func (c *client) draft(text string) string {
	c.t.Helper()
	a := c.upload("/documents/new", map[string]string{"text": text}, "", nil).want(http.StatusSeeOther)
	return a.location
}

// confirmed accepts everything in a draft and confirms it.
func (c *client) confirmed(href string) *answer {
	c.t.Helper()
	a := c.get(href).want(http.StatusOK)
	c.post(href+"/proposals", url.Values{"version": {a.value("version")}, "do": {"accept_all"}}).want(http.StatusSeeOther)
	a = c.get(href).want(http.StatusOK)
	return c.follow(c.post(href+"/confirm", url.Values{"version": {a.value("version")}}))
}

func count(root *html.Node, fits func(*html.Node) bool) int {
	n := 0
	for d := range root.Descendants() {
		if d.Type == html.ElementNode && fits(d) {
			n++
		}
	}
	return n
}

func TestTheRealLetterIsReadDecidedAndConfirmed(t *testing.T) {
	t.Parallel()
	text, there := provincialLetter(t)
	if !there {
		return
	}
	ts := newTestServer(t)
	board := ts.as(t, access.OrgBoard, "K01")
	board.get("/documents").want(http.StatusOK).says("Chưa có văn bản nào", "Nhập văn bản")
	a := board.follow(board.upload("/documents/new", nil, "708.txt", []byte(text)))
	href := strings.TrimSuffix(a.link("Sửa phần đầu và phần cuối"), "/fields")
	a.want(http.StatusOK).says("Công văn 708-CV/ĐUK", "Chưa quyết định", "Kết nạp đảng viên: từ 5 trở lên", "1 trường", "Chưa có đơn vị nào thuộc loại này",
		"Không xếp loại Hoàn thành xuất sắc", "năm 2024 và 2025", "Nguyễn Văn Sáu")
	targets := regexp.MustCompile(`<span class="kind">Chỉ tiêu</span>`).FindAllString(a.body, -1)
	if len(targets) != 8 {
		t.Fatalf("%d targets are proposed", len(targets))
	}
	if n := count(a.root, func(n *html.Node) bool { return n.Data == "mark" }); n < 8 {
		t.Errorf("%d places are marked", n)
	}
	ids := map[string]bool{}
	for d := range a.root.Descendants() {
		if id := nodeAttr(d, "id"); id != "" && ids[id] {
			t.Errorf("id %s stands twice", id)
		} else {
			ids[id] = true
		}
	}

	version := a.value("version")
	board.post(href+"/confirm", url.Values{"version": {version}}).want(http.StatusUnprocessableEntity).says("đề xuất chưa nhận hoặc bỏ")
	a = board.follow(board.post(href+"/proposals", url.Values{"version": {version}, "do": {"accept_all"}}))
	a.says("Đã quyết định mọi đề xuất", "Xác nhận sẽ giao:", "mức trần xếp loại năm 2024 và 2025")
	version = a.value("version")
	a = board.follow(board.post(href+"/confirm", url.Values{"version": {version}}))
	a.says("Đã xác nhận văn bản", "0 / 1 đạt", "Xem xếp loại năm 2024", "Xem xếp loại năm 2025", "728-CV/TU")
	board.follow(board.post(href+"/confirm", url.Values{"version": {version}})).says("đã được xác nhận rồi")

	board.get("/targets?unit=K01&year=2025").want(http.StatusOK).says("Chi bộ Trường THPT Hải Bình", "từ 5 trở lên", "phấn đấu")
	school := ts.as(t, access.BranchSecretary, "C02")
	school.get("/targets?year=2024").want(http.StatusOK).says("phấn đấu, chưa giao làm chỉ tiêu", "15–20")
	school.get(href + "/tasks").want(http.StatusOK).says("Chi bộ Trường THPT Hải Bình").silent("Đảng ủy Trường Đại học")
	school.get(href).want(http.StatusOK).says("708-CV/ĐUK")
	ts.as(t, access.BranchSecretary, "D01.B1").get("/documents").want(http.StatusOK).says("708-CV/ĐUK")
}

func TestATextThatCannotBeReadIsRefusedWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board := ts.as(t, access.OrgBoard, "K01")
	for _, c := range []struct {
		name, file, field, says string
		content                 []byte
		text                    string
	}{
		{name: "nothing at all", field: "file", says: "Chưa có văn bản"},
		{name: "an empty file", file: "thu.txt", content: []byte(" \n"), field: "file", says: "không có chữ nào", text: "đã dán"},
		{name: "a Word file", file: "thu.docx", content: []byte("PK\x03\x04abc"), field: "file", says: "tệp Word", text: "đã dán"},
		{name: "another encoding", file: "thu.txt", content: []byte("K\xddnh g\xfdi"), field: "file", says: "UTF-8", text: "đã dán"},
		{name: "too big a file", file: "thu.txt", content: bytes.Repeat([]byte("văn bản "), 300_000), field: "file", says: "2 MB", text: "đã dán"},
		{name: "too long a text", field: "text", says: "200.000", text: strings.Repeat("ă", maxPaste+1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := board.upload("/documents/new", map[string]string{"text": c.text}, c.file, c.content).want(http.StatusUnprocessableEntity)
			if got := a.beside(c.field); !strings.Contains(got, c.says) {
				t.Errorf("beside %s: %q", c.field, got)
			}
			if a.value("text") != c.text {
				t.Errorf("the pasted text is lost: %.40q", a.value("text"))
			}
		})
	}
	board.get("/documents").says("Chưa có văn bản nào")
}

func TestWhoMayNotEnterDocumentsIsToldSo(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board, school, outside := ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.BranchSecretary, "C02"), ts.as(t, access.Admin, "K01")
	href := board.draft(smallLetter)
	school.get("/documents/new").want(http.StatusForbidden)
	school.upload("/documents/new", map[string]string{"text": smallLetter}, "", nil).want(http.StatusNotFound)
	outside.get("/documents").want(http.StatusNotFound)
	school.get("/documents").want(http.StatusOK).silent("12-CV/ĐUK", "Nhập văn bản")
	for _, path := range []string{href, href + "/fields", href + "/tasks", href + "/tasks.xlsx", href + "/proposals/1", "/documents/none", "/documents/none/tasks"} {
		school.get(path).want(http.StatusNotFound)
	}
	for _, path := range []string{"/confirm", "/discard", "/proposals", "/proposals/1", "/fields"} {
		school.post(href+path, url.Values{"version": {"1"}, "do": {"accept:1"}}).want(http.StatusNotFound)
		board.post("/documents/none"+path, url.Values{"version": {"1"}, "do": {"accept:1"}}).want(http.StatusNotFound)
	}
	board.get(href + "/proposals/99").want(http.StatusNotFound)
	board.get(href + "/proposals/x").want(http.StatusNotFound)
	board.get(href).says("12-CV/ĐUK")
	board.confirmed(href)
	school.get(href).want(http.StatusOK)
	for _, path := range []string{"/confirm", "/discard", "/proposals", "/fields"} {
		if a := school.post(href+path, url.Values{"version": {"9"}, "do": {"open:1"}}); a.status != http.StatusNotFound && a.status != http.StatusForbidden {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestTheFieldsOfADraftAreCorrected(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board := ts.as(t, access.OrgBoard, "K01")
	href := board.draft(smallLetter)
	a := board.get(href + "/fields").want(http.StatusOK)
	if a.value("symbol") != "12-CV/ĐUK" || a.value("date") != "2024-06-03" || a.value("name") != "Trần Văn An" {
		t.Fatalf("%s %s %s", a.value("symbol"), a.value("date"), a.value("name"))
	}
	form := url.Values{"version": {a.value("version")}, "symbol": {"13-CV/ĐUK"}, "date": {"31/2/2024"}, "subject": {"tạo nguồn"},
		"recipients":  {"Ban Thường vụ Tỉnh ủy | để b/c\nLưu VP"},
		"basis_text":  {"Kế hoạch số 42-KH/ĐUK", ""},
		"basis_date":  {"16/5/2022", ""},
		"endorsement": {"Sao chuyển các chi bộ"}, "endorsed": {"2024-06-04"}}
	a = board.post(href+"/fields", form).want(http.StatusUnprocessableEntity)
	if a.beside("date") == "" || a.value("date") != "31/2/2024" || a.value("subject") != "tạo nguồn" {
		t.Errorf("beside: %q, typed: %q", a.beside("date"), a.value("date"))
	}
	form.Set("date", "4/6/2024")
	board.follow(board.post(href+"/fields", form)).says("13-CV/ĐUK", "04/6/2024", "Ban Thường vụ Tỉnh ủy (để b/c)", "Kế hoạch số 42-KH/ĐUK", "Sao chuyển các chi bộ")
	a = board.post(href+"/fields", form).want(http.StatusConflict).says("vừa có người sửa")
	if a.value("subject") != "tạo nguồn" {
		t.Error("what was typed on a stale form is lost")
	}
	form.Set("version", board.get(href+"/fields").value("version"))
	form.Set("symbol", "")
	a = board.follow(board.post(href+"/fields", form)).says("Chưa có số, ký hiệu")
	board.post(href+"/proposals", url.Values{"version": {a.value("version")}, "do": {"accept_all"}})
	a = board.get(href)
	board.post(href+"/confirm", url.Values{"version": {a.value("version")}}).want(http.StatusUnprocessableEntity).says("còn thiếu số, ký hiệu")
}

func TestProposalsAreTakenDroppedAndRevised(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board := ts.as(t, access.OrgBoard, "K01")
	href := board.draft(smallLetter)
	version := func() string { t.Helper(); return board.get(href).value("version") }
	decide := func(do string, seqs ...string) *answer {
		t.Helper()
		return board.post(href+"/proposals", url.Values{"version": {version()}, "do": {do}, "seq": seqs})
	}
	kind := map[string]string{}
	for seq := 1; seq <= 4; seq++ {
		if a := board.get(href + "/proposals/" + strconv.Itoa(seq)); a.status == http.StatusOK {
			for _, name := range []string{"when", "min", "for"} {
				if a.field(name) != nil && kind[name] == "" {
					kind[name] = strconv.Itoa(seq)
				}
			}
		}
	}
	if len(kind) != 3 {
		t.Fatalf("proposals: %v", kind)
	}
	decide("accept").want(http.StatusUnprocessableEntity).says("Chưa chọn đề xuất nào")
	board.follow(decide("accept:" + kind["for"])).says("Đã nhận")
	board.follow(decide("reject", kind["when"], kind["min"])).says("Đã bỏ")
	board.follow(decide("open:" + kind["min"])).says("Chưa quyết định")
	board.post(href+"/proposals", url.Values{"version": {"1"}, "do": {"reject:" + kind["for"]}}).want(http.StatusConflict).says("vừa có người sửa")
	decide("accept:" + kind["for"]).want(http.StatusSeeOther) // a second press

	edit := href + "/proposals/" + kind["min"]
	form := url.Values{"version": {version()}, "kind": {"upper_secondary"}, "indicator": {"admission"}, "min": {"sáu"}, "max": {""}, "years": {"2024"}}
	a := board.post(edit, form).want(http.StatusUnprocessableEntity)
	if a.beside("min") == "" || a.value("min") != "sáu" {
		t.Errorf("beside: %q, typed: %q", a.beside("min"), a.value("min"))
	}
	form.Set("min", "6")
	form.Set("max", "4")
	if a = board.post(edit, form).want(http.StatusUnprocessableEntity); !strings.Contains(a.beside("max"), "nhỏ hơn") {
		t.Errorf("beside: %q", a.beside("max"))
	}
	form.Set("max", "8")
	board.follow(board.post(edit, form)).says("6–8", "Đã ghi và nhận đề xuất")
	board.post(edit, form).want(http.StatusConflict)

	for a = board.get(href); strings.Contains(a.text(), "Chưa quyết định"); a = board.get(href) {
		open := firstNode(a.root, func(n *html.Node) bool {
			return n.Data == "button" && strings.HasPrefix(nodeAttr(n, "value"), "reject:")
		})
		board.follow(decide(nodeAttr(open, "value")))
	}
	a.says("1 nhiệm vụ", "1 mục tiêu phấn đấu").silent("mức trần xếp loại năm")
	board.follow(board.post(href+"/confirm", url.Values{"version": {a.value("version")}}))
	board.get("/targets?year=2024").says("6–8")
	board.get(href+"/tasks").want(http.StatusOK).says("Quá hạn", "Đảng ủy Trường Đại học Hải Sơn", "Đã làm 0 trong 2 việc")
	board.get(href + "/tasks?clause=2").says("Không có việc nào khớp")
	board.get("/documents").says("Quá hạn 2 việc", "12-CV/ĐUK")
	for _, path := range []string{href + "/tasks.xlsx?clause=1", "/documents.xlsx", "/targets.xlsx?year=2024"} {
		if a := board.get(path).want(http.StatusOK); !strings.HasPrefix(a.body, "PK") {
			t.Errorf("%s is no spreadsheet", path)
		}
	}
}

func TestADraftIsTakenBack(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	board := ts.as(t, access.OrgBoard, "K01")
	href := board.draft(smallLetter)
	board.follow(board.post(href+"/discard", nil)).says("Đã bỏ bản nháp", "Chưa có văn bản nào")
	board.get(href).want(http.StatusNotFound)
	href = board.draft(smallLetter)
	board.confirmed(href)
	board.follow(board.post(href+"/discard", nil)).says("đã được xác nhận rồi", "12-CV/ĐUK")
	board.get(href + "/fields").want(http.StatusNotFound)
}

func TestMarkedCutsAClauseIntoItsPieces(t *testing.T) {
	t.Parallel()
	show := func(paragraphs [][]segment) string {
		var b strings.Builder
		for i, p := range paragraphs {
			if i > 0 {
				b.WriteString("¶")
			}
			for _, s := range p {
				switch {
				case s.Href != "":
					b.WriteString("[" + strings.Join(s.Anchors, ",") + ":" + s.Text + "]")
				default:
					b.WriteString(s.Text)
				}
			}
		}
		return b.String()
	}
	for _, c := range []struct {
		name, text string
		spans      []span
		want       string
	}{
		{"nothing was read", "một\n\nhai", nil, "một¶hai"},
		{"words in the middle", "một hai ba", []span{{6, 9, 1}}, "một [chu-1:hai] ba"},
		{"two that overlap", "abcdef", []span{{0, 4, 1}, {2, 6, 2}}, "[chu-1:ab][chu-2:cd][:ef]"},
		{"two on the same words", "abc", []span{{0, 3, 1}, {0, 3, 2}}, "[chu-1,chu-2:abc]"},
		{"over the end of a paragraph", "ab\n\ncd", []span{{1, 5, 1}}, "a[chu-1:b]¶[:c]d"},
		{"beyond the text", "abc", []span{{1, 9, 1}, {-1, 2, 2}, {2, 2, 3}}, "abc"},
		{"inside a letter", "ộ", []span{{1, 3, 1}}, "ộ"},
	} {
		if got := show(marked(c.text, c.spans)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestADayIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"2024-05-27": "2024-05-27", "27/5/2024": "2024-05-27", "\t03/06/2024": "2024-06-03", "": ""} {
		if d, ok := readDay(text); !ok || !d.IsZero() && d.String() != want || d.IsZero() && want != "" {
			t.Errorf("%q: %v", text, d)
		}
	}
	for _, text := range []string{"31/2/2024", "mai", "1/2", "a/b/c"} {
		if d, ok := readDay(text); ok {
			t.Errorf("%q is no day, got %v", text, d)
		}
	}
}

// union opens the youth union beside the block.
func (ts *testServer) union(t testing.TB) {
	t.Helper()
	_, err := ts.app.CreateUnit(t.Context(), app.System("test"), app.NewUnit{Code: "DTN", Name: "Đoàn Thanh niên Khối", Type: org.Union, Kind: org.YouthUnion, Beside: "K01"})
	must(t, err)
}

func TestAUnionReadsTheLetterOfTheCommitteeBesideIt(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.union(t)
	board, officer := ts.as(t, access.OrgBoard, "K01"), ts.as(t, access.UnionOfficer, "DTN")
	href := board.draft(strings.ReplaceAll(smallLetter, "Các cấp ủy trực thuộc xây dựng", "Đoàn Thanh niên Khối xây dựng"))
	board.confirmed(href)
	officer.get("/documents").want(http.StatusOK).says("12-CV/ĐUK")
	officer.get(href).want(http.StatusOK).says("12-CV/ĐUK")
	officer.get(href + "/tasks").want(http.StatusOK).says("Đoàn Thanh niên Khối")
}
