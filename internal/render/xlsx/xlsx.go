// Package xlsx writes a table as a spreadsheet: Times New Roman 13 as offices require,
// a header that repeats on each printed page, numbers as numbers. It is for the reports
// and lists that a page shows. It knows no domain, and the same table always makes the
// same bytes.
package xlsx

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// A Kind says how the cells of a column are set.
type Kind int

// The kinds: texts to the left, everything else to the right.
const (
	Text Kind = iota
	Number
)

// A Column is the head of a column, its kind and its width in characters; 0 leaves the
// width to the kind.
type Column struct {
	Name  string
	Kind  Kind
	Width float64
}

// A Cell is one value; the zero Cell is empty.
type Cell struct{ value any }

// Str is a cell with a text. It is never read as a formula, whatever it begins with.
func Str(s string) Cell { return Cell{clean(s)} }

// Int is a cell with a whole number.
func Int(n int) Cell { return Cell{n} }

// OptInt is Int, or an empty cell for none.
func OptInt(n *int) Cell {
	if n == nil {
		return Cell{}
	}
	return Int(*n)
}

// Decimal is a number written as Vietnamese offices do, "67,9"; what is no number stays
// a text, and nil is an empty cell.
func Decimal(s *string) Cell {
	if s == nil {
		return Cell{}
	}
	whole, rest, _ := strings.Cut(*s, ",")
	if whole == "" || len(whole)+len(rest) > 15 || strings.Trim(whole+rest, "0123456789") != "" {
		return Str(*s)
	}
	n := 0.0
	for _, r := range whole + rest {
		n = n*10 + float64(r-'0')
	}
	return Cell{n / math.Pow10(len(rest))}
}

// A Table is what is written: a heading, the rows under their columns, the total, and
// the notes under it. Rows shorter than the columns end with empty cells.
type Table struct {
	Title    string
	Subtitle string
	Columns  []Column
	Rows     [][]Cell
	Total    []Cell // none for a list
	Notes    []string
}

// landscapeFrom is the number of columns from which the page lies on its side.
const landscapeFrom = 7

const (
	sheet     = "Sheet1"
	font      = "Times New Roman"
	fontSize  = 13
	paperA4   = 9
	textWidth = 32
	numWidth  = 14
	// created is the day in the properties of every file, so that the bytes depend on
	// the table alone.
	created = "2000-01-01T00:00:00Z"
)

// Write writes t as an .xlsx. It fails where a row is longer than the columns, where
// the sheet has more rows than the format holds, and where w fails.
func Write(w io.Writer, t Table) (err error) {
	f := excelize.NewFile()
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("close workbook: %w", cerr)
		}
	}()
	d := drawing{file: f, table: t}
	for _, step := range []func() error{d.properties, d.styles, d.page, d.rows} {
		if err := step(); err != nil {
			return fmt.Errorf("draw sheet: %w", err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// clean makes of a text what a cell may hold: NFC, and no control characters but tab
// and newline.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == unicode.ReplacementChar || r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
}
