package directive

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A line of the letter. Raw keeps the gaps between columns, text has single spaces.
type line struct {
	raw, text string
	blank     bool // a blank line stands before it
	indent    bool
}

var (
	markEscape  = regexp.MustCompile(`\\([*_.#\[\]()>+!|-])`)
	markBreak   = regexp.MustCompile(`(?i)<br\s*/?>`)
	markHead    = regexp.MustCompile(`^\s*(?:#{1,6}\s+|>\s?)+`)
	markItalic  = regexp.MustCompile(`^(\s*)([*_])(\S.*\S)[*_](\s*)$`)
	pageNumber  = regexp.MustCompile(`^(?:[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}|(?i:trang)\s+\d{1,3}(?:\s*/\s*\d{1,3})?)$`)
	tableRule   = regexp.MustCompile(`^[\s|:-]*\|[\s|:-]*$`)
	columnGap   = regexp.MustCompile(`\t+|\s{3,}|\s*\|\s*`)
	ruleLine    = regexp.MustCompile(`^[-–—_=~*.·•\s]+$`)
	manyNewline = regexp.MustCompile(`\r\n?|\x{2028}|\x{2029}|\f|\v`)
)

// clean brings the text to NFC lines without marks of a word processor or of markdown.
func clean(text string) []line {
	text = strings.ToValidUTF8(text, "")
	text = manyNewline.ReplaceAllString(text, "\n")
	text = strings.Map(plainRune, text)
	text = norm.NFC.String(text)
	text = markBreak.ReplaceAllString(text, "\n")
	text = strings.ReplaceAll(text, "**", "")
	var lines []line
	blank := true
	for raw := range strings.SplitSeq(text, "\n") {
		raw = plainMarks(raw)
		t := strings.Join(strings.Fields(raw), " ")
		if t == "" {
			blank = true
			continue
		}
		if pageNumber.MatchString(t) || tableRule.MatchString(t) {
			continue
		}
		lines = append(lines, line{
			raw: strings.TrimRightFunc(raw, unicode.IsSpace), text: t, blank: blank,
			indent: len(raw) > 1 && (raw[0] == '\t' || strings.HasPrefix(raw, "  ")),
		})
		blank = false
	}
	return lines
}

func plainMarks(raw string) string {
	raw = markHead.ReplaceAllString(raw, "")
	if m := markItalic.FindStringSubmatch(raw); m != nil && !strings.Contains(m[3], m[2]) {
		raw = m[1] + m[3] + m[4]
	}
	return markEscape.ReplaceAllString(raw, "$1")
}

// plainRune drops what cannot be seen and makes every space of a line a plain one.
func plainRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\u2011' || r == '\u2010': // hyphens that only differ in wrapping
		return '-'
	case r == '\u00ad' || unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// pieces splits a line of two columns, as scanners flatten head and foot.
func (l line) pieces() []string {
	var out []string
	for _, p := range columnGap.Split(l.raw, -1) {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func isRule(s string) bool { return ruleLine.MatchString(s) }

// isCaps reports whether s is written in capitals only.
func isCaps(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

func startsLower(s string) bool {
	for _, r := range s {
		return unicode.IsLower(r)
	}
	return false
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}
