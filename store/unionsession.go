package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/union"
)

// A UnionSession is a working session of a committee with unions, as the store keeps it.
type UnionSession struct {
	union.Session
	ID         string
	Unit       org.UnitNo // the committee
	UnitCode   org.Code
	UnitName   string
	Unions     []org.UnitNo
	UnionNames []string // in the order of Unions, when read
	Youth      *int     // what the unions had counted by that day; nil without a count
	Introduced int      // in the year until that day
	Admitted   int      // of them
	EnteredAt  date.Instant
	EnteredBy  string
	States     []ConclusionState // of the conclusions, in their order
}

// A ConclusionState is what became of a conclusion.
type ConclusionState struct {
	DoneOn date.Date // zero while it is open
	DoneBy string
	Note   string
}

// AddUnionSession writes a session with its unions and conclusions.
func (t *Tx) AddUnionSession(ctx context.Context, p access.Permit, s UnionSession) error {
	if !p.Allows(access.HoldSession, s.Unit) {
		return errPermit
	}
	err := t.insert(ctx, "union_session", "id, unit_no, on_day, chair, problems, youth, introduced, admitted, entered_at, entered_by", "",
		[]any{s.ID, int(s.Unit), s.On, s.Chair, s.Problems, s.Youth, s.Introduced, s.Admitted, s.EnteredAt, s.EnteredBy})
	if err != nil {
		return fmt.Errorf("add union session: %w", err)
	}
	var rows []any
	for _, no := range s.Unions {
		rows = append(rows, s.ID, int(no))
	}
	if err := t.insert(ctx, "union_session_unit", "session_id, unit_no", "", rows); err != nil {
		return fmt.Errorf("unions of session: %w", err)
	}
	rows = nil
	for i, c := range s.Conclusions {
		rows = append(rows, s.ID, i+1, c.Text, c.Owner, c.Due, nil, "", "")
	}
	return t.insert(ctx, "union_conclusion", "session_id, seq, text, owner, due_on, done_on, done_by, note", "", rows)
}

const unionSessionColumns = `s.id, s.unit_no, u.code, u.name, s.on_day, s.chair, s.problems, s.youth, s.introduced, s.admitted, s.entered_at, s.entered_by`

func scanUnionSession(r sqldb.Row) (s UnionSession, err error) {
	err = r.Scan(&s.ID, &s.Unit, &s.UnitCode, &s.UnitName, &s.On, &s.Chair, &s.Problems, &s.Youth, &s.Introduced, &s.Admitted, &s.EnteredAt, &s.EnteredBy)
	return s, err
}

// sessionSeen is the condition that a session s lies in scope: its committee does, or a
// union that was there.
func sessionSeen(q *query, s access.Scope) string {
	roots := in(&q.args, ints(rootsOf([]access.Scope{s})))
	return `(EXISTS (SELECT 1 FROM unit_closure c WHERE c.unit_no = s.unit_no AND c.ancestor_no IN ` + roots + `) OR EXISTS (SELECT 1 FROM union_session_unit x
		JOIN unit b ON b.no = x.unit_no JOIN unit_closure bc ON bc.unit_no = b.no OR bc.unit_no = b.beside_no WHERE x.session_id = s.id AND bc.ancestor_no IN ` + roots + `))`
}

// UnionSessions lists the sessions within scope held in a time, the latest first, with
// unions and conclusions.
func (t *Tx) UnionSessions(ctx context.Context, s access.Scope, from, to date.Date, limit int) ([]UnionSession, error) {
	q := &query{}
	q.and(`s.on_day >= ` + q.arg(from))
	q.and(`s.on_day <= ` + q.arg(to))
	q.and(sessionSeen(q, s))
	out, err := collect(ctx, t, `SELECT `+unionSessionColumns+` FROM union_session s JOIN unit u ON u.no = s.unit_no WHERE `+q.conditions()+
		` ORDER BY s.on_day DESC, s.id LIMIT `+q.arg(max(limit, 1)), q.args, scanUnionSession)
	if err != nil {
		return nil, err
	}
	return out, t.fillUnionSessions(ctx, out)
}

// UnionSession returns a session within scope, else NotFound.
func (t *Tx) UnionSession(ctx context.Context, s access.Scope, id string) (UnionSession, error) {
	q := &query{}
	q.and(`s.id = ` + q.arg(asID(id)))
	q.and(sessionSeen(q, s))
	x, err := scanUnionSession(t.QueryRow(ctx, `SELECT `+unionSessionColumns+` FROM union_session s JOIN unit u ON u.no = s.unit_no WHERE `+q.conditions(), q.args...))
	if err != nil {
		return x, orNotFound(err, "union.session.none")
	}
	one := []UnionSession{x}
	err = t.fillUnionSessions(ctx, one)
	return one[0], err
}

// UnionSessionUnit returns the committee of a session, for the gate. It fails with NotFound.
func (t *Tx) UnionSessionUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM union_session WHERE id = $1`, asID(id)).Scan(&no)
	return no, orNotFound(err, "union.session.none")
}

// fillUnionSessions reads unions and conclusions of sessions.
func (t *Tx) fillUnionSessions(ctx context.Context, all []UnionSession) error {
	at, ids := map[string]*UnionSession{}, make([]string, len(all))
	for i := range all {
		at[all[i].ID], ids[i] = &all[i], all[i].ID
	}
	return inChunks(ids, func(part []string) error {
		var a args
		err := t.Query(ctx, `SELECT x.session_id, x.unit_no, u.name FROM union_session_unit x JOIN unit u ON u.no = x.unit_no WHERE x.session_id IN `+in(&a, part)+
			` ORDER BY x.session_id, u.code_key`, a, func(r sqldb.Row) error {
			var id, name string
			var no org.UnitNo
			err := r.Scan(&id, &no, &name)
			if s := at[id]; s != nil {
				s.Unions, s.UnionNames = append(s.Unions, no), append(s.UnionNames, name)
			}
			return err
		})
		if err != nil {
			return err
		}
		a = nil
		return t.Query(ctx, `SELECT c.session_id, c.text, c.owner, c.due_on, c.done_on, c.done_by, c.note FROM union_conclusion c WHERE c.session_id IN `+in(&a, part)+
			` ORDER BY c.session_id, c.seq`, a, func(r sqldb.Row) error {
			var id string
			var c union.Conclusion
			var st ConclusionState
			err := r.Scan(&id, &c.Text, &c.Owner, &c.Due, &st.DoneOn, &st.DoneBy, &st.Note)
			if s := at[id]; s != nil {
				s.Conclusions, s.States = append(s.Conclusions, c), append(s.States, st)
			}
			return err
		})
	})
}

// FinishUnionConclusion marks the n-th conclusion of a session, from 0, as done, with how.
// It fails with Stale where it was done before.
func (t *Tx) FinishUnionConclusion(ctx context.Context, p access.Permit, session string, n int, st ConclusionState) error {
	if !permitOf(p, access.HoldSession) {
		return errPermit
	}
	done, err := t.Exec(ctx, `UPDATE union_conclusion SET done_on = $1, done_by = $2, note = $3 WHERE session_id = $4 AND seq = $5 AND done_on IS NULL
		AND EXISTS (SELECT 1 FROM union_session s WHERE s.id = $4 AND s.unit_no = $6)`, st.DoneOn, st.DoneBy, st.Note, asID(session), n+1, int(p.Unit()))
	if err != nil {
		return fmt.Errorf("finish conclusion: %w", err)
	}
	if done != 1 {
		return errs.E(errs.Stale, "union.session.done_already")
	}
	return nil
}

// OverdueUnionConclusions returns how many conclusions are overdue on a day, of sessions
// that one of the units held or at which it was, and the oldest of their days.
func (t *Tx) OverdueUnionConclusions(ctx context.Context, units []org.UnitNo, on date.Date) (n int, oldest date.Date, err error) {
	if len(units) == 0 {
		return 0, oldest, nil
	}
	a := args{on}
	list := in(&a, ints(units))
	err = t.QueryRow(ctx, `SELECT COUNT(*), MIN(c.due_on) FROM union_conclusion c JOIN union_session s ON s.id = c.session_id WHERE c.done_on IS NULL AND c.due_on < $1
		AND (s.unit_no IN `+list+` OR EXISTS (SELECT 1 FROM union_session_unit x WHERE x.session_id = s.id AND x.unit_no IN `+list+`))`, a...).Scan(&n, &oldest)
	return n, oldest, err
}

// LastUnionSessions returns the day of the last session of each committee by a day. Those
// that held none are absent.
func (t *Tx) LastUnionSessions(ctx context.Context, units []org.UnitNo, by date.Date) (map[org.UnitNo]date.Date, error) {
	out := map[org.UnitNo]date.Date{}
	err := inChunks(ints(units), func(part []int) error {
		a := args{by}
		return t.Query(ctx, `SELECT s.unit_no, MAX(s.on_day) FROM union_session s WHERE s.on_day <= $1 AND s.unit_no IN `+in(&a, part)+` GROUP BY s.unit_no`, a, func(r sqldb.Row) error {
			var no org.UnitNo
			var on date.Date
			err := r.Scan(&no, &on)
			out[no] = on
			return err
		})
	})
	return out, err
}

// SetUnionSessionRule records how often a committee works with its unions, in months, from
// a day on; a second rule for the same day replaces the first.
func (t *Tx) SetUnionSessionRule(ctx context.Context, p access.Permit, from date.Date, months int, source string) error {
	if !permitOf(p, access.HoldSession) {
		return errPermit
	}
	_, err := t.Exec(ctx, `INSERT INTO union_session_rule (unit_no, from_on, months, source) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit_no, from_on) DO UPDATE SET months = excluded.months, source = excluded.source`, int(p.Unit()), from, months, source)
	return err
}

// UnionSessionRules returns the rule of each committee in force on a day, in months. Those
// that set none are absent.
func (t *Tx) UnionSessionRules(ctx context.Context, units []org.UnitNo, on date.Date) (map[org.UnitNo]int, error) {
	out := map[org.UnitNo]int{}
	err := inChunks(ints(units), func(part []int) error {
		a := args{on}
		return t.Query(ctx, `SELECT l.unit_no, l.months FROM union_session_rule l WHERE l.from_on <= $1 AND l.unit_no IN `+in(&a, part)+` ORDER BY l.from_on`, a, func(r sqldb.Row) error {
			var no org.UnitNo
			var months int
			err := r.Scan(&no, &months)
			out[no] = months
			return err
		})
	})
	return out, err
}

// A UnionRating is an official rating of a union, as the store keeps it.
type UnionRating struct {
	union.Rating
	ID   string
	Unit org.UnitNo
	At   date.Instant
	Who  string
}

// AddUnionRating writes a rating behind the earlier ones. The permit is that of the union
// above, or of the committee that leads it.
func (t *Tx) AddUnionRating(ctx context.Context, p access.Permit, r UnionRating) error {
	if !permitOf(p, access.RecordUnion, access.HoldSession) {
		return errPermit
	}
	return t.insert(ctx, "union_rating", "id, unit_no, year, level, decided_by, decided_on, recorded_at, recorded_by", "",
		[]any{r.ID, int(r.Unit), r.Year, string(r.Level), r.By, r.On, r.At, r.Who})
}

// UnionRatings lists every rating of unions in a year, in the order of recording.
func (t *Tx) UnionRatings(ctx context.Context, units []org.UnitNo, year int) ([]UnionRating, error) {
	var out []UnionRating
	err := inChunks(ints(units), func(part []int) error {
		a := args{year}
		rows, err := collect(ctx, t, `SELECT g.id, g.unit_no, g.year, g.level, g.decided_by, g.decided_on, g.recorded_at, g.recorded_by FROM union_rating g
			WHERE g.year = $1 AND g.unit_no IN `+in(&a, part)+` ORDER BY g.unit_no, g.recorded_at, g.id`, a, func(r sqldb.Row) (x UnionRating, err error) {
			return x, r.Scan(&x.ID, &x.Unit, &x.Year, &x.Level, &x.By, &x.On, &x.At, &x.Who)
		})
		out = append(out, rows...)
		return err
	})
	return out, err
}
