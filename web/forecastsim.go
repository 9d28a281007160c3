package web

import (
	"net/http"
	"slices"
	"strconv"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A simulationPage is the form that chooses people and a day, and what would be then.
type simulationPage struct {
	ui.Base
	Lead       string
	By         ui.Input
	Unit, Year string
	Fault      string
	People     []simulationChoice
	Units      []simulationUnit
	Chosen     []simulationPerson
	Asked      bool
	Back       string
}

// A simulationChoice is one who may be chosen.
type simulationChoice struct {
	forecastPerson
	On bool
}

// A simulationUnit is what becomes of a unit.
type simulationUnit struct {
	Name, Href, Plan, Before, After, Verdict, Level string
	Reaches, Regains                                bool
}

// A simulationPerson is one who was chosen, with the last days of what is ahead.
type simulationPerson struct {
	Name, Href, Verdict, Late string
	InTime                    bool
	Steps                     []string
}

func (s *Server) showSimulation(w http.ResponseWriter, r *request) error {
	if err := r.ParseForm(); err != nil {
		return errs.E(errs.Invalid, "api.no_query").Because(err)
	}
	files := r.Form["file"]
	year := yearOf(r)
	by, typed := writtenDay(r.FormValue("by"))
	if r.FormValue("by") == "" {
		by, typed = lastOf(year), true
	}
	if !typed {
		by = date.Date{} // which no year holds: said beside the field
	}
	sim, err := s.app.Simulate(r.Context(), r.who, s.unitOf(r), year, files, by)
	faults, status := map[string]string{}, http.StatusOK
	if err != nil {
		e, refused := formError(err)
		if !refused {
			return err
		}
		faults[e.Field], status = message(r.Context(), err), e.Kind.Status()
	}
	return s.page(w, r, status, simulationView(s.simulationPage(r, sim, files, faults)))
}

func lastOf(year int) date.Date {
	d, err := date.New(year, 12, 31)
	if err != nil {
		return date.Date{}
	}
	return d
}

func (s *Server) simulationPage(r *request, sim app.Simulation, files []string, faults map[string]string) simulationPage {
	v := forecaster{s: s, r: r, p: sim.ForecastPage, lang: i18n.From(r.Context()), code: string(sim.Own.Unit.Code), year: strconv.Itoa(sim.Year)}
	p := simulationPage{Base: s.base(r, v.text("forecast.sim.title", "year", v.year), append(s.above(r, sim.Line, v.here), ui.Crumb{Label: v.text("forecast.title", "year", v.year), Href: v.here(v.code)})...),
		Lead: v.text("forecast.sim.lead", "unit", sim.Own.Unit.Name), Unit: v.code, Year: v.year, Asked: len(files) > 0 && len(faults) == 0, Fault: faults["file"], Back: v.here(v.code)}
	p.By = ui.Input{Name: "by", Label: v.text("forecast.sim.by"), Value: r.FormValue("by"), Error: faults["by"]}
	if p.By.Value == "" {
		p.By.Value = lastOf(sim.Year).String()
	}
	for _, f := range v.people(sim.People) {
		p.People = append(p.People, simulationChoice{forecastPerson: f, On: slices.Contains(files, f.ID)})
	}
	if !p.Asked {
		return p
	}
	for _, u := range sim.Units {
		p.Units = append(p.Units, v.simulated(u))
	}
	for _, c := range sim.Chosen {
		p.Chosen = append(p.Chosen, v.chosen(c))
	}
	return p
}

// simulated says what becomes of a unit.
func (v forecaster) simulated(u app.SimulatedUnit) simulationUnit {
	row := simulationUnit{Name: u.Unit.Name, Href: v.here(string(u.Unit.Code)), Plan: noFigure, Before: i18n.Count(v.lang, u.Admitted), After: i18n.Count(v.lang, u.Admitted+u.More),
		Reaches: u.Reaches(), Regains: u.Regains(), Verdict: v.text("forecast.sim.unplanned"), Level: noFigure}
	if u.Plan != nil {
		row.Plan = i18n.Count(v.lang, *u.Plan)
		switch {
		case u.Admitted >= *u.Plan:
			row.Verdict = v.text("forecast.sim.already")
		case row.Reaches:
			row.Verdict = v.text("forecast.sim.reaches")
		default:
			row.Verdict = v.text("forecast.sim.short", "n", *u.Plan-u.Admitted-u.More)
		}
	}
	if u.Rated {
		row.Href = "/ratings/" + string(u.Unit.Code) + "/" + v.year
		switch {
		case row.Regains:
			row.Level = v.text("forecast.sim.regains")
		case u.After != nil:
			row.Level = v.text("forecast.sim.still")
		default:
			row.Level = v.text("forecast.sim.free")
		}
	}
	return row
}

// chosen says whether the day can be kept and what must be done by when.
func (v forecaster) chosen(c app.SimulatedPerson) simulationPerson {
	row := simulationPerson{Name: c.Name, Href: "/files/" + c.ID, InTime: c.InTime, Verdict: v.text("forecast.sim.intime")}
	switch {
	case c.Earliest.IsZero():
		row.Verdict = v.text("forecast.sim.never")
	case !c.InTime:
		row.Verdict = v.text("forecast.sim.not", "day", v.day(c.Earliest))
	case c.Late:
		row.Late = v.text("forecast.sim.late")
	}
	for _, s := range c.Steps {
		row.Steps = append(row.Steps, v.text("forecast.sim.step", "step", s.Step.Words(), "day", i18n.Date(v.lang, s.On)))
	}
	return row
}
