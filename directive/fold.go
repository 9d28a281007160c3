package directive

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold lowers s and writes "uỷ" as "ủy" (PAPER-18) without moving any byte, so that a
// match in the folded text is a span of the printed one.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		i += w
		if r == utf8.RuneError {
			b.WriteString(s[i-w : i])
			continue
		}
		if l := unicode.ToLower(r); utf8.RuneLen(l) == w {
			r = l
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "uỷ", "ủy")
}

// A phrase is a pattern that counts only between word borders, which Go's \b does not
// know for Vietnamese letters. Alternatives stand longest first.
type phrase struct{ *regexp.Regexp }

func words(pattern string) phrase { return phrase{regexp.MustCompile(pattern)} }

// all returns the submatch indexes of every match between word borders.
func (p phrase) all(s string) [][]int {
	var out [][]int
	for _, m := range p.FindAllStringSubmatchIndex(s, -1) {
		if border(s, m[0], m[1]) {
			out = append(out, m)
		}
	}
	return out
}

// in reports whether s holds a match between word borders.
func (p phrase) in(s string) bool { return len(p.all(s)) > 0 }

// lead returns the length of a match at the start of s that ends at a word border.
func (p phrase) lead(s string) int {
	m := p.FindStringIndex(s)
	if m == nil || m[0] != 0 || !border(s, 0, m[1]) {
		return 0
	}
	return m[1]
}

func border(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	first, _ := utf8.DecodeRuneInString(s[from:])
	last, _ := utf8.DecodeLastRuneInString(s[:to])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return (!wordRune(before) || !wordRune(first)) && (!wordRune(last) || !wordRune(after))
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// tail returns at most the last n bytes of s, beginning with a whole character. What
// stands right before a word decides; a whole page before it would only cost time.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

// start returns at most the first n bytes of s, ending with a whole character.
func start(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// maxWarnings keeps a text that is no letter from filling the page with warnings.
const maxWarnings = 100

// warn adds w to the warnings, once.
func warn(warnings *[]string, w ...string) {
	for _, x := range w {
		if len(*warnings) < maxWarnings && !slices.Contains(*warnings, x) {
			*warnings = append(*warnings, x)
		}
	}
}

// A piece is a part of a text: s[from:to].
type piece struct{ from, to int }

func (p piece) of(s string) string { return s[p.from:p.to] }

// trim narrows p to what is not space and not one of the trailing marks.
func (p piece) trim(s, trailing string) piece {
	for p.from < p.to && strings.ContainsRune(" \n\t", rune(s[p.from])) {
		p.from++
	}
	for p.from < p.to && (strings.ContainsRune(" \n\t", rune(s[p.to-1])) || strings.ContainsRune(trailing, rune(s[p.to-1]))) {
		p.to--
	}
	return p
}

// paragraphs returns the parts of s between blank lines.
func paragraphs(s string) []piece {
	var out []piece
	from := 0
	for {
		i := strings.Index(s[from:], "\n\n")
		if i < 0 {
			break
		}
		out = append(out, piece{from, from + i})
		from += i + 2
	}
	return append(out, piece{from, len(s)})
}

var abbreviation = words(`(?i)(?:tp|tx|tt|ths|ts|pgs|gs|đ/c|q|st|kt|tm|tl|[a-zđ])$`)

// sentences splits p after a full stop that a capital, a dash or a number follows.
func sentences(s string, p piece) []piece {
	var out []piece
	from := p.from
	for i := p.from; i+2 < p.to; i++ {
		if (s[i] != '.' && s[i] != '!' && s[i] != '?') || s[i+1] != ' ' {
			continue
		}
		next := strings.TrimLeft(s[i+1:p.to], " \"“'(-–+")
		if r, _ := utf8.DecodeRuneInString(next); !unicode.IsUpper(r) {
			continue
		}
		word := s[max(from, strings.LastIndexByte(s[:i], ' ')+1):i]
		if abbreviation.lead(word) == len(word) && word != "" {
			continue
		}
		out = append(out, piece{from, i + 1})
		from = i + 2
	}
	return append(out, piece{from, p.to})
}

// members splits p at semicolons that stand outside brackets.
func members(s string, p piece) []piece {
	var out []piece
	from, depth := p.from, 0
	for i := p.from; i < p.to; i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		case ';':
			if depth == 0 {
				out = append(out, piece{from, i + 1})
				from = i + 1
			}
		}
	}
	return append(out, piece{from, p.to})
}
