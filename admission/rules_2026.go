package admission

import (
	"ketnap/date"
	"ketnap/rule"
)

// rs2026A is the regulation from 08/4/2026 to 25/7/2026. Its texts were not to be had:
// it states nothing of its own, and everything is inherited and marked so.
func rs2026A() rule.Set {
	return rule.Set{
		ID: "RS-2026A", From: date.Must("2026-04-08"), To: date.Must("2026-07-25"),
		Documents: []string{"QĐ 20-QĐ/TW (08/4/2026)", "HD 01-HD/TW (19/5/2026)", "CV 1361-CV/BTCTW (30/6/2026)"},
		Terms:     map[string]rule.Term{},
	}
}

// rs2026B is the regulation from 26/7/2026. What is known of it comes from a quiz key:
// the ceremony is counted from the issue of the decision (DL-81).
func rs2026B() rule.Set {
	const charterRules = "QĐ 208-QĐ/TW"
	return rule.Set{
		ID: "RS-2026B", From: date.Must("2026-07-26"),
		Documents: []string{"QĐ 208-QĐ/TW (26/7/2026)", "HD 01-HD/TW (19/5/2026)"},
		Terms: map[string]rule.Term{
			termCeremony:    ceremony(rule.Issued, charterRules+", 4.1"),
			termProbation:   months(12, charter5, rule.Sourced),
			termTransfer:    days(60, 0, charterRules+", 6.3.1", rule.Sourced),
			termReadmission: months(36, charterRules+", 3.5", rule.Sourced),
			termAgeMin:      months(18*12, charterRules+", 1.1.1", rule.Sourced),
			termAgeMax:      months(60*12, charterRules+", 1.1.1", rule.Sourced),
		},
	}
}
