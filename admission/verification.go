package admission

import (
	"slices"

	"ketnap/date"
)

// A Verification is who must be verified for a file, where it was asked, and what came of
// each request (ADM-40 to ADM-45). It is drawn from its steps and from the acts of the
// file under which they stand, so that a voided act takes its steps with it. What a
// place answered is never kept, only that it did.
type Verification struct {
	Subjects []Subject          // the applicant first
	Steps    []VerificationStep // everything recorded, oldest first, those that fell among them
}

// A Subject is one who must be verified (ADM-40).
type Subject struct {
	ID        string // Applicant, or the id of the step that entered him
	Relation  Relation
	Name      string    // "" where the relation says enough
	Exemption Exemption // "" where he must be asked about
	ExemptOn  date.Date
	Note      string // why, of another reason
	Requests  []Request
	Last      string // id of the last step about him alone
}

// Applicant is the id of the subject that every file has.
const Applicant = "applicant"

// A Request asks one place about one subject.
type Request struct {
	ID      string // of the step that drafted it
	Subject string
	Place   string
	Abroad  bool
	Way     Way
	State   RequestState

	Number       string // of the letter
	Sent         date.Date
	Received     date.Date // DL-40 runs
	Reminded     []date.Date
	Answered     date.Date // the answer came
	AnswerNumber string
	AnswerDated  date.Date
	Withdrawn    date.Date
	Note         string // why it was withdrawn
	Last         string // id of the last step that counts
}

// Open reports whether an answer is still to come.
func (r Request) Open() bool {
	return r.State == RequestDrafted || r.State == RequestSent || r.State == RequestReceived
}

// A RequestState is how far a request has come.
type RequestState string

// States of a request.
const (
	RequestDrafted   RequestState = "drafted"
	RequestSent      RequestState = "sent"
	RequestReceived  RequestState = "received"
	RequestAnswered  RequestState = "answered"
	RequestWithdrawn RequestState = "withdrawn"
)

// A Way is how the question goes to its place (ADM-43).
type Way string

// Ways.
const (
	ByPost    Way = "post"    // an official letter
	ByMembers Way = "members" // party members who are sent, and report in writing
)

// A Relation is who a subject is to the applicant.
type Relation string

// Relations of ADM-40, in the order of the list.
const (
	Self           Relation = "self"
	Father         Relation = "father"
	Mother         Relation = "mother"
	Guardian       Relation = "guardian" // who raised the applicant
	Spouse         Relation = "spouse"
	SpouseFather   Relation = "spouse_father"
	SpouseMother   Relation = "spouse_mother"
	SpouseGuardian Relation = "spouse_guardian"
	Child          Relation = "child" // with full civil capacity
)

// Relations returns the relations that may be added to the list, in its order.
func Relations() []Relation {
	return []Relation{Father, Mother, Guardian, Spouse, SpouseFather, SpouseMother, SpouseGuardian, Child}
}

// spouseSide reports whether the exemption is remembered only (ADM-42).
func (r Relation) spouseSide() bool {
	return r == Spouse || r == SpouseFather || r == SpouseMother || r == SpouseGuardian
}

// several reports whether there may be more than one.
func (r Relation) several() bool { return r == Guardian || r == SpouseGuardian || r == Child }

// An Exemption is why a subject need not be asked about.
type Exemption string

// Exemptions.
const (
	ExemptMember   Exemption = "member" // a party member at present, fully declared (ADM-42)
	ExemptDeceased Exemption = "deceased"
	ExemptOther    Exemption = "other"
)

// Exemptions returns the reasons in the order of the form.
func Exemptions() []Exemption { return []Exemption{ExemptMember, ExemptDeceased, ExemptOther} }

// Requests returns the requests about all subjects, in the order of the list.
func (v Verification) Requests() []Request {
	var out []Request
	for _, s := range v.Subjects {
		out = append(out, s.Requests...)
	}
	return out
}

// Request returns a request by its id.
func (v Verification) Request(id string) (Request, bool) {
	for _, r := range v.Requests() {
		if r.ID == id {
			return r, true
		}
	}
	return Request{}, false
}

// Subject returns a subject by its id.
func (v Verification) Subject(id string) (Subject, bool) {
	i := slices.IndexFunc(v.Subjects, func(s Subject) bool { return s.ID == id })
	if i < 0 {
		return Subject{}, false
	}
	return v.Subjects[i], true
}

// Used reports whether anything is recorded here that counts; a file whose acts were all
// recorded the ordinary way has nothing.
func (v Verification) Used() bool {
	return slices.ContainsFunc(v.Steps, func(s VerificationStep) bool { return !s.Fell && s.Kind != StepUndo })
}

// RequestDeadline is DL-40 of one request: 30 working days in the country and 90 abroad,
// from the day the place received it, on the calendar and by the set of that day. It has
// no start before the receipt. A conclusion of the file ends it, as an answer does.
func (f File) RequestDeadline(w World, r Request) Deadline {
	if r.Received.IsZero() {
		return Deadline{Rule: termAnswer}
	}
	term := termAnswer
	if r.Abroad {
		term = termAnswerAbroad
	}
	d := f.deadline(w, term, r.Received)
	d.Rule = termAnswer
	d.Done = r.Answered
	if d.Done.IsZero() {
		d.Done = r.Withdrawn
	}
	if on := f.concluded(); d.Done.IsZero() && !on.IsZero() && !on.Before(r.Received) {
		d.Done = on
	}
	day := w.Today
	if !d.Done.IsZero() {
		day = d.Done
	}
	d.Late = !d.Due.IsZero() && day.After(d.Due)
	return d
}
