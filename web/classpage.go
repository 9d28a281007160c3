package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/person"
	"ketnap/web/ui"
)

// A classPage is one class: what was decided, who comes, and what is next.
type classPage struct {
	ui.Base
	ID, Lead   string
	Version    int
	Facts      []ui.Fact
	Warnings   []string
	Units      classTable
	People     classTable
	Gone       classTable
	Summons    *ui.Action
	Summon     *ui.Ask
	Cancel     *ui.Ask
	Edit       *classEdit
	Export     string
	Whole      bool
	More       []ui.Link // to the other half: lessons, marks, certificates
	Problem    ui.ProblemBox
	CancelNote ui.Input
}

// A classEdit is the form of a class.
type classEdit struct {
	Title, Host, Place, From, To, HalfDays, Seats, Head, Registrar, Note ui.Input
	Hosts                                                                []ui.Option
	Open                                                                 bool
}

func (s *Server) showClass(w http.ResponseWriter, r *request) error {
	return s.classPage(w, r, http.StatusOK, nil, nil)
}

func (s *Server) classPage(w http.ResponseWriter, r *request, status int, typed map[string][]string, faults map[string]string) error {
	d, err := s.app.Class(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	c := d.Class
	p := classPage{Base: s.base(r, c.Title, ui.Crumb{Label: t.text("class.menu"), Href: "/classes"}), ID: c.ID, Version: c.Version, Whole: d.Whole,
		Lead: t.text("class.page.lead", "kind", c.Kind.Words(), "unit", c.UnitName, "state", c.State.Words()), Export: "/classes/" + c.ID + "/list.xlsx"}
	p.Wide = true
	p.Facts = t.classFacts(c)
	p.More = classMore(r, d)
	p.Units, p.People, p.Gone = t.classUnits(d), t.classPeople(d), t.classGone(d)
	if c.State.Going() && len(d.Learners) > 0 {
		p.Summons = &ui.Action{Label: t.text("class.summons.open"), Href: "/classes/" + c.ID + "/summons"}
	}
	p.Problem = slips(faults, "title", "host", "place", "from", "to", "half_days", "seats", "reason")
	if d.MayManage {
		p.manage(t, d, typed, faults)
	}
	return s.page(w, r, status, classView(p))
}

func (p *classPage) manage(t classText, d app.ClassPage, typed map[string][]string, faults map[string]string) {
	c := d.Class
	waiting := 0
	for _, l := range d.Learners {
		if l.State == class.Named {
			waiting++
		}
	}
	if c.State.Going() && waiting > 0 {
		p.Summon = &ui.Ask{ID: "summon", Open: t.text("class.summon.open", "n", waiting), Heading: t.text("class.summon.heading", "n", waiting),
			Text: t.text("class.summon.text", "place", c.Place, "days", t.days(c.From, c.To)), Action: "/classes/" + c.ID + "/summon", Submit: t.text("class.summon.submit"), Primary: true}
	}
	if c.State.MayBecome(class.Cancelled) {
		p.Cancel = &ui.Ask{ID: "cancel-class", Open: t.text("class.cancel.open"), Heading: t.text("class.cancel.heading"), Text: t.text("class.cancel.text"), Action: "/classes/" + c.ID + "/cancel",
			Hidden: map[string]string{"version": strconv.Itoa(c.Version)}, Submit: t.text("class.cancel.submit")}
		p.CancelNote = ui.Input{Name: "reason", ID: "cancel-reason", Label: t.text("class.cancel.why"), Error: faults["reason"]}
	}
	if c.State.Going() || c.State == class.Draft || c.State == class.Proposed {
		f := classFields{t: t, typed: typed, faults: faults}
		o := f.option(0, class.Option{}, nil)
		e := &classEdit{Title: f.in("title", "class.col.class", c.Title, false), Host: f.in("host", "class.option.host", string(c.Host), false), Place: f.in("place", "class.option.place", c.Place, true),
			From: f.in("from", "class.option.from", dayText(c.From), true), To: f.in("to", "class.option.to", dayText(c.To), true),
			HalfDays: f.in("half_days", "class.option.half_days", t.plain(c.HalfDays), true), Seats: f.in("seats", "class.option.seats", t.plain(c.Seats), true),
			Head: f.in("head", "class.field.head", c.Head, true), Registrar: f.in("registrar", "class.field.registrar", c.Registrar, true), Note: f.in("note", "class.field.note", c.Note, true),
			Hosts: classHosts(), Open: len(faults) > 0 || c.From.IsZero() || c.Place == ""}
		e.HalfDays.Short, e.Seats.Short, e.HalfDays.Attrs, e.Seats.Attrs = true, true, o.Seats.Attrs, o.Seats.Attrs
		p.Edit = e
	}
	if c.From.IsZero() || c.Place == "" {
		p.Warnings = append(p.Warnings, t.text("class.summon.when"))
	}
	if least, cite := class.LeastSize(c.Host, c.DecidedOn); c.State.Going() && c.OnList < least {
		p.Warnings = append(p.Warnings, t.text("class.cover.small", "n", c.OnList, "least", least, "cite", cite))
	}
}

// plain is a number as a form holds it.
func (t classText) plain(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (t classText) classFacts(c app.ClassRow) []ui.Fact {
	out := []ui.Fact{{Term: t.text("class.col.when"), Value: t.days(c.From, c.To)}}
	add := func(key, value, note string) {
		if value != "" {
			out = append(out, ui.Fact{Term: t.text(key), Value: value, Note: note})
		}
	}
	if c.HalfDays > 0 {
		add("class.option.half_days", i18n.Count(t.lang, c.HalfDays), "")
	}
	add("class.option.place", c.Place, c.Host.Words())
	people := i18n.Count(t.lang, c.OnList)
	if c.Seats > 0 {
		people = t.text("class.seats", "n", c.OnList, "seats", c.Seats)
	}
	add("class.col.people", people, "")
	if c.Number != "" {
		add("class.decide.number", c.Number, joinWords(" · ", t.day(c.DecidedOn), c.DecidedBy))
	}
	add("class.field.head", c.Head, "")
	add("class.field.registrar", c.Registrar, "")
	add("class.field.monitor", c.Monitor, "")
	add("class.field.note", c.Note, "")
	return out
}

func (t classText) classUnits(d app.ClassPage) classTable {
	c := t.table(t.text("class.page.units"), "class.col.unit", "class.col.people", "class.col.invited", "class.col.confirmed", "class.col.dropped")
	for _, u := range d.Units {
		c.add(registerCell{Text: u.Name, Href: address("/classes/"+d.Class.ID+"/summons", "unit", u.Unit)}, plainCell(i18n.Count(t.lang, u.On)), plainCell(t.n(u.Invited)), plainCell(t.n(u.Confirmed)), plainCell(t.n(u.Dropped)))
	}
	return c
}

func (t classText) classPeople(d app.ClassPage) classTable {
	c := t.table(t.text("class.page.people"), "file.col.name", "file.field.birth", "file.field.sex", "file.col.unit", "class.col.need", "class.col.state")
	c.Empty = t.text("class.page.nobody")
	for i, l := range d.Learners {
		if l.State.On() {
			c.add(t.learnerCell(l), plainCell(t.day(l.Birth)), plainCell(sexWords(t.r, l.Sex)), plainCell(d.UnitOf(i)), plainCell(l.Need.Short()), plainCell(l.State.Words()))
		}
	}
	return c
}

// learnerCell is a name, which leads to the file of whom the actor may see the file.
func (t classText) learnerCell(l app.LearnerRow) registerCell {
	c := registerCell{Text: l.Name}
	if l.File != "" && t.r.who.Has(access.SeeFile, t.r.today) {
		c.Href = "/files/" + l.File
	}
	return c
}

func (t classText) classGone(d app.ClassPage) classTable {
	c := t.table(t.text("class.page.gone"), "file.col.name", "file.col.unit", "class.col.reason")
	for i, l := range d.Learners {
		if l.State == class.Dropped {
			c.add(plainCell(l.Name), plainCell(d.UnitOf(i)), plainCell(l.Reason))
		}
	}
	return c
}

func (s *Server) editClass(w http.ResponseWriter, r *request) error {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	faults := map[string]string{}
	e := app.ClassEdit{Title: get("title"), Place: get("place"), Head: get("head"), Registrar: get("registrar"), Note: get("note"), Host: class.Host(get("host"))}
	for name, d := range map[string]*date.Date{"from": &e.From, "to": &e.To} {
		v, ok := writtenDay(get(name))
		if !ok {
			faults[name] = i18n.Text(r.Context(), "act.wrong.day", "typed", get(name))
		}
		*d = v
	}
	for name, n := range map[string]*int{"half_days": &e.HalfDays, "seats": &e.Seats} {
		if get(name) == "" {
			continue
		}
		v, ok := writtenNumber(get(name))
		if !ok {
			faults[name] = i18n.Text(r.Context(), "class.answer.number", "typed", get(name))
		}
		*n = v
	}
	version := wantedNumber(get("version"))
	if len(faults) == 0 {
		err := s.app.EditClass(r.Context(), r.who, r.PathValue("id"), version, e)
		f, refused := formError(err)
		if err == nil || !refused {
			if err != nil {
				return err
			}
			return s.redirect(w, r, "/classes/"+r.PathValue("id"), i18n.Text(r.Context(), "class.saved"))
		}
		faults[f.Field] = message(r.Context(), f)
	}
	return s.classPage(w, r, http.StatusUnprocessableEntity, r.PostForm, faults)
}

func (s *Server) cancelClass(w http.ResponseWriter, r *request) error {
	version := wantedNumber(r.PostFormValue("version"))
	err := s.app.CancelClass(r.Context(), r.who, r.PathValue("id"), version, r.PostFormValue("reason"))
	if f, ok := formError(err); ok {
		return s.classPage(w, r, f.Kind.Status(), nil, map[string]string{"reason": message(r.Context(), f)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/classes/"+r.PathValue("id"), i18n.Text(r.Context(), "class.cancelled"))
}

func (s *Server) summonClass(w http.ResponseWriter, r *request) error {
	n, err := s.app.SummonClass(r.Context(), r.who, r.PathValue("id"))
	if f, ok := formError(err); ok {
		return s.classPage(w, r, f.Kind.Status(), nil, map[string]string{"": message(r.Context(), f)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/classes/"+r.PathValue("id")+"/summons", i18n.Text(r.Context(), "class.summoned", "n", n))
}

func (s *Server) downloadClassList(w http.ResponseWriter, r *request) error {
	d, err := s.app.Class(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	c := t.classPeople(d)
	unit := d.Class.Unit
	if !d.Whole {
		unit = s.chosen(r)
	}
	return s.sendLearners(w, r, "class_list", unit, "danh-sach-lop-"+r.today.String(), registerSheet(d.Class.Title, joinWords(" · ", d.Class.UnitName, t.days(d.Class.From, d.Class.To), d.Class.Place), c.Columns, c.Rows, nil))
}

// A summonsPage is the paper by which a unit's people are summoned, and what the unit says.
type summonsPage struct {
	ui.Base
	ID      string
	Sheet   sheetHeading
	Heading string
	Lead    []string
	Parts   []summonsPart
	Back    string
	Export  string
	Problem ui.ProblemBox
}

// A summonsPart is the people of one unit.
type summonsPart struct {
	ID, Unit, Name string
	People         classTable
	Rows           []summonsRow
	Confirm        *ui.Ask
	May            bool
	Free           []ui.Option // who may come instead, or as well
	Adds           bool
}

// A summonsRow is one person with the form that takes the person off.
type summonsRow struct {
	ID, Name, Branch, Birth, State string
	On                             bool
	Ask                            ui.Ask
}

func (s *Server) showSummons(w http.ResponseWriter, r *request) error {
	return s.summonsPage(w, r, http.StatusOK, "")
}

func (s *Server) summonsPage(w http.ResponseWriter, r *request, status int, fault string) error {
	d, err := s.app.Class(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	c := d.Class
	p := summonsPage{Base: s.base(r, t.text("class.summons.title"), ui.Crumb{Label: t.text("class.menu"), Href: "/classes"}, ui.Crumb{Label: c.Title, Href: "/classes/" + c.ID}), ID: c.ID,
		Sheet: sheetOf(r, d.Line), Heading: t.text("class.summons.heading", "kind", withinSentence(c.Kind.Words())), Back: "/classes/" + c.ID, Export: "/classes/" + c.ID + "/list.xlsx"}
	p.Lead = append(p.Lead, t.text("class.summons.by", "number", c.Number, "day", t.day(c.DecidedOn), "unit", c.UnitName), t.text("class.summons.when", "days", t.days(c.From, c.To)))
	if c.Place != "" {
		p.Lead = append(p.Lead, t.text("class.summons.place", "place", c.Place))
	}
	if fault != "" {
		p.Problem = slips(map[string]string{"": fault})
	}
	only := r.URL.Query().Get("unit")
	for i, u := range d.Units {
		if only != "" && u.Unit != only {
			continue
		}
		part, err := s.summonsPart(r, t, d, u, i)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, part)
	}
	return s.page(w, r, status, summonsView(p))
}

func (s *Server) summonsPart(r *request, t classText, d app.ClassPage, u app.ClassUnitLine, i int) (summonsPart, error) {
	c := d.Class
	id := "dv-" + strconv.Itoa(i+1)
	part := summonsPart{ID: id, Unit: u.Unit, Name: u.Name, May: c.State.Going() && (d.Answers[u.Unit] || d.MayManage), People: t.table(u.Name, "file.col.name", "file.field.birth", "file.field.sex", "class.col.state")}
	if part.May && d.Answers[u.Unit] {
		free, err := s.app.FreeForClass(r.Context(), r.who, c.ID, u.Unit)
		if err != nil {
			return part, err
		}
		part.Free, part.Adds = []ui.Option{{Value: "", Label: t.text("class.drop.nobody")}}, true
		for _, f := range free {
			part.Free = append(part.Free, ui.Option{Value: f.File, Label: f.Name + " — " + f.Need.Short()})
		}
	}
	for k, l := range d.Learners {
		if d.At[k] != i || l.State == class.Dropped {
			continue
		}
		part.People.add(plainCell(l.Name), plainCell(t.day(l.Birth)), plainCell(sexWords(r, l.Sex)), plainCell(l.State.Words()))
		row := summonsRow{ID: l.ID, Name: l.Name, Branch: branchOf(u, l), Birth: t.day(l.Birth), State: l.State.Words(), On: l.State.On()}
		row.Ask = ui.Ask{ID: "rut-" + l.ID, Open: t.text("class.drop.open"), Heading: t.text("class.drop.heading", "name", l.Name), Text: t.text("class.drop.text"),
			Action: "/classes/" + c.ID + "/learners", Hidden: map[string]string{"unit": u.Unit, "drop": l.ID}, Submit: t.text("class.drop.submit")}
		part.Rows = append(part.Rows, row)
	}
	if part.May && u.Invited > 0 {
		part.Confirm = &ui.Ask{ID: "xac-nhan-" + id, Open: t.text("class.confirm.open", "n", u.Invited), Heading: t.text("class.confirm.heading"), Text: t.text("class.confirm.text", "n", u.Invited, "unit", u.Name),
			Action: "/classes/" + c.ID + "/learners", Hidden: map[string]string{"unit": u.Unit, "confirm": "1"}, Submit: t.text("class.confirm.submit"), Primary: true}
	}
	return part, nil
}

// branchOf names the branch of a person under a base organization, "" where it is one.
func branchOf(u app.ClassUnitLine, l app.LearnerRow) string {
	if l.Unit == u.Unit {
		return ""
	}
	return l.UnitName
}

// changeLearners confirms a unit's people, or takes one off the list.
func (s *Server) changeLearners(w http.ResponseWriter, r *request) error {
	unit := r.PostFormValue("unit")
	ch := app.LearnerChange{Confirm: r.PostFormValue("confirm") == "1", Drop: r.PostFormValue("drop"), Reason: r.PostFormValue("reason"), With: r.PostFormValue("with")}
	err := s.app.ChangeLearners(r.Context(), r.who, r.PathValue("id"), unit, ch)
	return s.learnersDone(w, r, err, map[bool]string{true: "class.confirm.done", false: "class.drop.done"}[ch.Confirm])
}

func (s *Server) learnersDone(w http.ResponseWriter, r *request, err error, key string) error {
	if f, ok := formError(err); ok {
		return s.summonsPage(w, r, f.Kind.Status(), message(r.Context(), f))
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/classes/"+r.PathValue("id")+"/summons", i18n.Text(r.Context(), key))
}

// addLearner puts somebody of a unit on the list.
func (s *Server) addLearner(w http.ResponseWriter, r *request) error {
	n := app.NewLearner{File: r.PostFormValue("file"), Name: r.PostFormValue("name"), Sex: person.Sex(r.PostFormValue("sex"))}
	birth, ok := writtenDay(r.PostFormValue("birth"))
	if !ok {
		return s.learnersDone(w, r, errs.E(errs.Invalid, "act.wrong.day", "typed", r.PostFormValue("birth")), "")
	}
	n.Birth = birth
	return s.learnersDone(w, r, s.app.AddLearner(r.Context(), r.who, r.PathValue("id"), r.PostFormValue("unit"), n), "class.add.done")
}

// classMore leads to the lessons, the marks, the results and the report of a class, for
// whom sees the whole of it.
func classMore(r *request, d app.ClassPage) []ui.Link {
	if !d.Whole || d.Class.State == class.Draft || d.Class.State == class.Proposed || d.Class.State == class.Cancelled {
		return nil
	}
	var out []ui.Link
	for _, part := range []string{"sessions", "attendance", "marks", "result", "report"} {
		out = append(out, ui.Link{Label: i18n.Text(r.Context(), "class.more."+part), Href: "/classes/" + d.Class.ID + "/" + part})
	}
	return out
}

// sendLearners is sendPeople for the list of a class.
func (s *Server) sendLearners(w http.ResponseWriter, r *request, what, unit, name string, t xlsx.Table) error {
	if err := s.app.LogClassExport(r.Context(), r.who, what, unit, len(t.Rows)); err != nil {
		return err
	}
	return s.sendSheet(w, name, t)
}

// withinSentence writes a name so that it can stand within a sentence.
func withinSentence(name string) string {
	r := []rune(name)
	if len(r) == 0 {
		return ""
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}
