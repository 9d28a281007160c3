package admission

import (
	"slices"

	"ketnap/date"
	"ketnap/rule"
)

// A DifferenceKind says what of a file a change of the rules touches.
type DifferenceKind string

// Kinds of differences, in the order in which Compare returns them.
const (
	DifferentDeadline DifferenceKind = "deadline"
	DifferentNext     DifferenceKind = "next"
	DifferentPaper    DifferenceKind = "paper"
	DifferentFinding  DifferenceKind = "finding"
)

// A Difference is one thing that a file has in one world and not, or otherwise, in
// another. Only the fields of its kind are filled.
type Difference struct {
	Kind DifferenceKind
	Rule string

	From    date.Date // of a deadline: the day from which it runs
	WasDue  date.Date // of a deadline or a step; none where it had no day
	Due     date.Date
	WasLate bool
	Late    bool

	Act Code // the step that waits, of a step or a finding

	Paper    PaperCode
	WasState PaperState
	State    PaperState

	WasSeverity rule.Severity // of a finding; "" where the rule did not speak
	Severity    rule.Severity
	Message     string // what it says, or said
}

// Compare says what of a file would be otherwise in the world after than it is in the
// world before: terms whose last day or lateness changes, the next step's day, the state
// of papers, and what the rules say to the next step if it were done today as it should
// be. A file that has come to its end waits for nothing and differs in nothing.
func Compare(f File, before, after World) []Difference {
	if !f.Stage.Open() {
		return nil
	}
	out := compareDeadlines(f, before, after)
	out = append(out, compareNext(f, before, after, out)...)
	out = append(out, comparePapers(f, before, after)...)
	return append(out, compareFindings(f, before, after)...)
}

func compareDeadlines(f File, before, after World) []Difference {
	type key struct {
		rule string
		from date.Date
	}
	was := map[key]Deadline{}
	for _, d := range f.Deadlines(before) {
		was[key{d.Rule, d.From}] = d
	}
	var out []Difference
	seen := map[key]bool{}
	add := func(k key, old, now Deadline) {
		kept := !old.Done.IsZero() && !now.Done.IsZero() // what is done waits for no day
		if seen[k] || old.Late == now.Late && (kept || old.Due == now.Due) {
			return
		}
		seen[k] = true
		out = append(out, Difference{Kind: DifferentDeadline, Rule: k.rule, From: k.from, WasDue: old.Due, Due: now.Due, WasLate: old.Late, Late: now.Late})
	}
	for _, d := range f.Deadlines(after) {
		k := key{d.Rule, d.From}
		add(k, was[k], d)
		seen[k] = true
	}
	for _, d := range f.Deadlines(before) { // a term whose start moved is gone from where it was
		k := key{d.Rule, d.From}
		add(k, d, Deadline{})
	}
	return out
}

// compareNext speaks of the next step only where no term that differs says it already.
func compareNext(f File, before, after World, said []Difference) []Difference {
	was, now := firstNext(f, before), firstNext(f, after)
	if was.Act == now.Act && was.Due == now.Due {
		return nil
	}
	d := Difference{Kind: DifferentNext, Rule: now.Rule, Act: now.Act, WasDue: was.Due, Due: now.Due,
		WasLate: late(was, before), Late: late(now, after)}
	covered := slices.ContainsFunc(said, func(s Difference) bool {
		return s.Rule == d.Rule && s.WasDue == d.WasDue && s.Due == d.Due
	})
	if was.Act == now.Act && covered {
		return nil
	}
	return []Difference{d}
}

func late(n Next, w World) bool { return !n.Due.IsZero() && w.Today.After(n.Due) }

func firstNext(f File, w World) Next {
	if next := f.Next(w); len(next) > 0 {
		return next[0]
	}
	return Next{}
}

func comparePapers(f File, before, after World) []Difference {
	was := map[PaperCode]PaperState{}
	for _, p := range f.PapersOn(before) {
		was[p.Code] = p.State
	}
	var out []Difference
	for _, p := range f.PapersOn(after) {
		if was[p.Code] != p.State {
			id := termPaper
			if p.Code == PaperCertificate {
				id = termCertificate
			}
			out = append(out, Difference{Kind: DifferentPaper, Rule: id, Paper: p.Code, WasState: was[p.Code], State: p.State})
		}
	}
	return out
}

func compareFindings(f File, before, after World) []Difference {
	next := firstNext(f, before)
	if next.Act == "" {
		return nil
	}
	was, now := said(f, next.Act, before), said(f, next.Act, after)
	var out []Difference
	for _, x := range now {
		if !slices.ContainsFunc(was, func(o rule.Finding) bool { return same(o, x) }) {
			out = append(out, Difference{Kind: DifferentFinding, Rule: x.Rule, Act: next.Act, WasSeverity: severityIn(was, x), Severity: x.Severity, Message: x.Message})
		}
	}
	for _, x := range was {
		if !slices.ContainsFunc(now, func(n rule.Finding) bool { return n.Rule == x.Rule && n.Field == x.Field }) {
			out = append(out, Difference{Kind: DifferentFinding, Rule: x.Rule, Act: next.Act, WasSeverity: x.Severity, Message: x.Message})
		}
	}
	return out
}

func same(a, b rule.Finding) bool {
	return a.Rule == b.Rule && a.Field == b.Field && a.Severity == b.Severity
}

func severityIn(findings []rule.Finding, x rule.Finding) rule.Severity {
	for _, f := range findings {
		if f.Rule == x.Rule && f.Field == x.Field {
			return f.Severity
		}
	}
	return ""
}

// said is what the rules say where the step is done today with all that it must bring,
// so that only days and decisions can speak.
func said(f File, code Code, w World) []rule.Finding {
	_, _, findings := Advance(f, attempt(f, code, w), w)
	return findings
}

// attempt is an act as it would be recorded today where nothing is missing.
func attempt(f File, code Code, w World) Act {
	const something = "—"
	a := Act{ID: "attempt", Code: code, On: w.Today, Number: something, Helper: something, To: something, Note: something, By: f.By, Result: ResultClear}
	if code == Introduce {
		a.By = Member
	}
	if code == Consent {
		a.Rule = termCeremony
	}
	if t, ok := table(code); ok && t.votes != noBody {
		n, _ := w.Counts.of(t.votes)
		n = max(n, minBranch)
		a.Votes = &Votes{Members: n, Present: n, For: n}
	}
	var papers []PaperCode
	switch code {
	case CompleteDossier:
		papers = DossierPapers(f.By)
	case CompleteReview:
		papers = ReviewPapers()
	}
	for _, p := range papers {
		if a.Papers == nil {
			a.Papers = map[PaperCode]date.Date{}
		}
		a.Papers[p] = w.Today
	}
	return a
}
