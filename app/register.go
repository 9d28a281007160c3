package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// MaxRegister is how many rows a page of a register shows; a sheet takes more.
const (
	MaxRegister      = 500
	MaxRegisterSheet = 20_000
)

// A RegisterQuery is what a register is asked for: a unit with its subtree, from one day
// to another, both included, and how many rows at most.
type RegisterQuery struct {
	Unit  string // code
	From  date.Date
	To    date.Date
	Limit int
}

// A RegisterHead is what every register says of itself.
type RegisterHead struct {
	Unit org.Unit
	Line []org.Unit // itself first
	More bool       // there are more rows than the limit
}

// registerHead finds the unit of a register in the scope.
func (r *reading) registerHead(ctx context.Context, code string) (h RegisterHead, err error) {
	if h.Unit, _, err = r.unit(ctx, code); err == nil {
		h.Line, err = r.LineUnits(ctx, h.Unit.No)
	}
	return h, err
}

// An AdmittedRow is somebody who was admitted, with the number of the decision.
type AdmittedRow struct {
	store.FileRow
	Number string
}

// AdmittedRegister lists who was admitted, by the event that counts, in the order of the
// days (RPT-37).
func (a *App) AdmittedRegister(ctx context.Context, who Actor, q RegisterQuery) (h RegisterHead, event target.Event, out []AdmittedRow, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if h, err = r.registerHead(ctx, q.Unit); err != nil {
			return err
		}
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		event = target.Event(word)
		rows, err := r.AdmittedFiles(ctx, r.Scope, h.Unit.No, event == target.ByCeremony, q.From, q.To)
		if err != nil {
			return err
		}
		h.More = len(rows) > q.Limit
		rows = rows[:min(len(rows), q.Limit)]
		files, _, err := r.FilesByID(ctx, r.Scope, registerIDs(rows))
		for _, row := range rows {
			out = append(out, AdmittedRow{FileRow: row, Number: files[row.ID].DecisionNumber})
		}
		return err
	})
	return h, event, out, err
}

func registerIDs(rows []store.FileRow) []string {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids
}

// A LeftRow is somebody who is no longer on the way to membership, or no longer a member
// on probation, with the act that ended the file.
type LeftRow struct {
	store.FileRow
	Act admission.Act
}

// Left lists the files that ended without membership: names removed, withdrawals, who was
// taken off the list, died or was refused for good; the latest first (RPT-37).
func (a *App) Left(ctx context.Context, who Actor, q RegisterQuery) (h RegisterHead, out []LeftRow, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if h, err = r.registerHead(ctx, q.Unit); err != nil {
			return err
		}
		rows, err := r.LeftFiles(ctx, r.Scope, store.FileFilter{Unit: h.Unit.No, Limit: q.Limit + 1}, q.From, q.To)
		if err != nil {
			return err
		}
		h.More = len(rows) > q.Limit
		rows = rows[:min(len(rows), q.Limit)]
		files, _, err := r.FilesByID(ctx, r.Scope, registerIDs(rows))
		for _, row := range rows {
			out = append(out, LeftRow{FileRow: row, Act: endOf(files[row.ID])})
		}
		return err
	})
	return h, out, err
}

// endOf is the act by which a file ended: the last that counts.
func endOf(f admission.File) admission.Act {
	for _, a := range slices.Backward(f.Acts) {
		if !a.Voided && a.Code != admission.Void {
			return a
		}
	}
	return admission.Act{}
}

// Lent lists the files lent to be read and handed over, the latest first; out lists those
// only that have not come back, whatever their day (RPT-37).
func (a *App) Lent(ctx context.Context, who Actor, q RegisterQuery, out bool) (h RegisterHead, rows []store.Lending, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if h, err = r.registerHead(ctx, q.Unit); err != nil {
			return err
		}
		rows, err = r.Tx.Lendings(ctx, r.Scope, h.Unit.No, q.From, q.To, out, q.Limit+1)
		h.More = len(rows) > q.Limit
		rows = rows[:min(len(rows), q.Limit)]
		return err
	})
	return h, rows, err
}

// A UseKind says what was done with people's data.
type UseKind string

// Kinds of use.
const (
	UseRead   UseKind = "read"   // the identity data of a person were opened
	UsePrint  UseKind = "print"  // a paper of a file, or a scan, left the program
	UseExport UseKind = "export" // a list of people did
)

// A UseRow is that somebody read, printed or took away people's data (SEC-03, LAW-18).
type UseRow struct {
	At       date.Instant
	Who      string // name, or else the login
	Kind     UseKind
	UnitName string
	File     string // id; "" for a list
	FileName string // "" where the file is not in sight
	What     string // of a print the form, of a list its name
	People   int    // of a list
	Reason   Reason // of a reading
}

// MayReadUses reports whether an actor keeps the register of readings: the offices of base
// committees and of the organization board do.
func MayReadUses(who Actor, day date.Date) bool {
	return who.Has(access.RecordBase, day) || who.Has(access.RecordBoard, day)
}

// Uses lists who read, printed and took away people's data of a unit's subtree, the latest
// first (LAW-22). It fails with Forbidden for who sees files but keeps no such register.
func (a *App) Uses(ctx context.Context, who Actor, q RegisterQuery) (h RegisterHead, out []UseRow, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if h, err = r.registerHead(ctx, q.Unit); err != nil {
			return err
		}
		line := numbers(h.Line)
		if !who.may(access.RecordBase, r.Today, line) && !who.may(access.RecordBoard, r.Today, line) {
			return errs.E(errs.Forbidden, "error.forbidden")
		}
		from, _ := a.moments(q.From)
		_, to := a.moments(q.To)
		rows, err := r.Tx.Uses(ctx, r.Scope, h.Unit.No, from, to, q.Limit+1)
		if err != nil {
			return err
		}
		h.More = len(rows) > q.Limit
		for _, row := range rows[:min(len(rows), q.Limit)] {
			out = append(out, useRow(row))
		}
		return r.nameUses(ctx, out)
	})
	return h, out, err
}

// useRow reads what the record keeps of a use. What cannot be read stays out: the row
// itself says who and when.
func useRow(u store.Use) UseRow {
	row := UseRow{At: u.At, Who: cmp.Or(u.Name, u.Login), UnitName: u.UnitName}
	var kept struct {
		Reason, Note, File, Code string
		People                   int
	}
	if err := json.Unmarshal([]byte(u.After), &kept); err != nil {
		kept.Note = ""
	}
	kind, what, _ := strings.Cut(u.Object, "/")
	switch {
	case u.Right == access.SeeIdentity:
		row.Kind, row.File, row.Reason = UseRead, what, Reason{kept.Reason, kept.Note}
	case kind == string(UsePrint):
		row.Kind, row.File, row.What = UsePrint, kept.File, kept.Code
	default:
		row.Kind, row.What, row.People = UseExport, what, kept.People
	}
	return row
}

func (r *reading) nameUses(ctx context.Context, rows []UseRow) error {
	var ids []string
	for _, row := range rows {
		if row.File != "" && !slices.Contains(ids, row.File) {
			ids = append(ids, row.File)
		}
	}
	names, err := r.FileNames(ctx, r.Scope, ids)
	for i := range rows {
		if rows[i].FileName = names[rows[i].File]; rows[i].FileName == "" {
			rows[i].File = "" // no address to what is out of sight
		}
	}
	return err
}
