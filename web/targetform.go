package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/target"
	"ketnap/web/ui"
)

// targetFormPage is the form by which a superior gives a unit its figure.
type targetFormPage struct {
	ui.Base
	Problem        ui.ProblemBox
	Heading, Lead  string
	Action, Back   string
	Now            []ui.Fact
	Seq            string
	Min, Max       ui.Input
	Reason, Symbol ui.Input
	Submit         string
	History        []string
	HistoryHeading string
}

// targetOf returns the year of the unit in the address and the cell that is asked for.
func (s *Server) targetCell(r *request) (app.TargetPage, app.TargetCell, error) {
	indicator, year, ok := targetKey(r.PathValue("indicator"), r.PathValue("year"))
	if !ok {
		return app.TargetPage{}, app.TargetCell{}, errs.E(errs.NotFound, "error.not_found")
	}
	d, err := s.app.Targets(r.Context(), r.who, r.PathValue("unit"), year)
	if err != nil {
		return d, app.TargetCell{}, err
	}
	if !d.MayOwn {
		return d, app.TargetCell{}, errs.E(errs.Forbidden, "error.forbidden")
	}
	for _, c := range d.Unit.Cells {
		if c.Indicator == indicator {
			return d, c, nil
		}
	}
	return d, app.TargetCell{}, errs.E(errs.NotFound, "error.not_found")
}

func (s *Server) editTarget(w http.ResponseWriter, r *request) error {
	d, c, err := s.targetCell(r)
	if err != nil {
		return err
	}
	values := map[string]string{"seq": strconv.Itoa(c.Seq)}
	if aim := c.Aim(); aim != nil {
		values["min"], values["max"] = strconv.Itoa(aim.Min), numberText(aim.Max)
	}
	return s.page(w, r, http.StatusOK, targetFormView(s.targetFormPage(r, d, c, func(name string) string { return values[name] }, nil)))
}

// assignTarget gives the figure. Where somebody gave one meanwhile it says so, with what
// was typed kept.
func (s *Server) assignTarget(w http.ResponseWriter, r *request) error {
	d, c, err := s.targetCell(r)
	if err != nil {
		return err
	}
	n := app.NewTarget{Unit: string(d.Unit.Unit.Code), Year: d.Year, Indicator: c.Indicator, Reason: r.FormValue("reason"), Document: r.FormValue("document")}
	faults := map[string]string{}
	low, ok := wholeNumber(r.FormValue("min"))
	if !ok || low == nil {
		faults["min"] = i18n.Text(r.Context(), "target.min")
	}
	if n.Max, ok = wholeNumber(r.FormValue("max")); !ok {
		faults["max"] = i18n.Text(r.Context(), "target.max")
	}
	status := http.StatusUnprocessableEntity
	if len(faults) == 0 {
		n.Min = *low
		if n.Seq, err = strconv.Atoi(r.FormValue("seq")); err != nil {
			n.Seq = -1 // of no figure: stale
		}
		err = s.app.AssignTarget(r.Context(), r.who, n)
		if err == nil {
			return s.redirect(w, r, targetsHref(parentOf(d), d.Year), i18n.Text(r.Context(), "target.assigned", "unit", d.Unit.Unit.Name, "indicator", c.Indicator.Words()))
		}
		e, refused := formError(err)
		if !refused {
			return err
		}
		status = e.Kind.Status()
		faults[e.Field] = message(r.Context(), err)
	}
	return s.page(w, r, status, targetFormView(s.targetFormPage(r, d, c, r.FormValue, faults)))
}

// parentOf is the unit on whose page the figure stands in the table.
func parentOf(d app.TargetPage) string {
	if len(d.Above) > 0 {
		return string(d.Above[0].Code)
	}
	return string(d.Unit.Unit.Code)
}

func (s *Server) targetFormPage(r *request, d app.TargetPage, c app.TargetCell, value func(string) string, faults map[string]string) targetFormPage {
	lang := i18n.From(r.Context())
	unit := d.Unit.Unit
	p := targetFormPage{Heading: i18n.T(lang, "target.form.title", "indicator", c.Indicator.Words(), "year", strconv.Itoa(d.Year)), Lead: unit.Name,
		Action: targetHref(string(unit.Code), d.Year, c.Indicator), Back: targetsHref(parentOf(d), d.Year), Seq: value("seq"),
		Submit: i18n.T(lang, "target.assign_goal"), History: historyWords(lang, c)}
	p.Base = s.base(r, p.Heading, append(targetCrumbs(d), ui.Crumb{Label: unit.Name, Href: targetsHref(string(unit.Code), d.Year)})...)
	in := func(name string) ui.Input {
		return ui.Input{Name: name, Label: i18n.T(lang, "target.input."+name), Help: i18n.T(lang, "target.input."+name+"_help"), Value: value(name), Error: faults[name]}
	}
	p.Min, p.Max, p.Reason, p.Symbol = in("min"), in("max"), in("reason"), in("document")
	p.Min.Short, p.Max.Short, p.Max.Optional = true, true, true
	p.Min.Attrs, p.Max.Attrs = map[string]any{"inputmode": "numeric"}, map[string]any{"inputmode": "numeric"}
	p.Reason.Optional = !wasAssigned(c)
	p.Symbol.Optional, p.Symbol.Short = p.Reason.Optional, true
	if p.Reason.Optional {
		p.Reason.Help = i18n.T(lang, "target.input.reason_first")
	} else {
		p.Submit = i18n.T(lang, "target.change")
	}
	p.Now = []ui.Fact{{Term: i18n.T(lang, "target.column.done"), Value: c.Progress().Words()}}
	if aim := c.Aim(); aim != nil {
		p.Now = append([]ui.Fact{{Term: i18n.T(lang, "target.form.now"), Value: aim.Words(), Note: aim.State.Words()}}, p.Now...)
	}
	p.Problem.Mood = ui.Late
	for _, name := range []string{"", "min", "max", "reason", "document"} {
		if faults[name] != "" {
			p.Problem.Findings = append(p.Problem.Findings, ui.Finding{Message: faults[name], Field: name})
		}
	}
	return p
}

// wasAssigned reports whether a figure was given before: to change it needs a reason (TGT-09).
func wasAssigned(c app.TargetCell) bool {
	for _, t := range c.History {
		if t.State == target.Assigned {
			return true
		}
	}
	return false
}

// percentOrDash keeps a cell of the table from being empty.
func percentOrDash(text string) string {
	if strings.TrimSpace(text) == "" {
		return "–"
	}
	return text
}
