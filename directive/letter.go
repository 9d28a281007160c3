// Package directive reads a Party committee's letter: the plain text of a document of
// either layout era (36-HD/VPTW, 05-HD/VPTW) becomes the fields that a person confirms
// before they rule anything: symbol, date, bases, clauses, tasks, targets, ceilings,
// recipients, signer and the handwritten forwarding note (PAPER-43, PAPER-44).
// It works by the structure of such documents. It must not invent a field: what it is
// not sure of becomes a warning, and the text of a clause stays as printed.
package directive

import (
	"encoding/json"

	"ketnap/date"
)

// A Letter is a document as fields. Slices are never nil in what Read returns.
type Letter struct {
	Symbol      string       `json:"symbol"` // as printed, spaces removed; "" where there is none
	Number      *int         `json:"number"` // nil where the number is left blank
	Kind        string       `json:"kind"`   // CV, KH, NQ … as in the symbol (PAPER-04)
	Date        date.Date    `json:"date"`
	Place       string       `json:"place"`
	Superior    string       `json:"superior"`
	Issuer      string       `json:"issuer"`
	Subject     string       `json:"subject"`
	Basis       []Basis      `json:"basis"`
	Addressees  []string     `json:"addressees"`
	Clauses     []Clause     `json:"clauses"`
	Tasks       []Task       `json:"tasks"`
	Targets     []Target     `json:"targets"`
	Ceilings    []Ceiling    `json:"ceilings"`
	Recipients  []Recipient  `json:"recipients"`
	Filed       string       `json:"filed"`
	Signer      Signer       `json:"signer"`
	Endorsement *Endorsement `json:"endorsement"`
	Warnings    []string     `json:"warnings"` // Vietnamese sentences for the person who confirms
}

// Clause returns the clause with the number no, and false where there is none.
func (l Letter) Clause(no string) (Clause, bool) {
	for _, c := range l.Clauses {
		if c.No == no {
			return c, true
		}
	}
	return Clause{}, false
}

// An Optional is a text that is null in JSON when it is empty.
type Optional string

// MarshalJSON writes the text, and null for none.
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (o *Optional) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*o = ""
	if s != nil {
		*o = Optional(*s)
	}
	return nil
}

// A Basis is a superior document that the letter carries out.
type Basis struct {
	Symbol Optional  `json:"symbol"`
	Date   date.Date `json:"date"`
	Issuer Optional  `json:"issuer"`
	Text   string    `json:"text"`
}

// A Clause is a numbered part of the body: "1", or "I", "I.1" under roman sections. A
// body without any numbers is one clause numbered "". Paragraphs are joined by "\n\n".
type Clause struct {
	No   string `json:"no"`
	Text string `json:"text"`
}

// A Span is where words stand in the text of their clause: byte offsets, To excluded.
type Span struct {
	From int `json:"-"`
	To   int `json:"-"`
}

// A Task is one ordered duty. Doer is "" where the letter does not say who.
type Task struct {
	Clause string    `json:"clause"`
	Doer   string    `json:"doer"`
	Text   string    `json:"text"`
	Due    date.Date `json:"due"`
	Repeat Optional  `json:"repeat"` // year, half, quarter, month
	Span   `json:"-"`
}

// The kinds of unit, indicators and scopes of a target.
const (
	UpperSecondary = "upper_secondary"
	Vocational     = "vocational"
	College        = "college"
	University     = "university"
	PublicService  = "public_service"
	Agency         = "agency"
	Enterprise     = "enterprise"
	YouthUnion     = "youth_union"

	Awareness    = "awareness"
	Admission    = "admission"
	Introduction = "introduction"

	ScopeEach  = "each"
	ScopeTotal = "total"
)

// The periods of a target and of a task that repeats.
const (
	PerYear    = "year"
	PerHalf    = "half"
	PerQuarter = "quarter"
	PerMonth   = "month"
	PerTerm    = "term" // of targets only
)

// A Target is a number of people that units of a kind owe in a period (TGT-10). Min or
// Max is nil where the letter sets none; Per is empty where it does not say.
type Target struct {
	Clause    string   `json:"clause"`
	UnitKind  string   `json:"unit_kind"`
	Indicator string   `json:"indicator"`
	Min       *int     `json:"min"`
	Max       *int     `json:"max"`
	Per       Optional `json:"per"`
	Scope     string   `json:"scope"`
	Span      `json:"-"`
}

// What a ceiling denies, and when (EVAL-20 to EVAL-22).
const (
	DeniesExcellent         = "excellent"
	WhenPlanMissed          = "plan_missed"
	WhenSourceAndPlanMissed = "has_source and plan_missed"
)

// A Ceiling is a level of rating that a letter denies for the years it names.
type Ceiling struct {
	Clause string `json:"clause"`
	Years  []int  `json:"years"`
	Denies string `json:"denies"`
	When   string `json:"when"`
	Span   `json:"-"`
}

// A Recipient is a line of "Nơi nhận", with the purpose that a brace or bracket gives.
type Recipient struct {
	Name    string   `json:"name"`
	Purpose Optional `json:"purpose"`
}

// A Signer is the signature block, as printed.
type Signer struct {
	Authority string `json:"authority"`
	Title     string `json:"title"`
	Name      string `json:"name"`
}

// An Endorsement is the handwritten opinion of the office that received the letter.
type Endorsement struct {
	Text string    `json:"text"`
	Date date.Date `json:"date"`
}

// A ReadError says in Vietnamese why a text could not be read as a letter.
type ReadError struct {
	Key     string // letter.empty or letter.none
	Message string
}

// Error returns the Vietnamese sentence.
func (e *ReadError) Error() string { return e.Message }
