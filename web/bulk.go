package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

func (s *Server) bulkRoutes() {
	s.get("/bulk/helper", s.showBulkHelper)
	s.post("/bulk/helper", s.assignHelpers)
	s.get("/bulk/class", s.showBulkClass)
	s.get("/bulk/class.xlsx", s.downloadBulkClass)
	s.post("/bulk/class", s.proposeForClass)
	s.get("/bulk/list", s.showBulkList)
	s.get("/bulk/list.xlsx", s.downloadBulkList)
}

// A bulkBar is what can be done with the people that are chosen from the list.
type bulkBar struct {
	Unit, Back string
	Helper     bool
	Verify     bool
	All        bool   // everybody on the page is chosen
	Pick       string // the same page with everybody chosen, or with nobody
}

func (s *Server) bulkBar(r *request, f fileFilter) bulkBar {
	records := r.who.Has(access.RecordBranch, r.today)
	b := bulkBar{Unit: f.unit, Back: f.href("/files"), Helper: records, Verify: records, All: r.FormValue("pick") == "all"}
	if b.Unit == "" {
		b.Unit = s.chosen(r)
	}
	switch {
	case b.All:
		b.Pick = b.Back
	case strings.Contains(b.Back, "?"):
		b.Pick = b.Back + "&pick=all"
	default:
		b.Pick = b.Back + "?pick=all"
	}
	return b
}

// bulkBack is the list from which people were chosen.
func bulkBack(r *request) string {
	if back := local(r.FormValue("back")); strings.HasPrefix(back, "/files") {
		return back
	}
	return "/files"
}

// bulkIDs are the files that were chosen, as the list or a form names them.
func bulkIDs(r *request) []string {
	_ = r.FormValue("file") // reads the address
	var ids []string
	for _, v := range r.Form["file"] {
		id, _, _ := strings.Cut(v, ":")
		ids = append(ids, id)
	}
	return ids
}

// A bulkHelperPage is the form that gives many people one helper.
type bulkHelperPage struct {
	ui.Base
	Lead    string
	Back    string
	Problem ui.ProblemBox
	On      ui.Input
	Helper  ui.Input
	Note    ui.Input
	Rows    []bulkRow
	Confirm bool
	Empty   *ui.Nothing
}

// A bulkRow is one of the people chosen.
type bulkRow struct {
	Value, Name, Href, Unit, Stage, Helper string
	Chosen                                 bool
	Problem                                string // what a rule said of just this one
}

func (s *Server) showBulkHelper(w http.ResponseWriter, r *request) error {
	return s.bulkHelperPage(w, r, http.StatusOK, nil, nil, ui.ProblemBox{})
}

func (s *Server) bulkHelperPage(w http.ResponseWriter, r *request, status int, results []app.ManyResult, faults map[string]string, box ui.ProblemBox) error {
	ctx := r.Context()
	found, err := s.app.Chosen(ctx, r.who, bulkIDs(r))
	if err != nil {
		return err
	}
	p := bulkHelperPage{Base: s.base(r, i18n.Text(ctx, "bulk.helper.title"), ui.Crumb{Label: i18n.Text(ctx, "file.list.title"), Href: bulkBack(r)}),
		Lead: i18n.Text(ctx, "bulk.helper.lead", "n", len(found.Files)), Back: bulkBack(r), Problem: box, Confirm: box.Mood == ui.Soon && len(box.Findings) > 0,
		On:     ui.Input{Name: "on", Label: i18n.Text(ctx, "bulk.helper.on"), Value: typed(r.PostFormValue("on"), r.today.String()), Error: faults["on"]},
		Helper: ui.Input{Name: "helper", Label: i18n.Text(ctx, "act.field.helper"), Value: r.PostFormValue("helper"), Error: faults["helper"], Help: i18n.Text(ctx, "bulk.helper.help"), Attrs: map[string]any{"autocomplete": "off"}},
		Note:   ui.Input{Name: "note", Label: i18n.Text(ctx, "bulk.helper.note"), Value: r.PostFormValue("note"), Error: faults["note"], Optional: true, Help: i18n.Text(ctx, "bulk.helper.note_help"), Attrs: map[string]any{"rows": "2"}}}
	for _, f := range found.Files {
		row := bulkRow{Value: f.Row.ID + ":" + strconv.Itoa(f.File.Version), Name: f.Row.Name, Href: "/files/" + f.Row.ID, Unit: f.Row.UnitName,
			Stage: f.Row.Stage.Words(), Helper: f.Row.Helper, Chosen: true}
		for _, x := range results {
			if x.File == f.Row.ID {
				row.Problem = bulkSaid(r, x)
			}
		}
		p.Rows = append(p.Rows, row)
	}
	if len(p.Rows) == 0 {
		p.Empty = nobodyChosen(r)
	}
	return s.page(w, r, status, bulkHelperView(p))
}

func nobodyChosen(r *request) *ui.Nothing {
	return &ui.Nothing{Title: i18n.Text(r.Context(), "bulk.nobody"), Text: i18n.Text(r.Context(), "bulk.nobody_why"),
		First: &ui.Action{Label: i18n.Text(r.Context(), "bulk.back"), Href: bulkBack(r)}}
}

// bulkSaid is what was said of one file, in one line.
func bulkSaid(r *request, x app.ManyResult) string {
	if x.Stale {
		return i18n.Text(r.Context(), "bulk.stale")
	}
	words := make([]string, len(x.Findings))
	for i, f := range x.Findings {
		words[i] = f.Message
	}
	return strings.Join(words, " ")
}

// bulkSend is a form about many people: who, and the act for each.
func bulkSend(r *request, act admission.Act) []app.ManyAct {
	var out []app.ManyAct
	for _, v := range r.PostForm["file"] {
		id, version, _ := strings.Cut(v, ":")
		n, ok := writtenNumber(version)
		if !ok {
			n = -1 // what is no version is that of no file
		}
		out = append(out, app.ManyAct{File: id, Version: n, Act: act})
	}
	return out
}

func (s *Server) assignHelpers(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	on, ok := writtenDay(r.PostFormValue("on"))
	if !ok || on.IsZero() {
		faults := map[string]string{"on": i18n.Text(ctx, "act.wrong.day", "typed", r.PostFormValue("on"))}
		return s.bulkHelperPage(w, r, http.StatusUnprocessableEntity, nil, faults, slips(faults, "on"))
	}
	helper := strings.Join(strings.Fields(r.PostFormValue("helper")), " ")
	acts := bulkSend(r, admission.Act{Code: admission.AssignHelper, On: on, Helper: helper, Note: strings.TrimSpace(r.PostFormValue("note"))})
	if len(acts) == 0 {
		return s.bulkHelperPage(w, r, http.StatusUnprocessableEntity, nil, nil, ui.ProblemBox{})
	}
	results, err := s.app.RecordMany(ctx, r.who, acts, r.PostFormValue("confirm") != "")
	if e, shown := formError(err); shown {
		return s.bulkHelperPage(w, r, e.Kind.Status(), nil, nil, ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(ctx, e)}}})
	}
	if err != nil {
		return err
	}
	if results[0].Written {
		return s.redirect(w, r, bulkBack(r), i18n.Text(ctx, "bulk.helper.done", "helper", helper, "n", len(results)))
	}
	box, faults, status := bulkProblem(r, results)
	return s.bulkHelperPage(w, r, status, results, faults, box)
}

// bulkProblem is the box over a form about many people: what was said of all of them is
// said once, the rest with the name.
func bulkProblem(r *request, results []app.ManyResult) (box ui.ProblemBox, faults map[string]string, status int) {
	var findings []rule.Finding
	faults, stale := map[string]string{}, false
	for _, x := range results {
		if x.Stale {
			stale = true
			findings = append(findings, rule.Finding{Severity: rule.Block, Message: i18n.Text(r.Context(), "bulk.of", "name", x.Name, "message", i18n.Text(r.Context(), "bulk.stale"))})
		}
		for _, f := range x.Findings {
			if f.Severity == rule.Block && f.Field != "" {
				faults[f.Field] = f.Message
			}
			if !bulkOfAll(results, f) {
				f.Message, f.Field = i18n.Text(r.Context(), "bulk.of", "name", x.Name, "message", f.Message), ""
			}
			if !slices.ContainsFunc(findings, func(g rule.Finding) bool { return g.Message == f.Message }) {
				findings = append(findings, f)
			}
		}
	}
	if status = http.StatusOK; stale || rule.Blocked(findings) {
		status = http.StatusUnprocessableEntity
	}
	if stale {
		status = http.StatusConflict
	}
	return problem(findings), faults, status
}

// bulkOfAll reports whether the same was said of everybody.
func bulkOfAll(results []app.ManyResult, f rule.Finding) bool {
	return len(results) > 1 && !slices.ContainsFunc(results, func(x app.ManyResult) bool {
		return !slices.ContainsFunc(x.Findings, func(g rule.Finding) bool { return g.Message == f.Message })
	})
}

// A bulkListPage is a list of the people chosen, as a document.
type bulkListPage struct {
	ui.Base
	Head    sheetHeading
	Lead    string
	Back    string
	Sheet   string
	Columns []registerColumn
	Rows    []registerRow
	Notes   []string
	Propose *bulkPropose // of the list for the class
	Empty   *ui.Nothing
}

func (s *Server) showBulkClass(w http.ResponseWriter, r *request) error {
	return s.bulkListPage(w, r, "class", classList)
}

func (s *Server) showBulkList(w http.ResponseWriter, r *request) error {
	return s.bulkListPage(w, r, "list", chosenList)
}

// A bulkLister makes of the people chosen the columns, the rows and the notes of a list.
type bulkLister func(r *request, c app.Chosen) (columns []registerColumn, rows []registerRow, notes []string)

func (s *Server) bulkListPage(w http.ResponseWriter, r *request, what string, list bulkLister) error {
	ctx := r.Context()
	found, err := s.app.Chosen(ctx, r.who, bulkIDs(r))
	if err != nil {
		return err
	}
	p := bulkListPage{Base: s.base(r, i18n.Text(ctx, "bulk."+what+".title"), ui.Crumb{Label: i18n.Text(ctx, "file.list.title"), Href: bulkBack(r)}),
		Head: sheetOf(r, found.Line), Back: bulkBack(r), Lead: i18n.Text(ctx, "bulk."+what+".lead", "n", len(found.Files), "day", i18n.Date(i18n.From(ctx), r.today))}
	p.Columns, p.Rows, p.Notes = list(r, found)
	pairs := make([]string, 0, len(found.Files))
	for _, f := range found.Files {
		pairs = append(pairs, "file="+f.Row.ID)
	}
	p.Sheet = "/bulk/" + what + ".xlsx?" + strings.Join(pairs, "&")
	if len(p.Rows) == 0 {
		p.Empty = nobodyChosen(r)
	}
	if what == "class" {
		p.Propose = bulkProposal(r, found.IDs())
	}
	return s.page(w, r, http.StatusOK, bulkListView(p))
}

func (s *Server) downloadBulkClass(w http.ResponseWriter, r *request) error {
	return s.downloadBulk(w, r, "class", classList)
}

func (s *Server) downloadBulkList(w http.ResponseWriter, r *request) error {
	return s.downloadBulk(w, r, "list", chosenList)
}

func (s *Server) downloadBulk(w http.ResponseWriter, r *request, what string, list bulkLister) error {
	ctx := r.Context()
	found, err := s.app.Chosen(ctx, r.who, bulkIDs(r))
	if err != nil {
		return err
	}
	unit, name := "", ""
	if len(found.Line) > 0 {
		unit, name = string(found.Line[0].Code), found.Line[0].Name
	}
	if !chosenWithin(r, found) {
		unit = "" // over the actor's own units: the record stands with the installation
	}
	columns, rows, notes := list(r, found)
	return s.sendPeople(w, r, what, unit, i18n.Text(ctx, "bulk."+what+".sheet")+"-"+r.today.String(),
		registerSheet(i18n.Text(ctx, "bulk."+what+".title"), name, columns, rows, append(notes, i18n.Text(ctx, "file.sheet.day", "day", i18n.Date(i18n.From(ctx), r.today)))))
}

// chosenWithin reports whether the unit over all the people chosen is one of the actor's,
// or lies below one.
func chosenWithin(r *request, c app.Chosen) bool {
	for _, u := range c.Line {
		if slices.ContainsFunc(r.who.Grants, func(g access.Grant) bool { return g.Unit == u.No && g.On(r.today) && g.Role.Has(access.SeeFile) }) {
			return true
		}
	}
	return false
}

// classList proposes people for the class on the Party. Who is not on the list of
// candidates yet, or holds a certificate already, is named under it: the class is for
// those on the list (HD 01-HD/TW, 3.1).
func classList(r *request, c app.Chosen) (columns []registerColumn, rows []registerRow, notes []string) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	for _, key := range []string{"file.sheet.no", "file.col.name", "file.field.birth", "file.field.sex", "file.col.unit", "bulk.class.col.listed", "file.col.helper", "bulk.class.col.note"} {
		columns = append(columns, registerColumn{Name: i18n.Text(ctx, key)})
	}
	var early, has []string
	for i, f := range c.Files {
		note := ""
		switch {
		case f.Row.Stage == admission.Probationary:
			note = i18n.Text(ctx, "class.kind.new_member")
		case f.File.Listed.IsZero():
			early, note = append(early, f.Row.Name), i18n.Text(ctx, "bulk.class.early_one")
		case !f.File.Certificate.Issued.IsZero():
			has, note = append(has, f.Row.Name), i18n.Text(ctx, "bulk.class.has_one", "day", i18n.Date(lang, f.File.Certificate.Issued))
		}
		rows = append(rows, registerRow{{Text: strconv.Itoa(i + 1)}, {Text: f.Row.Name, Href: "/files/" + f.Row.ID}, {Text: i18n.Date(lang, f.Row.Birth)},
			{Text: sexWords(r, string(f.Row.Sex))}, {Text: f.Row.UnitName}, {Text: i18n.Date(lang, f.File.Listed)}, {Text: f.Row.Helper}, {Text: note}})
	}
	if len(early) > 0 {
		notes = append(notes, i18n.Text(ctx, "bulk.class.early", "names", strings.Join(early, ", ")))
	}
	if len(has) > 0 {
		notes = append(notes, i18n.Text(ctx, "bulk.class.has", "names", strings.Join(has, ", ")))
	}
	return columns, rows, notes
}

// chosenList is the people chosen as the list shows them.
func chosenList(r *request, c app.Chosen) (columns []registerColumn, rows []registerRow, notes []string) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	for _, key := range []string{"file.sheet.no", "file.col.name", "file.field.birth", "file.field.sex", "file.col.unit", "file.col.stage", "file.col.helper", "file.col.next", "file.col.due"} {
		columns = append(columns, registerColumn{Name: i18n.Text(ctx, key)})
	}
	columns = append(columns, registerColumn{Name: i18n.Text(ctx, "bulk.list.col.papers"), Screen: true})
	for i, f := range c.Files {
		l := fileLineOf(r, f.Row)
		rows = append(rows, registerRow{{Text: strconv.Itoa(i + 1)}, {Text: l.Name, Href: l.Href}, {Text: i18n.Date(lang, f.Row.Birth)},
			{Text: sexWords(r, string(f.Row.Sex))}, {Text: l.Unit}, {Text: l.Stage}, {Text: l.Helper}, {Text: l.Next}, {Text: l.Due},
			{Text: i18n.Text(ctx, "bulk.list.papers"), Href: l.Href + "/papers"}})
	}
	return columns, rows, nil
}

// sexWords is a sex in words, "" where none is known.
func sexWords(r *request, sex string) string {
	if sex == "" {
		return ""
	}
	return i18n.Text(r.Context(), "file.sex."+sex)
}
