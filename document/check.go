package document

import (
	"errors"
	"fmt"
)

// Limits of a paper that is drawn: beyond them a list belongs into a spreadsheet.
const (
	MaxRows  = 20_000
	MaxPages = 500
	maxLines = 1_000     // to be written on by hand
	maxText  = 4_000_000 // bytes
)

// Refusals of a paper that cannot be drawn.
var (
	ErrTooLarge = errors.New("document too large")
	ErrShape    = errors.New("document malformed")
)

// Check refuses what no format draws: too much of it (ErrTooLarge), a table without
// columns or with a row that is longer than they are (ErrShape).
func (d Document) Check() error {
	rows, lines, text := 0, 0, 0
	for i, b := range d.Body {
		lines += max(b.Count, 0)
		text += len(b.Label)
		for _, s := range b.Text {
			text += len(s.Text)
		}
		if b.Kind != Grid {
			continue
		}
		if b.Table == nil || len(b.Table.Columns) == 0 {
			return fmt.Errorf("%w: part %d: a table without columns", ErrShape, i+1)
		}
		rows += len(b.Table.Rows)
		size, err := b.Table.check()
		if err != nil {
			return fmt.Errorf("part %d: %w", i+1, err)
		}
		text += size
	}
	switch {
	case rows > MaxRows:
		return fmt.Errorf("%w: %d rows, at most %d", ErrTooLarge, rows, MaxRows)
	case lines > maxLines:
		return fmt.Errorf("%w: %d lines to write on, at most %d", ErrTooLarge, lines, maxLines)
	case text > maxText:
		return fmt.Errorf("%w: %d bytes of text, at most %d", ErrTooLarge, text, maxText)
	}
	return nil
}

// check returns the size of a table's text.
func (t Table) check() (size int, err error) {
	for i, row := range append(t.Rows[:len(t.Rows):len(t.Rows)], t.Total) {
		if len(row) > len(t.Columns) {
			return 0, fmt.Errorf("%w: row %d has %d cells for %d columns", ErrShape, i+1, len(row), len(t.Columns))
		}
		for _, c := range row {
			size += len(c)
		}
	}
	return size, nil
}

// Widths shares a width out over the columns of a table.
func (t Table) Widths(width float64) []float64 {
	sum := 0
	for _, c := range t.Columns {
		sum += share(c)
	}
	out := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = width * float64(share(c)) / float64(sum)
	}
	return out
}

func share(c Column) int { return min(max(c.Width, 1), 1000) }
