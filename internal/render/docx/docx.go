// Package docx writes an official paper as a Word document: Times New Roman, with styles,
// a head in two columns, tables whose head is repeated, and the signatures on one page
// with the last lines. It is for whoever hands a paper to an office that goes on with it
// in Word. It decides nothing about what a paper says, and the same paper always makes
// the same bytes.
package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"

	"ketnap/document"
	"ketnap/internal/render/serif"
)

// packed is the time of each part of the file, so that its bytes depend on the paper alone.
var packed = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // never changes

// Write writes d as a .docx. It fails with document.ErrTooLarge above the limits of a
// paper, with document.ErrShape for a table that is none, and where w fails.
func Write(w io.Writer, d document.Document) error {
	if err := d.Check(); err != nil {
		return fmt.Errorf("draw docx: %w", err)
	}
	fonts, err := serif.Read()
	if err != nil {
		return fmt.Errorf("draw docx: %w", err)
	}
	m := d.Layout.Measures()
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageRelations}, {"docProps/core.xml", core(d)},
		{"word/document.xml", main(d, m, fonts)}, {"word/_rels/document.xml.rels", documentRelations}, {"word/styles.xml", styles(m)},
		{"word/settings.xml", settings}, {"word/header1.xml", header(d, m, true)}, {"word/header2.xml", header(d, m, false)},
	} {
		p, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return fmt.Errorf("write docx: %s: %w", part.name, err)
		}
		if _, err := io.WriteString(p, part.text); err != nil {
			return fmt.Errorf("write docx: %s: %w", part.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	return nil
}

// main is the part that holds the paper.
func main(d document.Document, m document.Measures, fonts serif.Family) string {
	w := writer{d: d, m: m, fonts: fonts}
	w.put(declaration + `<w:document ` + space + ` xmlns:r="` + relations + `"><w:body>`)
	w.head()
	w.name()
	w.to()
	for i, b := range d.Body {
		w.block(b, i == len(d.Body)-1)
	}
	w.foot()
	w.putf(`<w:sectPr><w:headerReference w:type="first" r:id="rId3"/><w:headerReference w:type="default" r:id="rId4"/><w:pgSz w:w="%d" w:h="%d"/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>`,
		twips(document.PageWidth), twips(document.PageHeight), twips(m.Top), twips(m.Right), twips(m.Bottom), twips(m.Left), twips(document.HeadAt), twips(document.HeadAt))
	return w.String()
}

// flat is a text on one line.
func flat(s string) string { return strings.ReplaceAll(document.Clean(s), "\n", " ") }
