package app

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rating"
	"ketnap/source"
	"ketnap/store"
	"ketnap/target"
)

// A RatingLine is one unit in the table of a year: its rating, without the people.
type RatingLine struct {
	Unit   org.Unit
	Rating rating.Rating
	Source int // people who are source on the day that counts
}

// A RatingTable is the year of a unit's direct children.
type RatingTable struct {
	Unit  org.Unit
	Line  []org.Unit
	Year  int
	Today date.Date
	Lines []RatingLine
}

// Ratings judges the direct children of a unit, with a fixed number of questions to the
// store however many they are.
func (a *App) Ratings(ctx context.Context, who Actor, unit string, year int) (t RatingTable, err error) {
	if year < 2000 || year > 2100 {
		return t, errs.E(errs.NotFound, "rating.year")
	}
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		t.Year, t.Today = year, r.Today
		var line []org.UnitNo
		if t.Unit, line, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if t.Line, err = r.LineUnits(ctx, t.Unit.No); err != nil {
			return err
		}
		children, err := r.partyChildren(ctx, t.Unit)
		if err != nil {
			return err
		}
		facts, err := a.ratingFacts(ctx, r, t.Unit, children, line, year)
		for i, f := range facts {
			t.Lines = append(t.Lines, RatingLine{Unit: children[i], Rating: rating.Judge(f), Source: len(f.Candidates)})
		}
		return err
	})
	return t, err
}

// ratingFacts gathers the facts of the children of a unit at once; line is that of the unit.
func (a *App) ratingFacts(ctx context.Context, r *reading, parent org.Unit, units []org.Unit, line []org.UnitNo, year int) ([]rating.Facts, error) {
	nos := numbers(units)
	word, err := a.countingEvent(ctx, r.Tx, r.Today)
	if err != nil {
		return nil, err
	}
	event := target.Event(word)
	plans, err := r.plans(ctx, nos, year, target.Admission)
	if err != nil {
		return nil, err
	}
	sums, err := r.Counters(ctx, store.Realm, nos, year*100+1, year*100+12, []string{admitted(event)})
	if err != nil {
		return nil, err
	}
	people, err := a.sourceOf(ctx, r, parent.No, nos, rating.Day(year, r.Today), event)
	if err != nil {
		return nil, err
	}
	rows, err := r.Tx.Judgements(ctx, nos, year)
	if err != nil {
		return nil, err
	}
	ceilings, err := r.Ceilings(ctx, append(append([]org.UnitNo{}, line...), nos...), year)
	if err != nil {
		return nil, err
	}
	facts := make([]rating.Facts, len(units))
	for i, u := range units {
		f := rating.Facts{Unit: string(u.Code), Year: year, Today: r.Today, Event: event,
			Admitted: sums[store.Figure{Unit: u.No, Indicator: admitted(event)}], Candidates: people[u.No]}
		if plan, ok := plans[u.No]; ok {
			f.Plan = &plan
		}
		for _, j := range rows {
			if j.Unit == u.No {
				f.Judgements = append(f.Judgements, judgementOf(j, f.Unit))
			}
		}
		f.Ceilings = ceilingsOver(ceilings, line, u.No)
		facts[i] = f
	}
	return facts, nil
}

// ceilingsOver keeps the ceilings of the line above and of the unit itself.
func ceilingsOver(all []store.CeilingRow, line []org.UnitNo, unit org.UnitNo) []rating.Ceiling {
	var mine []store.CeilingRow
	for _, c := range all {
		above := c.Unit == unit
		for _, u := range line {
			above = above || c.Unit == u
		}
		if above {
			mine = append(mine, c)
		}
	}
	return ceilingsOf(mine)
}

// sourceOf returns the source of each unit on a day: by the counters for today, by the
// acts for a past day.
func (a *App) sourceOf(ctx context.Context, r *reading, parent org.UnitNo, units []org.UnitNo, day date.Date, event target.Event) (map[org.UnitNo][]source.Candidate, error) {
	out := map[org.UnitNo][]source.Candidate{}
	if !day.Before(r.Today) {
		table, err := r.StageTable(ctx, store.Realm, units)
		for u, stages := range table {
			for stage, n := range stages {
				for range n {
					if s := admission.Stage(stage); source.Counts(s, event) {
						out[u] = append(out[u], source.Candidate{Stage: s})
					}
				}
			}
		}
		return out, err
	}
	owners, err := r.Owners(ctx, units)
	if err != nil {
		return nil, err
	}
	files, rows, err := a.filesOn(ctx, r, parent, day)
	for i, f := range files {
		if u, ok := owners[rows[i].Unit]; ok && source.Counts(f.Stage, event) {
			out[u] = append(out[u], source.Candidate{ID: f.ID, Name: f.Name, Stage: f.Stage})
		}
	}
	return out, err
}
