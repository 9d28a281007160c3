package serif

import (
	"encoding/binary"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/document"
)

func letters(t testing.TB) Family {
	t.Helper()
	f, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEveryVietnameseLetterHasItsGlyph(t *testing.T) {
	t.Parallel()
	for _, f := range letters(t) {
		for _, r := range "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỶỸỴ…–—“”‘’0123456789" {
			g := f.Glyph(r)
			if !f.Draws(r, g) || f.Widths[g] == 0 {
				t.Errorf("%s draws %q by glyph %d", f.Name, r, g)
			}
		}
		if g := f.Glyph('漢'); g != f.Glyph('?') || f.Draws('漢', g) {
			t.Errorf("%s: an unknown character is drawn by glyph %d", f.Name, g)
		}
	}
}

func TestASubsetKeepsTheNumbersOfItsGlyphsAndItsSum(t *testing.T) {
	t.Parallel()
	for _, f := range letters(t) {
		b := f.Subset(map[uint16]rune{f.Glyph('ệ'): 'ệ', f.Glyph(' '): ' '})
		if len(b) > 40_000 || sum(b) != 0xB1B0AFBA {
			t.Errorf("%s: %d bytes, sum %x", f.Name, len(b), sum(b))
		}
		again := outlines(b)
		if again[f.Glyph('ệ')] == 0 || again[f.Glyph('x')] != 0 {
			t.Errorf("%s: the outlines are not those asked for", f.Name)
		}
	}
}

// outlines returns the size of each glyph's outline.
func outlines(b []byte) map[uint16]int {
	tables := map[string][]byte{}
	for i := range u16(b, 4) {
		at := 12 + 16*i
		tables[string(b[at:at+4])] = b[u32(b, at+8):][:u32(b, at+12)]
	}
	sizes := map[uint16]int{}
	loca := tables["loca"]
	for g := range len(loca)/4 - 1 {
		sizes[uint16(g)] = int(binary.BigEndian.Uint32(loca[4*g+4:]) - binary.BigEndian.Uint32(loca[4*g:]))
	}
	return sizes
}

func TestLinesFitAndLoseNothing(t *testing.T) {
	t.Parallel()
	family := letters(t)
	rapid.Check(t, func(t *rapid.T) {
		s := Setter{family, rapid.Float64Range(8, 16).Draw(t, "size")}
		text := strings.Join(rapid.SliceOf(rapid.StringMatching(`[a-zđêọ/0-9.-]{1,12}`)).Draw(t, "words"), " ")
		width := rapid.Float64Range(40, 400).Draw(t, "width")
		spans := []document.Span{{Text: text}, {Text: text, Bold: true}}
		for _, lines := range [][]Line{s.Lines(s.Words(spans), width, 20), s.Balanced(s.Words(spans), width)} {
			var got strings.Builder
			for i, l := range lines {
				if l.Width > width+0.01 {
					t.Fatalf("line %d is %v wide of %v", i, l.Width, width)
				}
				for _, w := range l.Words {
					for _, r := range w.Runs {
						got.WriteString(r.Text)
					}
				}
			}
			if want := strings.ReplaceAll(text+text, " ", ""); got.String() != want {
				t.Fatalf("got %q, want %q", got.String(), want)
			}
			if !lines[len(lines)-1].End {
				t.Fatal("the last line would be stretched")
			}
		}
	})
}

func TestNoLineEndsAtASpaceThatHoldsOrInsideADate(t *testing.T) {
	t.Parallel()
	s := Setter{letters(t), 14}
	for _, held := range []string{"ngày\u00a015", "15/8/2024", "05-NQ/CB"} {
		for width := 120.0; width < 400; width += 3 {
			for _, l := range s.Lines(s.Words(document.Plain("Căn cứ văn bản của cấp trên "+held+" về việc đó")), width, 0) {
				line := ""
				for _, w := range l.Words {
					for _, r := range w.Runs {
						line += r.Text + "|"
					}
				}
				if first, _, _ := strings.Cut(strings.ReplaceAll(held, "\u00a0", " "), " "); strings.Contains(line, first) && !strings.Contains(line, strings.ReplaceAll(held, "\u00a0", " ")+"|") {
					t.Fatalf("%q is torn: %q", held, line)
				}
			}
		}
	}
}
