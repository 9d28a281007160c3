package knd

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
)

// dots stand in running text for what is not recorded.
const dots = "………………"

func or(text, otherwise string) string {
	if strings.TrimSpace(text) == "" {
		return otherwise
	}
	return text
}

func orDots(text string) string { return or(text, dots) }

// onDay is a day in running text: "ngày 05/02/2026" (PAPER-15).
func onDay(d date.Date) string {
	if d.IsZero() {
		return "ngày …/…/……"
	}
	return "ngày " + d.VN()
}

var digits = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// spelled is a number below a thousand in words; a larger one stays in figures.
func spelled(n int) string {
	switch {
	case n < 0 || n > 999:
		return fmt.Sprint(n)
	case n >= 100:
		text := digits[n/100] + " trăm"
		switch rest := n % 100; {
		case rest == 0:
			return text
		case rest < 10:
			return text + " linh " + digits[rest]
		default:
			return text + " " + spelled(rest)
		}
	case n < 10:
		return digits[n]
	}
	tens, one := "mười", n%10
	if n >= 20 {
		tens = digits[n/10] + " mươi"
	}
	switch {
	case one == 0:
		return tens
	case one == 1 && n > 20:
		return tens + " mốt"
	case one == 5:
		return tens + " lăm"
	}
	return tens + " " + digits[one]
}

// mostVoters bounds what is reckoned with; no body is larger.
const mostVoters = 1_000_000

// sound reports whether the totals of a ballot can be.
func sound(v admission.Votes) bool {
	return v.Members > 0 && v.Members <= mostVoters && v.Present >= 0 && v.Present <= v.Members &&
		v.For >= 0 && v.Against >= 0 && v.For <= v.Present && v.Against <= v.Present-v.For
}

// percent is For of Members to a tenth, rounded half up. Whether it was enough is never
// judged by it (VOT-05).
func percent(v admission.Votes) string {
	tenths := (v.For*2000 + v.Members) / (2 * v.Members)
	if tenths%10 == 0 {
		return fmt.Sprintf("%d%%", tenths/10)
	}
	return fmt.Sprintf("%d,%d%%", tenths/10, tenths%10)
}

// ballot is the threshold of an act for a body of so many.
func ballot(code admission.Code, members int) (admission.Ballot, bool) {
	return admission.BallotFor(code, admission.Counts{Branch: members, Base: members, Standing: members})
}

// shares in words, by the share of the threshold.
func shareWords(b admission.Ballot) string {
	if b.Share == "2/3" {
		return "ít nhất hai phần ba"
	}
	return "quá nửa"
}

// voteSentence is a ballot in one sentence, with the fraction in words.
func voteSentence(v admission.Votes, who string) string {
	text := fmt.Sprintf("tán thành %d/%d %s (%s trên %s), đạt %s", v.For, v.Members, who, spelled(v.For), spelled(v.Members), percent(v))
	text += fmt.Sprintf("; không tán thành %d", v.Against)
	if other := v.Present - v.For - v.Against; other > 0 {
		text += fmt.Sprintf("; ý kiến khác %d", other)
	}
	return text
}

// tidy puts every text of a document into NFC, without the control and format characters
// that a hand or a word processor may have left in the record.
func tidy(d document.Document) document.Document {
	for _, s := range []*string{&d.Form, &d.Superior, &d.Issuer, &d.Symbol, &d.Place, &d.Kind, &d.Title, &d.Subject, &d.Filed, &d.Mark} {
		*s = clean(*s)
	}
	cleanAll(d.To)
	for i := range d.Body {
		tidyBlock(&d.Body[i])
	}
	for i := range d.Signatures {
		s := &d.Signatures[i]
		s.Authority, s.Title, s.Name = clean(s.Authority), clean(s.Title), clean(s.Name)
	}
	for i := range d.Recipients {
		r := &d.Recipients[i]
		r.Name, r.Purpose = clean(r.Name), clean(r.Purpose)
	}
	return d
}

func tidyBlock(b *document.Block) {
	b.Label = clean(b.Label)
	for i := range b.Text {
		b.Text[i].Text = cleanSpan(b.Text[i].Text)
	}
	if b.Table == nil {
		return
	}
	for i := range b.Table.Columns {
		b.Table.Columns[i].Title = clean(b.Table.Columns[i].Title)
	}
	for _, row := range b.Table.Rows {
		cleanAll(row)
	}
	cleanAll(b.Table.Total)
}

func cleanAll(texts []string) {
	for i := range texts {
		texts[i] = clean(texts[i])
	}
}

// clean is a text with single spaces and none around it.
func clean(s string) string { return strings.Join(strings.Fields(cleanSpan(s)), " ") }

// cleanSpan leaves the spaces at the ends, which join a span to its neighbours.
func cleanSpan(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return norm.NFC.String(document.Clean(s)) // again: what Clean drops may have kept two apart
}

// capital makes the first letter a capital.
func capital(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// count is a number of people, "05 đồng chí" as offices write it.
func count(n int) string { return fmt.Sprintf("%02d đồng chí", n) }

// sentence ends a recorded text with a full stop where it has no end of its own.
func sentence(s string) string {
	s = clean(s)
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}
