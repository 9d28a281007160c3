package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/directive"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/store"
	"ketnap/target"
)

// Doers says for whom a task opens when the letter is confirmed.
type Doers string

// Doers. What stands with the committee itself opens for one of its boards.
const (
	DoBases        Doers = "bases"        // every base organization below
	DoSchools      Doers = "schools"      // those at schools
	DoUnions       Doers = "unions"       // the unions beside
	DoPropaganda   Doers = "propaganda"   // the propaganda board
	DoOrganization Doers = "organization" // the organization board
	DoStanding     Doers = "standing"     // the standing committee
)

// AllDoers lists them, for the form.
func AllDoers() []Doers {
	return []Doers{DoBases, DoSchools, DoUnions, DoPropaganda, DoOrganization, DoStanding}
}

// boardRoles says whose task it is at the committee itself.
var boardRoles = map[Doers]access.Role{DoPropaganda: access.PropagandaBoard, DoOrganization: access.OrgBoard, DoStanding: access.StandingCommittee}

// guessDoers proposes the doers from the words of the letter; a person corrects it.
func guessDoers(doer string) Doers {
	words := person.Fold(doer)
	for _, g := range []struct {
		sign string
		do   Doers
	}{
		{"tuyen giao", DoPropaganda}, {"ban to chuc", DoOrganization},
		{"truong hoc", DoSchools}, {"nha truong", DoSchools}, {"cac truong", DoSchools}, {"truong trung hoc", DoSchools},
		{"doan the", DoUnions}, {"doan thanh nien", DoUnions}, {"doan khoi", DoUnions}, {"co so doan", DoUnions}, {"cong doan", DoUnions},
	} {
		if strings.Contains(words, g.sign) {
			return g.do
		}
	}
	if strings.HasPrefix(words, "ban thuong vu dang uy") {
		return DoStanding
	}
	return DoBases
}

// below are the units that a letter can reach from the committee that holds it.
type below struct {
	committee org.UnitNo
	bases     []org.Unit
	unions    []org.Unit
}

func unitsBelow(ctx context.Context, tx *store.Tx, committee org.UnitNo) (below, error) {
	b := below{committee: committee}
	nos, err := tx.Subtree(ctx, committee)
	if err != nil {
		return b, err
	}
	units, err := tx.UnitsByNo(ctx, nos)
	if err != nil {
		return b, err
	}
	for _, u := range units {
		if u.ClosedOn.IsZero() && (u.Type == org.BaseCommittee || u.Type == org.BaseBranch) {
			b.bases = append(b.bases, u)
		}
	}
	b.unions, err = tx.UnionsBeside(ctx, committee)
	return b, err
}

var schoolKinds = []org.Kind{org.UpperSecondary, org.Vocational, org.College, org.University}

// doers returns the units for which a task opens, and the role whose task it is there.
func (b below) doers(d Doers) ([]org.UnitNo, access.Role) {
	switch d {
	case DoBases:
		return numbers(b.bases), ""
	case DoSchools:
		var schools []org.UnitNo
		for _, u := range b.bases {
			if slices.Contains(schoolKinds, u.Kind) {
				schools = append(schools, u.No)
			}
		}
		return schools, ""
	case DoUnions:
		return numbers(b.unions), access.UnionOfficer
	}
	return []org.UnitNo{b.committee}, boardRoles[d]
}

// aimed returns the units to which a target is spread: every base organization of the
// kind, or the one union body that owes a sum.
func (b below) aimed(t directive.Target) []org.UnitNo {
	if t.UnitKind == directive.YouthUnion {
		return numbers(b.unions)
	}
	var out []org.UnitNo
	for _, u := range b.bases {
		if string(u.Kind) == t.UnitKind {
			out = append(out, u.No)
		}
	}
	return out
}

// reach tells for each proposal how many units it will reach.
func reach(ctx context.Context, tx *store.Tx, committee org.UnitNo, proposals []Proposal) (map[int]int, error) {
	b, err := unitsBelow(ctx, tx, committee)
	if err != nil {
		return nil, err
	}
	out := map[int]int{}
	for _, p := range proposals {
		switch {
		case p.Task != nil:
			units, _ := b.doers(p.Task.For)
			out[p.Seq] = len(units)
		case p.Target != nil:
			out[p.Seq] = len(b.aimed(p.Target.Target))
		}
	}
	return out, nil
}

// ConfirmLetter makes of a draft the directive: its tasks for the right units, its target
// goals, and its dated ceilings, all at once. Every proposal must have been decided.
func (a *App) ConfirmLetter(ctx context.Context, who Actor, id string, version int) error {
	return a.write(ctx, who, a.documentOrder(ctx, id), func(w *writing) (record, error) {
		d, rows, err := w.Tx.Document(ctx, id)
		if err != nil {
			return record{}, err
		}
		if d.State != store.Draft {
			return record{}, errs.E(errs.Stale, "document.confirmed")
		}
		if d.Symbol == "" || d.IssuedOn.IsZero() {
			return record{}, errs.E(errs.Invalid, "document.incomplete")
		}
		if n := openProposals(rows); n > 0 {
			return record{}, errs.E(errs.Invalid, "document.undecided", "n", n)
		}
		d.State, d.ConfirmedAt, d.ConfirmedBy = store.Confirmed, w.At, w.who.Name
		if err := w.SaveDocument(ctx, w.Permit, d, version); err != nil {
			return record{}, err
		}
		b, err := unitsBelow(ctx, w.Tx, d.Unit)
		if err != nil {
			return record{}, err
		}
		made := map[string]int{}
		for _, row := range rows {
			p, err := proposalOf(row)
			if err != nil {
				return record{}, err
			}
			if p.State != ProposalAccepted {
				continue
			}
			if err := w.make(ctx, d, b, p, made); err != nil {
				return record{}, err
			}
		}
		return record{object: "document/" + id, before: "draft", after: map[string]any{"symbol": d.Symbol, "made": made}}, nil
	})
}

func openProposals(rows []store.Proposal) int {
	n := 0
	for _, r := range rows {
		if r.State == ProposalOpen {
			n++
		}
	}
	return n
}

// make creates what one accepted proposal stands for, and counts it.
func (w *writing) make(ctx context.Context, d store.Document, b below, p Proposal, made map[string]int) error {
	switch {
	case p.Task != nil:
		units, role := b.doers(p.Task.For)
		for _, u := range units {
			k := store.Task{ID: newID(), Document: d.ID, Clause: p.Clause, Unit: u, Role: role, Text: p.Task.Text, Due: p.Task.Due, Repeat: string(p.Task.Repeat)}
			if err := w.AddTask(ctx, w.Permit, k); err != nil {
				return err
			}
			made[KindTask]++
		}
	case p.Target != nil:
		for _, year := range p.Target.Years {
			for _, u := range b.aimed(p.Target.Target) {
				if err := w.AddTarget(ctx, w.Permit, goal(d, p, u, year, w)); err != nil {
					return err
				}
				made[KindTarget]++
			}
		}
	case p.Ceiling != nil:
		for _, year := range p.Ceiling.Years {
			c := store.CeilingRow{ID: newID(), Document: d.ID, Clause: p.Clause, Unit: d.Unit, Year: year,
				Denies: p.Ceiling.Denies, Condition: p.Ceiling.When, InForceOn: d.IssuedOn}
			if err := w.AddCeiling(ctx, w.Permit, c); err != nil {
				return err
			}
			made[KindCeiling]++
		}
	}
	return nil
}

func goal(d store.Document, p Proposal, unit org.UnitNo, year int, w *writing) store.TargetRow {
	row := store.TargetRow{ID: newID(), Unit: unit, Year: year, Indicator: p.Target.Indicator, State: string(target.Goal),
		Max: p.Target.Max, Document: d.ID, Clause: p.Clause, SetOn: w.Today, SetBy: w.who.Name}
	if p.Target.Min != nil {
		row.Min = *p.Target.Min
	}
	return row
}
