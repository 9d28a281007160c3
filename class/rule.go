package class

import (
	"fmt"

	"ketnap/date"
	"ketnap/rule"
)

// A Clause is where a figure of the classes stands, since when, and how sure it is. A
// sourced one blocks, another warns.
type Clause struct {
	ID         string // CLS-09
	Cite       string
	From       date.Date // the first day; the zero date for the oldest
	Confidence rule.Confidence
}

// find is a finding by the clause, as severe as the clause is sure.
func (c Clause) find(field, format string, args ...any) rule.Finding {
	return rule.Finding{Rule: c.ID, Cite: c.Cite, Severity: c.Confidence.Severity(), Field: field, Message: fmt.Sprintf(format, args...)}
}

// A Regulation is what the rules of the classes say on a day.
type Regulation struct {
	Share       Clause // how much of the periods one must have attended to write the essay
	Percent     int
	Passing     Clause
	Pass        Mark
	Retake      Clause // how often a failed essay may be written again
	Retakes     int
	Grading     Clause
	Steps       []Step // the lowest first
	Certificate Clause // until when a certificate must be issued
	Days        int    // from the decision that recognises completion
	Copies      Clause // a certificate is issued once, except for an error of print
	Size        Clause
	Least       int // learners of a class
}

// A Step is a grade with the lowest mark that earns it.
type Step struct {
	From  Mark
	Grade Grade
}

// The regulations, by the day from which they hold.
const (
	cite1147 = "Quyết định 1147-QĐ/BTGDVTW (01/12/2025)"
	cite61   = "Hướng dẫn 61-HD/BTGTW (16/6/2022)"
	cite60   = "Hướng dẫn 60-HD/BTGTW (16/6/2022)"
	citeUse  = "lệ chung của các lớp trước 01/12/2025"
)

func regulation1147From() date.Date { return date.Must("2025-12-01") }

// RegulationOn returns what holds on a day. The attendance, the marks and the grades of a
// class are judged by the day of its last session, its certificates by the day of the
// decision. Before 01/12/2025 the figures are what the classes did and what reports tell
// (CLS-10): they warn.
func RegulationOn(day date.Date) Regulation {
	if day.Before(regulation1147From()) {
		return usedBefore()
	}
	c := func(id string) Clause {
		return Clause{ID: id, Cite: cite1147, From: regulation1147From(), Confidence: rule.Sourced}
	}
	return Regulation{
		Share: c("CLS-09"), Percent: 80,
		Passing: c("CLS-09"), Pass: 50,
		Retake: c("CLS-09"), Retakes: 1,
		Grading: c("CLS-09"), Steps: []Step{{50, Average}, {70, Good}, {80, VeryGood}, {90, Excellent}},
		Certificate: c("CLS-09"), Days: 15,
		Copies: c("CLS-09"),
		Size:   c("CLS-09"), Least: 25,
	}
}

// usedBefore is what held before the regulation of 2025. That a pass begins at 5,0 and a
// failed essay may be written once more is remembered; the grades are those that reports
// of the time name, with the figures of the later regulation (inferred).
func usedBefore() Regulation {
	c := func(id string, sure rule.Confidence) Clause { return Clause{ID: id, Cite: citeUse, Confidence: sure} }
	return Regulation{
		Share: c("CLS-09", rule.Remembered), Percent: 80,
		Passing: c("CLS-09", rule.Remembered), Pass: 50,
		Retake: c("CLS-09", rule.Remembered), Retakes: 1,
		Grading: c("CLS-10", rule.Inferred), Steps: []Step{{50, Passed}, {70, Good}, {80, VeryGood}, {90, Excellent}},
		Certificate: c("CLS-09", rule.Remembered), Days: 15,
		Copies: c("CLS-09", rule.Remembered),
		Size:   c("CLS-09", rule.Remembered), Least: 25,
	}
}

// A Grade is how well somebody passed, as the certificate prints it.
type Grade string

// Grades. Before 01/12/2025 reports name the upper three only; who passed below them has
// no grade but that he passed (CLS-10).
const (
	NoGrade   Grade = ""
	Passed    Grade = "passed"
	Average   Grade = "average"
	Good      Grade = "good"
	VeryGood  Grade = "very_good"
	Excellent Grade = "excellent"
)

// Grades lists the grades, the best first, for splits in reports.
func Grades() []Grade { return []Grade{Excellent, VeryGood, Good, Average, Passed} }

// Words says the grade.
func (g Grade) Words() string {
	switch g {
	case Passed:
		return "Đạt"
	case Average:
		return "Trung bình"
	case Good:
		return "Khá"
	case VeryGood:
		return "Giỏi"
	case Excellent:
		return "Xuất sắc"
	}
	return string(g)
}

// GradeOf returns the grade that a mark earns; NoGrade where it does not pass.
func (r Regulation) GradeOf(m Mark) Grade {
	g := NoGrade
	for _, s := range r.Steps {
		if m >= s.From {
			g = s.Grade
		}
	}
	return g
}
