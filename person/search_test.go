package person

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFoldForgetsToneCaseAndSpelling(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Nguyễn Thị Hòa": "nguyen thi hoa", "NGUYỄN THỊ HOÀ": "nguyen thi hoa", "Đặng  Thúy\tHậu ": "dang thuy hau",
		"đảng ủy": "dang uy", "đảng uỷ": "dang uy", "Ưng Ông Ơn Ăn Ân Êm": "ung ong on an an em",
		"H'Mông": "h'mong", norm.NFD.String("Thủy Thuỷ"): "thuy thuy", "": "", "12A/CB": "12a/cb",
		"ằẳẵắặ ầẩẫấậ ềểễếệ ồổỗốộ ờởỡớợ ừửữứự ỳỷỹýỵ ìỉĩíị": "aaaaa aaaaa eeeee ooooo ooooo uuuuu yyyyy iiiii",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestWordsAreWhatANameIsFoundBy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Nguyễn Thị Hòa": {"nguyen", "thi", "hoa"}, "Lê Lê": {"le"}, "H'Mông H’Mông": {"hmong"},
		"Y-Bhăm Niê": {"y", "bham", "nie"}, "Nguyễn V. An": {"nguyen", "v", "an"}, " - ": nil, "": nil,
	} {
		if got := Words(text); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFoldProperties(t *testing.T) {
	t.Parallel()
	texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-zÀ-ỹ'’ .-]{0,40}`))
	rapid.Check(t, func(t *rapid.T) { checkFold(t, texts.Draw(t, "text")) })
}

func checkFold(t failer, s string) {
	f := Fold(s)
	if Fold(f) != f {
		t.Fatalf("%q folds to %q and then to %q", s, f, Fold(f))
	}
	if Fold(norm.NFC.String(s)) != f || Fold(norm.NFD.String(s)) != f {
		t.Fatalf("%q folds otherwise in NFC or NFD", s)
	}
	words := Words(s)
	if again := Words(strings.Join(words, " ")); !slices.Equal(again, words) {
		t.Fatalf("the words of %q are %q and then %q", s, words, again)
	}
	for i, w := range words {
		if w == "" || slices.Contains(words[:i], w) {
			t.Fatalf("the words of %q are %q", s, words)
		}
	}
}

func TestAPrefixFindsExactlyTheWordsThatBeginWithIt(t *testing.T) {
	t.Parallel()
	texts := rapid.StringMatching(`[a-zđă漢é]{0,5}`)
	rapid.Check(t, func(t *rapid.T) {
		prefix, word := Fold(texts.Draw(t, "prefix")), Fold(texts.Draw(t, "word"))
		if rapid.Bool().Draw(t, "begins") {
			word = prefix + word
		}
		lo, hi := SearchKey(prefix)
		found := bytes.Compare([]byte(word), lo) >= 0 && bytes.Compare([]byte(word), hi) < 0
		if found != strings.HasPrefix(word, prefix) {
			t.Fatalf("%q by %q: found %t", word, prefix, found)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Nguyễn Thị Hoà", "H’MÔNG", "İ", "ẞ", "a\u0323\u0302", "\xf4ű"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFold(t, s) })
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("Nguyễn Thị Hồng Phượng")
	}
}
