package docx

import (
	"strings"

	"ketnap/document"
	"ketnap/internal/render/serif"
)

// A writer writes the part that holds the paper.
type writer struct {
	xmlText
	d     document.Document
	m     document.Measures
	fonts serif.Family
}

// broken ends the lines of a text in the middle of a width so that they are about as
// wide as each other, which Word does not do.
func (w *writer) broken(text string, isBold bool, size float64, width int) string {
	return serif.Setter{Family: w.fonts, Size: size}.Broken(text, isBold, float64(width)/20)
}

// columns are the widths of head and foot, in twips.
func (w *writer) columns() []int {
	l := twips(w.m.HeadLeft)
	return []int{l, twips(w.m.Width()) - l}
}

// party is the name of the Party over a rule of the same width, in a column.
func (w *writer) party(width int) {
	name := serif.Setter{Family: w.fonts, Size: w.m.Party}.Width(document.PartyName, serif.Bold)
	side := (width-points(name))/2 - 20 // a point more, else the name breaks
	w.line(look{style: "Frame", rule: true, keep: true, left: side, right: side, align: "center", bold: true, size: w.m.Party}, strings.ReplaceAll(document.PartyName, " ", "\u00a0"))
}

// head is superior, issuer and number at the left, the Party, place and date at the
// right; on a paper that nobody issues the Party alone, in the middle.
func (w *writer) head() {
	place := look{style: "Frame", align: "center", italic: true, size: w.m.Place}
	if w.d.Unheaded() {
		w.party(twips(w.m.Width()))
		place.align, place.before = "right", 160
		w.line(place, w.d.PlaceLine())
		return
	}
	widths := w.columns()
	issuer := func() {
		l := look{style: "Frame", align: "center", size: w.m.Issuer}
		room := widths[0] - points(6)
		if w.d.Superior != "" {
			w.line(l, w.broken(w.d.Superior, false, l.size, room))
		}
		if w.d.Issuer != "" {
			l.bold = true
			w.line(l, w.broken(w.d.Issuer, true, l.size, room))
			w.line(l, "*")
		}
	}
	number := func() {
		if text := w.d.NumberLine(); text != "" {
			w.line(look{style: "Frame", align: "center", size: w.m.Number}, text)
		}
		if text := w.d.SubjectLine(); text != "" {
			w.line(look{style: "Frame", align: "center", italic: true, size: w.m.Subject, left: 113, right: 113}, w.broken(text, false, w.m.Subject, widths[0]-300))
		}
	}
	day := func() { w.line(place, heldDay(w.d.PlaceLine())) }
	w.grid(widths, []cell{issuer, func() { w.party(widths[1]) }}, []cell{number, day})
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
func (w *writer) name() {
	l := look{style: "Frame", keep: true, before: points(20), align: "center", bold: true}
	side := twips(10)
	for _, part := range []struct {
		text string
		size float64
	}{{w.d.Kind, w.m.Kind}, {w.d.Title, w.m.Summary}} {
		if part.text != "" {
			l.size, l.left, l.right = part.size, side, side
			w.line(l, w.broken(part.text, true, part.size, twips(w.m.Width())-2*side))
			l.before = 0
		}
	}
	switch {
	case w.d.Kind == "" && w.d.Title == "":
		w.line(look{style: "Frame", keep: true, size: 6}, "")
	case w.m.Rule:
		side := (twips(w.m.Width()) - twips(30)) / 2
		w.line(look{style: "Frame", keep: true, rule: true, left: side, right: side, lineAt: 80}, "")
		w.line(look{style: "Frame", keep: true, lineAt: points(2 * w.m.After)}, "")
	default:
		w.line(look{style: "Frame", keep: true, align: "center", size: w.m.Summary}, "-----")
		w.line(look{style: "Frame", keep: true, lineAt: points(w.m.After)}, "")
	}
}

// to is whom the paper addresses: one in the middle, several as a list beside the label.
func (w *writer) to() {
	lines := w.d.ToLines()
	l := look{style: "Frame", keep: true, lineAt: points(w.m.Leading), before: points(8)}
	switch len(lines) {
	case 0:
		return
	case 1:
		l.align = "center"
		w.line(l, w.d.ToLabel()+" "+lines[0])
	default:
		const label = 23 // mm, of "Kính trình:" and a space
		l.left, l.first = twips(25+label), -twips(label)
		for i, text := range lines {
			w.open(l)
			if i == 0 {
				w.run(l, w.d.ToLabel())
			}
			w.tab()
			w.run(l, document.Bind(text))
			w.close()
			l.before = 0
		}
	}
	w.line(look{style: "Frame", keep: true, lineAt: points(8)}, "")
}

// foot is Nơi nhận at the left and who signs at the right; two who sign stand beside
// each other, over Nơi nhận. It stays on one page, with the last lines of the body.
func (w *writer) foot() {
	widths, signs := w.columns(), w.d.Signatures
	notify := w.notify
	if len(signs) == 0 && len(w.d.NotifyLines()) == 0 {
		return
	}
	w.line(look{style: "Frame", keep: true, lineAt: points(8)}, "")
	for len(signs) > 1 {
		first, second := signs[0], signs[1]
		w.grid(widths, []cell{func() { w.signature(first) }, func() { w.signature(second) }})
		w.line(look{style: "Frame", lineAt: points(8)}, "") // tables that touch become one
		signs = signs[2:]
	}
	if len(signs) == 1 {
		if len(w.d.Signatures) > 1 {
			notify = nil
		}
		w.grid(widths, []cell{notify, func() { w.signature(signs[0]) }})
	}
	if len(w.d.Signatures) != 1 {
		w.notify()
	}
	w.line(look{style: "Frame", lineAt: 20}, "") // a body ends with a paragraph
}

// signature is one who signs: authority, title, free room, name.
func (w *writer) signature(s document.Signature) {
	l := look{style: "Frame", keep: true, align: "center", bold: true, size: w.m.Sign}
	if s.Authority != "" {
		w.line(l, s.Authority)
	}
	l.bold = w.m.TitleBold
	w.line(l, s.Title)
	w.line(look{style: "Frame", keep: true, lineAt: points(70)}, "")
	l.bold, l.keep = true, false
	w.line(l, s.Name)
}

// notify is the label Nơi nhận and its lines.
func (w *writer) notify() {
	lines := w.d.NotifyLines()
	if len(lines) == 0 {
		return
	}
	w.line(look{style: "Frame", keep: true, under: true, size: w.m.Notify}, document.NotifyLabel)
	for i, text := range lines {
		w.line(look{style: "Frame", keep: i < len(lines)-1, size: w.m.Recipient}, document.Bind(text))
	}
}
