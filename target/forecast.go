package target

import (
	"fmt"
	"slices"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

// A Candidate is what the forecast must know of an open file: where it stands and the
// days that its papers and its person give. Of the person nothing but the age counts.
type Candidate struct {
	ID               string
	Stage            admission.Stage
	Since            date.Date // on which the stage was reached; none at new
	Birth            date.Date
	CertificateUntil date.Date // the last day of the certificate; none without one
	PapersUntil      date.Date // the last day on which all papers are good; none without them
	VoteFrom         date.Date // VoteFrom of the file; none where it was never drawn
	Sectional, Base  bool      // what stands between the branch and the competent committee
}

// Never is the day of VoteFrom where the rules do not let this branch vote at all.
func Never() date.Date { return date.Must("2199-12-31") }

// A Cause says why a file is not sooner, or not at all.
type Cause string

// Causes.
const (
	CauseAge         Cause = "age"         // ELI-02
	CauseConsent     Cause = "consent"     // over 60: a consent from above comes first (ELI-02)
	CauseWaiting     Cause = "waiting"     // readmission (ELI-08), school left (ADM-112)
	CauseNoDay       Cause = "barred"      // the branch may not vote on the person
	CauseClass       Cause = "class"       // no certificate yet (ADM-20)
	CauseCertificate Cause = "certificate" // the certificate ends before the vote (DL-20)
	CausePapers      Cause = "papers"      // papers end before the vote (DL-30)
	CauseHeld        Cause = "held"        // ADM-45
	CauseSuspended   Cause = "suspended"   // ADM-117
	CauseUnlikely    Cause = "unlikely"    // fewer than half of such files were ever admitted
	CauseNoCases     Cause = "no_cases"    // nothing was recorded of a step
)

// An Obstacle is one cause with its sentence.
type Obstacle struct {
	Cause Cause
	Rule  string
	Text  string
}

// An Outlook is when a person may be admitted, by the event that counts.
type Outlook struct {
	Earliest  date.Date // as soon as the rules let it; none where they do not
	Expected  date.Date // at the usual pace; none where nothing can be said, or Earliest is none
	Obstacles []Obstacle
	Borrowed  bool // some step of Expected is at the competent committee's pace, not the base's own
}

// Has reports whether a cause stands in the way.
func (o Outlook) Has(c Cause) bool {
	return slices.ContainsFunc(o.Obstacles, func(x Obstacle) bool { return x.Cause == c })
}

// A Forecaster answers for the files of one day and one counting event.
type Forecaster struct {
	Today    date.Date
	Event    Event
	Class    ClassTerm
	Sets     rule.Sets
	Calendar date.Calendar
}

// Awaits reports whether a file at a stage may still be counted as an admission.
func (f Forecaster) Awaits(s admission.Stage) bool {
	switch s {
	case admission.Held, admission.Suspended:
		return true
	case admission.Decided:
		return f.Event == ByCeremony
	}
	return s == admission.New || slices.Contains(PaceSteps(), s)
}

// Outlook returns when a person may be admitted: no sooner than the rules let each
// remaining step be, one working day serving for all steps that they do not set apart;
// and, at the usual pace, when it is to be expected. A file that is not open, or was
// admitted already, has neither day.
func (f Forecaster) Outlook(c Candidate, p Paces) Outlook {
	var o Outlook
	switch {
	case !f.Awaits(c.Stage):
		return o
	case c.Stage == admission.Held:
		o.say(CauseHeld, "ADM-45", "Vướng mắc lý lịch, chờ cấp ủy có thẩm quyền kết luận; chưa tính được ngày.")
		return o
	case c.Stage == admission.Suspended:
		o.say(CauseSuspended, "ADM-117", "Hồ sơ tạm dừng; chưa tính được ngày.")
		return o
	}
	o.Earliest = f.working(f.Today)
	voting := rank(c.Stage) <= rank(admission.Ready)
	if voting {
		o.Earliest = f.vote(c, o.Earliest, &o)
	}
	if o.Earliest.IsZero() {
		return o
	}
	f.expect(c, p, &o)
	return o
}

func (o *Outlook) say(c Cause, id, format string, args ...any) {
	o.Obstacles = append(o.Obstacles, Obstacle{Cause: c, Rule: id, Text: fmt.Sprintf(format, args...)})
}

// vote returns the first day, not before day, on which the branch may vote.
func (f Forecaster) vote(c Candidate, day date.Date, o *Outlook) date.Date {
	from := f.voteFrom(c)
	switch {
	case from == Never():
		o.say(CauseNoDay, "ADM-112", "Theo quy định, chi bộ này không xét kết nạp người này; xem bước tiếp theo trên hồ sơ.")
		return date.Date{}
	case from.After(day) && from == birthday(c.Birth, f.minAge()):
		o.say(CauseAge, "ELI-02", "Đủ 18 tuổi ngày %s.", from.VN())
	case from.After(day):
		o.say(CauseWaiting, "ELI-08", "Chưa đủ thời gian chờ: chi bộ xét được từ %s.", from.VN())
	}
	learn := rank(c.Stage) < rank(admission.Certified)
	if from.After(day) {
		day = f.working(from)
	}
	if t, err := f.Sets.Term("ELI-02 max", day); err == nil && c.Birth.AddMonths(t.Amount+1).Before(day) {
		o.say(CauseConsent, "ELI-02", "Quá %d tuổi: phải có văn bản đồng ý của cấp có thẩm quyền trước khi chi bộ xét.", t.Amount/12)
	}
	switch {
	case learn:
		day = later(day, f.learned())
		o.say(CauseClass, "ADM-20", "Chưa có giấy chứng nhận: phải học lớp bồi dưỡng nhận thức về Đảng trước.")
	case !c.CertificateUntil.IsZero() && c.CertificateUntil.Before(day):
		day = later(day, f.learned())
		o.say(CauseCertificate, "DL-20", "Giấy chứng nhận có giá trị đến %s, hết trước khi chi bộ xét được: phải học lại.", c.CertificateUntil.VN())
	}
	if c.Stage == admission.Ready && !c.PapersUntil.IsZero() && c.PapersUntil.Before(day) && c.PapersUntil != c.CertificateUntil {
		o.say(CausePapers, "DL-30", "Có giấy trong hồ sơ quá hạn sử dụng ngày %s, phải làm lại.", c.PapersUntil.VN())
	}
	return day
}

// voteFrom is the first day that age and person let the branch vote.
func (f Forecaster) voteFrom(c Candidate) date.Date {
	if !c.VoteFrom.IsZero() {
		return c.VoteFrom
	}
	return birthday(c.Birth, f.minAge())
}

// minAge is ELI-02 in months.
func (f Forecaster) minAge() int {
	t, err := f.Sets.Term("ELI-02 min", f.Today)
	if err != nil {
		return 18 * 12
	}
	return t.Amount
}

// birthday is the day on which so many months are full, no finding spoken.
func birthday(birth date.Date, months int) date.Date { return birth.AddMonths(months) }

// learned is the day of the certificate of a class that begins on the next working day.
func (f Forecaster) learned() date.Date {
	r, err := f.Calendar.AddWorking(f.Today, max(f.Class.Days, 1))
	if err != nil {
		return f.Today.AddDays(f.Class.Days)
	}
	return r.Due
}

// working is a day where it is a working day, else the next one; the day itself where no
// calendar reaches.
func (f Forecaster) working(d date.Date) date.Date {
	r, err := f.Calendar.NextWorking(d)
	if err != nil {
		return d
	}
	return r.Due
}

func later(a, b date.Date) date.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// expect says by when half of the files that stood on the same step for so long were
// through; what the rules hold back is held back here, too.
func (f Forecaster) expect(c Candidate, p Paces, o *Outlook) {
	day, passed, stage := f.Today, 0, c.Stage
	if !c.Since.IsZero() {
		passed = max(f.Today.Sub(c.Since), 0)
	}
	if stage == admission.New {
		stage, passed = admission.Outstanding, 0 // opening a file is no act: no time runs from it
	}
	steps := []admission.Stage{stage}
	if f.Event == ByCeremony && stage != admission.Decided {
		steps = append(steps, admission.Decided)
	}
	for _, s := range steps {
		w, own := p.Of(s)
		if w.Cases == 0 {
			o.say(CauseNoCases, "", "Chưa có số liệu từ bước «%s» để dự báo.", s.Words())
			return
		}
		o.Borrowed = o.Borrowed || !own
		left, ok := w.Left(passed)
		if !ok {
			o.say(CauseUnlikely, "", "Trong %d năm qua chưa đến một nửa số hồ sơ ở bước «%s» từ %d ngày trở lên được kết nạp.", PaceYears, s.Words(), passed)
			return
		}
		day, passed = day.AddDays(left), 0
	}
	o.Expected = later(f.working(day), o.Earliest)
}
