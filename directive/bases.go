package directive

import (
	"regexp"
	"strings"
)

var (
	basisLead = words(`(?i)^(?:[-–+•]\s*)?(?:thực hiện|căn cứ(?: vào)?|tiếp tục thực hiện|triển khai(?: thực hiện)?|thi hành|theo|xét)\s`)
	docNames  = `(?:Công văn|Nghị quyết|Kế hoạch|Chỉ thị|Hướng dẫn|Quy định|Quyết định|Kết luận|Thông báo|Thông tri|Chương trình|Đề án|Điều lệ|Quy chế|Báo cáo|Tờ trình|Luật|Nghị định|Thông tư|Công điện|Quy hoạch|Phương án)`
	docStart  = regexp.MustCompile(`(?:,\s+và|,|\s+và)\s+(` + docNames + `\s+(?:số\s+)?\d|` + docNames + `\s+(?:Đại hội|Trung ương|Đảng|của))`)
	docName   = words(`^` + docNames)
	basisSym  = regexp.MustCompile(`(\d{1,5})\s*[-–—]\s*(\p{Lu}\p{L}{0,4})\s*/\s*(\p{Lu}[\p{L}\d]*(?:\s?[-–]\s?\p{Lu}[\p{L}\d]*)*)|(\d{1,5})\s*/\s*(?:(\d{4})\s*/\s*)?(\p{Lu}\p{L}{0,4})\s*[-–]\s*(\p{Lu}[\p{L}\d]*)`)
	basisDay  = regexp.MustCompile(`(?i)^[\s,(]*(?:` + dateInWords + `|ngày\s*(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2}))`)
	issuedBy  = regexp.MustCompile(`^[\s,)]*của\s+(\p{Lu}[^,;.()]*?)(?:\s+(?:về|ban hành|quy định|hướng dẫn|khóa|khoá|kèm|“|"|«)(?:\s.*)?)?(?:[,;.()].*)?$`)
	congress  = regexp.MustCompile(`^Nghị quyết (Đại hội [^,;.()]*)`)
	orderVerb = `(?:đề nghị|yêu cầu|ban hành|xây dựng|hướng dẫn|thông báo|chỉ đạo|giao|triển khai|tổ chức|xin|trình|báo cáo|kết luận|quyết định|lãnh đạo|quán triệt|đề ra|kính)`
	operative = regexp.MustCompile(`[,;.]\s+((?:\p{Lu}|các |cấp )[^,;.]{2,140}?\s` + orderVerb + `(?:\s|:|$))`)
	askedFor  = regexp.MustCompile(`\s(?:đề nghị|yêu cầu|giao)\s+`)
)

// A preamble holds the bases and the sentence that leads to the orders.
type preamble struct {
	bases     []Basis
	operative string // what remains once the bases are read
	asked     string // whom that sentence asks
}

func readPreamble(pars []string) preamble {
	var p preamble
	var rest []string
	for _, par := range pars {
		if basisLead.lead(par) == 0 {
			rest = append(rest, par)
			continue
		}
		grounds, order := par, ""
		if m := operative.FindStringSubmatchIndex(par); m != nil {
			grounds, order = par[:m[0]], par[m[2]:]
		}
		if bases := readBases(grounds); len(bases) > 0 {
			p.bases = append(p.bases, bases...)
			if order != "" {
				rest = append(rest, order)
			}
			continue
		}
		rest = append(rest, par)
	}
	p.operative = strings.Join(rest, "\n\n")
	if m := askedFor.FindStringIndex(p.operative); m != nil {
		after := p.operative[m[1]:]
		if np := bodyName(after); np > 0 {
			p.asked = strings.TrimRight(after[:np], " ,:")
		}
	}
	return p
}

func readBases(s string) []Basis {
	var out []Basis
	for seg := range strings.SplitSeq(s, ";") {
		seg = strings.TrimSpace(seg)
		for n := basisLead.FindString(seg); n != ""; n = basisLead.FindString(seg) {
			seg = strings.TrimSpace(seg[len(n):])
		}
		seg = strings.TrimPrefix(seg, "và ")
		for _, doc := range splitDocs(seg) {
			if docName.lead(doc) > 0 {
				out = append(out, readBasis(doc))
			} else if b := readBasis(doc); b.Symbol != "" {
				out = append(out, b)
			}
		}
	}
	return out
}

// splitDocs splits "Điều lệ Đảng và Quy định số 24-QĐ/TW" at the names of documents.
func splitDocs(seg string) []string {
	var out []string
	for {
		m := docStart.FindStringSubmatchIndex(seg)
		if m == nil {
			return append(out, strings.Trim(seg, " ,.;"))
		}
		out = append(out, strings.Trim(seg[:m[0]], " ,.;"))
		seg = seg[m[2]:]
	}
}

func readBasis(doc string) Basis {
	b := Basis{Text: doc}
	rest := ""
	if m := basisSym.FindStringIndex(doc); m != nil {
		b.Symbol = Optional(strings.NewReplacer(" ", "", "–", "-", "—", "-").Replace(doc[m[0]:m[1]]))
		rest = doc[m[1]:]
	} else if n := docName.lead(doc); n > 0 {
		rest = doc[n:]
	}
	if m := basisDay.FindStringIndex(rest); m != nil {
		b.Date, _ = dateAt(rest[m[0]:m[1]]) // a day that is not in the calendar is none
		rest = rest[m[1]:]
	}
	if m := issuedBy.FindStringSubmatch(rest); m != nil {
		b.Issuer = Optional(strings.TrimSpace(m[1]))
	} else if m := congress.FindStringSubmatch(doc); m != nil {
		b.Issuer = Optional(strings.TrimSpace(m[1]))
	}
	return b
}
