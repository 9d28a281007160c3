package admission

import (
	"slices"

	"ketnap/date"
)

// Replay draws a file's state from its acts; a void takes back the act it names and all
// that were recorded after it, so that the file is what it was before that act. It marks
// the voided acts.
func Replay(f File) File {
	f.Acts = markVoided(f.Acts)
	f.State = replay(f.Acts)
	return f
}

// markVoided returns the acts with those marked that a later void takes back.
func markVoided(acts []Act) []Act {
	out := slices.Clone(acts)
	for i, a := range out {
		if a.Code != Void {
			continue
		}
		falls := false
		for k := range i {
			falls = falls || out[k].ID == a.ActID
			if falls && out[k].Code != Void {
				out[k].Voided = true
			}
		}
	}
	return out
}

// begun is the state of a file in which nothing was recorded.
func begun() State {
	return State{Stage: New, Papers: map[PaperCode]date.Date{}, Extended: map[string]date.Date{},
		Consents: map[string]string{}, Ballots: map[Question]int{}}
}

func replay(acts []Act) State {
	s := begun()
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
	if t, ok := s.row(a.Code); ok && t.to != "" {
		to = t.to
	}
	switch a.Code {
	case ConcludeVerification, Hold, Release:
		to = s.applyHold(a, to)
	case Suspend:
		s.SuspendedFrom = s.Stage
	case Resume:
		to, s.SuspendedFrom = s.SuspendedFrom, ""
	case Annul:
		to = s.annul(a.Cause)
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
		if a.Helper != s.Helper {
			s.HelperExempt = s.Helper != "" || !s.Moved.IsZero()
		}
		s.Helper = a.Helper
	case Certify:
		s.Certificate = Certificate{Number: a.Number, Issued: a.issued()}
	case Apply:
		s.Education, s.Area = a.Education, a.Area
		if a.Readmission != nil {
			s.Readmission = *a.Readmission
		}
	case SendVerification:
		s.Requested, s.RequestReceipt = a.On, date.Date{}
	case ReceiveRequest:
		s.RequestReceipt = a.On
	case CompleteDossier, CompleteReview:
		for code, on := range a.Papers {
			s.Papers[code] = on
		}
		s.NoResidence = a.NoResidence
		if a.Code == CompleteDossier {
			s.Together = a.TogetherSince
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
	case FileMemberCV:
		s.MemberCV = a.On
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
	case LeaveSchool:
		s.LeftSchool = a.On
	case ReceiveTransfer:
		s.Received = a.On
	case Transfer:
		s.move(a.On)
	}
}

// move is what a transfer changes: on probation the activity is handed over (ADM-115);
// after the decision the new branch receives it anew and DL-80 runs from then; before it
// the new branch assigns a helper of its own (ADM-114).
func (s *State) move(on date.Date) {
	s.LeftSchool = date.Date{}
	switch {
	case !s.Ceremony.IsZero():
		s.Transfer, s.Received = on, date.Date{}
	case !s.Decided.IsZero():
		s.Forwarded, s.Receipt = on, date.Date{}
		delete(s.Consents, termCeremony)
	default:
		s.Moved, s.Helper = on, ""
	}
}

// annul takes back a decision that should not have been: who was unfit is out, for who
// was fit the procedure begins again with the branch's vote (ADM-82). What followed the
// decision, and every clock, goes with it.
func (s *State) annul(c Cause) Stage {
	s.back(Ready)
	none := date.Date{}
	s.ClockFrom, s.Decided, s.DecisionNumber, s.Receipt, s.Forwarded = none, none, "", none, none
	s.Ceremony, s.MemberCV, s.Transfer, s.Received = none, none, none, none
	s.Proposed, s.BaseRecognized, s.Recognized = none, none, none
	clear(s.Extended)
	clear(s.Ballots)
	delete(s.Consents, termCeremony)
	for _, code := range ReviewPapers() {
		delete(s.Papers, code)
	}
	if c == CauseProcedure {
		return Ready
	}
	return Closed
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
