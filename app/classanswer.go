package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A ClassAnswerLine is a person whom a unit may name in its answer.
type ClassAnswerLine struct {
	class.Place
	Ticked bool
	Below  bool // named by the unit below that keeps the file
}

// A ClassAnswerPage is the answer of one unit to a survey.
type ClassAnswerPage struct {
	Survey store.ClassSurveyRow
	Unit   org.Unit
	Line   []org.Unit
	Today  date.Date
	Answer class.Answer      // version 0 where it was not begun
	People []ClassAnswerLine // whom the register shows, or somebody named
	Others []store.FileRow   // with a file, for whom the register shows no need
	Below  []ClassSurveyLine // of a base committee: its branches
	May    bool
}

// ClassAnswer returns what a unit answered, or a proposal of it: who is named already, or
// whom the register shows.
func (a *App) ClassAnswer(ctx context.Context, who Actor, id, unit string) (p ClassAnswerPage, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		if p.Survey, err = r.Tx.ClassSurvey(ctx, r.Scope, id); err != nil {
			return err
		}
		u, line, err := r.surveyedUnit(ctx, p.Survey, unit)
		if err != nil {
			return err
		}
		if u.No == p.Survey.UnitNo {
			return errs.E(errs.NotFound, "class.survey.none")
		}
		p.Unit, p.Line, p.Today = u, line, r.Today
		p.May = who.may(access.NameLearner, r.Today, numbers(line)) && p.Survey.State == class.SurveyOpen
		if !who.may(access.NameLearner, r.Today, numbers(line)) {
			return errs.E(errs.Forbidden, "error.forbidden")
		}
		return r.answerLines(ctx, &p)
	})
	return p, err
}

func (r *reading) answerLines(ctx context.Context, p *ClassAnswerPage) error {
	page := ClassSurveyPage{Survey: p.Survey, Unit: p.Unit}
	if err := r.surveyLines(ctx, &page, p.Line); err != nil {
		return err
	}
	p.Below = page.Lines
	p.Answer = class.Answer{Survey: p.Survey.ID, Unit: string(p.Unit.Code), State: class.AnswerDraft}
	if page.Own.Answer != nil {
		p.Answer = page.Own.Answer.Answer
	}
	found, err := r.classDemand(ctx, p.Unit, p.Line, p.Survey.Kind, []string{p.Survey.ID})
	if err != nil {
		return err
	}
	begun := map[string]bool{} // units below that have said whom they name
	for _, l := range page.Lines {
		begun[string(l.Unit.Code)] = l.Answer != nil
	}
	for _, place := range found.people {
		named := found.namedIn(place.File, p.Survey.ID)
		below := begun[place.Base] && place.Base != string(p.Unit.Code)
		ticked := named
		if p.Answer.Version == 0 && !below { // nobody has answered for the person yet
			ticked = true
		}
		p.People = append(p.People, ClassAnswerLine{Place: place, Ticked: ticked, Below: below && named})
	}
	p.Others, err = r.classOthers(ctx, p.Unit, p.Survey.Kind, found)
	return err
}

// maxOthers is how many more people a unit may choose from.
const maxOthers = 300

// classOthers are the people of a unit for whom the register shows no need but whom it may
// know better: those before the list, or, for new members, just admitted.
func (r *reading) classOthers(ctx context.Context, u org.Unit, kind class.Kind, found classDemanded) ([]store.FileRow, error) {
	stages := []admission.Stage{admission.New, admission.Outstanding, admission.Certified, admission.Applying}
	if kind == class.NewMember {
		stages = []admission.Stage{admission.Decided, admission.ReviewReady}
	}
	rows, err := r.StageFiles(ctx, r.Scope, u.No, stages)
	if err != nil {
		return nil, err
	}
	in := map[string]bool{}
	for _, p := range found.people {
		in[p.File] = true
	}
	rows = slices.DeleteFunc(rows, func(f store.FileRow) bool { return in[f.ID] })
	return rows[:min(len(rows), maxOthers)], nil
}

// A ClassAnswerAsk is what a unit says in its answer.
type ClassAnswerAsk struct {
	Version int // of the answer that was seen; 0 for none
	Files   []string
	Place   string
	Season  string
	Note    string
	Without map[class.Group]int
	Send    bool
}

// MaxNamed is how many people one answer names.
const MaxNamed = 2000

// AnswerClassSurvey keeps a unit's answer as a draft, or hands it in. People whom it names
// no longer are taken out, those of units below it too; files out of its subtree are
// refused. It fails with Conflict where the survey is closed, and Stale where somebody
// else answered meanwhile.
func (a *App) AnswerClassSurvey(ctx context.Context, who Actor, id, unit string, ask ClassAnswerAsk) (found []rule.Finding, err error) {
	if len(ask.Files) > MaxNamed {
		return nil, errs.E(errs.Invalid, "class.answer.many", "most", MaxNamed)
	}
	err = a.write(ctx, who, atCode(ctx, access.NameLearner, access.SeeClass, unit), func(w *writing) (record, error) {
		scope := access.ScopeOfPermit(w.Permit)
		s, err := w.ClassSurvey(ctx, scope, id)
		if err != nil {
			return record{}, err
		}
		switch {
		case !slices.Contains(w.Line, s.UnitNo) || w.Permit.Unit() == s.UnitNo:
			return record{}, errs.E(errs.NotFound, "class.survey.none")
		case s.State != class.SurveyOpen:
			return record{}, errs.E(errs.Conflict, "class.answer.closed")
		}
		row, before, err := w.answerRow(ctx, s, unit, ask)
		if err != nil {
			return record{}, err
		}
		if found = class.CheckAnswer(row.Answer); rule.Blocked(found) {
			return record{}, errBlocked
		}
		n, err := w.nameInSurvey(ctx, s, ask.Files)
		if err != nil {
			return record{}, err
		}
		return record{object: "class_survey/" + id + "/" + unit, rules: "CLS-17", before: before,
			after: map[string]any{"state": row.State, "named": n, "without": row.Heads()}}, w.SaveClassAnswer(ctx, w.Permit, row)
	})
	return found, unblocked(err)
}

// answerRow is the next version of a unit's answer.
func (w *writing) answerRow(ctx context.Context, s store.ClassSurveyRow, unit string, ask ClassAnswerAsk) (row store.ClassAnswerRow, before any, err error) {
	answers, err := w.ClassAnswers(ctx, access.ScopeOfPermit(w.Permit), s.ID, w.Permit.Unit())
	if err != nil {
		return row, nil, err
	}
	row.Answer = class.Answer{Survey: s.ID, Unit: unit, State: class.AnswerDraft}
	for _, a := range answers {
		if a.UnitNo == w.Permit.Unit() {
			row, before = a, map[string]any{"state": a.State, "version": a.Version}
		}
	}
	if row.Version != ask.Version {
		return row, nil, errs.E(errs.Stale, "class.answer.stale")
	}
	row.UnitNo, row.EnteredAt, row.EnteredBy = w.Permit.Unit(), w.At, w.who.Name
	row.Place, row.Season, row.Note = strings.TrimSpace(ask.Place), strings.TrimSpace(ask.Season), strings.TrimSpace(ask.Note)
	row.Without = ask.Without
	row.Version++
	if ask.Send || row.State == class.AnswerSent { // what was handed in is corrected, not taken back
		row.State, row.Sent = class.AnswerSent, w.Today
	}
	return row, before, nil
}

// nameInSurvey makes the people whom a unit's subtree names in a survey those of the ids.
func (w *writing) nameInSurvey(ctx context.Context, s store.ClassSurveyRow, files []string) (int, error) {
	scope, unit := access.ScopeOfPermit(w.Permit), w.Permit.Unit()
	r := &reading{Tx: w.Tx, Scope: scope, Today: w.Today, who: w.who}
	was, err := w.NamedLearners(ctx, scope, unit, s.Kind, []string{s.ID})
	if err != nil {
		return 0, err
	}
	rows, err := r.ClassFiles(ctx, scope, unit, s.Kind, files)
	if err != nil {
		return 0, err
	}
	seen := map[string]bool{}
	for _, id := range files {
		seen[id] = true
	}
	rows = slices.DeleteFunc(rows, func(f store.FileRow) bool { return !seen[f.ID] })
	if len(rows) != len(seen) {
		return 0, errs.E(errs.NotFound, "file.none")
	}
	var gone []string
	for _, n := range was {
		if !seen[n.File] {
			gone = append(gone, n.File)
		}
	}
	if err := w.UnnameLearners(ctx, w.Permit, s.Kind, s.ID, gone); err != nil {
		return 0, err
	}
	named, err := r.namedRows(ctx, rows, s.Kind, s.ID, w.who.Name)
	if err != nil {
		return 0, err
	}
	return len(named), w.NameLearners(ctx, w.Permit, named)
}

// namedRows are the rows of people who are named today, each with why.
func (r *reading) namedRows(ctx context.Context, files []store.FileRow, kind class.Kind, survey, by string) ([]store.NamedRow, error) {
	asked := map[string][]store.NamedRow{}
	for _, f := range files {
		asked[f.ID] = []store.NamedRow{{}}
	}
	candidates, err := r.classCandidates(ctx, files, kind, asked)
	if err != nil {
		return nil, err
	}
	needs := map[string]class.Need{}
	for _, p := range class.Demand(kind, candidates, r.Today) {
		needs[p.File] = p.Need
	}
	var out []store.NamedRow
	for _, f := range files {
		if need, ok := needs[f.ID]; ok { // who has a seat already is not named again
			out = append(out, store.NamedRow{Kind: kind, Survey: survey, File: f.ID, Unit: f.Unit, Need: need, On: r.Today, By: by})
		}
	}
	return out, nil
}
