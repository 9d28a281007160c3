package app_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ketnap/app"
	"ketnap/app/demo"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/store"
)

// provinceStore is a demonstration of the size of a province: the one that KETNAP_PROVINCE
// names, or one that is invented for the measurement, which takes minutes.
func provinceStore(b *testing.B) *app.App {
	b.Helper()
	path := os.Getenv("KETNAP_PROVINCE")
	if path == "" {
		path = b.TempDir()
	}
	st, err := store.Open(b.Context(), sqldb.Config{Path: filepath.Join(path, "ketnap.db")})
	ok(b, err)
	b.Cleanup(func() { ok(b, st.Close()) })
	a := app.New(st, app.Options{})
	if empty, err := a.Empty(b.Context()); err != nil || empty {
		ok(b, err)
		_, err = demo.Build(b.Context(), a, demo.Options{Size: demo.Province, Seed: 1, Today: date.Must("2024-10-15")})
		ok(b, err)
	}
	at := time.Now()
	_, err = a.DrawPaces(b.Context(), app.System("bench"))
	ok(b, err)
	b.Logf("usual times drawn in %v", time.Since(at).Round(time.Millisecond))
	return a
}

// BenchmarkForecast measures the table and the forecast of a province of 100,000 files:
// the first time, and when its figures are known.
func BenchmarkForecast(b *testing.B) {
	a := provinceStore(b)
	ask := map[string]func(context.Context) error{
		"table of the province": func(ctx context.Context) error {
			_, err := a.BlockTable(ctx, app.System("bench"), "T01", 2024)
			return err
		},
		"forecast of the province": func(ctx context.Context) error {
			_, err := a.Forecast(ctx, app.System("bench"), "T01", 2024, date.Date{})
			return err
		},
		"table of one committee": func(ctx context.Context) error {
			_, err := a.BlockTable(ctx, app.System("bench"), "K01", 2024)
			return err
		},
		"forecast of one base": func(ctx context.Context) error {
			_, err := a.Forecast(ctx, app.System("bench"), "K01.01", 2024, date.Date{})
			return err
		},
	}
	for name, fn := range ask {
		at := time.Now()
		ok(b, fn(b.Context()))
		b.Logf("%s, the first time: %v", name, time.Since(at).Round(time.Millisecond))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ok(b, fn(b.Context()))
			}
		})
	}
}
