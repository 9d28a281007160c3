package app

import (
	"context"
	"slices"

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
	if !u.Type.Valid() || !u.Type.MayBe(u.Kind) {
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

// Unit returns a unit that the actor may see, with what held on the day of business.
func (a *App) Unit(ctx context.Context, who Actor, code string) (UnitPage, error) {
	return a.UnitOn(ctx, who, code, date.Date{})
}

// UnitOn returns a unit that the actor may see, with the counts and the head of a day:
// what a vote of that day is measured against (VOT-02). No day is the day of business.
func (a *App) UnitOn(ctx context.Context, who Actor, code string, on date.Date) (p UnitPage, err error) {
	err = a.read(ctx, who, access.SeeUnit, func(r *reading) error {
		p.Today = r.Today
		if on.IsZero() {
			on = r.Today
		}
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
		if p.Counts, err = r.UnitCounts(ctx, no, on); err != nil {
			return err
		}
		if p.Head, _, err = r.HeadOn(ctx, no, on); err != nil {
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

// A UnitChoice is a unit that a list may be narrowed to; Below says that it stands
// directly under the one before it.
type UnitChoice struct {
	Unit  org.Unit
	Below bool
}

// UnitChoices are what a list of files offers: the units for which the actor works with
// those directly below, the one that is shown, and how many files stand at each stage there.
type UnitChoices struct {
	Units  []UnitChoice
	Stages map[string]int
}

// FileList lists files as Files does, with what the list offers, in one reading.
func (a *App) FileList(ctx context.Context, who Actor, q FileQuery) (rows []FileRow, next string, c UnitChoices, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		filter, unit, err := r.filter(ctx, q)
		if err != nil {
			return err
		}
		if rows, next, err = r.Files(ctx, r.Scope, filter); err != nil {
			return err
		}
		return r.listChoices(ctx, &c, unit)
	})
	return rows, next, c, err
}

// rootUnits returns the units at the top of the scope: they are among those for which the
// actor works, who brought them along.
func (r *reading) rootUnits(ctx context.Context) ([]org.Unit, error) {
	var out []org.Unit
	for _, no := range r.Scope.Roots() {
		i := slices.IndexFunc(r.who.home, func(u org.Unit) bool { return u.No == no })
		if i < 0 {
			return r.UnitsByNo(ctx, r.Scope.Roots())
		}
		out = append(out, r.who.home[i])
	}
	return out, nil
}

func (r *reading) choices(ctx context.Context, c *UnitChoices, shown org.Unit) error {
	roots, err := r.rootUnits(ctx)
	if err != nil {
		return err
	}
	known := shown.No == 0
	for _, root := range roots {
		c.Units = append(c.Units, UnitChoice{Unit: root})
		known = known || root.No == shown.No
		children, err := r.ChildNames(ctx, root.No)
		if err != nil {
			return err
		}
		for _, u := range children {
			if u.Type == org.Board || u.Type == org.Union {
				continue
			}
			c.Units = append(c.Units, UnitChoice{Unit: u, Below: true})
			known = known || u.No == shown.No
		}
	}
	if !known {
		c.Units = append(c.Units, UnitChoice{Unit: shown})
	}
	return nil
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
