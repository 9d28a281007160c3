package admission

import (
	"errors"
	"slices"
	"strings"

	"ketnap/date"
	"ketnap/rule"
)

// falls returns the places of the acts that a void of act i takes back: it and every
// later one that still counts. None where i is a void, or was voided.
func (f File) falls(i int) []int {
	if i < 0 || f.Acts[i].Code == Void || f.Acts[i].Voided {
		return nil
	}
	var out []int
	for k := i; k < len(f.Acts); k++ {
		if f.Acts[k].Code != Void && !f.Acts[k].Voided {
			out = append(out, k)
		}
	}
	return out
}

// recordedAt returns at which desk each act that still counts was recorded.
func (f File) recordedAt(over Over) []Desk {
	out := make([]Desk, len(f.Acts))
	s := begun()
	for i, a := range f.Acts {
		if a.Code != Void && !a.Voided {
			out[i] = File{State: s}.desk(a, over)
			s.apply(a)
		}
	}
	return out
}

// voidDesk is the highest desk among those whose acts a void of act i takes back: a
// branch cannot take back a decision with an act of its own.
func (f File) voidDesk(i int, over Over) Desk {
	highest := DeskNone
	desks := f.recordedAt(over)
	for _, k := range f.falls(i) {
		if desks[k].rank() > highest.rank() {
			highest = desks[k]
		}
	}
	return highest
}

// Voidable returns of every act that may be voided who may do it, by the act's id.
func (f File) Voidable(over Over) map[string]Desk {
	out := map[string]Desk{}
	highest := DeskNone
	for i, d := range slices.Backward(f.recordedAt(over)) {
		if d == DeskNone {
			continue
		}
		if d == DeskBase && !over.Base {
			d = DeskBranch
		}
		if d.rank() > highest.rank() {
			highest = d
		}
		out[f.Acts[i].ID] = highest
	}
	return out
}

// TakesBack returns the ids of the acts that a void voids; none of another act.
func (a Act) TakesBack() []string {
	switch {
	case a.Code != Void:
		return nil
	case len(a.Falls) > 0:
		return a.Falls
	}
	return []string{a.ActID}
}

// void takes back an act and every later one that still counts; the file becomes what it
// was before.
func (j *judge) void() (File, []Effect, []rule.Finding) {
	f, a := j.file, j.act
	at := f.indexOf(a.ActID)
	falls := f.falls(at)
	switch {
	case f.lastEffective() < 0:
		j.block("ADM-00", "", "act_id", "Hồ sơ chưa có việc nào để hủy.")
	case at >= 0 && f.Acts[at].Voided:
		j.block("ADM-00", "", "act_id", "Việc này đã hủy rồi.")
	case len(falls) == 0:
		j.block("ADM-00", "", "act_id", "Không có việc này trong hồ sơ. Mở lại hồ sơ rồi chọn việc cần hủy.")
	case len(falls) > 1:
		j.warn("ADM-00", "", "", "Hủy việc «%s» thì %d việc ghi sau đó cũng bị hủy: %s. Việc nào vẫn đúng thì ghi lại.",
			f.Acts[at].Code.Words(), len(falls)-1, f.words(falls[1:]))
	}
	if a.On.After(j.world.Today) {
		j.block("ADM-00", "", "on", "Ngày %s sau ngày hôm nay (%s).", a.On.VN(), j.world.Today.VN())
	}
	j.reason()
	j.lengths()
	if rule.Blocked(j.findings) {
		return f, nil, j.findings
	}
	a = j.act
	if a.On.IsZero() {
		a.On = j.world.Today
	}
	a.RuleSet = j.world.Sets.On(a.On).ID
	for _, x := range j.findings {
		a.Rules = append(a.Rules, x.Rule)
	}
	return f.takenBack(a, falls), f.forgotten(falls), j.findings
}

// takenBack is the file after a void of the acts at some places.
func (f File) takenBack(a Act, falls []int) File {
	a.Falls = nil
	if len(falls) > 1 {
		for _, k := range falls {
			a.Falls = append(a.Falls, f.Acts[k].ID)
		}
	}
	for _, k := range slices.Backward(falls) {
		if f.Acts[k].Code == Transfer {
			f.Unit = f.Acts[k].From
		}
	}
	f.Acts = append(slices.Clone(f.Acts), a)
	f = Replay(f)
	f.Version++
	return f
}

// forgotten takes back the task of every ballot that falls.
func (f File) forgotten(falls []int) []Effect {
	var out []Effect
	for _, k := range falls {
		if f.Acts[k].Code == BallotFailed {
			out = append(out, Effect{Kind: ForgetBallot, Rule: "VOT-04"})
		}
	}
	return out
}

// words names acts in a sentence.
func (f File) words(at []int) string {
	names := make([]string, len(at))
	for i, k := range at {
		names[i] = f.Acts[k].Code.Words()
	}
	return strings.Join(names, "; ")
}

// ErrNotVoidable says that a file has no act of the id that could be voided.
var ErrNotVoidable = errors.New("no act that can be voided")

// A VoidPreview is what a void would do, shown before anybody confirms it.
type VoidPreview struct {
	Falls     []Act // that would be voided, oldest first
	Desk      Desk  // at which the void is recorded
	From, To  Stage
	Unit      string // to which the file goes back; none where it stays
	Deadlines []DeadlineChange
	Papers    []PaperChange
	Numbers   []string // of papers that lose their force; they stay used and are not given again
}

// A DeadlineChange is a term before and after; a term that is not there has no day.
type DeadlineChange struct {
	Rule    string
	Was, Is Deadline
}

// A PaperChange is a paper before and after; one that is not asked for has no code.
type PaperChange struct{ Was, Is Paper }

// VoidPreview says what a void of an act would do, without recording anything. It fails
// with ErrNotVoidable where the id names nothing that still counts.
func (f File) VoidPreview(actID string, w World) (VoidPreview, error) {
	falls := f.falls(f.indexOf(actID))
	if len(falls) == 0 {
		return VoidPreview{}, ErrNotVoidable
	}
	void := Act{ID: "void of " + actID, Code: Void, ActID: actID, On: w.Today}
	after := f.takenBack(void, falls)
	p := VoidPreview{From: f.Stage, To: after.Stage, Desk: f.Desk(void, w.Over),
		Deadlines: changedDeadlines(f.Deadlines(w), after.Deadlines(w)), Papers: changedPapers(f.PapersOn(w), after.PapersOn(w))}
	if after.Unit != f.Unit {
		p.Unit = after.Unit
	}
	for _, k := range falls {
		p.Falls = append(p.Falls, f.Acts[k])
		if n := f.Acts[k].Number; n != "" {
			p.Numbers = append(p.Numbers, n)
		}
	}
	return p, nil
}

// changedDeadlines pairs the terms of a rule in their order, and keeps the pairs that differ.
func changedDeadlines(was, is []Deadline) []DeadlineChange {
	var out []DeadlineChange
	rest := slices.Clone(is)
	for _, d := range was {
		c := DeadlineChange{Rule: d.Rule, Was: d}
		if i := slices.IndexFunc(rest, func(x Deadline) bool { return x.Rule == d.Rule }); i >= 0 {
			c.Is = rest[i]
			rest = slices.Delete(rest, i, i+1)
		}
		if c.Was.Due != c.Is.Due || c.Was.Done != c.Is.Done {
			out = append(out, c)
		}
	}
	for _, d := range rest {
		out = append(out, DeadlineChange{Rule: d.Rule, Is: d})
	}
	return out
}

func changedPapers(was, is []Paper) []PaperChange {
	byCode := func(papers []Paper, code PaperCode) Paper {
		if i := slices.IndexFunc(papers, func(p Paper) bool { return p.Code == code }); i >= 0 {
			return papers[i]
		}
		return Paper{}
	}
	var out []PaperChange
	for _, p := range was {
		if then := byCode(is, p.Code); then.Date != p.Date || then.Number != p.Number {
			out = append(out, PaperChange{Was: p, Is: then})
		}
	}
	for _, p := range is {
		if p.Date != (date.Date{}) && byCode(was, p.Code).Code == "" {
			out = append(out, PaperChange{Is: p})
		}
	}
	return out
}
