package admission

import "ketnap/date"

// A Code names an act.
type Code string

// Acts, in the order of the road.
const (
	Introduce            Code = "introduce"
	List                 Code = "list"
	AssignHelper         Code = "assign_helper"
	Certify              Code = "certify"
	Apply                Code = "apply"
	SendVerification     Code = "send_verification"
	ReceiveRequest       Code = "receive_request"
	ConcludeVerification Code = "conclude_verification"
	Hold                 Code = "hold"
	Release              Code = "release"
	CompleteDossier      Code = "complete_dossier"
	BranchResolution     Code = "branch_resolution"
	Appraise             Code = "appraise"
	BaseResolution       Code = "base_resolution"
	Decide               Code = "decide"
	ReceiveDecision      Code = "receive_decision"
	Ceremony             Code = "ceremony"
	CompleteReview       Code = "complete_review"
	ProposeRecognition   Code = "propose_recognition"
	AppraiseRecognition  Code = "appraise_recognition"
	BaseRecognition      Code = "base_recognition"
	Recognize            Code = "recognize"
	ProposeRemoval       Code = "propose_removal"
	Remove               Code = "remove"

	BallotFailed Code = "ballot_failed"
	Extend       Code = "extend"
	Consent      Code = "consent"
	Return       Code = "return"
	Refuse       Code = "refuse"
	Transfer     Code = "transfer"
	Withdraw     Code = "withdraw"
	Unlist       Code = "unlist"
	Close        Code = "close"
	Void         Code = "void"

	FileMemberCV    Code = "file_member_cv"   // DL-82: the member's own curriculum vitae
	LeaveSchool     Code = "leave_school"     // ADM-112
	ReceiveTransfer Code = "receive_transfer" // ADM-115: the receiving branch took the member in
	Suspend         Code = "suspend"          // ADM-117
	Resume          Code = "resume"
	Annul           Code = "annul" // ADM-82: of a wrongful admission
)

// A Desk is where the act is recorded, and who holds the file while it waits for it.
type Desk string

// Desks. Who sits at which is a matter of rights, not of this package.
const (
	DeskBranch Desk = "branch"
	DeskBase   Desk = "base"
	DeskBoard  Desk = "board"
	DeskNone   Desk = ""
)

// DeskSectional holds a file while the sectional committee appraises; what it did is
// recorded at the base's desk, so that no act is ever its own.
const DeskSectional Desk = "sectional"

// rank orders the desks from the branch up, for an act that concerns several.
func (d Desk) rank() int {
	switch d {
	case DeskBranch:
		return 1
	case DeskSectional, DeskBase:
		return 2
	case DeskBoard:
		return 3
	}
	return 0
}

// An Act is something that was done on a day by those who may, with the paper that
// shows it. Only the fields that its code takes are filled.
type Act struct {
	ID     string    `json:"-"`
	Code   Code      `json:"-"`
	On     date.Date `json:"-"`
	Number string    `json:"-"`

	Votes    *Votes                  `json:"votes,omitempty"`
	Note     string                  `json:"note,omitempty"`
	By       Introducer              `json:"by,omitempty"`
	Helper   string                  `json:"helper,omitempty"`
	Issued   date.Date               `json:"issued,omitzero"`
	To       string                  `json:"to,omitempty"`
	Result   Result                  `json:"result,omitempty"`
	Papers   map[PaperCode]date.Date `json:"papers,omitempty"`
	Rule     string                  `json:"rule,omitempty"`
	Stage    Stage                   `json:"stage,omitempty"`
	Question Question                `json:"question,omitempty"`
	Unit     string                  `json:"unit,omitempty"`   // of a transfer: the receiving unit's code
	From     string                  `json:"from,omitempty"`   // and the one it left
	ActID    string                  `json:"act_id,omitempty"` // of a void: the first act that it takes back
	Falls    []string                `json:"falls,omitempty"`  // of a void of several: all that it takes back; written by Advance

	Cause         Cause        `json:"cause,omitempty"` // of a closing, a suspension, an annulment
	Readmission   *Readmission `json:"readmission,omitempty"`
	Education     Education    `json:"education,omitempty"`
	Area          Area         `json:"area,omitempty"`
	TogetherSince date.Date    `json:"together_since,omitzero"`        // ELI-20: introducer and person, in one place
	NoResidence   string       `json:"no_residence_opinion,omitempty"` // ADM-50: why none was asked for

	// Set when the act is recorded.
	RuleSet   string       `json:"-"`
	Rules     []string     `json:"-"` // ids of the rules that spoke
	Line      string       `json:"-"` // the units it was done under, itself first; past figures stand by it
	Actor     string       `json:"-"`
	ActorName string       `json:"-"`
	Recorded  date.Instant `json:"-"`

	// Drawn from a later void, never stored.
	Voided bool `json:"-"`
}

// bodyOf says whose votes an act carries.
type body int

const (
	noBody body = iota
	branchBody
	baseBody
	standingBody
)

// A transition is one row of the table of acts: from which stages, to which, at whose
// desk, and the rule that is cited when it comes out of order.
type transition struct {
	act    Code
	from   []Stage
	to     Stage // "" where the stage stays, or the act says which
	desk   Desk
	rule   string
	cite   string
	votes  body
	number bool // the paper has a number
	note   bool // a reason is required
}

// Desk returns where the act is recorded. The act is asked because the conclusion of a
// verification belongs to the base committee only where it holds the file, and a failed
// ballot or a void to whoever may record the act concerned. A chi bộ cơ sở has no
// committee above it below the competent one, and keeps the base's desk itself.
func (f File) Desk(a Act, over Over) Desk {
	d := f.desk(a, over)
	if d == DeskBase && !over.Base {
		return DeskBranch
	}
	return d
}

func (f File) desk(a Act, over Over) Desk {
	switch a.Code {
	case ConcludeVerification:
		if a.Result == ResultHeld {
			return DeskBase
		}
	case BallotFailed:
		return failedDesk(f.State, a.Question, over)
	case Void:
		if i := f.indexOf(a.ActID); i >= 0 {
			return f.voidDesk(i, over)
		}
		return DeskNone // there is no act concerned: Advance says so
	}
	t, ok := table(a.Code)
	if !ok {
		return DeskNone
	}
	return t.desk
}

func (f File) indexOf(id string) int {
	for i, a := range f.Acts {
		if a.ID == id {
			return i
		}
	}
	return -1
}
