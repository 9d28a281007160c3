package target

import (
	"errors"
	"testing"

	"ketnap/date"
)

func TestCellsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"5": "5", " 5 ": "5", "05": "5", "1.235": "1235", "1.234.567": "", "15-20": "15–20", "15–20": "15–20", "15 — 20": "15–20", "15\u00a0-\u00a020": "15–20",
		"từ 15 đến 20": "15–20", "05-10": "5–10", "từ 5 trở lên": "từ 5 trở lên", "5 trở lên": "từ 5 trở lên", "Từ 03 trở lên": "từ 3 trở lên",
		"≥5": "từ 5 trở lên", ">= 5": "từ 5 trở lên", "5+": "từ 5 trở lên", "0": "0", "7-7": "7",
		"tu\u031b\u0300 5 tro\u031b\u0309 le\u0302n": "từ 5 trở lên",
	} {
		got, err := ParseCell(text)
		if want == "" {
			if !errors.Is(err, ErrLarge) {
				t.Errorf("%q: got %+v, %v", text, got, err)
			}
			continue
		}
		if err != nil || got.Empty || got.Percent != 0 || got.Range.Words() != want {
			t.Errorf("%q: got %+v, %v; want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]int{"2,5%": 250, "2.5 %": 250, "3%": 300, "0,05%": 5, "100%": 10000} {
		if got, err := ParseCell(text); err != nil || got.Percent != want {
			t.Errorf("%q: got %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "  ", "–", "-", "\u00a0"} {
		if got, err := ParseCell(text); err != nil || !got.Empty {
			t.Errorf("%q: got %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]error{
		"năm": ErrCell, "5a": ErrCell, "-5": ErrCell, "1.5": ErrCell, "1.23": ErrCell, "1234.567": ErrCell, "1,5": ErrCell, "5-": ErrCell, "=A1": ErrCell, "trở lên": ErrCell,
		"20-15": ErrOrder, "1000001": ErrLarge, "99999999999999999999": ErrLarge, "101%": ErrShare, "0%": ErrShare, "2,555%": ErrCell, "%": ErrCell, "x%": ErrCell,
	} {
		if got, err := ParseCell(text); !errors.Is(err, want) {
			t.Errorf("%q: got %+v, %v; want %v", text, got, err, want)
		}
	}
}

func FuzzParseCell(f *testing.F) {
	for _, text := range []string{"5", "1.235", "15–20", "từ 5 trở lên", "2,5%", "≥ 3", "", "20-15"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCell(text)
		if err != nil || c.Empty || c.Percent > 0 {
			return
		}
		again, err := ParseCell(c.Range.Words())
		if err != nil || !again.Range.Equal(c.Range) {
			t.Errorf("%q is %s, which reads as %+v, %v", text, c.Range.Words(), again, err)
		}
	})
}

func TestAShareIsRoundedUpAndExplained(t *testing.T) {
	t.Parallel()
	day := date.Must("2023-12-31")
	for _, c := range []struct {
		hundredths, base, people int
		words                    string
	}{
		{250, 1240, 31, "2,5% của 1.240 đảng viên có đến ngày 31/12/2023 là 31 người"},
		{300, 41, 2, "3% của 41 đảng viên có đến ngày 31/12/2023 là 2 người (làm tròn lên)"},
		{5, 100, 1, "0,05% của 100 đảng viên có đến ngày 31/12/2023 là 1 người (làm tròn lên)"},
		{10000, 7, 7, "100% của 7 đảng viên có đến ngày 31/12/2023 là 7 người"},
	} {
		s, err := NewShare(c.hundredths, c.base, day)
		if err != nil || s.People() != c.people || s.Words() != c.words {
			t.Errorf("got %d, %q, %v", s.People(), s.Words(), err)
		}
	}
	for _, c := range []struct {
		hundredths, base int
		on               date.Date
		want             error
	}{{0, 10, day, ErrShare}, {10001, 10, day, ErrShare}, {250, 0, day, ErrBase}, {250, 10, date.Date{}, ErrBase}} {
		if _, err := NewShare(c.hundredths, c.base, c.on); !errors.Is(err, c.want) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
}

func TestSpansAreNamedAndChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		span  Span
		words string
		fails error
	}{
		{Span{}, "năm 2020", nil},
		{Span{Until: 2025}, "nhiệm kỳ 2020–2025", nil},
		{Span{Until: 2022, PerYear: true}, "giai đoạn 2020–2022, mỗi năm", nil},
		{Span{Quarter: 2}, "quý 2 năm 2020", nil},
		{Span{Part: Women}, "năm 2020, trong đó nữ", nil},
		{Span{Until: 2020}, "", ErrUntil},
		{Span{Until: 2031}, "", ErrUntil},
		{Span{PerYear: true}, "", ErrUntil},
		{Span{Quarter: 5}, "", ErrQuarter},
		{Span{Quarter: 1, Until: 2022}, "", ErrQuarter},
		{Span{Part: "men"}, "", ErrPart},
	} {
		if err := c.span.validate(2020); !errors.Is(err, c.fails) {
			t.Errorf("%+v: got %v", c.span, err)
		}
		if c.fails == nil && c.span.Words(2020) != c.words {
			t.Errorf("got %q, want %q", c.span.Words(2020), c.words)
		}
	}
	if !(Span{Until: 2025}).Covers(2020, 2023) || (Span{}).Covers(2020, 2021) || (Span{Until: 2025}).Covers(2020, 2026) {
		t.Error("a span covers its years and no others")
	}
	quarter := set(2, Assigned, "2024-01-15")
	quarter.Quarter = 1
	if _, ok := Plan([]Target{quarter}, 2024); ok {
		t.Error("a quarter is not the plan of the year")
	}
}

func TestAPartIsNotLargerThanTheWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole Range
		ok          bool
	}{
		{Exactly(3), Exactly(5), true},
		{Exactly(5), Exactly(5), true},
		{Exactly(6), Exactly(5), false},
		{Range{Min: 6}, Range{Min: 5, Max: ptr(10)}, true},
		{Range{Min: 6, Max: ptr(11)}, Range{Min: 5, Max: ptr(10)}, false},
		{Exactly(9), Range{Min: 5}, true},
	} {
		if err := Within(c.part, c.whole); (err == nil) != c.ok {
			t.Errorf("%s of %s: got %v", c.part.Words(), c.whole.Words(), err)
		}
	}
}
