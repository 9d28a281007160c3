package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// MeetingRight is the right of who writes down the meetings of a body: that of the desk at
// which the acts are recorded that its results become.
func MeetingRight(b meeting.Body) access.Right {
	switch b {
	case meeting.Base:
		return access.RecordBase
	case meeting.Standing:
		return access.RecordBoard
	}
	return access.RecordBranch
}

// MeetingBodyOf returns the body that meets at a unit of a type; false where none does.
func MeetingBodyOf(t org.Type) (meeting.Body, bool) {
	switch t {
	case org.Branch, org.BaseBranch:
		return meeting.Branch, true
	case org.BaseCommittee:
		return meeting.Base, true
	case org.Committee:
		return meeting.Standing, true
	}
	return "", false
}

// meetingCount is the count of a unit that says how many vote in a body.
func meetingCount(b meeting.Body) org.CountKind {
	switch b {
	case meeting.Base:
		return org.CommitteeMembers
	case meeting.Standing:
		return org.StandingMembers
	}
	return org.OfficialMembers
}

// A MeetingPage is all that one sees of a meeting.
type MeetingPage struct {
	store.Meeting
	Line     []org.Unit // of the meeting's unit, itself first
	Read     meeting.Meeting
	Findings []rule.Finding // of the sheet; a draft may be kept with all of them
	Points   []MeetingPoint
	May      bool // the actor may write it
	Today    date.Date
	Next     int    // the number that the register would give next
	Symbol   string // and what follows it: "NQ/CB"
}

// Draft reports whether the meeting is still being written.
func (p MeetingPage) Draft() bool { return p.State == store.MeetingDraft }

// Recorded reports whether its results were written.
func (p MeetingPage) Recorded() bool { return p.State == store.MeetingRecorded }

// A MeetingPoint is a point of the agenda with the file that it is about.
type MeetingPoint struct {
	meeting.Item
	File   admission.File
	Row    store.FileRow
	Seen   bool            // the file lies within the actor's scope; else File and Row are empty
	Acts   []admission.Act // of a recorded meeting: as they stand on the file, voided or not
	Since  *admission.Act  // of a draft: the last act that came after the point was put on
	Needs  meeting.Verdict // where it is put to the vote and the voters are known
	Voting bool
}

// Voided reports whether what the meeting decided was struck out on the file.
func (p MeetingPoint) Voided() bool {
	return slices.ContainsFunc(p.Acts, func(a admission.Act) bool { return a.Voided })
}

// Meeting returns a meeting. Out of the actor's scope, there is none.
func (a *App) Meeting(ctx context.Context, who Actor, id string) (p MeetingPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		m, err := r.Tx.Meeting(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		p, err = a.meetingPage(ctx, r, m)
		return err
	})
	return p, err
}

// PreviewMeeting returns the page of a draft as it would be with another sheet, without
// keeping it: what the form shows while it is being filled.
func (a *App) PreviewMeeting(ctx context.Context, who Actor, id string, sheet meeting.Sheet) (p MeetingPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		m, err := r.Tx.Meeting(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		if m.State == store.MeetingDraft {
			m.Sheet = meetingTyped(sheet, m.Sheet.Lines)
		}
		p, err = a.meetingPage(ctx, r, m)
		return err
	})
	return p, err
}

func (a *App) meetingPage(ctx context.Context, r *reading, m store.Meeting) (MeetingPage, error) {
	p := MeetingPage{Meeting: m, Today: r.Today}
	var err error
	if p.Line, err = r.LineUnits(ctx, m.Unit); err != nil {
		return p, err
	}
	p.May = r.who.may(MeetingRight(m.Body), r.Today, numbers(p.Line))
	if p.Read, p.Findings, err = a.readMeeting(ctx, r.Tx, m, r.Today); err != nil {
		return p, err
	}
	if p.Next, p.Symbol, err = nextMeetingNumber(ctx, r.Tx, m, p.Line[0], r.Today); err != nil {
		return p, err
	}
	files, rows, err := r.FilesByID(ctx, r.Scope, meetingFiles(m))
	if err != nil {
		return p, err
	}
	for _, it := range p.Read.Items {
		point := MeetingPoint{Item: it, File: files[it.File], Row: rows[it.File]}
		_, point.Seen = files[it.File]
		point.Needs, point.Voting = p.Read.Verdict(it)
		for _, act := range point.File.Acts {
			if slices.Contains(it.ActIDs, act.ID) {
				point.Acts = append(point.Acts, act)
			}
		}
		if last, ok := point.File.LastAct(); ok && p.Draft() && point.File.Version != it.Version {
			point.Since = &last
		}
		p.Points = append(p.Points, point)
	}
	return p, nil
}

// readMeeting reads the sheet of a meeting with the voters of its day. What was recorded
// is read as it was that day, whatever was entered of the unit since.
func (a *App) readMeeting(ctx context.Context, tx *store.Tx, m store.Meeting, today date.Date) (meeting.Meeting, []rule.Finding, error) {
	on := m.On
	if on.IsZero() {
		on = today
	}
	counts, err := tx.UnitCounts(ctx, m.Unit, on)
	if err != nil {
		return meeting.Meeting{}, nil, err
	}
	known := counts[meetingCount(m.Body)]
	if m.State == store.MeetingRecorded {
		known = 0 // the sheet holds the number that was counted from
	}
	read, findings := m.Sheet.Read(m.Body, known, today)
	return read, findings, nil
}

func meetingFiles(m store.Meeting) []string {
	ids := make([]string, 0, len(m.Sheet.Lines))
	for _, l := range m.Sheet.Lines {
		if !slices.Contains(ids, l.File) {
			ids = append(ids, l.File)
		}
	}
	return ids
}

// meetingDay is the day that a sheet names; none where it cannot be read.
func meetingDay(s meeting.Sheet) date.Date {
	d, err := date.Parse(s.On)
	if err != nil {
		return date.Date{}
	}
	return d
}

// A MeetingQuery is what a list of meetings is asked for.
type MeetingQuery struct {
	Unit string // code, "" for all that the actor sees
	Body meeting.Body
	Year int // 0 for all
}

// maxMeetings is how many meetings a list shows: drafts, then the latest.
const maxMeetings = 200

// Meetings lists the meetings that the actor sees.
func (a *App) Meetings(ctx context.Context, who Actor, q MeetingQuery) (rows []store.MeetingRow, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		f := store.MeetingFilter{Body: q.Body, Limit: maxMeetings}
		if q.Unit != "" {
			u, _, err := r.unit(ctx, q.Unit)
			if err != nil {
				return err
			}
			f.Unit = u.No
		}
		if q.Year != 0 {
			if f.From, err = date.New(q.Year, 1, 1); err != nil {
				return errs.E(errs.Invalid, "meeting.year").Because(err)
			}
			f.To = f.From.AddMonths(12).AddDays(-1)
		}
		rows, err = r.Tx.Meetings(ctx, r.Scope, f)
		return err
	})
	return rows, err
}

// A FileMeeting is a meeting at which a file was considered, as the file's page names it.
type FileMeeting = store.FileMeeting

// FileMeetings lists the meetings that considered a file and that the actor may see.
func (a *App) FileMeetings(ctx context.Context, who Actor, file string) (out []FileMeeting, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if _, _, err := r.File(ctx, r.Scope, file); err != nil {
			return err
		}
		all, err := r.Tx.FileMeetings(ctx, file)
		if err != nil {
			return err
		}
		for _, m := range all {
			line, err := r.Tx.Line(ctx, m.Unit)
			if err != nil {
				return err
			}
			if r.Scope.Covers(line) {
				out = append(out, m)
			}
		}
		return nil
	})
	return out, err
}
