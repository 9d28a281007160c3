package web

import (
	"strings"

	"ketnap/date"
	"ketnap/web/ui"
)

// writtenDay reads a day as a form sends it or as a person writes it: 2024-05-27, 27/5/2024.
// Nothing typed is no day, and in order.
func writtenDay(text string) (date.Date, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return date.Date{}, true
	}
	if d, err := date.Parse(text); err == nil {
		return d, true
	}
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '.' || c == '-' })
	if len(parts) != 3 {
		return date.Date{}, false
	}
	var n [3]int
	for i, p := range parts {
		var ok bool
		if n[i], ok = writtenNumber(strings.TrimSpace(p)); !ok {
			return date.Date{}, false
		}
	}
	d, err := date.New(n[2], n[1], n[0])
	return d, err == nil
}

// mostNumber is more than anybody counts by hand; it keeps a slip from overflowing.
const mostNumber = 1_000_000

// writtenNumber reads a whole number that is not negative.
func writtenNumber(text string) (int, bool) {
	if text == "" {
		return 0, false
	}
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n = n*10 + int(c-'0'); n > mostNumber {
			return 0, false
		}
	}
	return n, true
}

// dayField is the field for a day: what was typed and is no day must stay in sight, which
// a date control of a browser would not let it.
func dayField(in ui.Input) (field ui.Input, plain bool) {
	if d, ok := writtenDay(in.Value); ok {
		in.Value = d.String()
		return in, false
	}
	in.Short = true
	return in, true
}

// wantedNumber reads the version or the place in a row on which somebody decided. What is
// no number fits none, so that a broken form never writes over what it has not seen.
func wantedNumber(text string) int {
	n, ok := writtenNumber(text)
	if !ok {
		return -1
	}
	return n
}
