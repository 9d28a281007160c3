package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"ketnap/api"
	"ketnap/app"
	"ketnap/web"
)

// serveCmd runs pages and API until it is told to stop.
type serveCmd struct {
	Listen      string `default:"127.0.0.1:8080" help:"Địa chỉ nghe."`
	Secure      bool   `help:"Chỉ gửi cookie qua TLS (khi đứng sau máy chủ TLS)."`
	OpenMetrics bool   `help:"Cho đọc /metrics từ máy khác."`
}

// Times that the server gives to clients, and to requests that run when it is stopped.
const (
	readTimeout  = 15 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 2 * time.Minute
	drainTimeout = 20 * time.Second
)

// Run serves until SIGTERM, then lets running requests and jobs end.
func (c serveCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		log := slog.New(slog.NewTextHandler(e.err, nil))
		collectLess()
		if n, err := a.CountAccounts(e.ctx); err != nil {
			return err
		} else if n == 0 {
			complain(e.err, "chưa có tài khoản nào; tạo bằng: ketnap account create LOGIN --role admin --unit CODE")
		}
		listener, err := (&net.ListenConfig{}).Listen(e.ctx, "tcp", c.Listen)
		if err != nil {
			return refused{fmt.Sprintf("không nghe được ở %s: %v", c.Listen, err)}
		}
		server := &http.Server{Handler: c.handler(a, log), ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout,
			WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
		failed := make(chan error, 1)
		go func() { failed <- server.Serve(listener) }()
		if err := e.say("ketnap listening on http://%s", listener.Addr()); err != nil {
			return err
		}
		jobs, err := a.StartJobs(e.ctx, log)
		if err != nil {
			return errors.Join(err, server.Close())
		}
		select {
		case err = <-failed:
		case <-e.ctx.Done():
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(e.ctx), drainTimeout)
		defer cancel()
		return errors.Join(err, server.Shutdown(ctx), jobs.Stop(ctx))
	})
}

// The heap of a server is small and short-lived: with these two figures the collector
// runs a third as often and still stays below 150 MB after a load (make bench).
const (
	collectAt = 300      // percent of growth
	softHeap  = 96 << 20 // bytes from which it runs as often as it must
)

// collectLess sets the collector, unless the office did.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softHeap)
	}
}

// handler joins pages, API and the answers for those who watch over the server.
func (c serveCmd) handler(a *app.App, log *slog.Logger) http.Handler {
	m := newMetrics()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if _, _, err := a.Today(r.Context()); err != nil {
			plain(w, http.StatusServiceUnavailable, "not ready")
			return
		}
		plain(w, http.StatusOK, "ready")
	})
	mux.Handle("GET /metrics", c.local(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})))
	mux.Handle("/api/", m.count("api", api.New(a, api.Options{Log: log})))
	mux.Handle("/", m.count("web", web.New(a, web.Options{Log: log, Secure: c.Secure}).Handler()))
	return recovered(log, mux)
}

// local answers only to this machine, unless the office opened it.
func (c serveCmd) local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if ip := net.ParseIP(host); !c.OpenMetrics && (err != nil || ip == nil || !ip.IsLoopback()) {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text) // a client that left needs no answer
}

// recovered turns a panic into an answer and a line of the log.
func recovered(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			log.Error("panic", "path", r.URL.Path, "value", v)
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}
