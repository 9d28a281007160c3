package directive

import (
	"regexp"
	"strings"

	"ketnap/date"
)

// The handwritten opinion that the receiving office put on the letter (PAPER-43) lies
// wherever the pen found room, often in the middle of a sentence. It shows by its form:
// a few short lines that a bare date or a mark of a signature closes, or a short line
// that breaks into a sentence of the print.

var bareDate = regexp.MustCompile(`^(?i:ngày\s*:?\s*|\()?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?(?:\d{4}|\d{2}))?\)?\.?$`)

const noteLines = 6

// takeNotes removes the notes from lines; begin and end bound the printed body.
func takeNotes(lines []line, begin, end int) (rest []line, notes []Endorsement, removed int) {
	drop := make([]bool, len(lines))
	for i := range lines {
		t := lines[i].text
		inBody := i >= begin && i < end
		if drop[i] || !bareDate.MatchString(t) && (!inBody || !signMark.MatchString(t)) {
			continue
		}
		from, to := noteAround(lines, i, inBody, begin, end)
		if from == i && !inBody {
			continue
		}
		if n := noteOf(lines[from:to]); n.Text != "" || inBody {
			notes = append(notes, n)
			for k := from; k < to; k++ {
				drop[k] = true
			}
		}
	}
	for i := begin + 1; i+1 < end; i++ {
		if !drop[i] && !drop[i-1] && breaksIn(lines, i) {
			notes = append(notes, Endorsement{Text: lines[i].text})
			drop[i] = true
		}
	}
	for i, l := range lines {
		if !drop[i] {
			rest = append(rest, l)
		} else if i < end {
			removed++
		}
	}
	return rest, notes, removed
}

// noteAround widens from the line at i to the lines of the same note.
func noteAround(lines []line, i int, inBody bool, begin, end int) (from, to int) {
	from, to = i, i+1
	low, high := 0, len(lines)
	if inBody {
		low, high = begin, end
	}
	for from > low && i-from < noteLines && noteLine(lines[from-1].text) && (!lines[from].blank || inBody && from < i && !endsSentence(lines[from-1].text) || from == i) {
		from--
	}
	for to < high && to-i <= 2 && (signMark.MatchString(lines[to].text) || bareDate.MatchString(lines[to].text)) && (inBody || !lines[to].blank) {
		to++
	}
	return from, to
}

// noteLine reports whether a line may be handwriting: short, in small letters, and none
// of the forms that print has.
func noteLine(t string) bool {
	return len([]rune(t)) <= 60 && !isCaps(t) && !isRule(t) && !bullet.MatchString(t) && !clauseMark.MatchString(t) &&
		!romanMark.MatchString(t) && !strings.ContainsAny(t[len(t)-1:], ";:") && !nation.MatchString(t) && !wordDate.MatchString(t) &&
		!symbolForm.MatchString(t) && !subjectTag.MatchString(t) && !addressTag.MatchString(t) && !recipientTag.MatchString(t) &&
		!personNameLine(t)
}

// personNameLine keeps the signer's name out of a note that stands below it.
func personNameLine(t string) bool { return personName(t) && len(strings.Fields(t)) >= 3 }

// breaksIn reports whether the line at i alone interrupts a printed sentence.
func breaksIn(lines []line, i int) bool {
	before, l, after := lines[i-1], lines[i], lines[i+1]
	return l.blank && after.blank && startsUpper(l.text) && noteLine(l.text) && !endsSentence(l.text) &&
		!endsSentence(before.text) && !strings.HasSuffix(before.text, ",") && !isCaps(before.text) &&
		len([]rune(before.text)) > 60 && startsLower(after.text)
}

func noteOf(lines []line) Endorsement {
	var n Endorsement
	var text []string
	for _, l := range lines {
		switch {
		case bareDate.MatchString(l.text):
			if d, ok := dateAt(l.text); ok && n.Date.IsZero() {
				n.Date = d
			}
		case !signMark.MatchString(l.text):
			text = append(text, l.text)
		}
	}
	n.Text = strings.Join(text, " ")
	return n
}

// endorse chooses the endorsement among the notes and says what else was found.
func endorse(notes []Endorsement) (e *Endorsement, warnings []string) {
	for _, n := range notes {
		if n.Text == "" {
			warnings = append(warnings, "Có chữ ký hoặc ngày viết tay chen vào nội dung, đã bỏ ra ngoài.")
			continue
		}
		if e != nil {
			warnings = append(warnings, "Có thêm ý kiến viết tay: «"+n.Text+"»"+noteDay(n.Date)+".")
			continue
		}
		c := n
		e = &c
		if n.Date.IsZero() {
			warnings = append(warnings, "Ý kiến viết tay «"+n.Text+"» không rõ ngày.")
		}
	}
	return e, warnings
}

func noteDay(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return ", ngày " + d.VN()
}
