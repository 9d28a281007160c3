package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/org"
	"ketnap/source"
	"ketnap/store"
)

// A ReviewDuePage lists the units below one by how far their reviews have come.
type ReviewDuePage struct {
	Line   []org.Unit
	Period date.Period
	Today  date.Date
	State  ReviewState
	Rows   []ReviewDueRow
}

// A ReviewDueRow is one unit and whom it belongs to.
type ReviewDueRow struct {
	store.ReviewDue
	ParentName string
}

// Level is how far the review has come; 0 for not at all.
func (r ReviewDueRow) Level() source.Level { return source.Level(r.ReviewDue.Level) }

// ReviewsDue lists the units below a unit, itself included, that review their own source,
// with how far they have come in a period.
func (a *App) ReviewsDue(ctx context.Context, who Actor, unit string, period date.Period) (p ReviewDuePage, err error) {
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		p.Period, p.Today = period, r.Today
		if err := reviewPeriod(period, r.Today); err != nil {
			return err
		}
		u, _, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		due, err := r.Tx.ReviewsDue(ctx, u.No, reviewingTypes(), period.String())
		if err != nil {
			return err
		}
		p.State = reviewState(due)
		for _, d := range due {
			row := ReviewDueRow{ReviewDue: d}
			if i := slices.IndexFunc(due, func(x store.ReviewDue) bool { return x.Unit.No == d.Unit.Parent }); i >= 0 {
				row.ParentName = due[i].Unit.Name
			} else if i := slices.IndexFunc(p.Line, func(x org.Unit) bool { return x.No == d.Unit.Parent }); i >= 0 {
				row.ParentName = p.Line[i].Name
			}
			p.Rows = append(p.Rows, row)
		}
		return nil
	})
	return p, err
}
