// Package api is version 1 of the JSON interface, under /api/v1: for programs that hold a
// token. It decodes a request into a use case of package app and writes what comes back
// in the shapes of package shape, errors as RFC 9457 problems. It decides no right, knows
// no rule and reads no store; nothing of it loads anything from outside.
package api

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"ketnap/app"
	"ketnap/errs"
)

// Limits of a request.
const (
	maxBody        = 64 << 10 // bytes
	requestTimeout = 30 * time.Second
)

const prefix = "/api/v1"

// Options are what the API needs beside the app.
type Options struct {
	Log *slog.Logger // of what is our own fault; nil for none
}

type server struct {
	app      *app.App
	log      *slog.Logger
	document []byte // the description of the API
}

// A request is one of somebody who is known by a token.
type request struct {
	*http.Request
	who app.Actor
}

// A handler answers a request, or returns why not.
type handler func(http.ResponseWriter, *request) error

// New returns the API of an app. It answers every path under /api, what is not there with
// a problem too.
func New(a *app.App, o Options) http.Handler {
	s := &server{app: a, log: o.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	routes := s.routes()
	s.document = mustDescribe(routes)
	mux := http.NewServeMux()
	methods := map[string][]string{}
	for _, r := range routes {
		path := prefix + r.path
		methods[path] = append(methods[path], r.method)
		mux.Handle(r.method+" "+path, s.known(r.handle))
	}
	mux.HandleFunc("GET "+prefix+"/openapi.json", s.showDocument)
	methods[prefix+"/openapi.json"] = []string{http.MethodGet}
	for path, allowed := range methods {
		mux.HandleFunc(path, s.wrongMethod(allowed))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		s.problem(w, app.Actor{}, problemOf(errs.E(errs.NotFound, "api.no_route")))
	})
	return s.guarded(mux)
}

// guarded sets what every answer carries, bounds every request, and turns a panic into
// a problem.
func (s *server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Cache-Control"] = noStore
		h["X-Content-Type-Options"] = noSniff
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler { //nolint:errorlint // the value itself, as net/http panics with it
					panic(v)
				}
				s.log.Error("request panicked", "method", r.Method, "path", r.URL.Path, "panic", v)
				s.problem(w, app.Actor{}, problemOf(errs.E(errs.Internal, "api.internal")))
			}
		}()
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		r = r.WithContext(ctx)
		if r.Body != http.NoBody {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		next.ServeHTTP(w, r)
	})
}

//nolint:gochecknoglobals // header values, shared so that no request makes them anew
var (
	noStore     = []string{"no-store"}
	noSniff     = []string{"nosniff"}
	jsonType    = []string{"application/json"}
	problemType = []string{"application/problem+json"}
)

// known lets a request through whose token is good.
func (s *server) known(next handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.actor(r)
		if err == nil {
			err = next(w, &request{Request: r, who: who})
		}
		if err != nil {
			s.fail(w, r, who, err)
		}
	})
}

// actor returns whose token the request bears. A token is good though the account still
// has its one-time password: programs do not log in.
func (s *server) actor(r *http.Request) (app.Actor, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return app.Actor{}, errs.E(errs.Unauthorized, "api.unauthorized")
	}
	return s.app.ActorByToken(r.Context(), token, rand.Text())
}

// wrongMethod answers for a path that is there, but not for this method.
func (s *server) wrongMethod(allowed []string) http.HandlerFunc {
	list := strings.Join(allowed, ", ")
	if strings.Contains(list, http.MethodGet) {
		list += ", " + http.MethodHead
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", list)
		p := problemOf(errs.E(errs.Invalid, "api.wrong_method", "allowed", list))
		p.Status, p.Type, p.Title = http.StatusMethodNotAllowed, urn("method_not_allowed"), title("method_not_allowed")
		s.problem(w, app.Actor{}, p)
	}
}
