package store

import (
	"context"
	"errors"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/person"
)

// An IdentityRow is what is kept of a person beside name, birth and sex.
type IdentityRow struct {
	File    string
	Version int // 0 where nothing was entered yet
	person.Details
	By string // account of who changed it last
	At date.Instant
}

const identityColumns = `id_kind, id_number, birth_place, birth_list, birth_code, hometown, hometown_list, hometown_code,
	residence, residence_list, residence_code, ethnicity, religion, school_grade, school_of, professional, title, theory,
	languages, computing, occupation, occupation_group, changed_by, changed_at`

// Identity returns what is kept of the person of a file, at version 0 where nothing is.
// It asks no scope: the caller has asked the gate for the right on the file's unit, and
// writes down that it was read.
func (t *Tx) Identity(ctx context.Context, file string) (IdentityRow, error) {
	r := IdentityRow{File: file}
	err := t.QueryRow(ctx, `SELECT version, `+identityColumns+` FROM person_identity WHERE realm = $1 AND file_id = $2`, Realm, asID(file)).
		Scan(&r.Version, &r.Number.Kind, &r.Number.Digits, &r.BirthPlace.Text, &r.BirthPlace.List, &r.BirthPlace.Code,
			&r.Hometown.Text, &r.Hometown.List, &r.Hometown.Code, &r.Residence.Text, &r.Residence.List, &r.Residence.Code,
			&r.Ethnicity, &r.Religion, &r.Schooling.Grade, &r.Schooling.Of, &r.Professional, &r.Title, &r.Theory,
			&r.Languages, &r.Computing, &r.Occupation, &r.OccupationGroup, &r.By, &r.At)
	if errors.Is(err, sqldb.ErrNoRows) {
		return IdentityRow{File: file}, nil
	}
	if err != nil {
		return IdentityRow{File: file}, fmt.Errorf("read the identity of file %s: %w", file, err)
	}
	return r, nil
}

// SaveIdentity writes what is kept of the person of a file; Version is the one that was
// read, 0 for the first time. It needs the permit to edit on the unit of the file and
// fails with Stale when somebody wrote since.
func (t *Tx) SaveIdentity(ctx context.Context, p access.Permit, r IdentityRow) error {
	unit, err := t.FileUnit(ctx, r.File)
	if err != nil {
		return err
	}
	if !p.Allows(access.EditIdentity, unit) {
		return errPermit
	}
	values := []any{r.Number.Kind, r.Number.Digits, r.BirthPlace.Text, r.BirthPlace.List, r.BirthPlace.Code,
		r.Hometown.Text, r.Hometown.List, r.Hometown.Code, r.Residence.Text, r.Residence.List, r.Residence.Code,
		r.Ethnicity, r.Religion, r.Schooling.Grade, r.Schooling.Of, r.Professional, r.Title, r.Theory,
		r.Languages, r.Computing, r.Occupation, r.OccupationGroup, r.By, r.At, Realm, r.File}
	var n int64
	if r.Version == 0 {
		n, err = t.Exec(ctx, `INSERT INTO person_identity (`+identityColumns+`, realm, file_id, version) VALUES
			($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, 1)
			ON CONFLICT (realm, file_id) DO NOTHING`, values...)
	} else {
		n, err = t.Exec(ctx, `UPDATE person_identity SET id_kind = $1, id_number = $2, birth_place = $3, birth_list = $4, birth_code = $5,
			hometown = $6, hometown_list = $7, hometown_code = $8, residence = $9, residence_list = $10, residence_code = $11,
			ethnicity = $12, religion = $13, school_grade = $14, school_of = $15, professional = $16, title = $17, theory = $18,
			languages = $19, computing = $20, occupation = $21, occupation_group = $22, changed_by = $23, changed_at = $24, version = version + 1
			WHERE realm = $25 AND file_id = $26 AND version = $27`, append(values, r.Version)...)
	}
	if err != nil {
		return fmt.Errorf("save the identity of file %s: %w", r.File, err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "identity.stale")
	}
	return nil
}

// A Consent is that a person agreed to give the data, or took it back.
type Consent struct {
	Withdrawn bool
	Form      string // written, application, representative
	On        date.Date
	Note      string
	By        string // account
	At        date.Instant
}

// Consents returns what is recorded of a person's consent, the earliest first.
func (t *Tx) Consents(ctx context.Context, file string) ([]Consent, error) {
	return collect(ctx, t, `SELECT withdrawn, form, on_day, note, noted_by, noted_at FROM person_consent
		WHERE realm = $1 AND file_id = $2 ORDER BY seq`, []any{Realm, asID(file)}, func(r sqldb.Row) (c Consent, err error) {
		err = r.Scan(&c.Withdrawn, &c.Form, &c.On, &c.Note, &c.By, &c.At)
		return c, err
	})
}

// AddConsent records the n-th consent or withdrawal of the person of a file, from 1. It
// needs the permit to edit on the unit of the file; where the n-th is there already, it
// fails with Stale.
func (t *Tx) AddConsent(ctx context.Context, p access.Permit, file string, n int, c Consent) error {
	unit, err := t.FileUnit(ctx, file)
	if err != nil {
		return err
	}
	if !p.Allows(access.EditIdentity, unit) {
		return errPermit
	}
	done, err := t.Exec(ctx, `INSERT INTO person_consent (realm, file_id, seq, withdrawn, form, on_day, note, noted_by, noted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (realm, file_id, seq) DO NOTHING`,
		Realm, file, n, c.Withdrawn, c.Form, c.On, c.Note, c.By, c.At)
	if err == nil && done != 1 {
		err = errs.E(errs.Stale, "identity.stale")
	}
	return err
}

// A ReligionRow is an entry laid over the list of religions, and why.
type ReligionRow struct {
	person.ReligionRow
	Reason string
}

// Religions returns the entries laid over the list of religions, by the day from which
// they hold.
func (t *Tx) Religions(ctx context.Context) ([]ReligionRow, error) {
	return collect(ctx, t, `SELECT code, name, from_on, closed, reason FROM religion ORDER BY from_on, code`, nil,
		func(r sqldb.Row) (e ReligionRow, err error) {
			err = r.Scan(&e.Code, &e.Name, &e.From, &e.Closed, &e.Reason)
			return e, err
		})
}

// SetReligion records an entry from a day on; a second one for the same day replaces it.
func (t *Tx) SetReligion(ctx context.Context, p access.Permit, e ReligionRow) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	_, err := t.Exec(ctx, `INSERT INTO religion (code, from_on, name, closed, reason) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code, from_on) DO UPDATE SET name = excluded.name, closed = excluded.closed, reason = excluded.reason`,
		e.Code, e.From, e.Name, e.Closed, e.Reason)
	return err
}

// IdentityReadings lists who opened the data of the person of a file, newest first, at
// most limit rows.
func (t *Tx) IdentityReadings(ctx context.Context, object string, limit int) ([]AuditRow, error) {
	return collect(ctx, t, `SELECT a.stream, a.seq, a.at, a.actor, a."right", a.object, a.unit, a."before", a."after", a.rules, a.request
		FROM audit a WHERE a."right" = 'identity.see' AND a.object = $1 ORDER BY a.at DESC, a.stream, a.seq DESC LIMIT $2`,
		[]any{object, limit}, scanAuditRow)
}
