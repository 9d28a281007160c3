package store

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"ketnap/date"
	"ketnap/internal/sqldb"
)

// A Setting is a number or word that a committee may set itself, from a day on.
type Setting struct {
	ID     string
	From   date.Date
	Value  string
	Reason string // who asked for it, or the document that it rests on
}

// Settings returns all settings of all days, by id and day.
func (t *Tx) Settings(ctx context.Context) ([]Setting, error) {
	all, err := collect(ctx, t, `SELECT id, from_on, value, reason FROM setting ORDER BY from_on`, nil,
		func(r sqldb.Row) (s Setting, err error) {
			err = r.Scan(&s.ID, &s.From, &s.Value, &s.Reason)
			return s, err
		})
	slices.SortStableFunc(all, func(a, b Setting) int { return cmp.Compare(a.ID, b.ID) })
	return all, err
}

// SettingOn returns the setting in force on a day; false where none was made by then.
func (t *Tx) SettingOn(ctx context.Context, id string, day date.Date) (Setting, bool, error) {
	s := Setting{ID: id}
	err := t.QueryRow(ctx, `SELECT from_on, value, reason FROM setting WHERE id = $1 AND from_on <= $2
		ORDER BY from_on DESC LIMIT 1`, id, day).Scan(&s.From, &s.Value, &s.Reason)
	if errors.Is(err, sqldb.ErrNoRows) {
		return Setting{}, false, nil
	}
	return s, err == nil, err
}

// SetSetting records a setting from a day on; a second one for the same day replaces it.
func (t *Tx) SetSetting(ctx context.Context, s Setting) error {
	_, err := t.Exec(ctx, `INSERT INTO setting (id, from_on, value, reason) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id, from_on) DO UPDATE SET value = excluded.value, reason = excluded.reason`,
		s.ID, s.From, s.Value, s.Reason)
	return err
}

// A Holiday is a day that the calendar in the program does not know, or knows
// differently (CAL-05).
type Holiday struct {
	On        date.Date
	Off       bool // false: a Saturday or Sunday on which people work
	Name      string
	Source    string
	Announced date.Date // zero where it is not known
}

// Holidays returns the days laid over the calendar, the earliest first.
func (t *Tx) Holidays(ctx context.Context) ([]Holiday, error) {
	return collect(ctx, t, `SELECT on_day, "off", name, source, announced_on FROM holiday ORDER BY on_day`, nil,
		func(r sqldb.Row) (h Holiday, err error) {
			err = r.Scan(&h.On, &h.Off, &h.Name, &h.Source, &h.Announced)
			return h, err
		})
}

// SetHoliday records a day; what stood for it before is replaced.
func (t *Tx) SetHoliday(ctx context.Context, h Holiday) error {
	_, err := t.Exec(ctx, `INSERT INTO holiday (on_day, "off", name, source, announced_on) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (on_day) DO UPDATE SET "off" = excluded."off", name = excluded.name,
		source = excluded.source, announced_on = excluded.announced_on`, h.On, h.Off, h.Name, h.Source, h.Announced)
	return err
}

// DropHoliday takes a day out, so that the calendar in the program counts again.
func (t *Tx) DropHoliday(ctx context.Context, on date.Date) error {
	n, err := t.Exec(ctx, `DELETE FROM holiday WHERE on_day = $1`, on)
	return mustChangeRow(n, err, "holiday.not_found")
}
