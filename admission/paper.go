package admission

import (
	"ketnap/date"
	"ketnap/rule"
)

// A PaperCode is the code of a form of the dossier (admission.md, section 4).
type PaperCode string

// Papers.
const (
	PaperCertificate PaperCode = "CN-NTVĐ"
	PaperApplication PaperCode = "1-KNĐ"
	PaperCV          PaperCode = "2-KNĐ"
	PaperIntroducer  PaperCode = "3-KNĐ"
	PaperIntroducer2 PaperCode = "3A-KNĐ"
	PaperYouth       PaperCode = "4-KNĐ"
	PaperTrade       PaperCode = "4A-KNĐ"
	PaperOpinions    PaperCode = "5-KNĐ"
	PaperBranch      PaperCode = "6-KNĐ"
	PaperAppraisal   PaperCode = "7-KNĐ"
	PaperBase        PaperCode = "8-KNĐ"
	PaperDecision    PaperCode = "9-KNĐ"
	PaperSelfReview  PaperCode = "10-KNĐ"
	PaperHelper      PaperCode = "11-KNĐ"
	PaperOpinions2   PaperCode = "12-KNĐ"
	PaperNewMember   PaperCode = "CN-ĐVM"
	PaperProposal    PaperCode = "13-KNĐ"
	PaperAppraisal2  PaperCode = "14-KNĐ"
	PaperBase2       PaperCode = "15-KNĐ"
	PaperRecognition PaperCode = "16-KNĐ"
	PaperMemberCV    PaperCode = "1-HSĐV" // of the member's own file (DL-82)
)

// DossierPapers returns what complete_dossier needs (DOC-01). Which introduction it is
// follows from who introduced the person (ELI-21).
func DossierPapers(by Introducer) []PaperCode {
	second := PaperYouth
	switch by {
	case TradeUnion:
		second = PaperTrade
	case Member:
		second = PaperIntroducer2
	}
	return []PaperCode{PaperIntroducer, second, PaperOpinions}
}

// ReviewPapers returns what complete_review needs (DOC-100…102, ADM-92).
func ReviewPapers() []PaperCode {
	return []PaperCode{PaperSelfReview, PaperHelper, PaperOpinions2, PaperNewMember}
}

// A PaperState says whether a paper is there and still good.
type PaperState string

// States of a paper.
const (
	Missing  PaperState = "missing"
	Present  PaperState = "present"
	Expiring PaperState = "expiring"
	Expired  PaperState = "expired"
)

// A Paper is one paper of a file on a day.
type Paper struct {
	Code   PaperCode
	Date   date.Date // none where it is missing
	Number string
	Until  date.Date // the last day it may be used; none where nothing limits it
	State  PaperState
}

// Warning times before a paper ends: a paper of 12 months is shown from its tenth on
// (DL-30), a certificate six months ahead (REP-04).
const (
	paperWarnMonths       = 2
	certificateWarnMonths = 6
)

// PapersOn returns the papers of a file as they stand on a day: those that are there,
// and those that its road still needs.
func (f File) PapersOn(w World) []Paper {
	l := paperList{file: f, world: w}
	l.limited(PaperCertificate, f.Certificate.Issued, f.Certificate.Number, termCertificate, certificateWarnMonths)
	l.plain(PaperApplication, f.dayOf(Apply), "")
	l.plain(PaperCV, f.dayOf(Apply), "")
	for _, code := range DossierPapers(f.By) {
		l.limited(code, f.Papers[code], "", termPaper, paperWarnMonths)
	}
	l.act(PaperBranch, BranchResolution, f.BranchResolved)
	if w.Over.Sectional {
		l.act(PaperAppraisal, Appraise, f.Appraised)
	}
	if w.Over.Base {
		l.act(PaperBase, BaseResolution, f.BaseResolved)
	}
	l.act(PaperDecision, Decide, f.Decided)
	if f.Ceremony.IsZero() {
		return l.papers
	}
	if !f.MemberCV.IsZero() || f.Stage.Open() { // once the file has ended nobody asks for it here
		l.plain(PaperMemberCV, f.MemberCV, "")
	}
	for _, code := range ReviewPapers() {
		l.plain(code, f.Papers[code], "")
	}
	l.act(PaperProposal, ProposeRecognition, f.Proposed)
	if w.Over.Sectional {
		l.act(PaperAppraisal2, AppraiseRecognition, f.dayOf(AppraiseRecognition))
	}
	if w.Over.Base {
		l.act(PaperBase2, BaseRecognition, f.BaseRecognized)
	}
	l.act(PaperRecognition, Recognize, f.Recognized)
	return l.papers
}

// paperList gathers papers with the state each has on the day of the world.
type paperList struct {
	file   File
	world  World
	papers []Paper
}

func (l *paperList) plain(code PaperCode, on date.Date, number string) {
	p := Paper{Code: code, Date: on, Number: number, State: Present}
	if on.IsZero() {
		p.State = Missing
	}
	l.papers = append(l.papers, p)
}

func (l *paperList) act(code PaperCode, act Code, on date.Date) {
	number := ""
	if a, ok := l.file.last(act); ok && !on.IsZero() {
		number = a.Number
	}
	l.plain(code, on, number)
}

// limited adds a paper that ends. What was good on the day of the branch's vote stays
// good: validity is tested there (DL-21).
func (l *paperList) limited(code PaperCode, on date.Date, number, term string, warnMonths int) {
	l.plain(code, on, number)
	if on.IsZero() {
		return
	}
	p := &l.papers[len(l.papers)-1]
	p.Until = l.world.until(term, on)
	day := l.world.Today
	if !l.file.BranchResolved.IsZero() {
		day = l.file.BranchResolved
	}
	switch {
	case p.Until.Before(day):
		p.State = Expired
	case l.file.BranchResolved.IsZero() && !day.Before(p.Until.AddMonths(-warnMonths)):
		p.State = Expiring
	}
}

// last returns the latest act of a code that was not voided.
func (f File) last(code Code) (Act, bool) {
	for i := len(f.Acts) - 1; i >= 0; i-- {
		if f.Acts[i].Code == code && !f.Acts[i].Voided {
			return f.Acts[i], true
		}
	}
	return Act{}, false
}

func (f File) dayOf(code Code) date.Date {
	a, _ := f.last(code)
	return a.On
}

// until returns the last day of a term counted in months from on. Every set states or
// inherits these terms, so that the error cannot come.
func (w World) until(term string, on date.Date) date.Date {
	t, err := w.Sets.Term(term, on)
	if err != nil || t.Unit != rule.Months {
		return date.Date{}
	}
	return on.AddMonths(t.Amount)
}

// cite returns the clause of a term on a day; "" where no set states it.
func (w World) cite(term string, on date.Date) string {
	t, err := w.Sets.Term(term, on)
	if err != nil {
		return ""
	}
	return t.Cite
}
