package org

import "ketnap/date"

// Above names the bodies that stand over a branch; a number is 0 where there is none.
type Above struct {
	Sectional UnitNo // the sectional committee that appraises (đảng ủy bộ phận)
	Base      UnitNo // the base committee that resolves (đảng ủy cơ sở)
	Competent UnitNo // the committee directly above the grassroots: its standing committee decides (ORG-05, ORG-06)
	// Straight says that the unit is a branch with no base committee between: its
	// resolution goes straight to the competent committee (VOT-08).
	Straight bool
}

// AboveOf finds the bodies in a line that runs from a unit to the top. A unit that is
// such a body itself is counted.
func AboveOf(line []Unit) Above {
	var a Above
	for _, u := range line {
		switch {
		case u.Type == SectionalCommittee && a.Sectional == 0 && a.Base == 0:
			a.Sectional = u.No
		case u.Type == BaseCommittee && a.Base == 0 && a.Competent == 0:
			a.Base = u.No
		case u.Type == Committee && a.Competent == 0:
			a.Competent = u.No
		}
	}
	a.Straight = len(line) > 0 && line[0].Type.IsBranch() && a.Base == 0
	return a
}

// Above finds the bodies over a unit of the tree.
func (t *Tree) Above(no UnitNo) Above { return AboveOf(t.LineUnits(no)) }

// A Post is a post that a person holds for a time.
type Post struct {
	Unit  UnitNo
	Title string // as the unit prints it, "Bí thư Đảng ủy"
	Name  string
	Head  bool      // the post of the head, who is rated with the unit
	From  date.Date // first day
	To    date.Date // last day; zero while it is held
}

// On reports whether the post is held on a day.
func (p Post) On(day date.Date) bool { return within(day, p.From, p.To) }

// HeadOn returns who was the head on a day. Where two overlap, the one who came last
// counts: the day of handing over is the successor's.
func HeadOn(posts []Post, day date.Date) (Post, bool) {
	var head Post
	found := false
	for _, p := range posts {
		if p.Head && p.On(day) && (!found || p.From.After(head.From)) {
			head, found = p, true
		}
	}
	return head, found
}
