package source

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/rule"
)

// A Count is one layer of a review: what was counted, and what the committee says.
type Count struct {
	Layer   Layer
	Counted *int   // nil where nobody counted
	Origin  Origin // of Counted
	Value   *int   // as the committee says; nil where it does not know
	Reason  string // why Value is not what was counted, or not what the level below said
}

// Corrected reports whether the committee put another number than the one counted.
func (c Count) Corrected() bool {
	return c.Counted != nil && (c.Value == nil || *c.Value != *c.Counted)
}

// A Review is what a committee at one level says of the source of a unit in a period
// (TGT-26).
type Review struct {
	Unit     string // code
	Period   date.Period
	Level    Level
	Counts   []Count // one for each layer, in their order
	Has      bool
	Reasons  []Reason // codes, where there is none
	Evidence string
	Despite  string // why it is so in spite of the contradictions
	On       date.Date
	By       string
}

// Limits of a review.
const (
	MaxCount    = 99999 // people in one layer
	MaxEvidence = 1000  // letters
	MaxNote     = 300   // letters of the reason of one correction
	MaxDespite  = 500   // letters
)

// ErrReview is wrapped by the refusal of a review; the findings say what and where.
var ErrReview = errors.New("a review that cannot be")

// At returns the count of a layer; false where the review has none.
func (r Review) At(l Layer) (Count, bool) {
	for _, c := range r.Counts {
		if c.Layer == l {
			return c, true
		}
	}
	return Count{}, false
}

// value is what the review says of a layer, nil where it is not known.
func (r Review) value(l Layer) *int {
	c, ok := r.At(l)
	if !ok {
		return nil
	}
	return c.Value
}

// Field names the form's field of a layer's value; Why that of its reason.
func Field(l Layer) string { return "value-" + string(l) }

// Why names the form's field of the reason of a layer's correction.
func Why(l Layer) string { return "why-" + string(l) }

// Check returns what is wrong with a review: all of it blocks. below is the review of the
// level underneath, or an earlier one of the same level; nil where there is none. A number
// that differs from theirs, or without them from what was counted, says why.
func (r Review) Check(below *Review) []rule.Finding {
	var out []rule.Finding
	block := func(field, format string, args ...any) {
		out = append(out, rule.Finding{Rule: "TGT-26", Severity: rule.Block, Field: field, Message: fmt.Sprintf(format, args...)})
	}
	for _, c := range r.Counts {
		name := c.Layer.Short()
		if c.Value != nil && (*c.Value < 0 || *c.Value > MaxCount) {
			block(Field(c.Layer), "%s: số người từ 0 đến %d.", name, MaxCount)
		}
		if utf8.RuneCountInString(c.Reason) > MaxNote {
			block(Why(c.Layer), "%s: lý do dài quá %d chữ. Xin viết gọn lại.", name, MaxNote)
		}
		if before, who := r.before(c, below); before != nil && (c.Value == nil || *c.Value != *before) && c.Reason == "" {
			block(Why(c.Layer), "%s: %s là %d. Xin ghi vì sao ghi khác.", name, who, *before)
		}
	}
	if !r.Has && len(r.Reasons) == 0 && r.Evidence == "" {
		block("reasons", "Chưa ghi vì sao không còn nguồn. Xin chọn một lý do, hoặc viết ở ô căn cứ.")
	}
	if i := slices.IndexFunc(r.Reasons, func(x Reason) bool { return !x.Valid() }); i >= 0 {
		block("reasons", "Không có lý do «%s» trong danh sách.", r.Reasons[i])
	}
	if utf8.RuneCountInString(r.Evidence) > MaxEvidence {
		block("evidence", "Căn cứ dài quá %d chữ. Xin viết gọn lại.", MaxEvidence)
	}
	if utf8.RuneCountInString(r.Despite) > MaxDespite {
		block("despite", "Phần giải thích dài quá %d chữ. Xin viết gọn lại.", MaxDespite)
	}
	return out
}

// before is the number that stood there before a committee wrote its own, and whose it is.
func (r Review) before(c Count, below *Review) (value *int, whose string) {
	if below != nil {
		if v := below.value(c.Layer); v != nil {
			return v, "số " + below.Level.Words()
		}
		return nil, ""
	}
	return c.Counted, "số đếm được"
}

// Judgement is the judgement that a review carries: the one that ratings read.
func (r Review) Judgement() Judgement {
	j := Judgement{Unit: r.Unit, Year: r.Period.Year(), Level: r.Level, HasSource: r.Has, On: r.On, By: r.By}
	if len(r.Reasons) == 1 && r.Evidence == "" {
		j.Reason = r.Reasons[0]
		return j
	}
	parts := make([]string, 0, len(r.Reasons)+1)
	for _, x := range r.Reasons {
		parts = append(parts, x.Words())
	}
	if r.Evidence != "" {
		parts = append(parts, r.Evidence)
	}
	j.Reason = Reason(strings.Join(parts, "; "))
	return j
}

// Reviewable reports whether a period can be reviewed on a day: a whole year, half or
// quarter that has begun, from 2000 on.
func Reviewable(p date.Period, today date.Date) bool {
	months := len(p.Months())
	return (months == 12 || months == 6 || months == 3) && p.From.Year() >= 2000 && !p.From.After(today)
}

// Change returns how much a number grew since the review before; nil where one of them is
// not known.
func Change(now, before *int) *int {
	if now == nil || before == nil {
		return nil
	}
	d := *now - *before
	return &d
}
