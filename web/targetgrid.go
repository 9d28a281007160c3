package web

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/target"
	"ketnap/web/ui"
)

func (s *Server) targetGridRoutes() {
	s.get("/targets/grid", s.showGrid)
	s.post("/targets/grid", s.saveGrid)
	s.get("/targets/grid.xlsx", s.downloadGrid)
}

// gridPage is the table in which a superior gives figures to its children. It is a form
// that works by itself; the script adds keys, pasting and undoing.
type gridPage struct {
	ui.Base
	Problem        ui.ProblemBox
	Heading, Lead  string
	Unit, Year     string
	Before, After  ui.Link
	Back, Sheet    string
	Answers        ui.Link
	Columns        []gridColumn
	Rows           []gridLine
	Last           string // heading of last year's figure
	Parts          bool   // the columns of the parts are shown
	Spread         gridSpread
	Reason, Symbol ui.Input
	Empty          *ui.Nothing
	Live           gridWords
}

type gridColumn struct {
	Key, Words string
	Part       bool
	Own        string // the figure of the unit itself
	OwnMin     string // "" for none
	Sum        string
	Balance    string
}

type gridLine struct {
	Name, Href, Code       string
	Members, Source, Last  string
	Base                   string // of percentages; "" where it is not known
	Proposed, ProposedHref string
	Turn                   string
	Waits                  bool
	Closed                 string // why it takes no figure
	Cells                  []gridCell
}

type gridCell struct {
	Name, Label string
	Head        string // of the column, on a phone
	Value, Was  string // what is typed; what stands there, with its place
	Note        string // the goal of a letter, or what a percentage comes to
	Error       string
	Part        bool
	Planned     bool
	Column      string
}

type gridSpread struct {
	Columns, Ways     []ui.Option
	Column, Way       ui.Input
	Sum, Least, Most  ui.Input
	Kinds             []ui.Input
	Done              string // what was just handed out
	Problem           string
	KindsOpen, Opened bool
}

// gridWords are the sentences that the script says.
type gridWords struct{ Number, Order, Large, Percent, Base, Short, Over, Even, None, Changed string }

func gridHref(unit string, year int) string {
	return address("/targets/grid", "unit", unit, "year", strconv.Itoa(year))
}

// typedGrid is what came back with a form: the cells, and which figure stood in each.
type typedGrid struct {
	text   map[app.TargetCellKey]string
	was    map[app.TargetCellKey]string
	seq    map[app.TargetCellKey]int
	faults map[app.TargetCellKey]string
}

func (s *Server) showGrid(w http.ResponseWriter, r *request) error {
	d, err := s.app.TargetSheet(r.Context(), r.who, s.unitOf(r), yearOf(r))
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, gridView(s.gridPage(r, d, typedGrid{}, nil, nil)))
}

// readGrid takes the cells out of a form: c/unit/indicator/part holds what is typed, w/…
// the place of the figure that stood there and its text.
func readGrid(r *request) typedGrid {
	t := typedGrid{map[app.TargetCellKey]string{}, map[app.TargetCellKey]string{}, map[app.TargetCellKey]int{}, map[app.TargetCellKey]string{}}
	for name, values := range r.PostForm {
		parts := strings.Split(name, "/")
		const fields = 4
		if len(parts) != fields || len(values) == 0 {
			continue
		}
		k := app.TargetCellKey{Unit: parts[1], Indicator: target.Indicator(parts[2]), Part: target.Part(parts[3])}
		switch parts[0] {
		case "c":
			t.text[k] = strings.TrimSpace(values[0])
		case "w":
			seq, text, _ := strings.Cut(values[0], "|")
			t.was[k] = text
			t.seq[k] = wantedNumber(seq)
		}
	}
	return t
}

// changed lists the cells in which something else was typed than stood there, in order.
func (t typedGrid) changed() []app.TypedTarget {
	var cells []app.TypedTarget
	for k, text := range t.text {
		if text != t.was[k] {
			cells = append(cells, app.TypedTarget{Cell: k, Text: text, Seq: t.seq[k]})
		}
	}
	slices.SortFunc(cells, func(a, b app.TypedTarget) int {
		return cmp.Or(cmp.Compare(a.Cell.Unit, b.Cell.Unit), cmp.Compare(a.Cell.Indicator, b.Cell.Indicator), cmp.Compare(a.Cell.Part, b.Cell.Part))
	})
	return cells
}

// saveGrid hands a figure out into the cells, to be looked at, or writes all that changed.
func (s *Server) saveGrid(w http.ResponseWriter, r *request) error {
	unit, year := r.FormValue("unit"), yearOf(r)
	if r.FormValue("year") != strconv.Itoa(year) { // figures of one year are never written into another
		return errs.E(errs.Invalid, "error.bad_form")
	}
	t := readGrid(r)
	if r.PostFormValue("do") == "spread" {
		d, err := s.app.TargetSheet(r.Context(), r.who, unit, year)
		if err != nil {
			return err
		}
		status, spread := s.spreadInto(r, d, t)
		return s.page(w, r, status, gridView(s.gridPage(r, d, t, nil, &spread)))
	}
	n, err := s.app.AssignGrid(r.Context(), r.who, app.TypedGrid{Unit: unit, Year: year, Reason: r.PostFormValue("reason"), Document: r.PostFormValue("document"), Cells: t.changed()})
	if err == nil {
		flash := i18n.Text(r.Context(), "target.grid.saved", "n", n)
		if n == 0 {
			flash = i18n.Text(r.Context(), "target.grid.nothing")
		}
		return s.redirect(w, r, gridHref(unit, year), flash)
	}
	e, ok := formError(err)
	if !ok {
		return err
	}
	d, again := s.app.TargetSheet(r.Context(), r.who, unit, year)
	if again != nil {
		return again
	}
	if list, is := errors.AsType[app.TargetErrors](err); is {
		for _, f := range list {
			t.faults[f.Cell] = message(r.Context(), f.Err)
		}
	}
	return s.page(w, r, e.Kind.Status(), gridView(s.gridPage(r, d, t, e, nil)))
}

// spreadInto puts what is handed out into the cells of a column, over what was typed.
func (s *Server) spreadInto(r *request, d app.TargetSheet, t typedGrid) (int, gridSpread) {
	lang := i18n.From(r.Context())
	o, spread, ok := s.spreadOrder(r, d)
	if !ok {
		return http.StatusUnprocessableEntity, spread
	}
	given, err := d.Spread(o)
	if err != nil {
		e := errs.As(err)
		for _, in := range []*ui.Input{&spread.Column, &spread.Way, &spread.Least, &spread.Most, &spread.Sum} {
			if in.Name == "spread_"+e.Field {
				in.Error = message(r.Context(), err)
			}
		}
		return http.StatusUnprocessableEntity, spread
	}
	column := d.Columns[o.Column]
	for unit, figure := range given {
		t.text[app.TargetCellKey{Unit: unit, Indicator: column.Indicator, Part: column.Part}] = figure.Words()
	}
	spread.Done = i18n.T(lang, "target.spread.done", "n", len(given))
	return http.StatusOK, spread
}

// spreadOrder reads the form of handing out; false where a field cannot be read.
func (s *Server) spreadOrder(r *request, d app.TargetSheet) (app.SpreadOrder, gridSpread, bool) {
	lang := i18n.From(r.Context())
	spread := s.gridSpread(r, d, r.FormValue)
	spread.Opened = true
	o := app.SpreadOrder{Column: d.Main, Way: app.SpreadWay(r.FormValue("spread_way")), Kinds: map[org.Kind]target.Range{}}
	if c, err := strconv.Atoi(r.FormValue("spread_column")); err == nil {
		o.Column = c
	}
	good := true
	cell := func(in *ui.Input) (target.Cell, bool) {
		c, err := target.ParseCell(r.FormValue(in.Name))
		if err != nil || c.Percent != 0 {
			in.Error, good = i18n.T(lang, "target.cell.number"), false
			return c, false
		}
		return c, !c.Empty
	}
	bySum := o.Way != app.SpreadKind && o.Way != app.SpreadProposed
	if c, ok := cell(&spread.Sum); ok {
		o.Sum = c.Range
	} else if bySum && spread.Sum.Error == "" {
		spread.Sum.Error, good = i18n.T(lang, "target.spread.sum_missing"), false
	}
	if c, ok := cell(&spread.Least); ok {
		o.Least = c.Range.Min
	}
	if c, ok := cell(&spread.Most); ok {
		o.Most = &c.Range.Min
	}
	for i, k := range d.Kinds() {
		if c, ok := cell(&spread.Kinds[i]); ok {
			o.Kinds[k] = c.Range
		}
	}
	return o, spread, good
}

func (s *Server) gridSpread(r *request, d app.TargetSheet, value func(string) string) gridSpread {
	lang := i18n.From(r.Context())
	in := func(name string, short bool) ui.Input {
		return ui.Input{Name: "spread_" + name, Label: i18n.T(lang, "target.spread."+name+"_label"), Value: value("spread_" + name), Optional: true, Short: short}
	}
	p := gridSpread{Column: in("column", false), Way: in("way", false), Sum: in("sum", true), Least: in("least", true), Most: in("most", true)}
	p.Sum.Help = i18n.T(lang, "target.spread.sum_help")
	for i, c := range d.Columns {
		if c.Part == target.Whole {
			p.Columns = append(p.Columns, ui.Option{Value: strconv.Itoa(i), Label: c.Indicator.Words()})
		}
	}
	for _, way := range app.SpreadWays() {
		p.Ways = append(p.Ways, ui.Option{Value: string(way), Label: i18n.T(lang, "target.spread.by."+string(way))})
	}
	owed := d.Owed(d.Main)
	for _, k := range d.Kinds() {
		field := ui.Input{Name: "spread_kind_" + string(k), Label: i18n.T(lang, "admin.kind."+string(k)), Value: value("spread_kind_" + string(k)), Optional: true, Short: true}
		if g, ok := owed[k]; ok && field.Value == "" {
			field.Value = g.Words()
		}
		p.Kinds = append(p.Kinds, field)
	}
	p.KindsOpen = p.Way.Value == string(app.SpreadKind)
	return p
}

// firstSpread is what the form of handing out begins with: the unit's own figure, by members.
func firstSpread(d app.TargetSheet) func(string) string {
	values := map[string]string{"spread_column": strconv.Itoa(d.Main), "spread_way": string(app.SpreadMembers)}
	if plan := d.Own[d.Main].Plan; plan != nil {
		values["spread_sum"] = plan.Range().Words()
	}
	return func(name string) string { return values[name] }
}

func (s *Server) downloadGrid(w http.ResponseWriter, r *request) error {
	d, err := s.app.TargetSheet(r.Context(), r.who, s.unitOf(r), yearOf(r))
	if err != nil {
		return err
	}
	return s.sendSheet(w, "giao-chi-tieu-"+string(d.Unit.Code)+"-"+strconv.Itoa(d.Year), gridSheet(i18n.From(r.Context()), s.gridPage(r, d, typedGrid{}, nil, nil)))
}

// columnWords is the heading of a column.
func columnWords(c app.TargetColumn) string {
	if c.Part != target.Whole {
		return c.Part.Words()
	}
	return c.Indicator.Words()
}

// gridFindings lists what is wrong, a line for each kind of fault, leading to the first cell of it.
func gridFindings(t typedGrid, e *errs.Error, text string) []ui.Finding {
	var out []ui.Finding
	if e == nil {
		return nil
	}
	out = append(out, ui.Finding{Message: text, Field: e.Field})
	keys := slices.SortedFunc(maps.Keys(t.faults), func(a, b app.TargetCellKey) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Part, b.Part))
	})
	const most = 8 // the rest is marked in the table
	for _, k := range keys[:min(most, len(keys))] {
		out = append(out, ui.Finding{Message: k.Unit + ": " + t.faults[k], Field: cellName(k)})
	}
	return out
}

func cellName(k app.TargetCellKey) string {
	return "c/" + k.Unit + "/" + string(k.Indicator) + "/" + string(k.Part)
}
