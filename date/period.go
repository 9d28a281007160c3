package date

import (
	"fmt"
	"strconv"
	"strings"
)

// A Period is a run of whole days, both ends included. Reports know four kinds of it:
// a year, a half, a quarter and a month. The zero value holds no day.
type Period struct{ From, To Date }

// ParsePeriod reads 2024, 2024-H1, 2024-Q2 or 2024-05. Its error wraps ErrInvalid.
func ParsePeriod(s string) (Period, error) {
	first, months, ok := periodMonths(s)
	if !ok {
		return Period{}, fmt.Errorf("%w: period %q", ErrInvalid, s)
	}
	year, _ := strconv.Atoi(s[:4]) // periodMonths has seen four digits
	from, err := New(year, first, 1)
	if err != nil {
		return Period{}, fmt.Errorf("period %q: %w", s, err)
	}
	return Period{From: from, To: from.AddMonths(months).AddDays(-1)}, nil
}

// periodMonths returns the first month and the number of months that a code names.
func periodMonths(s string) (first, months int, ok bool) {
	if len(s) < 4 || strings.Trim(s[:4], "0123456789") != "" {
		return 0, 0, false
	}
	switch rest := s[4:]; {
	case rest == "":
		return 1, 12, true
	case rest == "-H1" || rest == "-H2":
		return 6*int(rest[2]-'1') + 1, 6, true
	case len(rest) == 3 && rest[:2] == "-Q" && rest[2] >= '1' && rest[2] <= '4':
		return 3*int(rest[2]-'1') + 1, 3, true
	case len(rest) == 3 && rest[0] == '-' && strings.Trim(rest[1:], "0123456789") == "":
		m, _ := strconv.Atoi(rest[1:]) // two digits
		return m, 1, m >= 1 && m <= 12
	}
	return 0, 0, false
}

// shape tells which of the four kinds p is: the number of its months (12, 6, 3, 1) and
// its place among its like in the year, from 1. Any other run of days has 0 months.
func (p Period) shape() (months, nth int) {
	if p.From.IsZero() || p.From.Day() != 1 {
		return 0, 0
	}
	for _, n := range []int{12, 6, 3, 1} {
		if (p.From.Month()-1)%n == 0 && p.From.AddMonths(n).AddDays(-1) == p.To {
			return n, (p.From.Month()-1)/n + 1
		}
	}
	return 0, 0
}

// String returns the code that ParsePeriod reads, "2024-01-05..2024-03-02" for a run of
// days that has none, and "" for the zero value.
func (p Period) String() string {
	switch months, nth := p.shape(); months {
	case 12:
		return fmt.Sprintf("%04d", p.Year())
	case 6:
		return fmt.Sprintf("%04d-H%d", p.Year(), nth)
	case 3:
		return fmt.Sprintf("%04d-Q%d", p.Year(), nth)
	case 1:
		return fmt.Sprintf("%04d-%02d", p.Year(), nth)
	}
	if p == (Period{}) {
		return ""
	}
	return p.From.String() + ".." + p.To.String()
}

// Name returns p as a report's title names it: "năm 2024", "6 tháng đầu năm 2024",
// "quý II/2024", "tháng 5/2024", and for other runs "từ ngày … đến ngày …".
func (p Period) Name() string {
	switch months, nth := p.shape(); months {
	case 12:
		return fmt.Sprintf("năm %d", p.Year())
	case 6:
		return fmt.Sprintf("6 tháng %s năm %d", [...]string{"đầu", "cuối"}[nth-1], p.Year())
	case 3:
		return fmt.Sprintf("quý %s/%d", [...]string{"I", "II", "III", "IV"}[nth-1], p.Year())
	case 1:
		return fmt.Sprintf("tháng %d/%d", nth, p.Year())
	}
	if p == (Period{}) {
		return ""
	}
	return "từ ngày " + p.From.VN() + " đến ngày " + p.To.VN()
}

// Year returns the year in which p begins.
func (p Period) Year() int { return p.From.Year() }

// Contains reports whether d is a day of p.
func (p Period) Contains(d Date) bool {
	return !d.IsZero() && !d.Before(p.From) && !d.After(p.To)
}

// Months returns the months that p touches as year*100+month, in order: the keys of the
// monthly counters that make up its figures.
func (p Period) Months() []int {
	if p.From.IsZero() || p.To.Before(p.From) {
		return nil
	}
	months := make([]int, 0, p.From.MonthsUntil(p.To)+1)
	for y, m := p.From.Year(), p.From.Month(); y*100+m <= p.To.Year()*100+p.To.Month(); m++ {
		if m > 12 {
			y, m = y+1, 1
		}
		months = append(months, y*100+m)
	}
	return months
}

// MarshalText writes p as String does.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what ParsePeriod reads.
func (p *Period) UnmarshalText(b []byte) (err error) {
	*p, err = ParsePeriod(string(b))
	return err
}
