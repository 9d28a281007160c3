package app

import (
	"context"

	"ketnap/class"
	"ketnap/errs"
)

// A RollAsk is the roll of one half-day. Learners that it does not name keep what stands.
type RollAsk struct {
	Slot    class.Slot
	Version int // of the session when it was read
	Roll    map[string]class.Presence
}

// SaveRoll writes the roll of a half-day, as far as it was taken. It fails with Invalid on
// a half-day without a session, for somebody who is not on the list and for a word that no
// roll says; with Conflict once results were decided; with Stale where somebody else took
// the same roll since. What stands already is not written again.
func (a *App) SaveRoll(ctx context.Context, who Actor, id string, ask RollAsk) error {
	return a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		s, err := l.rollOf(ask)
		if err != nil {
			return record{}, err
		}
		before, after, err := l.rollChange(s, ask.Roll)
		if err != nil {
			return record{}, err
		}
		if len(after) == 0 {
			return record{}, errNothing
		}
		if err := w.SaveRoll(ctx, w.Permit, id, s.ID, ask.Version, after); err != nil {
			return record{}, err
		}
		return record{object: "class/" + id + "/roll/" + s.ID, before: before, after: after, rules: "CLS-09"}, w.classTo(ctx, l, class.Running)
	})
}

// rollOf is the session whose roll is taken.
func (l *Lesson) rollOf(ask RollAsk) (class.Session, error) {
	s, ok := l.At(ask.Slot)
	switch {
	case !ok || !s.Counts():
		return s, errs.E(errs.Invalid, "lesson.roll.no_session", "half", ask.Slot.Half.Words(), "day", ask.Slot.On.VN()).On("slot")
	case s.On.After(l.Today):
		return s, errs.E(errs.Invalid, "lesson.roll.future", "day", s.On.VN()).On("slot")
	case l.Decided():
		return s, errs.E(errs.Conflict, "lesson.frozen")
	}
	return s, nil
}

// rollChange is what a roll says that did not stand before.
func (l *Lesson) rollChange(s class.Session, roll map[string]class.Presence) (before, after map[string]class.Presence, err error) {
	before, after = map[string]class.Presence{}, map[string]class.Presence{}
	for id, p := range roll {
		x := l.learner(id)
		switch {
		case x == nil:
			return nil, nil, errs.E(errs.Invalid, "lesson.roll.not_listed").On("roll")
		case p != class.Unknown && !p.Valid():
			return nil, nil, errs.E(errs.Invalid, "lesson.roll.word", "name", x.Name).On("roll." + id)
		case x.Roll[s.ID] != p:
			before[id], after[id] = x.Roll[s.ID], p
		}
	}
	return before, after, nil
}
