package web

import (
	"net/http"
	"strconv"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/watch"
	"ketnap/web/ui"
)

func (s *Server) gatheringRoutes() {
	s.get("/gatherings", s.listGatherings)
	s.get("/gatherings.xlsx", s.downloadGatherings)
	s.get("/gatherings/new", s.newGathering)
	s.post("/gatherings/new", s.holdGathering)
	s.get("/gatherings/{id}", s.showGathering)
	s.get("/gatherings/{id}/edit", s.editGathering)
	s.post("/gatherings/{id}/edit", s.correctGathering)
	s.post("/gatherings/{id}/void", s.voidGathering)
	s.post("/gatherings/{id}/conclusions/{conclusion}", s.finishConclusion)
	s.get("/obstacles", s.listObstacles)
	s.get("/obstacles.xlsx", s.downloadObstacles)
	s.get("/obstacles/new", s.newObstacle)
	s.post("/obstacles/new", s.addObstacle)
	s.get("/obstacles/{id}", s.showObstacle)
	s.post("/obstacles/{id}", s.changeObstacle)
}

// unitsUnfolded is up to how many units a list of who is missing is shown open.
const unitsUnfolded = 15

// readGatherings reads the gatherings of a year and keeps those of the kind asked for.
func (s *Server) readGatherings(r *request) (app.GatheringsPage, registerFound, error) {
	year, ok := writtenNumber(r.FormValue("year"))
	if !ok || year < 2000 || year > 2100 {
		year = r.today.Year()
	}
	found, err := s.app.Gatherings(r.Context(), r.who, s.unitOf(r), year)
	if err != nil {
		return found, registerFound{}, err
	}
	ctx, kind := r.Context(), watch.GatheringKind(r.FormValue("kind"))
	list := registerFound{}
	list.columns(r, "gathering.col.topic", "gathering.col.on", "gathering.col.unit", "gathering.col.kind", "gathering.col.led", "gathering.col.people", "gathering.col.conclusions")
	for _, g := range found.List {
		if g.Row.Voided || kind.Valid() && g.Kind != kind {
			continue
		}
		people := i18n.Count(i18n.From(ctx), g.Attended)
		if g.Invited > 0 {
			people = i18n.Text(ctx, "gathering.people", "attended", g.Attended, "invited", g.Invited)
		}
		list.add(registerCell{g.Topic, "/gatherings/" + g.Row.ID}, registerCell{Text: i18n.Date(i18n.From(ctx), g.On)}, registerCell{Text: g.Row.UnitName},
			registerCell{Text: i18n.Sentence(g.Kind.Words())}, registerCell{Text: g.Led}, registerCell{Text: people}, registerCell{Text: conclusionWords(r, g)})
	}
	return found, list, nil
}

// conclusionWords counts the conclusions of a gathering by how they stand.
func conclusionWords(r *request, g app.Gathering) string {
	ctx, count := r.Context(), map[string]int{}
	for _, c := range g.Conclusions {
		count[c.State(r.today)]++
	}
	if len(g.Conclusions) == 0 {
		return noFigure
	}
	words := i18n.Text(ctx, "gathering.conclusions", "n", len(g.Conclusions))
	if open := count["open"] + count["late"]; open > 0 {
		words = joinWords(", ", words, i18n.Text(ctx, "gathering.open", "n", open))
	}
	if count["late"] > 0 {
		words = joinWords(", ", words, i18n.Text(ctx, "gathering.late", "n", count["late"]))
	}
	return words
}

func (s *Server) listGatherings(w http.ResponseWriter, r *request) error {
	found, list, err := s.readGatherings(r)
	if err != nil {
		return err
	}
	ctx, code, year, kind := r.Context(), string(found.Line[0].Code), strconv.Itoa(found.Year), r.FormValue("kind")
	here := func(code string) string { return address("/gatherings", "unit", code, "year", year) }
	p := listingPage{
		Base: s.base(r, i18n.Text(ctx, "gathering.title", "year", year), s.above(r, found.Line, here)...), Head: sheetOf(r, found.Line),
		Lead: i18n.Text(ctx, "gathering.lead", "unit", found.Line[0].Name), Action: "/gatherings", Columns: list.Columns, Rows: list.Rows,
		Sheet: address("/gatherings.xlsx", "unit", code, "year", year, "kind", kind),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "gathering.empty"), Text: i18n.Text(ctx, "gathering.empty_why")},
	}
	p.Wide, p.Tabs = true, sourceTabs(r, code, "/gatherings")
	units, err := s.unitOptions(r, found.Line)
	if err != nil {
		return err
	}
	kinds := []ui.Option{{Value: "", Label: i18n.Text(ctx, "gathering.kind.all")}}
	for _, k := range watch.GatheringKinds() {
		kinds = append(kinds, ui.Option{Value: string(k), Label: i18n.Sentence(k.Words())})
	}
	p.Choices = []fileChoice{{ui.Input{Name: "unit", Label: i18n.Text(ctx, "report.unit"), Value: code, Optional: true}, units},
		{ui.Input{Name: "year", Label: i18n.Text(ctx, "report.year"), Value: year, Optional: true}, registerYears(r, found.Year)},
		{ui.Input{Name: "kind", Label: i18n.Text(ctx, "gathering.col.kind"), Value: kind, Optional: true}, kinds}}
	if found.More {
		p.Notes = []string{i18n.Text(ctx, "register.more", "n", len(found.List))}
	}
	if found.May {
		p.First = &ui.Action{Label: i18n.Text(ctx, "gathering.new"), Href: address("/gatherings/new", "unit", code), Primary: true}
		p.Empty.First = p.First
		if len(p.Rows) == 0 {
			p.First = nil
		}
	}
	p.Also = gatheringsMissing(r, found)
	return s.page(w, r, http.StatusOK, listingView(p))
}

// gatheringsMissing are the units that held none in the year.
func gatheringsMissing(r *request, found app.GatheringsPage) *listingAlso {
	if len(found.None) == 0 {
		return nil
	}
	ctx := r.Context()
	also := &listingAlso{Title: i18n.Text(ctx, "gathering.missing", "year", strconv.Itoa(found.Year)), Note: i18n.Text(ctx, "gathering.missing_why"),
		Open: i18n.Text(ctx, "gathering.missing_n", "n", len(found.None)), Folded: len(found.None) > unitsUnfolded}
	for _, u := range found.None {
		row := listingUnit{Name: u.Name, Href: address("/gatherings", "unit", string(u.Code), "year", strconv.Itoa(found.Year))}
		if found.May && mayHold(r) {
			row.Act = &ui.Action{Label: i18n.Text(ctx, "gathering.new"), Href: address("/gatherings/new", "unit", string(u.Code))}
		}
		also.Rows = append(also.Rows, row)
	}
	return also
}

func (s *Server) downloadGatherings(w http.ResponseWriter, r *request) error {
	found, list, err := s.readGatherings(r)
	if err != nil {
		return err
	}
	year := strconv.Itoa(found.Year)
	var notes []string
	if len(found.None) > 0 {
		notes = []string{i18n.Text(r.Context(), "gathering.missing_n", "n", len(found.None))}
	}
	return s.sendSheet(w, "sinh-hoat-chuyen-de-"+year, registerSheet(i18n.Text(r.Context(), "gathering.title", "year", year), found.Line[0].Name, list.Columns, list.Rows, notes))
}

// A gatheringPage is one gathering as it is recorded.
type gatheringPage struct {
	ui.Base
	Lead    string
	Head    sheetHeading
	Voided  string
	Facts   []ui.Fact
	Lines   []conclusionLine
	Edit    *ui.Action
	Void    *ui.Ask
	Reason  ui.Input
	Changed string
}

// A conclusionLine is a conclusion with the button that marks it.
type conclusionLine struct {
	Text, Owner, Due string
	Mood             ui.Mood
	State            string
	Action, Submit   string // of the form that marks it; "" for who may not
	Done             string // the value that the button sends
	Plan             string // address of the plan that may take it up as a measure; "" for none
	Measure          map[string]string
}

func (s *Server) showGathering(w http.ResponseWriter, r *request) error {
	return s.gatheringPage(w, r, http.StatusOK, "")
}

func (s *Server) gatheringPage(w http.ResponseWriter, r *request, status int, fault string) error {
	g, err := s.app.Gathering(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx, lang, href := r.Context(), i18n.From(r.Context()), "/gatherings/"+g.Row.ID
	p := gatheringPage{
		Base: s.base(r, g.Topic, ui.Crumb{Label: i18n.Text(ctx, "gathering.menu"), Href: address("/gatherings", "unit", string(g.Row.UnitCode), "year", strconv.Itoa(g.On.Year()))}),
		Lead: i18n.Text(ctx, "gathering.of", "kind", i18n.Sentence(g.Kind.Words()), "unit", g.Row.UnitName, "day", i18n.LongDate(lang, g.On)), Head: sheetOf(r, g.Line),
		Facts: []ui.Fact{{Term: i18n.Text(ctx, "gathering.col.led"), Value: g.Led},
			{Term: i18n.Text(ctx, "gathering.attended"), Value: i18n.Count(lang, g.Attended)}},
		Reason: ui.Input{Name: "reason", ID: "void-reason", Label: i18n.Text(ctx, "gathering.why"), Error: fault, Attrs: map[string]any{"maxlength": strconv.Itoa(watch.MaxReason)}},
	}
	if g.Invited > 0 {
		p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, "gathering.invited"), Value: i18n.Count(lang, g.Invited)})
	}
	p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, "gathering.entered"), Value: joinWords(", ", g.Row.EnteredBy, i18n.Date(lang, g.Row.EnteredOn))})
	if !g.Row.ChangedOn.IsZero() {
		p.Changed = i18n.Text(ctx, "gathering.changed", "day", i18n.Date(lang, g.Row.ChangedOn), "who", g.Row.ChangedBy, "reason", g.Row.Reason)
	}
	if g.Row.Voided {
		p.Changed, p.Voided = "", i18n.Text(ctx, "gathering.voided", "day", i18n.Date(lang, g.Row.ChangedOn), "who", g.Row.ChangedBy, "reason", g.Row.Reason)
	}
	for _, c := range g.Conclusions {
		p.Lines = append(p.Lines, conclusionLineOf(r, g, c))
	}
	if g.May {
		p.Edit = &ui.Action{Label: i18n.Text(ctx, "gathering.edit"), Href: href + "/edit"}
		p.Void = &ui.Ask{ID: "ask-void", Open: i18n.Text(ctx, "gathering.void"), Heading: i18n.Text(ctx, "gathering.void.heading"), Text: i18n.Text(ctx, "gathering.void.text"),
			Action: href + "/void", Submit: i18n.Text(ctx, "gathering.void"), Hidden: map[string]string{"version": strconv.Itoa(g.Row.Version)}}
	}
	return s.page(w, r, status, gatheringView(p))
}

func conclusionLineOf(r *request, g app.GatheringPage, c watch.Conclusion) conclusionLine {
	ctx, lang := r.Context(), i18n.From(r.Context())
	line := conclusionLine{Text: c.Text, Owner: c.Owner, Due: i18n.Date(lang, c.Due), Mood: ui.Todo, State: i18n.Text(ctx, "gathering.state."+c.State(r.today))}
	switch c.State(r.today) {
	case "done":
		line.Mood, line.State = ui.Done, i18n.Text(ctx, "gathering.done_on", "day", i18n.Date(lang, c.Done))
	case "late":
		line.Mood = ui.Late
	}
	if g.May {
		line.Action, line.Submit, line.Done = "/gatherings/"+g.Row.ID+"/conclusions/"+c.ID, i18n.Text(ctx, "gathering.finish"), "1"
		if !c.Done.IsZero() {
			line.Submit, line.Done = i18n.Text(ctx, "gathering.reopen"), ""
		} else {
			line.Plan, line.Measure = measureOf(r, g, c)
		}
	}
	return line
}

// measureOf is a conclusion as a measure of the unit's plan of the year in which it is due.
func measureOf(r *request, g app.GatheringPage, c watch.Conclusion) (plan string, fields map[string]string) {
	year, due := g.On.Year(), ""
	if !c.Due.IsZero() {
		year, due = c.Due.Year(), c.Due.String()
	}
	origin := i18n.Text(r.Context(), "gathering.origin", "kind", g.Kind.Words(), "day", g.On.VN())
	return planHref(string(g.Row.UnitCode), year) + "/measures", map[string]string{"text": c.Text, "owner": c.Owner, "due": due, "origin": origin}
}

func (s *Server) finishConclusion(w http.ResponseWriter, r *request) error {
	done := r.PostFormValue("done") != ""
	if err := s.app.FinishConclusion(r.Context(), r.who, r.PathValue("id"), r.PathValue("conclusion"), done); err != nil {
		return err
	}
	flash := i18n.Text(r.Context(), "gathering.finished")
	if !done {
		flash = i18n.Text(r.Context(), "gathering.reopened")
	}
	return s.redirect(w, r, "/gatherings/"+r.PathValue("id"), flash)
}

// voidGathering strikes a gathering out; without a reason it asks for one.
func (s *Server) voidGathering(w http.ResponseWriter, r *request) error {
	version := wantedNumber(r.PostFormValue("version"))
	findings, err := s.app.VoidGathering(r.Context(), r.who, r.PathValue("id"), version, r.PostFormValue("reason"))
	if e, ok := formError(err); ok {
		return s.gatheringPage(w, r, e.Kind.Status(), message(r.Context(), e))
	}
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		return s.gatheringPage(w, r, http.StatusUnprocessableEntity, findings[0].Message)
	}
	return s.redirect(w, r, "/gatherings/"+r.PathValue("id"), i18n.Text(r.Context(), "gathering.void.done"))
}
