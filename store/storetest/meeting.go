package storetest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/meeting"
	"ketnap/store"
)

// draftMeeting is a meeting of a branch with two points, as it was typed.
func draftMeeting(id string) store.Meeting {
	return store.Meeting{ID: id, Unit: 3, Body: meeting.Branch, State: store.MeetingDraft, On: day, Version: 1, EnteredAt: at(0), EnteredBy: "Lê Thị Hoa", Sheet: meeting.Sheet{
		On: "2024-05-27", Place: "Hội trường", Chair: "Trần Văn Bình", Method: meeting.Cards, Present: "mười bảy", Auto: true,
		Absences: []meeting.Absence{{Name: "Lê An", Reason: meeting.Accepted, Decision: "CV 12-CV/CB"}},
		Lines: []meeting.Line{
			{File: "f1", Act: admission.BranchResolution, Version: 3, Number: "12-NQ/CB", For: "15", Against: "?"},
			{File: "f2", Act: admission.List, Version: 2, Helper: "Trần An", Note: "x"},
		}}}
}

func testMeetings(t *testing.T, s *store.Store) {
	Block(t, s)
	branch := permit(access.RecordBranch, 3)
	m := draftMeeting("m1")
	for _, c := range []struct {
		name string
		p    access.Permit
	}{
		{"without a permit", access.Permit{}}, {"by another desk's right", permit(access.RecordBoard, 3)},
		{"by a right of readers", permit(access.SeeFile, 3)}, {"on another unit", permit(access.RecordBranch, 2)},
	} {
		for what, err := range map[string]error{
			"add":  s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddMeeting(t.Context(), c.p, m) }),
			"save": s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveMeeting(t.Context(), c.p, m) }),
		} {
			if err == nil || errs.KindOf(err) != errs.Internal {
				t.Errorf("%s a meeting %s: %v", what, c.name, err)
			}
		}
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMeeting(ctx, branch, m); err != nil {
			return err
		}
		other := draftMeeting("m2")
		other.Unit, other.Body, other.On, other.Sheet.On, other.EnteredAt = 1, meeting.Standing, date.Date{}, "mai", at(1)
		return tx.AddMeeting(ctx, permit(access.RecordBoard, 1), other)
	})
	sameMeeting(t, s, "as it was typed", m)

	m.Version, m.Sheet.Lines, m.On, m.Sheet.On = 2, m.Sheet.Lines[1:], date.Must("2023-12-31"), "2023-12-31"
	save := func(m store.Meeting) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveMeeting(t.Context(), branch, m) })
	}
	if err := save(m); err != nil {
		t.Fatal(err)
	}
	kind(t, "of two who read the same version", save(m), errs.Stale)
	sameMeeting(t, s, "as it was saved", m)

	m.Version, m.State, m.RecordedAt, m.RecordedBy, m.Confirmed = 3, store.MeetingRecorded, at(9), "Lê Thị Hoa", "token"
	m.Sheet.Lines[0].ActIDs = []string{"a1", "a2"}
	if err := save(m); err != nil {
		t.Fatal(err)
	}
	sameMeeting(t, s, "as it was recorded", m)
	m.Version++
	kind(t, "what was recorded is never changed", save(m), errs.Stale)
	listedMeetings(t, s)
}

func sameMeeting(t *testing.T, s *store.Store, what string, want store.Meeting) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Meeting(ctx, scope(2), want.ID)
		if want.State == "" {
			want.State = store.MeetingDraft
		}
		want.UnitCode, want.UnitName = "K01.01", "Chi bộ Khoa Sư phạm"
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
		}
		return err
	})
}

func listedMeetings(t *testing.T, s *store.Store) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name   string
			scope  access.Scope
			filter store.MeetingFilter
			want   string
		}{
			{"drafts first", scope(1), store.MeetingFilter{Limit: 9}, "m2:2 m1:1"},
			{"a branch sees its own", scope(3), store.MeetingFilter{Limit: 9}, "m1:1"},
			{"another sees none", scope(4), store.MeetingFilter{Limit: 9}, ""},
			{"below a unit", scope(1), store.MeetingFilter{Unit: 2, Limit: 9}, "m1:1"},
			{"of a body", scope(1), store.MeetingFilter{Body: meeting.Standing, Limit: 9}, "m2:2"},
			{"of a year, and drafts without a day", scope(1), store.MeetingFilter{From: date.Must("2024-01-01"), To: date.Must("2024-12-31"), Limit: 9}, "m2:2"},
			{"no more than asked", scope(1), store.MeetingFilter{Limit: 1}, "m2:2"},
		} {
			rows, err := tx.Meetings(ctx, c.scope, c.filter)
			if err != nil {
				return err
			}
			var got []string
			for _, r := range rows {
				got = append(got, fmt.Sprintf("%s:%d", r.ID, r.Lines))
			}
			equal(t, c.name, strings.Join(got, " "), c.want)
		}
		for _, sc := range []access.Scope{scope(), scope(4), scope(6)} {
			_, err := tx.Meeting(ctx, sc, "m1")
			kind(t, "a meeting out of scope", err, errs.NotFound)
		}
		_, err := tx.Meeting(ctx, scope(1), "m\x00")
		kind(t, "what is no id", err, errs.NotFound)
		_, _, err = tx.MeetingUnit(ctx, "none")
		kind(t, "the unit of no meeting", err, errs.NotFound)
		unit, body, err := tx.MeetingUnit(ctx, "m1")
		equal(t, "the unit of a meeting", fmt.Sprintf("%d %s", unit, body), "3 branch")
		if err != nil {
			return err
		}
		of, err := tx.FileMeetings(ctx, "f2")
		equal(t, "the meetings of a file", len(of), 2)
		equal(t, "and what one wrote", fmt.Sprintf("%s %d %s %s %v", of[0].Meeting, of[0].Unit, of[0].State, of[0].Act, of[0].ActIDs), "m1 3 recorded list [a1 a2]")
		return err
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		m, err := tx.Meeting(ctx, scope(1), "m2")
		if err != nil {
			return err
		}
		m.State, m.Version = store.MeetingDiscarded, 2
		return tx.SaveMeeting(ctx, permit(access.RecordBoard, 1), m)
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Meetings(ctx, scope(1), store.MeetingFilter{Limit: 9})
		equal(t, "what was given up is listed no more", len(rows), 1)
		return err
	})
}

func testFilesByID(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Nguyễn Thị Ánh Lan")
	g := opened("f2", "K01.02", "Lê Văn An")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, a := range road(f)[:3] {
			f = advance(t, f, a)
		}
		return tx.BulkFiles(ctx, permit(access.OpenFile, 2), []store.BulkFile{
			{File: f, Name: nameOf(t, f.Name), State: stateOf(f, 3)}, {File: g, Name: nameOf(t, g.Name), State: stateOf(g, 4)}}, at(0))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		files, rows, err := tx.FilesByID(ctx, scope(2), []string{"f1", "f2", "none"})
		if err != nil {
			return err
		}
		equal(t, "files", len(files), 2)
		sameFile(t, "with their acts", files["f1"], f)
		sameFile(t, "without", files["f2"], g)
		sameRow(t, "the row", rows["f1"], f)
		files, rows, err = tx.FilesByID(ctx, scope(4), []string{"f1", "f2"})
		equal(t, "of those in scope", fmt.Sprintf("%d %d %s", len(files), len(rows), files["f2"].Name), "1 1 Lê Văn An")
		if err != nil {
			return err
		}
		files, _, err = tx.FilesByID(ctx, scope(2), nil)
		equal(t, "of none", len(files), 0)
		return err
	})
}
