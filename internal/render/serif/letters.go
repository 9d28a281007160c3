// Package serif knows the letters of official papers, Liberation Serif, which are as wide
// as those of Times New Roman: their faces, how wide a text is, and where its lines end.
// It is for the renderers. It draws nothing.
package serif

import (
	"fmt"
	"sync"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
)

// Faces of the family; bold and italic together are BoldItalic.
const (
	Regular = iota
	Bold
	Italic
	BoldItalic
	Faces
)

// name is what the family is called in a PDF.
const name = "LiberationSerif"

// letters returns a face's style, as fpdf calls it, and its file, which is only read.
func letters(face int) (style string, ttf []byte) {
	switch face {
	case Bold:
		return "B", liberationserifbold.TTF
	case Italic:
		return "I", liberationserifitalic.TTF
	case BoldItalic:
		return "BI", liberationserifbolditalic.TTF
	}
	return "", liberationserifregular.TTF
}

// Select makes a face the one that p writes with, in a size in points. What it has not
// written with before is added to it, so that a file holds the faces that it needs. A
// face that cannot be read is p's error.
func Select(p *fpdf.Fpdf, face int, size float64) {
	style, ttf := letters(face)
	p.AddUTF8FontFromBytes(name, style, ttf) // nothing happens the second time
	p.SetFont(name, style, size)
}

// beyond is the first character that a file of fpdf cannot hold: it numbers characters
// in 16 bits.
const beyond = 1 << 16

// lacking is the width of a character that the letters do not have.
const lacking = 1<<16 - 1

// A Family is how wide the characters are in each face, in thousandths of the size. It
// does not change, so that many papers are set with it at once.
type Family [Faces]*[beyond]uint16

// Read returns the family, which is read once.
func Read() (Family, error) { return family() }

var family = sync.OnceValues(func() (f Family, err error) {
	p := fpdf.New("P", "pt", "A4", "")
	var missing [Faces]uint16
	for face := range f {
		Select(p, face, 1)
		missing[face] = uint16(p.GetFontDesc("", "").MissingWidth)
		f[face] = new([beyond]uint16)
		for r := ' '; r < beyond; r++ {
			f[face][r] = uint16(p.GetStringSymbolWidth(string(r)))
		}
	}
	if err := p.Error(); err != nil {
		return f, fmt.Errorf("read letters: %w", err)
	}
	f.mark(missing)
	return f, nil
})

// mark marks the characters that the letters lack. fpdf gives each of them the width of
// the empty box; no character that they have is as wide as it in every face.
func (f Family) mark(missing [Faces]uint16) {
	for r := ' '; r < beyond; r++ {
		lacks := true
		for face := range f {
			lacks = lacks && f[face][r] == missing[face]
		}
		if lacks {
			f[Regular][r] = lacking
		}
	}
}

// Drawn is the character that stands for another on paper: a hyphen for the one at which
// no line ends, and a question mark for what the letters lack or no file can hold, so
// that a gap in a name is seen.
func (f Family) Drawn(r rune) rune {
	switch {
	case r == '\u2011':
		return '-'
	case r >= beyond || f[Regular][r] == lacking:
		return '?'
	}
	return r
}

// wide is the width of a character as it is drawn.
func (f Family) wide(r rune, face int) int { return int(f[face][f.Drawn(r)]) }
