package directive

import (
	"regexp"
	"strconv"

	"ketnap/date"
)

const dateInWords = `ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4}|\d{2})`

var (
	wordDate = regexp.MustCompile(`(?i)` + dateInWords)
	anyDate  = regexp.MustCompile(`(?i)(?:` + dateInWords + `|(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2}))`)
)

// dateAt reads the first date of s; a year of two digits is of this century.
func dateAt(s string) (date.Date, bool) {
	m := anyDate.FindStringSubmatch(s)
	if m == nil {
		return date.Date{}, false
	}
	if m[1] == "" {
		return newDate(m[6], m[5], m[4])
	}
	return newDate(m[3], m[2], m[1])
}

func newDate(year, month, day string) (date.Date, bool) {
	d, err := date.New(century(year), number(month), number(day))
	return d, err == nil
}

func century(year string) int {
	y := number(year)
	if len(year) == 2 {
		y += 2000
	}
	return y
}

// number reads digits that a pattern has found; more than fit give 0.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
