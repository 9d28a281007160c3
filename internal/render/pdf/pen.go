package pdf

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"ketnap/document"
	"ketnap/internal/render/serif"
)

// point is a millimetre in points.
const point = 72 / 25.4

// pageHeight is the height of a page in points.
const pageHeight = document.PageHeight * point

// A pen draws on the last page of a file. Lengths are points from its upper left corner.
type pen struct {
	file  *fpdf.Fpdf
	fonts serif.Family
	face  int // selected, with its size; none at first
	size  float64
}

// text draws a text whose letters stand on y.
func (p *pen) text(x, y float64, face int, size float64, s string) {
	if s == "" {
		return
	}
	if face != p.face || size != p.size {
		serif.Select(p.file, face, size)
		p.face, p.size = face, size
	}
	p.file.Text(x, y, strings.Map(p.fonts.Drawn, s))
}

// line draws a thin line.
func (p *pen) line(x1, y1, x2, y2, wide float64) {
	p.file.SetLineWidth(wide)
	p.file.Line(x1, y1, x2, y2)
}

// dots draws a row of dots to be written on: dashes without length, with round ends.
func (p *pen) dots(x1, x2, y float64) {
	p.file.SetLineCapStyle("round")
	p.file.SetDashPattern([]float64{0, 2.8}, 0)
	p.line(x1, y, x2, y, 0.9)
	p.file.SetDashPattern(nil, 0)
	p.file.SetLineCapStyle("butt")
}
