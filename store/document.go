package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A DocumentState says whether a person has confirmed what was read.
type DocumentState string

// States of a document.
const (
	Draft     DocumentState = "draft"
	Confirmed DocumentState = "confirmed"
)

// A Document is a letter that was read in. Fields is the letter as read and corrected
// (directive.Letter as JSON), Text is what came in, never changed.
type Document struct {
	ID          string
	Unit        org.UnitNo
	UnitCode    org.Code
	UnitName    string
	State       DocumentState
	Symbol      string
	Subject     string
	IssuedOn    date.Date
	Fields      string
	Text        string
	Version     int
	EnteredAt   date.Instant
	EnteredBy   string
	ConfirmedAt date.Instant
	ConfirmedBy string
}

// A Proposal is a task, target or ceiling that the reader proposes. Fields is it as JSON.
type Proposal struct {
	Seq    int
	Kind   string
	Clause string
	State  string
	Fields string
}

const documentColumns = `d.id, d.unit_no, u.code, u.name, d.state, d.symbol, d.subject, d.issued_on, d.version,
	d.entered_at, d.entered_by, d.confirmed_at, d.confirmed_by`

func scanDocument(row sqldb.Row, more ...any) (d Document, err error) {
	err = row.Scan(append([]any{&d.ID, &d.Unit, &d.UnitCode, &d.UnitName, &d.State, &d.Symbol, &d.Subject, &d.IssuedOn,
		&d.Version, &d.EnteredAt, &d.EnteredBy, &d.ConfirmedAt, &d.ConfirmedBy}, more...)...)
	return d, err
}

// AddDocument writes a document that was read in, as a draft, with its proposals.
func (t *Tx) AddDocument(ctx context.Context, p access.Permit, d Document, proposals []Proposal) error {
	if !p.Allows(access.EnterDocument, d.Unit) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO document (id, unit_no, direction, state, symbol, subject, issued_on, fields, text,
		version, entered_at, entered_by, confirmed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, '')`,
		d.ID, d.Unit, "in", Draft, d.Symbol, d.Subject, d.IssuedOn, d.Fields, d.Text, d.EnteredAt, d.EnteredBy); err != nil {
		return fmt.Errorf("add document: %w", err)
	}
	for _, q := range proposals {
		if _, err := t.Exec(ctx, `INSERT INTO proposal (document_id, seq, kind, clause, state, fields) VALUES ($1, $2, $3, $4, $5, $6)`,
			d.ID, q.Seq, q.Kind, q.Clause, q.State, q.Fields); err != nil {
			return fmt.Errorf("add proposal: %w", err)
		}
	}
	return nil
}

// SaveDocument writes a corrected draft, or confirms it; version is the one it was read
// with. It fails with Stale when it was changed since, or is no draft any more.
func (t *Tx) SaveDocument(ctx context.Context, p access.Permit, d Document, version int) error {
	if !p.Allows(access.EnterDocument, d.Unit) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE document SET state = $1, symbol = $2, subject = $3, issued_on = $4, fields = $5, version = version + 1,
		confirmed_at = $6, confirmed_by = $7 WHERE id = $8 AND version = $9 AND state = $10 AND unit_no = $11`,
		d.State, d.Symbol, d.Subject, d.IssuedOn, d.Fields, d.ConfirmedAt, d.ConfirmedBy, d.ID, version, Draft, d.Unit)
	if err != nil {
		return fmt.Errorf("save document: %w", err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "document.stale")
	}
	return nil
}

// SaveProposal writes what a person decided of a proposal of a draft, or corrected in it.
// It fails with NotFound where the unit of the permit holds no such draft.
func (t *Tx) SaveProposal(ctx context.Context, p access.Permit, document string, q Proposal) error {
	if !permitOf(p, access.EnterDocument) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE proposal SET state = $1, fields = $2, clause = $3 WHERE document_id = $4 AND seq = $5
		AND EXISTS (SELECT 1 FROM document d WHERE d.id = proposal.document_id AND d.unit_no = $6 AND d.state = $7)`,
		q.State, q.Fields, q.Clause, document, q.Seq, p.Unit(), Draft)
	if err != nil {
		return fmt.Errorf("save proposal: %w", err)
	}
	if n != 1 {
		return errs.E(errs.NotFound, "document.none")
	}
	return nil
}

// DeleteDraft takes back a draft that nobody confirmed. It fails with Stale where the unit
// of the permit holds no such draft, and leaves everything as it was.
func (t *Tx) DeleteDraft(ctx context.Context, p access.Permit, id string) error {
	if !permitOf(p, access.EnterDocument) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `DELETE FROM proposal WHERE document_id = $1 AND EXISTS
		(SELECT 1 FROM document d WHERE d.id = proposal.document_id AND d.unit_no = $2 AND d.state = $3)`, id, p.Unit(), Draft); err != nil {
		return fmt.Errorf("delete draft: %w", err)
	}
	n, err := t.Exec(ctx, `DELETE FROM document WHERE id = $1 AND unit_no = $2 AND state = $3`, id, p.Unit(), Draft)
	if err != nil {
		return fmt.Errorf("delete draft: %w", err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "document.stale")
	}
	return nil
}

// DocumentUnit returns the unit that holds a document. It fails with NotFound.
func (t *Tx) DocumentUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM document WHERE id = $1`, asID(id)).Scan(&no)
	return no, orNotFound(err, "document.none")
}

// Document returns a document with its text and its proposals. It fails with NotFound.
func (t *Tx) Document(ctx context.Context, id string) (Document, []Proposal, error) {
	var fields, text string
	d, err := scanDocument(t.QueryRow(ctx, `SELECT `+documentColumns+`, d.fields, d.text
		FROM document d JOIN unit u ON u.no = d.unit_no WHERE d.id = $1`, asID(id)), &fields, &text)
	if err != nil {
		return d, nil, orNotFound(err, "document.none")
	}
	d.Fields, d.Text = fields, text
	var out []Proposal
	err = t.Query(ctx, `SELECT seq, kind, clause, state, fields FROM proposal WHERE document_id = $1 ORDER BY seq`, []any{id}, func(r sqldb.Row) error {
		var q Proposal
		err := r.Scan(&q.Seq, &q.Kind, &q.Clause, &q.State, &q.Fields)
		out = append(out, q)
		return err
	})
	return d, out, err
}

// Documents lists the documents that units of the line or of the scope's subtrees hold,
// newest first. Drafts are left out unless drafts is set.
func (t *Tx) Documents(ctx context.Context, units []org.UnitNo, drafts bool, limit int) ([]Document, error) {
	if len(units) == 0 {
		return nil, nil
	}
	q := &query{}
	within(q, `d.unit_no`, ints(units))
	if !drafts {
		q.and(`d.state = ` + q.arg(Confirmed))
	}
	var out []Document
	err := t.Query(ctx, `SELECT `+documentColumns+` FROM document d JOIN unit u ON u.no = d.unit_no WHERE `+q.conditions()+
		` ORDER BY d.entered_at DESC, d.id DESC LIMIT `+q.arg(limit), q.args, func(r sqldb.Row) error {
		d, err := scanDocument(r)
		out = append(out, d)
		return err
	})
	return out, err
}
