package admission

import (
	"slices"

	"ketnap/date"
)

// Replay draws a file's state from its acts; a void takes back the act it names.
// It marks the voided acts.
func Replay(f File) File {
	f.Acts = markVoided(f.Acts)
	f.State = replay(f.Acts)
	return f
}

// markVoided returns the acts with those marked that a later void names.
func markVoided(acts []Act) []Act {
	out := slices.Clone(acts)
	for i, a := range out {
		if a.Code != Void {
			continue
		}
		for k := range i {
			if out[k].ID == a.ActID {
				out[k].Voided = true
			}
		}
	}
	return out
}

func replay(acts []Act) State {
	s := State{Stage: New, Papers: map[PaperCode]date.Date{}, Extended: map[string]date.Date{},
		Consents: map[string]string{}, Ballots: map[Question]int{}}
	for _, a := range acts {
		if !a.Voided && a.Code != Void {
			s.apply(a)
		}
	}
	return s
}

// apply makes of s what the act made of it. It judges nothing.
func (s *State) apply(a Act) {
	s.Last = a.On
	to := s.Stage
	if t, ok := row(a.Code, s.Stage); ok && t.to != "" {
		to = t.to
	}
	switch a.Code {
	case ConcludeVerification, Hold, Release:
		to = s.applyHold(a, to)
	case Return:
		s.back(a.Stage)
		to = a.Stage
	case Refuse:
		s.back(Ready)
		s.ClockFrom = date.Date{}
		delete(s.Extended, termDecision)
		to = a.Stage
	default:
		s.note(a)
	}
	if to != s.Stage {
		s.Stage, s.Since = to, a.On
	}
}

// note keeps the facts of an act that the later ones are judged by.
func (s *State) note(a Act) {
	switch a.Code {
	case Introduce:
		s.By = a.By
	case List:
		s.Listed = a.On
	case AssignHelper:
		s.Helper = a.Helper
	case Certify:
		s.Certificate = Certificate{Number: a.Number, Issued: a.issued()}
	case SendVerification:
		s.Requested, s.RequestReceipt = a.On, date.Date{}
	case ReceiveRequest:
		s.RequestReceipt = a.On
	case CompleteDossier, CompleteReview:
		for code, on := range a.Papers {
			s.Papers[code] = on
		}
	case BranchResolution:
		s.BranchResolved = a.On
		if s.ClockFrom.IsZero() {
			s.ClockFrom = a.On
		}
	case Appraise:
		s.Appraised = a.On
	case BaseResolution:
		s.BaseResolved = a.On
	case Decide:
		s.Decided, s.DecisionNumber = a.On, a.Number
	case ReceiveDecision:
		s.Receipt = a.On
	case Ceremony:
		s.Ceremony = a.On
		if a.Helper != "" {
			s.Helper = a.Helper
		}
	case ProposeRecognition:
		s.Proposed = a.On
	case BaseRecognition:
		s.BaseRecognized = a.On
	case Recognize:
		s.Recognized = a.On
	case BallotFailed:
		s.Ballots[a.Question]++
	case Extend:
		s.Extended[a.Rule] = a.On
	case Consent:
		s.Consents[a.Rule] = a.Number
	case Transfer:
		if !s.Ceremony.IsZero() {
			s.Transfer = a.On
		}
	}
}

// applyHold moves a file into and out of the state that a political question makes
// (ADM-45). What was held by the conclusion itself is released as verified.
func (s *State) applyHold(a Act, to Stage) Stage {
	switch {
	case a.Code == ConcludeVerification && a.Result == ResultHeld:
		s.HeldFrom = Verified
		return Held
	case a.Code == ConcludeVerification:
		s.Verified = a.On
	case a.Code == Hold:
		s.HeldFrom = s.Stage
	case a.Code == Release:
		to = s.HeldFrom
		if to == Verified && s.Verified.IsZero() {
			s.Verified = a.On
		}
		s.HeldFrom = ""
	}
	return to
}

// back takes the resolutions above a stage out of force; they stay among the acts.
func (s *State) back(to Stage) {
	s.Appraised, s.BaseResolved = date.Date{}, date.Date{}
	if to == Ready {
		s.BranchResolved = date.Date{}
	}
}

// issued is the day of the certificate: that of the act where no other is given.
func (a Act) issued() date.Date {
	if a.Issued.IsZero() {
		return a.On
	}
	return a.Issued
}
