// Package person holds what is true of a person's name whoever the person is: its parts,
// its order in a list and the words it is found by (IDN-30 to IDN-35). It serves every
// list of members and candidates. It must not know what the person has done.
package person

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a full name, in characters.
const (
	minRunes = 2
	maxRunes = 100
)

// A Name is a full name in its parts: họ, tên đệm, tên (IDN-30). Only Given is never
// empty, for there are one-word names (IDN-31). Names are comparable with ==.
type Name struct{ Family, Middle, Given string }

// A Fault is what is wrong with a name.
type Fault string

// The faults that a name can have.
const (
	TooShort  Fault = "too_short"
	TooLong   Fault = "too_long"
	BadChar   Fault = "bad_character"
	NoLetters Fault = "no_letters" // a word of punctuation only
	NoGiven   Fault = "no_given"
)

// A NameError says why a text is not a name. Char is the offending character or word
// where the fault is BadChar or NoLetters.
type NameError struct {
	Fault Fault
	Char  string
}

// Error returns the sentence for the user, in Vietnamese.
func (e *NameError) Error() string {
	switch e.Fault {
	case TooShort:
		return fmt.Sprintf("Họ và tên phải có ít nhất %d ký tự; xin ghi đầy đủ như trong giấy khai sinh.", minRunes)
	case TooLong:
		return fmt.Sprintf("Họ và tên dài quá %d ký tự; xin kiểm tra lại.", maxRunes)
	case NoLetters:
		return fmt.Sprintf("Họ và tên có phần “%s” không chứa chữ cái nào; xin bỏ hoặc viết liền phần đó.", e.Char)
	case NoGiven:
		return "Chưa có tên; xin ghi tên (chữ cuối của họ và tên)."
	}
	return fmt.Sprintf("Họ và tên có ký tự “%s” không dùng được; chỉ dùng chữ cái, dấu cách, dấu nháy, gạch nối và dấu chấm.", e.Char)
}

// Parse reads a full name: the first word is the family name, the last the given name,
// what lies between the middle name (IDN-31). The text is put into NFC with single
// spaces, and one written all in capitals or all in small letters into title case. Its
// error is a *NameError.
func Parse(full string) (Name, error) {
	s, err := clean(full)
	if err != nil {
		return Name{}, err
	}
	words := strings.Split(titled(s), " ")
	last := len(words) - 1
	n := Name{Given: words[last]}
	if last > 0 {
		n.Family = words[0]
		n.Middle = strings.Join(words[1:last], " ")
	}
	return n, n.check()
}

// New returns the name of the given parts, for those that Parse would split wrongly, such
// as a compound family name. Family and middle may be empty. Its error is a *NameError.
func New(family, middle, given string) (Name, error) {
	var parts [3]string
	for i, s := range []string{family, middle, given} {
		var err error
		if parts[i], err = clean(s); err != nil {
			return Name{}, err
		}
	}
	if parts[2] == "" {
		return Name{}, &NameError{Fault: NoGiven}
	}
	if whole := strings.Join(parts[:], " "); titled(whole) != whole {
		for i := range parts {
			parts[i] = titled(parts[i])
		}
	}
	n := Name{Family: parts[0], Middle: parts[1], Given: parts[2]}
	return n, n.check()
}

// Full returns the name as it is written in a list: Nguyễn Văn An.
func (n Name) Full() string {
	return strings.Join(strings.Fields(n.Family+" "+n.Middle+" "+n.Given), " ")
}

// String is Full.
func (n Name) String() string { return n.Full() }

func (n Name) check() error {
	switch length := utf8.RuneCountInString(n.Full()); {
	case length < minRunes:
		return &NameError{Fault: TooShort}
	case length > maxRunes:
		return &NameError{Fault: TooLong}
	}
	return nil
}

// clean puts a text into NFC with single spaces and one kind of apostrophe and hyphen,
// drops the invisible characters that word processors leave behind, and refuses what no
// name is written with.
func clean(s string) (string, error) {
	if len(s) > 8*maxRunes { // whatever it is, before any work is spent on it
		return "", &NameError{Fault: TooLong}
	}
	if !utf8.ValidString(s) {
		return "", &NameError{Fault: BadChar, Char: string(utf8.RuneError)}
	}
	s = norm.NFC.String(strings.Map(plain, s))
	words := strings.Fields(s)
	for _, w := range words {
		if err := checkWord(w); err != nil {
			return "", err
		}
	}
	return strings.Join(words, " "), nil
}

func plain(r rune) rune {
	switch {
	case strings.ContainsRune("’‘ʼ′`´", r):
		return '\''
	case strings.ContainsRune("‐‑–", r):
		return '-'
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

func checkWord(w string) error {
	letters := 0
	for _, r := range w {
		switch {
		case unicode.IsLetter(r) && unicode.Is(unicode.Latin, r):
			letters++
		case unicode.Is(unicode.Mn, r) && letters > 0: // Ê-đê and Ba-na letters that have no single code
		case r == '\'' || r == '-' || r == '.':
		default:
			return &NameError{Fault: BadChar, Char: string(r)}
		}
	}
	if letters == 0 {
		return &NameError{Fault: NoLetters, Char: w}
	}
	return nil
}

// titled returns s in title case when all of it is in capitals or none, and s itself
// otherwise: whoever mixes them has meant it.
func titled(s string) string {
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	inWord := false
	return norm.NFC.String(strings.Map(func(r rune) rune {
		first := !inWord
		inWord = unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
		if first {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s))
}
