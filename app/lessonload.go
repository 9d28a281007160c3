package app

import (
	"cmp"
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/store"
)

// A LoadedLesson is how a class of the past was held, as an office brings it along: its
// half-days, the marks, and the decision. Who has a certificate in the file passed.
type LoadedLesson struct {
	Sessions []class.Session
	Marks    func(n int) class.Mark            // of the n-th learner who passed
	Roll     func(n int, s int) class.Presence // of the n-th learner at the s-th session
	Decision string                            // number
	On       date.Date                         // of the decision
	Signer   string
	Title    string
	Again    []LoadedAgain // who failed and may write again still
}

// A LoadedAgain is somebody without a file who attended, failed and may write again.
type LoadedAgain struct {
	Name string
	Unit string // code
	Sex  string
	Mark class.Mark
}

// LoadLesson enters what was held of a class of the past, with the certificates that stand
// in the files of its learners: numbers and days are theirs. Whoever has none there, or one
// whose number stands in the register already, is taken off the list: that certificate
// came from elsewhere. Only the system may. It returns how many certificates were entered.
func (a *App) LoadLesson(ctx context.Context, who Actor, id string, x LoadedLesson) (n int, err error) {
	err = a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		if err := topOnly(who); err != nil {
			return record{}, err
		}
		if len(l.Sessions) > 0 {
			return record{}, errs.E(errs.Conflict, "lesson.frozen")
		}
		for i := range x.Sessions {
			x.Sessions[i].ID, x.Sessions[i].Version = newID(), 1
		}
		held, acts, err := w.loadedPeople(ctx, l)
		if err != nil {
			return record{}, err
		}
		if err := w.SaveCourse(ctx, w.Permit, l.Course); err != nil {
			return record{}, err
		}
		l.Learners, l.Sessions = held, x.Sessions
		if err := w.loadRolls(ctx, l, x); err != nil {
			return record{}, err
		}
		if err := w.loadResult(ctx, l, x); err != nil {
			return record{}, err
		}
		if err := w.loadAgain(ctx, l, x); err != nil {
			return record{}, err
		}
		if l.Results, err = w.Results(ctx, l.Class.ID); err != nil {
			return record{}, err
		}
		n = len(held)
		if err := a.loadCertificates(ctx, w, l, acts); err != nil {
			return record{}, err
		}
		return record{object: "class/" + id, after: map[string]any{"sessions": len(x.Sessions), "certificates": n}, rules: "CLS-09"}, w.classTo(ctx, l, class.Running, class.Ended, class.Closed)
	})
	return n, err
}

// loadedPeople parts those who stay on the list, by the day and number of the certificate
// in the file, from those who do not.
func (w *writing) loadedPeople(ctx context.Context, l *Lesson) (held []LessonLearner, acts map[string]admission.Act, err error) {
	var ids []string
	for _, x := range l.Learners {
		ids = append(ids, x.File)
	}
	files, _, err := w.FilesByID(ctx, access.ScopeOfPermit(w.Permit), ids)
	if err != nil {
		return nil, nil, err
	}
	acts = map[string]admission.Act{}
	taken := map[[2]int]bool{}
	book, err := w.Register(ctx, l.Class.UnitNo, l.Class.Kind, 0, maxBook)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range book {
		taken[[2]int{c.Year, c.Number}] = true
	}
	var gone []store.LearnerRow
	for _, x := range l.Learners {
		act, ok := certifiedBy(files[x.File])
		number, ours := class.ParseNumber(l.Class.Kind, act.Number)
		key := [2]int{act.Issued.Year(), number}
		if !ok || !ours || taken[key] || act.Issued.Before(l.Class.To) {
			x.State, x.Reason = class.Dropped, "Đã học lớp khác"
			gone = append(gone, x.LearnerRow)
			continue
		}
		taken[key], acts[x.ID] = true, act
		held = append(held, x)
	}
	return held, acts, w.SaveLearners(ctx, w.Permit, l.Class.ID, gone)
}

// certifiedBy is the act of the certificate that counts in a file.
func certifiedBy(f admission.File) (admission.Act, bool) {
	for _, act := range slices.Backward(f.Acts) {
		if act.Code == admission.Certify && !act.Voided {
			if act.Issued.IsZero() {
				act.Issued = act.On
			}
			return act, true
		}
	}
	return admission.Act{}, false
}

func (w *writing) loadRolls(ctx context.Context, l *Lesson, x LoadedLesson) error {
	if err := w.SaveSessions(ctx, w.Permit, l.Class.ID, l.Sessions); err != nil {
		return err
	}
	for k, s := range l.Sessions {
		roll := map[string]class.Presence{}
		for i, y := range l.Learners {
			roll[y.ID] = x.Roll(i, k)
		}
		if err := w.SaveRoll(ctx, w.Permit, l.Class.ID, s.ID, s.Version, roll); err != nil {
			return err
		}
	}
	return nil
}

// loadResult writes marks and the decision that froze them.
func (w *writing) loadResult(ctx context.Context, l *Lesson, x LoadedLesson) error {
	l.Regulation = class.RegulationOn(l.Held())
	decision := store.ResultRow{ID: newID(), Class: l.Class.ID, Number: x.Decision, On: x.On, Signer: x.Signer, Title: x.Title, At: w.At, By: w.who.Name}
	var marks []store.MarkRow
	for i := range l.Learners {
		y := &l.Learners[i]
		roll := map[string]class.Presence{}
		for k, s := range l.Sessions {
			roll[s.ID] = x.Roll(i, k)
		}
		m := x.Marks(i)
		y.Essay.First, y.Frozen = &m, decision.ID
		y.Result = l.Regulation.Judge(class.TallyOf(l.Sessions, roll), y.Essay)
		marks = append(marks, store.MarkRow{Learner: y.ID, Attempt: 1, Mark: m, On: l.Held()})
	}
	if err := w.SaveMarks(ctx, w.Permit, l.Class.ID, marks, nil); err != nil {
		return err
	}
	var frozen []store.OutcomeRow
	for _, y := range l.Learners {
		n := int(*y.Essay.First)
		frozen = append(frozen, store.OutcomeRow{Learner: y.ID, Outcome: y.Result.Outcome, Mark: &n, Grade: y.Result.Grade, Attended: y.Result.Attended, Periods: y.Result.Periods})
	}
	return w.AddResult(ctx, w.Permit, decision, frozen)
}

// loadAgain puts those on the list who may write again.
func (w *writing) loadAgain(ctx context.Context, l *Lesson, x LoadedLesson) error {
	var rows []store.LearnerRow
	var marks []store.MarkRow
	for _, y := range x.Again {
		u, err := unitByCode(ctx, w.Tx, y.Unit)
		if err != nil {
			return err
		}
		row := store.LearnerRow{UnitNo: u.No, Learner: class.Learner{ID: newID(), Class: l.Class.ID, Name: y.Name, Sex: y.Sex, Unit: y.Unit, UnitName: u.Name, Need: class.ByUnit, State: class.Attending}}
		rows, marks = append(rows, row), append(marks, store.MarkRow{Learner: row.ID, Attempt: 1, Mark: y.Mark, On: l.Held()})
	}
	if err := w.SaveLearners(ctx, w.Permit, l.Class.ID, rows); err != nil {
		return err
	}
	for _, s := range l.Sessions {
		roll := map[string]class.Presence{}
		for _, row := range rows {
			roll[row.ID] = class.Present
		}
		if err := w.SaveRoll(ctx, w.Permit, l.Class.ID, s.ID, s.Version+1, roll); err != nil { // the others were written before
			return err
		}
	}
	return w.SaveMarks(ctx, w.Permit, l.Class.ID, marks, nil)
}

// loadCertificates enters the certificates in the order of their days and numbers.
func (a *App) loadCertificates(ctx context.Context, w *writing, l *Lesson, acts map[string]admission.Act) error {
	desk, err := a.certificateDesk(ctx, w, l, "")
	if err != nil {
		return err
	}
	entry, _, err := w.RegisterEnd(ctx, l.Class.UnitNo, l.Class.Kind, l.Held().Year())
	if err != nil {
		return err
	}
	people := slices.Clone(l.Learners)
	slices.SortStableFunc(people, func(x, y LessonLearner) int {
		return cmp.Or(acts[x.ID].Issued.Compare(acts[y.ID].Issued), cmp.Compare(acts[x.ID].Number, acts[y.ID].Number))
	})
	var rows []store.NewCertificate
	var in []store.Delivery
	for i, x := range people {
		act := acts[x.ID]
		number, _ := class.ParseNumber(l.Class.Kind, act.Number)
		c, err := desk.certificate(x, store.CertificateRow{ID: newID(), Unit: l.Class.UnitNo, Kind: l.Class.Kind, Entry: entry + 1 + i, Class: l.Class.ID, Learner: x.ID,
			Number: number, Year: act.Issued.Year(), Copy: 1, On: act.Issued, At: w.At, By: w.who.Name})
		if err != nil {
			return err
		}
		rows, in = append(rows, c), append(in, store.Delivery{Learner: x.ID, Act: act.ID})
	}
	if err := w.keepCertificates(ctx, l, rows); err != nil {
		return err
	}
	return w.Deliver(ctx, w.Permit, l.Class.ID, in, w.At)
}
