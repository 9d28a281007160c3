package target

import (
	"errors"
	"fmt"
)

// A Part is a group that a figure names within the whole ("trong đó").
type Part string

// The parts of a figure. They overlap: a woman may be a student.
const (
	Whole    Part = ""
	Youth    Part = "youth"    // people of the age of the youth union
	Learners Part = "learners" // pupils and students
	Women    Part = "women"
)

// Parts lists the parts, without the whole.
func Parts() []Part { return []Part{Youth, Learners, Women} }

// Valid reports whether p is the whole or one of the parts.
func (p Part) Valid() bool { return p == Whole || p == Youth || p == Learners || p == Women }

// Words returns the part as a heading says it; "" for the whole.
func (p Part) Words() string {
	switch p {
	case Whole:
		return ""
	case Youth:
		return "người trong độ tuổi Đoàn"
	case Learners:
		return "học sinh, sinh viên"
	case Women:
		return "nữ"
	}
	return string(p)
}

// A Span says what a figure covers beyond one whole year: several years up to Until (a
// term, TGT-01), or a quarter, and which part. The zero Span is the whole of one year,
// the only one that counts as a plan (EVAL-23).
type Span struct {
	Until   int  // last year; 0 where the figure is of one year
	Quarter int  // 1 to 4; 0 for the whole year
	Part    Part // whom of those counted
	PerYear bool // of several years: the figure is owed in each of them
}

// Limits of a span.
const (
	longestSpan = 10 // years
	quarters    = 4
	termYears   = 5 // from one congress to the next
)

// The ways in which a span can be wrong.
var (
	ErrUntil   = errors.New("last year before the first or too far")
	ErrQuarter = errors.New("no such quarter, or a quarter of several years")
	ErrPart    = errors.New("unknown part")
)

func (s Span) validate(year int) error {
	switch {
	case s.Until != 0 && (s.Until <= year || s.Until > year+longestSpan):
		return fmt.Errorf("%w: %d", ErrUntil, s.Until)
	case s.PerYear && s.Until == 0:
		return fmt.Errorf("%w: a figure for each year of one", ErrUntil)
	case s.Quarter < 0 || s.Quarter > quarters || s.Quarter != 0 && s.Until != 0:
		return fmt.Errorf("%w: %d", ErrQuarter, s.Quarter)
	case !s.Part.Valid():
		return fmt.Errorf("%w: %q", ErrPart, s.Part)
	}
	return nil
}

// Words names the time and the part: "quý 2 năm 2024", "nhiệm kỳ 2020–2025, mỗi năm",
// "năm 2024, trong đó nữ". A span from one congress to the next is called a term.
func (s Span) Words(year int) string {
	text := fmt.Sprintf("năm %d", year)
	switch {
	case s.Until == year+termYears:
		text = fmt.Sprintf("nhiệm kỳ %d–%d", year, s.Until)
	case s.Until != 0:
		text = fmt.Sprintf("giai đoạn %d–%d", year, s.Until)
	case s.Quarter != 0:
		text = fmt.Sprintf("quý %d năm %d", s.Quarter, year)
	}
	if s.PerYear {
		text += ", mỗi năm"
	}
	if s.Part != Whole {
		text += ", trong đó " + s.Part.Words()
	}
	return text
}

// Covers reports whether a span that begins in first reaches into year.
func (s Span) Covers(first, year int) bool { return first <= year && year <= max(first, s.Until) }

// ErrWithin is wrapped where a part asks for more than the whole.
var ErrWithin = errors.New("a part is larger than the whole")

// Within fails with ErrWithin where a part asks for more people than the whole allows.
// A whole without an upper end allows any number.
func Within(part, whole Range) error {
	if whole.Max == nil {
		return nil
	}
	if part.Min > *whole.Max || part.Max != nil && *part.Max > *whole.Max {
		return fmt.Errorf("%w: %s of %s", ErrWithin, part.Words(), whole.Words())
	}
	return nil
}
