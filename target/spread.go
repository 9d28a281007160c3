package target

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"ketnap/org"
)

// A Claim is what one unit brings to a spread: by its weight (members, people who are
// source, those admitted last year) it takes its part, never less than Min nor more than
// Max. Code settles ties, so that the order of the claims does not matter.
type Claim struct {
	Code   string
	Weight int
	Min    int
	Max    *int // none: no bound
}

// The ways in which a sum cannot be spread.
var (
	ErrClaim   = errors.New("negative weight, or bounds that cross")
	ErrTooFew  = errors.New("less than the lower bounds ask together")
	ErrTooMany = errors.New("more than the upper bounds and the weights allow")
)

// SpreadSum hands sum out by weight: the largest remainders get what is left over, ties
// go by code. It returns one number for each claim, in their order, which add up to sum.
// Who has no weight gets its lower bound. It fails with ErrTooFew or ErrTooMany where the
// bounds leave no such way.
func SpreadSum(sum int, claims []Claim) ([]int, error) {
	if err := roomFor(sum, claims); err != nil {
		return nil, err
	}
	out := make([]int, len(claims))
	free := make([]int, 0, len(claims))
	for i, c := range claims {
		if c.Weight > 0 {
			free = append(free, i)
		} else {
			out[i] = c.Min
			sum -= c.Min
		}
	}
	for {
		fixed := fixedAt(sum, claims, free)
		if len(fixed) == 0 {
			break
		}
		for i, n := range fixed {
			out[i] = n
			sum -= n
		}
		free = slices.DeleteFunc(free, func(i int) bool { _, is := fixed[i]; return is })
	}
	return out, largestRemainder(sum, claims, free, out)
}

// roomFor fails where no numbers within the bounds add up to sum.
func roomFor(sum int, claims []Claim) error {
	least, most, open := 0, 0, false
	for _, c := range claims {
		if c.Weight < 0 || c.Min < 0 || c.Max != nil && *c.Max < c.Min {
			return fmt.Errorf("%w: %s", ErrClaim, c.Code)
		}
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
	switch {
	case sum < least:
		return fmt.Errorf("%w: %d, at least %d", ErrTooFew, sum, least)
	case sum > most && !open:
		return fmt.Errorf("%w: %d, at most %d", ErrTooMany, sum, most)
	}
	return nil
}

// fixedAt returns the claims that one pass holds at a bound: all those at their lower
// bounds where together these take more than the upper bounds give back, else those at
// their upper bounds. Nothing is held twice, so the passes end.
func fixedAt(sum int, claims []Claim, free []int) map[int]int {
	total := 0
	for _, i := range free {
		total += claims[i].Weight
	}
	low, high, balance := map[int]int{}, map[int]int{}, 0
	for _, i := range free {
		c := claims[i]
		part := sum * c.Weight // in units of 1/total
		switch {
		case part < c.Min*total:
			low[i] = c.Min
			balance += c.Min*total - part
		case c.Max != nil && part > *c.Max*total:
			high[i] = *c.Max
			balance -= part - *c.Max*total
		}
	}
	switch {
	case len(low) > 0 && balance >= 0:
		return low
	case len(high) > 0:
		return high
	}
	return nil
}

func largestRemainder(sum int, claims []Claim, free []int, out []int) error {
	total := 0
	for _, i := range free {
		total += claims[i].Weight
	}
	if total == 0 {
		if sum != 0 {
			return fmt.Errorf("%w: %d left", ErrTooMany, sum)
		}
		return nil
	}
	left := sum
	for _, i := range free {
		out[i] = sum * claims[i].Weight / total
		left -= out[i]
	}
	order := slices.Clone(free)
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(sum*claims[b].Weight%total, sum*claims[a].Weight%total), cmp.Compare(claims[a].Code, claims[b].Code))
	})
	for _, i := range order[:left] {
		out[i]++
	}
	return nil
}

// SpreadRange hands both ends of a range out; no unit's upper end falls below its lower.
// A range without an upper end gives ranges without one. It fails as SpreadSum does.
func SpreadRange(r Range, claims []Claim) ([]Range, error) {
	least, err := SpreadSum(r.Min, claims)
	if err != nil {
		return nil, err
	}
	out := make([]Range, len(claims))
	for i, n := range least {
		out[i].Min = n
	}
	if r.Max == nil {
		return out, nil
	}
	above := slices.Clone(claims)
	for i := range above {
		above[i].Min = least[i]
	}
	most, err := SpreadSum(*r.Max, above)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Max = &most[i]
	}
	return out, nil
}

// SpreadByKind gives each unit what its kind owes (TGT-06, TGT-10): none where the kind
// owes nothing. Such figures are not parts of a sum; the balance shows what they add up to.
func SpreadByKind(owed map[org.Kind]Range, kinds []org.Kind) []*Range {
	out := make([]*Range, len(kinds))
	for i, k := range kinds {
		if r, ok := owed[k]; ok {
			out[i] = &r
		}
	}
	return out
}
