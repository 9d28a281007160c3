package web

import (
	"slices"
	"strconv"
	"strings"
)

// A span is where the words of a proposal stand in the text of a clause, in bytes.
type span struct{ from, to, seq int }

// A segment is a piece of a clause: plain, or marked because proposals were read from it.
type segment struct {
	Text    string
	Href    string   // of the first proposal; "" for plain text
	Anchors []string // ids of the proposals whose words begin here
}

func wordsID(seq int) string    { return "chu-" + strconv.Itoa(seq) }
func proposalID(seq int) string { return "de-xuat-" + strconv.Itoa(seq) }

// marked cuts the text of a clause into paragraphs of segments. Spans may overlap; one
// that does not fit the text, because it was corrected, is left out.
func marked(text string, spans []span) [][]segment {
	cuts := []int{0, len(text)}
	spans = slices.DeleteFunc(spans, func(s span) bool {
		return s.from < 0 || s.to > len(text) || s.from >= s.to || !boundary(text, s.from) || !boundary(text, s.to)
	})
	for _, s := range spans {
		cuts = append(cuts, s.from, s.to)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	out := [][]segment{{}}
	for i := 0; i+1 < len(cuts); i++ {
		piece := segmentOf(spans, cuts[i])
		for n, part := range strings.Split(text[cuts[i]:cuts[i+1]], "\n\n") {
			if n > 0 {
				out, piece.Anchors = append(out, nil), nil
			}
			if piece.Text = part; part != "" || len(piece.Anchors) > 0 {
				out[len(out)-1] = append(out[len(out)-1], piece)
			}
		}
	}
	return out
}

func segmentOf(spans []span, at int) segment {
	var s segment
	for _, sp := range spans {
		if sp.from > at || sp.to <= at {
			continue
		}
		if s.Href == "" {
			s.Href = "#" + proposalID(sp.seq)
		}
		if sp.from == at {
			s.Anchors = append(s.Anchors, wordsID(sp.seq))
		}
	}
	return s
}

func boundary(text string, at int) bool {
	return at == len(text) || text[at]&0xC0 != 0x80
}
