package pdf

import (
	"ketnap/document"
)

// block sets one part of the body.
func (l layout) block(b document.Block) []box {
	st := l.body()
	spans := bound(b.Text)
	switch b.Kind {
	case document.Heading:
		return keepNext(l.text(faced(spans, true, false), st))
	case document.Section:
		st.align, st.indent = centre, 0
		return keepNext(l.text(faced(spans, true, false), st))
	case document.Basis:
		return l.text(faced(spans, false, true), st)
	case document.Field:
		return l.field(b, spans, st)
	case document.Lines:
		var out []box
		for range b.Count {
			out = append(out, box{height: l.m.Leading + 4, draw: func(p *pen, y float64, _ edge) {
				p.dots(l.x(), l.x()+l.wide(), y+l.m.Leading)
			}})
		}
		return out
	case document.Grid:
		return l.table(*b.Table)
	case document.Paragraph, document.Item:
	}
	return l.text(spans, st)
}

// field sets a label and what is known; where nothing is, dots go on to the margin.
func (l layout) field(b document.Block, spans []document.Span, st style) []box {
	label := b.FieldLabel()
	if !b.Blank() {
		st.align = left
		return l.text(append(plain(label+" ", false, false), spans...), st)
	}
	s := l.set(st.size)
	lines := s.Lines(s.Words(plain(label, false, false)), st.wide, st.indent)
	last := lines[len(lines)-1]
	st.align = left
	out := l.text(plain(label, false, false), st)
	from := st.x + last.Width + 4
	if len(lines) == 1 {
		from += st.indent
	}
	end := st.x + st.wide
	if end-from < 30*point { // no room to write beside the label
		return append(keep(out), l.block(document.Block{Kind: document.Lines, Count: 1})...)
	}
	written := out[len(out)-1].draw
	out[len(out)-1].draw = func(p *pen, y float64, at edge) {
		written(p, y, at)
		p.dots(from, end, y+baseline(st.leading, st.size))
	}
	return out
}

// bound is spans whose spaces hold where no line may end.
func bound(spans []document.Span) []document.Span {
	out := make([]document.Span, len(spans))
	for i, s := range spans {
		s.Text = document.Bind(s.Text)
		out[i] = s
	}
	return out
}

// faced is spans in a face beside their own.
func faced(spans []document.Span, isBold, isItalic bool) []document.Span {
	out := make([]document.Span, len(spans))
	for i, s := range spans {
		s.Bold, s.Italic = s.Bold || isBold, s.Italic || isItalic
		out[i] = s
	}
	return out
}

// keepNext binds boxes to each other and to what follows.
func keepNext(boxes []box) []box {
	keep(boxes)
	if len(boxes) > 0 {
		boxes[len(boxes)-1].keep = true
	}
	return boxes
}
