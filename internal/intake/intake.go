// Package intake turns a file that a person hands in into plain text for the readers of
// the domain. It knows encodings and refuses what is no text; it must not know what a
// letter is.
package intake

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxSize is the number of bytes above which a file is refused.
const MaxSize = 2 << 20

// The reasons to refuse a file; keys of messages.
const (
	Empty    = "intake.empty"
	TooLarge = "intake.too_large"
	Binary   = "intake.binary"  // a known format that is not read yet
	Encoding = "intake.charset" // bytes that are no text in UTF-8 or UTF-16
	Broken   = "intake.read"    // the file could not be read
)

// An Error says why a file was refused.
type Error struct {
	Key     string
	Message string // a Vietnamese sentence for the person who handed the file in
	Err     error  // the cause, if there is one below
}

// Error returns the Vietnamese sentence.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Text reads the file called name from r: UTF-8 with or without a byte order mark, or
// UTF-16 with one. The text comes back in NFC with "\n" at line ends. It fails with an
// *Error when the file is empty, above MaxSize, of another format, or not in those
// encodings, and then returns no text at all.
func Text(r io.Reader, name string) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	switch {
	case err != nil:
		return "", &Error{Broken, fmt.Sprintf("Không đọc được tệp %s. Hãy thử lại.", quote(name)), err}
	case len(b) > MaxSize:
		return "", &Error{TooLarge, fmt.Sprintf("Tệp %s lớn hơn 2 MB. Hãy gửi riêng phần văn bản.", quote(name)), nil}
	}
	if format := formatOf(b); format != "" {
		return "", &Error{Binary, fmt.Sprintf("Tệp %s là %s; hiện chỉ đọc được tệp văn bản thuần (.txt). Hãy lưu lại ở dạng .txt, mã UTF-8.", quote(name), format), nil}
	}
	s, ok := decode(b)
	if !ok {
		return "", &Error{Encoding, fmt.Sprintf("Tệp %s không phải văn bản mã UTF-8. Hãy lưu lại với mã UTF-8 rồi gửi lại.", quote(name)), nil}
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	s = norm.NFC.String(s)
	if strings.TrimSpace(s) == "" {
		return "", &Error{Empty, fmt.Sprintf("Tệp %s không có chữ nào.", quote(name)), nil}
	}
	return s, nil
}

// quote names the file in a message, without what could spoil the line it is printed on.
func quote(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || r == 0x7f {
			return -1
		}
		return r
	}, norm.NFC.String(name))
	if r := []rune(name); len(r) > 80 {
		name = string(r[:80]) + "…"
	}
	return "«" + name + "»"
}

// formatOf names the format of a file that begins with the mark of a known one.
func formatOf(b []byte) string {
	for _, f := range []struct{ magic, format string }{
		{"PK\x03\x04", "tệp Word, Excel hoặc tệp nén (.docx, .xlsx, .zip)"},
		{"PK\x05\x06", "tệp nén (.zip)"},
		{"%PDF-", "tệp PDF"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tệp Word hoặc Excel đời cũ (.doc, .xls)"},
		{"{\\rtf", "tệp RTF"},
		{"MZ", "tệp chương trình"},
		{"\x7fELF", "tệp chương trình"},
		{"\x89PNG", "tệp ảnh"},
		{"\xff\xd8\xff", "tệp ảnh"},
		{"GIF8", "tệp ảnh"},
		{"II*\x00", "tệp ảnh"},
		{"MM\x00*", "tệp ảnh"},
		{"BM", "tệp ảnh"},
		{"\x1f\x8b", "tệp nén"},
		{"Rar!", "tệp nén"},
		{"7z\xbc\xaf\x27\x1c", "tệp nén"},
	} {
		if !bytes.HasPrefix(b, []byte(f.magic)) {
			continue
		}
		// Two letters may also begin a text; a program or a picture soon holds a zero.
		if len(f.magic) == 2 && f.magic[0] >= 'A' && f.magic[0] <= 'Z' && bytes.IndexByte(b, 0) < 0 {
			continue
		}
		return f.format
	}
	return ""
}

// decode brings the bytes to a string, and refuses what is no text.
func decode(b []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return decode16(b[2:], binary.LittleEndian)
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return decode16(b[2:], binary.BigEndian)
	}
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		return "", false
	}
	return strings.ReplaceAll(string(b), "\ufeff", ""), true
}

func decode16(b []byte, order binary.ByteOrder) (string, bool) {
	if len(b)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		if units[i] = order.Uint16(b[2*i:]); units[i] == 0 {
			return "", false
		}
	}
	s := string(utf16.Decode(units))
	if strings.ContainsRune(s, utf8.RuneError) { // half a surrogate pair
		return "", false
	}
	return strings.ReplaceAll(s, "\ufeff", ""), true
}
