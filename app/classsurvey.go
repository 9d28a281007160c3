package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// maxSurveys is how many surveys, proposals or classes a page lists.
const maxSurveys = 50

// IssueClassSurvey asks the units below a committee (CLS-01). Findings that block leave
// nothing written.
func (a *App) IssueClassSurvey(ctx context.Context, who Actor, unit string, s class.Survey) (id string, found []rule.Finding, err error) {
	id = newID()
	err = a.write(ctx, who, atCode(ctx, access.ManageClass, access.SeeClass, unit), func(w *writing) (record, error) {
		s.ID, s.State, s.Issued, s.Version, s.ClosedOn = id, class.SurveyOpen, w.Today, 1, date.Date{}
		s.Title, s.Number, s.Question = strings.TrimSpace(s.Title), strings.TrimSpace(s.Number), strings.TrimSpace(s.Question)
		if found = class.CheckSurvey(s, w.Today); rule.Blocked(found) {
			return record{}, errBlocked
		}
		row := store.ClassSurveyRow{Survey: s, UnitNo: w.Permit.Unit(), EnteredAt: w.At, EnteredBy: w.who.Name}
		return record{object: "class_survey/" + id, rules: "CLS-01 CLS-17", after: map[string]any{"kind": s.Kind, "title": s.Title, "due": s.Due}},
			w.SaveClassSurvey(ctx, w.Permit, row)
	})
	return id, found, unblocked(err)
}

// unblocked takes the refusal by rules for the answer that it is.
func unblocked(err error) error {
	if err != nil && errs.As(err).Key == errBlocked.Key {
		return nil
	}
	return err
}

// classSurveyOrder asks for the right to manage classes on the unit of a survey.
func classSurveyOrder(ctx context.Context, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.ClassSurveyUnit(ctx, id)
		return order{right: access.ManageClass, see: access.SeeClass, unit: unit, none: "class.survey.none"}, err
	}
}

// ChangeClassSurvey gives the units more time, or closes the survey, or opens it again.
func (a *App) ChangeClassSurvey(ctx context.Context, who Actor, id string, version int, due date.Date, shut bool) (found []rule.Finding, err error) {
	err = a.write(ctx, who, classSurveyOrder(ctx, id), func(w *writing) (record, error) {
		s, err := w.ClassSurvey(ctx, access.ScopeOfPermit(w.Permit), id)
		if err != nil {
			return record{}, err
		}
		if s.Version != version {
			return record{}, errs.E(errs.Stale, "class.survey.stale")
		}
		before := map[string]any{"due": s.Due, "state": s.State}
		s.Due, s.State, s.ClosedOn, s.Version = due, class.SurveyOpen, date.Date{}, version+1
		if shut {
			s.State, s.ClosedOn = class.SurveyClosed, w.Today
		} else if found = class.CheckSurvey(s.Survey, w.Today); rule.Blocked(found) {
			return record{}, errBlocked
		}
		return record{object: "class_survey/" + id, before: before, after: map[string]any{"due": s.Due, "state": s.State}}, w.SaveClassSurvey(ctx, w.Permit, s)
	})
	return found, unblocked(err)
}

// A ClassSurveyLine is what one unit answered, beside what the register shows of it.
type ClassSurveyLine struct {
	Unit    org.Unit
	Need    class.Headcount        // by the register
	Answer  *store.ClassAnswerRow  // none while it has not begun one
	Named   int                    // people in answers that were sent, of the whole subtree
	Without map[class.Group]int    // people without a file, in answers that were sent
	Below   []store.ClassAnswerRow // answers of units below it
	Late    bool
}

// Sent reports whether the unit itself handed its answer in.
func (l ClassSurveyLine) Sent() bool { return l.Answer != nil && l.Answer.State == class.AnswerSent }

// A ClassSurveyPage is a survey with what the units below one of them answered.
type ClassSurveyPage struct {
	Survey    store.ClassSurveyRow
	Unit      org.Unit // whose units are listed
	Today     date.Date
	Lines     []ClassSurveyLine
	Own       *ClassSurveyLine // of the unit itself, where it is asked
	People    []class.Place    // named in answers that were sent
	MayManage bool
	MayName   bool // the actor answers for the unit
}

// Answered is how many of the units sent their answers.
func (p ClassSurveyPage) Answered() (n int) {
	for _, l := range p.Lines {
		if l.Sent() {
			n++
		}
	}
	return n
}

// ClassSurvey returns a survey with the answers of the units below a unit: the one that
// asks for, or one of its own in the actor's reach.
func (a *App) ClassSurvey(ctx context.Context, who Actor, id, unit string) (p ClassSurveyPage, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		if p.Survey, err = r.Tx.ClassSurvey(ctx, r.Scope, id); err != nil {
			return err
		}
		u, line, err := r.surveyedUnit(ctx, p.Survey, unit)
		if err != nil {
			return err
		}
		p.Unit, p.Today = u, r.Today
		top, err := r.Line(ctx, p.Survey.UnitNo)
		if err != nil {
			return err
		}
		p.MayManage = who.may(access.ManageClass, r.Today, top)
		p.MayName = who.may(access.NameLearner, r.Today, numbers(line)) && u.No != p.Survey.UnitNo
		return r.surveyLines(ctx, &p, line)
	})
	return p, err
}

// surveyedUnit is the unit of a code when it lies in the scope and under the survey's; the
// survey's own, or the nearest in reach, without a code.
func (r *reading) surveyedUnit(ctx context.Context, s store.ClassSurveyRow, code string) (org.Unit, []org.Unit, error) {
	if code == "" {
		code = s.Unit
		if roots, err := r.Narrow(ctx, r.Scope, s.UnitNo); err == nil && len(roots) > 0 && roots[0] != s.UnitNo {
			u, err := r.UnitByNo(ctx, roots[0])
			if err != nil {
				return u, nil, err
			}
			code = string(u.Code)
		}
	}
	u, nos, err := r.unit(ctx, code)
	if err != nil {
		return u, nil, err
	}
	if !slices.Contains(nos, s.UnitNo) {
		return u, nil, errs.E(errs.NotFound, "class.survey.none")
	}
	line, err := r.LineUnits(ctx, u.No)
	return u, line, err
}

func (r *reading) surveyLines(ctx context.Context, p *ClassSurveyPage, line []org.Unit) error {
	id := p.Survey.ID
	found, err := r.classDemand(ctx, p.Unit, line, p.Survey.Kind, []string{id})
	if err != nil {
		return err
	}
	answers, err := r.ClassAnswers(ctx, r.Scope, id, p.Unit.No)
	if err != nil {
		return err
	}
	var roots []org.UnitNo
	for _, c := range found.children {
		roots = append(roots, c.No)
	}
	owners, err := r.Owners(ctx, roots)
	if err != nil {
		return err
	}
	counted, err := r.countedAnswers(ctx, answers)
	if err != nil {
		return err
	}
	late := p.Survey.State == class.SurveyOpen && p.Survey.Late(r.Today)
	for _, child := range found.children {
		l := ClassSurveyLine{Unit: child, Need: class.Count(persons(found.of(string(child.Code))))}
		l.take(child.No, answers, owners)
		l.Late = late && !l.Sent()
		for _, place := range found.of(string(child.Code)) {
			if found.namedIn(place.File, id) && counted[found.nos[place.File]] {
				l.Named++
				p.People = append(p.People, place)
			}
		}
		p.Lines = append(p.Lines, l)
	}
	if p.Unit.No != p.Survey.UnitNo {
		own := ClassSurveyLine{Unit: p.Unit, Need: class.Count(persons(found.people))}
		own.take(p.Unit.No, answers, map[org.UnitNo]org.UnitNo{})
		own.Late = late && !own.Sent()
		if own.Sent() {
			p.People = nil
			for _, place := range found.people {
				if found.namedIn(place.File, id) {
					own.Named++
					p.People = append(p.People, place)
				}
			}
		}
		p.Own = &own
	}
	return nil
}

// take sorts the answers of a unit's subtree into its line.
func (l *ClassSurveyLine) take(no org.UnitNo, answers []store.ClassAnswerRow, owners map[org.UnitNo]org.UnitNo) {
	l.Without = map[class.Group]int{}
	for _, a := range answers {
		if a.UnitNo == no {
			l.Answer = &a
		} else if owners[a.UnitNo] == no {
			l.Below = append(l.Below, a)
		}
	}
	add := func(a store.ClassAnswerRow) {
		if a.State == class.AnswerSent {
			for g, n := range a.Without {
				l.Without[g] += n
			}
		}
	}
	if l.Sent() { // what a base committee sends is the whole of it
		add(*l.Answer)
		return
	}
	for _, a := range l.Below {
		add(a)
	}
}

// namedIn reports whether a person is named in a survey.
func (d classDemanded) namedIn(file, survey string) bool {
	return slices.ContainsFunc(d.named[file], func(n store.NamedRow) bool { return n.Survey == survey })
}

// countedAnswers are the units of which the people who are named count: their own answer,
// or that of a unit above them, was sent.
func (r *reading) countedAnswers(ctx context.Context, answers []store.ClassAnswerRow) (map[org.UnitNo]bool, error) {
	var sent []org.UnitNo
	for _, a := range answers {
		if a.State == class.AnswerSent {
			sent = append(sent, a.UnitNo)
		}
	}
	owners, err := r.Owners(ctx, sent)
	out := map[org.UnitNo]bool{}
	for unit := range owners {
		out[unit] = true
	}
	return out, err
}

// A ClassSurveyBrief is a survey as lists show it: how many of the units that the actor
// answers for have not answered yet.
type ClassSurveyBrief struct {
	store.ClassSurveyRow
	Waiting []org.Unit // units of the actor that have not sent their answer
}

// waitingSurveys are the open surveys that wait for an answer of the actor's own units.
func (r *reading) waitingSurveys(ctx context.Context) ([]ClassSurveyBrief, error) {
	s, err := r.scopeFor(ctx, access.NameLearner)
	if err != nil || s.Empty() {
		return nil, err
	}
	surveys, err := r.ClassSurveys(ctx, s, 0, true, maxSurveys)
	if err != nil || len(surveys) == 0 {
		return nil, err
	}
	units, err := r.UnitsByNo(ctx, s.Roots())
	if err != nil {
		return nil, err
	}
	var out []ClassSurveyBrief
	for _, v := range surveys {
		answers, err := r.ClassAnswers(ctx, s, v.ID, 0)
		if err != nil {
			return nil, err
		}
		b := ClassSurveyBrief{ClassSurveyRow: v}
		for _, u := range units {
			sent := slices.ContainsFunc(answers, func(a store.ClassAnswerRow) bool { return a.UnitNo == u.No && a.State == class.AnswerSent })
			if !sent && u.No != v.UnitNo {
				b.Waiting = append(b.Waiting, u)
			}
		}
		out = append(out, b)
	}
	return out, nil
}
