package admission

import "ketnap/rule"

// Ids of the terms that the sets state. A variant stands after the rule's own id.
const (
	termCertificate  = "DL-20"
	termPaper        = "DL-30"
	termAnswer       = "DL-40"
	termAnswerAbroad = "DL-40 abroad"
	termDecision     = "DL-70"
	termCeremony     = "DL-80"
	termMemberCV     = "DL-82"
	termProbation    = "DL-90"
	termProposal     = "DL-100"
	termRecognition  = "DL-101"
	termTransfer     = "ADM-115"
	termReadmission  = "ELI-08"
	termReadmissionC = "ELI-08 conviction"
	termAgeMin       = "ELI-02 min"
	termAgeMax       = "ELI-02 max"
)

// Regulation returns the sets of rules, oldest first. RS-2021F changed forms only and
// is not a set of its own.
func Regulation() rule.Sets {
	return rule.Sets{rs2016(), rs2021(), rs2025A(), rs2025B(), rs2026A(), rs2026B()}
}

func days(n, extension int, cite string, c rule.Confidence) rule.Term {
	return rule.Term{Amount: n, Unit: rule.WorkingDays, Extension: extension, Cite: cite, Confidence: c}
}

func months(n int, cite string, c rule.Confidence) rule.Term {
	return rule.Term{Amount: n, Unit: rule.Months, Cite: cite, Confidence: c}
}

// ceremony is DL-80, the one term whose start differs between the sets (DL-81).
func ceremony(start rule.Start, cite string) rule.Term {
	t := days(30, 0, cite, rule.Sourced)
	t.Start = start
	return t
}

const (
	charter4 = "Điều lệ Đảng, Điều 4"
	charter5 = "Điều lệ Đảng, Điều 5"
)

// TermOf returns the id of the figure of a rule: abroad asks for DL-40 beyond the
// country, conviction for ELI-08 after a record was cleared. It returns false where the
// rule states no term or knows no such variant.
func TermOf(id string, abroad, conviction bool) (string, bool) {
	switch {
	case abroad && conviction:
		return "", false
	case abroad:
		return termAnswerAbroad, id == termAnswer
	case conviction:
		return termReadmissionC, id == termReadmission
	}
	switch id {
	case termCertificate, termPaper, termAnswer, termDecision, termCeremony, termMemberCV, termProbation,
		termProposal, termRecognition, termTransfer, termReadmission:
		return id, true
	}
	return "", false
}
