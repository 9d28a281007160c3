package admission

// dutyActs says by which act a term is kept, where no next step of the file says it. The
// end of probation is no duty but a fact (CAL-04), and is left out.
var dutyActs = map[string]Code{
	termCertificate: Certify, termPaper: CompleteDossier, termAnswer: ConcludeVerification, termDecision: Decide,
	termCeremony: Ceremony, termMemberCV: FileMemberCV, termProposal: ProposeRecognition, termRecognition: Recognize,
	termTransfer: ReceiveTransfer,
}

// Pressing returns the duty of a file that is due first, among its next steps and the
// terms that run beside them: the clock of the decision goes on while a returned dossier
// is supplemented (ADM-122) or a branch that received it finds a helper (ADM-114). Where
// nothing has a due day it is the first step; a file that waits for nothing has none.
func (f File) Pressing(w World) (Next, bool) {
	steps := f.Next(w)
	if len(steps) == 0 {
		return Next{}, false
	}
	best := steps[0]
	if best.Rule == "VOT-11" {
		return best, true // the branch has voted in vain: nothing presses it any more
	}
	take := func(n Next) {
		if !n.Due.IsZero() && (best.Due.IsZero() || n.Due.Before(best.Due)) {
			best = n
		}
	}
	for _, n := range steps {
		take(n)
	}
	for _, d := range f.Deadlines(w) {
		act, ok := dutyActs[d.Rule]
		if !ok || !d.Done.IsZero() || d.Due.IsZero() {
			continue
		}
		take(f.duty(act, d, steps, w))
	}
	return best, true
}

// duty is a term as a step: that of the file which is limited by it, or else the act that
// keeps it, at the desk which holds the file for it.
func (f File) duty(act Code, d Deadline, steps []Next, w World) Next {
	for _, n := range steps {
		if n.Rule == d.Rule {
			n.Due = d.Due // a certificate that has ended was due on its last day
			return n
		}
	}
	if act == Decide && f.Stage.order() <= Ready.order() {
		act = BranchResolution // the dossier came back: the branch votes again while the clock runs (ADM-122)
	}
	n := f.step(act)
	n.Due, n.Rule, n.Cite = d.Due, d.Rule, d.Cite
	switch {
	case d.Custodian == DeskSectional:
		n.Who = DeskBase
	case d.Custodian != DeskNone:
		n.Who = d.Custodian
	}
	if n.Who == DeskBase && !w.Over.Base {
		n.Who = DeskBranch
	}
	return n
}
