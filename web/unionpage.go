package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/web/ui"
)

// Pages about unions are of two shapes: what is read, made of sections with tables and
// questions, and a form of fields. Each handler fills one of them.

// A unionPage is a page that is read.
type unionPage struct {
	ui.Base
	Lead     string
	Paper    *sheetHeading // the head on paper; nil for a page that is none
	Tabs     []registerLink
	Badge    string
	Actions  []ui.Action
	Sheet    string // address of the table as a spreadsheet; "" without one
	Todos    []ui.TaskRow
	Filters  *unionFilter
	Sections []unionSection
	Empty    *ui.Nothing
	Thumb    *ui.Action
}

// A unionFilter is the form above a list.
type unionFilter struct {
	Action string
	Fields []unionField
}

// A unionSection is a part of a page: facts, texts, a table, what one may do.
type unionSection struct {
	ID, Title, Note string
	Facts           []ui.Fact
	Texts           []string
	Table           *unionTable
	Asks            []unionAsk
	Form            *unionForm
	None            string // instead of an empty table
}

// A unionAsk is a question with its fields.
type unionAsk struct {
	ui.Ask
	Fields []unionField
}

// A unionTable is a table whose first column names the row.
type unionTable struct {
	Columns []unionColumn
	Rows    [][]unionCell
	Foot    [][]unionCell
}

// A unionColumn is the head of a column; numbers stand to the right.
type unionColumn struct {
	Name   string
	Number bool
}

// A unionCell is a text, with an address where it leads somewhere and a mood where it
// stands out.
type unionCell struct {
	Text, Href, Note string
	Mood             ui.Mood
	N                *int // the number that a spreadsheet gets
}

// unionNumber is a cell with a number; nil is a dash.
func unionNumber(r *request, n *int, href string) unionCell {
	if n == nil {
		return unionCell{Text: noFigure}
	}
	return unionCell{Text: i18n.Count(i18n.From(r.Context()), *n), Href: href, N: n}
}

// A unionField is one field of a form.
type unionField struct {
	Kind    unionFieldKind
	In      ui.Input
	Options []ui.Option
	Checked bool
}

type unionFieldKind string

// Kinds of fields. A part begins a group of fields, with its title as label.
const (
	unionText   unionFieldKind = "text"
	unionDay    unionFieldKind = "day"
	unionArea   unionFieldKind = "area"
	unionChoice unionFieldKind = "choice"
	unionRadio  unionFieldKind = "radio"
	unionTick   unionFieldKind = "tick"
	unionPart   unionFieldKind = "part"
	unionSay    unionFieldKind = "say"
)

// A unionForm is a form: where it goes, its fields, its buttons. The first button is the
// one that the form is for.
type unionForm struct {
	ID      string
	Action  string
	Hidden  map[string]string
	Fields  []unionField
	Buttons []unionButton
	Cancel  string
}

// A unionButton sends a form, saying which of its buttons was pressed.
type unionButton struct{ Label, Go string }

// A unionFormPage is a page with a form.
type unionFormPage struct {
	ui.Base
	Lead    string
	Notes   []string
	Warn    string // a line that stands out over the form
	Problem ui.ProblemBox
	Form    unionForm
	Aside   []unionSection
}

// number is a field for a number of people.
func unionCount(name, label, value string) unionField {
	return unionField{Kind: unionText, In: ui.Input{Name: name, Label: label, Value: value, Short: true,
		Attrs: templ.Attributes{"inputmode": "numeric", "autocomplete": "off"}}}
}

// unionFaults are the messages of a refused form, at its fields.
func (f *unionForm) faults(errors map[string]string) {
	for i := range f.Fields {
		f.Fields[i].In.Error = errors[f.Fields[i].In.Name]
	}
}

// unionTabs leads between the pages about unions.
func unionTabs(r *request, current string) []registerLink {
	var tabs []registerLink
	for _, t := range []struct{ key, href string }{{"home", "/unions"}, {"campaign", "/unions/campaigns"}, {"introduction", "/unions/introductions"},
		{"movement", "/unions/movements"}, {"session", "/unions/sessions"}, {"criterion", "/unions/criterion"}} {
		tabs = append(tabs, registerLink{Label: i18n.Text(r.Context(), "union.tab."+t.key), Href: t.href, Current: t.key == current})
	}
	return tabs
}

// unionCrumb leads back to the first page about unions.
func unionCrumb(r *request) ui.Crumb {
	return ui.Crumb{Label: i18n.Text(r.Context(), "union.title"), Href: "/unions"}
}

// unionHref is an address with a query.
func unionHref(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// sendUnionTable answers with a table as a spreadsheet. That people are in it is put on
// record first.
func (s *Server) sendUnionTable(w http.ResponseWriter, r *request, name, title, lead string, t unionTable, people bool) error {
	if people {
		if err := s.app.LogUnionExport(r.Context(), r.who, name, len(t.Rows)); err != nil {
			return err
		}
	}
	out := xlsx.Table{Title: strings.ToUpper(title), Subtitle: lead}
	for _, c := range t.Columns {
		col := xlsx.Column{Name: c.Name}
		if c.Number {
			col.Kind = xlsx.Number
		}
		out.Columns = append(out.Columns, col)
	}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, unionCells(row))
	}
	if len(t.Foot) > 0 {
		out.Total = unionCells(t.Foot[0])
	}
	return s.sendSheet(w, name, out)
}

func unionCells(row []unionCell) []xlsx.Cell {
	out := make([]xlsx.Cell, len(row))
	for i, c := range row {
		switch {
		case c.N != nil:
			out[i] = xlsx.Int(*c.N)
		case c.Text != noFigure:
			out[i] = xlsx.Str(joinWords(" – ", c.Text, c.Note))
		}
	}
	return out
}

// unionBase is the frame of a page about unions.
func (s *Server) unionBase(r *request, title string, crumbs ...ui.Crumb) ui.Base {
	return s.base(r, title, append([]ui.Crumb{unionCrumb(r)}, crumbs...)...)
}

// unionDays says how late something is.
func unionDays(r *request, days int) string {
	return i18n.Text(r.Context(), "union.late_days", "n", strconv.Itoa(days))
}

// unionYears are the years that a list about unions offers.
func unionYears(r *request) []ui.Option {
	var out []ui.Option
	for y := r.today.Year(); y > r.today.Year()-5; y-- {
		out = append(out, ui.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	return out
}

// unionTodos turns what is to do about unions into rows.
func unionTodos(r *request, todos []app.UnionTodo) []ui.TaskRow {
	ctx := r.Context()
	var rows []ui.TaskRow
	for _, t := range todos {
		args := []any{"n", strconv.Itoa(t.N), "m", strconv.Itoa(t.Of), "year", strconv.Itoa(t.Year), "unit", t.Unit, "why", t.Why, "days", strconv.Itoa(t.Late)}
		row := ui.TaskRow{Mood: ui.Todo, What: i18n.Text(ctx, "union.todo."+string(t.Kind), args...), Why: i18n.Text(ctx, "union.todo."+string(t.Kind)+".why", args...),
			Cite: t.Cite, Act: &ui.Action{Label: i18n.Text(ctx, "union.todo."+string(t.Kind)+".go"), Href: t.Href}}
		if !t.Due.IsZero() {
			row.When = i18n.Text(ctx, "union.due", "day", t.Due.VN())
		}
		if t.Late > 0 {
			row.Mood, row.Delay = ui.Late, i18n.Sentence(unionDays(r, t.Late))
		}
		rows = append(rows, row)
	}
	return rows
}
