package web

import (
	"net/http"
	"net/url"
	"strconv"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/union"
	"ketnap/web/ui"
)

func (s *Server) unionCriterionRoutes() {
	s.get("/unions/criterion", s.listCriteria)
	s.get("/unions/criterion.xlsx", s.downloadCriteria)
	s.get("/unions/criterion/{unit}/{year}", s.showCriterion)
	s.post("/unions/criterion/{unit}/{year}", s.rateUnion)
}

func criterionHref(unit string, year int) string {
	return "/unions/criterion/" + url.PathEscape(unit) + "/" + strconv.Itoa(year)
}

// listCriteria is the year of every union as facts.
func (s *Server) listCriteria(w http.ResponseWriter, r *request) error {
	c, err := s.app.UnionCriteria(r.Context(), r.who, yearOf(r))
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.criterion.list", "year", strconv.Itoa(c.Year))), Lead: i18n.Text(ctx, "union.criterion.lead"), Tabs: unionTabs(r, "criterion"),
		Filters: &unionFilter{Action: "/unions/criterion", Fields: []unionField{unionYearField(r, c.Year)}}}
	p.Wide = true
	t := criterionTable(r, c.Rows, c.Year)
	if len(t.Rows) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "union.none"), Text: i18n.Text(ctx, "union.none_why")}
	} else {
		p.Sheet = unionHref("/unions/criterion.xlsx", "year", strconv.Itoa(c.Year))
		p.Sections = []unionSection{{ID: "bang", Title: i18n.Text(ctx, "union.criterion.table"), Note: union.Clause, Table: &t, Texts: []string{i18n.Text(ctx, "union.criterion.facts")}}}
	}
	return s.page(w, r, http.StatusOK, unionView(p))
}

// criterionTable is one union a row, each fact leading to what is behind it.
func criterionTable(r *request, rows []app.CriterionLine, year int) unionTable {
	ctx, y := r.Context(), strconv.Itoa(year)
	t := unionTable{Columns: unionColumns(ctx, "union.col.union", "union.col.counted", "#union.col.target", "#union.col.introduced", "#union.col.admitted", "#union.col.share", "#union.col.movements", "#union.col.sessions", "union.col.level")}
	for _, x := range rows {
		code := string(x.Unit.Code)
		var aim *int
		if x.Target > 0 {
			aim = &x.Target
		}
		share := unionCell{Text: unionShare(x.Percent)}
		level := unionCell{Text: noFigure}
		if x.Rating != nil {
			level.Text = x.Rating.Level.Words()
		}
		t.Rows = append(t.Rows, []unionCell{{Text: x.Unit.Name, Href: criterionHref(code, year)}, criterionCounted(r, x), unionNumber(r, aim, unionHref("/targets", "unit", code, "year", y)),
			unionNumber(r, &x.Introduced, unionHref("/unions/introductions", "unit", code, "year", y)), unionNumber(r, &x.Admitted, unionHref("/unions/introductions", "unit", code, "fate", string(union.FateAdmitted))), share,
			unionNumber(r, &x.Movements, unionHref("/unions/movements", "unit", code, "year", y)), unionNumber(r, &x.Sessions, unionHref("/unions/sessions", "year", y)), level})
	}
	return t
}

func criterionCounted(r *request, x app.CriterionLine) unionCell {
	ctx := r.Context()
	switch {
	case !x.Asked:
		return unionCell{Text: noFigure}
	case x.Counted && x.OnTime:
		return unionCell{Text: i18n.Text(ctx, "union.criterion.on_time"), Mood: ui.Done}
	case x.Counted:
		return unionCell{Text: i18n.Text(ctx, "union.criterion.after_due"), Mood: ui.Done}
	}
	return unionCell{Text: i18n.Text(ctx, "union.criterion.not_sent"), Mood: ui.Todo}
}

func (s *Server) downloadCriteria(w http.ResponseWriter, r *request) error {
	c, err := s.app.UnionCriteria(r.Context(), r.who, yearOf(r))
	if err != nil {
		return err
	}
	return s.sendUnionTable(w, r, "tieu-chi-doan-the-"+strconv.Itoa(c.Year), i18n.Text(r.Context(), "union.criterion.list", "year", strconv.Itoa(c.Year)), union.Clause, criterionTable(r, c.Rows, c.Year), false)
}

func (s *Server) showCriterion(w http.ResponseWriter, r *request) error {
	return s.criterionPage(w, r, http.StatusOK, url.Values{"on": {r.today.String()}}, nil)
}

// criterionPage is the year of one union: the criterion line by line, and the rating that
// people decided.
func (s *Server) criterionPage(w http.ResponseWriter, r *request, status int, v url.Values, faults map[string]string) error {
	year, ok := writtenNumber(r.PathValue("year"))
	if !ok || year < 2000 || year > 2100 {
		year = r.today.Year()
	}
	c, err := s.app.UnionCriterion(r.Context(), r.who, r.PathValue("unit"), year)
	if err != nil {
		return err
	}
	ctx := r.Context()
	paper := sheetHeading{Unit: c.Unit.Name, Day: sheetOf(r, nil).Day}
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.criterion.title", "year", strconv.Itoa(year)), ui.Crumb{Label: i18n.Text(ctx, "union.criterion.list", "year", strconv.Itoa(year)), Href: unionHref("/unions/criterion", "year", strconv.Itoa(year))}),
		Lead: c.Unit.Name, Paper: &paper}
	t := unionTable{Columns: unionColumns(ctx, "union.col.figure", "union.col.fact", "union.col.state", "union.col.cite")}
	for _, l := range c.Lines {
		state := unionCell{Text: i18n.Sentence(l.Words()), Mood: ui.Todo}
		if l.Met == nil {
			state = unionCell{Text: i18n.Sentence(l.Words())}
		} else if *l.Met {
			state.Mood = ui.Done
		}
		t.Rows = append(t.Rows, []unionCell{{Text: l.Text}, {Text: l.Fact}, state, {Text: l.Cite}})
	}
	rating := unionTable{Columns: unionColumns(ctx, "union.col.level", "union.field.by", "union.field.decided", "union.col.recorded")}
	for _, g := range c.Ratings {
		rating.Rows = append(rating.Rows, []unionCell{{Text: g.Level.Words()}, {Text: g.By}, {Text: g.On.VN()}, {Text: g.Who}})
	}
	x := unionSection{ID: "xep-loai", Title: i18n.Text(ctx, "union.criterion.rating"), Table: &rating, None: i18n.Text(ctx, "union.criterion.no_rating")}
	if c.May {
		form := ratingForm(r, string(c.Unit.Code), year, v)
		form.faults(faults)
		x.Form = &form
	}
	p.Sections = []unionSection{{ID: "tieu-chi", Title: i18n.Text(ctx, "union.criterion.lines"), Table: &t, Texts: []string{i18n.Text(ctx, "union.criterion.facts")}}, x}
	return s.page(w, r, status, unionView(p))
}

func ratingForm(r *request, unit string, year int, v url.Values) unionForm {
	ctx := r.Context()
	var levels []ui.Option
	for _, l := range union.Levels() {
		levels = append(levels, ui.Option{Value: string(l), Label: l.Words()})
	}
	return unionForm{ID: "rating", Action: criterionHref(unit, year), Buttons: []unionButton{{i18n.Text(ctx, "union.criterion.record"), "record"}}, Fields: []unionField{
		{Kind: unionChoice, Options: levels, In: ui.Input{Name: "level", Label: i18n.Text(ctx, "union.col.level"), Value: v.Get("level")}},
		{In: ui.Input{Name: "by", Label: i18n.Text(ctx, "union.field.by"), Value: v.Get("by"), Help: i18n.Text(ctx, "union.field.by_help")}},
		{Kind: unionDay, In: ui.Input{Name: "on", Label: i18n.Text(ctx, "union.field.decided"), Value: v.Get("on")}},
	}}
}

func (s *Server) rateUnion(w http.ResponseWriter, r *request) error {
	if err := r.ParseForm(); err != nil {
		return unionFormUnread(err)
	}
	ctx, v := r.Context(), r.PostForm
	year, _ := writtenNumber(r.PathValue("year"))
	faults := map[string]string{}
	on := unionDayOf(ctx, v, "on", faults)
	if len(faults) > 0 {
		return s.criterionPage(w, r, http.StatusUnprocessableEntity, v, faults)
	}
	err := s.app.RateUnion(ctx, r.who, r.PathValue("unit"), union.Rating{Year: year, Level: union.Level(v.Get("level")), By: v.Get("by"), On: on})
	if e, ok := formError(err); ok {
		return s.criterionPage(w, r, e.Kind.Status(), v, map[string]string{e.Field: message(ctx, err)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, criterionHref(r.PathValue("unit"), year), i18n.Text(ctx, "union.criterion.recorded"))
}
