package class

import (
	"slices"

	"ketnap/date"
	"ketnap/rule"
)

// An Essay is what a learner wrote: the first one and, where that failed, the one retake.
type Essay struct {
	First  *Mark
	Retake *Mark
}

// Last returns the mark that counts; false where there is none.
func (e Essay) Last() (Mark, bool) {
	switch {
	case e.Retake != nil:
		return *e.Retake, true
	case e.First != nil:
		return *e.First, true
	}
	return 0, false
}

// An Outcome is what became of a learner.
type Outcome string

// Outcomes.
const (
	OutcomePassed Outcome = "passed"
	OutcomeFailed Outcome = "failed" // below the pass, and no retake left
	OutcomeRetake Outcome = "retake" // below the pass; may write once more
	OutcomeBarred Outcome = "barred" // attended too little to write
	OutcomeNone   Outcome = "none"   // may write, has not
)

// Outcomes lists the outcomes, in the order of lists.
func Outcomes() []Outcome {
	return []Outcome{OutcomePassed, OutcomeRetake, OutcomeFailed, OutcomeBarred, OutcomeNone}
}

// Valid reports whether o is an outcome.
func (o Outcome) Valid() bool { return slices.Contains(Outcomes(), o) }

// Final reports whether nothing more can come of the class for the learner but by a retake.
func (o Outcome) Final() bool { return o != OutcomeRetake }

// Words says the outcome.
func (o Outcome) Words() string {
	switch o {
	case OutcomePassed:
		return "Đạt"
	case OutcomeFailed:
		return "Không đạt"
	case OutcomeRetake:
		return "Được viết lại"
	case OutcomeBarred:
		return "Không đủ điều kiện viết thu hoạch"
	case OutcomeNone:
		return "Không có bài thu hoạch"
	}
	return string(o)
}

// A Result is how a learner stands, with the findings that say why.
type Result struct {
	Tally
	Outcome  Outcome
	Mark     *Mark
	Grade    Grade
	Findings []rule.Finding
}

// MayWrite judges by attendance whether a learner may write the essay: blocks where the
// regulation is sourced, warns where it is only remembered.
func (r Regulation) MayWrite(t Tally) []rule.Finding {
	if t.Reaches(r.Percent) {
		return nil
	}
	return []rule.Finding{r.Share.find("attendance", "Dự %d trên %d tiết (%d%%), dưới %d%% số tiết: chưa đủ điều kiện viết bài thu hoạch.",
		t.Attended, t.Periods, t.Percent(), r.Percent)}
}

// Judge says how a learner stands under the regulation of the day of the last session.
func (r Regulation) Judge(t Tally, e Essay) Result {
	out := Result{Tally: t, Findings: r.MayWrite(t)}
	if rule.Blocked(out.Findings) {
		out.Outcome = OutcomeBarred
		return out
	}
	m, written := e.Last()
	if !written {
		out.Outcome = OutcomeNone
		return out
	}
	out.Mark = &m
	switch {
	case m >= r.Pass:
		out.Outcome, out.Grade = OutcomePassed, r.GradeOf(m)
	case e.Retake == nil && r.Retakes > 0:
		out.Outcome = OutcomeRetake
		out.Findings = append(out.Findings, soft(r.Retake.find("retake", "Bài thu hoạch %s điểm, dưới %s: được viết lại một lần.", m, r.Pass)))
	default:
		out.Outcome = OutcomeFailed
		out.Findings = append(out.Findings, soft(r.Passing.find("retake", "Viết lại được %s điểm, dưới %s: không đạt, không được viết lại lần nữa.", m, r.Pass)))
	}
	return out
}

// soft makes a finding that explains and stops nothing.
func soft(f rule.Finding) rule.Finding {
	f.Severity = rule.Warn
	return f
}

// Allowed judges a mark that is to be written down: as the first essay, attempt 1, or a
// retake, attempt 2. e is what stands already.
func (r Regulation) Allowed(t Tally, e Essay, attempt int) []rule.Finding {
	block := func(c Clause, format string, args ...any) []rule.Finding {
		f := c.find("mark", format, args...)
		f.Severity = rule.Block // the count of essays is what a retake is
		return []rule.Finding{f}
	}
	switch {
	case attempt > 1+r.Retakes || attempt < 1:
		return block(r.Retake, "Chỉ được viết lại %d lần; không ghi điểm viết lại lần nữa.", r.Retakes)
	case attempt == 2 && e.First == nil:
		return block(r.Retake, "Chưa có điểm bài thu hoạch lần đầu.")
	case attempt == 2 && *e.First >= r.Pass:
		return block(r.Retake, "Bài lần đầu đã đạt (%s điểm), không viết lại.", *e.First)
	}
	return r.MayWrite(t)
}

// MayDecide judges whether results may be decided on a day: not before the last session,
// nor while a roll is open.
func MayDecide(sessions []Session, open int, on date.Date) []rule.Finding {
	r := RegulationOn(on)
	last := LastOf(sessions)
	block := func(field, format string, args ...any) []rule.Finding {
		f := r.Certificate.find(field, format, args...)
		f.Severity = rule.Block
		return []rule.Finding{f}
	}
	switch {
	case last.IsZero():
		return block("on", "Lớp chưa có buổi học nào; chưa công nhận kết quả được.")
	case on.Before(last):
		return block("on", "Ngày quyết định %s trước buổi học cuối %s. Sửa ngày quyết định, hoặc sửa lịch học.", on.VN(), last.VN())
	case open > 0:
		return block("attendance", "Còn %d ô điểm danh để trống. Điểm danh xong các buổi học rồi mới công nhận kết quả.", open)
	}
	return nil
}
