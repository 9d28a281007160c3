package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// beforeTerms is the term of committees that have recorded none: one series without end,
// begun on the day the Party was founded.
var beforeTerms = date.Must("1930-02-03") //nolint:gochecknoglobals // a date never changes

// seriesOf is the series from which a unit's papers of a kind take their numbers on a day.
func seriesOf(ctx context.Context, tx *store.Tx, unit org.UnitNo, kind string, on date.Date) (store.Series, error) {
	s := store.Series{Unit: unit, Kind: kind, Term: beforeTerms}
	line, err := tx.Line(ctx, unit)
	if err != nil {
		return s, err
	}
	term, ok, err := tx.TermOn(ctx, line, on)
	if ok {
		s.Term = term
	}
	return s, err
}

// takeNumbers takes the next n numbers of a unit's papers of a kind, within the term that
// runs on a day (PAPER-08), and returns the first. They are taken with the transaction:
// when it fails, the next one gets them.
func (w *writing) takeNumbers(ctx context.Context, unit org.UnitNo, kind string, on date.Date, n int) (first int, err error) {
	s, err := seriesOf(ctx, w.Tx, unit, kind, on)
	if err != nil {
		return 0, err
	}
	return w.TakeNumbers(ctx, w.Permit, s, n)
}

// A NumberPage is the register of a unit's outgoing papers.
type NumberPage struct {
	Unit   org.Unit
	Series []store.SeriesRow // the latest term first
	Shown  store.SeriesRow
	Papers []store.PaperRow // of the shown series, the highest number first
	Next   int              // the number below which the next page goes on; 0 at the end
	May    bool             // the actor may say which number was used last
	Since  date.Date        // the first day of the running term; zero where none is recorded
	Head   store.Letterhead // as it is printed
	Today  date.Date
}

// Limits of the register.
const (
	numbersShown = 100
	maxNumber    = 99999
)

// Numbers returns the register of outgoing papers of a unit: those of a kind and a term,
// or of the latest series where kind is empty, below a number.
func (a *App) Numbers(ctx context.Context, who Actor, unit, kind string, term date.Date, below int) (p NumberPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		p.Unit, p.Today = u, r.Today
		if p.Series, err = r.AllSeries(ctx, u.No); err != nil {
			return err
		}
		if p.Since, _, err = r.TermOn(ctx, line, r.Today); err != nil {
			return err
		}
		heads, err := letterheads(ctx, r.Tx, []org.Unit{u}, r.Today)
		if err != nil {
			return err
		}
		p.Head = heads[u.No]
		p.May = a.mayNumber(who, r.Today, u, line)
		if len(p.Series) == 0 {
			return nil
		}
		p.Shown = p.Series[0]
		for _, s := range p.Series {
			if s.Kind == kind && s.Term == term {
				p.Shown = s
			}
		}
		p.Papers, err = r.PaperRegister(ctx, p.Shown.Series, below, numbersShown+1)
		if len(p.Papers) > numbersShown {
			p.Papers = p.Papers[:numbersShown]
			p.Next = p.Papers[numbersShown-1].Number
		}
		return err
	})
	return p, err
}

// numberRight is the right of who keeps a unit's register.
func numberRight(u org.Unit) access.Right {
	switch u.Type {
	case org.Branch, org.BaseBranch:
		return access.RecordBranch
	case org.BaseCommittee, org.SectionalCommittee:
		return access.RecordBase
	}
	return access.RecordBoard
}

func (a *App) mayNumber(who Actor, today date.Date, u org.Unit, line []org.UnitNo) bool {
	return who.may(numberRight(u), today, line)
}

// SetLastNumber says which number of a kind the unit has used last on paper, so that ours
// go on from there. It never goes below the number of a paper that stands: no number twice.
func (a *App) SetLastNumber(ctx context.Context, who Actor, unit, kind string, last int, reason string) error {
	kind, reason = strings.TrimSpace(kind), strings.TrimSpace(reason)
	return a.write(ctx, who, a.numberOrder(ctx, unit), func(w *writing) (record, error) {
		switch {
		case !document.ValidKind(kind):
			return record{}, errs.E(errs.Invalid, "paper.kind", "kind", kind).On("kind")
		case last < 0 || last > maxNumber:
			return record{}, errs.E(errs.Invalid, "paper.last", "most", maxNumber).On("last")
		case reason == "":
			return record{}, errs.E(errs.Invalid, "paper.reason").On("reason")
		}
		s, err := seriesOf(ctx, w.Tx, w.Permit.Unit(), kind, w.Today)
		if err != nil {
			return record{}, err
		}
		issued, err := w.PaperRegister(ctx, s, 0, numbersShown)
		if err != nil {
			return record{}, err
		}
		for _, p := range issued {
			if p.State == store.PaperIssued && p.Number > last {
				return record{}, errs.E(errs.Conflict, "paper.last_issued", "number", document.FormatNumber(p.Number, p.Symbol)).On("last")
			}
		}
		was, err := w.LastNumber(ctx, s)
		if err != nil {
			return record{}, err
		}
		return record{object: "number/" + kind, before: map[string]int{"last": was}, after: map[string]any{"last": last, "reason": reason}, rules: "PAPER-08"},
			w.Tx.SetLastNumber(ctx, w.Permit, s, last)
	})
}

// BeginTerm records the first day of a committee's term: numbers begin again at 01.
func (a *App) BeginTerm(ctx context.Context, who Actor, unit string, from date.Date) error {
	return a.write(ctx, who, a.numberOrder(ctx, unit), func(w *writing) (record, error) {
		if from.IsZero() || from.After(w.Today) {
			return record{}, errs.E(errs.Invalid, "paper.term", "today", w.Today.VN()).On("from")
		}
		return record{object: "number/term", after: map[string]date.Date{"from": from}, rules: "PAPER-08"},
			w.AddTerm(ctx, w.Permit.Unit(), from)
	})
}

// numberOrder asks for the right of who keeps the register of a unit.
func (a *App) numberOrder(ctx context.Context, unit string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		u, err := unitByCode(ctx, tx, unit)
		return order{right: numberRight(u), see: access.SeeFile, unit: u.No, none: "unit.none"}, unitNone(err)
	}
}

// numberedBy says whose paper an act is on and of what kind, where it is numbered in a
// register of ours.
func numberedBy(c admission.Code, above org.Above, branch org.UnitNo) (issuer org.UnitNo, kind string) {
	switch c {
	case admission.BranchResolution, admission.ProposeRecognition, admission.ProposeRemoval:
		return branch, "NQ"
	case admission.BaseResolution, admission.BaseRecognition:
		return above.Base, "NQ"
	case admission.Decide, admission.Recognize, admission.Remove:
		return above.Competent, "QĐ"
	case admission.Refuse:
		return above.Competent, "TB"
	}
	return 0, ""
}

// countNumber tells the register of a number that somebody wrote by hand with an act, so
// that no paper takes it again.
func (w *writing) countNumber(ctx context.Context, act admission.Act, branch org.UnitNo) error {
	n, symbol, ok := document.ParseNumber(act.Number)
	if !ok || n > maxNumber {
		return nil
	}
	line, err := w.LineUnits(ctx, branch)
	if err != nil {
		return err
	}
	issuer, kind := numberedBy(act.Code, org.AboveOf(line), branch)
	i := slices.IndexFunc(line, func(u org.Unit) bool { return u.No == issuer })
	if i < 0 {
		return nil
	}
	heads, err := w.Letterheads(ctx, []org.UnitNo{issuer})
	if err != nil {
		return err
	}
	if symbol != kind+"/"+cmp.Or(heads[issuer].Symbol, document.SymbolOf(line[i])) {
		return nil // of another office, or of its time on paper
	}
	s, err := seriesOf(ctx, w.Tx, issuer, kind, act.On)
	if err != nil {
		return err
	}
	return w.RaiseNumber(ctx, w.Permit, s, n)
}
