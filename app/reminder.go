package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/store"
)

// A ReminderPage is what an account is reminded of.
type ReminderPage struct {
	Today    date.Date
	Calendar date.Calendar
	New      []Reminder // not seen, the most pressing first
	Seen     []Reminder
	More     bool                    // there are more than the page shows
	Unwanted map[ReminderMoment]bool // moments of which the account wants none
	Feed     *store.Feed             // nil without a calendar
}

// maxReminders is what one can take in.
const maxReminders = 300

// Reminders shows the actor's own reminders that still hold: one whose step was done, or
// whose day was moved, is gone by itself.
func (a *App) Reminders(ctx context.Context, who Actor) (p ReminderPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		p.Today = r.Today
		if p.Calendar, err = a.calendar(ctx, r.Tx); err != nil {
			return err
		}
		unwanted, err := r.UnwantedReminders(ctx, who.ID)
		if err != nil {
			return err
		}
		p.Unwanted = map[ReminderMoment]bool{}
		for _, m := range unwanted {
			p.Unwanted[ReminderMoment(m)] = true
		}
		all, err := r.Tx.Reminders(ctx, r.Scope, who.ID, unwanted, maxReminders+1)
		if err != nil {
			return err
		}
		p.More = len(all) > maxReminders
		for _, x := range all[:min(len(all), maxReminders)] {
			if x.Seen.IsZero() {
				p.New = append(p.New, Reminder{x})
			} else {
				p.Seen = append(p.Seen, Reminder{x})
			}
		}
		f, err := r.FeedOf(ctx, who.ID)
		if err == nil {
			p.Feed = &f
		}
		if errs.KindOf(err) == errs.NotFound {
			return nil
		}
		return err
	})
	return p, err
}

// CountReminders returns how many reminders of the actor are new; 0 for who sees no files.
func (a *App) CountReminders(ctx context.Context, who Actor) (n int, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		today, err := a.dayOf(ctx, tx, who)
		if err != nil {
			return err
		}
		s, err := scope(ctx, tx, who, today, access.SeeFile)
		if err != nil || s.Empty() {
			return err
		}
		unwanted, err := tx.UnwantedReminders(ctx, who.ID)
		if err != nil {
			return err
		}
		n, err = tx.CountReminders(ctx, s, who.ID, unwanted)
		return err
	})
	return n, err
}

// SeeReminders marks reminders of the actor as seen. What one has read is one's own
// affair: it is not in the record of acts.
func (a *App) SeeReminders(ctx context.Context, who Actor, ids []string) error {
	return a.ownReminders(ctx, who, func(tx *store.Tx) error { return tx.SeeReminders(ctx, who.ID, ids, a.now()) })
}

// ChooseReminders keeps of which moments the actor wants reminders.
func (a *App) ChooseReminders(ctx context.Context, who Actor, wanted []ReminderMoment) error {
	var unwanted []string
	for _, m := range ReminderMoments() {
		if !slices.Contains(wanted, m) {
			unwanted = append(unwanted, string(m))
		}
	}
	return a.ownReminders(ctx, who, func(tx *store.Tx) error { return tx.SetUnwantedReminders(ctx, who.ID, unwanted) })
}

// ownReminders runs a write to what is the actor's own, for who sees files at all.
func (a *App) ownReminders(ctx context.Context, who Actor, fn func(*store.Tx) error) error {
	if !who.Known() {
		return errs.E(errs.Unauthorized, "error.unauthorized")
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		today, err := a.today(ctx, tx)
		if err != nil {
			return err
		}
		if !who.Has(access.SeeFile, today) {
			return errs.E(errs.NotFound, "error.not_found")
		}
		return fn(tx)
	})
}

// A Reminder is one of the actor's own.
type Reminder struct{ store.Reminder }

// OfCertificate reports whether it is about the certificate and not about the next step.
func (r Reminder) OfCertificate() bool { return r.Kind == store.ReminderCertificate }

// Cite is the clause that the reminder rests on.
func (r Reminder) Cite() string {
	act := r.Row.NextAct
	if r.OfCertificate() {
		act = admission.Certify
	}
	_, cite := admission.Why(act, r.Rule)
	return cite
}
