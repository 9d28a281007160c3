package document

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ketnap/date"
)

func TestLinesOfTheHead(t *testing.T) {
	t.Parallel()
	on := date.Must("2026-02-05")
	for name, c := range map[string]struct{ got, want string }{
		"a number under ten has a zero and no colon":         {Document{Number: 5, Symbol: "NQ/CB"}.NumberLine(), "Số 05-NQ/CB"},
		"dots stand for a number that is not taken":          {Document{Symbol: "NQ/CB"}.NumberLine(), "Số ……-NQ/CB"},
		"a paper without symbol has no number":               {Document{Number: 5}.NumberLine(), ""},
		"days under ten and the first months have a zero":    {Document{Place: "Quảng Bình", On: on}.PlaceLine(), "Quảng Bình, ngày 05 tháng 02 năm 2026"},
		"other months have none":                             {LongDate(date.Must("2026-05-27")), "ngày 27 tháng 5 năm 2026"},
		"dots stand for the day of a draft":                  {Document{Place: "Huế"}.PlaceLine(), "Huế, ngày …… tháng …… năm ……"},
		"a paper without a place begins with its day":        {Document{On: on}.PlaceLine(), "Ngày 05 tháng 02 năm 2026"},
		"the first set writes V/v":                           {Document{Layout: Layout36, Subject: "thẩm tra lý lịch"}.SubjectLine(), "V/v thẩm tra lý lịch"},
		"the second set writes về việc, once":                {Document{Layout: Layout05, Subject: "V/v thẩm tra lý lịch"}.SubjectLine(), "về việc thẩm tra lý lịch"},
		"a tờ trình is for those above":                      {Document{Kind: "TỜ TRÌNH"}.ToLabel(), "Kính trình:"},
		"one addressee is no list":                           {strings.Join(Document{To: []string{"Đảng ủy"}}.ToLines(), "|"), "Đảng ủy"},
		"several addressees are a list":                      {strings.Join(Document{To: []string{"A;", "- B"}}.ToLines(), "|"), "- A,|- B."},
		"recipients end with the place of filing":            {strings.Join(Document{Recipients: []Recipient{{Name: "Tỉnh ủy", Purpose: "để b/c"}}, Filed: "Lưu Chi bộ."}.NotifyLines(), "|"), "- Tỉnh ủy (để b/c);|- Lưu Chi bộ."},
		"a label has one colon":                              {Block{Label: "Họ tên:"}.FieldLabel() + Block{Label: "Ngày sinh"}.FieldLabel(), "Họ tên:Ngày sinh:"},
		"a file is never named after a person":               {Document{Kind: "QUYẾT ĐỊNH", Title: "kết nạp Lê Thị Lan"}.FileTitle(), "QUYẾT ĐỊNH"},
		"a figure stays with its word":                       {Bind("Căn cứ Quy định số 24-QĐ/TW ngày 30 tháng 7"), "Căn cứ Quy định số\u00a024-QĐ/TW ngày\u00a030 tháng\u00a07"},
		"a word of one character begins no line":             {Bind("ông Lê Văn A, trú ở xã"), "ông Lê Văn\u00a0A, trú\u00a0ở xã"},
		"words of one character in a row do not all hang on": {Bind("a b c d"), "a\u00a0b c\u00a0d"},
		"the dash of an item stays with it":                  {Bind("- Về lý lịch"), "-\u00a0Về lý lịch"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", name, c.got, c.want)
		}
	}
}

func TestNumbersOfTheLayoutSets(t *testing.T) {
	t.Parallel()
	a, b := Layout36.Measures(), Layout05.Measures()
	if a.Width() != 165 || b.Width() != 165 || a.Top != 20 || a.Bottom != 20 {
		t.Errorf("margins %v %v", a, b)
	}
	if !a.Rule || b.Rule || !a.TitleBold || b.TitleBold || a.SubjectPrefix == b.SubjectPrefix {
		t.Error("the sets do not differ where they must")
	}
	if LayoutID("later").Measures() != b {
		t.Error("an unknown set is not drawn like the newest")
	}
}

func TestCheckRefusesWhatNoFormatDraws(t *testing.T) {
	t.Parallel()
	if err := (Document{Body: []Block{{Kind: Lines, Count: maxLines + 1}}}).Check(); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	if err := (Document{Body: []Block{P(strings.Repeat("x", maxText+1))}}).Check(); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	if err := (Document{Body: []Block{{Kind: Grid}}}).Check(); !errors.Is(err, ErrShape) {
		t.Error(err)
	}
	if err := (Document{Body: []Block{P("Nội dung."), {Kind: Grid, Table: &Table{Columns: []Column{{}}, Rows: [][]string{{"a"}, nil}}}}}).Check(); err != nil {
		t.Error(err)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\u0301\x00\u202e\ufffe\xff\n\t")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) || Clean(got) != got {
			t.Fatalf("%q: %q", s, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) {
				t.Fatalf("%q keeps %q", s, r)
			}
		}
		var b strings.Builder
		if err := xml.EscapeText(&b, []byte(got)); err != nil || strings.Contains(b.String(), "\uFFFD") {
			t.Fatalf("%q is no text of XML", got)
		}
	})
}
