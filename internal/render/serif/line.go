package serif

import (
	"math"
	"strings"

	"ketnap/document"
)

// A Run is a text in one face.
type Run struct {
	Text  string
	Face  int
	Width float64
}

// A Word is what no line breaks: runs that stand without a space between them.
type Word struct {
	Runs  []Run
	Width float64
	End   bool // the line ends after it
}

// A Line is words that stand on one line; its width counts the spaces.
type Line struct {
	Words []Word
	Width float64
	End   bool // the last of a paragraph, which is not stretched
}

// Space is the width of a space in the size of the letters, in each face.
const Space = 0.25

// A Setter breaks texts of one size into lines.
type Setter struct {
	Family Family
	Size   float64
}

// Width is the width of a text in one face.
func (s Setter) Width(text string, face int) float64 {
	w := 0
	for _, r := range text {
		w += s.Family.wide(r, face)
	}
	return float64(w) * s.Size / 1000
}

// Words splits spans at the spaces where a line may end: not at those that hold, nor
// inside a word, whatever signs it has.
func (s Setter) Words(spans []document.Span) []Word {
	words, open := []Word{}, false // open: the next run continues the last word
	for _, span := range spans {
		face := Regular
		if span.Bold {
			face = Bold
		}
		if span.Italic {
			face |= Italic
		}
		for i, part := range strings.Split(document.Clean(span.Text), "\n") {
			if i > 0 {
				if len(words) == 0 || words[len(words)-1].End {
					words = append(words, Word{})
				}
				words[len(words)-1].End, open = true, false
			}
			for j, text := range strings.Split(part, " ") {
				if j > 0 {
					open = false
				}
				if text == "" {
					continue
				}
				text = strings.ReplaceAll(text, "\u00a0", " ")
				if !open {
					words = append(words, Word{})
				}
				w, width := &words[len(words)-1], s.Width(text, face)
				w.Runs, w.Width, open = append(w.Runs, Run{text, face, width}), w.Width+width, true
			}
		}
	}
	return words
}

// Lines breaks words into lines of a width, the first shorter by an indent. It always
// returns a line.
func (s Setter) Lines(words []Word, width, indent float64) []Line {
	var out []Line
	var l Line
	room := width - indent
	flush := func(end bool) {
		l.End = end
		out, l, room = append(out, l), Line{}, width
	}
	put := func(w Word) {
		if len(l.Words) > 0 {
			l.Width += Space * s.Size
		}
		l.Words, l.Width = append(l.Words, w), l.Width+w.Width
	}
	for _, w := range words {
		if len(l.Words) > 0 && l.Width+Space*s.Size+w.Width > room {
			flush(false)
		}
		for w.Width > room {
			var head Word
			head, w = s.cut(w, room)
			put(head)
			flush(false)
		}
		put(w)
		if w.End {
			flush(true)
		}
	}
	if len(l.Words) > 0 || len(out) == 0 {
		flush(true)
	}
	out[len(out)-1].End = true
	return out
}

// cut divides a word that is wider than a line; at least one character goes ahead.
func (s Setter) cut(w Word, room float64) (head, rest Word) {
	rest.End = w.End
	for i, r := range w.Runs {
		if head.Width+r.Width <= room {
			head.Runs, head.Width = append(head.Runs, r), head.Width+r.Width
			continue
		}
		width, at := 0.0, 0
		for j, c := range r.Text {
			cw := float64(s.Family.wide(c, r.Face)) * s.Size / 1000
			if head.Width+width+cw > room && (j > 0 || len(head.Runs) > 0) {
				break
			}
			width, at = width+cw, j+len(string(c))
		}
		if at > 0 {
			head.Runs, head.Width = append(head.Runs, Run{r.Text[:at], r.Face, width}), head.Width+width
		}
		if at < len(r.Text) {
			rest.Runs = append(rest.Runs, Run{r.Text[at:], r.Face, r.Width - width})
		}
		rest.Runs = append(rest.Runs, w.Runs[i+1:]...)
		break
	}
	for _, r := range rest.Runs {
		rest.Width += r.Width
	}
	return head, rest
}

// Balanced breaks words into as few lines as fit, of nearly equal width, for what stands
// in the middle.
func (s Setter) Balanced(words []Word, width float64) []Line {
	out := s.Lines(words, width, 0)
	if len(out) < 2 || len(out) > 6 {
		return out
	}
	low, high := width/2, width
	for range 8 {
		mid := (low + high) / 2
		if try := s.Lines(words, mid, 0); len(try) > len(out) || widest(try) > mid {
			low = mid
		} else {
			high = mid
		}
	}
	return s.Lines(words, high, 0)
}

func widest(lines []Line) (w float64) {
	for _, l := range lines {
		w = math.Max(w, l.Width)
	}
	return w
}

// Broken is a text of one face with newlines where Balanced ends its lines.
func (s Setter) Broken(text string, isBold bool, width float64) string {
	var out []string
	for _, l := range s.Balanced(s.Words([]document.Span{{Text: text, Bold: isBold}}), width) {
		words := make([]string, len(l.Words))
		for i, w := range l.Words {
			for _, r := range w.Runs {
				words[i] += r.Text
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "\n")
}
