package web

import (
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/meeting"
	"ketnap/web/ui"
)

// A meetingPage is a meeting as it is read and printed.
type meetingPage struct {
	ui.Base
	Name    string
	Lead    string
	State   string
	Facts   []ui.Fact
	Results []meetingShownPoint
	Foot    string // by whom it was recorded, or that it is a draft
	Frozen  bool
	Papers  []ui.Link // issued with the results
	Minutes string    // where the minutes are drawn; "" where the body writes none
}

// A meetingShownPoint is a point of the agenda with its result.
type meetingShownPoint struct {
	At               int
	Name, Href, Unit string
	Heading          string
	Text             string
	Acts             []string
	Mood             ui.Mood
	State            string
	Void             bool
}

func (s *Server) meetingShown(r *request, m app.MeetingPage) meetingPage {
	ctx, lang := r.Context(), i18n.From(r.Context())
	unit := m.Line[0]
	p := meetingPage{Base: s.base(r, meetingName(lang, m), meetingCrumbs(r, unit)...), Name: meetingName(lang, m), Lead: unit.Name,
		State: i18n.Sentence(i18n.Text(ctx, "meeting.state."+string(m.State))), Facts: meetingFacts(r, m), Frozen: m.Recorded()}
	p.Foot = i18n.Text(ctx, "meeting.show.draft")
	if m.Recorded() {
		p.Foot = i18n.Text(ctx, "meeting.show.by", "who", m.RecordedBy, "at", m.RecordedAt)
	}
	for i, point := range m.Points {
		p.Results = append(p.Results, meetingShownOf(r, m, i, point))
	}
	return p
}

func meetingShownOf(r *request, m app.MeetingPage, i int, point app.MeetingPoint) meetingShownPoint {
	ctx := r.Context()
	out := meetingShownPoint{At: i, Name: point.File.Name, Unit: point.Row.UnitName, Heading: meeting.Heading(point.Act), Void: point.Voided(), Mood: ui.Done}
	if point.Seen {
		out.Href = "/files/" + point.Item.File
	} else {
		out.Name = i18n.Text(ctx, "meeting.away")
	}
	if point.Voting {
		v := meetingVerdictOf(i18n.From(ctx), m.Read, point)
		out.Mood, out.State = v.Mood, v.State
		if point.Counted {
			out.Text = strings.Join([]string{i18n.Text(ctx, "meeting.votes", "for", point.Item.For, "against", point.Item.Against, "members", m.Read.Count.Counted), v.Threshold, v.Rest}, ". ")
			out.Text = strings.ReplaceAll(strings.TrimSuffix(out.Text, ". "), "..", ".")
		}
	}
	acts := point.Acts
	if len(acts) == 0 && m.Draft() {
		acts = []admission.Act{{Code: point.Act, Number: point.Number, Helper: point.Helper}}
	}
	for _, a := range acts {
		out.Acts = append(out.Acts, meetingActWords(r, a))
	}
	return out
}

// meetingFacts are when, where, who, and who is counted.
func meetingFacts(r *request, m app.MeetingPage) []ui.Fact {
	ctx := r.Context()
	var out []ui.Fact
	add := func(key, value string) {
		if value != "" {
			out = append(out, ui.Fact{Term: i18n.Text(ctx, key), Value: value})
		}
	}
	add("meeting.field.on", i18n.Sentence(i18n.LongDate(i18n.From(ctx), m.Read.On)))
	add("meeting.field.place", m.Read.Place)
	add("meeting.field.chair", m.Read.Chair)
	add("meeting.field.secretary", m.Read.Secretary)
	add("meeting.field.method", i18n.Sentence(m.Read.Method.Words()))
	add("meeting.show.counted", m.Read.Count.Words(m.Body))
	var absent []string
	for i, a := range m.Read.Absences {
		text := a.Name
		if text == "" {
			text = i18n.Text(ctx, "meeting.absent.row", "n", strconv.Itoa(i+1))
		}
		text += " (" + a.Reason.Words()
		if a.Decision != "" {
			text += ", " + a.Decision
		}
		absent = append(absent, text+")")
	}
	add("meeting.absent", strings.Join(absent, "; "))
	return out
}
