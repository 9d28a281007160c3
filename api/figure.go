package api

import (
	"net/http"
	"slices"
	"strconv"

	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/report"
	"ketnap/target"
)

// unitYear reads unit and year, the year of the business day where none is given.
func (s *server) unitYear(r *request) (unit string, year int, err error) {
	q, err := queryOf(r)
	if err != nil {
		return "", 0, err
	}
	today, _, err := s.app.Today(r.Context())
	if err != nil {
		return "", 0, err
	}
	unit, year = q.need("unit"), q.year(today.Year())
	return unit, year, q.err()
}

func (s *server) listTargets(w http.ResponseWriter, r *request) error {
	unit, year, err := s.unitYear(r)
	if err != nil {
		return err
	}
	p, err := s.app.Targets(r.Context(), r.who, unit, year)
	if err != nil {
		return err
	}
	out := shape.TargetList{Unit: string(p.Unit.Unit.Code), Year: year, Items: []shape.Target{}}
	for _, line := range append([]app.TargetLine{p.Unit}, p.Children...) {
		for _, c := range line.Cells {
			if t := c.Current; t != nil {
				out.Items = append(out.Items, targetShape(line, c, *t))
			}
		}
	}
	return s.answer(w, out)
}

func targetShape(line app.TargetLine, c app.TargetCell, t target.Target) shape.Target {
	return shape.Target{Unit: string(line.Unit.Code), Name: line.Unit.Name, Indicator: c.Indicator, Min: t.Min, Max: t.Max,
		State: t.State, Per: "year", Document: orNil(t.Document), Clause: orNil(t.Clause), SetOn: t.SetOn, Version: c.Seq}
}

// putTarget gives a unit a figure for a year, and answers with the figure that now holds.
func (s *server) putTarget(w http.ResponseWriter, r *request) error {
	b, err := readBody(r.Request)
	if err != nil {
		return err
	}
	n := app.NewTarget{Unit: b.need("unit"), Indicator: target.Indicator(b.need("indicator")), Reason: b.text("reason"), Document: b.text("document"), Seq: b.version()}
	if year := b.whole("year", true); year != nil {
		n.Year = *year
	}
	if least := b.whole("min", true); least != nil {
		n.Min = *least
	}
	n.Max = b.whole("max", false)
	if err := b.err(); err != nil {
		return err
	}
	try, err := attempt(r, b)
	if err != nil {
		return err
	}
	out, err := s.app.AssignTargetOnce(r.Context(), r.who, n, try, func(line app.TargetLine) (int, []byte, error) { return drawTarget(line, n.Indicator) })
	return s.answered(w, out, err)
}

// drawTarget answers with the figure that now holds.
func drawTarget(line app.TargetLine, i target.Indicator) (int, []byte, error) {
	for _, c := range line.Cells {
		if c.Indicator == i && c.Current != nil {
			b, err := encode(targetShape(line, c, *c.Current))
			return http.StatusOK, b, err
		}
	}
	return 0, nil, errs.E(errs.NotFound, "error.not_found")
}

func (s *server) showProgress(w http.ResponseWriter, r *request) error {
	unit, year, err := s.unitYear(r)
	if err != nil {
		return err
	}
	o, err := s.app.Overview(r.Context(), r.who, unit, year)
	if err != nil {
		return err
	}
	code := string(o.Unit.Code)
	out := shape.Progress{Unit: code, Year: year, CountingEvent: o.Event, Items: []shape.ProgressLine{},
		Stages: list(o.Stages, func(c app.StageCount) shape.StageCount {
			return shape.StageCount{Unit: code, Stage: c.Stage, Count: c.Count}
		})}
	for _, line := range append([]app.TargetLine{o.Own}, o.Children...) {
		for _, c := range line.Cells {
			if c.Indicator == target.Admission || c.Current != nil || c.Done > 0 {
				out.Items = append(out.Items, progressLine(line, c))
			}
		}
	}
	return s.answer(w, out)
}

func progressLine(line app.TargetLine, c app.TargetCell) shape.ProgressLine {
	p := shape.ProgressLine{Unit: string(line.Unit.Code), Name: line.Unit.Name, Indicator: c.Indicator, Done: c.Done}
	if c.Plan != nil {
		p.Plan = &c.Plan.Min
	}
	if c.Current != nil && c.Current.State == target.Goal {
		p.Goal = &c.Current.Min
	}
	p.Percent = target.PercentOf(c.Done, p.Plan)
	return p
}

func (s *server) showReport(w http.ResponseWriter, r *request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	unit, given := q.need("unit"), q.need("period")
	period, err := date.ParsePeriod(given)
	if err != nil && given != "" {
		q.bad("period", "api.period")
	}
	if err := q.err(); err != nil {
		return err
	}
	form := report.Form(r.PathValue("form"))
	if slices.Contains(app.SheetForms(), form) {
		sheet, err := s.app.Sheet(r.Context(), r.who, form, unit, period)
		if err != nil {
			return err
		}
		return s.answer(w, sheet)
	}
	rep, err := s.app.Report(r.Context(), r.who, form, unit, period)
	if err != nil {
		return err
	}
	return s.answer(w, rep)
}

func (s *server) showRating(w http.ResponseWriter, r *request) error {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return errs.E(errs.NotFound, "rating.year").Because(err)
	}
	p, err := s.app.Rating(r.Context(), r.who, r.PathValue("unit"), year)
	if err != nil {
		return err
	}
	return s.answer(w, p.Rating)
}

func (s *server) showForecast(w http.ResponseWriter, r *request) error {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return errs.E(errs.NotFound, "forecast.year").Because(err)
	}
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	on := q.day("on")
	if err := q.err(); err != nil {
		return err
	}
	p, err := s.app.ForecastAll(r.Context(), r.who, r.PathValue("unit"), year, on)
	if err != nil {
		return err
	}
	return s.answer(w, p.Answer())
}
