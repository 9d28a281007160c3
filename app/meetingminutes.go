package app

import (
	"context"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/meeting"
	"ketnap/org"
)

// Minutes are all that the minutes and the resolutions of a meeting are written from. They
// hold totals only: who voted how is known to nobody (SEC-09).
type Minutes struct {
	Unit      org.Unit
	Over      string // name of the unit above, "" at the top
	Body      meeting.Body
	On        date.Date
	Place     string
	Chair     string
	Secretary string
	Method    meeting.Method
	Count     meeting.Count
	Counted   string // the explanation of who is counted, in words
	Absences  []meeting.Absence
	Points    []MinutesPoint
	Recorded  bool // else it is still a draft
}

// A MinutesPoint is a point of the minutes: one person, one question.
type MinutesPoint struct {
	File    string
	Name    string
	Birth   date.Date
	Unit    string // of the person
	Act     admission.Code
	Heading string
	Number  string
	Helper  string
	Note    string
	Votes   *admission.Votes // none where nobody votes, or no result is typed yet
	Needed  int
	Share   string
	Rest    int // blank or invalid
	Passed  bool
	Voided  bool   // struck out on the file since
	Text    string // the result as a sentence
	ActIDs  []string
}

// MeetingMinutes returns what the minutes of a meeting are written from, of a draft as far
// as it is filled in. Out of the actor's scope, there is none.
func (a *App) MeetingMinutes(ctx context.Context, who Actor, id string) (Minutes, error) {
	p, err := a.Meeting(ctx, who, id)
	if err != nil {
		return Minutes{}, err
	}
	return p.Minutes(), nil
}

// Minutes gathers the minutes of the meeting on a page.
func (p MeetingPage) Minutes() Minutes {
	m := p.Read
	out := Minutes{Unit: p.Line[0], Body: m.Body, On: m.On, Place: m.Place, Chair: m.Chair, Secretary: m.Secretary, Method: m.Method,
		Count: m.Count, Counted: m.Count.Words(m.Body), Absences: m.Absences, Recorded: p.Recorded()}
	if len(p.Line) > 1 {
		out.Over = p.Line[1].Name
	}
	for _, it := range p.Points {
		point := MinutesPoint{File: it.Item.File, Name: it.File.Name, Birth: it.File.Birth, Unit: it.Row.UnitName, Act: it.Act, Heading: meeting.Heading(it.Act),
			Number: it.Number, Helper: it.Helper, Note: it.Note, Needed: it.Needs.Needed, Share: it.Needs.Share, Rest: it.Needs.Rest,
			Passed: m.Passed(it.Item), Voided: it.Voided(), Text: m.Text(it.Item, it.File.Name), ActIDs: it.ActIDs}
		if it.Voting && it.Counted {
			point.Votes = &admission.Votes{Members: m.Count.Counted, Present: m.Count.Present, For: it.Item.For, Against: it.Item.Against}
		}
		out.Points = append(out.Points, point)
	}
	return out
}
