package web

import (
	"net/http"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/web/ui"
)

func (s *Server) fileRoutes() {
	s.get("/files", s.listFiles)
	s.get("/files.xlsx", s.downloadFiles)
	s.get("/files/new", s.newFile)
	s.post("/files/new", s.openFile)
	s.get("/files/{id}", s.showFile)
	s.get("/files/{id}/acts/{act}", s.showAct)
	s.post("/files/{id}/acts/{act}", s.recordAct)
}

// A filePage is one person's file.
type filePage struct {
	ui.Base
	Name      string
	Stage     string
	Lead      string // unit, birth
	Steps     []ui.Step
	Events    []fileEvent // newest first
	Older     []fileEvent
	Sets      []string // the sets of rules of the acts, in words
	Next      *nextCard
	End       string // what is said where nothing is to be done any more
	Menu      []actGroup
	Clocks    []clockBar // terms that several desks share, once they run
	Terms     []termLine
	Papers    []paperLine
	PaperNote string
	Tasks     []fileTask
	Facts     []ui.Fact
	Parts     []ui.Link // the other pages of the file that the actor may open

	PapersHref string
}

// A nextCard is Bước tiếp theo.
type nextCard struct {
	What   string
	Facts  []ui.Fact
	State  ui.Mood // Late or Soon where the due day is
	Why    string
	Cite   string
	Checks []ui.Check
	Act    *ui.Action // none where somebody else records it
	Also   []ui.Action
	Other  string // who must, where the actor may not
}

// An actGroup is a part of the menu of other things to record.
type actGroup struct {
	Title string
	Links []ui.Link
}

// A fileTask is a task that an act started.
type fileTask struct {
	Text, Cite, When, Href string
	Mood                   ui.Mood
}

// eventsShown is how many acts stand in sight; older ones open.
const eventsShown = 8

// showFile shows a file to whoever sees it.
func (s *Server) showFile(w http.ResponseWriter, r *request) error {
	f, err := s.app.File(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	met, err := s.app.FileMeetings(r.Context(), r.who, f.File.ID)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, fileView(s.filePage(r, f, met)))
}

func (s *Server) filePage(r *request, f app.FilePage, met []app.FileMeeting) filePage {
	v := fileViewer{FilePage: f, r: r, lang: i18n.From(r.Context()), sets: f.Sets}
	v.met = v.meetingsOf(met)
	p := filePage{Base: s.base(r, f.File.Name, v.crumbs()...), Name: f.File.Name, Stage: i18n.Sentence(f.File.Stage.Words()),
		Lead:  i18n.Text(r.Context(), "file.lead", "unit", f.Unit.Name, "birth", i18n.Date(v.lang, f.File.Birth)),
		Steps: v.steps(), Events: v.events(), Sets: v.ruleSets(), Next: v.next(), End: v.end(), Menu: v.menu(),
		Clocks: v.clocks(), Terms: v.terms(), Papers: v.papers(), Facts: v.facts()}
	if len(p.Events) > eventsShown+1 {
		p.Events, p.Older = p.Events[:eventsShown], p.Events[eventsShown:]
	}
	p.PaperNote = v.paperNote()
	p.Parts, p.PapersHref = v.parts(), v.partHref("papers")
	for _, k := range f.Tasks {
		p.Tasks = append(p.Tasks, v.task(k))
	}
	return p
}

// parts are the other pages of the file.
func (v fileViewer) parts() []ui.Link {
	out := []ui.Link{{Label: v.text("paper.title"), Href: v.partHref("papers")},
		{Label: v.text("verification.title"), Href: v.partHref("verification")}}
	if href := v.identityHref(); href != "" {
		out = append(out, ui.Link{Label: v.text("identity.title"), Href: href})
	}
	if v.File.Helper != "" {
		out = append(out, ui.Link{Label: v.text("stuck.helper.title"), Href: v.partHref("helper")})
	}
	return append(out, ui.Link{Label: v.text("lending.open"), Href: v.partHref("lendings")}, ui.Link{Label: v.text("union.title"), Href: v.partHref("unions")})
}

func (v fileViewer) partHref(part string) string { return "/files/" + v.File.ID + "/" + part }

// A fileViewer draws a file for a reader. It reckons nothing that admission reckons.
type fileViewer struct {
	app.FilePage
	r    *request
	lang i18n.Lang
	sets rule.Sets
	met  meetingsOfFile
}

func (v fileViewer) text(key string, args ...any) string { return i18n.T(v.lang, key, args...) }

// crumbs lead through the units over the file that the actor may see.
func (v fileViewer) crumbs() []ui.Crumb {
	out := []ui.Crumb{{Label: v.text("file.list.title"), Href: "/files"}}
	var units []ui.Crumb
	for i := len(v.Line) - 1; i >= 0; i-- {
		if len(units) > 0 || holds(v.r, access.SeeFile, v.Line[i].No) {
			units = append(units, ui.Crumb{Label: v.Line[i].Name, Href: "/files?unit=" + string(v.Line[i].Code)})
		}
	}
	return append(out, units...)
}

// desk names who sits at a desk over this file.
func (v fileViewer) desk(d admission.Desk) string {
	above := org.AboveOf(v.Line)
	name := func(no org.UnitNo) string {
		for _, u := range v.Line {
			if u.No == no {
				return u.Name
			}
		}
		return ""
	}
	switch d {
	case admission.DeskSectional:
		if above.Sectional != 0 {
			return name(above.Sectional)
		}
	case admission.DeskBase:
		if above.Base != 0 {
			return name(above.Base)
		}
	case admission.DeskBoard:
		return v.text("file.desk.board", "unit", name(above.Competent))
	}
	return v.Unit.Name
}

// next is the card of the first step that the file waits for.
func (v fileViewer) next() *nextCard {
	if len(v.Next) == 0 {
		return nil
	}
	n := v.Next[0]
	c := &nextCard{What: n.Act.Words(), Checks: v.checks(n), Facts: []ui.Fact{{Term: v.text("file.next.who"), Value: v.desk(n.Who)}}}
	if c.Why, c.Cite = admission.Why(n.Act, n.Rule); c.Cite == "" {
		c.Cite = n.Cite
	}
	if !n.Due.IsZero() {
		c.State = dueMood(n.Due, v.Today)
		c.Facts = append(c.Facts, ui.Fact{Term: v.text("file.next.due"), Value: i18n.LongDate(v.lang, n.Due), Note: v.left(n.Due)})
	}
	for i, n := range v.Next {
		switch may := slices.Contains(v.Possible, n.Act); {
		case i == 0 && may:
			c.Act = &ui.Action{Label: n.Act.Words(), Href: v.actHref(n.Act), Primary: true, Wide: true, WideOnly: true}
		case i == 0:
			c.Other = v.text("file.next.other", "who", v.desk(n.Who))
		case may:
			c.Also = append(c.Also, ui.Action{Label: n.Act.Words(), Href: v.actHref(n.Act), Wide: true})
		}
	}
	c.Also = append(c.Also, v.meetingActions(n)...)
	return c
}

func (v fileViewer) actHref(c admission.Code) string {
	return "/files/" + v.File.ID + "/acts/" + string(c)
}

// end says how a file ended that waits for nothing.
func (v fileViewer) end() string {
	if len(v.Next) > 0 {
		return ""
	}
	return v.text("file.end", "stage", v.File.Stage.Words(), "day", i18n.Date(v.lang, v.File.Since))
}

// menu is what else may be recorded: along the road, and aside from it.
func (v fileViewer) menu() []actGroup {
	road, aside := actGroup{Title: v.text("file.menu.road")}, actGroup{Title: v.text("file.menu.aside")}
	codes := admission.Codes()
	from := slices.Index(codes, admission.BallotFailed) // from here on the table holds what lies beside the road
	for _, c := range v.Possible {
		if slices.ContainsFunc(v.Next, func(n admission.Next) bool { return n.Act == c }) {
			continue
		}
		group := &road
		if slices.Index(codes, c) >= from || c == admission.Hold || c == admission.ProposeRemoval {
			group = &aside
		}
		group.Links = append(group.Links, ui.Link{Label: c.Words(), Href: v.actHref(c)})
	}
	return slices.DeleteFunc([]actGroup{road, aside}, func(g actGroup) bool { return len(g.Links) == 0 })
}

// facts are the few things one asks for first.
func (v fileViewer) facts() []ui.Fact {
	f := v.File
	out := []ui.Fact{{Term: v.text("file.field.sex"), Value: v.text("file.sex." + f.Sex)}}
	add := func(key, value, note string) {
		if value != "" {
			out = append(out, ui.Fact{Term: v.text(key), Value: value, Note: note})
		}
	}
	if f.By != "" {
		add("file.fact.by", v.text("act.by."+string(f.By)), "")
	}
	add("file.fact.helper", f.Helper, "")
	add("file.fact.education", i18n.Sentence(f.Education.Words()), v.area())
	if f.Again() {
		add("file.fact.again", v.text("file.fact.left", "day", i18n.Date(v.lang, f.Readmission.Left)), i18n.Sentence(f.Readmission.Reason.Words()))
	}
	add("file.fact.left_school", i18n.Date(v.lang, f.LeftSchool), "")
	add("file.fact.no_residence", f.NoResidence, "")
	add("file.fact.decision", f.DecisionNumber, i18n.Date(v.lang, f.Decided))
	add("file.fact.ceremony", i18n.Date(v.lang, f.Ceremony), "")
	for _, q := range []admission.Question{admission.QuestionAdmission, admission.QuestionRecognition, admission.QuestionRemoval} {
		if n := f.Ballots[q]; n > 0 {
			add("file.fact.ballots", v.text("file.fact.times", "n", n), v.text("act.question."+string(q)))
		}
	}
	return out
}

// area says that the exceptions of schooling hold where the person lives.
func (v fileViewer) area() string {
	if v.File.Area != admission.AreaSpecial {
		return ""
	}
	return v.text("file.fact.special_area")
}

func (v fileViewer) task(k app.Task) fileTask {
	t := fileTask{Text: k.Text, Cite: k.Clause, Mood: ui.Todo, Href: "/tasks/" + k.ID}
	switch {
	case k.Done:
		t.Mood, t.When = ui.Done, i18n.Date(v.lang, k.DoneOn)
	case !k.Due.IsZero():
		t.Mood, t.When = dueMood(k.Due, v.Today), i18n.LongDate(v.lang, k.Due)
	}
	return t
}

// ruleSets names the sets of rules by which the acts were judged, with their documents.
func (v fileViewer) ruleSets() []string {
	var out []string
	for _, set := range v.sets {
		if slices.ContainsFunc(v.File.Acts, func(a admission.Act) bool { return a.RuleSet == set.ID }) {
			out = append(out, v.text("file.rules.set", "set", set.ID, "documents", strings.Join(set.Documents, ", ")))
		}
	}
	return out
}
