package pdf

import (
	"ketnap/document"
	"ketnap/internal/render/serif"
)

// Room inside a cell, and the longest row that is not divided between pages, in lines.
const (
	cellSide   = 4.0
	cellTop    = 2.5
	wholeLines = 12
)

// table sets a table: its head again on each page, its total in bold.
func (l layout) table(t document.Table) []box {
	widths := t.Widths(l.wide())
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	head := l.row(widths, titles, nil, true)
	out := keepNext(head)
	out[0].gap = l.m.After
	again := head
	if len(head) > wholeLines { // a head that leaves no room for rows stands once
		again, out[len(out)-1].keep = nil, false
	}
	for _, r := range t.Rows {
		out = append(out, repeat(l.row(widths, r, t.Columns, false), again)...)
	}
	if t.Total != nil {
		out[len(out)-1].keep = true
		out = append(out, repeat(l.row(widths, t.Total, t.Columns, true), again)...)
	}
	return out
}

// repeat makes a row carry the head to the next page.
func repeat(row, again []box) []box {
	for i := range row {
		row[i].again = again
	}
	return row
}

// row sets one row as a box for each of its lines; without columns it is the head.
func (l layout) row(widths []float64, cells []string, columns []document.Column, isBold bool) []box {
	s, height := l.set(l.m.Cell), 1.2*l.m.Cell
	texts := make([][]serif.Line, len(widths))
	count := 1
	for i, w := range widths {
		if i < len(cells) {
			words := s.Words(plain(cells[i], isBold, false))
			texts[i] = s.Lines(words, max(w-2*cellSide, l.m.Cell), 0)
			count = max(count, len(texts[i]))
		}
	}
	out := make([]box, count)
	for n := range out {
		first, last := n == 0, n == count-1
		out[n].keep = !last && count <= wholeLines
		out[n].height = height
		lead := 0.0
		if first {
			lead = cellTop
			out[n].height += cellTop
		}
		if last {
			out[n].height += cellTop
		}
		out[n].draw = func(p *pen, y float64, at edge) {
			x := l.x()
			for i, w := range widths {
				a, from := centre, 0 // the head: in the middle, both ways
				if columns == nil {
					from = (count - len(texts[i])) / 2
				} else {
					a = aligned(columns[i].Align)
				}
				if k := n - from; k >= 0 && k < len(texts[i]) {
					s.draw(p, texts[i][k], x+cellSide, y+lead+baseline(height, s.Size), w-2*cellSide, a)
				}
				x += w
			}
			l.rules(p, widths, y, out[n].height, first || at.top, last || at.bottom)
		}
	}
	return out
}

// rules draws the lines around the cells of a row.
func (l layout) rules(p *pen, widths []float64, y, height float64, above, below bool) {
	const wide = 0.5
	x := l.x()
	p.line(x, y, x, y+height, wide)
	for _, w := range widths {
		x += w
		p.line(x, y, x, y+height, wide)
	}
	if above {
		p.line(l.x(), y, x, y, wide)
	}
	if below {
		p.line(l.x(), y+height, x, y+height, wide)
	}
}

func aligned(a document.Align) align {
	switch a {
	case document.Center:
		return centre
	case document.Right:
		return right
	case document.Left:
	}
	return left
}
