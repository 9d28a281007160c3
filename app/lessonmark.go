package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/store"
)

// A MarkAsk is one cell of the grid of marks as it was typed or pasted.
type MarkAsk struct {
	Learner string
	Attempt int    // 1 for the essay, 2 for the retake; the grid knows no other
	Text    string // "" where there is none
}

// Field names the cell in forms and findings.
func (m MarkAsk) Field() string { return fmt.Sprintf("mark.%s.%d", m.Learner, m.Attempt) }

// A MarkSheet is the grid of marks as somebody wants it.
type MarkSheet struct {
	Version int // of the course when it was read
	Cells   []MarkAsk
	Retaken date.Date // the day of the retake, for retakes that are new; none for today
	Reason  string    // why marks that stand are changed
}

// SaveMarks writes marks. Findings beside the cells come back when any cell is wrong, and
// nothing was written then. What stands already is not written again, and a mark that
// stands is changed with a reason only. It fails with Stale where the class was changed
// since it was read.
func (a *App) SaveMarks(ctx context.Context, who Actor, id string, sheet MarkSheet) (found []rule.Finding, err error) {
	err = a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		run := markRun{l: l, sheet: sheet}
		run.read()
		if found = run.found; rule.Blocked(found) {
			return record{}, errBlocked
		}
		if len(run.set)+len(run.out) == 0 {
			return record{}, errNothing
		}
		if err := w.saveCourse(ctx, l, sheet.Version); err != nil {
			return record{}, err
		}
		r := record{object: "class/" + id + "/marks", before: run.before, after: run.after, rules: lessonRules("CLS-09", found)}
		return r, w.SaveMarks(ctx, w.Permit, id, run.set, run.out)
	})
	if errors.Is(err, errBlocked) {
		return found, nil
	}
	return found, err
}

// A markRun is one go at a grid of marks.
type markRun struct {
	l             *Lesson
	sheet         MarkSheet
	found         []rule.Finding
	set, out      []store.MarkRow
	before, after map[string]string // for the audit, by cell
	changed       bool              // a mark that stood
}

func (m *markRun) block(field, format string, args ...any) {
	m.found = append(m.found, rule.Finding{Rule: "CLS-09", Cite: m.l.Regulation.Passing.Cite, Severity: rule.Block, Field: field, Message: fmt.Sprintf(format, args...)})
}

func (m *markRun) read() {
	m.before, m.after = map[string]string{}, map[string]string{}
	essays, touched := map[string]class.Essay{}, map[string]bool{}
	for _, c := range m.sheet.Cells {
		x := m.l.learner(c.Learner)
		if x == nil {
			m.block(c.Field(), "Người này không có trong danh sách lớp.")
			continue
		}
		e, ok := essays[x.ID]
		if !ok {
			e = x.Essay
		}
		if m.cell(x, c, &e) {
			touched[x.ID] = true
		}
		essays[x.ID] = e
	}
	for _, x := range m.l.Learners {
		if touched[x.ID] {
			m.judge(x, essays[x.ID])
		}
	}
	if m.changed && strings.TrimSpace(m.sheet.Reason) == "" {
		m.block("reason", "Có điểm đã ghi nay bị sửa hoặc xóa. Ghi lý do.")
	}
	if m.sheet.Retaken.After(m.l.Today) {
		m.block("retaken", "Ngày viết lại %s sau ngày hôm nay.", m.sheet.Retaken.VN())
	}
}

// cell reads one cell; it reports whether it says anything new.
func (m *markRun) cell(x *LessonLearner, c MarkAsk, e *class.Essay) bool {
	stands := x.Essay.First
	place := &e.First
	switch c.Attempt {
	case 1:
	case 2:
		stands, place = x.Essay.Retake, &e.Retake
	default:
		if strings.TrimSpace(c.Text) != "" {
			m.add(m.l.Regulation.Allowed(x.Result.Tally, *e, c.Attempt), c.Field())
		}
		return false
	}
	if strings.TrimSpace(c.Text) == "" {
		if stands == nil {
			return false
		}
		*place = nil
		return m.change(x, c, *stands, nil)
	}
	mark, err := class.ParseMark(c.Text)
	if err != nil {
		m.found = append(m.found, class.MarkFinding(m.l.Regulation, c.Field(), c.Text, err))
		return false
	}
	if stands != nil && *stands == mark {
		return false
	}
	*place = &mark
	if stands == nil {
		return m.write(x, c, mark)
	}
	return m.change(x, c, *stands, &mark)
}

// change corrects a mark that stands, or takes it out.
func (m *markRun) change(x *LessonLearner, c MarkAsk, was class.Mark, is *class.Mark) bool {
	m.changed, m.before[c.Field()] = true, was.String()
	if is != nil {
		return m.write(x, c, *is)
	}
	m.after[c.Field()] = ""
	m.out = append(m.out, store.MarkRow{Learner: x.ID, Attempt: c.Attempt})
	if x.Frozen != "" {
		m.frozen(c)
	}
	return true
}

func (m *markRun) write(x *LessonLearner, c MarkAsk, mark class.Mark) bool {
	if x.Frozen != "" {
		m.frozen(c)
		return false
	}
	m.after[c.Field()] = mark.String()
	m.set = append(m.set, store.MarkRow{Learner: x.ID, Attempt: c.Attempt, Mark: mark, On: m.day(x, c.Attempt)})
	return true
}

func (m *markRun) frozen(c MarkAsk) {
	m.block(c.Field(), "Kết quả của người này đã được công nhận bằng quyết định, không sửa điểm.")
}

// day is that of the essay: of the last session, or of the retake.
func (m *markRun) day(x *LessonLearner, attempt int) date.Date {
	switch on := x.Written[attempt-1]; {
	case !on.IsZero():
		return on
	case attempt == 2 && !m.sheet.Retaken.IsZero():
		return m.sheet.Retaken
	case attempt == 1 && !m.l.Held().After(m.l.Today):
		return m.l.Held()
	}
	return m.l.Today
}

// judge says of a learner whose marks change whether the rules allow them.
func (m *markRun) judge(x LessonLearner, e class.Essay) {
	r := m.l.Regulation
	first, second := MarkAsk{Learner: x.ID, Attempt: 1}, MarkAsk{Learner: x.ID, Attempt: 2}
	if e.First != nil && e.Retake == nil {
		if n := x.Result.Open; n > 0 {
			m.block(first.Field(), "Còn %d buổi chưa điểm danh người này; điểm danh xong mới ghi điểm.", n)
			return
		}
		m.add(r.Allowed(x.Result.Tally, class.Essay{}, 1), first.Field())
	}
	if e.Retake != nil {
		m.add(r.Allowed(x.Result.Tally, class.Essay{First: e.First}, 2), second.Field())
		if on := m.day(&x, 2); on.Before(m.l.Held()) {
			m.block("retaken", "Ngày viết lại %s trước buổi học cuối %s.", on.VN(), m.l.Held().VN())
		}
	}
}

// add keeps what blocks; that a retake is warned of stands on the page of results.
func (m *markRun) add(found []rule.Finding, field string) {
	for _, f := range found {
		if f.Severity == rule.Block {
			f.Field = field
			m.found = append(m.found, f)
		}
	}
}

// CourseAsk is what the report after a class says besides (CLS-16).
type CourseAsk struct {
	Version      int
	Summoned     int
	UnionMembers *int
	Cost         *int64 // in đồng
	Remarks      string
}

// Limits of a report.
const (
	maxCost    = 1_000_000_000_000
	maxRemarks = 4000
)

// SaveCourse writes what the report after a class says besides what the class itself
// knows. It fails with Invalid beside the field, and with Stale where the class was
// changed since it was read.
func (a *App) SaveCourse(ctx context.Context, who Actor, id string, ask CourseAsk) error {
	return a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		before := l.Course
		most := max(len(l.Learners), ask.Summoned)
		switch {
		case ask.Summoned < 0 || ask.Summoned > 100_000:
			return record{}, errs.E(errs.Invalid, "lesson.report.count").On("summoned")
		case ask.UnionMembers != nil && (*ask.UnionMembers < 0 || *ask.UnionMembers > most):
			return record{}, errs.E(errs.Invalid, "lesson.report.union.bad", "most", most).On("union")
		case ask.Cost != nil && (*ask.Cost < 0 || *ask.Cost > maxCost):
			return record{}, errs.E(errs.Invalid, "lesson.report.cost.range").On("cost")
		case len([]rune(ask.Remarks)) > maxRemarks:
			return record{}, errs.E(errs.Invalid, "lesson.long", "most", maxRemarks).On("remarks")
		}
		l.Course.Summoned, l.Course.UnionMembers, l.Course.Cost, l.Course.Remarks = ask.Summoned, ask.UnionMembers, ask.Cost, strings.TrimSpace(ask.Remarks)
		return record{object: "class/" + id + "/report", before: courseRecord(before), after: courseRecord(l.Course), rules: "CLS-16"},
			w.saveCourse(ctx, l, ask.Version)
	})
}

func courseRecord(c store.CourseRow) map[string]any {
	return map[string]any{"summoned": c.Summoned, "union_members": c.UnionMembers, "cost": c.Cost, "remarks": c.Remarks}
}
