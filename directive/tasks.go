package directive

import (
	"slices"
	"strings"
)

// taskReader turns clauses into duties. The doer of an order is who its sentence names,
// else who the paragraph or the clause named before, else the heading above (contract),
// else the addressees.
type taskReader struct {
	body     string // of the whole letter, for the case of headings
	sections []section
	targets  []Target
	ceilings []Ceiling
	general  string // the addressees
	issuer   string
	tasks    []Task
	warnings []string
}

// Headings under which nothing is ordered.
var restOf = words(`(?:mục đích|quan điểm|tình hình|kết quả đạt được|ưu điểm|hạn chế|nguyên nhân|mục tiêu)`)

func (r *taskReader) read() {
	for i := range r.sections {
		s := &r.sections[i]
		if r.describes(i) {
			continue
		}
		before := len(r.tasks)
		doer := r.inherited(i)
		text := s.text()
		for k, p := range paragraphs(text) {
			if k == 0 && s.roman && !strings.HasSuffix(p.of(text), ".") {
				continue // the heading; a full stop ends an order
			}
			if d := headingDoer(p.of(text), r.body); d != "" && (k == 0 || strings.HasSuffix(p.of(text), ":")) {
				doer = d
				continue
			}
			if k > 0 && i == len(r.sections)-1 && closing.lead(fold(p.of(text))) > 0 {
				doer = r.general // the closing words speak to everyone again
			}
			doer = r.paragraph(s.no, text, p, doer)
		}
		if len(r.tasks) == before && !s.roman {
			r.fallback(s, doer)
		}
		if !slices.ContainsFunc(r.tasks[before:], func(t Task) bool { return t.Doer == "" }) {
			continue
		}
		r.warn("Mục " + s.no + ": chưa rõ ai thực hiện.")
	}
}

var closing = words(`^(?:nhận được|đề nghị|yêu cầu|trong quá trình|trên đây|căn cứ|ban thường vụ|đảng ủy|định kỳ)`)

func (r *taskReader) describes(i int) bool {
	s := r.sections[i]
	head := s.heading
	if !s.roman && len(s.pars) > 0 {
		head = s.pars[0][:headLen(s.pars[0])]
	}
	if restOf.lead(fold(head)) > 0 && !strings.Contains(fold(head), "nhiệm vụ") {
		return true
	}
	return s.parent >= 0 && r.describes(s.parent)
}

// headLen returns the length of what may be the heading of a paragraph.
func headLen(p string) int {
	if i := strings.IndexAny(p, ":."); i >= 0 {
		return i
	}
	return len(p)
}

// inherited returns the doer that stands above the clause.
func (r *taskReader) inherited(i int) string {
	s := r.sections[i]
	if s.roman {
		if d := headingDoer(s.heading, r.body); d != "" {
			return d
		}
		return r.general
	}
	if s.parent >= 0 {
		return r.inherited(s.parent)
	}
	return r.general
}

func (r *taskReader) paragraph(no, text string, p piece, doer string) string {
	lastOfPar := -1
	for _, sent := range sentences(text, p) {
		if r.isCeiling(no, sent) {
			continue
		}
		subject, last := doer, -1
		again := r.hasTarget(no, sent) && recurs(fold(sent.of(text)))
		for _, m := range members(text, sent) {
			m = m.trim(text, ";.")
			if m.from >= m.to {
				continue
			}
			raw := m.of(text)
			l := readLead(raw)
			if !l.ordered && r.hasTarget(no, m) {
				l.ordered = true
			}
			if onlyDue(raw) && lastOfPar >= 0 || !l.ordered && last >= 0 {
				r.extend(lastOfPar, text, m)
				continue
			}
			if !l.ordered {
				continue
			}
			if l.doer != "" && l.doer != r.issuer {
				subject = l.doer
			}
			r.add(no, text, m, r.targetPeriod(no, m, again), subject, l.verb)
			last = len(r.tasks) - 1
			lastOfPar = last
		}
		doer = subject
	}
	return doer
}

// onlyDue reports whether the words only say until when: "Hoàn thành trước 30/6/2024".
func onlyDue(s string) bool {
	if dueOnly.lead(fold(s)) == 0 || len(s) > 120 {
		return false
	}
	d, _ := readDue(s)
	return !d.IsZero()
}

func (r *taskReader) add(no, text string, m piece, per Optional, doer string, verb int) {
	m.from += bulletLen(m.of(text))
	raw := m.of(text)
	verb = max(0, verb-(len(text[m.from:m.to])-len(raw)))
	t := Task{Clause: no, Doer: doer, Text: strings.ReplaceAll(raw, "\n\n", " "), Span: Span{m.from, m.to}}
	var vague bool
	t.Repeat, vague = readRepeat(raw, verb)
	if vague {
		r.warn("Mục " + no + ": có ghi «định kỳ» nhưng không nói bao lâu một lần.")
	}
	var warnings []string
	if t.Due, warnings = readDue(raw); len(warnings) > 0 {
		r.warn(warnings...)
	}
	if t.Repeat == "" {
		t.Repeat = per
	}
	r.tasks = append(r.tasks, t)
}

// extend adds words that only continue the task before them.
func (r *taskReader) extend(i int, text string, m piece) {
	t := &r.tasks[i]
	t.To = m.to
	t.Text = strings.ReplaceAll(text[t.From:t.To], "\n\n", " ")
	due, warnings := readDue(m.of(text))
	if t.Due.IsZero() {
		t.Due = due
	}
	r.warn(warnings...)
}

func (r *taskReader) isCeiling(no string, p piece) bool {
	return slices.ContainsFunc(r.ceilings, func(c Ceiling) bool {
		return c.Clause == no && c.From < p.to && p.from < c.To
	})
}

func (r *taskReader) hasTarget(no string, p piece) bool {
	return slices.ContainsFunc(r.targets, func(t Target) bool {
		return t.Clause == no && t.From < p.to && p.from < t.To
	})
}

// targetPeriod returns the period of a target among the words, where its sentence names
// a period that comes again.
func (r *taskReader) targetPeriod(no string, p piece, again bool) Optional {
	if !again {
		return ""
	}
	for _, t := range r.targets {
		if t.Clause == no && t.From < p.to && p.from < t.To && t.Per != PerTerm {
			return t.Per
		}
	}
	return ""
}

// fallback keeps a clause that orders in words this reader does not know: its first
// sentence is a task, and a person is told to look.
func (r *taskReader) fallback(s *section, doer string) {
	text := s.text()
	pars := paragraphs(text)
	for _, p := range pars {
		if headingDoer(p.of(text), r.body) != "" {
			continue
		}
		first := sentences(text, p)[0].trim(text, ";.")
		if first.from >= first.to || notOrder.lead(fold(first.of(text))) > 0 || r.isCeiling(s.no, first) || restOf.lead(fold(first.of(text))) > 0 {
			return
		}
		if !endsSentence(p.of(text)) && len(pars) > 1 {
			continue // a heading
		}
		r.add(s.no, text, first, "", doer, 0)
		r.warn("Mục " + s.no + ": chưa chắc câu «" + short(first.of(text)) + "» là nhiệm vụ.")
		return
	}
}

func (r *taskReader) warn(w ...string) { warn(&r.warnings, w...) }

// short cuts a quotation for a warning.
func short(s string) string {
	f := strings.Fields(s)
	if len(f) > 12 {
		return strings.Join(f[:12], " ") + "…"
	}
	return strings.Join(f, " ")
}
