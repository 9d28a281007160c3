package app

import (
	"context"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// settingGraduation begins the id of the setting that says when the pupils of a school, or
// of all schools of a kind, leave: month and day, "05-31".
const settingGraduation = "graduation/"

// graduationDefaults is when pupils and students leave where nobody said otherwise
// (TGT-11).
var graduationDefaults = map[org.Kind]string{org.UpperSecondary: "05-31", org.Vocational: "06-30", org.College: "06-30", org.University: "06-30"}

// A Graduation is when those who learn at a unit leave it in a year. The zero value is of
// a unit that is no school.
type Graduation struct {
	MonthDay string    // "05-31"
	From     date.Date // since when it holds; none for what the program assumes
	Of       string    // the code of the unit, or its kind
	Reason   string
}

// Day returns the day of a year; false of a unit that is no school.
func (g Graduation) Day(year int) (date.Date, bool) {
	if g.MonthDay == "" {
		return date.Date{}, false
	}
	first, err := date.New(year, 1, 1)
	if err != nil {
		return first, false
	}
	day, err := date.Parse(first.String()[:5] + g.MonthDay)
	return day, err == nil
}

// graduationOf finds what holds for the first unit of a line on a day: its own setting or
// that of its kind, or what the program assumes; else what holds for the base organization
// over it.
func (a *App) graduationOf(ctx context.Context, r *reading, line []org.Unit, day date.Date) (Graduation, error) {
	for _, u := range line {
		if u.Type == org.Committee {
			break
		}
		if g, err := r.graduation(ctx, u, day); err != nil || g.MonthDay != "" {
			return g, err
		}
	}
	return Graduation{}, nil
}

func (r *reading) graduation(ctx context.Context, u org.Unit, day date.Date) (Graduation, error) {
	for _, of := range []string{string(u.Code), string(u.Kind)} {
		if of == "" {
			continue
		}
		s, ok, err := r.SettingOn(ctx, settingGraduation+of, day)
		if err != nil {
			return Graduation{}, err
		}
		if ok && s.Value != "" {
			return Graduation{MonthDay: s.Value, From: s.From, Of: of, Reason: s.Reason}, nil
		}
	}
	if md, ok := graduationDefaults[u.Kind]; ok {
		return Graduation{MonthDay: md, Of: string(u.Kind)}, nil
	}
	return Graduation{}, nil
}

// SetGraduation records on which day of the year the pupils of a unit leave, from a day on.
// It fails with Invalid on what is no day of every year, or without a reason.
func (a *App) SetGraduation(ctx context.Context, who Actor, unit, monthDay string, from date.Date, reason string) error {
	reason = strings.TrimSpace(reason)
	switch _, err := date.Parse("2023-" + monthDay); { // 29 February is not in every year
	case err != nil:
		return errs.E(errs.Invalid, "forecast.graduation").On("graduation").Because(err)
	case from.IsZero():
		return errs.E(errs.Invalid, "unit.from").On("from")
	case reason == "" || len([]rune(reason)) > 500:
		return errs.E(errs.Invalid, "forecast.reason").On("reason")
	}
	return a.write(ctx, who, atCode(ctx, access.AssignTarget, access.SeeFigures, unit), func(w *writing) (record, error) {
		u, err := unitByCode(ctx, w.Tx, unit)
		if err != nil {
			return record{}, err
		}
		if _, school := graduationDefaults[u.Kind]; !school {
			return record{}, errs.E(errs.Invalid, "forecast.graduation.school").On("graduation")
		}
		s := store.Setting{ID: settingGraduation + unit, From: from, Value: monthDay, Reason: reason}
		before, _, err := w.SettingOn(ctx, s.ID, from)
		if err != nil {
			return record{}, err
		}
		return record{object: "setting/" + s.ID, before: before.Value, after: s, rules: "TGT-11 ADM-112"}, w.SetSetting(ctx, s)
	})
}
