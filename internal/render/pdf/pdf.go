// Package pdf draws an official paper as a PDF: Liberation Serif, embedded as far as it
// is used, in the lines and pages of the paper's layout set. It is for whoever hands out
// or prints a paper. It decides nothing about what a paper says, and the same paper
// always makes the same bytes. It may be used by many at once.
package pdf

import (
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"ketnap/document"
)

// drawn is the time in the properties of a paper without a day.
var drawn = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // never changes

// Write draws d as a PDF. It fails with document.ErrTooLarge above the limits of a paper,
// with document.ErrShape for a table that is none, and where w fails. Nothing is written
// unless the whole paper could be drawn.
func Write(w io.Writer, d document.Document) error { return WriteSeries(w, []document.Document{d}) }

// file is an empty file of the day of d: the clock has no say in it.
func file(d document.Document) *fpdf.Fpdf {
	made := drawn
	if !d.On.IsZero() {
		made = time.Date(d.On.Year(), time.Month(d.On.Month()), d.On.Day(), 0, 0, 0, 0, time.UTC)
	}
	f := fpdf.New("P", "pt", "A4", "")
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	f.SetCreationDate(made)
	f.SetModificationDate(made)
	f.SetCreator("ketnap", false)
	f.SetProducer("ketnap", false)
	f.SetLang("vi-VN")
	return f
}
