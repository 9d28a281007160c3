package directive

import (
	"regexp"
	"strings"
)

// A quantity is a number of people, as a target states it.
type quantity struct {
	from, to int // span of the words, with their modifiers
	min, max *int
	exact    bool // a bare number: read as a minimum, with a warning
	above    bool // "trên 5": whether 5 itself is enough is not certain
	noun     string
}

const (
	unitWords = `một|hai|ba|bốn|năm|sáu|bảy|tám|chín`
	tailWords = `mốt|một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|bẩy|tám|chín`
	numWords  = `(?:` + unitWords + `) mươi(?: (?:` + tailWords + `))?|mười(?: (?:` + tailWords + `))?|một trăm|` + unitWords
	people    = `học sinh|sinh viên|học viên|quần chúng|đoàn viên|đảng viên|hội viên|thanh niên|thanh thiếu niên|công nhân|người lao động|lao động|cán bộ|giáo viên|giảng viên|viên chức|công chức|đồng chí|đ/c|người|em|hs|sv|lượt người|đối tượng|cảm tình`
)

var (
	numberForm = words(`(\d{1,3}(?:\.\d{3})+|\d{1,5}|` + numWords + `)`)
	inBrackets = regexp.MustCompile(`^\s*\([^()]{1,24}\)`)
	peopleNoun = words(`^\s*(?:` + people + `)`)
	rangeLink  = regexp.MustCompile(`^\s*(?:đến|tới|-|–|—|~|÷)\s*(?:dưới\s+|tối đa\s+)?$`)
	orMore     = words(`^(?:\s+[\p{L}/]+){0,5}?\s*trở lên`)
	orLess     = words(`^(?:\s+[\p{L}/]+){0,5}?\s*trở xuống`)
	atLeast    = words(`(?:ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn|thấp nhất|ít ra|≥|>=|từ|trên)((?:\s+(?:là|phải|phải có|có|từ|đạt|được|mỗi|một|năm|trường|đơn vị|chi bộ|cơ sở|cho|vào|thêm|mới))*)\s*$`)
	atMost     = words(`(?:tối đa|không quá|nhiều nhất|không vượt quá|cao nhất|≤|<=)(?:\s+(?:là|có))*\s*$`)
	noPeople   = regexp.MustCompile(`^\s*(?:%|,\d|/\d|\.\d|phần trăm|[-–/]\p{L})`)
	ofDocument = regexp.MustCompile(`(?:[\d/,-]|số|khóa|khoá|ngày|tháng|năm|quý|điều|khoản|mục|trung ương|lần thứ|phụ lục|biểu|mẫu|\()\s*$`)
	endOfWords = regexp.MustCompile(`^\s*(?:$|[,.;:)\n/]|trở lên|(?:mỗi|một|hằng|hàng|trong|vào|để|cho|tại|ở|đối với|và|trên|được)\s)`)
	percent    = regexp.MustCompile(`\d+(?:,\d+)?\s*%`)
)

var wordValues = map[string]int{
	"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}

// numberValue reads "1.905", "05" or "hai mươi lăm".
func numberValue(s string) int {
	if s[0] >= '0' && s[0] <= '9' {
		return number(strings.ReplaceAll(s, ".", ""))
	}
	if s == "một trăm" {
		return 100
	}
	total := 0
	for w := range strings.FieldsSeq(s) {
		switch w {
		case "mười":
			total = 10
		case "mươi":
			total *= 10
		default:
			total += wordValues[w]
		}
	}
	return total
}

// quantities finds the numbers of people in p of the folded text low.
func quantities(low string, p piece) []quantity {
	s := low[p.from:p.to]
	found := numberForm.all(s)
	var out []quantity
	for i := 0; i < len(found); i++ {
		q, last, ok := readQuantity(s, found, i)
		if !ok {
			continue
		}
		i = last
		q.from, q.to = q.from+p.from, q.to+p.from
		out = append(out, q)
	}
	return out
}

// readQuantity reads the quantity that begins with the i-th number of s; last is the
// number it ends with.
func readQuantity(s string, found [][]int, i int) (q quantity, last int, ok bool) {
	from, to := found[i][0], found[i][1]
	first := numberValue(s[from:to])
	before, spelled := tail(s[:from], 160), s[from] > '9'
	last = i
	end := skipBrackets(s, to)
	noun, afterNoun := nounAt(s, end)
	second := -1
	if i+1 < len(found) && found[i+1][0] >= afterNoun && rangeLink.MatchString(s[afterNoun:found[i+1][0]]) {
		second, last = numberValue(s[found[i+1][0]:found[i+1][1]]), i+1
		end = skipBrackets(s, found[i+1][1])
		if n, after := nounAt(s, end); n != "" {
			noun, afterNoun = n, after
		} else {
			afterNoun = end
		}
	}
	if noPeople.MatchString(s[end:]) || year(first) && noun == "" {
		return q, i, false
	}
	least, most := atLeast.all(before), atMost.all(before)
	more := orMore.lead(s[end:])
	less := orLess.lead(s[end:])
	q = quantity{from: from, to: afterNoun, noun: noun}
	modified := true
	switch {
	case second >= first:
		q.min, q.max = &first, &second
		if n := len(least); n > 0 {
			q.from -= len(before) - least[n-1][0]
		}
	case second >= 0:
		return q, i, false
	case len(most) > 0 || less > 0:
		q.max = &first
		q.to = max(q.to, end+less)
		if len(most) > 0 {
			q.from -= len(before) - most[len(most)-1][0]
		}
	case more > 0 || len(least) > 0 && !strings.HasPrefix(before[least[len(least)-1][0]:], "từ"):
		q.min = &first
		q.to = max(q.to, end+more)
		if n := len(least); n > 0 {
			q.from -= len(before) - least[n-1][0]
			q.above = strings.HasPrefix(before[least[n-1][0]:], "trên")
		}
	default:
		q.min, q.exact, modified = &first, true, false
	}
	switch {
	case ofDocument.MatchString(before) && (!modified || noun == "") && len(least)+len(most) == 0:
		return q, i, false
	case spelled && noun == "" && more == 0:
		return q, i, false
	case spelled && first == 1 && !modified:
		return q, i, false // "một" is an article
	case spelled && spelledYear(before):
		return q, i, false
	case noun == "" && (!modified || !endOfWords.MatchString(s[end:]) && more == 0 && less == 0):
		return q, i, false
	}
	return q, last, true
}

// spelledYear reports whether "năm" after these words is the year, not the number five.
func spelledYear(before string) bool {
	f := strings.Fields(before)
	if len(f) == 0 {
		return false
	}
	switch f[len(f)-1] {
	case "hằng", "hàng", "mỗi", "một", "trong", "từng", "các", "những", "cả":
		return true
	}
	return false
}

func skipBrackets(s string, at int) int { return at + len(inBrackets.FindString(s[at:])) }

func nounAt(s string, at int) (noun string, after int) {
	n := peopleNoun.lead(s[at:])
	if n == 0 {
		return "", at
	}
	return strings.TrimSpace(s[at : at+n]), at + n
}

func year(n int) bool { return n >= 1990 && n <= 2100 }
