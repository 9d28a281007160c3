package person

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// KeyVersion names what sort keys are made by: our own layout, the library and its table
// of letters. Keys of another version do not compare with these and are made again.
const KeyVersion = "1 golang.org/x/text v0.43.0 CLDR " + collate.CLDRVersion

// A maker makes collation keys. It is not safe for concurrent use, so each is used by one
// caller at a time; its slices are kept from one word to the next.
type maker struct {
	collator        *collate.Collator
	buf             collate.Buffer
	apart, out, nfc []byte
}

//nolint:gochecknoglobals // a free list: no caller can see which maker served it
var makers = sync.Pool{New: func() any { return &maker{collator: collate.New(language.Vietnamese)} }}

// SortKeys returns the two keys by which lists are sorted, compared bytewise: the given
// name; then the family and, after it, the middle name (IDN-30). Letters follow the
// Vietnamese alphabet and tones the order ngang, huyền, hỏi, ngã, sắc, nặng, word by word
// (IDN-32). Case, apostrophes and the place of a tone mark (hòa, hoà) make no difference,
// so different names may have equal keys. It is safe for concurrent use.
func SortKeys(n Name) (given, rest []byte) {
	m := makers.Get().(*maker) //nolint:errcheck // the pool holds nothing else
	defer makers.Put(m)
	given = m.append(make([]byte, 0, 64), n.Given)
	rest = m.append(make([]byte, 0, 128), n.Family)
	return given, m.append(rest, n.Middle)
}

// append adds the key of a part of a name: that of each word and a zero, then a zero. A
// key never begins with a zero byte, so fewer words sort before more, and a word's tone
// is compared before the letters of the next.
func (m *maker) append(key []byte, part string) []byte {
	for w := range strings.FieldsFuncSeq(strings.ToLower(part), isBreak) {
		if w := m.sortWord(w); len(w) > 0 { // "A-." has a word without letters
			key = append(key, m.collator.Key(&m.buf, w)...)
			key = append(key, 0)
			m.buf.Reset()
		}
	}
	return append(key, 0)
}

func isBreak(r rune) bool { return r == '-' || unicode.IsSpace(r) }

// sortWord returns a word without apostrophes and dots, its tone mark moved to its first
// vowel. Words of the same letters then differ in nothing but the tone, wherever their
// writer put the mark (IDN-35). The result holds until the next call.
func (m *maker) sortWord(w string) []byte {
	m.apart = norm.NFD.AppendString(m.apart[:0], w)
	tone, tones, vowel := rune(0), 0, 0 // vowel: the number of bytes up to and with the first
	m.out = m.out[:0]
	for _, r := range string(m.apart) {
		if r == '\'' || r == '.' {
			continue
		}
		if isTone(r) {
			tone, tones = r, tones+1
			continue
		}
		first := vowel == 0 && strings.ContainsRune("aeiouy", r) || vowel == len(m.out) && unicode.Is(unicode.Mn, r)
		m.out = utf8.AppendRune(m.out, r)
		if first { // the vowel, then its circumflex, breve or horn: the tone comes after
			vowel = len(m.out)
		}
	}
	switch {
	case tones == 1 && vowel > 0:
		m.out = slices.Insert(m.out, vowel, []byte(string(tone))...)
	case tones > 0: // not a Vietnamese syllable: its marks stay where they are
		m.out = append(m.out[:0], strings.Map(dropPunctuation, string(m.apart))...)
	}
	m.nfc = norm.NFC.Append(m.nfc[:0], m.out...)
	return m.nfc
}

func dropPunctuation(r rune) rune {
	if r == '\'' || r == '.' {
		return -1
	}
	return r
}

// isTone reports whether r is one of the five combining tone marks.
func isTone(r rune) bool {
	switch r {
	case '\u0300', '\u0309', '\u0303', '\u0301', '\u0323': // huyền, hỏi, ngã, sắc, nặng
		return true
	}
	return false
}
