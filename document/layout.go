package document

import "ketnap/date"

// A LayoutID names a layout set by the guidance that ordered it.
type LayoutID string

// Layout sets (surroundings.md, G.1).
const (
	Layout36 LayoutID = "36-HD/VPTW" // 03/4/2018
	Layout05 LayoutID = "05-HD/VPTW" // 27/5/2026
)

// layout05From is the day from which papers follow 05-HD/VPTW (PAPER-01).
var layout05From = date.Must("2026-05-27") //nolint:gochecknoglobals // a date never changes

// LayoutOn returns the layout set of a paper made on a day (PAPER-01); a day before the
// first set gets the first set.
func LayoutOn(day date.Date) LayoutID {
	if day.Before(layout05From) {
		return Layout36
	}
	return Layout05
}

// Measures are the numbers of a layout set: lengths in millimetres, letters and lines in
// points. Both sets are known from public tools that implement them; where those disagree
// (≠ in surroundings.md, G.4) one value is taken and said at its field (PAPER-02).
type Measures struct {
	Top, Bottom, Left, Right float64 // margins of an A4 page
	HeadLeft                 float64 // width of the head's left column
	Indent                   float64 // of a paragraph's first line

	Party     float64 // ĐẢNG CỘNG SẢN VIỆT NAM: 15–16 and 15 ≠ 14; 15
	Issuer    float64 // superior and issuer: 14 ≠ 13; 14
	Number    float64 // number line: 13–14 and 14 ≠ 13; 14
	Place     float64 // place and date: 14
	Subject   float64 // of a công văn, under the number: 12
	Kind      float64 // 15–16 in the first set, 14 in the second
	Summary   float64 // 13–14 and 14; 14
	Body      float64 // 13–14 and 14; 14
	Leading   float64 // height of a line of the body: exactly 18 ≠ 19 ≠ 20; 18
	After     float64 // space after a paragraph
	Page      float64 // page number: 13–13.5; 13
	Sign      float64 // signature: 14
	Notify    float64 // the label Nơi nhận: 14 ≠ 12
	Recipient float64 // its lines: 11–12 and 12 ≠ 11; 12
	Cell      float64 // tables: no source; 12, so that five columns fit
	Small     float64 // form code and mark in the page's head: no source; 12

	Rule          bool   // a short rule under the summary, else a line of dashes
	TitleBold     bool   // the signer's title is bold like the authority
	SubjectPrefix string // "V/v", or "về việc" ≠ (PAPER-13)
}

// Width is the width of the text in millimetres.
func (m Measures) Width() float64 { return PageWidth - m.Left - m.Right }

// A page, in millimetres: A4 upright. The head of each page stands halfway into the
// upper margin.
const (
	PageWidth  = 210.0
	PageHeight = 297.0
	HeadAt     = 10.0
)

// PartyName stands at the right of each head, over a rule of its own width.
const PartyName = "ĐẢNG CỘNG SẢN VIỆT NAM"

// Measures returns the numbers of a layout set; an unknown set gets those of the newest.
func (id LayoutID) Measures() Measures {
	m := Measures{
		Top: 20, Bottom: 20, Left: 30, Right: 15, HeadLeft: 76, Indent: 10,
		Party: 15, Issuer: 14, Number: 14, Place: 14, Subject: 12, Kind: 14, Summary: 14, Body: 14, Leading: 18, After: 6,
		Page: 13, Sign: 14, Notify: 14, Recipient: 12, Cell: 12, Small: 12, SubjectPrefix: "về việc",
	}
	if id == Layout36 {
		m.Kind, m.Notify = 16, 12
		m.Rule, m.TitleBold, m.SubjectPrefix = true, true, "V/v"
	}
	return m
}
