package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s as a search compares it: small letters without tone or other marks, đ as
// d, spaces joined (IDN-33). Twins such as hòa and hoà (IDN-35), and NFD and NFC (IDN-34),
// fold to the same text. Folding twice changes nothing.
func Fold(s string) string {
	s = norm.NFD.String(strings.ToValidUTF8(s, string(utf8.RuneError))) // beside broken bytes nothing is decomposed
	return strings.Join(strings.Fields(strings.Map(foldRune, s)), " ")
}

func foldRune(r rune) rune {
	switch {
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return -1
	case r == 'đ' || r == 'Đ':
		return 'd'
	}
	return unicode.ToLower(r)
}

// Words returns the folded words of s in order and each once: what a name is stored under
// and what a query is cut into. Hyphens and dots part words, apostrophes do not: H'Mông
// is found by hmong, Y-Bhăm by bham.
func Words(s string) []string {
	folded := strings.Map(func(r rune) rune {
		if strings.ContainsRune("'’‘ʼ′`´", r) {
			return -1
		}
		return r
	}, Fold(s))
	var words []string
	for _, w := range strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// SearchKey returns the bounds between which lie the words that begin with word, itself
// one of Words: lo <= w AND w < hi, compared bytewise. An empty word finds every word.
func SearchKey(word string) (lo, hi []byte) {
	lo = []byte(Fold(word))
	if len(lo) == 0 {
		return lo, []byte{0xff} // no UTF-8 text begins with it
	}
	hi = slices.Clone(lo)
	hi[len(hi)-1]++ // no byte of a UTF-8 text is 0xff
	return lo, hi
}
