package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/meeting"
	"ketnap/org"
)

// A MeetingState says whether a meeting is still being written.
type MeetingState string

// States of a meeting.
const (
	MeetingDraft     MeetingState = "draft"
	MeetingRecorded  MeetingState = "recorded"
	MeetingDiscarded MeetingState = "discarded" // a draft that was given up
)

// A Meeting is a meeting as the store keeps it. Lines of the sheet are filled where the
// whole meeting is read, not in lists.
type Meeting struct {
	ID         string
	Unit       org.UnitNo
	UnitCode   org.Code
	UnitName   string
	Body       meeting.Body
	State      MeetingState
	On         date.Date // none while no day can be read
	Version    int
	Sheet      meeting.Sheet
	EnteredAt  date.Instant
	EnteredBy  string
	RecordedAt date.Instant
	RecordedBy string
	Confirmed  string // what was confirmed, so that a second press is known
}

const meetingColumns = `m.id, m.unit_no, u.code, u.name, m.body, m.state, m.on_day, m.version, m.sheet,
	m.entered_at, m.entered_by, m.recorded_at, m.recorded_by, m.confirmed`

func scanMeeting(r sqldb.Row) (m Meeting, err error) {
	var sheet string
	if err := r.Scan(&m.ID, &m.Unit, &m.UnitCode, &m.UnitName, &m.Body, &m.State, &m.On, &m.Version, &sheet,
		&m.EnteredAt, &m.EnteredBy, &m.RecordedAt, &m.RecordedBy, &m.Confirmed); err != nil {
		return m, err
	}
	if err := json.Unmarshal([]byte(sheet), &m.Sheet); err != nil {
		return m, fmt.Errorf("meeting %s: %w", m.ID, err)
	}
	return m, nil
}

// meetingDesk is the right that writes the meetings of a body.
func meetingDesk(b meeting.Body) access.Right {
	switch b {
	case meeting.Base:
		return access.RecordBase
	case meeting.Standing:
		return access.RecordBoard
	}
	return access.RecordBranch
}

// AddMeeting writes a new draft with its agenda. It needs the permit of the body's desk on
// the meeting's unit.
func (t *Tx) AddMeeting(ctx context.Context, p access.Permit, m Meeting) error {
	if !p.Allows(meetingDesk(m.Body), m.Unit) {
		return errPermit
	}
	sheet, err := json.Marshal(m.Sheet)
	if err != nil {
		return fmt.Errorf("sheet of meeting %s: %w", m.ID, err)
	}
	err = t.insert(ctx, "meeting", "realm, id, unit_no, body, state, on_day, version, sheet, entered_at, entered_by, recorded_at, recorded_by, confirmed", "",
		[]any{Realm, m.ID, int(m.Unit), string(m.Body), string(MeetingDraft), m.On, m.Version, string(sheet), m.EnteredAt, m.EnteredBy, m.RecordedAt, m.RecordedBy, m.Confirmed})
	if err != nil {
		return fmt.Errorf("add meeting %s: %w", m.ID, err)
	}
	return t.addLines(ctx, m)
}

// SaveMeeting writes a draft anew, with its agenda, or records or discards it: m.Version is
// the new version. It needs the permit of AddMeeting, and fails with Stale where the draft
// was changed since it was read, or is a draft no more.
func (t *Tx) SaveMeeting(ctx context.Context, p access.Permit, m Meeting) error {
	if !p.Allows(meetingDesk(m.Body), m.Unit) {
		return errPermit
	}
	sheet, err := json.Marshal(m.Sheet)
	if err != nil {
		return fmt.Errorf("sheet of meeting %s: %w", m.ID, err)
	}
	n, err := t.Exec(ctx, `UPDATE meeting SET state = $1, on_day = $2, version = $3, sheet = $4, recorded_at = $5, recorded_by = $6, confirmed = $7
		WHERE realm = $8 AND id = $9 AND unit_no = $10 AND body = $11 AND version = $12 AND state = $13`,
		string(m.State), m.On, m.Version, string(sheet), m.RecordedAt, m.RecordedBy, m.Confirmed,
		Realm, m.ID, int(m.Unit), string(m.Body), m.Version-1, string(MeetingDraft))
	if err != nil {
		return fmt.Errorf("save meeting %s: %w", m.ID, err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "meeting.stale")
	}
	if _, err := t.Exec(ctx, `DELETE FROM meeting_item WHERE realm = $1 AND meeting_id = $2`, Realm, m.ID); err != nil {
		return fmt.Errorf("agenda of meeting %s: %w", m.ID, err)
	}
	return t.addLines(ctx, m)
}

func (t *Tx) addLines(ctx context.Context, m Meeting) error {
	var rows []any
	for i, l := range m.Sheet.Lines {
		detail, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("agenda of meeting %s: %w", m.ID, err)
		}
		var first, more string
		if len(l.ActIDs) > 0 {
			first = l.ActIDs[0]
		}
		if len(l.ActIDs) > 1 {
			more = l.ActIDs[1]
		}
		rows = append(rows, Realm, m.ID, i+1, l.File, string(l.Act), l.Version, string(detail), nullText(first), nullText(more))
	}
	return t.insert(ctx, "meeting_item", "realm, meeting_id, seq, file_id, act, file_version, detail, act_id, more_id", "", rows)
}

// MeetingUnit returns the unit and the body of a meeting, so that the gate can ask for
// rights on it. It fails with NotFound.
func (t *Tx) MeetingUnit(ctx context.Context, id string) (no org.UnitNo, body meeting.Body, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no, body FROM meeting WHERE realm = $1 AND id = $2`, Realm, asID(id)).Scan(&no, &body)
	return no, body, orNotFound(err, "meeting.none")
}

// Meeting returns a meeting with its agenda. Out of scope, there is none.
func (t *Tx) Meeting(ctx context.Context, s access.Scope, id string) (Meeting, error) {
	m, err := scanMeeting(t.QueryRow(ctx, `SELECT `+meetingColumns+` FROM meeting m JOIN unit u ON u.no = m.unit_no
		WHERE m.realm = $1 AND m.id = $2`, Realm, asID(id)))
	if errors.Is(err, sqldb.ErrNoRows) {
		return Meeting{}, errs.E(errs.NotFound, "meeting.none")
	}
	if err != nil {
		return Meeting{}, fmt.Errorf("read meeting %s: %w", id, err)
	}
	in, err := t.inScope(ctx, s, m.Unit)
	if err != nil {
		return Meeting{}, err
	}
	if !in {
		return Meeting{}, errs.E(errs.NotFound, "meeting.none")
	}
	m.Sheet.Lines, err = collect(ctx, t, `SELECT file_id, act, file_version, detail, act_id, more_id FROM meeting_item
		WHERE realm = $1 AND meeting_id = $2 ORDER BY seq`, []any{Realm, m.ID}, scanLine)
	return m, err
}

func scanLine(r sqldb.Row) (l meeting.Line, err error) {
	var (
		file, detail string
		act          admission.Code
		version      int
		first, more  *string
	)
	if err := r.Scan(&file, &act, &version, &detail, &first, &more); err != nil {
		return l, err
	}
	if err := json.Unmarshal([]byte(detail), &l); err != nil {
		return l, fmt.Errorf("agenda of file %s: %w", file, err)
	}
	l.File, l.Act, l.Version = file, act, version
	for _, id := range []*string{first, more} {
		if id != nil {
			l.ActIDs = append(l.ActIDs, *id)
		}
	}
	return l, nil
}
