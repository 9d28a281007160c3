package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// An Actor is who asks: a person with grants, or the system itself.
type Actor struct {
	ID         string // of the account; systemID for the system
	Login      string
	Name       string
	Lang       string
	Grants     []access.Grant
	Request    string     // id of the request, for the audit
	MustChange bool       // the password must be changed before anything else
	day        date.Date  // of business, as it was when the actor entered; none asks again
	home       []org.Unit // for which the person works, as they were then
	system     bool
}

const systemID = "system"

// System returns the actor as which the command line works on a store that it can open.
func System(request string) Actor {
	return Actor{ID: systemID, Login: systemID, Name: "Hệ thống", Request: request, system: true}
}

// Known reports whether somebody is logged in.
func (w Actor) Known() bool { return w.ID != "" }

// Has reports whether an actor holds a right anywhere, on a day.
func (w Actor) Has(right access.Right, day date.Date) bool {
	return w.system || slices.ContainsFunc(w.Grants, func(g access.Grant) bool { return g.On(day) && g.Role.Has(right) })
}

// may reports whether an actor holds a right on the unit of the line; pages ask to know
// which buttons to draw. The gate decides again when the button is pressed.
func (w Actor) may(right access.Right, today date.Date, line []org.UnitNo) bool {
	if len(line) == 0 {
		return false
	}
	_, err := permit(w, today, order{right: right, see: right, unit: line[0]}, line)
	return err == nil
}

// A reading is a read transaction with the scope of one right.
type reading struct {
	*store.Tx
	Scope access.Scope
	Today date.Date
	who   Actor
}

// read runs fn in a read transaction, with the scope that the actor's grants give for a
// right. Without any scope it fails with NotFound: the thing is not for this actor.
func (a *App) read(ctx context.Context, who Actor, right access.Right, fn func(*reading) error) error {
	if !who.Known() {
		return errs.E(errs.Unauthorized, "error.unauthorized")
	}
	return a.store.Read(ctx, func(tx *store.Tx) error {
		today, err := a.dayOf(ctx, tx, who)
		if err != nil {
			return err
		}
		s, err := scope(ctx, tx, who, today, right)
		if err != nil {
			return err
		}
		if s.Empty() && !who.system { // the system reads a store without units, too
			return errs.E(errs.NotFound, "error.not_found")
		}
		return fn(&reading{Tx: tx, Scope: s, Today: today, who: who})
	})
}

func scope(ctx context.Context, tx *store.Tx, who Actor, today date.Date, right access.Right) (access.Scope, error) {
	if !who.system {
		return access.ScopeOf(who.Grants, today, right), nil
	}
	tops, err := tx.TopUnits(ctx)
	return access.SystemScope(tops...), err
}

// scopeFor is the scope of another right inside a reading, which may be empty.
func (r *reading) scopeFor(ctx context.Context, right access.Right) (access.Scope, error) {
	return scope(ctx, r.Tx, r.who, r.Today, right)
}

// unit returns the unit of a code when it lies in the scope, else NotFound.
func (r *reading) unit(ctx context.Context, code string) (org.Unit, []org.UnitNo, error) {
	u, err := unitByCode(ctx, r.Tx, code)
	if err != nil {
		return u, nil, unitNone(err)
	}
	line, err := r.Line(ctx, u.No)
	if err != nil {
		return u, nil, err
	}
	if !r.Scope.Covers(line) {
		return org.Unit{}, nil, errs.E(errs.NotFound, "unit.none")
	}
	return u, line, nil
}

// unitNone is the answer about a unit that does not exist: the same as about one that is
// out of reach, so that nobody learns which it was.
func unitNone(err error) error {
	if errs.KindOf(err) == errs.NotFound {
		return errs.E(errs.NotFound, "unit.none").Because(err)
	}
	return err
}

func unitByCode(ctx context.Context, tx *store.Tx, code string) (org.Unit, error) {
	c, err := org.ParseCode(code)
	if err != nil {
		return org.Unit{}, errs.E(errs.NotFound, "unit.none").Because(err)
	}
	return tx.UnitByCode(ctx, c)
}

// A writing is a write transaction with a permit for one right on one unit.
type writing struct {
	*store.Tx
	Permit access.Permit
	Today  date.Date
	At     date.Instant
	Line   []org.UnitNo // of the unit, itself first
	who    Actor
}

// An order is what the gate must know before it opens: the right that is asked, the
// right by which one may know of the thing, and the unit, which comes from the stored
// object and never from the form. Unit 0 stands for the installation itself: a right
// held anywhere counts.
type order struct {
	right access.Right
	see   access.Right
	unit  org.UnitNo
	none  string // the answer to who may not see the unit; else that the page is not there
}

// A record is what the audit keeps of a write: the object, what it was and became, and
// the rules by which it was judged.
type record struct {
	object        string
	before, after any
	rules         string
}

// write runs one use case that changes something: find names right and unit inside the
// transaction, do changes, and the audit row is written before the commit.
func (a *App) write(ctx context.Context, who Actor, find func(*store.Tx) (order, error), do func(*writing) (record, error)) error {
	if !who.Known() {
		return errs.E(errs.Unauthorized, "error.unauthorized")
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		today, err := a.today(ctx, tx)
		if err != nil {
			return err
		}
		o, err := find(tx)
		if err != nil {
			return err
		}
		w := &writing{Tx: tx, Today: today, At: a.now(), who: who}
		if o.unit != 0 {
			if w.Line, err = tx.Line(ctx, o.unit); err != nil {
				return err
			}
		}
		if w.Permit, err = permit(who, today, o, w.Line); err != nil {
			return err
		}
		r, err := do(w)
		if err != nil {
			return err
		}
		return w.audit(ctx, string(o.right), o.unit, r)
	})
}

// at is the order of a right on a unit that is known beforehand.
func at(right, see access.Right, unit org.UnitNo) func(*store.Tx) (order, error) {
	return func(*store.Tx) (order, error) { return order{right: right, see: see, unit: unit}, nil }
}

// atCode is the order of a right on the unit of a code.
func atCode(ctx context.Context, right, see access.Right, code string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		u, err := unitByCode(ctx, tx, code)
		return order{right: right, see: see, unit: u.No, none: "unit.none"}, unitNone(err)
	}
}

func permit(who Actor, today date.Date, o order, line []org.UnitNo) (access.Permit, error) {
	if who.system {
		return access.SystemPermit(o.right, o.unit), nil
	}
	if o.unit == 0 { // the installation: any unit on which the right is held stands for it
		for _, root := range access.ScopeOf(who.Grants, today, o.right).Roots() {
			line = []org.UnitNo{root}
		}
	}
	p, verdict := access.Check(who.Grants, today, o.right, o.see, line)
	switch verdict {
	case access.Allowed:
		return p, nil
	case access.Refused:
		return p, errs.E(errs.Forbidden, "error.forbidden")
	default:
		return p, errs.E(errs.NotFound, cmp.Or(o.none, "error.not_found"))
	}
}

// audit writes the row of one write into the chain of its unit.
func (w *writing) audit(ctx context.Context, right string, unit org.UnitNo, r record) error {
	code := ""
	if unit != 0 {
		u, err := w.UnitByNo(ctx, unit)
		if err != nil {
			return err
		}
		code = string(u.Code)
	}
	return appendAudit(ctx, w.Tx, w.At, w.who, right, code, r)
}

// appendAudit writes one row; what concerns no unit goes to the chain of the system.
func appendAudit(ctx context.Context, tx *store.Tx, at date.Instant, who Actor, right, unit string, r record) error {
	before, err := asJSON(r.before)
	if err != nil {
		return err
	}
	after, err := asJSON(r.after)
	if err != nil {
		return err
	}
	stream := unit
	if stream == "" {
		stream = systemID
	}
	return tx.AppendAudit(ctx, store.Entry{Stream: stream, At: at, Actor: who.ID, Right: right, Object: r.object,
		Unit: unit, Before: before, After: after, Rules: r.rules, Request: who.Request})
}

func asJSON(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("audit: %w", err)
	}
	return string(b), nil
}
