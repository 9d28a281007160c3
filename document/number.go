package document

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ketnap/org"
)

// numberText is a number with its symbol (PAPER-11); the word before it may be there.
var numberText = regexp.MustCompile(`^(?:[Ss][Ốố]:?)?([0-9]{1,5})-([A-Za-zĐđ]{1,5}/[A-ZĐ][A-ZĐ0-9-]{0,15})$`) //nolint:gochecknoglobals // never changes

// ParseNumber reads a number with its symbol as offices write it, "Số 05 -NQ/CB", and
// reports whether it was one (PAPER-07, PAPER-11).
func ParseNumber(text string) (number int, symbol string, ok bool) {
	m := numberText.FindStringSubmatch(strings.Join(strings.Fields(norm.NFC.String(text)), ""))
	if m == nil {
		return 0, "", false
	}
	number, err := strconv.Atoi(m[1])
	return number, m[2], err == nil && number > 0
}

// FormatNumber writes a number with its symbol: "05-NQ/CB" (PAPER-07).
func FormatNumber(number int, symbol string) string { return fmt.Sprintf("%02d-%s", number, symbol) }

// SymbolOf returns what stands for a unit in the symbols of its papers, as far as its
// type and name say (PAPER-09). A board adds that of the committee it works for.
func SymbolOf(u org.Unit) string {
	name := strings.ToLower(norm.NFC.String(u.Name))
	switch u.Type {
	case org.Branch, org.BaseBranch:
		return "CB"
	case org.Committee:
		for _, known := range []struct{ word, symbol string }{
			{"tỉnh ủy", "TU"}, {"tỉnh uỷ", "TU"}, {"thành ủy", "TU"}, {"thành uỷ", "TU"}, {"huyện ủy", "HU"}, {"huyện uỷ", "HU"}, {"khối", "ĐUK"},
		} {
			if strings.Contains(name, known.word) {
				return known.symbol
			}
		}
	case org.Board:
		if strings.Contains(name, "tuyên giáo") {
			return "BTG"
		}
		return "BTC"
	}
	return "ĐU"
}

// kinds are the symbols of the kinds of papers (PAPER-04, PAPER-06).
var kinds = []string{"NQ", "QĐ", "CT", "KL", "QC", "TT", "HD", "TB", "BC", "KH", "CTr", "ĐA", "PA", "TTr", "CV", "BB"} //nolint:gochecknoglobals // a table

// ValidKind reports whether a symbol is that of a kind of paper.
func ValidKind(symbol string) bool { return slices.Contains(kinds, symbol) }

// Kinds lists the symbols of the kinds of papers.
func Kinds() []string { return slices.Clone(kinds) }
