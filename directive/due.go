package directive

import (
	"regexp"
	"strings"

	"ketnap/date"
)

var (
	dueLead   = `(?:trước|chậm nhất(?: là)?(?: đến)?(?: vào)?|muộn nhất(?: là)?(?: vào)?|không quá|hạn (?:cuối|chót)?(?: là)?|thời hạn(?: là)?(?: đến)?|thời gian(?: hoàn thành| thực hiện| gửi)?\s*:?(?: trước| đến)?|(?:xong|hoàn thành)(?: trước| vào| trong)?|vào|đến hết|đến)`
	dueDay    = words(`(` + dueLead + `)\s*:?\s*(?:hết\s+)?(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?\s*,?\s*)?(?:` + dateInWords + `|(?:ngày\s*)?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2}))`)
	dueMonth  = words(`(?:(?:xong|hoàn thành|thực hiện|gửi|báo cáo|trước|chậm nhất|hết|vào)[^.;]{0,40}?\s)?(?:trong|trước|cuối|hết|đến hết|chậm nhất(?: là)?|vào)\s+tháng\s*(\d{1,2})\s*(?:/|năm|-)\s*(\d{4})`)
	dueQtr    = words(`(?:trong|trước|cuối|hết|đến hết|chậm nhất(?: là)?|vào)\s+quý\s*(i{1,3}|iv|[1-4])\s*(?:/|năm|-)\s*(?:năm\s+)?(\d{4})`)
	dueYear   = words(`(?:xong|hoàn thành)\s+(?:trong|trước khi kết thúc)\s+năm\s+(\d{4})`)
	dueBare   = words(`(?:trước|chậm nhất(?: là)?|muộn nhất(?: là)?)\s+(?:ngày\s*)?(\d{1,2})\s*/\s*(\d{1,2})`)
	sends     = words(`gửi|báo cáo|nộp`)
	notDue    = regexp.MustCompile(`(?:tính|kể từ|từ|số liệu|ban hành|có hiệu lực|đã)\s*$`)
	laterYear = regexp.MustCompile(`^\s*(?:/\s*\d{4}|năm\s+\d{4})`)
	dueOnly   = words(`^(?:(?:hoàn thành|xong|thời gian|thời hạn|hạn|gửi trước|thực hiện xong|chậm nhất|muộn nhất|trước))`)
)

// readDue returns the day by which s orders something to be done: the day itself, or
// the last day of the month, quarter or year it names.
func readDue(s string) (due date.Date, warnings []string) {
	low := fold(s)
	var found []date.Date
	for _, m := range dueDay.all(low) {
		if notDue.MatchString(tail(low[:m[0]], 40)) || pick(low, m, 1) == "vào" && !sends.in(tail(low[:m[0]], 300)) {
			continue
		}
		y, mo, d := pick(low, m, 4), pick(low, m, 3), pick(low, m, 2)
		if y == "" {
			y, mo, d = pick(low, m, 7), pick(low, m, 6), pick(low, m, 5)
		}
		day, ok := newDate(y, mo, d)
		if !ok {
			warnings = append(warnings, "Thời hạn không có trong lịch: «"+strings.TrimSpace(s[m[0]:m[1]])+"».")
			continue
		}
		found = append(found, day)
	}
	if len(found) == 0 {
		found = append(found, readDuePeriod(low)...)
	}
	if len(found) == 0 {
		for _, m := range dueBare.all(low) {
			if !laterYear.MatchString(low[m[1]:]) {
				warnings = append(warnings, "Thời hạn «"+s[m[0]:m[1]]+"» không ghi năm nên chưa đặt ngày.")
			}
		}
		return date.Date{}, warnings
	}
	for _, d := range found[1:] {
		if d != found[0] {
			warnings = append(warnings, "Một nhiệm vụ có nhiều thời hạn; lấy thời hạn đầu, "+found[0].VN()+".")
			break
		}
	}
	return found[0], warnings
}

func readDuePeriod(low string) (found []date.Date) {
	last := func(year, month int) {
		if month < 1 || month > 12 {
			return
		}
		if d, err := date.New(year, month, date.DaysIn(year, month)); err == nil {
			found = append(found, d)
		}
	}
	for _, m := range dueMonth.all(low) {
		month, year := number(pick(low, m, 1)), number(pick(low, m, 2))
		if strings.Contains(low[m[0]:m[1]], "trước tháng") {
			if month--; month == 0 {
				month, year = 12, year-1
			}
		}
		last(year, month)
	}
	for _, m := range dueQtr.all(low) {
		q := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}[pick(low, m, 1)]
		if strings.Contains(low[m[0]:m[1]], "trước quý") {
			q--
		}
		last(number(pick(low, m, 2)), 3*q)
	}
	for _, m := range dueYear.all(low) {
		last(number(pick(low, m, 1)), 12)
	}
	return found
}

// Words for a period that comes again. The shorter one rules where two are named.
var periods = []struct {
	per string
	re  phrase
}{
	{PerMonth, words(`(?:hằng|hàng|mỗi|từng) tháng|(?:một |01 |1 )?tháng (?:một|01|1) lần|(?:01 |1 |một )?lần\s*/\s*(?:01 |1 )?tháng|/\s*tháng`)},
	{PerQuarter, words(`(?:hằng|hàng|mỗi|từng|theo) quý|(?:một |01 |1 )?quý (?:một|01|1) lần|0?3 tháng(?: một lần|/lần| 1 lần| 01 lần)|ba tháng một lần|lần\s*/\s*quý|/\s*quý|định kỳ quý`)},
	{PerHalf, words(`(?:định kỳ |hằng |hàng |mỗi )?(?:0?6|sáu) tháng(?: một lần|/lần|/ lần| 1 lần| 01 lần)?|nửa năm`)},
	{PerYear, words(`(?:hằng|hàng|mỗi|từng) năm|(?:một |01 |1 )?năm (?:một|01|1) lần|lần\s*/\s*năm|/\s*(?:01 |1 )?năm|(?:một|01|1) năm|định kỳ(?: cuối)? năm`)},
}

var (
	halfOfYear  = regexp.MustCompile(`^\s*(?:đầu|cuối)(?: năm)?(?:\s+năm)?\s+\d{4}|^\s*tuổi|^\s*(?:đến|trở lên)|^\s*(?:đầu|cuối) năm`)
	repeatVerb  = regexp.MustCompile(`(?:định kỳ|báo cáo[^,;.]{0,40}|tổng hợp[^,;.]{0,30}|rà soát[^,;.]{0,30}|nắm[^,;.]{0,30}|kiểm tra[^,;.]{0,30}|thống kê[^,;.]{0,30}|sơ kết[^,;.]{0,20}|tổng kết[^,;.]{0,20}|chế độ[^,;.]{0,30}|giao ban|họp|gửi[^,;.]{0,40})\s*(?:\(|,)?\s*$`)
	vagueRepeat = words(`định kỳ`)
)

// readRepeat returns the period after which a duty comes again. verb is where the order
// begins: a period before it, or one that "định kỳ", "báo cáo" and the like govern, is
// of the duty; others describe its object ("chỉ tiêu hằng năm").
func readRepeat(s string, verb int) (per Optional, vague bool) {
	low := fold(s)
	for _, p := range periods {
		for _, m := range p.re.all(low) {
			if p.per == PerHalf && halfOfYear.MatchString(low[m[1]:]) {
				continue
			}
			if repeats(low, m[0], m[1], verb) {
				return Optional(p.per), false
			}
		}
	}
	return "", vagueRepeat.in(low)
}

// recurs reports whether s names any period that comes again; "trong năm 2025" and "6
// tháng cuối năm 2024" come once.
func recurs(low string) bool {
	for _, p := range periods {
		for _, m := range p.re.all(low) {
			if p.per != PerHalf || !halfOfYear.MatchString(low[m[1]:]) {
				return true
			}
		}
	}
	return false
}

func repeats(low string, from, to, verb int) bool {
	before, after := low[:from], strings.TrimLeft(low[to:], " ,")
	switch {
	case to <= verb+1 || strings.TrimSpace(before[min(verb, from):]) == "":
		return true
	case repeatVerb.MatchString(tail(before, 160)):
		return true
	case strings.HasPrefix(low[from:], "định kỳ"), strings.Contains(low[from:to], "lần"):
		return true
	case strings.HasPrefix(strings.TrimLeft(low[to:], " "), ","):
		return false
	}
	// "…, hằng quý báo cáo": the period opens a part of the sentence.
	opened := strings.HasSuffix(strings.TrimRight(before, " "), ",") || strings.HasSuffix(before, " và ")
	return opened && orderLead.lead(after) > 0
}
