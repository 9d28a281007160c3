package store

import (
	"context"
	"encoding/json"
	"fmt"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A ClassProposalRow is a proposal to open classes as the store keeps it.
type ClassProposalRow struct {
	class.Proposal
	UnitNo    org.UnitNo
	UnitName  string
	EnteredAt date.Instant
	EnteredBy string
}

const classProposalColumns = `p.id, p.unit_no, u.code, u.name, p.kind, COALESCE(p.survey_id, ''), p.title, p.number, p.on_day, p.state, p.sheet,
	p.decision, p.decided_on, p.decided_by, p.version, p.entered_at, p.entered_by`

func scanClassProposal(r sqldb.Row) (p ClassProposalRow, err error) {
	var sheet string
	if err := r.Scan(&p.ID, &p.UnitNo, &p.Unit, &p.UnitName, &p.Kind, &p.Survey, &p.Title, &p.Number, &p.On, &p.State, &sheet,
		&p.Decision, &p.DecidedOn, &p.DecidedBy, &p.Version, &p.EnteredAt, &p.EnteredBy); err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(sheet), &p.Sheet); err != nil {
		return p, fmt.Errorf("proposal %s: %w", p.ID, err)
	}
	return p, nil
}

// SaveClassProposal writes a proposal: a new one where its version is 1, else the next version.
// It needs the permit to manage classes on the unit that proposes, and fails with Stale
// where somebody changed it since it was read.
func (t *Tx) SaveClassProposal(ctx context.Context, permit access.Permit, p ClassProposalRow) error {
	if !permit.Allows(access.ManageClass, p.UnitNo) {
		return errPermit
	}
	sheet, err := json.Marshal(p.Sheet)
	if err != nil {
		return fmt.Errorf("proposal %s: %w", p.ID, err)
	}
	if p.Version == 1 {
		err := t.insert(ctx, "class_proposal", `realm, id, unit_no, kind, survey_id, title, number, on_day, state, sheet, decision, decided_on,
			decided_by, version, entered_at, entered_by`, "", []any{Realm, p.ID, int(p.UnitNo), string(p.Kind), nullText(p.Survey), p.Title,
			p.Number, p.On, string(p.State), string(sheet), p.Decision, p.DecidedOn, p.DecidedBy, p.Version, p.EnteredAt, p.EnteredBy})
		if err != nil {
			return fmt.Errorf("add proposal %s: %w", p.ID, err)
		}
		return nil
	}
	n, err := t.Exec(ctx, `UPDATE class_proposal SET survey_id = $1, title = $2, number = $3, on_day = $4, state = $5, sheet = $6, decision = $7,
		decided_on = $8, decided_by = $9, version = $10 WHERE realm = $11 AND id = $12 AND unit_no = $13 AND version = $14`,
		nullText(p.Survey), p.Title, p.Number, p.On, string(p.State), string(sheet), p.Decision, p.DecidedOn, p.DecidedBy, p.Version,
		Realm, p.ID, int(p.UnitNo), p.Version-1)
	if err != nil {
		return fmt.Errorf("save proposal %s: %w", p.ID, err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "class.proposal.stale")
	}
	return nil
}

// ClassProposalUnit returns the unit that proposes, so that the gate can ask for rights on it.
// It fails with NotFound.
func (t *Tx) ClassProposalUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM class_proposal WHERE realm = $1 AND id = $2`, Realm, asID(id)).Scan(&no)
	return no, orNotFound(err, "class.proposal.none")
}

// ClassProposal returns a proposal of a unit within scope; of any other there is none.
func (t *Tx) ClassProposal(ctx context.Context, s access.Scope, id string) (ClassProposalRow, error) {
	p, err := scanClassProposal(t.QueryRow(ctx, `SELECT `+classProposalColumns+` FROM class_proposal p JOIN unit u ON u.no = p.unit_no
		WHERE p.realm = $1 AND p.id = $2`, Realm, asID(id)))
	if err != nil {
		return p, orNotFound(err, "class.proposal.none")
	}
	in, err := t.inScope(ctx, s, p.UnitNo)
	if err == nil && !in {
		err = errs.E(errs.NotFound, "class.proposal.none")
	}
	if err != nil {
		return ClassProposalRow{}, err
	}
	return p, nil
}

// ClassProposals lists the proposals of units within scope, undecided ones first, then the
// latest; at most limit of them.
func (t *Tx) ClassProposals(ctx context.Context, s access.Scope, limit int) ([]ClassProposalRow, error) {
	if s.Empty() {
		return nil, nil
	}
	q := &query{}
	q.and(`p.realm = ` + q.arg(Realm))
	q.and(`u.no = p.unit_no`)
	q.and(`EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_no IN ` + in(&q.args, ints(s.Roots())) + ` AND c.unit_no = p.unit_no)`)
	return collect(ctx, t, `SELECT `+classProposalColumns+` FROM class_proposal p CROSS JOIN unit u WHERE `+q.conditions()+`
		ORDER BY CASE WHEN p.state IN ('draft', 'sent') THEN 0 ELSE 1 END, p.entered_at DESC, p.id LIMIT `+q.arg(limit), q.args, scanClassProposal)
}
