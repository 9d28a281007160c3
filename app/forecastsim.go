package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rating"
	"ketnap/source"
	"ketnap/target"
)

// A Simulation says what would be, were some people admitted by a day.
type Simulation struct {
	ForecastPage
	By     date.Date
	Chosen []SimulatedPerson
	Units  []SimulatedUnit
	Road   target.LastDates // to be admitted by the day
}

// A SimulatedPerson is one who was chosen: whether the day can be kept, and what must have
// been done by when, from the step at which the file stands.
type SimulatedPerson struct {
	ForecastPerson
	InTime bool
	Late   bool // the legal road has passed its last day: in time only if bodies need less than their terms
	Steps  []target.LastDate
}

// A SimulatedUnit is a unit with its plan and its ceiling before and after.
type SimulatedUnit struct {
	Unit     org.Unit
	Plan     *int
	Admitted int
	More     int // of the chosen who can be admitted in time
	Before   *rating.Level
	After    *rating.Level
	Rated    bool // the actor may see the rating
}

// Reaches reports whether the plan is reached with the people chosen, where it was not.
func (u SimulatedUnit) Reaches() bool {
	return u.Plan != nil && u.Admitted < *u.Plan && u.Admitted+u.More >= *u.Plan
}

// Regains reports whether the ceiling falls (EVAL-20).
func (u SimulatedUnit) Regains() bool { return u.Rated && u.Before != nil && u.After == nil }

// maxSimulated is how many people one simulation takes.
const maxSimulated = 100

// Simulate answers which units reach their plan and regain the highest level if the people
// of some files are admitted by a day. It fails with Invalid on a day outside the rest of
// the year, or on too many people; files that are not open in the subtree are passed over.
func (a *App) Simulate(ctx context.Context, who Actor, unit string, year int, files []string, by date.Date) (s Simulation, err error) {
	p, err := a.forecast(ctx, who, unit, year, date.Date{}, 0)
	if err != nil {
		return s, err
	}
	s = Simulation{ForecastPage: p, By: by}
	switch {
	case len(files) > maxSimulated:
		return s, errs.E(errs.Invalid, "forecast.sim.many", "most", maxSimulated).On("file")
	case by.Before(p.Today) || by.Year() != year:
		return s, errs.E(errs.Invalid, "forecast.sim.day", "from", p.Today.VN(), "year", year).On("by")
	}
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		fc, err := a.forecasting(ctx, r, year, r.Today)
		if err != nil {
			return err
		}
		if s.Road, err = target.LastUseful(by, fc.Event, fc.Class, fc.Sets, fc.Calendar); err != nil {
			return errs.E(errs.Invalid, "forecast.year").On("by").Because(err)
		}
		s.Chosen, s.Units = nil, nil
		for _, f := range p.People {
			if slices.Contains(files, f.ID) {
				s.Chosen = append(s.Chosen, s.chosen(f, fc))
			}
		}
		return a.simulateUnits(ctx, r, fc, &s)
	})
	return s, err
}

// chosen judges one of the people who were chosen.
func (s *Simulation) chosen(f ForecastPerson, fc *forecasting) SimulatedPerson {
	c := SimulatedPerson{ForecastPerson: f, InTime: !f.Earliest.IsZero() && !f.Earliest.After(s.By)}
	for _, step := range s.Road.Steps {
		if target.StepAhead(step.Step, f.Stage, f.Has(target.CauseClass) || f.Has(target.CauseCertificate)) {
			c.Steps = append(c.Steps, step)
			c.Late = c.Late || step.On.Before(fc.Today)
		}
	}
	return c
}

// simulateUnits judges the unit itself, those of its children and the base organizations
// that people were chosen of.
func (a *App) simulateUnits(ctx context.Context, r *reading, fc *forecasting, s *Simulation) error {
	more, ids := map[org.UnitNo]int{}, map[org.UnitNo][]string{}
	var order []org.Unit
	for _, c := range s.Chosen {
		line, err := r.LineUnits(ctx, c.Unit)
		if err != nil {
			return err
		}
		for _, u := range line {
			if _, known := ids[u.No]; !known && !slices.ContainsFunc(order, func(o org.Unit) bool { return o.No == u.No }) {
				order = append(order, u)
			}
			if c.InTime {
				more[u.No]++
				ids[u.No] = append(ids[u.No], c.ID)
			}
			if u.No == s.Own.Unit.No {
				break // what stands above is not asked about
			}
		}
	}
	slices.Reverse(order) // the unit itself first
	lines, err := r.targetLines(ctx, order, fc.year, fc.Event)
	if err != nil {
		return err
	}
	for i, u := range order {
		su := SimulatedUnit{Unit: u, More: more[u.No]}
		for _, c := range lines[i].Cells {
			if c.Indicator == target.Admission {
				if su.Admitted = c.Done; c.Plan != nil {
					su.Plan = &c.Plan.Min
				}
			}
		}
		if su.Plan == nil && u.No != s.Own.Unit.No {
			continue // nothing is asked of it
		}
		if err := a.simulateRating(ctx, r, &su, fc.year, ids[u.No]); err != nil {
			return err
		}
		s.Units = append(s.Units, su)
	}
	return nil
}

// simulateRating judges the unit's year as it is, and with the people chosen admitted and
// no source any more. It asks the judgement that the rating itself asks.
func (a *App) simulateRating(ctx context.Context, r *reading, u *SimulatedUnit, year int, ids []string) error {
	line, err := r.Line(ctx, u.Unit.No)
	if err != nil {
		return err
	}
	if u.Rated = r.who.may(access.SeeRating, r.Today, line); !u.Rated {
		return nil
	}
	page := RatingPage{Of: u.Unit, MaySee: true}
	facts, err := a.factsOf(ctx, r, &page, line, year)
	if err != nil {
		return err
	}
	u.Before = rating.Judge(facts).Ceiling
	facts.Admitted += u.More
	facts.Candidates = slices.DeleteFunc(facts.Candidates, func(c source.Candidate) bool { return slices.Contains(ids, c.ID) })
	u.After = rating.Judge(facts).Ceiling
	return nil
}
