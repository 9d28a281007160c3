package docx

import (
	"strings"

	"ketnap/document"
)

// block writes one part of the body; the last stays with the signatures.
func (w *writer) block(b document.Block, last bool) {
	switch b.Kind {
	case document.Heading:
		w.spans(look{style: "Heading1", keep: last}, b.Text)
	case document.Section:
		w.spans(look{style: "Section", keep: last}, b.Text)
	case document.Basis:
		w.spans(look{style: "Basis", keep: last, italic: true}, b.Text)
	case document.Field:
		w.field(b, last)
	case document.Lines:
		for i := range b.Count {
			w.open(look{style: "Lines", keep: last && i == b.Count-1})
			w.tab()
			w.close()
		}
		w.line(look{style: "Frame", keep: last, lineAt: points(w.m.After)}, "")
	case document.Grid:
		w.lined(*b.Table, last)
	case document.Paragraph, document.Item:
		w.spans(look{style: "Body", keep: last}, b.Text)
	default:
		w.spans(look{style: "Body", keep: last}, b.Text)
	}
}

// field writes a label and what is known; where nothing is, dots go on to the margin.
func (w *writer) field(b document.Block, last bool) {
	l := look{style: "Field", keep: last}
	w.open(l)
	w.run(l, b.FieldLabel()+" ")
	if b.Blank() {
		w.tab()
	} else {
		w.runs(l, b.Text)
	}
	w.close()
}

// lined writes a table: its head again on each page, its total in bold.
func (w *writer) lined(t document.Table, last bool) {
	widths := make([]int, len(t.Columns))
	titles := make([]string, len(t.Columns))
	for i, v := range t.Widths(w.m.Width()) {
		widths[i], titles[i] = twips(v), t.Columns[i].Title
	}
	w.table(widths, true)
	w.row(widths, titles, nil, look{style: "Cell", keep: true, bold: true})
	for i, r := range t.Rows {
		end := i == len(t.Rows)-1
		w.row(widths, r, t.Columns, look{style: "Cell", keep: end && (t.Total != nil || last)})
	}
	if t.Total != nil {
		w.row(widths, t.Total, t.Columns, look{style: "Cell", keep: last, bold: true})
	}
	w.put("</w:tbl>")
	w.line(look{style: "Frame", keep: last, lineAt: points(w.m.After)}, "") // room, and tables that touch become one
}

// row writes one row; without columns it is the head, which each page repeats.
func (w *writer) row(widths []int, cells []string, columns []document.Column, l look) {
	short := brief(cells)
	w.put("<w:tr><w:trPr>")
	if short {
		w.put("<w:cantSplit/>")
	}
	if columns == nil && short {
		w.put("<w:tblHeader/>")
	}
	w.put("</w:trPr>")
	for i, width := range widths {
		w.putf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
		l.align = "center"
		if columns == nil {
			w.put(`<w:vAlign w:val="center"/>`)
		} else if l.align = string(columns[i].Align); l.align == "" {
			l.align = "left"
		}
		w.put("</w:tcPr>")
		text := ""
		if i < len(cells) {
			text = cells[i]
		}
		w.line(l, text)
		w.put("</w:tc>")
	}
	w.put("</w:tr>")
}

// brief reports whether a row is surely lower than a page: only then may it be kept whole
// or repeated, for a row that is kept whole and fits on no page hangs LibreOffice.
func brief(cells []string) bool {
	for _, c := range cells {
		if len(c) > 1_000 || strings.Count(c, "\n") > 20 {
			return false
		}
	}
	return true
}
