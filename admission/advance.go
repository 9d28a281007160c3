package admission

import (
	"fmt"
	"slices"

	"ketnap/date"
	"ketnap/rule"
)

// Over says which committees stand between the branch and the competent one.
type Over struct {
	Sectional bool // a sectional committee (ADM-70)
	Base      bool // a base committee; not over a chi bộ cơ sở (VOT-08)
}

// Counts are the numbers of those who vote on the day of the act (VOT-02); 0 is unknown.
type Counts struct {
	Branch   int // official members of the branch
	Base     int // members of the base committee
	Standing int // members of the standing committee that decides
}

// World is what the state machine must know beside the file: the day of business, the
// regulation and calendar in force, who stands over the branch, and how many vote.
type World struct {
	Today    date.Date
	Sets     rule.Sets
	Calendar date.Calendar
	Over     Over
	Counts   Counts
	Decided  map[string]rule.Severity // by rule: what an administrator made of it

	Closed      date.Date // the last day of the branch; none while it is open
	NoCompetent bool      // no competent committee stands over the branch (ORG-07)
}

// An Effect is what an act starts beside the file itself.
type Effect struct {
	Kind EffectKind
	Rule string
	Desk Desk
}

// An EffectKind names an effect.
type EffectKind string

// ReportBallot is the task to report a ballot that fell short (VOT-04, VOT-11).
const ReportBallot EffectKind = "report_ballot"

// ForgetBallot takes that task back: its ballot was voided and is as if never recorded.
const ForgetBallot EffectKind = "forget_ballot"

// Advance records an act on a file. It is the whole state machine: total and pure. The
// act is judged by the rules in force on its own day (ADM-00). When a finding blocks,
// the file comes back as it was, without effects. a.ID must be set and new.
func Advance(f File, a Act, w World) (File, []Effect, []rule.Finding) {
	a.Rules, a.Voided = nil, false // ours to write
	j := &judge{file: f, act: a, world: w}
	if a.Code == Void {
		return j.void()
	}
	t, ok := table(a.Code)
	if !ok {
		j.block("ADM-00", "", "act", "Không có việc nào tên là «%s».", a.Code)
		return f, nil, j.findings
	}
	if a.Code == Introduce && a.By == Member {
		j.act.Number = "" // a member's introduction is a paper without a number (contract)
	}
	j.row = t
	j.dates()
	j.stage()
	if len(j.findings) == 0 { // out of order, the rest would speak of things that are not there
		j.competence()
		j.fields()
		j.check()
	}
	if rule.Blocked(j.findings) {
		return f, nil, j.findings
	}
	return j.record(), j.effects(), j.findings
}

// record adds the act, with the rules that spoke, and draws the new state.
func (j *judge) record() File {
	a := j.act
	a.RuleSet = j.world.Sets.On(a.On).ID
	for _, f := range j.findings {
		a.Rules = append(a.Rules, f.Rule)
	}
	f := j.file
	f.Acts = append(slices.Clone(f.Acts), a)
	f.State = f.clone()
	f.apply(a)
	if a.Code == Transfer {
		f.Acts[len(f.Acts)-1].From = f.Unit
		f.Unit = a.Unit
	}
	f.Version++
	return f
}

func (j *judge) effects() []Effect {
	if j.act.Code != BallotFailed {
		return nil
	}
	return []Effect{{Kind: ReportBallot, Rule: "VOT-04", Desk: failedDesk(j.file.State, j.act.Question, j.world.Over)}}
}

// lastEffective returns the place of the last act that was not voided, -1 for none.
func (f File) lastEffective() int {
	for i := len(f.Acts) - 1; i >= 0; i-- {
		if !f.Acts[i].Voided && f.Acts[i].Code != Void {
			return i
		}
	}
	return -1
}

// LastAct returns the last act that still counts: the one that a void alone takes back.
func (f File) LastAct() (Act, bool) {
	i := f.lastEffective()
	if i < 0 {
		return Act{}, false
	}
	return f.Acts[i], true
}

// A judge holds one act against one file and gathers what the rules say.
type judge struct {
	file     File
	act      Act
	world    World
	row      transition
	findings []rule.Finding
}

func (j *judge) say(severity rule.Severity, id, cite, field, format string, args ...any) {
	if cite == "" {
		cite = j.world.Sets.On(j.day()).Documents[0]
	}
	if s, ok := j.world.Decided[id]; ok && severity != rule.Block {
		severity = s
	}
	j.findings = append(j.findings, rule.Finding{Rule: id, Cite: cite, Severity: severity,
		Message: fmt.Sprintf(format, args...), Field: field})
}

func (j *judge) block(id, cite, field, format string, args ...any) {
	j.say(rule.Block, id, cite, field, format, args...)
}

func (j *judge) warn(id, cite, field, format string, args ...any) {
	j.say(rule.Warn, id, cite, field, format, args...)
}

// day is the day by which the act is judged; an act without one, by today's.
func (j *judge) day() date.Date {
	if j.act.On.IsZero() {
		return j.world.Today
	}
	return j.act.On
}

// term returns a figure of the set in force on a day. Every id used here is stated by
// some set (see the test over all of them).
func (j *judge) term(id string, on date.Date) rule.Stated {
	t, err := j.world.Sets.Term(id, on)
	if err != nil {
		panic(err)
	}
	return t
}
