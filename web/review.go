package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/source"
	"ketnap/web/ui"
)

func (s *Server) reviewRoutes() {
	s.get("/source", s.showReview)
	s.get("/source.xlsx", s.downloadReview)
	s.get("/source/due", s.showReviewDue)
	s.get("/source/due.xlsx", s.downloadReviewDue)
	s.get("/source/{unit}/{period}", s.showReviewForm)
	s.post("/source/{unit}/{period}", s.recordReview)
}

// A reviewPage is the review of a unit and of those below it in one table.
type reviewPage struct {
	ui.Base
	Head    sheetHeading
	Lead    string
	Tabs    []registerLink
	Problem ui.ProblemBox
	Unit    ui.Input
	Units   []ui.Option
	Year    ui.Input
	Years   []ui.Option
	Part    ui.Input
	Parts   []ui.Option
	Show    ui.Input
	Shows   []ui.Option
	Sort    string
	States  []stateLink
	Heads   []reviewHead
	Rows    []reviewRow
	Total   *reviewRow
	Own     *reviewRow
	Form    *ui.Action
	Sheet   string
	Notes   []string
	Empty   ui.Nothing
}

// A stateLink is how many units wait for one thing, with the list of them.
type stateLink struct{ Count, Words, Href string }

// A reviewHead is a column that sorts the table.
type reviewHead struct {
	Text, Full, Href string
	Number, Current  bool
}

// A reviewRow is one unit of the table.
type reviewRow struct {
	Name, Href, Note string
	Cells            []reviewCell
	Verdict, Why     string
	State            string
	Form             string // the address of the unit's review
	Mood             ui.Mood
	Warn             string
}

// A reviewCell is a number with what is behind it, and how it changed.
type reviewCell struct {
	Head string
	numberLink
	Change string
	Said   bool // by a committee; else it is only counted
}

// reviewShows are the filters of the table.
var reviewShows = []string{"", "missing", "contradiction", "without"}

// reviewParts are the parts of a year that are reviewed.
func reviewParts(r *request) []ui.Option { return parts(r)[:7] }

// reviewPeriodOf reads the period of an address; without one it is the half that runs.
func reviewPeriodOf(r *request) (date.Period, error) {
	if r.FormValue("period") == "" && r.FormValue("year") == "" {
		return date.ParsePeriod(halfOf(r.today))
	}
	return periodOf(r)
}

func halfOf(day date.Date) string {
	return strconv.Itoa(day.Year()) + "-H" + strconv.Itoa((day.Month()+5)/6)
}

func reviewHref(unit string, p date.Period) string { return "/source/" + unit + "/" + p.String() }

func (s *Server) showReview(w http.ResponseWriter, r *request) error {
	period, fault := reviewPeriodOf(r)
	if fault != nil {
		period = yearPeriod(r.today.Year())
	}
	found, err := s.app.SourceReview(r.Context(), r.who, s.unitOf(r), period)
	if e, ok := formError(err); ok {
		fault, period = e, yearPeriod(r.today.Year())
		found, err = s.app.SourceReview(r.Context(), r.who, s.unitOf(r), period)
	}
	if err != nil {
		return err
	}
	p, err := s.reviewPage(r, found)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if fault != nil {
		status = http.StatusUnprocessableEntity
		p.Problem = ui.ProblemBox{Mood: ui.Late, Heading: i18n.Text(r.Context(), "report.refused"), Findings: []ui.Finding{{Message: message(r.Context(), fault), Field: "year"}}}
	}
	return s.page(w, r, status, reviewView(p))
}

func (s *Server) reviewPage(r *request, found app.ReviewPage) (reviewPage, error) {
	ctx, code, period := r.Context(), string(found.Line[0].Code), found.Period
	year, part := strconv.Itoa(period.Year()), strings.TrimPrefix(strings.TrimPrefix(period.String(), strconv.Itoa(period.Year())), "-")
	show, sort := oneOf(r.FormValue("show"), reviewShows...), r.FormValue("sort")
	here := func(code string) string { return address("/source", "unit", code, "period", period.String()) }
	p := reviewPage{
		Base: s.base(r, i18n.Text(ctx, "review.title", "period", period.Name()), s.above(r, found.Line, here)...), Head: sheetOf(r, found.Line),
		Lead: i18n.Text(ctx, "review.lead", "unit", found.Line[0].Name, "day", found.Today.VN()),
		Unit: ui.Input{Name: "unit", Label: i18n.Text(ctx, "report.unit"), Value: code, Optional: true},
		Year: ui.Input{Name: "year", Label: i18n.Text(ctx, "report.year"), Value: year, Optional: true}, Years: registerYears(r, period.Year()),
		Part: ui.Input{Name: "part", Label: i18n.Text(ctx, "report.part"), Value: part, Optional: true}, Parts: reviewParts(r),
		Show: ui.Input{Name: "show", Label: i18n.Text(ctx, "review.show"), Value: show, Optional: true}, Sort: sort,
		Sheet: address("/source.xlsx", "unit", code, "period", period.String(), "show", show, "sort", sort),
		Notes: reviewNotes(r, found),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "review.empty"), Text: i18n.Text(ctx, "review.empty_why")},
	}
	p.Wide, p.Tabs = true, sourceTabs(r, code, "/source")
	var err error
	if p.Units, err = s.unitOptions(r, found.Line); err != nil {
		return p, err
	}
	for _, x := range reviewShows {
		p.Shows = append(p.Shows, ui.Option{Value: x, Label: i18n.Text(ctx, "review.show."+cmp.Or(x, "all"))})
	}
	p.States = reviewStates(r, found)
	p.Heads = reviewHeads(r, func(by string) string {
		return address("/source", "unit", code, "period", period.String(), "show", show, "sort", by)
	}, sort)
	for _, l := range reviewSorted(reviewShown(found.Lines, show), sort) {
		p.Rows = append(p.Rows, s.reviewRow(r, found, l))
	}
	own := s.reviewRow(r, found, found.Own)
	if len(found.Lines) == 0 || found.Own.Review != nil {
		p.Own = &own
	}
	if len(found.Lines) > 0 && show == "" {
		p.Total = reviewTotal(r, found)
	}
	if len(p.Rows) == 0 && len(found.Lines) > 0 {
		p.Empty = ui.Nothing{Title: i18n.Text(ctx, "review.none"), Text: i18n.Text(ctx, "review.none_why"), First: &ui.Action{Label: i18n.Text(ctx, "ui.clear"), Href: here(code)}}
	}
	if found.Level > 0 {
		p.Form = &ui.Action{Label: i18n.Text(ctx, "review.open_own"), Href: reviewHref(code, period), Primary: true}
	}
	return p, nil
}

func reviewNotes(r *request, found app.ReviewPage) []string {
	ctx := r.Context()
	notes := []string{i18n.Text(ctx, "review.note.counted", "day", found.Today.VN()), i18n.Text(ctx, "review.note.change"),
		i18n.Text(ctx, "review.note.levels")}
	if found.Period.To.Before(found.Today) {
		notes = append(notes, i18n.Text(ctx, "review.note.past", "period", found.Period.Name()))
	}
	return notes
}

// reviewStates counts the units below by what their reviews wait for.
func reviewStates(r *request, found app.ReviewPage) []stateLink {
	var out []stateLink
	for _, x := range []struct {
		n   int
		key string
	}{{found.Due.Missing, "missing"}, {found.Due.Declared, "declared"}, {found.Due.Confirmed, "confirmed"}, {found.Due.Checked, "checked"}} {
		out = append(out, stateLink{Count: i18n.Count(i18n.From(r.Context()), x.n), Words: i18n.Text(r.Context(), "review.state."+x.key),
			Href: address("/source/due", "unit", string(found.Line[0].Code), "period", found.Period.String(), "state", x.key)})
	}
	return out
}

func reviewHeads(r *request, href func(by string) string, sort string) []reviewHead {
	ctx := r.Context()
	heads := []reviewHead{{Text: i18n.Text(ctx, "review.col.unit"), Href: href(""), Current: sort == ""}}
	for _, l := range source.Layers() {
		heads = append(heads, reviewHead{Text: l.Short(), Full: l.Words(), Href: href(string(l)), Number: true, Current: sort == string(l)})
	}
	return append(heads, reviewHead{Text: i18n.Text(ctx, "review.col.verdict"), Href: href("verdict"), Current: sort == "verdict"},
		reviewHead{Text: i18n.Text(ctx, "review.col.state"), Href: href("state"), Current: sort == "state"})
}

// reviewShown keeps the lines that a filter lets through.
func reviewShown(lines []app.ReviewLine, show string) []app.ReviewLine {
	return slices.DeleteFunc(slices.Clone(lines), func(l app.ReviewLine) bool {
		switch show {
		case "missing":
			return l.Review != nil
		case "contradiction":
			return l.Warnings == 0
		case "without":
			return l.Review == nil || l.Review.Has
		}
		return false
	})
}

// reviewSorted orders lines: numbers from the largest, states from what is missing.
func reviewSorted(lines []app.ReviewLine, by string) []app.ReviewLine {
	key := func(l app.ReviewLine) int {
		switch {
		case source.Layer(by).Valid():
			if v, _ := l.Value(source.Layer(by)); v != nil {
				return -*v
			}
			return 1
		case by == "state":
			return int(l.Level())
		case by == "verdict" && l.Review == nil:
			return 2
		case by == "verdict" && l.Review.Has:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(lines, func(x, y app.ReviewLine) int { return cmp.Compare(key(x), key(y)) })
	return lines
}

func (s *Server) reviewRow(r *request, found app.ReviewPage, l app.ReviewLine) reviewRow {
	ctx, code := r.Context(), string(l.Unit.Code)
	row := reviewRow{Name: l.Unit.Name, Href: address("/source", "unit", code, "period", found.Period.String()), Form: reviewHref(code, found.Period)}
	if l.Unit.No == found.Own.Unit.No || !hasBranches(l) {
		row.Href = row.Form
	}
	if l.Below.Reviewed > 0 {
		row.Note = i18n.Text(ctx, "review.branches", "n", l.Below.Reviewed)
	}
	for _, layer := range source.Layers() {
		value, said := l.Value(layer)
		c := reviewCell{Head: layer.Short(), numberLink: numberLink{Text: noFigure}, Said: said}
		if value != nil {
			c.numberLink = s.number(r, *value, "")
			if stages := layer.Stages(); stages != nil && found.MaySee {
				c.Href = address("/files", "unit", code, "stage", stageList(stages))
			} else {
				c.Href = row.Form
			}
		}
		if d := l.Change(layer); d != nil && *d != 0 {
			c.Change = signed(*d)
		}
		row.Cells = append(row.Cells, c)
	}
	row.Verdict, row.Why = reviewVerdict(r, l.Review)
	row.State, row.Mood = i18n.Sentence(source.State(l.Level())), ui.Todo
	if l.Review != nil {
		row.State, row.Mood = i18n.Text(ctx, "review.state_on", "state", row.State, "day", l.Review.On.VN()), ui.Done
	}
	if l.Warnings > 0 {
		row.Warn = i18n.Text(ctx, "review.warnings", "n", l.Warnings)
	}
	return row
}

// hasBranches reports whether a unit of the table has a table of its own.
func hasBranches(l app.ReviewLine) bool {
	switch l.Unit.Type { //nolint:exhaustive // the rest have units below
	case "branch", "base_branch":
		return false
	}
	return true
}

func stageList(stages []admission.Stage) string {
	words := make([]string, len(stages))
	for i, x := range stages {
		words[i] = string(x)
	}
	return strings.Join(words, ",")
}

func signed(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return "−" + strconv.Itoa(-n)
}

func reviewVerdict(r *request, review *source.Review) (verdict, why string) {
	switch {
	case review == nil:
		return noFigure, ""
	case review.Has:
		return i18n.Text(r.Context(), "source.yes"), ""
	}
	return i18n.Text(r.Context(), "source.no"), i18n.Sentence(reasonsOf(*review))
}

// reasonsOf are the reasons of a review in words; its evidence where it has no code.
func reasonsOf(review source.Review) string {
	words := make([]string, len(review.Reasons))
	for i, x := range review.Reasons {
		words[i] = x.Words()
	}
	return cmp.Or(strings.Join(words, "; "), review.Evidence)
}

func reviewTotal(r *request, found app.ReviewPage) *reviewRow {
	row := reviewRow{Name: i18n.Text(r.Context(), "review.total")}
	sums := found.Total()
	for _, l := range source.Layers() {
		c := reviewCell{Head: l.Short(), numberLink: numberLink{Text: noFigure}, Said: true}
		if n := sums[l]; n != nil {
			c.Text = i18n.Count(i18n.From(r.Context()), *n)
		}
		row.Cells = append(row.Cells, c)
	}
	return &row
}

func (s *Server) downloadReview(w http.ResponseWriter, r *request) error {
	period, err := reviewPeriodOf(r)
	if err != nil {
		return err
	}
	found, err := s.app.SourceReview(r.Context(), r.who, s.unitOf(r), period)
	if err != nil {
		return err
	}
	lines := reviewSorted(reviewShown(found.Lines, oneOf(r.FormValue("show"), reviewShows...)), r.FormValue("sort"))
	if len(found.Lines) == 0 {
		lines = []app.ReviewLine{found.Own}
	}
	return s.sendSheet(w, "ra-soat-nguon-"+period.String(), reviewTable(r, found, lines))
}

func reviewTable(r *request, found app.ReviewPage, lines []app.ReviewLine) xlsx.Table {
	ctx := r.Context()
	t := xlsx.Table{Title: i18n.Text(ctx, "review.title", "period", found.Period.Name()), Subtitle: found.Line[0].Name, Notes: reviewNotes(r, found)}
	head := func(kind xlsx.Kind, names ...string) {
		for _, n := range names {
			t.Columns = append(t.Columns, xlsx.Column{Name: n, Kind: kind})
		}
	}
	head(xlsx.Text, i18n.Text(ctx, "review.col.code"), i18n.Text(ctx, "review.col.unit"))
	for _, l := range source.Layers() {
		head(xlsx.Number, i18n.Sentence(l.Words()))
	}
	head(xlsx.Text, i18n.Text(ctx, "review.col.verdict"), i18n.Text(ctx, "review.col.why"), i18n.Text(ctx, "review.col.state"), i18n.Text(ctx, "review.col.by"))
	head(xlsx.Number, i18n.Text(ctx, "review.col.warnings"))
	for _, l := range lines {
		row := []xlsx.Cell{xlsx.Str(string(l.Unit.Code)), xlsx.Str(l.Unit.Name)}
		for _, layer := range source.Layers() {
			value, _ := l.Value(layer)
			row = append(row, xlsx.OptInt(value))
		}
		verdict, why := reviewVerdict(r, l.Review)
		by := ""
		if l.Review != nil {
			by = joinWords(", ", l.Review.By, l.Review.On.VN())
		}
		t.Rows = append(t.Rows, append(row, xlsx.Str(verdict), xlsx.Str(why), xlsx.Str(source.State(l.Level())), xlsx.Str(by), xlsx.Int(l.Warnings)))
	}
	return t
}
