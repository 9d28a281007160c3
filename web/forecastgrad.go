package web

import (
	"net/http"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// graduation says when the pupils of a school leave, with the form that sets it; nil of a
// unit that is no school.
func (s *Server) graduation(r *request, found app.ForecastPage, faults map[string]string) *forecastGraduation {
	day, ok := found.Graduates.Day(found.Year)
	if !ok {
		return nil
	}
	ctx, lang := r.Context(), i18n.From(r.Context())
	of := i18n.Text(ctx, "forecast.graduation.default")
	if !found.Graduates.From.IsZero() {
		of = i18n.Text(ctx, "forecast.graduation.set", "day", i18n.Date(lang, found.Graduates.From), "reason", found.Graduates.Reason)
	}
	short := dayMonth(day)
	g := &forecastGraduation{Text: i18n.Text(ctx, "forecast.graduation.of", "day", short, "of", of), MayEdit: found.MayEdit, Open: faults != nil}
	value := func(name, otherwise string) string {
		if faults != nil {
			return r.FormValue(name)
		}
		return otherwise
	}
	g.Day = ui.Input{Name: "graduation", Label: i18n.Text(ctx, "forecast.graduation.day"), Help: i18n.Text(ctx, "forecast.graduation.day_help"), Value: value("graduation", short), Error: faults["graduation"], Short: true}
	g.From = ui.Input{Name: "from", Label: i18n.Text(ctx, "forecast.graduation.from"), Value: value("from", r.today.String()), Error: faults["from"]}
	g.Reason = ui.Input{Name: "reason", Label: i18n.Text(ctx, "forecast.graduation.reason"), Value: value("reason", ""), Error: faults["reason"]}
	return g
}

// dayMonth writes a day without its year, as 31/5.
func dayMonth(d date.Date) string {
	words := strings.Split(d.VN(), "/")
	return strings.Join(words[:2], "/")
}

// monthDay reads 31/5 as "05-31", and anything else as it is.
func monthDay(s string) string {
	d, ok := writtenDay(strings.TrimSpace(s) + "/2023") // a year without 29 February
	if !ok {
		return s
	}
	return d.String()[5:]
}

func (s *Server) setGraduation(w http.ResponseWriter, r *request) error {
	from, ok := writtenDay(r.FormValue("from"))
	if !ok {
		from = date.Date{}
	}
	unit := r.FormValue("unit")
	err := s.app.SetGraduation(r.Context(), r.who, unit, monthDay(r.FormValue("graduation")), from, r.FormValue("reason"))
	if err == nil {
		return s.redirect(w, r, address("/forecast", "unit", unit, "year", r.FormValue("year")), i18n.Text(r.Context(), "forecast.graduation.saved"))
	}
	e, refused := formError(err)
	if !refused {
		return err
	}
	return s.answerForecast(w, r, e.Kind.Status(), map[string]string{e.Field: message(r.Context(), err)})
}
