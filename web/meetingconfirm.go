package web

import (
	"net/http"
	"slices"
	"strconv"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/meeting"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A meetingConfirmPage shows all that will be written, and asks once.
type meetingConfirmPage struct {
	ui.Base
	Href    string
	Lead    string
	Sum     string
	Version int
	Token   string
	Files   int
	Blocked bool
	Count   meetingCount
	Results []meetingResult
	Problem ui.ProblemBox
}

// A meetingResult is what one point will write.
type meetingResult struct {
	At               int
	Name, Href, Unit string
	Heading          string
	Acts             []string
	Votes, Needed    string
	Mood             ui.Mood // of the vote; "" where there is none
	State            string
	After            string
	Since            string
	Findings         []ui.Finding
	Blocked          bool
}

func (s *Server) confirmMeeting(w http.ResponseWriter, r *request) error {
	t, err := s.app.TryMeeting(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.meetingConfirmPage(w, r, http.StatusOK, t, ui.ProblemBox{})
}

// recordMeeting writes what was confirmed. Where anything is no more as the page showed it
// nothing is written, and the page comes back as things are now.
func (s *Server) recordMeeting(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	version, ok := writtenNumber(r.PostFormValue("version"))
	if !ok {
		version = -1
	}
	done, err := s.app.RecordMeeting(ctx, r.who, id, version, r.PostFormValue("token"))
	if errs.KindOf(err) == errs.Stale && err != nil {
		t, tryErr := s.app.TryMeeting(ctx, r.who, id)
		if tryErr != nil {
			return tryErr
		}
		return s.meetingConfirmPage(w, r, http.StatusConflict, t, meetingChanged(r))
	}
	switch {
	case err != nil:
		return err
	case done.Already:
		return s.redirect(w, r, "/meetings/"+id, i18n.Text(ctx, "meeting.already"))
	case done.Written:
		m, err := s.app.Meeting(ctx, r.who, id)
		if err != nil {
			return err
		}
		return s.redirect(w, r, "/meetings/"+id, i18n.Text(ctx, "meeting.recorded", "n", meetingFileCount(m)))
	case done.Trial.Blocked():
		return s.meetingConfirmPage(w, r, http.StatusUnprocessableEntity, done.Trial, ui.ProblemBox{})
	}
	return s.meetingConfirmPage(w, r, http.StatusConflict, done.Trial, meetingChanged(r))
}

func meetingChanged(r *request) ui.ProblemBox {
	return ui.ProblemBox{Mood: ui.Late, Heading: i18n.Text(r.Context(), "error.stale.title"),
		Findings: []ui.Finding{{Message: i18n.Text(r.Context(), "meeting.confirm.changed")}}}
}

func meetingFileCount(m app.MeetingPage) int {
	var ids []string
	for _, l := range m.Sheet.Lines {
		if !slices.Contains(ids, l.File) {
			ids = append(ids, l.File)
		}
	}
	return len(ids)
}

// dropMeetingPoint takes one point off the agenda of a draft, from the page that showed
// why it cannot be recorded.
func (s *Server) dropMeetingPoint(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	m, err := s.app.Meeting(ctx, r.who, id)
	if err != nil {
		return err
	}
	at, ok := writtenNumber(r.PostFormValue("line"))
	version, ok2 := writtenNumber(r.PostFormValue("version"))
	if !ok || !ok2 || at >= len(m.Sheet.Lines) || version != m.Version {
		return errs.E(errs.Stale, "meeting.stale")
	}
	name := m.Points[at].File.Name
	m.Sheet.Lines = slices.Delete(slices.Clone(m.Sheet.Lines), at, at+1)
	if err := s.app.SaveMeeting(ctx, r.who, id, version, m.Sheet); err != nil {
		return err
	}
	return s.redirect(w, r, "/meetings/"+id+"/confirm", i18n.Text(ctx, "meeting.confirm.dropped", "name", name))
}

func (s *Server) meetingConfirmPage(w http.ResponseWriter, r *request, status int, t app.MeetingTrial, box ui.ProblemBox) error {
	ctx := r.Context()
	href := "/meetings/" + t.Page.ID
	crumbs := append(meetingCrumbs(r, t.Page.Line[0]), ui.Crumb{Label: meetingName(i18n.From(ctx), t.Page), Href: href})
	p := meetingConfirmPage{Base: s.base(r, i18n.Text(ctx, "meeting.confirm.title"), crumbs...), Href: href, Lead: i18n.Text(ctx, "meeting.confirm.lead"),
		Version: t.Page.Version, Token: t.Token, Blocked: t.Blocked(), Count: meetingCounted(t.Page), Problem: box, Files: meetingFileCount(t.Page)}
	if rule.Blocked(t.Findings) {
		p.Problem.Mood, p.Problem.Findings = ui.Late, append(p.Problem.Findings, meetingBlocks(t.Findings)...)
	}
	passed, failed, acts := 0, 0, 0
	for i, res := range t.Results {
		out := meetingResultOf(r, t.Page, i, res)
		p.Results = append(p.Results, out)
		acts += len(res.Acts)
		if out.Mood == ui.Late {
			failed++
		} else {
			passed++
		}
	}
	p.Sum = i18n.Text(ctx, "meeting.confirm.sum", "items", len(p.Results), "passed", passed, "failed", failed, "acts", acts)
	return s.page(w, r, status, meetingConfirmView(p))
}

// meetingBlocks are what the meeting itself lacks; the fields are on another page.
func meetingBlocks(findings []rule.Finding) []ui.Finding {
	var out []ui.Finding
	for _, f := range problem(slices.DeleteFunc(slices.Clone(findings), func(f rule.Finding) bool { return f.Severity != rule.Block })).Findings {
		f.Field = ""
		out = append(out, f)
	}
	return out
}

func meetingResultOf(r *request, m app.MeetingPage, i int, res app.MeetingResult) meetingResult {
	ctx, point := r.Context(), m.Points[i]
	out := meetingResult{At: i, Name: res.Name, Unit: res.Unit, Heading: meeting.Heading(point.Act), Blocked: rule.Blocked(res.Findings), Findings: problem(res.Findings).Findings}
	for k := range out.Findings {
		out.Findings[k].Field = ""
	}
	if out.Name == "" {
		out.Name = i18n.Text(ctx, "meeting.away")
	} else {
		out.Href = "/files/" + point.Item.File
	}
	for _, a := range res.Acts {
		out.Acts = append(out.Acts, meetingActWords(r, a))
	}
	if point.Voting && point.Counted {
		v := meetingVerdictOf(i18n.From(ctx), m.Read, point)
		out.Mood, out.State, out.Needed = v.Mood, v.State, v.Threshold
		out.Votes = i18n.Text(ctx, "meeting.votes", "for", point.Item.For, "against", point.Item.Against, "members", m.Read.Count.Counted)
	}
	switch {
	case out.Blocked || res.Stage == "":
	case res.Stage == point.File.Stage:
		out.After = i18n.Text(ctx, "meeting.confirm.same", "stage", res.Stage.Words())
	default:
		out.After = i18n.Text(ctx, "meeting.confirm.stage", "stage", res.Stage.Words())
	}
	if a := point.Since; a != nil {
		out.Since = i18n.Text(ctx, "meeting.since", "act", actDone(a.Code), "day", a.On, "who", a.ActorName)
	}
	return out
}

// meetingActWords is an act as the page of a meeting names it.
func meetingActWords(r *request, a admission.Act) string {
	ctx := r.Context()
	text := actDone(a.Code)
	if a.Code == admission.BallotFailed {
		text = i18n.Text(ctx, "meeting.confirm.failed", "question", i18n.Text(ctx, "act.question."+string(a.Question)))
	}
	if a.Number != "" {
		text += ", " + i18n.Text(ctx, "meeting.confirm.number", "number", a.Number)
	}
	if a.Helper != "" {
		text += "; " + i18n.Text(ctx, "meeting.show.helper", "name", a.Helper)
	}
	return text
}

// meetingLineID names a row of the page.
func meetingLineID(at int) string { return "muc-" + strconv.Itoa(at+1) }
