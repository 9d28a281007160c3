package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// connections is how many load at once.
const connections = 8

// A load is what came of asking for pages as fast as they are answered.
type load struct {
	perSecond float64
	p50, p99  time.Duration
}

func (l load) String() string {
	return fmt.Sprintf("%.0f/s, p50 %.1f ms, p99 %.1f ms", l.perSecond, ms(l.p50), ms(l.p99))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// hammer asks for the addresses in turn over eight connections for a time, and fails at
// the first answer that is not 200.
func hammer(ctx context.Context, addresses []string, head http.Header, length time.Duration) (load, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, a := range addresses[:min(len(addresses), 50)] { // warm
		if _, err := ask(ctx, client, a, head); err != nil {
			return load{}, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		all   []time.Duration
		first error
	)
	began := time.Now()
	for c := range connections {
		wg.Go(func() {
			var mine []time.Duration
			for i := c; ctx.Err() == nil; i += connections {
				took, err := ask(ctx, client, addresses[i%len(addresses)], head)
				if err != nil && ctx.Err() == nil {
					mu.Lock()
					first = err
					mu.Unlock()
					return
				}
				if err == nil {
					mine = append(mine, took)
				}
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	took := time.Since(began)
	if first != nil || len(all) == 0 {
		return load{}, fmt.Errorf("load: %w", first)
	}
	slices.Sort(all)
	return load{float64(len(all)) / took.Seconds(), all[len(all)/2], all[len(all)*99/100]}, nil
}

func ask(ctx context.Context, client *http.Client, address string, head http.Header) (time.Duration, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	r.Header = head
	began := time.Now()
	resp, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	if cerr := resp.Body.Close(); err == nil {
		err = cerr
	}
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s", address, resp.Status)
	}
	return time.Since(began), err
}
