package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/internal/render/xlsx"
	"ketnap/web/ui"
)

func (s *Server) deadlineRoutes() {
	s.get("/deadlines", s.showDeadlines)
	s.get("/deadlines.xlsx", s.downloadDeadlines)
}

// A deadlinePage is Thời hạn: what is overdue and what is due soon in a unit's subtree.
type deadlinePage struct {
	ui.Base
	Lead    string
	Unit    ui.Input
	Units   []ui.Option
	Desk    ui.Input
	Desks   []ui.Option
	Rule    ui.Input
	Rules   []ui.Option
	Window  string
	Counts  []deadlineCount // the windows
	Rows    []deadlineRow
	More    string
	Sheet   string
	Empty   ui.Nothing
	ByUnit  []deadlineUnit
	Sum     deadlineUnit
	Columns []admission.Desk // of the table by unit
}

// A deadlineCount is how many are due in a window.
type deadlineCount struct {
	Words, Href, Count string
	Current            bool
}

// A deadlineRow is one step that is due.
type deadlineRow struct {
	Name, Href, Unit string
	What, Cite       string // the rule and its clause
	Due, Left        string
	Late             bool
	Where            string
	Moved            []string
}

// A deadlineUnit is the figures of a unit by desk: overdue, 7 and 30 days.
type deadlineUnit struct {
	Name, Href string
	Cells      []deadlineCell // three of each desk, then three of the sum
}

// A deadlineCell is a figure that opens its list; none where it is zero.
type deadlineCell struct {
	Count, Href string
	First, Late bool
}

// dueWindows are the windows in the order of the page.
var dueWindows = []app.DueWindow{app.DueLate, app.DueWeek, app.DueMonth}

// dueDesks are the desks in the order of the road.
var dueDesks = []admission.Desk{admission.DeskBranch, admission.DeskBase, admission.DeskBoard}

func (s *Server) dueFilter(r *request) app.DueFilter {
	f := app.DueFilter{Unit: s.unitOf(r), Window: app.DueWindow(r.FormValue("window")), Rule: r.FormValue("rule")}
	if d := admission.Desk(r.FormValue("desk")); slices.Contains(dueDesks, d) {
		f.Desk = d
	}
	return f
}

// dueHref is the list under a filter.
func dueHref(path string, f app.DueFilter) string {
	return address(path, "unit", f.Unit, "window", string(f.Window), "desk", string(f.Desk), "rule", f.Rule)
}

func (s *Server) showDeadlines(w http.ResponseWriter, r *request) error {
	found, err := s.app.Due(r.Context(), r.who, s.dueFilter(r))
	if err != nil {
		return err
	}
	p, err := s.deadlinePage(r, found)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, deadlineView(p))
}

func (s *Server) deadlinePage(r *request, found app.DuePage) (deadlinePage, error) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	f := found.Filter
	f.Unit = string(found.Unit.Code)
	p := deadlinePage{
		Base: s.base(r, i18n.Text(ctx, "deadline.title"), s.above(r, found.Line, func(code string) string { return address("/deadlines", "unit", code) })...),
		Lead: i18n.Text(ctx, "deadline.lead", "unit", found.Unit.Name, "day", i18n.LongDate(lang, found.Today)),
		Unit: ui.Input{Name: "unit", Label: i18n.Text(ctx, "deadline.unit"), Value: f.Unit, Optional: true},
		Desk: ui.Input{Name: "desk", Label: i18n.Text(ctx, "deadline.desk"), Value: string(f.Desk), Optional: true},
		Rule: ui.Input{Name: "rule", Label: i18n.Text(ctx, "deadline.rule"), Value: f.Rule, Optional: true}, Window: string(f.Window),
		Sheet: dueHref("/deadlines.xlsx", f),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "deadline.empty"), Text: i18n.Text(ctx, "deadline.empty_why"), First: &ui.Action{Label: i18n.Text(ctx, "deadline.empty_first"), Href: address("/files", "unit", f.Unit)}},
	}
	var err error
	if p.Units, err = s.unitOptions(r, found.Line); err != nil {
		return p, err
	}
	for _, window := range dueWindows {
		g := f
		g.Window = window
		p.Counts = append(p.Counts, deadlineCount{Words: i18n.Text(ctx, "deadline.window."+string(window)), Count: i18n.Count(lang, found.Sum.In(window)),
			Href: dueHref("/deadlines", g), Current: window == f.Window})
	}
	p.choices(r, found, f)
	for i := range found.Rows {
		p.Rows = append(p.Rows, dueRow(r, found, i))
	}
	if found.More {
		p.More = i18n.Text(ctx, "deadline.more", "n", i18n.Count(lang, len(found.Rows)))
	}
	p.byUnit(r, found, f)
	return p, nil
}

// choices are the desks and rules under which anything is due, with their figures.
func (p *deadlinePage) choices(r *request, found app.DuePage, f app.DueFilter) {
	ctx := r.Context()
	p.Desks = []ui.Option{{Label: i18n.Text(ctx, "deadline.desk.all")}}
	for _, desk := range dueDesks {
		n := 0
		for _, d := range found.Desks {
			if d.Desk == desk {
				n = d.Sum.In(f.Window)
			}
		}
		p.Desks = append(p.Desks, ui.Option{Value: string(desk), Label: i18n.Text(ctx, "deadline.rule.n", "words", i18n.Text(ctx, "deadline.desk."+string(desk)), "n", n)})
	}
	p.Rules = []ui.Option{{Label: i18n.Text(ctx, "deadline.rule.all")}}
	known := f.Rule == ""
	for _, x := range found.Rules {
		if n := x.Sum.In(f.Window); n > 0 || x.Rule == f.Rule {
			known = known || x.Rule == f.Rule
			p.Rules = append(p.Rules, ui.Option{Value: x.Rule, Label: i18n.Text(ctx, "deadline.rule.n", "words", dueRuleWords(x.Rule), "n", n)})
		}
	}
	if !known {
		p.Rules = append(p.Rules, ui.Option{Value: f.Rule, Label: dueRuleWords(f.Rule)})
	}
}

// dueRuleWords names a rule with what it is about.
func dueRuleWords(id string) string {
	for _, t := range admission.TermInfos() {
		if t.ID == id || t.Rule == id {
			return id + " — " + t.Words
		}
	}
	return id
}

// dueRow draws the i-th row of the list.
func dueRow(r *request, found app.DuePage, i int) deadlineRow {
	ctx, lang := r.Context(), i18n.From(r.Context())
	f := found.Rows[i]
	row := deadlineRow{Name: f.Name, Href: "/files/" + f.ID, Unit: f.UnitName, What: f.NextAct.Words(), Due: i18n.Sentence(i18n.LongDate(lang, f.NextDue))}
	_, cite := admission.Why(f.NextAct, f.NextRule)
	row.Cite = strings.Join(slices.DeleteFunc([]string{f.NextRule, cite}, func(s string) bool { return s == "" }), " · ")
	if f.NextWho != admission.DeskNone {
		row.Where = i18n.Text(ctx, "deadline.desk.short."+string(f.NextWho))
	}
	row.Left, row.Late = daysLeft(r, found.Calendar, found.Today, f.NextDue)
	for _, m := range found.Moved[f.ID] {
		row.Moved = append(row.Moved, i18n.Text(ctx, "deadline.moved", "rule", m.Rule, "was", dayOrNone(r, m.Was.IsZero(), i18n.Date(lang, m.Was)),
			"due", dayOrNone(r, m.Due.IsZero(), i18n.Date(lang, m.Due)), "because", movedReason(r, m.Because)))
	}
	return row
}

// movedReason is the document for which days moved, or that rules or calendar changed.
func movedReason(r *request, document string) string {
	if document == "" {
		return i18n.Text(r.Context(), "deadline.moved.asked")
	}
	return document
}

func dayOrNone(r *request, none bool, day string) string {
	if none {
		return i18n.Text(r.Context(), "deadline.moved.none")
	}
	return day
}

// daysLeft says how many days are left, or how many working days a thing is late.
func daysLeft(r *request, cal date.Calendar, today, due date.Date) (words string, late bool) {
	ctx := r.Context()
	switch n := due.Sub(today); {
	case n < 0:
		return i18n.Text(ctx, "deadline.late", "n", max(cal.WorkingBetween(due, today), 1)), true
	case n == 0:
		return i18n.Text(ctx, "deadline.today"), false
	case n == 1:
		return i18n.Text(ctx, "deadline.tomorrow"), false
	default:
		return i18n.Text(ctx, "deadline.left", "n", n), false
	}
}

// byUnit draws the figures of the units directly below, each of which opens its list.
func (p *deadlinePage) byUnit(r *request, found app.DuePage, f app.DueFilter) {
	if len(found.Units) == 0 {
		return
	}
	p.Columns = dueDesks
	sum := app.DueUnit{Unit: found.Unit, Desks: map[admission.Desk]app.DueSum{}}
	for _, u := range found.Units {
		line := deadlineUnit{Name: u.Unit.Name, Href: dueHref("/deadlines", app.DueFilter{Unit: string(u.Unit.Code), Window: f.Window})}
		line.Cells = dueCells(r, u)
		p.ByUnit = append(p.ByUnit, line)
		for desk, x := range u.Desks {
			sum.Desks[desk] = sum.Desks[desk].Plus(x)
		}
		sum.Sum = sum.Sum.Plus(u.Sum)
	}
	p.Sum = deadlineUnit{Name: i18n.Text(r.Context(), "deadline.units.sum"), Cells: dueCells(r, sum)}
}

func dueCells(r *request, u app.DueUnit) []deadlineCell {
	lang := i18n.From(r.Context())
	var out []deadlineCell
	add := func(desk admission.Desk, x app.DueSum) {
		for i, window := range dueWindows {
			n := x.In(window)
			c := deadlineCell{Count: i18n.Count(lang, n), First: i == 0, Late: window == app.DueLate && n > 0}
			if n > 0 {
				c.Href = dueHref("/deadlines", app.DueFilter{Unit: string(u.Unit.Code), Window: window, Desk: desk})
			}
			out = append(out, c)
		}
	}
	for _, desk := range dueDesks {
		add(desk, u.Desks[desk])
	}
	add("", u.Sum)
	return out
}

func (c deadlineCell) class() string {
	class := "n"
	if c.First {
		class += " from"
	}
	if c.Href == "" {
		class += " zero"
	}
	return class
}

func (s *Server) downloadDeadlines(w http.ResponseWriter, r *request) error {
	f := s.dueFilter(r)
	f.Sheet = true
	found, err := s.app.Due(r.Context(), r.who, f)
	if err != nil {
		return err
	}
	return s.sendPeople(w, r, "deadline", f.Unit, "thoi-han-"+found.Today.String(), dueTable(r, found))
}

func dueTable(r *request, found app.DuePage) xlsx.Table {
	ctx := r.Context()
	var lines []table.DueLine
	for _, f := range found.Rows {
		left, _ := daysLeft(r, found.Calendar, found.Today, f.NextDue)
		_, cite := admission.Why(f.NextAct, f.NextRule)
		var moved []string
		for _, m := range found.Moved[f.ID] {
			moved = append(moved, m.Rule+": "+m.Was.VN()+" → "+m.Due.VN()+" ("+movedReason(r, m.Because)+")")
		}
		lines = append(lines, table.DueLine{Unit: string(f.UnitCode), In: f.UnitName, Name: f.Name, Act: f.NextAct, Rule: f.NextRule, Cite: cite, Due: f.NextDue,
			Left: left, Desk: f.NextWho, Moved: strings.Join(moved, "; ")})
	}
	return table.Due(found.Unit.Name, i18n.Text(ctx, "deadline.window."+string(found.Filter.Window)), found.Today, lines)
}

// cellLabel names the i-th figure of a unit on a narrow screen; zeros have no label and are
// not shown there.
func (p deadlinePage) cellLabel(ctx context.Context, i int) string {
	desk := i18n.Text(ctx, "deadline.units.sum")
	if i/len(dueWindows) < len(p.Columns) {
		desk = i18n.Text(ctx, "deadline.desk."+string(p.Columns[i/len(dueWindows)]))
	}
	return desk + ", " + i18n.Text(ctx, "deadline.units.col."+string(dueWindows[i%len(dueWindows)]))
}
