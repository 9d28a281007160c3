package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A lessonBench is a class that was opened, with a board that holds it.
type lessonBench struct {
	engine
	board, branch app.Actor
	files         map[string]string // by learner
}

// lessonClass opens a class of a kind for people with and without files.
func (e engine) lessonClass(kind class.Kind) lessonBench {
	e.t.Helper()
	b := lessonBench{engine: e, board: e.person("bantuyengiao", access.PropagandaBoard, "K"), branch: e.person("chibo", access.BranchSecretary, "K01.01"), files: map[string]string{}}
	for id, name := range map[string]string{"an": "Lê Thị An", "binh": "Phạm Văn Bình", "chi": "Trần Thị Chi", "giang": "Vũ Thị Giang"} {
		b.files[id] = e.listed(b.branch, "K01.01", name).File.ID
	}
	b.files["dung"] = e.open(b.branch, "K01.01", "Nguyễn Thị Dung").File.ID
	permit := access.SystemPermit(access.ManageClass, 1)
	e.must(e.store.Write(e.t.Context(), func(tx *store.Tx) error {
		c := store.ClassRow{UnitNo: 1, EnteredAt: date.At(time.Date(2026, 10, 30, 3, 0, 0, 0, time.UTC)), EnteredBy: "t", Class: class.Class{ID: "lop", Unit: "K", Kind: kind, Title: "Lớp bồi dưỡng nhận thức về Đảng đợt 2 năm 2026",
			Host: class.ByCommittee, Place: "Hội trường", From: date.Must("2026-11-09"), To: date.Must("2026-11-13"), HalfDays: 10, Seats: 60, State: class.Opened,
			Number: "40-QĐ/ĐUK", DecidedOn: date.Must("2026-10-30"), Version: 1}}
		if err := tx.SaveClass(e.t.Context(), permit, c); err != nil {
			return err
		}
		var rows []store.LearnerRow
		for _, x := range [][2]string{{"an", "Lê Thị An"}, {"binh", "Phạm Văn Bình"}, {"chi", "Trần Thị Chi"}, {"dung", "Nguyễn Thị Dung"}, {"em", "Hoàng Văn Em"}, {"giang", "Vũ Thị Giang"}} {
			rows = append(rows, store.LearnerRow{UnitNo: org.UnitNo(3), Learner: class.Learner{ID: x[0], Class: "lop", File: b.files[x[0]], Name: x[1], Birth: date.Must("2000-03-01"),
				Sex: "female", Unit: "K01.01", Need: class.NoCertificate, State: class.Invited}})
		}
		return tx.SaveLearners(e.t.Context(), permit, "lop", rows)
	}))
	return b
}

func (b lessonBench) lesson() app.Lesson {
	b.t.Helper()
	l, err := b.Lesson(b.t.Context(), b.board, "lop")
	b.must(err)
	return l
}

// planned saves ten half-days of a week.
func (b lessonBench) planned() []class.Session {
	b.t.Helper()
	var slots []class.Slot
	for day := range 5 {
		for _, h := range class.Halves() {
			slots = append(slots, class.Slot{On: date.Must("2026-11-09").AddDays(day), Half: h})
		}
	}
	proposed, err := b.ProposeSessions(b.t.Context(), b.board, "lop", slots)
	b.must(err)
	var asks []app.SessionAsk
	for _, s := range proposed {
		asks = append(asks, app.SessionAsk{Slot: s.Slot, Lesson: s.Lesson, Periods: s.Periods, Lecturer: "Lê Hà"})
	}
	found, err := b.SaveSessions(b.t.Context(), b.board, "lop", b.lesson().Course.Version, asks)
	b.must(err)
	if found != nil {
		b.t.Fatal(found)
	}
	return b.lesson().Sessions
}

// attended takes all rolls: giang misses three half-days, binh two.
func (b lessonBench) attended() {
	b.t.Helper()
	for i, s := range b.planned() {
		roll := map[string]class.Presence{}
		for _, x := range b.lesson().Learners {
			roll[x.ID] = class.Present
		}
		if i < 3 {
			roll["giang"] = class.Away
		}
		if i < 2 {
			roll["binh"] = class.Excused
		}
		b.must(b.SaveRoll(b.t.Context(), b.board, "lop", app.RollAsk{Slot: s.Slot, Version: s.Version, Roll: roll}))
	}
}

func (b lessonBench) marks(reason string, cells ...string) []rule.Finding {
	b.t.Helper()
	sheet := app.MarkSheet{Version: b.lesson().Course.Version, Reason: reason}
	for _, c := range cells {
		learner, rest, _ := strings.Cut(c, "=")
		attempt := 1
		if name, again := strings.CutSuffix(learner, "2"); again {
			learner, attempt = name, 2
		}
		if name, again := strings.CutSuffix(learner, "3"); again {
			learner, attempt = name, 3
		}
		sheet.Cells = append(sheet.Cells, app.MarkAsk{Learner: learner, Attempt: attempt, Text: rest})
	}
	found, err := b.SaveMarks(b.t.Context(), b.board, "lop", sheet)
	b.must(err)
	return found
}

func fields(found []rule.Finding) string {
	var out []string
	for _, f := range found {
		out = append(out, f.Field)
	}
	return strings.Join(out, " ")
}

func (b lessonBench) decide(number, on string) []rule.Finding {
	b.t.Helper()
	found, written, err := b.Decide(b.t.Context(), b.board, "lop", app.ResultAsk{Version: b.lesson().Course.Version, Number: number, On: date.Must(on),
		Signer: "Lê Văn Bảo", Title: "PHÓ BÍ THƯ", Confirm: true})
	b.must(err)
	if written == rule.Blocked(found) {
		b.t.Fatalf("written %v with %v", written, found)
	}
	return found
}

func (b lessonBench) issue(ask app.IssueAsk) app.IssuedRun {
	b.t.Helper()
	run, err := b.Issue(b.t.Context(), b.board, "lop", ask)
	b.must(err)
	return run
}

// audited counts the rows of the record about a class.
func (b lessonBench) audited() (n int) {
	b.t.Helper()
	b.must(b.store.Read(b.t.Context(), func(tx *store.Tx) error {
		rows, _, err := tx.AuditRows(b.t.Context(), access.SystemScope(1), store.AuditFilter{Limit: 500})
		n = len(rows)
		return err
	}))
	return n
}

func outcomes(l app.Lesson) string {
	var out []string
	for _, x := range l.Learners {
		out = append(out, fmt.Sprintf("%s:%s:%s", x.ID, x.Result.Outcome, x.Result.Grade))
	}
	return strings.Join(out, " ")
}

func TestAClassGoesFromItsFirstHalfDayToItsCertificates(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		b, ctx := e.lessonClass(class.Awareness), e.t.Context()
		b.attended()
		if l := b.lesson(); l.Class.State != class.Running || l.Open() != 0 || len(l.Sessions) != 10 {
			e.t.Fatalf("%s with %d open places and %d sessions", l.Class.State, l.Open(), len(l.Sessions))
		}
		if got := b.marks("", "an=8,5", "binh=7", "chi=4,9", "dung=9.2", "em=5"); got != nil {
			e.t.Fatal(got)
		}
		if got := fields(b.marks("", "giang=6")); got != "mark.giang.1" {
			e.t.Errorf("an essay of who attended too little: %q", got)
		}
		if got := b.decide("55-QĐ/ĐUK", "2026-11-16"); rule.Blocked(got) {
			e.t.Fatal(got)
		}
		const want = "an:passed:very_good binh:passed:good chi:retake: dung:passed:excellent em:passed:average giang:barred:"
		if got := outcomes(b.lesson()); got != want {
			e.t.Errorf("outcomes: %s", got)
		}
		run := b.issue(app.IssueAsk{On: date.Must("2026-11-18")})
		if !run.Written || run.Issued != 4 || len(run.Lesson.Waiting()) != 1 || run.Lesson.Waiting()[0].Learner != "dung" || run.Lesson.Class.State != class.Closed {
			e.t.Fatalf("issued: %+v", run)
		}
		f, err := e.File(ctx, b.branch, b.files["an"])
		e.must(err)
		if f.File.Stage != admission.Certified || f.File.Certificate.Number != "0001/CN" || f.File.Certificate.Issued != date.Must("2026-11-18") {
			e.t.Errorf("the file of who passed: %s, %+v", f.File.Stage, f.File.Certificate)
		}
		rows, before := b.lesson().Certificate, b.audited()
		if again := b.issue(app.IssueAsk{On: date.Must("2026-11-18")}); !again.Written || again.Issued != 0 || b.audited() != before || len(b.lesson().Certificate) != len(rows) {
			e.t.Errorf("a second press: %+v", again)
		}
		b.supplement()
		b.resolve()
		period, err := date.ParsePeriod("2026")
		e.must(err)
		sheet, err := e.ClassSheet(ctx, b.board, "K", period)
		e.must(err)
		got := ""
		for i, v := range sheet.Total.Values {
			got += fmt.Sprint(" ", sheet.Columns[i].Key, "=", *v)
		}
		if got != " awareness_listed=6 awareness_attended=6 awareness_passed=5 awareness_female=5 awareness_excellent=1 awareness_very_good=1 awareness_good=1 awareness_average=2 new_member_listed=0 new_member_attended=0 new_member_passed=0" || len(sheet.Rows) != 2 {
			e.t.Errorf("the form of classes:%s", got)
		}
	})
}

// supplement lets chi write again, and decides and issues for her alone.
func (b lessonBench) supplement() {
	b.t.Helper()
	if got := fields(b.marks("", "chi2=5,5", "an=9")); got != "mark.an.1 reason" {
		b.t.Errorf("a frozen mark: %q", got)
	}
	if got := b.marks("", "chi2=5,5"); got != nil {
		b.t.Fatal(got)
	}
	if got := fields(b.marks("", "chi3=9")); got != "mark.chi.3" {
		b.t.Errorf("a second retake: %q", got)
	}
	if got := b.decide("58-QĐ/ĐUK", "2026-11-23"); rule.Blocked(got) {
		b.t.Fatal(got)
	}
	before := b.audited()
	b.decide("58-QĐ/ĐUK", "2026-11-23")
	if b.audited() != before {
		b.t.Error("a decision that is sent again is recorded again")
	}
	run := b.issue(app.IssueAsk{On: date.Must("2026-11-23")})
	last := run.Lesson.Certificate[len(run.Lesson.Certificate)-1]
	if run.Issued != 1 || last.Number != 5 || last.Entry != 5 || last.Grade != class.Average || last.Decision != "58-QĐ/ĐUK" {
		b.t.Errorf("the certificate of the retake: %+v", last)
	}
}

// resolve brings the file of dung to the list, so that the certificate that waits goes in.
func (b lessonBench) resolve() {
	b.t.Helper()
	ctx, before := b.t.Context(), b.audited()
	b.must(b.DeliverAgain(ctx, b.board, "lop"))
	if b.audited() != before || len(b.lesson().Waiting()) != 1 {
		b.t.Error("what waits still is written down again")
	}
	p, err := b.File(ctx, b.branch, b.files["dung"])
	b.must(err)
	for _, code := range []admission.Code{admission.Introduce, admission.List} {
		p = b.record(b.branch, p, code, "2026-11-20")
	}
	b.must(b.DeliverAgain(ctx, b.board, "lop"))
	p, err = b.File(ctx, b.branch, b.files["dung"])
	b.must(err)
	if len(b.lesson().Waiting()) != 0 || p.File.Certificate.Number != "0003/CN" {
		b.t.Errorf("waiting %d, certificate %+v", len(b.lesson().Waiting()), p.File.Certificate)
	}
	b.sound()
}

func TestACertificateHasItsNumberOnce(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		b, ctx := e.lessonClass(class.Awareness), e.t.Context()
		p := e.listed(app.System("t"), "K01.02", "Đỗ Thị Hoa")
		act := admission.Act{Code: admission.Certify, On: date.Must("2026-11-20"), Issued: date.Must("2026-05-20"), Number: "0003/CN"}
		if r, err := e.RecordAct(ctx, app.System("t"), p.File.ID, act, p.File.Version, false); err != nil || !r.Written {
			e.t.Fatal(r.Findings, err)
		}
		b.attended()
		b.marks("", "an=8,5", "binh=7", "em=5")
		b.decide("55-QĐ/ĐUK", "2026-11-16")
		on := date.Must("2026-11-18")
		for first, want := range map[int]string{3: "first", 1: "first", 2: "first", -1: "first", 9: "reason"} {
			run := b.issue(app.IssueAsk{On: on, First: first})
			if run.Written || fields(run.Findings) != want {
				e.t.Errorf("the first number %d: %v %q", first, run.Written, fields(run.Findings))
			}
		}
		run := b.issue(app.IssueAsk{On: on})
		if !run.Written || run.Lesson.Certificate[0].Number != 4 {
			e.t.Fatalf("the first number after one written by hand: %+v", run)
		}
		c := run.Lesson.Certificate[0]
		if found, err := e.MarkCertificate(ctx, b.board, "lop", c.ID, app.CertificateMark{Mark: class.Replaced}); err != nil || fields(found) != "reason" {
			e.t.Errorf("printed again without a reason: %v %v", found, err)
		}
		for range 2 { // the second press finds it done
			found, err := e.MarkCertificate(ctx, b.board, "lop", c.ID, app.CertificateMark{Mark: class.Replaced, Reason: "in sai tên đệm"})
			if err != nil || found != nil {
				e.t.Fatalf("printed again: %v %v", found, err)
			}
		}
		book, err := e.CertificateBook(ctx, b.board, "K", class.Awareness, 2026)
		e.must(err)
		got := ""
		for _, c := range book.Entries {
			got += fmt.Sprint(" ", c.Entry, ":", c.Number, "/", c.Copy, c.Marked)
		}
		if got != " 1:4/1replaced 2:5/1 3:6/1 4:4/2" {
			e.t.Errorf("the register:%s", got)
		}
		paper, bytes, err := e.CertificateFile(ctx, b.board, book.Entries[3].ID, "pdf")
		if err != nil || len(bytes) == 0 || paper.Altered {
			e.t.Errorf("the paper: %v", err)
		}
		if series, err := e.CertificateSeries(ctx, b.board, "lop"); err != nil || len(series) <= len(bytes) {
			e.t.Errorf("the series: %d bytes, %v", len(series), err)
		}
		other := e.listed(app.System("t"), "K01.02", "Trần Thị Mai")
		act.Number, act.Issued = "0004/CN", on
		if r, err := e.RecordAct(ctx, app.System("t"), other.File.ID, act, other.File.Version, false); err != nil || r.Written || !strings.Contains(fmt.Sprint(r.Findings), "đã cấp cho người khác") {
			e.t.Errorf("somebody else's number: %+v, %v", r.Findings, err)
		}
		if _, err := e.CertificateBook(ctx, b.branch, "K", class.Awareness, 2026); errs.KindOf(err) != errs.NotFound {
			e.t.Errorf("the register of the committee for a branch: %v", err)
		}
	})
}

func TestWhatIsWrongInAClassIsRefusedWhereItStands(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		b, ctx := e.lessonClass(class.Awareness), e.t.Context()
		roll := func(on string, version int, who string, p class.Presence) error {
			return e.SaveRoll(ctx, b.board, "lop", app.RollAsk{Slot: class.Slot{On: date.Must(on), Half: class.Morning}, Version: version, Roll: map[string]class.Presence{who: p}})
		}
		if err := roll("2026-11-09", 1, "an", class.Present); errs.KindOf(err) != errs.Invalid {
			e.t.Errorf("a roll of a day without a session: %v", err)
		}
		sessions := b.planned()
		if err := roll("2026-11-09", 1, "zz", class.Present); errs.KindOf(err) != errs.Invalid {
			e.t.Errorf("somebody who is not on the list: %v", err)
		}
		if err := roll("2026-11-09", 1, "an", "late"); errs.KindOf(err) != errs.Invalid {
			e.t.Errorf("a word that no roll says: %v", err)
		}
		e.must(roll("2026-11-09", 1, "an", class.Present))
		e.must(roll("2026-11-09", 1, "an", class.Present)) // a second press
		if err := roll("2026-11-09", 1, "an", class.Away); errs.KindOf(err) != errs.Stale {
			e.t.Errorf("a roll that somebody else took: %v", err)
		}
		asks := []app.SessionAsk{{ID: sessions[0].ID, Slot: sessions[0].Slot, Lesson: "Bài 1", Periods: 5, Drop: true}, {Slot: sessions[1].Slot, Lesson: "", Periods: 11}, {Slot: sessions[1].Slot, Lesson: "Bài 2", Periods: 5}}
		found, err := e.SaveSessions(ctx, b.board, "lop", b.lesson().Course.Version, asks)
		if e.must(err); fields(found) != "drop.0 lesson.1 periods.1 on.2" {
			e.t.Errorf("a plan: %q", fields(found))
		}
		for _, c := range []struct {
			who  app.Actor
			want errs.Kind
		}{{b.branch, errs.NotFound}, {e.person("bantochuc", access.OrgBoard, "K"), errs.Forbidden}} {
			if _, err := e.SaveSessions(ctx, c.who, "lop", 1, nil); errs.KindOf(err) != c.want {
				e.t.Errorf("a plan of somebody else: %v", err)
			}
		}
		found, written, err := e.Decide(ctx, b.board, "lop", app.ResultAsk{Version: b.lesson().Course.Version, Number: "1-QĐ/ĐUK", On: date.Must("2026-11-12"), Confirm: true})
		if e.must(err); written || fields(found) != "on" {
			e.t.Errorf("results before the last session: %v %q", written, fields(found))
		}
		if run := b.issue(app.IssueAsk{}); run.Written {
			e.t.Error("certificates without results")
		}
	})
}

func TestPastedMarksAreRefusedAtTheirCell(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		b := e.lessonClass(class.Awareness)
		b.attended()
		if got := fields(b.marks("", "an=11", "binh=7,55", "chi=tốt", "dung=8", "em=", "zz=5")); got != "mark.an.1 mark.binh.1 mark.chi.1 mark.zz.1" {
			e.t.Errorf("bad cells: %q", got)
		}
		for _, x := range b.lesson().Learners {
			if x.Essay.First != nil {
				e.t.Errorf("%s has a mark of a grid that was refused", x.ID)
			}
		}
		b.marks("", "an=8")
		if got := fields(b.marks("", "an=8", "an2=9")); got != "mark.an.2" {
			e.t.Errorf("a retake of a passed essay: %q", got)
		}
		if got := fields(b.marks("", "an=7")); got != "reason" {
			e.t.Errorf("a correction without a reason: %q", got)
		}
		before := b.audited()
		if got := b.marks("chấm nhầm", "an=7"); got != nil || b.audited() != before+1 {
			e.t.Errorf("a correction: %v", got)
		}
		if got := b.marks("", "an=7"); got != nil || b.audited() != before+1 {
			e.t.Errorf("a second press: %v", got)
		}
	})
}

func TestTheCertificateOfNewMembersIsAPaperOfTheReview(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		b := e.lessonClass(class.NewMember)
		b.attended()
		b.marks("", "an=8")
		b.decide("55-QĐ/ĐUK", "2026-11-16")
		run := b.issue(app.IssueAsk{On: date.Must("2026-11-18")})
		if !run.Written || len(run.Lesson.Waiting()) != 0 {
			e.t.Fatalf("issued: %+v", run)
		}
		p, err := e.File(e.t.Context(), b.branch, b.files["an"])
		e.must(err)
		if got := p.Given[admission.PaperNewMember]; got.On != date.Must("2026-11-18") || got.Number != "0001/CN-ĐVM" {
			e.t.Errorf("the paper of the review: %+v", p.Given)
		}
	})
}
