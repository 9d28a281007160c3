package admission

import (
	"ketnap/date"
	"ketnap/rule"
)

// A Deadline is a term of a file: from which day, until when, and whether it was kept.
type Deadline struct {
	Rule        string
	From        date.Date
	Due         date.Date // none where the calendar does not reach
	Done        date.Date
	Late        bool
	Cite        string
	Amount      int
	Extra       int // working days of the extension, 0 without one
	Unit        rule.Unit
	Inherited   string
	Provisional bool
	Custodian   Desk    // who holds the file for this term while it runs
	Shares      []Share // working days at each desk, in the order of the road (DL-72); none of a term of months
}

func (d Deadline) total() int { return d.Amount + d.Extra }

// Compute returns the due day of a term that starts on from: working days on the
// calendar, months as facts that are never moved (CAL-04). An extension runs from the
// first due day. It fails where no calendar reaches.
func Compute(t rule.Stated, id string, from date.Date, cal date.Calendar, extended bool) (Deadline, error) {
	d := Deadline{Rule: id, From: from, Cite: t.Cite, Amount: t.Amount, Unit: t.Unit, Inherited: t.Inherited}
	if t.Unit == rule.Months {
		d.Due = from.AddMonths(t.Amount)
		return d, nil
	}
	r, err := cal.AddWorking(from, t.Amount)
	if err != nil {
		return d, err
	}
	d.Due, d.Provisional = r.Due, r.Provisional
	if extended && t.Extension > 0 {
		r, err = cal.AddWorking(d.Due, t.Extension)
		if err != nil {
			return d, err
		}
		d.Due, d.Extra, d.Provisional = r.Due, t.Extension, d.Provisional || r.Provisional
	}
	return d, nil
}

// deadline returns a term of the file that starts on from. Where the calendar does not
// reach, it has no due day.
func (f File) deadline(w World, id string, from date.Date) Deadline {
	t, err := w.Sets.Term(id, from)
	if err != nil {
		return Deadline{Rule: id, From: from}
	}
	_, extended := f.Extended[id]
	d, err := Compute(t, id, from, w.Calendar, extended)
	if err != nil {
		d.Due = date.Date{}
	}
	return d
}

// ceremonyDeadline is DL-80: from the receipt of the decision, or from its issue where
// the set of that day says so (DL-81).
func (f File) ceremonyDeadline(w World) Deadline {
	from := f.Receipt
	if t, err := w.Sets.Term(termCeremony, f.Decided); err == nil && t.Start == rule.Issued && f.Forwarded.IsZero() {
		from = f.Decided
	}
	if from.IsZero() {
		return Deadline{Rule: termCeremony}
	}
	return f.deadline(w, termCeremony, from)
}

// probationEnd is the last day of probation (DL-90), a fact that nothing moves (ADM-100).
func (f File) probationEnd(w World) date.Date { return w.until(termProbation, f.Ceremony) }

// Deadlines returns the terms of a file in the order of the road: open ones, and those that were
// met or missed.
func (f File) Deadlines(w World) []Deadline {
	var out []Deadline
	h := f.holding(w)
	add := func(d Deadline, done date.Date) {
		if d.From.IsZero() {
			return
		}
		d.Done = done
		day := w.Today
		switch {
		case !done.IsZero():
			day = done
		case !f.Stage.Open(): // nothing runs on after the file came to its end
			day = f.Since
		}
		d.Late = !d.Due.IsZero() && day.After(d.Due)
		out = append(out, h.share(d))
	}
	// Once a file has ended nobody can record any more that DL-82 and ADM-115 were kept, so
	// that they are not called late then.
	duty := func(d Deadline, done date.Date) {
		if done.IsZero() && !f.Stage.Open() {
			out = append(out, d)
			return
		}
		add(d, done)
	}
	if !f.Certificate.Issued.IsZero() {
		add(f.deadline(w, termCertificate, f.Certificate.Issued), f.BranchResolved)
	}
	for _, code := range DossierPapers(f.By) {
		if on := f.Papers[code]; !on.IsZero() {
			add(f.deadline(w, termPaper, on), f.BranchResolved)
		}
	}
	add(f.answer(w), f.concluded())
	if !f.ClockFrom.IsZero() {
		add(f.deadline(w, termDecision, f.ClockFrom), f.Decided)
	}
	add(f.ceremonyDeadline(w), f.Ceremony)
	if f.Ceremony.IsZero() {
		return out
	}
	end := f.probationEnd(w)
	over := date.Date{}
	if !w.Today.Before(end) {
		over = end
	}
	duty(f.deadline(w, termMemberCV, f.Ceremony), f.MemberCV)
	add(f.deadline(w, termProbation, f.Ceremony), over)
	if !w.Today.Before(end) {
		proposed := f.Proposed
		if proposed.IsZero() {
			proposed = f.dayOf(ProposeRemoval)
		}
		if proposed.IsZero() {
			proposed = f.reported()
		}
		add(f.deadline(w, termProposal, end), proposed)
	}
	if !f.Proposed.IsZero() {
		add(f.deadline(w, termRecognition, f.Proposed), f.Recognized)
	}
	if !f.Transfer.IsZero() {
		duty(f.deadline(w, termTransfer, f.Transfer), f.Received)
	}
	return out
}

// answer is DL-40 of the request that is out, or was last.
func (f File) answer(w World) Deadline {
	if f.RequestReceipt.IsZero() {
		return Deadline{}
	}
	return f.deadline(w, termAnswer, f.RequestReceipt)
}

func (f File) concluded() date.Date {
	if a, ok := f.last(ConcludeVerification); ok && !a.On.Before(f.RequestReceipt) {
		return a.On
	}
	return date.Date{}
}
