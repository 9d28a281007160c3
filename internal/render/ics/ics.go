// Package ics writes calendars that other programs fetch (RFC 5545): whole days with a
// title, for package web. It decides nothing about what stands in them.
package ics

import (
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ketnap/date"
)

// A Calendar is a list of days.
type Calendar struct {
	Name   string
	At     date.Instant // when it was made
	Events []Event
}

// An Event is something that belongs to a whole day.
type Event struct {
	UID         string // the same whenever the calendar is made
	Day         date.Date
	Title       string
	Description string // none when empty
	URL         string // none when empty
}

// refresh is how often a program should fetch the calendar again: it changes by the day.
const refresh = "PT6H"

// Write writes the calendar.
func Write(w io.Writer, c Calendar) error {
	var b strings.Builder
	add := func(name, value string) { fold(&b, name+":"+value) }
	add("BEGIN", "VCALENDAR")
	add("VERSION", "2.0")
	add("PRODID", "-//ketnap//ketnap//VI")
	add("CALSCALE", "GREGORIAN")
	add("METHOD", "PUBLISH")
	add("NAME", Text(c.Name))
	add("X-WR-CALNAME", Text(c.Name)) // what programs read that are older than RFC 7986
	add("REFRESH-INTERVAL;VALUE=DURATION", refresh)
	add("X-PUBLISHED-TTL", refresh)
	for _, e := range c.Events {
		add("BEGIN", "VEVENT")
		add("UID", Text(e.UID))
		add("DTSTAMP", c.At.Time().UTC().Format("20060102T150405Z"))
		add("DTSTART;VALUE=DATE", day(e.Day))
		add("DTEND;VALUE=DATE", day(e.Day.AddDays(1))) // the first day after it
		add("SUMMARY", Text(e.Title))
		if e.Description != "" {
			add("DESCRIPTION", Text(e.Description))
		}
		if e.URL != "" {
			add("URL", oneLine(e.URL))
		}
		add("TRANSP", "TRANSPARENT") // a term does not make one busy
		add("END", "VEVENT")
	}
	add("END", "VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return err
}

func day(d date.Date) string {
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, time.UTC).Format("20060102")
}

// Text writes a value of type TEXT: the signs that part values are escaped, a line end is
// \n, and what no text may hold is left out.
func Text(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t' || !unicode.IsControl(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// oneLine keeps an address on its line.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

// maxOctets is the length of a line without its end.
const maxOctets = 75

// fold writes a line, broken after at most 75 octets and never inside a letter; the next
// line begins with a space, which counts.
func fold(b *strings.Builder, line string) {
	left := maxOctets
	for _, r := range line {
		n := utf8.RuneLen(r)
		if n > left {
			b.WriteString("\r\n ")
			left = maxOctets - 1
		}
		b.WriteRune(r)
		left -= n
	}
	b.WriteString("\r\n")
}
