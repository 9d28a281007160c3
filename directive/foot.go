package directive

import (
	"regexp"
	"strings"
	"unicode"
)

// The foot of a letter: "Nơi nhận" and the signature block, one column after the other
// in either order, or side by side.
type foot struct {
	recipients []Recipient
	filed      string
	signer     Signer
	warnings   []string
}

var (
	recipientTag = regexp.MustCompile(`(?i)^nơi\s+nhận\s*:?\s*`)
	authority    = regexp.MustCompile(`^(?:T\s?/\s?M|TM|T\.M|K\s?/\s?T|KT|T\s?/\s?L|TL|T\s?/\s?U\s?Q|TUQ)(?:\s*\.)?\s+\p{Lu}`)
	slashForm    = regexp.MustCompile(`^[TK]\s?/\s?[MTL]\s`)
	signTitle    = words(`(?i)^(?:(?:q\.|quyền)\s*)?(?:phó bí thư|bí thư|phó trưởng|trưởng|phó chánh|chánh|phó chủ|chủ (?:nhiệm|tịch)|(?:ủy|uỷ) viên|phó giám đốc|giám đốc|phó hiệu trưởng|hiệu trưởng|phó viện|viện trưởng|tổng giám đốc)`)
	innerTitle   = regexp.MustCompile(`\s((?:PHÓ|BÍ THƯ|CHÁNH VĂN|TRƯỞNG BAN).*)$`)
	signMark     = regexp.MustCompile(`(?i)^[\[(]?\s*(?:đã\s+ký|chữ\s+ký|ký\s+tên|đã\s+ký\s+và\s+đóng\s+dấu|ký,?\s*(?:ghi rõ|đóng dấu).*|dấu|con\s+dấu|dấu đỏ)[^\])]*[\])]?$`)
	copyMark     = regexp.MustCompile(`(?i)^(?:sao (?:y|lục)|trích sao)(?:\s|$)|^phụ lục(?:\s|$)`)
	filedTag     = regexp.MustCompile(`(?i)^lưu\s*:?\s+`)
	braceGlyph   = regexp.MustCompile(`[}⎫⎬⎭⎪]`)
	purposeTail  = regexp.MustCompile(`(?i)\s*\(\s*((?:để\s+)?(?:b\s*/\s*c|báo cáo|biết|t\s*/\s*h|thực hiện|chỉ đạo|phối hợp|p\s*/\s*h|theo dõi|thi hành)[^)]*)\)?\s*[,;.]?\s*$|\s+(để\s+(?:b\s*/\s*c|báo cáo|biết|t\s*/\s*h|thực hiện|chỉ đạo|phối hợp|theo dõi)[^,;.]*)[,;.]?\s*$`)
)

// footStart returns the index of the first line of the foot, len(lines) for none.
func footStart(lines []line) int {
	for i, l := range lines {
		for _, p := range l.pieces() {
			if recipientTag.MatchString(p) && len(p) < 120 || signsFor(p) {
				return i
			}
			if i*3 > len(lines)*2 && isCaps(p) && signTitle.lead(p) > 0 && len(p) < 80 {
				return i
			}
		}
	}
	return len(lines)
}

// copyStart cuts what belongs to another paper: the block of a copy, an annex.
func copyStart(lines []line, from int) int {
	for i := from; i < len(lines); i++ {
		if copyMark.MatchString(lines[i].text) && isCaps(lines[i].text) {
			return i
		}
	}
	return len(lines)
}

func readFoot(lines []line) foot {
	var f foot
	listing := false
	var items []string
	for _, l := range lines {
		for _, p := range l.pieces() {
			if recipientTag.MatchString(p) {
				listing = true
				if p = recipientTag.ReplaceAllString(p, ""); p == "" {
					continue
				}
			}
			switch {
			case bullet.MatchString(p) || filedTag.MatchString(p):
				items = append(items, splitItems(p)...)
			case len(items) > 0 && listing && (braceGlyph.MatchString(p) || p[0] == '(') && len(items[len(items)-1]) < 400:
				items[len(items)-1] += " " + p
			case f.sign(p):
				listing = false
			case listing && len(p) < 160 && startsLower(p) && len(items) > 0 && len(items[len(items)-1]) < 400:
				items[len(items)-1] += " " + p
			case listing && len(p) < 160:
				items = append(items, p)
			case !isRule(p):
				warn(&f.warnings, "Chưa rõ dòng ở cuối văn bản: «"+p+"».")
			}
		}
	}
	f.list(items)
	return f
}

var nextItem = regexp.MustCompile(`[;,]\s+-\s+`)

func splitItems(p string) []string {
	var out []string
	for _, it := range nextItem.Split(p, -1) {
		out = append(out, strings.TrimLeft(it, "-–—+•*· "))
	}
	return out
}

// sign takes a line of the signature block and reports whether it was one.
func (f *foot) sign(p string) bool {
	switch {
	case signMark.MatchString(p):
		return true
	case signsFor(p):
		auth, title := p, ""
		if m := innerTitle.FindStringSubmatchIndex(p); m != nil && len(strings.Fields(p[:m[0]])) >= 2 {
			auth, title = p[:m[0]], p[m[2]:m[3]]
		}
		if f.signer.Authority != "" && len(p)+len(f.signer.Authority) < 160 {
			f.signer.Authority += " " + auth
		} else {
			f.signer.Authority = auth
		}
		if title != "" && f.signer.Title == "" {
			f.signer.Title = title
		}
		return true
	case f.signer.Title == "" && signTitle.lead(p) > 0 && len(p) < 80 && !bullet.MatchString(p):
		f.signer.Title = p
		return true
	case f.signer.Name == "" && (f.signer.Title != "" || f.signer.Authority != "") && personName(p):
		f.signer.Name = p
		return true
	case f.signer.Name == "" && f.signer.Title == "" && f.signer.Authority != "" && isCaps(p) && len(p)+len(f.signer.Authority) < 160:
		f.signer.Authority += " " + p // an authority over two lines
		return true
	case f.signer.Name == "" && f.signer.Title != "" && isCaps(p) && len(p)+len(f.signer.Title) < 160:
		f.signer.Title += " " + p
		return true
	}
	return false
}

// signsFor reports whether p names for whom the signer signs. Party documents write it
// with a slash (PAPER-19), which no sentence begins with; other forms are capitals.
func signsFor(p string) bool {
	return authority.MatchString(p) && len(p) < 160 && (isCaps(p) || slashForm.MatchString(p))
}

func personName(p string) bool {
	w := strings.Fields(p)
	if len(w) < 2 || len(w) > 6 || signTitle.lead(p) > 0 || authority.MatchString(p) || orgHead.lead(p) > 0 {
		return false
	}
	for _, x := range w {
		if !startsUpper(x) {
			return false
		}
		for _, r := range x {
			if !unicode.IsLetter(r) && r != '-' && r != '\'' && !unicode.Is(unicode.Mn, r) {
				return false
			}
		}
	}
	return !isCaps(p) || !strings.HasPrefix(p, "BAN ")
}

// list turns the lines of "Nơi nhận" into recipients. Lines bound by a brace share the
// purpose that one of them, or a line of its own, names (PAPER-12).
func (f *foot) list(items []string) {
	var group []int
	var purpose Optional
	end := func() {
		for _, i := range group {
			if f.recipients[i].Purpose == "" {
				f.recipients[i].Purpose = purpose
			}
		}
		group, purpose = nil, ""
	}
	for _, it := range items {
		braced := braceGlyph.MatchString(it)
		it = strings.TrimSpace(braceGlyph.ReplaceAllString(it, " "))
		own := Optional("")
		if m := purposeTail.FindStringSubmatchIndex(it); m != nil {
			own = Optional(strings.TrimSpace(pick(it, m, 1) + pick(it, m, 2)))
			it = it[:m[0]]
		}
		if !braced {
			end()
		}
		if braced && own != "" {
			purpose = own
		}
		it = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(it), ",;. "))
		if it == "" {
			continue
		}
		if filedTag.MatchString(it) {
			f.filed = strings.TrimSpace(filedTag.ReplaceAllString(it, ""))
			continue
		}
		if braced {
			group = append(group, len(f.recipients))
		}
		f.recipients = append(f.recipients, Recipient{Name: it, Purpose: own})
	}
	end()
}

func pick(s string, m []int, group int) string {
	if m[2*group] < 0 {
		return ""
	}
	return s[m[2*group]:m[2*group+1]]
}
