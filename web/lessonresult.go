package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/class"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A resultPage is who passed and why not, the decision, and the certificates.
type resultPage struct {
	lessonHead
	Counts    []ui.Fact
	Rows      []resultRow
	Decisions []ui.Fact
	Decide    *decideForm
	Issue     *issueForm
	Issued    []issuedRow
	Waiting   []waitingRow
	Retakes   string // that some may write again
	Series    string
	Book      string
	Again     string
	Empty     ui.Nothing
}

// A resultRow is one learner with what became of him.
type resultRow struct {
	N                          int
	Name, Unit, Attended, Mark string
	Mood                       ui.Mood
	State, Grade, Why, Cite    string
}

// A decideForm records the decision.
type decideForm struct {
	Action  string
	Fields  []ui.Input
	Confirm bool // warnings were shown
}

// An issueForm issues certificates, with a preview of their numbers.
type issueForm struct {
	Action  string
	Fields  []ui.Input
	Rows    []issuedRow
	Confirm bool
	Lead    string
}

// An issuedRow is a certificate, issued or about to be.
type issuedRow struct {
	Number, Href, Name, Unit, Grade, On, State string
	Mood                                       ui.Mood
}

// A waitingRow is a certificate that does not stand in the file yet.
type waitingRow struct{ Number, Name, Unit, Why string }

func (s *Server) showResult(w http.ResponseWriter, r *request) error {
	return s.resultPage(w, r, http.StatusOK, "", nil, ui.ProblemBox{})
}

// resultPage shows results and certificates; form says which of its forms was sent.
func (s *Server) resultPage(w http.ResponseWriter, r *request, status int, form string, found []rule.Finding, box ui.ProblemBox) error {
	ctx, id := r.Context(), r.PathValue("id")
	l, err := s.app.Lesson(ctx, r.who, id)
	if err != nil {
		return err
	}
	if status != http.StatusOK && !l.May { // a form that is not theirs is not read back to them
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	id = l.Class.ID
	p := resultPage{lessonHead: s.lessonHead(r, l, "result"), Rows: resultRows(r, l), Book: address("/classes/register", "unit", string(l.Line[0].Code), "kind", string(l.Class.Kind))}
	p.Problem, p.Wide = box, true
	for _, o := range class.Outcomes() {
		if n := len(l.With(o)); n > 0 {
			p.Counts = append(p.Counts, ui.Fact{Term: o.Words(), Value: strconv.Itoa(n), Note: gradeSplit(l, o)})
		}
	}
	for i, d := range l.Results {
		key := "lesson.result.first"
		if i > 0 {
			key = "lesson.result.more"
		}
		p.Decisions = append(p.Decisions, ui.Fact{Term: i18n.Text(ctx, key), Value: d.Number + ", " + i18n.LongDate(i18n.From(ctx), d.On), Note: d.By})
	}
	p.certificates(r, l)
	p.Empty = ui.Nothing{Title: i18n.Text(ctx, "lesson.mark.empty"), Text: i18n.Text(ctx, "lesson.mark.empty.text")}
	if !l.May {
		return s.page(w, r, status, resultView(p))
	}
	if n := len(l.With(class.OutcomeRetake)); n > 0 {
		p.Retakes = i18n.Text(ctx, "lesson.result.retake", "n", n)
	}
	if l.Decidable() > 0 {
		p.Decide = decideFields(r, l, form == "decide", found)
	}
	if l.Decided() {
		ask, faultField := issueAsk(r, form == "issue")
		_, i, err := s.app.Issuing(ctx, r.who, id, ask)
		if err != nil {
			return err
		}
		if len(i.Learners) > 0 {
			p.Issue = issueFields(r, l, i, form == "issue", found, faultField)
		}
	}
	return s.page(w, r, status, resultView(p))
}

func gradeSplit(l app.Lesson, o class.Outcome) string {
	if o != class.OutcomePassed {
		return ""
	}
	var parts []string
	for _, g := range class.Grades() {
		n := 0
		for _, x := range l.With(o) {
			if x.Result.Grade == g {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, g.Words()+" "+strconv.Itoa(n))
		}
	}
	return strings.Join(parts, " · ")
}

func resultRows(r *request, l app.Lesson) (out []resultRow) {
	n := 0
	for _, o := range class.Outcomes() {
		for _, x := range l.With(o) {
			n++
			row := resultRow{N: n, Name: x.Name, Unit: x.UnitName, Mood: outcomeMood(o), State: o.Words(), Grade: x.Result.Grade.Words(),
				Attended: i18n.Text(r.Context(), "lesson.mark.attended", "attended", x.Result.Attended, "periods", x.Result.Periods, "percent", x.Result.Percent())}
			if x.Result.Mark != nil {
				row.Mark = x.Result.Mark.String()
			}
			if o == class.OutcomeNone && x.Frozen == "" {
				row.State = i18n.Text(r.Context(), "lesson.result.unmarked")
			}
			for _, f := range x.Result.Findings {
				row.Why, row.Cite = f.Message, f.Cite
			}
			out = append(out, row)
		}
	}
	return out
}

// certificates fills in what was issued, and what waits.
func (p *resultPage) certificates(r *request, l app.Lesson) {
	for _, c := range l.Certificate {
		p.Issued = append(p.Issued, certificateRow(r, c))
	}
	for _, c := range l.Waiting() {
		p.Waiting = append(p.Waiting, waitingRow{class.FormatNumber(c.Kind, c.Number), c.Name, c.UnitName, c.Waiting})
	}
	if len(p.Issued) > 0 && l.All {
		p.Series = lessonHref(l.Class.ID, "certificates.pdf")
	}
	if len(p.Waiting) > 0 && l.May {
		p.Again = lessonHref(l.Class.ID, "certificates/again")
	}
}

// decideFields is the form of the decision: what was typed, or what is usual.
func decideFields(r *request, l app.Lesson, sent bool, found []rule.Finding) *decideForm {
	ctx := r.Context()
	f := &decideForm{Action: lessonHref(l.Class.ID, "result"), Confirm: sent && len(found) > 0 && !rule.Blocked(found)}
	value := func(name, usual string) string {
		if sent {
			return r.PostFormValue(name)
		}
		return usual
	}
	signer, title := "", ""
	if l.Decided() {
		signer, title = l.Results[0].Signer, l.Results[0].Title
	}
	for _, x := range []struct {
		name, usual, kind string
		optional          bool
	}{{"number", "", "", false}, {"on", l.Today.String(), "date", false}, {"title", title, "", true}, {"signer", signer, "", true}} {
		in := ui.Input{Name: x.name, ID: "decide-" + x.name, Label: i18n.Text(ctx, "lesson.decide."+x.name), Value: value(x.name, x.usual), Type: x.kind, Optional: x.optional, Short: x.kind == "date"}
		if sent {
			in.Error = beside(found, x.name)
		}
		f.Fields = append(f.Fields, in)
	}
	f.Fields[0].Help = i18n.Text(ctx, "lesson.decide.number.help")
	f.Fields[2].Help = i18n.Text(ctx, "lesson.decide.title.help")
	return f
}

func (s *Server) decideResult(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	on, _ := writtenDay(r.PostFormValue("on"))
	found, written, err := s.app.Decide(ctx, r.who, id, app.ResultAsk{Version: wantedVersion(r), Number: r.PostFormValue("number"), On: on,
		Signer: r.PostFormValue("signer"), Title: r.PostFormValue("title"), Confirm: r.PostFormValue("confirm") != ""})
	if fault, again := formError(err); again {
		box, _ := faults(r, fault)
		return s.resultPage(w, r, fault.Kind.Status(), "decide", nil, box)
	}
	if err != nil {
		return err
	}
	if !written {
		return s.resultPage(w, r, http.StatusUnprocessableEntity, "decide", found, problem(found))
	}
	return s.redirect(w, r, lessonHref(id, "result"), i18n.Text(ctx, "lesson.result.saved", "number", strings.TrimSpace(r.PostFormValue("number"))))
}

// issueAsk reads the form of certificates; field is the one that cannot be read: certificates
// are issued once, so nothing unreadable stands for what is usual.
func issueAsk(r *request, sent bool) (ask app.IssueAsk, field string) {
	if !sent {
		return ask, ""
	}
	on, ok := writtenDay(r.PostFormValue("on"))
	if !ok || on.IsZero() {
		return ask, "on"
	}
	ask.On = on
	ask.Issuer, ask.Reason, ask.Confirm = r.PostFormValue("issuer"), r.PostFormValue("reason"), r.PostFormValue("confirm") != ""
	if text := strings.TrimSpace(r.PostFormValue("first")); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return ask, "first"
		}
		ask.First = n
		if n == 0 {
			ask.First = -1 // refused as a number that is none
		}
	}
	return ask, ""
}

func issueFields(r *request, l app.Lesson, i app.Issuing, sent bool, found []rule.Finding, bad string) *issueForm {
	ctx := r.Context()
	f := &issueForm{Action: lessonHref(l.Class.ID, "certificates"), Confirm: sent && len(found) > 0 && !rule.Blocked(found),
		Lead: i18n.Text(ctx, "lesson.issue.lead", "n", len(i.Learners), "days", l.Regulation.Days, "cite", l.Regulation.Certificate.Cite)}
	if f.Confirm = f.Confirm || !sent && len(i.Findings) > 0 && !rule.Blocked(i.Findings); f.Confirm && !sent {
		f.Lead += " " + i.Findings[0].Message
	}
	next := i.Next
	value := func(name, usual string) string {
		if sent {
			return r.PostFormValue(name)
		}
		return usual
	}
	for _, x := range []struct {
		name, usual, kind string
		optional          bool
	}{{"on", l.Today.String(), "date", false}, {"first", strconv.Itoa(next), "", false}, {"reason", "", "", true}, {"issuer", "", "", true}} {
		in := ui.Input{Name: x.name, ID: "issue-" + x.name, Label: i18n.Text(ctx, "lesson.issue."+x.name), Value: value(x.name, x.usual), Type: x.kind, Optional: x.optional, Short: x.kind == "date" || x.name == "first"}
		if sent {
			in.Error = beside(found, x.name)
		}
		if x.name == bad {
			in.Error = i18n.Text(ctx, "lesson.issue."+bad+".bad")
		}
		f.Fields = append(f.Fields, in)
	}
	f.Fields[2].Help, f.Fields[3].Help = i18n.Text(ctx, "lesson.issue.reason.help"), i18n.Text(ctx, "lesson.issue.issuer.help", "unit", l.Class.UnitName)
	for k, x := range i.Learners {
		f.Rows = append(f.Rows, issuedRow{Number: i.Number(l.Class.Kind, k), Name: x.Name, Unit: x.UnitName, Grade: x.Result.Grade.Words()})
	}
	return f
}

func (s *Server) issueCertificates(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	ask, bad := issueAsk(r, true)
	if bad != "" {
		return s.resultPage(w, r, http.StatusUnprocessableEntity, "issue", nil, ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: i18n.Text(ctx, "lesson.issue."+bad+".bad"), Field: "issue-" + bad}}})
	}
	run, err := s.app.Issue(ctx, r.who, id, ask)
	if fault, again := formError(err); again {
		box, _ := faults(r, fault)
		return s.resultPage(w, r, fault.Kind.Status(), "issue", nil, box)
	}
	if err != nil {
		return err
	}
	if !run.Written {
		return s.resultPage(w, r, http.StatusUnprocessableEntity, "issue", run.Findings, problem(run.Findings))
	}
	key := "lesson.issue.saved"
	if run.Issued == 0 {
		key = "lesson.issue.done"
	}
	return s.redirect(w, r, lessonHref(id, "result"), i18n.Text(ctx, key, "n", run.Issued, "waiting", len(run.Lesson.Waiting())))
}

func (s *Server) deliverCertificates(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	if err := s.app.DeliverAgain(r.Context(), r.who, id); err != nil {
		return err
	}
	return s.redirect(w, r, lessonHref(id, "result"), i18n.Text(r.Context(), "lesson.deliver.saved"))
}

func (s *Server) printCertificates(w http.ResponseWriter, r *request) error {
	b, err := s.app.CertificateSeries(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.sendFile(w, i18n.Text(r.Context(), "lesson.certificates.file"), "pdf", b)
}
