package directive

import (
	"regexp"
	"slices"
	"strings"
)

// A ceiling reads: for these years, who (has a source and) misses the plan is not rated
// "hoàn thành xuất sắc" (EVAL-20). The denial and the condition come in many words.
var (
	excellent  = words(`hoàn thành xuất sắc|htxsnv|htxs|xuất sắc nhiệm vụ`)
	denial     = words(`(?:không|chưa|chẳng)(?:\s+(?:được|thể|xem xét|xét|đánh giá|xếp loại|xếp|phân loại|công nhận|đề nghị|đề xuất|bình xét|bình bầu|đưa vào|đưa|mức|ở|loại|danh hiệu|chất lượng|đạt|là|và|hoặc|từ|xem|cho|tập thể|cá nhân|cấp ủy|tổ chức đảng|người đứng đầu|đơn vị|để|tự|nhận|mức độ|kết quả|hằng năm|cuối năm|đảng viên|,)\s*,?)*\s*[“"«(]?\s*$`)
	lowerLevel = words(`(?:tối đa|cao nhất|không quá|không vượt quá|chỉ)(?:\s+[\p{L},]+){0,8}?\s+(?:mức\s+)?[“"«]?hoàn thành tốt`)
	onlyIf     = words(`(?:chỉ|mới)(?:\s+(?:được|xem xét|xét|đánh giá|xếp loại|công nhận|đề nghị|,)\s*,?)+\s*[“"«]?\s*$`)
	ifReached  = words(`(?:khi|nếu|đối với|trường hợp|cho|với)[^.;]{0,80}?(?:đạt|hoàn thành|bảo đảm|đảm bảo)[^.;]{0,60}?(?:chỉ tiêu|kế hoạch)`)
	missed     = words(`(?:không|chưa)\s+(?:[\p{L}-]+[ ,]+){0,8}?(?:đạt|hoàn thành|bảo đảm|đảm bảo|đủ|thực hiện được|kết nạp đủ)(?:\s|,)+(?:[^.;]{0,80}?)(?:chỉ tiêu|kế hoạch)|(?:chỉ tiêu|kế hoạch)[^.;]{0,80}?(?:không|chưa)\s+(?:được\s+)?(?:đạt|hoàn thành|bảo đảm)|(?:đạt )?(?:dưới|thấp hơn)\s[^.;]{0,40}?(?:chỉ tiêu|kế hoạch)|không đạt`)
	hasSource  = words(`(?:có|còn)\s+(?:[\p{L}]+\s+){0,2}?nguồn`)
	noSource   = words(`(?:không|chưa|hết)\s+(?:[\p{L}]+\s+){0,2}?nguồn`)
	except     = words(`trừ|ngoại trừ`)
	fullDate   = regexp.MustCompile(`\d{1,2}/\d{1,2}/\d{4}|\d+\s*-\s*\p{L}+/\p{L}+`)
	termYears  = regexp.MustCompile(`(?:nhiệm kỳ|khóa|khoá|nghị quyết[^,;.]{0,60})\s*(\d{4})\s*[-–—]\s*(\d{4})`)
	yearRange  = regexp.MustCompile(`(20\d{2})\s*(?:[-–—]|đến(?:\s+hết)?(?:\s+năm)?)\s*(20\d{2})`)
	oneYearNo  = regexp.MustCompile(`20\d{2}`)
	onward     = words(`(?:từ|kể từ) năm 20\d\d(?: trở đi)?`)
)

type ceilingReader struct {
	subject  string
	ceilings []Ceiling
	warnings []string
}

func (r *ceilingReader) clause(no, text string) {
	low := fold(text)
	for _, par := range paragraphs(text) {
		sents := sentences(text, par)
		for i, sent := range sents {
			denied := deniesExcellent(sent.of(low))
			if denied == notDenied {
				continue
			}
			from := sent.from
			if !r.conditioned(low[from:sent.to], denied) && i > 0 {
				from = sents[i-1].from // "Những nơi này không được …"
			}
			if !r.conditioned(low[from:sent.to], denied) {
				r.warn("Mục " + no + ": câu hạn chế xếp loại chưa rõ điều kiện: «" + short(sent.of(text)) + "».")
				continue
			}
			r.add(no, low, piece{from, sent.to})
		}
	}
}

type denied int

const (
	notDenied denied = iota
	deniedPlainly
	allowedOnlyIf
)

func deniesExcellent(s string) denied {
	for _, m := range excellent.all(s) {
		before := tail(s[:m[0]], 400)
		if denial.in(before) {
			return deniedPlainly
		}
		if onlyIf.in(before) && ifReached.in(start(s[m[1]:], 400)) {
			return allowedOnlyIf
		}
	}
	if lowerLevel.in(s) && missed.in(s) {
		return deniedPlainly
	}
	return notDenied
}

func (r *ceilingReader) conditioned(s string, d denied) bool {
	return d == allowedOnlyIf || missed.in(s)
}

func (r *ceilingReader) add(no, low string, p piece) {
	s := p.of(low)
	c := Ceiling{Clause: no, Years: yearsIn(s), Denies: DeniesExcellent, When: WhenPlanMissed, Span: Span{p.from, p.to}}
	if sourceAsked(s) {
		c.When = WhenSourceAndPlanMissed
	}
	switch {
	case len(c.Years) == 0:
		if c.Years = yearsIn(fold(r.subject)); len(c.Years) > 0 {
			r.warn("Mục " + no + ": câu hạn chế xếp loại không nêu năm; lấy năm ở trích yếu.")
		} else {
			r.warn("Mục " + no + ": câu hạn chế xếp loại không nêu năm áp dụng.")
		}
	case onward.in(s) && len(c.Years) == 1:
		r.warn("Mục " + no + ": câu hạn chế xếp loại không nêu năm cuối; chỉ ghi năm đầu.")
	}
	r.ceilings = append(r.ceilings, c)
}

// sourceAsked reports whether having a source is part of the condition: said of those
// concerned, or of those excepted.
func sourceAsked(s string) bool {
	if m := noSource.all(s); len(m) > 0 {
		return except.in(s[:m[0][0]])
	}
	return hasSource.in(s)
}

// yearsIn lists the years that s names, without those of dates, symbols and terms.
func yearsIn(s string) []int {
	s = fullDate.ReplaceAllString(s, " ")
	s = termYears.ReplaceAllString(s, " ")
	years := []int{}
	add := func(y int) {
		if !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	for _, m := range yearRange.FindAllStringSubmatch(s, -1) {
		for y := number(m[1]); y <= number(m[2]) && y < number(m[1])+20; y++ {
			add(y)
		}
	}
	for _, y := range oneYearNo.FindAllString(strings.NewReplacer("(", " ", ")", " ").Replace(s), -1) {
		add(number(y))
	}
	slices.Sort(years)
	return years
}

func (r *ceilingReader) warn(w string) { warn(&r.warnings, w) }
