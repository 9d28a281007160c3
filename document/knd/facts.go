// Package knd writes the forms of the admission procedure, 1-KNĐ to 16-KNĐ with what
// goes with them, from the record of a file. What an organ writes is filled in; what the
// person must write by hand is an empty guide with the known fields. It is pure: facts
// are handed in, a document comes out.
package knd

import (
	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
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
	TransferNotice = "CV-CHS"  // công văn chuyển hồ sơ (ADM-114)
	RefusalNotice  = "TB-KĐY"  // thông báo không đồng ý kết nạp (ADM-71)
	ReturnNotice   = "CV-BSHS" // công văn trả hồ sơ để bổ sung (ADM-122)
)

var _ document.Document // Build returns one
