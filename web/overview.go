package web

import (
	"fmt"
	"net/http"
	"strconv"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/target"
	"ketnap/web/ui"
)

// An overviewPage is Tổng quan: the year of a unit in figures.
type overviewPage struct {
	ui.Base
	Lead     string
	Years    []yearLink
	Report   ui.Action
	Plan     ui.MeterBar
	PlanNote string
	PlanHref string
	Figures  []bigFigure
	Funnel   []funnelRow
	Chart    monthChart
	Needs    []needRow
	NeedNote string
	Children []childRow
	Event    string
	Empty    *ui.Nothing
}

// A bigFigure is a number that says something by itself.
type bigFigure struct {
	Number numberLink
	Words  string
	Note   string
}

// A funnelRow is how many stand at a stage. Width is of 100.
type funnelRow struct {
	Stage, Width string
	Number       numberLink
}

// A needRow is a unit that is behind its plan, in words.
type needRow struct{ Name, Href, Text, Do, DoHref string }

// A childRow is a unit directly below, with its year.
type childRow struct {
	Name, Href string
	Plan       numberLink
	Admitted   numberLink
	Percent    string
	Rest       string
	Behind     bool
}

func (s *Server) showOverview(w http.ResponseWriter, r *request) error {
	unit := s.unitOf(r)
	o, err := s.app.Overview(r.Context(), r.who, unit, yearOf(r))
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, overviewView(s.overviewPage(r, o)))
}

// overviewer draws the page of an overview.
type overviewer struct {
	s    *Server
	r    *request
	o    app.Overview
	lang i18n.Lang
	code string
	year string
}

func (s *Server) overviewPage(r *request, o app.Overview) overviewPage {
	v := overviewer{s: s, r: r, o: o, lang: i18n.From(r.Context()), code: string(o.Unit.Code), year: strconv.Itoa(o.Year)}
	p := overviewPage{
		Base:  s.base(r, v.text("overview.title", "year", v.year), s.above(r, o.Line, v.here)...),
		Years: yearLinks(r, o.Year, func(y string) string { return address("/overview", "unit", v.code, "year", y) }),
		Event: v.text("figure.counted", "event", o.Event.Words()),
	}
	p.Report = ui.Action{Label: v.text("overview.report", "period", v.period()), Href: address("/reports/admission", "unit", v.code, "period", v.periodCode())}
	v.plan(&p)
	p.Figures, p.Funnel = v.figures(), v.funnel()
	p.Chart = v.chart()
	p.Needs, p.Children = v.needs(), v.children()
	if o.Behind > 0 {
		p.NeedNote = v.text("overview.need.note", "n", len(o.Needs), "all", o.Behind)
	}
	if v.nothing() {
		p.Empty = &ui.Nothing{Title: v.text("overview.empty", "year", v.year), Text: v.text("overview.empty_why"),
			First: &ui.Action{Label: v.text("overview.empty_first"), Href: address("/targets", "unit", v.code, "year", v.year)}}
	}
	return p
}

func (v overviewer) text(key string, args ...any) string { return i18n.T(v.lang, key, args...) }

func (v overviewer) here(code string) string {
	return address("/overview", "unit", code, "year", v.year)
}

// period is what the next report is about: the month that runs, or the whole year.
func (v overviewer) period() string {
	if v.o.Year == v.o.Today.Year() {
		return v.text("overview.month", "month", strconv.Itoa(v.o.Today.Month()))
	}
	return v.text("overview.year", "year", v.year)
}

func (v overviewer) periodCode() string {
	if v.o.Year == v.o.Today.Year() {
		return fmt.Sprintf("%d-%02d", v.o.Year, v.o.Today.Month())
	}
	return v.year
}

// admission is the cell of a line that counts admissions.
func admissionCell(l app.TargetLine) app.TargetCell {
	for _, c := range l.Cells {
		if c.Indicator == target.Admission {
			return c
		}
	}
	return app.TargetCell{Indicator: target.Admission}
}

// plan says in words and by a bar how far the year has come.
func (v overviewer) plan(p *overviewPage) {
	c := admissionCell(v.o.Own)
	key, args := "overview.lead.unplanned", []any{"unit", v.o.Unit.Name, "done", c.Done}
	plan := 0
	if c.Plan != nil {
		plan = c.Plan.Min
		key = "overview.lead.plan"
		args = append(args, "plan", plan, "rest", max(plan-c.Done, 0))
		if c.Done >= plan {
			key = "overview.lead.reached"
		}
	}
	until := v.o.Today
	if v.o.Year < until.Year() {
		key += "_past"
	}
	p.Lead = v.text(key, append(args, "day", i18n.Date(v.lang, until), "year", v.year)...)
	p.Plan = ui.NewMeter(v.lang, c.Done, plan)
	p.Plan.Big = true
	p.PlanHref = address("/targets", "unit", v.code, "year", v.year)
	if share := c.Progress().Percent; share != nil && c.Plan != nil {
		p.PlanNote = v.text("overview.share", "share", i18n.Percent(v.lang, *share))
	}
}

// files is the address of the people at some stages, for who may see them.
func (v overviewer) files(stages string) string {
	if !v.o.MaySee {
		return ""
	}
	return address("/files", "unit", v.code, "stage", stages)
}

func (v overviewer) figures() []bigFigure {
	var out []bigFigure
	if n := len(v.o.Children); n > 0 {
		out = append(out, bigFigure{Words: v.text("overview.figure.units"),
			Number: numberLink{Text: i18n.Count(v.lang, v.o.Admitted) + "\u00a0/\u00a0" + i18n.Count(v.lang, n), Href: address("/reports/admission", "unit", v.code, "period", v.year)}})
	}
	if v.o.Counted {
		out = append(out,
			bigFigure{Number: v.s.number(v.r, v.o.Stuck, address("/stuck", "unit", v.code)), Words: v.text("overview.figure.stuck"), Note: v.text("overview.figure.today")},
			bigFigure{Number: v.s.number(v.r, v.o.Late, address("/files/late", "unit", v.code)), Words: v.text("overview.figure.late"), Note: v.text("overview.figure.today")})
	}
	for _, f := range []struct{ stage, key string }{{string(admission.Ready), "overview.figure.ready"}, {string(admission.Decided), "overview.figure.decided"}} {
		if len(out) < figuresInRow {
			out = append(out, bigFigure{Number: v.s.number(v.r, v.count(f.stage), v.files(f.stage)), Words: v.text(f.key), Note: v.text("overview.figure.today")})
		}
	}
	return out
}

const figuresInRow = 4

func (v overviewer) count(stage string) int {
	for _, s := range v.o.Stages {
		if string(s.Stage) == stage {
			return s.Count
		}
	}
	return 0
}

// funnelRoad are the stages of the funnel, from the first name to the ceremony; those that few
// files pass are shown only while somebody stands there.
var funnelRoad = []struct {
	stage admission.Stage
	rare  bool
}{
	{admission.New, true}, {admission.Outstanding, false}, {admission.Listed, false}, {admission.Certified, false}, {admission.Applying, false},
	{admission.Verifying, false}, {admission.Held, true}, {admission.Verified, false}, {admission.Ready, false}, {admission.BranchResolved, false},
	{admission.Appraised, true}, {admission.BaseResolved, false}, {admission.Decided, false},
}

func (v overviewer) funnel() []funnelRow {
	most := 0
	for _, st := range funnelRoad {
		most = max(most, v.count(string(st.stage)))
	}
	var out []funnelRow
	for _, st := range funnelRoad {
		n := v.count(string(st.stage))
		if n == 0 && st.rare {
			continue
		}
		row := funnelRow{Stage: i18n.Sentence(st.stage.Words()), Width: "0", Number: v.s.number(v.r, n, v.files(string(st.stage)))}
		if n == 0 {
			row.Number.Href = ""
		}
		if most > 0 {
			row.Width = fmt.Sprintf("%.2f", float64(n)*100/float64(most))
		}
		out = append(out, row)
	}
	return out
}

// needs says in words what each unit far behind has, and what one may do about it.
func (v overviewer) needs() []needRow {
	var out []needRow
	for _, n := range v.o.Needs {
		code := string(n.Unit.Code)
		row := needRow{Name: n.Unit.Name, Href: "/ratings/" + code + "/" + v.year, Do: v.text("overview.need.see"), DoHref: address("/overview", "unit", code, "year", v.year)}
		row.Text = v.text("overview.need.plan", "plan", n.Plan, "done", n.Admitted, "rest", n.Left())
		switch {
		case v.o.Year != v.o.Today.Year():
		case n.Source == 0:
			row.Text += " " + v.text("overview.need.nobody")
		case n.Ready > 0:
			row.Text += " " + v.text("overview.need.ready", "n", n.Source, "ready", n.Ready)
		case n.Trained > 0:
			row.Text += " " + v.text("overview.need.trained", "n", n.Source, "trained", n.Trained)
		default:
			row.Text += " " + v.text("overview.need.source", "n", n.Source)
		}
		if v.o.MaySee && n.Source > 0 && v.o.Year == v.o.Today.Year() {
			row.Do, row.DoHref = v.text("overview.need.stuck"), address("/stuck", "unit", code)
		}
		if !v.o.MaySee {
			row.Href = row.DoHref
		}
		out = append(out, row)
	}
	return out
}

func (v overviewer) children() []childRow {
	var out []childRow
	for _, l := range v.o.Children {
		c, code := admissionCell(l), string(l.Unit.Code)
		row := childRow{Name: l.Unit.Name, Href: v.here(code), Percent: i18n.Percent(v.lang, ""), Rest: v.text("ui.meter.unplanned"),
			Admitted: v.s.number(v.r, c.Done, v.admitted(code)), Plan: numberLink{Text: noFigure, Href: address("/targets", "unit", code, "year", v.year)}}
		if c.Plan != nil {
			row.Plan.Text = i18n.Count(v.lang, c.Plan.Min)
			row.Percent = percent(v.r, c.Progress().Percent)
			row.Behind = c.Done < c.Plan.Min
			row.Rest = v.text("ui.meter.reached")
			if row.Behind {
				row.Rest = v.text("ui.meter.rest", "n", c.Plan.Min-c.Done)
			}
		}
		out = append(out, row)
	}
	return out
}

// admitted is the list of those admitted in a unit in the year, for who may see them.
func (v overviewer) admitted(code string) string {
	if !v.o.MaySee {
		return ""
	}
	return address("/files/admitted", "unit", code, "from", v.year+"-01-01", "to", v.year+"-12-31")
}

// nothing reports whether there is not one figure to show yet.
func (v overviewer) nothing() bool {
	for _, s := range v.o.Stages {
		if s.Count > 0 {
			return false
		}
	}
	for m := range v.o.Months {
		if v.o.Months[m] > 0 || v.o.Before[m] > 0 {
			return false
		}
	}
	return admissionCell(v.o.Own).Plan == nil && len(v.o.Children) == 0
}
