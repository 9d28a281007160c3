// Package admission is the procedure of the regulation: a candidate's file, the acts
// that move it from stage to stage, the votes, papers and time limits of each act, and
// the findings of the rules. It is for the application, the pages and the API; it must
// not read a store, a clock or a right: the day and the facts are handed to it.
package admission

import (
	"ketnap/date"
)

// A Stage is where a file stands (admission.md, section 2).
type Stage string

// Stages, in the order of the road. S0…S16 are the ids of the domain text.
const (
	New                  Stage = "new"                   // S0
	Outstanding          Stage = "outstanding"           // S1
	Listed               Stage = "listed"                // S2, S2h
	Certified            Stage = "certified"             // S3
	Applying             Stage = "applying"              // S4
	Verifying            Stage = "verifying"             // S5
	Verified             Stage = "verified"              // S5r
	Held                 Stage = "held"                  // S5x
	Ready                Stage = "ready"                 // S6
	BranchResolved       Stage = "branch_resolved"       // S7
	Appraised            Stage = "appraised"             // S8
	BaseResolved         Stage = "base_resolved"         // S9
	Decided              Stage = "decided"               // S10
	Probationary         Stage = "probationary"          // S11
	ReviewReady          Stage = "review_ready"          // S12
	RecognitionProposed  Stage = "recognition_proposed"  // S13
	RecognitionAppraised Stage = "recognition_appraised" // S14
	Official             Stage = "official"              // S15
	RemovalProposed      Stage = "removal_proposed"      // S16
	Removed              Stage = "removed"               // S16
	Withdrawn            Stage = "withdrawn"
	Closed               Stage = "closed"
	Suspended            Stage = "suspended" // aside from any open stage (ADM-117)
)

// Stages returns every stage in the order of the road, those aside last.
func Stages() []Stage {
	return []Stage{New, Outstanding, Listed, Certified, Applying, Verifying, Verified, Held, Ready,
		BranchResolved, Appraised, BaseResolved, Decided, Probationary, ReviewReady,
		RecognitionProposed, RecognitionAppraised, Official, RemovalProposed, Removed, Withdrawn, Closed, Suspended}
}

// Open reports whether acts may still follow: not so for an official member, a removed
// name, a withdrawn or closed file.
func (s Stage) Open() bool {
	switch s {
	case Official, Removed, Withdrawn, Closed:
		return false
	}
	return true
}

// order is the place of a stage on the road, for the acts that go back to an earlier one.
func (s Stage) order() int {
	for i, t := range Stages() {
		if s == t {
			return i
		}
	}
	return -1
}

// Valid reports whether s is a stage.
func (s Stage) Valid() bool { return s.order() >= 0 }

// Source reports whether a file at this stage is source that can still be admitted
// (contract: from listed to base_resolved).
func (s Stage) Source() bool {
	return s.order() >= Listed.order() && s.order() <= BaseResolved.order()
}

// A File is one candidate's way. Its state is what the acts that were not voided made
// of it, and can always be drawn from them again.
type File struct {
	ID      string
	Unit    string // code of the branch
	Name    string
	Birth   date.Date
	Sex     string
	Version int
	Acts    []Act // everything recorded, oldest first, voided ones and voids among them
	State
}

// State is what the acts made of a file.
type State struct {
	Stage Stage
	Since date.Date // the day the stage was reached; none at new
	Last  date.Date // the day of the last act

	By           Introducer
	Helper       string
	HelperExempt bool // took another's place or came after a transfer: no 12 months are asked (ADM-13, ADM-114)
	Education    Education
	Area         Area
	Readmission  Readmission // the zero value for who was never a member
	Together     date.Date   // introducer and person in one place since (ELI-20)
	NoResidence  string      // why no opinion of the residence was asked for (ADM-50)
	LeftSchool   date.Date   // and no transfer since (ADM-112)

	Certificate Certificate
	Papers      map[PaperCode]date.Date // day of each paper of the dossier and of the review

	Requested      date.Date // verification request sent
	RequestReceipt date.Date // and received: DL-40 runs
	Verified       date.Date // concluded as clear
	HeldFrom       Stage     // the stage to which a release returns
	SuspendedFrom  Stage     // and that to which one resumes

	Listed         date.Date
	BranchResolved date.Date // the resolution that counts
	ClockFrom      date.Date // DL-70 starts; a return never moves it (ADM-122)
	Appraised      date.Date
	BaseResolved   date.Date
	Decided        date.Date
	DecisionNumber string
	Receipt        date.Date // the branch received the decision
	Moved          date.Date // the last transfer before the decision (ADM-114)
	Forwarded      date.Date // the decision went on to another branch: its receipt starts DL-80
	Ceremony       date.Date
	MemberCV       date.Date // Lý lịch đảng viên was filed (DL-82)
	Proposed       date.Date // recognition proposed by the branch
	BaseRecognized date.Date
	Recognized     date.Date

	Extended map[string]date.Date // DL-70, DL-101: the day of the one extension
	Consents map[string]string    // rule → number of the consent
	Ballots  map[Question]int     // failed ballots (VOT-11)
	Transfer date.Date            // the last transfer during probation
	Received date.Date            // and the day the receiving branch took the member in (ADM-115)
}

// A Certificate is that of the party-awareness class.
type Certificate struct {
	Number string
	Issued date.Date
}

// Votes are the totals of one ballot. Members is the number counted under VOT-02.
type Votes struct {
	Members int `json:"members"`
	Present int `json:"present"`
	For     int `json:"for"`
	Against int `json:"against"`
}

// Introducer says who introduced the person.
type Introducer string

// Introducers.
const (
	YouthUnion Introducer = "youth_union"
	TradeUnion Introducer = "trade_union"
	Member     Introducer = "member"
)

// A Question is what a failed ballot was about.
type Question string

// Questions of a ballot.
const (
	QuestionAdmission   Question = "admission"
	QuestionRecognition Question = "recognition"
	QuestionRemoval     Question = "removal"
)

// A Result is the conclusion of the verification.
type Result string

// Results. Held says that there is a political question, not which (ADM-45).
const (
	ResultClear Result = "clear"
	ResultHeld  Result = "held"
)

// clone copies what an act may change, so that Advance leaves its argument alone.
func (s State) clone() State {
	s.Papers = cloneMap(s.Papers)
	s.Extended = cloneMap(s.Extended)
	s.Consents = cloneMap(s.Consents)
	s.Ballots = cloneMap(s.Ballots)
	return s
}

func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m)+1)
	for k, v := range m {
		out[k] = v
	}
	return out
}
