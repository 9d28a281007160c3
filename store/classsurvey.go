package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A ClassSurveyRow is a survey as the store keeps it.
type ClassSurveyRow struct {
	class.Survey
	UnitNo    org.UnitNo
	UnitName  string
	EnteredAt date.Instant
	EnteredBy string
}

const classSurveyColumns = `s.id, s.unit_no, u.code, u.name, s.kind, s.title, s.number, s.question, s.due_on, s.state, s.issued_on, s.closed_on,
	s.version, s.entered_at, s.entered_by`

func scanClassSurvey(r sqldb.Row) (s ClassSurveyRow, err error) {
	err = r.Scan(&s.ID, &s.UnitNo, &s.Unit, &s.UnitName, &s.Kind, &s.Title, &s.Number, &s.Question, &s.Due, &s.State, &s.Issued, &s.ClosedOn,
		&s.Version, &s.EnteredAt, &s.EnteredBy)
	return s, err
}

// SaveClassSurvey writes a survey: a new one where its version is 1, else the next version of
// one that is kept. It needs the permit to manage classes on the unit that asks, and fails
// with Stale where somebody changed the survey since it was read.
func (t *Tx) SaveClassSurvey(ctx context.Context, p access.Permit, s ClassSurveyRow) error {
	if !p.Allows(access.ManageClass, s.UnitNo) {
		return errPermit
	}
	if s.Version == 1 {
		err := t.insert(ctx, "class_survey", `realm, id, unit_no, kind, title, number, question, due_on, state, issued_on, closed_on,
			version, entered_at, entered_by`, "", []any{Realm, s.ID, int(s.UnitNo), string(s.Kind), s.Title, s.Number, s.Question, s.Due,
			string(s.State), s.Issued, s.ClosedOn, s.Version, s.EnteredAt, s.EnteredBy})
		if err != nil {
			return fmt.Errorf("add survey %s: %w", s.ID, err)
		}
		return nil
	}
	n, err := t.Exec(ctx, `UPDATE class_survey SET title = $1, number = $2, question = $3, due_on = $4, state = $5, closed_on = $6, version = $7
		WHERE realm = $8 AND id = $9 AND unit_no = $10 AND version = $11`, s.Title, s.Number, s.Question, s.Due, string(s.State), s.ClosedOn,
		s.Version, Realm, s.ID, int(s.UnitNo), s.Version-1)
	if err != nil {
		return fmt.Errorf("save survey %s: %w", s.ID, err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "class.survey.stale")
	}
	return nil
}

// ClassSurveyUnit returns the unit that asks, so that the gate can ask for rights on it. It
// fails with NotFound.
func (t *Tx) ClassSurveyUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM class_survey WHERE realm = $1 AND id = $2`, Realm, asID(id)).Scan(&no)
	return no, orNotFound(err, "class.survey.none")
}

// ClassSurvey returns a survey that a unit above the scope issued, or one within it.
func (t *Tx) ClassSurvey(ctx context.Context, s access.Scope, id string) (ClassSurveyRow, error) {
	if s.Empty() {
		return ClassSurveyRow{}, errs.E(errs.NotFound, "class.survey.none")
	}
	q := &query{}
	q.and(`s.realm = ` + q.arg(Realm))
	q.and(`s.id = ` + q.arg(asID(id)))
	q.and(`u.no = s.unit_no`)
	q.inLine(`s.unit_no`, s.Roots())
	row, err := scanClassSurvey(t.QueryRow(ctx, `SELECT `+classSurveyColumns+` FROM class_survey s CROSS JOIN unit u WHERE `+q.conditions(), q.args...))
	return row, orNotFound(err, "class.survey.none")
}

// inLine holds a column to units that stand above or below one of the roots.
func (q *query) inLine(column string, roots []org.UnitNo) {
	below, above := in(&q.args, ints(roots)), in(&q.args, ints(roots))
	q.and(`(EXISTS (SELECT 1 FROM unit_closure b WHERE b.ancestor_no IN ` + below + ` AND b.unit_no = ` + column + `)
		OR EXISTS (SELECT 1 FROM unit_closure a WHERE a.unit_no IN ` + above + ` AND a.ancestor_no = ` + column + `))`)
}

// ClassSurveys lists the surveys above and within a scope, open ones first, then the latest; at
// most limit of them.
func (t *Tx) ClassSurveys(ctx context.Context, s access.Scope, unit org.UnitNo, openOnly bool, limit int) ([]ClassSurveyRow, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	q.and(`s.realm = ` + q.arg(Realm))
	q.and(`u.no = s.unit_no`)
	q.inLine(`s.unit_no`, roots)
	if openOnly {
		q.and(`s.state = 'open'`)
	}
	return collect(ctx, t, `SELECT `+classSurveyColumns+` FROM class_survey s CROSS JOIN unit u WHERE `+q.conditions()+`
		ORDER BY CASE WHEN s.state = 'open' THEN 0 ELSE 1 END, s.issued_on DESC, s.entered_at DESC, s.id LIMIT `+q.arg(limit), q.args, scanClassSurvey)
}

// An ClassAnswerRow is a unit's answer as the store keeps it.
type ClassAnswerRow struct {
	class.Answer
	UnitNo    org.UnitNo
	UnitName  string
	EnteredAt date.Instant
	EnteredBy string
}

// SaveClassAnswer writes a unit's answer: a new one where its version is 1, else the next
// version. It needs the permit to name people on that unit, and fails with Stale where
// somebody changed the answer since it was read.
func (t *Tx) SaveClassAnswer(ctx context.Context, p access.Permit, a ClassAnswerRow) error {
	if !p.Allows(access.NameLearner, a.UnitNo) {
		return errPermit
	}
	if a.Version == 1 {
		err := t.insert(ctx, "class_answer", `realm, survey_id, unit_no, state, place, season, staff, pupils, students, workers, note, sent_on,
			version, entered_at, entered_by`, "", []any{Realm, a.Survey, int(a.UnitNo), string(a.State), a.Place, a.Season,
			a.Without[class.Staff], a.Without[class.Pupil], a.Without[class.Student], a.Without[class.Worker], a.Note, a.Sent,
			a.Version, a.EnteredAt, a.EnteredBy})
		if err != nil && t.Kind(err) == sqldb.Unique {
			return errs.E(errs.Stale, "class.answer.stale").Because(err)
		}
		return err
	}
	n, err := t.Exec(ctx, `UPDATE class_answer SET state = $1, place = $2, season = $3, staff = $4, pupils = $5, students = $6, workers = $7,
		note = $8, sent_on = $9, version = $10, entered_at = $11, entered_by = $12
		WHERE realm = $13 AND survey_id = $14 AND unit_no = $15 AND version = $16`, string(a.State), a.Place, a.Season,
		a.Without[class.Staff], a.Without[class.Pupil], a.Without[class.Student], a.Without[class.Worker], a.Note, a.Sent,
		a.Version, a.EnteredAt, a.EnteredBy, Realm, a.Survey, int(a.UnitNo), a.Version-1)
	if err != nil {
		return fmt.Errorf("save answer of unit %d: %w", a.UnitNo, err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "class.answer.stale")
	}
	return nil
}

// ClassAnswers lists the answers to a survey of the units within scope and under unit, 0 for all.
func (t *Tx) ClassAnswers(ctx context.Context, s access.Scope, survey string, unit org.UnitNo) ([]ClassAnswerRow, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	q.and(`w.realm = ` + q.arg(Realm))
	q.and(`w.survey_id = ` + q.arg(asID(survey)))
	q.and(`u.no = w.unit_no`)
	q.and(`EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_no IN ` + in(&q.args, ints(roots)) + ` AND c.unit_no = w.unit_no)`)
	return collect(ctx, t, `SELECT w.survey_id, w.unit_no, u.code, u.name, w.state, w.place, w.season, w.staff, w.pupils, w.students, w.workers,
		w.note, w.sent_on, w.version, w.entered_at, w.entered_by FROM class_answer w CROSS JOIN unit u WHERE `+q.conditions()+` ORDER BY u.code`,
		q.args, scanClassAnswer)
}

func scanClassAnswer(r sqldb.Row) (a ClassAnswerRow, err error) {
	var staff, pupils, students, workers int
	err = r.Scan(&a.Survey, &a.UnitNo, &a.Unit, &a.UnitName, &a.State, &a.Place, &a.Season, &staff, &pupils, &students, &workers,
		&a.Note, &a.Sent, &a.Version, &a.EnteredAt, &a.EnteredBy)
	a.Without = map[class.Group]int{}
	for g, n := range map[class.Group]int{class.Staff: staff, class.Pupil: pupils, class.Student: students, class.Worker: workers} {
		if n > 0 {
			a.Without[g] = n
		}
	}
	return a, err
}
