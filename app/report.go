package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/report"
	"ketnap/store"
	"ketnap/target"
)

// Report fills a form for a unit and a period from the counters of its subtree.
func (a *App) Report(ctx context.Context, who Actor, form report.Form, unit string, period date.Period) (rep report.Report, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		u, _, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		children, err := r.partyChildren(ctx, u)
		if err != nil {
			return err
		}
		event, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		lines, err := r.reportLines(ctx, append([]org.Unit{u}, children...), period, target.Event(event))
		if err != nil {
			return err
		}
		rep, err = report.Build(form, period, report.Facts{Unit: lines[0], Children: lines[1:], Today: r.Today, Event: target.Event(event)})
		if err != nil {
			return errs.E(errs.NotFound, "report.form", "form", string(form)).Because(err)
		}
		return nil
	})
	return rep, err
}

// An AdmittedPage is the people of a unit's subtree who were admitted from one day to another.
type AdmittedPage struct {
	Unit  org.Unit
	Line  []org.Unit
	From  date.Date
	To    date.Date
	Event target.Event
	Files []store.FileRow // in the order of their days
}

// Admitted lists the people behind a figure of a report: who was admitted in a unit's
// subtree from one day to another, both included, by the event that counts.
func (a *App) Admitted(ctx context.Context, who Actor, unit string, from, to date.Date) (p AdmittedPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		p.From, p.To = from, to
		if p.Unit, _, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, p.Unit.No); err != nil {
			return err
		}
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		p.Event = target.Event(word)
		p.Files, err = r.AdmittedFiles(ctx, r.Scope, p.Unit.No, p.Event == target.ByCeremony, from, to)
		return err
	})
	return p, err
}

// partyChildren returns the direct children that admit people: no boards, no unions.
func (r *reading) partyChildren(ctx context.Context, u org.Unit) ([]org.Unit, error) {
	children, err := r.Children(ctx, u.No)
	return slices.DeleteFunc(children, func(c org.Unit) bool { return c.Type == org.Board || c.Type == org.Union }), err
}

// admitted names the figure by which admissions are counted.
func admitted(event target.Event) string {
	if event == target.ByCeremony {
		return store.IndicatorAdmitted
	}
	return store.IndicatorDecided
}

func (r *reading) reportLines(ctx context.Context, units []org.Unit, period date.Period, event target.Event) ([]report.Line, error) {
	nos := numbers(units)
	plans, err := r.plans(ctx, nos, period.Year(), target.Admission)
	if err != nil {
		return nil, err
	}
	months := period.Months()
	sums, err := r.Counters(ctx, store.Realm, nos, months[0], months[len(months)-1], []string{admitted(event)})
	if err != nil {
		return nil, err
	}
	lines := make([]report.Line, len(units))
	for i, u := range units {
		lines[i] = report.Line{Unit: string(u.Code), Name: u.Name, Admitted: sums[store.Figure{Unit: u.No, Indicator: admitted(event)}]}
		if t, ok := plans[u.No]; ok {
			lines[i].Plan = &t.Min
		}
	}
	return lines, nil
}

// plans returns the plan of each unit for a year: the last figure assigned to it.
func (r *reading) plans(ctx context.Context, units []org.UnitNo, year int, indicator target.Indicator) (map[org.UnitNo]target.Target, error) {
	rows, err := r.Tx.Targets(ctx, units, year)
	if err != nil {
		return nil, err
	}
	histories := map[org.UnitNo][]target.Target{}
	for _, row := range rows {
		if t := targetOf(row); t.Indicator == indicator {
			histories[row.Unit] = append(histories[row.Unit], t)
		}
	}
	out := map[org.UnitNo]target.Target{}
	for u, h := range histories {
		if plan, ok := target.Plan(h, year); ok {
			out[u] = plan
		}
	}
	return out, nil
}

func targetOf(r store.TargetRow) target.Target {
	return target.Target{Unit: string(r.UnitCode), Year: r.Year, Indicator: target.Indicator(r.Indicator), Min: r.Min, Max: r.Max,
		State: target.State(r.State), Document: r.Symbol, Clause: r.Clause, SetOn: r.SetOn, SetBy: r.SetBy, Reason: r.Reason,
		Span:  target.Span{Until: r.Until, Quarter: r.Quarter, Part: target.Part(r.Part), PerYear: r.PerYear},
		Share: target.Share{Hundredths: r.Percent, On: r.BaseOn, Base: r.Base}}
}
