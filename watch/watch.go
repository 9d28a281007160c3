// Package watch follows what party units do so that nobody who is source is left standing:
// gatherings on the subject with their conclusions, obstacles of weak units with their
// remedies, and files that stand still, with the reasons for which they may (TGT-28,
// MON-05). It is for the pages of monitoring. It ranks nobody, reads nothing and knows no
// more of a person than the file's stage and days.
package watch

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/rule"
)

// Limits of what may be entered.
const (
	MaxName        = 120  // letters of a name or an office
	MaxTopic       = 300  // letters
	MaxText        = 1000 // letters of a conclusion, an obstacle, a remedy
	MaxReason      = 500  // letters
	MaxPeople      = 99999
	MaxConclusions = 20
)

// A checker gathers what is wrong with a form; all of it blocks.
type checker struct {
	rule string
	out  []rule.Finding
}

func (c *checker) block(field, format string, args ...any) {
	c.out = append(c.out, rule.Finding{Rule: c.rule, Severity: rule.Block, Field: field, Message: fmt.Sprintf(format, args...)})
}

// text demands a text of at most so many letters.
func (c *checker) text(field, label, text string, most int, needed bool) {
	switch {
	case needed && strings.TrimSpace(text) == "":
		c.block(field, "Chưa ghi %s.", label)
	case utf8.RuneCountInString(text) > most:
		c.block(field, "%s dài quá %d chữ. Xin viết gọn lại.", upper(label), most)
	}
}

// day demands a day that is not in the future.
func (c *checker) past(field, label string, day, today date.Date) {
	switch {
	case day.IsZero():
		c.block(field, "Chưa ghi %s.", label)
	case day.After(today):
		c.block(field, "%s (%s) ở sau hôm nay.", upper(label), day.VN())
	case day.Year() < 2000:
		c.block(field, "%s (%s) quá xa. Xin xem lại năm.", upper(label), day.VN())
	}
}

// due demands that a due day, where there is one, is not before the day it was set.
func (c *checker) due(field, label string, due, from date.Date) {
	switch {
	case due.IsZero():
	case due.Before(from):
		c.block(field, "%s (%s) ở trước ngày %s.", upper(label), due.VN(), from.VN())
	case due.After(from.AddMonths(60)):
		c.block(field, "%s (%s) quá xa. Xin xem lại năm.", upper(label), due.VN())
	}
}

func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
