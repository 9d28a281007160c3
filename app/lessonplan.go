package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
)

// Limits of a class.
const (
	maxHalfDays   = 60
	maxPeriods    = 10
	maxLessonText = 300
)

// A SessionAsk is a half-day as somebody wants it.
type SessionAsk struct {
	ID       string // "" for a new one
	Slot     class.Slot
	Lesson   string
	Periods  int
	Lecturer string
	Off      bool // not held: its periods count for nobody
	Drop     bool // take it out of the plan, which its roll must allow
}

// ProposeSessions lays the programme of a class over half-days, for the person to correct.
// Nothing is written. It fails with Invalid where there are too many.
func (a *App) ProposeSessions(ctx context.Context, who Actor, id string, slots []class.Slot) ([]class.Session, error) {
	l, err := a.Lesson(ctx, who, id)
	if err != nil {
		return nil, err
	}
	if len(slots) > maxHalfDays {
		return nil, errs.E(errs.Invalid, "lesson.plan.many", "most", maxHalfDays)
	}
	return class.ProgrammeOn(l.Class.Kind, l.Held()).Plan(slots), nil
}

// SaveSessions writes the half-days of a class. Findings beside fields named
// "<field>.<index>" come back when something is wrong, and nothing was written then. It
// fails with Conflict once results were decided, with Stale where the class was changed
// since it was read.
func (a *App) SaveSessions(ctx context.Context, who Actor, id string, version int, asks []SessionAsk) (found []rule.Finding, err error) {
	err = a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		if l.Decided() {
			return record{}, errs.E(errs.Conflict, "lesson.frozen")
		}
		if len(asks) > maxHalfDays {
			return record{}, errs.E(errs.Invalid, "lesson.plan.many", "most", maxHalfDays)
		}
		plan, findings := l.plan(asks)
		if found = findings; rule.Blocked(findings) {
			return record{}, errBlocked
		}
		before := sessionRecord(l.Sessions)
		if err := w.saveCourse(ctx, l, version); err != nil {
			return record{}, err
		}
		return record{object: "class/" + id + "/sessions", before: before, after: sessionRecord(plan), rules: "CLS-04 CLS-06"},
			w.SaveSessions(ctx, w.Permit, id, plan)
	})
	if errors.Is(err, errBlocked) {
		return found, nil
	}
	return found, err
}

// maxOutside is how many days before or after a class a half-day of it may lie.
const maxOutside = 60

// far reports whether a day cannot be one of the class: a slip of the pen in the year.
func (l *Lesson) far(on date.Date) bool {
	from, to := l.Class.From, l.Class.To
	return !from.IsZero() && on.Before(from.AddDays(-maxOutside)) || !to.IsZero() && on.After(to.AddDays(maxOutside))
}

// plan makes sessions of what was asked, or says beside which field it cannot be.
func (l *Lesson) plan(asks []SessionAsk) (out []class.Session, found []rule.Finding) {
	add := func(i int, field, format string, args ...any) {
		found = append(found, rule.Finding{Rule: "CLS-06", Cite: l.Programme.Cite, Severity: rule.Block, Field: fmt.Sprintf("%s.%d", field, i), Message: fmt.Sprintf(format, args...)})
	}
	seen, named := map[class.Slot]bool{}, map[string]bool{}
	for i, ask := range asks {
		ask.Lesson, ask.Lecturer = strings.TrimSpace(ask.Lesson), strings.TrimSpace(ask.Lecturer)
		was, known := l.session(ask.ID)
		switch {
		case ask.ID != "" && (!known || named[ask.ID]):
			add(i, "lesson", "Buổi học này không còn trong lịch. Tải lại trang rồi sửa.")
			continue
		case ask.Drop && known && l.hasRoll(ask.ID):
			add(i, "drop", "Buổi này đã điểm danh, không xóa được. Nếu không học, chọn «Không học».")
			continue
		case ask.Drop:
			continue
		}
		named[ask.ID] = ask.ID != ""
		switch {
		case ask.Slot.On.IsZero():
			add(i, "on", "Cần ngày học.")
		case l.far(ask.Slot.On):
			add(i, "on", "Ngày %s cách thời gian của lớp (%s – %s) quá %d ngày. Xem lại ngày học, hoặc sửa thời gian của lớp.",
				ask.Slot.On.VN(), l.Class.From.VN(), l.Class.To.VN(), maxOutside)
		case !ask.Slot.Half.Valid():
			add(i, "half", "Chọn buổi sáng hoặc buổi chiều.")
		case seen[ask.Slot]:
			add(i, "on", "%s ngày %s đã có một buổi học khác.", ask.Slot.Half.Words(), ask.Slot.On.VN())
		case known && l.hasRoll(ask.ID) && ask.Slot.On.After(l.Today):
			add(i, "on", "Buổi này đã điểm danh, không dời tới ngày chưa đến.")
		}
		seen[ask.Slot] = true
		if ask.Lesson == "" {
			add(i, "lesson", "Cần nội dung buổi học.")
		}
		if ask.Periods < 1 || ask.Periods > maxPeriods {
			add(i, "periods", "Số tiết từ 1 đến %d.", maxPeriods)
		}
		for field, text := range map[string]string{"lesson": ask.Lesson, "lecturer": ask.Lecturer} {
			if utf8.RuneCountInString(text) > maxLessonText {
				add(i, field, "Dài quá %d ký tự.", maxLessonText)
			}
		}
		s := class.Session{ID: newID(), Slot: ask.Slot, Version: 1}
		if known {
			s = was
			s.Slot = ask.Slot
		} else if len(l.Sessions) == 0 { // the first plan; what comes later was not planned
			s.First = ask.Slot
		}
		s.Lesson, s.Periods, s.Lecturer, s.State = ask.Lesson, ask.Periods, ask.Lecturer, class.Planned
		if ask.Off {
			s.State = class.CalledOff
		}
		out = append(out, s)
	}
	return out, found
}

func (l *Lesson) session(id string) (class.Session, bool) {
	for _, s := range l.Sessions {
		if s.ID == id && id != "" {
			return s, true
		}
	}
	return class.Session{}, false
}

// hasRoll reports whether the roll of a session says anything.
func (l *Lesson) hasRoll(session string) bool {
	for _, x := range l.Learners {
		if x.Roll[session] != class.Unknown {
			return true
		}
	}
	return false
}

// sessionRecord is what the audit keeps of a plan.
func sessionRecord(sessions []class.Session) []map[string]any {
	out := make([]map[string]any, len(sessions))
	for i, s := range sessions {
		out[i] = map[string]any{"on": s.On, "half": s.Half, "lesson": s.Lesson, "periods": s.Periods, "lecturer": s.Lecturer, "state": s.State}
	}
	return out
}
