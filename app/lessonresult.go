package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/class"
	"ketnap/date"
	"ketnap/rule"
	"ketnap/store"
)

// A ResultAsk is a decision that recognises completion of a class.
type ResultAsk struct {
	Version int // of the course when it was read
	Number  string
	On      date.Date
	Signer  string // of the certificates, too
	Title   string // of the signer
	Confirm bool   // the person has seen the warnings
}

// Limits of what is typed of a decision.
const (
	maxDecision = 64
	maxSigner   = 100
)

// Decide records the decision about a class and freezes how each learner stands, but for
// those who may write again: a later decision is about them. Findings that block, or
// warnings that nobody confirmed, come back with written false, and nothing was written. A
// second press of the same decision writes nothing and is answered as the first.
func (a *App) Decide(ctx context.Context, who Actor, id string, ask ResultAsk) (found []rule.Finding, written bool, err error) {
	ask.Number, ask.Signer, ask.Title = strings.TrimSpace(ask.Number), strings.TrimSpace(ask.Signer), strings.TrimSpace(ask.Title)
	err = a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		found = nil
		for _, x := range l.Results {
			if x.Number == ask.Number && x.On == ask.On {
				return record{}, errNothing
			}
		}
		frozen := l.toFreeze()
		found = l.decision(ask, frozen)
		if err := lessonRefused(found, ask.Confirm); err != nil {
			return record{}, err
		}
		if err := w.saveCourse(ctx, l, ask.Version); err != nil {
			return record{}, err
		}
		row := store.ResultRow{ID: newID(), Class: l.Class.ID, Number: ask.Number, On: ask.On, Signer: ask.Signer, Title: ask.Title, At: w.At, By: w.who.Name}
		if err := w.AddResult(ctx, w.Permit, row, frozen); err != nil {
			return record{}, err
		}
		r := record{object: "class/" + id + "/result/" + row.ID, after: resultRecord(row, frozen), rules: lessonRules("CLS-09", found)}
		return r, w.classTo(ctx, l, class.Running, class.Ended)
	})
	if errors.Is(err, errBlocked) {
		return found, false, nil
	}
	return found, err == nil, err
}

// Decidable counts those about whom a decision may be recorded now.
func (l Lesson) Decidable() int { return len(l.toFreeze()) }

// toFreeze is how everybody stands who is not frozen yet and does not write again.
func (l *Lesson) toFreeze() (out []store.OutcomeRow) {
	for _, x := range l.Learners {
		if x.Frozen != "" || !x.Result.Outcome.Final() {
			continue
		}
		o := store.OutcomeRow{Learner: x.ID, Outcome: x.Result.Outcome, Grade: x.Result.Grade, Attended: x.Result.Attended, Periods: x.Result.Periods}
		if x.Result.Mark != nil {
			n := int(*x.Result.Mark)
			o.Mark = &n
		}
		out = append(out, o)
	}
	return out
}

// decision judges a decision before it is recorded.
func (l *Lesson) decision(ask ResultAsk, frozen []store.OutcomeRow) (found []rule.Finding) {
	add := func(severity rule.Severity, field, format string, args ...any) {
		found = append(found, rule.Finding{Rule: "CLS-09", Cite: l.Regulation.Certificate.Cite, Severity: severity, Field: field, Message: fmt.Sprintf(format, args...)})
	}
	switch {
	case ask.Number == "":
		add(rule.Block, "number", "Cần số quyết định.")
	case utf8.RuneCountInString(ask.Number) > maxDecision:
		add(rule.Block, "number", "Dài quá %d ký tự.", maxDecision)
	}
	if utf8.RuneCountInString(ask.Signer) > maxSigner || utf8.RuneCountInString(ask.Title) > maxSigner {
		add(rule.Block, "signer", "Dài quá %d ký tự.", maxSigner)
	}
	switch {
	case ask.On.IsZero():
		add(rule.Block, "on", "Cần ngày quyết định.")
		return found
	case ask.On.After(l.Today):
		add(rule.Block, "on", "Ngày %s sau ngày hôm nay (%s).", ask.On.VN(), l.Today.VN())
	case l.Decided() && ask.On.Before(l.Results[len(l.Results)-1].On):
		add(rule.Block, "on", "Ngày %s trước quyết định trước đó của lớp (%s).", ask.On.VN(), l.Results[len(l.Results)-1].On.VN())
	}
	for _, x := range l.Learners {
		if x.Frozen == "" && ask.On.Before(x.Written[1]) {
			add(rule.Block, "on", "Ngày %s trước ngày %s viết lại bài thu hoạch %s.", ask.On.VN(), x.Name, x.Written[1].VN())
		}
	}
	found = append(found, class.MayDecide(l.Sessions, l.Open(), ask.On)...)
	if len(frozen) == 0 {
		add(rule.Block, "", "Không còn ai để công nhận: mọi người đã có kết quả, hoặc còn chờ viết lại.")
	}
	blank := 0
	for _, o := range frozen {
		if o.Outcome == class.OutcomeNone {
			blank++
		}
	}
	if blank > 0 {
		add(rule.Warn, "marks", "%d người đủ điều kiện mà chưa có điểm: sẽ được ghi là không có bài thu hoạch, sau đó không sửa được.", blank)
	}
	return found
}

// resultRecord is what the audit keeps of a decision: who stands how, by id.
func resultRecord(x store.ResultRow, frozen []store.OutcomeRow) map[string]any {
	of := map[string]class.Outcome{}
	for _, o := range frozen {
		of[o.Learner] = o.Outcome
	}
	return map[string]any{"number": x.Number, "on": x.On, "outcomes": of}
}
