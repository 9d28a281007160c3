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
	"ketnap/web/ui"
)

// A meetingAgendaPage is the choice of files for a meeting.
type meetingAgendaPage struct {
	ui.Base
	Href    string
	Lead    string
	Version int
	Groups  []meetingChoices
	Cut     bool
	Problem ui.ProblemBox
}

// meetingChoices are the files for one act. Those that wait for just this stand in sight,
// what is merely possible opens.
type meetingChoices struct {
	Title string
	First []meetingOption
	Other []meetingOption
}

// A meetingOption is one file to be chosen.
type meetingOption struct {
	ID, Value        string
	Name, Href, Unit string
	Checked          bool
	On               bool // stands on the agenda already
	Ready            bool
	Due              string
	Mood             ui.Mood
	Notes            []string
}

func (s *Server) showMeetingAgenda(w http.ResponseWriter, r *request) error {
	a, err := s.app.MeetingAgenda(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !a.Page.Draft() {
		return errs.E(errs.Conflict, "meeting.closed")
	}
	return s.meetingAgendaPage(w, r, http.StatusOK, a, a.Page.Version, nil, nil)
}

// putOnMeetingAgenda puts what was ticked on the agenda.
func (s *Server) putOnMeetingAgenda(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	version, ok := writtenNumber(r.PostFormValue("version"))
	if !ok {
		version = -1
	}
	var picks []app.MeetingPick
	picked := map[string]bool{}
	for _, value := range r.PostForm["pick"] {
		act, file, _ := strings.Cut(value, ":")
		picks = append(picks, app.MeetingPick{File: file, Act: admission.Code(act)})
		picked[value] = true
	}
	var err error = errs.E(errs.Invalid, "meeting.agenda.nothing")
	if len(picks) > 0 {
		err = s.app.PutOnAgenda(ctx, r.who, id, version, picks)
	}
	if err == nil {
		return s.redirect(w, r, "/meetings/"+id, i18n.Text(ctx, "meeting.agenda.added", "n", len(picks)))
	}
	fault, is := formError(err)
	if !is {
		return err
	}
	a, readErr := s.app.MeetingAgenda(ctx, r.who, id)
	switch {
	case readErr != nil:
		return readErr
	case !a.Page.Draft():
		return errs.E(errs.Conflict, "meeting.closed")
	}
	return s.meetingAgendaPage(w, r, fault.Kind.Status(), a, a.Page.Version, picked, err)
}

func (s *Server) meetingAgendaPage(w http.ResponseWriter, r *request, status int, a app.MeetingAgenda, version int, picked map[string]bool, fault error) error {
	ctx := r.Context()
	href := "/meetings/" + a.Page.ID
	crumbs := append(meetingCrumbs(r, a.Page.Line[0]), ui.Crumb{Label: meetingName(i18n.From(ctx), a.Page), Href: href})
	p := meetingAgendaPage{Base: s.base(r, i18n.Text(ctx, "meeting.agenda.title"), crumbs...), Href: href, Version: version, Cut: a.Cut,
		Lead: i18n.Text(ctx, "meeting.agenda.lead")}
	if fault != nil {
		p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(ctx, fault)}}}
	}
	for _, act := range a.Page.Body.Acts() {
		g := meetingChoices{Title: meeting.Heading(act)}
		for i, c := range a.Choices {
			if c.Act != act {
				continue
			}
			o := meetingOptionOf(r, i, c)
			o.Checked = picked[o.Value]
			if c.Suggested || c.On || len(c.Reasons) > 0 && c.Act.HasVotes() {
				g.First = append(g.First, o)
			} else if c.Ready {
				g.Other = append(g.Other, o)
			}
		}
		if len(g.First)+len(g.Other) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return s.page(w, r, status, meetingAgendaView(p))
}

func meetingOptionOf(r *request, i int, c app.MeetingChoice) meetingOption {
	ctx, lang := r.Context(), i18n.From(r.Context())
	o := meetingOption{ID: "pick-" + strconv.Itoa(i), Value: string(c.Act) + ":" + c.Row.ID, Name: c.Row.Name, Href: "/files/" + c.Row.ID, Unit: c.Row.UnitName,
		On: c.On, Ready: c.Ready}
	if !c.Due.IsZero() {
		o.Due, o.Mood = i18n.Text(ctx, "meeting.agenda.due", "day", i18n.LongDate(lang, c.Due)), dueMood(c.Due, r.today)
	}
	note := func(key string, args ...any) { o.Notes = append(o.Notes, i18n.Text(ctx, key, args...)) }
	if c.On {
		note("meeting.agenda.on")
	}
	for _, why := range c.Reasons {
		if c.Suggested || c.Act.HasVotes() && len(c.Missing) == 0 && strings.HasSuffix(why, ".") {
			note("meeting.agenda.blocked", "why", why)
		} else {
			note("meeting.agenda.waits", "why", why)
		}
	}
	if len(c.Missing) > 0 && !c.Ready {
		words := make([]string, len(c.Missing))
		for k, code := range c.Missing {
			words[k] = paperName(code)
		}
		note("meeting.agenda.missing", "papers", strings.Join(words, "; "))
	}
	if c.Ballots > 0 {
		note("meeting.agenda.ballots", "n", c.Ballots)
	}
	o.Notes = append(o.Notes, c.Warnings...)
	return o
}
