package demo

import (
	"ketnap/admission"
	"ketnap/date"
)

// decided tells the way of somebody on whom was decided on a day: most go as they should,
// some with each of the troubles that the regulation knows.
func (s *story) decided(day date.Date) {
	s.road(admission.Recognize)
	troubles := s.IntN(100)
	switch {
	case troubles < 3:
		s.before(admission.BranchResolution, s.between(30, 60), failed(admission.BranchResolution, admission.QuestionAdmission, s.between(5, 20)))
	case troubles < 5:
		s.fallsShortAbove()
	case troubles < 8:
		s.sentBack()
	case troubles < 11:
		s.before(admission.Decide, s.between(12, 25), step{admission.Extend, s.between(48, 58), admission.Act{Rule: "DL-70", Note: pick(s.dice, extensions)}})
	case troubles < 14:
		s.slow(admission.Decide, s.between(75, 100)) // past DL-70
	case troubles < 17:
		s.before(admission.Ceremony, s.between(5, 12), step{admission.Consent, s.between(46, 60), admission.Act{Rule: "DL-80"}})
	case troubles < 22:
		s.slow(admission.ProposeRecognition, s.between(52, 80)) // past DL-100
	case troubles < 24:
		s.before(admission.ProposeRecognition, s.between(20, 30), failed(admission.ProposeRecognition, admission.QuestionRecognition, s.between(4, 9)))
	case troubles < 27:
		s.before(admission.Apply, s.between(10, 30), step{admission.AssignHelper, s.between(10, 30), admission.Act{Note: helperMoved}})
	case troubles < 29:
		s.before(admission.Apply, s.between(3, 9), step{admission.Apply, s.between(10, 20), admission.Act{}},
			step{admission.Void, 1, admission.Act{Note: pick(s.dice, mistakes)}})
	case troubles < 30:
		s.before(admission.SendVerification, s.between(4, 10), step{admission.Hold, s.between(5, 15), admission.Act{Note: pick(s.dice, holds)}},
			step{admission.Release, s.between(30, 70), admission.Act{Note: pick(s.dice, releases)}})
	}
	s.settle(s.indexOf(admission.Decide), day)
}

// fallsShortAbove is a ballot of the base committee, or of the standing committee, that
// had to be held again.
func (s *story) fallsShortAbove() {
	at := admission.Decide
	if s.place.base.voters > 0 {
		at = admission.BaseResolution
	}
	s.before(at, s.between(12, 25), failed(at, admission.QuestionAdmission, s.between(6, 20)))
}

// sentBack is a dossier that the board returned: to the branch, or to the base committee
// where there is one.
func (s *story) sentBack() {
	to, from, last := admission.Ready, admission.BranchResolution, admission.BranchResolution
	if s.place.base.voters > 0 {
		last = admission.BaseResolution
		if !s.place.sectional && s.percent(40) {
			to, from = admission.BranchResolved, admission.BaseResolution
		}
	}
	back := step{admission.Return, s.between(5, 14), admission.Act{Stage: to, Note: pick(s.dice, returns)}}
	s.before(admission.Decide, s.between(9, 25), append([]step{back}, s.repeat(from, last)...)...)
}
