package demo

import (
	"slices"

	"ketnap/admission"
	"ketnap/date"
)

// A step is an act of a story before it has a day: so many days after the one before it.
type step struct {
	code admission.Code
	gap  int
	act  admission.Act // fields that the story itself decides
}

// A story is the way of one candidate while it is invented.
type story struct {
	dice
	b     *builder
	place *place
	steps []step
	days  []date.Date

	by      admission.Introducer
	learner bool // a pupil or a student
	grown   bool // past the age of the youth union
}

// usual are the days between an act and the one before it, where things go as they should.
var usual = map[admission.Code][2]int{
	admission.Introduce: {0, 0}, admission.List: {8, 40}, admission.AssignHelper: {0, 20}, admission.Certify: {30, 170},
	admission.Apply: {12, 80}, admission.SendVerification: {4, 18}, admission.ReceiveRequest: {2, 8},
	admission.ConcludeVerification: {9, 36}, admission.CompleteDossier: {4, 25}, admission.BranchResolution: {3, 25},
	admission.Appraise: {4, 12}, admission.BaseResolution: {6, 24}, admission.Decide: {9, 32},
	admission.ReceiveDecision: {2, 7}, admission.Ceremony: {5, 24}, admission.CompleteReview: {369, 378},
	admission.ProposeRecognition: {4, 15}, admission.AppraiseRecognition: {2, 8}, admission.BaseRecognition: {4, 12},
	admission.Recognize: {6, 16},
}

// wholeRoad is the order of the acts where nothing happens beside the road.
var wholeRoad = []admission.Code{
	admission.Introduce, admission.List, admission.AssignHelper, admission.Certify, admission.Apply,
	admission.SendVerification, admission.ReceiveRequest, admission.ConcludeVerification, admission.CompleteDossier,
	admission.BranchResolution, admission.Appraise, admission.BaseResolution, admission.Decide,
	admission.ReceiveDecision, admission.Ceremony, admission.CompleteReview, admission.ProposeRecognition,
	admission.AppraiseRecognition, admission.BaseRecognition, admission.Recognize,
}

// road lays out the usual way up to an act, under the committees that stand over the branch.
func (s *story) road(last admission.Code) *story {
	for _, code := range wholeRoad {
		switch code {
		case admission.Appraise, admission.AppraiseRecognition:
			if !s.place.sectional {
				continue
			}
		case admission.BaseResolution, admission.BaseRecognition:
			if s.place.base.voters == 0 {
				continue
			}
		}
		s.then(code, 0, admission.Act{})
		if code == last {
			break
		}
	}
	return s
}

// then adds an act; gap 0 stands for the usual one.
func (s *story) then(code admission.Code, gap int, act admission.Act) *story {
	if usual, ok := usual[code]; ok && gap == 0 {
		gap = s.between(usual[0], usual[1])
	}
	s.steps = append(s.steps, step{code: code, gap: gap, act: act})
	return s
}

func (s *story) indexOf(code admission.Code) int {
	return slices.IndexFunc(s.steps, func(x step) bool { return x.code == code })
}

// slow makes the way to an act longer than usual.
func (s *story) slow(code admission.Code, gap int) {
	if i := s.indexOf(code); i >= 0 {
		s.steps[i].gap = gap
	}
}

// before puts acts in front of another, which then comes wait days later.
func (s *story) before(code admission.Code, wait int, acts ...step) {
	if i := s.indexOf(code); i >= 0 {
		s.steps[i].gap = wait
		s.steps = slices.Insert(s.steps, i, acts...)
	}
}

// repeat walks a stretch of the road again behind its end, as after a return.
func (s *story) repeat(from, to admission.Code) []step {
	var again []step
	i, k := s.indexOf(from), s.indexOf(to)
	for ; i >= 0 && i <= k; i++ {
		u := usual[s.steps[i].code]
		again = append(again, step{code: s.steps[i].code, gap: s.between(u[0], u[1])})
	}
	return again
}

// settle gives every act its day, counted from the day of the act at; what would lie
// after the business day has not happened.
func (s *story) settle(at int, day date.Date) {
	s.days = make([]date.Date, len(s.steps))
	s.days[at] = s.b.workday(day)
	for i, d := at, day; i > 0; i-- {
		d = d.AddDays(-s.steps[i].gap)
		s.days[i-1] = s.b.workday(d)
	}
	for i, d := at+1, day; i < len(s.steps); i++ {
		d = d.AddDays(s.steps[i].gap)
		s.days[i] = s.b.workday(d)
	}
	s.afterProbation()
	for i, d := range s.days {
		if d.After(s.b.opt.Today) {
			s.steps, s.days = s.steps[:i], s.days[:i]
			return
		}
	}
}

// afterProbation keeps what belongs after the 12 months behind their end, which a
// holiday may have brought forward.
func (s *story) afterProbation() {
	c := s.indexOf(admission.Ceremony)
	if c < 0 {
		return
	}
	least := s.days[c]
	for i := c + 1; i < len(s.days); i++ {
		switch s.steps[i].code {
		case admission.CompleteReview, admission.ProposeRecognition, admission.BallotFailed:
			if over := s.days[c].AddMonths(12).AddDays(1); least.Before(over) {
				least = over
			}
		}
		if s.days[i].Before(least) {
			s.days[i] = least
		}
		least = s.days[i]
	}
}

// Days from the ceremony to the filing of the member's own CV: well within DL-82.
const cvSoonest, cvSpread = 7, 19

// filesCV adds that the new member's own CV was filed. Whose ceremony was on the 16th has
// not filed it yet, so that some are late. It asks no dice: the rest stays as it is.
func (s *story) filesCV() {
	c := s.indexOf(admission.Ceremony)
	if c < 0 || s.days[c].Day() == 16 {
		return
	}
	on := s.b.workday(s.days[c].AddDays(cvSoonest + s.days[c].Day()%cvSpread))
	if on.After(s.b.opt.Today) || c+1 < len(s.days) && s.days[c+1].Before(on) {
		return
	}
	s.steps = slices.Insert(s.steps, c+1, step{code: admission.FileMemberCV})
	s.days = slices.Insert(s.days, c+1, on)
}

// endsAgo settles the story so that its last act lies some days back.
func (s *story) endsAgo(days int) {
	if n := len(s.steps); n > 0 {
		s.settle(n-1, s.b.opt.Today.AddDays(-days))
	}
}
