package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/internal/testpg"
	"ketnap/org"
	"ketnap/person"
	"ketnap/store"
)

func TestTheSameSeedGivesTheSameData(t *testing.T) {
	t.Parallel()
	written := func(seed uint64) string {
		_, s, r := build(t, Options{Seed: seed, Today: today})
		return fingerprint(t, s) + fmt.Sprint(r.Units, r.Files)
	}
	once := written(7)
	if once != written(7) {
		t.Error("two builds of one seed differ")
	}
	if once == written(8) {
		t.Error("another seed gives the same")
	}
}

func TestBothEnginesHoldTheSameData(t *testing.T) {
	t.Parallel()
	_, lite, _ := build(t, Options{Seed: 7, Today: today})
	a, postgres := openOn(t, sqldb.Config{URL: testpg.URL(t)})
	if _, err := Build(t.Context(), a, Options{Seed: 7, Today: today}); err != nil {
		t.Fatal(err)
	}
	if fingerprint(t, lite) != fingerprint(t, postgres) {
		t.Error("the engines hold different data")
	}
	holdsRecord(t, a)
}

// fingerprint is all that was written, without ids and passwords.
func fingerprint(t *testing.T, s *store.Store) string {
	t.Helper()
	var text strings.Builder
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		units, err := tx.AllUnits(t.Context())
		if err != nil {
			return err
		}
		var numbers []org.UnitNo
		for _, u := range units {
			posts, err := tx.Posts(t.Context(), u.No)
			if err != nil {
				return err
			}
			numbers, u.ID = append(numbers, u.No), ""
			fmt.Fprintln(&text, u, posts)
		}
		counts, err := tx.CountHistory(t.Context(), numbers)
		if err != nil {
			return err
		}
		lines := []string{}
		for _, c := range counts {
			lines = append(lines, fmt.Sprint(c))
		}
		targets, err := tx.Targets(t.Context(), numbers, 0)
		if err != nil {
			return err
		}
		for _, g := range targets {
			g.ID, g.Document = "", ""
			lines = append(lines, fmt.Sprint(g.Unit, g.Year, g.Indicator, g.Seq, g.State, g.Min, g.SetOn, g.SetBy, g.Reason))
		}
		files, _, err := tx.AllFiles(t.Context(), access.SystemScope(1), 1)
		if err != nil {
			return err
		}
		for _, f := range files {
			f.ID = ""
			for i := range f.Acts {
				f.Acts[i].ID, f.Acts[i].ActID = "", ""
			}
			b, err := json.Marshal(f.Acts)
			if err != nil {
				return err
			}
			acts := ""
			for _, act := range f.Acts {
				acts += fmt.Sprint(act.Code, act.On, act.Number, act.Rules)
			}
			lines = append(lines, fmt.Sprint(f.Unit, f.Name, f.Birth, f.Sex, f.Version, acts, string(b)))
		}
		slices.Sort(lines)
		text.WriteString(strings.Join(lines, "\n"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestARefusedHistoryIsNotWritten(t *testing.T) {
	t.Parallel()
	a, s, _ := build(t, Options{Seed: 5, Today: today})
	who := app.System("test")
	units, _, err := a.Units(t.Context(), who, "K01.01.02", "", 1)
	if err != nil {
		t.Fatal(err)
	}
	good := app.History{Name: person.Name{Family: "Trần", Given: "An"}, Birth: date.Must("2000-01-01"), Sex: person.Female, Unit: units[0].No,
		Acts: []admission.Act{{Code: admission.Introduce, On: date.Must("2024-03-01"), By: admission.Member}}}
	bad := good
	bad.Acts = []admission.Act{good.Acts[0], {Code: admission.Decide, On: date.Must("2024-04-01")}}
	before := fingerprint(t, s)
	err = a.LoadHistories(t.Context(), who, units[0].No, []app.History{good, bad})
	if refused, ok := errors.AsType[*app.HistoryError](err); !ok || refused.Row != 1 || refused.Act != admission.Decide {
		t.Errorf("a decision without a resolution: %v", err)
	}
	if fingerprint(t, s) != before {
		t.Error("the good one was written without the bad one")
	}
}

func TestUnitsThatCannotStandAreNotLoaded(t *testing.T) {
	t.Parallel()
	top := app.LoadedUnit{Code: "K01", Name: "Đảng ủy", Type: org.Committee, Opened: date.Must("2015-01-01")}
	branch := app.LoadedUnit{Code: "K01.01", Name: "Chi bộ", Type: org.Branch, Parent: "K01", Opened: date.Must("2015-01-01")}
	for _, c := range []struct {
		name  string
		who   app.Actor
		units []app.LoadedUnit
	}{
		{"a branch directly under a committee", app.System("test"), []app.LoadedUnit{top, branch}},
		{"a code twice", app.System("test"), []app.LoadedUnit{top, top}},
		{"by a person", app.Actor{ID: "somebody"}, []app.LoadedUnit{top}},
		{"by nobody", app.Actor{}, []app.LoadedUnit{top}},
	} {
		a, _ := open(t)
		if _, err := a.LoadUnits(t.Context(), c.who, c.units); err == nil {
			t.Errorf("%s: loaded", c.name)
		}
		if empty, err := a.Empty(t.Context()); err != nil || !empty {
			t.Errorf("%s: something was written, %v", c.name, err)
		}
	}
}

func TestEveryDayOfBusinessCanBeShown(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2020-02-01", "2022-01-11", "2025-01-16", "2026-12-31", "2049-12-31"} {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			a, _, r := build(t, Options{Seed: 3, Today: date.Must(day)})
			if got, _, err := a.Today(t.Context()); err != nil || got.String() != day || r.Files != blockFiles {
				t.Errorf("%s, %d files, %v", got, r.Files, err)
			}
			if found, err := a.Doctor(t.Context()); err != nil || len(found) != 0 {
				t.Errorf("doctor: %v, %v", found, err)
			}
		})
	}
}

func TestWhatCannotBeShownIsRefused(t *testing.T) {
	t.Parallel()
	a, _ := open(t)
	for _, c := range []struct {
		name string
		o    Options
		want error
	}{
		{"an unknown size", Options{Size: "village", Today: today}, ErrSize},
		{"no day", Options{}, ErrToday},
		{"a day before the calendar", Options{Today: date.Must("2016-01-01")}, ErrToday},
		{"a day after it", Options{Today: date.Must("2050-01-01")}, ErrToday},
	} {
		if _, err := Build(t.Context(), a, c.o); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
