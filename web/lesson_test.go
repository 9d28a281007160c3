package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/browsertest"
	"ketnap/org"
	"ketnap/store"
	"ketnap/web/dist"
)

// openClass opens a class of the committee for people with files, and for Vũ Văn Giang, who
// has none.
func (ts *testServer) openClass(t testing.TB, id string, files map[string]string) {
	t.Helper()
	permit := access.SystemPermit(access.ManageClass, 1)
	must(t, ts.store.Write(context.Background(), func(tx *store.Tx) error {
		branch, err := tx.UnitByCode(context.Background(), "D01.B1")
		if err != nil {
			return err
		}
		c := store.ClassRow{UnitNo: 1, EnteredAt: date.At(time.Unix(ts.now.Load(), 0)), EnteredBy: "t", Class: class.Class{ID: id, Unit: "K01", Kind: class.Awareness, Title: "Lớp bồi dưỡng nhận thức về Đảng đợt 1", Host: class.ByCommittee,
			Place: "Hội trường Đảng ủy Khối", From: date.Must("2026-03-02"), To: date.Must("2026-03-06"), HalfDays: 10, State: class.Opened, Number: "15-QĐ/ĐUK", DecidedOn: date.Must("2026-02-20"), Version: 1}}
		if err := tx.SaveClass(context.Background(), permit, c); err != nil {
			return err
		}
		rows := []store.LearnerRow{classmate(id, "giang", "", "Vũ Văn Giang", branch)}
		for name, file := range files {
			rows = append(rows, classmate(id, name, file, map[string]string{"ha": "Nguyễn Thị Hà", "minh": "Trần Văn Minh", "ngoc": "Lê Thị Ngọc"}[name], branch))
		}
		return tx.SaveLearners(context.Background(), permit, id, rows)
	}))
}

func classmate(of, id, file, name string, u org.Unit) store.LearnerRow {
	return store.LearnerRow{UnitNo: u.No, Learner: class.Learner{ID: id, Class: of, File: file, Name: name, Birth: date.Must("2003-04-05"), Sex: "female",
		Unit: string(u.Code), Need: class.NoCertificate, State: class.Invited}}
}

// planOf posts the plan that the page proposes.
func (c *client) planOf(id string) {
	c.t.Helper()
	page := c.get("/classes/" + id + "/sessions?from=2026-03-02&count=10").want(http.StatusOK)
	page.says("Lịch đề xuất, chưa ghi", "50 tiết", "61-HD/BTGTW")
	if first, last := page.value("lesson.0"), page.value("lesson.9"); !strings.HasPrefix(first, "Bài 1: ") || last != "Viết bài thu hoạch, tổng kết" {
		c.t.Errorf("the plan begins with %q and ends with %q", first, last)
	}
	c.follow(c.post("/classes/"+id+"/sessions", page.formIn("plan"))).says("Đã ghi lịch học")
}

// The class from its opening to the certificate in the file, in a browser, on a phone where
// one stands before the class.
func TestAClassInABrowser(t *testing.T) {
	t.Parallel()
	browsertest.NeedsBundle(t, dist.URL("app.js"))
	ts := newTestServer(t)
	ts.on("2026-03-09")
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1")}
	ids := ts.candidates(t, who, "D01.B1", toReady()[:2], "Nguyễn Thị Hà", "Trần Văn Minh", "Lê Thị Ngọc")
	ts.openClass(t, "lop", map[string]string{"ha": ids[0], "minh": ids[1], "ngoc": ids[2]})
	board := ts.as(t, access.PropagandaBoard, "K01")
	board.planOf("lop")
	board.post("/classes/lop/attendance", url.Values{"at": {"2026-03-20-morning"}, "roll": {"1"}, "p.ha": {"present"}}).want(http.StatusUnprocessableEntity).says("không có buổi học")

	b := browsertest.Open(t, ts.http.URL)
	look := func() {
		for _, width := range []int64{1280, 390} {
			b.Width(width)
			b.Fits()
			b.Axe()
		}
		b.Width(1280)
	}
	b.Visit("/login")
	b.Fill(`input[name="login"]`, "propaganda_board.k01")
	b.Fill(`input[name="password"]`, testPassword)
	b.Submit(`form[action="/login"]`)
	b.Visit("/classes/lop/sessions")
	look()
	b.Width(390)
	for i := range 10 {
		b.Visit("/classes/lop/attendance") // the half-day that waits
		if i < 3 {
			b.Click(`input[name="p.ngoc"][value="absent"]`)
		}
		if i == 3 {
			b.Fits()
			b.Axe()
		}
		b.Follow(`button[name="rest"]`)
		b.AwaitText("#roll", "chưa điểm danh 0")
	}
	b.Width(1280)
	b.Visit("/classes/lop/attendance")
	look()
	b.Visit("/classes/lop/attendance/print")
	look()
	b.Visit("/classes/lop/marks")
	if b.Has(`[name="mark.ngoc.1"]`) {
		t.Error("who attended 35 of 50 periods may be marked")
	}
	b.Fill(`[name="mark.ha.1"]`, "8,5")
	b.Fill(`[name="mark.minh.1"]`, "15")
	b.Fill(`[name="mark.giang.1"]`, "4,5")
	b.Submit(`#marks .primary`)
	if b.Value(`[name="mark.ha.1"]`) != "8,5" || !strings.Contains(b.Text(`[id="mark.minh.1-err"]`), "lớn hơn 10") {
		t.Errorf("the bad cell: %q beside %q", b.Value(`[name="mark.ha.1"]`), b.Text(`[id="mark.minh.1-err"]`))
	}
	look()
	b.Fill(`[name="mark.minh.1"]`, "7")
	b.Submit(`#marks .primary`)
	b.AwaitText("main", "Được viết lại")
	look()
	b.Visit("/classes/lop/result")
	look()
	b.Fill(`#decide-number`, "20-QĐ/ĐUK")
	b.Submit(`#decide .primary`)
	b.AwaitText("main", "0001/CN") // a preview
	look()
	b.Submit(`#issue .primary`)
	b.AwaitText("main", "Đã ghi vào hồ sơ")
	look()
	b.Follow(`#h-issued ~ table a, section a[href^="/certificates/"]`)
	look()
	b.Visit("/classes/register?unit=K01")
	b.AwaitText("main", "0002/CN")
	look()
	b.Visit("/classes/lop/report")
	look()
	file := who["branch"].get("/files/" + ids[0]).want(http.StatusOK)
	file.says("0001/CN", "09/3/2031") // 60 months from the issue
	if got := who["branch"].get("/files/" + ids[2]).body; strings.Contains(got, "/CN") {
		t.Error("who did not pass has a certificate")
	}
}

// Without script the same can be done, and what is wrong stands where it was typed.
func TestAClassWithoutScript(t *testing.T) {
	t.Parallel()
	ts := newTestServer(t)
	ts.on("2026-03-09")
	who := map[string]*client{"branch": ts.as(t, access.BranchSecretary, "D01.B1")}
	id := ts.candidates(t, who, "D01.B1", toReady()[:1], "Nguyễn Thị Hà")[0] // not on the list yet
	ts.openClass(t, "lop", map[string]string{"ha": id})
	c := ts.as(t, access.PropagandaBoard, "K01")
	c.get("/classes/lop/attendance").says("Lập lịch học")
	c.planOf("lop")
	plan := c.get("/classes/lop/sessions").formIn("plan")
	plan.Set("on.1", plan.Get("on.0"))
	plan.Set("half.1", plan.Get("half.0"))
	plan.Set("periods.2", "năm")
	plan.Set("lecturer.3", "Lê Hà")
	bad := c.post("/classes/lop/sessions", plan).want(http.StatusUnprocessableEntity)
	bad.says("đã có một buổi học khác", "Số tiết từ 1 đến 10")
	if bad.value("lecturer.3") != "Lê Hà" || bad.value("periods.2") != "năm" {
		t.Error("what was typed is gone")
	}
	for range 10 {
		form := c.get("/classes/lop/attendance").formIn("roll")
		form.Set("p.ha", "present")
		form.Set("p.giang", "present")
		c.follow(c.post("/classes/lop/attendance", form)).says("Có mặt 2")
	}
	form := c.get("/classes/lop/marks").formIn("marks")
	form.Set("paste", "1\tnguyễn thị hà\t9,5\n2\tVũ Văn Giang\t8")
	form.Set("fill", "1")
	filled := c.post("/classes/lop/marks", form).want(http.StatusOK)
	if filled.value("mark.ha.1") != "9,5" || filled.value("mark.giang.1") != "8" {
		t.Errorf("pasted: %q, %q", filled.value("mark.ha.1"), filled.value("mark.giang.1"))
	}
	c.follow(c.post("/classes/lop/marks", filled.formIn("marks"))).says("Đã ghi điểm")
	result := c.get("/classes/lop/result").formIn("decide")
	c.post("/classes/lop/result", result).want(http.StatusUnprocessableEntity).says("Cần số quyết định")
	result.Set("number", "20-QĐ/ĐUK")
	issue := c.follow(c.post("/classes/lop/result", result)).formIn("issue")
	issue.Set("first", "một")
	c.post("/classes/lop/certificates", issue).want(http.StatusUnprocessableEntity).says("Gõ số nguyên")
	c.post("/classes/lop/certificates", url.Values{"version": issue["version"], "on": {"abc"}}).want(http.StatusUnprocessableEntity).says("Ngày không đúng")
	issue.Set("first", "1")
	c.follow(c.post("/classes/lop/certificates", issue)).says("1 giấy chưa ghi được vào hồ sơ", "Chưa ghi vào hồ sơ", "Nguyễn Thị Hà")
	c.follow(c.post("/classes/lop/certificates", issue)).says("không cấp thêm")
	who["branch"].follow(who["branch"].try(id, admission.List, fill{"on": "2026-03-09", "number": "05-NQ/CB"}))
	if act := who["branch"].get("/files/" + id + "/acts/certify"); act.value("number") != "0002/CN" || act.value("issued") != "2026-03-09" {
		t.Errorf("the branch is offered %q of %q", act.value("number"), act.value("issued"))
	}
	who["branch"].get("/classes/register?unit=K01").want(http.StatusNotFound)
	who["branch"].post("/classes/lop/certificates", issue).want(errs.NotFound.Status())
	for _, path := range []string{"/classes/lop/certificates.pdf", "/classes/register.xlsx?unit=K01", "/classes/lop/report.xlsx"} {
		if a := c.get(path).want(http.StatusOK); len(a.body) < 1000 {
			t.Errorf("%s: %d bytes", path, len(a.body))
		}
	}
	if ids := strings.Split(c.get("/classes/lop/result").body, `href="/certificates/`); len(ids) < 2 {
		t.Error("no certificate is linked")
	}
}

// certified enters a certificate of a class in the register of its unit.
func (ts *testServer) certified(t testing.TB, unit, of string) string {
	t.Helper()
	content := `{"layout":"36-HD/VPTW","issuer":"ĐẢNG ỦY","kind":"GIẤY CHỨNG NHẬN","body":[]}`
	sum := sha256.Sum256([]byte(content))
	must(t, ts.store.Write(context.Background(), func(tx *store.Tx) error {
		u, err := tx.UnitByCode(context.Background(), org.Code(unit))
		if err != nil {
			return err
		}
		day := date.Must("2024-10-10")
		c := store.CertificateRow{ID: "gcn-" + unit, Unit: u.No, Kind: class.Awareness, Entry: 1, Class: of, Learner: "x", LearnerUnit: u.No, Number: 1, Year: 2024, Copy: 1, On: day, Name: "Lê An",
			Mark: 80, Grade: class.VeryGood, Decision: "2-QĐ", DecidedOn: day, Hash: hex.EncodeToString(sum[:]), At: date.At(time.Unix(ts.now.Load(), 0)), By: "t"}
		return tx.AddCertificates(context.Background(), access.SystemPermit(access.ManageClass, u.No), []store.NewCertificate{{CertificateRow: c, Content: content}})
	}))
	return "gcn-" + unit
}
