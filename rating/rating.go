// Package rating says how high a unit may still be rated in a year, and why: the ceiling
// that a letter sets on units that have a source and miss their plan (EVAL-20…29). It is
// for the rating page, the command and the API. It never sets a level, and reads nothing.
package rating

import (
	"fmt"

	"ketnap/date"
	"ketnap/source"
	"ketnap/target"
)

// A Level is one of the levels of the yearly rating (EVAL-05).
type Level string

// The two levels that a ceiling is about.
const (
	Excellent Level = "excellent"
	Good      Level = "good"
)

// Words returns the level as the regulation names it.
func (l Level) Words() string {
	switch l {
	case Excellent:
		return "Hoàn thành xuất sắc nhiệm vụ"
	case Good:
		return "Hoàn thành tốt nhiệm vụ"
	}
	return string(l)
}

// The conditions under which a ceiling applies, as letters are read.
const (
	WhenPlanMissed          = "plan_missed"
	WhenSourceAndPlanMissed = "has_source and plan_missed"
)

// A Ceiling is the clause of a document that denies a level in one year (EVAL-27).
type Ceiling struct {
	Document  string // symbol
	Clause    string
	Year      int
	Denies    Level
	Condition string
}

// cite names the clause of the ceiling.
func (c Ceiling) cite() string { return cite(c.Document, c.Clause) }

func cite(document, clause string) string {
	if clause == "" {
		return document
	}
	return document + ", mục " + clause
}

// A Head is who held the post of the unit's head on the day that counts.
type Head struct {
	Name string    `json:"name"`
	From date.Date `json:"from"`
	To   date.Date `json:"to"` // none while the post is held
}

// Facts are what a unit's rating is drawn from. They are those of one year; judgements
// and ceilings of other years are passed over.
type Facts struct {
	Unit       string // code
	Year       int
	Today      date.Date      // the business day
	Plan       *target.Target // the figure of target.Plan; none where nothing was assigned
	Admitted   int            // in the year, the unit's subtree
	Event      target.Event   // by which they are counted
	Judgements []source.Judgement
	Candidates []source.Candidate // the open files on Day
	Ceilings   []Ceiling          // whose unit stands over this one, or is it
	Head       *Head              // on Day
}

// Day returns the day on which source and head are looked at: 31 December of the year,
// or the business day if that is earlier.
func Day(year int, today date.Date) date.Date {
	end, err := date.New(year, 12, 31)
	if err != nil || today.Before(end) {
		return today
	}
	return end
}

// The bodies that a ceiling is about (EVAL-20).
const (
	Committee    = "committee"
	Organization = "organization"
	HeadOfUnit   = "head"
)

// A Because is one reason of a rating: the clause or rule, and the fact in words.
type Because struct {
	Cite string `json:"cite"`
	Text string `json:"text"`
}

// A Rating is the answer: the best level still open to a unit, and why.
type Rating struct {
	Unit           string       `json:"unit"`
	Year           int          `json:"year"`
	HasSource      bool         `json:"has_source"`
	HasSourceBasis string       `json:"has_source_basis"`
	Plan           *int         `json:"plan"`
	Admitted       int          `json:"admitted"`
	CountingEvent  target.Event `json:"counting_event"`
	Ceiling        *Level       `json:"ceiling"`
	AppliesTo      []string     `json:"applies_to"`
	Head           *Head        `json:"head"`
	Because        []Because    `json:"because"`
	Candidates     []string     `json:"candidates"`
	Warnings       []string     `json:"warnings"`
}

// What has_source rests on.
const (
	Recorded = "recorded"
	Computed = "computed"
)

// Missed reports whether there is a plan and it is not reached.
func (r Rating) Missed() bool { return r.Plan != nil && r.Admitted < *r.Plan }

// Sentence returns the answer in one sentence for the page.
func (r Rating) Sentence() string {
	switch {
	case r.Ceiling != nil:
		return fmt.Sprintf("Không xếp loại Hoàn thành xuất sắc: kế hoạch %d, đã kết nạp %d%s.", *r.Plan, r.Admitted, r.left())
	case r.Plan == nil:
		return fmt.Sprintf("Không giới hạn mức xếp loại: chưa có chỉ tiêu được giao năm %d.", r.Year)
	case !r.Missed():
		return fmt.Sprintf("Không giới hạn mức xếp loại: kế hoạch %d, đã kết nạp %d.", *r.Plan, r.Admitted)
	case !r.HasSource:
		return fmt.Sprintf("Không giới hạn mức xếp loại: kế hoạch %d, đã kết nạp %d, nhưng không còn nguồn.", *r.Plan, r.Admitted)
	}
	return fmt.Sprintf("Không giới hạn mức xếp loại: kế hoạch %d, đã kết nạp %d; năm %d không có văn bản nào quy định.", *r.Plan, r.Admitted, r.Year)
}

// left says how many are left, or that a judgement alone says that some are; nothing
// where the document does not ask for source.
func (r Rating) left() string {
	switch {
	case !r.HasSource:
		return ""
	case len(r.Candidates) == 0:
		return ", còn nguồn theo kết luận rà soát"
	}
	return fmt.Sprintf(", còn nguồn %d", len(r.Candidates))
}
