package app

import (
	"cmp"
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A ForecastLine is a unit with what is to be expected of it by the end of the year.
type ForecastLine struct {
	Unit org.Unit
	target.Verdict
}

// A ForecastPerson is an open file with its outlook.
type ForecastPerson struct {
	store.FileRow
	target.Outlook
}

// A ForecastPage is the forecast of a unit's year on a day.
type ForecastPage struct {
	Own       ForecastLine
	Line      []org.Unit
	Year      int
	Today     date.Date
	On        date.Date // the day of the forecast
	Event     target.Event
	Last      target.LastDates
	School    bool             // Last is counted back from the day on which pupils leave
	YearEnd   target.LastDates // of a school: for those who stay, counted back from 31 December
	Children  []ForecastLine
	People    []ForecastPerson // those of the subtree, the earliest first
	More      bool             // there are more than a page shows
	Pace      []ForecastPace   // of the unit's own organization, where it is one
	MaySee    bool             // the actor may see the people
	MayEdit   bool             // and set the day on which pupils leave
	Graduates Graduation
}

// A ForecastPace is the usual time of one step.
type ForecastPace struct {
	Stage admission.Stage
	Wait  target.Wait
	Own   bool
}

// maxForecast is how many people the page of a forecast lists.
const maxForecast = 300

// Forecast returns what a unit's year will bring, as seen on a day; the zero day is today.
func (a *App) Forecast(ctx context.Context, who Actor, unit string, year int, on date.Date) (ForecastPage, error) {
	return a.forecast(ctx, who, unit, year, on, maxForecast)
}

// ForecastAll is Forecast with all people of the subtree, for the command and the API.
func (a *App) ForecastAll(ctx context.Context, who Actor, unit string, year int, on date.Date) (ForecastPage, error) {
	return a.forecast(ctx, who, unit, year, on, 0)
}

// partyUnit finds a unit that admits people: a union has no files and no forecast of its own.
func (r *reading) partyUnit(ctx context.Context, code string) (org.Unit, error) {
	u, _, err := r.unit(ctx, code)
	if err == nil && u.Type == org.Union {
		return org.Unit{}, errs.E(errs.NotFound, "unit.none")
	}
	return u, err
}

func (a *App) forecast(ctx context.Context, who Actor, unit string, year int, on date.Date, limit int) (p ForecastPage, err error) {
	if year < 2017 || year > 2049 {
		return p, errs.E(errs.NotFound, "forecast.year")
	}
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		p = ForecastPage{Year: year, Today: r.Today, On: on}
		if on.IsZero() || on.After(r.Today) {
			p.On = r.Today
		}
		if p.Own.Unit, err = r.partyUnit(ctx, unit); err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, p.Own.Unit.No); err != nil {
			return err
		}
		people, err := r.scopeFor(ctx, access.SeeFile)
		if err != nil {
			return err
		}
		p.MaySee = people.Covers(numbers(p.Line))
		fc, err := a.forecasting(ctx, r, year, p.On)
		if err != nil {
			return err
		}
		p.Event = fc.Event
		if err := a.lastDates(ctx, r, fc, &p); err != nil {
			return err
		}
		if err := a.forecastFigures(ctx, r, fc, &p, limit); err != nil {
			return err
		}
		return a.paceOf(ctx, r, fc, &p)
	})
	return p, err
}

// lastDates draws the legal road back from the end of the year; for a school from the day
// on which its pupils leave.
func (a *App) lastDates(ctx context.Context, r *reading, fc *forecasting, p *ForecastPage) (err error) {
	if p.Last, err = target.LastUseful(fc.end, fc.Event, fc.Class, fc.Sets, fc.Calendar); err != nil {
		return errs.E(errs.NotFound, "forecast.year").Because(err)
	}
	if p.Graduates, err = a.graduationOf(ctx, r, p.Line, p.On); err != nil {
		return err
	}
	p.MayEdit = r.who.may(access.AssignTarget, r.Today, numbers(p.Line))
	day, ok := p.Graduates.Day(fc.year)
	if !ok {
		return nil
	}
	p.School, p.YearEnd = true, p.Last
	p.Last, err = target.LastUseful(day, fc.Event, fc.Class, fc.Sets, fc.Calendar)
	return err
}

// forecastFigures fills in the unit, its children and the people.
func (a *App) forecastFigures(ctx context.Context, r *reading, fc *forecasting, p *ForecastPage, limit int) error {
	children, err := r.partyChildren(ctx, p.Own.Unit)
	if err != nil {
		return err
	}
	if p.Own.Unit.Type.IsBranch() {
		children = nil
	}
	past := p.On.Before(r.Today)
	var tallies map[org.UnitNo]target.Tally
	var admitted map[org.UnitNo]int
	small, err := r.few(ctx, p.Own.Unit.No, limit)
	if err != nil {
		return err
	}
	if past || small && p.MaySee {
		if err := a.knowSubtree(ctx, r, fc, p.Own.Unit.No); err != nil {
			return err
		}
		var files []forecastFile
		if files, admitted, err = a.forecastFiles(ctx, r, fc, p.Own.Unit.No); err != nil {
			return err
		}
		tallies = fc.tallied(files)
		p.listPeople(files, limit)
	} else if tallies, _, err = a.tallies(ctx, r, fc, p.Own.Unit, numbers(p.Line)); err != nil {
		return err
	}
	lines, err := a.forecastLines(ctx, r, fc, append([]org.Unit{p.Own.Unit}, children...), tallies, admitted)
	if err != nil {
		return err
	}
	p.Own, p.Children = lines[0], lines[1:]
	return nil
}

// maxForecastUnits is up to how many units of a subtree the people are listed beside the
// figures.
const maxForecastUnits = 60

// few reports whether the people of a subtree are listed beside its figures: where all are
// asked for, or the units are few.
func (r *reading) few(ctx context.Context, unit org.UnitNo, limit int) (bool, error) {
	if limit == 0 {
		return true, nil
	}
	owners, err := r.Owners(ctx, []org.UnitNo{unit})
	return len(owners) <= maxForecastUnits, err
}

// listPeople keeps the people whom the actor may see, the earliest first, those without a
// day last.
func (p *ForecastPage) listPeople(files []forecastFile, limit int) {
	if !p.MaySee {
		return
	}
	slices.SortStableFunc(files, func(x, y forecastFile) int {
		return cmp.Or(compareDays(x.outlook.Expected, y.outlook.Expected), compareDays(x.outlook.Earliest, y.outlook.Earliest), cmp.Compare(x.row.ID, y.row.ID))
	})
	if limit > 0 && len(files) > limit {
		files, p.More = files[:limit], true
	}
	for _, f := range files {
		p.People = append(p.People, ForecastPerson{FileRow: f.row, Outlook: f.outlook})
	}
}

// compareDays puts none behind every day.
func compareDays(x, y date.Date) int {
	switch {
	case x == y:
		return 0
	case x.IsZero():
		return 1
	case y.IsZero():
		return -1
	}
	return x.Compare(y)
}

// forecastLines rolls the figures of branches up to units, beside plan and admissions:
// those of the counters, or of a past day those that are handed in.
func (a *App) forecastLines(ctx context.Context, r *reading, fc *forecasting, units []org.Unit, tallies map[org.UnitNo]target.Tally, admitted map[org.UnitNo]int) ([]ForecastLine, error) {
	lines, err := r.targetLines(ctx, units, fc.year, fc.Event)
	if err != nil {
		return nil, err
	}
	below, err := r.Owners(ctx, numbers(units[1:]))
	if err != nil {
		return nil, err
	}
	out, at := make([]ForecastLine, len(units)), map[org.UnitNo]int{}
	for i, l := range lines {
		out[i].Unit, at[l.Unit.No] = l.Unit, i
		for _, c := range l.Cells {
			if c.Indicator == target.Admission {
				out[i].Admitted = c.Done
				if plan, ok := target.Plan(setBy(c.History, fc.Today), fc.year); ok {
					out[i].Plan = &plan.Min
				}
			}
		}
		if admitted != nil {
			out[i].Admitted = 0
		}
	}
	each := func(branch org.UnitNo, fn func(*ForecastLine)) {
		fn(&out[0])
		if i, ok := at[below[branch]]; ok && i > 0 {
			fn(&out[i])
		}
	}
	for branch, t := range tallies {
		each(branch, func(l *ForecastLine) { l.Join(t) })
	}
	for branch, n := range admitted {
		each(branch, func(l *ForecastLine) { l.Admitted += n })
	}
	return out, nil
}

// setBy keeps the figures that had been given by a day.
func setBy(history []target.Target, day date.Date) []target.Target {
	return slices.DeleteFunc(slices.Clone(history), func(t target.Target) bool { return t.SetOn.After(day) })
}

// paceOf lists the usual times of the organization to which the unit belongs.
func (a *App) paceOf(ctx context.Context, r *reading, fc *forecasting, p *ForecastPage) error {
	if _, known := fc.over[p.Own.Unit.No]; !known {
		if err := a.knowUnits(ctx, r, fc, []org.UnitNo{p.Own.Unit.No}); err != nil {
			return err
		}
	}
	paces := fc.pace(p.Own.Unit.No)
	if p.Own.Unit.Type == org.Committee {
		paces = target.Paces{Upper: fc.paces[p.Own.Unit.No]}
	}
	for _, s := range target.PaceSteps() {
		if w, own := paces.Of(s); w.Cases > 0 {
			p.Pace = append(p.Pace, ForecastPace{Stage: s, Wait: w, Own: own})
		}
	}
	return nil
}
