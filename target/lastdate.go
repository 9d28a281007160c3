package target

import (
	"fmt"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

// A LastStep names a step of the road on which a last useful day is told.
type LastStep string

// The steps of the legal road, in its order.
const (
	LastClassStart  LastStep = "class_start"
	LastClassEnd    LastStep = "class_end"
	LastCertificate LastStep = "certificate"
	LastRequest     LastStep = "verification_request"
	LastMeeting     LastStep = "branch_meeting"
	LastDecision    LastStep = "decision"
	LastCeremony    LastStep = "ceremony"
)

// Words returns the step as a table's row.
func (s LastStep) Words() string {
	switch s {
	case LastClassStart:
		return "Khai giảng lớp bồi dưỡng nhận thức về Đảng"
	case LastClassEnd:
		return "Công nhận kết quả lớp học"
	case LastCertificate:
		return "Cấp giấy chứng nhận, viết đơn và lý lịch"
	case LastRequest:
		return "Gửi công văn thẩm tra lý lịch"
	case LastMeeting:
		return "Chi bộ họp xét, ra nghị quyết"
	case LastDecision:
		return "Quyết định kết nạp"
	case LastCeremony:
		return "Lễ kết nạp"
	}
	return string(s)
}

// A LastDate is the last day on which a step is still of use for the year, with the term
// that stands between it and the next one.
type LastDate struct {
	Step     LastStep
	On       date.Date
	Rule     string
	Cite     string
	Sentence string
}

// LastDates is the legal road of a year, drawn from its end backwards: on each step every
// body may still use the whole of its term. Followed exactly it succeeds; any step one
// working day later fails.
type LastDates struct {
	End         date.Date // the last day that counts
	Event       Event
	Steps       []LastDate // in the order of the road
	Provisional bool       // some day rests on a calendar that was not announced yet (CAL-05)
}

// On returns the last day of a step; none where the road has no such step.
func (l LastDates) On(s LastStep) date.Date {
	for _, d := range l.Steps {
		if d.Step == s {
			return d.On
		}
	}
	return date.Date{}
}

// A ClassTerm says how long an awareness class takes: working days from its first to its
// last (CLS-04: ten half-days), and calendar days within which the certificate is issued
// after the result (CLS-09).
type ClassTerm struct {
	Days        int
	Certificate int
}

// DefaultClass is a class of five days with fifteen days for the certificate.
func DefaultClass() ClassTerm { return ClassTerm{Days: 5, Certificate: 15} }

const (
	citeClass       = "HD 61-HD/BTGTW (16/6/2022)"
	citeCertificate = "QĐ 1147-QĐ/BTGDVTW (01/12/2025)"
	citeOrder       = "HD 01-HD/TW, 3.2–3.4"
)

// certificateSince is the day of the decision that set the fifteen days.
var certificateSince = date.Must("2025-12-01")

// LastUseful draws the legal road of a year that ends on a day. It fails where no calendar
// reaches.
func LastUseful(end date.Date, event Event, class ClassTerm, sets rule.Sets, cal date.Calendar) (LastDates, error) {
	r := roadBack{sets: sets, cal: cal, out: LastDates{End: end, Event: event}}
	day := r.workingBy(end)
	if event == ByCeremony {
		r.add(LastCeremony, day, "CAL-01", "", "Ngày làm việc cuối cùng còn tính cho năm: đến hết %s.", end.VN())
		var t rule.Stated
		day, t = r.before("DL-80", day)
		r.add(LastDecision, day, "DL-80", t.Cite, "Sau đó chi bộ còn đủ %d ngày làm việc để tổ chức lễ.", t.Amount)
	} else {
		r.add(LastDecision, day, "CAL-01", "", "Ngày làm việc cuối cùng còn tính cho năm: đến hết %s.", end.VN())
	}
	meeting, t := r.before("DL-70", day)
	r.add(LastMeeting, meeting, "DL-70", t.Cite, "Sau đó đảng ủy cơ sở và cấp ủy có thẩm quyền còn đủ %d ngày làm việc để xét, quyết định.", t.Amount)
	request, t := r.before("DL-40", meeting)
	r.add(LastRequest, request, "DL-40", t.Cite, "Sau đó nơi được hỏi còn đủ %d ngày làm việc để trả lời; nơi ở nước ngoài thì phải gửi sớm hơn.", t.Amount)
	r.add(LastCertificate, request, "ADM-30", citeOrder, "Có giấy chứng nhận mới viết đơn, khai lý lịch; muộn nhất là ngày gửi công văn thẩm tra.")
	result := r.workingBy(request.AddDays(-class.Certificate))
	cite := citeCertificate
	if result.Before(certificateSince) {
		cite = "chưa có quy định riêng; lấy theo " + citeCertificate
	}
	r.add(LastClassEnd, result, "CLS-09", cite, "Sau khi công nhận kết quả còn đủ %d ngày để cấp giấy chứng nhận.", class.Certificate)
	r.add(LastClassStart, r.workingDaysBefore(result, class.Days-1), "CLS-04", citeClass, "Lớp học %d ngày làm việc.", class.Days)
	return r.out, r.err
}

// roadBack walks a road from its end.
type roadBack struct {
	sets rule.Sets
	cal  date.Calendar
	out  LastDates
	err  error
}

// add puts a step in front of those that follow it.
func (r *roadBack) add(step LastStep, on date.Date, id, cite, format string, args ...any) {
	r.out.Steps = append([]LastDate{{Step: step, On: on, Rule: id, Cite: cite, Sentence: fmt.Sprintf(format, args...)}}, r.out.Steps...)
}

// before returns the last working day from which the whole term of a rule ends by a day.
// The term is the one in force on the day from which it runs (ADM-00).
func (r *roadBack) before(id string, by date.Date) (date.Date, rule.Stated) {
	for day := by; r.err == nil; day = r.workingBy(day.AddDays(-1)) {
		t, err := r.sets.Term(id, day)
		if err != nil {
			r.err = err
			break
		}
		d, err := admission.Compute(t, id, day, r.cal, false)
		if err != nil {
			r.err = err
			break
		}
		if !d.Due.After(by) {
			r.out.Provisional = r.out.Provisional || d.Provisional
			return day, t
		}
	}
	return date.Date{}, rule.Stated{}
}

// workingBy returns the last working day up to a day.
func (r *roadBack) workingBy(day date.Date) date.Date {
	for r.err == nil {
		working, provisional, err := r.cal.IsWorking(day)
		if err != nil {
			r.err = err
			break
		}
		if working {
			r.out.Provisional = r.out.Provisional || provisional
			return day
		}
		day = day.AddDays(-1)
	}
	return date.Date{}
}

func (r *roadBack) workingDaysBefore(day date.Date, n int) date.Date {
	for range n {
		day = r.workingBy(day.AddDays(-1))
	}
	return day
}

// StepAhead reports whether a file at a stage has a step of the legal road still before
// it; learns says that its class is still to come.
func StepAhead(s LastStep, at admission.Stage, learns bool) bool {
	switch s {
	case LastClassStart, LastClassEnd:
		return learns
	case LastCertificate:
		return learns || rank(at) < rank(admission.Applying)
	case LastRequest:
		return rank(at) < rank(admission.Verifying)
	case LastMeeting:
		return rank(at) <= rank(admission.Ready)
	case LastDecision:
		return rank(at) <= rank(admission.BaseResolved)
	}
	return true
}
