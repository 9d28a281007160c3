package app_test

import (
	"fmt"
	"sync"
	"testing"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/store"
)

func TestOfTwoWhoRecordAtOnceOneWins(t *testing.T) {
	t.Parallel()
	for _, on := range engines {
		t.Run(on.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, on.config(t))
			e.units()
			for range 10 {
				p := e.open(app.System("t"), "K01.01", "Nguyễn Văn Ân")
				wrote := e.together(3, func(int) error {
					r, err := e.RecordAct(t.Context(), app.System("t"), p.File.ID, done(p, admission.Introduce, engineDay), p.File.Version, false)
					if err == nil && !r.Written { // who comes second is late, not wrong
						err = fmt.Errorf("%v", r.Findings)
					}
					return err
				})
				again, err := e.File(t.Context(), app.System("t"), p.File.ID)
				e.must(err)
				if wrote != 1 || len(again.File.Acts) != 1 || again.File.Version != 2 {
					t.Errorf("%d wrote, %d acts, version %d", wrote, len(again.File.Acts), again.File.Version)
				}
			}
			e.sound()
		})
	}
}

// together does something many times at once and returns how often it was done; those
// who came second must be told so.
func (e engine) together(n int, do func(int) error) (wrote int) {
	e.t.Helper()
	failed := make([]error, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			failed[i] = do(i)
		})
	}
	close(start)
	wg.Wait()
	for _, err := range failed {
		switch {
		case err == nil:
			wrote++
		case errs.KindOf(err) != errs.Stale:
			e.t.Error(err)
		}
	}
	return wrote
}

func TestManyWhoRecordAtOneUnitAllSucceed(t *testing.T) {
	t.Parallel()
	for _, on := range engines {
		t.Run(on.name, func(t *testing.T) {
			t.Parallel()
			const writers = 16
			e := newEngine(t, on.config(t))
			e.units()
			pages := make([]app.FilePage, writers)
			for i := range pages {
				pages[i] = e.open(app.System("t"), "K01.01", "Nguyễn Văn Ân")
			}
			for day, code := range []admission.Code{admission.Introduce, admission.List, admission.Certify} {
				wrote := e.together(writers, func(i int) error {
					r, err := e.RecordAct(t.Context(), app.System("t"), pages[i].File.ID, done(pages[i], code, date.Must("2026-03-01").AddDays(day)), pages[i].File.Version, false)
					if err == nil && !r.Written {
						err = fmt.Errorf("%s: %v", code, r.Findings)
					}
					pages[i] = r.Page
					return err
				})
				if wrote != writers {
					t.Fatalf("%d of %d wrote", wrote, writers)
				}
			}
			e.counted([]string{"K", "K01", "K01.01"}, store.Now, store.StageIndicator(admission.Certified), writers)
			e.counted([]string{"K", "K01", "K01.01"}, 202603, store.IndicatorIntroduced, writers)
			e.sound()
		})
	}
}

func (e engine) counted(units []string, period int, indicator string, want int) {
	e.t.Helper()
	nos := numbersOf(units...)
	err := e.store.Read(e.t.Context(), func(tx *store.Tx) error {
		got, err := tx.Counters(e.t.Context(), store.Realm, nos, period, period, []string{indicator})
		for _, u := range nos {
			if n := got[store.Figure{Unit: u, Indicator: indicator}]; n != want {
				e.t.Errorf("%s of unit %d: %d, not %d", indicator, u, n, want)
			}
		}
		return err
	})
	e.must(err)
}
