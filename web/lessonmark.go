package web

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/class"
	"ketnap/internal/i18n"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A marksPage is the grid of marks.
type marksPage struct {
	lessonHead
	Action  string
	Rows    []markRow
	Rule    string // the 80% and the pass, with their source
	Reason  *ui.Input
	Retaken *ui.Input
	Paste   ui.Input
	Empty   ui.Nothing
}

// A markRow is one learner with two cells.
type markRow struct {
	N          int
	Name, Unit string
	Attended   string
	Cells      [2]markCell
	Mood       ui.Mood
	State      string
	Why        string
}

// A markCell is one cell of the grid.
type markCell struct {
	Name, Value, Error, Label string
	Open                      bool // something may be typed
}

func (c markCell) attrs() templ.Attributes {
	out := templ.Attributes{}
	if c.Error != "" {
		out["aria-invalid"], out["aria-describedby"] = "true", c.Name+"-err"
	}
	return out
}

func (s *Server) showMarks(w http.ResponseWriter, r *request) error {
	l, err := s.app.Lesson(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.marksPage(w, r, http.StatusOK, l, nil, nil, ui.ProblemBox{})
}

func markText(m *class.Mark) string {
	if m == nil {
		return ""
	}
	return m.String()
}

// marksPage shows the grid: what stands, or what was typed where that was refused.
func (s *Server) marksPage(w http.ResponseWriter, r *request, status int, l app.Lesson, said map[string]string, found []rule.Finding, box ui.ProblemBox) error {
	ctx := r.Context()
	p := marksPage{lessonHead: s.lessonHead(r, l, "marks"), Action: lessonHref(l.Class.ID, "marks")}
	p.Problem, p.Wide = box, true
	rules := l.Regulation
	p.Rule = i18n.Text(ctx, "lesson.mark.rule", "percent", rules.Percent, "pass", rules.Pass.String(), "retakes", rules.Retakes, "cite", rules.Share.Cite)
	stands, again := false, false
	for i, x := range l.Learners {
		row := markRow{N: i + 1, Name: x.Name, Unit: x.UnitName, State: x.Result.Outcome.Words(), Mood: outcomeMood(x.Result.Outcome),
			Attended: i18n.Text(ctx, "lesson.mark.attended", "attended", x.Result.Attended, "periods", x.Result.Periods, "percent", x.Result.Percent())}
		for _, f := range x.Result.Findings {
			if f.Severity == rule.Block || l.Regulation.Share.Confidence != rule.Sourced {
				row.Why = f.Message
			}
		}
		if x.Result.Outcome == class.OutcomeNone { // no word before the essay is marked
			row.State = ""
		}
		for k, m := range []*class.Mark{x.Essay.First, x.Essay.Retake} {
			ask := app.MarkAsk{Learner: x.ID, Attempt: k + 1}
			c := markCell{Name: ask.Field(), Value: markText(m), Label: i18n.Text(ctx, "lesson.mark.cell."+strconv.Itoa(k+1), "name", x.Name)}
			if said != nil {
				c.Value = said[c.Name]
			}
			c.Error = beside(found, c.Name)
			c.Open = l.May && x.Frozen == "" && (k == 0 || x.Essay.Retake != nil || x.Result.Outcome == class.OutcomeRetake || c.Value != "")
			c.Open = c.Open && (x.Result.Outcome != class.OutcomeBarred || c.Value != "") || c.Error != ""
			stands = stands || m != nil
			again = again || k == 1 && c.Open
			row.Cells[k] = c
		}
		p.Rows = append(p.Rows, row)
	}
	p.Empty = ui.Nothing{Title: i18n.Text(ctx, "lesson.mark.empty"), Text: i18n.Text(ctx, "lesson.mark.empty.text")}
	if stands {
		p.Reason = &ui.Input{Name: "reason", Label: i18n.Text(ctx, "lesson.mark.reason"), Value: r.PostFormValue("reason"), Optional: true, Error: beside(found, "reason")}
	}
	if again {
		p.Retaken = &ui.Input{Name: "retaken", Label: i18n.Text(ctx, "lesson.mark.retaken"), Value: typed(r.PostFormValue("retaken"), l.Today.String()), Optional: true, Error: beside(found, "retaken")}
	}
	p.Paste = ui.Input{Name: "paste", Label: i18n.Text(ctx, "lesson.mark.paste"), Help: i18n.Text(ctx, "lesson.mark.paste.help"), Optional: true}
	return s.page(w, r, status, marksView(p))
}

// outcomeMood is how an outcome is drawn.
func outcomeMood(o class.Outcome) ui.Mood {
	switch o {
	case class.OutcomePassed:
		return ui.Done
	case class.OutcomeRetake:
		return ui.Soon
	case class.OutcomeFailed, class.OutcomeBarred:
		return ui.Late
	case class.OutcomeNone:
	}
	return ui.Todo
}

// pasted lays what was pasted over the grid: a line for each learner, columns parted by
// tabs. A line with a learner's name is that learner's, what stands before the name is left
// out; one without is the learner's of the same place. What does not fit is told.
func pasted(text string, l app.Lesson, said map[string]string) (found []rule.Finding) {
	add := func(key string, args ...any) {
		found = append(found, rule.Finding{Rule: "CLS-09", Severity: rule.Block, Field: "paste", Message: i18n.T(i18n.Vietnamese, key, args...)})
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimRight(text, "\r\n"), "\r\n", "\n"), "\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		at, rest := pastedName(l, cells)
		switch {
		case at < 0 && len(rest) > 0 && strings.ContainsFunc(cells[0], unicode.IsLetter) && len(cells) > 1:
			add("lesson.mark.paste.who", "name", strings.TrimSpace(cells[0]), "line", i+1)
			continue
		case at < 0 && i >= len(l.Learners):
			add("lesson.mark.paste.long", "lines", len(lines), "rows", len(l.Learners))
			return found
		case at < 0:
			at = i
		}
		for k, text := range rest {
			if text = strings.TrimSpace(text); text != "" || k < 2 {
				said[app.MarkAsk{Learner: l.Learners[at].ID, Attempt: k + 1}.Field()] = text
			}
		}
	}
	return found
}

// pastedName finds the learner whose name is in a line, -1 for none, and what follows it.
func pastedName(l app.Lesson, cells []string) (at int, rest []string) {
	for k, cell := range cells {
		name := person.Fold(strings.Join(strings.Fields(cell), " "))
		for i, x := range l.Learners {
			if name != "" && strings.EqualFold(name, person.Fold(x.Name)) {
				return i, cells[k+1:]
			}
		}
	}
	return -1, cells
}

func (s *Server) saveMarks(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	said := map[string]string{}
	for name := range r.PostForm {
		if strings.HasPrefix(name, "mark.") {
			said[name] = strings.TrimSpace(r.PostFormValue(name))
		}
	}
	l, err := s.app.Lesson(ctx, r.who, id)
	if err != nil {
		return err
	}
	if text := r.PostFormValue("paste"); strings.TrimSpace(text) != "" && r.PostFormValue("fill") != "" { // into the grid, to be looked at
		found := pasted(text, l, said)
		return s.marksPage(w, r, http.StatusOK, l, said, found, problem(found))
	}
	sheet := app.MarkSheet{Version: wantedVersion(r), Reason: r.PostFormValue("reason"), Cells: markCells(l, said)}
	on, ok := writtenDay(r.PostFormValue("retaken"))
	if !ok {
		bad := []rule.Finding{{Rule: "CLS-09", Severity: rule.Block, Field: "retaken", Message: i18n.Text(ctx, "lesson.issue.on.bad")}}
		return s.marksPage(w, r, http.StatusUnprocessableEntity, l, said, bad, problem(bad))
	}
	sheet.Retaken = on
	found, err := s.app.SaveMarks(ctx, r.who, id, sheet)
	if fault, again := formError(err); again {
		box, _ := faults(r, fault)
		return s.marksPage(w, r, fault.Kind.Status(), l, said, nil, box)
	}
	if err != nil {
		return err
	}
	if rule.Blocked(found) {
		return s.marksPage(w, r, http.StatusUnprocessableEntity, l, said, found, problem(found))
	}
	return s.redirect(w, r, lessonHref(id, "marks"), i18n.Text(ctx, "lesson.mark.saved"))
}

// markCells are the cells that were sent, in the order of the grid.
func markCells(l app.Lesson, said map[string]string) (out []app.MarkAsk) {
	rest := map[string]string{}
	for name, text := range said {
		rest[name] = text
	}
	for _, x := range l.Learners {
		for attempt := 1; attempt <= 3; attempt++ {
			c := app.MarkAsk{Learner: x.ID, Attempt: attempt}
			if text, ok := rest[c.Field()]; ok {
				c.Text = text
				out = append(out, c)
				delete(rest, c.Field())
			}
		}
	}
	for name, text := range rest { // somebody who is not on the list: said so at the cell
		parts := strings.Split(name, ".")
		attempt, err := strconv.Atoi(parts[len(parts)-1])
		if err == nil && len(parts) == 3 {
			out = append(out, app.MarkAsk{Learner: parts[1], Attempt: attempt, Text: text})
		}
	}
	return out
}

// markColumn numbers the columns of the grid: the essay, the retake.
func markColumn(k int) string { return strconv.Itoa(k + 1) }
