package pdf

import (
	"fmt"

	"ketnap/document"
)

// A box is a piece of the flow that no page break divides, as high as it says.
type box struct {
	gap    float64 // above it, but not at the top of a page
	height float64
	keep   bool  // the next one must be on the same page
	again  []box // what is repeated above it where it begins a page: the head of its table
	draw   func(p *pen, y float64, at edge)
}

// An edge says where on its page a box stands.
type edge struct{ top, bottom bool }

// A place is a box on a page.
type place struct {
	box
	y  float64
	at edge
}

// paginate puts boxes on pages that are so high. What is kept together moves to the next
// page as one, unless it is higher than a page.
func paginate(boxes []box, top, height float64) ([][]place, error) {
	pages, y := [][]place{nil}, top
	put := func(b box) {
		page := &pages[len(pages)-1]
		first := len(*page) == 0
		if !first {
			y += b.gap
		}
		*page = append(*page, place{b, y, edge{top: first}})
		y += b.height
	}
	turn := func(next box) {
		if page := pages[len(pages)-1]; len(page) > 0 {
			page[len(page)-1].at.bottom = true
		}
		pages, y = append(pages, nil), top
		for _, b := range next.again {
			put(b)
		}
	}
	for i := 0; i < len(boxes); {
		j, need := i, boxes[i].gap+boxes[i].height
		for boxes[j].keep && j+1 < len(boxes) && need <= height {
			j++
			need += boxes[j].gap + boxes[j].height
		}
		if y+need > top+height && len(pages[len(pages)-1]) > 0 {
			turn(boxes[i])
		}
		for ; i <= j; i++ {
			if y+boxes[i].gap+boxes[i].height > top+height+0.01 && len(pages[len(pages)-1]) > len(boxes[i].again) {
				turn(boxes[i])
			}
			put(boxes[i])
		}
		if len(pages) > document.MaxPages {
			return nil, fmt.Errorf("%w: more than %d pages", document.ErrTooLarge, document.MaxPages)
		}
	}
	return pages, nil
}

// beside draws two columns of boxes next to each other, each from the top.
func beside(a, b []box) []box {
	out := make([]box, max(len(a), len(b)))
	for i := range out {
		var pair []box
		for _, column := range [][]box{a, b} {
			if i < len(column) {
				pair = append(pair, column[i])
				out[i].gap, out[i].height = max(out[i].gap, column[i].gap), max(out[i].height, column[i].height)
			}
		}
		out[i].keep = i < len(out)-1
		out[i].draw = func(p *pen, y float64, at edge) {
			for _, c := range pair {
				c.draw(p, y, at)
			}
		}
	}
	return out
}

// high is the height of boxes one under the other.
func high(boxes []box) (h float64) {
	for i, b := range boxes {
		if i > 0 {
			h += b.gap
		}
		h += b.height
	}
	return h
}

// whole makes one box of boxes one under the other.
func whole(boxes []box) box {
	return box{height: high(boxes), draw: func(p *pen, y float64, at edge) {
		for i, b := range boxes {
			if i > 0 {
				y += b.gap
			}
			b.draw(p, y, at)
			y += b.height
		}
	}}
}

// keep binds boxes to each other.
func keep(boxes []box) []box {
	for i := range len(boxes) - 1 {
		boxes[i].keep = true
	}
	return boxes
}
