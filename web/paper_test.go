package web

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/store"
)

// decidedFile is a file whose road went as far as the decision.
func decidedFile(t *testing.T) (ts *testServer, who map[string]*client, id string) {
	t.Helper()
	ts, who, id = ready(t)
	ts.on("2025-01-10")
	who["base"], who["board"] = ts.as(t, access.BaseOffice, "D01"), ts.as(t, access.OrgBoard, "K01")
	votes := fill{"members": "20", "present": "18", "for": "17", "against": "1", "number": "07-NQ/CB", "on": "2024-11-01"}
	who["branch"].record(id, "branch_resolution", votes)
	who["base"].record(id, "base_resolution", fill{"members": "15", "present": "15", "for": "15", "against": "0", "number": "21-NQ/ĐU", "on": "2024-11-20"})
	who["board"].record(id, "decide", fill{"members": "9", "present": "9", "for": "9", "against": "0", "number": "103-QĐ/ĐUK", "on": "2024-12-02"})
	return ts, who, id
}

func TestThePapersOfAFile(t *testing.T) {
	t.Parallel()
	_, who, id := decidedFile(t)
	list := who["branch"].get("/files/" + id + "/papers").want(http.StatusOK)
	list.says("Nghị quyết", "(6-KNĐ)", "(1-KNĐ)", "Mẫu hướng dẫn", "Soạn và ban hành", "giá trị đến 18/02/2029").silent("(7-KNĐ)", "(4A-KNĐ)")
	if got := sheetCells(t, who["branch"].get("/files/"+id+"/papers.xlsx").want(http.StatusOK).body); !strings.Contains(got, "6-KNĐ|Nghị quyết") || !strings.Contains(got, "18/02/2029") {
		t.Errorf("the sheet of papers: %s", got)
	}

	page := who["branch"].get(paperHref(id, "6-KNĐ")).want(http.StatusOK)
	page.says("NGHỊ QUYẾT", "ĐẢNG CỘNG SẢN VIỆT NAM", "T/M CHI BỘ", "Ban hành")
	for _, format := range []string{"docx", "pdf"} {
		file := who["branch"].get(paperHref(id, "6-KNĐ") + "/draft?format=" + format).want(http.StatusOK)
		if magic := map[string]string{"docx": "PK", "pdf": "%PDF-"}[format]; !strings.HasPrefix(file.body, magic) {
			t.Errorf("%s begins with %q", format, file.body[:8])
		}
	}
	who["branch"].get(paperHref(id, "6-KNĐ") + "/draft?format=exe").want(http.StatusNotFound)
	who["branch"].get(paperHref(id, "99-KNĐ")).want(http.StatusNotFound)
}

func TestIssuingAPaperFreezesIt(t *testing.T) {
	t.Parallel()
	_, who, id := decidedFile(t)
	path := paperHref(id, "9-KNĐ")
	who["branch"].get(path).want(http.StatusOK).says("do cơ quan khác ban hành")
	version := who["board"].get(path).want(http.StatusOK).value("version")
	who["branch"].post(path, url.Values{"version": {version}}).want(http.StatusForbidden)
	who["board"].post(path, url.Values{"version": {version}, "number": {"một trăm"}}).want(http.StatusUnprocessableEntity).
		says("không theo mẫu 05-QĐ/ĐUK")
	who["board"].post(path, url.Values{"version": {"1"}}).want(http.StatusConflict)

	done := who["board"].post(path, url.Values{"version": {version}})
	if again := who["board"].post(path, url.Values{"version": {version}}); again.location != done.location {
		t.Errorf("issued twice: %s and %s", done.location, again.location)
	}
	who["board"].post(path, url.Values{"version": {version}, "number": {"104-QĐ/ĐUK"}, "reason": {"x"}}).want(http.StatusSeeOther) // says the same
	issued := who["board"].follow(done).want(http.StatusOK)
	issued.says("103-QĐ/ĐUK", "QUYẾT ĐỊNH", "Mã bảo toàn").silent("Dự thảo")
	first := who["board"].get(done.location + "/file?format=pdf").want(http.StatusOK)
	again := who["board"].get(done.location + "/file?format=pdf").want(http.StatusOK)
	if first.body != again.body || !strings.HasPrefix(first.body, "%PDF-") {
		t.Error("the file is not the one that was made")
	}
	if got := first.header.Get("Content-Disposition"); !strings.Contains(got, "103-Q") {
		t.Error(got)
	}
	who["branch"].get(done.location).want(http.StatusOK)
	who["board"].get("/numbers?unit=K01").want(http.StatusOK).says("Sổ văn bản đi")
	who["board"].record(id, "void", fill{"note": "ghi nhầm"})
	who["board"].get(done.location).want(http.StatusOK).says("Văn bản không còn giá trị")
}

// harm runs a statement past the program, as somebody would who opens the store.
func (ts *testServer) harm(t *testing.T, text string, args ...any) {
	t.Helper()
	must(t, ts.store.Write(t.Context(), func(tx *store.Tx) error {
		n, err := tx.Exec(t.Context(), text, args...)
		if err == nil && n != 1 {
			t.Errorf("%d rows were altered", n)
		}
		return err
	}))
}

// alteredPapers are the papers and files of papers that the doctor finds.
func (ts *testServer) alteredPapers(t *testing.T) (found []string) {
	t.Helper()
	faults, err := ts.app.Doctor(t.Context())
	must(t, err)
	for _, f := range faults {
		if f.Check == "paper" {
			found = append(found, f.Object)
		}
	}
	return found
}

func TestAnIssuedPaperVouchesForItself(t *testing.T) {
	t.Parallel()
	ts, who, id := decidedFile(t)
	path := paperHref(id, "9-KNĐ")
	done := who["board"].post(path, url.Values{"version": {who["board"].get(path).value("version")}}).want(http.StatusSeeOther)
	paper := strings.TrimPrefix(strings.SplitN(done.location, "?", 2)[0], "/papers/")
	sum := func(b string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(b))) }
	file := func(format string) *answer { return who["board"].get("/papers/" + paper + "/file?format=" + format) }
	shown := func() *answer { return who["board"].get("/papers/" + paper).want(http.StatusOK) }

	pdf, docx := file("pdf").want(http.StatusOK).body, file("docx").want(http.StatusOK).body
	shown().says(sum(pdf), sum(docx)).silent("sửa ngoài chương trình", "chưa tạo tệp")
	if found := ts.alteredPapers(t); found != nil {
		t.Errorf("the doctor finds %v where nothing was altered", found)
	}

	ts.harm(t, `UPDATE paper_print SET bytes = $1 WHERE paper_id = $2 AND format = 'pdf'`, []byte(pdf+" "), paper)
	shown().says("không còn nguyên vẹn", "Tệp PDF đã bị sửa ngoài chương trình", sum(pdf)).silent("Tệp DOCX đã bị sửa", "Tải PDF")
	file("pdf").want(http.StatusConflict).says("Tệp PDF đã bị sửa ngoài chương trình")
	file("docx").want(http.StatusOK)
	if found := ts.alteredPapers(t); !slices.Equal(found, []string{paper + ".pdf"}) {
		t.Errorf("of a file that was altered the doctor finds %v", found)
	}

	ts.harm(t, `DELETE FROM paper_print WHERE paper_id = $1 AND format = 'pdf'`, paper)
	shown().says("chưa tạo tệp", sum(docx)).silent(sum(pdf), "sửa ngoài chương trình")
	if again := file("pdf").want(http.StatusOK).body; again != pdf {
		t.Error("the file that is made again is another")
	}

	ts.harm(t, `DELETE FROM paper_print WHERE paper_id = $1 AND format = 'pdf'`, paper)
	ts.harm(t, `UPDATE paper SET content = REPLACE(content, 'QUYẾT ĐỊNH', 'NGHỊ QUYẾT') WHERE id = $1`, paper)
	shown().says("Nội dung đã bị sửa ngoài chương trình", "đối chiếu với bản giấy").silent("Tải PDF", "Tải Word")
	for _, format := range []string{"pdf", "docx"} { // the first would have to be made of what was altered
		file(format).want(http.StatusConflict).says("Nội dung đã bị sửa ngoài chương trình")
	}
	if found := ts.alteredPapers(t); !slices.Equal(found, []string{paper}) {
		t.Errorf("of a paper that was altered the doctor finds %v", found)
	}
	ts.harm(t, `UPDATE paper SET content = '{', hash = 'x' WHERE id = $1`, paper)
	shown().says("Nội dung đã bị sửa ngoài chương trình", "không đọc lại được")
}

func TestAPaperThatShowsNoActTakesTheNextNumber(t *testing.T) {
	t.Parallel()
	_, who, id := decidedFile(t)
	base := who["base"]
	base.post("/numbers/last", url.Values{"unit": {"D01"}, "kind": {"CV"}, "last": {"41"}, "reason": {"đã dùng trên giấy"}}).want(http.StatusSeeOther)
	base.post("/numbers/last", url.Values{"unit": {"D01"}, "kind": {"CV"}, "last": {"x"}, "reason": {"r"}}).want(http.StatusUnprocessableEntity).says("Số phải từ 0")
	base.post("/numbers/last", url.Values{"unit": {"D01"}, "kind": {"ZZ"}, "last": {"2"}, "reason": {"r"}}).want(http.StatusUnprocessableEntity)
	path := paperHref(id, "CV-TTLL")
	version := base.get(path).want(http.StatusOK).value("version")
	form := url.Values{"version": {version}, "to": {"Đảng ủy xã Hải Bình"}, "relative": {"Nguyễn Văn A"}, "relation": {"cha đẻ"}, "reply": {"2025-02-20"}, "on": {"2025-01-09"}}
	for _, relative := range []string{"Nguyễn Văn A", "Nguyễn Văn B"} {
		form.Set("relative", relative)
		want := map[string]string{"Nguyễn Văn A": "42-CV/ĐU", "Nguyễn Văn B": "43-CV/ĐU"}[relative]
		for range 2 { // the second press issues nothing
			base.follow(base.post(path, form)).want(http.StatusOK).says(want, "Đảng ủy xã Hải Bình")
		}
	}
	form.Set("on", "2025-01-11")
	base.post(path, form).want(http.StatusUnprocessableEntity).says("sau ngày hôm nay")
	base.post("/numbers/last", url.Values{"unit": {"D01"}, "kind": {"CV"}, "last": {"40"}, "reason": {"r"}}).want(http.StatusConflict).says("Đã ban hành số 43-CV/ĐU")
	base.get("/numbers?unit=D01").says("43-CV/ĐU", "42-CV/ĐU")
	who["branch"].post("/numbers/last", url.Values{"unit": {"D01"}, "kind": {"CV"}, "last": {"99"}, "reason": {"r"}}).want(http.StatusNotFound)
	base.post("/numbers/term", url.Values{"unit": {"D01"}, "from": {"2025-01-10"}}).want(http.StatusSeeOther)
	form.Set("on", "2025-01-10")
	base.follow(base.post(path, form)).says("01-CV/ĐU")
	base.post("/numbers/head", url.Values{"unit": {"D01"}, "symbol": {"ĐU"}, "place": {"Hải Sơn"}, "signer": {"Trần Văn Bình"}}).want(http.StatusSeeOther)
	base.get(path).says("Hải Sơn", "Trần Văn Bình")
}

func TestWhereAPaperLies(t *testing.T) {
	t.Parallel()
	_, who, id := decidedFile(t)
	path := paperHref(id, "2-KNĐ")
	who["branch"].post(path+"/keeping", url.Values{"place": {""}, "keeper": {"Lê Mai"}}).want(http.StatusUnprocessableEntity).says("Cần ghi nơi để và người giữ")
	who["branch"].post(path+"/keeping", url.Values{"place": {"Tủ số 3"}, "keeper": {"Lê Mai"}, "since": {"2030-01-01"}}).want(http.StatusUnprocessableEntity)
	who["branch"].follow(who["branch"].post(path+"/keeping", url.Values{"place": {"Tủ số 3"}, "keeper": {"Lê Mai"}})).says("Để tại Tủ số 3; người giữ: Lê Mai")
}

func TestAFileIsLentAndComesBack(t *testing.T) {
	t.Parallel()
	ts, who, id := decidedFile(t)
	path := "/files/" + id + "/lendings"
	who["base"].get(path).want(http.StatusOK).says("Hồ sơ chưa cho mượn lần nào")
	who["base"].post(path, url.Values{"kind": {"lent"}, "taker": {"Trần Văn Bình"}}).want(http.StatusUnprocessableEntity).says("Cần ghi lý do")
	lent := url.Values{"kind": {"lent"}, "taker": {"Trần Văn Bình"}, "reason": {"thẩm định"}, "on": {"2025-01-02"}, "due": {"2025-01-08"}}
	page := who["base"].follow(who["base"].post(path, lent)).says("quá hẹn từ 08/01/2025")
	who["base"].post(path, lent).want(http.StatusConflict).says("đang cho đồng chí Trần Văn Bình mượn")
	back := firstAction(page, "/back")
	who["base"].follow(who["base"].post(back, url.Values{})).silent("quá hẹn")
	stranger := ts.as(t, access.BranchSecretary, "D01.B2")
	stranger.get(path).want(http.StatusNotFound)
	stranger.post(back, url.Values{}).want(http.StatusNotFound)
}

// firstAction is where the first form goes whose address ends so.
func firstAction(a *answer, suffix string) string {
	for n := range a.root.Descendants() {
		if n.Data == "form" && strings.HasSuffix(nodeAttr(n, "action"), suffix) {
			return nodeAttr(n, "action")
		}
	}
	return ""
}

func TestScansAreOffUntilTheAdministratorAllowsThem(t *testing.T) {
	t.Parallel()
	ts, who, id := decidedFile(t)
	path := "/files/" + id + "/attachments"
	send := func(code, name, content string) *answer {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		must(t, w.WriteField("code", code))
		part, err := w.CreateFormFile("file", name)
		must(t, err)
		_, err = part.Write([]byte(content))
		must(t, err)
		must(t, w.Close())
		resp, err := who["branch"].http.Post(who["branch"].base+path, w.FormDataContentType(), &b)
		must(t, err)
		return who["branch"].read(resp)
	}
	who["branch"].get(path).want(http.StatusNotFound)
	send("CN-NTVĐ", "a.pdf", "%PDF-1.7").want(http.StatusNotFound)
	must(t, ts.app.SetSetting(t.Context(), app.System("t"), app.SettingRow{ID: "attachments", Value: "on", From: date.Must("2024-01-01"), Reason: "cấp ủy cho phép"}))
	send("CN-NTVĐ", "a.pdf", "MZ program").want(http.StatusUnprocessableEntity).says("Chỉ nhận tệp PDF")
	send("2-KNĐ", "lylich.pdf", "%PDF-1.7").want(http.StatusUnprocessableEntity).says("Chọn giấy tờ")
	send("CN-NTVĐ", "a.pdf", "").want(http.StatusUnprocessableEntity).says("Tệp trống")
	page := who["branch"].follow(send("CN-NTVĐ", "giấy chứng nhận.pdf", "%PDF-1.7 x")).says("giấy chứng nhận.pdf", "Đồng chí")
	got := who["branch"].get(page.link("giấy chứng nhận.pdf")).want(http.StatusOK)
	if got.body != "%PDF-1.7 x" {
		t.Errorf("%q", got.body)
	}
	who["branch"].follow(who["branch"].post(firstAction(page, "/drop"), url.Values{})).says("Chưa có bản chụp nào")
}
