package web

import (
	"net/http"
	"slices"
	"strings"

	"ketnap/app"
	"ketnap/class"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A classSurveyForm is a survey as it is typed.
type classSurveyForm struct {
	ui.Base
	Unit, Back                               string
	Kind, SurveyTitle, Number, Due, Question string
	Errors                                   map[string]string
	Problem                                  ui.ProblemBox
	Kinds                                    []ui.Option
}

func classKinds() []ui.Option {
	var out []ui.Option
	for _, k := range class.Kinds() {
		out = append(out, ui.Option{Value: string(k), Label: k.Words()})
	}
	return out
}

func (s *Server) newClassSurvey(w http.ResponseWriter, r *request) error {
	if err := mayManageClasses(r); err != nil {
		return err
	}
	f := classSurveyForm{Unit: s.unitOf(r), Kind: string(classKindOf(r)), Due: r.today.AddDays(14).String(), Question: i18n.Text(r.Context(), "class.survey.question.usual")}
	return s.classSurveyForm(w, r, http.StatusOK, f, nil)
}

func (s *Server) classSurveyForm(w http.ResponseWriter, r *request, status int, f classSurveyForm, found []rule.Finding) error {
	t := classTextOf(r)
	f.Back, f.Kinds = address("/classes", "unit", f.Unit), classKinds()
	f.Base = s.base(r, t.text("class.survey.new"), ui.Crumb{Label: t.text("class.menu"), Href: f.Back})
	if f.Errors == nil {
		f.Errors = map[string]string{}
	}
	for k, v := range classFaults(found) {
		f.Errors[k] = v
	}
	f.Problem = slips(f.Errors, "title", "kind", "due", "number", "question")
	return s.page(w, r, status, classSurveyFormView(f))
}

func (s *Server) issueClassSurvey(w http.ResponseWriter, r *request) error {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f := classSurveyForm{Unit: get("unit"), Kind: get("kind"), SurveyTitle: get("title"), Number: get("number"), Due: get("due"), Question: get("question")}
	due, ok := writtenDay(f.Due)
	if !ok {
		f.Errors = map[string]string{"due": i18n.Text(r.Context(), "act.wrong.day", "typed", f.Due)}
		return s.classSurveyForm(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	id, found, err := s.app.IssueClassSurvey(r.Context(), r.who, f.Unit, class.Survey{Kind: class.Kind(f.Kind), Title: f.SurveyTitle, Number: f.Number, Due: due, Question: f.Question})
	switch {
	case err != nil:
		return err
	case rule.Blocked(found):
		return s.classSurveyForm(w, r, http.StatusUnprocessableEntity, f, found)
	}
	return s.redirect(w, r, "/class-surveys/"+id, i18n.Text(r.Context(), "class.survey.issued"))
}

// A classSurveyPage is a survey with the answers of units.
type classSurveyPage struct {
	ui.Base
	Sheet   sheetHeading
	Lead    string
	Ask     string
	Answer  *ui.Action
	Meter   ui.MeterBar
	Units   classTable
	People  classTable
	Export  string
	Manage  bool
	ID      string
	Version int
	Open    bool
	Due     string
	Error   string
	Propose *classPropose
	Empty   *ui.Nothing
}

func (s *Server) showClassSurvey(w http.ResponseWriter, r *request) error {
	return s.classSurveyPage(w, r, http.StatusOK, "", "")
}

func (s *Server) classSurveyPage(w http.ResponseWriter, r *request, status int, due, fault string) error {
	d, err := s.app.ClassSurvey(r.Context(), r.who, r.PathValue("id"), r.FormValue("unit"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	v := d.Survey
	p := classSurveyPage{Base: s.base(r, v.Title, ui.Crumb{Label: t.text("class.menu"), Href: "/classes"}), ID: v.ID, Version: v.Version, Open: v.State == class.SurveyOpen,
		Ask: v.Question, Lead: t.text("class.survey.lead", "kind", v.Kind.Words(), "unit", v.UnitName, "issued", t.day(v.Issued), "due", t.day(v.Due), "state", v.State.Words()),
		Manage: d.MayManage, Due: v.Due.String(), Error: fault, Export: address("/class-surveys/"+v.ID+"/sheet.xlsx", "unit", string(d.Unit.Code))}
	if due != "" {
		p.Due = due
	}
	if d.MayName && d.Own != nil {
		p.Answer = &ui.Action{Label: t.text("class.answer.open"), Href: answerHref(v.ID, string(d.Unit.Code)), Primary: true}
		if d.Own.Sent() {
			p.Answer.Label = t.text("class.answer.again")
		}
	}
	p.Wide = true
	p.Meter = ui.NewMeter(t.lang, d.Answered(), len(d.Lines))
	p.Units, p.People = t.surveyUnits(d), t.surveyPeople(d)
	if d.MayManage && d.Unit.No == v.UnitNo {
		p.Propose = &classPropose{Unit: v.Unit, Kind: string(v.Kind), Survey: v.ID, Label: t.text("class.proposal.from")}
	}
	return s.page(w, r, status, classSurveyView(p))
}

func answerHref(id, unit string) string { return address("/class-surveys/"+id+"/answer", "unit", unit) }

// surveyUnits is what the units answered, the unit itself first where it was asked.
func (t classText) surveyUnits(d app.ClassSurveyPage) classTable {
	c := t.table(t.text("class.survey.units"), "class.col.unit", "class.col.register", "class.col.named", "class.col.without", "class.col.season", "class.col.place", "class.col.answer")
	c.Empty = t.text("class.survey.leaf")
	c.Notes = []string{t.text("class.survey.note")}
	lines := d.Lines
	if d.Own != nil {
		lines = append([]app.ClassSurveyLine{*d.Own}, lines...)
	}
	for _, l := range lines {
		href := address("/class-surveys/"+d.Survey.ID, "unit", string(l.Unit.Code))
		if l.Unit.No == d.Unit.No {
			href = ""
		}
		season, place := "", ""
		if l.Answer != nil {
			season, place = l.Answer.Season, l.Answer.Place
		}
		c.add(registerCell{Text: l.Unit.Name, Href: href}, plainCell(t.n(l.Need.Total)), plainCell(t.n(l.Named)), plainCell(t.without(l.Without)), plainCell(season), plainCell(place),
			plainCell(t.answerState(l)))
	}
	return c
}

// without counts people without a file, by group.
func (t classText) without(m map[class.Group]int) string {
	var parts []string
	for _, g := range class.Groups() {
		if m[g] > 0 {
			parts = append(parts, i18n.Count(t.lang, m[g])+" "+g.Words())
		}
	}
	return strings.Join(parts, ", ")
}

func (t classText) answerState(l app.ClassSurveyLine) string {
	below := 0
	for _, a := range l.Below {
		if a.State == class.AnswerSent {
			below++
		}
	}
	switch {
	case l.Sent():
		return t.text("class.answer.sent", "day", t.day(l.Answer.Sent))
	case l.Late:
		return t.text("class.answer.late")
	case l.Answer != nil:
		return t.text("class.answer.draft")
	case below > 0:
		return t.text("class.answer.below", "n", below)
	}
	return t.text("class.answer.none")
}

// surveyPeople are those whom units named: the list of a class in the making.
func (t classText) surveyPeople(d app.ClassSurveyPage) classTable {
	c := t.table(t.text("class.survey.people"), "file.col.name", "file.field.birth", "file.field.sex", "file.col.unit", "class.col.group", "class.col.need")
	c.Empty = t.text("class.survey.nobody")
	for _, p := range d.People {
		c.add(plainCell(p.Name), plainCell(t.day(p.Birth)), plainCell(sexWords(t.r, p.Sex)), plainCell(placeUnit(p)), plainCell(p.Group.Words()), plainCell(p.Need.Short()))
	}
	return c
}

func (s *Server) downloadClassSurvey(w http.ResponseWriter, r *request) error {
	d, err := s.app.ClassSurvey(r.Context(), r.who, r.PathValue("id"), r.FormValue("unit"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	c, units := t.surveyPeople(d), t.surveyUnits(d)
	notes := []string{}
	for _, row := range units.Rows {
		if row[4].Text != "" || row[5].Text != "" {
			notes = append(notes, joinWords("; ", row[1].Text+": "+t.text("class.survey.sheet", "n", row[3].Text), row[4].Text, row[5].Text, row[6].Text))
		}
	}
	return s.sendLearners(w, r, "class_survey", string(d.Unit.Code), "khao-sat-lop-"+r.today.String(), registerSheet(d.Survey.Title, d.Unit.Name, c.Columns, c.Rows, notes))
}

// changeClassSurvey gives more time, closes the survey or opens it again.
func (s *Server) changeClassSurvey(w http.ResponseWriter, r *request) error {
	version := wantedNumber(r.PostFormValue("version"))
	due, ok := writtenDay(r.PostFormValue("due"))
	if !ok {
		return s.classSurveyPage(w, r, http.StatusUnprocessableEntity, r.PostFormValue("due"), i18n.Text(r.Context(), "act.wrong.day", "typed", r.PostFormValue("due")))
	}
	shut := r.PostFormValue("do") == "close"
	found, err := s.app.ChangeClassSurvey(r.Context(), r.who, r.PathValue("id"), version, due, shut)
	if err != nil {
		return err
	}
	if rule.Blocked(found) {
		return s.classSurveyPage(w, r, http.StatusUnprocessableEntity, r.PostFormValue("due"), found[0].Message)
	}
	key := "class.survey.extended"
	if shut {
		key = "class.survey.closed"
	}
	return s.redirect(w, r, "/class-surveys/"+r.PathValue("id"), i18n.Text(r.Context(), key))
}

// A classAnswerPage is the answer of a unit as it is typed.
type classAnswerPage struct {
	ui.Base
	Lead, Ask, Action, Back string
	Sheet                   sheetHeading
	Unit                    string
	Version                 int
	People                  []classTick
	Others                  []classTick
	Groups                  []ui.Input
	Place, Season, Note     ui.Input
	Problem                 ui.ProblemBox
	Below                   []string
	Sent                    string
	May                     bool
	Closed                  string
}

// A classTick is a person who may be ticked.
type classTick struct {
	Value, Name, About, Note string
	Ticked, Late             bool
}

func (s *Server) showClassAnswer(w http.ResponseWriter, r *request) error {
	return s.classAnswerPage(w, r, http.StatusOK, nil, nil)
}

func (s *Server) classAnswerPage(w http.ResponseWriter, r *request, status int, typed map[string][]string, faults map[string]string) error {
	d, err := s.app.ClassAnswer(r.Context(), r.who, r.PathValue("id"), r.FormValue("unit"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	v, code := d.Survey, string(d.Unit.Code)
	p := classAnswerPage{Base: s.base(r, t.text("class.answer.title"), ui.Crumb{Label: t.text("class.menu"), Href: "/classes"}, ui.Crumb{Label: v.Title, Href: address("/class-surveys/"+v.ID, "unit", code)}),
		Lead: t.text("class.answer.lead", "unit", d.Unit.Name, "due", t.day(v.Due)), Ask: v.Question, Action: answerHref(v.ID, code), Unit: code,
		Back: address("/class-surveys/"+v.ID, "unit", code), Version: d.Answer.Version, May: d.May, Sheet: sheetOf(r, d.Line), Problem: slips(faults, classAnswerFields()...)}
	if d.Answer.State == class.AnswerSent {
		p.Sent = t.text("class.answer.sent", "day", t.day(d.Answer.Sent))
	}
	if !d.May {
		p.Closed = t.text("class.answer.closed")
	}
	for _, l := range d.Below {
		p.Below = append(p.Below, l.Unit.Name+": "+t.answerState(l))
	}
	value := func(name, kept string) string {
		if typed != nil {
			return strings.Join(typed[name], "")
		}
		return kept
	}
	for _, l := range d.People {
		k := classTick{Value: l.File, Name: l.Name, About: joinWords(" · ", t.day(l.Birth), l.UnitName), Note: l.Need.Words(), Ticked: l.Ticked, Late: l.Need.Pressing()}
		if l.Below {
			k.About = joinWords(" · ", k.About, t.text("class.answer.by_branch"))
		}
		k.keep(typed)
		p.People = append(p.People, k)
	}
	for _, f := range d.Others {
		k := classTick{Value: f.ID, Name: f.Name, About: joinWords(" · ", t.day(f.Birth), f.UnitName), Note: f.Stage.Words()}
		k.keep(typed)
		p.Others = append(p.Others, k)
	}
	for _, g := range class.Groups() {
		name := "without_" + string(g)
		p.Groups = append(p.Groups, ui.Input{Name: name, Label: i18n.Sentence(g.Words()), Value: value(name, t.n(d.Answer.Without[g])), Error: faults[name], Optional: true, Short: true,
			Attrs: map[string]any{"inputmode": "numeric", "autocomplete": "off"}})
	}
	field := func(name, kept string) ui.Input {
		return ui.Input{Name: name, Label: t.text("class.answer." + name), Value: value(name, kept), Error: faults[name], Optional: true}
	}
	p.Place, p.Season, p.Note = field("place", d.Answer.Place), field("season", d.Answer.Season), field("note", d.Answer.Note)
	return s.page(w, r, status, classAnswerView(p))
}

func (k *classTick) keep(typed map[string][]string) {
	if typed != nil {
		k.Ticked = slices.Contains(typed["file"], k.Value)
	}
}

func classAnswerFields() []string {
	out := []string{"place", "season", "note"}
	for _, g := range class.Groups() {
		out = append(out, "without_"+string(g))
	}
	return out
}

func (s *Server) saveClassAnswer(w http.ResponseWriter, r *request) error {
	t := classTextOf(r)
	ask := app.ClassAnswerAsk{Files: slices.Compact(slices.Sorted(slices.Values(r.PostForm["file"]))), Place: r.PostFormValue("place"), Season: r.PostFormValue("season"), Note: r.PostFormValue("note"),
		Without: map[class.Group]int{}, Send: r.PostFormValue("do") == "send"}
	ask.Version = wantedNumber(r.PostFormValue("version"))
	faults := map[string]string{}
	for _, g := range class.Groups() {
		name := "without_" + string(g)
		text := strings.TrimSpace(r.PostFormValue(name))
		if text == "" {
			continue
		}
		n, ok := writtenNumber(text)
		if !ok {
			faults[name] = t.text("class.answer.number", "typed", text)
			continue
		}
		if n > 0 {
			ask.Without[g] = n
		}
	}
	if len(faults) > 0 {
		return s.classAnswerPage(w, r, http.StatusUnprocessableEntity, r.PostForm, faults)
	}
	unit := r.FormValue("unit")
	found, err := s.app.AnswerClassSurvey(r.Context(), r.who, r.PathValue("id"), unit, ask)
	switch {
	case err != nil && errs.KindOf(err) == errs.Stale:
		return s.classAnswerPage(w, r, http.StatusConflict, r.PostForm, map[string]string{"": t.text("class.answer.stale")})
	case err != nil:
		return err
	case rule.Blocked(found):
		return s.classAnswerPage(w, r, http.StatusUnprocessableEntity, r.PostForm, classFaults(found))
	}
	if ask.Send {
		return s.redirect(w, r, address("/class-surveys/"+r.PathValue("id"), "unit", unit), t.text("class.answer.thanks", "n", len(ask.Files)))
	}
	return s.redirect(w, r, answerHref(r.PathValue("id"), unit), t.text("class.answer.kept"))
}
