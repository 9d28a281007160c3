package target

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"ketnap/org"

	"pgregory.net/rapid"
)

func claims(t *rapid.T) []Claim {
	n := rapid.IntRange(1, 12).Draw(t, "units")
	out := make([]Claim, n)
	for i := range out {
		c := Claim{Code: fmt.Sprintf("U%02d", i), Weight: rapid.IntRange(0, 400).Draw(t, "weight"), Min: rapid.IntRange(0, 6).Draw(t, "min")}
		if rapid.Bool().Draw(t, "bounded") {
			c.Max = ptr(c.Min + rapid.IntRange(0, 30).Draw(t, "room"))
		}
		out[i] = c
	}
	return out
}

func within(c Claim, n int) bool { return n >= c.Min && (c.Max == nil || n <= *c.Max) }

func TestASpreadSumsToWhatWasSpreadWithinBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all, sum := claims(t), rapid.IntRange(0, 500).Draw(t, "sum")
		got, err := SpreadSum(sum, all)
		least, most, open := 0, 0, false
		for _, c := range all {
			least += c.Min
			switch {
			case c.Weight == 0:
				most += c.Min
			case c.Max == nil:
				open = true
			default:
				most += *c.Max
			}
		}
		if possible := sum >= least && (open || sum <= most); (err == nil) != possible {
			t.Fatalf("possible is %v, got %v", possible, err)
		}
		if err != nil {
			if !errors.Is(err, ErrTooFew) && !errors.Is(err, ErrTooMany) {
				t.Fatalf("an error that says nothing: %v", err)
			}
			return
		}
		total := 0
		for i, n := range got {
			total += n
			if !within(all[i], n) {
				t.Fatalf("%+v got %d", all[i], n)
			}
		}
		if total != sum {
			t.Fatalf("%d of %d was spread: %v", total, sum, got)
		}
	})
}

func TestASpreadIsTheSameInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all, sum := claims(t), rapid.IntRange(0, 300).Draw(t, "sum")
		first, err := SpreadSum(sum, all)
		by := map[string]int{}
		for i, n := range first {
			by[all[i].Code] = n
		}
		mixed := rapid.Permutation(all).Draw(t, "order")
		second, again := SpreadSum(sum, mixed)
		if (err == nil) != (again == nil) {
			t.Fatalf("%v, then %v", err, again)
		}
		for i, n := range second {
			if by[mixed[i].Code] != n {
				t.Fatalf("%s got %d, then %d", mixed[i].Code, by[mixed[i].Code], n)
			}
		}
	})
}

func TestWithoutBoundsNobodyIsFurtherThanOneFromTheExactPart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(1, 1000), 1, 20).Draw(t, "weights")
		sum, total := rapid.IntRange(0, 1000).Draw(t, "sum"), 0
		all := make([]Claim, len(weights))
		for i, w := range weights {
			all[i] = Claim{Code: fmt.Sprintf("U%02d", i), Weight: w}
			total += w
		}
		got, err := SpreadSum(sum, all)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range got {
			if off := n*total - sum*weights[i]; off >= total || off <= -total {
				t.Fatalf("%d of %d by %v: %v", i, sum, weights, got)
			}
		}
	})
}

func TestBothEndsOfARangeAreSpread(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := claims(t)
		r := Range{Min: rapid.IntRange(0, 300).Draw(t, "min")}
		if rapid.Bool().Draw(t, "closed") {
			r.Max = ptr(r.Min + rapid.IntRange(0, 100).Draw(t, "width"))
		}
		got, err := SpreadRange(r, all)
		if err != nil {
			return // what cannot be is tried above
		}
		least, most := 0, 0
		for i, x := range got {
			least += x.Min
			if (x.Max == nil) != (r.Max == nil) {
				t.Fatalf("an open end of %+v became %+v", r, x)
			}
			if x.Max != nil {
				most += *x.Max
				if *x.Max < x.Min || !within(all[i], *x.Max) {
					t.Fatalf("%+v got %+v", all[i], x)
				}
			}
		}
		if least != r.Min || r.Max != nil && most != *r.Max {
			t.Fatalf("%+v became %d and %d", r, least, most)
		}
	})
}

func TestSpreadsAsAnOfficeMakesThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		sum    int
		claims []Claim
		want   []int
		fails  error
	}{
		{name: "equal weights, what is left over goes by code", sum: 5, claims: []Claim{{Code: "B", Weight: 1}, {Code: "A", Weight: 1}, {Code: "C", Weight: 1}}, want: []int{2, 2, 1}},
		{name: "the largest remainder first", sum: 10, claims: []Claim{{Code: "A", Weight: 15}, {Code: "B", Weight: 28}, {Code: "C", Weight: 57}}, want: []int{1, 3, 6}},
		{name: "who has no weight gets the lower bound", sum: 4, claims: []Claim{{Code: "A"}, {Code: "B", Weight: 3}, {Code: "C", Min: 1}}, want: []int{0, 3, 1}},
		{name: "an upper bound gives the rest to the others", sum: 12, claims: []Claim{{Code: "A", Weight: 100, Max: ptr(4)}, {Code: "B", Weight: 1}, {Code: "C", Weight: 1}}, want: []int{4, 4, 4}},
		{name: "one for everyone at least", sum: 6, claims: []Claim{{Code: "A", Weight: 97, Min: 1}, {Code: "B", Weight: 2, Min: 1}, {Code: "C", Weight: 1, Min: 1}}, want: []int{4, 1, 1}},
		{name: "nothing is a sum", claims: []Claim{{Code: "A", Weight: 1}}, want: []int{0}},
		{name: "nobody to give to", sum: 1, fails: ErrTooMany},
		{name: "no weight at all", sum: 3, claims: []Claim{{Code: "A"}, {Code: "B"}}, fails: ErrTooMany},
		{name: "less than the lower bounds", sum: 1, claims: []Claim{{Code: "A", Weight: 1, Min: 1}, {Code: "B", Weight: 1, Min: 1}}, fails: ErrTooFew},
		{name: "more than the upper bounds", sum: 9, claims: []Claim{{Code: "A", Weight: 1, Max: ptr(3)}}, fails: ErrTooMany},
		{name: "bounds that cross", sum: 9, claims: []Claim{{Code: "A", Weight: 1, Min: 4, Max: ptr(3)}}, fails: ErrClaim},
		{name: "a negative weight", sum: 9, claims: []Claim{{Code: "A", Weight: -1}}, fails: ErrClaim},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := SpreadSum(c.sum, c.claims)
			if !errors.Is(err, c.fails) || err == nil && !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v; want %v, %v", got, err, c.want, c.fails)
			}
		})
	}
}

func TestSchoolsGetWhatTheirKindOwes(t *testing.T) {
	t.Parallel()
	owed := map[org.Kind]Range{org.UpperSecondary: {Min: 15, Max: ptr(20)}, org.College: {Min: 3}}
	got := SpreadByKind(owed, []org.Kind{org.UpperSecondary, org.Agency, org.College, org.UpperSecondary})
	if got[0].Words() != "15–20" || got[1] != nil || got[2].Words() != "từ 3 trở lên" || got[3].Words() != "15–20" {
		t.Errorf("got %v", got)
	}
}
