package web

import (
	"slices"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A termLine is one deadline of a file.
type termLine struct {
	Name  string
	From  string
	Due   string
	Mood  ui.Mood
	State string
	Who   string       // who holds the file for it, of a duty that runs
	Meter *ui.MeterBar // of what runs
	Cite  string
}

// A clockBar is the working days of a term by who held the file (DL-70, DL-72).
type clockBar struct {
	ID    string
	Title string
	Meter ui.MeterBar
	From  string
	Cite  string
}

// A paperLine is one paper of a file.
type paperLine struct {
	Name, Number, State, Until string
	Mood                       ui.Mood
}

// left says how long there is to a day, or by how much it is past.
func (v fileViewer) left(due date.Date) string {
	switch {
	case due.Before(v.Today):
		return v.text("file.late", "n", max(v.Calendar.WorkingBetween(due, v.Today), 1))
	case due == v.Today:
		return v.text("file.last_day")
	case due.Sub(v.Today) > monthsAhead:
		return v.text("file.left_months", "n", v.Today.MonthsUntil(due))
	}
	return v.text("file.left", "n", v.Calendar.WorkingBetween(v.Today, due))
}

// monthsAhead is from how many days on a time is told in months.
const monthsAhead = 180

// terms lists the deadlines: late ones first, then what runs, then what was kept.
func (v fileViewer) terms() []termLine {
	papers := v.limitedPapers()
	var late, open, done []termLine
	for _, d := range v.Deadlines {
		name := v.text("file.term." + ruleKey(d.Rule))
		if d.Rule == "DL-30" && len(papers) > 0 { // one for each paper, in their order
			name, papers = papers[0].Words(), papers[1:]
		}
		l := v.term(d, name)
		switch {
		case d.Late && d.Done.IsZero() && v.File.Stage.Open():
			late = append(late, l)
		case d.Done.IsZero() && v.File.Stage.Open():
			open = append(open, l)
		default:
			done = append(done, l)
		}
	}
	return slices.Concat(late, open, done)
}

func (v fileViewer) limitedPapers() []admission.PaperCode {
	return slices.DeleteFunc(admission.DossierPapers(v.File.By), func(c admission.PaperCode) bool { return v.File.Papers[c].IsZero() })
}

func (v fileViewer) term(d admission.Deadline, name string) termLine {
	l := termLine{Name: name, From: i18n.Date(v.lang, d.From), Due: i18n.Date(v.lang, d.Due), Cite: d.Cite}
	switch {
	case d.Due.IsZero():
		l.Mood, l.State = ui.Todo, v.text("file.term.no_calendar")
	case !d.Done.IsZero() && d.Unit == rule.Months && d.Done == v.File.BranchResolved: // a paper: good or not on that day
		l.Mood, l.State = ui.Done, v.text("file.term.good", "day", i18n.Date(v.lang, d.Done))
		if d.Late {
			l.State = v.text("file.term.over", "day", i18n.Date(v.lang, d.Done))
		}
	case !d.Done.IsZero() && d.Late:
		l.Mood, l.State = ui.Done, v.text("file.term.done_late", "day", i18n.Date(v.lang, d.Done))
	case !d.Done.IsZero():
		l.Mood, l.State = ui.Done, v.text("file.term.done", "day", i18n.Date(v.lang, d.Done))
	case !v.File.Stage.Open():
		l.Mood, l.State = ui.Shut, v.text("file.term.ended")
	default:
		l.Mood, l.State = dueMood(d.Due, v.Today), v.left(d.Due)
		l.Due = i18n.LongDate(v.lang, d.Due)
		if d.Unit == rule.WorkingDays {
			l.Who = v.text("file.term.who", "who", v.desk(d.Custodian))
		}
		m := v.used(d)
		l.Meter = &m
	}
	return l
}

// used is the share of a term that has run, in its own unit.
func (v fileViewer) used(d admission.Deadline) ui.MeterBar {
	whole := d.Amount + d.Extra
	run := v.Calendar.WorkingBetween(d.From, v.Today)
	key := "file.term.days"
	if d.Unit == rule.Months {
		run, key = d.From.MonthsUntil(v.Today), "file.term.months"
		if d.From.AddMonths(run).After(v.Today) {
			run--
		}
	}
	m := ui.NewSplit(v.lang, whole, ui.Part{Fill: 1, Count: max(run, 0)})
	m.Words, m.Small = v.text(key), true
	return m
}

// clockFills are the colours of the desks in a bar; those beside each other differ.
var clockFills = map[admission.Desk]int{admission.DeskBranch: 3, admission.DeskSectional: 1, admission.DeskBase: 2, admission.DeskBoard: 1}

// clocks are the bars of the terms that pass several desks: the decision's, which stays in
// sight once it is done, and that of the recognition while it runs. A return to the branch
// stops neither (ADM-122).
func (v fileViewer) clocks() []clockBar {
	var out []clockBar
	for _, d := range v.Deadlines {
		if d.Due.IsZero() || d.Rule != "DL-70" && (d.Rule != "DL-101" || !d.Done.IsZero()) {
			continue
		}
		out = append(out, v.clock(d))
	}
	return out
}

// clock splits the time of a term by who held the file, with the share of the whole.
func (v fileViewer) clock(d admission.Deadline) clockBar {
	whole := d.Amount + d.Extra
	var parts []ui.Part
	for _, x := range d.Shares {
		key := "file.clock."
		if x.Desk == d.Custodian {
			key = "file.clock.now."
		}
		parts = append(parts, ui.Part{Fill: clockFills[x.Desk], Count: x.Days, Label: v.text(key+string(x.Desk), "n", x.Days, "share", d.Percent(x.Days))})
	}
	m := ui.NewSplit(v.lang, whole, parts...)
	m.Split = true
	switch rest := whole - d.Used(); {
	case !d.Done.IsZero() && rest < 0:
		m.Words = v.text("file.clock.done_over", "day", i18n.Date(v.lang, d.Done), "n", -rest)
	case !d.Done.IsZero():
		m.Words = v.text("file.clock.done", "day", i18n.Date(v.lang, d.Done))
	case rest < 0:
		m.Words = v.text("file.clock.over", "n", -rest)
	default:
		m.Words = v.text("file.clock.rest", "n", rest)
	}
	key := ruleKey(d.Rule)
	return clockBar{ID: "h-clock-" + key, Title: v.text("file.clock.title."+key, "n", whole), Meter: m, From: i18n.Date(v.lang, d.From), Cite: d.Cite + "; " + d.Rule}
}

// papers lists what there is and what is still needed.
func (v fileViewer) papers() []paperLine {
	out := make([]paperLine, 0, len(v.Papers))
	for _, p := range v.Papers {
		l := paperLine{Name: paperName(p.Code), Mood: ui.Done, State: v.text("file.paper." + string(p.State)), Until: i18n.Date(v.lang, p.Until)}
		l.Number = i18n.Date(v.lang, p.Date)
		if p.Number != "" {
			l.Number = p.Number + ", " + l.Number
		}
		switch p.State {
		case admission.Missing:
			l.Mood = ui.Todo
			if given, ok := v.Given[p.Code]; ok {
				l.Number, l.State = given.Number+", "+i18n.Date(v.lang, given.On), v.text("file.paper.given")
			}
		case admission.Expiring:
			l.Mood = ui.Soon
		case admission.Expired:
			l.Mood = ui.Late
		}
		out = append(out, l)
	}
	return out
}

// paperName is a paper with its form; the certificates have none.
func paperName(c admission.PaperCode) string {
	if c == admission.PaperCertificate || c == admission.PaperNewMember {
		return c.Words()
	}
	return c.Words() + " (" + string(c) + ")"
}

func (v fileViewer) paperNote() string {
	n := map[admission.PaperState]int{}
	for _, p := range v.Papers {
		n[p.State]++
	}
	note := v.text("file.paper.note", "present", n[admission.Present]+n[admission.Expiring], "missing", n[admission.Missing])
	if soon := n[admission.Expiring]; soon > 0 {
		note += " · " + v.text("file.paper.note_soon", "n", soon)
	}
	if over := n[admission.Expired]; over > 0 {
		note += " · " + v.text("file.paper.note_over", "n", over)
	}
	return note
}

// checks is what the next step finds there, and what it still needs.
func (v fileViewer) checks(n admission.Next) []ui.Check {
	var out []ui.Check
	add := func(m ui.Mood, key string, args ...any) {
		out = append(out, ui.Check{Mood: m, Text: v.text(key, args...)})
	}
	present := 0
	for _, p := range v.Papers {
		switch p.State {
		case admission.Expired:
			add(ui.Late, "file.check.expired", "paper", p.Code.Words(), "day", i18n.Date(v.lang, p.Until))
		case admission.Expiring:
			add(ui.Soon, "file.check.expiring", "paper", p.Code.Words(), "day", i18n.Date(v.lang, p.Until))
		}
		if p.State == admission.Present || p.State == admission.Expiring {
			present++
		}
	}
	for _, code := range n.Missing {
		if v.File.Papers[code].IsZero() {
			add(ui.Todo, "file.check.missing", "paper", paperName(code))
		}
	}
	if present > 0 {
		add(ui.Done, "file.check.present", "n", present)
	}
	if !v.File.Listed.IsZero() {
		if v.File.Helper == "" {
			add(ui.Todo, "file.check.no_helper")
		} else {
			add(ui.Done, "file.check.helper", "name", v.File.Helper)
		}
	}
	return out
}
