package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/org"
	"ketnap/target"
	"ketnap/web/ui"
)

func (s *Server) targetRoutes() {
	s.get("/targets", s.showTargets)
	s.get("/targets.xlsx", s.downloadTargets)
	s.post("/targets/assign-goals", s.assignGoals)
	s.get("/targets/{unit}/{year}/{indicator}", s.editTarget)
	s.post("/targets/{unit}/{year}/{indicator}", s.assignTarget)
	s.targetGridRoutes()
	s.targetTalkRoutes()
	s.unitPlanRoutes()
}

// targetsPage is the year of a unit: its own targets, and those it gave to its children.
type targetsPage struct {
	ui.Base
	Heading, Lead string
	Unit, Year    string
	Before, After ui.Link // the years beside
	Download      string
	Ways          []ui.Link // to the grid, the talks, the history and the plan
	Own           []targetCell
	Heads         []string
	Rows          []targetLine
	Sums          []targetSum
	Balances      []string
	Goals         []ui.Ask // goals of the children that could be assigned at once
	Note          string   // how admissions are counted
	Empty         *ui.Nothing
}

type targetLine struct {
	Name, Href string
	Cells      []targetCell
}

// targetCell is what a unit owes of an indicator, and what it did.
type targetCell struct {
	Label       string
	Meter       ui.MeterBar
	Note        string // that the figure is a goal, not a plan
	Plan        string // "5", "15–20"; "" for none
	Goal        bool
	Done        string
	DoneHref    string
	Percent     string
	History     []string
	Assign      *ui.Link // who may give a figure
	PlanHead    string   // heads of the cells on a phone
	DoneHead    string
	PercentHead string
}

type targetSum struct{ Plan, Done string }

func targetsHref(unit string, year int) string {
	q := url.Values{"year": {strconv.Itoa(year)}}
	if unit != "" {
		q.Set("unit", unit)
	}
	return "/targets?" + q.Encode()
}

func targetHref(unit string, year int, i target.Indicator) string {
	return "/targets/" + url.PathEscape(unit) + "/" + strconv.Itoa(year) + "/" + string(i)
}

func (s *Server) targetsOf(r *request) (app.TargetPage, error) {
	return s.app.Targets(r.Context(), r.who, s.unitOf(r), yearOf(r))
}

func (s *Server) showTargets(w http.ResponseWriter, r *request) error {
	d, err := s.targetsOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, targetsView(s.targetsPage(r, d)))
}

func (s *Server) targetsPage(r *request, d app.TargetPage) targetsPage {
	lang := i18n.From(r.Context())
	unit, year := string(d.Unit.Unit.Code), strconv.Itoa(d.Year)
	p := targetsPage{Heading: i18n.T(lang, "target.title", "year", year), Lead: d.Unit.Unit.Name, Unit: unit, Year: year,
		Before: ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year-1)), Href: targetsHref(unit, d.Year-1)},
		After:  ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year+1)), Href: targetsHref(unit, d.Year+1)},
		Note:   i18n.T(lang, "target.counted", "event", d.Event.Words())}
	p.Download = "/targets.xlsx?" + url.Values{"unit": {unit}, "year": {year}}.Encode()
	p.Base = s.base(r, p.Heading+" · "+d.Unit.Unit.Name, targetCrumbs(d)...)
	p.Wide = len(d.Children) > 0
	for _, i := range target.Indicators() {
		p.Heads = append(p.Heads, i.Words())
	}
	p.Own = s.targetCells(r, d.Unit, d, d.MayOwn)
	for i := range p.Own {
		p.Own[i].Meter.Big = true
	}
	for _, c := range d.Children {
		p.Rows = append(p.Rows, targetLine{Name: c.Unit.Name, Href: targetsHref(string(c.Unit.Code), d.Year), Cells: s.targetCells(r, c, d, d.MayAssign)})
	}
	if len(d.Children) > 0 {
		p.sums(lang, d)
	}
	if d.MayAssign {
		p.Goals = goalAsks(lang, d)
	}
	p.Ways = targetWays(lang, d)
	p.Empty = s.noTargets(r, d)
	return p
}

// sums sets what the children have beside the unit's own figure (TGT-07).
func (p *targetsPage) sums(lang i18n.Lang, d app.TargetPage) {
	for i, indicator := range target.Indicators() {
		b, done := d.Balance(i), 0
		for _, c := range d.Children {
			done += c.Cells[i].Done
		}
		p.Sums = append(p.Sums, targetSum{i18n.Count(lang, b.Sum), i18n.Count(lang, done)})
		if b.Own == nil && b.Sum == 0 {
			continue
		}
		own := i18n.T(lang, "target.none")
		if b.Own != nil {
			own = i18n.Count(lang, *b.Own)
		}
		p.Balances = append(p.Balances, i18n.T(lang, "target.balance", "indicator", indicator.Words(), "sum", b.Sum, "own", own, "words", b.Words()))
	}
}

// noTargets teaches the first step where a year has no figure at all.
func (s *Server) noTargets(r *request, d app.TargetPage) *ui.Nothing {
	for _, line := range append([]app.TargetLine{d.Unit}, d.Children...) {
		if slices.ContainsFunc(line.Cells, func(c app.TargetCell) bool { return c.Current != nil }) {
			return nil
		}
	}
	lang := i18n.From(r.Context())
	n := &ui.Nothing{Title: i18n.T(lang, "target.empty.title", "year", strconv.Itoa(d.Year)), Text: i18n.T(lang, "target.empty.reader")}
	switch {
	case r.who.Has(access.EnterDocument, r.today):
		n.Text = i18n.T(lang, "target.empty.enter")
		n.First = &ui.Action{Label: i18n.T(lang, "document.enter"), Href: "/documents/new"}
	case d.MayAssign && len(d.Children) > 0:
		n.Text = i18n.T(lang, "target.empty.assign")
	}
	return n
}

// targetCrumbs leads through the units above, the highest first.
func targetCrumbs(d app.TargetPage) []ui.Crumb {
	var path []ui.Crumb
	for _, u := range slices.Backward(d.Above) {
		path = append(path, ui.Crumb{Label: u.Name, Href: targetsHref(string(u.Code), d.Year)})
	}
	return path
}

func (s *Server) targetCells(r *request, line app.TargetLine, d app.TargetPage, mayAssign bool) []targetCell {
	lang := i18n.From(r.Context())
	cells := make([]targetCell, len(line.Cells))
	for i, c := range line.Cells {
		v := targetCell{Label: c.Indicator.Words(), Meter: targetMeter(lang, c), Done: i18n.Count(lang, c.Done), Goal: c.Pending(),
			DoneHref: s.doneHref(r, line.Unit, d.Year, c.Indicator), History: historyWords(lang, c),
			PlanHead:    i18n.T(lang, "target.phone.plan", "indicator", c.Indicator.Words()),
			DoneHead:    i18n.T(lang, "target.phone.done", "indicator", c.Indicator.Words()),
			PercentHead: i18n.T(lang, "target.column.percent")}
		if aim := c.Aim(); aim != nil {
			v.Plan = aim.Words()
		}
		if share := c.Progress().Percent; share != nil {
			v.Percent = i18n.Percent(lang, *share)
		}
		if v.Goal {
			v.Note = i18n.T(lang, "target.goal_only")
		}
		if mayAssign {
			v.Assign = &ui.Link{Label: assignLabel(lang, c), Href: targetHref(string(line.Unit.Code), d.Year, c.Indicator)}
		}
		cells[i] = v
	}
	return cells
}

func assignLabel(lang i18n.Lang, c app.TargetCell) string {
	switch {
	case c.Plan != nil:
		return i18n.T(lang, "target.change")
	case c.Pending():
		return i18n.T(lang, "target.assign_goal")
	}
	return i18n.T(lang, "target.assign")
}

// targetMeter is the bar against the aim. A plan of 0 is a plan, and reached.
func targetMeter(lang i18n.Lang, c app.TargetCell) ui.MeterBar {
	aim := c.Aim()
	switch {
	case aim == nil:
		return ui.NewMeter(lang, c.Done, 0)
	case aim.Min == 0:
		return ui.MeterBar{Figure: i18n.Count(lang, c.Done) + "\u00a0/\u00a00", Words: "· " + i18n.T(lang, "ui.meter.reached")}
	}
	return ui.NewMeter(lang, c.Done, aim.Min)
}

// doneHref leads to what stands behind a figure: the report of admissions, or the people
// at the stage that the indicator counts, for who may see people.
func (s *Server) doneHref(r *request, u org.Unit, year int, i target.Indicator) string {
	q := url.Values{"unit": {string(u.Code)}}
	stages := map[target.Indicator]string{target.Awareness: "certified", target.Introduction: "outstanding"}
	if stage, ok := stages[i]; ok {
		if !r.who.Has(access.SeeFile, r.today) {
			return ""
		}
		q.Set("stage", stage)
		return "/files?" + q.Encode()
	}
	q.Set("period", strconv.Itoa(year))
	return "/reports?" + q.Encode()
}

// historyWords tells every figure that was set, the newest first.
func historyWords(lang i18n.Lang, c app.TargetCell) []string {
	var lines []string
	for _, t := range slices.Backward(c.History) {
		source := ""
		if t.Document != "" {
			source = i18n.T(lang, "target.history.source", "symbol", t.Document)
			if t.Clause != "" {
				source = i18n.T(lang, "target.history.clause", "symbol", t.Document, "clause", t.Clause)
			}
		}
		lines = append(lines, joinWords(" · ", i18n.Date(lang, t.SetOn), t.Words()+" ("+t.State.Words()+")", t.SetBy, source, t.Reason))
	}
	return lines
}

// goalAsks offers to assign the goals of the children, all of one indicator at once.
func goalAsks(lang i18n.Lang, d app.TargetPage) []ui.Ask {
	var asks []ui.Ask
	for i, indicator := range target.Indicators() {
		n := 0
		for _, c := range d.Children {
			if c.Cells[i].Pending() {
				n++
			}
		}
		if n == 0 {
			continue
		}
		asks = append(asks, ui.Ask{ID: "ask-" + string(indicator), Open: i18n.T(lang, "target.goals.open", "n", n, "indicator", indicator.Words()),
			Heading: i18n.T(lang, "target.goals.heading", "n", n), Text: i18n.T(lang, "target.goals.text", "indicator", indicator.Words(), "year", strconv.Itoa(d.Year)),
			Action: "/targets/assign-goals", Submit: i18n.T(lang, "target.goals.submit"), Primary: true,
			Hidden: map[string]string{"parent": string(d.Unit.Unit.Code), "year": strconv.Itoa(d.Year), "indicator": string(indicator)}})
	}
	return asks
}

// assignGoals gives the goals of a unit's children to them as plans (TGT-13).
func (s *Server) assignGoals(w http.ResponseWriter, r *request) error {
	indicator, year, ok := targetKey(r.FormValue("indicator"), r.FormValue("year"))
	if !ok {
		return errs.E(errs.Invalid, "target.form")
	}
	parent := r.FormValue("parent")
	n, err := s.app.AssignGoals(r.Context(), r.who, parent, year, indicator)
	if err != nil {
		return err
	}
	flash := i18n.Text(r.Context(), "target.goals.done", "n", n)
	if n == 0 {
		flash = i18n.Text(r.Context(), "target.goals.none")
	}
	return s.redirect(w, r, targetsHref(parent, year), flash)
}

// targetKey reads indicator and year as an address or a form names them.
func targetKey(indicator, year string) (target.Indicator, int, bool) {
	y, err := strconv.Atoi(year)
	i := target.Indicator(indicator)
	return i, y, err == nil && y >= 2000 && y <= 2100 && slices.Contains(target.Indicators(), i)
}

func (s *Server) downloadTargets(w http.ResponseWriter, r *request) error {
	d, err := s.targetsOf(r)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	t := xlsx.Table{Title: strings.ToUpper(i18n.T(lang, "target.title", "year", strconv.Itoa(d.Year))), Subtitle: d.Unit.Unit.Name,
		Columns: []xlsx.Column{{Name: i18n.T(lang, "target.column.unit")}}, Notes: []string{i18n.T(lang, "target.counted", "event", d.Event.Words())}}
	for _, i := range target.Indicators() {
		for _, key := range []string{"target.column.plan", "target.column.state", "target.column.done", "target.column.percent"} {
			kind := xlsx.Number
			if key == "target.column.plan" || key == "target.column.state" {
				kind = xlsx.Text
			}
			t.Columns = append(t.Columns, xlsx.Column{Name: i.Words() + ": " + i18n.T(lang, key), Kind: kind, Width: 16})
		}
	}
	for _, line := range d.Children {
		t.Rows = append(t.Rows, targetCellsOf(line))
	}
	t.Total = targetCellsOf(d.Unit)
	return s.sendSheet(w, "chi-tieu-"+strconv.Itoa(d.Year), t)
}

func targetCellsOf(line app.TargetLine) []xlsx.Cell {
	row := []xlsx.Cell{xlsx.Str(line.Unit.Name)}
	for _, c := range line.Cells {
		plan, state := xlsx.Cell{}, ""
		if aim := c.Aim(); aim != nil {
			state = aim.State.Words()
			if plan = xlsx.Str(aim.Words()); aim.Max == nil && !c.Pending() {
				plan = xlsx.Int(aim.Min)
			}
		}
		row = append(row, plan, xlsx.Str(state), xlsx.Int(c.Done), xlsx.Decimal(c.Progress().Percent))
	}
	return row
}
