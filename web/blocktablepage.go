package web

import (
	"net/http"
	"strconv"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/org"
	"ketnap/web/ui"
)

// page draws the whole table.
func (v blockTabler) page() (tablePage, error) {
	p := tablePage{Base: v.s.base(v.r, v.text("table.title"), v.s.above(v.r, v.t.Line, func(code string) string { return v.here("/table", "unit", code, "q", "", "kind", "", "state", "") })...),
		Lead: v.text("table.lead", "unit", v.t.Unit.Name, "day", i18n.Date(v.lang, v.t.Today)), Tabs: watchTabs(v.r, "/table"), Year: v.year, Sort: v.order(),
		Years: yearLinks(v.r, v.t.Year, func(y string) string { return v.here("/table", "year", y) }),
		Unit:  ui.Input{Name: "unit", Label: v.text("stuck.unit"), Value: v.code, Optional: true},
		Query: ui.Input{Name: "q", Label: v.text("table.query"), Value: v.query, Optional: true},
		Kind:  ui.Input{Name: "kind", Label: v.text("table.kind"), Value: v.kind, Optional: true},
		State: ui.Input{Name: "state", Label: v.text("table.state"), Value: v.state, Optional: true},
		Sheet: v.here("/table.xlsx"), Back: v.here("/table"),
		Notes: []string{v.text("table.note.admitted", "event", v.t.Event.Words()), v.text("table.note.forecast", "year", v.year), v.text("table.note.state"), v.text("table.note.none")}}
	p.Wide = true
	var err error
	if p.Units, err = v.s.unitOptions(v.r, v.t.Line); err != nil {
		return p, err
	}
	rows := v.rows()
	v.options(&p)
	v.heads(&p)
	for _, r := range rows {
		p.Rows = append(p.Rows, v.line(r))
	}
	p.Total = v.total(rows)
	switch {
	case len(v.t.Rows) == 0:
		p.Empty = &ui.Nothing{Title: v.text("table.empty"), Text: v.text("table.empty_why"), First: &ui.Action{Label: v.text("table.empty_first"), Href: address("/forecast", "unit", v.code)}}
	case len(rows) == 0:
		p.Empty = &ui.Nothing{Title: v.text("table.nothing"), Text: v.text("table.nothing_why"), First: &ui.Action{Label: v.text("ui.clear"), Href: address("/table", "unit", v.code, "year", v.year)}}
	}
	return p, nil
}

// watchTabs are the pages of Theo dõi that the reader may open.
func watchTabs(r *request, current string) []watchTab {
	var out []watchTab
	for _, t := range []struct {
		key, href string
		right     access.Right
	}{{"table.tab.table", "/table", access.SeeFigures}, {"table.tab.stuck", "/stuck", access.SeeFile}, {"table.tab.forecast", "/forecast", access.SeeFigures}} {
		if !r.who.Has(t.right, r.today) {
			continue
		}
		out = append(out, watchTab{Label: i18n.Text(r.Context(), t.key), Href: address(t.href, "unit", r.FormValue("unit")), Current: t.href == current})
	}
	return out
}

// options offers the kinds and states that there are, with how many units each has.
func (v blockTabler) options(p *tablePage) {
	kinds, states, pinned := map[org.Kind]int{}, map[app.TableState]int{}, 0
	for _, r := range v.t.Rows {
		kinds[r.Unit.Kind]++
		states[r.State()]++
		if r.Pinned {
			pinned++
		}
	}
	all := v.text("table.all", "n", len(v.t.Rows))
	p.Kinds, p.States = []ui.Option{{Label: all}}, []ui.Option{{Label: all}}
	for _, k := range org.Kinds() {
		if kinds[k] > 0 {
			p.Kinds = append(p.Kinds, ui.Option{Value: string(k), Label: v.text("table.option", "what", v.text("admin.kind."+string(k)), "n", kinds[k])})
		}
	}
	for _, s := range []app.TableState{app.TableIdle, app.TableBehind, app.TableNone} {
		p.States = append(p.States, ui.Option{Value: string(s), Label: v.text("table.option", "what", v.text("table.state."+string(s)), "n", states[s])})
	}
	p.States = append(p.States, ui.Option{Value: tablePinned, Label: v.text("table.option", "what", v.text("table.state.pinned"), "n", pinned)})
}

func (v blockTabler) heads(p *tablePage) {
	p.Name = v.head("name", false, false)
	last := ""
	for _, c := range tableCols() {
		from := c.group != last && c.group != ""
		h := v.head(c.key, from, true)
		if c.group == "" {
			p.Single = append(p.Single, h)
			continue
		}
		if from {
			p.Groups = append(p.Groups, tableGroup{Label: v.text("table.group."+c.group, "year", v.year), Span: "0"})
		}
		g := &p.Groups[len(p.Groups)-1]
		n, _ := strconv.Atoi(g.Span) // it is a number that stands there
		g.Span = strconv.Itoa(n + 1)
		last = c.group
		p.Heads = append(p.Heads, h)
	}
	p.Days = []tableHead{v.head("session", true, true), v.head("next", false, true)}
}

// head is a heading that sorts: the other way round where it sorts already. Figures begin
// with the greatest.
func (v blockTabler) head(key string, from, number bool) tableHead {
	h := tableHead{Label: v.text("table.col." + key), Full: v.text("table.full." + key), From: from, Number: number, Sorted: "none"}
	next := key
	if number && key != "next" && key != "session" {
		next = "-" + key
	}
	if v.sort == key {
		if h.Sorted, next = "ascending", "-"+key; v.down {
			h.Sorted, next = "descending", key
		}
	}
	h.Href = v.here("/table", "sort", next)
	return h
}

// tableMoods colour what a rule says of a unit.
var tableMoods = map[app.TableState]ui.Mood{app.TableIdle: ui.Late, app.TableBehind: ui.Soon}

func (v blockTabler) line(r app.TableRow) tableLine {
	code := string(r.Unit.Code)
	l := tableLine{Name: r.Unit.Name, Code: code, Pinned: r.Pinned, Href: address("/table", "unit", code, "year", v.year)}
	if r.Unit.Type.IsBranch() {
		l.Href = address("/forecast", "unit", code, "year", v.year)
	}
	if s := r.State(); s != "" {
		l.State, l.Mood = v.text("table.state."+string(s)), tableMoods[s]
	}
	l.Cells = v.cells(r)
	l.Days = []tableCell{v.session(r), v.duty(r)}
	return l
}

func (v blockTabler) cells(r app.TableRow) []tableCell {
	var out []tableCell
	last := ""
	for _, c := range tableCols() {
		cell := tableCell{numberLink: numberLink{Text: noFigure}, From: c.group != last && c.group != "", Bold: c.key == "admitted"}
		last = c.group
		if c.narrow {
			cell.Label = v.text("table.full." + c.key)
		}
		if n := c.value(r); n != nil {
			cell.Text, cell.Zero = i18n.Count(v.lang, *n), *n == 0
			if *n > 0 && c.href != nil {
				cell.Href = c.href(v, r)
			}
		}
		out = append(out, cell)
	}
	return out
}

// session is the day of the last gathering or working session.
func (v blockTabler) session(r app.TableRow) tableCell {
	c := tableCell{numberLink: numberLink{Text: noFigure}, From: true}
	if !r.Session.IsZero() {
		c.numberLink = numberLink{Text: i18n.Date(v.lang, r.Session)}
		if v.t.MaySee {
			c.Href = address("/gatherings", "unit", string(r.Unit.Code))
		}
	}
	return c
}

// duty is the day on which the duty is due that is due first.
func (v blockTabler) duty(r app.TableRow) tableCell {
	if r.Next.IsZero() {
		return tableCell{numberLink: numberLink{Text: noFigure}}
	}
	c := tableCell{numberLink: numberLink{Text: i18n.Date(v.lang, r.Next)}, Late: r.Next.Before(v.t.Today)}
	if v.t.MaySee {
		c.Href = address("/deadlines", "unit", string(r.Unit.Code))
	}
	return c
}

// total adds up the rows that are shown. Where all are, the figures are the committee's
// own, of its whole subtree.
func (v blockTabler) total(rows []app.TableRow) tableLine {
	sum := app.TableRow{Stages: map[admission.Stage]int{}}
	for _, r := range rows {
		for s, n := range r.Stages {
			sum.Stages[s] += n
		}
		sum.Admitted += r.Admitted
		sum.Likely += r.Likely
		sum.Class = plus(sum.Class, r.Class)
		sum.Members, sum.Youth, sum.Plan = plus(sum.Members, r.Members), plus(sum.Youth, r.Youth), plus(sum.Plan, r.Plan)
	}
	l := tableLine{Name: v.text("table.total", "n", len(rows)), Cells: v.cells(sum), Days: []tableCell{{From: true}, {}}}
	for i := range l.Cells {
		l.Cells[i].Href = ""
	}
	return l
}

// plus adds up what was recorded; nothing and nothing is nothing.
func plus(a, b *int) *int {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	n := *a + *b
	return &n
}

func (s *Server) downloadTable(w http.ResponseWriter, r *request) error {
	v, err := s.tableViewer(r)
	if err != nil {
		return err
	}
	var heads []string
	for _, c := range tableCols() {
		heads = append(heads, v.text("table.full."+c.key))
	}
	var lines []table.BlockLine
	for _, row := range v.rows() {
		l := table.BlockLine{Unit: row.Unit.Name, Next: row.Next, Session: row.Session}
		if st := row.State(); st != "" {
			l.State = v.text("table.state." + string(st))
		}
		for _, c := range tableCols() {
			l.Figures = append(l.Figures, c.value(row))
		}
		lines = append(lines, l)
	}
	return s.sendSheet(w, "bang-theo-doi-"+v.year, table.Block(v.t.Unit.Name, v.t.Year, v.t.Today, v.t.Event.Words(), heads, lines))
}
