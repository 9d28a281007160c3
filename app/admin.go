package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// An AccountGrant is a role of an account on a unit.
type AccountGrant struct {
	ID   string
	Role access.Role
	Unit org.Unit
	From date.Date
	To   date.Date // the last day; zero while it goes on
	May  bool      // the actor manages accounts on that unit
}

// On reports whether the grant holds on a day.
func (g AccountGrant) On(day date.Date) bool {
	return access.Grant{From: g.From, To: g.To}.On(day)
}

// An AccountRow is an account as its administrator sees it. It carries no password.
type AccountRow struct {
	ID         string
	Login      string
	Name       string
	Disabled   bool
	MustChange bool
	Created    date.Instant
	Grants     []AccountGrant // of all days, the earliest first
	Self       bool           // the actor's own
	May        bool           // the actor may close it and give it a new password
}

// An AdminPage is the accounts that the actor manages.
type AdminPage struct {
	Today    date.Date
	Accounts []AccountRow
}

// Accounts lists the accounts that hold, or held, a role on a unit of the actor.
func (a *App) Accounts(ctx context.Context, who Actor) (p AdminPage, err error) {
	err = a.read(ctx, who, access.ManageAccount, func(r *reading) error {
		p.Today = r.Today
		accounts, err := r.Tx.Accounts(ctx)
		if err != nil {
			return err
		}
		grants, err := r.AllGrants(ctx)
		if err != nil {
			return err
		}
		of := map[string][]store.GrantRow{}
		for _, g := range grants {
			of[g.Account] = append(of[g.Account], g)
		}
		units, mine, err := r.grantUnits(ctx, grants)
		if err != nil {
			return err
		}
		for _, acc := range accounts {
			row, seen := accountRow(acc, of[acc.ID], units, mine, r)
			if seen {
				p.Accounts = append(p.Accounts, row)
			}
		}
		return nil
	})
	return p, err
}

// Account returns one account that the actor manages, and the day of business.
func (a *App) Account(ctx context.Context, who Actor, id string) (row AccountRow, today date.Date, err error) {
	err = a.read(ctx, who, access.ManageAccount, func(r *reading) error {
		today = r.Today
		acc, err := r.AccountByID(ctx, id)
		if err != nil {
			return err
		}
		grants, err := r.Grants(ctx, id)
		if err != nil {
			return err
		}
		units, mine, err := r.grantUnits(ctx, grants)
		if err != nil {
			return err
		}
		var seen bool
		if row, seen = accountRow(acc, grants, units, mine, r); !seen {
			return errs.E(errs.NotFound, "account.not_found")
		}
		return nil
	})
	return row, today, err
}

// grantUnits returns the units of grants, and which of them lie in the scope.
func (r *reading) grantUnits(ctx context.Context, grants []store.GrantRow) (units map[org.UnitNo]org.Unit, mine map[org.UnitNo]org.UnitNo, err error) {
	var nos []org.UnitNo
	for _, g := range grants {
		nos = append(nos, g.Unit)
	}
	slices.Sort(nos)
	rows, err := r.UnitsByNo(ctx, slices.Compact(nos))
	if err != nil {
		return nil, nil, err
	}
	units = make(map[org.UnitNo]org.Unit, len(rows))
	for _, u := range rows {
		units[u.No] = u
	}
	mine, err = r.Owners(ctx, r.Scope.Roots())
	return units, mine, err
}

// accountRow draws an account; seen is false where it has nothing to do with the actor's
// units. Who also serves a unit outside of them is seen and left alone: a new password
// would open that unit too.
func accountRow(acc store.Account, grants []store.GrantRow, units map[org.UnitNo]org.Unit, mine map[org.UnitNo]org.UnitNo, r *reading) (row AccountRow, seen bool) {
	row = AccountRow{ID: acc.ID, Login: acc.Login, Name: acc.Name, Disabled: acc.Disabled, MustChange: acc.MustChange,
		Created: acc.Created, Self: acc.ID == r.who.ID, May: acc.ID != r.who.ID}
	for _, g := range grants {
		_, in := mine[g.Unit]
		seen = seen || in
		over := !g.To.IsZero() && g.To.Before(r.Today)
		row.May = row.May && (in || over)
		if in || !over {
			row.Grants = append(row.Grants, AccountGrant{ID: g.ID, Role: access.Role(g.Role), Unit: units[g.Unit], From: g.From, To: g.To, May: in && acc.ID != r.who.ID})
		}
	}
	slices.SortStableFunc(row.Grants, func(x, y AccountGrant) int { return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.ID, y.ID)) })
	return row, seen
}

// accountOrder is the order of a write to an account as a whole: the right is asked on
// every unit that the account serves. Nobody writes to the own account.
func (a *App) accountOrder(ctx context.Context, who Actor, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		o := order{right: access.ManageAccount, see: access.ManageAccount}
		if _, err := tx.AccountByID(ctx, id); err != nil {
			return o, err
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return o, err
		}
		mine, err := scope(ctx, tx, who, today, access.ManageAccount)
		if err != nil {
			return o, err
		}
		grants, err := tx.Grants(ctx, id)
		if err != nil {
			return o, err
		}
		seen, foreign := false, false
		for _, g := range grants {
			line, err := tx.Line(ctx, g.Unit)
			if err != nil {
				return o, err
			}
			in := mine.Covers(line)
			if in {
				o.unit = g.Unit
			}
			seen = seen || in
			foreign = foreign || !in && (g.To.IsZero() || !g.To.Before(today))
		}
		switch {
		case !seen && !who.system:
			return o, errs.E(errs.NotFound, "account.not_found")
		case id == who.ID:
			return o, errs.E(errs.Invalid, "account.self")
		case foreign && !who.system:
			return o, errs.E(errs.Forbidden, "account.elsewhere")
		}
		return o, nil
	}
}

// DisableAccount closes an account to its owner, and ends all of its sessions, or opens
// it again. Nobody closes the own account.
func (a *App) DisableAccount(ctx context.Context, who Actor, id string, disabled bool) error {
	return a.write(ctx, who, a.accountOrder(ctx, who, id), func(w *writing) (record, error) {
		if err := w.SetDisabled(ctx, id, disabled); err != nil {
			return record{}, err
		}
		if disabled {
			if err := w.EndSessions(ctx, id, ""); err != nil {
				return record{}, err
			}
		}
		return record{object: "account/" + id, after: map[string]bool{"disabled": disabled}}, nil
	})
}

// ResetPassword gives an account a one-time password, which it returns once, and ends
// all of its sessions. One's own password one changes, knowing the old one.
func (a *App) ResetPassword(ctx context.Context, who Actor, id string) (password string, err error) {
	if password, err = oneTimePassword(); err != nil {
		return "", err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return "", err
	}
	err = a.write(ctx, who, a.accountOrder(ctx, who, id), func(w *writing) (record, error) {
		if err := w.SetPassword(ctx, id, hash, true); err != nil {
			return record{}, err
		}
		if err := w.EndSessions(ctx, id, ""); err != nil {
			return record{}, err
		}
		return record{object: "account/" + id, after: map[string]string{"password": "reset"}}, nil
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

// A NewGrant is a role on a unit from a day, to a day or without end.
type NewGrant struct {
	Role access.Role
	Unit string
	From date.Date // zero for today
	To   date.Date // the last day; zero without end
}

// Grant gives an account a role. The right is asked on the unit of the role; nobody gives
// himself one.
func (a *App) Grant(ctx context.Context, who Actor, account string, n NewGrant) error {
	if account == who.ID {
		return errs.E(errs.Invalid, "account.self")
	}
	if !n.Role.Valid() {
		return errs.E(errs.Invalid, "account.role", "role", string(n.Role)).On("role")
	}
	if _, _, err := a.seenAccount(ctx, who, account); err != nil {
		return err
	}
	return a.write(ctx, who, atCode(ctx, access.ManageAccount, access.SeeUnit, strings.TrimSpace(n.Unit)), func(w *writing) (record, error) {
		if n.From.IsZero() {
			n.From = grantStart(w.Today, date.Of(w.At.Time()))
		}
		if !n.To.IsZero() && n.To.Before(n.From) {
			return record{}, errs.E(errs.Invalid, "grant.period").On("to")
		}
		g := store.GrantRow{ID: newID(), Account: account, Role: string(n.Role), Unit: w.Permit.Unit(), From: n.From, To: n.To}
		return record{object: "account/" + account, after: map[string]any{"grant": g.ID, "role": n.Role, "unit": n.Unit, "from": n.From, "to": n.To}}, w.AddGrant(ctx, g)
	})
}

// seenAccount makes sure that an account is the actor's to know of.
func (a *App) seenAccount(ctx context.Context, who Actor, id string) (AccountRow, date.Date, error) {
	if who.system {
		return AccountRow{}, date.Date{}, nil
	}
	return a.Account(ctx, who, id)
}

// EndGrant takes a role back: last is the last day on which it holds, and the zero day
// takes it back at once.
func (a *App) EndGrant(ctx context.Context, who Actor, account, grant string, last date.Date) error {
	var g store.GrantRow
	find := func(tx *store.Tx) (order, error) {
		var err error
		g, err = tx.Grant(ctx, grant)
		if err == nil && g.Account != account {
			err = errs.E(errs.NotFound, "grant.not_found")
		}
		return order{right: access.ManageAccount, see: access.ManageAccount, unit: g.Unit}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		if account == who.ID {
			return record{}, errs.E(errs.Invalid, "account.self")
		}
		at := last
		if at.IsZero() {
			at = w.Today.AddDays(-1)
		}
		if at.Before(w.Today.AddDays(-1)) {
			return record{}, errs.E(errs.Invalid, "grant.past").On("last")
		}
		return record{object: "account/" + account, before: map[string]any{"grant": grant, "to": g.To}, after: map[string]any{"grant": grant, "to": at}}, w.EndGrant(ctx, grant, at)
	})
}
