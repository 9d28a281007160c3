package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics counts requests. Nothing in them names a unit or a person.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMetrics() metrics {
	m := metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "ketnap_http_requests_total", Help: "Requests answered."}, []string{"face", "method", "status"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ketnap_http_request_seconds", Help: "Time to answer.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 14)}, []string{"face"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// count counts what a face of the program answers.
func (m metrics) count(face string, next http.Handler) http.Handler {
	seconds := m.seconds.WithLabelValues(face)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r)
		seconds.Observe(time.Since(began).Seconds())
		m.requests.WithLabelValues(face, method(r.Method), strconv.Itoa(rec.status)).Inc()
	})
}

// method keeps the label to what HTTP knows: a client may send any word.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader keeps the status.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets the server reach the writer below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
