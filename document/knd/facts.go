// Package knd writes the forms of the admission procedure, 1-KNĐ to 16-KNĐ with what
// goes with them, from the record of a file. What an organ writes is filled in; what the
// person must write by hand is an empty guide with the known fields. It is pure: facts
// are handed in, a document comes out.
package knd

import (
	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

// A Body is an organization as its papers name it.
type Body struct {
	Name   string // "Chi bộ Trường THPT Hải Bình"
	Symbol string // "CB", "ĐU", "ĐUK" (PAPER-09)
	Place  string // "Quảng Bình"
	Head   string // name of the secretary; "" leaves the place of the name free
	Title  string // of who signs: "BÍ THƯ", "PHÓ BÍ THƯ"; "" is BÍ THƯ
}

// A Person is what a form says of the person, as far as it is recorded.
type Person struct {
	Name       string
	Birth      date.Date
	Sex        string // admission's: female, male
	BirthPlace string
	Hometown   string
	Ethnicity  string
	Religion   string
	Education  string
	Residence  string
	Occupation string
	IDNumber   string
}

// Facts are all that a form may speak of. Bodies that do not stand over the branch have
// no name.
type Facts struct {
	File      admission.File
	Person    Person
	Branch    Body
	Sectional Body
	Base      Body
	Competent Body
	Members   Members       // of the branch on the day of the meeting
	Chair     string        // of the meeting
	Secretary string        // who writes its minutes
	Today     date.Date     // the day of a draft that has no act yet
	Act       admission.Act // the act that the paper shows; zero in a draft before it
	Relative  Relative      // of a verification request
	Reply     date.Date     // until when the request asks for an answer
	Reason    string        // of a refusal, a return, a transfer
	To        Body          // of a request or a transfer: the body that it goes to
	Guest     string        // ceremony: who speaks for the level above

	Above       Body       // over the competent committee, for the head of its papers
	Union       Body       // whose 4-KNĐ or 4A-KNĐ it is
	Introducer  Introducer // of 3-KNĐ, 3A-KNĐ; its name is the helper's where none is given
	Class       Class      // of a certificate
	Words       Words      // what people have written and the office recorded
	Readmission bool       // the person was a member before
	Minutes     Minutes    // of BranchMinutes
	Session     Session    // of DecisionList
	Sets        rule.Sets  // the regulation as the installation keeps it; nil is admission's own
}

// Words are the conclusions that people wrote and that were recorded. What is empty is
// printed as lines to write on: the program words no judgement of a person.
type Words struct {
	CV         string // on the CV after verification
	Strengths  string
	Weaknesses string
	Capability string
	Relations  string // with the masses
	Union      string // opinions of the mass organizations
	Residence  string // opinion of the place of residence
	Views      string // other opinions, reasons of those against
	Conclusion string
}

// An Introducer is the official member who writes 3-KNĐ or 3A-KNĐ (DOC-50).
type Introducer struct {
	Name     string
	Birth    date.Date
	Admitted date.Date
	Official date.Date
	Post     string // in the Party and in the State
	Hometown string
	Assigned date.Date // to help the person
}

// A Class is the course that a certificate is about (DOC-20, ADM-92).
type Class struct {
	Name      string
	From, To  date.Date
	Issuer    string // "Trung tâm Chính trị huyện Hải Bình"
	Committee bool   // the issuer is a committee, not a centre
	Grade     string
	Number    string // of the certificate of the class for new members
	Signer    string
	Title     string // of the signer; "" is GIÁM ĐỐC, or BÍ THƯ of a committee
}

// Minutes are one meeting of the branch with several matters. Who was there stands in
// Facts.Members, who led and who wrote in Facts.Chair and Facts.Secretary.
type Minutes struct {
	On         date.Date
	Place      string
	From, To   string // "14 giờ 00"
	Guests     []string
	Items      []Item
	Conclusion string // the chair's, as recorded
}

// An Item is one matter of a meeting; each person is voted on separately (VOT-01).
type Item struct {
	Person string
	Birth  date.Date
	Act    admission.Code // what the branch was asked; "" where Matter says it
	Matter string         // in words; "" is taken from Act
	Views  string         // what was said, as recorded
	Secret bool           // by ballot; else the party card was raised (VOT-03)
	Votes  *admission.Votes
	Result string // in words, as recorded; "" is drawn from the votes
}

// A Session is what a standing committee decided on a day, for the list that goes with
// its decisions.
type Session struct {
	On   date.Date
	Act  admission.Code // Decide, Recognize or Remove; "" is Decide
	Rows []Decision
}

// A Decision is one row of the list.
type Decision struct {
	Number string
	Person string
	Birth  date.Date
	Unit   string
	On     date.Date // none: the day of the session
}

// Members are the numbers that a resolution of the branch names.
type Members struct {
	Official, Probationary               int
	PresentOfficial, PresentProbationary int
	Absent                               []Absence
}

// An Absence is a member who was not at the meeting, and why.
type Absence struct{ Name, Reason string }

// A Relative is a person whom a verification request asks about.
type Relative struct{ Name, Relation, Place string }

// A Form is a paper that this package writes.
type Form struct {
	Code  string         // "6-KNĐ", or one of the codes of this package
	Name  string         // its full Vietnamese title
	Maker admission.Desk // whose paper it is; DeskNone where the person or a union makes it
	By    string         // who makes it, in words
	Hand  bool           // written by hand: only a guide is printed
	Kind  string         // NQ, QĐ, BC, CV, TB…, "" for a paper without a number
	Act   admission.Code // the act that it shows or prepares; "" for none
	Term  string         // DL-20 or DL-30 where it ends; ""
	Cite  string
}

// Codes of papers that have no KNĐ code.
const (
	Verification   = "CV-TTLL" // công văn đề nghị thẩm tra lý lịch (DOC-40)
	Programme      = "CT-LKN"  // chương trình lễ kết nạp (ADM-80)
	BranchMinutes  = "BB-CB"   // biên bản họp chi bộ (PAPER-23)
	DecisionList   = "DS-QĐ"   // danh sách kèm theo các quyết định của một phiên họp
	TransferNotice = "CV-CHS"  // công văn chuyển hồ sơ (ADM-114)
	RefusalNotice  = "TB-KĐY"  // thông báo không đồng ý kết nạp (ADM-71)
	ReturnNotice   = "CV-BSHS" // công văn trả hồ sơ để bổ sung (ADM-122)
)
