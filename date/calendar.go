package date

import (
	"crypto/sha256"
	_ "embed" // holidays.txt
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// Years for which working days are known or can be computed.
const (
	firstYear = 2016
	lastYear  = 2050
	years     = lastYear - firstYear + 1
)

// ErrNoCalendar is wrapped by every error about working days outside 2016–2050.
var ErrNoCalendar = errors.New("no calendar of working days")

// A Calendar says which days are working days (CAL-01): Monday to Friday without the
// days off, and the Saturdays worked in their stead. It is a value: With and Settled
// return another one. The zero value knows no day at all; begin with Builtin.
type Calendar struct {
	rows    map[Date]Holiday
	settled [years]bool
	working []Date  // all working days, in order
	before  []int32 // before[i]: working days among the first i days of the calendar
	version string
}

// A Result is a counted deadline. Provisional means that a year it was counted through
// has no announced calendar, so that the day may still move.
type Result struct {
	Due         Date
	Provisional bool
}

//go:embed holidays.txt
var holidaysText string

//nolint:gochecknoglobals // computed once, never changed
var builtin = sync.OnceValue(func() Calendar { return mustCalendar(holidaysText) })

// Builtin returns the calendar that the program carries: CAL-05 for the years it gives,
// and the law's days off, provisionally, for the others from 2016 to 2050.
func Builtin() Calendar { return builtin() }

// mustCalendar panics on a text that does not parse: the embedded one does, by a test.
func mustCalendar(text string) Calendar {
	given, err := readHolidays(text)
	if err != nil {
		panic(err)
	}
	c := Calendar{rows: make(map[Date]Holiday)}
	for _, h := range given {
		c.settled[h.On.Year()-firstYear] = true
	}
	for y := firstYear; y <= lastYear; y++ {
		if c.settled[y-firstYear] {
			continue
		}
		for _, h := range computedHolidays(y) {
			c.rows[h.On] = h
		}
	}
	return c.With(given)
}

// The first day of the calendar, and the one after its last.
func firstDay() Date { return newYear(firstYear) }
func endDay() Date   { return newYear(lastYear + 1) }

func newYear(year int) Date { return fromTime(time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)) }

// With returns c with rows laid over it; of two rows for a day the later one holds. A
// row outside 2016–2050 is kept out. Rows do not make a year settled: see Settled.
func (c Calendar) With(rows []Holiday) Calendar {
	c.rows = maps.Clone(c.rows)
	if c.rows == nil {
		c.rows = make(map[Date]Holiday, len(rows))
	}
	for _, h := range rows {
		if y := h.On.Year(); y >= firstYear && y <= lastYear {
			c.rows[h.On] = h
		}
	}
	return c.counted()
}

// Settled returns c with years no longer provisional: those whose days somebody has
// compared with the announcement and corrected by rows.
func (c Calendar) Settled(yearList ...int) Calendar {
	for _, y := range yearList {
		if y >= firstYear && y <= lastYear {
			c.settled[y-firstYear] = true
		}
	}
	return c.counted()
}

// counted computes what the questions are answered from.
func (c Calendar) counted() Calendar {
	first, n := firstDay(), endDay().Sub(firstDay())
	c.before = make([]int32, n+1)
	c.working = make([]Date, 0, n*5/7)
	for i := range n {
		d := first.AddDays(i)
		works := weekday(d)
		if h, ok := c.rows[d]; ok {
			works = !h.Off
		}
		if works {
			c.working = append(c.working, d)
		}
		c.before[i+1] = int32(len(c.working)) //nolint:gosec // G115: some 9,000 days
	}
	c.version = c.hash()
	return c
}

// hash covers what a deadline depends on, so that equal versions give equal deadlines.
func (c Calendar) hash() string {
	h := sha256.New()
	for _, d := range c.working {
		fmt.Fprintln(h, d.days) // a hash never fails to write
	}
	fmt.Fprintln(h, c.settled)
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// Version returns twelve hexadecimal digits that change whenever a working day of the
// calendar does. It is stored beside a deadline (CAL-05), which is counted again when
// the calendar has become another one.
func (c Calendar) Version() string { return c.version }

// Holidays returns the rows of a year in order of their days.
func (c Calendar) Holidays(year int) []Holiday {
	var rows []Holiday
	for _, h := range c.rows {
		if h.On.Year() == year {
			rows = append(rows, h)
		}
	}
	slices.SortFunc(rows, func(a, b Holiday) int { return a.On.Compare(b.On) })
	return rows
}

// Provisional reports whether the calendar of a year has not been announced.
func (c Calendar) Provisional(year int) bool {
	return year < firstYear || year > lastYear || !c.settled[year-firstYear]
}

// knows reports, by its error, whether the calendar has the day.
func (c Calendar) knows(d Date) error {
	if len(c.before) == 0 || d.Before(firstDay()) || !d.Before(endDay()) {
		return fmt.Errorf("%w: %v", ErrNoCalendar, d)
	}
	return nil
}

// upTo returns the number of working days of the calendar up to and including d; days
// outside it do not count.
func (c Calendar) upTo(d Date) int {
	if len(c.before) == 0 {
		return 0
	}
	i := min(max(d.Sub(firstDay())+1, 0), len(c.before)-1)
	return int(c.before[i])
}

// provisional reports whether any year from a's to b's is.
func (c Calendar) provisional(a, b Date) bool {
	for y := a.Year(); y <= b.Year(); y++ {
		if c.Provisional(y) {
			return true
		}
	}
	return false
}

// IsWorking reports whether d is a working day, and whether its year is provisional.
// Its error wraps ErrNoCalendar.
func (c Calendar) IsWorking(d Date) (working, provisional bool, err error) {
	if err := c.knows(d); err != nil {
		return false, false, err
	}
	return c.upTo(d) > c.upTo(d.AddDays(-1)), c.Provisional(d.Year()), nil
}

// AddWorking returns the n-th working day after d, n being at least 1. The day of the
// event does not count (CAL-02). Its error wraps ErrNoCalendar when a day after d up to
// the due day lies outside 2016–2050, and ErrInvalid for another n.
func (c Calendar) AddWorking(d Date, n int) (Result, error) {
	if n < 1 {
		return Result{}, fmt.Errorf("%w: %d working days", ErrInvalid, n)
	}
	if err := c.knows(d.AddDays(1)); err != nil {
		return Result{}, err
	}
	left := c.working[c.upTo(d):]
	if n > len(left) {
		return Result{}, fmt.Errorf("%w: %d working days after %v", ErrNoCalendar, n, d)
	}
	due := left[n-1]
	return Result{Due: due, Provisional: c.provisional(d.AddDays(1), due)}, nil
}

// NextWorking returns d where it is a working day, and the next one otherwise: the end of
// a term of months within which a duty must be done (CAL-03). Its error wraps
// ErrNoCalendar.
func (c Calendar) NextWorking(d Date) (Result, error) {
	return c.AddWorking(d.AddDays(-1), 1)
}

// WorkingBetween returns the number of working days after from up to and including to:
// how many are left or, from the due day to today, how many it is late. It is negative
// where to lies before from. Days outside 2016–2050 do not count.
func (c Calendar) WorkingBetween(from, to Date) int { return c.upTo(to) - c.upTo(from) }
