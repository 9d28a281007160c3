// Package document is an official paper of the Party as data: its head, number, body,
// signature and recipients, and the layout set of its day. DOCX, PDF and the preview on a
// page are all drawn from one value (internal/render). It is for the packages that write
// papers and those that draw them; it knows neither a store nor a file format.
package document

import "ketnap/date"

// A Document is one paper. Its JSON is what is kept of an issued one.
type Document struct {
	Layout     LayoutID    `json:"layout"`
	Form       string      `json:"form,omitempty"`     // "6-KNĐ", printed at the top right as "Mẫu 6-KNĐ"
	Superior   string      `json:"superior,omitempty"` // capitals, not bold: the body above the issuer
	Issuer     string      `json:"issuer"`             // capitals, bold
	Number     int         `json:"number,omitempty"`   // 0 before it is taken: dots are printed
	Symbol     string      `json:"symbol,omitempty"`   // "NQ/CB"; "" for a paper without a number
	Place      string      `json:"place,omitempty"`
	On         date.Date   `json:"on,omitzero"`       // none in a draft: "ngày … tháng … năm …"
	Kind       string      `json:"kind,omitempty"`    // "NGHỊ QUYẾT"; "" for a công văn
	Title      string      `json:"title,omitempty"`   // the summary under the kind
	Subject    string      `json:"subject,omitempty"` // of a công văn, under the number
	To         []string    `json:"to,omitempty"`      // Kính gửi, or Kính trình of a tờ trình
	Body       []Block     `json:"body"`
	Signatures []Signature `json:"signatures,omitempty"` // one at the right; two: left and right
	Recipients []Recipient `json:"recipients,omitempty"` // Nơi nhận
	Filed      string      `json:"filed,omitempty"`      // the last line of Nơi nhận: "Lưu Chi bộ"
	Mark       string      `json:"mark,omitempty"`       // "Dự thảo", "Mẫu hướng dẫn": printed on each page's head
}

// A BlockKind says how a part of the body is set.
type BlockKind string

// Kinds of parts.
const (
	Heading   BlockKind = "heading"   // I- …; bold
	Section   BlockKind = "section"   // a line of its own, bold: "QUYẾT ĐỊNH:"; centred
	Paragraph BlockKind = "paragraph" // first line indented, justified
	Item      BlockKind = "item"      // "- …" or "a) …", indented like a paragraph
	Basis     BlockKind = "basis"     // italic: "- Căn cứ …"
	Field     BlockKind = "field"     // label and value; an empty value is a dotted line to the margin
	Lines     BlockKind = "lines"     // Count dotted lines to be written on by hand
	Grid      BlockKind = "table"     // Table
)

// A Block is a part of the body. Only the fields that its kind takes are filled.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Text  []Span    `json:"text,omitempty"`
	Label string    `json:"label,omitempty"` // of a field
	Count int       `json:"count,omitempty"` // of lines
	Table *Table    `json:"table,omitempty"`
}

// A Span is a run of text in one face.
type Span struct {
	Text   string `json:"text"`
	Bold   bool   `json:"bold,omitempty"`
	Italic bool   `json:"italic,omitempty"`
}

// An Align is how a column is set.
type Align string

// Alignments; the zero value is the left.
const (
	Left   Align = ""
	Center Align = "center"
	Right  Align = "right"
)

// A Table has a head that is repeated on each page, rows, and a total that may be empty.
type Table struct {
	Columns []Column   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Total   []string   `json:"total,omitempty"`
}

// A Column has a title and a share of the width, in relation to the other columns.
type Column struct {
	Title string `json:"title"`
	Width int    `json:"width"`
	Align Align  `json:"align,omitempty"`
}

// A Signature is who signs, in whose name (PAPER-19…23).
type Signature struct {
	Authority string `json:"authority,omitempty"` // "T/M BAN THƯỜNG VỤ"
	Title     string `json:"title"`               // "PHÓ BÍ THƯ"
	Name      string `json:"name,omitempty"`      // in full, without academic titles; "" leaves the place free
}

// A Recipient is one line of Nơi nhận.
type Recipient struct {
	Name    string `json:"name"`
	Purpose string `json:"purpose,omitempty"` // "để b/c"
}

// Plain is text in the ordinary face.
func Plain(text string) []Span { return []Span{{Text: text}} }

// P is a paragraph in the ordinary face.
func P(text string) Block { return Block{Kind: Paragraph, Text: Plain(text)} }
