package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// CountKinds lists the head counts of a unit, in the order of forms.
func CountKinds() []org.CountKind {
	return []org.CountKind{org.OfficialMembers, org.Members, org.CommitteeMembers, org.StandingMembers, org.Youth}
}

// ManagedUnit returns a unit on which the actor manages units.
func (a *App) ManagedUnit(ctx context.Context, who Actor, code string) (p UnitPage, err error) {
	err = a.read(ctx, who, access.ManageUnit, func(r *reading) error {
		p, err = r.unitPage(ctx, code)
		return err
	})
	return p, err
}

// unitPage is what an administrator sees of a unit: no figures of candidates.
func (r *reading) unitPage(ctx context.Context, code string) (p UnitPage, err error) {
	p.Today = r.Today
	if p.Unit, _, err = r.unit(ctx, code); err != nil {
		return p, err
	}
	no := p.Unit.No
	if p.Line, err = r.LineUnits(ctx, no); err != nil {
		return p, err
	}
	p.Line = slices.DeleteFunc(p.Line, func(u org.Unit) bool { return u.No == no })
	if p.Children, err = r.Children(ctx, no); err != nil {
		return p, err
	}
	if p.Counts, err = r.UnitCounts(ctx, no, r.Today); err != nil {
		return p, err
	}
	p.Head, _, err = r.HeadOn(ctx, no, r.Today)
	return p, err
}

// ManagedTops returns the units at which the actor's management of units begins.
func (a *App) ManagedTops(ctx context.Context, who Actor) (units []org.Unit, err error) {
	err = a.read(ctx, who, access.ManageUnit, func(r *reading) error {
		units, err = r.UnitsByNo(ctx, r.Scope.Roots())
		return err
	})
	return units, err
}

// maxCount is more people than any unit has.
const maxCount = 10_000_000

// SetCounts records head counts of a unit from a day on; kinds that are absent stay as
// they were.
func (a *App) SetCounts(ctx context.Context, who Actor, unit string, from date.Date, counts map[org.CountKind]int) error {
	for _, kind := range CountKinds() {
		if n := counts[kind]; n < 0 || n > maxCount {
			return errs.E(errs.Invalid, "unit.count").On(string(kind))
		}
	}
	switch {
	case from.IsZero():
		return errs.E(errs.Invalid, "unit.from").On("from")
	case len(counts) == 0:
		return errs.E(errs.Invalid, "unit.no_count").On(string(org.OfficialMembers))
	}
	return a.write(ctx, who, atCode(ctx, access.ManageUnit, access.SeeUnit, unit), func(w *writing) (record, error) {
		before, err := w.UnitCounts(ctx, w.Permit.Unit(), from)
		if err != nil {
			return record{}, err
		}
		for _, kind := range CountKinds() {
			if n, ok := counts[kind]; ok {
				if err := w.SetUnitCount(ctx, w.Permit.Unit(), kind, from, n); err != nil {
					return record{}, err
				}
			}
		}
		return record{object: "unit/" + unit, before: before, after: map[string]any{"from": from, "counts": counts}}, nil
	})
}

// SetHead records who heads a unit from a day on; the one before ends on the day before.
func (a *App) SetHead(ctx context.Context, who Actor, unit string, p org.Post) error {
	p.Name, p.Title = strings.TrimSpace(p.Name), strings.TrimSpace(p.Title)
	switch {
	case p.Name == "":
		return errs.E(errs.Invalid, "unit.head_name").On("head_name")
	case p.Title == "":
		return errs.E(errs.Invalid, "unit.head_title").On("head_title")
	case p.From.IsZero():
		return errs.E(errs.Invalid, "unit.from").On("head_from")
	}
	return a.write(ctx, who, atCode(ctx, access.ManageUnit, access.SeeUnit, unit), func(w *writing) (record, error) {
		before, _, err := w.HeadOn(ctx, w.Permit.Unit(), p.From)
		if err != nil {
			return record{}, err
		}
		p.Unit, p.Head = w.Permit.Unit(), true
		return record{object: "unit/" + unit, before: postRecord(before), after: postRecord(p)}, w.SetPost(ctx, newID(), p)
	})
}

func postRecord(p org.Post) any {
	if p.Name == "" {
		return nil
	}
	return map[string]any{"name": p.Name, "title": p.Title, "from": p.From}
}

// A SettingRow is a setting from a day on.
type SettingRow = store.Setting

// A HolidayRow is a day laid over the calendar.
type HolidayRow = store.Holiday

// A SettingPage is what holds on the day of business, and every row behind it.
type SettingPage struct {
	Today         date.Date
	CountingEvent string
	StuckMonths   int
	HelperMonths  int
	Attachments   string       // AttachmentsOn or AttachmentsOff
	Rows          []SettingRow // by id and day
	Holidays      []HolidayRow // laid over the calendar of the program
}

// Settings returns the settings and the days laid over the calendar.
func (a *App) Settings(ctx context.Context, who Actor) (p SettingPage, err error) {
	err = a.read(ctx, who, access.ManageSetting, func(r *reading) error {
		p.Today = r.Today
		if p.CountingEvent, err = a.countingEvent(ctx, r.Tx, r.Today); err != nil {
			return err
		}
		scans, err := a.attachmentsOn(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		if p.Attachments = AttachmentsOff; scans {
			p.Attachments = AttachmentsOn
		}
		if p.StuckMonths, err = a.stuckMonths(ctx, r.Tx, r.Today); err != nil {
			return err
		}
		if p.HelperMonths, err = a.helperMonths(ctx, r.Tx, r.Today); err != nil {
			return err
		}
		rows, err := r.Tx.Settings(ctx)
		if err != nil {
			return err
		}
		for _, s := range rows {
			if s.ID == settingCountingEvent || s.ID == settingStuckMonths || s.ID == settingHelperMonths {
				p.Rows = append(p.Rows, s)
			}
		}
		p.Holidays, err = r.Tx.Holidays(ctx)
		return err
	})
	return p, err
}

// Limits of the months after which a file without an act is stuck.
const (
	minStuckMonths = 1
	maxStuckMonths = 24
)

// SetSetting records what a committee decided for itself, from a day on and with a reason.
func (a *App) SetSetting(ctx context.Context, who Actor, s SettingRow) error {
	s.Value, s.Reason = strings.TrimSpace(s.Value), strings.TrimSpace(s.Reason)
	if err := checkSetting(s); err != nil {
		return err
	}
	return a.write(ctx, who, at(access.ManageSetting, access.ManageSetting, 0), func(w *writing) (record, error) {
		before, _, err := w.SettingOn(ctx, s.ID, s.From)
		if err != nil {
			return record{}, err
		}
		return record{object: "setting/" + s.ID, before: before.Value, after: map[string]any{"value": s.Value, "from": s.From, "reason": s.Reason}}, w.Tx.SetSetting(ctx, s)
	})
}

func checkSetting(s SettingRow) error {
	switch s.ID {
	case settingCountingEvent:
		if s.Value != EventDecision && s.Value != EventCeremony {
			return errs.E(errs.Invalid, "admin.setting.event").On("value")
		}
	case settingStuckMonths, settingHelperMonths:
		if n, err := strconv.Atoi(s.Value); err != nil || n < minStuckMonths || n > maxStuckMonths {
			return errs.E(errs.Invalid, "admin.setting.months", "min", minStuckMonths, "max", maxStuckMonths).On("value")
		}
	case settingAttachments:
		if s.Value != AttachmentsOn && s.Value != AttachmentsOff {
			return errs.E(errs.Invalid, "admin.setting.attachments.bad").On("value")
		}
	default:
		return errs.E(errs.Invalid, "admin.setting.unknown").On("id")
	}
	switch {
	case s.From.IsZero():
		return errs.E(errs.Invalid, "admin.setting.from").On("from")
	case s.Reason == "":
		return errs.E(errs.Invalid, "admin.setting.reason").On("reason")
	}
	return nil
}
