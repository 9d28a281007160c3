// Package org is the organization: units of the Party and of the unions, the tree of a
// day, and who held a post when. It is for every package that asks under whom a unit
// stands. It reads nothing and decides nothing about admission.
package org

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ketnap/date"

	"golang.org/x/text/unicode/norm"
)

// A UnitNo is the number of a unit inside one installation; 0 is no unit. It is small
// because every row of the tree, of the files and of the figures carries it.
type UnitNo int

// A UnitID names a unit outside the installation, for good; it is a UUID.
type UnitID string

// A Code is what people call a unit by in forms and commands, such as 38.168.053.000.001
// (ORG-04). Only ParseCode makes one that is in the written form.
type Code string

const maxCode = 32

// ErrCode is wrapped by every refusal of a code.
var ErrCode = errors.New("invalid unit code")

// ParseCode returns the written form of a code: capital letters, no spaces around it,
// and the dots between the groups of an organization code given as 14 digits (ORG-04).
// It fails on an empty or long code and on characters other than letters, digits, dot,
// hyphen and underscore.
func ParseCode(s string) (Code, error) {
	s = strings.ToUpper(strings.TrimSpace(norm.NFC.String(s)))
	if s == "" || utf8.RuneCountInString(s) > maxCode {
		return "", fmt.Errorf("%w: %q", ErrCode, s)
	}
	digits := 0
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsLetter(r):
		case i > 0 && strings.ContainsRune(".-_", r):
		default:
			return "", fmt.Errorf("%w: %q", ErrCode, s)
		}
	}
	if digits == 14 && len(s) == 14 {
		s = s[:2] + "." + s[2:5] + "." + s[5:8] + "." + s[8:11] + "." + s[11:]
	}
	return Code(s), nil
}

// A Type is the place of a unit in the order of the Charter.
type Type string

// The types.
const (
	Committee          Type = "committee"           // cấp ủy cấp trên trực tiếp của tổ chức cơ sở, and those above it
	BaseCommittee      Type = "base_committee"      // đảng ủy cơ sở
	BaseBranch         Type = "base_branch"         // chi bộ cơ sở
	SectionalCommittee Type = "sectional_committee" // đảng ủy bộ phận; from 2026 đảng ủy trực thuộc cơ sở (ORG-03)
	Branch             Type = "branch"              // chi bộ trực thuộc
	Board              Type = "board"               // ban of a committee: tổ chức, tuyên giáo
	Union              Type = "union"               // đoàn thanh niên, công đoàn and the other unions
)

// Types lists the types from the top of the tree downward.
func Types() []Type {
	return []Type{Committee, BaseCommittee, BaseBranch, SectionalCommittee, Branch, Board, Union}
}

// A Kind says where the people of a unit work or study; "" where nothing depends on it.
type Kind string

// The kinds, those that letters set targets for.
const (
	UpperSecondary Kind = "upper_secondary"
	Vocational     Kind = "vocational"
	College        Kind = "college"
	University     Kind = "university"
	PublicService  Kind = "public_service"
	Agency         Kind = "agency"
	Enterprise     Kind = "enterprise"
	YouthUnion     Kind = "youth_union"

	// Unions besides the youth union. Letters set no targets for them; their levels differ
	// from place to place (UNI-14, UNI-15).
	TradeUnion Kind = "trade_union"
	WomenUnion Kind = "women_union"
	Veterans   Kind = "veterans"
)

// UnionKinds lists the kinds of unions, which no other type of unit may have but the
// first.
func UnionKinds() []Kind { return []Kind{YouthUnion, TradeUnion, WomenUnion, Veterans} }

// Kinds lists the kinds that letters name.
func Kinds() []Kind {
	return []Kind{UpperSecondary, Vocational, College, University, PublicService, Agency, Enterprise, YouthUnion}
}

// A Side is one of the two trees.
type Side string

// The trees. A union points to the party unit beside it.
const (
	PartySide Side = "party"
	UnionSide Side = "union"
)

// Side returns the tree in which units of type t stand.
func (t Type) Side() Side {
	if t == Union {
		return UnionSide
	}
	return PartySide
}

// IsBranch reports whether t is a branch, the body that proposes an admission.
func (t Type) IsBranch() bool { return t == Branch || t == BaseBranch }

// A Unit is one unit of either tree.
type Unit struct {
	No       UnitNo
	ID       UnitID
	Code     Code
	Name     string
	Type     Type
	Kind     Kind
	Parent   UnitNo    // 0 at the top
	Beside   UnitNo    // of a union: the party unit beside it; else 0
	OpenedOn date.Date // zero where it is not recorded
	ClosedOn date.Date // the last day; zero while it is open
}

// Side returns the tree in which u stands.
func (u Unit) Side() Side { return u.Type.Side() }

// OpenOn reports whether u exists on a day.
func (u Unit) OpenOn(day date.Date) bool { return within(day, u.OpenedOn, u.ClosedOn) }

// within reports whether day lies from the first to the last day, both included; a zero
// day is open.
func within(day, first, last date.Date) bool {
	return (first.IsZero() || !day.Before(first)) && (last.IsZero() || !day.After(last))
}

// placements says which type may stand under which.
var placements = map[Type][]Type{ //nolint:gochecknoglobals // a table that nobody changes
	// A committee stands under the Centre or under a higher committee: tỉnh ủy, then
	// đảng ủy khối or, from 01/7/2025, a commune committee that leads others (ORG-05).
	Committee: {"", Committee},
	// Both bodies of the grassroots stand directly under a committee (ORG-02). A base
	// committee may be the top where a single one runs an installation of its own.
	BaseCommittee: {"", Committee},
	BaseBranch:    {Committee},
	// Large base committees have sections between them and their branches (ORG-02).
	SectionalCommittee: {BaseCommittee},
	Branch:             {BaseCommittee, SectionalCommittee},
	// Boards work for a committee; at the grassroots a commune committee has one.
	Board: {Committee, BaseCommittee},
	// Unions are a tree of their own.
	Union: {"", Union},
}

// MayStandUnder reports whether a unit of type t may have a parent of type parent; ""
// stands for no parent.
func (t Type) MayStandUnder(parent Type) bool {
	for _, p := range placements[t] {
		if p == parent {
			return true
		}
	}
	return false
}

// Valid reports whether t is a type.
func (t Type) Valid() bool { return placements[t] != nil }

// Valid reports whether k is a kind or none.
func (k Kind) Valid() bool {
	if k == "" {
		return true
	}
	return slices.Contains(Kinds(), k) || slices.Contains(UnionKinds(), k)
}

// MayBe reports whether a unit of type t may be of kind k: trade unions, women's unions
// and veterans are unions.
func (t Type) MayBe(k Kind) bool {
	return k.Valid() && (t == Union || slices.Contains(Kinds(), k) || k == "")
}

// A CountKind is a head count that votes and figures are measured against (VOT-02).
type CountKind string

// The head counts of a unit.
const (
	OfficialMembers  CountKind = "official_members"  // who votes in a branch
	CommitteeMembers CountKind = "committee_members" // who votes in a base committee
	StandingMembers  CountKind = "standing_members"  // who votes in a standing committee
	Members          CountKind = "members"           // all members, probationary ones included
	Youth            CountKind = "youth"             // young people of the unit
)
