package docx

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"ketnap/document"
)

// An xmlText is a part of the package as it is written.
type xmlText struct{ b strings.Builder }

func (x *xmlText) put(s string)                    { x.b.WriteString(s) }
func (x *xmlText) putf(format string, args ...any) { x.put(fmt.Sprintf(format, args...)) }
func (x *xmlText) String() string                  { return x.b.String() }

// escape returns a text of the paper as a part may hold it.
func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(document.Clean(s))); err != nil {
		return "" // a strings.Builder takes everything
	}
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'").Replace(b.String())
}

// twips are twentieths of a point, which lengths are written in.
func twips(mm float64) int { return int(math.Round(mm * 1440 / 25.4)) }

// A look is how a paragraph is set beside its style; zero values leave it to the style.
type look struct {
	style        string
	keep         bool   // on the same page as what follows
	rule         bool   // a line below
	tabs         string // w:tab elements
	before       int    // twips, as the rest
	lineAt       int    // exact height of a line
	left, right  int
	first        int // of the first line; hanging when negative
	align        string
	whole        bool // not divided between pages
	size         float64
	bold, italic bool
	under        bool
}

// open begins a paragraph.
func (x *xmlText) open(l look) {
	x.put("<w:p><w:pPr>")
	if l.style != "" {
		x.putf(`<w:pStyle w:val="%s"/>`, l.style)
	}
	if l.keep {
		x.put("<w:keepNext/>")
	}
	if l.whole {
		x.put("<w:keepLines/>")
	}
	if l.rule {
		x.put(`<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
	}
	if l.tabs != "" {
		x.put("<w:tabs>" + l.tabs + "</w:tabs>")
	}
	if l.before > 0 || l.lineAt > 0 {
		x.put("<w:spacing")
		if l.before > 0 {
			x.putf(` w:before="%d"`, l.before)
		}
		if l.lineAt > 0 {
			x.putf(` w:line="%d" w:lineRule="exact"`, l.lineAt)
		}
		x.put("/>")
	}
	if l.left != 0 || l.right != 0 || l.first != 0 {
		x.putf(`<w:ind w:left="%d" w:right="%d"`, l.left, l.right)
		if l.first < 0 {
			x.putf(` w:hanging="%d"`, -l.first)
		} else if l.first > 0 {
			x.putf(` w:firstLine="%d"`, l.first)
		}
		x.put("/>")
	}
	if l.align != "" {
		x.putf(`<w:jc w:val="%s"/>`, l.align)
	}
	x.put("</w:pPr>")
}

// run writes a text in the face of a look; its newlines and tabs are breaks and tabs.
func (x *xmlText) run(l look, text string) {
	x.put("<w:r>")
	if l.bold || l.italic || l.under || l.size > 0 {
		x.put("<w:rPr>")
		if l.bold {
			x.put("<w:b/><w:bCs/>")
		}
		if l.italic {
			x.put("<w:i/><w:iCs/>")
		}
		if l.size > 0 {
			x.putf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, int(math.Round(2*l.size)))
		}
		if l.under {
			x.put(`<w:u w:val="single"/>`)
		}
		x.put("</w:rPr>")
	}
	for i, part := range strings.Split(document.Clean(text), "\n") {
		if i > 0 {
			x.put("<w:br/>")
		}
		if part != "" {
			x.put(`<w:t xml:space="preserve">` + escape(part) + "</w:t>")
		}
	}
	x.put("</w:r>")
}

func (x *xmlText) tab()   { x.put("<w:r><w:tab/></w:r>") }
func (x *xmlText) close() { x.put("</w:p>") }

// line writes a paragraph of one text.
func (x *xmlText) line(l look, text string) {
	x.open(l)
	if text != "" {
		x.run(l, text)
	}
	x.close()
}

// spans writes a paragraph of spans, each in its own face beside that of the look.
func (x *xmlText) spans(l look, spans []document.Span) {
	x.open(l)
	x.runs(l, spans)
	x.close()
}

func (x *xmlText) runs(l look, spans []document.Span) {
	for _, s := range spans {
		face := l
		face.bold, face.italic = l.bold || s.Bold, l.italic || s.Italic
		x.run(face, document.Bind(s.Text))
	}
}

// A cell is the content of one cell of a table without lines.
type cell func()

// grid writes a table without lines that no page break divides, one row of cells for
// each list.
func (x *xmlText) grid(widths []int, rows ...[]cell) {
	x.table(widths, false)
	for _, row := range rows {
		x.put("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
		for i, c := range row {
			x.cell(widths[i], c)
		}
		x.put("</w:tr>")
	}
	x.put("</w:tbl>")
}

// table begins a table with fixed widths.
func (x *xmlText) table(widths []int, lines bool) {
	sum := 0
	for _, w := range widths {
		sum += w
	}
	x.putf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>`, sum)
	side := 0
	if lines {
		side = 80
		x.put("<w:tblBorders>")
		for _, edge := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			x.putf(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, edge)
		}
		x.put("</w:tblBorders>")
	}
	x.putf(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%[1]d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, side)
	for _, w := range widths {
		x.putf(`<w:gridCol w:w="%d"/>`, w)
	}
	x.put("</w:tblGrid>")
}

// cell writes one cell, which has at least one paragraph.
func (x *xmlText) cell(width int, content cell) {
	x.putf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	before := x.b.Len()
	if content != nil {
		content()
	}
	if x.b.Len() == before {
		x.line(look{style: "Frame"}, "")
	}
	x.put("</w:tc>")
}
