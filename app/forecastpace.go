package app

import (
	"context"
	"maps"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// pacesOn returns the usual times of the base organizations of a subtree and of their
// competent committees: as the job drew them, or, where it has not yet, or of a past day,
// drawn from the acts.
func (a *App) pacesOn(ctx context.Context, r *reading, over map[org.UnitNo]store.UnitsOver, on date.Date) (map[org.UnitNo]target.Pace, error) {
	var units, uppers []org.UnitNo
	seen := map[org.UnitNo]bool{}
	for _, o := range over {
		for _, no := range []org.UnitNo{o.Base, o.Upper} {
			if no != 0 && !seen[no] {
				seen[no], units = true, append(units, no)
			}
		}
		if o.Upper != 0 && !slices.Contains(uppers, o.Upper) {
			uppers = append(uppers, o.Upper)
		}
	}
	if !on.Before(r.Today) {
		paces, drawn, err := r.Paces(ctx, units)
		if err != nil || !drawn.IsZero() || len(units) > maxPaceUnits {
			return paces, err // of so many the job draws them, soon
		}
	}
	d := newPaceDraw(on)
	for _, no := range uppers {
		if err := d.under(ctx, r.Tx, no); err != nil {
			return nil, err
		}
	}
	return d.paces(), nil
}

// maxPaceUnits is of how many organizations usual times are drawn while somebody waits.
const maxPaceUnits = 200

// A paceDraw gathers the waits of files by organization and step.
type paceDraw struct {
	from, on date.Date
	stays    map[org.UnitNo]map[admission.Stage][]target.Stay
}

func newPaceDraw(on date.Date) *paceDraw {
	return &paceDraw{from: on.AddMonths(-12 * target.PaceYears), on: on, stays: map[org.UnitNo]map[admission.Stage][]target.Stay{}}
}

// under adds the files of the subtree of a competent committee.
func (d *paceDraw) under(ctx context.Context, tx *store.Tx, unit org.UnitNo) error {
	over, err := tx.OverUnits(ctx, unit)
	if err != nil {
		return err
	}
	delete(over, unit)
	mine := func(o store.UnitsOver) bool { return o.Upper == unit }
	if !slices.ContainsFunc(slices.Collect(maps.Values(over)), mine) { // only committees below
		return nil
	}
	return tx.Stays(ctx, unit, func(no org.UnitNo, acts []admission.Act) {
		o := over[no]
		if !mine(o) { // a committee below has its own turn
			return
		}
		for _, s := range target.Stays(acts, d.on) {
			if !s.From.Before(d.from) {
				d.add(o.Base, s)
				d.add(unit, s)
			}
		}
	})
}

func (d *paceDraw) add(no org.UnitNo, s target.Stay) {
	if d.stays[no] == nil {
		d.stays[no] = map[admission.Stage][]target.Stay{}
	}
	d.stays[no][s.Stage] = append(d.stays[no][s.Stage], s)
}

func (d *paceDraw) paces() map[org.UnitNo]target.Pace {
	out := make(map[org.UnitNo]target.Pace, len(d.stays))
	for no, steps := range d.stays {
		out[no] = target.Pace{}
		for stage, stays := range steps {
			out[no][stage] = target.Curve(stays)
		}
	}
	return out
}

// DrawPaces draws the usual times of all organizations anew from the acts of three years,
// and returns of how many. It reads first and writes then, so that nobody waits for it.
func (a *App) DrawPaces(ctx context.Context, who Actor) (n int, err error) {
	var paces map[org.UnitNo]target.Pace
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		today, err := a.today(ctx, tx)
		if err != nil {
			return err
		}
		units, err := tx.AllUnits(ctx)
		if err != nil {
			return err
		}
		d := newPaceDraw(today)
		for _, u := range units {
			if u.Type == org.Committee && u.ClosedOn.IsZero() {
				if err := d.under(ctx, tx, u.No); err != nil {
					return err
				}
			}
		}
		paces = d.paces()
		return nil
	})
	if err != nil {
		return 0, err
	}
	err = a.write(ctx, who, at(access.ManageSetting, access.ManageSetting, 0), func(w *writing) (record, error) {
		return record{object: "forecast/pace", after: map[string]int{"units": len(paces)}}, w.PutPaces(ctx, w.Permit, paces, w.Today)
	})
	return len(paces), err
}
