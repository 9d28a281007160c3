// Package rule holds what every rule of the regulation has: an id and a citation, the
// days on which it is in force, how sure we are of it, and the findings it makes. The
// rules themselves stand with what they rule: admission, rating. It reads nothing.
package rule

// A Severity says what a finding does to the act that it speaks of.
type Severity string

// Severities. A block writes nothing; a warning is written with the act.
const (
	Block Severity = "block"
	Warn  Severity = "warn"
)

// A Finding is what a rule says of one act: which rule, from which clause, and the
// sentence for the person who records the act, in the language of the regulation.
type Finding struct {
	Rule     string   `json:"rule"`
	Cite     string   `json:"cite"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	Field    string   `json:"field,omitempty"` // of the form, beside which it stands
}

// Blocked reports whether any of the findings is a block.
func Blocked(findings []Finding) bool {
	for _, f := range findings {
		if f.Severity == Block {
			return true
		}
	}
	return false
}

// A Confidence says how sure we are of a rule's main figure.
type Confidence string

// Confidences, as the marks of the domain texts give them.
const (
	Sourced    Confidence = "sourced"    // seen in a look-up
	Remembered Confidence = "remembered" // [M]: warns until an administrator makes it a block
	Inferred   Confidence = "inferred"   // [I]: the same
)

// Severity returns what a finding of such a rule does when nobody decided otherwise.
func (c Confidence) Severity() Severity {
	if c == Sourced {
		return Block
	}
	return Warn
}
