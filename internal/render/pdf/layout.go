package pdf

import (
	"strconv"
	"strings"

	"ketnap/document"
	"ketnap/internal/render/serif"
)

// A layout turns a paper into boxes.
type layout struct {
	d     document.Document
	m     document.Measures
	fonts serif.Family
}

// A style is how a text is set; lengths are points.
type style struct {
	size    float64
	align   align
	x, wide float64 // from the left edge of the page
	indent  float64 // of the first line
	leading float64 // 0: as the size needs
	gap     float64 // above
	under   bool    // underlined
}

// Parts of a line's height, in the size of Liberation Serif's letters.
const (
	ascent  = 0.891
	descent = 0.216
)

func (l layout) set(size float64) setter { return setter{serif.Setter{Family: l.fonts, Size: size}} }

// x and wide are the left edge and the width of the text.
func (l layout) x() float64    { return l.m.Left * point }
func (l layout) wide() float64 { return l.m.Width() * point }

// across is a style over the whole width.
func (l layout) across(size float64, a align) style {
	return style{size: size, align: a, x: l.x(), wide: l.wide()}
}

// body is the style of a paragraph.
func (l layout) body() style {
	s := l.across(l.m.Body, justify)
	s.indent, s.leading, s.gap = l.m.Indent*point, l.m.Leading, l.m.After
	return s
}

// text sets a text as one box for each line. Of a paragraph no first line is left alone
// at the foot of a page, and no last one at the head of the next.
func (l layout) text(spans []document.Span, st style) []box {
	s := l.set(st.size)
	words := s.Words(spans)
	var lines []serif.Line
	if st.align == centre {
		lines = s.Balanced(words, st.wide)
	} else {
		lines = s.Lines(words, st.wide, st.indent)
	}
	height := st.leading
	if height == 0 {
		height = 1.2 * st.size
	}
	out := make([]box, len(lines))
	for i, ln := range lines {
		x, wide := st.x, st.wide
		if i == 0 {
			x, wide = x+st.indent, wide-st.indent
			out[i].gap = st.gap
		}
		out[i].height = height
		out[i].keep = i == 0 && len(lines) > 1 || i == len(lines)-2
		out[i].draw = func(p *pen, y float64, _ edge) {
			y += baseline(height, st.size)
			s.draw(p, ln, x, y, wide, st.align)
			if st.under {
				p.line(x, y+1.5, x+ln.Width, y+1.5, 0.6)
			}
		}
	}
	return out
}

// baseline is where letters stand in a line of a height.
func baseline(height, size float64) float64 {
	return (height-(ascent+descent)*size)/2 + ascent*size
}

// plain is text for a line of the frame, in one face.
func plain(text string, isBold, isItalic bool) []document.Span {
	return []document.Span{{Text: text, Bold: isBold, Italic: isItalic}}
}

// pageHead draws the mark, the form code and, from the second page on, the number of the
// page in the upper margin.
func (l layout) pageHead(p *pen, page int) {
	draw := func(text string, size float64, a align, isBold, isItalic bool) {
		s := l.set(size)
		lines := s.Lines(s.Words(plain(strings.ReplaceAll(text, "\n", " "), isBold, isItalic)), l.wide(), 0)
		s.draw(p, lines[0], l.x(), document.HeadAt*point+ascent*size, l.wide(), a)
	}
	if l.d.Mark != "" {
		draw(l.d.Mark, l.m.Small, left, true, true)
	}
	if page == 1 && l.d.Form != "" {
		draw("Mẫu "+l.d.Form, l.m.Small, right, false, true)
	}
	if page > 1 {
		draw(strconv.Itoa(page), l.m.Page, centre, false, false)
	}
}

// boxes is the whole paper: head, kind, addressees, body, and the signatures, which the
// last lines of the body go with.
func (l layout) boxes() []box {
	out := append(l.head(), l.name()...)
	out = append(out, l.to()...)
	for i, b := range l.d.Body {
		part := l.block(b)
		if i == 0 && len(part) > 0 {
			part[0].gap = max(part[0].gap, l.m.After)
		}
		out = append(out, part...)
	}
	foot := l.foot()
	if len(foot) > 0 && len(out) > 0 {
		out[len(out)-1].keep = true
	}
	return append(out, foot...)
}
