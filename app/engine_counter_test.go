package app_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"

	"pgregory.net/rapid"
)

// tally is what the counters must say of files, counted here in the plainest way.
func tally(files []admission.File) map[store.Delta]int {
	want := map[store.Delta]int{}
	for _, f := range files {
		for _, u := range numbersOf(linesAbove()[f.Unit]...) {
			want[store.Delta{Unit: u, Period: store.Now, Indicator: store.StageIndicator(f.Stage)}]++
		}
		for code, indicator := range map[admission.Code]string{admission.Introduce: store.IndicatorIntroduced, admission.Certify: store.IndicatorAwareness,
			admission.Decide: store.IndicatorDecided, admission.Ceremony: store.IndicatorAdmitted} {
			var last admission.Act
			for _, a := range f.Acts {
				switch {
				case a.Voided:
				case a.Code == code:
					last = a
				case a.Code == admission.Annul && (code == admission.Decide || code == admission.Ceremony):
					last = admission.Act{}
				}
			}
			on := last.On
			if !last.Issued.IsZero() {
				on = last.Issued
			}
			for _, word := range strings.FieldsFunc(last.Line, func(r rune) bool { return r == '/' }) {
				no, err := strconv.Atoi(word)
				if err == nil {
					want[store.Delta{Unit: org.UnitNo(no), Period: store.Month(on), Indicator: indicator}]++
				}
			}
		}
	}
	return want
}

// counters compares every figure with the files as everybody can read them.
func (e engine) counters(t *rapid.T, loaded int) {
	var files []admission.File
	cursor := ""
	for {
		rows, next, err := e.Files(e.t.Context(), app.System("t"), app.FileQuery{Limit: 500, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			p, err := e.File(e.t.Context(), app.System("t"), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, p.File)
		}
		if cursor = next; next == "" {
			break
		}
	}
	if len(files) != loaded {
		t.Fatalf("%d files, not %d", len(files), loaded)
	}
	var have []store.Delta
	if err := e.store.Read(e.t.Context(), func(tx *store.Tx) (err error) {
		have, err = tx.AllCounters(e.t.Context(), store.Realm)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	want := tally(files)
	for _, h := range have {
		key := h
		if key.Value = 0; want[key] != h.Value {
			t.Errorf("counter %+v, not %d", h, want[key])
		}
		delete(want, key)
	}
	if len(want) > 0 {
		t.Errorf("no counter for %v", want)
	}
	faults, err := e.Doctor(e.t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if f.Check != "disk" {
			t.Errorf("the doctor: %+v", f)
		}
	}
}

// drawn is an act that often fits, and the day on which it is done.
func drawn(t *rapid.T, p app.FilePage) admission.Act {
	codes := admission.Codes()
	var next []admission.Code
	for _, n := range p.Next {
		next = append(next, n.Act)
	}
	switch rapid.IntRange(0, 15).Draw(t, "which") {
	case 0: // any act, most of them refused
	case 1:
		codes = []admission.Code{admission.Void}
	case 2:
		codes = []admission.Code{admission.Transfer}
	case 3:
		codes = append(slices.Clone(p.Possible), admission.Void)
	default:
		if len(next) > 0 {
			codes = next
		}
	}
	on := p.File.Last
	if on.IsZero() {
		on = date.Must("2021-05-04")
	}
	on = on.AddDays(rapid.SampledFrom([]int{0, 1, 5, 20, 31, -1}).Draw(t, "later"))
	if p.File.Stage == admission.Probationary || p.File.Stage == admission.ReviewReady {
		on = on.AddDays(366)
	}
	a := done(p, rapid.SampledFrom(codes).Draw(t, "act"), on)
	if n := len(p.File.Acts); a.Code == admission.Void && n > 0 && rapid.Bool().Draw(t, "earlier") {
		a.ActID = rapid.SampledFrom(p.File.Acts[max(0, n-3):]).Draw(t, "void").ID
	}
	return a
}

// alone draws a history without a store, to be loaded at once.
func alone(t *rapid.T, unit string) []admission.Act {
	w := admission.World{Today: engineDay, Sets: admission.Regulation(), Calendar: date.Builtin(),
		Over: admission.Over{Base: unit != "K02"}, Counts: admission.Counts{Branch: 20, Base: 9, Standing: 9}}
	if unit == "K02" {
		w.Counts.Base = 0
	}
	p := app.FilePage{Counts: w.Counts}
	p.File = admission.Replay(admission.File{ID: "x", Unit: unit, Birth: date.Must("2000-03-01"), Version: 1})
	var acts []admission.Act
	for i := range rapid.IntRange(0, 45).Draw(t, "acts") {
		p.Next, p.Possible = p.File.Next(w), p.File.Possible(w.Over)
		a := drawn(t, p)
		if a.Code == admission.Void { // a loaded void names the act before it
			last, _ := p.File.LastAct()
			a.ActID = last.ID
		}
		if a.Code == admission.Transfer { // a history is loaded where it ends
			continue
		}
		a.ID = strconv.Itoa(i)
		next, _, findings := admission.Advance(p.File, a, w)
		if !rule.Blocked(findings) {
			p.File, acts = next, append(acts, a)
		}
	}
	return acts
}

// straight is a history that goes from step to step to its end: chance alone may not come
// as far as a decision.
func straight(t *testing.T) []admission.Act {
	t.Helper()
	w := admission.World{Today: engineDay, Sets: admission.Regulation(), Calendar: date.Builtin(), Over: admission.Over{Base: true},
		Counts: admission.Counts{Branch: 20, Base: 9, Standing: 9}}
	p := app.FilePage{Counts: w.Counts, File: admission.Replay(admission.File{ID: "x", Unit: "K01.01", Birth: date.Must("2000-03-01"), Version: 1})}
	var acts []admission.Act
	for on := date.Must("2021-05-04"); p.File.Stage.Open(); on = on.AddDays(5) {
		if p.File.Stage == admission.Probationary {
			on = on.AddDays(366)
		}
		a := done(p, p.File.Next(w)[0].Act, on)
		a.ID = strconv.Itoa(len(acts))
		next, _, findings := admission.Advance(p.File, a, w)
		if rule.Blocked(findings) {
			t.Fatalf("%s: %v", a.Code, findings)
		}
		p.File, acts = next, append(acts, a)
	}
	return acts
}

func testCounters(t *testing.T, e engine, most int) {
	e.units()
	ctx := t.Context()
	e.must(e.LoadHistories(ctx, app.System("t"), 1, []app.History{{Name: person.Name{Family: "Lê", Given: "Bình"}, Birth: date.Must("2000-03-01"),
		Sex: person.Female, Unit: numbersOf("K01.01")[0], Acts: straight(t)}}))
	loaded, runs, moved, voided := 1, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		if runs++; runs > most {
			return
		}
		unit := rapid.SampledFrom([]string{"K01.01", "K01.02", "K02"}).Draw(t, "unit")
		if rapid.Bool().Draw(t, "loaded") {
			err := e.LoadHistories(ctx, app.System("t"), 1, []app.History{{Name: person.Name{Family: "Lê", Given: "An"}, Birth: date.Must("2000-03-01"),
				Sex: person.Female, Unit: numbersOf(unit)[0], Acts: alone(t, unit)}})
			if err != nil {
				t.Fatal(err)
			}
			loaded++
			e.counters(t, loaded)
			return
		}
		p, err := e.OpenFile(ctx, app.System("t"), app.NewFile{Unit: unit, Name: "Trần Ân", Birth: date.Must("2000-03-01"), Sex: "nữ"})
		if err != nil {
			t.Fatal(err)
		}
		loaded++
		for range rapid.IntRange(0, 45).Draw(t, "acts") {
			r, err := e.RecordAct(ctx, app.System("t"), p.File.ID, drawn(t, p), p.File.Version, rapid.IntRange(0, 9).Draw(t, "asks") == 0)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Written {
				continue
			}
			p = r.Page
			switch p.File.Acts[len(p.File.Acts)-1].Code {
			case admission.Transfer:
				moved++
			case admission.Void:
				voided++
			}
		}
		e.counters(t, loaded)
	})
	if err := e.reached(); err != nil {
		t.Error(err)
	}
	if moved == 0 || voided == 0 {
		t.Errorf("%d moves and %d voids in all", moved, voided)
	}
	e.sound()
}

// reached makes sure that the histories were not all refused at the beginning.
func (e engine) reached() error {
	return e.store.Read(e.t.Context(), func(tx *store.Tx) error {
		all, err := tx.AllCounters(e.t.Context(), store.Realm)
		for _, indicator := range []string{store.IndicatorIntroduced, store.IndicatorAwareness, store.IndicatorDecided, store.IndicatorAdmitted} {
			if err == nil && !slices.ContainsFunc(all, func(d store.Delta) bool { return d.Indicator == indicator }) {
				err = fmt.Errorf("nothing was counted as %s", indicator)
			}
		}
		return err
	})
}

func TestEveryCounterEqualsItsRecount(t *testing.T) {
	t.Parallel()
	for i, on := range engines {
		t.Run(on.name, func(t *testing.T) {
			t.Parallel()
			testCounters(t, newEngine(t, on.config(t)), []int{100, 30}[i])
		})
	}
}
