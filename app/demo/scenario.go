package demo

import (
	"slices"

	"ketnap/admission"
)

// needs says which branches a scenario fits.
type needs int

const (
	anywhere  needs = iota
	underBase       // a base committee stands over the branch
	underSection
)

// A scenario is a way that many files have in common, and how many of 1,200 go it.
type scenario struct {
	files int
	needs needs
	tell  func(*story)
}

// fits reports whether a scenario can happen in a branch.
func (n needs) fits(p *place) bool {
	switch n {
	case underBase:
		return p.base.voters > 0 && !p.sectional
	case underSection:
		return p.sectional
	}
	return true
}

// until is the usual road up to an act that was done some days ago.
func until(last admission.Code, low, high int) func(*story) {
	return func(s *story) { s.road(last).endsAgo(s.between(low, high)) }
}

// sourceScenarios are the files that wait on the road to the decision, those that are
// stuck for each of the reasons, and those that left it.
func sourceScenarios() []scenario {
	return slices.Concat([]scenario{
		{28, anywhere, func(*story) {}},
		{26, anywhere, until(admission.List, 2, 60)},
		{14, anywhere, until(admission.List, 100, 240)},         // no_helper
		{92, anywhere, until(admission.AssignHelper, 3, 80)},    // waits for a class
		{36, anywhere, until(admission.AssignHelper, 100, 300)}, // and waits too long
		{66, anywhere, until(admission.Certify, 3, 80)},
		{40, anywhere, until(admission.Certify, 100, 400)}, // no_application
		{16, anywhere, oldCertificate(54, 59)},
		{12, anywhere, oldCertificate(61, 70)},
		{5, anywhere, secondCertificate},
		{44, anywhere, until(admission.Apply, 3, 60)},
		{9, anywhere, until(admission.Apply, 100, 200)},
		{10, anywhere, until(admission.SendVerification, 0, 6)},
		{22, anywhere, until(admission.ReceiveRequest, 3, 34)},
		{8, anywhere, until(admission.ReceiveRequest, 50, 80)},
		{6, anywhere, until(admission.ReceiveRequest, 110, 160)}, // verification_late
		{28, anywhere, until(admission.ConcludeVerification, 2, 40)},
	}, dossierScenarios(), []scenario{
		{5, anywhere, heldByConclusion}, {4, anywhere, heldBefore(false)}, {4, anywhere, heldBefore(true)},
		{8, anywhere, refused(admission.Listed)}, {4, anywhere, refused(admission.Closed)},
		{22, anywhere, leaves(admission.Withdraw, withdrawals)}, {16, anywhere, leaves(admission.Unlist, unlistings)},
		{6, anywhere, voidedLast}, {3, anywhere, suspended},
	})
}

// dossierScenarios are the files from the complete dossier to the decision.
func dossierScenarios() []scenario {
	return []scenario{
		{36, anywhere, until(admission.CompleteDossier, 3, 60)},
		{15, anywhere, until(admission.CompleteDossier, 100, 220)}, // not_voted
		{6, anywhere, until(admission.CompleteDossier, 312, 350)},  // papers_expiring
		{4, anywhere, failedAndWaits}, {4, anywhere, returned(admission.Ready)},
		{8, anywhere, until(admission.BranchResolution, 2, 40)},
		{10, underBase, until(admission.BranchResolution, 2, 45)},
		{3, underBase, until(admission.BranchResolution, 95, 120)}, // past DL-70
		{5, underSection, until(admission.Appraise, 2, 14)},
		{18, underBase, until(admission.BaseResolution, 2, 30)},
		{2, underBase, extendedAndWaits}, {2, underBase, returned(admission.BranchResolved)},
	}
}

// memberScenarios are those who were decided a year ago or more and stand at a stage of
// the recognition now.
func memberScenarios() []scenario {
	return []scenario{
		{7, anywhere, until(admission.CompleteReview, 1, 14)},
		{3, anywhere, until(admission.CompleteReview, 50, 70)}, // past DL-100
		{6, anywhere, until(admission.ProposeRecognition, 1, 8)},
		{2, underSection, until(admission.AppraiseRecognition, 1, 5)},
		{5, underBase, until(admission.BaseRecognition, 1, 12)},
		{3, anywhere, removal(false)}, {4, anywhere, removal(true)},
		{3, anywhere, closedBeforeCeremony},
	}
}

// oldCertificate is one issued so many months before the business day.
func oldCertificate(low, high int) func(*story) {
	return func(s *story) {
		s.road(admission.Certify)
		s.steps[len(s.steps)-1].act.Issued = s.b.workday(s.b.opt.Today.AddMonths(-s.between(low, high)))
		s.grown, s.learner = true, false
		s.endsAgo(s.between(5, 80))
	}
}

// secondCertificate is one got again after the first had ended.
func secondCertificate(s *story) {
	s.road(admission.Certify)
	s.steps[len(s.steps)-1].act.Issued = s.b.workday(s.b.opt.Today.AddMonths(-s.between(64, 72)))
	s.grown, s.learner = true, false
	s.then(admission.Certify, s.between(150, 400), admission.Act{}).endsAgo(s.between(5, 60))
}

func heldByConclusion(s *story) {
	s.road(admission.ConcludeVerification)
	s.steps[len(s.steps)-1].act.Result = admission.ResultHeld
	s.endsAgo(s.between(5, 130))
}

// heldBefore is a file held before its verification, released or not.
func heldBefore(released bool) func(*story) {
	return func(s *story) {
		s.road(admission.Apply).then(admission.Hold, s.between(5, 20), admission.Act{Note: pick(s.dice, holds)})
		if released {
			s.then(admission.Release, s.between(30, 80), admission.Act{Note: pick(s.dice, releases)})
		}
		s.endsAgo(s.between(5, 80))
	}
}

// resolved is the road up to the last resolution below the competent committee.
func (s *story) resolved() *story {
	if s.place.base.voters > 0 {
		return s.road(admission.BaseResolution)
	}
	return s.road(admission.BranchResolution)
}

func refused(to admission.Stage) func(*story) {
	return func(s *story) {
		s.resolved().then(admission.Refuse, s.between(12, 35), admission.Act{Stage: to, Note: pick(s.dice, refusals)})
		s.endsAgo(s.between(10, 200))
	}
}

// returned is a file that the board sent back and that waits there.
func returned(to admission.Stage) func(*story) {
	return func(s *story) {
		s.resolved()
		if s.place.base.voters == 0 {
			to = admission.Ready
		}
		s.then(admission.Return, s.between(6, 20), admission.Act{Stage: to, Note: pick(s.dice, returns)})
		s.endsAgo(s.between(2, 40))
	}
}

func leaves(by admission.Code, reasons []string) func(*story) {
	return func(s *story) {
		s.road(pick(s.dice, []admission.Code{admission.List, admission.AssignHelper, admission.Certify, admission.Apply, admission.CompleteDossier}))
		s.then(by, s.between(20, 120), admission.Act{Note: pick(s.dice, reasons)}).endsAgo(s.between(5, 500))
	}
}

// voidedLast is a file whose last act was a slip and was taken back.
func voidedLast(s *story) {
	s.road(pick(s.dice, []admission.Code{admission.Apply, admission.CompleteDossier, admission.BranchResolution}))
	s.then(admission.Void, 1, admission.Act{Note: pick(s.dice, mistakes)}).endsAgo(s.between(3, 60))
}

// suspended is a file that waits for what an authority finds.
func suspended(s *story) {
	s.road(pick(s.dice, []admission.Code{admission.Certify, admission.ConcludeVerification}))
	s.then(admission.Suspend, s.between(10, 40), admission.Act{Cause: admission.CauseProsecuted, Note: suspension}).endsAgo(s.between(5, 60))
}

func failedAndWaits(s *story) {
	s.road(admission.CompleteDossier)
	s.steps = append(s.steps, failed(admission.BranchResolution, admission.QuestionAdmission, s.between(5, 20)))
	s.endsAgo(s.between(4, 60))
}

func extendedAndWaits(s *story) {
	s.road(admission.BaseResolution).then(admission.Extend, s.between(40, 50), admission.Act{Rule: "DL-70", Note: pick(s.dice, extensions)})
	s.endsAgo(s.between(2, 20))
}

func removal(done bool) func(*story) {
	return func(s *story) {
		s.road(admission.Ceremony).then(admission.ProposeRemoval, s.between(120, 240), admission.Act{})
		if done {
			s.then(admission.Remove, s.between(10, 30), admission.Act{})
		}
		s.endsAgo(s.between(4, 40))
	}
}

func closedBeforeCeremony(s *story) {
	s.road(admission.ReceiveDecision).then(admission.Close, s.between(15, 30), admission.Act{Note: pick(s.dice, closures)})
	s.endsAgo(s.between(200, 500))
}

// secretaryScenarios are what the branches of the first secretaries have beside chance,
// so that their list of tasks shows something late, something for this week and the rest.
func secretaryScenarios() []scenario {
	return []scenario{
		{1, anywhere, until(admission.ReceiveDecision, 58, 62)}, // past DL-80
		{1, anywhere, until(admission.ReceiveDecision, 38, 40)},
		{3, anywhere, until(admission.CompleteDossier, 4, 30)},
		{1, anywhere, until(admission.CompleteDossier, 340, 348)}, // papers end within weeks
		{1, anywhere, until(admission.ReceiveRequest, 20, 30)},
		{1, anywhere, until(admission.ReceiveRequest, 48, 55)}, // past DL-40
		{1, anywhere, until(admission.Apply, 5, 20)},
		{1, anywhere, oldCertificate(58, 59)},
		{1, anywhere, until(admission.List, 5, 20)},
		{1, anywhere, until(admission.CompleteReview, 1, 5)},
	}
}
