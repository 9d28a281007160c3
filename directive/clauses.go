package directive

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The marks that open a clause (PAPER-17).
var (
	clauseMark = regexp.MustCompile(`^(?:(?i:điều|mục)\s+)?(\d{1,2})\s*(?:[.)]|[-–/]\s)\s*[-–]?\s*(?:$|([^\s\d].*|\d{4}\s.*))$`)
	romanMark  = regexp.MustCompile(`^(?:(?i:phần|mục)\s+)?([IVX]{1,5})\s*(?:[.)–—]|-|/\s)+\s*(?:$|(\P{N}.*))$`)
	romanSub   = regexp.MustCompile(`^([IVX]{1,5})\s*\.\s*(\d{1,2})\s*[.)]?\s+(\S.*)$`)
	innerMark  = regexp.MustCompile(`^(?:[-–—+•*·]\s*\p{L}|[a-zđ]\s*[.)]\s|\d{1,2}\.\d{1,2}\.?\s)`)
)

// assemble joins printed lines to paragraphs: over the edge of a page, where a note was
// taken out of a sentence, and where the text was wrapped at a fixed width.
func assemble(lines []line) []string {
	width := wrapWidth(lines)
	var out []string
	var par []line
	end := func() {
		texts := make([]string, len(par))
		for i, l := range par {
			texts[i] = l.text
		}
		if len(par) > 0 {
			out = append(out, strings.Join(texts, " "))
		}
		par = par[:0]
	}
	for _, l := range lines {
		if isRule(l.text) {
			continue
		}
		if len(par) > 0 && !continues(par, l, width) {
			end()
		}
		par = append(par, l)
	}
	end()
	return out
}

func continues(par []line, l line, width int) bool {
	prev := par[len(par)-1]
	switch {
	case isMark(l.text):
		return false
	case len(par) == 1 && bareMark(prev.text):
		return true
	case startsLower(l.text) && !strings.HasSuffix(prev.text, ":"):
		return !endsSentence(prev.text) || !l.blank && !strings.HasSuffix(prev.text, ".")
	case l.blank:
		return strings.HasSuffix(prev.text, ",") && !isCaps(prev.text)
	case isCaps(prev.text) && isCaps(l.text) && !endsSentence(prev.text):
		return true
	case width == 0:
		return strings.HasSuffix(prev.text, ",")
	case l.indent && !prev.indent:
		return false
	case isCaps(prev.text) != isCaps(l.text):
		return false
	}
	return !endsSentence(prev.text) || len([]rune(prev.text))*10 >= width*8
}

// bareMark reports whether a line holds only the number of a clause.
func bareMark(t string) bool {
	arabic, roman := clauseMark.FindStringSubmatch(t), romanMark.FindStringSubmatch(t)
	return arabic != nil && arabic[2] == "" || roman != nil && roman[2] == ""
}

func isMark(t string) bool {
	return clauseMark.MatchString(t) || romanMark.MatchString(t) || romanSub.MatchString(t) || innerMark.MatchString(t)
}

// wrapWidth returns the width at which the body was wrapped, 0 where a line holds a
// whole paragraph.
func wrapWidth(lines []line) int {
	longest, full := 0, 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l.text))
	}
	if longest > 140 {
		return 0
	}
	for i, l := range lines {
		if i+1 < len(lines) && !lines[i+1].blank && !endsSentence(l.text) && utf8.RuneCountInString(l.text)*10 >= longest*7 {
			full++
		}
	}
	if full < 2 {
		return 0
	}
	return longest
}

// A section is a clause with what its numbering and its heading say about it.
type section struct {
	no      string
	pars    []string
	heading string // names the part; a Roman section always has one
	parent  int    // index of the Roman section above, -1 for none
	roman   bool
}

func (s section) text() string { return strings.Join(s.pars, "\n\n") }

// numbering follows the numbers of clauses, so that a list that counts anew inside a
// clause stays text.
type numbering struct {
	sections []section
	preamble []string
	roman    int // index of the current Roman section, -1 for none
	last     int
	warnings []string
}

func readSections(pars []string) numbering {
	n := numbering{roman: -1}
	for _, p := range pars {
		if n.romanClause(p) || n.arabicClause(p) {
			continue
		}
		if k := len(n.sections); k > 0 {
			n.sections[k-1].pars = append(n.sections[k-1].pars, p)
		} else {
			n.preamble = append(n.preamble, p)
		}
	}
	return n
}

func (n *numbering) romanClause(p string) bool {
	if m := romanSub.FindStringSubmatch(p); m != nil && n.roman >= 0 && n.sections[n.roman].no == m[1] {
		n.add(m[1]+"."+m[2], m[3], n.roman)
		n.last = number(m[2])
		return true
	}
	m := romanMark.FindStringSubmatch(p)
	if m == nil {
		return false
	}
	want := 1
	if n.roman >= 0 {
		want = romanValue(n.sections[n.roman].no) + 1
	}
	got := romanValue(m[1])
	if got != want && (got < want || got > want+2) || n.roman < 0 && len(n.sections) > 0 {
		return false
	}
	if got != want {
		warn(&n.warnings, fmt.Sprintf("Số mục nhảy đến «%s»: có thể thiếu mục ở giữa.", m[1]))
	}
	n.add(m[1], m[2], -1)
	n.roman, n.last = len(n.sections)-1, 0
	n.sections[n.roman].roman, n.sections[n.roman].heading = true, m[2]
	return true
}

func (n *numbering) arabicClause(p string) bool {
	m := clauseMark.FindStringSubmatch(p)
	if m == nil {
		return false
	}
	got, want := number(m[1]), n.last+1
	if got < want || got > want+2 {
		if len(n.sections) > 0 {
			warn(&n.warnings, fmt.Sprintf("Đoạn đánh số «%s» trong mục %s không theo thứ tự: để nguyên trong mục ấy.", m[1], n.sections[len(n.sections)-1].no))
		}
		return false
	}
	if got != want {
		warn(&n.warnings, fmt.Sprintf("Số mục nhảy đến «%d»: có thể thiếu mục ở giữa.", got))
	}
	no := m[1]
	no = strings.TrimLeft(no, "0")
	if n.roman >= 0 {
		no = n.sections[n.roman].no + "." + no
	}
	n.last = got
	n.add(no, m[2], n.roman)
	return true
}

func (n *numbering) add(no, text string, parent int) {
	s := section{no: no, parent: parent}
	if text != "" {
		s.pars = append(s.pars, text)
	}
	n.sections = append(n.sections, s)
}

func romanValue(s string) int {
	total, prev := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := map[byte]int{'I': 1, 'V': 5, 'X': 10}[s[i]]
		if v < prev {
			total -= v
		} else {
			total += v
		}
		prev = max(prev, v)
	}
	return total
}
