package app

import (
	"cmp"
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/store"
)

// NewMeeting opens the draft of a meeting of a unit's body and returns its id. The head of
// the unit takes the chair where nobody was typed.
func (a *App) NewMeeting(ctx context.Context, who Actor, unit string, sheet meeting.Sheet) (id string, err error) {
	id = newID()
	var body meeting.Body
	find := func(tx *store.Tx) (order, error) {
		u, err := unitByCode(ctx, tx, unit)
		if err != nil {
			return order{}, unitNone(err)
		}
		var ok bool
		if body, ok = MeetingBodyOf(u.Type); !ok {
			return order{right: access.RecordBranch, see: access.SeeFile, unit: u.No, none: "unit.none"}, nil
		}
		return order{right: MeetingRight(body), see: access.SeeFile, unit: u.No, none: "unit.none"}, nil
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		if body == "" {
			return record{}, errs.E(errs.Invalid, "meeting.no_body").On("unit")
		}
		sheet.Lines = nil
		m := store.Meeting{ID: id, Unit: w.Permit.Unit(), Body: body, On: meetingDay(sheet), Version: 1, Sheet: sheet, EnteredAt: w.At, EnteredBy: w.who.Name}
		if m.Sheet.Chair == "" {
			on := m.On
			if on.IsZero() {
				on = w.Today
			}
			head, _, err := w.HeadOn(ctx, m.Unit, on)
			if err != nil {
				return record{}, err
			}
			m.Sheet.Chair = head.Name
		}
		return record{object: "meeting/" + id, after: map[string]any{"body": body, "on": m.On}}, w.AddMeeting(ctx, w.Permit, m)
	})
	return id, err
}

// SaveMeeting keeps a draft as it was typed, whatever is still wrong with it. Points of
// the agenda that the sheet leaves out are taken off; new ones come by PutOnAgenda. It
// fails with Stale where somebody else saved meanwhile, and Conflict where it is a draft
// no more.
func (a *App) SaveMeeting(ctx context.Context, who Actor, id string, version int, sheet meeting.Sheet) error {
	return a.changeMeeting(ctx, who, id, version, func(_ *writing, m *store.Meeting) error {
		m.Sheet = meetingTyped(sheet, m.Sheet.Lines)
		m.On = meetingDay(m.Sheet)
		return nil
	})
}

// DiscardMeeting gives a draft up. It stays in the store and is listed no more.
func (a *App) DiscardMeeting(ctx context.Context, who Actor, id string, version int) error {
	return a.changeMeeting(ctx, who, id, version, func(_ *writing, m *store.Meeting) error {
		m.State = store.MeetingDiscarded
		return nil
	})
}

// meetingTyped takes what was typed for the points that stand on the agenda. Which file a
// point is about comes from the store and never from the form.
func meetingTyped(typed meeting.Sheet, kept []meeting.Line) meeting.Sheet {
	lines := typed.Lines
	typed.Lines = nil
	for _, was := range kept {
		i := slices.IndexFunc(lines, func(l meeting.Line) bool { return l.File == was.File && l.Act == was.Act })
		if i < 0 {
			continue
		}
		l := lines[i]
		l.Version, l.ActIDs = was.Version, nil
		typed.Lines = append(typed.Lines, l)
	}
	return typed
}

// meetingOrder asks for the right of the desk of a meeting's body on its unit.
func meetingOrder(ctx context.Context, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, body, err := tx.MeetingUnit(ctx, id)
		return order{right: MeetingRight(body), see: access.SeeFile, unit: unit, none: "meeting.none"}, err
	}
}

// changeMeeting changes a draft.
func (a *App) changeMeeting(ctx context.Context, who Actor, id string, version int, change func(*writing, *store.Meeting) error) error {
	return a.write(ctx, who, meetingOrder(ctx, id), func(w *writing) (record, error) {
		m, err := w.Tx.Meeting(ctx, access.ScopeOfPermit(w.Permit), id)
		if err != nil {
			return record{}, err
		}
		if err := meetingOpen(m, version); err != nil {
			return record{}, err
		}
		if err := change(w, &m); err != nil {
			return record{}, err
		}
		m.Version++
		r := record{object: "meeting/" + id, before: map[string]any{"version": version},
			after: map[string]any{"version": m.Version, "state": m.State, "on": m.On, "lines": len(m.Sheet.Lines)}}
		return r, w.Tx.SaveMeeting(ctx, w.Permit, m)
	})
}

// meetingOpen refuses to change what is a draft no more, or another one than was read.
func meetingOpen(m store.Meeting, version int) error {
	switch {
	case m.State != store.MeetingDraft:
		return errs.E(errs.Conflict, "meeting.closed")
	case m.Version != version:
		return errs.E(errs.Stale, "meeting.stale")
	}
	return nil
}

// A MeetingPick is a file and what the meeting is to decide of it.
type MeetingPick struct {
	File string
	Act  admission.Code
}

// PutOnAgenda puts files on the agenda of a draft. Those that cannot be decided that day
// are refused by name: it fails with Conflict, and nothing is put on.
func (a *App) PutOnAgenda(ctx context.Context, who Actor, id string, version int, picks []MeetingPick) error {
	return a.changeMeeting(ctx, who, id, version, func(w *writing, m *store.Meeting) error {
		agenda, err := a.meetingAgenda(ctx, w.Tx, access.ScopeOfPermit(w.Permit), *m, w.Today)
		if err != nil {
			return err
		}
		for _, p := range picks {
			i := slices.IndexFunc(agenda.Choices, func(c MeetingChoice) bool { return c.Row.ID == p.File && c.Act == p.Act })
			if i < 0 {
				return errs.E(errs.Conflict, "meeting.gone")
			}
			switch c := agenda.Choices[i]; {
			case c.On:
			case !c.Ready:
				return errs.E(errs.Conflict, "meeting.not_ready", "name", c.Row.Name, "why", c.Reasons[0])
			case len(m.Sheet.Lines) >= meeting.MaxLines:
				return errs.E(errs.Invalid, "meeting.too_many", "most", meeting.MaxLines)
			default:
				m.Sheet.Lines = append(m.Sheet.Lines, meeting.Line{File: p.File, Act: p.Act, Version: c.Row.Version})
			}
		}
		order := m.Body.Acts()
		slices.SortStableFunc(m.Sheet.Lines, func(x, y meeting.Line) int {
			return cmp.Compare(slices.Index(order, x.Act), slices.Index(order, y.Act))
		})
		return nil
	})
}

// nextMeetingNumber is the number that the register would give the next paper of the
// meeting, and the symbol that follows it.
func nextMeetingNumber(ctx context.Context, tx *store.Tx, m store.Meeting, unit org.Unit, today date.Date) (int, string, error) {
	on := m.On
	if on.IsZero() {
		on = today
	}
	heads, err := letterheads(ctx, tx, []org.Unit{unit}, on)
	if err != nil {
		return 0, "", err
	}
	s, err := seriesOf(ctx, tx, m.Unit, m.Body.Kind(), on)
	if err != nil {
		return 0, "", err
	}
	last, err := tx.LastNumber(ctx, s)
	return last + 1, m.Body.Kind() + "/" + heads[unit.No].Symbol, err
}

// numberItems gives the items without a typed number those from first on.
func numberItems(read *meeting.Meeting, first int, symbol string) {
	for n, i := range read.Unnumbered() {
		read.Items[i].Number = document.FormatNumber(first+n, symbol)
	}
}

// MeetingNumber is a number of the register as papers carry it: "05-NQ/CB".
func MeetingNumber(n int, symbol string) string { return document.FormatNumber(n, symbol) }
