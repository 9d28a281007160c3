package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/person"
	"ketnap/store"
)

// A NewLearner is somebody to be put on a list: a file, or a person without one.
type NewLearner struct {
	File  string
	Name  string // of a person without a file, as the birth day and the sex are
	Birth date.Date
	Sex   person.Sex
}

// AddLearner puts somebody of a unit on the list of an opened class while there are seats.
// Units add their own people, who manages the class anybody's that are proposed.
func (a *App) AddLearner(ctx context.Context, who Actor, id, unit string, n NewLearner) error {
	return a.write(ctx, who, a.learnerOrder(ctx, who, id, unit), func(w *writing) (record, error) {
		s := access.ScopeOfPermit(w.Permit)
		c, err := w.Tx.Class(ctx, s, id)
		if err != nil {
			return record{}, err
		}
		switch {
		case !c.State.Going():
			return record{}, errs.E(errs.Conflict, "class.over")
		case c.Seats > 0 && c.OnList >= c.Seats:
			return record{}, errs.E(errs.Conflict, "class.full", "n", c.Seats)
		}
		u, err := unitByCode(ctx, w.Tx, unit)
		if err != nil {
			return record{}, unitNone(err)
		}
		var l store.LearnerRow
		if n.File != "" {
			if l, err = w.replacement(ctx, c, u, n.File); err != nil {
				return record{}, err
			}
			l.State = class.Named
		} else {
			name, err := person.Parse(n.Name)
			if err != nil {
				return record{}, errs.E(errs.Invalid, "class.add.name", "why", err.Error()).On("name").Because(err)
			}
			if n.Birth.After(w.Today) {
				return record{}, errs.E(errs.Invalid, "class.add.birth").On("birth")
			}
			l = store.LearnerRow{UnitNo: u.No, Learner: class.Learner{ID: newID(), Class: id, Name: name.String(), Birth: n.Birth, Sex: string(n.Sex),
				Unit: string(u.Code), UnitName: u.Name, Need: class.ByUnit, State: class.Named}}
			if err := w.notTwice(ctx, id, l); err != nil {
				return record{}, err
			}
		}
		return record{object: "class/" + id + "/" + unit, rules: "CLS-02", after: map[string]any{"added": l.ID, "file": l.File}},
			w.SaveLearners(ctx, w.Permit, id, []store.LearnerRow{l})
	})
}

// notTwice refuses a person without a file who stands on the list already.
func (w *writing) notTwice(ctx context.Context, id string, l store.LearnerRow) error {
	all, err := w.Learners(ctx, access.ScopeOfPermit(w.Permit), id, 0)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(x store.LearnerRow) bool {
		return x.State.On() && x.Birth == l.Birth && strings.EqualFold(x.Name, l.Name) && x.UnitNo == l.UnitNo
	}) {
		return errs.E(errs.Conflict, "class.add.twice").On("name")
	}
	return nil
}

// A ClassNaming is what became of people who were proposed for the class.
type ClassNaming struct {
	Surveyed int // went into the answer to an open survey
	Standing int // stand as proposals until a class is prepared
	Seated   int // have a seat in a class already
	Early    int // are on no list yet or past the class: not proposed
}

// NameForClass proposes chosen people for the class that their stage asks for: in the
// answer to the open survey of a committee above them, else as proposals that stand. It
// fails with NotFound where somebody is out of the actor's reach.
func (a *App) NameForClass(ctx context.Context, who Actor, files []string) (out ClassNaming, err error) {
	files = slices.Compact(slices.Sorted(slices.Values(files)))
	switch {
	case len(files) == 0:
		return out, errs.E(errs.Invalid, "bulk.none")
	case len(files) > MaxMany:
		return out, errs.E(errs.Invalid, "bulk.many", "most", MaxMany)
	}
	rows, err := a.namable(ctx, who, files)
	if err != nil {
		return out, err
	}
	for _, root := range slices.Sorted(maps.Keys(rows)) {
		part := rows[root]
		ids := registerIDs(part)
		err = a.write(ctx, who, at(access.NameLearner, access.SeeClass, root), func(w *writing) (record, error) {
			n, err := w.nameMany(ctx, ids)
			if err != nil {
				return record{}, err
			}
			out.add(n)
			return record{object: "class_named", rules: "CLS-01 CLS-17", after: map[string]any{"files": ids, "surveyed": n.Surveyed, "standing": n.Standing}}, nil
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func (n *ClassNaming) add(m ClassNaming) {
	n.Surveyed, n.Standing, n.Seated, n.Early = n.Surveyed+m.Surveyed, n.Standing+m.Standing, n.Seated+m.Seated, n.Early+m.Early
}

// nameMany names the files in one unit's subtree, by the class that each needs.
func (w *writing) nameMany(ctx context.Context, ids []string) (out ClassNaming, err error) {
	r := &reading{Tx: w.Tx, Scope: access.ScopeOfPermit(w.Permit), Today: w.Today, who: w.who}
	rows, err := w.FileBriefs(ctx, r.Scope, ids)
	if err != nil {
		return out, err
	}
	if len(rows) != len(ids) {
		return out, errs.E(errs.NotFound, "file.none")
	}
	surveys, err := w.ClassSurveys(ctx, r.Scope, 0, true, maxSurveys)
	if err != nil {
		return out, err
	}
	byKind := map[class.Kind][]store.FileRow{}
	for _, f := range rows {
		k, ok := classFor(f.Stage)
		if !ok {
			out.Early++
			continue
		}
		byKind[k] = append(byKind[k], f)
	}
	for _, k := range class.Kinds() {
		survey := ""
		for _, s := range slices.Backward(surveys) { // the latest is listed first
			if s.Kind == k && s.UnitNo != w.Permit.Unit() {
				survey = s.ID
			}
		}
		named, err := r.namedRows(ctx, byKind[k], k, survey, w.who.Name)
		if err != nil {
			return out, err
		}
		out.Seated += len(byKind[k]) - len(named)
		if survey != "" {
			out.Surveyed += len(named)
		} else {
			out.Standing += len(named)
		}
		if err := w.NameLearners(ctx, w.Permit, named); err != nil {
			return out, err
		}
	}
	return out, nil
}

// classFor is the class that people of a stage may be proposed for.
func classFor(s admission.Stage) (class.Kind, bool) {
	switch {
	case s == admission.Outstanding || slices.Contains(class.DemandStages(class.Awareness), s):
		return class.Awareness, true
	case s == admission.Probationary:
		return class.NewMember, true
	}
	return "", false
}

// IDs are the ids of the files that were chosen.
func (c Chosen) IDs() []string {
	out := make([]string, len(c.Files))
	for i, f := range c.Files {
		out[i] = f.Row.ID
	}
	return out
}
