package org

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"ketnap/date"
)

// A Tree is both trees of one day, built once and then only read.
type Tree struct {
	units    []Unit // parents before children, children in the order of their codes
	at       map[UnitNo]int
	codes    map[Code]UnitNo
	children map[UnitNo][]UnitNo
	last     []int // index in units of the last unit of the subtree
	depth    []int
}

// ErrTree is wrapped by every refusal of units that form no tree.
var ErrTree = errors.New("the units form no tree")

// NewTree builds the tree of units. It fails where a number or a code stands twice, a
// parent is missing, or parents go in a circle. Types are not judged: yesterday's tree
// may break today's rules.
func NewTree(units []Unit) (*Tree, error) {
	t := &Tree{
		at:       make(map[UnitNo]int, len(units)),
		codes:    make(map[Code]UnitNo, len(units)),
		children: map[UnitNo][]UnitNo{},
	}
	known := make(map[UnitNo]Unit, len(units))
	for _, u := range units {
		if _, twice := known[u.No]; twice || u.No == 0 {
			return nil, fmt.Errorf("%w: number %d is not one unit's", ErrTree, u.No)
		}
		if _, twice := t.codes[u.Code]; twice {
			return nil, fmt.Errorf("%w: code %s is not one unit's", ErrTree, u.Code)
		}
		known[u.No], t.codes[u.Code] = u, u.No
		t.children[u.Parent] = append(t.children[u.Parent], u.No)
	}
	for parent, below := range t.children {
		if _, ok := known[parent]; !ok && parent != 0 {
			return nil, fmt.Errorf("%w: unit %d stands under %d, which is missing", ErrTree, below[0], parent)
		}
		slices.SortFunc(below, func(a, b UnitNo) int { return cmp.Compare(known[a].Code, known[b].Code) })
	}
	t.walk(known)
	if len(t.units) != len(units) {
		return nil, fmt.Errorf("%w: %d units stand above themselves", ErrTree, len(units)-len(t.units))
	}
	return t, nil
}

// walk lays the units out in depth-first order: a subtree is then one stretch.
func (t *Tree) walk(known map[UnitNo]Unit) {
	t.units = make([]Unit, 0, len(known))
	t.last, t.depth = make([]int, 0, len(known)), make([]int, 0, len(known))
	var visit func(no UnitNo, depth int)
	visit = func(no UnitNo, depth int) {
		i := len(t.units)
		t.at[no] = i
		t.units, t.depth, t.last = append(t.units, known[no]), append(t.depth, depth), append(t.last, i)
		for _, c := range t.children[no] {
			visit(c, depth+1)
		}
		t.last[i] = len(t.units) - 1
	}
	for _, root := range t.children[0] {
		visit(root, 0)
	}
}

// Len returns the number of units.
func (t *Tree) Len() int { return len(t.units) }

// Units returns all units, each after its parent. The slice must not be changed.
func (t *Tree) Units() []Unit { return t.units }

// Unit returns a unit by its number.
func (t *Tree) Unit(no UnitNo) (Unit, bool) {
	i, ok := t.at[no]
	if !ok {
		return Unit{}, false
	}
	return t.units[i], true
}

// ByCode returns a unit by its code in the written form.
func (t *Tree) ByCode(code Code) (Unit, bool) {
	no, ok := t.codes[code]
	if !ok {
		return Unit{}, false
	}
	return t.Unit(no)
}

// Roots returns the units without a parent, in the order of their codes.
func (t *Tree) Roots() []UnitNo { return slices.Clone(t.children[0]) }

// Children returns the units directly under a unit, in the order of their codes.
func (t *Tree) Children(no UnitNo) []UnitNo {
	if no == 0 {
		return nil
	}
	return slices.Clone(t.children[no])
}

// Line returns a unit and all above it, from itself to the top; none for an unknown unit.
func (t *Tree) Line(no UnitNo) []UnitNo {
	var line []UnitNo
	for u, ok := t.Unit(no); ok; u, ok = t.Unit(u.Parent) {
		line = append(line, u.No)
	}
	return line
}

// LineUnits returns the line of a unit as units.
func (t *Tree) LineUnits(no UnitNo) []Unit {
	var line []Unit
	for u, ok := t.Unit(no); ok; u, ok = t.Unit(u.Parent) {
		line = append(line, u)
	}
	return line
}

// Subtree returns a unit and all below it, each after its parent.
func (t *Tree) Subtree(no UnitNo) []UnitNo {
	i, ok := t.at[no]
	if !ok {
		return nil
	}
	out := make([]UnitNo, 0, t.last[i]-i+1)
	for _, u := range t.units[i : t.last[i]+1] {
		out = append(out, u.No)
	}
	return out
}

// InSubtree reports whether a unit is root or stands anywhere below it.
func (t *Tree) InSubtree(root, no UnitNo) bool {
	r, ok := t.at[root]
	if !ok {
		return false
	}
	i, ok := t.at[no]
	return ok && r <= i && i <= t.last[r]
}

// Depth returns the number of units above a unit.
func (t *Tree) Depth(no UnitNo) int {
	i, ok := t.at[no]
	if !ok {
		return 0
	}
	return t.depth[i]
}

// A Pair is one row of the closure: Unit stands Depth steps below Ancestor.
type Pair struct {
	Ancestor, Unit UnitNo
	Depth          int
}

// Closure returns every pair of a unit and one above it; a unit is its own ancestor at
// depth 0.
func (t *Tree) Closure() []Pair {
	var out []Pair
	for _, u := range t.units {
		for depth, above := range t.Line(u.No) {
			out = append(out, Pair{Ancestor: above, Unit: u.No, Depth: depth})
		}
	}
	return out
}

// A Link is one stretch of time during which a unit stood under a parent.
type Link struct {
	Unit, Parent UnitNo    // Parent is 0 where it was the top
	From, To     date.Date // first and last day; To is zero for the link of today
}

// LineOn returns a unit and all that stood above it on a day (REORG-08), from itself to
// the top. It fails where links go in a circle; links that overlap are not told apart,
// the one that began last counts.
func LineOn(links []Link, no UnitNo, day date.Date) ([]UnitNo, error) {
	parents := map[UnitNo]Link{}
	for _, l := range links {
		if within(day, l.From, l.To) && (parents[l.Unit].From.IsZero() || l.From.After(parents[l.Unit].From)) {
			parents[l.Unit] = l
		}
	}
	line := []UnitNo{no}
	for at := parents[no].Parent; at != 0; at = parents[at].Parent {
		if slices.Contains(line, at) {
			return nil, fmt.Errorf("%w: unit %d stands above itself on %s", ErrTree, at, day)
		}
		line = append(line, at)
	}
	return line, nil
}

// Move returns the links after unit has come under parent on a day: the link of the day
// before ends, a link that was to begin later is gone, and all others stay.
func Move(links []Link, unit, parent UnitNo, day date.Date) []Link {
	var out []Link
	for _, l := range links {
		switch {
		case l.Unit != unit || (!l.To.IsZero() && l.To.Before(day)):
			out = append(out, l)
		case l.From.Before(day):
			l.To = day.AddDays(-1)
			out = append(out, l)
		}
	}
	return append(out, Link{Unit: unit, Parent: parent, From: day})
}
