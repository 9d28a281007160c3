package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A rehearsalLine is a file that a change touches.
type rehearsalLine struct {
	Unit, Stage, Name, Href string
	Notes                   []string
}

// A rehearsalCount is a figure with its word.
type rehearsalCount struct {
	Words, Note string
	N           string
}

// A rehearsalProgress is how far the rehearsal of a draft has come.
type rehearsalProgress struct {
	Here  string // the page, which asks for itself until the rehearsal is done
	Words string
	Note  string // that it stands still
	At    int
	Of    int
}

// A ruleChangePage is a change: of a draft with what it would do.
type ruleChangePage struct {
	ui.Base
	Problem ui.ProblemBox
	Running *rehearsalProgress // nil where nothing is counted just now
	Untried *ui.Input          // to be checked where a draft is applied before it was tried
	Notes   []string           // when the files were looked at, and what happened since
	Again   string             // the label of the button that begins anew; none when empty
	Jobs    bool               // the days of open files are drawn anew by a job
	Facts   []ui.Fact
	Draft   bool
	Manages bool
	ID      string
	Version string
	Lead    string
	Mood    ui.Mood
	Rules   []rehearsalCount
	Units   []rehearsalCount
	Others  string // that there are more units
	Lines   []rehearsalLine
	More    string
	Sheet   string
}

// rehearsalUnits is how many units a rehearsal names on the page.
const rehearsalUnits = 30

// rehearsalTime is how long a page waits for the rehearsal of a few files, or for what is
// counted of many.
const rehearsalTime = 10 * time.Second

func (s *Server) rehearse(r *request) (app.Rehearsal, error) {
	short, cancel := context.WithTimeout(r.Context(), rehearsalTime)
	defer cancel()
	return s.app.Rehearse(short, r.who, r.PathValue("id"))
}

func (s *Server) showRuleChange(w http.ResponseWriter, r *request) error {
	return s.ruleChangePage(w, r, http.StatusOK, nil)
}

// ruleChangePage draws a change; refused is why it was not applied, nil where nothing was.
func (s *Server) ruleChangePage(w http.ResponseWriter, r *request, status int, refused *errs.Error) error {
	ctx := r.Context()
	x, err := s.rehearse(r)
	if err != nil {
		return err
	}
	lang := i18n.From(ctx)
	c := x.Change
	p := ruleChangePage{Base: s.base(r, ruleWhat(r, c), ruleCrumb(r)), ID: c.ID, Version: strconv.Itoa(c.Version), Draft: c.State == app.RuleDraftState, Manages: x.Manages,
		Sheet: "/rules/changes/" + c.ID + "/rehearsal.xlsx", Mood: ui.Done}
	p.Facts = ruleChangeFacts(r, c)
	if !p.Draft {
		p.Jobs = x.Manages && c.State == app.RuleInForceState && s.app.DoesJobs()
		return s.page(w, r, status, ruleChangeView(p))
	}
	p.tried(w, r, x, refused)
	for _, u := range x.Rules {
		info, _ := admission.RuleByID(u.Rule)
		p.Rules = append(p.Rules, rehearsalCount{Words: u.Rule, Note: info.Says, N: i18n.Count(lang, u.Files)})
	}
	for _, u := range x.Units[:min(len(x.Units), rehearsalUnits)] {
		p.Units = append(p.Units, rehearsalCount{Words: u.Unit.Name, Note: string(u.Unit.Code), N: i18n.Count(lang, u.Files)})
	}
	if n := len(x.Units) - len(p.Units); n > 0 {
		p.Others = i18n.Text(ctx, "rule.more_units", "n", i18n.Count(lang, n))
	}
	for _, row := range x.Rows {
		p.Lines = append(p.Lines, rehearsalLineOf(r, row))
	}
	if x.Affected > len(x.Rows) {
		p.More = i18n.Text(ctx, "rule.more_files", "n", len(x.Rows), "all", i18n.Count(lang, x.Affected))
	}
	return s.page(w, r, status, ruleChangeView(p))
}

// tried says how far a draft was tried. While a job tries it, the page asks for its
// progress by script, and is loaded anew at the end; without script there is a link.
func (p *ruleChangePage) tried(w http.ResponseWriter, r *request, x app.Rehearsal, refused *errs.Error) {
	ctx, here := r.Context(), "/rules/changes/"+x.Change.ID
	p.Lead, p.Notes = rehearsalLead(r, x), rehearsalNotes(r, x)
	if x.Affected > 0 {
		p.Mood = ui.Soon
	}
	switch x.State {
	case app.RehearsalRunning:
		p.Running = &rehearsalProgress{Here: here, Words: rehearsalSoFar(r, x), At: x.Looked, Of: max(x.Total, 1)}
		if p.Mood = ui.Todo; x.Stopped {
			p.Running.Note = i18n.Text(ctx, "rule.rehearsal.stopped")
		}
		p.Again = i18n.Text(ctx, "rule.rehearsal.again")
	case app.RehearsalNone:
		p.Mood, p.Again = ui.Todo, i18n.Text(ctx, "rule.rehearsal.first")
	case app.RehearsalDone:
		if !x.Ended.IsZero() {
			p.Again = i18n.Text(ctx, "rule.rehearsal.again")
		}
		if r.Header.Get("HX-Request") != "" {
			w.Header().Set("HX-Refresh", "true")
		}
	}
	if x.State != app.RehearsalDone {
		p.Untried = &ui.Input{Name: "untried", Label: i18n.Text(ctx, "rule.untried.label"), Value: "on"}
		if refused != nil {
			p.Untried.Error = i18n.Text(ctx, refused.Key)
			p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: p.Untried.Error, Field: "untried"}}}
		}
	}
}

func rehearsalSoFar(r *request, x app.Rehearsal) string {
	lang := i18n.From(r.Context())
	return i18n.Text(r.Context(), "rule.rehearsal.running", "n", i18n.Count(lang, x.Looked), "all", i18n.Count(lang, x.Total))
}

// rehearsalNotes tell of counts that were kept when they were taken.
func rehearsalNotes(r *request, x app.Rehearsal) []string {
	ctx := r.Context()
	var out []string
	if !x.Ended.IsZero() {
		out = append(out, i18n.Text(ctx, "rule.rehearsal.at", "at", i18n.Moment(i18n.From(ctx), x.Ended)))
	}
	if x.Outdated {
		out = append(out, i18n.Text(ctx, "rule.rehearsal.outdated"))
	}
	return out
}

// rehearseAgain has a draft tried anew.
func (s *Server) rehearseAgain(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	if err := s.app.RehearseAgain(r.Context(), r.who, id); err != nil {
		return err
	}
	return s.redirect(w, r, "/rules/changes/"+id, "")
}

func rehearsalLead(r *request, x app.Rehearsal) string {
	ctx, lang := r.Context(), i18n.From(r.Context())
	switch {
	case x.State == app.RehearsalNone:
		return i18n.Text(ctx, "rule.rehearsal.untried")
	case x.State == app.RehearsalRunning && x.Affected == 0:
		return i18n.Text(ctx, "rule.rehearsal.none_yet")
	case x.State == app.RehearsalRunning:
		return i18n.Text(ctx, "rule.rehearsal.some_yet", "n", i18n.Count(lang, x.Affected), "late", i18n.Count(lang, x.Late))
	case x.Affected == 0:
		return i18n.Text(ctx, "rule.rehearsal.none", "files", i18n.Count(lang, x.Files))
	}
	return i18n.Text(ctx, "rule.rehearsal.some", "files", i18n.Count(lang, x.Files), "n", i18n.Count(lang, x.Affected), "late", i18n.Count(lang, x.Late))
}

func ruleChangeFacts(r *request, c app.RuleChange) []ui.Fact {
	ctx := r.Context()
	line := ruleChangeOf(r, c, true)
	facts := []ui.Fact{{Term: i18n.Text(ctx, "rule.field.from"), Value: line.From}, {Term: i18n.Text(ctx, "rule.field.document"), Value: c.Document},
		{Term: i18n.Text(ctx, "rule.field.reason"), Value: c.Reason}, {Term: i18n.Text(ctx, "rule.state"), Value: line.State, Note: line.By}}
	if c.AppliedBy != "" {
		facts = append(facts, ui.Fact{Term: i18n.Text(ctx, "rule.applied_by"), Value: c.AppliedBy, Note: c.AppliedAt.Time().In(ictZone()).Format("02/01/2006 15:04")})
	}
	return facts
}

func rehearsalLineOf(r *request, row app.RehearsalRow) rehearsalLine {
	l := rehearsalLine{Unit: row.UnitName, Stage: i18n.Sentence(row.Stage.Words()), Name: row.Name}
	if row.ID != "" {
		l.Href = "/files/" + row.ID
	}
	for _, d := range row.Differences {
		l.Notes = append(l.Notes, differenceWords(r, d))
	}
	return l
}

// differenceWords says what of a file would be otherwise.
func differenceWords(r *request, d admission.Difference) string {
	ctx := r.Context()
	switch d.Kind {
	case admission.DifferentPaper:
		return i18n.Text(ctx, "rule.diff.paper", "rule", d.Rule, "paper", d.Paper.Words(), "was", paperStateWords(r, d.WasState), "is", paperStateWords(r, d.State))
	case admission.DifferentFinding:
		return i18n.Text(ctx, "rule.diff.finding", "rule", d.Rule, "act", d.Act.Words(), "was", saidWords(r, d.WasSeverity), "is", saidWords(r, d.Severity), "message", d.Message)
	}
	words := ruleDayWords(r, d)
	switch {
	case d.Late && !d.WasLate:
		words += " — " + i18n.Text(ctx, "rule.diff.late")
	case d.WasLate && !d.Late:
		words += " — " + i18n.Text(ctx, "rule.diff.not_late")
	}
	return words
}

func ruleDayWords(r *request, d admission.Difference) string {
	ctx, lang := r.Context(), i18n.From(r.Context())
	day := func(x interface {
		IsZero() bool
		VN() string
	}) string {
		if x.IsZero() {
			return i18n.Text(ctx, "rule.diff.no_day")
		}
		return x.VN()
	}
	if d.Kind == admission.DifferentNext {
		return i18n.Text(ctx, "rule.diff.next", "act", d.Act.Words(), "was", day(d.WasDue), "is", day(d.Due))
	}
	return i18n.Text(ctx, "rule.diff.deadline", "rule", d.Rule, "from", i18n.Date(lang, d.From), "was", day(d.WasDue), "is", day(d.Due))
}

func paperStateWords(r *request, s admission.PaperState) string {
	return i18n.Text(r.Context(), "rule.paper."+string(s))
}

func saidWords(r *request, s rule.Severity) string {
	if s == "" {
		return i18n.Text(r.Context(), "rule.severity.silent")
	}
	return i18n.Text(r.Context(), "rule.severity."+string(s))
}

// exportRehearsal gives the rehearsal as a sheet: exact counts, and the files shown on the
// page without their names. It says where files are left out, or not all were looked at.
func (s *Server) exportRehearsal(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	x, err := s.rehearse(r)
	if err != nil {
		return err
	}
	t := xlsx.Table{Title: i18n.Text(ctx, "rule.sheet.title"), Subtitle: ruleWhat(r, x.Change),
		Columns: []xlsx.Column{{Name: i18n.Text(ctx, "rule.col.what")}, {Name: i18n.Text(ctx, "rule.col.unit")}, {Name: i18n.Text(ctx, "rule.col.stage")},
			{Name: i18n.Text(ctx, "rule.col.files"), Kind: xlsx.Number}, {Name: i18n.Text(ctx, "rule.col.diff"), Width: 80}},
		Notes: []string{rehearsalLead(r, x), x.Change.Document + ": " + x.Change.Reason}}
	if x.State == app.RehearsalRunning {
		t.Notes = append(t.Notes, rehearsalSoFar(r, x))
	}
	t.Notes = append(t.Notes, rehearsalNotes(r, x)...)
	if x.Affected > len(x.Rows) {
		t.Notes = append(t.Notes, i18n.Text(ctx, "rule.more_files", "n", len(x.Rows), "all", i18n.Count(i18n.From(ctx), x.Affected)))
	}
	for _, u := range x.Rules {
		info, _ := admission.RuleByID(u.Rule)
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(i18n.Text(ctx, "rule.sheet.rule")), xlsx.Str(u.Rule), {}, xlsx.Int(u.Files), xlsx.Str(info.Says)})
	}
	for _, u := range x.Units {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(i18n.Text(ctx, "rule.sheet.unit")), xlsx.Str(u.Unit.Name), xlsx.Str(string(u.Unit.Code)), xlsx.Int(u.Files), {}})
	}
	for _, row := range x.Rows {
		l := rehearsalLineOf(r, row)
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Str(i18n.Text(ctx, "rule.sheet.file")), xlsx.Str(l.Unit), xlsx.Str(l.Stage), {}, xlsx.Str(strings.Join(l.Notes, "; "))})
	}
	return s.sendSheet(w, "ra-truoc", t)
}
