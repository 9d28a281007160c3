package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/directive"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// Kinds of what a reader proposes, and what a person made of it.
const (
	KindTask    = "task"
	KindTarget  = "target"
	KindCeiling = "ceiling"

	ProposalOpen     = "open"
	ProposalAccepted = "accepted"
	ProposalRejected = "rejected"
)

// A Proposal is a task, a target or a ceiling that the reader found in a clause, with
// where its words stand there. One of Task, Target and Ceiling is set.
type Proposal struct {
	Seq    int    `json:"-"`
	Kind   string `json:"-"`
	State  string `json:"-"`
	Clause string `json:"-"`

	From int `json:"from"` // bytes of the clause's text
	To   int `json:"to"`

	Task    *TaskProposal      `json:"task,omitempty"`
	Target  *TargetProposal    `json:"target,omitempty"`
	Ceiling *directive.Ceiling `json:"ceiling,omitempty"`
}

// A TaskProposal is a duty and for whom it will open.
type TaskProposal struct {
	directive.Task
	For Doers `json:"for"`
}

// A TargetProposal is a range for a kind of unit, and the years for which it will be spread.
type TargetProposal struct {
	directive.Target
	Years []int `json:"years"`
}

// A DocumentPage is a letter with its proposals and, once confirmed, what came of them.
type DocumentPage struct {
	store.Document
	Letter    directive.Letter
	Proposals []Proposal
	Outcomes  []Outcome // of a confirmed letter, in the order of its proposals
	Line      []org.Unit
	Today     date.Date
	MayEnter  bool
	Spread    map[int]int // of a draft, by proposal: how many units a target or task will reach
}

// Draft reports whether the letter still waits to be confirmed.
func (p DocumentPage) Draft() bool { return p.State == store.Draft }

// Proposal returns the proposal with the number seq. It fails with NotFound.
func (p DocumentPage) Proposal(seq int) (Proposal, error) {
	for _, q := range p.Proposals {
		if q.Seq == seq {
			return q, nil
		}
	}
	return Proposal{}, errs.E(errs.NotFound, "document.none")
}

// Open returns how many proposals still wait for a decision.
func (p DocumentPage) Open() int {
	n := 0
	for _, q := range p.Proposals {
		if q.State == ProposalOpen {
			n++
		}
	}
	return n
}

// EnterLetter reads a text into a draft, which a person corrects and confirms. unit is
// the committee that enters it; "" takes the first on which the actor may.
func (a *App) EnterLetter(ctx context.Context, who Actor, unit, text string) (id string, err error) {
	letter, err := directive.Read(text)
	if err != nil {
		e := errs.E(errs.Invalid, "letter.unreadable", "why", err.Error()).On("text")
		return "", e.Because(err)
	}
	fields, err := json.Marshal(letter)
	if err != nil {
		return "", fmt.Errorf("letter: %w", err)
	}
	find := func(tx *store.Tx) (order, error) { return a.enterOrder(ctx, tx, who, unit) }
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		if w.Permit.Unit() == 0 {
			return record{}, errs.E(errs.NotFound, "unit.none")
		}
		rows, err := proposalRows(propose(letter, w.Today))
		if err != nil {
			return record{}, err
		}
		id = newID()
		d := store.Document{ID: id, Unit: w.Permit.Unit(), State: store.Draft, Symbol: letter.Symbol, Subject: letter.Subject,
			IssuedOn: letter.Date, Fields: string(fields), Text: text, EnteredAt: w.At, EnteredBy: w.who.Name}
		return record{object: "document/" + id, after: map[string]string{"symbol": letter.Symbol}}, w.AddDocument(ctx, w.Permit, d, rows)
	})
	return id, err
}

func (a *App) enterOrder(ctx context.Context, tx *store.Tx, who Actor, unit string) (order, error) {
	if unit != "" {
		return atCode(ctx, access.EnterDocument, access.SeeDocument, unit)(tx)
	}
	o := order{right: access.EnterDocument, see: access.SeeDocument}
	today, err := a.today(ctx, tx)
	if err != nil {
		return o, err
	}
	s, err := scope(ctx, tx, who, today, access.EnterDocument)
	if roots := s.Roots(); len(roots) > 0 {
		o.unit = roots[0]
	}
	return o, err
}

// propose draws the proposals from a letter, in the order of its clauses.
func propose(l directive.Letter, today date.Date) []Proposal {
	var out []Proposal
	years := targetYears(l, today)
	for _, c := range l.Clauses {
		for _, t := range l.Targets {
			if t.Clause == c.No {
				out = append(out, Proposal{Kind: KindTarget, Clause: c.No, From: t.Span.From, To: t.Span.To, Target: &TargetProposal{Target: t, Years: years}})
			}
		}
		for _, x := range l.Ceilings {
			if x.Clause == c.No {
				out = append(out, Proposal{Kind: KindCeiling, Clause: c.No, From: x.Span.From, To: x.Span.To, Ceiling: &x})
			}
		}
		for _, t := range l.Tasks {
			if t.Clause == c.No {
				out = append(out, Proposal{Kind: KindTask, Clause: c.No, From: t.Span.From, To: t.Span.To, Task: &TaskProposal{Task: t, For: guessDoers(t.Doer)}})
			}
		}
	}
	for i := range out {
		out[i].Seq, out[i].State = i+1, ProposalOpen
	}
	return out
}

// targetYears are the years a letter speaks of: those of its ceilings, or that of its date.
func targetYears(l directive.Letter, today date.Date) []int {
	var years []int
	for _, c := range l.Ceilings {
		years = append(years, c.Years...)
	}
	slices.Sort(years)
	if years = slices.Compact(years); len(years) > 0 {
		return years
	}
	if !l.Date.IsZero() {
		return []int{l.Date.Year()}
	}
	return []int{today.Year()}
}

func proposalRows(proposals []Proposal) ([]store.Proposal, error) {
	rows := make([]store.Proposal, len(proposals))
	for i, p := range proposals {
		fields, err := json.Marshal(p)
		if err != nil {
			return nil, fmt.Errorf("proposal: %w", err)
		}
		rows[i] = store.Proposal{Seq: p.Seq, Kind: p.Kind, Clause: p.Clause, State: p.State, Fields: string(fields)}
	}
	return rows, nil
}

func proposalOf(r store.Proposal) (Proposal, error) {
	p := Proposal{}
	if err := json.Unmarshal([]byte(r.Fields), &p); err != nil {
		return p, fmt.Errorf("proposal %d: %w", r.Seq, err)
	}
	p.Seq, p.Kind, p.Clause, p.State = r.Seq, r.Kind, r.Clause, r.State
	return p, nil
}

// Document returns a letter. A draft is seen only by who may enter documents there.
func (a *App) Document(ctx context.Context, who Actor, id string) (p DocumentPage, err error) {
	err = a.read(ctx, who, access.SeeDocument, func(r *reading) error {
		d, rows, err := r.Tx.Document(ctx, id)
		if err != nil {
			return err
		}
		p = DocumentPage{Document: d, Today: r.Today}
		if err := r.mayRead(ctx, &p); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(d.Fields), &p.Letter); err != nil {
			return fmt.Errorf("document %s: %w", id, err)
		}
		for _, row := range rows {
			q, err := proposalOf(row)
			if err != nil {
				return err
			}
			p.Proposals = append(p.Proposals, q)
		}
		if d.State == store.Draft {
			p.Spread, err = reach(ctx, r.Tx, d.Unit, p.Proposals)
			return err
		}
		return a.cameOf(ctx, r, &p)
	})
	return p, err
}

// holds reports whether the actor holds a right on the unit with which a line begins.
func (r *reading) holds(ctx context.Context, right access.Right, line []org.UnitNo) (bool, error) {
	s, err := r.scopeFor(ctx, right)
	return s.Covers(line), err
}

// mayRead hides a document from who stands neither over nor under the unit that holds it.
func (r *reading) mayRead(ctx context.Context, p *DocumentPage) error {
	line, err := r.LineUnits(ctx, p.Document.Unit)
	if err != nil {
		return err
	}
	p.Line = line
	if p.MayEnter, err = r.holds(ctx, access.EnterDocument, numbers(line)); err != nil || p.MayEnter {
		return err
	}
	above, err := r.unitsAbove(ctx)
	if err != nil {
		return err
	}
	seen := r.Scope.Covers(numbers(line)) || slices.Contains(above, p.Document.Unit)
	if !seen || p.State == store.Draft {
		return errs.E(errs.NotFound, "document.none")
	}
	return nil
}

// DiscardDraft takes back a draft.
func (a *App) DiscardDraft(ctx context.Context, who Actor, id string) error {
	return a.write(ctx, who, a.documentOrder(ctx, id), func(w *writing) (record, error) {
		return record{object: "document/" + id, before: "draft"}, w.DeleteDraft(ctx, w.Permit, id)
	})
}

func (a *App) documentOrder(ctx context.Context, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.DocumentUnit(ctx, id)
		return order{right: access.EnterDocument, see: access.EnterDocument, unit: unit}, err
	}
}

// CorrectLetter writes corrected fields of a draft. version is the one it was read with.
func (a *App) CorrectLetter(ctx context.Context, who Actor, id string, version int, correct func(*directive.Letter) error) error {
	return a.write(ctx, who, a.documentOrder(ctx, id), func(w *writing) (record, error) {
		d, _, err := w.Tx.Document(ctx, id)
		if err != nil {
			return record{}, err
		}
		var l directive.Letter
		if err := json.Unmarshal([]byte(d.Fields), &l); err != nil {
			return record{}, fmt.Errorf("document %s: %w", id, err)
		}
		if err := correct(&l); err != nil {
			return record{}, err
		}
		l.Number, l.Kind = partsOf(l.Symbol)
		fields, err := json.Marshal(l)
		if err != nil {
			return record{}, fmt.Errorf("letter: %w", err)
		}
		d.Fields, d.Symbol, d.Subject, d.IssuedOn, d.State = string(fields), l.Symbol, l.Subject, l.Date, store.Draft
		return record{object: "document/" + id, after: map[string]string{"symbol": d.Symbol}}, w.SaveDocument(ctx, w.Permit, d, version)
	})
}

// DecideProposal writes what a person made of proposals: accepted or rejected, with the
// fields as corrected by change, which may be nil. version is that of the letter as it was
// seen; deciding again what is decided so already changes nothing and never is stale.
func (a *App) DecideProposal(ctx context.Context, who Actor, id string, version int, seqs []int, state string, change func(*Proposal) error) error {
	if state != ProposalAccepted && state != ProposalRejected && state != ProposalOpen {
		return errs.E(errs.Invalid, "document.decision")
	}
	return a.write(ctx, who, a.documentOrder(ctx, id), func(w *writing) (record, error) {
		d, rows, err := w.Tx.Document(ctx, id)
		if err != nil {
			return record{}, err
		}
		rows = slices.DeleteFunc(rows, func(r store.Proposal) bool { return !slices.Contains(seqs, r.Seq) })
		if len(rows) == 0 || len(rows) != len(slices.Compact(slices.Sorted(slices.Values(seqs)))) {
			return record{}, errs.E(errs.NotFound, "document.none")
		}
		result := record{object: "document/" + id, after: map[string]any{"proposals": seqs, "state": state}}
		decided := func(r store.Proposal) bool { return r.State == state }
		if change == nil && !slices.ContainsFunc(rows, func(r store.Proposal) bool { return !decided(r) }) {
			return result, nil
		}
		if d.State != store.Draft {
			return record{}, errs.E(errs.Stale, "document.stale")
		}
		if err := w.SaveDocument(ctx, w.Permit, d, version); err != nil {
			return record{}, err
		}
		return result, w.decide(ctx, id, rows, state, change)
	})
}

func (w *writing) decide(ctx context.Context, id string, rows []store.Proposal, state string, change func(*Proposal) error) error {
	for _, row := range rows {
		p, err := proposalOf(row)
		if err != nil {
			return err
		}
		if change != nil {
			if err := change(&p); err != nil {
				return err
			}
			if err := p.check(); err != nil {
				return err
			}
		}
		p.State = state
		saved, err := proposalRows([]Proposal{p})
		if err != nil {
			return err
		}
		if err := w.SaveProposal(ctx, w.Permit, id, saved[0]); err != nil {
			return err
		}
	}
	return nil
}
