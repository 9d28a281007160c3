package demo

import (
	"fmt"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/person"
)

// history writes the story down: a person, and acts with the papers and votes that the
// rules of their day ask for.
func (s *story) history() app.History {
	s.filesCV()
	sex := s.sex()
	h := app.History{Name: s.name(sex), Sex: sex, Unit: s.place.no}
	h.Birth = s.birth()
	s.by = s.introducer(h.Birth)
	h.Acts = make([]admission.Act, len(s.steps))
	for i, x := range s.steps {
		h.Acts[i] = s.act(i, x)
	}
	return h
}

// birth fits the life of the person: pupils turn 18 before the branch votes on them.
func (s *story) birth() date.Date {
	first := s.b.opt.Today
	if len(s.days) > 0 {
		first = s.days[0]
	}
	vote := s.b.opt.Today
	if i := s.indexOf(admission.BranchResolution); i >= 0 {
		vote = s.days[i]
	}
	switch {
	case s.learner && s.place.pupils:
		return vote.AddMonths(-12 * 18).AddDays(-s.between(40, 300))
	case s.learner:
		return first.AddMonths(-12 * s.between(18, 21)).AddDays(-s.between(40, 330))
	case s.grown:
		return first.AddMonths(-12 * s.between(32, 48)).AddDays(-s.IntN(360))
	case s.percent(55):
		return first.AddMonths(-12 * s.between(22, 28)).AddDays(-s.IntN(360))
	}
	return first.AddMonths(-12 * s.between(24, 29)).AddDays(-s.IntN(360))
}

// introducer is the youth union up to 30 years of age, and two thirds of all cases (SCL-10).
func (s *story) introducer(birth date.Date) admission.Introducer {
	young := len(s.days) == 0 || s.days[0].Before(birth.AddMonths(12*30))
	switch {
	case young && (s.learner || s.percent(85)):
		return admission.YouthUnion
	case s.percent(60):
		return admission.TradeUnion
	}
	return admission.Member
}

// act fills an act in. What the story decided stands.
func (s *story) act(i int, x step) admission.Act {
	a := x.act
	a.Code, a.On = x.code, s.days[i]
	switch x.code {
	case admission.Introduce:
		a.By = s.by
		a.Number = s.number(a.On, map[admission.Introducer]string{admission.YouthUnion: "NQ/ĐTN", admission.TradeUnion: "NQ/CĐ"}[s.by])
	case admission.List:
		a.Number = s.number(a.On, "NQ/CB")
	case admission.AssignHelper, admission.Ceremony:
		a.Helper = pick(s.dice, s.place.helpers)
	case admission.Certify:
		a.Number = fmt.Sprintf("%04d/CN", s.between(1, 900))
		if a.Issued.IsZero() {
			a.Issued = s.b.workday(a.On.AddDays(-s.between(2, 20)))
		}
	case admission.SendVerification:
		a.To = pick(s.dice, places)
	case admission.ConcludeVerification:
		if a.Result == "" {
			a.Result = admission.ResultClear
		}
	case admission.CompleteDossier:
		a.Papers = s.papers(i, admission.DossierPapers(s.by), 2, 14)
	case admission.CompleteReview:
		a.Papers = s.reviewPapers(a.On)
	case admission.Extend, admission.Return, admission.Hold, admission.Release, admission.Withdraw, admission.Unlist, admission.Close, admission.Void,
		admission.FileMemberCV, admission.Suspend:
	default:
		s.paperOfCommittee(&a)
	}
	return a
}

// paperOfCommittee adds number and votes to what a body resolved or decided.
func (s *story) paperOfCommittee(a *admission.Act) {
	code := a.Code
	if code == admission.BallotFailed { // the story keeps there which vote it was
		code, a.To = admission.Code(a.To), ""
	}
	switch code {
	case admission.BranchResolution, admission.ProposeRecognition, admission.ProposeRemoval:
		a.Number = s.number(a.On, "NQ/CB")
	case admission.BaseResolution, admission.BaseRecognition:
		a.Number = s.number(a.On, "NQ/ĐU")
	case admission.Decide, admission.Recognize, admission.Remove:
		a.Number = s.number(a.On, "QĐ/ĐUK")
	case admission.Consent, admission.Refuse:
		a.Number = s.number(a.On, "CV/ĐUK")
	}
	if ballot, ok := admission.BallotFor(code, s.counts(a.On)); ok {
		s.vote(a, ballot)
	}
}

// failed is a ballot that falls short, instead of an act.
func failed(instead admission.Code, q admission.Question, gap int) step {
	return step{code: admission.BallotFailed, gap: gap, act: admission.Act{Question: q, To: string(instead)}}
}

// counts are those who vote on a day.
func (s *story) counts(day date.Date) admission.Counts {
	return admission.Counts{Branch: s.place.votersOn(day), Base: s.place.base.voters, Standing: s.place.base.block.standing}
}

// vote fills totals in: of a failed ballot short of what was needed. In large branches a
// member is sometimes left out of the count, and the note says why (VOT-02).
func (s *story) vote(a *admission.Act, b admission.Ballot) {
	n := b.Members
	if b.Rule != "VOT-07" && n > 12 && a.Note == "" && s.percent(8) {
		n--
		a.Note = pick(s.dice, leftOut)
	}
	th, ok := admission.ThresholdOf(b.Rule)
	if !ok {
		return
	}
	needed := th.Needed(n)
	v := &admission.Votes{Members: n, Present: n}
	if slack := n - needed; slack > 1 && s.percent(45) {
		v.Present -= s.between(1, min(2, slack-1))
	}
	if a.Code == admission.BallotFailed {
		v.For = max(0, needed-s.between(1, 2))
	} else if v.For = v.Present; v.For > needed && s.percent(25) {
		v.For--
	}
	v.Against = v.Present - v.For
	a.Votes = v
}

// number is a document's number, which grows through the year.
func (s *story) number(on date.Date, symbol string) string {
	if symbol == "" {
		return ""
	}
	return fmt.Sprintf("%d-%s", 1+(on.Month()-1)*8+on.Day()/4+s.IntN(3), symbol)
}

// papers dates the papers of a dossier shortly before it, none before the step before.
func (s *story) papers(i int, codes []admission.PaperCode, low, high int) map[admission.PaperCode]date.Date {
	out := make(map[admission.PaperCode]date.Date, len(codes))
	for _, code := range codes {
		out[code] = s.b.workday(s.days[i].AddDays(-s.between(low, high)))
	}
	return out
}

func (s *story) reviewPapers(on date.Date) map[admission.PaperCode]date.Date {
	end := s.days[s.indexOf(admission.Ceremony)].AddMonths(12)
	out := map[admission.PaperCode]date.Date{admission.PaperNewMember: s.b.workday(end.AddDays(-s.between(60, 240)))}
	for _, code := range []admission.PaperCode{admission.PaperSelfReview, admission.PaperHelper, admission.PaperOpinions2} {
		out[code] = end
		if d := on.AddDays(-s.IntN(3)); d.After(end) {
			out[code] = d
		}
	}
	return out
}

// name and sex are asked of the dice in this order, so that lists stay as they are.
func (s *story) name(sex person.Sex) person.Name { return s.dice.name(sex) }
