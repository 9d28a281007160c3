package app_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/person"
	"ketnap/store"
)

// listed opens a file and brings it onto the list of candidates.
func (e engine) listed(who app.Actor, unit, name string) app.FilePage {
	e.t.Helper()
	p := e.open(who, unit, name)
	p = e.record(who, p, admission.Introduce, "2024-01-10")
	return e.record(who, p, admission.List, "2024-01-20")
}

func helped(p app.FilePage, helper, on, note string) app.ManyAct {
	return app.ManyAct{File: p.File.ID, Version: p.File.Version,
		Act: admission.Act{Code: admission.AssignHelper, On: date.Must(on), Helper: helper, Note: note}}
}

// said is the results in one line: name, marks, rules.
func said(results []app.ManyResult) string {
	var out []string
	for _, r := range results {
		words := []string{r.Name}
		for mark, is := range map[string]bool{"stale": r.Stale, "already": r.Already} {
			if is {
				words = append(words, mark)
			}
		}
		for _, f := range r.Findings {
			words = append(words, f.Rule)
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "; ")
}

func TestManyActsAreAllWrittenOrNone(t *testing.T) {
	t.Parallel()
	for _, c := range engines {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, c.config(t))
			e.units()
			base := e.person("base", access.BaseOffice, "K01")
			an, binh, moi := e.listed(base, "K01.01", "Lê Văn An"), e.listed(base, "K01.02", "Trần Thị Bình"), e.open(base, "K01.01", "Vũ Thị Mới")
			helpers := func() string {
				return e.again(an.File.ID).File.Helper + "|" + e.again(binh.File.ID).File.Helper
			}
			many := func(confirm bool, acts ...app.ManyAct) []app.ManyResult {
				t.Helper()
				results, err := e.RecordMany(t.Context(), base, acts, confirm)
				e.must(err)
				return results
			}
			got := many(true, helped(an, "Lý Thị Hồng", "2024-02-01", ""), helped(moi, "Lý Thị Hồng", "2024-02-01", ""))
			if got[0].Written || !strings.HasPrefix(said(got), "Lê Văn An; Vũ Thị Mới ") || helpers() != "|" {
				t.Errorf("one who is on no list: %s, helpers %s", said(got), helpers())
			}
			press := []app.ManyAct{helped(an, "Lý Thị Hồng", "2024-02-01", ""), helped(binh, "Lý Thị Hồng", "2024-02-01", ""), helped(an, "Lý Thị Hồng", "2024-02-01", "")}
			got = many(false, press...)
			if !got[0].Written || len(got) != 2 || helpers() != "Lý Thị Hồng|Lý Thị Hồng" {
				t.Errorf("first press: %s, helpers %s", said(got), helpers())
			}
			acts := e.acts(an.File.ID) + e.acts(binh.File.ID)
			got = many(false, press...)
			if !got[0].Written || said(got) != "Lê Văn An already; Trần Thị Bình already" || e.acts(an.File.ID)+e.acts(binh.File.ID) != acts {
				t.Errorf("the same press again: %s", said(got))
			}
			got = many(true, helped(an, "Phan Văn Đức", "2024-03-01", "chuyển đi"), helped(e.again(binh.File.ID), "Phan Văn Đức", "2024-03-01", "chuyển đi"))
			if got[0].Written || said(got) != "Lê Văn An stale; Trần Thị Bình" || helpers() != "Lý Thị Hồng|Lý Thị Hồng" {
				t.Errorf("a file that changed: %s, helpers %s", said(got), helpers())
			}
			replace := []app.ManyAct{helped(e.again(an.File.ID), "Phan Văn Đức", "2024-03-01", ""), helped(e.again(binh.File.ID), "Phan Văn Đức", "2024-03-01", "")}
			got = many(false, replace...)
			if got[0].Written || said(got) != "Lê Văn An ADM-13; Trần Thị Bình ADM-13" || helpers() != "Lý Thị Hồng|Lý Thị Hồng" {
				t.Errorf("a warning that nobody has read: %s, helpers %s", said(got), helpers())
			}
			if got = many(true, replace...); !got[0].Written || helpers() != "Phan Văn Đức|Phan Văn Đức" {
				t.Errorf("a warning that was read: %s, helpers %s", said(got), helpers())
			}
			if n := len(e.recordOf(an.File.ID)); n != 1+2+2 { // opened, two acts, two helpers
				t.Errorf("%d rows of the record of one file", n)
			}
			e.sound()
		})
	}
}

func TestManyActsAskForTheRightOnEachFile(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	base := e.person("base", access.BaseOffice, "K01")
	mine, other := e.person("mot", access.BranchSecretary, "K01.01"), e.person("ban", access.StandingCommittee, "K")
	an, binh := e.listed(base, "K01.01", "Lê Văn An"), e.listed(base, "K01.02", "Trần Thị Bình")
	both := []app.ManyAct{helped(an, "Lý Thị Hồng", "2024-02-01", ""), helped(binh, "Lý Thị Hồng", "2024-02-01", "")}
	for _, tt := range []struct {
		name string
		who  app.Actor
		acts []app.ManyAct
		want errs.Kind
	}{
		{"a secretary assigns in no other branch", mine, both, errs.NotFound},
		{"whoever the order", mine, []app.ManyAct{both[1], both[0]}, errs.NotFound},
		{"who only sees assigns nobody", other, both, errs.Forbidden},
		{"a file that is none", base, append([]app.ManyAct{{File: "x"}}, both...), errs.NotFound},
		{"nobody chosen", base, nil, errs.Invalid},
		{"too many", base, tooMany(), errs.Invalid},
	} {
		_, err := e.RecordMany(t.Context(), tt.who, tt.acts, true)
		if errs.KindOf(err) != tt.want || err == nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if e.again(an.File.ID).File.Helper != "" {
		t.Error("the file of the own branch was written all the same")
	}
	if got, err := e.RecordMany(t.Context(), mine, both[:1], true); err != nil || !got[0].Written {
		t.Errorf("the own branch: %v", err)
	}
	chosen, err := e.Chosen(t.Context(), mine, []string{binh.File.ID, an.File.ID, an.File.ID})
	if err != nil || len(chosen.Files) != 1 || chosen.Line[0].Code != "K01.01" || !chosen.Files[0].May {
		t.Errorf("chosen: %+v, %v", chosen, err)
	}
	if chosen, err = e.Chosen(t.Context(), base, []string{binh.File.ID, an.File.ID}); err != nil || chosen.Line[0].Code != "K01" {
		t.Errorf("the unit over both: %v", err)
	}
	if _, err := e.Chosen(t.Context(), mine, []string{binh.File.ID}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("chosen out of sight: %v", err)
	}
}

func tooMany() []app.ManyAct {
	acts := make([]app.ManyAct, app.MaxMany+1)
	for i := range acts {
		acts[i].File = fmt.Sprint(i)
	}
	return acts
}

// BenchmarkRecordMany gives 200 people in 40 branches one helper.
func BenchmarkRecordMany(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s, err := store.Open(b.Context(), sqldb.Config{Path: filepath.Join(b.TempDir(), "ketnap.db")})
		if err != nil {
			b.Fatal(err)
		}
		a := app.New(s, app.Options{Clock: func() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }})
		acts := listedMany(b, a)
		b.StartTimer()
		results, err := a.RecordMany(b.Context(), app.System("bench"), acts, true)
		b.StopTimer()
		if err != nil || !results[0].Written {
			b.Fatal(err, said(results))
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func listedMany(b *testing.B, a *app.App) (acts []app.ManyAct) {
	b.Helper()
	ctx, system, from := b.Context(), app.System("bench"), date.Must("2015-01-01")
	units := []app.LoadedUnit{{Code: "K", Name: "Đảng ủy Khối", Type: org.Committee, Opened: from}, {Code: "K01", Name: "Đảng ủy Trường", Type: org.BaseCommittee, Parent: "K", Opened: from}}
	for i := range 40 {
		units = append(units, app.LoadedUnit{Code: org.Code(fmt.Sprintf("K01.%02d", i)), Name: fmt.Sprint("Chi bộ ", i), Type: org.Branch, Parent: "K01", Opened: from})
	}
	nos, err := a.LoadUnits(ctx, system, units)
	if err != nil {
		b.Fatal(err)
	}
	name, err := person.Parse("Nguyễn Thị Hoa")
	if err != nil {
		b.Fatal(err)
	}
	var people []app.History
	for i := range app.MaxMany {
		people = append(people, app.History{Name: name, Birth: date.Must("2000-03-01"), Sex: person.Female, Unit: nos[units[2+i%40].Code], Acts: []admission.Act{
			{Code: admission.Introduce, On: date.Must("2024-01-10"), By: admission.YouthUnion, Number: "1-NQ/ĐTN"}, {Code: admission.List, On: date.Must("2024-01-20"), Number: "2-NQ/CB"}}})
	}
	if err := a.LoadHistories(ctx, system, nos["K"], people); err != nil {
		b.Fatal(err)
	}
	rows, _, err := a.Files(ctx, system, app.FileQuery{Limit: app.MaxMany})
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range rows {
		acts = append(acts, app.ManyAct{File: r.ID, Version: r.Version, Act: admission.Act{Code: admission.AssignHelper, On: date.Must("2024-02-01"), Helper: "Trần Văn Bình"}})
	}
	return acts
}
