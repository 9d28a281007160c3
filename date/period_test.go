package date

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAPeriodIsReadNamedAndWrittenBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, from, to, name string }{
		{"2024", "2024-01-01", "2024-12-31", "năm 2024"},
		{"2024-H1", "2024-01-01", "2024-06-30", "6 tháng đầu năm 2024"},
		{"2024-H2", "2024-07-01", "2024-12-31", "6 tháng cuối năm 2024"},
		{"2024-Q1", "2024-01-01", "2024-03-31", "quý I/2024"},
		{"2024-Q2", "2024-04-01", "2024-06-30", "quý II/2024"},
		{"2025-Q4", "2025-10-01", "2025-12-31", "quý IV/2025"},
		{"2024-02", "2024-02-01", "2024-02-29", "tháng 2/2024"},
		{"2024-05", "2024-05-01", "2024-05-31", "tháng 5/2024"},
		{"2199-12", "2199-12-01", "2199-12-31", "tháng 12/2199"},
	} {
		t.Run(c.code, func(t *testing.T) {
			t.Parallel()
			p, err := ParsePeriod(c.code)
			if err != nil {
				t.Fatal(err)
			}
			if want := (Period{Must(c.from), Must(c.to)}); p != want {
				t.Errorf("got %v–%v, want %v–%v", p.From, p.To, want.From, want.To)
			}
			if p.String() != c.code || p.Name() != c.name || p.Year() != Must(c.from).Year() {
				t.Errorf("%q, %q, %d", p.String(), p.Name(), p.Year())
			}
		})
	}
}

func TestWhatIsNoPeriodIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "24", "2024-", "2024-H3", "2024-H0", "2024-Q5", "2024-Q0", "2024-13", "2024-00", "2024-5",
		"2024-h1", "2024 ", "+024", "1899", "2200", "2024-05-01", "2024Q1", "２024",
	} {
		if p, err := ParsePeriod(s); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q was read as %v (%v)", s, p, err)
		}
	}
}

func TestAnyOtherRunOfDaysSaysItsEnds(t *testing.T) {
	t.Parallel()
	p := Period{Must("2024-11-16"), Must("2025-02-15")}
	if p.String() != "2024-11-16..2025-02-15" || p.Name() != "từ ngày 16/11/2024 đến ngày 15/02/2025" {
		t.Errorf("%q, %q", p.String(), p.Name())
	}
	if got := p.Months(); !slices.Equal(got, []int{202411, 202412, 202501, 202502}) {
		t.Errorf("months %v", got)
	}
	if z := (Period{}); z.String() != "" || z.Name() != "" || z.Months() != nil || z.Contains(Date{}) {
		t.Error("the zero period must hold nothing and have no name")
	}
}

func TestPeriodProperties(t *testing.T) {
	t.Parallel()
	days := anyDay("1900-01-01", "2199-12-31")
	rapid.Check(t, func(t *rapid.T) {
		d := days.Draw(t, "d")
		code := d.String()[:4] + rapid.SampledFrom([]string{"", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4", d.String()[4:7]}).Draw(t, "rest")
		p, err := ParsePeriod(code)
		if err != nil || p.String() != code {
			t.Fatalf("%q came back as %q (%v)", code, p, err)
		}
		month := d.Year()*100 + d.Month()
		if p.Contains(d) != slices.Contains(p.Months(), month) {
			t.Fatalf("%s: a day is in it exactly when its month is", code)
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2024", "2024-H1", "2024-Q2", "2024-05", "2024-Q", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err == nil && (p.String() != s || p.To.Before(p.From)) {
			t.Errorf("%q was read as %q", s, p)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2024-02-29", "2023-02-29", "1900-01-01", "2199-12-31", "0000-00-00", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Errorf("%q: %v does not wrap ErrInvalid", s, err)
			}
			return
		}
		if d.String() != s || d.IsZero() {
			t.Errorf("%q was read as %q", s, d)
		}
	})
}

func FuzzReadHolidays(f *testing.F) {
	f.Add(holidaysText)
	f.Add("2027-01-01..2027-01-03 | work | a | b | 2026-12-01")
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := readHolidays(s)
		if err != nil && rows != nil {
			t.Error("rows beside an error")
		}
	})
}
