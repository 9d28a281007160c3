package date

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// An Instant is a moment, in UTC and cut to microseconds, which is what both engines
// keep of it. The zero value is no moment.
type Instant struct{ t time.Time }

const instantLayout = "2006-01-02T15:04:05.000000Z"

// At returns the moment t.
func At(t time.Time) Instant { return Instant{t.UTC().Truncate(time.Microsecond)} }

// IsZero reports whether i is no moment.
func (i Instant) IsZero() bool { return i.t.IsZero() }

// Time returns the moment as a time in UTC.
func (i Instant) Time() time.Time { return i.t }

// Before reports whether i lies before j.
func (i Instant) Before(j Instant) bool { return i.t.Before(j.t) }

// Add returns the moment d later.
func (i Instant) Add(d time.Duration) Instant { return At(i.t.Add(d)) }

// String returns the moment in a fixed width, so that texts sort as moments do.
func (i Instant) String() string {
	if i.IsZero() {
		return ""
	}
	return i.t.Format(instantLayout)
}

// MarshalJSON writes the moment as String does, and null for none.
func (i Instant) MarshalJSON() ([]byte, error) {
	if i.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + i.String() + `"`), nil
}

// Value stores the moment in the fixed-width form, and none as NULL.
func (i Instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil //nolint:nilnil // NULL is the value of no moment
	}
	return i.String(), nil
}

// Scan reads a TIMESTAMPTZ column; the engines hand it over as time, text or bytes.
func (i *Instant) Scan(src any) error {
	var s string
	switch v := src.(type) {
	case nil:
		*i = Instant{}
		return nil
	case time.Time:
		*i = At(v)
		return nil
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return fmt.Errorf("cannot read an instant from %T", src)
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return fmt.Errorf("read an instant: %w", err)
	}
	*i = At(t)
	return nil
}
