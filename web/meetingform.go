package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/web/ui"
)

// absentRows is how many empty rows for absences the form brings.
const absentRows = 3

// A meetingFormPage is the form of a draft.
type meetingFormPage struct {
	ui.Base
	Href     string
	Lead     string
	Version  int
	Body     meeting.Body
	Sheet    meeting.Sheet
	Errors   map[string]string
	Problem  ui.ProblemBox
	Methods  []ui.Option
	Reasons  []ui.Option
	Known    string // how many vote, where the unit's record says so
	Absences []meeting.Absence
	Groups   []meetingGroup
	Count    meetingCount
	Fill     bool // there are enough votes to fill them in at once
	First    string
	Live     string // the parts that change while one types
	Stale    bool
	Lines    int
}

// meetingCount is the explanation of who is counted.
type meetingCount struct {
	Words string
	Cite  string
	Notes []ui.Finding
}

// A meetingGroup is a heading of the agenda with its points.
type meetingGroup struct {
	Title  string
	Points []meetingField
}

// A meetingField is a point of the agenda in the form.
type meetingField struct {
	At               int
	File, Act        string
	Name, Href, Unit string
	Inputs           []ui.Input // short ones, in a row
	Note             *ui.Input
	Verdict          meetingVerdict
	Since            string
}

// meetingVerdict is what a vote needs and how it ended.
type meetingVerdict struct {
	ID        string
	Threshold string
	Cite      string
	Mood      ui.Mood
	State     string
	Rest      string
}

// meetingName is a meeting with its day.
func meetingName(lang i18n.Lang, p app.MeetingPage) string {
	body := i18n.T(lang, "meeting.body."+string(p.Body))
	if p.On.IsZero() {
		return i18n.T(lang, "meeting.title_draft", "body", body)
	}
	return i18n.T(lang, "meeting.title", "body", body, "day", p.On)
}

// meetingCrumbs lead through the list of meetings of the unit.
func meetingCrumbs(r *request, unit org.Unit) []ui.Crumb {
	return []ui.Crumb{{Label: i18n.Text(r.Context(), "meeting.list.title"), Href: "/meetings"},
		{Label: unit.Name, Href: "/meetings?unit=" + string(unit.Code)}}
}

// showMeeting shows a recorded meeting to whoever sees its unit, and the form of a draft
// to whoever writes it.
func (s *Server) showMeeting(w http.ResponseWriter, r *request) error {
	p, err := s.app.Meeting(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !p.Draft() || !p.May {
		shown := s.meetingShown(r, p)
		if shown.Papers, shown.Minutes, err = s.meetingPapers(r, p); err != nil {
			return err
		}
		return s.page(w, r, http.StatusOK, meetingView(shown))
	}
	return s.meetingForm(w, r, http.StatusOK, p, meetingSlips(p.Sheet, p.Findings), ui.ProblemBox{})
}

// saveMeeting keeps the draft and goes on: to the agenda, to the confirmation, or back to
// the form. What cannot be is said beside its field; it is kept all the same.
func (s *Server) saveMeeting(w http.ResponseWriter, r *request) error {
	ctx, id, sheet := r.Context(), r.PathValue("id"), meetingSheetOf(r)
	to := r.PostFormValue("go")
	if to == "fill" {
		fillMeeting(&sheet, strings.TrimSpace(r.PostFormValue("fill_for")), strings.TrimSpace(r.PostFormValue("fill_against")), strings.TrimSpace(r.PostFormValue("fill_number")))
	}
	version, ok := writtenNumber(r.PostFormValue("version"))
	if !ok {
		version = -1
	}
	err := s.app.SaveMeeting(ctx, r.who, id, version, sheet)
	if e, is := formError(err); is {
		return s.staleMeeting(w, r, id, version, sheet, e)
	}
	if err != nil {
		return err
	}
	if to == "agenda" {
		return s.redirect(w, r, "/meetings/"+id+"/agenda", "")
	}
	p, err := s.app.Meeting(ctx, r.who, id)
	if err != nil {
		return err
	}
	if to == "confirm" {
		if rule.Blocked(p.Findings) {
			return s.meetingForm(w, r, http.StatusUnprocessableEntity, p, p.Findings, problem(p.Findings))
		}
		return s.redirect(w, r, "/meetings/"+id+"/confirm", "")
	}
	if slips := meetingSlips(p.Sheet, p.Findings); len(slips) > 0 {
		box := problem(slips)
		box.Heading = i18n.Text(ctx, "meeting.saved_slips", "n", len(slips))
		return s.meetingForm(w, r, http.StatusUnprocessableEntity, p, slips, box)
	}
	anchor := ""
	if to == "more" {
		anchor = "#absences"
	}
	return s.redirect(w, r, "/meetings/"+id+anchor, i18n.Text(ctx, "meeting.saved"))
}

// staleMeeting shows what was typed though it could not be kept, and the way to the draft
// as it is now.
func (s *Server) staleMeeting(w http.ResponseWriter, r *request, id string, version int, sheet meeting.Sheet, fault *errs.Error) error {
	p, err := s.app.PreviewMeeting(r.Context(), r.who, id, sheet)
	if err != nil {
		return err
	}
	if !p.Draft() { // nothing can be kept of it any more
		return fault
	}
	p.Version = version
	box := ui.ProblemBox{Mood: ui.Late, Heading: i18n.Text(r.Context(), "error.stale.title"), Findings: []ui.Finding{{Message: message(r.Context(), fault)}}}
	return s.meetingForm(w, r, fault.Kind.Status(), p, meetingSlips(p.Sheet, p.Findings), box)
}

// tallyMeeting answers with the form as it would be, for the parts that change while one
// types: who is counted and how each vote ended. It keeps nothing.
func (s *Server) tallyMeeting(w http.ResponseWriter, r *request) error {
	p, err := s.app.PreviewMeeting(r.Context(), r.who, r.PathValue("id"), meetingSheetOf(r))
	if err != nil {
		return err
	}
	if !p.May {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.meetingForm(w, r, http.StatusOK, p, meetingSlips(p.Sheet, p.Findings), ui.ProblemBox{})
}

// discardMeeting gives a draft up.
func (s *Server) discardMeeting(w http.ResponseWriter, r *request) error {
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		return errs.E(errs.Invalid, "error.bad_form").Because(err)
	}
	if err := s.app.DiscardMeeting(r.Context(), r.who, r.PathValue("id"), version); err != nil {
		return err
	}
	return s.redirect(w, r, "/meetings", i18n.Text(r.Context(), "meeting.discarded"))
}

func (s *Server) meetingForm(w http.ResponseWriter, r *request, status int, m app.MeetingPage, findings []rule.Finding, box ui.ProblemBox) error {
	ctx, unit := r.Context(), m.Line[0]
	p := meetingFormPage{Base: s.base(r, meetingName(i18n.From(ctx), m), meetingCrumbs(r, unit)...), Href: "/meetings/" + m.ID, Lead: unit.Name,
		Version: m.Version, Body: m.Body, Sheet: m.Sheet, Problem: box, Methods: meetingMethods(r), Errors: map[string]string{}, Lines: len(m.Points)}
	for _, f := range findings {
		if text := beside(findings, f.Field); f.Field != "" && text != "" {
			p.Errors[f.Field] = text
		}
	}
	p.Stale = status == http.StatusConflict
	if m.Read.Known > 0 {
		p.Known = i18n.Text(ctx, "meeting.known."+string(m.Body), "n", m.Read.Known)
	}
	p.Reasons = []ui.Option{{Value: "", Label: i18n.Text(ctx, "meeting.absent.choose")}}
	for _, reason := range m.Body.Reasons() {
		p.Reasons = append(p.Reasons, ui.Option{Value: string(reason), Label: i18n.Sentence(reason.Words())})
	}
	p.Absences = append(append(p.Absences, m.Sheet.Absences...), make([]meeting.Absence, absentRows)...)
	p.Count = meetingCounted(m)
	p.First = app.MeetingNumber(m.Next, m.Symbol)
	live := []string{"#count"}
	votes := 0
	for i, point := range m.Points {
		f := meetingPoint(r, m, i, point, p.Errors)
		if f.Verdict.ID != "" {
			votes++
			live = append(live, "#"+f.Verdict.ID)
		}
		title := meeting.Heading(point.Act)
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Title != title {
			p.Groups = append(p.Groups, meetingGroup{Title: title})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Points = append(g.Points, f)
	}
	p.Fill, p.Live = votes > 2, strings.Join(live, ",")
	return s.page(w, r, status, meetingFormView(p))
}

func meetingCounted(m app.MeetingPage) meetingCount {
	c := meetingCount{Words: m.Read.Count.Words(m.Body), Cite: "QĐ 24-QĐ/TW, 9.3.2; VOT-02"}
	c.Notes = problem(meetingWarnings(m.Findings)).Findings
	return c
}

// meetingPoint draws a point of the agenda for the form.
func meetingPoint(r *request, m app.MeetingPage, i int, point app.MeetingPoint, faults map[string]string) meetingField {
	ctx, lang, at := r.Context(), i18n.From(r.Context()), "-"+strconv.Itoa(i)
	f := meetingField{At: i, File: point.Item.File, Act: string(point.Act), Name: point.File.Name, Unit: point.Row.UnitName}
	if point.Seen {
		f.Href = "/files/" + point.Item.File
	} else {
		f.Name = i18n.Text(ctx, "meeting.away")
	}
	add := func(name, label, value string, optional, figure bool) {
		in := ui.Input{Name: name + at, Label: i18n.Text(ctx, label), Value: value, Error: faults[name+at], Optional: optional, Short: true,
			Attrs: map[string]any{"autocomplete": "off"}}
		if figure {
			in.Attrs["inputmode"] = "numeric"
		}
		f.Inputs = append(f.Inputs, in)
	}
	l := m.Sheet.Lines[i]
	if l.Votes() {
		add("for", "meeting.field.for", l.For, false, true)
		add("against", "meeting.field.against", l.Against, false, true)
	}
	add("number", "meeting.field.number", l.Number, m.Sheet.Auto || !l.Act.HasNumber(), false)
	switch l.Act {
	case admission.AssignHelper:
		add("helper", "meeting.field.helper", l.Helper, false, false)
	case admission.List:
		add("helper", "meeting.field.helper_list", l.Helper, true, false)
	}
	if replaced := l.Act == admission.AssignHelper && point.File.Helper != ""; l.Act.NeedsNote() || replaced {
		f.Note = &ui.Input{Name: "note" + at, Optional: replaced, Label: i18n.Text(ctx, "meeting.field.note"), Value: l.Note, Error: faults["note"+at], Attrs: map[string]any{"rows": "2"}}
	}
	if l.Votes() {
		f.Verdict = meetingVerdictOf(lang, m.Read, point)
		f.Verdict.ID = "verdict" + at
	}
	if a := point.Since; a != nil {
		f.Since = i18n.Text(ctx, "meeting.since", "act", actDone(a.Code), "day", a.On, "who", a.ActorName)
	}
	return f
}

func meetingVerdictOf(lang i18n.Lang, m meeting.Meeting, point app.MeetingPoint) meetingVerdict {
	if !point.Voting {
		return meetingVerdict{Threshold: i18n.T(lang, "meeting.verdict.unknown")}
	}
	v := point.Needs
	out := meetingVerdict{Threshold: v.Threshold(m), Cite: v.Cite + "; " + v.Rule, Mood: ui.Todo, State: i18n.T(lang, "meeting.verdict.open")}
	switch {
	case !v.Counted:
		return out
	case v.Passed:
		out.Mood, out.State = ui.Done, i18n.T(lang, "meeting.verdict.passed")
	default:
		out.Mood, out.State = ui.Late, i18n.T(lang, "meeting.verdict.failed")
	}
	if v.Rest > 0 {
		out.Rest = i18n.T(lang, "meeting.verdict.rest", "n", v.Rest)
	}
	return out
}
