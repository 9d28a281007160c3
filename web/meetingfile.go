package web

import (
	"net/url"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/meeting"
	"ketnap/web/ui"
)

// meetingsOfFile leads from a file to the meetings that considered it: from each act to
// the meeting that wrote it, and from the next step to the draft on whose agenda it stands.
type meetingsOfFile struct {
	acts  map[string]ui.Link
	draft *ui.Link
}

func (v fileViewer) meetingsOf(all []app.FileMeeting) meetingsOfFile {
	out := meetingsOfFile{acts: map[string]ui.Link{}}
	for _, m := range all {
		body := v.text("meeting.body." + string(m.Body))
		l := ui.Link{Label: v.text("meeting.title_draft", "body", body), Href: "/meetings/" + m.Meeting}
		if !m.On.IsZero() {
			l.Label = v.text("meeting.title", "body", body, "day", i18n.Date(v.lang, m.On))
		}
		for _, id := range m.ActIDs {
			out.acts[id] = l
		}
		if m.Draft() && v.waits(m) {
			out.draft = &l
		}
	}
	return out
}

// waits reports whether the next step of the file is what a meeting is to decide.
func (v fileViewer) waits(m app.FileMeeting) bool {
	for _, n := range v.Next {
		if n.Act == m.Act {
			return true
		}
	}
	return false
}

// meeting returns the meeting that wrote an act, nil for none.
func (m meetingsOfFile) of(act string) *ui.Link {
	if l, ok := m.acts[act]; ok {
		return &l
	}
	return nil
}

// meetingActions lead from the next step to the meeting that decides it: the draft that
// has the file on its agenda, or a new one for a vote of the branch.
func (v fileViewer) meetingActions(n admission.Next) []ui.Action {
	_, votes := meeting.QuestionOf(n.Act)
	switch {
	case v.met.draft != nil:
		return []ui.Action{{Label: v.met.draft.Label, Href: v.met.draft.Href, Wide: true}}
	case votes && n.Who == admission.DeskBranch && v.May(v.r.who, access.RecordBranch):
		q := url.Values{"unit": {v.File.Unit}, "file": {v.File.ID}, "act": {string(n.Act)}}
		return []ui.Action{{Label: v.text("meeting.new"), Href: "/meetings/new?" + q.Encode(), Wide: true}}
	}
	return nil
}
