package app

import (
	"context"
	"errors"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
	"ketnap/union"
)

// union returns the union of a code when the scope covers it or the party unit beside it,
// else NotFound.
func (r *reading) union(ctx context.Context, code string) (org.Unit, error) {
	u, err := unitByCode(ctx, r.Tx, code)
	if err != nil {
		return u, unitNone(err)
	}
	seen, err := r.UnionSeen(ctx, u.No, r.Scope)
	if err != nil {
		return u, err
	}
	if !seen || u.Type != org.Union {
		return org.Unit{}, errs.E(errs.NotFound, "unit.none")
	}
	return u, nil
}

// unionPeople are the scopes in which the actor may read who was introduced: that of the
// union's own officers, and that of the offices that see candidates. The propaganda board
// sees unions, but nobody's name (SEC-08).
func (r *reading) unionPeople(ctx context.Context) ([]access.Scope, error) {
	own, err := r.scopeFor(ctx, access.RecordUnion)
	if err != nil {
		return nil, err
	}
	party, err := r.scopeFor(ctx, access.SeeFile)
	return []access.Scope{own, party}, err
}

// unionOrder asks for a right of the union's officers on a union.
func unionOrder(ctx context.Context, code string, found *org.Unit) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		u, err := unitByCode(ctx, tx, code)
		if err == nil && u.Type != org.Union {
			err = errs.E(errs.NotFound, "unit.none")
		}
		*found = u
		return order{right: access.RecordUnion, see: access.SeeUnion, unit: u.No, none: "unit.none"}, unitNone(err)
	}
}

// unionFaults are the sentences for what cannot be recorded of a union.
var unionFaults = map[error]string{
	union.ErrYear: "union.fault.year", union.ErrSymbol: "union.fault.symbol", union.ErrIssued: "union.fault.issued", union.ErrDue: "union.fault.due",
	union.ErrLong: "union.fault.long", union.ErrNumber: "union.fault.number", union.ErrDay: "union.fault.day", union.ErrVotes: "union.fault.votes",
	union.ErrName: "union.fault.name", union.ErrOrder: "union.fault.order", union.ErrCount: "union.fault.count", union.ErrEvidence: "union.fault.evidence",
	union.ErrKept: "union.fault.kept", union.ErrChair: "union.fault.chair", union.ErrOwner: "union.fault.owner", union.ErrText: "union.fault.text",
	union.ErrLevel: "union.fault.level", union.ErrBy: "union.fault.by",
}

// unionFault turns what the domain refused into the sentence beside the field.
func unionFault(field string, err error) error {
	for cause, key := range unionFaults {
		if errors.Is(err, cause) {
			return errs.E(errs.Invalid, key).On(field).Because(err)
		}
	}
	return err
}

// YouthOf returns how many young people who are not in the Party the youth unions beside
// party units submitted for a year (UNI-03, TGT-23). Units without a submitted count are
// absent; a campaign that is still open counts with what was submitted.
func (r *reading) YouthOf(ctx context.Context, partyUnits []org.UnitNo, year int) (map[org.UnitNo]int, error) {
	counts, err := r.UnionYouth(ctx, partyUnits, year)
	if err != nil {
		return nil, err
	}
	out := make(map[org.UnitNo]int, len(counts))
	for no, n := range counts {
		if youth, ok := n.Youth(); ok {
			out[no] = youth
		}
	}
	return out, nil
}

// LastSessions returns the day of the last working session that each party unit held with
// unions, today or before. Units that held none are absent.
func (r *reading) LastSessions(ctx context.Context, partyUnits []org.UnitNo) (map[org.UnitNo]date.Date, error) {
	return r.LastUnionSessions(ctx, partyUnits, r.Today)
}

// unionBook counts from the register what the people did whom unions of a kind introduced,
// by party unit, from one day to another.
func (a *App) unionBook(ctx context.Context, tx *store.Tx, party []org.UnitNo, by admission.Introducer, from, to date.Date) (map[org.UnitNo]union.Figures, error) {
	word, err := a.countingEvent(ctx, tx, to)
	if err != nil {
		return nil, err
	}
	traces, err := tx.UnionTraces(ctx, party)
	if err != nil {
		return nil, err
	}
	out := make(map[org.UnitNo]union.Figures, len(party))
	for _, no := range party {
		out[no] = union.Figures{union.Introduced: 0, union.Certified: 0, union.Admitted: 0}
	}
	for _, t := range traces {
		if t.By != by {
			continue
		}
		came := t.Decided
		if target.Event(word) == target.ByCeremony {
			came = t.Ceremony
		}
		for c, on := range map[union.Column]date.Date{union.Introduced: t.Introduced, union.Certified: t.Certified, union.Admitted: came} {
			if !on.IsZero() && !on.Before(from) && !on.After(to) {
				out[t.Unit][c]++
			}
		}
	}
	return out, nil
}

// yearOfDays are the first and the last day of a year.
func yearOfDays(year int) (from, to date.Date) {
	first, err := date.New(year, 1, 1)
	if err != nil {
		return date.Date{}, date.Date{}
	}
	return first, first.AddMonths(12).AddDays(-1)
}

// unionKnown is what the register knows of unions for the count of a year: the young
// people of the unit, and what came of its introductions (UNI-04).
func (a *App) unionKnown(ctx context.Context, tx *store.Tx, units []org.Unit, year int, today date.Date) (map[org.UnitNo]union.Figures, error) {
	from, to := yearOfDays(year)
	if to.After(today) {
		to = today
	}
	var party []org.UnitNo
	for _, u := range units {
		if u.Beside != 0 && !slices.Contains(party, u.Beside) {
			party = append(party, u.Beside)
		}
	}
	book, err := a.unionBook(ctx, tx, party, admission.YouthUnion, from, to)
	if err != nil {
		return nil, err
	}
	heads, err := tx.CountsOn(ctx, append(party, numbers(units)...), to)
	if err != nil {
		return nil, err
	}
	out := make(map[org.UnitNo]union.Figures, len(units))
	for _, u := range units {
		n := union.Figures{}
		for c, v := range book[u.Beside] {
			n[c] = v
		}
		if v, ok := heads[u.No][org.Youth]; ok {
			n[union.OfAge] = v
		} else if v, ok := heads[u.Beside][org.Youth]; ok {
			n[union.OfAge] = v
		}
		out[u.No] = n
	}
	return out, nil
}
