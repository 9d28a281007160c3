package app_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/internal/testpg"
	"ketnap/org"
	"ketnap/report"
	"ketnap/store"
	"ketnap/target"
)

// engines are those on which the whole loop must hold.
var engines = []struct { //nolint:gochecknoglobals // never changed
	name   string
	config func(*testing.T) sqldb.Config
}{
	{"SQLite", func(t *testing.T) sqldb.Config {
		return sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")}
	}},
	{"PostgreSQL", func(t *testing.T) sqldb.Config { return sqldb.Config{URL: testpg.URL(t)} }},
}

// An engine is the application on a store of its own, on a day that stands still.
type engine struct {
	*app.App
	t     *testing.T
	store *store.Store
}

var engineDay = date.Must("2026-11-23") //nolint:gochecknoglobals // never changed

func newEngine(t *testing.T, c sqldb.Config) engine {
	t.Helper()
	s, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	clock := func() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }
	return engine{app.New(s, app.Options{Clock: clock}), t, s}
}

func (e engine) must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// numbersOf are the numbers that units gets, in their order.
func numbersOf(codes ...string) (nos []org.UnitNo) {
	for _, c := range codes {
		nos = append(nos, map[string]org.UnitNo{"K": 1, "K01": 2, "K01.01": 3, "K01.02": 4, "K02": 5}[c])
	}
	return nos
}

// linesAbove are the branches with those above them.
func linesAbove() map[string][]string {
	return map[string][]string{"K01.01": {"K01.01", "K01", "K"}, "K01.02": {"K01.02", "K01", "K"}, "K02": {"K02", "K"}}
}

// units opens a committee with a school of two branches and a base branch.
func (e engine) units() {
	e.t.Helper()
	from := date.Must("2015-01-01")
	count := func(kind org.CountKind, n int) []app.LoadedCount {
		return []app.LoadedCount{{Kind: kind, From: from, Value: n}}
	}
	_, err := e.LoadUnits(e.t.Context(), app.System("t"), []app.LoadedUnit{
		{Code: "K", Name: "Đảng ủy Khối các cơ quan tỉnh", Type: org.Committee, Opened: from, Counts: count(org.StandingMembers, 9)},
		{Code: "K01", Name: "Đảng ủy Trường THPT Bình Sơn", Type: org.BaseCommittee, Kind: org.UpperSecondary, Parent: "K", Opened: from, Counts: count(org.CommitteeMembers, 9)},
		{Code: "K01.01", Name: "Chi bộ Học sinh", Type: org.Branch, Parent: "K01", Opened: from, Counts: count(org.OfficialMembers, 20)},
		{Code: "K01.02", Name: "Chi bộ Tự nhiên", Type: org.Branch, Parent: "K01", Opened: from, Counts: count(org.OfficialMembers, 20)},
		{Code: "K02", Name: "Chi bộ cơ sở Đài Phát thanh", Type: org.BaseBranch, Kind: org.Agency, Parent: "K", Opened: from, Counts: count(org.OfficialMembers, 20)},
	})
	e.must(err)
}

// person opens an account and logs it in.
func (e engine) person(login string, role access.Role, unit string) app.Actor {
	e.t.Helper()
	id, password, err := e.CreateAccount(e.t.Context(), app.System("t"), app.NewAccount{Login: login, Name: "Nguyễn Thị " + login, Role: role, Unit: unit})
	e.must(err)
	same, err := e.LogIn(e.t.Context(), login, password, "10.0.0.1", "r")
	e.must(err)
	if same != id {
		e.t.Fatalf("%s is logged in as %s", id, same)
	}
	return e.actor(id)
}

func (e engine) actor(id string) app.Actor {
	e.t.Helper()
	who, err := e.Actor(e.t.Context(), id, "r")
	e.must(err)
	return who
}

func (e engine) open(who app.Actor, unit, name string) app.FilePage {
	e.t.Helper()
	p, err := e.OpenFile(e.t.Context(), who, app.NewFile{Unit: unit, Name: name, Birth: date.Must("2000-03-01"), Sex: "female"})
	e.must(err)
	return p
}

// done is an act as it is done where nothing is wrong.
func done(p app.FilePage, code admission.Code, on date.Date) admission.Act {
	a := admission.Act{Code: code, On: on}
	if code.HasNumber() || code == admission.Introduce {
		a.Number = "12-NQ/CB"
	}
	if code.NeedsNote() {
		a.Note = "lý do"
	}
	if b, ok := admission.BallotFor(code, p.Counts); ok {
		a.Votes = &admission.Votes{Members: b.Members, Present: b.Members, For: b.Members}
	}
	papers := func(codes []admission.PaperCode) map[admission.PaperCode]date.Date {
		out := map[admission.PaperCode]date.Date{}
		for _, c := range codes {
			out[c] = on
		}
		return out
	}
	switch code {
	case admission.Introduce:
		a.By = admission.YouthUnion
	case admission.AssignHelper, admission.Ceremony:
		a.Helper = "Trần Văn Bình"
	case admission.Certify:
		a.Issued = on.AddDays(-20)
	case admission.SendVerification:
		a.To = "Đảng ủy xã Quảng Phú"
	case admission.ConcludeVerification:
		a.Result = admission.ResultClear
	case admission.CompleteDossier:
		a.Papers = papers(admission.DossierPapers(p.File.By))
	case admission.CompleteReview:
		a.Papers = papers(admission.ReviewPapers())
	case admission.BallotFailed:
		a.Question, a.Votes = p.File.Question(), &admission.Votes{Members: 20, Present: 20, For: 3, Against: 17}
		if p.File.Stage != admission.Ready && p.File.Stage != admission.ReviewReady {
			a.Votes = &admission.Votes{Members: 9, Present: 9, For: 1, Against: 8}
		}
	case admission.Extend:
		a.Rule = "DL-70"
	case admission.Consent:
		a.Rule = "DL-80"
	case admission.Return:
		a.Stage = admission.Ready
	case admission.Refuse:
		a.Stage = admission.Listed
	case admission.Transfer:
		if a.Unit = "K01.01"; p.File.Unit == a.Unit {
			a.Unit = "K01.02"
		}
	case admission.Suspend:
		a.Cause = admission.CauseProsecuted
	case admission.Annul:
		a.Cause = admission.CauseProcedure
	case admission.Void:
		last, _ := p.File.LastAct()
		a.ActID = last.ID
	}
	return a
}

// record records an act as whoever may, and must be written.
func (e engine) record(who app.Actor, p app.FilePage, code admission.Code, on string) app.FilePage {
	e.t.Helper()
	r, err := e.RecordAct(e.t.Context(), who, p.File.ID, done(p, code, date.Must(on)), p.File.Version, false)
	e.must(err)
	if !r.Written {
		e.t.Fatalf("%s: %v", code, r.Findings)
	}
	return r.Page
}

const engineLetter = `ĐẢNG BỘ TỈNH BÌNH SƠN                        ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
            *                               Bình Sơn, ngày 05 tháng 02 năm 2024
Số: 07-CV/ĐUK
V/v phát triển đảng viên trong học sinh

Kính gửi: Các chi bộ, đảng bộ cơ sở trực thuộc.

Ban Thường vụ Đảng ủy Khối yêu cầu các chi bộ, đảng bộ cơ sở thực hiện:
1. Các chi bộ, đảng bộ cơ sở rà soát nguồn phát triển đảng viên, báo cáo kết quả trước ngày 15/3/2024.
2. Phấn đấu mỗi năm, mỗi trường THPT kết nạp từ 2 đến 4 học sinh.
3. Từ năm 2024 đến năm 2025, những tổ chức đảng không hoàn thành chỉ tiêu kết nạp đảng viên được giao thì không xem xét, xếp loại "Hoàn thành xuất sắc nhiệm vụ" đối với tập thể cấp ủy và người đứng đầu.

Nơi nhận:                                            T/M BAN THƯỜNG VỤ
- Như kính gửi,                                          BÍ THƯ
- Lưu Văn phòng.
                                                     (Đã ký)

                                                     Trần Thị Hồng Hạnh
`

// loop goes from the letter to people admitted; the people at the desks come back.
func (e engine) loop() (board, branch app.Actor) {
	e.t.Helper()
	ctx := e.t.Context()
	e.units()
	e.must(e.FreezeDay(ctx, app.System("t"), date.Must("2024-02-08"), "giao chỉ tiêu trong năm")) // what is assigned after the year comes too late
	board = e.person("hanh", access.OrgBoard, "K")
	branch = e.person("lan", access.BranchSecretary, "K01.01")
	base := e.person("hoa", access.BaseOffice, "K01")
	e.must(e.SetHead(ctx, app.System("t"), "K01", org.Post{Title: "Bí thư", Name: "Lê Văn Bình", From: date.Must("2020-01-01")}))
	e.letter(board)
	for _, n := range []app.NewTarget{
		{Unit: "K01", Year: 2024, Indicator: target.Admission, Min: 2, Seq: 1}, {Unit: "K01", Year: 2025, Indicator: target.Admission, Min: 3, Seq: 1},
	} {
		e.must(e.AssignTarget(ctx, board, n))
		if err := e.AssignTarget(ctx, board, n); errs.KindOf(err) != errs.Stale {
			e.t.Errorf("assigned by who saw the goal: %v", err)
		}
	}
	e.must(e.FreezeDay(ctx, app.System("t"), engineDay, "đến hôm nay"))
	e.toOfficial(board, base, branch)
	p := e.open(branch, "K01.01", "Lê Thị Bích Đào")
	p = e.record(branch, p, admission.Introduce, "2025-03-03")
	e.record(branch, p, admission.List, "2025-03-10")
	e.must(e.JudgeSource(ctx, base, "K01", 2025, true, "còn người trong danh sách"))
	return board, branch
}

// letter enters the letter, accepts all that was read in it, and confirms it.
func (e engine) letter(board app.Actor) {
	e.t.Helper()
	ctx := e.t.Context()
	id, err := e.EnterLetter(ctx, board, "K", engineLetter)
	e.must(err)
	d, err := e.Document(ctx, board, id)
	e.must(err)
	var seqs []int
	for _, p := range d.Proposals {
		seqs = append(seqs, p.Seq)
	}
	e.must(e.DecideProposal(ctx, board, id, d.Version, seqs, app.ProposalAccepted, nil))
	e.must(e.ConfirmLetter(ctx, board, id, d.Version+1))
	page, err := e.Targets(ctx, board, "K", 2024)
	e.must(err)
	for _, c := range page.Children {
		i := slices.Index(target.Indicators(), target.Admission)
		if goal := c.Cells[i].Current; (goal != nil) != (c.Unit.Code == "K01") || goal != nil && (goal.Min != 2 || goal.Max == nil || *goal.Max != 4) {
			e.t.Errorf("goal of %s: %+v", c.Unit.Code, goal)
		}
	}
}

// toOfficial leads one candidate to full membership and another to probation.
func (e engine) toOfficial(board, base, branch app.Actor) {
	e.t.Helper()
	steps := []struct {
		who  app.Actor
		code admission.Code
		on   string
	}{
		{branch, admission.Introduce, "2024-01-10"}, {branch, admission.List, "2024-01-12"}, {branch, admission.AssignHelper, "2024-01-12"},
		{branch, admission.Certify, "2024-02-10"}, {branch, admission.Apply, "2024-02-15"}, {branch, admission.SendVerification, "2024-02-20"},
		{branch, admission.ReceiveRequest, "2024-02-23"}, {branch, admission.ConcludeVerification, "2024-03-10"}, {branch, admission.CompleteDossier, "2024-03-15"},
		{branch, admission.BranchResolution, "2024-03-20"}, {base, admission.BaseResolution, "2024-03-25"}, {board, admission.Decide, "2024-04-10"},
		{branch, admission.ReceiveDecision, "2024-04-12"}, {branch, admission.Ceremony, "2024-04-20"}, {branch, admission.CompleteReview, "2025-05-05"},
		{branch, admission.ProposeRecognition, "2025-05-10"}, {base, admission.BaseRecognition, "2025-05-15"}, {board, admission.Recognize, "2025-05-25"},
	}
	for _, c := range []struct {
		name  string
		acts  int
		stage admission.Stage
	}{{"Nguyễn Văn Ân", len(steps), admission.Official}, {"Trần Thị Ánh", 14, admission.Probationary}} {
		p := e.open(branch, "K01.01", c.name)
		for i, s := range steps[:c.acts] {
			if s.code == admission.Decide {
				if _, err := e.RecordAct(e.t.Context(), branch, p.File.ID, done(p, s.code, date.Must(s.on)), p.File.Version, false); errs.KindOf(err) != errs.Forbidden {
					e.t.Errorf("a branch decides: %v", err)
				}
			}
			p = e.record(s.who, p, s.code, s.on)
			if p.File.Version != i+2 {
				e.t.Errorf("version %d after act %d", p.File.Version, i+1)
			}
		}
		if p.File.Stage != c.stage {
			e.t.Errorf("%s stands at %s, not %s", c.name, p.File.Stage, c.stage)
		}
	}
}

// views are all that a superior reads of the loop, as one text.
func (e engine) views(board app.Actor) string {
	e.t.Helper()
	ctx := e.t.Context()
	var out []any
	for _, unit := range []string{"K", "K01"} {
		for _, code := range []string{"2024", "2024-Q2", "2025"} {
			period, err := date.ParsePeriod(code)
			e.must(err)
			rep, err := e.Report(ctx, board, report.Admission, unit, period)
			e.must(err)
			out = append(out, rep)
		}
		for _, year := range []int{2024, 2025, 2026} {
			r, err := e.Rating(ctx, board, unit, year)
			e.must(err)
			all, err := e.Ratings(ctx, board, unit, year)
			e.must(err)
			out = append(out, r.Rating, r.Admissions, r.Figures, r.Judgements, r.Ceilings, all.Lines)
		}
		for _, on := range []string{"2025-12-31", "2026-11-23"} {
			s, err := e.Stuck(ctx, board, unit, date.Must(on))
			e.must(err)
			out = append(out, s.Files)
		}
	}
	files, _, err := e.Files(ctx, board, app.FileQuery{Limit: 100})
	e.must(err)
	b, err := json.MarshalIndent(append(out, files), "", " ")
	e.must(err)
	return string(b)
}

// sound holds what must hold after any work: the record is whole, the figures are right.
func (e engine) sound() {
	e.t.Helper()
	if _, bad, err := e.VerifyAudit(e.t.Context()); err != nil || bad != "" {
		e.t.Errorf("the record: %q, %v", bad, err)
	}
	faults, err := e.Doctor(e.t.Context())
	e.must(err)
	for _, f := range faults {
		if f.Check != "disk" {
			e.t.Errorf("the doctor: %+v", f)
		}
	}
}

func TestTheLoopOnEachEngine(t *testing.T) {
	t.Parallel()
	for i, from := range engines {
		to := engines[(i+1)%len(engines)]
		t.Run("on "+from.name+", restored on "+to.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, from.config(t))
			board, _ := e.loop()
			e.expect(board)
			e.sound()
			file := filepath.Join(t.TempDir(), "backup.db")
			e.must(e.Backup(t.Context(), file))
			other := newEngine(t, to.config(t))
			e.must(other.Restore(t.Context(), file))
			other.sound()
			if here, there := e.views(board), other.views(other.actor(board.ID)); here != there {
				t.Errorf("restored it reads\n%s\nnot\n%s", there, here)
			}
			p := other.open(app.System("t"), "K02", "Đỗ Thị Hoa")
			other.record(app.System("t"), p, admission.Introduce, "2026-11-20")
			other.sound()
		})
	}
}

// expect holds what the loop must have led to.
func (e engine) expect(board app.Actor) {
	e.t.Helper()
	ctx := e.t.Context()
	year, err := date.ParsePeriod("2024")
	e.must(err)
	rep, err := e.Report(ctx, board, report.Admission, "K", year)
	e.must(err)
	if rep.Rows[0].Unit != "K01" || rep.Rows[0].Admitted != 2 || rep.Rows[0].Plan == nil || *rep.Rows[0].Plan != 2 || rep.Total.Admitted != 2 {
		e.t.Errorf("the report: %+v, %+v", rep.Rows, rep.Total)
	}
	for y, missed := range map[int]bool{2024: false, 2025: true, 2026: false} {
		r, err := e.Rating(ctx, board, "K01", y)
		e.must(err)
		if r.Missed() != missed || (r.Ceiling != nil) != missed {
			e.t.Errorf("rating of %d: %+v", y, r.Rating)
		}
	}
	s, err := e.Stuck(ctx, board, "K01", date.Date{})
	e.must(err)
	if len(s.Files) != 1 || s.Files[0].Name != "Lê Thị Bích Đào" {
		e.t.Errorf("stuck: %+v", s.Files)
	}
	files, _, err := e.Files(ctx, board, app.FileQuery{Unit: "K01", Limit: 9})
	e.must(err)
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, ", "); got != "Trần Thị Ánh, Nguyễn Văn Ân, Lê Thị Bích Đào" {
		e.t.Errorf("the list: %s", got)
	}
}
