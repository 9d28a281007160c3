package web

import (
	"net/http"
	"slices"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) verificationRoutes() {
	s.get("/files/{id}/verification", s.showVerification)
	s.get("/files/{id}/verification/{step}", s.showVerificationStep)
	s.post("/files/{id}/verification/{step}", s.recordVerificationStep)
	s.get("/verification", s.listVerifications)
	s.get("/verification.xlsx", s.downloadVerifications)
	s.post("/verification/remind", s.remindVerifications)
	s.get("/verification/send", s.showSendVerifications)
	s.post("/verification/send", s.sendVerifications)
}

// stepConclude is the form of the conclusion, which is an act and no step.
const stepConclude admission.StepKind = "conclude"

// A verificationPage is Thẩm tra lý lịch of one file.
type verificationPage struct {
	ui.Base
	Lead     string
	File     string // address of the file
	Note     string // why nothing can be recorded now
	Acts     []ui.Fact
	Missing  string
	Subjects []verificationSubject
	Menu     []ui.Action
	History  []ui.Event
}

// A verificationSubject is one who must be verified, with the places that are asked.
type verificationSubject struct {
	ID, Name string
	Exempt   string
	Rows     []verificationRow
	Acts     []ui.Link
}

// A verificationRow is one request.
type verificationRow struct {
	Place, Notes, Left, State, Holder string
	Days                              []ui.Fact // sent, received, due
	Mood                              ui.Mood
	Next                              *ui.Action
	Also                              []ui.Link
}

// A verificationViewer draws the verification of a file for a reader.
type verificationViewer struct {
	fileViewer
	page app.VerificationPage
}

func (s *Server) verificationViewer(r *request, p app.VerificationPage) verificationViewer {
	return verificationViewer{fileViewer{FilePage: p.FilePage, r: r, lang: i18n.From(r.Context())}, p}
}

func (s *Server) showVerification(w http.ResponseWriter, r *request) error {
	p, err := s.app.Verification(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := s.verificationViewer(r, p)
	page := verificationPage{Base: s.base(r, v.text("verification.title"), v.fileCrumbs()...), File: v.href(""), Lead: v.lead(),
		Note: v.note(), Acts: v.acts(), Missing: v.missing(), Menu: v.actions(), History: v.history()}
	for _, u := range p.Verification.Subjects {
		page.Subjects = append(page.Subjects, v.subject(u))
	}
	return s.page(w, r, http.StatusOK, verificationView(page))
}

func (v verificationViewer) fileCrumbs() []ui.Crumb {
	return append(v.crumbs(), ui.Crumb{Label: v.File.Name, Href: "/files/" + v.File.ID})
}

func (v verificationViewer) lead() string {
	return v.text("verification.lead", "name", v.File.Name, "unit", v.Unit.Name, "stage", v.File.Stage.Words())
}

// href is the address of the file, of its verification ("/verification") or of a step.
func (v verificationViewer) href(tail string) string { return "/files/" + v.File.ID + tail }

func (v verificationViewer) stepHref(k admission.StepKind, pairs ...string) string {
	return address(v.href("/verification/"+string(k)), pairs...)
}

// open reports whether the file stands where steps may be recorded, and the actor may.
func (v verificationViewer) open() bool { return v.page.MayRecord && v.note() == "" }

func (v verificationViewer) note() string {
	switch stages := admission.Stages(); {
	case slices.Contains([]admission.Stage{admission.Applying, admission.Verifying, admission.Verified, admission.Held}, v.File.Stage):
		return ""
	case slices.Index(stages, v.File.Stage) < slices.Index(stages, admission.Applying):
		return v.text("verification.not_yet")
	}
	return v.text("verification.over")
}

// acts is what the file itself says of its verification.
func (v verificationViewer) acts() []ui.Fact {
	q, ok := v.File.RequestOfActs()
	if !ok {
		return nil
	}
	out := []ui.Fact{{Term: v.text("verification.acts.sent"), Value: i18n.Date(v.lang, q.Sent), Note: q.Place}}
	if !q.Received.IsZero() {
		due := v.page.Terms[""]
		out = append(out, ui.Fact{Term: v.text("verification.acts.received"), Value: i18n.Date(v.lang, q.Received)},
			ui.Fact{Term: v.text("verification.acts.due"), Value: i18n.Date(v.lang, due.Due), Note: due.Cite})
	}
	for _, a := range slices.Backward(v.File.Acts) {
		if a.Code == admission.ConcludeVerification && !a.Voided {
			return append(out, ui.Fact{Term: v.text("verification.acts.concluded"), Value: v.text("verification.acts." + string(a.Result)), Note: i18n.Date(v.lang, a.On)})
		}
	}
	return out
}

// missing names the parents who are not in the list, and who else may have to be.
func (v verificationViewer) missing() string {
	if !v.open() || v.File.Stage == admission.Verified {
		return ""
	}
	has := map[admission.Relation]bool{}
	for _, u := range v.page.Verification.Subjects {
		has[u.Relation] = true
	}
	var who []string
	for _, rel := range []admission.Relation{admission.Father, admission.Mother} {
		if !has[rel] && !has[admission.Guardian] {
			who = append(who, rel.Words())
		}
	}
	text := ""
	if len(who) > 0 {
		text = v.text("verification.missing", "who", strings.Join(who, ", ")) + " "
	}
	if !has[admission.Spouse] {
		text += v.text("verification.missing.if_any")
	}
	return strings.TrimSpace(text)
}

// actions are the forms that fit now; the first that the road waits for is primary.
func (v verificationViewer) actions() []ui.Action {
	if !v.open() {
		return nil
	}
	var out []ui.Action
	for _, k := range []admission.StepKind{admission.StepRequest, admission.StepSubject, admission.StepExempt, admission.StepSend, admission.StepReceive,
		admission.StepRemind, admission.StepAnswer, stepConclude} {
		if v.possible(k) {
			out = append(out, ui.Action{Label: v.stepWords(k), Href: v.stepHref(k), Wide: true})
		}
	}
	return out
}

// possible reports whether a step has anything to be recorded about.
func (v verificationViewer) possible(k admission.StepKind) bool {
	switch k {
	case admission.StepSubject:
		return true
	case admission.StepExempt, admission.StepRequest:
		return len(v.subjectsFor(k)) > 0
	case admission.StepUndo:
		return len(v.page.Verification.Steps) > 0
	case stepConclude:
		return slices.Contains(v.Possible, admission.ConcludeVerification)
	}
	return len(v.requestsFor(k)) > 0
}

// subjectsFor are those whom a step may be about.
func (v verificationViewer) subjectsFor(k admission.StepKind) []admission.Subject {
	var out []admission.Subject
	for _, u := range v.page.Verification.Subjects {
		busy := u.Relation == admission.Self || slices.ContainsFunc(u.Requests, admission.Request.Open)
		if u.Exemption == "" && (k == admission.StepRequest || !busy) {
			out = append(out, u)
		}
	}
	return out
}

// requestsFor are those that a step may follow on.
func (v verificationViewer) requestsFor(k admission.StepKind) []admission.Request {
	return slices.DeleteFunc(v.page.Verification.Requests(), func(q admission.Request) bool { return !q.Takes(k) })
}

func (v verificationViewer) stepWords(k admission.StepKind) string {
	if k == stepConclude {
		return v.text("verification.step.conclude")
	}
	return k.Words()
}

func (v verificationViewer) subject(u admission.Subject) verificationSubject {
	out := verificationSubject{ID: "v-" + u.ID, Name: i18n.Sentence(u.Words())}
	if u.Exemption != "" {
		why := u.Exemption.Words()
		if u.Note != "" {
			why += " (" + u.Note + ")"
		}
		out.Exempt = v.text("verification.subject.exempt", "day", i18n.Date(v.lang, u.ExemptOn), "why", why)
	}
	for _, q := range u.Requests {
		out.Rows = append(out.Rows, v.row(q))
	}
	if !v.open() {
		return out
	}
	for _, k := range []admission.StepKind{admission.StepRequest, admission.StepExempt} {
		if slices.ContainsFunc(v.subjectsFor(k), func(x admission.Subject) bool { return x.ID == u.ID }) {
			out.Acts = append(out.Acts, ui.Link{Label: v.text("verification.do." + string(k)), Href: v.stepHref(k, "subject", u.ID)})
		}
	}
	if u.Last != "" && (u.Exemption != "" || len(u.Requests) == 0) {
		out.Acts = append(out.Acts, ui.Link{Label: v.text("verification.do.undo"), Href: v.stepHref(admission.StepUndo, "of", u.Last)})
	}
	return out
}

func (v verificationViewer) row(q admission.Request) verificationRow {
	d := v.page.Terms[q.ID]
	row := verificationRow{Place: q.Place, Days: v.days(q, d), State: i18n.Sentence(q.State.Words()), Mood: ui.Todo, Notes: v.requestNotes(q)}
	switch q.State {
	case admission.RequestAnswered:
		row.Mood = ui.Done
	case admission.RequestWithdrawn:
		row.Mood = ui.Shut
	case admission.RequestDrafted:
		row.Holder = v.text("verification.holder.branch")
	default:
		row.Holder = v.text("verification.holder.place")
	}
	switch {
	case d.Due.IsZero():
	case d.Late || d.Done.IsZero() && d.Due.Before(v.Today):
		end := d.Done
		if end.IsZero() {
			end, row.Mood = v.Today, ui.Late
		}
		row.Left = v.text("verification.late", "n", max(v.Calendar.WorkingBetween(d.Due, end), 1))
	case d.Done.IsZero():
		row.Mood, row.Left = dueMood(d.Due, v.Today), v.text("verification.left", "n", v.Calendar.WorkingBetween(v.Today, d.Due))
	}
	if v.open() {
		v.rowActs(q, &row)
	}
	return row
}

// days are those of a request that are known.
func (v verificationViewer) days(q admission.Request, d admission.Deadline) []ui.Fact {
	var out []ui.Fact
	for _, x := range []struct {
		key string
		day date.Date
	}{{"verification.col.sent", q.Sent}, {"verification.col.received", q.Received}, {"verification.col.due", d.Due}} {
		if !x.day.IsZero() {
			out = append(out, ui.Fact{Term: v.text(x.key), Value: i18n.Date(v.lang, x.day)})
		}
	}
	return out
}

// rowActs are what may follow on a request: the first as a button.
func (v verificationViewer) rowActs(q admission.Request, row *verificationRow) {
	for _, k := range []admission.StepKind{admission.StepSend, admission.StepReceive, admission.StepAnswer, admission.StepRemind, admission.StepWithdraw} {
		if !q.Takes(k) {
			continue
		}
		label, href := v.text("verification.do."+string(k)), v.stepHref(k, "request", q.ID)
		if row.Next == nil {
			row.Next = &ui.Action{Label: label, Href: href}
			continue
		}
		row.Also = append(row.Also, ui.Link{Label: label, Href: href})
	}
	row.Also = append(row.Also, ui.Link{Label: v.text("verification.do.undo"), Href: v.stepHref(admission.StepUndo, "of", q.Last)})
}

func (v verificationViewer) requestNotes(q admission.Request) string {
	notes := []string{q.Way.Words()}
	if q.Abroad {
		notes = append(notes, v.text("verification.abroad"))
	}
	if q.Number != "" {
		notes = append(notes, v.text("verification.number", "number", q.Number))
	}
	if len(q.Reminded) > 0 {
		days := make([]string, len(q.Reminded))
		for i, d := range q.Reminded {
			days[i] = i18n.Date(v.lang, d)
		}
		notes = append(notes, v.text("verification.reminded", "days", strings.Join(days, ", ")))
	}
	if !q.Answered.IsZero() {
		notes = append(notes, v.text("verification.answered", "day", i18n.Date(v.lang, q.Answered)))
		if paper := verificationPaper(v.lang, q.AnswerNumber, q.AnswerDated); paper != "" {
			notes = append(notes, v.text("verification.answered.paper", "paper", paper))
		}
	}
	if !q.Withdrawn.IsZero() {
		notes = append(notes, v.text("verification.withdrawn", "day", i18n.Date(v.lang, q.Withdrawn), "why", q.Note))
	}
	return strings.Join(notes, " · ")
}

// verificationPaper names a paper by its number and day, as far as they are known.
func verificationPaper(lang i18n.Lang, number string, on date.Date) string {
	if number != "" && !on.IsZero() {
		return number + ", " + i18n.Date(lang, on)
	}
	return number + i18n.Date(lang, on)
}
