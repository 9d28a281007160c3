package admission

import (
	"slices"

	"ketnap/date"
)

// A StepKind names a step of a verification.
type StepKind string

// Steps, in the order of a request's life.
const (
	StepSubject  StepKind = "subject"  // one more must be verified
	StepExempt   StepKind = "exempt"   // a subject need not be asked about
	StepRequest  StepKind = "request"  // a place to be asked
	StepSend     StepKind = "send"     // the letter goes out, or the members
	StepReceive  StepKind = "receive"  // the place has it: DL-40 runs
	StepRemind   StepKind = "remind"   // DL-41
	StepAnswer   StepKind = "answer"   // the answer came
	StepWithdraw StepKind = "withdraw" // it is not asked any more
	StepUndo     StepKind = "undo"     // a step recorded by mistake
)

// StepKinds returns every step in that order.
func StepKinds() []StepKind {
	return []StepKind{StepSubject, StepExempt, StepRequest, StepSend, StepReceive, StepRemind, StepAnswer, StepWithdraw, StepUndo}
}

// Valid reports whether k is a step.
func (k StepKind) Valid() bool { return slices.Contains(StepKinds(), k) }

// A VerificationStep is something done in a verification on a day. Only the fields that
// its kind takes are filled. Steps are only ever added.
type VerificationStep struct {
	ID      string    `json:"-"`
	Kind    StepKind  `json:"-"`
	Subject string    `json:"-"` // of an exemption and a new request: whom it is about
	Request string    `json:"-"` // of what befalls a request
	On      date.Date `json:"-"`
	Number  string    `json:"-"` // of the letter, or of the answer
	Act     string    `json:"-"` // the act of the file under which a sending or a receipt stands

	Relation  Relation  `json:"relation,omitempty"`
	Name      string    `json:"name,omitempty"`
	Exemption Exemption `json:"exemption,omitempty"`
	Place     string    `json:"place,omitempty"`
	Abroad    bool      `json:"abroad,omitempty"`
	Way       Way       `json:"way,omitempty"`
	Stamped   bool      `json:"stamped,omitempty"` // ADM-43: checked, stamped over the edges, nothing remarked yet
	Carried   bool      `json:"carried,omitempty"` // ADM-43: neither the applicant nor a relative carries it
	Dated     date.Date `json:"dated,omitzero"`    // day on the answer
	Note      string    `json:"note,omitempty"`
	Undoes    string    `json:"undoes,omitempty"` // id of the step that is taken back
	Own       bool      `json:"own,omitempty"`    // the act was recorded with this step

	Actor     string       `json:"-"`
	ActorName string       `json:"-"`
	Recorded  date.Instant `json:"-"`

	// Drawn from undone steps and voided acts, never stored.
	Fell bool `json:"-"`
}

// VerificationOf draws a verification from its steps. A step does not count when it was
// taken back, when the act under which it stands was voided, or when what it builds on
// fell with one of these.
func VerificationOf(f File, steps []VerificationStep) Verification {
	v := Verification{Subjects: []Subject{{ID: Applicant, Relation: Self}}, Steps: slices.Clone(steps)}
	voided := map[string]bool{}
	for _, a := range markVoided(f.Acts) {
		if a.Voided {
			voided[a.ID] = true
		}
	}
	undone := map[string]bool{}
	for _, s := range steps {
		if s.Kind == StepUndo {
			undone[s.Undoes] = true
		}
	}
	for i := range v.Steps {
		s := &v.Steps[i]
		s.Fell = undone[s.ID] || voided[s.Act] || !v.apply(*s)
	}
	return v
}

// apply makes of v what a step made of it; false where what the step builds on is not
// there. It judges nothing else.
func (v *Verification) apply(s VerificationStep) bool {
	switch s.Kind {
	case StepUndo:
		return true
	case StepSubject:
		v.Subjects = append(v.Subjects, Subject{ID: s.ID, Relation: s.Relation, Name: s.Name, Last: s.ID})
		return true
	case StepExempt, StepRequest:
		i := slices.IndexFunc(v.Subjects, func(u Subject) bool { return u.ID == s.Subject })
		if i < 0 {
			return false
		}
		u := &v.Subjects[i]
		if s.Kind == StepExempt {
			u.Exemption, u.ExemptOn, u.Note, u.Last = s.Exemption, s.On, s.Note, s.ID
			return true
		}
		u.Requests = append(u.Requests, Request{ID: s.ID, Subject: u.ID, Place: s.Place, Abroad: s.Abroad, Way: s.Way, State: RequestDrafted, Last: s.ID})
		return true
	}
	for i := range v.Subjects {
		for k := range v.Subjects[i].Requests {
			if r := &v.Subjects[i].Requests[k]; r.ID == s.Request {
				return r.apply(s)
			}
		}
	}
	return false
}

// follows lists from which states of a request each step leads on.
var follows = map[StepKind][]RequestState{
	StepSend:     {RequestDrafted},
	StepReceive:  {RequestSent},
	StepRemind:   {RequestSent, RequestReceived},
	StepAnswer:   {RequestReceived},
	StepWithdraw: {RequestDrafted, RequestSent, RequestReceived},
}

// Takes reports whether a step may follow on the request as it stands.
func (r Request) Takes(k StepKind) bool { return slices.Contains(follows[k], r.State) }

func (r *Request) apply(s VerificationStep) bool {
	if !r.Takes(s.Kind) {
		return false
	}
	r.Last = s.ID
	switch s.Kind {
	case StepSend:
		r.State, r.Sent, r.Number = RequestSent, s.On, s.Number
	case StepReceive:
		r.State, r.Received = RequestReceived, s.On
	case StepRemind:
		r.Reminded = append(slices.Clone(r.Reminded), s.On)
	case StepAnswer:
		r.State, r.Answered, r.AnswerNumber, r.AnswerDated = RequestAnswered, s.On, s.Number, s.Dated
	case StepWithdraw:
		r.State, r.Withdrawn, r.Note = RequestWithdrawn, s.On, s.Note
	}
	return true
}

// ActOf returns the act that a step records on the file with itself: the first sending
// and the first receipt. Where the file has that act already, it returns the id under
// which the step stands, "" where none is asked.
func (f File) ActOf(v Verification, s VerificationStep) (act Act, is bool, under string) {
	r, _ := v.Request(s.Request)
	switch s.Kind {
	case StepSend:
		if a, ok := f.last(SendVerification); ok {
			return Act{}, false, a.ID
		}
		return Act{Code: SendVerification, On: s.On, To: r.Place}, true, ""
	case StepReceive:
		if a, ok := f.last(ReceiveRequest); ok {
			return Act{}, false, a.ID
		}
		if f.Stage == Verified { // concluded without it: the receipt is the request's alone
			return Act{}, false, ""
		}
		return Act{Code: ReceiveRequest, On: s.On}, true, ""
	}
	return Act{}, false, ""
}
