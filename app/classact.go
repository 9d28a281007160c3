package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// classOrder asks for the right to manage classes on the unit that holds a class.
func classOrder(ctx context.Context, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.ClassUnit(ctx, id)
		return order{right: access.ManageClass, see: access.SeeClass, unit: unit, none: "class.none"}, err
	}
}

// asItIs is the version of a change that holds whatever somebody else did meanwhile. No
// form can ask for it.
const asItIs = -2

// changeClass changes a class that is not over. Version is that of the class that was
// seen, or asItIs.
func (a *App) changeClass(ctx context.Context, who Actor, id string, version int, change func(*writing, *store.ClassRow) (any, error)) error {
	return a.write(ctx, who, classOrder(ctx, id), func(w *writing) (record, error) {
		c, err := w.Tx.Class(ctx, access.ScopeOfPermit(w.Permit), id)
		if err != nil {
			return record{}, err
		}
		if version != asItIs && c.Version != version {
			return record{}, errs.E(errs.Stale, "class.stale")
		}
		before := map[string]any{"version": c.Version, "state": c.State}
		c.Version++
		after, err := change(w, &c)
		if err != nil {
			return record{}, err
		}
		return record{object: "class/" + id, rules: "CLS-02", before: before, after: after}, w.SaveClass(ctx, w.Permit, c)
	})
}

// A ClassEdit is what may be changed of a class until it is over.
type ClassEdit struct {
	Title, Place, Head, Registrar, Note string
	Host                                class.Host
	From, To                            date.Date
	HalfDays, Seats                     int
}

// EditClass changes when and where a class is held and who leads it.
func (a *App) EditClass(ctx context.Context, who Actor, id string, version int, e ClassEdit) error {
	return a.changeClass(ctx, who, id, version, func(_ *writing, c *store.ClassRow) (any, error) {
		if c.State == class.Ended || c.State == class.Closed || c.State == class.Cancelled {
			return nil, errs.E(errs.Conflict, "class.over")
		}
		o := class.Option{Title: e.Title, Reach: class.ForAll, Host: e.Host, From: e.From, To: e.To, HalfDays: e.HalfDays, Seats: e.Seats}
		for _, f := range class.CheckOption(o, "") {
			return nil, errs.E(errs.Invalid, "class.edit.wrong", "what", f.Message).On(f.Field)
		}
		if e.Seats > 0 && e.Seats < c.OnList {
			return nil, errs.E(errs.Invalid, "class.edit.seats", "n", c.OnList).On("seats")
		}
		c.Title, c.Place, c.Head, c.Registrar, c.Note = strings.TrimSpace(e.Title), strings.TrimSpace(e.Place), strings.TrimSpace(e.Head), strings.TrimSpace(e.Registrar), strings.TrimSpace(e.Note)
		c.Host, c.From, c.To, c.HalfDays, c.Seats = e.Host, e.From, e.To, e.HalfDays, e.Seats
		return map[string]any{"title": c.Title, "from": c.From, "to": c.To, "seats": c.Seats, "host": c.Host}, nil
	})
}

// CancelClass gives a class up, with a reason. Its people are demand again.
func (a *App) CancelClass(ctx context.Context, who Actor, id string, version int, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return errs.E(errs.Invalid, "class.cancel.reason").On("reason")
	}
	return a.changeClass(ctx, who, id, version, func(_ *writing, c *store.ClassRow) (any, error) {
		if !c.State.MayBecome(class.Cancelled) {
			return nil, errs.E(errs.Conflict, "class.over")
		}
		c.State, c.Note = class.Cancelled, strings.TrimSpace(c.Note+"\n"+reason)
		return map[string]any{"state": c.State, "reason": reason}, nil
	})
}

// SummonClass summons everybody on the list who was not yet. It returns how many.
func (a *App) SummonClass(ctx context.Context, who Actor, id string) (n int, err error) {
	err = a.changeClass(ctx, who, id, asItIs, func(w *writing, c *store.ClassRow) (any, error) {
		if !c.State.Going() {
			return nil, errs.E(errs.Conflict, "class.over")
		}
		if c.From.IsZero() || c.Place == "" {
			return nil, errs.E(errs.Invalid, "class.summon.when")
		}
		all, err := w.Learners(ctx, access.ScopeOfPermit(w.Permit), id, 0)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(l store.LearnerRow) bool { return l.State != class.Named })
		for i := range all {
			all[i].State = class.Invited
		}
		n = len(all)
		return map[string]any{"summoned": n}, w.SaveLearners(ctx, w.Permit, id, all)
	})
	return n, err
}

// A LearnerChange is what a unit says of its people on a list.
type LearnerChange struct {
	Confirm bool   // those summoned will come
	Drop    string // id of the learner who will not, with Reason
	Reason  string
	With    string // file of who comes instead; "" for nobody
}

// ChangeLearners lets a unit confirm its people on the list of a class, excuse one with a
// reason, or send another instead (CLS-02). Who manages the class may do the same. It
// fails with NotFound on people of other units and Conflict where the class is over.
func (a *App) ChangeLearners(ctx context.Context, who Actor, id, unit string, ch LearnerChange) error {
	ch.Reason = strings.TrimSpace(ch.Reason)
	if ch.Drop != "" && ch.Reason == "" {
		return errs.E(errs.Invalid, "class.drop.reason").On("reason")
	}
	return a.write(ctx, who, a.learnerOrder(ctx, who, id, unit), func(w *writing) (record, error) {
		s := access.ScopeOfPermit(w.Permit)
		c, err := w.Tx.Class(ctx, s, id)
		if err != nil {
			return record{}, err
		}
		if !c.State.Going() {
			return record{}, errs.E(errs.Conflict, "class.over")
		}
		no, err := unitByCode(ctx, w.Tx, unit)
		if err != nil {
			return record{}, unitNone(err)
		}
		people, err := w.Learners(ctx, s, id, no.No)
		if err != nil {
			return record{}, err
		}
		rows, err := w.learnersChanged(ctx, c, no, people, ch)
		if err != nil {
			return record{}, err
		}
		return record{object: "class/" + id + "/" + unit, rules: "CLS-02",
			after: map[string]any{"confirm": ch.Confirm, "drop": ch.Drop, "reason": ch.Reason, "with": ch.With, "rows": len(rows)}}, w.SaveLearners(ctx, w.Permit, id, rows)
	})
}

// learnerOrder asks for the right to name people on their unit, or, of who manages the
// class, for that on the unit that holds it.
func (a *App) learnerOrder(ctx context.Context, who Actor, id, unit string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		holds, err := tx.ClassUnit(ctx, id)
		if err != nil {
			return order{}, err
		}
		u, err := unitByCode(ctx, tx, unit)
		if err != nil {
			return order{}, unitNone(err)
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return order{}, err
		}
		above, err := tx.Line(ctx, holds)
		if err != nil {
			return order{}, err
		}
		if who.may(access.ManageClass, today, above) {
			return order{right: access.ManageClass, see: access.SeeClass, unit: holds, none: "class.none"}, nil
		}
		return order{right: access.NameLearner, see: access.SeeClass, unit: u.No, none: "class.none"}, nil
	}
}

// learnersChanged are the rows of a unit's people as a change makes them.
func (w *writing) learnersChanged(ctx context.Context, c store.ClassRow, unit org.Unit, people []store.LearnerRow, ch LearnerChange) ([]store.LearnerRow, error) {
	var rows []store.LearnerRow
	if ch.Confirm {
		for _, l := range people {
			if l.State == class.Invited {
				l.State, l.Acknowledged = class.Attending, w.Today
				rows = append(rows, l)
			}
		}
		return rows, nil
	}
	at := slices.IndexFunc(people, func(l store.LearnerRow) bool { return l.ID == ch.Drop })
	if at < 0 {
		return nil, errs.E(errs.NotFound, "class.learner.none")
	}
	gone := people[at]
	if !gone.State.On() {
		return nil, errs.E(errs.Conflict, "class.drop.already")
	}
	gone.State, gone.Reason, gone.Acknowledged = class.Dropped, ch.Reason, w.Today
	rows = append(rows, gone)
	if ch.With == "" {
		return rows, nil
	}
	comes, err := w.replacement(ctx, c, unit, ch.With)
	if err != nil {
		return nil, err
	}
	comes.Replaces, comes.Acknowledged = gone.ID, w.Today
	return append(rows, comes), nil
}

// replacement is a person of the unit who takes over a seat.
func (w *writing) replacement(ctx context.Context, c store.ClassRow, unit org.Unit, file string) (l store.LearnerRow, err error) {
	r := &reading{Tx: w.Tx, Scope: access.ScopeOfPermit(w.Permit), Today: w.Today, who: w.who}
	free, err := r.freePeople(ctx, c, unit)
	if err != nil {
		return l, err
	}
	at := slices.IndexFunc(free, func(p class.Place) bool { return p.File == file })
	if at < 0 {
		return l, errs.E(errs.Invalid, "class.drop.with").On("with")
	}
	p := free[at]
	nos, err := w.unitNos(ctx, free[at:at+1])
	return store.LearnerRow{UnitNo: nos[p.Unit], Learner: class.Learner{ID: newID(), Class: c.ID, File: p.File, Name: p.Name, Birth: p.Birth, Sex: p.Sex,
		Unit: p.Unit, UnitName: p.UnitName, Need: p.Need, State: class.Attending}}, err
}

// freePeople are the people of a unit who need a class of the kind and have no seat.
func (r *reading) freePeople(ctx context.Context, c store.ClassRow, unit org.Unit) ([]class.Place, error) {
	line, err := r.LineUnits(ctx, unit.No)
	if err != nil {
		return nil, err
	}
	found, err := r.classDemand(ctx, unit, line, c.Kind, nil)
	return found.people, err
}
