package app

import (
	"context"
	"slices"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// A ReminderMoment is when a reminder comes, seen from the due day.
type ReminderMoment string

// Moments, from the earliest.
const (
	MomentHalfYear ReminderMoment = "m6"  // six months before, of a certificate
	MomentTwoMonth ReminderMoment = "d60" // 60 days before, of a certificate
	MomentMonth    ReminderMoment = "d30" // 30 days before
	MomentWeek     ReminderMoment = "d7"  // 7 days before
	MomentDay      ReminderMoment = "d0"  // on the day
	MomentLate1    ReminderMoment = "w1"  // one to four weeks after
	MomentLate2    ReminderMoment = "w2"
	MomentLate3    ReminderMoment = "w3"
	MomentLate4    ReminderMoment = "w4"
)

// ReminderMoments returns every moment, the earliest first.
func ReminderMoments() []ReminderMoment {
	return []ReminderMoment{MomentHalfYear, MomentTwoMonth, MomentMonth, MomentWeek, MomentDay, MomentLate1, MomentLate2, MomentLate3, MomentLate4}
}

// late reports whether the moment lies after the due day.
func (m ReminderMoment) late() bool {
	return slices.Contains([]ReminderMoment{MomentLate1, MomentLate2, MomentLate3, MomentLate4}, m)
}

// A reminderSpan is the due days whose moment it is on a day: from it until the next
// moment takes its place, so that a server that stood still for days misses none, and a
// file that was overdue long before fills no list.
type reminderSpan struct {
	moment   ReminderMoment
	from, to date.Date
}

// reminderSpans are the moments of a kind of reminder on a day.
func reminderSpans(kind store.ReminderKind, today date.Date) []reminderSpan {
	span := func(m ReminderMoment, from, to int) reminderSpan {
		return reminderSpan{m, today.AddDays(from), today.AddDays(to)}
	}
	if kind == store.ReminderCertificate {
		return []reminderSpan{{MomentHalfYear, today.AddDays(61), today.AddMonths(6)}, span(MomentTwoMonth, 31, 60), span(MomentMonth, 0, 30)}
	}
	return []reminderSpan{span(MomentMonth, 8, 30), span(MomentWeek, 1, 7), span(MomentDay, -6, 0),
		span(MomentLate1, -13, -7), span(MomentLate2, -20, -14), span(MomentLate3, -27, -21), span(MomentLate4, -34, -28)}
}

// reminderMomentOf is the moment of a due day; false where it is too early or too late for any.
func reminderMomentOf(spans []reminderSpan, due date.Date) (ReminderMoment, bool) {
	for _, s := range spans {
		if !due.Before(s.from) && !due.After(s.to) {
			return s.moment, true
		}
	}
	return "", false
}

// A ReminderRun is what one run of the daily job did.
type ReminderRun struct {
	Files   int   // that are due
	Offered int   // reminders, of which those that were there already stayed
	Closed  int64 // whose step was done or whose day was moved
}

// Limits of the daily job.
const (
	remindAtOnce = 2000 // files of one part: others write between two of them
	keepReminder = 60   // days after which an ended reminder is dropped
)

// Remind makes the reminders of the business day, in the order of the files, part by
// part, and ends those that hold no more. Done twice, or by two servers at once, it makes
// nothing twice.
func (a *App) Remind(ctx context.Context) (n ReminderRun, err error) {
	var desk remindDesk
	var today date.Date
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		if today, err = a.today(ctx, tx); err != nil {
			return err
		}
		desk, err = newRemindDesk(ctx, tx, today)
		return err
	})
	if err != nil {
		return n, err
	}
	for _, kind := range []store.ReminderKind{store.ReminderStep, store.ReminderCertificate} {
		if err := a.remindOf(ctx, kind, today, desk, &n); err != nil {
			return n, err
		}
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		now := a.now()
		for _, kind := range []store.ReminderKind{store.ReminderStep, store.ReminderCertificate} {
			for _, s := range reminderSpans(kind, today) {
				if err := tx.PassReminders(ctx, kind, string(s.moment), s.from, s.to, now); err != nil {
					return err
				}
			}
		}
		if n.Closed, err = tx.CloseReminders(ctx, now); err != nil {
			return err
		}
		return tx.DropReminders(ctx, now.Add(-keepReminder*24*time.Hour))
	})
	return n, err
}

// remindOf makes the reminders of one kind.
func (a *App) remindOf(ctx context.Context, kind store.ReminderKind, today date.Date, desk remindDesk, n *ReminderRun) error {
	spans := reminderSpans(kind, today)
	from, to := spans[0].from, spans[0].to
	for _, s := range spans {
		if s.from.Before(from) {
			from = s.from
		}
		if s.to.After(to) {
			to = s.to
		}
	}
	for after := ""; ; {
		var part []store.DueFile
		err := a.store.Read(ctx, func(tx *store.Tx) (err error) {
			part, err = tx.DueBetween(ctx, kind, from, to, after, remindAtOnce)
			return err
		})
		if err != nil || len(part) == 0 {
			return err
		}
		after = part[len(part)-1].ID
		made := desk.reminders(kind, spans, part, today)
		n.Files, n.Offered = n.Files+len(part), n.Offered+len(made)
		if err := a.store.Write(ctx, func(tx *store.Tx) error { return tx.AddReminders(ctx, made) }); err != nil {
			return err
		}
	}
}

// A remindDesk knows who sits at the desks of every unit.
type remindDesk struct {
	parent   map[org.UnitNo]org.UnitNo
	holders  map[access.Right]map[org.UnitNo][]string // accounts by the unit of their grant
	unwanted map[string][]string
}

func newRemindDesk(ctx context.Context, tx *store.Tx, today date.Date) (d remindDesk, err error) {
	if d.parent, err = tx.UnitParents(ctx); err != nil {
		return d, err
	}
	if d.unwanted, err = tx.AllUnwantedReminders(ctx); err != nil {
		return d, err
	}
	all, err := tx.Recipients(ctx, today)
	d.holders = map[access.Right]map[org.UnitNo][]string{}
	for _, right := range desks {
		at := map[org.UnitNo][]string{}
		for _, r := range all {
			if r.Role.Has(right) && r.Role.Has(access.SeeFile) && !slices.Contains(at[r.Unit], r.Account) {
				at[r.Unit] = append(at[r.Unit], r.Account)
			}
		}
		d.holders[right] = at
	}
	return d, err
}

// at returns who is to do a step for a unit: those who hold the right nearest to it. With
// watchers, also those above who hold it, to urge.
func (d remindDesk) at(desk admission.Desk, unit org.UnitNo, watchers bool) []string {
	right, ok := desks[desk]
	if !ok {
		right = access.RecordBase // a desk between branch and competent committee
	}
	var out []string
	for no := unit; no != 0; no = d.parent[no] {
		for _, account := range d.holders[right][no] {
			if !slices.Contains(out, account) {
				out = append(out, account)
			}
		}
		if len(out) > 0 && !watchers {
			break
		}
	}
	return out
}

func (d remindDesk) reminders(kind store.ReminderKind, spans []reminderSpan, files []store.DueFile, today date.Date) []store.Reminder {
	var out []store.Reminder
	for _, f := range files {
		m, ok := reminderMomentOf(spans, f.Due)
		if !ok {
			continue
		}
		desk, rule := f.Desk, f.Rule
		if kind == store.ReminderCertificate {
			if desk, rule = admission.DeskBranch, "DL-20"; f.Stage == admission.Ready && m == MomentMonth {
				continue // the step says so: the vote has to come before
			}
		}
		for _, account := range d.at(desk, f.Unit, m.late() && desk == admission.DeskBranch) {
			if !slices.Contains(d.unwanted[account], string(m)) {
				out = append(out, store.Reminder{ID: newID(), Account: account, File: f.ID, Kind: kind, Rule: rule, Due: f.Due, Moment: string(m), MadeOn: today})
			}
		}
	}
	return out
}
