package date

import (
	"math"
	"testing"
)

func TestNewMoonAgreesWithThePublishedExample(t *testing.T) {
	t.Parallel()
	// Meeus, example 49.a: the new moon of February 1977.
	if got := newMoon(-283); math.Abs(got-2443192.65118) > 0.0001 {
		t.Errorf("newMoon(-283) = %.5f, want 2443192.65118", got)
	}
}

func TestSunLongitudeAgreesWithThePublishedExample(t *testing.T) {
	t.Parallel()
	// Meeus, example 25.a: 1992-10-13 00:00 TD.
	if got := sunLongitude(2448908.5); math.Abs(got-199.90895) > 0.0005 {
		t.Errorf("sunLongitude = %.5f, want 199.90895", got)
	}
}

func TestTetFallsOnTheKnownDays(t *testing.T) {
	t.Parallel()
	for _, want := range []string{
		// Vietnam and China differ in these two: the new moon came between 23:00 and 24:00.
		"2007-02-17", "2030-02-02",
		"1985-01-21", // a month before the Chinese one
		"2000-02-05", "2014-01-31", "2015-02-19",
		"2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12",
		"2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06",
		"2028-01-26", "2029-02-13", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19",
		"2035-02-08", "2036-01-28", "2037-02-15", "2038-02-04", "2039-01-24", "2040-02-12",
		"2041-02-01", "2042-01-22", "2043-02-10", "2044-01-30", "2045-02-17", "2046-02-06",
		"2047-01-26", "2048-02-14", "2049-02-02", "2050-01-23",
	} {
		d := Must(want)
		if got := lunarDate(d.Year(), 1, 1); got != d {
			t.Errorf("Tết %d = %v, want %v", d.Year(), got, want)
		}
	}
}

func TestTheDeathDayOfTheHungKingsFallsOnTheKnownDays(t *testing.T) {
	t.Parallel()
	for _, want := range []string{
		"2016-04-16", "2017-04-06", "2018-04-25", "2019-04-14", "2020-04-02", "2021-04-21",
		"2022-04-10", "2023-04-29", "2024-04-18", "2025-04-07", "2026-04-26",
	} {
		d := Must(want)
		if got := lunarDate(d.Year(), 3, 10); got != d {
			t.Errorf("10/3 of %d = %v, want %v", d.Year(), got, want)
		}
	}
}

func TestALeapMonthIsCountedOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		year, month, day int
		want             string
	}{
		{"2025 has a sixth month twice", 2025, 6, 1, "2025-06-25"},
		{"2025 so begins its seventh a month later", 2025, 7, 1, "2025-08-23"},
		{"2023 has a second month twice, before 10/3", 2023, 2, 1, "2023-02-20"},
		{"Trung thu of 2020, a year with a fourth month twice", 2020, 8, 15, "2020-10-01"},
		{"the eve of Tết belongs to the year that ends", 2024, 12, 29, "2025-01-28"},
		{"2033 has an eleventh month twice", 2033, 12, 1, "2034-01-20"},
		{"ông Táo of 2024", 2024, 12, 23, "2025-01-22"},
	} {
		if got := lunarDate(c.year, c.month, c.day); got != Must(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
