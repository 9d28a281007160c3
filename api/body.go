package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ketnap/admission"
	"ketnap/api/shape"
	"ketnap/date"
)

// A body is the JSON object of a request. Its methods read one field each and gather what
// cannot be read, so that a program hears of everything at once. null is as good as
// absent; what is not asked for is passed over.
type body struct {
	raw    []byte
	fields map[string]json.RawMessage
	wrong  []shape.FieldError
}

// readBody reads the body of a request. It fails with a problem when it is no JSON object.
func readBody(r *http.Request) (*body, error) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	b := &body{raw: raw}
	if err := json.Unmarshal(raw, &b.fields); err != nil || b.fields == nil {
		return nil, &wrong{[]shape.FieldError{{Location: "body", Message: text("api.no_object")}}}
	}
	return b, nil
}

func (b *body) bad(field, key string) {
	b.wrong = append(b.wrong, shape.FieldError{Location: "body." + field, Message: text(key, "field", field)})
}

// err is what was wrong with the fields that were read.
func (b *body) err() error {
	if len(b.wrong) == 0 {
		return nil
	}
	return &wrong{b.wrong}
}

func (b *body) get(field string) (json.RawMessage, bool) {
	v, ok := b.fields[field]
	return v, ok && string(v) != "null"
}

// text reads a text in NFC. What no office writes, such as a NUL, no engine has to keep.
func (b *body) text(field string) string {
	v, ok := b.get(field)
	if !ok {
		return ""
	}
	var s string
	if err := json.Unmarshal(v, &s); err != nil {
		b.bad(field, "api.no_text")
		return ""
	}
	if strings.ContainsFunc(s, control) {
		b.bad(field, "api.control")
		return ""
	}
	return norm.NFC.String(s)
}

// need reads a text without which nobody can be asked.
func (b *body) need(field string) string {
	s := b.text(field)
	if v, ok := b.get(field); !ok || string(v) == `""` {
		b.bad(field, "api.missing")
	}
	return s
}

func control(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }

// day reads a day; none where it is absent.
func (b *body) day(field string) date.Date {
	v, ok := b.get(field)
	if !ok {
		return date.Date{}
	}
	return b.dayOf(field, v)
}

func (b *body) dayOf(field string, v json.RawMessage) date.Date {
	var s string
	if err := json.Unmarshal(v, &s); err != nil {
		b.bad(field, "api.no_day")
		return date.Date{}
	}
	d, err := date.Parse(s)
	if err != nil {
		b.bad(field, "api.no_day")
	}
	return d
}

// version reads the version that a write needs. An integer that no file has, however
// long, is a version all the same: it is stale.
func (b *body) version() int {
	v, ok := b.get("version")
	if !ok {
		b.bad("version", "api.version_missing")
		return 0
	}
	s := string(bytes.TrimSpace(v))
	if digits := strings.TrimPrefix(s, "-"); digits == "" || strings.Trim(digits, "0123456789") != "" {
		b.bad("version", "api.version")
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// whole reads a whole number; nil where it is absent, which is wrong where it is needed.
func (b *body) whole(field string, needed bool) *int {
	v, ok := b.get(field)
	if !ok {
		if needed {
			b.bad(field, "api.missing")
		}
		return nil
	}
	var n int
	if err := json.Unmarshal(v, &n); err != nil {
		b.bad(field, "api.no_whole")
		return nil
	}
	return &n
}

// votes reads the totals of a ballot; nil where there are none.
func (b *body) votes() *admission.Votes {
	raw, ok := b.get("votes")
	if !ok {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		b.bad("votes", "api.no_votes")
		return nil
	}
	var v admission.Votes
	for _, f := range []struct {
		name string
		n    *int
	}{{"members", &v.Members}, {"present", &v.Present}, {"for", &v.For}, {"against", &v.Against}} {
		if err := json.Unmarshal(orNull(fields[f.name]), f.n); err != nil || *f.n > maxVotes || *f.n < -maxVotes {
			b.bad("votes."+f.name, "api.no_number")
		}
	}
	return &v
}

// maxVotes is more than any body has members.
const maxVotes = 1_000_000

func orNull(v json.RawMessage) json.RawMessage {
	if v == nil {
		return json.RawMessage("null")
	}
	return v
}

// readmission reads what an application says of an earlier membership; nil where it says
// nothing.
func (b *body) readmission() *admission.Readmission {
	raw, ok := b.get("readmission")
	if !ok {
		return nil
	}
	in := &body{}
	if err := json.Unmarshal(raw, &in.fields); err != nil {
		b.bad("readmission", "api.no_readmission")
		return nil
	}
	r := &admission.Readmission{Left: in.day("left"), Reason: admission.LeavingReason(in.text("reason")), Cleared: in.day("cleared"), Before: in.yes("before")}
	for _, w := range in.wrong {
		w.Location = "body.readmission." + strings.TrimPrefix(w.Location, "body.")
		b.wrong = append(b.wrong, w)
	}
	return r
}

// yes reads a yes or no; no where it is absent.
func (b *body) yes(field string) (is bool) {
	v, ok := b.get(field)
	if !ok {
		return false
	}
	if err := json.Unmarshal(v, &is); err != nil {
		b.bad(field, "api.no_yes")
	}
	return is
}

// papers reads the day of each paper.
func (b *body) papers() map[admission.PaperCode]date.Date {
	raw, ok := b.get("papers")
	if !ok {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		b.bad("papers", "api.no_papers")
		return nil
	}
	out := make(map[admission.PaperCode]date.Date, len(fields))
	for code, v := range fields {
		if string(v) == "null" {
			continue
		}
		if strings.ContainsFunc(code, control) {
			b.bad("papers", "api.control")
			continue
		}
		out[admission.PaperCode(norm.NFC.String(code))] = b.dayOf("papers."+code, v)
	}
	return out
}
