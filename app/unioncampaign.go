package app

import (
	"context"
	"slices"
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

// A UnionCampaign is a union's yearly instruction to count.
type UnionCampaign = store.UnionCampaign

// A CampaignLine is a campaign with how far its answers have come, of those that the
// actor sees.
type CampaignLine struct {
	UnionCampaign
	Asked     int
	Submitted int
	Late      int
}

// A CampaignList is the campaigns that the actor sees.
type CampaignList struct {
	Today  date.Date
	Lines  []CampaignLine
	Issuer org.Unit // the actor's own union with unions below, which issues campaigns; zero without one
}

// UnionCampaigns lists the campaigns that the actor sees, the latest first.
func (a *App) UnionCampaigns(ctx context.Context, who Actor) (l CampaignList, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		l.Today = r.Today
		all, err := r.UnionCampaigns(ctx, r.Scope)
		if err != nil {
			return err
		}
		for _, c := range all {
			line := CampaignLine{UnionCampaign: c}
			counts, err := r.UnionCounts(ctx, r.Scope, c.ID) // a handful of years
			if err != nil {
				return err
			}
			for _, n := range counts {
				line.Asked++
				line.Submitted += b2i(n.State == union.Submitted)
				line.Late += b2i(countLate(n, c, r.Today) > 0)
			}
			l.Lines = append(l.Lines, line)
		}
		l.Issuer, err = r.campaignIssuer(ctx)
		return err
	})
	return l, err
}

// campaignIssuer is the first of the actor's own unions that counts young people and has
// unions below it.
func (r *reading) campaignIssuer(ctx context.Context) (org.Unit, error) {
	own, err := r.scopeFor(ctx, access.RecordUnion)
	if err != nil {
		return org.Unit{}, err
	}
	units, err := r.UnitsByNo(ctx, own.Roots())
	if err != nil {
		return org.Unit{}, err
	}
	for _, u := range units {
		below, err := r.Children(ctx, u.No)
		if err != nil {
			return org.Unit{}, err
		}
		if len(unionsAsked(below)) > 0 && union.Counts(u.Kind) {
			return u, nil
		}
	}
	return org.Unit{}, nil
}

// unionsAsked are the unions that a campaign asks: of those directly below, the open ones
// that count young people.
func unionsAsked(below []org.Unit) []org.UnitNo {
	return numbers(slices.DeleteFunc(below, func(c org.Unit) bool { return c.Type != org.Union || !union.Counts(c.Kind) || !c.ClosedOn.IsZero() }))
}

// IssueCampaign records a union's yearly instruction and asks the unions below it
// (UNI-02). It returns the id. It fails with Conflict where the year has one.
func (a *App) IssueCampaign(ctx context.Context, who Actor, unit string, c union.Campaign) (id string, err error) {
	id = newID()
	var u org.Unit
	err = a.write(ctx, who, unionOrder(ctx, unit, &u), func(w *writing) (record, error) {
		if field, err := c.Fault(w.Today); err != nil {
			return record{}, unionFault(field, err)
		}
		below, err := w.Children(ctx, u.No)
		if err != nil {
			return record{}, err
		}
		nos := unionsAsked(below)
		if len(nos) == 0 || !union.Counts(u.Kind) {
			return record{}, errs.E(errs.Invalid, "union.campaign.nobody").On("unit")
		}
		row := store.UnionCampaign{Campaign: c, ID: id, Unit: u.No, EnteredAt: w.At, EnteredBy: w.who.Name}
		row.Symbol, row.Text = strings.TrimSpace(c.Symbol), strings.TrimSpace(c.Text)
		return record{object: "union_campaign/" + id, after: map[string]any{"year": c.Year, "symbol": row.Symbol, "due": c.Due, "asked": len(nos)}, rules: "UNI-02"},
			w.AddUnionCampaign(ctx, w.Permit, row, nos)
	})
	return id, err
}

// A CountLine is the answer of one union with what stands beside it.
type CountLine struct {
	store.UnionCount
	Last   union.Figures // what it submitted for the year before; nil without
	Late   int           // days
	Differ int           // numbers that differ from the register, with a reason
}

// A UnionCampaignPage is a campaign with the answers that the actor sees.
type UnionCampaignPage struct {
	UnionCampaign
	Today   date.Date
	Lines   []CountLine
	Sum     union.Figures // of what was submitted
	LastSum union.Figures // of the year before, of the same unions
	May     bool          // the actor runs it
}

// Open reports whether answers still come in.
func (p UnionCampaignPage) Open() bool { return p.ClosedOn.IsZero() }

// UnionCampaign returns a campaign with its table.
func (a *App) UnionCampaign(ctx context.Context, who Actor, id string) (p UnionCampaignPage, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		p.Today = r.Today
		if p.UnionCampaign, err = r.Tx.UnionCampaign(ctx, r.Scope, id); err != nil {
			return err
		}
		counts, err := r.UnionCounts(ctx, r.Scope, p.ID)
		if err != nil {
			return err
		}
		var nos []org.UnitNo
		for _, n := range counts {
			nos = append(nos, n.Unit)
		}
		last, err := r.lastCounts(ctx, nos, p.Year-1)
		if err != nil {
			return err
		}
		p.Sum, p.LastSum = union.Figures{}, union.Figures{}
		for _, n := range counts {
			line := CountLine{UnionCount: n, Last: last[n.Unit], Late: countLate(n, p.UnionCampaign, r.Today)}
			if n.State == union.Submitted {
				p.Sum = union.Sum(p.Sum, n.Figures)
				for _, why := range n.Sheet.Why {
					line.Differ += b2i(strings.TrimSpace(why) != "")
				}
			}
			p.LastSum = union.Sum(p.LastSum, line.Last)
			p.Lines = append(p.Lines, line)
		}
		p.May, err = r.recordsUnion(ctx, p.Unit)
		return err
	})
	return p, err
}

// countLate is by how many days an answer is late. Of a closed campaign, what never came
// is late until the day it was closed.
func countLate(n store.UnionCount, c store.UnionCampaign, today date.Date) int {
	if n.State == union.Submitted {
		return union.DaysLate(c.Due, n.SubmittedOn, today)
	}
	return union.DaysLate(c.Due, c.ClosedOn, today)
}

// recordsUnion reports whether the actor records for a union.
func (r *reading) recordsUnion(ctx context.Context, no org.UnitNo) (bool, error) {
	line, err := r.Line(ctx, no)
	return err == nil && r.who.may(access.RecordUnion, r.Today, line), err
}

// lastCounts are the figures that unions submitted for a year.
func (r *reading) lastCounts(ctx context.Context, units []org.UnitNo, year int) (map[org.UnitNo]union.Figures, error) {
	all, err := r.UnionCountsOf(ctx, units)
	out := map[org.UnitNo]union.Figures{}
	for _, n := range all {
		if n.Year == year && n.State == union.Submitted {
			out[n.Unit] = n.Figures
		}
	}
	return out, err
}

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
