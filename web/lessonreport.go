package web

import (
	"math"
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/class"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/web/ui"
)

// A classReportPage is the report after a class (CLS-16).
type classReportPage struct {
	lessonHead
	Head    sheetHeading
	Facts   []ui.Fact
	Columns []string
	Rows    [][]string
	Total   []string
	Remarks string
	Fields  []ui.Input
	Text    ui.Input
	Action  string
	Sheet   string
}

// A unitCount is what a unit's learners did.
type unitCount struct {
	name  string
	n     map[string]int
	grade map[class.Grade]int
}

// reportUnits sums the learners of a class up by the unit that sent them.
func reportUnits(l app.Lesson) (rows []*unitCount, total *unitCount) {
	fresh := func(name string) *unitCount {
		return &unitCount{name: name, n: map[string]int{}, grade: map[class.Grade]int{}}
	}
	total = fresh("")
	at := map[string]*unitCount{}
	for _, x := range l.Learners {
		u := at[x.Unit]
		if u == nil {
			u = fresh(x.UnitName)
			at[x.Unit] = u
			rows = append(rows, u)
		}
		for _, c := range []*unitCount{u, total} {
			c.n["listed"]++
			if x.Result.Attended > 0 {
				c.n["attended"]++
			}
			if x.Result.Outcome == class.OutcomePassed {
				c.n["passed"]++
				c.grade[x.Result.Grade]++
			}
			if x.Sex == "female" {
				c.n["female"]++
			}
		}
	}
	return rows, total
}

// reportGrades are the grades that a class gives, the best first.
func reportGrades(l app.Lesson) (out []class.Grade) {
	for _, g := range class.Grades() {
		for _, step := range l.Regulation.Steps {
			if step.Grade == g {
				out = append(out, g)
			}
		}
	}
	return out
}

func (u unitCount) cells(grades []class.Grade) []string {
	out := []string{strconv.Itoa(u.n["listed"]), strconv.Itoa(u.n["attended"]), strconv.Itoa(u.n["passed"]), strconv.Itoa(u.n["female"])}
	for _, g := range grades {
		out = append(out, strconv.Itoa(u.grade[g]))
	}
	return out
}

// classReport reads a class for its report, which is for who sees the whole list.
func (s *Server) classReport(r *request) (app.Lesson, error) {
	l, err := s.app.Lesson(r.Context(), r.who, r.PathValue("id"))
	if err == nil && !l.All {
		err = errNoReport
	}
	return l, err
}

func (s *Server) showClassReport(w http.ResponseWriter, r *request) error {
	return s.classReportPage(w, r, http.StatusOK, nil)
}

func reportColumns(r *request, grades []class.Grade) []string {
	out := []string{i18n.Text(r.Context(), "file.col.unit")}
	for _, key := range []string{"listed", "attended", "passed", "female"} {
		out = append(out, i18n.Text(r.Context(), "lesson.report."+key))
	}
	for _, g := range grades {
		out = append(out, g.Words())
	}
	return out
}

func (s *Server) classReportPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx := r.Context()
	l, err := s.classReport(r)
	if err != nil {
		return err
	}
	grades := reportGrades(l)
	rows, total := reportUnits(l)
	p := classReportPage{lessonHead: s.lessonHead(r, l, "report"), Head: sheetOf(r, l.Line), Columns: reportColumns(r, grades), Action: lessonHref(l.Class.ID, "report"),
		Sheet: lessonHref(l.Class.ID, "report") + ".xlsx", Remarks: l.Course.Remarks}
	p.Frozen = "" // the report goes on after the decision
	for _, u := range rows {
		p.Rows = append(p.Rows, append([]string{u.name}, u.cells(grades)...))
	}
	p.Total = append([]string{i18n.Text(ctx, "lesson.report.total")}, total.cells(grades)...)
	summoned := max(l.Course.Summoned, len(l.Learners))
	p.Facts = []ui.Fact{{Term: i18n.Text(ctx, "lesson.report.summoned"), Value: strconv.Itoa(summoned)}, {Term: i18n.Text(ctx, "lesson.report.attended"), Value: p.Total[2]},
		{Term: i18n.Text(ctx, "lesson.report.passed"), Value: p.Total[3]}, {Term: i18n.Text(ctx, "lesson.report.female"), Value: p.Total[4]},
		{Term: i18n.Text(ctx, "lesson.report.union"), Value: optional(l.Course.UnionMembers, i18n.Text(ctx, "lesson.report.unknown"))},
		{Term: i18n.Text(ctx, "lesson.report.cost"), Value: i18n.Text(ctx, "lesson.report.unknown")}}
	if l.Course.Cost != nil {
		p.Facts[5].Value = i18n.Count(i18n.From(ctx), *l.Course.Cost) + " đồng"
	}
	p.form(r, l, fault)
	return s.page(w, r, status, classReportView(p))
}

// optional writes a number that may not be known.
func optional(n *int, unknown string) string {
	if n == nil {
		return unknown
	}
	return strconv.Itoa(*n)
}

func (p *classReportPage) form(r *request, l app.Lesson, fault *errs.Error) {
	ctx := r.Context()
	var wrong map[string]string
	p.Problem, wrong = faults(r, fault)
	value := func(name, kept string) string {
		if fault != nil {
			return r.PostFormValue(name)
		}
		return kept
	}
	cost := ""
	if l.Course.Cost != nil {
		cost = strconv.FormatInt(*l.Course.Cost, 10)
	}
	summoned := ""
	if l.Course.Summoned > 0 {
		summoned = strconv.Itoa(l.Course.Summoned)
	}
	for _, x := range []struct{ name, kept string }{{"summoned", summoned}, {"union", optional(l.Course.UnionMembers, "")}, {"cost", cost}} {
		p.Fields = append(p.Fields, ui.Input{Name: x.name, Label: i18n.Text(ctx, "lesson.report.field."+x.name), Value: value(x.name, x.kept), Error: wrong[x.name], Optional: true, Short: true,
			Attrs: map[string]any{"inputmode": "numeric"}})
	}
	p.Text = ui.Input{Name: "remarks", Label: i18n.Text(ctx, "lesson.report.remarks"), Value: value("remarks", l.Course.Remarks), Error: wrong["remarks"], Optional: true}
}

// typedCount reads a whole number as offices write it, 12.500.000 among them; false for an
// empty field, which is an answer.
func typedCount(r *request, field, key string) (int64, bool, error) {
	text := strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(strings.TrimSpace(r.PostFormValue(field)))
	if text == "" {
		return 0, false, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, false, errs.E(errs.Invalid, key).On(field).Because(err)
	}
	return n, true, nil
}

func (s *Server) saveClassReport(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	ask, err := typedCourse(r)
	if err == nil {
		err = s.app.SaveCourse(ctx, r.who, id, ask)
	}
	if fault, again := formError(err); again {
		return s.classReportPage(w, r, fault.Kind.Status(), fault)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, lessonHref(id, "report"), i18n.Text(ctx, "lesson.report.saved"))
}

func typedCourse(r *request) (ask app.CourseAsk, err error) {
	ask = app.CourseAsk{Version: wantedVersion(r), Remarks: r.PostFormValue("remarks")}
	summoned, _, err := typedCount(r, "summoned", "lesson.report.count")
	if err != nil {
		return ask, err
	}
	union, said, err := typedCount(r, "union", "lesson.report.count")
	if err != nil {
		return ask, err
	}
	cost, told, err := typedCount(r, "cost", "lesson.report.cost.bad")
	if err != nil {
		return ask, err
	}
	ask.Summoned = int(min(summoned, math.MaxInt32))
	if n := int(min(union, math.MaxInt32)); said {
		ask.UnionMembers = &n
	}
	if told {
		ask.Cost = &cost
	}
	return ask, nil
}

func (s *Server) downloadClassReport(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	l, err := s.classReport(r)
	if err != nil {
		return err
	}
	grades := reportGrades(l)
	rows, total := reportUnits(l)
	var cells [][]string
	for _, u := range rows {
		cells = append(cells, append([]string{u.name}, u.cells(grades)...))
	}
	cells = append(cells, append([]string{i18n.Text(ctx, "lesson.report.total")}, total.cells(grades)...))
	var notes []string
	if l.Course.Cost != nil {
		notes = append(notes, i18n.Text(ctx, "lesson.report.cost")+": "+i18n.Count(i18n.From(ctx), *l.Course.Cost)+" đồng")
	}
	if l.Course.Remarks != "" {
		notes = append(notes, l.Course.Remarks)
	}
	return s.sendSheet(w, "bao-cao-lop-boi-duong", table.Register(i18n.Text(ctx, "lesson.report.title")+": "+l.Class.Title, l.Line[0].Name, reportColumns(r, grades), cells, notes))
}
