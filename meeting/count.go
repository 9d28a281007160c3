package meeting

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Reason says why somebody is absent or does not vote.
type Reason string

// Reasons. All but the ordinary one may take a person out of the number that is counted
// (VOT-02).
const (
	Ordinary   Reason = "ordinary"   // stays counted
	Elsewhere  Reason = "elsewhere"  // introduced to temporary activity elsewhere
	Exempted   Reason = "exempted"   // exempted from work and activity
	Suspended  Reason = "suspended"  // from party activity
	Prosecuted Reason = "prosecuted" // under criminal proceedings
	Detained   Reason = "detained"
	Accepted   Reason = "accepted" // for the whole meeting, accepted by who convenes, by a noted decision
)

// Reasons returns the reasons that there are in a body, the ordinary one first. Temporary
// activity and exemption are of a branch's members.
func (b Body) Reasons() []Reason {
	if b == Branch {
		return []Reason{Ordinary, Elsewhere, Exempted, Suspended, Prosecuted, Detained, Accepted}
	}
	return []Reason{Ordinary, Suspended, Prosecuted, Detained, Accepted}
}

// Words names the reason.
func (r Reason) Words() string { return reasonWords[r] }

var reasonWords = map[Reason]string{
	Ordinary: "vắng, vẫn tính", Elsewhere: "sinh hoạt tạm thời nơi khác", Exempted: "được miễn công tác, sinh hoạt",
	Suspended: "bị đình chỉ sinh hoạt đảng", Prosecuted: "bị khởi tố, truy tố", Detained: "bị tạm giam",
	Accepted: "vắng suốt cuộc họp, được chấp nhận không tính",
}

// An Absence is one person who did not take part, named or not.
type Absence struct {
	Name     string `json:"name,omitempty"`
	Reason   Reason `json:"reason,omitempty"`
	Decision string `json:"decision,omitempty"` // that accepted the reason: number, day, of whom
}

// Left reports whether the person is left out of the number counted. An accepted reason
// does so only with a decision that is noted: ordinary absence stays counted (VOT-02).
func (a Absence) Left() bool {
	switch a.Reason {
	case Elsewhere, Exempted, Suspended, Prosecuted, Detained:
		return true
	case Accepted:
		return strings.TrimSpace(a.Decision) != ""
	}
	return false
}

// A Count is who is counted in a vote of the meeting.
type Count struct {
	Members      int       // who votes in the body on the day
	Counted      int       // of them, by VOT-02: the number that thresholds are of
	Present      int       // who vote
	Probationary int       // present, without a vote (VOT-03)
	Left         []Absence // those not counted
}

// Denominator reckons who is counted: all members but those whom VOT-02 leaves out, and
// never fewer than those who are present, for whoever is present votes and counts.
func Denominator(members, present int, absences []Absence) Count {
	c := Count{Members: members, Counted: members, Present: present}
	for _, a := range absences {
		if a.Left() && c.Counted > present {
			c.Left = append(c.Left, a)
			c.Counted--
		}
	}
	return c
}

// Absent returns how many members are absent and counted all the same.
func (c Count) Absent() int { return max(c.Counted-c.Present, 0) }

// Words explains the number: from whom it is counted and who is left out.
func (c Count) Words(b Body) string {
	who := b.Voters()
	if c.Members == 0 {
		return fmt.Sprintf("Chưa ghi số %s nên chưa tính được cần bao nhiêu phiếu.", who)
	}
	s := fmt.Sprintf("Tính trên %d %s", c.Counted, who)
	if len(c.Left) > 0 {
		s += fmt.Sprintf(" (tổng số %d, không tính %d: %s)", c.Members, len(c.Left), c.reasons())
	}
	s += fmt.Sprintf("; có mặt %d", c.Present)
	if n := c.Absent(); n > 0 {
		s += fmt.Sprintf(", vắng %d vẫn tính", n)
	}
	if c.Probationary > 0 {
		s += fmt.Sprintf("; %d đảng viên dự bị có mặt không biểu quyết", c.Probationary)
	}
	return s + "."
}

// reasons counts those left out by reason, in the order in which they were written.
func (c Count) reasons() string {
	var order []Reason
	n := map[Reason]int{}
	for _, a := range c.Left {
		if n[a.Reason]++; n[a.Reason] == 1 {
			order = append(order, a.Reason)
		}
	}
	words := make([]string, len(order))
	for i, r := range order {
		words[i] = fmt.Sprintf("%d %s", n[r], r.Words())
	}
	return strings.Join(words, ", ")
}

// Note says who is left out and why, as an act must where fewer than the body's members
// are counted; "" where all are. Names that would not fit are counted instead.
func (c Count) Note() string {
	if len(c.Left) == 0 {
		return ""
	}
	words := make([]string, len(c.Left))
	for i, a := range c.Left {
		name := strings.TrimSpace(a.Name)
		if name == "" {
			name = "một đồng chí"
		}
		words[i] = name + " (" + a.Reason.Words()
		if a.Reason == Accepted {
			words[i] += ", " + strings.TrimSpace(a.Decision)
		}
		words[i] += ")"
	}
	head := fmt.Sprintf("Không tính %d người theo quy định về số đảng viên được tính khi biểu quyết: ", len(c.Left))
	if note := head + strings.Join(words, "; ") + "."; utf8.RuneCountInString(note) <= maxNote {
		return note
	}
	return head + c.reasons() + "."
}

// blank reports whether a row of the form was left empty.
func (a Absence) blank() bool {
	return strings.TrimSpace(a.Name) == "" && a.Reason == "" && strings.TrimSpace(a.Decision) == ""
}

// Filled returns the absences of the sheet without the rows that were left empty.
func (s Sheet) Filled() []Absence {
	return slices.DeleteFunc(slices.Clone(s.Absences), Absence.blank)
}
