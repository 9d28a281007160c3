package store

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/meeting"
	"ketnap/org"
)

// A MeetingFilter says which meetings a list shows. Empty fields do not filter.
type MeetingFilter struct {
	Unit  org.UnitNo // with its subtree
	Body  meeting.Body
	From  date.Date // by the day of the meeting; a draft without a day is shown at any
	To    date.Date
	Limit int // 1 to 500
}

// A MeetingRow is a meeting as lists show it.
type MeetingRow struct {
	Meeting
	Lines int
}

// Meetings lists the meetings within scope that were not discarded: drafts first, then the
// latest, of one day the last entered first.
func (t *Tx) Meetings(ctx context.Context, s access.Scope, f MeetingFilter) ([]MeetingRow, error) {
	roots, err := t.Narrow(ctx, s, f.Unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	q.and(`m.realm = ` + q.arg(Realm))
	q.and(`u.no = m.unit_no`)
	q.and(`m.state <> ` + q.arg(string(MeetingDiscarded)))
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`m.unit_no = c.unit_no`)
	if f.Body != "" {
		q.and(`m.body = ` + q.arg(string(f.Body)))
	}
	if !f.From.IsZero() {
		q.and(`(m.on_day IS NULL OR m.on_day >= ` + q.arg(f.From) + `)`)
	}
	if !f.To.IsZero() {
		q.and(`(m.on_day IS NULL OR m.on_day <= ` + q.arg(f.To) + `)`)
	}
	draft := q.arg(string(MeetingDraft))
	text := `SELECT ` + meetingColumns + `,
			(SELECT count(*) FROM meeting_item i WHERE i.realm = m.realm AND i.meeting_id = m.id)
		FROM unit_closure c CROSS JOIN meeting m CROSS JOIN unit u WHERE ` + q.conditions() + `
		ORDER BY CASE WHEN m.state = ` + draft + ` THEN 0 ELSE 1 END, CASE WHEN m.on_day IS NULL THEN 0 ELSE 1 END, m.on_day DESC, m.entered_at DESC, m.id DESC
		LIMIT ` + q.arg(min(max(f.Limit, 1), 500))
	return collect(ctx, t, text, q.args, func(r sqldb.Row) (MeetingRow, error) {
		var row MeetingRow
		m, err := scanMeeting(withTail{r, []any{&row.Lines}})
		row.Meeting = m
		return row, err
	})
}

// A FileMeeting is a meeting that considered a file, and the acts that it wrote there.
type FileMeeting struct {
	Meeting string
	Body    meeting.Body
	Unit    org.UnitNo
	On      date.Date
	State   MeetingState
	Act     admission.Code
	ActIDs  []string
}

// FileMeetings lists the meetings on whose agenda a file stands or stood, the latest last.
func (t *Tx) FileMeetings(ctx context.Context, file string) ([]FileMeeting, error) {
	return collect(ctx, t, `SELECT m.id, m.body, m.unit_no, m.on_day, m.state, i.act, i.act_id, i.more_id
		FROM meeting_item i CROSS JOIN meeting m
		WHERE i.realm = $1 AND i.file_id = $2 AND m.realm = i.realm AND m.id = i.meeting_id AND m.state <> $3
		ORDER BY m.entered_at, m.id, i.seq`, []any{Realm, asID(file), string(MeetingDiscarded)},
		func(r sqldb.Row) (f FileMeeting, err error) {
			var first, more *string
			err = r.Scan(&f.Meeting, &f.Body, &f.Unit, &f.On, &f.State, &f.Act, &first, &more)
			for _, id := range []*string{first, more} {
				if id != nil {
					f.ActIDs = append(f.ActIDs, *id)
				}
			}
			return f, err
		})
}

// FilesByID returns the files of the ids that lie within scope, with all their acts, by
// their ids. It reads the acts of many files with one statement each.
func (t *Tx) FilesByID(ctx context.Context, s access.Scope, ids []string) (map[string]admission.File, map[string]FileRow, error) {
	files, rows := map[string]admission.File{}, map[string]FileRow{}
	covered := map[org.UnitNo]bool{}
	err := inChunks(ids, func(part []string) error {
		a := args{Realm}
		text := `SELECT ` + fileColumns + ` FROM admission_file f JOIN unit u ON u.no = f.unit_no WHERE f.realm = $1 AND f.id IN ` + in(&a, part)
		found, err := collect(ctx, t, text, a, scanFile)
		if err != nil {
			return err
		}
		var inside []string
		for _, r := range found {
			may, known := covered[r.Unit]
			if !known {
				if may, err = t.inScope(ctx, s, r.Unit); err != nil {
					return err
				}
				covered[r.Unit] = may
			}
			if may {
				rows[r.ID], inside = r, append(inside, r.ID)
			}
		}
		return t.actsOf(ctx, inside, files)
	})
	if err != nil {
		return nil, nil, err
	}
	for id, r := range rows {
		files[id] = admission.Replay(admission.File{ID: r.ID, Unit: string(r.UnitCode), Name: r.Name, Birth: r.Birth,
			Sex: string(r.Sex), Version: r.Version, Acts: files[id].Acts})
	}
	return files, rows, nil
}

// actsOf reads the acts of some files into their files, oldest first.
func (t *Tx) actsOf(ctx context.Context, ids []string, files map[string]admission.File) error {
	if len(ids) == 0 {
		return nil
	}
	a := args{Realm}
	return t.Query(ctx, `SELECT `+actColumns+`, file_id FROM admission_act WHERE realm = $1 AND file_id IN `+in(&a, ids)+
		` ORDER BY file_id, seq`, a, func(r sqldb.Row) error {
		var id string
		act, err := scanAct(withTail{r, []any{&id}})
		if err != nil {
			return err
		}
		f := files[id]
		f.Acts = append(f.Acts, act)
		files[id] = f
		return nil
	})
}

// Draft reports whether the meeting is still being written.
func (f FileMeeting) Draft() bool { return f.State == MeetingDraft }
