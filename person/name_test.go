package person

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestAFullNameIsSplitIntoItsParts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, full string
		want       Name
	}{
		{"family, middle, given", "Nguyễn Văn An", Name{"Nguyễn", "Văn", "An"}},
		{"several middle names", "Lê Thị Hồng Ngọc Ánh", Name{"Lê", "Thị Hồng Ngọc", "Ánh"}},
		{"no middle name", "Trần Bình", Name{"Trần", "", "Bình"}},
		{"one word is a given name", "Ksor", Name{"", "", "Ksor"}},
		{"spaces are joined", "  Nguyễn \t Văn\u00a0 An\n", Name{"Nguyễn", "Văn", "An"}},
		{"decomposed text is composed", norm.NFD.String("Nguyễn Thị Hòa"), Name{"Nguyễn", "Thị", "Hòa"}},
		{"capitals become title case", "ĐẶNG THÚY HẬU", Name{"Đặng", "Thúy", "Hậu"}},
		{"small letters become title case", "đỗ văn đạt", Name{"Đỗ", "Văn", "Đạt"}},
		{"mixed letters were meant", "Nguyễn văn DŨNG", Name{"Nguyễn", "văn", "DŨNG"}},
		{"title case after apostrophe and hyphen", "Y-BHĂM H'MÔNG", Name{"Y-Bhăm", "", "H'Mông"}},
		{"a typographic apostrophe is a plain one", "Hồ H’Lan", Name{"Hồ", "", "H'Lan"}},
		{"invisible characters are dropped", "Hồ\u200b Văn\ufeff Nam", Name{"Hồ", "Văn", "Nam"}},
		{"initials", "Nguyễn V. An", Name{"Nguyễn", "V.", "An"}},
		{"letters without a single code", "Ê-ban Bơ\u0306k", Name{"Ê-ban", "", "Bơ\u0306k"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Parse(c.full)
			if err != nil || got != c.want {
				t.Errorf("Parse(%q) = %#v, %v, want %#v", c.full, got, err, c.want)
			}
		})
	}
}

func TestWhatIsNoNameIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, full, says string
		fault            Fault
	}{
		{"nothing", "", "ít nhất 2", TooShort},
		{"one letter", "Ý", "ít nhất 2", TooShort},
		{"101 letters", strings.Repeat("a", 101), "quá 100", TooLong},
		{"a flood", strings.Repeat("Nguyễn ", 1e5), "quá 100", TooLong},
		{"a digit", "Nguyễn Văn 3", "“3”", BadChar},
		{"a comma", "Nguyễn, An", "“,”", BadChar},
		{"legacy encoding", "NguyÔn V¨n An", "“¨”", BadChar},
		{"another script", "Иван", "“И”", BadChar},
		{"markup", "<b>An</b>", "“<”", BadChar},
		{"no text at all", "An\xff", "không dùng được", BadChar},
		{"a word of punctuation", "Nguyễn - An", "“-”", NoLetters},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(c.full)
			var ne *NameError
			if !errors.As(err, &ne) || ne.Fault != c.fault || !strings.Contains(err.Error(), c.says) {
				t.Errorf("Parse = %v, want fault %s saying %q", err, c.fault, c.says)
			}
			if err != nil && !norm.NFC.IsNormalString(err.Error()) {
				t.Error("the sentence is not in NFC")
			}
		})
	}
}

func TestTheSplitMayBeGiven(t *testing.T) {
	t.Parallel()
	n, err := New(" TÔN NỮ ", "THỊ", "NINH HƯƠNG")
	if err != nil || n != (Name{"Tôn Nữ", "Thị", "Ninh Hương"}) || n.Full() != "Tôn Nữ Thị Ninh Hương" {
		t.Errorf("New = %#v, %v", n, err)
	}
	if n, err = New("Nguyễn", "", "AN"); err != nil || n.Full() != "Nguyễn AN" {
		t.Errorf("mixed letters were meant: %#v, %v", n, err)
	}
	var ne *NameError
	if _, err = New("Nguyễn", "Văn", " "); !errors.As(err, &ne) || ne.Fault != NoGiven {
		t.Errorf("without a given name: %v", err)
	}
	if _, err = New("Nguyễn", "V@n", "An"); !errors.As(err, &ne) || ne.Fault != BadChar {
		t.Errorf("with a bad character: %v", err)
	}
}

func TestParsedNamesAreStable(t *testing.T) {
	t.Parallel()
	texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-zÀ-ỹ' .-]{1,40}`))
	rapid.Check(t, func(t *rapid.T) { checkStable(t, texts.Draw(t, "text")) })
}

type failer interface{ Fatalf(string, ...any) }

// checkStable demands of any text that a name read from it reads back as itself.
func checkStable(t failer, text string) {
	n, err := Parse(text)
	if err != nil {
		var ne *NameError
		if !errors.As(err, &ne) {
			t.Fatalf("%q: %v is no NameError", text, err)
		}
		return
	}
	full := n.Full()
	if again, err := Parse(full); err != nil || again != n {
		t.Fatalf("%q was read as %#v, and then as %#v (%v)", text, n, again, err)
	}
	if split, err := New(n.Family, n.Middle, n.Given); err != nil || split != n {
		t.Fatalf("%#v from its parts is %#v (%v)", n, split, err)
	}
	if c := utf8.RuneCountInString(full); c < minRunes || c > maxRunes || !norm.NFC.IsNormalString(full) {
		t.Fatalf("%q has %d characters, or is not in NFC", full, c)
	}
	if n.Given == "" || len(Words(full)) == 0 {
		t.Fatalf("%#v has no given name or cannot be found", n)
	}
	if other, err := Parse(norm.NFD.String(text)); err == nil && other != n {
		t.Fatalf("decomposed, %q is %#v", text, other)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Nguyễn Văn An", "ĐẶNG THÚY HẬU", "H’MÔNG", "y-bhăm", "a\u0306 b", "Ý", "ß ẞ", "İı", "ǆ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkStable(t, s) })
}

func TestSexIsReadAndNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Sex{"female": Female, "male": Male, "Nữ": Female, "\tNAM\n": Male, norm.NFD.String("nữ"): Female} {
		if got, err := ParseSex(text); err != nil || got != want || !got.Valid() {
			t.Errorf("ParseSex(%q) = %q, %v", text, got, err)
		}
	}
	if got, err := ParseSex("x"); !errors.Is(err, ErrSex) || got.Valid() || got.Name() != "" {
		t.Errorf("ParseSex(x) = %q, %v", got, err)
	}
	if Female.Name() != "nữ" || Male.Name() != "nam" {
		t.Error("the names of the sexes")
	}
}
