package admission

// beforeDecision are the stages on which a person may still leave (ADM-01, ADM-125).
var beforeDecision = []Stage{New, Outstanding, Listed, Certified, Applying, Verifying, Verified, Held,
	Ready, BranchResolved, Appraised, BaseResolved}

// onTheWay are the stages that still wait for something.
var onTheWay = append(append([]Stage{}, beforeDecision...),
	Decided, Probationary, ReviewReady, RecognitionProposed, RecognitionAppraised, RemovalProposed)

var (
	listedOn    = beforeDecision[2:] // on the list of candidates
	beforeVote  = []Stage{Certified, Applying, Verifying, Verified, Held, Ready}
	withUpper   = []Stage{BranchResolved, Appraised, BaseResolved} // resolved, not yet decided
	onProbation = []Stage{Probationary, ReviewReady}
	recognizing = []Stage{RecognitionProposed, RecognitionAppraised}
	members     = []Stage{Probationary, ReviewReady, RecognitionProposed, RecognitionAppraised, RemovalProposed} // on probation until it is decided on
	withdrawing = append(append([]Stage{}, onTheWay...), Suspended)                                              // what may be done of a suspended file, too
)

// rows is the table of acts. The buttons of the page, the gate, the API and the diagram
// of the guide are drawn from it. What a row needs beyond stage and desk stands in
// check.go, what it changes in state.go.
var rows = []transition{
	{act: Introduce, from: []Stage{New}, to: Outstanding, desk: DeskBranch, rule: "ADM-10", cite: "HD 12-HD/BTCTW, I.1"},
	{act: List, from: []Stage{Outstanding}, to: Listed, desk: DeskBranch, rule: "ADM-10", cite: "HD 12-HD/BTCTW, I.1", number: true},
	{act: AssignHelper, from: []Stage{Listed, Certified, Applying, Verifying, Verified, Held, Ready, BranchResolved, Appraised, BaseResolved, Probationary, ReviewReady}, desk: DeskBranch, rule: "ADM-12", cite: "HD 12-HD/BTCTW, I.1"},
	{act: Certify, from: []Stage{Listed}, to: Certified, desk: DeskBranch, rule: "ADM-20", cite: "HD 01-HD/TW, 3.1", number: true},
	{act: Certify, from: beforeVote, desk: DeskBranch, rule: "ADM-20", cite: "HD 01-HD/TW, 3.1", number: true},
	{act: Apply, from: []Stage{Certified}, to: Applying, desk: DeskBranch, rule: "ADM-30", cite: "HD 01-HD/TW, 3.2"},
	{act: SendVerification, from: []Stage{Applying}, to: Verifying, desk: DeskBranch, rule: "ADM-43", cite: "HD 01-HD/TW, 3.4"},
	{act: ReceiveRequest, from: []Stage{Verifying}, desk: DeskBranch, rule: "DL-40", cite: "HD 01-HD/TW, 3.4"},
	{act: ConcludeVerification, from: []Stage{Verifying}, to: Verified, desk: DeskBranch, rule: "ADM-44", cite: "HD 01-HD/TW, 3.4"},
	{act: Hold, from: []Stage{Applying, Verifying, Verified, Ready}, to: Held, desk: DeskBase, rule: "ADM-45", cite: "QĐ 58-QĐ/TW", note: true},
	{act: Release, from: []Stage{Held}, desk: DeskBase, rule: "ADM-45", cite: "QĐ 58-QĐ/TW", note: true},
	{act: CompleteDossier, from: []Stage{Verified}, to: Ready, desk: DeskBranch, rule: "DOC-01", cite: "HD 12-HD/BTCTW, II.1.1"},
	{act: CompleteDossier, from: []Stage{Ready}, desk: DeskBranch, rule: "DOC-01", cite: "HD 12-HD/BTCTW, II.1.1"},
	{act: BranchResolution, from: []Stage{Ready}, to: BranchResolved, desk: DeskBranch, rule: "ADM-60", cite: charter4, votes: branchBody, number: true},
	{act: Appraise, from: []Stage{BranchResolved}, to: Appraised, desk: DeskBase, rule: "ADM-70", cite: "HD 01-HD/TW, 3.7"},
	{act: BaseResolution, from: []Stage{BranchResolved, Appraised}, to: BaseResolved, desk: DeskBase, rule: "VOT-06", cite: "HD 01-HD/TW, 3.7", votes: baseBody, number: true},
	{act: Decide, from: withUpper, to: Decided, desk: DeskBoard, rule: "ORG-07", cite: "QĐ 24-QĐ/TW, 4.3.2", votes: standingBody, number: true},
	{act: ReceiveDecision, from: []Stage{Decided}, desk: DeskBranch, rule: "DL-80", cite: "QĐ 24-QĐ/TW, 4.1"},
	{act: Ceremony, from: []Stage{Decided}, to: Probationary, desk: DeskBranch, rule: "ADM-80", cite: "HD 01-HD/TW, 3.8"},
	{act: FileMemberCV, from: members, desk: DeskBranch, rule: "DL-82", cite: "HD 12-HD/BTCTW, 2.2"},
	{act: CompleteReview, from: []Stage{Probationary}, to: ReviewReady, desk: DeskBranch, rule: "DOC-100", cite: "HD 01-HD/TW, 4.1"},
	{act: ProposeRecognition, from: []Stage{ReviewReady}, to: RecognitionProposed, desk: DeskBranch, rule: "DL-100", cite: "QĐ 24-QĐ/TW, 4.2.1", votes: branchBody, number: true},
	{act: AppraiseRecognition, from: []Stage{RecognitionProposed}, to: RecognitionAppraised, desk: DeskBase, rule: "DOC-104", cite: "HD 01-HD/TW, 4"},
	{act: BaseRecognition, from: recognizing, to: RecognitionAppraised, desk: DeskBase, rule: "DOC-104", cite: "HD 01-HD/TW, 4", votes: baseBody, number: true},
	{act: Recognize, from: recognizing, to: Official, desk: DeskBoard, rule: "ADM-100", cite: "QĐ 24-QĐ/TW, 4.2.1", votes: standingBody, number: true},
	{act: ProposeRemoval, from: onProbation, to: RemovalProposed, desk: DeskBranch, rule: "ADM-101", cite: "QĐ 24-QĐ/TW, 4.2", votes: branchBody, number: true},
	{act: Remove, from: []Stage{RemovalProposed}, to: Removed, desk: DeskBoard, rule: "ADM-101", cite: "QĐ 24-QĐ/TW, 4.2", votes: standingBody, number: true},

	{act: BallotFailed, from: []Stage{Ready, BranchResolved, Appraised, BaseResolved, Probationary, ReviewReady, RecognitionProposed, RecognitionAppraised, RemovalProposed}, desk: DeskBranch, rule: "VOT-04", cite: "HD 01-HD/TW, 5.2"},
	{act: Extend, from: append(append([]Stage{}, withUpper...), recognizing...), desk: DeskBoard, rule: "DL-70", cite: "QĐ 24-QĐ/TW, 4.3.1", note: true},
	{act: Consent, from: onTheWay, desk: DeskBoard, rule: "DL-80", cite: "QĐ 24-QĐ/TW, 4.1", number: true},
	{act: Return, from: withUpper, desk: DeskBoard, rule: "ADM-122", cite: "HD 01-HD/TW, 3.7", note: true},
	{act: Refuse, from: withUpper, desk: DeskBoard, rule: "ADM-71", cite: "QĐ 24-QĐ/TW, 4.3.1", number: true, note: true},
	{act: LeaveSchool, from: beforeDecision, desk: DeskBranch, rule: "ADM-112", cite: "HD 01-HD/TW, 6.2"},
	{act: Transfer, from: withdrawing, desk: DeskBoard, rule: "ADM-114", cite: "QĐ 24-QĐ/TW, 3.3"},
	{act: ReceiveTransfer, from: members, desk: DeskBranch, rule: "ADM-115", cite: "QĐ 24-QĐ/TW, 6.3.1"},
	{act: Suspend, from: onTheWay, to: Suspended, desk: DeskBase, rule: "ADM-117", cite: "HD 12-HD/BTCTW, I.1", note: true},
	{act: Resume, from: []Stage{Suspended}, desk: DeskBase, rule: "ADM-117", cite: "HD 12-HD/BTCTW, I.1", note: true},
	{act: Annul, from: append([]Stage{Decided, Official}, members...), desk: DeskBoard, rule: "ADM-82", cite: "QĐ 24-QĐ/TW, 3.4", number: true, note: true},
	{act: Withdraw, from: beforeDecision, to: Withdrawn, desk: DeskBranch, rule: "ADM-125", cite: "HD 12-HD/BTCTW, I.1", note: true},
	{act: Unlist, from: listedOn, to: Closed, desk: DeskBranch, rule: "ADM-01", cite: "HD 12-HD/BTCTW, I.1", note: true},
	{act: Close, from: withdrawing, to: Closed, desk: DeskBoard, rule: "ADM-117", cite: "HD 12-HD/BTCTW, I.1", note: true},
}

// table returns the first row of an act: its desk, rule and votes are those of every row.
func table(code Code) (transition, bool) {
	for _, t := range rows {
		if t.act == code {
			return t, true
		}
	}
	return transition{}, false
}

// row returns the row of an act from a stage.
func row(code Code, stage Stage) (transition, bool) {
	for _, t := range rows {
		if t.act == code {
			for _, s := range t.from {
				if s == stage {
					return t, true
				}
			}
		}
	}
	return transition{}, false
}

// Valid reports whether c is an act.
func (c Code) Valid() bool {
	_, ok := table(c)
	return ok || c == Void
}

// Codes returns every act in the order of the road, void last.
func Codes() []Code {
	var out []Code
	for i, t := range rows {
		if i == 0 || rows[i-1].act != t.act {
			out = append(out, t.act)
		}
	}
	return append(out, Void)
}

// HasVotes and HasNumber say what a form for the act must ask.
func (c Code) HasVotes() bool {
	t, _ := table(c)
	return t.votes != noBody || c == BallotFailed
}

// HasNumber reports whether the act's paper has a number.
func (c Code) HasNumber() bool {
	t, _ := table(c)
	return t.number
}

// NeedsNote reports whether a reason must be given.
func (c Code) NeedsNote() bool {
	t, _ := table(c)
	return t.note || c == Void
}

// failedDesk is the desk of the act that a failed ballot stands for.
func failedDesk(s State, q Question, over Over) Desk {
	t, ok := failedRow(s, q, over)
	if !ok {
		return DeskBranch
	}
	return t.desk
}

// failedRow finds the act whose vote fell short: the next resolution on the question
// from the stage on which the file stands.
func failedRow(s State, q Question, over Over) (transition, bool) {
	code := Code("")
	switch q {
	case QuestionAdmission:
		switch s.Stage {
		case Ready:
			code = BranchResolution
		case BranchResolved, Appraised:
			code = Decide
			if over.Base {
				code = BaseResolution
			}
		case BaseResolved:
			code = Decide
		}
	case QuestionRecognition:
		switch s.Stage {
		case ReviewReady:
			code = ProposeRecognition
		case RecognitionProposed, RecognitionAppraised:
			code = Recognize
			if over.Base && s.BaseRecognized.IsZero() {
				code = BaseRecognition
			}
		}
	case QuestionRemoval:
		switch s.Stage {
		case Probationary, ReviewReady:
			code = ProposeRemoval
		case RemovalProposed:
			code = Remove
		}
	}
	return table(code)
}

// Question returns what a ballot would be about at the file's stage.
func (f File) Question() Question {
	switch f.Stage {
	case Probationary, RemovalProposed: // on recognition nobody votes before the review
		return QuestionRemoval
	case ReviewReady, RecognitionProposed, RecognitionAppraised:
		return QuestionRecognition
	}
	return QuestionAdmission
}
