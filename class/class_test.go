package class

import (
	"testing"

	"ketnap/date"
)

func TestEveryWordOfTheClassIsVietnamese(t *testing.T) {
	t.Parallel()
	for _, s := range States() {
		if !s.Valid() || s.Words() == string(s) {
			t.Errorf("state %s has no words", s)
		}
	}
	for _, k := range Kinds() {
		if k.Words() == string(k) {
			t.Errorf("kind %s has no words", k)
		}
	}
	for _, s := range LearnerStates() {
		if s.Words() == string(s) {
			t.Errorf("state of learners %s has no words", s)
		}
	}
	for _, n := range Needs() {
		if n.Words() == string(n) || n.Short() == string(n) {
			t.Errorf("need %s has no words", n)
		}
	}
}

func TestAClassGoesOnlyItsWay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to State
		want     bool
	}{
		{Draft, Opened, true}, {Draft, Running, false}, {Proposed, Opened, true}, {Opened, Running, true}, {Opened, Draft, false},
		{Running, Ended, true}, {Running, Closed, false}, {Ended, Closed, true}, {Ended, Running, true}, {Closed, Running, false},
		{Opened, Cancelled, true}, {Ended, Cancelled, false}, {Cancelled, Opened, false},
	} {
		if got := c.from.MayBecome(c.to); got != c.want {
			t.Errorf("%s to %s: %v", c.from, c.to, got)
		}
	}
}

func TestANewMemberNeedsTheClassMoreAsProbationGoesOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, ceremony, today string
		want                  Need
	}{
		{"the day of the ceremony", "2024-01-10", "2024-01-10", Probation},
		{"the last day of month 6 does not warn", "2024-01-10", "2024-07-10", Probation},
		{"the day after does", "2024-01-10", "2024-07-11", MonthSix},
		{"the last day of month 9", "2024-01-10", "2024-10-10", MonthSix},
		{"past month 9", "2024-01-10", "2024-10-11", MonthNine},
		{"past the probation it still lacks", "2024-01-10", "2025-03-01", MonthNine},
		{"a ceremony on the 31st", "2023-08-31", "2024-02-29", Probation},
		{"and a month later", "2023-08-31", "2024-03-01", MonthSix},
	} {
		if got := NewMemberNeed(date.Must(c.ceremony), date.Must(c.today)); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	if NewMemberNeed(date.Date{}, date.Must("2024-01-01")) != Probation {
		t.Error("without a ceremony nothing presses")
	}
}

func TestACertificateThatWillDoIsNoNeed(t *testing.T) {
	t.Parallel()
	today, use := date.Must("2024-05-27"), date.Must("2024-12-31")
	for _, c := range []struct {
		name, until string
		want        Need
		needs       bool
	}{
		{"none", "", NoCertificate, true},
		{"ended yesterday", "2024-05-26", Expired, true},
		{"ends today, is valid that day (TV-20), but not when it is used", "2024-05-27", Expires, true},
		{"ends the day before it is used", "2024-12-30", Expires, true},
		{"valid the day it is used", "2024-12-31", "", false},
	} {
		until := date.Date{}
		if c.until != "" {
			until = date.Must(c.until)
		}
		if got, needs := AwarenessNeed(until, today, use); got != c.want || needs != c.needs {
			t.Errorf("%s: %s, %v", c.name, got, needs)
		}
	}
}
