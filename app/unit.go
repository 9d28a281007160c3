package app

import (
	"context"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// A NewUnit is what opening a unit asks.
type NewUnit struct {
	Code   string
	Name   string
	Type   org.Type
	Kind   org.Kind
	Parent string // code; "" at the top
	Beside string // of a union: the code of the party unit beside it
	Counts map[org.CountKind]int
}

// CreateUnit opens a unit under its parent. Units at the top only the system can open.
func (a *App) CreateUnit(ctx context.Context, who Actor, n NewUnit) (u org.Unit, err error) {
	find := func(tx *store.Tx) (order, error) {
		if n.Parent == "" {
			return order{right: access.ManageUnit, see: access.ManageUnit}, topOnly(who)
		}
		p, err := unitByCode(ctx, tx, n.Parent)
		return order{right: access.ManageUnit, see: access.SeeUnit, unit: p.No}, err
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		u, err = a.newUnit(ctx, w, n)
		if err != nil {
			return record{}, err
		}
		made, err := w.Tx.CreateUnit(ctx, store.NewUnit{Unit: u, From: u.OpenedOn, Counts: n.Counts})
		u = made
		return record{object: "unit/" + string(u.Code), after: map[string]string{"name": u.Name, "type": string(u.Type), "parent": n.Parent}}, err
	})
	return u, err
}

func topOnly(who Actor) error {
	if who.system {
		return nil
	}
	return errs.E(errs.Invalid, "unit.parent_missing").On("parent")
}

func (a *App) newUnit(ctx context.Context, w *writing, n NewUnit) (org.Unit, error) {
	code, err := org.ParseCode(n.Code)
	if err != nil {
		return org.Unit{}, errs.E(errs.Invalid, "unit.code", "code", n.Code).On("code").Because(err)
	}
	u := org.Unit{ID: org.UnitID(newID()), Code: code, Name: n.Name, Type: n.Type, Kind: n.Kind}
	if u.OpenedOn = grantStart(w.Today, date.Of(w.At.Time())); n.Name == "" {
		return u, errs.E(errs.Invalid, "unit.name").On("name")
	}
	if !u.Type.Valid() || !u.Kind.Valid() {
		return u, errs.E(errs.Invalid, "unit.type", "type", string(n.Type), "kind", string(n.Kind)).On("type")
	}
	var parent org.Unit
	if n.Parent != "" {
		if parent, err = unitByCode(ctx, w.Tx, n.Parent); err != nil {
			return u, err
		}
	}
	if !u.Type.MayStandUnder(parent.Type) {
		return u, errs.E(errs.Invalid, "unit.placement", "type", string(u.Type), "parent", string(parent.Type)).On("parent")
	}
	u.Parent = parent.No
	if n.Beside != "" {
		beside, err := unitByCode(ctx, w.Tx, n.Beside)
		if err != nil {
			return u, err
		}
		u.Beside = beside.No
	}
	return u, nil
}

// A UnitPage is a unit with what is recorded of it on the day of business.
type UnitPage struct {
	Unit     org.Unit
	Line     []org.Unit // itself first
	Children []org.Unit
	Counts   map[org.CountKind]int
	Head     org.Post // the zero value where nobody is recorded
	Stages   map[string]int
	Today    date.Date
}

// Unit returns a unit that the actor may see.
func (a *App) Unit(ctx context.Context, who Actor, code string) (p UnitPage, err error) {
	err = a.read(ctx, who, access.SeeUnit, func(r *reading) error {
		p.Today = r.Today
		if p.Unit, _, err = r.unit(ctx, code); err != nil {
			return err
		}
		no := p.Unit.No
		if p.Line, err = r.LineUnits(ctx, no); err != nil {
			return err
		}
		if p.Children, err = r.Children(ctx, no); err != nil {
			return err
		}
		if p.Counts, err = r.UnitCounts(ctx, no, r.Today); err != nil {
			return err
		}
		if p.Head, _, err = r.HeadOn(ctx, no, r.Today); err != nil {
			return err
		}
		table, err := r.StageTable(ctx, store.Realm, []org.UnitNo{no})
		p.Stages = table[no]
		return err
	})
	return p, err
}

// Units lists the units that the actor may see, by code, behind the code after.
func (a *App) Units(ctx context.Context, who Actor, under, after string, limit int) (units []org.Unit, parents map[org.UnitNo]org.Code, err error) {
	err = a.read(ctx, who, access.SeeUnit, func(r *reading) error {
		roots := r.Scope.Roots()
		if under != "" {
			u, _, err := r.unit(ctx, under)
			if err != nil {
				return err
			}
			roots = []org.UnitNo{u.No}
		}
		if units, err = r.Tx.Units(ctx, roots, org.Code(after), limit); err != nil {
			return err
		}
		parents, err = r.codes(ctx, units)
		return err
	})
	return units, parents, err
}

// codes returns the codes of the units' parents.
func (r *reading) codes(ctx context.Context, units []org.Unit) (map[org.UnitNo]org.Code, error) {
	var nos []org.UnitNo
	for _, u := range units {
		if u.Parent != 0 {
			nos = append(nos, u.Parent)
		}
	}
	found, err := r.UnitsByNo(ctx, nos)
	out := make(map[org.UnitNo]org.Code, len(found))
	for _, u := range found {
		out[u.No] = u.Code
	}
	return out, err
}

// Home returns the units on which the actor holds grants, for the unit switcher.
func (a *App) Home(ctx context.Context, who Actor) (units []org.Unit, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		var nos []org.UnitNo
		for _, g := range who.Grants {
			nos = append(nos, g.Unit)
		}
		units, err = tx.UnitsByNo(ctx, nos)
		return err
	})
	return units, err
}
