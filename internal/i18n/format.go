package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ketnap/date"
)

// hanoi is the clock by which people read an instant. Viet Nam has no summer time.
var hanoi = time.FixedZone("+07", 7*60*60)

// Date writes a day as Party offices do: 27/5/2024 (PAPER-15); in English 27 May 2024.
// No date is "".
func Date(lang Lang, d date.Date) string {
	if d.IsZero() || lang != English {
		return d.VN()
	}
	return fmt.Sprintf("%d %s %d", d.Day(), time.Month(d.Month()), d.Year())
}

// LongDate is Date with the day of the week before it, for days on which one must act:
// "thứ Tư, 30/10/2024". No date is "".
func LongDate(lang Lang, d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return Weekday(lang, d) + ", " + Date(lang, d)
}

var weekdays = [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// Weekday names the day of the week of d: "thứ Tư".
func Weekday(lang Lang, d date.Date) string {
	if lang == English {
		return d.Weekday().String()
	}
	return weekdays[d.Weekday()]
}

// Moment writes an instant by the clock of Ha Noi: "14:05, 27/5/2024". No instant is "".
func Moment(lang Lang, i date.Instant) string {
	if i.IsZero() {
		return ""
	}
	t := i.Time().In(hanoi)
	return t.Format("15:04") + ", " + Date(lang, date.Of(t))
}

// Count writes a whole number in groups of three: 1.235, in English 1,235.
func Count[N int | int32 | int64](lang Lang, n N) string {
	digits := strconv.FormatInt(int64(n), 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	point := "."
	if lang == English {
		point = ","
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(point)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Percent writes a share that was reckoned as reports reckon it ("35,34"): 35,34%, in
// English 35.34%. A share that does not exist ("") is a dash.
func Percent(lang Lang, share string) string {
	if share == "" {
		return "–"
	}
	if lang == English {
		share = strings.Replace(share, ",", ".", 1)
	}
	return share + "%"
}

// show writes the value of a named part.
func show(lang Lang, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return Count(lang, v)
	case int32:
		return Count(lang, v)
	case int64:
		return Count(lang, v)
	case date.Date:
		return Date(lang, v)
	case date.Instant:
		return Moment(lang, v)
	}
	return fmt.Sprint(v)
}

// Sentence returns s with its first letter in upper case: "Thứ Ba, 15/10/2024".
func Sentence(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
	}
	return s
}
