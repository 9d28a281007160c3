package serif

import (
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"pgregory.net/rapid"

	"ketnap/document"
)

func widths(t testing.TB) Family {
	t.Helper()
	f, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEveryVietnameseLetterHasAnOutlineAndAWidthInEachFace(t *testing.T) {
	t.Parallel()
	f := widths(t)
	for face := range f {
		style, ttf := letters(face)
		none := len(fpdf.UTF8CutFont(ttf, ""))
		for _, r := range "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỶỸỴ…–—“”‘’0123456789" {
			if f.wide(r, face) == 0 || len(fpdf.UTF8CutFont(ttf, string(r))) <= none {
				t.Errorf("face %q has no %q", style, r)
			}
		}
	}
}

func TestTheFacesAreAsWideAsThoseOfTimesNewRoman(t *testing.T) {
	t.Parallel()
	f := widths(t)
	for face, want := range [Faces]struct{ a, ế, Ỷ, đ, dot int }{
		Regular: {444, 444, 722, 500, 250}, Bold: {500, 444, 722, 556, 250}, Italic: {500, 444, 556, 500, 250}, BoldItalic: {500, 444, 611, 500, 250},
	} {
		got := want
		got.a, got.ế, got.Ỷ, got.đ, got.dot = f.wide('a', face), f.wide('ế', face), f.wide('Ỷ', face), f.wide('đ', face), f.wide('.', face)
		if got != want || f.wide(' ', face) != Space*1000 {
			t.Errorf("face %d: %v, want %v", face, got, want)
		}
	}
}

func TestWhatCannotBeDrawnIsAQuestionMark(t *testing.T) {
	t.Parallel()
	f := widths(t)
	for r, want := range map[rune]rune{'😀': '?', '\U00010000': '?', '漢': '?', '\uffff': '?', '\u2011': '-', 'ệ': 'ệ', '&': '&', ' ': ' ', '…': '…'} {
		if got := f.Drawn(r); got != want {
			t.Errorf("%q is drawn as %q, want %q", r, got, want)
		}
	}
	var lacked strings.Builder
	for r := ' '; r < '\uffff'; r++ { // the last one ends the font's own table
		if f[Regular][r] == lacking {
			lacked.WriteRune(r)
		}
	}
	for face := range f {
		if style, ttf := letters(face); len(fpdf.UTF8CutFont(ttf, lacked.String())) != len(fpdf.UTF8CutFont(ttf, "")) {
			t.Errorf("face %q has some of the characters that it is said to lack", style)
		}
	}
}

func TestLinesFitAndLoseNothing(t *testing.T) {
	t.Parallel()
	family := widths(t)
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
	s := Setter{widths(t), 14}
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
