package date

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWorkingDayTermsOfTheSpecification(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from string
		n          int
		due        string
	}{
		{"TV-01: 30 working days without a holiday", "2024-05-27", 30, "2024-07-08"},
		{"TV-02: Tết 2024 takes five weekdays", "2024-01-15", 30, "2024-03-04"},
		{"TV-03: Tết 2025 takes 27–31/01", "2025-01-10", 30, "2025-02-28"},
		{"TV-04: Tết 2026 takes 16–20/02", "2026-01-20", 30, "2026-03-10"},
		{"TV-07: a swapped Saturday is day 1", "2025-04-25", 30, "2025-06-10"},
		{"TV-08: Giỗ Tổ and the swap of 29/4", "2024-03-15", 60, "2024-06-12"},
		{"TV-10: New Year and Tết inside", "2024-11-15", 60, "2025-02-17"},
		{"TV-13: 30 after the end of probation", "2025-09-15", 30, "2025-10-27"},
		{"TV-21: 30 to answer a request", "2024-06-05", 30, "2024-07-17"},
		{"TV-23: the event on a Saturday", "2024-06-15", 30, "2024-07-26"},
		{"TV-33: 24/11/2026 is a day off", "2026-11-02", 30, "2026-12-15"},
		{"worked story: the decision", "2024-08-15", 60, "2024-11-11"},
		{"worked story: the ceremony", "2024-10-31", 30, "2024-12-12"},
		{"worked story: the member's file", "2024-12-02", 30, "2025-01-14"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Builtin().AddWorking(Must(c.from), c.n)
			if want := (Result{Due: Must(c.due)}); err != nil || got != want {
				t.Errorf("AddWorking(%s, %d) = %v, %v, want %v", c.from, c.n, got, err, want)
			}
		})
	}
}

func TestMonthTermsOfTheSpecification(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from string
		months     int
		due        string
	}{
		{"TV-12: probation from the ceremony", "2024-09-15", 12, "2025-09-15"},
		{"TV-15: no 29/02 in the next year", "2024-02-29", 12, "2025-02-28"},
		{"TV-18: a certificate of 60 months", "2020-01-15", 60, "2025-01-15"},
		{"TV-19: a certificate of 29/02", "2020-02-29", 60, "2025-02-28"},
		{"TV-20: the last day of a month stays so", "2019-08-31", 60, "2024-08-31"},
		{"TV-25: a paper of 29/02", "2024-02-29", 12, "2025-02-28"},
		{"worked story: probation", "2024-12-02", 12, "2025-12-02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Must(c.from).AddMonths(c.months); got != Must(c.due) {
				t.Errorf("%s and %d months = %v, want %s", c.from, c.months, got, c.due)
			}
		})
	}
	for _, c := range []struct {
		name, born, meets string
		months            int
	}{
		{"TV-27: 18 by the month, before the birthday", "2006-06-20", "2024-06-05", 216},
		{"TV-28: full 60", "1964-05-01", "2024-05-27", 720},
		{"TV-28: a month later over 60", "1964-05-01", "2024-06-01", 721},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Must(c.born).MonthsUntil(Must(c.meets)); got != c.months {
				t.Errorf("%d months, want %d", got, c.months)
			}
		})
	}
}

// weekdaysOff writes the days of a year on which a working week is broken, and "+" and
// the day for a Saturday that is worked.
func weekdaysOff(t *testing.T, c Calendar, year int) string {
	t.Helper()
	var out []string
	for d := newYear(year); d.Year() == year; d = d.AddDays(1) {
		works, _, err := c.IsWorking(d)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case works && !weekday(d):
			out = append(out, "+"+d.String()[5:])
		case !works && weekday(d):
			out = append(out, d.String()[5:])
		}
	}
	return strings.Join(out, " ")
}

func TestTheCalendarOfAYearIsTheOneAnnounced(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		year        int
		want        string
		provisional bool
	}{
		{"2016 as computed", 2016, "01-01 02-08 02-09 02-10 02-11 02-12 04-18 05-02 05-03 09-02", true},
		{"2017 as computed", 2017, "01-02 01-26 01-27 01-30 01-31 02-01 04-06 05-01 05-02 09-04", true},
		{"2021 as computed", 2021, "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03", true},
		{"2022 as computed", 2022, "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02", true},
		{"2023 as computed", 2023, "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04", true},
		{"2024 of CAL-05", 2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 +05-04 09-02 09-03", false},
		{"2025 of CAL-05", 2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 +04-26 04-30 05-01 05-02 09-01 09-02", false},
		{"2026 of CAL-05", 2026, "01-01 01-02 +01-10 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 +08-22 08-31 09-01 09-02 11-24", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := weekdaysOff(t, Builtin(), c.year); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := Builtin().Provisional(c.year); got != c.provisional {
				t.Errorf("provisional = %t", got)
			}
		})
	}
}

func TestTheComputedRulesWouldHaveGivenTheAnnouncedYears(t *testing.T) {
	t.Parallel()
	swaps := map[int][]string{
		2024: {"2024-04-29", "2024-05-04"},
		2025: {"2025-05-02", "2025-04-26"},
		2026: {"2026-01-02", "2026-01-10", "2026-08-31", "2026-08-22"},
	}
	for year, swapped := range swaps {
		computed := Calendar{}.With(computedHolidays(year))
		for d := newYear(year); d.Year() == year; d = d.AddDays(1) {
			a, _, errA := computed.IsWorking(d)
			b, _, errB := Builtin().IsWorking(d)
			if err := errors.Join(errA, errB); err != nil {
				t.Fatal(err)
			}
			if (a != b) != slices.Contains(swapped, d.String()) {
				t.Errorf("%v: computed working %t, announced %t", d, a, b)
			}
		}
	}
}

func TestADeadlineIsProvisionalWhereAYearOnItsWayIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from string
		n          int
		want       bool
	}{
		{"within announced years", "2024-12-30", 30, false},
		{"it runs into a year not announced", "2026-12-15", 30, true},
		{"it begins in one", "2023-12-20", 20, true},
		{"the event itself does not count", "2023-12-31", 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Builtin().AddWorking(Must(c.from), c.n)
			if err != nil || got.Provisional != c.want {
				t.Errorf("AddWorking = %v, %v, want provisional %t", got, err, c.want)
			}
		})
	}
}

func TestOutsideTheCalendarThereIsAnError(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		c    Calendar
		from string
		n    int
		want error
	}{
		{"before 2016", Builtin(), "2015-12-30", 5, ErrNoCalendar},
		{"after 2050", Builtin(), "2050-12-31", 1, ErrNoCalendar},
		{"running out of 2050", Builtin(), "2050-12-01", 30, ErrNoCalendar},
		{"far out of 2050", Builtin(), "2024-01-01", int(^uint(0) >> 1), ErrNoCalendar},
		{"no number of days", Builtin(), "2024-01-01", 0, ErrInvalid},
		{"the zero calendar knows nothing", Calendar{}, "2024-01-01", 1, ErrNoCalendar},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got, err := c.c.AddWorking(Must(c.from), c.n); !errors.Is(err, c.want) {
				t.Errorf("AddWorking = %v, %v, want %v", got, err, c.want)
			}
		})
	}
	if _, _, err := Builtin().IsWorking(Date{}); !errors.Is(err, ErrNoCalendar) {
		t.Errorf("IsWorking of no date: %v", err)
	}
	if got, err := Builtin().AddWorking(Must("2015-12-31"), 1); err != nil || got.Due != Must("2016-01-04") {
		t.Errorf("the event may lie on the eve of the calendar: %v, %v", got, err)
	}
}

func TestRowsLieOverTheCalendar(t *testing.T) {
	t.Parallel()
	base := Builtin()
	cultureDay := Must("2026-11-24")
	open := base.With([]Holiday{{On: cultureDay}})
	if got, err := open.AddWorking(Must("2026-11-02"), 30); err != nil || got.Due != Must("2026-12-14") {
		t.Errorf("TV-33 without 24/11: %v, %v", got, err)
	}
	if open.Version() == base.Version() {
		t.Error("the version must tell the two calendars apart")
	}
	again := open.With([]Holiday{{On: cultureDay}, {On: cultureDay, Off: true}, {On: Must("2060-01-01"), Off: true}})
	if again.Version() != base.Version() {
		t.Error("a later row for the same day must replace the former")
	}
	if w, _, err := base.IsWorking(cultureDay); err != nil || w {
		t.Error("the calendar that rows were laid over must stay as it was")
	}
	settled := base.Settled(2027, 2099)
	if settled.Provisional(2027) || !settled.Provisional(2028) || !base.Provisional(2027) || settled.Version() == base.Version() {
		t.Error("a settled year is no longer provisional, and that is another calendar")
	}
	if got := len(base.Holidays(2024)); got != 15 {
		t.Errorf("%d rows in 2024, want 15", got)
	}
}

func TestADutyMovesToTheNextWorkingDay(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"2024-05-27": "2024-05-27", "2024-05-04": "2024-05-04", // a Saturday that is worked
		"2024-04-27": "2024-05-02", "2025-01-25": "2025-02-03",
	} {
		if got, err := Builtin().NextWorking(Must(from)); err != nil || got.Due != Must(want) {
			t.Errorf("NextWorking(%s) = %v, %v, want %s", from, got, err, want)
		}
	}
}

func TestWorkingBetweenSaysHowLateOrHowLong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from, to string
		want           int
	}{
		{"three working days late", "2024-07-08", "2024-07-11", 3},
		{"a week-end adds nothing", "2024-07-05", "2024-07-07", 0},
		{"before it, negative", "2024-07-11", "2024-07-08", -3},
		{"over Tết", "2024-02-07", "2024-02-15", 1},
	} {
		if got := Builtin().WorkingBetween(Must(c.from), Must(c.to)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func anyDay(from, to string) *rapid.Generator[Date] {
	first, n := Must(from), Must(to).Sub(Must(from))
	return rapid.Custom(func(t *rapid.T) Date { return first.AddDays(rapid.IntRange(0, n).Draw(t, "day")) })
}

func TestWorkingDayProperties(t *testing.T) {
	t.Parallel()
	c := Builtin()
	days := anyDay("2016-01-01", "2049-12-31")
	rapid.Check(t, func(t *rapid.T) {
		d, n := days.Draw(t, "d"), rapid.IntRange(1, 120).Draw(t, "n")
		r, err := c.AddWorking(d, n)
		if err != nil {
			t.Fatal(err)
		}
		if works, _, err := c.IsWorking(r.Due); err != nil || !works {
			t.Fatalf("%v is no working day (%v)", r.Due, err)
		}
		if got := c.WorkingBetween(d, r.Due); got != n {
			t.Fatalf("WorkingBetween gives %d back for %d", got, n)
		}
		if c.WorkingBetween(r.Due, d) != -n {
			t.Fatal("WorkingBetween must change its sign with its order")
		}
		if next, err := c.AddWorking(d.AddDays(1), n); err != nil || next.Due.Before(r.Due) {
			t.Fatalf("a later event gives an earlier deadline: %v, %v", next, err)
		}
		if next, err := c.AddWorking(d, n+1); err != nil || !next.Due.After(r.Due) {
			t.Fatalf("a longer term gives no later deadline: %v, %v", next, err)
		}
		counted := 0
		for e := d.AddDays(1); !e.After(r.Due); e = e.AddDays(1) {
			if works, _, err := c.IsWorking(e); err != nil {
				t.Fatal(err)
			} else if works {
				counted++
			}
		}
		if counted != n {
			t.Fatalf("day by day there are %d", counted)
		}
	})
}

func TestMonthProperties(t *testing.T) {
	t.Parallel()
	days := anyDay("1950-01-01", "2100-12-31")
	rapid.Check(t, func(t *rapid.T) {
		d, n := days.Draw(t, "d"), rapid.IntRange(-600, 600).Draw(t, "n")
		e := d.AddMonths(n)
		if d.MonthsUntil(e) != n {
			t.Fatalf("%v and %d months are %v", d, n, e)
		}
		if e.Day() != min(d.Day(), DaysIn(e.Year(), e.Month())) {
			t.Fatalf("%v and %d months are %v: another day of the month", d, n, e)
		}
	})
}

func TestHolidayLinesThatAreWrongAreRefused(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"2027-01-01 | off | x | y", "2027-13-01 | off | x | y | unknown", "2027-01-01 | free | x | y | unknown",
		"2027-01-02..2027-01-01 | off | x | y | unknown", "2027-01-01..2028-01-01 | off | x | y | unknown",
		"2027-01-01..x | off | x | y | unknown", "2027-01-01 | off | x | y | soon",
	} {
		if rows, err := readHolidays(line); err == nil {
			t.Errorf("%q was read as %v", line, rows)
		}
	}
}

func BenchmarkAddWorking(b *testing.B) {
	c, d := Builtin(), Must("2024-03-15")
	for b.Loop() {
		if _, err := c.AddWorking(d, 60); err != nil {
			b.Fatal(err)
		}
	}
}
