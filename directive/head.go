package directive

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"ketnap/date"
)

// The head of a letter: what stands above the first words of the body. Scanners give
// its two columns in any order, so each line is known by its form, not by its place.
type head struct {
	orgs       []string
	place      string
	date       date.Date
	symbol     string
	number     *int
	kind       string
	title      string // kind named above the summary
	subject    []string
	addressees []string
	warnings   []string
	end        int // index of the first line of the body
}

var (
	symbolForm = regexp.MustCompile(`(?:(?i:số)\s*[:.]?\s*)?(\d{1,5}|\.{2,}|…+|_+)?\s*[-–—]\s*(\p{Lu}\p{L}{0,4})\s*/\s*(\p{Lu}[\p{L}\d]*(?:\s?[-–]\s?\p{Lu}[\p{L}\d]*)*)`)
	stateForm  = regexp.MustCompile(`(?i:số)\s*[:.]?\s*(\d{1,5})\s*/\s*(?:\d{4}\s*/\s*)?(\p{Lu}\p{L}{0,4})\s*[-–—]\s*(\p{Lu}[\p{L}\d]*(?:\s?[-–]\s?\p{Lu}[\p{L}\d]*)*)`)
	placeDate  = regexp.MustCompile(`(?i)(?:^|,|\s)\s*` + dateInWords + `\s*\.?`)
	nation     = regexp.MustCompile(`ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|^(?i:đảng\s+cộng\s+sản\s+việt\s+nam)$`)
	subjectTag = regexp.MustCompile(`(?i)^(?:trích\s+yếu\s*:?\s*)?(?:v\s*/\s*v|về\s+việc)(?:\s*:)?\s*`)
	addressTag = regexp.MustCompile(`(?i)^kính\s+(?:gửi|trình|gởi)\s*:?\s*`)
	incoming   = regexp.MustCompile(`(?i)^(?:công văn\s+)?đến\s*:?(?:\s+(?:số|ngày|giờ)|\s*$|\s*\d)|^(?:số|ngày|giờ)\s+đến\s*:`)
	numberWord = regexp.MustCompile(`(?i)^số\s*[:.]?$`)
	stamp      = regexp.MustCompile(`(?i)^(?:(?:tuyệt |tối )?mật|(?:thượng )?khẩn|hỏa tốc.*|dự thảo.*|bản sao|\(?bản dự thảo.*)$`)
	orgHead    = words(`(?i)^(?:đảng bộ|đảng ủy|đảng uỷ|chi bộ|chi ủy|(?:tỉnh|thành|huyện|thị|quận) (?:ủy|uỷ|đoàn)|ban (?:chấp hành|thường vụ|tổ chức|tuyên giáo|dân vận|nội chính|xây dựng đảng|cán sự|bí thư|chỉ đạo)|(?:ủy|uỷ) ban|văn phòng|trung ương|đoàn (?:thanh niên|tncs|khối|cơ sở|trường)|công đoàn|liên đoàn|hội (?:liên hiệp|cựu|nông|sinh)|bch|btv|ubkt|đại hội|trung tâm chính trị|trường chính trị)`)
)

// Kinds of documents by the name that stands as title (PAPER-03, PAPER-04).
var kindNames = []struct{ name, kind string }{
	{"nghị quyết", "NQ"}, {"quyết định", "QĐ"}, {"quy định", "QĐ"}, {"chỉ thị", "CT"}, {"kết luận", "KL"},
	{"quy chế", "QC"}, {"thông tri", "TT"}, {"hướng dẫn", "HD"}, {"thông báo", "TB"}, {"báo cáo", "BC"},
	{"kế hoạch", "KH"}, {"chương trình", "CTr"}, {"đề án", "ĐA"}, {"phương án", "PA"}, {"tờ trình", "TTr"},
	{"công văn", "CV"}, {"biên bản", "BB"}, {"công điện", "CĐ"},
}

// titleKind returns the kind that a title line names and the rest of that line.
func titleKind(s string) (kind, rest string) {
	low := strings.ToLower(s)
	for _, k := range kindNames {
		if low == k.name || strings.HasPrefix(low, k.name+" ") && isCaps(s) {
			return k.kind, strings.TrimSpace(s[len(k.name):])
		}
	}
	return "", ""
}

// state is what a line of the head may continue.
type state int

const (
	inNothing state = iota
	inOrg
	inSubject
	inTitle
	inAddress
)

func readHead(lines []line, foot int) head {
	h := head{end: foot}
	st := inNothing
	for i, l := range lines[:foot] {
		if bodyBegins(l, st, len(h.subject) > 0) {
			h.end = i
			break
		}
		parts := l.pieces()
		if st == inSubject || st == inAddress {
			if !nation.MatchString(l.text) && !wordDate.MatchString(l.text) {
				parts = []string{l.text}
			}
		}
		for k, p := range parts {
			st = h.take(p, st, l.blank && k == 0)
		}
	}
	if h.kind == "" {
		h.kind = h.title
	}
	h.sortOrgs()
	return h
}

// take reads one piece of a line and returns what the next may continue.
func (h *head) take(p string, st state, blank bool) state {
	p = strings.TrimSpace(nation.ReplaceAllString(p, ""))
	if incoming.MatchString(p) {
		warn(&h.warnings, "Bỏ qua dấu công văn đến: «"+p+"».")
		return inNothing
	}
	p = h.takeSymbol(p)
	p = h.takeDate(p)
	if p == "" || numberWord.MatchString(p) {
		return keep(st)
	}
	switch kind, rest := titleKind(p); {
	case isRule(p) || stamp.MatchString(p):
		return inNothing
	case subjectTag.MatchString(p):
		if len(h.subject) == 0 {
			h.subject = append(h.subject, subjectTag.ReplaceAllString(p, ""))
		}
		return inSubject
	case addressTag.MatchString(p):
		h.addAddress(addressTag.ReplaceAllString(p, ""), false)
		return inAddress
	case st == inAddress:
		h.addAddress(p, startsLower(p) || !blank && !bullet.MatchString(p) && h.openAddress())
		return inAddress
	case kind != "" && h.title == "" && st != inSubject:
		h.title = kind
		if rest != "" {
			h.subject = append(h.subject, rest)
		}
		return inTitle
	case (st == inTitle || st == inSubject) && !h.otherColumn(p) && (!blank || startsLower(p) || len(h.subject) == 0):
		h.subject = append(h.subject, p)
		return st
	}
	return h.takeOrg(p, st)
}

// otherColumn reports whether capitals break into a subject in small letters: they are
// the name of a body from the column beside it.
func (h *head) otherColumn(p string) bool {
	return isCaps(p) && orgHead.lead(p) > 0 && len(h.subject) > 0 && !isCaps(h.subject[0])
}

func keep(st state) state {
	if st == inOrg {
		return inOrg
	}
	return inNothing
}

func (h *head) takeOrg(p string, st state) state {
	caps := isCaps(p)
	switch {
	case orgHead.lead(p) > 0 && len(p) < 160 && (caps || !strings.ContainsAny(p, ".;:")):
		h.orgs = append(h.orgs, p)
	case st == inOrg && caps && len(h.orgs) > 0 && len(h.orgs[len(h.orgs)-1])+len(p) < 300:
		h.orgs[len(h.orgs)-1] += " " + p
	case caps && len(h.orgs) == 0 && len(p) < 160:
		h.orgs = append(h.orgs, p)
	default:
		warn(&h.warnings, "Chưa rõ dòng ở phần đầu văn bản: «"+p+"».")
		return inNothing
	}
	return inOrg
}

func (h *head) takeSymbol(p string) string {
	if h.symbol != "" || subjectTag.MatchString(p) || addressTag.MatchString(p) {
		return p
	}
	m, sep := symbolForm.FindStringSubmatchIndex(p), "-"
	if m == nil {
		m, sep = stateForm.FindStringSubmatchIndex(p), "/"
	}
	if m == nil || m[0] > 0 && !strings.HasSuffix(p[:m[0]], " ") {
		return p
	}
	s := p[m[0]:m[1]]
	if m[2] >= 0 && unicode.IsDigit(rune(p[m[2]])) {
		n := number(p[m[2]:m[3]])
		h.number = &n
		if i := strings.IndexAny(s, "0123456789"); i >= 0 {
			s = s[i:]
		}
		h.symbol = strings.NewReplacer(" ", "", "–", "-", "—", "-").Replace(s)
	} else {
		h.symbol = "-" + p[m[4]:m[5]] + "/" + strings.ReplaceAll(p[m[6]:m[7]], " ", "")
	}
	h.kind = p[m[4]:m[5]]
	if sep == "/" && h.number == nil {
		h.symbol = ""
	}
	return strings.TrimSpace(p[:m[0]] + " " + p[m[1]:])
}

func (h *head) takeDate(p string) string {
	if !h.date.IsZero() || addressTag.MatchString(p) {
		return p
	}
	m := placeDate.FindStringSubmatchIndex(p)
	if m == nil || m[1] != len(p) {
		return p
	}
	before := strings.TrimRight(p[:m[0]], " ,")
	rest, place := splitPlace(before)
	if place == "" && before != "" {
		return p
	}
	d, ok := newDate(p[m[6]:m[7]], p[m[4]:m[5]], p[m[2]:m[3]])
	if !ok {
		h.warnings = append(h.warnings, "Ngày ban hành không có trong lịch: «"+strings.TrimSpace(p[m[0]:m[1]])+"».")
	}
	h.date, h.place = d, place
	return rest
}

// splitPlace takes the name of a place from the end of s, where it may be glued to what
// stood in the other column: capitals there, a capital at each word here.
func splitPlace(s string) (rest, place string) {
	f := strings.Fields(s)
	if len(f) <= 6 && len(f) > 0 && startsUpper(f[0]) && !isCaps(f[0]) && !subjectTag.MatchString(s) {
		return "", s
	}
	if isCaps(s) && len(f) <= 3 && orgHead.lead(s) == 0 {
		return "", s
	}
	i := len(f)
	for i > 0 && (startsUpper(f[i-1]) && !isCaps(f[i-1]) || f[i-1] == "-" || strings.HasPrefix(f[i-1], "TP")) {
		i--
	}
	return strings.Join(f[:i], " "), strings.Join(f[i:], " ")
}

var bullet = regexp.MustCompile(`^[-–—+•*·]\s+|^[-–—•](?:\p{Lu})`)

func (h *head) addAddress(p string, joins bool) {
	for i, a := range strings.Split(p, ";") {
		if bullet.MatchString(a) {
			a = strings.TrimLeft(a, "-–—+•*· ")
		}
		if a = strings.TrimSpace(a); a == "" {
			continue
		}
		if n := len(h.addressees); joins && i == 0 && n > 0 && len(h.addressees[n-1]) < 1000 {
			h.addressees[n-1] += " " + a
			continue
		}
		h.addressees = append(h.addressees, a)
	}
}

// openAddress reports whether the last addressee does not yet seem complete.
func (h *head) openAddress() bool {
	n := len(h.addressees)
	return n > 0 && !strings.ContainsAny(h.addressees[n-1][len(h.addressees[n-1])-1:], ",;.")
}

// rank orders the two names of the head: the lower rank is the superior. A "đảng bộ"
// signs nothing, so it never issues; a board or a branch stands under a committee.
func rank(org string) int {
	low := fold(org)
	for i, r := range []phrase{
		words(`^(?:trung ương|đảng bộ)`), words(`^(?:tỉnh|thành) ủy`), words(`^(?:huyện|thị|quận) ủy`),
		words(`^đảng ủy`), words(`^chi bộ`), words(`^(?:tỉnh|thành|huyện) đoàn|^đoàn`),
	} {
		if r.lead(low) > 0 {
			return i
		}
	}
	return 9
}

func (h *head) sortOrgs() {
	if len(h.orgs) == 2 {
		slices.SortStableFunc(h.orgs, func(a, b string) int { return rank(a) - rank(b) })
	}
}

var preambleLead = words(`(?i)^(?:[-–+•]\s*)?(?:thực hiện|căn cứ|tiếp tục|triển khai|thi hành|để|nhằm|theo|qua|sau khi|xét|vừa qua|thời gian qua|trong thời gian|trong những năm|hiện nay|năm \d{4}|ngày \d|ban thường vụ|phát huy|trên cơ sở)`)

// bodyBegins reports whether the body begins with l, given what l might continue.
func bodyBegins(l line, st state, titled bool) bool {
	t := l.text
	if clauseMark.MatchString(t) || romanMark.MatchString(t) {
		return st != inAddress || !l.indent
	}
	if isCaps(t) || startsLower(t) || isRule(t) || nation.MatchString(t) || placeDate.MatchString(t) && len(t) < 160 ||
		subjectTag.MatchString(t) || addressTag.MatchString(t) ||
		symbolForm.FindStringIndex(t) != nil && len(t) < 90 && preambleLead.lead(t) == 0 {
		return false
	}
	if st == inTitle && !l.blank {
		return false
	}
	long := len([]rune(t)) >= 80
	switch {
	case preambleLead.lead(t) > 0 && (long || st == inAddress || l.blank || endsSentence(t)):
		return st != inTitle || titled || endsSentence(t) || strings.Contains(t, ", ") || long
	case st == inAddress:
		return long && !bullet.MatchString(t) || l.blank && !bullet.MatchString(t) && endsSentence(t) && !strings.HasSuffix(t, ";")
	case st == inSubject && !l.blank:
		return false
	}
	return long
}

func endsSentence(s string) bool {
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".;:!?")
}
