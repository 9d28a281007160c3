package web

import (
	"net/http"
	"strconv"

	"ketnap/access"
	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/web/ui"
)

func (s *Server) classRoutes() {
	s.get("/classes", s.showClasses)
	s.get("/classes/demand", s.showClassDemand)
	s.get("/classes/demand.xlsx", s.downloadClassDemand)
	s.get("/classes/{id}", s.showClass)
	s.post("/classes/{id}", s.editClass)
	s.post("/classes/{id}/cancel", s.cancelClass)
	s.post("/classes/{id}/summon", s.summonClass)
	s.get("/classes/{id}/summons", s.showSummons)
	s.get("/classes/{id}/list.xlsx", s.downloadClassList)
	s.post("/classes/{id}/learners", s.changeLearners)
	s.post("/classes/{id}/add", s.addLearner)
	s.get("/class-surveys/new", s.newClassSurvey)
	s.post("/class-surveys", s.issueClassSurvey)
	s.get("/class-surveys/{id}", s.showClassSurvey)
	s.get("/class-surveys/{id}/sheet.xlsx", s.downloadClassSurvey)
	s.post("/class-surveys/{id}", s.changeClassSurvey)
	s.get("/class-surveys/{id}/answer", s.showClassAnswer)
	s.post("/class-surveys/{id}/answer", s.saveClassAnswer)
	s.post("/class-proposals", s.newClassProposal)
	s.get("/class-proposals/{id}", s.showClassProposal)
	s.get("/class-proposals/{id}/paper", s.showProposalPaper)
	s.get("/class-proposals/{id}/sheet.xlsx", s.downloadClassProposal)
	s.post("/class-proposals/{id}", s.saveClassProposal)
	s.post("/class-proposals/{id}/decide", s.decideClassProposal)
}

// classText speaks for the pages of classes.
type classText struct {
	r    *request
	lang i18n.Lang
}

func classTextOf(r *request) classText { return classText{r, i18n.From(r.Context())} }

func (t classText) text(key string, args ...any) string {
	return i18n.Text(t.r.Context(), key, args...)
}

// day is a day as it is read, "" for none.
func (t classText) day(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return i18n.Date(t.lang, d)
}

// days says from when to when.
func (t classText) days(from, to date.Date) string {
	switch {
	case from.IsZero():
		return t.text("class.days.open")
	case to.IsZero() || to == from:
		return t.day(from)
	}
	return t.text("class.days", "from", t.day(from), "to", t.day(to))
}

// n is a count as it is read, "" for none.
func (t classText) n(n int) string {
	if n == 0 {
		return ""
	}
	return i18n.Count(t.lang, n)
}

// A classTable is a list of a page, with what it says when it is empty.
type classTable struct {
	Title   string
	Columns []registerColumn
	Rows    []registerRow
	Notes   []string
	Empty   string
}

func (t classText) table(title string, keys ...string) classTable {
	c := classTable{Title: title, Columns: []registerColumn{{Name: t.text("file.sheet.no")}}}
	for _, k := range keys {
		c.Columns = append(c.Columns, registerColumn{Name: t.text(k)})
	}
	return c
}

func (c *classTable) add(cells ...registerCell) {
	c.Rows = append(c.Rows, append(registerRow{{Text: strconv.Itoa(len(c.Rows) + 1)}}, cells...))
}

// plain is a cell of text.
func plainCell(text string) registerCell { return registerCell{Text: text} }

// A classBox is one figure of the page with what stands behind it.
type classBox struct {
	Label, Figure, Note, Href, Open string
	Late                            bool
}

// A classHomePage is where the classes of a unit begin.
type classHomePage struct {
	ui.Base
	Head, Lead    string
	Before, After ui.Link
	Book          *ui.Action // the register of certificates; nil where the unit issues none
	New           *ui.Action
	Tasks         []ui.TaskRow
	Boxes         []classBox
	Classes       classTable
	Surveys       classTable
	Proposals     classTable
	Propose       []classPropose
	Note          string
}

// A classPropose is a button that begins a proposal.
type classPropose struct{ Unit, Kind, Survey, Label string }

func (s *Server) showClasses(w http.ResponseWriter, r *request) error {
	h, err := s.app.ClassHome(r.Context(), r.who, s.unitOf(r), yearOf(r))
	if err != nil {
		return err
	}
	tasks, err := s.app.ClassTasks(r.Context(), r.who)
	if err != nil {
		return err
	}
	t := classTextOf(r)
	code := string(h.Unit.Code)
	year := func(n int) ui.Link {
		return ui.Link{Label: t.text("class.year", "year", strconv.Itoa(n)), Href: address("/classes", "unit", code, "year", strconv.Itoa(n))}
	}
	p := classHomePage{Base: s.base(r, t.text("class.menu")), Head: t.text("class.home.title", "year", strconv.Itoa(h.Year)), Lead: h.Unit.Name,
		Before: year(h.Year - 1), After: year(h.Year + 1), Note: t.text("class.home.note")}
	if h.MayManage || h.Unit.Parent == 0 { // the register is of the committee that issues
		p.Book = &ui.Action{Label: t.text("certificate.book.open"), Href: address("/classes/register", "unit", code)}
	}
	if h.MayManage {
		p.New = &ui.Action{Label: t.text("class.survey.new"), Href: address("/class-surveys/new", "unit", code), Primary: len(tasks) == 0}
	}
	for _, k := range tasks {
		p.Tasks = append(p.Tasks, t.task(k))
	}
	p.Boxes = t.demandBoxes(h)
	p.Classes = t.classRows(h)
	p.Surveys = t.surveyRows(h)
	if h.MayManage || len(h.Proposals) > 0 {
		p.Proposals = t.proposalRows(h)
	}
	if h.MayManage {
		for _, k := range class.Kinds() {
			p.Propose = append(p.Propose, classPropose{Unit: code, Kind: string(k), Label: t.text("class.propose." + string(k))})
		}
	}
	return s.page(w, r, http.StatusOK, classHomeView(p))
}

// task is what waits, with its button.
func (t classText) task(k app.ClassTask) ui.TaskRow {
	row := ui.TaskRow{Mood: ui.Todo, What: t.text("class.task."+string(k.What), "n", k.People, "name", k.Name), Whom: k.Unit.Name,
		Why: t.text("class.task.why." + string(k.What)), Cite: t.text("class.task.cite." + string(k.What)),
		Act: &ui.Action{Label: t.text("class.task.open." + string(k.What)), Href: k.Href}}
	switch {
	case k.Due.IsZero():
	case k.Due.Before(t.r.today):
		row.Mood, row.Delay, row.When = ui.Late, t.text("class.late"), t.text("work.due", "day", i18n.LongDate(t.lang, k.Due))
	default:
		row.When = i18n.Sentence(t.text("work.due", "day", i18n.LongDate(t.lang, k.Due)))
	}
	return row
}

func (t classText) demandBoxes(h app.ClassHome) []classBox {
	var out []classBox
	for _, k := range class.Kinds() {
		c := h.Demand[k]
		b := classBox{Label: k.Words(), Figure: t.text("class.demand.n", "n", c.Total), Href: address("/classes/demand", "unit", string(h.Unit.Code), "kind", string(k)),
			Open: t.text("class.demand.open")}
		if c.Pressing > 0 {
			b.Note, b.Late = t.text("class.demand.pressing", "n", c.Pressing), true
		} else if n := h.Standing[k]; n > 0 {
			b.Note = t.text("class.demand.standing", "n", n)
		}
		out = append(out, b)
	}
	return out
}

func (t classText) classRows(h app.ClassHome) classTable {
	c := t.table(t.text("class.list.title"), "class.col.class", "class.col.kind", "class.col.when", "class.col.place", "class.col.people", "class.col.decision", "class.col.state")
	c.Empty = t.text("class.list.empty", "year", strconv.Itoa(h.Year))
	for _, k := range h.Classes {
		people := i18n.Count(t.lang, k.OnList)
		if k.Seats > 0 {
			people = t.text("class.seats", "n", k.OnList, "seats", k.Seats)
		}
		c.add(registerCell{Text: k.Title, Href: "/classes/" + k.ID}, plainCell(t.text("class.kind."+string(k.Kind))), plainCell(t.days(k.From, k.To)),
			plainCell(k.Place), plainCell(people), plainCell(k.Number), plainCell(k.State.Words()))
	}
	return c
}

func (t classText) surveyRows(h app.ClassHome) classTable {
	c := t.table(t.text("class.survey.title"), "class.col.survey", "class.col.kind", "class.col.issued", "class.col.due", "class.col.state")
	c.Empty = t.text("class.survey.empty")
	for _, v := range h.Surveys {
		state := v.State.Words()
		if v.State == class.SurveyOpen && v.Late(h.Today) {
			state = t.text("class.survey.past")
		}
		c.add(registerCell{Text: v.Title, Href: address("/class-surveys/"+v.ID, "unit", underSurvey(h, v.UnitNo))}, plainCell(t.text("class.kind."+string(v.Kind))),
			plainCell(t.day(v.Issued)), plainCell(t.day(v.Due)), plainCell(state))
	}
	return c
}

// underSurvey is the code of the page's unit where it stands below the one that asks.
func underSurvey(h app.ClassHome, asks org.UnitNo) string {
	for _, u := range h.Line[1:] {
		if u.No == asks {
			return string(h.Unit.Code)
		}
	}
	return ""
}

func (t classText) proposalRows(h app.ClassHome) classTable {
	c := t.table(t.text("class.proposal.title"), "class.col.proposal", "class.col.kind", "class.col.options", "class.col.sent", "class.col.state", "class.col.decision")
	c.Empty = t.text("class.proposal.empty")
	for _, p := range h.Proposals {
		c.add(registerCell{Text: p.Title, Href: "/class-proposals/" + p.ID}, plainCell(t.text("class.kind."+string(p.Kind))), plainCell(i18n.Count(t.lang, len(p.Sheet.Options))),
			plainCell(t.day(p.On)), plainCell(p.State.Words()), plainCell(p.Decision))
	}
	return c
}

// classKindOf is the kind of class that an address names, the awareness class without one.
func classKindOf(r *request) class.Kind {
	if k := class.Kind(r.FormValue("kind")); k.Valid() {
		return k
	}
	return class.Awareness
}

// classFaults lays findings beside the fields they name.
func classFaults(found []rule.Finding) map[string]string {
	faults := map[string]string{}
	for _, f := range found {
		if f.Field != "" && faults[f.Field] == "" {
			faults[f.Field] = f.Message
		}
	}
	return faults
}

// mayManageClasses refuses who only looks on.
func mayManageClasses(r *request) error {
	switch {
	case !r.who.Has(access.SeeClass, r.today):
		return errs.E(errs.NotFound, "error.not_found")
	case !r.who.Has(access.ManageClass, r.today):
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return nil
}

// placeUnit names the unit of a person, with the base organization over it.
func placeUnit(p class.Place) string {
	if p.Base == p.Unit || p.BaseName == p.UnitName {
		return p.UnitName
	}
	return joinWords(" · ", p.UnitName, p.BaseName)
}

// classCount is how many rows a list has, beside its title.
func classCount(c classTable) string {
	if len(c.Rows) == 0 {
		return ""
	}
	return strconv.Itoa(len(c.Rows))
}

func classTabLinks(links []ui.Link) []registerLink {
	out := make([]registerLink, len(links))
	for i, l := range links {
		out[i] = registerLink{Label: l.Label, Href: l.Href}
	}
	return out
}
