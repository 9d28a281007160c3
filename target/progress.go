package target

import (
	"fmt"
	"strconv"
	"strings"
)

// Percent returns done in percent of plan as Vietnamese offices print it: at most two
// decimals, rounded half up, trailing zeros dropped, with a comma: "105", "67,9". It
// counts in integers only, exactly for figures below 10^14. There is no percentage, and
// false, without a plan or of negative numbers.
func Percent(done, plan int) (string, bool) {
	if plan <= 0 || done < 0 {
		return "", false
	}
	hundredths := done/plan*10_000 + (done%plan*20_000+plan)/(2*plan)
	whole, rest := strconv.Itoa(hundredths/100), hundredths%100
	if rest == 0 {
		return whole, true
	}
	return whole + "," + strings.TrimRight(fmt.Sprintf("%02d", rest), "0"), true
}

// PercentOf is Percent against a plan that there may not be; nil stands for no percentage.
func PercentOf(done int, plan *int) *string {
	if plan == nil {
		return nil
	}
	s, ok := Percent(done, *plan)
	if !ok {
		return nil
	}
	return &s
}

// Progress is how far a unit has come towards its plan.
type Progress struct {
	Done    int     `json:"done"`
	Plan    *int    `json:"plan"`    // none where nothing was assigned
	Percent *string `json:"percent"` // none without a plan or with a plan of 0
}

// Measure returns the progress of done towards plan.
func Measure(done int, plan *int) Progress {
	return Progress{Done: done, Plan: plan, Percent: PercentOf(done, plan)}
}

// Words returns the progress as a page says it: "3 / 5 · còn 2".
func (p Progress) Words() string {
	switch {
	case p.Plan == nil:
		return fmt.Sprintf("%d · chưa giao chỉ tiêu", p.Done)
	case p.Done < *p.Plan:
		return fmt.Sprintf("%d / %d · còn %d", p.Done, *p.Plan, *p.Plan-p.Done)
	case p.Done == *p.Plan:
		return fmt.Sprintf("%d / %d · đạt", p.Done, *p.Plan)
	}
	return fmt.Sprintf("%d / %d · vượt %d", p.Done, *p.Plan, p.Done-*p.Plan)
}

// A Spread compares a unit's own figure with what it gave to those below. They may
// differ: a reserve, or an over-commitment (TGT-07).
type Spread struct {
	Own  *int // none where the superior assigned nothing
	Sum  int
	Diff int // Sum less Own; 0 without an own figure
}

// Balance adds up the figures of the children beside the unit's own.
func Balance(own *int, children []int) Spread {
	s := Spread{Own: own}
	for _, n := range children {
		s.Sum += n
	}
	if own != nil {
		s.Diff = s.Sum - *own
	}
	return s
}

// Words says whether too little or too much was given on: "giao thiếu 2".
func (s Spread) Words() string {
	switch {
	case s.Own == nil:
		return "chưa được giao chỉ tiêu"
	case s.Diff < 0:
		return fmt.Sprintf("giao thiếu %d", -s.Diff)
	case s.Diff > 0:
		return fmt.Sprintf("giao thừa %d", s.Diff)
	}
	return "giao đủ"
}
