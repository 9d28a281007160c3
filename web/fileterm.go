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
	Meter *ui.MeterBar // of what runs
	Cite  string
}

// A clockBar is the 60 working days from the branch's resolution to the decision, by who
// held the file (DL-70, DL-72).
type clockBar struct {
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

// holders are the desks in the order of the road, with the fill of each.
var holders = []struct {
	desk admission.Desk
	fill int
}{{admission.DeskBranch, 3}, {admission.DeskBase, 2}, {admission.DeskBoard, 1}}

// clock splits the time since the branch's resolution by who held the file. A return to
// the branch does not stop it (ADM-122).
func (v fileViewer) clock() *clockBar {
	i := slices.IndexFunc(v.Deadlines, func(d admission.Deadline) bool { return d.Rule == "DL-70" })
	if i < 0 || v.Deadlines[i].Due.IsZero() {
		return nil
	}
	d := v.Deadlines[i]
	whole := d.Amount + d.Extra
	days, holder := v.custody(d)
	var parts []ui.Part
	used := 0
	for _, h := range holders {
		n := days[h.desk]
		used += n
		if n == 0 && h.desk != holder {
			continue
		}
		key := "file.clock."
		if h.desk == holder {
			key = "file.clock.now."
		}
		parts = append(parts, ui.Part{Fill: h.fill, Count: n, Label: v.text(key+string(h.desk), "n", n)})
	}
	m := ui.NewSplit(v.lang, whole, parts...)
	m.Split = true
	switch rest := whole - used; {
	case !d.Done.IsZero() && rest < 0:
		m.Words = v.text("file.clock.done_over", "day", i18n.Date(v.lang, d.Done), "n", -rest)
	case !d.Done.IsZero():
		m.Words = v.text("file.clock.done", "day", i18n.Date(v.lang, d.Done))
	case rest < 0:
		m.Words = v.text("file.clock.over", "n", -rest)
	default:
		m.Words = v.text("file.clock.rest", "n", rest)
	}
	return &clockBar{Title: v.text("file.clock.title", "n", whole), Meter: m, From: i18n.Date(v.lang, d.From), Cite: d.Cite}
}

// custody counts the working days at each desk from the start of a term to its end, and
// says who holds the file now; nobody once the term is done or the file has ended.
func (v fileViewer) custody(d admission.Deadline) (map[admission.Desk]int, admission.Desk) {
	world := v.world()
	var acts []admission.Act
	for _, a := range v.File.Acts {
		if !a.Voided && a.Code != admission.Void {
			acts = append(acts, a)
		}
	}
	end, open := d.Done, d.Done.IsZero() && v.File.Stage.Open()
	switch {
	case open:
		end = v.Today
	case end.IsZero():
		end = v.File.Since
	}
	days := map[admission.Desk]int{}
	at, holder := d.From, admission.DeskNone
	for i, a := range acts {
		if a.On.After(end) {
			break
		}
		f := admission.Replay(admission.File{Acts: acts[:i+1]})
		if f.ClockFrom != d.From {
			continue
		}
		if holder != admission.DeskNone {
			days[holder] += v.Calendar.WorkingBetween(at, a.On)
		}
		at = a.On
		if next := f.Next(world); len(next) > 0 {
			holder = next[0].Who
		}
		if a.Code == admission.Decide {
			return days, admission.DeskNone
		}
	}
	days[holder] += v.Calendar.WorkingBetween(at, end)
	if !open {
		holder = admission.DeskNone
	}
	return days, holder
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
