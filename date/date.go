// Package date is the calendar of the regulation: dates without a clock, months
// counted as CAL-03 and CAL-04 say, reporting periods, and working days counted on
// the Vietnamese calendar of public holidays (CAL-05). It never asks what day it is.
package date

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Years that a date of the system may have. What lies outside is a slip of the pen.
const (
	minYear = 1900
	maxYear = 2199
)

// A Date is a day of the Gregorian calendar. The zero value is no date at all.
// Dates are comparable with == and may be keys of a map.
type Date struct{ days int32 } // days since 1899-12-31, so that 0 is free to mean none

var epoch = time.Date(minYear-1, time.December, 31, 0, 0, 0, 0, time.UTC)

// ErrInvalid is wrapped by every error about a date that is not in the calendar.
var ErrInvalid = errors.New("invalid date")

// New returns the day year-month-day. It fails when there is no such day, or when the
// year lies outside 1900–2199.
func New(year, month, day int) (Date, error) {
	if year < minYear || year > maxYear || month < 1 || month > 12 || day < 1 || day > DaysIn(year, month) {
		return Date{}, fmt.Errorf("%w: %04d-%02d-%02d", ErrInvalid, year, month, day)
	}
	return fromTime(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)), nil
}

// Must is New for days written in the source. It panics when there is no such day.
func Must(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Parse reads a day written as 2006-01-02.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %q", ErrInvalid, s)
	}
	return New(t.Year(), int(t.Month()), t.Day())
}

// Of returns the day on which t falls in t's own location.
func Of(t time.Time) Date {
	return fromTime(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))
}

// fromTime goes by seconds: a time.Duration ends after 292 years, in April 2192.
func fromTime(t time.Time) Date { return Date{int32((t.Unix() - epoch.Unix()) / 86400)} } //nolint:gosec // G115: 300 years of days fit

func (d Date) time() time.Time { return epoch.AddDate(0, 0, int(d.days)) }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.days == 0 }

// Year returns the year of d. It is 0 for no date, as are Month and Day.
func (d Date) Year() int { y, _, _ := d.parts(); return y }

// Month returns 1 for January to 12 for December.
func (d Date) Month() int { _, m, _ := d.parts(); return m }

// Day returns the day of the month.
func (d Date) Day() int { _, _, day := d.parts(); return day }

func (d Date) parts() (year, month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	y, m, dd := d.time().Date()
	return y, int(m), dd
}

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// Before reports whether d lies before e.
func (d Date) Before(e Date) bool { return d.days < e.days }

// After reports whether d lies after e.
func (d Date) After(e Date) bool { return d.days > e.days }

// Compare returns -1, 0 or 1 as d lies before, on or after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.days < e.days:
		return -1
	case d.days > e.days:
		return 1
	}
	return 0
}

// AddDays returns the day n days after d, before it for a negative n.
func (d Date) AddDays(n int) Date { return Date{d.days + int32(n)} } //nolint:gosec // G115: terms are short

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.days - e.days) }

// AddMonths returns the same day number n months later, and the last day of that
// month where it has no such day (CAL-03): 29/02/2024 and 12 months give 28/02/2025.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.parts()
	months := y*12 + (m - 1) + n
	y, m = months/12, months%12+1
	return fromTime(time.Date(y, time.Month(m), min(day, DaysIn(y, m)), 0, 0, 0, 0, time.UTC))
}

// MonthsUntil returns the number of month numbers between d and e, the day of the
// month ignored: from 20/6/2006 to 05/6/2024 are 216 (CAL-ELI).
func (d Date) MonthsUntil(e Date) int {
	return (e.Year()*12 + e.Month()) - (d.Year()*12 + d.Month())
}

// DaysIn returns the number of days of a month.
func DaysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// String returns d as 2006-01-02, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// VN returns d as Party offices write it (PAPER-15): 27/5/2024, and 05/02/2024 where
// the day lies under 10 or the month is 1 or 2.
func (d Date) VN() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.parts()
	if m < 3 {
		return fmt.Sprintf("%02d/%02d/%d", day, m, y)
	}
	return fmt.Sprintf("%02d/%d/%d", day, m, y)
}

// MarshalJSON writes "2006-01-02", and null for no date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Date{}
		return nil
	}
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return fmt.Errorf("%w: %s", ErrInvalid, b)
	}
	return d.UnmarshalText(b[1 : len(b)-1])
}

// UnmarshalText reads 2006-01-02; an empty text is no date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = Parse(string(b))
	return err
}

// MarshalText writes d as String does, so that a Date may be the key of a JSON object.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Value stores d as 2006-01-02, which both engines take for a DATE, and no date as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil //nolint:nilnil // NULL is the value of no date
	}
	return d.String(), nil
}

// Scan reads a DATE column; the engines hand it over as time, text or bytes.
func (d *Date) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		*d = Of(v)
	case string:
		*d, err = parseStored(v)
	case []byte:
		*d, err = parseStored(string(v))
	default:
		err = fmt.Errorf("%w: cannot read a date from %T", ErrInvalid, src)
	}
	return err
}

// parseStored reads the text of a DATE column, which SQLite may hand back with a time.
func parseStored(s string) (Date, error) {
	if len(s) > len(time.DateOnly) {
		s = s[:len(time.DateOnly)]
	}
	return Parse(s)
}
