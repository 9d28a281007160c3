package target

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ketnap/date"
)

// A Share is a figure set as a percentage of a unit's members on a day (TGT-04). The zero
// Share is none: the figure was set as a number.
type Share struct {
	Hundredths int       // of a percent: 250 is 2,5%
	On         date.Date // the day of the count
	Base       int       // members on that day
}

// The ways in which a share can be wrong.
var (
	ErrShare = errors.New("percentage out of range")
	ErrBase  = errors.New("no count of members on that day")
)

const wholeShare = 10_000 // hundredths of a percent

// NewShare returns a share of so many members. It fails with ErrShare outside 0,01% to
// 100%, and with ErrBase where no count is known: a figure is never made of a guess.
func NewShare(hundredths, base int, on date.Date) (Share, error) {
	s := Share{Hundredths: hundredths, On: on, Base: base}
	if hundredths == 0 {
		return Share{}, ErrShare
	}
	return s, s.validate()
}

func (s Share) validate() error {
	switch {
	case s == Share{}:
		return nil
	case s.Hundredths < 1 || s.Hundredths > wholeShare:
		return fmt.Errorf("%w: %d", ErrShare, s.Hundredths)
	case s.Base < 1 || s.Base > maxPeople || s.On.IsZero():
		return fmt.Errorf("%w: %s", ErrBase, s.On)
	}
	return nil
}

// People returns how many people the share is, rounded up: a part of a person is one.
func (s Share) People() int { return (s.Hundredths*s.Base + wholeShare - 1) / wholeShare }

// Percent returns the share as an office writes it: "2,5%".
func (s Share) Percent() string {
	whole, rest := strconv.Itoa(s.Hundredths/100), s.Hundredths%100
	if rest == 0 {
		return whole + "%"
	}
	return whole + "," + strings.TrimRight(fmt.Sprintf("%02d", rest), "0") + "%"
}

// Words explains the number: "2,5% của 1.240 đảng viên có đến ngày 31/12/2023 là 31
// người (làm tròn lên)".
func (s Share) Words() string {
	if (s == Share{}) {
		return ""
	}
	rounded := ""
	if s.Hundredths*s.Base%wholeShare != 0 {
		rounded = " (làm tròn lên)"
	}
	return fmt.Sprintf("%s của %s đảng viên có đến ngày %d/%d/%d là %s người%s", s.Percent(), dotted(s.Base),
		s.On.Day(), s.On.Month(), s.On.Year(), dotted(s.People()), rounded)
}

// dotted writes a count with a dot before each three digits.
func dotted(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "." + text[i:]
	}
	return text
}
