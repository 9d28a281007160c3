package admission

import (
	"slices"

	"ketnap/date"
)

// A Next is a step that the file waits for: what, at whose desk, until when and by which
// rule, and what is missing for it.
type Next struct {
	Act     Code
	Who     Desk
	Due     date.Date // none where no rule gives one
	Rule    string
	Cite    string
	Missing []PaperCode
}

// Next returns the steps that the file waits for, the first one first. A file that waits
// for nothing has none.
func (f File) Next(w World) []Next {
	steps := append(f.first(w), f.steps(w)...)
	for i := range steps {
		if steps[i].Who == DeskBase && !w.Over.Base {
			steps[i].Who = DeskBranch
		}
	}
	return steps
}

// first are the steps that come before those of the stage: what a move left undone, and
// a certificate that must be got again while the rest of the dossier stays (ADM-123).
func (f File) first(w World) []Next {
	s := f.Stage
	road := s.order() >= Listed.order() && s.order() <= BaseResolved.order() && s != Held
	switch {
	case !f.LeftSchool.IsZero() && s.order() <= Ready.order() && s != Held:
		return []Next{f.step(Transfer)}
	case road && s != Listed && f.Helper == "" && !f.Moved.IsZero():
		return []Next{f.step(AssignHelper)}
	case road && s.order() >= Certified.order() && s.order() <= Ready.order() && w.until(termCertificate, f.Certificate.Issued).Before(w.Today):
		n := f.step(Certify)
		n.Rule, n.Cite = termCertificate, w.cite(termCertificate, f.Certificate.Issued)
		return []Next{n}
	case slices.Contains(members, s) && !f.Transfer.IsZero() && f.Received.IsZero():
		return []Next{f.due(ReceiveTransfer, f.deadline(w, termTransfer, f.Transfer))}
	}
	return nil
}

func (f File) steps(w World) []Next {
	switch f.Stage {
	case New:
		return []Next{f.step(Introduce)}
	case Outstanding:
		return []Next{f.step(List)}
	case Listed:
		if f.Helper == "" {
			return []Next{f.step(AssignHelper), f.step(Certify)}
		}
		return []Next{f.step(Certify)}
	case Certified:
		return []Next{f.step(Apply)}
	case Applying:
		return []Next{f.step(SendVerification)}
	case Verifying:
		conclude := f.due(ConcludeVerification, f.answer(w))
		if f.RequestReceipt.IsZero() {
			return []Next{f.step(ReceiveRequest), conclude}
		}
		return []Next{conclude}
	case Verified:
		n := f.step(CompleteDossier)
		n.Missing = DossierPapers(f.By)
		return []Next{n}
	case Held:
		return []Next{f.step(Release)}
	case Suspended:
		return []Next{f.step(Resume)}
	case Ready:
		return []Next{f.meeting(w)}
	case BranchResolved, Appraised, BaseResolved:
		return f.nextAbove(w)
	case Decided:
		return f.nextCeremony(w)
	case Probationary:
		return f.nextProbation(w)
	case ReviewReady:
		if f.Undecided() {
			return f.nextUndecided(w)
		}
		return []Next{f.due(ProposeRecognition, f.deadline(w, termProposal, f.probationEnd(w)))}
	case RecognitionProposed, RecognitionAppraised:
		return f.nextRecognition(w)
	case RemovalProposed:
		if f.Undecided() {
			return f.nextUndecided(w)
		}
		return []Next{f.step(Remove)}
	}
	return nil
}

func (f File) step(code Code) Next {
	t, _ := table(code)
	return Next{Act: code, Who: t.desk, Rule: t.rule, Cite: t.cite}
}

// due is a step with the term that limits it.
func (f File) due(code Code, d Deadline) Next {
	n := f.step(code)
	if !d.Due.IsZero() {
		n.Due, n.Rule, n.Cite = d.Due, d.Rule, d.Cite
	}
	return n
}

// meeting is the branch's vote: until the first of the papers ends.
func (f File) meeting(w World) Next {
	n := f.step(BranchResolution)
	if until, by := f.papersUntil(w); !until.IsZero() {
		n.Due, n.Rule = until, by
	}
	for _, code := range DossierPapers(f.By) { // past their 12 months they must be made again
		if on := f.Papers[code]; !on.IsZero() && w.until(termPaper, on).Before(w.Today) {
			n.Missing = append(n.Missing, code)
		}
	}
	return n
}

// papersUntil returns the last day on which every paper of a complete dossier is good,
// and the rule that ends it.
func (f File) papersUntil(w World) (until date.Date, by string) {
	take := func(d date.Date, rule string) {
		if !d.IsZero() && (until.IsZero() || d.Before(until)) {
			until, by = d, rule
		}
	}
	if !f.Certificate.Issued.IsZero() {
		take(w.until(termCertificate, f.Certificate.Issued), termCertificate)
	}
	for _, code := range DossierPapers(f.By) {
		if on := f.Papers[code]; !on.IsZero() {
			take(w.until(termPaper, on), termPaper)
		}
	}
	return until, by
}

// nextAbove is the way from the branch's resolution to the decision, all of it inside
// the one term of DL-70 (DL-72).
func (f File) nextAbove(w World) []Next {
	d := f.deadline(w, termDecision, f.ClockFrom)
	switch {
	case f.Stage == BranchResolved && w.Over.Sectional:
		return []Next{f.due(Appraise, d)}
	case f.Stage != BaseResolved && w.Over.Base:
		return []Next{f.due(BaseResolution, d)}
	}
	return []Next{f.due(Decide, d)}
}

func (f File) nextCeremony(w World) []Next {
	d := f.ceremonyDeadline(w)
	switch {
	case f.Receipt.IsZero():
		return []Next{f.due(ReceiveDecision, d)}
	case !d.Due.IsZero() && w.Today.After(d.Due) && f.Consents["DL-80"] == "":
		return []Next{f.due(Consent, d), f.due(Ceremony, d)}
	}
	return []Next{f.due(Ceremony, d)}
}

// nextProbation is the review: probation ends by itself (DL-90), so that what is late is
// the branch's meeting on it (DL-100).
func (f File) nextProbation(w World) []Next {
	var out []Next
	if f.Undecided() {
		out = f.nextUndecided(w)
	}
	n := f.due(CompleteReview, f.deadline(w, termProposal, f.probationEnd(w)))
	n.Missing = ReviewPapers()
	out = append(out, n)
	if f.MemberCV.IsZero() {
		out = append(out, f.due(FileMemberCV, f.deadline(w, termMemberCV, f.Ceremony)))
	}
	return out
}

func (f File) nextRecognition(w World) []Next {
	if f.Undecided() {
		return f.nextUndecided(w)
	}
	d := f.deadline(w, termRecognition, f.Proposed)
	switch {
	case f.Stage == RecognitionProposed && w.Over.Sectional:
		return []Next{f.due(AppraiseRecognition, d)}
	case w.Over.Base && f.BaseRecognized.IsZero():
		return []Next{f.due(BaseRecognition, d)}
	}
	return []Next{f.due(Recognize, d)}
}

// Possible returns the acts that the file's stage leads to, in the order of the road:
// the buttons of its page. Whether each would pass is for Advance to say.
func (f File) Possible(over Over) []Code {
	var out []Code
	for _, code := range Codes() {
		if _, ok := f.row(code); ok && f.fits(code, over) {
			out = append(out, code)
		}
	}
	if f.lastEffective() >= 0 {
		out = append(out, Void)
	}
	return out
}

// fits drops the acts that the file's line or its record rules out beforehand.
func (f File) fits(code Code, over Over) bool {
	switch code {
	case Appraise, AppraiseRecognition:
		return over.Sectional
	case BaseResolution:
		return over.Base && (!over.Sectional || f.Stage == Appraised)
	case BaseRecognition:
		return over.Base && f.BaseRecognized.IsZero() && (!over.Sectional || f.Stage == RecognitionAppraised)
	case Decide:
		return !over.Base || f.Stage == BaseResolved
	case Recognize:
		return !over.Base || !f.BaseRecognized.IsZero() || f.Undecided()
	case ReceiveRequest:
		return f.RequestReceipt.IsZero()
	case ReceiveDecision:
		return f.Receipt.IsZero()
	case Ceremony:
		return !f.Receipt.IsZero()
	case Consent:
		return len(f.ConsentRules()) > 0
	case LeaveSchool:
		return f.LeftSchool.IsZero()
	case ReceiveTransfer:
		return !f.Transfer.IsZero() && f.Received.IsZero()
	case FileMemberCV:
		return f.MemberCV.IsZero()
	}
	return true
}
