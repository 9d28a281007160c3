package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"ketnap/access"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// An AuditEntry is a row of the record of acts, with the name of who acted.
type AuditEntry struct {
	store.AuditRow
	Name string // "" where the account is not known
}

// An AuditFilter says which rows of the record are asked for. Empty fields do not filter.
type AuditFilter struct {
	Unit   string // code, with its subtree
	Day    date.Date
	Cursor string
	Limit  int // 1 to 200
}

// An AuditPage is the newest rows of the record in the actor's scope, and the cursor of
// the older ones.
type AuditPage struct {
	Rows []AuditEntry
	Next string // "" at the end
}

// Audit lists the record of acts of the actor's units, newest first. What concerns no
// unit is for those who see all of them.
func (a *App) Audit(ctx context.Context, who Actor, f AuditFilter) (p AuditPage, err error) {
	err = a.read(ctx, who, access.SeeAudit, func(r *reading) error {
		q := store.AuditFilter{Cursor: f.Cursor, Limit: f.Limit}
		if f.Unit != "" {
			u, _, err := r.unit(ctx, f.Unit)
			if err != nil {
				return err
			}
			q.Unit = u.No
		}
		if !f.Day.IsZero() {
			from, to := a.moments(f.Day)
			q.From, q.To = from, to
		}
		if q.System, err = r.seesAll(ctx); err != nil {
			return err
		}
		rows, next, err := r.AuditRows(ctx, r.Scope, q)
		if err != nil {
			return err
		}
		p.Next = next
		p.Rows, err = r.named(ctx, rows)
		return err
	})
	return p, err
}

// moments returns the first moment of a day in Vietnam, and that of the next day.
func (a *App) moments(day date.Date) (from, to date.Instant) {
	start := func(d date.Date) date.Instant {
		return date.At(time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, a.zone))
	}
	return start(day), start(day.AddDays(1))
}

// seesAll reports whether the scope covers every unit there is.
func (r *reading) seesAll(ctx context.Context) (bool, error) {
	tops, err := r.TopUnits(ctx)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(tops, func(no org.UnitNo) bool { return !r.Scope.Covers([]org.UnitNo{no}) }), nil
}

func (r *reading) named(ctx context.Context, rows []store.AuditRow) ([]AuditEntry, error) {
	names := map[string]string{}
	accounts, err := r.Tx.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, acc := range accounts {
		names[acc.ID] = acc.Name
	}
	out := make([]AuditEntry, len(rows))
	for i, row := range rows {
		out[i] = AuditEntry{AuditRow: row, Name: names[row.Actor]}
	}
	return out, nil
}

// An AuditCheck is the result of going through the whole record of acts.
type AuditCheck struct {
	Rows  int
	OK    bool
	Place string // stream#seq of the first bad row, where it is for the actor to know
}

// CheckAudit goes through the whole record, for an auditor.
func (a *App) CheckAudit(ctx context.Context, who Actor) (c AuditCheck, err error) {
	err = a.read(ctx, who, access.SeeAudit, func(r *reading) error {
		rows, bad, err := r.Tx.VerifyAudit(ctx)
		if err != nil {
			return err
		}
		c = AuditCheck{Rows: rows, OK: bad == ""}
		if c.OK {
			return nil
		}
		all, err := r.seesAll(ctx)
		if err != nil {
			return err
		}
		code, _, _ := strings.Cut(bad, "#")
		if _, _, err := r.unit(ctx, code); err == nil || all {
			c.Place = bad
		}
		return nil
	})
	return c, err
}
