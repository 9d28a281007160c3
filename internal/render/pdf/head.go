package pdf

import (
	"strings"

	"ketnap/document"
	"ketnap/internal/render/serif"
)

// ruleGap is the room for a rule under its text.
const ruleGap = 5.0

// column is a style for one of the head's two columns.
func (l layout) column(second bool, size float64) style {
	st := style{size: size, align: centre, x: l.x(), wide: l.m.HeadLeft*point - 6}
	if second {
		st.x, st.wide = l.x()+l.m.HeadLeft*point, l.wide()-l.m.HeadLeft*point
	}
	return st
}

// party is the name of the Party over a rule of the same width.
func (l layout) party(st style) []box {
	s := l.set(st.size)
	width := s.Width(document.PartyName, serif.Bold)
	out := l.text(plain(document.PartyName, true, false), st)
	return append(keep(out), box{height: ruleGap, draw: func(p *pen, y float64, _ edge) {
		from := st.x + (st.wide-width)/2
		p.line(from, y+0.5, from+width, y+0.5, 0.75)
	}})
}

// head is superior, issuer and number at the left, the Party, place and date at the
// right; on a paper that nobody issues the Party alone, in the middle.
func (l layout) head() []box {
	if l.d.Unheaded() {
		return l.headOfAPerson()
	}
	var issuer, number, day []box
	for _, part := range []struct {
		text string
		bold bool
	}{{l.d.Superior, false}, {l.d.Issuer, true}, {"*", true}} {
		if part.text != "" && (part.text != "*" || l.d.Issuer != "") {
			issuer = append(issuer, l.text(plain(part.text, part.bold, false), l.column(false, l.m.Issuer))...)
		}
	}
	if text := l.d.NumberLine(); text != "" {
		number = l.text(plain(text, false, false), l.column(false, l.m.Number))
	}
	if text := l.d.SubjectLine(); text != "" {
		number = append(number, l.text(plain(text, false, true), l.column(false, l.m.Subject))...)
	}
	day = l.text(plain(heldDay(l.d.PlaceLine()), false, true), l.column(true, l.m.Place))
	top := beside(keep(issuer), l.party(l.column(true, l.m.Party)))
	under := beside(keep(number), keep(day))
	under[0].gap = 2
	return keep(append(top, under...))
}

func (l layout) headOfAPerson() []box {
	out := l.party(l.across(l.m.Party, centre))
	st := l.across(l.m.Place, right)
	st.gap = 8
	return keep(append(out, l.text(plain(l.d.PlaceLine(), false, true), st)...))
}

// heldDay keeps a day on one line, so that a long place breaks before it.
func heldDay(line string) string {
	place, day, ok := strings.Cut(line, ", ngày ")
	if !ok || strings.Contains(day, document.Dots) {
		return line
	}
	return place + ", " + strings.ReplaceAll("ngày "+day, " ", "\u00a0")
}

// name is the kind of the paper and its summary, over a line of dashes or a short rule.
func (l layout) name() []box {
	var out []box
	for _, part := range []struct {
		text string
		size float64
	}{{l.d.Kind, l.m.Kind}, {l.d.Title, l.m.Summary}} {
		if part.text != "" {
			st := l.across(part.size, centre)
			st.x, st.wide = st.x+10*point, st.wide-20*point
			out = append(out, l.text(plain(part.text, true, false), st)...)
		}
	}
	if len(out) == 0 {
		return nil
	}
	out[0].gap = 20
	if l.m.Rule {
		middle := l.x() + l.wide()/2
		out = append(out, box{height: 2 * ruleGap, draw: func(p *pen, y float64, _ edge) {
			p.line(middle-15*point, y+ruleGap, middle+15*point, y+ruleGap, 0.75)
		}})
	} else {
		out = append(out, l.text(plain("-----", false, false), l.across(l.m.Summary, centre))...)
	}
	out[len(out)-1].keep = true
	return keep(out)
}

// toIndent is where a list of addressees begins.
const toIndent = 25.0

// to is whom the paper addresses: one in the middle, several as a list beside the label.
func (l layout) to() []box {
	lines := l.d.ToLines()
	if len(lines) == 0 {
		return nil
	}
	label := l.d.ToLabel()
	st := l.across(l.m.Body, centre)
	st.leading, st.gap = l.m.Leading, 14
	if len(lines) == 1 {
		return keep(l.text([]document.Span{{Text: label + " " + lines[0]}}, st))
	}
	st.align, st.x = left, l.x()+toIndent*point
	head := l.text(plain(label, false, false), st)
	st.x += l.set(l.m.Body).Width(label+"  ", serif.Regular)
	st.wide = l.x() + l.wide() - st.x
	var list []box
	for i, text := range lines {
		if i > 0 {
			st.gap = 0
		}
		list = append(list, l.text(plain(document.Bind(text), false, false), st)...)
	}
	return beside(head, list)
}
