package app

import (
	"context"
	"regexp"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/person"
	"ketnap/store"
)

// identityReligions is the list of religions of a day, and which of them are closed.
func identityReligions(ctx context.Context, tx *store.Tx, day date.Date) (person.List, map[string]bool, error) {
	kept, err := tx.Religions(ctx)
	rows := make([]person.ReligionRow, len(kept))
	for i, k := range kept {
		rows[i] = k.ReligionRow
	}
	list, closed := person.ReligionsOn(rows, day)
	return list, closed, err
}

// Religions returns the list of religions of the business day, and which entries may not
// be chosen any more, for a form. Who enters data may read it.
func (a *App) Religions(ctx context.Context, who Actor) (list person.List, closed map[string]bool, err error) {
	err = a.read(ctx, who, access.SeeIdentity, func(r *reading) error {
		list, closed, err = identityReligions(ctx, r.Tx, r.Today)
		return err
	})
	return list, closed, err
}

// A ReligionPage is the list of religions as the administrator keeps it.
type ReligionPage struct {
	Today  date.Date
	List   person.List // of the day
	Closed map[string]bool
	Rows   []ReligionRow // what was laid over the program's own list
}

// ReligionList returns the list of religions with its history, for the administrator.
func (a *App) ReligionList(ctx context.Context, who Actor) (p ReligionPage, err error) {
	err = a.read(ctx, who, access.ManageSetting, func(r *reading) error {
		p.Today = r.Today
		if p.Rows, err = r.Tx.Religions(ctx); err != nil {
			return err
		}
		p.List, p.Closed, err = identityReligions(ctx, r.Tx, r.Today)
		return err
	})
	return p, err
}

// religionCode is what the code of a religion looks like.
var religionCode = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}$`)

// SetReligion adds an entry to the list of religions, renames or closes one, from a day
// on, with the reason or document (IDN-23).
func (a *App) SetReligion(ctx context.Context, who Actor, e ReligionRow) error {
	return a.write(ctx, who, at(access.ManageSetting, access.ManageSetting, 0), func(w *writing) (record, error) {
		name, err := person.FreeText(e.Name)
		switch {
		case !religionCode.MatchString(e.Code):
			return record{}, errs.E(errs.Invalid, "identity.religion.code_bad").On("code")
		case err != nil || name == "":
			return record{}, errs.E(errs.Invalid, "identity.religion.name_missing").On("name")
		case e.From.IsZero():
			return record{}, errs.E(errs.Invalid, "identity.religion.day_missing").On("from")
		}
		reason, err := person.FreeText(e.Reason)
		if err != nil || reason == "" {
			return record{}, errs.E(errs.Invalid, "identity.religion.reason_missing").On("reason")
		}
		e.Name, e.Reason = name, reason
		r := record{object: "religion/" + e.Code, after: map[string]any{"name": e.Name, "from": e.From, "closed": e.Closed, "reason": e.Reason}, rules: "IDN-23"}
		return r, w.SetReligion(ctx, w.Permit, e)
	})
}
