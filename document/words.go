package document

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ketnap/date"
)

// Dots stand where a number, a day or a name is still to be written.
const Dots = "……"

// NumberLine is the line under the issuer, "Số 05-NQ/CB", with dots where no number is
// taken; "" for a paper without a number (PAPER-07).
func (d Document) NumberLine() string {
	switch {
	case d.Symbol == "":
		return ""
	case d.Number <= 0:
		return "Số " + Dots + "-" + d.Symbol
	}
	return "Số " + FormatNumber(d.Number, d.Symbol)
}

// PlaceLine is the line of place and date.
func (d Document) PlaceLine() string {
	day := LongDate(d.On)
	if strings.TrimSpace(d.Place) == "" {
		return "Ngày" + strings.TrimPrefix(day, "ngày")
	}
	return d.Place + ", " + day
}

// LongDate writes a day as the head of a paper does: "ngày 05 tháng 02 năm 2026", a zero
// before days under 10 and before the months 1 and 2 (PAPER-15); dots for no day.
func LongDate(on date.Date) string {
	if on.IsZero() {
		return "ngày " + Dots + " tháng " + Dots + " năm " + Dots
	}
	month := fmt.Sprint(on.Month())
	if on.Month() <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", on.Day(), month, on.Year())
}

// SubjectLine is the subject of a công văn with the words that its layout set puts
// before it (PAPER-13); "" where there is none.
func (d Document) SubjectLine() string {
	subject := strings.TrimSpace(d.Subject)
	if subject == "" {
		return ""
	}
	for _, written := range []string{"V/v", "về việc", "Về việc"} {
		if rest, ok := strings.CutPrefix(subject, written); ok {
			subject = strings.TrimSpace(rest)
			break
		}
	}
	return d.Layout.Measures().SubjectPrefix + " " + subject
}

// ToLabel is the word before those whom the paper addresses (PAPER-14).
func (d Document) ToLabel() string {
	if d.Kind == "TỜ TRÌNH" {
		return "Kính trình:"
	}
	return "Kính gửi:"
}

// ToLines are those whom the paper addresses: one alone as it is, several as a list.
func (d Document) ToLines() []string {
	if len(d.To) < 2 {
		return d.To
	}
	return listed(d.To, ",")
}

// NotifyLabel is the head of the recipients.
const NotifyLabel = "Nơi nhận:"

// NotifyLines are the lines of Nơi nhận: "- Ban Thường vụ Tỉnh ủy (để b/c);", the place
// of filing last (PAPER-12).
func (d Document) NotifyLines() []string {
	var names []string
	for _, r := range d.Recipients {
		name := r.Name
		if purpose := strings.Trim(strings.TrimSpace(r.Purpose), "()"); purpose != "" {
			name += " (" + purpose + ")"
		}
		names = append(names, name)
	}
	if d.Filed != "" {
		names = append(names, d.Filed)
	}
	return listed(names, ";")
}

// listed writes names as lines of a list, with a full stop after the last.
func listed(names []string, stop string) []string {
	lines := make([]string, len(names))
	for i, n := range names {
		lines[i] = "- " + strings.TrimPrefix(strings.TrimRight(strings.TrimSpace(n), ",;."), "- ") + stop
	}
	if last := len(lines) - 1; last >= 0 {
		lines[last] = strings.TrimSuffix(lines[last], stop) + "."
	}
	return lines
}

// FieldLabel is the label of a field with its colon.
func (b Block) FieldLabel() string {
	label := strings.TrimSpace(b.Label)
	if label == "" || strings.HasSuffix(label, ":") {
		return label
	}
	return label + ":"
}

// Blank reports whether a part has no text: a field then is a dotted line.
func (b Block) Blank() bool {
	for _, s := range b.Text {
		if strings.TrimSpace(s.Text) != "" {
			return false
		}
	}
	return true
}

// Unheaded reports whether nobody issues the paper: its head is the name of the Party
// alone, in the middle, as on what a person writes.
func (d Document) Unheaded() bool {
	return d.Superior == "" && d.Issuer == "" && d.Symbol == "" && d.Subject == ""
}

// FileTitle names the paper in the properties of a file. It is never the summary: that
// names people.
func (d Document) FileTitle() string {
	switch {
	case d.Kind != "":
		return Clean(strings.ReplaceAll(d.Kind, "\n", " "))
	case d.Form != "":
		return Clean("Mẫu " + d.Form)
	}
	return "Công văn"
}

// Clean makes of a text what a paper may hold: NFC, newlines and no other control
// character, nothing that turns the direction of writing or has no shape.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || r&0xFFFE == 0xFFFE || !utf8.ValidRune(r):
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
}

// noBreak is the space at which no line ends.
const noBreak = "\u00a0"

// Bind puts spaces at which no line ends where a line must not: between "Số", "ngày",
// "tháng", "năm" and their figure, after a dash that opens an item, and before a word of
// one character, which would begin a line or stand on it alone.
func Bind(s string) string {
	parts := strings.Split(s, " ")
	var b strings.Builder
	bound := false // the space before this word holds: two in a row would grow without end
	for i, w := range parts {
		if i > 0 {
			bound = !bound && bindsNext(parts[i-1], w, i == 1)
			if bound {
				b.WriteString(noBreak)
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(w)
	}
	return b.String()
}

// bindsNext reports whether a word must stay with the one before it.
func bindsNext(before, w string, first bool) bool {
	if before == "" || w == "" {
		return false
	}
	if first && (before == "-" || before == "+") {
		return true
	}
	switch strings.ToLower(before) {
	case "số", "ngày", "tháng", "năm", "điều", "khoản", "điểm":
		if c := w[0]; c >= '0' && c <= '9' || strings.HasPrefix(w, "…") {
			return true
		}
	}
	return utf8.RuneCountInString(strings.TrimRight(w, ",.;:")) == 1
}
