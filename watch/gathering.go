package watch

import (
	"fmt"
	"strings"

	"ketnap/date"
	"ketnap/rule"
)

// A GatheringKind is one of the kinds of gatherings of the letter, clause 2.
type GatheringKind string

// The kinds.
const (
	Conference GatheringKind = "conference" // hội nghị chuyên đề
	Thematic   GatheringKind = "thematic"   // sinh hoạt chuyên đề
	Seminar    GatheringKind = "seminar"    // tọa đàm, đối thoại
)

// GatheringKinds lists the kinds in the order of a form.
func GatheringKinds() []GatheringKind { return []GatheringKind{Thematic, Conference, Seminar} }

// Words returns the kind as a list words it, and the text itself where it is none.
func (k GatheringKind) Words() string {
	switch k {
	case Conference:
		return "hội nghị chuyên đề"
	case Thematic:
		return "sinh hoạt chuyên đề"
	case Seminar:
		return "tọa đàm, đối thoại"
	}
	return string(k)
}

// Valid reports whether k is one of the kinds.
func (k GatheringKind) Valid() bool { return k.Words() != string(k) }

// A Gathering is one that a unit held on admission and its sources.
type Gathering struct {
	On          date.Date
	Kind        GatheringKind
	Topic       string
	Led         string // name and office of who led
	Invited     int
	Attended    int
	Conclusions []Conclusion
}

// A Conclusion is what was decided there: by whom and until when it is to be done.
type Conclusion struct {
	ID    string // "" before it is written
	Text  string
	Owner string
	Due   date.Date // none where no day was set
	Done  date.Date // none while it is open
}

// State says how a conclusion stands on a day: "done", "late" or "open".
func (c Conclusion) State(today date.Date) string {
	switch {
	case !c.Done.IsZero():
		return "done"
	case !c.Due.IsZero() && c.Due.Before(today):
		return "late"
	}
	return "open"
}

// ConclusionField names the form's field of a part of the conclusion at a place, from 0:
// text, owner or due.
func ConclusionField(i int, part string) string { return fmt.Sprintf("conclusion-%d-%s", i, part) }

// Check returns what is wrong with a gathering on a day.
func (g Gathering) Check(today date.Date) []rule.Finding {
	c := checker{rule: "TGT-02"}
	c.past("on", "ngày tổ chức", g.On, today)
	if !g.Kind.Valid() {
		c.block("kind", "Chưa chọn hình thức.")
	}
	c.text("topic", "chủ đề", g.Topic, MaxTopic, true)
	c.text("led", "người chủ trì", g.Led, MaxName, true)
	for _, x := range []struct {
		field, label string
		n            int
	}{{"invited", "số người được mời", g.Invited}, {"attended", "số người dự", g.Attended}} {
		if x.n < 0 || x.n > MaxPeople {
			c.block(x.field, "%s: từ 0 đến %d.", upper(x.label), MaxPeople)
		}
	}
	if g.Attended > g.Invited && g.Invited > 0 {
		c.block("attended", "Số người dự (%d) nhiều hơn số người được mời (%d).", g.Attended, g.Invited)
	}
	if g.Attended == 0 {
		c.block("attended", "Chưa ghi số người dự.")
	}
	if len(g.Conclusions) > MaxConclusions {
		c.block("conclusions", "Nhiều nhất %d kết luận cho một cuộc.", MaxConclusions)
	}
	for i, x := range g.Conclusions {
		c.text(ConclusionField(i, "text"), "nội dung kết luận", x.Text, MaxText, true)
		c.text(ConclusionField(i, "owner"), "người hoặc bộ phận làm", x.Owner, MaxName, true)
		if !g.On.IsZero() {
			c.due(ConclusionField(i, "due"), "hạn", x.Due, g.On)
		}
	}
	return c.out
}

// Reason returns what is wrong with the reason for a correction or for striking out.
func Reason(text string) []rule.Finding {
	c := checker{rule: "TGT-02"}
	c.text("reason", "lý do", strings.TrimSpace(text), MaxReason, true)
	return c.out
}
