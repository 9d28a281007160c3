package date

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Holiday is a day on which the working week does not hold: a weekday off, or a day of
// the week-end that is worked in exchange for one.
type Holiday struct {
	On           Date
	Off          bool   // false: a working day
	Name, Source string // Vietnamese name; where the day was announced
	Announced    Date   // no date where it is not known
}

// readHolidays reads lines as holidays.txt has them: empty lines and those that begin
// with # are passed over, a range becomes a Holiday for each of its days.
func readHolidays(text string) ([]Holiday, error) {
	var rows []Holiday
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		days, err := readHolidayLine(line)
		if err != nil {
			return nil, fmt.Errorf("holidays, line %d: %w", i+1, err)
		}
		rows = append(rows, days...)
	}
	return rows, nil
}

func readHolidayLine(line string) ([]Holiday, error) {
	f := strings.Split(line, "|")
	if len(f) != 5 {
		return nil, fmt.Errorf("%d fields, want 5", len(f))
	}
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	if f[1] != "off" && f[1] != "work" {
		return nil, fmt.Errorf("kind %q, want off or work", f[1])
	}
	h := Holiday{Off: f[1] == "off", Name: f[2], Source: f[3]}
	first, last, ranged := strings.Cut(f[0], "..")
	if !ranged {
		last = first
	}
	from, err := Parse(first)
	if err != nil {
		return nil, err
	}
	to, err := Parse(last)
	if err != nil {
		return nil, err
	}
	if n := to.Sub(from); n < 0 || n > 31 {
		return nil, fmt.Errorf("%w: a range of %d days", ErrInvalid, n+1)
	}
	if f[4] != "unknown" {
		if h.Announced, err = Parse(f[4]); err != nil {
			return nil, err
		}
	}
	var rows []Holiday
	for h.On = from; !h.On.After(to); h.On = h.On.AddDays(1) {
		rows = append(rows, h)
	}
	return rows, nil
}

// Source of the days off of a year whose calendar has not been announced.
const computedSource = "tạm tính theo Bộ luật Lao động, Điều 111 và 112"

// Years from which the law gives a day off that it did not give before.
const (
	secondNationalDaySince = 2021 // Bộ luật Lao động 2019, Điều 112.1.đ
	cultureDaySince        = 2026 // CAL-05, unverified
)

// computedHolidays returns the days off of a year as they may be expected before anyone
// has announced them: those of Điều 112 and, for each that falls on a week-end, the next
// working day (Điều 111.3). Swapped Saturdays cannot be foreseen and are not among them.
func computedHolidays(year int) []Holiday {
	at := func(month, day int) Date {
		return fromTime(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
	}
	var rows []Holiday
	add := func(name string, days ...Date) {
		for _, d := range days {
			rows = append(rows, Holiday{On: d, Off: true, Name: name, Source: computedSource})
		}
	}
	add("Tết Dương lịch", at(1, 1))
	add("Tết Nguyên đán", tetDays(lunarDate(year, 1, 1))...)
	add("Giỗ Tổ Hùng Vương", lunarDate(year, 3, 10))
	add("Ngày Chiến thắng", at(4, 30))
	add("Ngày Quốc tế Lao động", at(5, 1))
	add("Quốc khánh", at(9, 2))
	if year >= secondNationalDaySince {
		add("Quốc khánh", besideNationalDay(at(9, 2)))
	}
	if year >= cultureDaySince {
		add("Ngày Văn hóa Việt Nam", at(11, 24))
	}
	return compensated(rows)
}

// tetDays returns the five days of Tết. The law leaves open how many of them lie before
// the new year; what was announced from 2016 to 2026 is one where it begins on a Monday
// or Tuesday, so that the week is whole, and two otherwise.
func tetDays(newYear Date) []Date {
	before := 2
	if w := newYear.Weekday(); w == time.Monday || w == time.Tuesday {
		before = 1
	}
	days := make([]Date, 5)
	for i := range days {
		days[i] = newYear.AddDays(i - before)
	}
	return days
}

// besideNationalDay returns the second day off of 2 September, which the government sets
// before or after it: after where that joins it to a week-end (as in 2021 and 2024),
// before otherwise (2022, 2023, 2025, 2026).
func besideNationalDay(d Date) Date {
	if w := d.Weekday(); w == time.Monday || w == time.Thursday {
		return d.AddDays(1)
	}
	return d.AddDays(-1)
}

// compensated adds, for each day off on a week-end, the next weekday that is not off.
func compensated(rows []Holiday) []Holiday {
	slices.SortStableFunc(rows, func(a, b Holiday) int { return a.On.Compare(b.On) })
	off := make(map[Date]bool, len(rows))
	for _, h := range rows {
		off[h.On] = true
	}
	for _, h := range rows[:len(rows):len(rows)] {
		if weekday(h.On) {
			continue
		}
		for !weekday(h.On) || off[h.On] {
			h.On = h.On.AddDays(1)
		}
		off[h.On] = true
		h.Name = "Nghỉ bù " + h.Name
		rows = append(rows, h)
	}
	slices.SortStableFunc(rows, func(a, b Holiday) int { return a.On.Compare(b.On) })
	return rows
}

func weekday(d Date) bool {
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}
