package demo

import (
	"testing"

	"pgregory.net/rapid"

	"ketnap/person"
)

func TestSpreadGivesOutTheWholeSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(0, 200), 1, 80).Draw(t, "weights")
		sum := rapid.IntRange(0, 400).Draw(t, "sum")
		total, given := 0, 0
		for i, n := range spread(sum, weights) {
			if n < 0 || weights[i] == 0 && n > 0 {
				t.Fatalf("%d to a weight of %d", n, weights[i])
			}
			total, given = total+weights[i], given+n
		}
		if total > 0 && given != sum {
			t.Fatalf("%d of %d", given, sum)
		}
	})
}

func TestCropLeavesNoMoreThanThePlan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(1, 20), 1, 30).Draw(t, "weights")
		n := rapid.IntRange(0, 40).Draw(t, "n")
		left := 0
		for _, w := range crop(weights, n) {
			if w > 0 {
				left++
			}
		}
		if left != min(n, len(weights)) {
			t.Fatalf("%d of %d places for a plan of %d", left, len(weights), n)
		}
	})
}

func TestNamesAreNames(t *testing.T) {
	t.Parallel()
	d := (&builder{opt: Options{Seed: 1}}).throw("names", 0)
	for range 2000 {
		n := d.name(d.sex())
		if back, err := person.Parse(n.Full()); err != nil || back != n {
			t.Fatalf("%q reads as %+v, %v", n.Full(), back, err)
		}
	}
}
