package person

import (
	"bytes"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func key(t interface{ Fatal(...any) }, full string) []byte {
	n, err := Parse(full)
	if err != nil {
		t.Fatal(full, err)
	}
	given, rest := SortKeys(n)
	return append(given, rest...)
}

func TestNamesAreListedInVietnameseOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		order []string
	}{
		{"the given name first", []string{"Trần Thị An", "Lê Văn Bình"}},
		{"then the family name, then the middle", []string{"Lê Văn An", "Trần Bá An", "Trần Thị An"}},
		{"tones: ngang, huyền, hỏi, ngã, sắc, nặng", []string{"Lê Hoa", "Lê Hòa", "Lê Hỏa", "Lê Hõa", "Lê Hóa", "Lê Họa"}},
		{"tones, the mark on the second vowel", []string{"Lê Hoa", "Lê Hoà", "Lê Hoả", "Lê Hoã", "Lê Hoá", "Lê Hoạ"}},
		{"tones, both habits mixed", []string{"Lê Hoa", "Lê Hoà", "Lê Hỏa", "Lê Hoã", "Lê Hóa", "Lê Hoạ"}},
		{"letters: a ă â", []string{"Lê Can", "Lê Cạn", "Lê Căn", "Lê Cặn", "Lê Cân", "Lê Cận"}},
		{"letters: d đ e ê", []string{"Lê Dung", "Lê Dũng", "Lê Duy", "Lê Đan", "Lê Đạt", "Lê Em", "Lê Én", "Lê Êm"}},
		{"letters: o ô ơ u ư", []string{"Lê Hon", "Lê Hôn", "Lê Hơn", "Lê Hu", "Lê Hùng", "Lê Hưng", "Lê Hy"}},
		{"a letter weighs more than a tone", []string{"Lê Mạ", "Lê Mai", "Lê Mài", "Lê Man"}},
		{"the tone of the given name before the family name", []string{"Trần Hoa", "Bùi Hõa"}},
		{"the tone of the family name before the middle name", []string{"Hồ Văn An", "Hổ Bá An"}},
		{"no middle name before any", []string{"Lê An", "Lê Á An", "Lê Bá An"}},
		{"a short name before a longer one", []string{"Lê An", "Lê Anh", "Lê Ánh", "Lê Ân"}},
		{"foreign letters after their neighbours", []string{"Lê Ea", "Lê Fa", "Lê Ga", "Lê Ia", "Lê Ja", "Lê Ka", "Lê Va", "Lê Wa", "Lê Xa", "Lê Ya", "Lê Za"}},
		{"one-word names stand before families", []string{"An", "Lê An"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for i := range c.order[1:] {
				if a, b := c.order[i], c.order[i+1]; bytes.Compare(key(t, a), key(t, b)) >= 0 {
					t.Errorf("%s must stand before %s", a, b)
				}
			}
		})
	}
}

func TestEveryVowelIsOrderedByItsTones(t *testing.T) {
	t.Parallel()
	vowels := strings.Fields("a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ i ì ỉ ĩ í ị " +
		"o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ u ù ủ ũ ú ụ ư ừ ử ữ ứ ự y ỳ ỷ ỹ ý ỵ")
	for _, coda := range []string{"", "n", "ng"} {
		for i := range vowels[1:] {
			a, _ := SortKeys(Name{Given: "l" + vowels[i] + coda})
			b, _ := SortKeys(Name{Given: "l" + vowels[i+1] + coda})
			if bytes.Compare(a, b) >= 0 {
				t.Errorf("l%s%s must stand before l%s%s", vowels[i], coda, vowels[i+1], coda)
			}
		}
	}
}

func TestSpellingsOfOneNameHaveOneKey(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"Lê Hòa", "Lê Hoà"}, {"Lê Thúy", "Lê Thuý"}, {"Nguyễn Thị Thủy", "Nguyễn Thị Thuỷ"}, {"Lê Hòe", "Lê Hoè"},
		{"Lê AN", "Lê An"}, {"Lê H'Mông", "Lê HMông"}, {"Lê A-.", "Lê A"}, {"Lê Y-Bhăm Ba", "Lê Y Bhăm Ba"},
	} {
		if a, b := key(t, c[0]), key(t, c[1]); !bytes.Equal(a, b) {
			t.Errorf("%s and %s have two keys", c[0], c[1])
		}
	}
}

func TestAKeyOfACompoundFamilyNameComesBeforeItsMiddleName(t *testing.T) {
	t.Parallel()
	_, short := SortKeys(Name{"Nguyễn", "Phúc Văn", "An"})
	_, compound := SortKeys(Name{"Nguyễn Phúc", "Ánh", "An"})
	if bytes.Compare(short, compound) >= 0 {
		t.Error("Nguyễn with any middle name must stand before Nguyễn Phúc")
	}
}

// The alphabet and the tones as IDN-32 gives them, without the library.
const (
	alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
	tones    = "\u0300\u0309\u0303\u0301\u0323"
)

// byAlphabet compares two small syllables by letters, then by their tones.
func byAlphabet(a, b string) int {
	la, ta := spelled(a)
	lb, tb := spelled(b)
	if c := slices.Compare(la, lb); c != 0 {
		return c
	}
	return ta - tb
}

func spelled(w string) (letters []int, tone int) {
	var plain []rune
	for _, r := range norm.NFD.String(w) {
		if i := strings.IndexRune(tones, r); i >= 0 {
			tone = i + 1
			continue
		}
		plain = append(plain, r)
	}
	for _, r := range norm.NFC.String(string(plain)) {
		letters = append(letters, strings.IndexRune(alphabet, r))
	}
	return letters, tone
}

func syllables() *rapid.Generator[string] {
	onset := rapid.SampledFrom([]string{"", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "nh", "p", "ph", "r", "s", "t", "th", "tr", "v", "x", "w", "z", "j", "f"})
	vowel := rapid.SampledFrom([]rune("aăâeêioôơuưy"))
	coda := rapid.SampledFrom([]string{"", "c", "ch", "m", "n", "ng", "nh", "p", "t", "i", "o", "u", "y"})
	tone := rapid.SampledFrom(append([]string{""}, strings.Split(tones, "")...))
	return rapid.Custom(func(t *rapid.T) string {
		return norm.NFC.String(onset.Draw(t, "onset") + string(vowel.Draw(t, "vowel")) + tone.Draw(t, "tone") + coda.Draw(t, "coda"))
	})
}

func TestKeysOrderSyllablesAsTheAlphabetAndTheCollatorDo(t *testing.T) {
	t.Parallel()
	collator, words := collate.New(language.Vietnamese), syllables()
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		if rapid.Bool().Draw(t, "alike") { // the same letters, another tone
			b = norm.NFC.String(strings.Map(func(r rune) rune {
				if isTone(r) {
					return '\u0301'
				}
				return r
			}, norm.NFD.String(a)))
		}
		ka, _ := SortKeys(Name{Given: a})
		kb, _ := SortKeys(Name{Given: b})
		got := bytes.Compare(ka, kb)
		if want := byAlphabet(a, b); got != sign(want) {
			t.Fatalf("%s and %s: %d, by the alphabet %d", a, b, got, want)
		}
		if want := collator.CompareString(a, b); got != want {
			t.Fatalf("%s and %s: %d, by the collator %d", a, b, got, want)
		}
	})
}

func TestKeysOrderNamesWordByWord(t *testing.T) {
	t.Parallel()
	words := syllables()
	part := rapid.Custom(func(t *rapid.T) []string { return rapid.SliceOfN(words, 0, 3).Draw(t, "words") })
	rapid.Check(t, func(t *rapid.T) {
		fa, ma := part.Draw(t, "family a"), part.Draw(t, "middle a")
		fb, mb := part.Draw(t, "family b"), part.Draw(t, "middle b")
		if rapid.Bool().Draw(t, "one family") {
			fb = fa
		}
		_, ka := SortKeys(Name{strings.Join(fa, " "), strings.Join(ma, " "), "x"})
		_, kb := SortKeys(Name{strings.Join(fb, " "), strings.Join(mb, " "), "x"})
		want := slices.CompareFunc(fa, fb, byAlphabet)
		if want == 0 {
			want = slices.CompareFunc(ma, mb, byAlphabet)
		}
		if got := bytes.Compare(ka, kb); got != sign(want) {
			t.Fatalf("%v %v and %v %v: %d, want %d", fa, ma, fb, mb, got, want)
		}
	})
}

func sign(n int) int { return max(-1, min(1, n)) }

func TestKeysAreMadeConcurrently(t *testing.T) {
	t.Parallel()
	names := []string{"Nguyễn Văn An", "Lê Thị Hòa", "Đặng Thúy Hậu", "Y-Bhăm Niê"}
	var group sync.WaitGroup
	for _, full := range names {
		want := key(t, full)
		n, err := Parse(full)
		if err != nil {
			t.Fatal(err)
		}
		for range 8 {
			group.Go(func() {
				for range 200 {
					if given, rest := SortKeys(n); !bytes.Equal(append(given, rest...), want) {
						t.Errorf("%s got another key", full)
						return
					}
				}
			})
		}
	}
	group.Wait()
}

func TestTheKeyVersionNamesTheLibraryInUse(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Fields(KeyVersion) // layout, module, version, CLDR, version
	if !strings.Contains(string(mod), "\t"+name[1]+" "+name[2]+"\n") {
		t.Errorf("go.mod has another version than %q: raise it, so that stored keys are made again", KeyVersion)
	}
	// A changed key under an unchanged version would leave stored lists out of order.
	const want = "15ef174f000000200035002000000202020000"
	if got, _ := SortKeys(Name{Given: "Àn"}); hex.EncodeToString(got) != want {
		t.Errorf("the key of Àn is now %x: raise the first number of KeyVersion", got)
	}
}

func TestKeysFitTheirColumn(t *testing.T) {
	t.Parallel()
	given, rest := SortKeys(Name{"Nguyễn", "Thị Hồng Ngọc", "Phượng"})
	if len(given) > 48 || len(rest) > 128 {
		t.Errorf("%d and %d bytes", len(given), len(rest))
	}
}

func BenchmarkSortKeys(b *testing.B) {
	n := Name{"Nguyễn", "Thị Hồng", "Phượng"}
	b.ReportAllocs()
	for b.Loop() {
		SortKeys(n)
	}
}
