package admission

import (
	"maps"

	"ketnap/date"
	"ketnap/rule"
)

// rs2025A is the regulation from 20/01/2025 to 30/6/2025: QĐ 232-QĐ/TW with the
// guidance of 2021. The clauses on admission that were seen are those of RS-2021.
func rs2025A() rule.Set {
	const guidance, forms = "HD 01-HD/TW (28/9/2021)", "HD 38-HD/BTCTW (31/10/2024)"
	return rule.Set{
		ID: "RS-2025A", From: date.Must("2025-01-20"), To: date.Must("2025-06-30"),
		Documents: []string{"QĐ 232-QĐ/TW (20/01/2025)", guidance, forms},
		Terms:     terms2025("QĐ 232-QĐ/TW", guidance, rule.Remembered),
	}
}

// rs2025B is the regulation from 01/7/2025 to 07/4/2026: no district level any more (ORG-05).
func rs2025B() rule.Set {
	const guidance, forms = "HD 06-HD/TW (09/6/2025)", "HD 38-HD/BTCTW (31/10/2024)"
	return rule.Set{
		ID: "RS-2025B", From: date.Must("2025-07-01"), To: date.Must("2026-04-07"),
		Documents: []string{"QĐ 294-QĐ/TW (26/5/2025)", guidance, forms},
		Terms:     terms2025("QĐ 294-QĐ/TW", guidance, rule.Sourced),
	}
}

// terms2025 are the figures that QĐ 232 and QĐ 294 share. How sure DL-20 is differs.
func terms2025(charterRules, guidance string, certificate rule.Confidence) map[string]rule.Term {
	terms := map[string]rule.Term{
		termCertificate: months(60, guidance+", 5.4", certificate),
		termMemberCV:    days(30, 0, "HD 38-HD/BTCTW (31/10/2024), 2.2", rule.Sourced),
	}
	maps.Copy(terms, map[string]rule.Term{
		termPaper:        months(12, guidance+", 5.4", rule.Remembered),
		termAnswer:       days(30, 0, guidance+", 3.4", rule.Remembered),
		termAnswerAbroad: days(90, 0, guidance+", 3.4", rule.Remembered),
		termDecision:     days(60, 30, charterRules+", 4.3.1", rule.Sourced),
		termCeremony:     ceremony(rule.Received, charterRules+", 4.1"),
		termProbation:    months(12, charter5, rule.Sourced),
		termProposal:     days(30, 0, charterRules+", 4.2.1", rule.Sourced),
		termRecognition:  days(30, 30, charterRules+", 4.3.1", rule.Sourced),
		termTransfer:     days(60, 0, charterRules+", 6.3.1", rule.Sourced),
		termReadmission:  months(36, charterRules+", 3.5", rule.Sourced),
		termReadmissionC: months(60, charterRules+", 3.5", rule.Sourced),
		termAgeMin:       months(18*12, charterRules+", 1.1.1", rule.Sourced),
		termAgeMax:       months(60*12, charterRules+", 1.1.1", rule.Sourced),
	})
	return terms
}
