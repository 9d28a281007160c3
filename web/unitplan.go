package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/target"
	"ketnap/web/ui"
)

func (s *Server) unitPlanRoutes() {
	s.get("/plans", s.showPlans)
	s.get("/plans.xlsx", s.downloadPlans)
	s.get("/plans/{unit}/{year}", s.showPlan)
	s.get("/plans/{unit}/{year}/plan.xlsx", s.downloadPlan)
	s.post("/plans/{unit}/{year}/measures", s.addMeasure)
	s.post("/plans/{unit}/{year}/send", s.sendPlan)
	s.post("/plans/{unit}/{year}/answer", s.answerPlan)
	s.post("/measures/{measure}", s.changeMeasure)
}

func planHref(unit string, year int) string {
	return "/plans/" + url.PathEscape(unit) + "/" + strconv.Itoa(year)
}

// unitPlanPage is the plan of a unit: its figures, its measures, and who sent and
// answered it.
type unitPlanPage struct {
	ui.Base
	Problem       ui.ProblemBox
	Heading, Lead string
	Before, After ui.Link
	Ways          []ui.Link
	Sheet         string
	Mood          ui.Mood
	State         string
	Story         []ui.Fact
	Figures       []planFigure
	Measures      []planMeasure
	MayWrite      bool
	New           planForm
	Send          *ui.Ask
	Answer        *planAnswer
}

type planFigure struct{ What, When, Figure, Done, Source string }

type planMeasure struct {
	No, Text, Owner, Due, Origin, State, Note string
	Mood                                      ui.Mood
	Action                                    string
	Version, Unit, Year                       string
	Reason                                    ui.Input
	Settle                                    []planSettle
	Edit                                      *planForm
}

type planSettle struct{ State, Label string }

type planForm struct {
	Action, Submit           string
	Hidden                   map[string]string
	Text, Owner, Due, Origin ui.Input
	Open                     bool
}

type planAnswer struct {
	Action, Version string
	Note            ui.Input
}

func (s *Server) planOf(r *request) (app.PlanPage, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil || year < 2000 || year > 2100 {
		return app.PlanPage{}, errs.E(errs.NotFound, "error.not_found")
	}
	return s.app.UnitPlan(r.Context(), r.who, r.PathValue("unit"), year)
}

func (s *Server) showPlan(w http.ResponseWriter, r *request) error {
	d, err := s.planOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, unitPlanView(s.unitPlanPage(r, d, "", nil)))
}

// settledPlan answers a form of a plan: with the plan anew, or with what was typed and
// what is wrong beside it. at names the form: "new", "answer" or the id of a measure.
func (s *Server) settledPlan(w http.ResponseWriter, r *request, unit string, year int, at, flash string, err error) error {
	if err == nil {
		return s.redirect(w, r, planHref(unit, year), i18n.Text(r.Context(), flash))
	}
	e, ok := formError(err)
	if !ok {
		return err
	}
	d, again := s.app.UnitPlan(r.Context(), r.who, unit, year)
	if again != nil {
		return again
	}
	return s.page(w, r, e.Kind.Status(), unitPlanView(s.unitPlanPage(r, d, at, e)))
}

// typedMeasure reads the fields of a measure.
func typedMeasure(r *request, unit string, year int) (app.NewMeasure, error) {
	due, err := typedDay(r, "due", "plan.measure.due")
	return app.NewMeasure{Unit: unit, Year: year, Text: r.PostFormValue("text"), Owner: r.PostFormValue("owner"), Due: due, Origin: r.PostFormValue("origin")}, err
}

func (s *Server) addMeasure(w http.ResponseWriter, r *request) error {
	d, err := s.planOf(r)
	if err != nil {
		return err
	}
	n, err := typedMeasure(r, string(d.Unit.Code), d.Year)
	if err == nil {
		err = s.app.AddMeasure(r.Context(), r.who, n)
	}
	return s.settledPlan(w, r, n.Unit, d.Year, "new", "plan.measure.added", err)
}

func (s *Server) changeMeasure(w http.ResponseWriter, r *request) error {
	id, unit := r.PathValue("measure"), r.PostFormValue("unit")
	year, err := strconv.Atoi(r.PostFormValue("year"))
	if err != nil {
		return errs.E(errs.Invalid, "plan.measure.none")
	}
	c := app.MeasureChange{ID: id, State: target.MeasureState(r.PostFormValue("state")), Reason: r.PostFormValue("reason")}
	if c.Version, err = strconv.Atoi(r.PostFormValue("version")); err != nil {
		c.Version = -1 // of nothing: stale
	}
	var fault error
	if r.PostFormValue("do") == "rewrite" {
		n, err := typedMeasure(r, unit, year)
		c.Rewrite, fault = &n, err
	}
	if fault == nil {
		fault = s.app.ChangeMeasure(r.Context(), r.who, c)
	}
	return s.settledPlan(w, r, unit, year, id, "plan.measure.changed", fault)
}

func (s *Server) sendPlan(w http.ResponseWriter, r *request) error {
	d, err := s.planOf(r)
	if err != nil {
		return err
	}
	unit := string(d.Unit.Code)
	return s.settledPlan(w, r, unit, d.Year, "new", "plan.send.done", s.app.SubmitPlan(r.Context(), r.who, unit, d.Year, typedVersion(r)))
}

func (s *Server) answerPlan(w http.ResponseWriter, r *request) error {
	d, err := s.planOf(r)
	if err != nil {
		return err
	}
	unit, approve := string(d.Unit.Code), r.PostFormValue("do") == "approve"
	flash := "plan.answer.returned"
	if approve {
		flash = "plan.answer.approved"
	}
	return s.settledPlan(w, r, unit, d.Year, "answer", flash, s.app.AnswerPlan(r.Context(), r.who, unit, d.Year, typedVersion(r), approve, r.PostFormValue("note")))
}

// typedVersion is the version that a form was made of; of none where it says none.
func typedVersion(r *request) int {
	v, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		return -1
	}
	return v
}

func (s *Server) unitPlanPage(r *request, d app.PlanPage, at string, e *errs.Error) unitPlanPage {
	lang := i18n.From(r.Context())
	unit, year := string(d.Unit.Code), strconv.Itoa(d.Year)
	p := unitPlanPage{Heading: i18n.T(lang, "plan.title", "year", year), Lead: d.Unit.Name, MayWrite: d.MayWrite, State: d.State.Words(), Mood: planMood(d.State),
		Before: ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year-1)), Href: planHref(unit, d.Year-1)},
		After:  ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year+1)), Href: planHref(unit, d.Year+1)},
		Ways: []ui.Link{{Label: i18n.T(lang, "target.grid.back"), Href: targetsHref(unit, d.Year)}, {Label: i18n.T(lang, "target.ways.talk"), Href: talkHref(unit, d.Year)},
			{Label: i18n.T(lang, "target.ways.plans"), Href: address("/plans", "unit", unit, "year", year)}},
		Sheet: planHref(unit, d.Year) + "/plan.xlsx", Story: planStory(lang, d)}
	p.Base = s.base(r, p.Heading+" · "+d.Unit.Name, append(planCrumbs(d), ui.Crumb{Label: d.Unit.Name, Href: targetsHref(unit, d.Year)})...)
	for _, f := range d.Figures {
		p.Figures = append(p.Figures, planFigureOf(lang, f))
	}
	for i, m := range d.Measures {
		p.Measures = append(p.Measures, s.planMeasure(r, d, i, m, at, e))
	}
	p.New = measureForm(r, planHref(unit, d.Year)+"/measures", i18n.T(lang, "plan.measure.add"), app.MeasureRow{}, at == "new", e)
	p.New.Open = at == "new" || len(d.Measures) == 0
	version := strconv.Itoa(d.Plan.Version)
	if d.MayWrite && d.State.Writable() && len(d.Measures) > 0 {
		p.Send = &ui.Ask{ID: "send", Open: i18n.T(lang, "plan.send.open"), Heading: i18n.T(lang, "plan.send.heading"), Text: i18n.T(lang, "plan.send.text"),
			Action: planHref(unit, d.Year) + "/send", Submit: i18n.T(lang, "plan.send.submit"), Primary: true, Hidden: map[string]string{"version": version}}
	}
	if d.MayAnswer && d.State == target.PlanSent {
		p.Answer = &planAnswer{Action: planHref(unit, d.Year) + "/answer", Version: version,
			Note: ui.Input{Name: "note", Label: i18n.T(lang, "plan.answer.note"), Help: i18n.T(lang, "plan.answer.note_help"), Value: r.PostFormValue("note"), Optional: true}}
		if at == "answer" && e != nil && e.Field == "note" {
			p.Answer.Note.Error = message(r.Context(), e)
		}
	}
	if e != nil {
		p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(r.Context(), e)}}}
	}
	return p
}

func planMood(s target.PlanState) ui.Mood {
	switch s {
	case target.PlanApproved:
		return ui.Done
	case target.PlanSent, target.PlanReturned:
		return ui.Soon
	case target.NoPlan, target.PlanDraft:
	}
	return ui.Todo
}

func planCrumbs(d app.PlanPage) []ui.Crumb {
	var path []ui.Crumb
	for _, u := range slices.Backward(d.Above) {
		path = append(path, ui.Crumb{Label: u.Name, Href: address("/plans", "unit", string(u.Code), "year", strconv.Itoa(d.Year))})
	}
	return path
}

// planStory says who wrote, sent and answered the plan, and when.
func planStory(lang i18n.Lang, d app.PlanPage) []ui.Fact {
	facts := []ui.Fact{{Term: i18n.T(lang, "plan.state"), Value: d.State.Words(), Note: d.Plan.Note}}
	if d.Plan.WrittenBy != "" {
		facts = append(facts, ui.Fact{Term: i18n.T(lang, "plan.written"), Value: d.Plan.WrittenBy, Note: i18n.Date(lang, d.Plan.WrittenOn)})
	}
	if d.Plan.SubmittedBy != "" {
		facts = append(facts, ui.Fact{Term: i18n.T(lang, "plan.submitted"), Value: d.Plan.SubmittedBy, Note: i18n.Date(lang, d.Plan.SubmittedOn)})
	}
	if d.Plan.AnsweredBy != "" {
		facts = append(facts, ui.Fact{Term: i18n.T(lang, "plan.answered"), Value: d.Plan.AnsweredBy, Note: i18n.Date(lang, d.Plan.AnsweredOn)})
	}
	return facts
}

func planFigureOf(lang i18n.Lang, f app.PlanFigure) planFigure {
	v := planFigure{What: f.Figure.Indicator.Words(), When: f.Figure.Span.Words(f.Figure.Year), Figure: f.Figure.Words(), Done: noFigure,
		Source: joinWords(" · ", f.Figure.Share.Words(), i18n.Date(lang, f.Figure.SetOn), f.Figure.Document)}
	if f.Done != nil {
		v.Done = target.Measure(*f.Done, &f.Figure.Min).Words()
	}
	return v
}

func (s *Server) planMeasure(r *request, d app.PlanPage, i int, m app.MeasureRow, at string, e *errs.Error) planMeasure {
	lang := i18n.From(r.Context())
	v := planMeasure{No: strconv.Itoa(i + 1), Text: m.Text, Owner: m.Owner, Due: i18n.Date(lang, m.Due), Origin: m.Origin, State: m.State.Words(), Mood: ui.Todo,
		Action: "/measures/" + url.PathEscape(m.ID), Version: strconv.Itoa(m.Version)}
	switch {
	case m.State == target.MeasureDone:
		v.Mood, v.Note = ui.Done, joinWords(" · ", i18n.Date(lang, m.SettledOn), m.SettledBy)
	case m.State == target.MeasureDropped:
		v.Mood, v.Note = ui.Shut, joinWords(" · ", m.Reason, i18n.Date(lang, m.SettledOn), m.SettledBy)
	case m.Late(d.Today):
		v.Mood, v.State = ui.Late, i18n.T(lang, "plan.measure.late")
	}
	if answered := d.Plan.AnsweredOn; d.State == target.PlanApproved && answered.Before(m.AddedOn) {
		v.Note = joinWords(" · ", v.Note, i18n.T(lang, "plan.measure.after"))
	}
	if !d.MayWrite {
		return v
	}
	v.Unit, v.Year = string(d.Unit.Code), strconv.Itoa(d.Year)
	v.Reason = ui.Input{Name: "reason", ID: "reason" + m.ID, Label: i18n.T(lang, "plan.measure.label.reason"), Optional: true}
	if at == m.ID && e != nil && e.Field == "reason" {
		v.Reason.Error = message(r.Context(), e)
	}
	for _, st := range []target.MeasureState{target.MeasureDone, target.MeasureDropped, target.MeasureOpen} {
		if st != m.State {
			v.Settle = append(v.Settle, planSettle{string(st), i18n.T(lang, "plan.measure.to."+string(st))})
		}
	}
	if d.State.Writable() {
		f := measureForm(r, v.Action, i18n.T(lang, "plan.measure.save"), m, at == m.ID, e)
		f.Hidden = map[string]string{"do": "rewrite", "state": string(m.State), "reason": m.Reason, "version": v.Version, "unit": string(d.Unit.Code), "year": strconv.Itoa(d.Year)}
		v.Edit = &f
	}
	return v
}

// measureForm is the form of a measure; what was typed stands in the form that was refused.
func measureForm(r *request, action, submit string, m app.MeasureRow, mine bool, e *errs.Error) planForm {
	lang := i18n.From(r.Context())
	due := ""
	if !m.Due.IsZero() {
		due = m.Due.String()
	}
	in := func(name, value string) ui.Input {
		x := ui.Input{Name: name, ID: name + m.ID, Label: i18n.T(lang, "plan.measure.label."+name), Value: value}
		if mine && e != nil {
			if x.Value = r.PostFormValue(name); e.Field == name {
				x.Error = message(r.Context(), e)
			}
		}
		return x
	}
	f := planForm{Action: action, Submit: submit, Text: in("text", m.Text), Owner: in("owner", m.Owner), Due: in("due", due), Origin: in("origin", m.Origin), Open: mine && e != nil}
	f.Origin.Optional, f.Origin.Help = true, i18n.T(lang, "plan.measure.origin_help")
	return f
}
