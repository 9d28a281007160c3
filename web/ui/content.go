package ui

import (
	"strconv"

	"github.com/a-h/templ"

	"ketnap/internal/i18n"
)

// TaskRow is one thing to do: what, for whom, by when, why, and one button.
type TaskRow struct {
	Mood  Mood
	What  string
	Whom  string // person, unit or letter
	Delay string // "Chậm 3 ngày làm việc", coloured by Mood; none when empty
	When  string // "hạn thứ Năm, 10/10/2024"
	Why   string
	Cite  string // the clause
	Act   *Action
	Also  *Link // another way to settle it
}

// Step is a stage on the road from list to official member.
type Step struct {
	Label string
	Mood  Mood // Done behind, Todo ahead; Soon or Late may mark the current one
	Here  bool
}

func (s Step) icon() string {
	if s.Here && s.Mood == Todo {
		return string(Soon)
	}
	return string(s.Mood)
}

func (s Step) attrs() templ.Attributes {
	if s.Here {
		return templ.Attributes{"aria-current": "step"}
	}
	if s.Mood == Done {
		return templ.Attributes{"class": "done"}
	}
	return nil
}

// Event is an act on a timeline, newest first. Next is one expected, Void one that was
// struck out.
type Event struct {
	When, What string
	Notes      []string // number, by whom, under which rules
	Next, Void bool
}

func (e Event) class() string { return classes(on(e.Next, "next"), on(e.Void, "void")) }

// Fact is a term and its value; Note, smaller, stands under the value.
type Fact struct{ Term, Value, Note string }

// Check is a line of what is there and what is missing.
type Check struct {
	Mood Mood
	Text string
}

func (c Check) tone() string {
	if c.Mood == Todo {
		return "soft"
	}
	return c.Mood.tone()
}

// SectionHead names a section: ID is unique on the page, Note a few words beside the title.
type SectionHead struct{ ID, Title, Note string }

// MeterBar is a figure, its plan in words and a thin bar. NewMeter and NewSplit make it.
type MeterBar struct {
	Figure string // "3 / 5"
	Words  string // after the figure
	Big    bool
	Small  bool
	Split  bool
	Parts  []Part
}

// Part is a piece of a bar. Fill is 1 for what is done, 2 for a forecast or a second
// holder, 3 for a third. Label, if any, appears in the legend.
type Part struct {
	Fill  int
	Count int
	Label string

	x, width string // of 100
}

func (p Part) fill() string { return "f" + strconv.Itoa(p.Fill) }

func (m MeterBar) class() string { return classes("meter", on(m.Small, "small"), on(m.Split, "split")) }

func (m MeterBar) bigClass() string { return on(m.Big, "big") }

func (m MeterBar) hasKey() bool {
	for _, p := range m.Parts {
		if p.Label != "" {
			return true
		}
	}
	return false
}

// NewMeter returns the bar of done against plan, in the words of lang: "3 / 5 · còn 2",
// "6 / 5 · vượt 1", and without a plan (0) the figure and that there is none.
func NewMeter(lang i18n.Lang, done, plan int) MeterBar {
	m := NewSplit(lang, plan, Part{Fill: 1, Count: done})
	switch rest := plan - done; {
	case plan <= 0:
		m.Parts = nil
		m.Words = "· " + i18n.T(lang, "ui.meter.unplanned")
	case rest > 0:
		m.Words = "· " + i18n.T(lang, "ui.meter.rest", "n", rest)
	case rest < 0:
		m.Words = "· " + i18n.T(lang, "ui.meter.over", "n", -rest)
	default:
		m.Words = "· " + i18n.T(lang, "ui.meter.reached")
	}
	return m
}

// NewSplit returns the bar of several parts, from left to right, against a whole. What
// goes beyond the whole fills the bar to its end and no further.
func NewSplit(lang i18n.Lang, whole int, parts ...Part) MeterBar {
	m := MeterBar{Parts: make([]Part, 0, len(parts))}
	sum := 0
	for _, p := range parts {
		from, to := share(sum, whole), share(sum+p.Count, whole)
		sum += p.Count
		p.x, p.width = hundredths(from), hundredths(to-from)
		m.Parts = append(m.Parts, p)
	}
	m.Split = len(parts) > 1
	m.Figure = i18n.Count(lang, sum)
	if whole > 0 {
		m.Figure += "\u00a0/\u00a0" + i18n.Count(lang, whole)
	}
	return m
}

// share returns n of whole in hundredths of a percent, between 0 and 10000.
func share(n, whole int) int {
	if whole <= 0 {
		return 0
	}
	return min(max(n*10000/whole, 0), 10000)
}

func hundredths(n int) string { return strconv.FormatFloat(float64(n)/100, 'f', 2, 64) }

// Sealed is a closed field: it opens with a reason, which is written down (SEC-05).
type Sealed struct {
	ID, Title string
	Action    string // where the reason is posted
	Field     string // what is to be opened
	Reason    string // as typed, when it was refused
	Error     string
}

// Pages is where a list stands. Prev and Next are addresses, none when empty.
type Pages struct {
	From, To, Total int // Total 0 when it was not counted
	Prev, Next      string
}

// Nothing is what an empty page says: what will stand here, and the first step.
type Nothing struct {
	Title, Text string
	First       *Action
}

// Failure is a page that says what went wrong. Kind is invalid, not_found, forbidden,
// conflict, stale, unavailable, internal, unauthorized or too_many; Request is the code for the administrator.
type Failure struct {
	Base
	Kind    string
	Request string
}
