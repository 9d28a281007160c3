package directive

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// One letter, however it was scanned: order of the head's lines, line ends, composed
// letters, spaces and bold marks say nothing.
func TestTheSameLetterHoweverItWasScanned(t *testing.T) {
	t.Parallel()
	head := []string{
		"ĐẢNG BỘ TỈNH QUẢNG TRỊ", "ĐẢNG ỦY KHỐI DOANH NGHIỆP TỈNH", "ĐẢNG CỘNG SẢN VIỆT NAM", "*",
		"Quảng Trị, ngày 27 tháng 5 năm 2024", "Số 708 -CV/ĐUK",
		"V/v tăng cường lãnh đạo của cấp ủy\ntrong công tác kết nạp đảng viên",
	}
	const rest = "\n\nKính gửi: Các chi bộ, đảng bộ trực thuộc\n\n" +
		"Thực hiện Công văn số 728-CV/TU ngày 09/5/2024 của Ban Thường vụ Tỉnh ủy về kết nạp đảng viên, Đảng ủy Khối đề nghị các chi bộ, đảng bộ trực thuộc thực hiện các nội dung sau:\n\n" +
		"1. Hằng năm, các doanh nghiệp kết nạp ít nhất 05 công nhân.\n\n2. Ban Tổ chức Đảng ủy Khối đôn đốc, báo cáo trước ngày 30/6/2024.\n\n" +
		"Nơi nhận:\n- Như trên,\n- Ban Tổ chức Tỉnh ủy (để b/c),\n- Lưu VP.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nTrần Văn Bình\n"
	want := string(encode(t, read(t, strings.Join(head, "\n\n")+rest)))
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.Permutation(head).Draw(r, "head"), rapid.SampledFrom([]string{"\n", "\n\n"}).Draw(r, "gap")) + rest
		if rapid.Bool().Draw(r, "spaces") {
			text = strings.ReplaceAll(text, " ", "  ")
		}
		if rapid.Bool().Draw(r, "bold") {
			text = strings.Replace(text, "Các chi bộ, đảng bộ trực thuộc\n", "**Các chi bộ, đảng bộ trực thuộc**\n", 1)
		}
		if rapid.Bool().Draw(r, "decomposed") {
			text = norm.NFD.String(text)
		}
		if rapid.Bool().Draw(r, "crlf") {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		if rapid.Bool().Draw(r, "bom") {
			text = "\ufeff" + text
		}
		l, err := Read(text)
		if err != nil {
			r.Fatal(err)
		}
		if got := string(encode(t, l)); got != want {
			r.Fatalf("from %q\ngot %s\nwant %s", text, got, want)
		}
	})
}

// The real letter reads the same from any bytes that mean the same text.
func TestTheRealLetterInOtherBytes(t *testing.T) {
	t.Parallel()
	text, ok := realLetter(t)
	if !ok {
		return
	}
	want := string(encode(t, read(t, text)))
	for name, other := range map[string]string{
		"decomposed": norm.NFD.String(text),
		"crlf":       strings.ReplaceAll(text, "\n", "\r\n"),
		"bom":        "\ufeff" + text,
		"no-break":   strings.ReplaceAll(text, " ", "\u00a0"),
		"plain":      strings.ReplaceAll(text, "**", ""),
	} {
		if got := string(encode(t, read(t, other))); got != want {
			t.Errorf("%s reads otherwise: %s", name, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add(letterOf("1. Các trường THPT kết nạp từ năm đến mười học sinh/năm; trước ngày 31/02/2024."))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read(text)
		if err == nil {
			checkLetter(t, l)
		}
	})
}
