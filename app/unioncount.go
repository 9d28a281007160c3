package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
	"ketnap/union"
)

// A UnionCountPage is the answer of one union, as form or to be read.
type UnionCountPage struct {
	CountLine
	Campaign  UnionCampaign
	Unit      org.Unit
	Today     date.Date
	Known     union.Figures // what the register counts (“theo sổ”)
	May       bool          // the actor answers for the union
	MayReturn bool          // the actor runs the campaign
}

// Writes reports whether the answer may be written now.
func (p UnionCountPage) Writes() bool { return p.May && p.State.Open() && p.Campaign.ClosedOn.IsZero() }

// UnionCount returns the answer of a union to a campaign.
func (a *App) UnionCount(ctx context.Context, who Actor, campaign, unit string) (p UnionCountPage, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		p.Today = r.Today
		if p.Campaign, err = r.Tx.UnionCampaign(ctx, r.Scope, campaign); err != nil {
			return err
		}
		if p.Unit, err = r.union(ctx, unit); err != nil {
			return err
		}
		n, err := countIn(ctx, r.Tx, p.Unit.No, p.Campaign.ID)
		if err != nil {
			return err
		}
		last, err := r.lastCounts(ctx, []org.UnitNo{p.Unit.No}, p.Campaign.Year-1)
		if err != nil {
			return err
		}
		p.CountLine = CountLine{UnionCount: n, Last: last[p.Unit.No], Late: countLate(n, p.Campaign, r.Today)}
		known, err := a.unionKnown(ctx, r.Tx, []org.Unit{p.Unit}, p.Campaign.Year, r.Today)
		if err != nil {
			return err
		}
		p.Known = known[p.Unit.No]
		if p.May, err = r.recordsUnion(ctx, p.Unit.No); err != nil {
			return err
		}
		p.MayReturn, err = r.recordsUnion(ctx, p.Campaign.Unit)
		return err
	})
	return p, err
}

// countIn is the answer of a union to a campaign, else NotFound.
func countIn(ctx context.Context, tx *store.Tx, unit org.UnitNo, campaign string) (store.UnionCount, error) {
	all, err := tx.UnionCountsOf(ctx, []org.UnitNo{unit})
	for _, n := range all {
		if n.Campaign == campaign {
			return n, err
		}
	}
	if err != nil {
		return store.UnionCount{}, err
	}
	return store.UnionCount{}, errs.E(errs.NotFound, "union.count.none")
}

// A UnionCounted is what became of an answer: written or not, with what is to be said.
type UnionCounted struct {
	Findings []rule.Finding
	Written  bool
}

// SaveUnionCount keeps the answer of a union as it was typed, and submits it where that is
// asked and nothing is wrong (UNI-04): else it stays a draft, with the findings. version
// is the one with which it was read.
func (a *App) SaveUnionCount(ctx context.Context, who Actor, campaign, unit string, version int, sheet union.Sheet, submit bool) (out UnionCounted, err error) {
	var u org.Unit
	err = a.write(ctx, who, unionOrder(ctx, unit, &u), func(w *writing) (record, error) {
		n, err := w.openCount(ctx, u.No, campaign, version)
		if err != nil {
			return record{}, err
		}
		known, err := a.unionKnown(ctx, w.Tx, []org.Unit{u}, n.Year, w.Today)
		if err != nil {
			return record{}, err
		}
		before := n.State
		figures, findings := sheet.Check(known[u.No])
		n.Sheet, n.Figures, n.Version = trimmedSheet(sheet), union.Figures{}, n.Version+1
		switch {
		case submit && !rule.Blocked(findings):
			n.State, n.Figures, n.SubmittedBy = union.Submitted, figures, w.who.Name
			if n.SubmittedOn.IsZero() { // corrected at the superior's wish: in time if the first one was
				n.SubmittedOn = w.Today
			}
			out = UnionCounted{Findings: findings, Written: true}
		case n.State == union.Returned: // it stays so until it is sent again
			out.Findings = findings
		default:
			n.State, out.Findings = union.Draft, findings
		}
		return record{object: "union_count/" + campaign, before: before, after: map[string]any{"state": n.State, "version": n.Version}, rules: "UNI-04"}, w.Tx.SaveUnionCount(ctx, w.Permit, n)
	})
	return out, err
}

// trimmedSheet cuts what was typed to what a draft keeps.
func trimmedSheet(s union.Sheet) union.Sheet {
	cut := func(text string, most int) string {
		if utf8.RuneCountInString(text) <= most {
			return text
		}
		return string([]rune(text)[:most])
	}
	out := union.Sheet{Typed: map[union.Column]string{}, Why: map[union.Column]string{}, Reason: cut(s.Reason, 2*union.MostText)}
	for _, c := range union.Columns() {
		out.Typed[c], out.Why[c] = cut(s.Typed[c], union.MostName), cut(s.Why[c], 2*union.MostReason)
	}
	return out
}

// openCount is an answer that may still be written.
func (w *writing) openCount(ctx context.Context, unit org.UnitNo, campaign string, version int) (store.UnionCount, error) {
	n, err := countIn(ctx, w.Tx, unit, campaign)
	switch {
	case err != nil:
		return n, err
	case n.Version != version:
		return n, errs.E(errs.Stale, "union.count.stale")
	case !n.State.Open():
		return n, errs.E(errs.Conflict, "union.count.sent")
	}
	return n, nil
}

// campaignOrder asks for the right to run a campaign, on the union that issued it.
func campaignOrder(ctx context.Context, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.UnionCampaignUnit(ctx, id)
		return order{right: access.RecordUnion, see: access.SeeUnion, unit: unit, none: "union.campaign.none"}, err
	}
}

// ReturnUnionCount sends an answer back for correction, with what is to be put right.
func (a *App) ReturnUnionCount(ctx context.Context, who Actor, campaign, unit string, version int, why string) error {
	return a.write(ctx, who, campaignOrder(ctx, campaign), func(w *writing) (record, error) {
		why = strings.TrimSpace(why)
		if why == "" || utf8.RuneCountInString(why) > union.MostReason {
			return record{}, errs.E(errs.Invalid, "union.count.why").On("why")
		}
		u, err := unitByCode(ctx, w.Tx, unit)
		if err != nil {
			return record{}, unitNone(err)
		}
		n, err := countIn(ctx, w.Tx, u.No, campaign)
		switch {
		case err != nil:
			return record{}, err
		case n.Version != version:
			return record{}, errs.E(errs.Stale, "union.count.stale")
		case n.State != union.Submitted:
			return record{}, errs.E(errs.Conflict, "union.count.not_sent")
		}
		n.State, n.Version, n.ReturnedOn, n.ReturnedBy, n.ReturnedWhy = union.Returned, n.Version+1, w.Today, w.who.Name, why
		return record{object: "union_count/" + campaign, before: union.Submitted, after: map[string]any{"state": n.State, "unit": unit, "why": why}, rules: "UNI-04"},
			w.Tx.SaveUnionCount(ctx, w.Permit, n)
	})
}

// RemindCampaign reminds the unions that have not submitted, each at most once a day: they
// read it on their first page. It returns how many.
func (a *App) RemindCampaign(ctx context.Context, who Actor, id string) (n int64, err error) {
	err = a.write(ctx, who, campaignOrder(ctx, id), func(w *writing) (record, error) {
		n, err = w.RemindUnionCounts(ctx, w.Permit, id, w.Today)
		return record{object: "union_campaign/" + id, after: map[string]any{"reminded": n}, rules: "UNI-02"}, err
	})
	return n, err
}

// CloseCampaign ends a campaign: what was not submitted stays out of its sums.
func (a *App) CloseCampaign(ctx context.Context, who Actor, id string) error {
	return a.write(ctx, who, campaignOrder(ctx, id), func(w *writing) (record, error) {
		return record{object: "union_campaign/" + id, before: "open", after: "closed", rules: "UNI-02"}, w.CloseUnionCampaign(ctx, w.Permit, id, w.Today, w.who.Name)
	})
}
