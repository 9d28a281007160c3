package target

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Range is the two ends of a figure. Without Max it is "or more" (TGT-10).
type Range struct {
	Min int
	Max *int
}

// Exactly returns the range of one number.
func Exactly(n int) Range { return Range{Min: n, Max: &n} }

// Words returns the range as a letter writes it: "15–20", "từ 5 trở lên", "5".
func (r Range) Words() string {
	switch {
	case r.Max != nil && *r.Max > r.Min:
		return fmt.Sprintf("%d–%d", r.Min, *r.Max)
	case r.Max != nil:
		return strconv.Itoa(r.Min)
	}
	return fmt.Sprintf("từ %d trở lên", r.Min)
}

// Equal reports whether both ranges have the same ends.
func (r Range) Equal(o Range) bool {
	return r.Min == o.Min && (r.Max == nil) == (o.Max == nil) && (r.Max == nil || *r.Max == *o.Max)
}

// A Cell is what was typed or pasted into one cell of a table: nothing, a range, or a
// percentage of members.
type Cell struct {
	Empty   bool
	Range   Range
	Percent int // hundredths of a percent; 0 where a range was typed
}

// The ways in which a cell cannot be read.
var (
	ErrCell  = errors.New("not a figure")
	ErrOrder = errors.New("lower end above the upper end")
	ErrLarge = errors.New("figure too large")
)

const maxCell = 60 // bytes of one cell

// ParseCell reads a cell as people type it and as spreadsheets give it: "5", "1.235",
// "15-20", "15–20", "từ 5 trở lên", "5+", "≥ 5", "05", "2,5%". It fails with ErrCell,
// ErrOrder (20-15), ErrLarge or ErrShare.
func ParseCell(text string) (Cell, error) {
	if len(text) > maxCell {
		return Cell{}, fmt.Errorf("%w: %d bytes", ErrCell, len(text))
	}
	s := strings.ToLower(strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(text, "\u00a0", " "))))
	if s == "" || s == "–" || s == "-" {
		return Cell{Empty: true}, nil
	}
	if number, ok := strings.CutSuffix(s, "%"); ok {
		n, err := parsePercent(strings.TrimSpace(number))
		return Cell{Percent: n}, err
	}
	if low, open := openEnd(s); open {
		n, err := parseCount(low)
		return Cell{Range: Range{Min: n}}, err
	}
	for _, dash := range []string{"–", "—", "-", "đến"} {
		low, high, ok := strings.Cut(s, dash)
		if !ok {
			continue
		}
		return parseEnds(strings.TrimPrefix(low, "từ "), high)
	}
	n, err := parseCount(s)
	return Cell{Range: Exactly(n)}, err
}

func parseEnds(low, high string) (Cell, error) {
	least, err := parseCount(low)
	if err != nil {
		return Cell{}, err
	}
	most, err := parseCount(high)
	switch {
	case err != nil:
		return Cell{}, err
	case most < least:
		return Cell{}, fmt.Errorf("%w: %d, %d", ErrOrder, least, most)
	}
	return Cell{Range: Range{Min: least, Max: &most}}, nil
}

// openEnd returns the number of a figure without an upper end.
func openEnd(s string) (string, bool) {
	for _, prefix := range []string{"≥", ">="} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			return rest, true
		}
	}
	for _, suffix := range []string{"trở lên", "+"} {
		if rest, ok := strings.CutSuffix(s, suffix); ok {
			return strings.TrimPrefix(strings.TrimSpace(rest), "từ "), true
		}
	}
	return "", false
}

// parseCount reads a count with or without dots between the thousands. "1.5" is none.
func parseCount(s string) (int, error) {
	s = strings.TrimSpace(s)
	groups := strings.Split(s, ".")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return 0, fmt.Errorf("%w: %q", ErrCell, s)
		}
		if g == "" || strings.Trim(g, "0123456789") != "" {
			return 0, fmt.Errorf("%w: %q", ErrCell, s)
		}
	}
	n, err := strconv.Atoi(strings.Join(groups, ""))
	if err != nil || n > maxPeople {
		return 0, fmt.Errorf("%w: %q", ErrLarge, s)
	}
	return n, nil
}

// parsePercent reads "2,5" or "2.5" into hundredths.
func parsePercent(s string) (int, error) {
	whole, rest, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	const digits = 2
	if len(rest) > digits || strings.Trim(whole+rest, "0123456789") != "" || whole == "" {
		return 0, fmt.Errorf("%w: %q", ErrCell, s)
	}
	n, err := strconv.Atoi(whole + rest + strings.Repeat("0", digits-len(rest)))
	if err != nil || n < 1 || n > wholeShare {
		return 0, fmt.Errorf("%w: %q", ErrShare, s)
	}
	return n, nil
}
