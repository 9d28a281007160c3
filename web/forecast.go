package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/target"
	"ketnap/web/ui"
)

// forecastRoutes names the pages of the forecast.
func (s *Server) forecastRoutes() {
	s.get("/forecast", s.showForecast)
	s.get("/forecast.xlsx", s.downloadForecast)
	s.get("/forecast/simulate", s.showSimulation)
	s.post("/forecast/graduation", s.setGraduation)
}

// A forecastPage is Dự báo: what a unit's year will bring.
type forecastPage struct {
	ui.Base
	Lead     string
	Tabs     []watchTab
	Years    []yearLink
	Missing  string
	Plan     ui.MeterBar
	Bars     []forecastBar
	Method   []string
	Last     []forecastLast
	LastNote string
	Staff    []forecastLast // of a school: for those who stay
	Children []forecastChild
	People   []forecastPerson
	More     string
	Pace     []forecastPace
	PaceNote string
	Simulate string
	Sheet    string
	Grad     *forecastGraduation
	Event    string
	Unit     string
	Year     string
	Empty    *ui.Nothing
}

// A forecastBar is one figure with its bar and the list behind it.
type forecastBar struct {
	Meter ui.MeterBar
	Words string
	Href  string
}

// A forecastLast is the last useful day of a step.
type forecastLast struct {
	Step, Day, Left, Why, Cite string
	Past                       bool
}

// A forecastChild is a unit below with its figures.
type forecastChild struct {
	Name, Href                       string
	Plan, Admitted, Possible, Likely numberLink
	Missing                          string
	Behind                           bool
}

// A forecastPerson is one open file with its days.
type forecastPerson struct {
	ID, Name, Href, Unit, Stage string
	Earliest, Expected          string
	Why                         []string
	Turn                        string
	InTime                      bool
}

// A forecastPace is how long files usually take from a step.
type forecastPace struct{ Step, Median, Through, Cases, Of string }

// A forecastGraduation is the day on which pupils leave, and its form.
type forecastGraduation struct {
	Text    string
	MayEdit bool
	Open    bool
	Day     ui.Input
	From    ui.Input
	Reason  ui.Input
}

func (s *Server) showForecast(w http.ResponseWriter, r *request) error {
	return s.answerForecast(w, r, http.StatusOK, nil)
}

func (s *Server) answerForecast(w http.ResponseWriter, r *request, status int, faults map[string]string) error {
	on, ok := writtenDay(r.FormValue("on"))
	if !ok { // no other day stands for one that cannot be read
		return errs.E(errs.Invalid, "forecast.on", "day", r.FormValue("on"))
	}
	found, err := s.app.Forecast(r.Context(), r.who, s.unitOf(r), yearOf(r), on)
	if err != nil {
		return err
	}
	p := s.forecastPage(r, found)
	p.Grad = s.graduation(r, found, faults)
	return s.page(w, r, status, forecastView(p))
}

// forecaster draws the page of a forecast.
type forecaster struct {
	s    *Server
	r    *request
	p    app.ForecastPage
	lang i18n.Lang
	code string
	year string
}

func (v forecaster) text(key string, args ...any) string { return i18n.T(v.lang, key, args...) }

func (v forecaster) here(code string) string {
	return address("/forecast", "unit", code, "year", v.year)
}

func (s *Server) forecastPage(r *request, found app.ForecastPage) forecastPage {
	v := forecaster{s: s, r: r, p: found, lang: i18n.From(r.Context()), code: string(found.Own.Unit.Code), year: strconv.Itoa(found.Year)}
	p := forecastPage{Base: s.base(r, v.text("forecast.title", "year", v.year), s.above(r, found.Line, v.here)...), Unit: v.code, Year: v.year,
		Lead:     v.text("forecast.lead", "unit", found.Own.Unit.Name, "day", i18n.Date(v.lang, found.On), "verdict", found.Own.Sentence(found.Year)),
		Tabs:     watchTabs(r, "/forecast"),
		Years:    yearLinks(r, found.Year, func(y string) string { return address("/forecast", "unit", v.code, "year", y) }),
		Missing:  i18n.Sentence(found.Own.Missing(found.Last, found.On)),
		Event:    v.text("figure.counted", "event", found.Event.Words()),
		Sheet:    address("/forecast.xlsx", "unit", v.code, "year", v.year),
		Simulate: address("/forecast/simulate", "unit", v.code, "year", v.year),
		Method:   []string{v.text("forecast.method.possible"), v.text("forecast.method.likely", "years", target.PaceYears, "least", target.MinCases)},
	}
	v.bars(&p)
	p.Last = v.last(found.Last)
	if found.School {
		p.LastNote = v.text("forecast.last.school", "day", i18n.Date(v.lang, found.Last.End))
		p.Staff = v.last(found.YearEnd)
	}
	p.Children, p.People, p.Pace = v.children(), v.people(found.People), v.pace()
	if len(p.Pace) > 0 {
		p.PaceNote = v.text("forecast.pace.note", "years", target.PaceYears)
	}
	if found.More {
		p.More = v.text("forecast.people.more", "n", len(found.People))
	}
	if !found.MaySee {
		p.Simulate = ""
	}
	if found.Own.Open == 0 && found.Own.Plan == nil && found.Own.Admitted == 0 {
		p.Empty = &ui.Nothing{Title: v.text("forecast.empty"), Text: v.text("forecast.empty_why"), First: &ui.Action{Label: v.text("overview.empty_first"), Href: address("/targets", "unit", v.code, "year", v.year)}}
	}
	return p
}

// bars are the figures of the year, each against the plan.
func (v forecaster) bars(p *forecastPage) {
	own, plan := v.p.Own, 0
	if own.Plan != nil {
		plan = *own.Plan
	}
	p.Plan = ui.NewSplit(v.lang, plan, ui.Part{Fill: 1, Count: own.Admitted, Label: v.text("forecast.admitted")},
		ui.Part{Fill: 2, Count: own.Likely, Label: v.text("forecast.likely")})
	p.Plan.Big, p.Plan.Words = true, v.text("forecast.of_plan")
	if plan == 0 {
		p.Plan.Words = "· " + v.text("ui.meter.unplanned")
	}
	bar := func(n int, key, href string) {
		m := ui.NewSplit(v.lang, max(plan, n), ui.Part{Fill: 1, Count: n})
		m.Figure = i18n.Count(v.lang, n)
		m.Words, m.Small = v.text(key), true
		p.Bars = append(p.Bars, forecastBar{Meter: m, Words: v.text(key), Href: href})
	}
	bar(own.Admitted, "forecast.admitted", v.files("/files/admitted", v.code))
	bar(own.Likely, "forecast.likely", "#nguoi")
	bar(own.Possible, "forecast.possible", "#nguoi")
}

// files is the address of a list of people of a unit, for who may see them.
func (v forecaster) files(path, code string) string {
	switch {
	case !v.p.MaySee:
		return ""
	case path == "/files/admitted":
		return address(path, "unit", code, "from", v.year+"-01-01", "to", v.year+"-12-31")
	}
	return address(path, "unit", code)
}

// link is a figure with what is behind it; nothing is behind none.
func (v forecaster) link(n int, href string) numberLink {
	if n == 0 {
		href = ""
	}
	return v.s.number(v.r, n, href)
}

func (v forecaster) last(l target.LastDates) []forecastLast {
	var out []forecastLast
	for _, d := range l.Steps {
		row := forecastLast{Step: d.Step.Words(), Day: i18n.Sentence(i18n.LongDate(v.lang, d.On)), Why: d.Sentence, Cite: strings.Trim(d.Cite+" · "+d.Rule, " ·")}
		if n := d.On.Sub(v.p.On); n < 0 {
			row.Past, row.Left = true, v.text("forecast.last.past")
		} else {
			row.Left = v.text("forecast.last.left", "n", n)
		}
		out = append(out, row)
	}
	return out
}

func (v forecaster) children() []forecastChild {
	var out []forecastChild
	for _, c := range v.p.Children {
		code := string(c.Unit.Code)
		row := forecastChild{Name: c.Unit.Name, Href: v.here(code), Missing: i18n.Sentence(c.Missing(v.p.Last, v.p.On)), Plan: numberLink{Text: noFigure},
			Admitted: v.link(c.Admitted, v.files("/files/admitted", code)), Possible: v.link(c.Possible, v.here(code)+"#nguoi"), Likely: v.link(c.Likely, v.here(code)+"#nguoi")}
		if c.Plan != nil {
			row.Plan = numberLink{Text: i18n.Count(v.lang, *c.Plan), Href: address("/targets", "unit", code, "year", v.year)}
			row.Behind = !*c.OnTrack()
		}
		out = append(out, row)
	}
	return out
}

func (v forecaster) people(all []app.ForecastPerson) []forecastPerson {
	var out []forecastPerson
	end := v.p.YearEnd.End
	if end.IsZero() {
		end = v.p.Last.End
	}
	for _, f := range all {
		row := forecastPerson{ID: f.ID, Name: f.Name, Href: "/files/" + f.ID, Unit: f.UnitName, Stage: f.Stage.Words(), Earliest: v.day(f.Earliest), Expected: v.day(f.Expected)}
		for _, o := range f.Obstacles {
			row.Why = append(row.Why, o.Text)
		}
		if f.NextAct != "" {
			row.Turn = f.NextAct.Words() + " — " + whoseTurn(v.r, f.NextWho)
		}
		row.InTime = !f.Expected.IsZero() && !f.Expected.After(end)
		out = append(out, row)
	}
	return out
}

func (v forecaster) day(d date.Date) string {
	if d.IsZero() {
		return noFigure
	}
	return i18n.Date(v.lang, d)
}

func (v forecaster) pace() []forecastPace {
	var out []forecastPace
	for _, x := range v.p.Pace {
		row := forecastPace{Step: i18n.Sentence(x.Stage.Words()), Cases: i18n.Count(v.lang, x.Wait.Cases), Median: v.text("forecast.pace.less"), Of: v.text("forecast.pace.upper"),
			Through: i18n.Percent(v.lang, strconv.Itoa((x.Wait.Through()+5)/10))}
		if n, ok := x.Wait.Median(); ok {
			row.Median = v.text("forecast.pace.days", "n", n)
		}
		if x.Own {
			row.Of = v.text("forecast.pace.own")
		}
		out = append(out, row)
	}
	return out
}
