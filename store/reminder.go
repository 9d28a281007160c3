package store

import (
	"context"
	"fmt"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A ReminderKind says which day of a file a reminder is about.
type ReminderKind string

// Kinds of reminders.
const (
	ReminderStep        ReminderKind = "step"        // of the duty that is due first
	ReminderCertificate ReminderKind = "certificate" // the last good day of the certificate (DL-20)
)

// A Reminder tells an account of a term of a file.
type Reminder struct {
	ID      string
	Account string
	File    string
	Kind    ReminderKind
	Rule    string
	Due     date.Date
	Moment  string
	MadeOn  date.Date
	Seen    date.Instant // none while it is new
	Row     FileRow      // when listed
}

// A DueFile is what reminders are made from: where a file is and until when.
type DueFile struct {
	ID   string
	Unit org.UnitNo
	Desk admission.Desk
	Rule string
	Due  date.Date
	// Stage of the file.
	Stage admission.Stage
}

// DueBetween lists open files of which the day of a kind lies between two days, both
// included, by id: at most limit of them with an id after the one given.
func (t *Tx) DueBetween(ctx context.Context, kind ReminderKind, from, to date.Date, after string, limit int) ([]DueFile, error) {
	column := `f.press_due`
	if kind == ReminderCertificate {
		column = `f.certificate_until`
	}
	q := &query{}
	q.and(`f.realm = ` + q.arg(Realm))
	q.and(`f.id > ` + q.arg(after))
	// As a bare range SQLite would take it for the way to the files, and gather and sort all
	// that is due for every part.
	q.and(`CASE WHEN ` + column + ` >= ` + q.arg(from) + ` AND ` + column + ` <= ` + q.arg(to) + ` THEN 1 ELSE 0 END = 1`)
	if kind == ReminderCertificate {
		within(q, `f.stage`, certificateStages())
	}
	return collect(ctx, t, `SELECT f.id, f.unit_no, f.press_who, f.press_rule, `+column+`, f.stage FROM admission_file f WHERE `+
		q.conditions()+` ORDER BY f.id LIMIT `+q.arg(limit), q.args, func(r sqldb.Row) (d DueFile, err error) {
		return d, r.Scan(&d.ID, &d.Unit, &d.Desk, &d.Rule, &d.Due, &d.Stage)
	})
}

// certificateStages are those at which the certificate has to last until the vote.
func certificateStages() []admission.Stage {
	return []admission.Stage{admission.Certified, admission.Applying, admission.Verifying, admission.Verified, admission.Held, admission.Ready}
}

// AddReminders writes reminders; those that are there already stay as they are.
func (t *Tx) AddReminders(ctx context.Context, all []Reminder) error {
	rows := make([]any, 0, 9*len(all))
	for _, r := range all {
		rows = append(rows, Realm, r.Account, r.File, string(r.Kind), r.Rule, r.Due, r.Moment, r.ID, r.MadeOn)
	}
	err := t.insert(ctx, "reminder", "realm, account_id, file_id, kind, rule, due_on, moment, id, made_on",
		" ON CONFLICT (realm, account_id, file_id, kind, rule, due_on, moment) DO NOTHING", rows)
	if err != nil {
		return fmt.Errorf("add reminders: %w", err)
	}
	return nil
}

// reminderHolds is the condition that the file r is about still waits for what r says.
func reminderHolds(q *query) string {
	stages := in(&q.args, certificateStages())
	return `CASE r.kind WHEN 'step' THEN CASE WHEN f.press_due = r.due_on AND f.press_rule = r.rule THEN 1 ELSE 0 END
		ELSE CASE WHEN f.certificate_until = r.due_on AND f.stage IN ` + stages + ` THEN 1 ELSE 0 END END = 1`
}

// CloseReminders ends those whose step was done or whose day was moved.
func (t *Tx) CloseReminders(ctx context.Context, at date.Instant) (int64, error) {
	q := &query{}
	set := q.arg(at)
	q.and(`r.realm = ` + q.arg(Realm))
	q.and(`r.done_at IS NULL`)
	q.and(`NOT EXISTS (SELECT 1 FROM admission_file f WHERE f.realm = r.realm AND f.id = r.file_id AND ` + reminderHolds(q) + `)`)
	return t.Exec(ctx, `UPDATE reminder AS r SET done_at = `+set+` WHERE `+q.conditions(), q.args...)
}

// PassReminders ends the reminders of a moment whose due day lies outside two days: a
// later moment has taken their place.
func (t *Tx) PassReminders(ctx context.Context, kind ReminderKind, moment string, from, to date.Date, at date.Instant) error {
	_, err := t.Exec(ctx, `UPDATE reminder SET done_at = $1 WHERE realm = $2 AND moment = $3 AND done_at IS NULL AND kind = $4 AND (due_on < $5 OR due_on > $6)`,
		at, Realm, moment, string(kind), from, to)
	return err
}

// DropReminders removes those that ended before a moment.
func (t *Tx) DropReminders(ctx context.Context, before date.Instant) error {
	_, err := t.Exec(ctx, `DELETE FROM reminder WHERE realm = $1 AND done_at < $2`, Realm, before)
	return err
}

// reminderQuery begins a statement about the reminders of an account that still hold,
// within scope and without the unwanted; false when nothing can match.
func (t *Tx) reminderQuery(ctx context.Context, s access.Scope, account string, unwanted []string) (*query, bool, error) {
	roots, err := t.Narrow(ctx, s, 0)
	if err != nil || len(roots) == 0 {
		return nil, false, err
	}
	q := &query{from: `reminder r CROSS JOIN admission_file f CROSS JOIN unit u`}
	q.and(`r.realm = ` + q.arg(Realm))
	q.and(`r.account_id = ` + q.arg(account))
	q.and(`r.done_at IS NULL`)
	q.and(`f.realm = r.realm`)
	q.and(`f.id = r.file_id`)
	q.and(`u.no = f.unit_no`)
	for _, m := range unwanted {
		q.and(`r.moment <> ` + q.arg(m))
	}
	q.and(reminderHolds(q))
	q.exists(roots)
	return q, true, nil
}

// Reminders lists the reminders of an account that still hold, the most pressing first,
// at most limit of them.
func (t *Tx) Reminders(ctx context.Context, s access.Scope, account string, unwanted []string, limit int) ([]Reminder, error) {
	q, ok, err := t.reminderQuery(ctx, s, account, unwanted)
	if err != nil || !ok {
		return nil, err
	}
	return collect(ctx, t, `SELECT `+pressed(fileColumns)+`, r.id, r.kind, r.rule, r.due_on, r.moment, r.made_on, r.seen_at FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY r.due_on, f.sort_given, f.sort_rest, r.id LIMIT `+q.arg(limit), q.args, func(row sqldb.Row) (r Reminder, err error) {
		r.Row, err = scanFile(withTail{row, []any{&r.ID, &r.Kind, &r.Rule, &r.Due, &r.Moment, &r.MadeOn, &r.Seen}})
		r.Account, r.File = account, r.Row.ID
		return r, err
	})
}

// CountReminders returns how many reminders of an account hold and were not seen.
func (t *Tx) CountReminders(ctx context.Context, s access.Scope, account string, unwanted []string) (n int, err error) {
	q, ok, err := t.reminderQuery(ctx, s, account, unwanted)
	if err != nil || !ok {
		return 0, err
	}
	q.and(`r.seen_at IS NULL`)
	return n, t.QueryRow(ctx, `SELECT count(*) FROM `+q.from+` WHERE `+q.conditions(), q.args...).Scan(&n)
}

// SeeReminders marks reminders of an account as seen; those of others stay as they are.
func (t *Tx) SeeReminders(ctx context.Context, account string, ids []string, at date.Instant) error {
	return inChunks(ids, func(part []string) error {
		q := &query{}
		set := q.arg(at)
		q.and(`realm = ` + q.arg(Realm))
		q.and(`account_id = ` + q.arg(account))
		q.and(`seen_at IS NULL`)
		for i, id := range part {
			part[i] = asID(id)
		}
		within(q, `id`, part)
		_, err := t.Exec(ctx, `UPDATE reminder SET seen_at = `+set+` WHERE `+q.conditions(), q.args...)
		return err
	})
}

// UnwantedReminders returns the moments of which an account wants no reminder.
func (t *Tx) UnwantedReminders(ctx context.Context, account string) ([]string, error) {
	return collect(ctx, t, `SELECT moment FROM reminder_unwanted WHERE account_id = $1 ORDER BY moment`, []any{account}, func(r sqldb.Row) (m string, err error) {
		return m, r.Scan(&m)
	})
}

// AllUnwantedReminders returns the unwanted moments of every account that has any.
func (t *Tx) AllUnwantedReminders(ctx context.Context) (map[string][]string, error) {
	of := map[string][]string{}
	err := t.Query(ctx, `SELECT account_id, moment FROM reminder_unwanted ORDER BY account_id, moment`, nil, func(r sqldb.Row) error {
		var account, moment string
		err := r.Scan(&account, &moment)
		of[account] = append(of[account], moment)
		return err
	})
	return of, err
}

// SetUnwantedReminders replaces the unwanted moments of an account.
func (t *Tx) SetUnwantedReminders(ctx context.Context, account string, moments []string) error {
	if _, err := t.Exec(ctx, `DELETE FROM reminder_unwanted WHERE account_id = $1`, account); err != nil {
		return err
	}
	rows := make([]any, 0, 2*len(moments))
	for _, m := range slices.Compact(slices.Sorted(slices.Values(moments))) {
		rows = append(rows, account, m)
	}
	return t.insert(ctx, "reminder_unwanted", "account_id, moment", "", rows)
}

// A Recipient is an account that holds a role on a unit.
type Recipient struct {
	Account string
	Role    access.Role
	Unit    org.UnitNo
}

// Recipients returns the grants that hold on a day, of accounts that are open.
func (t *Tx) Recipients(ctx context.Context, day date.Date) ([]Recipient, error) {
	return collect(ctx, t, `SELECT g.account_id, g.role, g.unit_no FROM account_grant g JOIN account a ON a.id = g.account_id
		WHERE a.disabled = FALSE AND g.from_on <= $1 AND (g.to_on IS NULL OR g.to_on >= $1) ORDER BY g.unit_no, g.account_id`,
		[]any{day}, func(r sqldb.Row) (x Recipient, err error) {
			return x, r.Scan(&x.Account, &x.Role, &x.Unit)
		})
}

// UnitParents returns the parent of each unit; tops have none.
func (t *Tx) UnitParents(ctx context.Context) (map[org.UnitNo]org.UnitNo, error) {
	of := map[org.UnitNo]org.UnitNo{}
	err := t.Query(ctx, `SELECT no, COALESCE(parent_no, 0) FROM unit`, nil, func(r sqldb.Row) error {
		var no, parent org.UnitNo
		err := r.Scan(&no, &parent)
		of[no] = parent
		return err
	})
	return of, err
}

// A Feed is the calendar of an account under a secret address.
type Feed struct {
	Account string
	Hash    string
	Names   bool // the names of candidates stand in it
	Made    date.Instant
}

// SetFeed gives an account a new address; the old one ends.
func (t *Tx) SetFeed(ctx context.Context, f Feed) error {
	_, err := t.Exec(ctx, `INSERT INTO calendar_feed (account_id, hash, names, made_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, names = excluded.names, made_at = excluded.made_at`,
		f.Account, f.Hash, f.Names, f.Made)
	return err
}

// NameFeed says whether names stand in the calendar of an account. It fails with NotFound.
func (t *Tx) NameFeed(ctx context.Context, account string, names bool) error {
	n, err := t.Exec(ctx, `UPDATE calendar_feed SET names = $1 WHERE account_id = $2`, names, account)
	return mustChangeRow(n, err, "reminder.feed.none")
}

// EndFeed ends the address of an account, if it has one.
func (t *Tx) EndFeed(ctx context.Context, account string) error {
	_, err := t.Exec(ctx, `DELETE FROM calendar_feed WHERE account_id = $1`, account)
	return err
}

// FeedOf returns the feed of an account. It fails with NotFound.
func (t *Tx) FeedOf(ctx context.Context, account string) (Feed, error) {
	return t.feed(ctx, `account_id`, account)
}

// FeedByHash returns the feed of the hash of an address. It fails with NotFound.
func (t *Tx) FeedByHash(ctx context.Context, hash string) (Feed, error) {
	return t.feed(ctx, `hash`, hash)
}

func (t *Tx) feed(ctx context.Context, column, value string) (f Feed, err error) {
	err = t.QueryRow(ctx, `SELECT account_id, hash, names, made_at FROM calendar_feed WHERE `+column+` = $1`, value).Scan(&f.Account, &f.Hash, &f.Names, &f.Made)
	return f, orNotFound(err, "reminder.feed.none")
}
