package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
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

// hammer asks one server for the addresses in turn over eight connections for a time, and
// fails at the first answer that is not 200. It speaks over bare connections: what the
// client spends is taken from the server's two cores.
func hammer(ctx context.Context, addresses []string, head http.Header, length time.Duration) (load, error) {
	asks, host, err := written(ctx, addresses, head)
	if err != nil {
		return load{}, err
	}
	if _, err := hammerOnce(ctx, host, asks[:min(len(asks), 50)], time.Second); err != nil { // warm
		return load{}, err
	}
	return hammerOnce(ctx, host, asks, length)
}

func hammerOnce(ctx context.Context, host string, asks [][]byte, length time.Duration) (load, error) {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		all   []time.Duration
		first error
	)
	began := time.Now()
	for c := range connections {
		wg.Go(func() {
			mine, err := talk(ctx, host, asks, c, began.Add(length))
			mu.Lock()
			defer mu.Unlock()
			all = append(all, mine...)
			first = errors.Join(first, err)
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

// talk asks over one connection until a moment, and returns how long each answer took.
func talk(ctx context.Context, host string, asks [][]byte, from int, until time.Time) (took []time.Duration, err error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	answers := bufio.NewReaderSize(conn, 64<<10)
	for i := from; time.Now().Before(until); i += connections {
		began := time.Now()
		if _, err := conn.Write(asks[i%len(asks)]); err != nil {
			return took, err
		}
		resp, err := http.ReadResponse(answers, nil)
		if err != nil {
			return took, err
		}
		_, err = io.Copy(io.Discard, resp.Body)
		if err = errors.Join(err, resp.Body.Close()); err != nil {
			return took, err
		}
		if resp.StatusCode != http.StatusOK {
			return took, fmt.Errorf("%s answered %s", bytes.SplitN(asks[i%len(asks)], []byte("\r\n"), 2)[0], resp.Status)
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

// written returns the requests as they go over the wire, and the host they go to.
func written(ctx context.Context, addresses []string, head http.Header) (asks [][]byte, host string, err error) {
	for _, a := range addresses {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, a, nil)
		if err != nil {
			return nil, "", err
		}
		if head != nil {
			r.Header = head
		}
		var b bytes.Buffer
		if err := r.Write(&b); err != nil {
			return nil, "", err
		}
		asks, host = append(asks, b.Bytes()), r.URL.Host
	}
	return asks, host, nil
}
