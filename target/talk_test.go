package target

import (
	"errors"
	"testing"
)

func TestTheTalkAboutAFigure(t *testing.T) {
	t.Parallel()
	five := Exactly(5)
	move := func(k MoveKind, figure int) Move { return Move{Kind: k, Figure: figure, Range: &five, Reason: "nguồn"} }
	for _, c := range []struct {
		name     string
		moves    []Move
		assigned int
		want     Turn
		allowed  []MoveKind
	}{
		{"nothing was said", nil, 0, Silent, []MoveKind{Proposed}},
		{"a proposal waits, and may be corrected", []Move{move(Proposed, 0)}, 0, AtSuperior, []MoveKind{Proposed}},
		{"what is assigned waits for the unit", nil, 1, AtUnit, []MoveKind{Accepted, Countered}},
		{"assigning answers a proposal", []Move{move(Proposed, 0)}, 1, AtUnit, []MoveKind{Accepted, Countered}},
		{"the unit takes it on, and may still ask later", []Move{move(Accepted, 1)}, 1, Agreed, []MoveKind{Countered}},
		{"a counter-proposal waits for the superior", []Move{move(Countered, 1)}, 1, Contested, []MoveKind{Accepted, Countered, Kept}},
		{"the superior keeps it", []Move{move(Countered, 1), move(Kept, 1)}, 1, SettledKept, []MoveKind{Accepted, Countered}},
		{"the superior adjusts it", []Move{move(Countered, 1)}, 2, AtUnit, []MoveKind{Accepted, Countered}},
		{"an adjustment after an acceptance is to be accepted anew", []Move{move(Accepted, 1)}, 2, AtUnit, []MoveKind{Accepted, Countered}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := Turned(c.moves, c.assigned)
			if got != c.want || got.Words() == "" {
				t.Fatalf("got %q", got)
			}
			for _, k := range []MoveKind{Proposed, Accepted, Countered, Kept} {
				allowed := false
				for _, a := range c.allowed {
					allowed = allowed || a == k
				}
				if err := move(k, c.assigned).Check(got); (err == nil) != allowed {
					t.Errorf("%s: got %v", k, err)
				}
			}
		})
	}
	if !AtSuperior.Waits() || !Contested.Waits() || AtUnit.Waits() || Agreed.Waits() {
		t.Error("only proposals and counter-proposals wait for the superior")
	}
}

func TestAMoveNeedsItsWordsAndItsFigure(t *testing.T) {
	t.Parallel()
	crossed := Range{Min: 5, Max: ptr(3)}
	five := Exactly(5)
	for _, c := range []struct {
		move Move
		turn Turn
		want error
	}{
		{Move{Kind: Accepted}, AtUnit, nil},
		{Move{Kind: Countered, Range: &five}, AtUnit, ErrReason},
		{Move{Kind: Countered, Reason: "hết nguồn"}, AtUnit, ErrMin},
		{Move{Kind: Proposed, Reason: "rà soát", Range: &crossed}, Silent, ErrMax},
		{Move{Kind: Kept, Reason: " "}, Contested, ErrReason},
		{Move{Kind: Kept, Reason: "còn nguồn"}, Contested, nil},
		{Move{Kind: "x", Reason: "y"}, Contested, ErrMove},
	} {
		if err := c.move.Check(c.turn); !errors.Is(err, c.want) {
			t.Errorf("%+v: got %v, want %v", c.move, err, c.want)
		}
	}
}
