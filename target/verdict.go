package target

import (
	"fmt"
	"strings"

	"ketnap/date"
)

// A Tally is what a forecast counts of the open files of one subtree, by the end of a year.
type Tally struct {
	Open     int // files that may still be counted as an admission
	Possible int // of those, the rules let them be admitted in time
	Likely   int // and at the usual pace they will be
	Ready    int // complete, waiting for the branch
	Class    int // possible, and need the class first
	Above    int // resolved by the branch, with the committees above
	Barred   int // no day can be told: held, suspended, not for this branch
}

// Add counts one file at a stage. end is the last day that counts; a day after it is not
// in time, one before from is of another year.
func (t *Tally) Add(c Candidate, o Outlook, end date.Date) {
	t.Open++
	switch {
	case o.Earliest.IsZero():
		t.Barred++
		return
	case o.Earliest.After(end):
		return
	}
	t.Possible++
	if !o.Expected.IsZero() && !o.Expected.After(end) {
		t.Likely++
	}
	switch {
	case o.Has(CauseClass) || o.Has(CauseCertificate):
		t.Class++
	case c.Stage == "ready":
		t.Ready++
	case rank(c.Stage) > rank("ready"):
		t.Above++
	}
}

// Join adds the figures of another subtree.
func (t *Tally) Join(o Tally) {
	t.Open, t.Possible, t.Likely, t.Ready = t.Open+o.Open, t.Possible+o.Possible, t.Likely+o.Likely, t.Ready+o.Ready
	t.Class, t.Above, t.Barred = t.Class+o.Class, t.Above+o.Above, t.Barred+o.Barred
}

// A Verdict sets what is to be expected of a unit against its plan.
type Verdict struct {
	Plan     *int // none where nothing was assigned
	Admitted int
	Tally
}

// OnTrack reports whether those admitted and those likely reach the plan; nothing without
// a plan.
func (v Verdict) OnTrack() *bool {
	if v.Plan == nil {
		return nil
	}
	ok := v.Admitted+v.Likely >= *v.Plan
	return &ok
}

// Short is how many are missing to the plan after those who are likely; 0 without a plan.
func (v Verdict) Short() int {
	if v.Plan == nil {
		return 0
	}
	return max(*v.Plan-v.Admitted-v.Likely, 0)
}

// Sentence is the verdict in one sentence.
func (v Verdict) Sentence(year int) string {
	switch {
	case v.Plan == nil:
		return fmt.Sprintf("Năm %d chưa được giao chỉ tiêu kết nạp: đã kết nạp %d, dự báo thêm %d.", year, v.Admitted, v.Likely)
	case v.Admitted >= *v.Plan:
		return fmt.Sprintf("Đã đạt chỉ tiêu năm %d: kết nạp %d / %d.", year, v.Admitted, *v.Plan)
	case v.Admitted+v.Likely >= *v.Plan:
		return fmt.Sprintf("Dự báo đạt chỉ tiêu năm %d: đã kết nạp %d, thêm %d theo tiến độ thường lệ, chỉ tiêu %d.", year, v.Admitted, v.Likely, *v.Plan)
	case v.Admitted+v.Possible >= *v.Plan:
		return fmt.Sprintf("Theo tiến độ thường lệ thì thiếu %d so với chỉ tiêu %d của năm %d; vẫn kịp nếu làm ngay.", v.Short(), *v.Plan, year)
	}
	return fmt.Sprintf("Khó đạt chỉ tiêu %d của năm %d: nhiều nhất đến %d, kể cả khi mọi việc làm ngay.", *v.Plan, year, v.Admitted+v.Possible)
}

// Missing says on a day what would fill the gap to the plan, the nearest first: "còn thiếu
// 2: 3 hồ sơ đủ điều kiện, chi bộ họp trước 08/10/2024; …". Where a last useful day has
// passed it must be done at once. It is empty where nothing is missing.
func (v Verdict) Missing(l LastDates, on date.Date) string {
	short := v.Short()
	if short == 0 {
		return ""
	}
	var ways []string
	way := func(n int, what string, by date.Date) {
		switch {
		case n <= 0:
		case by.Before(on):
			ways = append(ways, fmt.Sprintf("%d %s ngay", n, what))
		default:
			ways = append(ways, fmt.Sprintf("%d %s trước %s", n, what, by.VN()))
		}
	}
	slow := v.Possible - v.Likely
	way(min(v.Above, slow), "hồ sơ đang ở cấp trên cần quyết định", l.On(LastDecision))
	way(min(v.Ready, slow), "hồ sơ đủ điều kiện cần chi bộ họp", l.On(LastMeeting))
	way(min(max(v.Possible-v.Ready-v.Class-v.Above, 0), slow), "hồ sơ cần xong giấy tờ, gửi thẩm tra", l.On(LastRequest))
	way(min(v.Class, slow), "người cần vào lớp", l.On(LastClassStart))
	if n := *v.Plan - v.Possible - v.Admitted; n > 0 {
		ways = append(ways, fmt.Sprintf("còn %d người chưa có nguồn", n))
	}
	if len(ways) == 0 {
		return fmt.Sprintf("còn thiếu %d", short)
	}
	return fmt.Sprintf("còn thiếu %d: %s", short, strings.Join(ways, "; "))
}
