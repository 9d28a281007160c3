package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/web/ui"
)

// Sizes of the list of files: a page of it, what is read at once for a sheet, and how many
// rows a sheet takes at most.
const (
	filesOnPage  = 50
	manyOnPage   = 100
	filesAtOnce  = 500
	filesInSheet = 20000
)

// soonDays is how many days ahead a due day is shown as near.
const soonDays = 14

// A fileFilter is what the list of files was asked for.
type fileFilter struct {
	unit   string
	stages []admission.Stage
	query  string
	desk   admission.Desk
	due    app.DueWindow
	need   string // needHelper, needCertificate
	sex    string
	order  app.ListOrder
	many   bool // more rows on a page
	cursor string
}

// What people may lack, so that a list of them is of use.
const (
	needHelper      = "helper"
	needCertificate = "certificate"
)

// fileFilterOf reads the address of a list.
func fileFilterOf(r *request) fileFilter { return fileFilterFrom(r.URL.Query()) }

// fileFilterFrom reads a query. Stages may come one by one or, from the one choice of the
// form, together with commas between. What it does not know it leaves out.
func fileFilterFrom(q url.Values) fileFilter {
	f := fileFilter{unit: q.Get("unit"), query: strings.TrimSpace(q.Get("q")), cursor: q.Get("cursor"), many: q.Get("rows") == "100"}
	for _, s := range strings.Split(strings.Join(q["stage"], ","), ",") {
		if stage := admission.Stage(s); stage.Valid() && !slices.Contains(f.stages, stage) {
			f.stages = append(f.stages, stage)
		}
	}
	f.desk = oneOf(admission.Desk(q.Get("desk")), admission.DeskBranch, admission.DeskBase, admission.DeskBoard)
	f.due = oneOf(app.DueWindow(q.Get("due")), app.DueLate, app.DueWeek, app.DueMonth)
	f.need = oneOf(q.Get("need"), needHelper, needCertificate)
	f.sex = oneOf(q.Get("sex"), "female", "male")
	f.order = oneOf(app.ListOrder(q.Get("sort")), app.ByDueOn, app.BySince)
	return f
}

// oneOf is a value that is among those known, else none.
func oneOf[T ~string](v T, known ...T) T {
	if slices.Contains(known, v) {
		return v
	}
	return ""
}

func (f fileFilter) ask(limit int, cursor string) app.ListQuery {
	return app.ListQuery{FileQuery: app.FileQuery{Unit: f.unit, Stages: f.stages, Query: f.query, Limit: limit, Cursor: cursor},
		Desk: f.desk, Due: f.due, NoHelper: f.need == needHelper, Certificate: f.need == needCertificate, Sex: f.sex, Order: f.order}
}

// stage is the value of the form's one choice of stages.
func (f fileFilter) stage() string {
	words := make([]string, len(f.stages))
	for i, s := range f.stages {
		words[i] = string(s)
	}
	return strings.Join(words, ",")
}

// more reports whether anything is asked for that the form keeps folded.
func (f fileFilter) more() bool {
	return f.desk != "" || f.due != "" || f.need != "" || f.sex != "" || f.order != "" || f.many
}

func (f fileFilter) empty() bool { return f.values() == "" }

// values is the query with this filter, without the place in the list.
func (f fileFilter) values() string {
	f.cursor = ""
	return strings.TrimPrefix(f.href(""), "?")
}

// rows is the value of the form's choice of how many rows a page has.
func (f fileFilter) rows() string {
	if f.many {
		return "100"
	}
	return ""
}

func (f fileFilter) onPage() int {
	if f.many {
		return manyOnPage
	}
	return filesOnPage
}

// href is the address of the list, or of its sheet, with this filter.
func (f fileFilter) href(path string) string {
	return address(path, "unit", f.unit, "stage", f.stage(), "q", f.query, "desk", string(f.desk), "due", string(f.due), "need", f.need,
		"sex", f.sex, "sort", string(f.order), "rows", f.rows(), "cursor", f.cursor)
}

// A filesPage is Nguồn và hồ sơ: the people that the actor follows.
type filesPage struct {
	ui.Base
	Filter  fileFilter
	Problem ui.ProblemBox
	Units   []ui.Option
	Stages  []ui.Option
	More    []fileChoice // folded choices
	Counts  []stageLink
	Saved   savedFilters
	Rows    []fileLine
	First   string // where the list begins, when this is not its first page
	Next    string // and where it goes on
	Sheet   string
	Board   string
	Open    bool // the actor may open a file
	Twins   bool // the actor may see which files may be of one person
	Narrow  bool // something was asked for, so that an empty list does not mean that there is nobody
	Bulk    bulkBar
}

// A fileChoice is one of the folded choices over the list.
type fileChoice struct {
	Input   ui.Input
	Options []ui.Option
}

// A stageLink is how many files stand at a stage, with the list of them.
type stageLink struct {
	Words, Href string
	Count       int
	Current     bool
}

// A fileLine is a file in the list.
type fileLine struct {
	ID          string
	Name, Href  string
	Unit, Stage string
	Since       string
	Helper      string
	Next        string
	Due         string
	Mood        ui.Mood // of the due day
}

// listFiles shows the files that the actor sees, narrowed by what is asked for. Without a
// question it opens with the filter that the actor has chosen for that.
func (s *Server) listFiles(w http.ResponseWriter, r *request) error {
	if r.URL.RawQuery == "" {
		query, err := s.app.FilterThatOpens(r.Context(), r.who)
		if err != nil {
			return err
		}
		if query != "" {
			http.Redirect(w, r.Request, "/files?"+query, http.StatusSeeOther)
			return nil
		}
	}
	return s.filesPage(w, r, http.StatusOK, fileFilterOf(r), ui.ProblemBox{})
}

func (s *Server) filesPage(w http.ResponseWriter, r *request, status int, f fileFilter, box ui.ProblemBox) error {
	found, err := s.app.Listing(r.Context(), r.who, f.ask(f.onPage(), f.cursor))
	if err != nil {
		return err
	}
	p := filesPage{Base: s.base(r, i18n.Text(r.Context(), "file.list.title")), Filter: f, Problem: box, Narrow: !f.empty(),
		Stages: stageOptions(r, f), More: fileChoices(r, f), Open: r.who.Has(access.OpenFile, r.today), Twins: r.who.Has(access.SeeIdentity, r.today)}
	p.Wide = true
	p.Units, p.Counts, p.Saved = unitOptions(r, found.Choices), stageLinks(f, found.Choices.Stages), savedFiltersOf(r, f, found.Saved)
	for _, row := range found.Rows {
		p.Rows = append(p.Rows, fileLineOf(r, row))
	}
	start := f
	start.cursor = ""
	p.Sheet, p.Board, p.Bulk = start.href("/files.xlsx"), address("/board", "unit", f.unit), s.bulkBar(r, f)
	if f.cursor != "" {
		p.First = start.href("/files")
	}
	if found.Next != "" {
		f.cursor = found.Next
		p.Next = f.href("/files")
	}
	return s.page(w, r, status, filesView(p))
}

// unitOptions are the units that the list may be narrowed to.
func unitOptions(r *request, c app.UnitChoices) []ui.Option {
	out := []ui.Option{{Value: "", Label: i18n.Text(r.Context(), "file.list.all_units")}}
	for _, u := range c.Units {
		label := u.Unit.Name
		if u.Below {
			label = "— " + label
		}
		out = append(out, ui.Option{Value: string(u.Unit.Code), Label: label})
	}
	return out
}

func stageLinks(f fileFilter, counts map[string]int) []stageLink {
	var out []stageLink
	for _, s := range admission.Stages() {
		if n := counts[string(s)]; n > 0 {
			to := fileFilter{unit: f.unit, stages: []admission.Stage{s}}
			out = append(out, stageLink{Words: s.Words(), Count: n, Href: to.href("/files"),
				Current: len(f.stages) == 1 && f.stages[0] == s})
		}
	}
	return out
}

func stageOptions(r *request, f fileFilter) []ui.Option {
	out := []ui.Option{{Value: "", Label: i18n.Text(r.Context(), "file.list.all_stages")}}
	if len(f.stages) > 1 {
		words := make([]string, len(f.stages))
		for i, s := range f.stages {
			words[i] = s.Words()
		}
		out = append(out, ui.Option{Value: f.stage(), Label: i18n.Sentence(strings.Join(words, ", "))})
	}
	for _, s := range admission.Stages() {
		out = append(out, ui.Option{Value: string(s), Label: i18n.Sentence(s.Words())})
	}
	return out
}

func fileLineOf(r *request, row app.FileRow) fileLine {
	lang := i18n.From(r.Context())
	l := fileLine{ID: row.ID, Name: row.Name, Href: "/files/" + row.ID, Unit: row.UnitName, Stage: row.Stage.Words(),
		Since: i18n.Date(lang, row.Since), Helper: row.Helper}
	if row.NextAct == "" {
		return l
	}
	l.Next = row.NextAct.Words()
	if !row.NextDue.IsZero() {
		l.Due, l.Mood = i18n.Date(lang, row.NextDue), dueMood(row.NextDue, r.today)
	}
	return l
}

// dueMood says how a due day stands on a day: past, near, or neither.
func dueMood(due, on date.Date) ui.Mood {
	switch {
	case due.IsZero():
		return ui.Todo
	case due.Before(on):
		return ui.Late
	case due.Sub(on) <= soonDays:
		return ui.Soon
	}
	return ui.Todo
}

// downloadFiles writes the whole list, with the same filter, as a sheet.
func (s *Server) downloadFiles(w http.ResponseWriter, r *request) error {
	f := fileFilterOf(r)
	t, err := s.fileSheet(r, f)
	if err != nil {
		return err
	}
	return s.sendPeople(w, r, "files", f.unit, "ho-so-"+r.today.String(), t)
}

func (s *Server) fileSheet(r *request, f fileFilter) (xlsx.Table, error) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	t := xlsx.Table{Title: i18n.Text(ctx, "file.list.title"), Subtitle: i18n.Text(ctx, "file.sheet.day", "day", i18n.Date(lang, r.today))}
	for _, c := range []struct {
		key   string
		kind  xlsx.Kind
		width float64
	}{
		{"file.sheet.no", xlsx.Number, 6}, {"file.col.name", xlsx.Text, 26}, {"file.field.birth", xlsx.Text, 12},
		{"file.field.sex", xlsx.Text, 9}, {"file.col.unit", xlsx.Text, 34}, {"file.col.stage", xlsx.Text, 24},
		{"file.col.since", xlsx.Text, 12}, {"file.col.helper", xlsx.Text, 24}, {"file.col.next", xlsx.Text, 40}, {"file.col.due", xlsx.Text, 12},
	} {
		t.Columns = append(t.Columns, xlsx.Column{Name: i18n.Text(ctx, c.key), Kind: c.kind, Width: c.width})
	}
	cursor := f.cursor
	for {
		rows, next, err := s.app.ListRows(ctx, r.who, f.ask(filesAtOnce, cursor))
		if err != nil {
			return t, err
		}
		for _, row := range rows {
			l := fileLineOf(r, row)
			t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Int(len(t.Rows) + 1), xlsx.Str(l.Name), xlsx.Str(i18n.Date(lang, row.Birth)),
				xlsx.Str(i18n.Text(ctx, "file.sex."+string(row.Sex))), xlsx.Str(l.Unit), xlsx.Str(l.Stage),
				xlsx.Str(l.Since), xlsx.Str(l.Helper), xlsx.Str(l.Next), xlsx.Str(l.Due)})
		}
		if next == "" {
			return t, nil
		}
		if len(t.Rows) >= filesInSheet {
			t.Notes = append(t.Notes, i18n.Text(ctx, "file.sheet.cut", "n", len(t.Rows)))
			return t, nil
		}
		cursor = next
	}
}

// nobody is what the list says before any file was opened: what will stand here, and the
// first step to whoever may take it.
func (p filesPage) nobody(ctx context.Context) ui.Nothing {
	n := ui.Nothing{Title: i18n.Text(ctx, "file.list.nobody"), Text: i18n.Text(ctx, "file.list.nobody_see")}
	if p.Open {
		n.Text = i18n.Text(ctx, "file.list.nobody_why")
		n.First = &ui.Action{Label: i18n.Text(ctx, "file.open"), Href: "/files/new"}
	}
	return n
}
