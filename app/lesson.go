package app

import (
	"context"
	"errors"
	"slices"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A Lesson is a class while it is held and after: its half-days, the people on its list,
// what the rolls and marks say of them, and what was decided.
type Lesson struct {
	Class       store.ClassRow
	Line        []org.Unit // of the unit that holds the class, itself first
	Today       date.Date
	May         bool // the actor manages the class
	All         bool // the actor sees everybody on the list
	Course      store.CourseRow
	Sessions    []class.Session // in their order
	Learners    []LessonLearner // by Vietnamese order of names
	Results     []store.ResultRow
	Regulation  class.Regulation // of the day of the last session
	Programme   class.Programme
	Certificate []store.CertificateRow // of those in sight, by number and copy
}

// A LessonLearner is somebody who has a seat in the class.
type LessonLearner struct {
	store.LearnerRow
	Roll        map[string]class.Presence // by id of session
	Essay       class.Essay
	Written     [2]date.Date          // days of the essay and the retake
	Result      class.Result          // as it stands, or as it was frozen
	Frozen      string                // id of the decision that froze it; ""
	Certificate *store.CertificateRow // that stands; none where none was issued
}

// Decided reports whether a decision about the class was recorded: its sessions and rolls
// are frozen then.
func (l Lesson) Decided() bool { return len(l.Results) > 0 }

// Held is the day by which attendance, marks and grades are judged: that of the last
// session, or the last day as planned where there is none yet.
func (l Lesson) Held() date.Date {
	if last := class.LastOf(l.Sessions); !last.IsZero() {
		return last
	}
	if !l.Class.To.IsZero() {
		return l.Class.To
	}
	return l.Today
}

// Open counts the places of the rolls that say nothing yet, of those who are not frozen.
func (l Lesson) Open() (n int) {
	for _, x := range l.Learners {
		if x.Frozen == "" {
			n += x.Result.Open
		}
	}
	return n
}

// With lists those who stand like that.
func (l Lesson) With(o class.Outcome) (out []LessonLearner) {
	for _, x := range l.Learners {
		if x.Result.Outcome == o {
			out = append(out, x)
		}
	}
	return out
}

// learner returns somebody on the list.
func (l *Lesson) learner(id string) *LessonLearner {
	for i := range l.Learners {
		if l.Learners[i].ID == id {
			return &l.Learners[i]
		}
	}
	return nil
}

// At returns the session of a half-day; false where there is none.
func (l Lesson) At(slot class.Slot) (class.Session, bool) {
	for _, s := range l.Sessions {
		if s.Slot == slot {
			return s, true
		}
	}
	return class.Session{}, false
}

// Lesson returns a class with what was held of it, as far as the actor sees its people.
func (a *App) Lesson(ctx context.Context, who Actor, id string) (l Lesson, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		l, err = a.lesson(ctx, r.Tx, r.Scope, r.Today, id)
		if err == nil {
			l.May, err = r.holds(ctx, access.ManageClass, numbers(l.Line))
			l.All = r.Scope.Covers(numbers(l.Line))
		}
		return err
	})
	return l, err
}

// lesson reads all that there is of a class.
func (a *App) lesson(ctx context.Context, tx *store.Tx, s access.Scope, today date.Date, id string) (l Lesson, err error) {
	if l.Class, err = tx.Class(ctx, s, id); err != nil {
		return l, err
	}
	id, l.Today = l.Class.ID, today
	if l.Line, err = tx.LineUnits(ctx, l.Class.UnitNo); err != nil {
		return l, err
	}
	if l.Course, err = tx.Course(ctx, id); err != nil {
		return l, err
	}
	if l.Sessions, err = tx.ClassSessions(ctx, id); err != nil {
		return l, err
	}
	if l.Results, err = tx.Results(ctx, id); err != nil {
		return l, err
	}
	l.Regulation, l.Programme = class.RegulationOn(l.Held()), class.ProgrammeOn(l.Class.Kind, l.Held())
	return l, l.people(ctx, tx, s)
}

// people reads who has a seat, and how each stands.
func (l *Lesson) people(ctx context.Context, tx *store.Tx, s access.Scope) error {
	id := l.Class.ID
	rows, err := tx.Learners(ctx, s, id, 0)
	if err != nil {
		return err
	}
	roll, err := tx.Roll(ctx, id)
	if err != nil {
		return err
	}
	marks, err := tx.Marks(ctx, id)
	if err != nil {
		return err
	}
	frozen, err := tx.Outcomes(ctx, id)
	if err != nil {
		return err
	}
	issued, err := tx.ClassCertificates(ctx, id)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if o := frozen[row.ID]; o.Learner == "" && !row.State.On() {
			continue
		}
		l.Learners = append(l.Learners, LessonLearner{LearnerRow: row, Roll: roll[row.ID]})
	}
	for _, m := range marks {
		if x := l.learner(m.Learner); x != nil {
			x.mark(m)
		}
	}
	for _, c := range issued {
		if x := l.learner(c.Learner); x != nil {
			if c.Marked == "" {
				x.Certificate = &c
			}
			l.Certificate = append(l.Certificate, c)
		}
	}
	for i := range l.Learners {
		x := &l.Learners[i]
		x.Result = l.Regulation.Judge(class.TallyOf(l.Sessions, x.Roll), x.Essay)
		if o, ok := frozen[x.ID]; ok {
			x.freeze(o)
		}
	}
	l.rolled()
	return nil
}

func (x *LessonLearner) mark(m store.MarkRow) {
	if m.Attempt == 1 {
		x.Essay.First, x.Written[0] = &m.Mark, m.On
		return
	}
	x.Essay.Retake, x.Written[1] = &m.Mark, m.On
}

// freeze takes what a decision recognised in the place of what would be judged today.
func (x *LessonLearner) freeze(o store.OutcomeRow) {
	x.Frozen, x.Result.Outcome, x.Result.Grade = o.Result, o.Outcome, o.Grade
	x.Result.Attended, x.Result.Periods = o.Attended, o.Periods
	x.Result.Mark = nil
	if o.Mark != nil {
		m := class.Mark(*o.Mark)
		x.Result.Mark = &m
	}
}

// rolled says of each session whether its roll is complete.
func (l *Lesson) rolled() {
	for i := range l.Sessions {
		s := &l.Sessions[i]
		s.Rolled = len(l.Learners) > 0 && !slices.ContainsFunc(l.Learners, func(x LessonLearner) bool { return x.Roll[s.ID] == class.Unknown })
	}
}

// manage runs a use case on a class. What do answers with findings that block, or with
// warnings that nobody confirmed, is rolled back.
func (a *App) manage(ctx context.Context, who Actor, id string, do func(*writing, *Lesson) (record, error)) error {
	err := a.write(ctx, who, classOrder(ctx, id), func(w *writing) (record, error) {
		l, err := a.lesson(ctx, w.Tx, access.ScopeOfPermit(w.Permit), w.Today, id)
		if err != nil {
			return record{}, err
		}
		switch l.Class.State {
		case class.Opened, class.Running, class.Ended, class.Closed:
			return do(w, &l)
		}
		return record{}, errs.E(errs.Conflict, "lesson.closed", "state", l.Class.State.Words())
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// errNothing rolls back where a second press has nothing left to write: an answer, not a
// failure.
var errNothing = errs.E(errs.Conflict, "lesson.stale")

// classTo goes on to states of the class, step by step, from where it is.
func (w *writing) classTo(ctx context.Context, l *Lesson, states ...class.State) error {
	for _, s := range states {
		if l.Class.State == s || !l.Class.State.MayBecome(s) {
			continue
		}
		l.Class.State, l.Class.Version = s, l.Class.Version+1
		if err := w.SaveClass(ctx, w.Permit, l.Class); err != nil {
			return err
		}
	}
	return nil
}

// saveCourse writes the next version of a course on which the person decided.
func (w *writing) saveCourse(ctx context.Context, l *Lesson, version int) error {
	if version != l.Course.Version {
		return errs.E(errs.Stale, "lesson.stale")
	}
	return w.SaveCourse(ctx, w.Permit, l.Course)
}

// lessonRefused rolls back what findings do not let through: blocks, and warnings that nobody
// has seen.
func lessonRefused(findings []rule.Finding, confirm bool) error {
	if rule.Blocked(findings) || len(findings) > 0 && !confirm {
		return errBlocked
	}
	return nil
}

// lessonRules names the rules that spoke, for the audit.
func lessonRules(always string, findings []rule.Finding) string {
	for _, f := range findings {
		always += " " + f.Rule
	}
	return always
}

// A CertificateRow is an entry of the register of certificates.
type CertificateRow = store.CertificateRow
