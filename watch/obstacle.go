package watch

import (
	"ketnap/date"
	"ketnap/rule"
)

// An ObstacleState says how far the remedy of an obstacle has come.
type ObstacleState string

// The states.
const (
	Open    ObstacleState = "open"
	Solved  ObstacleState = "solved"
	Dropped ObstacleState = "dropped" // with the reason
)

// ObstacleStates lists the states in the order of a form.
func ObstacleStates() []ObstacleState { return []ObstacleState{Open, Solved, Dropped} }

// Words returns the state as a list words it, and the text itself where it is none.
func (s ObstacleState) Words() string {
	switch s {
	case Open:
		return "đang tháo gỡ"
	case Solved:
		return "đã tháo gỡ"
	case Dropped:
		return "thôi theo dõi"
	}
	return string(s)
}

// Valid reports whether s is one of the states.
func (s ObstacleState) Valid() bool { return s.Words() != string(s) }

// An Obstacle is what keeps a unit from finding or admitting people, and the remedy.
type Obstacle struct {
	Text   string // what is in the way
	Remedy string
	Owner  string
	Due    date.Date // none where no day was set
	State  ObstacleState
	Note   string // of the last change: what was done, why it was dropped
}

// Late reports whether the remedy is overdue on a day.
func (o Obstacle) Late(today date.Date) bool {
	return o.State == Open && !o.Due.IsZero() && o.Due.Before(today)
}

// Check returns what is wrong with an obstacle that was entered on a day. was is how it
// stood before, nil for a new one: who ends it says how, who changes it says why.
func (o Obstacle) Check(entered date.Date, was *Obstacle) []rule.Finding {
	c := checker{rule: "MON-04"}
	c.text("text", "khó khăn", o.Text, MaxText, true)
	c.text("remedy", "cách tháo gỡ", o.Remedy, MaxText, true)
	c.text("owner", "người hoặc bộ phận làm", o.Owner, MaxName, true)
	if was == nil || was.Due != o.Due {
		c.due("due", "hạn", o.Due, entered)
	}
	if !o.State.Valid() {
		c.block("state", "Chưa chọn tình trạng.")
	}
	c.text("note", "lý do, kết quả", o.Note, MaxReason, was != nil || o.State == Dropped)
	return c.out
}
