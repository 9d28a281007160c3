package pdf

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWhatIsKeptTogetherIsNotTornAndNothingIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const top, height = 50.0, 100.0
		boxes := make([]box, rapid.IntRange(0, 60).Draw(t, "boxes"))
		for i := range boxes {
			boxes[i] = box{height: rapid.Float64Range(1, 60).Draw(t, "height"), gap: rapid.Float64Range(0, 10).Draw(t, "gap"), keep: rapid.Bool().Draw(t, "keep")}
		}
		pages, err := paginate(boxes, top, height)
		if err != nil {
			t.Fatal(err)
		}
		pageOf, next := make([]int, len(boxes)), 0
		for n, page := range pages {
			y := top
			for _, p := range page {
				if p.height != boxes[next].height || p.y < y-0.01 || p.y+p.height > top+height+0.02 {
					t.Fatalf("box %d of %d at %v on page %d", next, len(boxes), p.y, n)
				}
				y = p.y + p.height
				pageOf[next] = n
				next++
			}
		}
		if next != len(boxes) {
			t.Fatalf("%d of %d boxes", next, len(boxes))
		}
		for i := 0; i < len(boxes); {
			j, need := i, boxes[i].gap+boxes[i].height
			for boxes[j].keep && j+1 < len(boxes) {
				j++
				need += boxes[j].gap + boxes[j].height
			}
			if need <= height && pageOf[i] != pageOf[j] {
				t.Fatalf("boxes %d to %d are on pages %d and %d", i, j, pageOf[i], pageOf[j])
			}
			i = j + 1
		}
	})
}
