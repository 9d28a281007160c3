package admission

import (
	"ketnap/date"
	"ketnap/rule"
)

// rs2016 is the regulation until 29/7/2021. It does not state DL-82.
func rs2016() rule.Set {
	const charterRules, guidance = "QĐ 29-QĐ/TW", "HD 01-HD/TW (20/9/2016)"
	return rule.Set{
		ID: "RS-2016", To: date.Must("2021-07-29"),
		Documents: []string{"QĐ 29-QĐ/TW (25/7/2016)", guidance, "HD 09-HD/BTCTW (05/6/2017)"},
		Terms: map[string]rule.Term{
			termCertificate:  months(60, guidance+", 5.4", rule.Sourced),
			termPaper:        months(12, guidance+", 5.4", rule.Sourced),
			termAnswer:       days(30, 0, guidance+", 3.4", rule.Sourced),
			termAnswerAbroad: days(90, 0, guidance+", 3.4", rule.Sourced),
			termDecision:     days(60, 30, charterRules+", 4.3.1", rule.Sourced),
			termCeremony:     ceremony(rule.Received, charterRules+", 4.1"),
			termProbation:    months(12, charter5, rule.Sourced),
			termProposal:     days(30, 0, charterRules+", 4.2.1", rule.Sourced),
			termRecognition:  days(30, 30, charterRules+", 4.3.1", rule.Sourced),
			termTransfer:     days(60, 0, charterRules+", 6.3.1", rule.Sourced),
			termReadmission:  months(36, charterRules+", 3.5", rule.Sourced),
			termReadmissionC: months(60, charterRules+", 3.5", rule.Sourced),
			termAgeMin:       months(18*12, charterRules+", 1.1", rule.Sourced),
			termAgeMax:       months(60*12, charterRules+", 1.1", rule.Sourced),
		},
	}
}
