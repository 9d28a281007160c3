package api

import (
	"net/url"
	"strconv"

	"ketnap/api/shape"
	"ketnap/date"
	"ketnap/errs"
)

// Limits of a page of a list.
const (
	defaultLimit = 50
	maxLimit     = 500
)

// A query is the part of an address behind the question mark. Its methods read one value
// each and gather what cannot be read.
type query struct {
	values url.Values
	wrong  []shape.FieldError
}

// queryOf reads the query of a request. It fails when it is not one.
func queryOf(r *request) (*query, error) {
	if r.URL.RawQuery == "" {
		return &query{}, nil
	}
	v, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, errs.E(errs.Invalid, "api.no_query").Because(err)
	}
	return &query{values: v}, nil
}

func (q *query) bad(name, key string, args ...any) {
	q.wrong = append(q.wrong, shape.FieldError{Location: "query." + name, Message: text(key, args...)})
}

func (q *query) err() error {
	if len(q.wrong) == 0 {
		return nil
	}
	return &wrong{q.wrong}
}

func (q *query) get(name string) string { return q.values.Get(name) }

// need reads a value that must be there.
func (q *query) need(name string) string {
	v := q.get(name)
	if v == "" {
		q.bad(name, "api.missing", "field", name)
	}
	return v
}

// limit reads how long a page may be; no page is longer than maxLimit.
func (q *query) limit() int {
	s := q.get("limit")
	if s == "" {
		return defaultLimit
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		q.bad("limit", "api.limit")
	}
	return min(n, maxLimit)
}

// day reads a day; none where there is none.
func (q *query) day(name string) date.Date {
	s := q.get(name)
	if s == "" {
		return date.Date{}
	}
	d, err := date.Parse(s)
	if err != nil {
		q.bad(name, "api.no_day", "field", name)
	}
	return d
}

// Years that a figure may be asked for.
const (
	firstYear = 1930
	lastYear  = 2199
)

// year reads a year; the one given where there is none.
func (q *query) year(otherwise int) int {
	s := q.get("year")
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < firstYear || n > lastYear {
		q.bad("year", "api.year", "first", strconv.Itoa(firstYear), "last", strconv.Itoa(lastYear))
	}
	return n
}
