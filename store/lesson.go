package store

import (
	"context"
	"errors"
	"fmt"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
)

// A CourseRow is what the holding of a class has besides its sessions, marks and results.
type CourseRow struct {
	Class        string
	Version      int    // 0 where nothing was written yet
	Summoned     int    // to the class, as the invitation counted them; 0 where nobody said
	UnionMembers *int   // of the learners; none where it is not known
	Cost         *int64 // in đồng; none where it is not known
	Remarks      string
}

// managesClass fails where a permit does not let its holder manage a class.
func (t *Tx) managesClass(ctx context.Context, p access.Permit, id string) error {
	unit, err := t.ClassUnit(ctx, id)
	if err != nil {
		return err
	}
	if !p.Allows(access.ManageClass, unit) {
		return errPermit
	}
	return nil
}

// Course returns what the holding of a class has besides; the zero row with version 0
// where nothing was written yet.
func (t *Tx) Course(ctx context.Context, id string) (c CourseRow, err error) {
	c.Class = id
	err = t.QueryRow(ctx, `SELECT version, summoned, union_members, cost, remarks FROM class_course WHERE realm = $1 AND class_id = $2`,
		Realm, asID(id)).Scan(&c.Version, &c.Summoned, &c.UnionMembers, &c.Cost, &c.Remarks)
	if errors.Is(err, sqldb.ErrNoRows) {
		return c, nil
	}
	return c, err
}

// SaveCourse writes the next version of a course; c.Version is the one that was read. It
// needs the permit to manage the class, and fails with Stale where somebody changed the
// course since.
func (t *Tx) SaveCourse(ctx context.Context, p access.Permit, c CourseRow) error {
	if err := t.managesClass(ctx, p, c.Class); err != nil {
		return err
	}
	stale := errs.E(errs.Stale, "lesson.stale")
	if c.Version == 0 {
		n, err := t.Exec(ctx, `INSERT INTO class_course (realm, class_id, version, summoned, union_members, cost, remarks)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (realm, class_id) DO NOTHING`,
			Realm, c.Class, 1, c.Summoned, c.UnionMembers, c.Cost, c.Remarks)
		if err == nil && n != 1 {
			err = stale
		}
		return err
	}
	n, err := t.Exec(ctx, `UPDATE class_course SET version = $1, summoned = $2, union_members = $3, cost = $4, remarks = $5
		WHERE realm = $6 AND class_id = $7 AND version = $8`,
		c.Version+1, c.Summoned, c.UnionMembers, c.Cost, c.Remarks, Realm, c.Class, c.Version)
	if err == nil && n != 1 {
		err = stale
	}
	return err
}

// ClassSessions lists the half-days of a class, in their order.
func (t *Tx) ClassSessions(ctx context.Context, id string) ([]class.Session, error) {
	return collect(ctx, t, `SELECT id, on_day, half, first_on, first_half, lesson, periods, lecturer, state, version
		FROM class_session WHERE realm = $1 AND class_id = $2 ORDER BY on_day, CASE WHEN half = 'morning' THEN 0 ELSE 1 END, id`,
		[]any{Realm, asID(id)}, func(r sqldb.Row) (s class.Session, err error) {
			err = r.Scan(&s.ID, &s.On, &s.Half, &s.First.On, &s.First.Half, &s.Lesson, &s.Periods, &s.Lecturer, &s.State, &s.Version)
			return s, err
		})
}

// SaveSessions writes the half-days of a class: those that are not among them are taken
// out, which the caller allows only where their roll is empty. It needs the permit to
// manage the class. The version of a session that is kept stays.
func (t *Tx) SaveSessions(ctx context.Context, p access.Permit, id string, sessions []class.Session) error {
	if err := t.managesClass(ctx, p, id); err != nil {
		return err
	}
	kept := make([]string, 0, len(sessions))
	var rows []any
	for _, s := range sessions {
		kept = append(kept, s.ID)
		rows = append(rows, Realm, id, s.ID, s.On, string(s.Half), s.First.On, string(s.First.Half), s.Lesson, s.Periods, s.Lecturer,
			string(s.State), s.Version)
	}
	a := args{Realm, id}
	text := `DELETE FROM class_session WHERE realm = $1 AND class_id = $2`
	if len(kept) > 0 {
		text += ` AND id NOT IN ` + in(&a, kept)
	}
	if _, err := t.Exec(ctx, text, a...); err != nil {
		return fmt.Errorf("sessions of class %s: %w", id, err)
	}
	err := t.insert(ctx, "class_session", `realm, class_id, id, on_day, half, first_on, first_half, lesson, periods, lecturer, state, version`,
		` ON CONFLICT (realm, class_id, id) DO UPDATE SET on_day = excluded.on_day, half = excluded.half, lesson = excluded.lesson,
		periods = excluded.periods, lecturer = excluded.lecturer, state = excluded.state`, rows)
	if err != nil {
		return fmt.Errorf("sessions of class %s: %w", id, err)
	}
	return nil
}

// A Roll is what rolls say: by id of learner, then of session.
type Roll map[string]map[string]class.Presence

// Roll returns the rolls of all sessions of a class.
func (t *Tx) Roll(ctx context.Context, id string) (Roll, error) {
	out := Roll{}
	err := t.Query(ctx, `SELECT learner_id, session_id, presence FROM class_presence WHERE realm = $1 AND class_id = $2`,
		[]any{Realm, asID(id)}, func(r sqldb.Row) error {
			var learner, session string
			var p class.Presence
			if err := r.Scan(&learner, &session, &p); err != nil {
				return err
			}
			if out[learner] == nil {
				out[learner] = map[string]class.Presence{}
			}
			out[learner][session] = p
			return nil
		})
	return out, err
}

// SaveRoll writes the roll of one session: what it says of each learner, nothing for
// Unknown. Learners that are not named keep what stands. version is that of the session
// when it was read. It needs the permit to manage the class, and fails with Stale where
// somebody wrote the same roll since.
func (t *Tx) SaveRoll(ctx context.Context, p access.Permit, id, session string, version int, roll map[string]class.Presence) error {
	if err := t.managesClass(ctx, p, id); err != nil {
		return err
	}
	n, err := t.Exec(ctx, `UPDATE class_session SET version = $1 WHERE realm = $2 AND class_id = $3 AND id = $4 AND version = $5`,
		version+1, Realm, id, session, version)
	if err != nil {
		return err
	}
	if n != 1 {
		return errs.E(errs.Stale, "lesson.roll.stale")
	}
	var blank []string
	var rows []any
	for learner, presence := range roll {
		if presence == class.Unknown {
			blank = append(blank, learner)
			continue
		}
		rows = append(rows, Realm, id, session, learner, string(presence))
	}
	err = inChunks(blank, func(part []string) error {
		a := args{Realm, id, session}
		_, err := t.Exec(ctx, `DELETE FROM class_presence WHERE realm = $1 AND class_id = $2 AND session_id = $3 AND learner_id IN `+in(&a, part), a...)
		return err
	})
	if err != nil {
		return err
	}
	return t.insert(ctx, "class_presence", `realm, class_id, session_id, learner_id, presence`,
		` ON CONFLICT (realm, class_id, session_id, learner_id) DO UPDATE SET presence = excluded.presence`, rows)
}

// A MarkRow is the mark of one essay.
type MarkRow struct {
	Learner string
	Attempt int // 1, or 2 for the retake
	Mark    class.Mark
	On      date.Date
}

// Marks lists the marks of a class.
func (t *Tx) Marks(ctx context.Context, id string) ([]MarkRow, error) {
	return collect(ctx, t, `SELECT learner_id, attempt, mark, on_day FROM class_mark WHERE realm = $1 AND class_id = $2 ORDER BY learner_id, attempt`,
		[]any{Realm, asID(id)}, func(r sqldb.Row) (m MarkRow, err error) {
			err = r.Scan(&m.Learner, &m.Attempt, &m.Mark, &m.On)
			return m, err
		})
}

// SaveMarks writes marks, in the place of what stood for the same learner and attempt, and
// takes others out. It needs the permit to manage the class.
func (t *Tx) SaveMarks(ctx context.Context, p access.Permit, id string, marks, out []MarkRow) error {
	if err := t.managesClass(ctx, p, id); err != nil {
		return err
	}
	for _, m := range out {
		if _, err := t.Exec(ctx, `DELETE FROM class_mark WHERE realm = $1 AND class_id = $2 AND learner_id = $3 AND attempt = $4`,
			Realm, id, m.Learner, m.Attempt); err != nil {
			return err
		}
	}
	var rows []any
	for _, m := range marks {
		rows = append(rows, Realm, id, m.Learner, m.Attempt, int(m.Mark), m.On)
	}
	return t.insert(ctx, "class_mark", `realm, class_id, learner_id, attempt, mark, on_day`,
		` ON CONFLICT (realm, class_id, learner_id, attempt) DO UPDATE SET mark = excluded.mark, on_day = excluded.on_day`, rows)
}
