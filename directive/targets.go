package directive

import (
	"fmt"
	"slices"
	"strings"
)

// Kinds of units by the words for them; longest first, so that "cao đẳng nghề" is a
// college and not a vocational school.
var kindWords = []struct {
	kind string
	re   phrase
}{
	{UpperSecondary, words(`trung học phổ thông|thpt|ptth|phổ thông dân tộc nội trú`)},
	{College, words(`cao đẳng(?: nghề| sư phạm)?`)},
	{University, words(`đại học|học viện`)},
	{Vocational, words(`trung tâm (?:giáo dục nghề nghiệp|gdnn)(?:\s*-\s*(?:giáo dục thường xuyên|gdtx))?|giáo dục nghề nghiệp(?:\s*-\s*giáo dục thường xuyên)?|gdnn(?:\s*-\s*gdtx)?|trung cấp(?: nghề| chuyên nghiệp)?|(?:trường|dạy|cơ sở đào tạo) nghề`)},
	{PublicService, words(`đơn vị sự nghiệp(?: công lập)?|sự nghiệp công lập`)},
	{Enterprise, words(`doanh nghiệp|công ty|tổng công ty`)},
	{YouthUnion, words(`đoàn thanh niên(?: cộng sản hồ chí minh| khối)?|đoàn tncs(?: hồ chí minh)?(?: khối)?|đoàn khối|đoàn trường|đoàn cơ sở|cơ sở đoàn|(?:tỉnh|thành|huyện) đoàn|tổ chức (?:cơ sở )?đoàn|chi đoàn|đoàn cấp dưới|đoàn xã|đoàn phường|đoàn các cơ quan`)},
	{Agency, words(`các cơ quan|mỗi cơ quan|từng cơ quan|các sở|mỗi sở|(?:các )?sở,? (?:ban,? )?ngành|các ngành`)},
}

// Words that make a name of an organisation out of a kind, or a degree out of it.
var notKind = words(`(?:khối|đảng ủy|đảng bộ|đảng viên|trình độ|tốt nghiệp|bằng|hệ|học|ngành|thi|khu)\s*$`)

// A mention is a kind of unit where it stands.
type mention struct {
	kind     string
	from, to int
	many     bool // "các", "mỗi" or no name: holds for each of the kind
}

var (
	manyBefore = words(`(?:các|mỗi|từng|những|mọi|tất cả|một|01|1)(?:\s+(?:trường|chi bộ|đảng bộ|đảng ủy|cấp ủy|đơn vị|cơ sở))*(?:\s+(?:của|tại|ở|trong))?\s*$`)
	coordinate = words(`và|hoặc|cùng|,|/|;|-`)
	allUnits   = words(`(?:toàn|cả)\s+(?:đảng bộ|tỉnh|khối|huyện|đảng bộ khối)|tổng số`)
	otherUnits = words(`(?:mỗi|các|từng|toàn)\s+(?:chi bộ|đảng bộ|cấp ủy|tổ chức (?:cơ sở )?đảng|đơn vị)|toàn khối|toàn tỉnh`)
)

// mentions finds the kinds of unit in p; low is the folded text s.
func mentions(s, low string, p piece) []mention {
	var out []mention
	for _, k := range kindWords {
		for _, m := range k.re.all(low[p.from:p.to]) {
			from, to := p.from+m[0], p.from+m[1]
			if notKind.in(lastWords(low[p.from:from])) || slices.ContainsFunc(out, func(o mention) bool { return from < o.to && o.from < to }) {
				continue
			}
			if k.kind == Agency && strings.HasPrefix(strings.TrimLeft(low[to:], " "), "đảng") {
				continue
			}
			out = append(out, mention{k.kind, from, to, manyOf(s, low, p.from, from, to)})
		}
	}
	slices.SortFunc(out, func(a, b mention) int { return a.from - b.from })
	return out
}

func lastWords(s string) string {
	s = tail(s, 120)
	return s[max(0, strings.LastIndexAny(s, ",;.:")):]
}

func manyOf(s, low string, begin, from, to int) bool {
	before := low[begin:from]
	if manyBefore.in(lastWords(before)) || strings.HasPrefix(low[from:to], "các ") || strings.HasPrefix(low[from:to], "mỗi ") {
		return true
	}
	if slices.Contains([]string{"đoàn khối", "đoàn trường", "tỉnh đoàn", "thành đoàn", "huyện đoàn"}, low[from:to]) || strings.HasPrefix(low[from:to], "đoàn t") {
		return false
	}
	return !startsUpper(strings.TrimLeft(s[to:], " ")) // no name follows: any of the kind
}

var indicators = []struct {
	indicator string
	re        phrase
}{
	{Awareness, words(`(?:bồi dưỡng |học |lớp |tham gia )*(?:cảm tình(?: đảng)?|nhận thức về đảng|nhận thức cho|nhận thức|đối tượng (?:kết nạp )?đảng|đối tượng kết nạp)|tìm hiểu về đảng|bồi dưỡng kết nạp đảng`)},
	{Admission, words(`kết nạp(?: mới)?(?: (?:vào )?đảng viên)?(?: mới)?(?: vào (?:đảng|đcs))?|vào đảng|phát triển(?: mới)?(?: được)? đảng viên(?: mới)?|phát triển mới`)},
	{Introduction, words(`giới thiệu`)},
}

type indicatorAt struct {
	indicator string
	from, to  int
}

var (
	notAdmission = words(`(?:nguồn|đối tượng|xét|bồi dưỡng)\s*(?:để\s+|cho\s+)?$`)
	toParty      = words(`ưu tú|cho đảng|vào đảng|với đảng|quần chúng|đoàn viên|nguồn|cho chi bộ|cho cấp ủy`)
)

func indicatorsIn(low string, p piece) []indicatorAt {
	var out []indicatorAt
	for _, in := range indicators {
		for _, m := range in.re.all(low[p.from:p.to]) {
			from, to := p.from+m[0], p.from+m[1]
			if slices.ContainsFunc(out, func(o indicatorAt) bool { return from < o.to && o.from < to }) {
				continue
			}
			if in.indicator == Admission && (notAdmission.in(tail(low[p.from:from], 60)) || strings.HasPrefix(low[from:], "vào đảng") && introduces(low, p, from)) {
				continue
			}
			if in.indicator == Introduction && !toParty.in(low[to:p.to]) {
				continue
			}
			out = append(out, indicatorAt{in.indicator, from, to})
		}
	}
	slices.SortFunc(out, func(a, b indicatorAt) int { return a.from - b.from })
	return out
}

// introduces reports whether "vào Đảng" at from ends "giới thiệu … vào Đảng".
func introduces(low string, p piece, from int) bool {
	return strings.Contains(low[p.from:from], "giới thiệu")
}

// maxSentence is the number of bytes above which a sentence is none that people wrote.
const maxSentence = 8 << 10

// targetReader reads the targets of all clauses, one per kind and indicator.
type targetReader struct {
	letterYear bool // the subject names one year
	targets    []Target
	warnings   []string
}

func (r *targetReader) clause(no, text, heading string) {
	low := fold(text)
	subject := headingMentions(heading)
	if len(text) > 0 && len(indicatorsIn(low, piece{0, min(len(low), maxSentence)})) == 0 && len(low) < maxSentence {
		return
	}
	for _, par := range paragraphs(text) {
		if m := mentions(text, low, par); len(m) > 0 && len(indicatorsIn(low, par)) == 0 {
			if headingDoer(par.of(text), "") != "" || strings.HasSuffix(strings.TrimSpace(par.of(text)), ":") {
				subject = r.group(text, m)
				continue
			}
		}
		for _, sent := range sentences(text, par) {
			if sent.to-sent.from > maxSentence {
				r.warn("Mục " + no + ": có câu quá dài, chưa tìm chỉ tiêu trong câu ấy.")
				continue
			}
			for _, m := range members(text, sent) {
				subject = r.member(no, text, low, m, sent, par, subject)
			}
		}
	}
}

func headingMentions(heading string) []mention {
	if heading == "" {
		return nil
	}
	return mentions(heading, fold(heading), piece{0, len(heading)})
}

// member reads one part of a sentence and returns the units it leaves as the subject.
func (r *targetReader) member(no, text, low string, m, sent, par piece, subject []mention) []mention {
	m = m.trim(text, "")
	ins, ments := indicatorsIn(low, m), mentions(text, low, m)
	at := m.from
	if l := readLead(m.of(text)); l.doer != "" {
		if subject = nil; len(between(ments, m.from, m.from+l.verb)) > 0 {
			subject = r.group(text, between(ments, m.from, m.from+l.verb))
		}
	}
	if len(ins) == 0 {
		return subject
	}
	qs := quantities(low, m)
	if len(qs) == 0 && len(ins) > 0 && percent.MatchString(m.of(text)) {
		r.warn(fmt.Sprintf("Mục %s: chỉ tiêu tính bằng phần trăm chưa đọc được: «%s».", no, short(m.of(text))))
	}
	fresh := false
	var last *indicatorAt
	for i, q := range qs {
		next := m.to
		if i+1 < len(qs) {
			next = qs[i+1].from
		}
		in := governing(low, ins, at, q, next)
		if g := between(ments, at, q.from); len(g) > 0 {
			subject, fresh = r.group(text, g), true
		} else if g := after(low, ments, q.to, next); len(g) > 0 && !fresh {
			subject = r.group(text, g)
		}
		at = q.to
		if in == nil {
			in = last // "…, mỗi học viện không dưới 5 học viên"
		}
		if last = in; in == nil || reported.in(tail(low[m.from:max(m.from, in.from)], 60)) {
			continue
		}
		scopeAll := otherUnits.in(low[m.from:q.from]) && !fresh
		if len(subject) == 0 || scopeAll {
			r.warn(fmt.Sprintf("Mục %s: chỉ tiêu «%s» không nêu loại đơn vị.", no, short(text[in.start(q):q.to])))
			continue
		}
		if in.indicator == Admission && (q.noun == "đoàn viên" || q.noun == "hội viên") && !strings.Contains(low[in.from:q.to], "đảng") && !strings.Contains(m.of(low), "ưu tú") {
			continue // admitted to the union, not to the Party
		}
		r.add(no, text, low, *in, q, subject, m, sent, par, next)
	}
	return subject
}

func (in indicatorAt) start(q quantity) int { return min(in.from, q.from) }

// governing finds the indicator of a quantity: the nearest before it, else after it.
func governing(low string, ins []indicatorAt, at int, q quantity, next int) *indicatorAt {
	var found *indicatorAt
	for i := range ins {
		switch in := &ins[i]; {
		case in.from >= at && in.from < q.to && in.to <= q.to+1:
			if found == nil || found.indicator != Introduction {
				found = in
			}
		case found == nil && in.from >= q.from && in.from < next && passive.in(low[min(q.to, in.from):in.to]):
			return in
		}
	}
	return found
}

// passive links people to what is done with them: "5 học sinh được kết nạp". Without
// it the number describes the unit: "doanh nghiệp có từ 50 lao động trở lên".
var passive = words(`được|học|tham gia|tham dự|đi|dự|vào đảng`)

func between(ms []mention, from, to int) []mention {
	var out []mention
	for _, m := range ms {
		if m.from >= from && m.to <= to {
			out = append(out, m)
		}
	}
	return out
}

var reported = words(`(?:đã|vừa|từng)(?:\s+\p{L}+){0,3}\s*$`)

var ofUnits = words(`(?:ở|tại|đối với|cho|trong|của|mỗi|từng|/)[^,;]{0,40}$`)

// after finds units that stand behind the number: "5 học sinh ở mỗi trường THPT".
func after(low string, ms []mention, from, to int) []mention {
	g := between(ms, from, to)
	if len(g) == 0 || !ofUnits.in(low[from:g[0].from]) && !strings.Contains(low[from:g[0].from], "/") {
		return nil
	}
	return g
}

// group keeps the units that are named side by side; a unit that only describes
// another ("Đoàn trường của các trường THPT") is none of its own.
func (r *targetReader) group(text string, ms []mention) []mention {
	if len(ms) == 0 {
		return nil
	}
	out := ms[:1:1]
	for i, m := range ms[1:] {
		switch gap := fold(text[ms[i].to:m.from]); {
		case hasVerb(gap):
			out = []mention{m} // "các cơ quan lãnh đạo Đoàn cơ sở giới thiệu"
		case coordinate.in(gap):
			out = append(out, m)
		}
	}
	return out
}

func (r *targetReader) add(no, text, low string, in indicatorAt, q quantity, subject []mention, m, sent, par piece, next int) {
	span := Span{in.start(q), max(q.to, min(in.to, next))}
	quote := short(text[span.From:span.To])
	per := r.period(low, q, next, m, sent, par)
	if per == "" {
		r.warn(fmt.Sprintf("Mục %s: chỉ tiêu «%s» không nêu kỳ tính.", no, quote))
	}
	if q.exact {
		r.warn(fmt.Sprintf("Mục %s: chỉ tiêu «%s» ghi một số; hiểu là ít nhất số ấy.", no, quote))
	}
	if q.above {
		r.warn(fmt.Sprintf("Mục %s: chỉ tiêu «%s» ghi «trên»; lấy số ấy làm mức tối thiểu.", no, quote))
	}
	scope := ScopeEach
	if len(subject) == 1 && !subject[0].many || allUnits.in(m.of(low)) {
		scope = ScopeTotal
	}
	var kinds []string
	for _, u := range subject {
		if slices.Contains(kinds, u.kind) {
			continue
		}
		kinds = append(kinds, u.kind)
		r.put(Target{Clause: no, UnitKind: u.kind, Indicator: in.indicator, Min: q.min, Max: q.max, Per: per, Scope: scope, Span: span}, quote)
	}
}

func (r *targetReader) put(t Target, quote string) {
	for _, o := range r.targets {
		if o.UnitKind != t.UnitKind || o.Indicator != t.Indicator || o.Scope != t.Scope || o.Per != t.Per {
			continue
		}
		if !sameNumber(o.Min, t.Min) || !sameNumber(o.Max, t.Max) {
			r.warn(fmt.Sprintf("Mục %s: chỉ tiêu «%s» khác với mục %s; giữ mục %s.", t.Clause, quote, o.Clause, o.Clause))
		}
		return
	}
	r.targets = append(r.targets, t)
}

func sameNumber(a, b *int) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

var termWords = words(`(?:cả|trong|toàn) nhiệm kỳ|/\s*nhiệm kỳ|nhiệm kỳ`)
var oneYear = words(`năm (?:20\d\d|nay|học)|/\s*năm`)

// period finds the period nearest to the number: behind it, in its part, in its
// sentence, in its paragraph; else the one year that the letter is about.
func (r *targetReader) period(low string, q quantity, next int, m, sent, par piece) Optional {
	for _, p := range []piece{{q.to, next}, {m.from, q.from}, m, sent, par} {
		if p.from >= p.to || p.to-p.from > 2*maxSentence {
			continue
		}
		if per := periodIn(p.of(low)); per != "" {
			return per
		}
	}
	if r.letterYear {
		return PerYear
	}
	return ""
}

func periodIn(s string) Optional {
	for _, p := range slices.Backward(periods) {
		if p.re.in(s) {
			return Optional(p.per)
		}
	}
	switch {
	case oneYear.in(s):
		return PerYear
	case termWords.in(s):
		return PerTerm
	}
	return ""
}

func (r *targetReader) warn(w string) { warn(&r.warnings, w) }
