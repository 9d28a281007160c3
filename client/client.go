// Package client calls the API of a ketnap server, for programs that hold a token and for
// the tests of the API. It decides nothing: what the server answers it hands on, errors
// as *Error with the server's own problem.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ketnap/admission"
	"ketnap/api/shape"
	"ketnap/rating"
	"ketnap/report"
)

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 16 << 20

// timeout is longer than any request may take the server.
const timeout = time.Minute

// A Client calls one server with one token. It may be used by many at once.
type Client struct {
	base  string
	token string
	key   string
	http  *http.Client
}

// New returns a client of the server at base, such as https://ketnap.example, with a
// token that `ketnap token create` printed.
func New(base, token string) *Client {
	return &Client{base: strings.TrimRight(base, "/") + "/api/v1", token: token, http: &http.Client{Timeout: timeout}}
}

// Once returns a client whose writes carry an Idempotency-Key: the server does the same
// write under one key once, and answers it again for 24 hours. Take a new key for each write.
func (c *Client) Once(key string) *Client {
	once := *c
	once.key = key
	return &once
}

// An Error is an answer of the server that is no success.
type Error struct{ shape.Problem }

// Error returns status and detail.
func (e *Error) Error() string {
	return fmt.Sprintf("%d %s: %s", e.Status, e.Title, e.Detail)
}

// A Page says which part of a list is wanted: Limit rows, 0 for as many as the server
// thinks fit, behind the cursor of the page before.
type Page struct {
	Limit  int
	Cursor string
}

func (p Page) add(q url.Values) {
	if p.Limit > 0 {
		q.Set("limit", strconv.Itoa(p.Limit))
	}
	set(q, "cursor", p.Cursor)
}

func set(q url.Values, name, value string) {
	if value != "" {
		q.Set(name, value)
	}
}

// Units lists units by code: those of the subtree of a unit, all where unit is "".
func (c *Client) Units(ctx context.Context, unit string, page Page) (out shape.UnitList, err error) {
	q := url.Values{}
	set(q, "unit", unit)
	page.add(q)
	return out, c.get(ctx, "/units", q, &out)
}

// Unit returns a unit.
func (c *Client) Unit(ctx context.Context, code string) (out shape.Unit, err error) {
	return out, c.get(ctx, "/units/"+url.PathEscape(code), nil, &out)
}

// A FileQuery says which files are wanted; empty fields ask for all.
type FileQuery struct {
	Unit   string // with its subtree
	Stages []admission.Stage
	Query  string // beginnings of words of the name
	Page
}

// Files lists files by Vietnamese order of names.
func (c *Client) Files(ctx context.Context, f FileQuery) (out shape.FileList, err error) {
	q := url.Values{}
	set(q, "unit", f.Unit)
	set(q, "q", f.Query)
	for _, s := range f.Stages {
		q.Add("stage", string(s))
	}
	f.add(q)
	return out, c.get(ctx, "/files", q, &out)
}

// File returns a file.
func (c *Client) File(ctx context.Context, id string) (out shape.File, err error) {
	return out, c.get(ctx, "/files/"+url.PathEscape(id), nil, &out)
}

// OpenFile opens a file.
func (c *Client) OpenFile(ctx context.Context, n shape.NewFile) (out shape.Recorded, err error) {
	return out, c.post(ctx, "/files", n, &out)
}

// RecordAct records an act. Where rules say no, the *Error holds their findings.
func (c *Client) RecordAct(ctx context.Context, id string, a shape.NewAct) (out shape.Recorded, err error) {
	return out, c.post(ctx, "/files/"+url.PathEscape(id)+"/acts", a, &out)
}

// Targets returns the figures of a unit and its children; year 0 is that of today.
func (c *Client) Targets(ctx context.Context, unit string, year int) (out shape.TargetList, err error) {
	return out, c.get(ctx, "/targets", unitYear(unit, year), &out)
}

// PutTarget gives a unit a figure as its plan of a year. A version that is not that of the
// last figure is refused (409).
func (c *Client) PutTarget(ctx context.Context, n shape.NewTarget) (out shape.Target, err error) {
	b, err := json.Marshal(n)
	if err != nil {
		return out, fmt.Errorf("write the request: %w", err)
	}
	return out, c.do(ctx, http.MethodPut, "/targets", b, &out)
}

// Progress returns what a unit and its children did; year 0 is that of today.
func (c *Client) Progress(ctx context.Context, unit string, year int) (out shape.Progress, err error) {
	return out, c.get(ctx, "/progress", unitYear(unit, year), &out)
}

func unitYear(unit string, year int) url.Values {
	q := url.Values{"unit": {unit}}
	if year != 0 {
		q.Set("year", strconv.Itoa(year))
	}
	return q
}

// Report returns a report of a unit for a period such as 2024-Q2.
func (c *Client) Report(ctx context.Context, form report.Form, unit, period string) (out report.Report, err error) {
	return out, c.get(ctx, "/reports/"+url.PathEscape(string(form)), url.Values{"unit": {unit}, "period": {period}}, &out)
}

// Rating returns the best level still open to a unit in a year, and why.
func (c *Client) Rating(ctx context.Context, unit string, year int) (out rating.Rating, err error) {
	return out, c.get(ctx, "/ratings/"+url.PathEscape(unit)+"/"+strconv.Itoa(year), nil, &out)
}

// Description returns the server's description of its API, in OpenAPI 3.1.
func (c *Client) Description(ctx context.Context) (out json.RawMessage, err error) {
	return out, c.get(ctx, "/openapi.json", nil, &out)
}

func (c *Client) get(ctx context.Context, path string, q url.Values, out any) error {
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return c.do(ctx, http.MethodGet, path, nil, out)
}

func (c *Client) post(ctx context.Context, path string, in, out any) error {
	b, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("write the request: %w", err)
	}
	return c.do(ctx, http.MethodPost, path, b, out)
}

func (c *Client) do(ctx context.Context, method, path string, body []byte, out any) (err error) {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
		if c.key != "" {
			r.Header.Set("Idempotency-Key", c.key)
		}
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := answer.Body.Close(); err == nil {
			err = closeErr
		}
	}()
	b, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if answer.StatusCode >= http.StatusBadRequest {
		return problem(answer.StatusCode, b)
	}
	if err := json.Unmarshal(b, out); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}

// problem reads a problem; what a proxy between answers is none, and keeps its status only.
func problem(status int, body []byte) error {
	e := &Error{}
	if err := json.Unmarshal(body, &e.Problem); err != nil || e.Status != status {
		e.Problem = shape.Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: strings.TrimSpace(string(body[:min(len(body), 200)]))}
	}
	return e
}
