package web

import (
	"net/http"
	"net/url"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// boardRoutes names the pages round the list of files: the board, saved filters, what is
// done with many, the registers, and the keys.
func (s *Server) boardRoutes() {
	s.get("/board", s.showBoard)
	s.post("/filters", s.saveFilter)
	s.post("/filters/{filter}", s.changeFilter)
	s.get("/keys", s.showKeys)
	s.bulkRoutes()
	s.registerRoutes()
}

// A boardPage is the files by where they stand on the road.
type boardPage struct {
	ui.Base
	Unit    ui.Input
	Units   []ui.Option
	Columns []boardColumn
	List    string // the same people as a table
	Empty   *ui.Nothing
	Aside   []stageLink
}

// A boardColumn is a group of stages with the first people of it.
type boardColumn struct {
	ID, Title, Href string
	Count           string
	All             string // leads to the rest; "" where everybody is shown
	Cards           []boardCard
}

// A boardCard is one person on the board.
type boardCard struct {
	Name, Href, Unit, Next, Due, Held string
	Mood                              ui.Mood
}

// showBoard shows the files of a unit, or of all that the actor sees, by stage.
func (s *Server) showBoard(w http.ResponseWriter, r *request) error {
	code := r.FormValue("unit")
	found, err := s.app.Board(r.Context(), r.who, code)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := boardPage{Base: s.base(r, i18n.Text(ctx, "board.title"), ui.Crumb{Label: i18n.Text(ctx, "file.list.title"), Href: "/files"}),
		Unit:  ui.Input{Name: "unit", Label: i18n.Text(ctx, "file.col.unit"), Value: code, Optional: true},
		Units: unitOptions(r, found.Choices), List: address("/files", "unit", code, "all", "1")}
	p.Wide = true
	total := 0
	for _, c := range found.Columns {
		total += c.Count
		p.Columns = append(p.Columns, boardColumnOf(r, code, len(found.Choices.Units) > 1, c))
	}
	for stage, n := range found.Aside {
		f := fileFilter{unit: code, stages: []admission.Stage{stage}}
		p.Aside = append(p.Aside, stageLink{Words: stage.Words(), Count: n, Href: f.href("/files")})
	}
	if total == 0 {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "board.empty"), Text: i18n.Text(ctx, "board.empty_why"),
			First: &ui.Action{Label: i18n.Text(ctx, "board.list"), Href: p.List}}
	}
	return s.page(w, r, http.StatusOK, boardView(p))
}

// boardColumnOf names the unit of each person only where the board shows many units.
func boardColumnOf(r *request, unit string, many bool, c app.BoardColumn) boardColumn {
	ctx, lang := r.Context(), i18n.From(r.Context())
	f := fileFilter{unit: unit, stages: c.Stages, order: app.ByDueOn}
	out := boardColumn{ID: "col-" + c.Key, Title: i18n.Text(ctx, "board.col."+c.Key), Href: f.href("/files"), Count: i18n.Count(lang, c.Count)}
	if c.Count > len(c.Files) {
		out.All = i18n.Text(ctx, "board.all", "n", i18n.Count(lang, c.Count))
	}
	for _, row := range c.Files {
		l := fileLineOf(r, row)
		card := boardCard{Name: l.Name, Href: l.Href, Next: l.Next, Due: l.Due, Mood: l.Mood}
		if many {
			card.Unit = l.Unit
		}
		if row.Stage == admission.Held || row.Stage == admission.RemovalProposed { // aside from the others of the group
			card.Held = i18n.Sentence(row.Stage.Words())
		}
		out.Cards = append(out.Cards, card)
	}
	return out
}

// fileChoices are the choices that the list keeps folded.
func fileChoices(r *request, f fileFilter) []fileChoice {
	ctx := r.Context()
	choice := func(name, value string, values ...string) fileChoice {
		c := fileChoice{Input: ui.Input{Name: name, Label: i18n.Text(ctx, "board.filter."+name), Value: value, Optional: true}}
		for _, v := range append([]string{""}, values...) {
			key := v
			if v == "" {
				key = "any"
			}
			c.Options = append(c.Options, ui.Option{Value: v, Label: i18n.Text(ctx, "board.filter."+name+"."+key)})
		}
		return c
	}
	return []fileChoice{
		choice("due", string(f.due), string(app.DueLate), string(app.DueWeek), string(app.DueMonth)),
		choice("desk", string(f.desk), string(admission.DeskBranch), string(admission.DeskBase), string(admission.DeskBoard)),
		choice("need", f.need, needHelper, needCertificate), choice("sex", f.sex, "female", "male"),
		choice("sort", string(f.order), string(app.ByDueOn), string(app.BySince)), choice("rows", f.rows(), "100"),
	}
}

// savedFilters are the lists that the actor comes back to.
type savedFilters struct {
	Rows  []savedFilter
	Query string // of the list that is shown; "" where there is nothing to keep
	All   bool   // a list opens by itself, so that one must be able to ask for all
	Name  string // as typed, when it was refused
}

// A savedFilter is one of them.
type savedFilter struct {
	ID, Name, Href string
	Current, Opens bool
}

func savedFiltersOf(r *request, f fileFilter, saved []app.SavedFilter) savedFilters {
	out := savedFilters{Query: f.values(), Name: r.PostFormValue("name")}
	for _, x := range saved {
		out.All = out.All || x.Opens
		current := x.Query == out.Query
		out.Rows = append(out.Rows, savedFilter{ID: x.ID, Name: x.Name, Href: "/files?" + x.Query, Current: current, Opens: x.Opens})
		if current {
			out.Query = ""
		}
	}
	return out
}

// postedFilter reads the query that a form about filters brings, whatever else stood in it.
func postedFilter(r *request) fileFilter {
	q, err := url.ParseQuery(r.PostFormValue("query"))
	if err != nil {
		q = nil
	}
	f := fileFilterFrom(q)
	f.cursor = ""
	return f
}

// saveFilter keeps the list that is shown under a name.
func (s *Server) saveFilter(w http.ResponseWriter, r *request) error {
	f := postedFilter(r)
	err := s.app.SaveFilter(r.Context(), r.who, r.PostFormValue("name"), f.values(), r.PostFormValue("opens") != "")
	return s.filterDone(w, r, f, err, "board.filter.saved")
}

// changeFilter renames a filter, forgets it, or makes it the one that opens the list.
func (s *Server) changeFilter(w http.ResponseWriter, r *request) error {
	ctx, id, f := r.Context(), r.PathValue("filter"), postedFilter(r)
	switch r.PostFormValue("do") {
	case "drop":
		return s.filterDone(w, r, f, s.app.DropFilter(ctx, r.who, id), "board.filter.dropped")
	case "opens":
		return s.filterDone(w, r, f, s.app.OpenWithFilter(ctx, r.who, id), "board.filter.opens_done")
	case "plain":
		return s.filterDone(w, r, f, s.app.OpenWithFilter(ctx, r.who, ""), "board.filter.plain_done")
	}
	return s.filterDone(w, r, f, s.app.RenameFilter(ctx, r.who, id, r.PostFormValue("name")), "board.filter.renamed")
}

func (s *Server) filterDone(w http.ResponseWriter, r *request, f fileFilter, err error, done string) error {
	if e, ok := formError(err); ok {
		return s.filesPage(w, r, e.Kind.Status(), f, ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(r.Context(), e)}}})
	}
	if err != nil {
		return err
	}
	to := f.href("/files")
	if f.empty() {
		to = "/files?all=1"
	}
	return s.redirect(w, r, to, i18n.Text(r.Context(), done))
}
