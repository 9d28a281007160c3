package pdf

import (
	"strings"

	"ketnap/internal/render/serif"
)

// A setter draws the lines that it breaks.
type setter struct{ serif.Setter }

// An align is how a line stands in its width.
type align int

const (
	left align = iota
	centre
	right
	justify
)

// draw draws a line whose letters stand on y, in a width from x on.
func (s setter) draw(p *pen, l serif.Line, x, y, width float64, a align) {
	gap := serif.Space * s.Size
	switch free := width - l.Width; {
	case a == centre:
		x += free / 2
	case a == right:
		x += free
	case a == justify && !l.End && len(l.Words) > 1:
		gap += free / float64(len(l.Words)-1)
	}
	stretched := a == justify && !l.End
	var text strings.Builder // of one face, as far as it goes
	face, from := -1, x
	flush := func() {
		p.text(from, y, face, s.Size, text.String())
		text.Reset()
	}
	for i, w := range l.Words {
		for j, r := range w.Runs {
			if r.Face != face || stretched && j == 0 {
				if text.Len() > 0 {
					flush()
				}
				face, from = r.Face, x
			}
			text.WriteString(r.Text)
			x += r.Width
		}
		if i < len(l.Words)-1 {
			if face >= 0 {
				text.WriteByte(' ')
			}
			x += gap
		}
	}
	if face >= 0 {
		flush()
	}
}
