package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A verificationForm is what was typed, as it was typed.
type verificationForm struct {
	On, Number, Relation, Name, Exemption, Place, Way, Dated, Note, Undoes, Result string
	Subjects, Requests                                                             []string
	Abroad, Stamped, Carried, Confirm                                              bool
	File, Steps                                                                    int // what was seen; -1 where it is none
}

func verificationFormOf(r *request) verificationForm {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f := verificationForm{On: get("on"), Number: get("number"), Relation: get("relation"), Name: get("name"), Exemption: get("exemption"),
		Place: get("place"), Way: get("way"), Dated: get("dated"), Note: get("note"), Undoes: get("undoes"), Result: get("result"),
		Subjects: r.PostForm["subject"], Requests: r.PostForm["request"],
		Abroad: get("abroad") != "", Stamped: get("stamped") != "", Carried: get("carried") != "", Confirm: get("confirm") == "1", File: -1, Steps: -1}
	if n, ok := writtenNumber(get("version")); ok {
		f.File = n
	}
	if n, ok := writtenNumber(get("steps")); ok {
		f.Steps = n
	}
	return f
}

// A verificationStepPage is the form of one step, or of the conclusion.
type verificationStepPage struct {
	ui.Base
	Kind     admission.StepKind
	Action   string
	Back     string
	Lead     string
	Why      string
	What     string // of an undo: what is taken back
	Form     verificationForm
	Errors   map[string]string
	Problem  ui.ProblemBox
	Choices  []ui.Option // requests, or subjects
	Subjects bool
	One      bool // of the choices one only
	Options  []ui.Option
	Day      string
	Confirm  bool
	Stale    bool
}

func (p verificationStepPage) chosen(id string) bool {
	if p.Subjects {
		return slices.Contains(p.Form.Subjects, id)
	}
	return slices.Contains(p.Form.Requests, id)
}

// choice is the name under which the choices are sent.
func (p verificationStepPage) choice() string {
	if p.Subjects {
		return "subject"
	}
	return "request"
}

// verificationOn returns the verification and the step of the address.
func (s *Server) verificationOn(r *request) (verificationViewer, admission.StepKind, error) {
	k := admission.StepKind(r.PathValue("step"))
	if !k.Valid() && k != stepConclude {
		return verificationViewer{}, k, errs.E(errs.NotFound, "error.not_found")
	}
	p, err := s.app.Verification(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return verificationViewer{}, k, err
	}
	if !p.MayRecord {
		return verificationViewer{}, k, errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.verificationViewer(r, p), k, nil
}

func (s *Server) showVerificationStep(w http.ResponseWriter, r *request) error {
	v, k, err := s.verificationOn(r)
	if err != nil {
		return err
	}
	if v.note() != "" || !v.possible(k) {
		return errs.E(errs.Conflict, "verification.not_now", "step", v.stepWords(k))
	}
	form := verificationForm{On: v.Today.String(), Way: string(admission.ByPost), Undoes: r.FormValue("of"),
		File: v.page.Read.File, Steps: v.page.Read.Steps}
	p := v.form(s, k, form, nil, ui.ProblemBox{})
	for _, c := range p.Choices {
		if len(p.Choices) == 1 || c.Value == r.FormValue(p.choice()) {
			p.Form.Subjects, p.Form.Requests = []string{c.Value}, []string{c.Value}
		}
	}
	if len(p.Options) == 1 && k == stepConclude {
		p.Form.Result = p.Options[0].Value
	}
	return s.page(w, r, http.StatusOK, verificationStepView(p))
}

func (v verificationViewer) form(s *Server, k admission.StepKind, form verificationForm, faults map[string]string, box ui.ProblemBox) verificationStepPage {
	crumbs := append(v.fileCrumbs(), ui.Crumb{Label: v.text("verification.title"), Href: v.href("/verification")})
	p := verificationStepPage{Base: s.base(v.r, v.stepWords(k), crumbs...), Kind: k, Action: v.stepHref(k), Back: v.href("/verification"),
		Lead: v.text("verification.step.lead", "name", v.File.Name, "unit", v.Unit.Name), Why: v.text("verification.why." + string(k)),
		Form: form, Errors: faults, Problem: box}
	add := func(value, label string) {
		p.Options = append(p.Options, ui.Option{Value: value, Label: i18n.Sentence(label)})
	}
	switch k {
	case admission.StepSubject:
		for _, x := range admission.Relations() {
			add(string(x), x.Words())
		}
	case admission.StepExempt:
		for _, x := range admission.Exemptions() {
			add(string(x), x.Words())
		}
		p.Subjects, p.One = true, true
	case admission.StepRequest:
		for _, x := range []admission.Way{admission.ByPost, admission.ByMembers} {
			add(string(x), x.Words())
		}
		p.Subjects = true
	case admission.StepUndo:
		p.What = v.undone(form.Undoes)
	case stepConclude:
		add(string(admission.ResultClear), v.text("verification.acts.clear"))
		if v.page.MayHold {
			add(string(admission.ResultHeld), v.text("verification.acts.held"))
		}
		p.Day = v.text("verification.day.conclude")
	default:
		p.Day = v.text("verification.day." + string(k))
	}
	p.Choices = v.choices(k)
	return p
}

// choices are the subjects or the requests that a step may be about.
func (v verificationViewer) choices(k admission.StepKind) []ui.Option {
	var out []ui.Option
	switch k {
	case admission.StepExempt, admission.StepRequest:
		for _, u := range v.subjectsFor(k) {
			out = append(out, ui.Option{Value: u.ID, Label: i18n.Sentence(u.Words())})
		}
	case admission.StepSend, admission.StepReceive, admission.StepRemind, admission.StepAnswer, admission.StepWithdraw:
		for _, q := range v.requestsFor(k) {
			out = append(out, ui.Option{Value: q.ID, Label: i18n.Sentence(v.nameOf(q.Subject)) + " — " + q.Place})
		}
	}
	return out
}

// undone says which step would be taken back.
func (v verificationViewer) undone(id string) string {
	for _, s := range v.page.Verification.Steps {
		if s.ID == id {
			return s.Kind.Words() + " (" + v.about(s) + "), " + i18n.Date(v.lang, s.On)
		}
	}
	return ""
}

func (s *Server) recordVerificationStep(w http.ResponseWriter, r *request) error {
	form := verificationFormOf(r)
	v, k, err := s.verificationOn(r)
	if err != nil {
		return err
	}
	read := app.VerificationVersion{File: form.File, Steps: form.Steps}
	if read != v.page.Read {
		return s.staleVerification(w, r, v, k, form)
	}
	faults := map[string]string{}
	on, dated := v.typedDay("on", form.On, faults), v.typedDay("dated", form.Dated, faults)
	steps := form.steps(k, on, dated)
	if len(steps) == 0 && k != stepConclude {
		name := "request"
		if k == admission.StepExempt || k == admission.StepRequest {
			name = "subject"
		}
		faults[name] = v.text("verification.none_of")
	}
	if len(faults) > 0 {
		box := slips(faults, "subject", "request", "on", "dated")
		return s.page(w, r, http.StatusUnprocessableEntity, verificationStepView(v.form(s, k, form, faults, box)))
	}
	var done app.Verified
	if k == stepConclude {
		done, err = s.app.ConcludeVerification(r.Context(), r.who, v.File.ID, on, admission.Result(form.Result), read, !form.Confirm)
	} else {
		done, err = s.app.RecordVerification(r.Context(), r.who, v.File.ID, steps, read, !form.Confirm)
	}
	switch {
	case err != nil && errs.KindOf(err) == errs.Stale:
		return s.staleVerification(w, r, v, k, form)
	case err != nil:
		return err
	case done.Written:
		return s.redirect(w, r, v.href("/verification"), v.text("verification.done", "step", v.stepWords(k)))
	}
	return s.refusedVerification(w, r, v, k, form, done.Findings)
}

func (v verificationViewer) typedDay(field, text string, faults map[string]string) date.Date {
	d, ok := writtenDay(text)
	if !ok {
		faults[field] = v.text("act.wrong.day", "typed", text)
	}
	return d
}

// steps are what the form asks to be recorded: one for each that was chosen.
func (f verificationForm) steps(k admission.StepKind, on, dated date.Date) []admission.VerificationStep {
	s := admission.VerificationStep{Kind: k, Note: f.Note}
	switch k {
	case admission.StepSubject:
		s.Relation, s.Name, s.Note = admission.Relation(f.Relation), f.Name, ""
		return []admission.VerificationStep{s}
	case admission.StepUndo:
		s.Undoes = f.Undoes
		return []admission.VerificationStep{s}
	case stepConclude:
		return nil
	case admission.StepExempt:
		s.Exemption = admission.Exemption(f.Exemption)
	case admission.StepRequest:
		s.Place, s.Abroad, s.Way, s.Note = f.Place, f.Abroad, admission.Way(f.Way), ""
	case admission.StepSend:
		s.Number, s.Stamped, s.Carried, s.Note = f.Number, f.Stamped, f.Carried, ""
	case admission.StepAnswer:
		s.Number, s.Dated, s.Note = f.Number, dated, ""
	case admission.StepReceive, admission.StepRemind:
		s.Note = ""
	}
	var out []admission.VerificationStep
	if k == admission.StepExempt || k == admission.StepRequest {
		for _, id := range f.Subjects {
			s.Subject = id
			out = append(out, s)
		}
		return out
	}
	s.On = on
	for _, id := range f.Requests {
		s.Request = id
		out = append(out, s)
	}
	return out
}

// refusedVerification shows the form again: refused, or with warnings that must be read.
func (s *Server) refusedVerification(w http.ResponseWriter, r *request, v verificationViewer, k admission.StepKind, form verificationForm, findings []rule.Finding) error {
	findings = verificationOnce(findings)
	faults := map[string]string{}
	for _, f := range findings {
		if text := beside(findings, f.Field); f.Field != "" && text != "" {
			faults[f.Field] = text
		}
	}
	p := v.form(s, k, form, faults, problem(findings))
	status := http.StatusUnprocessableEntity
	if !rule.Blocked(findings) {
		status, p.Confirm = http.StatusOK, true
	}
	return s.page(w, r, status, verificationStepView(p))
}

// verificationOnce drops what was said of one step and again of another of the same form.
func verificationOnce(findings []rule.Finding) []rule.Finding {
	var out []rule.Finding
	for _, f := range findings {
		if !slices.ContainsFunc(out, func(x rule.Finding) bool { return x.Message == f.Message && x.Field == f.Field }) {
			out = append(out, f)
		}
	}
	return out
}

// staleVerification shows what was typed, and the way to the page as it is now.
func (s *Server) staleVerification(w http.ResponseWriter, r *request, v verificationViewer, k admission.StepKind, form verificationForm) error {
	p := v.form(s, k, form, nil, ui.ProblemBox{Mood: ui.Late, Heading: v.text("error.stale.title"), Findings: []ui.Finding{{Message: v.text("file.stale")}}})
	p.Stale = true
	return s.page(w, r, http.StatusConflict, verificationStepView(p))
}

// first is the one subject that is chosen.
func (p verificationStepPage) first() string {
	if len(p.Form.Subjects) == 0 {
		return ""
	}
	return p.Form.Subjects[0]
}

// resultHelp says why a branch finds only one conclusion.
func (p verificationStepPage) resultHelp(ctx context.Context) string {
	if len(p.Options) == 1 {
		return i18n.Text(ctx, "act.result_help")
	}
	return ""
}
