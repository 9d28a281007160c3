// Package web is the pages of ketnap: a file per noun with its routes, forms and page
// structs, and the views beside it. It decodes a form into a use case of package app and
// renders what comes back. It decides no right, knows no rule and reads no store.
package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/web/dist"
)

// Limits of a request.
const (
	maxBody        = 1 << 20 // bytes of a form
	maxUpload      = 5 << 20 // of a form with a file; the file's own limit is intake's
	requestTimeout = 30 * time.Second
	sessionLife    = 12 * time.Hour
)

// A Server answers to browsers.
type Server struct {
	app      *app.App
	log      *slog.Logger
	sessions *scs.SessionManager
	mux      *http.ServeMux
	routes   []string // patterns, for the matrix of rights
}

// Options are what a Server needs beside the app.
type Options struct {
	Log    *slog.Logger
	Secure bool // cookies only over TLS
}

// New returns the pages of an app.
func New(a *app.App, o Options) *Server {
	s := &Server{app: a, log: o.Log, sessions: scs.New(), mux: http.NewServeMux()}
	s.sessions.Store = nil
	if st, ok := a.Sessions().(scs.Store); ok {
		s.sessions.Store = st
	}
	s.sessions.HashTokenInStore = true // a copy of the store must not open a session
	s.sessions.Lifetime = sessionLife
	s.sessions.Codec = app.SessionCodec{}
	s.sessions.Cookie.Name = "ketnap"
	s.sessions.Cookie.HttpOnly = true
	s.sessions.Cookie.SameSite = http.SameSiteLaxMode
	s.sessions.Cookie.Secure = o.Secure
	s.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { s.fail(w, r, app.Entrance{}, err) }
	s.mux.Handle("GET "+dist.Prefix, dist.Handler())
	s.mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	s.register()
	return s
}

// Routes returns the patterns of all pages, for the matrix of rights.
func (s *Server) Routes() []string { return slices.Clone(s.routes) }

// Handler returns the pages behind sessions, protection and limits.
func (s *Server) Handler() http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, app.Entrance{}, errs.E(errs.Forbidden, "error.cross_origin"))
	}))
	return headers(limit(s.sessions.LoadAndSave(guard.Handler(s.notFound(s.mux)))))
}

// headers keeps pages to themselves: nothing from outside, no framing, no guessing of types.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		if !strings.HasPrefix(r.URL.Path, dist.Prefix) {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

func limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		most := int64(maxBody)
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
			most = maxUpload
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// notFound answers in our own words where no pattern fits.
func (s *Server) notFound(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == "" {
			in, err := s.enter(r)
			if err == nil {
				err = errs.E(errs.NotFound, "error.not_found")
			}
			s.fail(w, r, in, err)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// A request is what a handler of a page gets: the request, who asks, and the day.
type request struct {
	*http.Request
	who    app.Actor
	today  date.Date
	frozen bool
	home   []org.Unit // for which the person works
}

// A handler answers a request of somebody who is logged in, or returns why not.
type handler func(w http.ResponseWriter, r *request) error

func (s *Server) get(path string, h handler)  { s.handle("GET "+path, h) }
func (s *Server) post(path string, h handler) { s.handle("POST "+path, h) }

// handle registers a page for people who are logged in.
func (s *Server) handle(pattern string, h handler) {
	s.routes = append(s.routes, pattern)
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		in, err := s.enter(r)
		if err != nil {
			s.fail(w, r, in, err)
			return
		}
		if in.Actor.MustChange && !strings.HasPrefix(r.URL.Path, "/account") && r.URL.Path != "/logout" {
			http.Redirect(w, r, "/account/password", http.StatusSeeOther)
			return
		}
		if err := s.answer(w, r, in, h); err != nil {
			s.fail(w, r, in, err)
		}
	})
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, in app.Entrance, h handler) error {
	if r.Method == http.MethodPost {
		if err := parseForm(r); err != nil {
			return err
		}
	}
	ctx := i18n.With(r.Context(), i18n.ParseLang(in.Actor.Lang))
	return h(w, &request{Request: r.WithContext(ctx), who: in.Actor, today: in.Today, frozen: in.Frozen, home: in.Home})
}

func parseForm(r *http.Request) error {
	err := r.ParseForm()
	if err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(maxBody) //nolint:gosec // G120: the body is bounded by limit
	}
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return errs.E(errs.Invalid, "error.too_big", "limit", big.Limit>>10).Because(err)
	case err != nil:
		return errs.E(errs.Invalid, "error.bad_form").Because(err)
	}
	for _, form := range []url.Values{r.Form, r.PostForm} {
		for _, values := range form {
			for i, v := range values {
				values[i] = readable(v)
			}
		}
	}
	return nil
}

// readable is what was typed without what is no text: bytes that are no UTF-8, and the
// NUL that PostgreSQL takes into no column.
func readable(typed string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(typed, ""), "\x00", "")
}

// enter lets in who is logged in; without anybody, it fails with Unauthorized.
func (s *Server) enter(r *http.Request) (app.Entrance, error) {
	id := s.sessions.GetString(r.Context(), app.SessionAccount)
	if id == "" {
		return app.Entrance{}, errs.E(errs.Unauthorized, "error.unauthorized")
	}
	return s.app.Enter(r.Context(), id, rand.Text())
}

// buffers are kept from page to page: each grows once to the size of a page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }} //nolint:gochecknoglobals // a free list

// page renders a view to a buffer first, so that a failure is still a page.
func (s *Server) page(w http.ResponseWriter, r *request, status int, view templ.Component) error {
	b := buffers.Get().(*bytes.Buffer) //nolint:errcheck // the pool holds nothing else
	defer buffers.Put(b)
	b.Reset()
	if err := view.Render(r.Context(), b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	if _, err := w.Write(b.Bytes()); err != nil {
		s.log.Debug("page not taken", "error", err)
	}
	return nil
}

// redirect answers a form that was written, with a word for the next page.
func (s *Server) redirect(w http.ResponseWriter, r *request, to, flash string) error {
	if flash != "" {
		s.sessions.Put(r.Context(), sessionFlash, flash)
	}
	http.Redirect(w, r.Request, to, http.StatusSeeOther)
	return nil
}

const sessionFlash = "flash"

// local returns a path of our own to go back to, "/" for anything else.
func local(path string) string {
	if strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.Contains(path, "\\") &&
		!strings.ContainsFunc(path, unicode.IsControl) { // browsers strip tabs: /<tab>/evil is //evil
		return path
	}
	return "/"
}
