package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/rating"
	"ketnap/source"
	"ketnap/target"
	"ketnap/web/ui"
)

// A ratingsPage is the year of a unit's children: who may still be rated how high.
type ratingsPage struct {
	ui.Base
	Lead  string
	Years []yearLink
	Own   ui.Action // the rating of the unit itself
	Rows  []ratingRow
	Sheet string
	Note  string
	Empty ui.Nothing
}

// A ratingRow is one unit of the table.
type ratingRow struct {
	Name, Href string
	Plan       numberLink
	Admitted   numberLink
	Percent    string
	Source     numberLink
	Basis      string
	Denied     bool
	Verdict    string
	Why        string
}

func (s *Server) ratingsOf(r *request) (app.RatingTable, error) {
	return s.app.Ratings(r.Context(), r.who, s.unitOf(r), yearOf(r))
}

func (s *Server) showRatings(w http.ResponseWriter, r *request) error {
	t, err := s.ratingsOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	code, year := string(t.Unit.Code), strconv.Itoa(t.Year)
	here := func(code string) string { return address("/ratings", "unit", code, "year", year) }
	p := ratingsPage{Base: s.base(r, i18n.Text(ctx, "rating.title", "year", year), s.above(r, t.Line, here)...),
		Years: yearLinks(r, t.Year, func(y string) string { return address("/ratings", "unit", code, "year", y) }),
		Own:   ui.Action{Label: i18n.Text(ctx, "rating.own"), Href: ratingHref(code, t.Year), Primary: true, WideOnly: true},
		Sheet: address("/ratings.xlsx", "unit", code, "year", year),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "rating.empty"), Text: i18n.Text(ctx, "rating.empty_why"), First: &ui.Action{Label: i18n.Text(ctx, "rating.own"), Href: ratingHref(code, t.Year)}}}
	denied := 0
	for _, l := range t.Lines {
		row := s.ratingRow(r, l)
		if row.Denied {
			denied++
		}
		p.Rows = append(p.Rows, row)
	}
	slices.SortStableFunc(p.Rows, func(x, y ratingRow) int { return strings.Compare(yesNo(y.Denied), yesNo(x.Denied)) }) // "yes" first
	p.Lead = i18n.Text(ctx, "rating.lead", "unit", t.Unit.Name, "n", len(p.Rows), "denied", denied)
	if len(t.Lines) > 0 {
		p.Note = i18n.Text(ctx, "rating.note", "event", t.Lines[0].Rating.CountingEvent.Words(), "day", i18n.Date(i18n.From(ctx), rating.Day(t.Year, t.Today)))
	}
	return s.page(w, r, http.StatusOK, ratingsView(p))
}

func ratingHref(code string, year int) string { return "/ratings/" + code + "/" + strconv.Itoa(year) }

func (s *Server) ratingRow(r *request, l app.RatingLine) ratingRow {
	href := ratingHref(string(l.Unit.Code), l.Rating.Year)
	plan := numberLink{Text: noFigure, Href: href + "#ke-hoach"}
	if l.Rating.Plan != nil {
		plan.Text = i18n.Count(i18n.From(r.Context()), *l.Rating.Plan)
	}
	row := ratingRow{Name: l.Unit.Name, Href: href, Plan: plan, Admitted: s.number(r, l.Rating.Admitted, href+"#da-ket-nap"),
		Percent: percent(r, target.PercentOf(l.Rating.Admitted, l.Rating.Plan)), Source: s.number(r, l.Source, href+"#con-nguon"), Denied: l.Rating.Ceiling != nil}
	if l.Rating.HasSourceBasis == rating.Recorded {
		row.Basis = i18n.Text(r.Context(), "rating.recorded."+yesNo(l.Rating.HasSource))
	}
	row.Verdict, row.Why = i18n.Text(r.Context(), "rating.open"), whyOpen(r, l.Rating)
	if row.Denied {
		row.Verdict, row.Why = i18n.Text(r.Context(), "rating.denied"), i18n.Text(r.Context(), "rating.why.denied")
	}
	return row
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// whyOpen says in a few words why a unit has no ceiling.
func whyOpen(r *request, j rating.Rating) string {
	key := "rating.why.no_clause"
	switch {
	case j.Plan == nil:
		key = "rating.why.no_plan"
	case !j.Missed():
		key = "rating.why.reached"
	case !j.HasSource:
		key = "rating.why.no_source"
	}
	return i18n.Text(r.Context(), key)
}

func (s *Server) downloadRatings(w http.ResponseWriter, r *request) error {
	t, err := s.ratingsOf(r)
	if err != nil {
		return err
	}
	lines := make([]table.RatingLine, len(t.Lines))
	for i, l := range t.Lines {
		lines[i] = table.RatingLine{Name: l.Unit.Name, Rating: l.Rating, Source: l.Source}
	}
	return s.sendSheet(w, "danh-gia-"+strconv.Itoa(t.Year), table.Ratings(t.Unit.Name, t.Year, lines))
}

// A ratingPage is the rating of a unit's year with what stands behind each of its nouns.
type ratingPage struct {
	ui.Base
	Head     sheetHeading
	Lead     string
	Years    []yearLink
	Level    string
	Denied   bool
	Sentence []sentencePart
	Grounds  []sentencePart // the clause, and the years for which it applies
	Head2    string         // who holds the post
	Plan     evidence
	Admitted evidence
	Source   evidence
	People   []sourceRow
	Levels   []levelRow
	Meter    ui.MeterBar
	Reasons  []ui.Finding
	Warnings []string
	Judged   []judgementLine
	Judge    *ui.Action
}

// A sentencePart is a piece of the verdict: plain, strong, or a link to its evidence.
type sentencePart struct {
	Text, Href string
	Strong     bool
}

// An evidence is what stands behind one noun of the verdict.
type evidence struct {
	Title, Note string
	Rows        []evidenceRow
	None        string // said where there is nothing
	More        *ui.Link
}

// An evidenceRow is one document, change or person.
type evidenceRow struct{ Text, Href, Note, Aside string }

// A sourceRow is one who is source.
type sourceRow struct{ Name, Href, Unit, Stage, Since, Why, Next string }

// A levelRow is a level of the yearly rating and whether it is open.
type levelRow struct {
	Name, Note   string
	Shut, Chosen bool
}

// A judgementLine is one recorded judgement of the source.
type judgementLine struct {
	Text, Aside string
	Rules       bool // it is the one that counts
}

// ratingOf reads unit and year from the path.
func (s *Server) ratingOf(r *request) (app.RatingPage, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return app.RatingPage{}, errs.E(errs.NotFound, "rating.year").Because(err)
	}
	return s.app.Rating(r.Context(), r.who, r.PathValue("unit"), year)
}

func (s *Server) showRating(w http.ResponseWriter, r *request) error {
	found, err := s.ratingOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, ratingView(s.ratingPage(r, found)))
}

// ratingDrawer draws the page of a rating.
type ratingDrawer struct {
	r    *request
	j    app.RatingPage
	lang i18n.Lang
	code string
	year string
}

func (v ratingDrawer) text(key string, args ...any) string { return i18n.T(v.lang, key, args...) }

func (s *Server) ratingPage(r *request, j app.RatingPage) ratingPage {
	v := ratingDrawer{r: r, j: j, lang: i18n.From(r.Context()), code: string(j.Of.Code), year: strconv.Itoa(j.Year)}
	over := func(code string) string { return address("/ratings", "unit", code, "year", v.year) }
	crumbs := append([]ui.Crumb{{Label: v.text("rating.crumb"), Href: address("/ratings", "year", v.year)}}, s.above(r, j.Line, over)...)
	p := ratingPage{Base: s.base(r, j.Of.Name, crumbs...), Head: sheetOf(r, j.Line), Denied: j.Ceiling != nil,
		Years:    yearLinks(r, j.Year, func(y string) string { return "/ratings/" + v.code + "/" + y }),
		Sentence: v.sentence(), Plan: v.plan(), Admitted: v.admitted(), Levels: v.levels(), Warnings: j.Warnings, Judged: v.judged()}
	key := "rating.page.lead"
	if j.Year < j.Today.AddDays(1).Year() {
		key = "rating.page.lead_past"
	}
	p.Lead = v.text(key, "year", v.year, "day", i18n.Date(v.lang, rating.Day(j.Year, j.Today)))
	p.Level = v.text("rating.level.open")
	if p.Denied {
		p.Level = v.text("rating.level.best", "level", j.Ceiling.Words())
	}
	v.grounds(&p)
	p.Source, p.People = v.source()
	plan := 0
	if j.Plan != nil {
		plan = *j.Plan
	}
	p.Meter = ui.NewMeter(v.lang, j.Admitted, plan)
	for _, b := range j.Because {
		p.Reasons = append(p.Reasons, ui.Finding{Message: b.Text, Cite: cited(b.Cite)})
	}
	if j.MayJudge != 0 && j.Year <= j.Today.Year() {
		p.Judge = &ui.Action{Label: v.text("rating.judge"), Href: ratingHref(v.code, j.Year) + "/source", Primary: true, WideOnly: true}
	}
	return p
}

// sentence is the verdict in parts; each noun leads to its evidence.
func (v ratingDrawer) sentence() []sentencePart {
	j := v.j
	plan := sentencePart{Text: v.text("rating.part.no_plan", "year", v.year), Href: "#ke-hoach"}
	if j.Plan != nil {
		plan.Text = v.text("rating.part.plan", "n", *j.Plan)
	}
	admitted := sentencePart{Text: v.text("rating.part.admitted", "n", j.Admitted), Href: "#da-ket-nap"}
	people := sentencePart{Text: v.text("rating.part.no_source"), Href: "#con-nguon"}
	switch {
	case j.HasSource && len(j.Source) > 0:
		people.Text = v.text("rating.part.source", "n", len(j.Source))
	case j.HasSource:
		people.Text = v.text("rating.part.recorded")
	}
	comma, stop := sentencePart{Text: ", "}, sentencePart{Text: "."}
	if j.Ceiling != nil {
		parts := []sentencePart{{Text: v.text("rating.part.denied") + " "}, {Text: v.text("rating.part.excellent"), Strong: true}, {Text: ": "}, plan, comma, admitted}
		if j.HasSource { // a document may deny the level without asking for source
			parts = append(parts, comma, people)
		}
		return append(parts, stop)
	}
	parts := []sentencePart{{Text: v.text("rating.part.open") + " "}, plan}
	switch {
	case j.Plan == nil:
	case !j.Missed():
		parts = append(parts, comma, admitted, sentencePart{Text: v.text("rating.part.reached")})
	case !j.HasSource:
		parts = append(parts, comma, admitted, comma, people)
	default:
		parts = append(parts, comma, admitted, comma, people, sentencePart{Text: v.text("rating.part.no_clause", "year", v.year)})
	}
	return append(parts, stop)
}

// grounds names the clause, for which years and to whom it applies.
func (v ratingDrawer) grounds(p *ratingPage) {
	for _, c := range v.j.Ceilings {
		part := sentencePart{Text: c.Symbol, Href: "/documents/" + c.Document}
		if c.Clause != "" {
			part = sentencePart{Text: v.text("rating.clause", "symbol", c.Symbol, "clause", c.Clause), Href: part.Href + "#muc-" + c.Clause}
		}
		before := "; "
		if len(p.Grounds) == 0 {
			before = v.text("rating.grounds") + " "
		}
		p.Grounds = append(p.Grounds, sentencePart{Text: before}, part)
	}
	years := make([]string, len(v.j.Years))
	for i, y := range v.j.Years {
		years[i] = strconv.Itoa(y)
	}
	if len(years) > 0 {
		p.Grounds = append(p.Grounds, sentencePart{Text: "; " + v.text("rating.years", "years", strings.Join(years, ", ")) + "."})
	}
	if !p.Denied {
		return
	}
	if h := v.j.Head; h != nil {
		p.Head2 = v.text("rating.head", "name", h.Name, "day", i18n.Date(v.lang, h.From))
	} else {
		p.Head2 = v.text("rating.head_none")
	}
}

// plan is the figure with its history and the documents that set it.
func (v ratingDrawer) plan() evidence {
	e := evidence{Title: v.text("rating.plan.none"), None: v.text("rating.plan.none_why"), More: &ui.Link{Label: v.text("rating.plan.see"), Href: address("/targets", "unit", v.code, "year", v.year)}}
	if v.j.Plan != nil {
		e.Title = v.text("rating.plan", "n", *v.j.Plan)
		e.Note = v.text("rating.plan.once")
		if n := v.assigned(); n > 1 {
			e.Note = v.text("rating.plan.changed", "n", n-1)
		}
	}
	for i := len(v.j.Figures) - 1; i >= 0; i-- {
		row, t := v.j.Figures[i], v.j.History[i]
		line := evidenceRow{Text: v.text("rating.figure."+row.State, "figure", t.Words()), Aside: v.text("rating.figure.by", "day", i18n.Date(v.lang, row.SetOn), "who", row.SetBy)}
		if row.State == string(target.Assigned) {
			line.Text = v.text("rating.figure.assigned", "figure", strconv.Itoa(t.Min))
		}
		if row.Symbol != "" {
			line.Href = "/documents/" + row.Document
			line.Note = v.text("rating.clause", "symbol", row.Symbol, "clause", row.Clause)
			if row.Clause != "" {
				line.Href += "#muc-" + row.Clause
			}
		}
		if row.Reason != "" {
			line.Note = strings.TrimPrefix(line.Note+"; "+row.Reason, "; ")
		}
		e.Rows = append(e.Rows, line)
	}
	return e
}

func (v ratingDrawer) assigned() int {
	n := 0
	for _, t := range v.j.History {
		if t.State == target.Assigned {
			n++
		}
	}
	return n
}

func (v ratingDrawer) admitted() evidence {
	e := evidence{Title: v.text("rating.admitted", "n", v.j.Admitted), Note: v.text("rating.admitted.by", "event", v.j.CountingEvent.Words()), None: v.text("rating.admitted.none")}
	if v.j.MaySee {
		for _, f := range v.j.Admissions {
			line := evidenceRow{Text: v.text("rating.comrade", "name", f.Name), Href: "/files/" + f.ID, Aside: v.text("rating.admitted.decided", "day", i18n.Date(v.lang, f.DecidedOn))}
			if f.UnitCode != v.j.Of.Code {
				line.Note = f.UnitName
			}
			if !f.AdmittedOn.IsZero() {
				line.Aside = v.text("rating.admitted.both", "day", i18n.Date(v.lang, f.DecidedOn), "ceremony", i18n.Date(v.lang, f.AdmittedOn))
			}
			e.Rows = append(e.Rows, line)
		}
		if len(e.Rows) == 0 && v.j.Admitted > 0 {
			e.None = v.text("rating.admitted.moved")
		}
	} else if v.j.Admitted > 0 {
		e.None = v.text("rating.hidden")
	}
	return e
}

func (v ratingDrawer) source() (evidence, []sourceRow) {
	e := evidence{Title: v.text("rating.source", "n", len(v.j.Source)), Note: v.text("rating.source.day", "day", i18n.Date(v.lang, rating.Day(v.j.Year, v.j.Today))), None: v.text("rating.source.none")}
	if v.j.HasSourceBasis == rating.Recorded && v.j.HasSource != (len(v.j.Source) > 0) {
		e.None = v.text("rating.source.disagree")
	}
	if !v.j.MaySee {
		if len(v.j.Source) > 0 {
			e.None = v.text("rating.hidden")
		}
		return e, nil
	}
	var rows []sourceRow
	for _, f := range v.j.Source {
		row := sourceRow{Name: f.Name, Href: "/files/" + f.ID, Stage: i18n.Sentence(f.Stage.Words()), Since: i18n.Date(v.lang, f.Since), Why: v.text("rating.moving")}
		if f.UnitCode != v.j.Of.Code {
			row.Unit = f.UnitName
		}
		if f.Stuck != "" {
			row.Why = i18n.Sentence(f.Stuck)
		}
		if f.NextAct != "" {
			row.Next = f.NextAct.Words()
		}
		rows = append(rows, row)
	}
	return e, rows
}

// levels are the four of the yearly rating (EVAL-05), and which are shut.
func (v ratingDrawer) levels() []levelRow {
	denied := v.j.Ceiling != nil
	excellent := levelRow{Name: v.text("rating.level.excellent"), Shut: denied}
	good := levelRow{Name: v.text("rating.level.good"), Chosen: denied}
	if denied {
		excellent.Note, good.Note = v.text("rating.level.shut"), v.text("rating.level.top")
	}
	return []levelRow{excellent, good, {Name: v.text("rating.level.done")}, {Name: v.text("rating.level.failed")}}
}

// judged lists the recorded judgements, newest first, with the one that counts marked.
func (v ratingDrawer) judged() []judgementLine {
	all := make([]source.Judgement, len(v.j.Judgements))
	for i, row := range v.j.Judgements {
		all[i] = source.Judgement{Level: source.Level(row.Level), HasSource: row.HasSource, Reason: source.Reason(row.Reason), On: row.On, By: row.By}
	}
	ruling, ok := source.Ruling(all)
	var out []judgementLine
	marked := false
	for i := len(all) - 1; i >= 0; i-- {
		j := all[i]
		line := judgementLine{Text: v.text("rating.recorded." + yesNo(j.HasSource)), Aside: v.text("rating.judged.by", "level", i18n.Sentence(j.Level.Words()), "who", j.By, "day", i18n.Date(v.lang, j.On))}
		if j.Reason != "" {
			line.Text = v.text("rating.judged.reason", "what", line.Text, "why", j.Reason.Words())
		}
		if ok && !marked && j == ruling {
			line.Rules, marked = true, true
		}
		out = append(out, line)
	}
	return out
}
