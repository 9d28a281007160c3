package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
)

func urn(kind string) string { return "urn:ketnap:problem:" + kind }

func title(kind string) string { return text("api.title." + kind) }

// text is a sentence for the person who writes or runs the program.
func text(key string, args ...any) string { return i18n.T(i18n.Vietnamese, key, args...) }

// own are sentences of the API where those of the pages speak of pages.
var own = map[string]string{
	"error.unauthorized": "api.unauthorized",
	"error.not_found":    "api.not_found",
	"error.internal":     "api.internal",
}

// problemOf draws a problem from an error of the application.
func problemOf(err error) shape.Problem {
	e := errs.As(err)
	kind := e.Kind
	key := e.Key
	if mine, ok := own[key]; ok {
		key = mine
	}
	if e.Kind == errs.Internal {
		key = "api.internal"
	}
	p := shape.Problem{Type: urn(kind.String()), Title: title(kind.String()), Status: kind.Status(), Detail: text(key, i18n.Args(e.Args)...)}
	if e.Kind == errs.Invalid && e.Field != "" {
		p.Errors = []shape.FieldError{{Location: location(e.Field), Message: p.Detail}}
	}
	return p
}

// location says where a value stood; the application names the fields of bodies.
func location(field string) string {
	if strings.Contains(field, ".") {
		return field
	}
	return "body." + field
}

// refusal is the problem of an act to which rules said no.
func refusal(findings []rule.Finding) shape.Problem {
	p := shape.Problem{Type: urn("rules"), Title: title("rules"), Status: http.StatusUnprocessableEntity, Findings: findings}
	var sentences []string
	for _, f := range findings {
		if f.Severity != rule.Block {
			continue
		}
		sentences = append(sentences, f.Message)
		if f.Field != "" {
			p.Errors = append(p.Errors, shape.FieldError{Location: actLocation(f.Field), Message: f.Message})
		}
	}
	p.Detail = text("api.rules", "why", strings.Join(sentences, " "))
	return p
}

// actLocation says where in the body of an act the field of a finding stands.
func actLocation(field string) string {
	switch field {
	case "members", "present", "for", "against":
		return "body.votes." + field
	}
	if strings.Contains(field, "-") { // a paper, by the code of its form
		return "body.papers." + field
	}
	return "body." + field
}

// wrong is a request with values that cannot be read.
type wrong struct{ errors []shape.FieldError }

// Error names the first of them, for the log.
func (w *wrong) Error() string { return w.errors[0].Location + ": " + w.errors[0].Message }

func (w *wrong) problem() shape.Problem {
	p := problemOf(errs.E(errs.Invalid, "api.invalid", "why", w.errors[0].Message))
	p.Errors = w.errors
	return p
}

// fail answers with the problem of an error; what is our own fault is logged.
func (s *server) fail(w http.ResponseWriter, r *http.Request, who app.Actor, err error) {
	if bad, ok := errors.AsType[*wrong](err); ok {
		s.problem(w, who, bad.problem())
		return
	}
	p := problemOf(err)
	if big, ok := errors.AsType[*http.MaxBytesError](err); ok {
		p = problemOf(errs.E(errs.Invalid, "api.too_big", "limit", int(big.Limit>>10)))
		p.Status, p.Type, p.Title = http.StatusRequestEntityTooLarge, urn("too_big"), title("too_big")
	}
	if p.Status == http.StatusInternalServerError {
		if r.Context().Err() != nil { // it took too long, or nobody waits for the answer
			p = problemOf(errs.E(errs.Unavailable, "error.unavailable"))
		} else {
			s.log.Error("request failed", "request", who.Request, "method", r.Method, "path", r.URL.Path, "error", err)
		}
	}
	s.problem(w, who, p)
}

// problem writes a problem.
func (s *server) problem(w http.ResponseWriter, who app.Actor, p shape.Problem) {
	if p.Status >= http.StatusInternalServerError {
		p.Request = who.Request
	}
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	}
	b, err := encode(p)
	if err != nil { // texts and numbers always marshal
		s.log.Error("problem not written", "error", err)
	}
	s.write(w, p.Status, problemType, b)
}

// encode writes v as one line of JSON, Vietnamese and signs as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// answer writes what was asked for.
func (s *server) answer(w http.ResponseWriter, v any) error {
	b, err := encode(v)
	if err != nil {
		return err
	}
	s.write(w, http.StatusOK, jsonType, b)
	return nil
}

// write sends a body whose length is known, so that nobody has to part it into chunks.
func (s *server) write(w http.ResponseWriter, status int, contentType []string, body []byte) {
	h := w.Header()
	h["Content-Type"] = contentType
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil { //nolint:gosec // G705: JSON, served as JSON
		s.log.Debug("answer not taken", "error", err)
	}
}
