package demo

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/rating"
	"ketnap/report"
	"ketnap/store"
)

func open(tb testing.TB) (*app.App, *store.Store) {
	tb.Helper()
	return openOn(tb, sqldb.Config{Path: filepath.Join(tb.TempDir(), "ketnap.db")})
}

func openOn(tb testing.TB, c sqldb.Config) (*app.App, *store.Store) {
	tb.Helper()
	s, err := store.Open(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	return app.New(s, app.Options{Clock: func() time.Time { return now }}), s
}

var today = date.Must("2024-10-15")

func build(tb testing.TB, o Options) (*app.App, *store.Store, Result) {
	tb.Helper()
	a, s := open(tb)
	r, err := Build(tb.Context(), a, o)
	if err != nil {
		tb.Fatal(err)
	}
	return a, s, r
}

// TestBlock looks at the block as those who log in would.
func TestBlock(t *testing.T) {
	t.Parallel()
	a, _, r := build(t, Options{Seed: 708, Today: today})
	who := app.System("test")
	for name, check := range map[string]func(*testing.T){
		"it has the size of a block":                      func(t *testing.T) { holdsSize(t, a, r) },
		"every role has an account, three of one line":    func(t *testing.T) { holdsAccounts(t, a, r) },
		"every stage and every reason to be stuck occur":  func(t *testing.T) { holdsStages(t, a, who) },
		"this year stands at two thirds of its plan":      func(t *testing.T) { holdsYears(t, a, who) },
		"who proposes nobody has source and no admission": func(t *testing.T) { holdsRatings(t, a, who) },
		"the directive has tasks done, late and to come":  func(t *testing.T) { holdsDirective(t, a, who) },
		"doctor and audit find nothing wrong":             func(t *testing.T) { holdsRecord(t, a) },
		"the store is not filled twice": func(t *testing.T) {
			if _, err := Build(t.Context(), a, Options{Seed: 1, Today: today}); !errors.Is(err, ErrNotEmpty) {
				t.Errorf("second build: %v", err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); check(t) })
	}
}

func holdsSize(t *testing.T, a *app.App, r Result) {
	t.Helper()
	units, _, err := a.Units(t.Context(), app.System("test"), "", "", 10000)
	if err != nil {
		t.Fatal(err)
	}
	count, members := map[org.Type]int{}, 0
	for _, u := range units {
		count[u.Type]++
		if p, err := a.Unit(t.Context(), app.System("test"), string(u.Code)); err != nil {
			t.Fatal(err)
		} else if u.Type == org.BaseCommittee || u.Type == org.BaseBranch {
			members += p.Counts[org.Members]
			if p.Head.Name == "" {
				t.Errorf("%s has no head", u.Code)
			}
		}
	}
	if r.Files != blockFiles || r.Units != len(units) || r.Today != today {
		t.Errorf("%d files, %d of %d units, %s", r.Files, r.Units, len(units), r.Today)
	}
	bases := count[org.BaseCommittee] + count[org.BaseBranch]
	if bases != 70 || count[org.Branch] < 280 || count[org.Branch] > 320 || count[org.SectionalCommittee] != 2 || count[org.Union] < 50 || count[org.Board] != 3 {
		t.Errorf("units by type: %v", count)
	}
	if members < 4500 || members > 5500 {
		t.Errorf("%d members", members)
	}
}

func holdsAccounts(t *testing.T, a *app.App, r Result) {
	t.Helper()
	has := map[string]bool{}
	for _, x := range r.Accounts {
		has[x.Role] = true
	}
	for _, role := range access.Roles() {
		if !has[string(role)] {
			t.Errorf("nobody is %s", role)
		}
	}
	first := map[string][]string{}
	for _, x := range r.Accounts {
		first[x.Role] = append(first[x.Role], x.Unit)
	}
	branch, base, board := first["branch_secretary"][0], first["base_office"][0], first["org_board"][0]
	p, err := a.Unit(t.Context(), app.System("test"), branch)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Line) != 3 || string(p.Line[1].Code) != base || string(p.Line[2].Code) != board || p.Counts[org.OfficialMembers] != 20 {
		t.Errorf("the line of %s is %v with %v", branch, p.Line, p.Counts)
	}
	if strings.HasPrefix(first["branch_secretary"][1], base+".") {
		t.Errorf("the second secretary is of the same base: %v", first["branch_secretary"])
	}
	id, err := a.LogIn(t.Context(), r.Accounts[0].Login, r.Accounts[0].Password, "127.0.0.1", "test")
	if err != nil {
		t.Fatal(err)
	}
	who, err := a.Actor(t.Context(), id, "test")
	if err != nil || who.MustChange || len(who.Grants) != 1 || who.Name != p.Head.Name {
		t.Errorf("%+v, %v; the head is %s", who, err, p.Head.Name)
	}
	work, err := a.Work(t.Context(), who)
	if err != nil || len(work.Items) == 0 {
		t.Errorf("nothing waits for the first secretary: %v", err)
	}
}

func holdsStages(t *testing.T, a *app.App, who app.Actor) {
	t.Helper()
	o, err := a.Overview(t.Context(), who, "K01", 2024)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range o.Stages {
		if s.Count == 0 {
			t.Errorf("nobody stands at %s", s.Stage)
		}
	}
	p, err := a.Stuck(t.Context(), who, "K01", date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[admission.Reason]int{}
	for _, f := range p.Files {
		reasons[f.Reason]++
	}
	for _, r := range []admission.Reason{admission.NoHelper, admission.WaitingClass, admission.NoApplication, admission.VerificationLate, admission.PapersExpiring, admission.NotVoted} {
		if reasons[r] == 0 {
			t.Errorf("nobody is stuck for %s: %v", r, reasons)
		}
	}
	if late, err := a.Late(t.Context(), who, "K01"); err != nil || len(late.Files) == 0 {
		t.Errorf("nothing is late: %v", err)
	}
}

func holdsYears(t *testing.T, a *app.App, who app.Actor) {
	t.Helper()
	for year, want := range map[string]struct{ plan, least, most int }{"2022": {140, 120, 150}, "2023": {150, 135, 175}, "2024": {155, 93, 110}} {
		period, err := date.ParsePeriod(year)
		if err != nil {
			t.Fatal(err)
		}
		rep, err := a.Report(t.Context(), who, report.Admission, "K01", period)
		if err != nil {
			t.Fatal(err)
		}
		if rep.Total.Plan == nil || *rep.Total.Plan != want.plan || rep.Total.Admitted < want.least || rep.Total.Admitted > want.most || len(rep.Rows) != 70 {
			t.Errorf("%s: %+v", year, rep.Total)
		}
		sum := 0
		for _, row := range rep.Rows {
			if row.Plan != nil {
				sum += *row.Plan
			}
		}
		if sum != want.plan {
			t.Errorf("%s: the bases have %d of %d", year, sum, want.plan)
		}
	}
}

func holdsRatings(t *testing.T, a *app.App, who app.Actor) {
	t.Helper()
	waiting := 0
	for i, s := range blockSketch {
		p, err := a.Rating(t.Context(), who, string(code("K01.%02d", i+1)), 2024)
		if err != nil {
			t.Fatal(err)
		}
		if p.Ceiling != nil || p.Head == nil || p.Plan == nil {
			t.Errorf("%s: %+v", s.name, p.Rating)
		}
		if s.trait == idle {
			waiting++
			if !p.HasSource || p.Admitted != 0 || len(p.Candidates) == 0 {
				t.Errorf("%s proposes nobody, yet %+v", s.name, p.Rating)
			}
		}
		if s.trait == barren && (p.HasSource || p.HasSourceBasis != rating.Recorded || len(p.Candidates) > 0) {
			t.Errorf("%s has nobody left, yet %+v", s.name, p.Rating)
		}
	}
	if waiting < 5 {
		t.Errorf("only %d units propose nobody", waiting)
	}
}

func holdsDirective(t *testing.T, a *app.App, who app.Actor) {
	t.Helper()
	list, _, _, err := a.Documents(t.Context(), who)
	if err != nil || len(list) != 1 || list[0].Symbol != "57-KH/ĐUK" {
		t.Fatalf("%+v, %v", list, err)
	}
	page, err := a.Document(t.Context(), who, list[0].ID)
	if err != nil || len(page.Letter.Ceilings) != 0 || len(page.Letter.Warnings) != 0 || len(page.Letter.Targets) != 7 {
		t.Errorf("%+v, %v", page.Letter, err)
	}
	tasks, err := a.DocumentTasks(t.Context(), who, list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	done, late, open := 0, 0, 0
	for _, k := range tasks {
		switch {
		case k.Done && k.DoneBy != "" && k.Evidence != "":
			done++
		case !k.Due.IsZero() && k.Due.Before(today):
			late++
		default:
			open++
		}
	}
	if done < 40 || late < 3 || open < 70 {
		t.Errorf("%d done, %d late, %d to come", done, late, open)
	}
}

func holdsRecord(t *testing.T, a *app.App) {
	t.Helper()
	if found, err := a.Doctor(t.Context()); err != nil || len(found) != 0 {
		t.Errorf("doctor: %v, %v", found, err)
	}
	if rows, bad, err := a.VerifyAudit(t.Context()); err != nil || bad != "" || rows < 100 {
		t.Errorf("audit: %d rows, %q, %v", rows, bad, err)
	}
}
