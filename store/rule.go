package store

import (
	"context"
	"errors"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
)

// States of a change of the regulation. Nothing leaves the table.
const (
	RuleDraft   = "draft"
	RuleInForce = "in_force"
	RuleRevoked = "revoked" // by a later change: it holds until its last day
	RuleDropped = "dropped" // a draft that was given up
)

// A RuleChange is what an administrator changes of the regulation from a day on. Kind and
// Subject say what, Detail holds the values as text of package app.
type RuleChange struct {
	ID         string
	Kind       string
	Subject    string // id of a term, a set, a rule or a change; the day of a holiday
	State      string
	From       date.Date
	To         date.Date // the last day, of one that was revoked; zero while it goes on
	Document   string    // number of the document that orders it
	DocumentOn date.Date // its day; zero where it is not known
	Reason     string
	Detail     string
	Version    int
	Seq        int // the order in which drafts came into force; 0 before
	MadeAt     date.Instant
	MadeBy     string
	AppliedAt  date.Instant // zero before
	AppliedBy  string
	RevokedBy  string // id of the change that revoked it
}

const ruleColumns = `id, kind, subject, state, from_on, to_on, document, document_on, reason, detail, version, seq,
	made_at, made_by, applied_at, applied_by, revoked_by`

func scanRuleChange(r sqldb.Row) (c RuleChange, err error) {
	err = r.Scan(&c.ID, &c.Kind, &c.Subject, &c.State, &c.From, &c.To, &c.Document, &c.DocumentOn, &c.Reason, &c.Detail,
		&c.Version, &c.Seq, &c.MadeAt, &c.MadeBy, &c.AppliedAt, &c.AppliedBy, &c.RevokedBy)
	return c, err
}

// RuleVersion returns the token of the regulation as it stands in the store: another one
// after every change, "" before the first.
func (t *Tx) RuleVersion(ctx context.Context) (token string, err error) {
	err = t.QueryRow(ctx, `SELECT token FROM rule_version WHERE id = 1`).Scan(&token)
	if errors.Is(err, sqldb.ErrNoRows) {
		return "", nil
	}
	return token, err
}

// SetRuleVersion gives the regulation another token, which no change had before.
func (t *Tx) SetRuleVersion(ctx context.Context, p access.Permit, token string) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	_, err := t.Exec(ctx, `INSERT INTO rule_version (id, token) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET token = excluded.token`, token)
	return err
}

// RulesInForce returns the changes that hold or held on some day, in the order in which
// they came into force.
func (t *Tx) RulesInForce(ctx context.Context) ([]RuleChange, error) {
	return collect(ctx, t, `SELECT `+ruleColumns+` FROM rule_change WHERE state IN ($1, $2) ORDER BY seq`,
		[]any{RuleInForce, RuleRevoked}, scanRuleChange)
}

// RuleChanges returns every change of whatever state, the newest first.
func (t *Tx) RuleChanges(ctx context.Context) ([]RuleChange, error) {
	return collect(ctx, t, `SELECT `+ruleColumns+` FROM rule_change ORDER BY made_at DESC, seq DESC`, nil, scanRuleChange)
}

// RuleChange returns one change. It fails with NotFound.
func (t *Tx) RuleChange(ctx context.Context, id string) (RuleChange, error) {
	c, err := scanRuleChange(t.QueryRow(ctx, `SELECT `+ruleColumns+` FROM rule_change WHERE id = $1`, asID(id)))
	return c, orNotFound(err, "rule.none")
}

// AddRuleChange writes a draft.
func (t *Tx) AddRuleChange(ctx context.Context, p access.Permit, c RuleChange) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	_, err := t.Exec(ctx, `INSERT INTO rule_change (id, kind, subject, state, from_on, document, document_on, reason, detail, version, seq, made_at, made_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 0, $10, $11)`,
		c.ID, c.Kind, c.Subject, RuleDraft, c.From, c.Document, c.DocumentOn, c.Reason, c.Detail, c.MadeAt, c.MadeBy)
	if err != nil {
		return fmt.Errorf("add change of rules: %w", err)
	}
	return nil
}

// ApplyRuleChange brings a draft into force, behind all others; version is the one it was
// read with. It fails with Stale where it is no draft any more or was changed since.
func (t *Tx) ApplyRuleChange(ctx context.Context, p access.Permit, id string, version int, at date.Instant, by string) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE rule_change SET state = $1, version = version + 1, applied_at = $2, applied_by = $3,
		seq = (SELECT COALESCE(MAX(o.seq), 0) + 1 FROM rule_change o) WHERE id = $4 AND version = $5 AND state = $6`,
		RuleInForce, at, by, asID(id), version, RuleDraft)
	return ruleMustChange(n, err)
}

// DropRuleChange gives a draft up. It stays in the table.
func (t *Tx) DropRuleChange(ctx context.Context, p access.Permit, id string, version int) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE rule_change SET state = $1, version = version + 1 WHERE id = $2 AND version = $3 AND state = $4`,
		RuleDropped, asID(id), version, RuleDraft)
	return ruleMustChange(n, err)
}

// RevokeRuleChange ends a change that is in force: last is its last day, which lies before
// its first where it is to hold on no day at all. by is the change that revokes it.
func (t *Tx) RevokeRuleChange(ctx context.Context, p access.Permit, id, by string, last date.Date) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE rule_change SET state = $1, to_on = $2, revoked_by = $3, version = version + 1 WHERE id = $4 AND state = $5`,
		RuleRevoked, last, by, asID(id), RuleInForce)
	return ruleMustChange(n, err)
}

func ruleMustChange(n int64, err error) error {
	if err == nil && n != 1 {
		return errs.E(errs.Stale, "rule.stale")
	}
	return err
}
