package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/union"
)

// A UnionMovement is an activity of a union.
type UnionMovement = store.UnionMovement

// A MovementList is the movements of a year that the actor sees.
type MovementList struct {
	Today  date.Date
	Year   int
	Rows   []UnionMovement
	People int        // of all who took part
	Unions []org.Unit // to choose from
	May    []org.Unit // for which the actor records
}

// maxMovements is how many movements a list reads.
const maxMovements = 2000

// UnionMovements lists the movements of a year; unit narrows to one union.
func (a *App) UnionMovements(ctx context.Context, who Actor, unit string, year int) (l MovementList, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		l.Today, l.Year = r.Today, year
		if l.Unions, err = r.Unions(ctx, r.Scope); err != nil {
			return err
		}
		own, err := r.scopeFor(ctx, access.RecordUnion)
		if err != nil {
			return err
		}
		for _, u := range l.Unions {
			if slices.Contains(own.Roots(), u.No) {
				l.May = append(l.May, u)
			}
		}
		var only org.Unit
		if unit != "" {
			if only, err = r.union(ctx, unit); err != nil {
				return err
			}
		}
		from, to := yearOfDays(year)
		l.Rows, err = r.Tx.UnionMovements(ctx, r.Scope, only.No, from, to, maxMovements)
		for _, m := range l.Rows {
			l.People += m.Count
		}
		return err
	})
	return l, err
}

// A MovementForm is what the form of a movement needs: whom of its people may be named.
type MovementForm struct {
	Unit   org.Unit
	People []store.UnionPerson // introduced by the union and not declined
	Today  date.Date
}

// NewMovement returns what the form of a movement of a union needs.
func (a *App) NewMovement(ctx context.Context, who Actor, unit string) (f MovementForm, err error) {
	err = a.read(ctx, who, access.RecordUnion, func(r *reading) error {
		f.Today = r.Today
		if f.Unit, err = r.union(ctx, unit); err != nil {
			return err
		}
		f.People, err = r.UnionPeople(ctx, store.UnionPersonFilter{Unit: f.Unit.No, States: []union.State{union.Sent, union.Taken}, Limit: maxIntroduced}, r.Scope)
		for i := range f.People { // the introducer learns steps, not stages (SEC-08)
			f.People[i].Stage, f.People[i].File = "", ""
		}
		return err
	})
	return f, err
}

// RecordMovement records an activity of a union with those of its introduced people who
// took part (UNI-09). It returns the id. Fields of people end in their place, from 0.
func (a *App) RecordMovement(ctx context.Context, who Actor, unit string, m union.Movement) (id string, err error) {
	id = newID()
	var u org.Unit
	err = a.write(ctx, who, unionOrder(ctx, unit, &u), func(w *writing) (record, error) {
		if field, err := m.Fault(w.Today); err != nil {
			return record{}, unionFault(field, err)
		}
		known, err := w.UnionPeople(ctx, store.UnionPersonFilter{Unit: u.No, Limit: maxIntroduced}, access.ScopeOfPermit(w.Permit))
		if err != nil {
			return record{}, err
		}
		if err := movementPeople(m.People, known); err != nil {
			return record{}, err
		}
		row := store.UnionMovement{Movement: m, ID: id, Unit: u.No, EnteredAt: w.At, EnteredBy: w.who.Name}
		row.Name, row.Kept = strings.TrimSpace(m.Name), strings.TrimSpace(m.Kept)
		return record{object: "union_movement/" + id, after: map[string]any{"name": row.Name, "from": m.From, "people": m.Count, "named": len(m.People)}, rules: "UNI-09"},
			w.AddUnionMovement(ctx, w.Permit, row)
	})
	return id, err
}

// movementPeople checks that each participant was introduced by the union, and is named once.
func movementPeople(people []union.Participant, known []store.UnionPerson) error {
	for i, p := range people {
		at := "-" + strconv.Itoa(i)
		switch {
		case !slices.ContainsFunc(known, func(k store.UnionPerson) bool { return k.ID == p.Introduced }):
			return errs.E(errs.Invalid, "union.movement.person").On("person" + at)
		case slices.ContainsFunc(people[:i], func(q union.Participant) bool { return q.Introduced == p.Introduced }):
			return errs.E(errs.Invalid, "union.movement.twice").On("person" + at)
		case utf8.RuneCountInString(p.Role) > union.MostName:
			return errs.E(errs.Invalid, "union.fault.long").On("role" + at)
		case utf8.RuneCountInString(p.Result) > union.MostReason:
			return errs.E(errs.Invalid, "union.fault.long").On("result" + at)
		}
	}
	return nil
}

// UnionMovement returns a movement, with its people for who may see their names.
func (a *App) UnionMovement(ctx context.Context, who Actor, id string) (m UnionMovement, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		people, err := r.unionPeople(ctx)
		if err != nil {
			return err
		}
		m, err = r.Tx.UnionMovement(ctx, r.Scope, id, people...)
		return err
	})
	return m, err
}

// A FileUnions is what unions gave a file: introductions, movements, opinions.
type FileUnions struct {
	Introduced []store.UnionPerson
	Parts      []store.FilePart
	Opinions   []store.UnionOpinion
	May        bool // the actor records opinions
}

// FileUnions returns what unions gave a file, to who sees the file.
func (a *App) FileUnions(ctx context.Context, who Actor, id string) (u FileUnions, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		_, row, err := r.Tx.File(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		if u.Introduced, err = r.FileUnionPeople(ctx, id); err != nil {
			return err
		}
		if u.Parts, err = r.FileUnionParts(ctx, id); err != nil {
			return err
		}
		if u.Opinions, err = r.UnionOpinions(ctx, id); err != nil {
			return err
		}
		line, err := r.Line(ctx, row.Unit)
		if err != nil {
			return err
		}
		u.May, err = r.holds(ctx, access.RecordBranch, line)
		return err
	})
	return u, err
}

// RecordOpinion records that a union gave its opinion on the person of a file: when, under
// which number, and whether it agrees (UNI-14). What it says stays in the paper.
func (a *App) RecordOpinion(ctx context.Context, who Actor, file string, kind org.Kind, o union.Opinion) error {
	find := func(tx *store.Tx) (order, error) {
		unit, err := tx.FileUnit(ctx, file)
		return order{right: access.RecordBranch, see: access.SeeFile, unit: unit, none: "file.none"}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		if !slices.Contains(org.UnionKinds(), kind) {
			return record{}, errs.E(errs.Invalid, "union.opinion.kind").On("kind")
		}
		if field, err := o.Fault(w.Today); err != nil {
			return record{}, unionFault(field, err)
		}
		row := store.UnionOpinion{Opinion: o, ID: newID(), File: file, Kind: kind, At: w.At, By: w.who.Name}
		row.Number = strings.TrimSpace(o.Number)
		return record{object: "union_opinion/" + row.ID, after: map[string]any{"file": file, "kind": kind, "on": o.On}, rules: "UNI-14"}, w.AddUnionOpinion(ctx, w.Permit, row)
	})
}
