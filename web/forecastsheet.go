package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/render/table"
)

// downloadForecast hands out the units below, or of a branch its people.
func (s *Server) downloadForecast(w http.ResponseWriter, r *request) error {
	on, ok := writtenDay(r.FormValue("on"))
	if !ok {
		return errs.E(errs.Invalid, "forecast.on", "day", r.FormValue("on"))
	}
	p, err := s.app.Forecast(r.Context(), r.who, s.unitOf(r), yearOf(r), on)
	if err != nil {
		return err
	}
	name, code := "du-bao-"+strconv.Itoa(p.Year), string(p.Own.Unit.Code)
	if len(p.Children) > 0 {
		var lines []table.ForecastLine
		for _, c := range append([]app.ForecastLine{p.Own}, p.Children...) {
			lines = append(lines, table.ForecastLine{Name: c.Unit.Name, Verdict: c.Verdict, Missing: c.Missing(p.Last, p.On)})
		}
		return s.sendSheet(w, name, table.ForecastUnits(p.Own.Unit.Name, p.Year, p.On, p.Event, lines))
	}
	var lines []table.ForecastLine
	for _, f := range p.People {
		var why []string
		for _, o := range f.Obstacles {
			why = append(why, o.Text)
		}
		lines = append(lines, table.ForecastLine{Name: f.Name, Unit: f.UnitName, Stage: f.Stage.Words(), Earliest: f.Earliest, Expected: f.Expected, Why: strings.Join(why, " ")})
	}
	return s.sendPeople(w, r, "forecast", code, name, table.ForecastPeople(p.Own.Unit.Name, p.Year, p.On, p.Event, lines))
}
