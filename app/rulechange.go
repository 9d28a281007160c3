package app

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/store"
)

// ruleReader is the right by which everybody with a role sees the regulation.
const ruleReader = access.SeeUnit

func (r *reading) managesRules() bool {
	return r.who.system || r.who.Has(access.ManageSetting, r.Today)
}

// ruleOrder is the order of a write to the regulation, which belongs to no unit. Everybody
// sees the regulation, so that who may not change it is told so.
func (a *App) ruleOrder(ctx context.Context, who Actor) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		today, err := a.today(ctx, tx)
		if err == nil && !who.system && !who.Has(access.ManageSetting, today) {
			err = errs.E(errs.Forbidden, "error.forbidden")
		}
		return order{right: access.ManageSetting, see: ruleReader}, err
	}
}

// A NewRuleChange is what a form asks of a change. Only the fields of its kind count.
type NewRuleChange struct {
	Kind       string
	Subject    string // the term, set, rule or change
	From       date.Date
	Document   string
	DocumentOn date.Date
	Reason     string

	Amount    int        // of a term
	Extension int        // working days
	Start     rule.Start // of DL-80

	Documents  []string // of a set
	Figures    []RuleFigure
	Confidence rule.Confidence

	Severity rule.Severity // of a rule

	Off, Drop bool // of a day: off work, or given back to the program's calendar
	Name      string
	Announced date.Date
}

// A RuleFigure is a figure that a new set states.
type RuleFigure struct {
	Term      string
	Amount    int
	Extension int
	Start     rule.Start
	Clause    string // of the set's first document
}

// Limits of what a change may say.
const (
	maxRuleText    = 200
	maxRuleReason  = 1000
	maxRuleDays    = 400
	maxRuleMonths  = 1200
	maxExtension   = 200
	maxRuleSources = 12
)

// DraftRule keeps a change as a draft: nothing is judged by it until it is applied. Where
// there are many open files it asks for a job that rehearses it.
func (a *App) DraftRule(ctx context.Context, who Actor, n NewRuleChange) (id string, err error) {
	n.Subject, n.Document, n.Reason, n.Name = strings.TrimSpace(n.Subject), strings.TrimSpace(n.Document), strings.TrimSpace(n.Reason), strings.TrimSpace(n.Name)
	id = newID()
	err = a.write(ctx, who, a.ruleOrder(ctx, who), func(w *writing) (record, error) {
		book, err := a.rules(ctx, w.Tx)
		if err != nil {
			return record{}, err
		}
		c := RuleChange{ID: id, Kind: n.Kind, Subject: n.Subject, From: n.From, Document: n.Document, DocumentOn: n.DocumentOn, Reason: n.Reason,
			MadeAt: w.At, MadeBy: w.who.Name}
		d, err := book.detail(n, w.Today)
		if err != nil {
			return record{}, err
		}
		if n.Kind == RuleHoliday {
			c.Subject = n.From.String()
		}
		text, err := json.Marshal(d)
		if err != nil {
			return record{}, fmt.Errorf("change of rules: %w", err)
		}
		c.Detail = string(text)
		if err := w.AddRuleChange(ctx, w.Permit, c); err != nil {
			return record{}, err
		}
		return record{object: "rule/" + id, after: ruleRecord(c, store.RuleDraft), rules: ruleNamed(c)}, a.beginRehearsal(ctx, w, id, book)
	})
	return id, err
}

// ruleRecord is what the audit keeps of a change.
func ruleRecord(c RuleChange, state string) map[string]any {
	return map[string]any{"state": state, "kind": c.Kind, "subject": c.Subject, "from": c.From, "document": c.Document,
		"reason": c.Reason, "detail": json.RawMessage(c.Detail)}
}

// ruleNamed is the rule that a change is about, for the audit.
func ruleNamed(c RuleChange) string {
	switch c.Kind {
	case RuleTerm, RuleSeverity:
		id, _, _ := strings.Cut(c.Subject, " ")
		return id
	case RuleHoliday:
		return "CAL-05"
	}
	return "ADM-00"
}

// detail judges a change against the book and draws its values. A field that is wrong is
// named.
func (b *RuleBook) detail(n NewRuleChange, today date.Date) (d ruleDetail, err error) {
	if err := ruleTexts(n); err != nil {
		return d, err
	}
	switch n.Kind {
	case RuleTerm:
		d.Term, err = b.newTerm(n)
	case RuleSet:
		d.Set, err = b.newSet(n)
	case RuleSeverity:
		d.Severity, err = b.newSeverity(n)
	case RuleHoliday:
		d.Day, err = b.newDay(n)
	case RuleRevoke:
		err = b.newRevocation(n, today)
	default:
		err = errs.E(errs.Invalid, "rule.kind")
	}
	return d, err
}

func ruleTexts(n NewRuleChange) error {
	switch {
	case n.From.IsZero() && n.Kind == RuleHoliday:
		return errs.E(errs.Invalid, "holiday.day").On("from")
	case n.From.IsZero():
		return errs.E(errs.Invalid, "rule.from").On("from")
	case n.Document == "":
		return errs.E(errs.Invalid, "rule.document").On("document")
	case utf8.RuneCountInString(n.Document) > maxRuleText:
		return errs.E(errs.Invalid, "rule.long", "n", maxRuleText).On("document")
	case n.Reason == "":
		return errs.E(errs.Invalid, "rule.reason").On("reason")
	case utf8.RuneCountInString(n.Reason) > maxRuleReason:
		return errs.E(errs.Invalid, "rule.long", "n", maxRuleReason).On("reason")
	}
	return nil
}

func (b *RuleBook) newTerm(n NewRuleChange) (*rule.Term, error) {
	info, ok := admission.TermByID(n.Subject)
	if !ok {
		return nil, errs.E(errs.Invalid, "rule.term").On("subject")
	}
	t, err := ruleFigure(info, RuleFigure{Amount: n.Amount, Extension: n.Extension, Start: n.Start}, "amount", "extension", "start")
	if err != nil {
		return nil, err
	}
	was, err := b.Sets.Term(info.ID, n.From)
	if err == nil && was.Amount == t.Amount && was.Extension == t.Extension && was.Start == t.Start {
		return nil, errs.E(errs.Invalid, "rule.same").On("amount")
	}
	return &t, err
}

// ruleFigure judges one figure; the names are those of its fields in the form.
func ruleFigure(info admission.TermInfo, f RuleFigure, amount, extension, start string) (rule.Term, error) {
	t := rule.Term{Amount: f.Amount, Unit: info.Unit, Extension: f.Extension}
	most := maxRuleDays
	if info.Unit == rule.Months {
		most = maxRuleMonths
	}
	switch {
	case t.Amount < 1 || t.Amount > most:
		return t, errs.E(errs.Invalid, "rule.amount", "most", most).On(amount)
	case t.Extension < 0 || t.Extension > maxExtension:
		return t, errs.E(errs.Invalid, "rule.extension", "most", maxExtension).On(extension)
	case t.Extension > 0 && !info.Extends:
		return t, errs.E(errs.Invalid, "rule.no_extension").On(extension)
	case info.Starts && f.Start != rule.Received && f.Start != rule.Issued:
		return t, errs.E(errs.Invalid, "rule.start").On(start)
	}
	if info.Starts {
		t.Start = f.Start
	}
	return t, nil
}

var ruleSetID = regexp.MustCompile(`^RS-[0-9]{4}[A-Z0-9-]{0,12}$`)

func (b *RuleBook) newSet(n NewRuleChange) (*rule.Set, error) {
	known := func(s rule.Set) bool { return s.ID == n.Subject }
	forms := func(f admission.FormsChange) bool { return f.ID == n.Subject }
	switch {
	case !ruleSetID.MatchString(n.Subject):
		return nil, errs.E(errs.Invalid, "rule.set.id").On("subject")
	case slices.ContainsFunc(b.Sets, known) || slices.ContainsFunc(admission.FormsChanges(), forms):
		return nil, errs.E(errs.Conflict, "rule.set.taken", "id", n.Subject).On("subject")
	case len(n.Documents) == 0:
		return nil, errs.E(errs.Invalid, "rule.set.documents").On("documents")
	case len(n.Documents) > maxRuleSources || slices.ContainsFunc(n.Documents, func(d string) bool { return utf8.RuneCountInString(d) > maxRuleText }):
		return nil, errs.E(errs.Invalid, "rule.set.documents_long", "n", maxRuleSources).On("documents")
	case n.Confidence != rule.Sourced && n.Confidence != rule.Remembered:
		return nil, errs.E(errs.Invalid, "rule.set.confidence").On("confidence")
	}
	for i, s := range b.Sets { // the parts into which changed figures cut a set are one set
		if s.From == n.From && (i == 0 || b.Sets[i-1].ID != s.ID) {
			return nil, errs.E(errs.Invalid, "rule.set.same_day", "id", s.ID).On("from")
		}
	}
	set := &rule.Set{ID: n.Subject, Documents: n.Documents, Terms: map[string]rule.Term{}}
	for _, f := range n.Figures {
		info, ok := admission.TermByID(f.Term)
		if !ok {
			return nil, errs.E(errs.Invalid, "rule.term").On("figure-" + f.Term)
		}
		field := RuleField(f.Term)
		t, err := ruleFigure(info, f, field, field+"-extension", field+"-start")
		if err != nil {
			return nil, err
		}
		t.Cite, t.Confidence = n.Documents[0], n.Confidence
		if clause := strings.TrimSpace(f.Clause); clause != "" {
			t.Cite += ", " + clause
		}
		set.Terms[f.Term] = t
	}
	return set, nil
}

// RuleField is the name of the field for a figure in the form of a set.
func RuleField(term string) string { return "figure-" + strings.ReplaceAll(term, " ", "-") }

func (b *RuleBook) newSeverity(n NewRuleChange) (rule.Severity, error) {
	info, ok := admission.RuleByID(n.Subject)
	now := cmpSeverity(b.Decisions.On(n.From)[n.Subject], info.Default)
	switch {
	case !ok:
		return "", errs.E(errs.Invalid, "rule.unknown").On("subject")
	case info.Fixed:
		return "", errs.E(errs.Invalid, "rule.fixed", "rule", info.ID).On("subject")
	case !info.Turnable():
		return "", errs.E(errs.Invalid, "rule.sourced", "rule", info.ID).On("subject")
	case n.Severity != rule.Warn && n.Severity != rule.Block:
		return "", errs.E(errs.Invalid, "rule.severity").On("severity")
	case n.Severity == now:
		return "", errs.E(errs.Invalid, "rule.same_severity", "day", n.From.VN()).On("severity")
	}
	return n.Severity, nil
}

func cmpSeverity(decided, usual rule.Severity) rule.Severity {
	if decided != "" {
		return decided
	}
	return usual
}

// Severity is what a rule does to acts of a day: what was decided of it, or else its own.
func (b RuleBook) Severity(info admission.RuleInfo, on date.Date) rule.Severity {
	if !info.Turnable() {
		return info.Default
	}
	return cmpSeverity(b.Decisions.On(on)[info.ID], info.Default)
}

func (b *RuleBook) newDay(n NewRuleChange) (*ruleDay, error) {
	if _, _, err := b.Calendar.IsWorking(n.From); err != nil {
		return nil, errs.E(errs.Invalid, "rule.year").On("from").Because(err)
	}
	set := slices.ContainsFunc(b.days, func(h date.Holiday) bool { return h.On == n.From })
	switch {
	case n.Drop && !set:
		return nil, errs.E(errs.Invalid, "holiday.not_found").On("from")
	case n.Drop:
		return &ruleDay{Drop: true}, nil
	case n.Name == "":
		return nil, errs.E(errs.Invalid, "holiday.name").On("name")
	case utf8.RuneCountInString(n.Name) > maxRuleText:
		return nil, errs.E(errs.Invalid, "rule.long", "n", maxRuleText).On("name")
	}
	return &ruleDay{Off: n.Off, Name: n.Name, Announced: n.Announced}, nil
}

// newRevocation judges the end of an earlier change: From is the first day on which it
// holds no more. A set that acts were judged by is not taken away: another one follows it.
func (b *RuleBook) newRevocation(n NewRuleChange, today date.Date) error {
	at := slices.IndexFunc(b.changes, func(c RuleChange) bool { return c.ID == n.Subject && c.State == store.RuleInForce })
	if at < 0 {
		return errs.E(errs.Stale, "rule.stale")
	}
	switch c := b.changes[at]; {
	case c.Kind == RuleHoliday || c.Kind == RuleRevoke:
		return errs.E(errs.Invalid, "rule.not_revocable")
	case c.Kind == RuleSet && !c.From.After(today):
		return errs.E(errs.Invalid, "rule.set.begun", "id", c.Subject)
	case c.Kind == RuleSet && n.From != c.From:
		return errs.E(errs.Invalid, "rule.set.whole", "day", c.From.VN()).On("from")
	case n.From.Before(c.From):
		return errs.E(errs.Invalid, "rule.revoke_before", "day", c.From.VN()).On("from")
	}
	return nil
}

// ApplyRule brings a draft into force. The days of open files are drawn anew by a job that
// it asks for; a caller who wants to see it done may take the steps of Redraw as well.
// A draft that was not tried on all open files is refused unless untried says that the
// actor knows. It fails with Stale where the draft is none any more.
func (a *App) ApplyRule(ctx context.Context, who Actor, id string, version int, untried bool) error {
	return a.write(ctx, who, a.ruleOrder(ctx, who), func(w *writing) (record, error) {
		c, err := w.Tx.RuleChange(ctx, id)
		if err != nil {
			return record{}, err
		}
		book, err := a.rules(ctx, w.Tx)
		if err != nil {
			return record{}, err
		}
		if err := book.still(c, w.Today); err != nil {
			return record{}, err
		}
		if tried, err := a.rehearsed(ctx, w, id); err != nil {
			return record{}, err
		} else if !tried && !untried {
			return record{}, errs.E(errs.Invalid, "rule.untried").On("untried")
		}
		if err := w.Tx.ApplyRuleChange(ctx, w.Permit, id, version, w.At, w.who.Name); err != nil {
			return record{}, err
		}
		if err := w.applyRule(ctx, c); err != nil {
			return record{}, err
		}
		if err := w.DropRehearsal(ctx, w.Permit, id); err != nil {
			return record{}, err
		}
		if err := w.Enqueue(ctx, redrawJob(id)); err != nil {
			return record{}, err
		}
		return record{object: "rule/" + id, before: map[string]string{"state": c.State, "version": book.version}, after: ruleRecord(c, store.RuleInForce), rules: ruleNamed(c)},
			w.SetRuleVersion(ctx, w.Permit, newID())
	})
}

// still judges a draft once more against the book as it has become since it was written.
func (b *RuleBook) still(c RuleChange, today date.Date) error {
	if c.State != store.RuleDraft {
		return errs.E(errs.Stale, "rule.stale")
	}
	switch c.Kind {
	case RuleSet:
		if slices.ContainsFunc(b.Sets, func(s rule.Set) bool { return s.ID == c.Subject || s.Change != "" && s.From == c.From }) {
			return errs.E(errs.Conflict, "rule.set.taken", "id", c.Subject)
		}
	case RuleRevoke:
		return b.newRevocation(NewRuleChange{Subject: c.Subject, From: c.From}, today)
	}
	return nil
}

// applyRule does beside the change itself what it orders.
func (w *writing) applyRule(ctx context.Context, c RuleChange) error {
	switch c.Kind {
	case RuleRevoke:
		return w.Tx.RevokeRuleChange(ctx, w.Permit, c.Subject, c.ID, c.From.AddDays(-1))
	case RuleHoliday:
		d, err := ruleDetailOf(c)
		if err != nil {
			return err
		}
		if d.Day.Drop {
			return w.Tx.DropHoliday(ctx, c.From)
		}
		return w.Tx.SetHoliday(ctx, store.Holiday(ruleHoliday(c, *d.Day)))
	}
	return nil
}

// DropRule gives a draft up.
func (a *App) DropRule(ctx context.Context, who Actor, id string, version int) error {
	return a.write(ctx, who, a.ruleOrder(ctx, who), func(w *writing) (record, error) {
		c, err := w.Tx.RuleChange(ctx, id)
		if err != nil {
			return record{}, err
		}
		if err := w.DropRehearsal(ctx, w.Permit, id); err != nil {
			return record{}, err
		}
		return record{object: "rule/" + id, before: map[string]string{"state": c.State}, after: map[string]string{"state": store.RuleDropped}, rules: ruleNamed(c)},
			w.DropRuleChange(ctx, w.Permit, id, version)
	})
}
