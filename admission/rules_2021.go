package admission

import (
	"ketnap/date"
	"ketnap/rule"
)

// rs2021 is the regulation on the day of the letter, 30/7/2021 to 19/01/2025.
func rs2021() rule.Set {
	const charterRules, guidance, forms = "QĐ 24-QĐ/TW", "HD 01-HD/TW (28/9/2021)", "HD 12-HD/BTCTW (18/01/2022)"
	return rule.Set{
		ID: "RS-2021", From: date.Must("2021-07-30"), To: date.Must("2025-01-19"),
		Documents: []string{"QĐ 24-QĐ/TW (30/7/2021)", guidance, forms},
		Terms: map[string]rule.Term{
			termCertificate:  months(60, guidance+", 5.4", rule.Remembered),
			termPaper:        months(12, guidance+", 5.4", rule.Remembered),
			termAnswer:       days(30, 0, guidance+", 3.4", rule.Remembered),
			termAnswerAbroad: days(90, 0, guidance+", 3.4", rule.Remembered),
			termDecision:     days(60, 30, charterRules+", 4.3.1", rule.Sourced),
			termCeremony:     ceremony(rule.Received, charterRules+", 4.1"),
			termMemberCV:     days(30, 0, forms+", 2.2", rule.Sourced),
			termProbation:    months(12, charter5, rule.Sourced),
			termProposal:     days(30, 0, charterRules+", 4.2.1", rule.Sourced),
			termRecognition:  days(30, 30, charterRules+", 4.3.1", rule.Sourced),
			termTransfer:     days(60, 0, charterRules+", 6.3.1", rule.Sourced),
			termReadmission:  months(36, charterRules+", 3.5", rule.Sourced),
			termReadmissionC: months(60, charterRules+", 3.5", rule.Sourced),
			termAgeMin:       months(18*12, charterRules+", 1.1.1", rule.Sourced),
			termAgeMax:       months(60*12, charterRules+", 1.1.1", rule.Sourced),
		},
	}
}
