package api_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/org"
	"ketnap/store"
)

const connections = 8

// perRound is what each connection asks before the other side has its turn.
const perRound = 25

// A side is one of two that are measured in turn, so that what else the machine does
// falls on both alike.
type side struct {
	ask   func(context.Context) error
	spent time.Duration
	times []time.Duration
}

// round asks on all connections at once.
func (s *side) round(b *testing.B) {
	b.Helper()
	var wait sync.WaitGroup
	times := make([]time.Duration, connections*perRound)
	began := time.Now()
	for c := range connections {
		wait.Go(func() {
			for i := range perRound {
				at := time.Now()
				if err := s.ask(b.Context()); err != nil {
					b.Error(err)
				}
				times[c*perRound+i] = time.Since(at)
			}
		})
	}
	wait.Wait()
	s.spent += time.Since(began)
	s.times = append(s.times, times...)
}

func (s *side) report(b *testing.B, name string) {
	b.Helper()
	slices.Sort(s.times)
	b.ReportMetric(float64(len(s.times))/s.spent.Seconds(), name+"-req/s")
	b.ReportMetric(float64(s.times[len(s.times)*99/100].Microseconds())/1000, name+"-p99-ms")
}

// BenchmarkFiles sets a page of files beside its floor: the same statements through the
// store, with neither token nor rights, JSON nor HTTP. The client of the API runs on the
// same processors.
func BenchmarkFiles(b *testing.B) {
	p := open(b)
	p.load(b, 6000, "D01.B1", "D01.B2", "D02.B1", "C01", "C02")
	for _, code := range []string{"K01", "D02", "D01.B1"} {
		b.Run(code, func(b *testing.B) {
			floor, api := side{ask: p.floor(b, code)}, side{ask: p.page(code)}
			floor.round(b) // warm
			api.round(b)
			floor.spent, api.spent, floor.times, api.times = 0, 0, nil, nil
			b.ResetTimer()
			for range b.N {
				floor.round(b)
				api.round(b)
			}
			floor.report(b, "floor")
			api.report(b, "api")
			b.ReportMetric(floor.spent.Seconds()/api.spent.Seconds(), "api/floor")
		})
	}
}

func (p *place) floor(b *testing.B, code string) func(context.Context) error {
	b.Helper()
	var unit org.Unit
	if err := p.store.Read(b.Context(), func(tx *store.Tx) (err error) {
		unit, err = tx.UnitByCode(b.Context(), org.Code(code))
		return err
	}); err != nil {
		b.Fatal(err)
	}
	return func(ctx context.Context) error {
		return p.store.Read(ctx, func(tx *store.Tx) error {
			_, _, err := tx.Files(ctx, access.SystemScope(unit.No), store.FileFilter{Unit: unit.No, Limit: 50})
			return err
		})
	}
}

func (p *place) page(code string) func(context.Context) error {
	c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	return func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/api/v1/files?unit="+code, http.NoBody)
		if err != nil {
			return err
		}
		r.Header.Set("Authorization", "Bearer "+p.tokens["board"])
		answer, err := c.Do(r)
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			return err
		}
		return answer.Body.Close()
	}
}
