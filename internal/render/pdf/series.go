package pdf

import (
	"fmt"
	"io"
	"strings"

	"ketnap/document"
	"ketnap/internal/render/serif"
)

// WriteSeries draws papers one after the other in one PDF, each from a new page and with
// page numbers of its own, to be printed in one go. It fails like Write, and where there
// is no paper. Nothing is written unless all of them could be drawn.
func WriteSeries(w io.Writer, papers []document.Document) error {
	if len(papers) == 0 {
		return fmt.Errorf("draw pdf: %w", document.ErrShape)
	}
	fonts, err := serif.Read()
	if err != nil {
		return fmt.Errorf("draw pdf: %w", err)
	}
	f := file(papers[0])
	f.SetTitle(strings.Map(fonts.Drawn, papers[0].FileTitle()), true)
	p := &pen{file: f, fonts: fonts}
	for _, d := range papers {
		if err := draw(p, d); err != nil {
			return err
		}
	}
	f.Close() // before anything is written: Output would write what there is
	if err := f.Error(); err != nil {
		return fmt.Errorf("draw pdf: %w", err)
	}
	if err := f.Output(w); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	return nil
}

// draw puts one paper on pages of its own.
func draw(p *pen, d document.Document) error {
	if err := d.Check(); err != nil {
		return fmt.Errorf("draw pdf: %w", err)
	}
	l := layout{d: d, m: d.Layout.Measures(), fonts: p.fonts}
	pages, err := paginate(l.boxes(), l.m.Top*point, (document.PageHeight-l.m.Top-l.m.Bottom)*point)
	if err != nil {
		return fmt.Errorf("draw pdf: %w", err)
	}
	for i, page := range pages {
		p.file.AddPage()
		l.pageHead(p, i+1)
		for _, b := range page {
			b.draw(p, b.y, b.at)
		}
	}
	return nil
}
