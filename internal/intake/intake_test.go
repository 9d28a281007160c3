package intake

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func utf16Bytes(s string, big bool) []byte {
	out := []byte{0xff, 0xfe}
	if big {
		out = []byte{0xfe, 0xff}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func TestTextIsRead(t *testing.T) {
	t.Parallel()
	const want = "Số 708-CV/ĐUK\nKính gửi: các cấp ủy\n"
	for _, tt := range []struct {
		name string
		in   []byte
	}{
		{"UTF-8", []byte(want)},
		{"UTF-8 with a byte order mark", []byte("\ufeff" + want)},
		{"UTF-16 little endian", utf16Bytes(want, false)},
		{"UTF-16 big endian", utf16Bytes(want, true)},
		{"decomposed letters", []byte(norm.NFD.String(want))},
		{"line ends of Windows", []byte(strings.ReplaceAll(want, "\n", "\r\n"))},
		{"line ends of old computers", []byte(strings.ReplaceAll(want, "\n", "\r"))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Text(bytes.NewReader(tt.in), "thu.txt")
			if err != nil || got != want {
				t.Errorf("Text = %q, %v", got, err)
			}
		})
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		in   io.Reader
		key  string
	}{
		{"nothing", strings.NewReader(""), Empty},
		{"only a byte order mark and spaces", strings.NewReader("\ufeff \r\n"), Empty},
		{"a Word file", strings.NewReader("PK\x03\x04\x14\x00"), Binary},
		{"an old Word file", strings.NewReader("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Binary},
		{"a PDF", strings.NewReader("%PDF-1.7\n"), Binary},
		{"a program", strings.NewReader("MZ\x90\x00\x03"), Binary},
		{"a picture", strings.NewReader("\x89PNG\r\n"), Binary},
		{"a legacy encoding", strings.NewReader("S\xe8 708"), Encoding},
		{"a zero byte", strings.NewReader("Số\x00708"), Encoding},
		{"half a character of UTF-16", bytes.NewReader([]byte{0xff, 0xfe, 'S'}), Encoding},
		{"half a pair of UTF-16", bytes.NewReader([]byte{0xff, 0xfe, 0x00, 0xd8}), Encoding},
		{"more than 2 MiB", bytes.NewReader(bytes.Repeat([]byte("a"), MaxSize+1)), TooLarge},
		{"a reader that fails", iotest.ErrReader(io.ErrUnexpectedEOF), Broken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Text(tt.in, "thư\n.bin")
			var e *Error
			if !errors.As(err, &e) || e.Key != tt.key || got != "" {
				t.Fatalf("Text = %q, %v, want %s", got, err, tt.key)
			}
			if !strings.Contains(e.Error(), "«thư.bin»") {
				t.Errorf("the message does not name the file: %s", e)
			}
		})
	}
}

func TestALetterThatBeginsLikeAProgramIsRead(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"MZ là chữ đầu", "BM là chữ đầu", strings.Repeat("a", MaxSize)} {
		if got, err := Text(strings.NewReader(s), "a.txt"); err != nil || got != s {
			t.Errorf("Text(%.20q) = %.20q, %v", s, got, err)
		}
	}
}

func TestReadingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.String().Draw(r, "text")
		once, err := Text(strings.NewReader(s), "a.txt")
		if err != nil {
			return
		}
		twice, err := Text(strings.NewReader(once), "a.txt")
		if err != nil || twice != once {
			r.Fatalf("%q became %q, then %q (%v)", s, once, twice, err)
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add([]byte("Số 708-CV/ĐUK\r\n"))
	f.Add(utf16Bytes("Kính gửi", true))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Text(bytes.NewReader(b), "a.txt")
		var e *Error
		switch {
		case err != nil && (!errors.As(err, &e) || s != "" || !utf8.ValidString(e.Message)):
			t.Errorf("refused with %q, %v", s, err)
		case err == nil && (!norm.NFC.IsNormalString(s) || !utf8.ValidString(s) || strings.ContainsAny(s, "\r\x00")):
			t.Errorf("bad text %q", s)
		}
	})
}
