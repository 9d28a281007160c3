package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
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
