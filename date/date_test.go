package date

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNewGivesBackItsPartsUpToTheLastYear(t *testing.T) {
	t.Parallel()
	// A duration of the standard library ends after 292 years, in April 2192.
	for _, s := range []string{"1900-01-01", "2024-02-29", "2192-04-09", "2192-04-10", "2199-12-31"} {
		if got := Must(s); got.String() != s {
			t.Errorf("%s came back as %v", s, got)
		}
	}
	for _, s := range []string{"1899-12-31", "2200-01-01", "2023-02-29", "2024-04-31", "27/5/2024", ""} {
		if d, err := Parse(s); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q was read as %v (%v)", s, d, err)
		}
	}
}

func TestADateIsWrittenAsPartyOfficesDo(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"2024-05-27": "27/5/2024", "2024-02-05": "05/02/2024", "2024-01-15": "15/01/2024", "2024-09-02": "02/9/2024",
	} {
		if got := Must(s).VN(); got != want {
			t.Errorf("%s is written %s, want %s", s, got, want)
		}
	}
	if (Date{}).VN() != "" || (Date{}).String() != "" {
		t.Error("no date is written as nothing")
	}
}

func TestDatesSurviveEachWayOfStoringThem(t *testing.T) {
	t.Parallel()
	days := anyDay("1900-01-01", "2199-12-31")
	rapid.Check(t, func(t *rapid.T) {
		d := days.Draw(t, "d")
		stored, err := d.Value()
		if err != nil {
			t.Fatal(err)
		}
		text := stored.(string)
		at := time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, time.UTC)
		for _, src := range []any{text, []byte(text), text + "T00:00:00Z", at} {
			var got Date
			if err := got.Scan(src); err != nil || got != d {
				t.Fatalf("%T %v came back as %v (%v)", src, src, got, err)
			}
		}
		b, err := json.Marshal(map[Date]Date{d: d})
		if err != nil {
			t.Fatal(err)
		}
		var got map[Date]Date
		if err := json.Unmarshal(b, &got); err != nil || got[d] != d {
			t.Fatalf("%s came back as %v (%v)", b, got, err)
		}
		e := days.Draw(t, "e")
		if d.AddDays(e.Sub(d)) != e || d.Before(e) != (d.Compare(e) < 0) || d.After(e) != (d.Compare(e) > 0) {
			t.Fatalf("%v and %v do not agree about their order", d, e)
		}
	})
	d := Must("2024-05-27")
	if err := errors.Join(d.Scan(nil), json.Unmarshal([]byte("null"), &d), d.UnmarshalText(nil)); err != nil || !d.IsZero() {
		t.Errorf("nothing was read as %v (%v)", d, err)
	}
	if err := d.Scan(12); !errors.Is(err, ErrInvalid) {
		t.Errorf("a number was read as a date: %v", err)
	}
}

func TestInstantsSurviveEachWayOfStoringThem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "µs")).In(time.FixedZone("ICT", 7*3600))
		i := At(at)
		for _, src := range []any{i.String(), []byte(i.String()), at, at.Format(time.RFC3339Nano)} {
			var got Instant
			if err := got.Scan(src); err != nil || got != i {
				t.Fatalf("%v came back as %v (%v)", src, got, err)
			}
		}
		if later := i.Add(time.Microsecond); !i.Before(later) || i.String() >= later.String() {
			t.Fatalf("%v and %v sort otherwise than they follow", i, later)
		}
	})
	var i Instant
	if err := i.Scan(nil); err != nil || !i.IsZero() || i.String() != "" {
		t.Errorf("NULL was read as %v (%v)", i, err)
	}
	if i.Scan("yesterday") == nil || i.Scan(3.5) == nil {
		t.Error("nonsense was read as an instant")
	}
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		mustCalendar(holidaysText)
	}
}
