package web

import (
	"net/http"
	"strconv"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/target"
	"ketnap/web/ui"
)

// plansPage lists where the plans of a unit's children stand, those without one too.
type plansPage struct {
	ui.Base
	Heading, Lead     string
	Unit, Year, State string
	States            []ui.Option
	Ways              []ui.Link
	Sheet, Count      string
	Rows              []plansRow
	Empty             *ui.Nothing
}

type plansRow struct {
	Name, Href       string
	Mood             ui.Mood
	State, Note      string
	Open, Late, Done string
}

// noPlanWord stands in an address for units without a plan.
const noPlanWord = "none"

func planWord(s target.PlanState) string {
	if s == target.NoPlan {
		return noPlanWord
	}
	return string(s)
}

func (s *Server) plansOf(r *request) (plansPage, error) {
	d, lines, err := s.app.UnitPlans(r.Context(), r.who, s.unitOf(r), yearOf(r))
	if err != nil {
		return plansPage{}, err
	}
	lang := i18n.From(r.Context())
	unit, year := string(d.Unit.Code), strconv.Itoa(d.Year)
	p := plansPage{Heading: i18n.T(lang, "plan.list.title", "year", year), Lead: d.Unit.Name, Unit: unit, Year: year, State: r.FormValue("state"),
		States: []ui.Option{{Label: i18n.T(lang, "plan.list.any")}},
		Ways:   []ui.Link{{Label: i18n.T(lang, "target.grid.back"), Href: targetsHref(unit, d.Year)}, {Label: i18n.T(lang, "target.ways.plan"), Href: planHref(unit, d.Year)}}}
	for _, st := range []target.PlanState{target.NoPlan, target.PlanDraft, target.PlanSent, target.PlanReturned, target.PlanApproved} {
		p.States = append(p.States, ui.Option{Value: planWord(st), Label: st.Words()})
	}
	p.Base = s.base(r, p.Heading+" · "+d.Unit.Name, append(planCrumbs(d), ui.Crumb{Label: d.Unit.Name, Href: targetsHref(unit, d.Year)})...)
	p.Sheet = address("/plans.xlsx", "unit", unit, "year", year, "state", p.State)
	none := 0
	for _, l := range lines {
		if l.State == target.NoPlan {
			none++
		}
		if p.State == "" || p.State == planWord(l.State) {
			p.Rows = append(p.Rows, plansRowOf(lang, d, l))
		}
	}
	p.Count = i18n.T(lang, "plan.list.count", "n", len(p.Rows), "all", len(lines), "none", none)
	switch {
	case len(lines) == 0:
		p.Empty = &ui.Nothing{Title: i18n.T(lang, "target.grid.empty_title"), Text: i18n.T(lang, "plan.list.empty"),
			First: &ui.Action{Label: i18n.T(lang, "target.ways.plan"), Href: planHref(unit, d.Year)}}
	case len(p.Rows) == 0:
		p.Empty = &ui.Nothing{Title: i18n.T(lang, "plan.list.narrow"), Text: i18n.T(lang, "plan.list.narrow_text"),
			First: &ui.Action{Label: i18n.T(lang, "ui.clear"), Href: address("/plans", "unit", unit, "year", year)}}
	}
	return p, nil
}

func plansRowOf(lang i18n.Lang, d app.PlanPage, l app.PlanLine) plansRow {
	row := plansRow{Name: l.Unit.Name, Href: planHref(string(l.Unit.Code), d.Year), Mood: planMood(l.State), State: l.State.Words(),
		Open: i18n.Count(lang, l.Open), Late: i18n.Count(lang, l.Late), Done: i18n.Count(lang, l.Done)}
	switch l.State {
	case target.PlanSent:
		row.Note = joinWords(" · ", i18n.Date(lang, l.Plan.SubmittedOn), l.Plan.SubmittedBy)
	case target.PlanApproved, target.PlanReturned:
		row.Note = joinWords(" · ", i18n.Date(lang, l.Plan.AnsweredOn), l.Plan.AnsweredBy, l.Plan.Note)
	case target.NoPlan, target.PlanDraft:
	}
	return row
}

func (s *Server) showPlans(w http.ResponseWriter, r *request) error {
	p, err := s.plansOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, plansView(p))
}

func (s *Server) downloadPlans(w http.ResponseWriter, r *request) error {
	p, err := s.plansOf(r)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	t := xlsx.Table{Title: p.Heading, Subtitle: p.Lead, Notes: []string{p.Count}, Columns: []xlsx.Column{{Name: i18n.T(lang, "target.column.unit")}, {Name: i18n.T(lang, "plan.state"), Width: 24},
		{Name: i18n.T(lang, "plan.story"), Width: 40}, {Name: i18n.T(lang, "plan.col.open")}, {Name: i18n.T(lang, "plan.col.late")}, {Name: i18n.T(lang, "plan.col.done")}}}
	for _, row := range p.Rows {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(row.Name), xlsx.Str(row.State), xlsx.Str(row.Note), xlsx.Str(row.Open), xlsx.Str(row.Late), xlsx.Str(row.Done)})
	}
	return s.sendSheet(w, "ke-hoach-"+p.Unit+"-"+p.Year, t)
}

// downloadPlan is the plan of one unit: its figures in the notes, its measures as rows.
func (s *Server) downloadPlan(w http.ResponseWriter, r *request) error {
	d, err := s.planOf(r)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	p := s.unitPlanPage(r, d, "", nil)
	t := xlsx.Table{Title: p.Heading, Subtitle: p.Lead, Columns: []xlsx.Column{{Name: i18n.T(lang, "plan.measure.label.text"), Width: 60}, {Name: i18n.T(lang, "plan.measure.label.owner"), Width: 28},
		{Name: i18n.T(lang, "plan.measure.label.due"), Width: 14}, {Name: i18n.T(lang, "plan.measure.label.origin"), Width: 28}, {Name: i18n.T(lang, "plan.state"), Width: 16}, {Name: i18n.T(lang, "plan.col.note"), Width: 30}}}
	t.Notes = append(t.Notes, i18n.T(lang, "plan.state")+": "+p.State)
	for _, f := range p.Figures {
		t.Notes = append(t.Notes, joinWords(" · ", f.What, f.When, f.Figure, f.Source))
	}
	for _, m := range p.Measures {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(m.Text), xlsx.Str(m.Owner), xlsx.Str(m.Due), xlsx.Str(m.Origin), xlsx.Str(m.State), xlsx.Str(m.Note)})
	}
	return s.sendSheet(w, "ke-hoach-"+string(d.Unit.Code)+"-"+strconv.Itoa(d.Year), t)
}
