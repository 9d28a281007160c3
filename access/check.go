package access

import (
	"slices"

	"ketnap/date"
	"ketnap/org"
)

// A Grant gives a role on a unit and its whole subtree, from one day to another.
type Grant struct {
	Role Role
	Unit org.UnitNo
	From date.Date
	To   date.Date // the last day; none while it runs
}

// On reports whether the grant holds on a day.
func (g Grant) On(day date.Date) bool {
	return !day.Before(g.From) && (g.To.IsZero() || !day.After(g.To))
}

// A Verdict says how a check ended.
type Verdict int

// Verdicts. Who may not even see a thing is told that there is none.
const (
	Hidden Verdict = iota
	Refused
	Allowed
)

// A Permit allows one right on one unit. Only Check makes one; the zero value allows nothing.
type Permit struct {
	right Right
	unit  org.UnitNo
	ok    bool
}

// Allows reports whether the permit is for this right on this unit.
func (p Permit) Allows(right Right, unit org.UnitNo) bool {
	return p.ok && p.right == right && p.unit == unit
}

// Given reports whether Check made the permit.
func (p Permit) Given() bool { return p.ok }

// Right and Unit return what the permit is for.
func (p Permit) Right() Right { return p.right }

// Unit returns the unit that the permit is for.
func (p Permit) Unit() org.UnitNo { return p.unit }

// Check decides whether grants give a right on the unit whose line (itself first, then
// its ancestors) is handed in. see is the right by which one may know of the thing at
// all: without it the answer is Hidden, with it but without right it is Refused.
func Check(grants []Grant, day date.Date, right, see Right, line []org.UnitNo) (Permit, Verdict) {
	if len(line) == 0 {
		return Permit{}, Hidden
	}
	verdict := Hidden
	for _, g := range grants {
		if !g.On(day) || !slices.Contains(line, g.Unit) {
			continue
		}
		if g.Role.Has(right) {
			return Permit{right: right, unit: line[0], ok: true}, Allowed
		}
		if g.Role.Has(see) {
			verdict = Refused
		}
	}
	return Permit{}, verdict
}

// SystemPermit allows the command line, which acts as the system itself on a store that
// it can open. The gate alone makes use of it.
func SystemPermit(right Right, unit org.UnitNo) Permit {
	return Permit{right: right, unit: unit, ok: true}
}

// A Scope is the part of the tree in which one may read by a right: the units on which
// grants give it, each with its subtree. Only ScopeOf makes one; the zero value covers nothing.
type Scope struct{ roots []org.UnitNo }

// ScopeOf returns the scope that grants give for a right on a day.
func ScopeOf(grants []Grant, day date.Date, right Right) Scope {
	var roots []org.UnitNo
	for _, g := range grants {
		if g.On(day) && g.Role.Has(right) && !slices.Contains(roots, g.Unit) {
			roots = append(roots, g.Unit)
		}
	}
	slices.Sort(roots)
	return Scope{roots: roots}
}

// Roots returns the units whose subtrees the scope covers, in order.
func (s Scope) Roots() []org.UnitNo { return slices.Clone(s.roots) }

// Empty reports whether the scope covers nothing.
func (s Scope) Empty() bool { return len(s.roots) == 0 }

// Covers reports whether the unit of the line lies in the scope.
func (s Scope) Covers(line []org.UnitNo) bool {
	for _, u := range line {
		if slices.Contains(s.roots, u) {
			return true
		}
	}
	return false
}

// SystemScope covers the subtrees of units, for the command line (see SystemPermit).
func SystemScope(roots ...org.UnitNo) Scope { return Scope{roots: roots} }

// ScopeOfPermit covers the unit of a permit: who may write to a thing may read it.
func ScopeOfPermit(p Permit) Scope {
	if !p.ok {
		return Scope{}
	}
	return Scope{roots: []org.UnitNo{p.unit}}
}
