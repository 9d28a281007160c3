package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/union"
)

// A UnionCampaign is a union's yearly instruction to count, as the store keeps it.
type UnionCampaign struct {
	union.Campaign
	ID        string
	Unit      org.UnitNo
	UnitCode  org.Code
	UnitName  string
	EnteredAt date.Instant
	EnteredBy string
	ClosedOn  date.Date // zero while it is open
	ClosedBy  string
}

// A UnionCount is the answer of a union to a campaign.
type UnionCount struct {
	Campaign    string
	Unit        org.UnitNo
	State       union.ReplyState
	Version     int
	Sheet       union.Sheet
	Figures     union.Figures // once submitted
	SubmittedOn date.Date
	SubmittedBy string
	ReturnedOn  date.Date
	ReturnedBy  string
	ReturnedWhy string
	RemindedOn  date.Date
	Reminders   int

	// When read.
	UnitCode org.Code
	UnitName string
	Beside   org.UnitNo
	Year     int
	Due      date.Date
}

const campaignColumns = `k.id, k.unit_no, u.code, u.name, k.year, k.symbol, k.issued_on, k.due_on, k.text, k.entered_at, k.entered_by, k.closed_on, k.closed_by`

func scanCampaign(r sqldb.Row) (c UnionCampaign, err error) {
	err = r.Scan(&c.ID, &c.Unit, &c.UnitCode, &c.UnitName, &c.Year, &c.Symbol, &c.Issued, &c.Due, &c.Text, &c.EnteredAt, &c.EnteredBy, &c.ClosedOn, &c.ClosedBy)
	return c, err
}

// AddUnionCampaign writes a campaign with an empty answer for each union that it asks. It
// fails with Conflict where the union had one in that year.
func (t *Tx) AddUnionCampaign(ctx context.Context, p access.Permit, c UnionCampaign, asked []org.UnitNo) error {
	if !p.Allows(access.RecordUnion, c.Unit) {
		return errPermit
	}
	err := t.insert(ctx, "union_campaign", "id, unit_no, year, symbol, issued_on, due_on, text, entered_at, entered_by, closed_on, closed_by", "",
		[]any{c.ID, int(c.Unit), c.Year, c.Symbol, c.Issued, c.Due, c.Text, c.EnteredAt, c.EnteredBy, c.ClosedOn, c.ClosedBy})
	if err != nil {
		return fmt.Errorf("add union campaign: %w", t.orTaken(err, "union.campaign.taken", "year"))
	}
	var rows []any
	for _, no := range asked {
		rows = append(rows, c.ID, int(no), string(union.Waiting), 1, "{}", "{}", nil, "", nil, "", "", nil, 0)
	}
	return t.insert(ctx, "union_count", "campaign_id, unit_no, state, version, sheet, figures, submitted_on, submitted_by, returned_on, returned_by, returned_why, reminded_on, reminders", "", rows)
}

// UnionCampaigns lists the campaigns that a scope sees: those of its unions, and those
// that ask one of them; the latest year first.
func (t *Tx) UnionCampaigns(ctx context.Context, s access.Scope) ([]UnionCampaign, error) {
	q := &query{}
	q.and(`(` + unionCovered(q, s) + ` OR ` + campaignAsks(q, s) + `)`)
	return collect(ctx, t, `SELECT `+campaignColumns+` FROM union_campaign k JOIN unit u ON u.no = k.unit_no WHERE `+q.conditions()+
		` ORDER BY k.year DESC, k.issued_on DESC, k.id`, q.args, scanCampaign)
}

// campaignAsks is the condition that a campaign k asks a union within scope.
func campaignAsks(q *query, s access.Scope) string {
	return `EXISTS (SELECT 1 FROM union_count n JOIN unit b ON b.no = n.unit_no JOIN unit_closure bc ON bc.unit_no = b.no OR bc.unit_no = b.beside_no
		WHERE n.campaign_id = k.id AND bc.ancestor_no IN ` + in(&q.args, ints(rootsOf([]access.Scope{s}))) + `)`
}

// UnionCampaign returns a campaign that the scope sees, else NotFound.
func (t *Tx) UnionCampaign(ctx context.Context, s access.Scope, id string) (UnionCampaign, error) {
	q := &query{}
	q.and(`k.id = ` + q.arg(asID(id)))
	q.and(`(` + unionCovered(q, s) + ` OR ` + campaignAsks(q, s) + `)`)
	c, err := scanCampaign(t.QueryRow(ctx, `SELECT `+campaignColumns+` FROM union_campaign k JOIN unit u ON u.no = k.unit_no WHERE `+q.conditions(), q.args...))
	return c, orNotFound(err, "union.campaign.none")
}

// UnionCampaignUnit returns the union that issued a campaign, for the gate. It fails with
// NotFound.
func (t *Tx) UnionCampaignUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM union_campaign WHERE id = $1`, asID(id)).Scan(&no)
	return no, orNotFound(err, "union.campaign.none")
}

// CloseUnionCampaign ends a campaign: no answer comes in any more. It fails with Stale
// where it was closed already.
func (t *Tx) CloseUnionCampaign(ctx context.Context, p access.Permit, id string, on date.Date, by string) error {
	n, err := t.Exec(ctx, `UPDATE union_campaign SET closed_on = $1, closed_by = $2 WHERE id = $3 AND unit_no = $4 AND closed_on IS NULL`,
		on, by, id, int(p.Unit()))
	switch {
	case !permitOf(p, access.RecordUnion):
		return errPermit
	case err != nil:
		return fmt.Errorf("close union campaign: %w", err)
	case n != 1:
		return errs.E(errs.Stale, "union.campaign.closed_already")
	}
	return nil
}

const countColumns = `n.campaign_id, n.unit_no, u.code, u.name, COALESCE(u.beside_no, 0), n.state, n.version, n.sheet, n.figures, n.submitted_on, n.submitted_by,
	n.returned_on, n.returned_by, n.returned_why, n.reminded_on, n.reminders, k.year, k.due_on`

const countFrom = ` FROM union_count n JOIN union_campaign k ON k.id = n.campaign_id JOIN unit u ON u.no = n.unit_no WHERE `

func scanCount(r sqldb.Row) (n UnionCount, err error) {
	var sheet, figures string
	if err := r.Scan(&n.Campaign, &n.Unit, &n.UnitCode, &n.UnitName, &n.Beside, &n.State, &n.Version, &sheet, &figures, &n.SubmittedOn, &n.SubmittedBy,
		&n.ReturnedOn, &n.ReturnedBy, &n.ReturnedWhy, &n.RemindedOn, &n.Reminders, &n.Year, &n.Due); err != nil {
		return n, err
	}
	if err := errors.Join(json.Unmarshal([]byte(sheet), &n.Sheet), json.Unmarshal([]byte(figures), &n.Figures)); err != nil {
		return n, fmt.Errorf("count of %s: %w", n.UnitCode, err)
	}
	return n, nil
}

// UnionCounts lists the answers to a campaign of the unions within scope, by code.
func (t *Tx) UnionCounts(ctx context.Context, s access.Scope, campaign string) ([]UnionCount, error) {
	q := &query{}
	q.and(`n.campaign_id = ` + q.arg(asID(campaign)))
	underUnion(q, s)
	return collect(ctx, t, `SELECT `+countColumns+countFrom+q.conditions()+` ORDER BY u.code_key`, q.args, scanCount)
}

// UnionCountsOf lists the answers of unions in all campaigns, the latest year first.
func (t *Tx) UnionCountsOf(ctx context.Context, units []org.UnitNo) ([]UnionCount, error) {
	var out []UnionCount
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		within(q, `n.unit_no`, part)
		rows, err := collect(ctx, t, `SELECT `+countColumns+countFrom+q.conditions()+` ORDER BY k.year DESC, u.code_key, k.id`, q.args, scanCount)
		out = append(out, rows...)
		return err
	})
	return out, err
}

// SaveUnionCount writes an answer anew: n.Version is the new version. The permit is the
// answering union's, or that of the union which issued the campaign, to return it. It
// fails with Stale where the answer was changed since it was read, or the campaign is
// closed.
func (t *Tx) SaveUnionCount(ctx context.Context, p access.Permit, n UnionCount) error {
	if !permitOf(p, access.RecordUnion) {
		return errPermit
	}
	sheet, err := json.Marshal(n.Sheet)
	if err != nil {
		return fmt.Errorf("sheet of union count: %w", err)
	}
	figures, err := json.Marshal(n.Figures)
	if err != nil {
		return fmt.Errorf("figures of union count: %w", err)
	}
	done, err := t.Exec(ctx, `UPDATE union_count SET state = $1, version = $2, sheet = $3, figures = $4, submitted_on = $5, submitted_by = $6,
		returned_on = $7, returned_by = $8, returned_why = $9 WHERE campaign_id = $10 AND unit_no = $11 AND version = $12
		AND EXISTS (SELECT 1 FROM union_campaign k WHERE k.id = $10 AND k.closed_on IS NULL AND ($11 = $13 OR k.unit_no = $13))`,
		string(n.State), n.Version, string(sheet), string(figures), n.SubmittedOn, n.SubmittedBy,
		n.ReturnedOn, n.ReturnedBy, n.ReturnedWhy, n.Campaign, int(n.Unit), n.Version-1, int(p.Unit()))
	if err != nil {
		return fmt.Errorf("save union count: %w", err)
	}
	if done != 1 {
		return errs.E(errs.Stale, "union.count.stale")
	}
	return nil
}

// RemindUnionCounts marks the answers that were not submitted as reminded of on a day,
// each once a day, and returns how many.
func (t *Tx) RemindUnionCounts(ctx context.Context, p access.Permit, campaign string, on date.Date) (int64, error) {
	if !permitOf(p, access.RecordUnion) {
		return 0, errPermit
	}
	return t.Exec(ctx, `UPDATE union_count SET reminded_on = $1, reminders = reminders + 1 WHERE campaign_id = $2 AND state <> 'submitted'
		AND (reminded_on IS NULL OR reminded_on < $1) AND EXISTS (SELECT 1 FROM union_campaign k WHERE k.id = $2 AND k.unit_no = $3 AND k.closed_on IS NULL)`,
		on, asID(campaign), int(p.Unit()))
}

// UnionYouth returns what youth unions beside party units submitted for a year: of each
// party unit the figures of the union beside it. Units without a submitted count are absent.
func (t *Tx) UnionYouth(ctx context.Context, party []org.UnitNo, year int) (map[org.UnitNo]union.Figures, error) {
	out := map[org.UnitNo]union.Figures{}
	err := inChunks(ints(party), func(part []int) error {
		q := &query{}
		within(q, `u.beside_no`, part)
		q.and(`u.kind = 'youth_union'`)
		q.and(`k.year = ` + q.arg(year))
		q.and(`n.state = 'submitted'`)
		rows, err := collect(ctx, t, `SELECT `+countColumns+countFrom+q.conditions()+` ORDER BY u.code_key`, q.args, scanCount)
		for _, n := range rows {
			out[n.Beside] = union.Sum(out[n.Beside], n.Figures)
		}
		return err
	})
	return out, err
}
