package app

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// namable sorts files by the unit of the actor's grants under which they stand.
func (a *App) namable(ctx context.Context, who Actor, files []string) (out map[org.UnitNo][]store.FileRow, err error) {
	err = a.read(ctx, who, access.NameLearner, func(r *reading) error {
		rows, err := r.FileBriefs(ctx, r.Scope, files)
		if err != nil {
			return err
		}
		if len(rows) != len(files) {
			return errs.E(errs.NotFound, "file.none")
		}
		roots, err := r.Narrow(ctx, r.Scope, 0)
		if err != nil {
			return err
		}
		owners, err := r.Owners(ctx, roots)
		out = map[org.UnitNo][]store.FileRow{}
		for _, f := range rows {
			out[owners[f.Unit]] = append(out[owners[f.Unit]], f)
		}
		return err
	})
	return out, err
}

// A ClassTask is something about classes that waits for the actor.
type ClassTask struct {
	What   ClassTaskKind
	Name   string // of the survey, the class or the proposal
	Unit   org.Unit
	Href   string
	People int
	Due    date.Date
}

// A ClassTaskKind says what waits.
type ClassTaskKind string

// What waits.
const (
	AnswerTask  ClassTaskKind = "answer"  // a survey for the unit's answer
	SummonsTask ClassTaskKind = "summons" // summoned people for the unit's confirmation
	MonthTask   ClassTaskKind = "month"   // probationary members without the class (CLS-25)
	CloseTask   ClassTaskKind = "close"   // a survey past its day for the board
	DecideTask  ClassTaskKind = "decide"  // a proposal for its decision
)

// ClassTasks gathers what waits for the actor about classes, in a number of statements
// that does not grow with the people.
func (a *App) ClassTasks(ctx context.Context, who Actor) (out []ClassTask, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		surveys, err := r.waitingSurveys(ctx)
		if err != nil {
			return err
		}
		for _, s := range surveys {
			for _, u := range s.Waiting {
				out = append(out, ClassTask{What: AnswerTask, Name: s.Title, Unit: u, Due: s.Due, Href: "/class-surveys/" + s.ID + "/answer?unit=" + string(u.Code)})
			}
		}
		summons, err := r.waitingSummons(ctx)
		if err != nil {
			return err
		}
		for _, c := range summons {
			out = append(out, ClassTask{What: SummonsTask, Name: c.Title, People: c.People, Due: c.From, Href: "/classes/" + c.ID + "/summons"})
		}
		months, err := r.monthTasks(ctx)
		if err != nil {
			return err
		}
		board, err := r.boardClassTasks(ctx)
		out = append(append(out, months...), board...)
		return err
	})
	if err != nil && errs.KindOf(err) == errs.NotFound { // who sees no classes has nothing to do about them
		return nil, nil
	}
	return out, err
}

// monthTasks warns, for each unit of the actor, of probationary members past month 6 or 9
// without the class for new members (CLS-25). The day by which they should learn is the
// end of the probation that comes first.
func (r *reading) monthTasks(ctx context.Context) ([]ClassTask, error) {
	s, err := r.scopeFor(ctx, access.NameLearner)
	if err != nil || s.Empty() {
		return nil, err
	}
	rows, err := r.StageFiles(ctx, s, 0, []admission.Stage{admission.Probationary})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	candidates, err := r.classCandidates(ctx, rows, class.NewMember, nil)
	if err != nil {
		return nil, err
	}
	units, err := r.UnitsByNo(ctx, s.Roots())
	if err != nil {
		return nil, err
	}
	owners, err := r.Owners(ctx, s.Roots())
	if err != nil {
		return nil, err
	}
	of := map[string]org.UnitNo{}
	for _, f := range rows {
		of[f.ID] = owners[f.Unit]
	}
	var out []ClassTask
	for _, u := range units {
		k := ClassTask{What: MonthTask, Unit: u, Href: "/classes/demand?kind=new_member&unit=" + string(u.Code)}
		for _, p := range class.Demand(class.NewMember, candidates, r.Today) {
			if of[p.File] != u.No || !p.Need.Pressing() {
				continue
			}
			if k.People++; k.Due.IsZero() || p.Until.Before(k.Due) {
				k.Due = p.Until
			}
		}
		if k.People > 0 {
			out = append(out, k)
		}
	}
	return out, nil
}

// boardClassTasks are what waits for who manages classes.
func (r *reading) boardClassTasks(ctx context.Context) (out []ClassTask, err error) {
	s, err := r.scopeFor(ctx, access.ManageClass)
	if err != nil || s.Empty() {
		return nil, err
	}
	surveys, err := r.ClassSurveys(ctx, s, 0, true, maxSurveys)
	if err != nil {
		return nil, err
	}
	for _, v := range surveys {
		if v.Late(r.Today) {
			out = append(out, ClassTask{What: CloseTask, Name: v.Title, Due: v.Due, Href: "/class-surveys/" + v.ID})
		}
	}
	proposals, err := r.ClassProposals(ctx, s, maxSurveys)
	for _, p := range proposals {
		if p.State == class.ProposalSent {
			out = append(out, ClassTask{What: DecideTask, Name: p.Title, Due: date.Date{}, Href: "/class-proposals/" + p.ID})
		}
	}
	return out, err
}
