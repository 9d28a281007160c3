package web

import (
	"net/http"
	"strconv"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A ruleFormFigure is the row of a figure in the form of a set.
type ruleFormFigure struct {
	Title, Unit                      string
	Amount, Extension, Start, Clause ui.Input
	Extends, Starts                  bool
}

// A ruleFormPage is the form of a change.
type ruleFormPage struct {
	ui.Base
	Kind, Lead string
	Subject    ui.Input
	Subjects   []ui.Option // none where the subject stands fast or is typed
	Fixed      []ui.Fact   // what the change is about
	From       ui.Input
	Inputs     []ui.Input // of a figure: amount and extension
	Start      *ui.Input
	Starts     []ui.Option
	Severity   *ui.Input
	Severities []ui.Option
	Documents  *ui.Input
	Confidence *ui.Input
	Sure       []ui.Option
	Figures    []ruleFormFigure
	Day        *ui.Input
	DayKinds   []ui.Option
	Name       *ui.Input
	Announced  *ui.Input
	Document   ui.Input
	Reason     ui.Input
	Problem    ui.ProblemBox
}

func (s *Server) newRuleChange(w http.ResponseWriter, r *request) error {
	desk, err := s.app.RuleDesk(r.Context(), r.who)
	if err != nil {
		return err
	}
	return s.ruleForm(w, r, desk, http.StatusOK, nil)
}

func (s *Server) ruleForm(w http.ResponseWriter, r *request, desk app.RulesPage, status int, fault *errs.Error) error {
	ctx := r.Context()
	kind := r.FormValue("kind")
	f := ruleFiller{r: r, desk: desk}
	f.page.Problem, f.errors = faults(r, fault)
	f.page.Kind = kind
	switch kind {
	case app.RuleTerm:
		f.term()
	case app.RuleSet:
		f.set()
	case app.RuleSeverity:
		f.severity()
	case app.RuleHoliday:
		f.day()
	case app.RuleRevoke:
		f.revoke()
	default:
		return errs.E(errs.NotFound, "error.not_found")
	}
	f.page.Base = s.base(r, i18n.Text(ctx, "rule.form."+kind), ruleCrumb(r))
	f.page.Lead = i18n.Text(ctx, "rule.form."+kind+".lead")
	f.common()
	return s.page(w, r, status, ruleFormView(f.page))
}

// A ruleFiller fills the form of a change: with what was typed, or with what holds now.
type ruleFiller struct {
	r      *request
	desk   app.RulesPage
	errors map[string]string
	page   ruleFormPage
}

func (f *ruleFiller) text(key string, args ...any) string {
	return i18n.Text(f.r.Context(), key, args...)
}

// input is a field with what was typed, or what is offered.
func (f *ruleFiller) input(name, label, offer, help string) ui.Input {
	value := offer
	if f.r.Form.Has(name) {
		value = f.r.FormValue(name)
	}
	return ui.Input{Name: name, Label: label, Value: value, Help: help, Error: f.errors[name]}
}

func (f *ruleFiller) number(name, label, offer, help string) ui.Input {
	in := f.input(name, label, offer, help)
	in.Short, in.Attrs = true, map[string]any{"inputmode": "numeric", "maxlength": "4"}
	return in
}

func (f *ruleFiller) common() {
	day := "rule.field.from"
	if f.page.Kind == app.RuleHoliday {
		day = "admin.holiday.day"
	}
	if f.page.Kind == app.RuleRevoke {
		day = "rule.field.until"
	}
	offer := f.r.today.AddDays(1).String()
	if f.page.Kind == app.RuleHoliday {
		offer = ""
	}
	f.page.From = f.input("from", f.text(day), offer, "")
	f.page.Document = f.input("document", f.text("rule.field.document"), "", f.text("rule.field.document.help"))
	f.page.Reason = f.input("reason", f.text("rule.field.reason"), "", "")
}

func (f *ruleFiller) term() {
	id := f.r.FormValue("subject")
	f.page.Subject = f.input("subject", f.text("rule.field.term"), "", "")
	info, ok := admission.TermByID(id)
	amount, extension, start := "", "0", ""
	if ok {
		if st, err := f.desk.Sets.Term(id, f.r.today); err == nil {
			amount, extension, start = strconv.Itoa(st.Amount), strconv.Itoa(st.Extension), string(st.Start)
			f.page.Fixed = []ui.Fact{{Term: f.text("rule.field.term"), Value: info.Rule + " — " + info.Words, Note: i18n.Sentence(f.text("rule.counted_from", "from", info.From))},
				{Term: f.text("rule.now"), Value: ruleAmount(f.r, st.Amount, st.Unit), Note: st.Cite}}
		}
	}
	if !ok {
		for _, t := range admission.TermInfos() {
			f.page.Subjects = append(f.page.Subjects, ui.Option{Value: t.ID, Label: t.Rule + " — " + t.Words})
		}
	}
	unit := f.text("rule.unit." + string(rule.WorkingDays))
	if info.Unit == rule.Months {
		unit = f.text("rule.unit." + string(rule.Months))
	}
	help := f.text("rule.field.amount.help", "unit", unit)
	if !ok {
		help = f.text("rule.field.amount.any")
	}
	f.page.Inputs = append(f.page.Inputs, f.number("amount", f.text("rule.field.amount"), amount, help))
	if info.Extends {
		f.page.Inputs = append(f.page.Inputs, f.number("extension", f.text("rule.field.extension"), extension, f.text("rule.field.extension.help")))
	}
	if info.Starts {
		in := f.input("start", f.text("rule.field.start"), start, "")
		f.page.Start, f.page.Starts = &in, f.starts()
	}
}

func (f *ruleFiller) starts() []ui.Option {
	return []ui.Option{{Value: string(rule.Received), Label: i18n.Sentence(f.text("rule.start.received"))}, {Value: string(rule.Issued), Label: i18n.Sentence(f.text("rule.start.issued"))}}
}

func (f *ruleFiller) set() {
	f.page.Subject = f.input("subject", f.text("rule.field.set"), "", f.text("rule.field.set.help"))
	documents := f.input("documents", f.text("rule.field.documents"), "", f.text("rule.field.documents.help"))
	sure := f.input("confidence", f.text("rule.field.confidence"), "", "")
	f.page.Documents, f.page.Confidence = &documents, &sure
	f.page.Sure = []ui.Option{{Value: string(rule.Sourced), Label: f.text("rule.sure.sourced")}, {Value: string(rule.Remembered), Label: f.text("rule.sure.remembered")}}
	for _, t := range admission.TermInfos() {
		name := app.RuleField(t.ID)
		now := ""
		if st, err := f.desk.Sets.Term(t.ID, f.r.today); err == nil {
			now = f.text("rule.field.figure.now", "amount", ruleAmount(f.r, st.Amount, st.Unit))
		}
		row := ruleFormFigure{Title: t.Rule + " — " + t.Words, Extends: t.Extends, Starts: t.Starts, Unit: f.text("rule.unit." + string(t.Unit)),
			Amount: f.number(name, f.text("rule.field.amount"), "", now), Extension: f.number(name+"-extension", f.text("rule.field.extension"), "", ""),
			Start: f.input(name+"-start", f.text("rule.field.start"), "", ""), Clause: f.input(name+"-clause", f.text("rule.field.clause"), "", "")}
		row.Amount.Optional, row.Extension.Optional, row.Start.Optional, row.Clause.Optional = true, true, true, true
		f.page.Figures = append(f.page.Figures, row)
	}
	f.page.Starts = f.starts()
}

func (f *ruleFiller) severity() {
	f.page.Subject = f.input("subject", f.text("rule.field.rule"), "", f.text("rule.field.rule.help"))
	for _, i := range admission.RuleInfos() {
		if i.Turnable() {
			f.page.Subjects = append(f.page.Subjects, ui.Option{Value: i.ID, Label: i.ID + " — " + i.Says})
		}
	}
	if i, ok := admission.RuleByID(f.r.FormValue("subject")); ok && f.errors["subject"] == "" {
		f.page.Subjects = nil
		f.page.Fixed = []ui.Fact{{Term: f.text("rule.field.rule"), Value: i.ID, Note: i.Says}, {Term: f.text("rule.now"), Value: i18n.Sentence(f.text("rule.severity." + string(f.desk.Severity(i, f.r.today))))}}
	}
	in := f.input("severity", f.text("rule.field.severity"), "", "")
	f.page.Severity = &in
	f.page.Severities = []ui.Option{{Value: string(rule.Block), Label: f.text("rule.make.block")}, {Value: string(rule.Warn), Label: f.text("rule.make.warn")}}
}

func (f *ruleFiller) day() {
	day := f.input("off", f.text("admin.holiday.what"), "off", "")
	name := f.input("name", f.text("admin.holiday.name"), "", f.text("rule.field.name.help"))
	announced := f.input("announced", f.text("rule.field.announced"), "", "")
	name.Optional, announced.Optional = true, true
	f.page.Day, f.page.Name, f.page.Announced = &day, &name, &announced
	f.page.DayKinds = []ui.Option{{Value: "off", Label: f.text("admin.holiday.off")}, {Value: "working", Label: f.text("admin.holiday.working")}, {Value: "drop", Label: f.text("rule.field.drop")}}
}

func (f *ruleFiller) revoke() {
	f.page.Subject = f.input("subject", "", "", "")
	for _, c := range f.desk.Changes {
		if c.ID == f.r.FormValue("subject") {
			f.page.Fixed = []ui.Fact{{Term: f.text("rule.field.change"), Value: ruleWhat(f.r, c), Note: c.Document + ": " + c.Reason}}
		}
	}
}
