package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"ketnap/admission"
	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
)

func (s *server) showFile(w http.ResponseWriter, r *request) error {
	id, err := fileID(r)
	if err != nil {
		return err
	}
	p, err := s.app.File(r.Context(), r.who, id)
	if err != nil {
		return err
	}
	return s.answer(w, fileShape(p))
}

// maxID is longer than any id.
const maxID = 64

// fileID reads the id of a file; what cannot be one is not looked for.
func fileID(r *request) (string, error) {
	id := r.PathValue("id")
	if len(id) > maxID || strings.ContainsFunc(id, func(c rune) bool {
		return c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
	}) {
		return "", errs.E(errs.NotFound, "file.none")
	}
	return id, nil
}

func (s *server) openFile(w http.ResponseWriter, r *request) error {
	b, err := readBody(r.Request)
	if err != nil {
		return err
	}
	n := app.NewFile{Unit: b.need("unit"), Name: b.text("name"), Birth: b.day("birth_date"), Sex: b.text("sex")}
	if err := b.err(); err != nil {
		return err
	}
	try, err := attempt(r, b)
	if err != nil {
		return err
	}
	out, err := s.app.OpenFileOnce(r.Context(), r.who, n, try)
	return s.answered(w, out, err)
}

func (s *server) recordAct(w http.ResponseWriter, r *request) error {
	id, err := fileID(r)
	if err != nil {
		return err
	}
	b, err := readBody(r.Request)
	if err != nil {
		return err
	}
	act, version := readAct(b)
	if err := b.err(); err != nil {
		return err
	}
	try, err := attempt(r, b)
	if err != nil {
		return err
	}
	out, err := s.app.RecordActOnce(r.Context(), r.who, id, act, version, try)
	return s.answered(w, out, err)
}

func readAct(b *body) (admission.Act, int) {
	a := admission.Act{
		Code: admission.Code(b.text("act")), On: b.day("on"), Number: b.text("number"), Votes: b.votes(), Note: b.text("note"),
		By: admission.Introducer(b.text("by")), Helper: b.text("helper"), Issued: b.day("issued"), To: b.text("to"),
		Result: admission.Result(b.text("result")), Papers: b.papers(), Rule: b.text("rule"), Stage: admission.Stage(b.text("stage")),
		Unit: b.text("unit"), Question: admission.Question(b.text("question")), ActID: b.text("act_id"),
		Cause: admission.Cause(b.text("cause")), Readmission: b.readmission(), Education: admission.Education(b.text("education")),
		Area: admission.Area(b.text("area")), TogetherSince: b.day("together_since"), NoResidence: b.text("no_residence_opinion"),
	}
	if code, err := org.ParseCode(a.Unit); err == nil {
		a.Unit = string(code)
	}
	return a, b.version()
}

// maxKey is the greatest length of an Idempotency-Key.
const maxKey = 255

// attempt reads the Idempotency-Key and says how the answer is written.
func attempt(r *request, b *body) (app.Attempt, error) {
	try := app.Attempt{Answer: drawAnswer}
	keys := r.Header.Values("Idempotency-Key")
	if len(keys) == 0 {
		return try, nil
	}
	try.Key = keys[0]
	if len(keys) > 1 || try.Key == "" || len(try.Key) > maxKey || strings.ContainsFunc(try.Key, func(c rune) bool { return c <= ' ' || c >= 0x7f }) {
		return try, errs.E(errs.Invalid, "api.key").On("header.Idempotency-Key")
	}
	h := sha256.New()
	h.Write([]byte(r.Method + " " + r.URL.Path + "\n"))
	h.Write(b.raw)
	try.Request = hex.EncodeToString(h.Sum(nil))
	return try, nil
}

// drawAnswer writes what came of a write: the file as it became, or what rules said.
func drawAnswer(rec app.Recorded) (int, []byte, error) {
	if !rec.Written {
		p := refusal(rec.Findings)
		b, err := encode(p)
		return p.Status, b, err
	}
	b, err := encode(shape.Recorded{File: fileShape(rec.Page), Findings: list(rec.Findings, func(f rule.Finding) shape.Finding { return f })})
	return http.StatusCreated, b, err
}

func (s *server) answered(w http.ResponseWriter, out app.Answered, err error) error {
	if err != nil {
		return err
	}
	contentType := jsonType
	if out.Status >= http.StatusBadRequest {
		contentType = problemType
	}
	if out.Replayed {
		w.Header().Set("Idempotency-Replayed", "true")
	}
	s.write(w, out.Status, contentType, out.Body)
	return nil
}

func fileShape(p app.FilePage) shape.File {
	f := p.File
	return shape.File{
		FileRow: shape.FileRow{ID: f.ID, Name: f.Name, Unit: f.Unit, Stage: f.Stage, Since: f.Since, Version: f.Version},
		Acts: list(f.Acts, func(a admission.Act) shape.Act {
			return shape.Act{ID: a.ID, Act: a.Code, On: a.On, Number: orNil(a.Number), RuleSet: a.RuleSet, Voided: a.Voided}
		}),
		Deadlines: list(p.Deadlines, func(d admission.Deadline) shape.Deadline {
			return shape.Deadline{Rule: d.Rule, From: d.From, Due: d.Due, Done: d.Done, Late: d.Late, Cite: d.Cite,
				Custodian: orNil(d.Custodian), Shares: list(d.Shares, func(x admission.Share) shape.Share { return shape.Share{Desk: x.Desk, Days: x.Days} })}
		}),
		Papers: list(p.Papers, func(x admission.Paper) shape.Paper {
			return shape.Paper{Code: x.Code, Date: x.Date, State: x.State}
		}),
		Next: list(p.Next, func(n admission.Next) shape.Next {
			missing := list(n.Missing, func(c admission.PaperCode) admission.PaperCode { return c })
			return shape.Next{Act: n.Act, Who: n.Who, Due: n.Due, Missing: missing}
		}),
	}
}

// list turns each of what came from the application into its shape; it is never null.
func list[A, B any](in []A, shape func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = shape(a)
	}
	return out
}

// orNil is null for a text that is not there.
func orNil[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	return &s
}
