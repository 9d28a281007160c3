package app

import (
	"context"
	"encoding/json"
	"fmt"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/store"
)

// Kinds of changes of the regulation.
const (
	RuleTerm     = "term"     // another figure
	RuleSet      = "set"      // a set begins
	RuleSeverity = "severity" // a warning becomes a block, or a warning again
	RuleHoliday  = "holiday"  // a day of the calendar
	RuleRevoke   = "revoke"   // an earlier change ends
)

// States of a change, as pages tell them apart.
const (
	RuleDraftState   = store.RuleDraft
	RuleInForceState = store.RuleInForce
	RuleRevokedState = store.RuleRevoked
)

// A RuleChange is a change of the regulation as the store keeps it.
type RuleChange = store.RuleChange

// A ruleDetail is what a change holds beside its subject, days, document and reason. Only
// the fields of its kind are filled.
type ruleDetail struct {
	Term     *rule.Term    `json:"term,omitempty"`     // of a term: amount, extension, start
	Set      *rule.Set     `json:"set,omitempty"`      // of a set: documents and figures
	Severity rule.Severity `json:"severity,omitempty"` // of a rule
	Day      *ruleDay      `json:"day,omitempty"`      // of the calendar
}

// A ruleDay is what a day of the calendar becomes. Drop gives it back to the program's.
type ruleDay struct {
	Off       bool      `json:"off"`
	Drop      bool      `json:"drop,omitempty"`
	Name      string    `json:"name"`
	Announced date.Date `json:"announced,omitzero"`
}

func ruleDetailOf(c RuleChange) (d ruleDetail, err error) {
	if err = json.Unmarshal([]byte(c.Detail), &d); err != nil {
		return d, fmt.Errorf("change of rules %s: %w", c.ID, err)
	}
	return d, nil
}

// A RuleBook is the regulation as it stands: the sets with all changes in force, what was
// decided of rules that warn, and the calendar. It is read whole and never changed, so
// that many may use it at once.
type RuleBook struct {
	Sets      rule.Sets
	Decisions rule.Decisions
	Calendar  date.Calendar
	version   string
	changes   []RuleChange // in force or revoked, in their order
	days      []date.Holiday
}

// Version names the state of the regulation: equal versions are the same book.
func (b RuleBook) Version() string { return b.version }

// world is what the book says to an act of a day.
func (b *RuleBook) world(today, on date.Date) admission.World {
	return admission.World{Today: today, Sets: b.Sets, Calendar: b.Calendar, Decided: b.Decisions.On(on)}
}

// rules returns the book of the store. It reads one small row; only when that names
// another version than the book at hand are the changes read, so that a change made by
// another process holds from the next transaction on.
func (a *App) rules(ctx context.Context, tx *store.Tx) (*RuleBook, error) {
	version, err := tx.RuleVersion(ctx)
	if err != nil {
		return nil, err
	}
	if b := a.book.Load(); b != nil && b.version == version {
		return b, nil
	}
	changes, err := tx.RulesInForce(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Holidays(ctx)
	if err != nil {
		return nil, err
	}
	days := make([]date.Holiday, len(rows))
	for i, r := range rows {
		days[i] = date.Holiday(r)
	}
	b, err := newRuleBook(version, changes, days)
	if err != nil {
		return nil, err
	}
	a.book.Store(b)
	return b, nil
}

// newRuleBook lays changes and days over what the program carries.
func newRuleBook(version string, changes []RuleChange, days []date.Holiday) (*RuleBook, error) {
	b := &RuleBook{version: version, changes: changes, days: days, Calendar: date.Builtin()}
	if len(days) > 0 {
		b.Calendar = b.Calendar.With(days)
	}
	var laid []rule.Change
	for _, c := range changes {
		d, err := ruleDetailOf(c)
		if err != nil {
			return nil, err
		}
		switch c.Kind {
		case RuleTerm:
			laid = append(laid, rule.Change{ID: c.ID, From: c.From, To: c.To, Document: c.Document, Term: c.Subject, Value: *d.Term})
		case RuleSet:
			laid = append(laid, rule.Change{ID: c.ID, From: c.From, To: c.To, Document: c.Document, Set: d.Set})
		case RuleSeverity:
			b.Decisions = append(b.Decisions, rule.Decision{Rule: c.Subject, Severity: d.Severity, From: c.From, To: c.To, Document: c.Document})
		}
	}
	b.Sets = admission.Regulation().With(laid)
	return b, nil
}

// with is the book as it would be with a draft in force.
func (b *RuleBook) with(c RuleChange) (*RuleBook, error) {
	changes, days := append([]RuleChange(nil), b.changes...), append([]date.Holiday(nil), b.days...)
	switch c.Kind {
	case RuleRevoke:
		for i := range changes {
			if changes[i].ID == c.Subject {
				changes[i].To = c.From.AddDays(-1)
			}
		}
	case RuleHoliday:
		d, err := ruleDetailOf(c)
		if err != nil {
			return nil, err
		}
		h := ruleHoliday(c, *d.Day)
		if !d.Day.Drop {
			days = append(days, h)
			break
		}
		kept := days[:0]
		for _, x := range days {
			if x.On != h.On {
				kept = append(kept, x)
			}
		}
		days = kept
	default:
		changes = append(changes, c)
	}
	return newRuleBook("", changes, days)
}

// ruleHoliday is the day of the calendar that a change makes. Its day is the day on which
// the change holds; its source is the document that announced it.
func ruleHoliday(c RuleChange, d ruleDay) date.Holiday {
	return date.Holiday{On: c.From, Off: d.Off, Name: d.Name, Source: c.Document, Announced: d.Announced}
}

// Rules returns the regulation as the store has it, for pages and the command line.
func (a *App) Rules(ctx context.Context) (b RuleBook, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		book, err := a.rules(ctx, tx)
		if err == nil {
			b = *book
		}
		return err
	})
	return b, err
}

// DecidedBy returns the decision by which a rule warns or blocks on a day, and false where
// nobody decided.
func (b RuleBook) DecidedBy(id string, on date.Date) (RuleChange, bool) {
	at := -1
	for i, c := range b.changes {
		if c.Kind != RuleSeverity || c.Subject != id || on.Before(c.From) || !c.To.IsZero() && on.After(c.To) {
			continue
		}
		if at < 0 || !c.From.Before(b.changes[at].From) {
			at = i
		}
	}
	if at < 0 {
		return RuleChange{}, false
	}
	return b.changes[at], true
}

// A RulesPage is the regulation with its history, for everybody who is logged in.
type RulesPage struct {
	RuleBook
	Today   date.Date
	Changes []RuleChange // of every state but drafts that were given up, the newest first
	Manages bool         // the actor may change it
}

// RulesPage returns the regulation, and what was changed of it by whom and why. Drafts
// are shown to who may change the regulation.
func (a *App) RulesPage(ctx context.Context, who Actor) (p RulesPage, err error) {
	err = a.read(ctx, who, ruleReader, func(r *reading) error {
		book, err := a.rules(ctx, r.Tx)
		if err != nil {
			return err
		}
		p.RuleBook, p.Today, p.Manages = *book, r.Today, r.managesRules()
		all, err := r.RuleChanges(ctx)
		for _, c := range all {
			if c.State == store.RuleInForce || c.State == store.RuleRevoked || c.State == store.RuleDraft && p.Manages {
				p.Changes = append(p.Changes, c)
			}
		}
		return err
	})
	return p, err
}

// RuleDesk is RulesPage for who changes the regulation; everybody else is refused.
func (a *App) RuleDesk(ctx context.Context, who Actor) (RulesPage, error) {
	p, err := a.RulesPage(ctx, who)
	if err == nil && !p.Manages {
		err = errs.E(errs.Forbidden, "error.forbidden")
	}
	return p, err
}

// A RuleValue is what a change holds, for forms and for the list of changes.
type RuleValue struct {
	Term      *rule.Term
	Set       *rule.Set
	Severity  rule.Severity
	Off, Drop bool
	Name      string
	Announced date.Date
}

// RuleValueOf reads what a change holds.
func RuleValueOf(c RuleChange) (RuleValue, error) {
	d, err := ruleDetailOf(c)
	v := RuleValue{Term: d.Term, Set: d.Set, Severity: d.Severity}
	if d.Day != nil {
		v.Off, v.Drop, v.Name, v.Announced = d.Day.Off, d.Day.Drop, d.Day.Name, d.Day.Announced
	}
	return v, err
}
