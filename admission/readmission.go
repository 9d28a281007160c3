package admission

import (
	"ketnap/date"
	"ketnap/rule"
)

// A Readmission is what must be known of a person who was a member before (ELI-08).
type Readmission struct {
	Left    date.Date     `json:"left,omitzero"`    // the day of leaving the Party
	Reason  LeavingReason `json:"reason,omitempty"` // why
	Cleared date.Date     `json:"cleared,omitzero"` // the day the record of a minor crime was cleared
	Before  bool          `json:"before,omitempty"` // was readmitted once already
}

// A LeavingReason says why a person left the Party.
type LeavingReason string

// Reasons of leaving.
const (
	LeftExpelled     LeavingReason = "expelled"
	LeftRemoved      LeavingReason = "removed"
	LeftActivity     LeavingReason = "dropped_activity"
	LeftRequest      LeavingReason = "own_request"
	LeftHardship     LeavingReason = "own_request_hardship"
	LeftDisunity     LeavingReason = "disunity"
	LeftCorruption   LeavingReason = "corruption"
	LeftSeriousCrime LeavingReason = "serious_crime"
	LeftMinorCrime   LeavingReason = "minor_crime"
)

// LeavingReasons returns every reason of leaving.
func LeavingReasons() []LeavingReason {
	return []LeavingReason{LeftExpelled, LeftRemoved, LeftActivity, LeftRequest, LeftHardship, LeftDisunity, LeftCorruption, LeftSeriousCrime, LeftMinorCrime}
}

// Words returns the reason for a reader.
func (r LeavingReason) Words() string { return leavingWords[r] }

var leavingWords = map[LeavingReason]string{
	LeftExpelled: "bị khai trừ", LeftRemoved: "bị xóa tên", LeftActivity: "tự bỏ sinh hoạt đảng", LeftRequest: "xin ra khỏi Đảng",
	LeftHardship: "xin ra khỏi Đảng vì gia đình đặc biệt khó khăn", LeftDisunity: "gây mất đoàn kết nội bộ nghiêm trọng",
	LeftCorruption: "bị kết án vì tội tham nhũng", LeftSeriousCrime: "bị kết án vì tội nghiêm trọng trở lên", LeftMinorCrime: "bị kết án vì tội ít nghiêm trọng",
}

// never reports whether who left so is not readmitted (ELI-09).
func (r LeavingReason) never() bool {
	switch r {
	case LeftActivity, LeftRequest, LeftDisunity, LeftCorruption, LeftSeriousCrime:
		return true
	}
	return false
}

// Again reports whether the file is of somebody who was a member before.
func (s State) Again() bool { return s.Readmission != Readmission{} }

// neverSince is the day from which a text names the cases of ELI-09 (QĐ 294, 3.5.2);
// before it they are remembered only.
var neverSince = date.Must("2025-07-01")

// readmissionTyped judges what an application says of the time before.
func (j *judge) readmissionTyped() {
	r := j.act.Readmission
	if r == nil || *r == (Readmission{}) {
		j.act.Readmission = nil
		return
	}
	cite := j.term(termReadmission, j.act.On).Cite
	if r.Reason.Words() == "" {
		j.block(termReadmission, cite, "readmission.reason", "Chọn lý do ra khỏi Đảng lần trước.")
	}
	switch {
	case r.Left.IsZero():
		j.block(termReadmission, cite, "readmission.left", "Cần ngày ra khỏi Đảng.")
	case r.Left.After(j.act.On) || !r.Left.After(j.file.Birth):
		j.block(termReadmission, cite, "readmission.left", "Ngày ra khỏi Đảng %s phải sau ngày sinh và không sau ngày viết đơn.", r.Left.VN())
	case !r.Cleared.IsZero() && (r.Cleared.Before(r.Left) || r.Cleared.After(j.act.On)):
		j.block(termReadmission, cite, "readmission.cleared", "Ngày được xóa án tích %s phải sau ngày ra khỏi Đảng và không sau ngày viết đơn.", r.Cleared.VN())
	}
	if !rule.Blocked(j.findings) {
		j.readmission(*r, rule.Warn)
	}
}

// readmission says whether a person who left may be considered on the day of the act: at
// the application as a warning, at the branch's vote by how sure each rule is.
func (j *judge) readmission(r Readmission, most rule.Severity) {
	on := j.act.On
	wait := j.term(termReadmission, on)
	beside := func(field string) string { // only the application has these fields
		if j.act.Code != Apply {
			return "on"
		}
		return "readmission." + field
	}
	if r.Reason.never() {
		sure := rule.Remembered
		if !on.Before(neverSince) {
			sure = rule.Sourced
		}
		j.say(atMost(most, sure.Severity()), "ELI-09", wait.Cite, beside("reason"), "Không xét kết nạp lại người %s.", r.Reason.Words())
	}
	if r.Before {
		j.say(atMost(most, wait.Confidence.Severity()), termReadmission, wait.Cite, beside("before"), "Chỉ kết nạp lại một lần; người này đã được kết nạp lại trước đây.")
	}
	from, what := r.Left, "ngày ra khỏi Đảng"
	if r.Reason == LeftMinorCrime {
		if r.Cleared.IsZero() {
			j.say(atMost(most, wait.Confidence.Severity()), termReadmission, wait.Cite, beside("cleared"), "Cần ngày được xóa án tích: thời gian chờ tính từ ngày đó.")
			return
		}
		wait, from, what = j.term(termReadmissionC, on), r.Cleared, "ngày được xóa án tích"
	}
	if until := from.AddMonths(wait.Amount); until.After(on) {
		j.say(atMost(most, wait.Confidence.Severity()), termReadmission, wait.Cite, "on", "Chưa đủ %d tháng từ %s %s: xét từ ngày %s.", wait.Amount, what, from.VN(), until.VN())
	}
}

// atMost returns the milder of two severities.
func atMost(a, b rule.Severity) rule.Severity {
	if a == rule.Warn || b == rule.Warn {
		return rule.Warn
	}
	return rule.Block
}
