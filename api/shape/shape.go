// Package shape is what version 1 of the API asks and answers, as JSON: for package api,
// which writes it, and for the client, which reads it. It decides nothing; a name that
// stands here once stays (the surface is stable).
package shape

import (
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/target"
)

// A UnitRow is a unit as lists show it.
type UnitRow struct {
	Code   string    `json:"code"`
	Name   string    `json:"name"`
	Type   org.Type  `json:"type"`
	Kind   *org.Kind `json:"kind" doc:"null where nothing depends on it"`
	Parent *string   `json:"parent" doc:"code; null at the top"`
}

// A UnitList is one page of units, by code.
type UnitList struct {
	Items []UnitRow `json:"items"`
	Next  *string   `json:"next" doc:"cursor of the next page; null at the end"`
}

// A Unit is a unit with what is recorded of it on the business day. Counts that nobody
// recorded are null.
type Unit struct {
	UnitRow
	OfficialMembers  *int       `json:"official_members"`
	CommitteeMembers *int       `json:"committee_members"`
	StandingMembers  *int       `json:"standing_members"`
	Members          *int       `json:"members"`
	Youth            *int       `json:"youth"`
	Head             *Head      `json:"head"`
	Line             []UnitName `json:"line" doc:"the units above, the direct superior first"`
	Children         []UnitName `json:"children"`
}

// A UnitName names a unit.
type UnitName struct {
	Code string   `json:"code"`
	Name string   `json:"name"`
	Type org.Type `json:"type"`
}

// A Head is who holds the post of a unit's head.
type Head struct {
	Name  string    `json:"name"`
	Title string    `json:"title"`
	From  date.Date `json:"from" format:"date"`
	To    date.Date `json:"to" format:"date" nullable:"true"`
}

// A FileRow is a file as lists show it.
type FileRow struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Unit    string          `json:"unit"`
	Stage   admission.Stage `json:"stage"`
	Since   date.Date       `json:"since" format:"date" nullable:"true"`
	Version int             `json:"version"`
}

// A FileList is one page of files, by Vietnamese order of names.
type FileList struct {
	Items []FileRow `json:"items"`
	Next  *string   `json:"next" doc:"cursor of the next page; null at the end"`
}

// A File is a file with all that was recorded and all that it waits for.
type File struct {
	FileRow
	Acts      []Act      `json:"acts" doc:"everything recorded, oldest first, voided acts and voids among them"`
	Deadlines []Deadline `json:"deadlines"`
	Papers    []Paper    `json:"papers"`
	Next      []Next     `json:"next"`
}

// A Recorded is the answer to a write: the file as it became, and what rules warned of.
type Recorded struct {
	File
	Findings []Finding `json:"findings"`
}

// An Act is something recorded in a file.
type Act struct {
	ID      string         `json:"id"`
	Act     admission.Code `json:"act"`
	On      date.Date      `json:"on" format:"date"`
	Number  *string        `json:"number"`
	RuleSet string         `json:"rule_set"`
	Voided  bool           `json:"voided"`
}

// A Deadline is a term of a file.
type Deadline struct {
	Rule string    `json:"rule"`
	From date.Date `json:"from" format:"date"`
	Due  date.Date `json:"due" format:"date" nullable:"true" doc:"null where the calendar does not reach"`
	Done date.Date `json:"done" format:"date" nullable:"true"`
	Late bool      `json:"late"`
	Cite string    `json:"cite"`

	Custodian *admission.Desk `json:"custodian" enum:"branch,sectional,base,board" doc:"who holds the file while the term runs; else null"`
	Shares    []Share         `json:"shares" doc:"working days by who held the file; none of a term of months"`
}

// A Share is the working days of a term that passed at one desk.
type Share struct {
	Desk admission.Desk `json:"desk" enum:"branch,sectional,base,board"`
	Days int            `json:"days"`
}

// A Paper is a paper of a file.
type Paper struct {
	Code  admission.PaperCode  `json:"code"`
	Date  date.Date            `json:"date" format:"date" nullable:"true"`
	State admission.PaperState `json:"state" enum:"missing,present,expiring,expired"`
}

// A Next is a step that a file waits for.
type Next struct {
	Act     admission.Code        `json:"act"`
	Who     admission.Desk        `json:"who" enum:"branch,base,board"`
	Due     date.Date             `json:"due" format:"date" nullable:"true"`
	Missing []admission.PaperCode `json:"missing"`
}

// A Finding is what a rule says.
type Finding = rule.Finding

// A NewFile opens a file.
type NewFile struct {
	Unit  string    `json:"unit" doc:"code of the branch"`
	Name  string    `json:"name"`
	Birth date.Date `json:"birth_date" format:"date"`
	Sex   string    `json:"sex" enum:"female,male"`
}

// A NewAct records an act. Each act takes what it needs; the rest is left out.
type NewAct struct {
	Act      admission.Code                    `json:"act"`
	On       date.Date                         `json:"on,omitzero" format:"date"`
	Number   string                            `json:"number,omitempty"`
	Votes    *admission.Votes                  `json:"votes,omitempty"`
	Note     string                            `json:"note,omitempty"`
	By       admission.Introducer              `json:"by,omitempty" enum:"youth_union,trade_union,member"`
	Helper   string                            `json:"helper,omitempty"`
	Issued   date.Date                         `json:"issued,omitzero" format:"date"`
	To       string                            `json:"to,omitempty"`
	Result   admission.Result                  `json:"result,omitempty" enum:"clear,held"`
	Papers   map[admission.PaperCode]date.Date `json:"papers,omitempty"`
	Rule     string                            `json:"rule,omitempty"`
	Stage    admission.Stage                   `json:"stage,omitempty"`
	Unit     string                            `json:"unit,omitempty" doc:"of a transfer: code of the receiving branch"`
	Question admission.Question                `json:"question,omitempty" enum:"admission,recognition,removal"`
	ActID    string                            `json:"act_id,omitempty" doc:"of a void: the act it takes back, with all that were recorded after it"`

	Cause         admission.Cause     `json:"cause,omitempty" enum:"died,political,annulled,prosecuted,detained,other,unfit,procedure" doc:"of close, suspend, annul"`
	Readmission   *Readmission        `json:"readmission,omitempty" doc:"of apply, where the person was a member before"`
	Education     admission.Education `json:"education,omitempty" enum:"none,literate,primary,lower_secondary,upper_secondary,vocational,college,university,postgraduate" doc:"of apply"`
	Area          admission.Area      `json:"area,omitempty" enum:"ordinary,special" doc:"of apply: whether the exceptions of schooling hold there"`
	TogetherSince date.Date           `json:"together_since,omitzero" format:"date" doc:"of complete_dossier: introducer and person in one place since"`
	NoResidence   string              `json:"no_residence_opinion,omitempty" doc:"of complete_dossier and complete_review: why no opinion of the residence was asked for"`

	Version int `json:"version" doc:"with which the file was read; 409 when it is another now"`
}

// A Readmission is what must be known of a person who was a member before.
type Readmission struct {
	Left    date.Date               `json:"left" format:"date"`
	Reason  admission.LeavingReason `json:"reason" enum:"expelled,removed,dropped_activity,own_request,own_request_hardship,disunity,corruption,serious_crime,minor_crime"`
	Cleared date.Date               `json:"cleared,omitzero" format:"date" doc:"the day the record of a minor crime was cleared"`
	Before  bool                    `json:"before,omitempty" doc:"was readmitted once already"`
}

// A Target is the current figure of a unit for one indicator of a year.
type Target struct {
	Unit      string           `json:"unit"`
	Name      string           `json:"name"`
	Indicator target.Indicator `json:"indicator" enum:"awareness,admission,introduction"`
	Min       int              `json:"min"`
	Max       *int             `json:"max"`
	State     target.State     `json:"state" enum:"goal,assigned"`
	Per       string           `json:"per" enum:"year"`
	Document  *string          `json:"document" doc:"symbol of the document that sets it"`
	Clause    *string          `json:"clause"`
	SetOn     date.Date        `json:"set_on" format:"date"`
	Version   int              `json:"version" doc:"of the last figure; a write that names another is refused (409)"`
}

// A NewTarget is a figure that a superior gives to a unit.
type NewTarget struct {
	Unit      string           `json:"unit"`
	Year      int              `json:"year"`
	Indicator target.Indicator `json:"indicator" enum:"awareness,admission,introduction"`
	Min       int              `json:"min"`
	Max       *int             `json:"max,omitempty" doc:"the upper end of a range; null for so many or more"`
	Reason    string           `json:"reason,omitempty" doc:"needed where an assigned figure changes"`
	Document  string           `json:"document,omitempty" doc:"symbol of the document that sets it; needed where an assigned figure changes"`
	Version   int              `json:"version" doc:"of the figure that is replaced; 0 where there is none"`
}

// A TargetList is the year of a unit and its direct children.
type TargetList struct {
	Unit  string   `json:"unit"`
	Year  int      `json:"year"`
	Items []Target `json:"items"`
}

// A ProgressLine is what a unit did of an indicator in a year, beside its plan and goal.
type ProgressLine struct {
	Unit      string           `json:"unit"`
	Name      string           `json:"name"`
	Indicator target.Indicator `json:"indicator" enum:"awareness,admission,introduction"`
	Plan      *int             `json:"plan" doc:"the figure assigned last"`
	Goal      *int             `json:"goal" doc:"the figure to strive for, where none was assigned after it"`
	Done      int              `json:"done" doc:"with the whole subtree"`
	Percent   *string          `json:"percent" doc:"of the plan"`
}

// A StageCount is how many files of a unit's subtree stand at a stage.
type StageCount struct {
	Unit  string          `json:"unit"`
	Stage admission.Stage `json:"stage"`
	Count int             `json:"count"`
}

// A Progress is the year of a unit and its direct children in figures.
type Progress struct {
	Unit          string         `json:"unit"`
	Year          int            `json:"year"`
	CountingEvent target.Event   `json:"counting_event" enum:"decision,ceremony"`
	Items         []ProgressLine `json:"items"`
	Stages        []StageCount   `json:"stages" doc:"of the whole subtree, in the order of the road"`
}

// A Problem is an error as RFC 9457 has it.
type Problem struct {
	Type     string       `json:"type" doc:"urn:ketnap:problem:…, the kind of the error"`
	Title    string       `json:"title"`
	Status   int          `json:"status"`
	Detail   string       `json:"detail"`
	Request  string       `json:"request,omitempty" doc:"code of the request, for the administrator"`
	Errors   []FieldError `json:"errors,omitempty"`
	Findings []Finding    `json:"findings,omitempty" doc:"what rules said; nothing was written"`
}

// A FieldError is what is wrong with one value that was sent.
type FieldError struct {
	Location string `json:"location" doc:"such as body.birth_date, query.limit"`
	Message  string `json:"message"`
}
