package meeting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

// minBranch is the least number of official members of a branch (ORG-01).
const minBranch = 3

// A reader reads a sheet and gathers what is wrong with it.
type reader struct {
	sheet    Sheet
	out      Meeting
	findings []rule.Finding
}

// Read reads a sheet. known is the number of the body's voters on the day by the unit's
// record, 0 where it has none; today is the day of business. Findings that block say what
// cannot be or is lacking, each with the field of the form it stands beside; a draft may
// be kept with all of them, a meeting is recorded with none.
func (s Sheet) Read(b Body, known int, today date.Date) (Meeting, []rule.Finding) {
	r := &reader{sheet: s, out: Meeting{Body: b, Known: known, Place: text(s.Place), Chair: text(s.Chair), Secretary: text(s.Secretary), Method: s.Method,
		Auto: s.Auto, Absences: s.Filled()}}
	r.day(today)
	r.people()
	r.attendance(known)
	for i, l := range s.Lines {
		r.line(i, l)
	}
	if len(s.Lines) == 0 {
		r.block("ADM-60", "lines", "Chương trình chưa có nội dung nào.")
	}
	r.warnings()
	return r.out, r.findings
}

func text(s string) string { return strings.TrimSpace(s) }

func (r *reader) say(severity rule.Severity, id, cite, field, format string, args ...any) {
	r.findings = append(r.findings, rule.Finding{Rule: id, Cite: cite, Severity: severity, Field: field, Message: fmt.Sprintf(format, args...)})
}

const (
	charter4 = "Điều lệ Đảng, Điều 4"
	counting = "QĐ 24-QĐ/TW, 9.3.2"
	statute  = "Điều lệ Đảng, Điều 24"
)

func (r *reader) block(id, field, format string, args ...any) {
	cite := charter4
	if id == "VOT-02" {
		cite = counting
	}
	r.say(rule.Block, id, cite, field, format, args...)
}

func (r *reader) day(today date.Date) {
	if text(r.sheet.On) == "" {
		r.block("ADM-00", "on", "Cần ngày họp.")
		return
	}
	d, err := date.Parse(text(r.sheet.On))
	switch {
	case err != nil:
		r.block("ADM-00", "on", "«%s» không phải một ngày có trong lịch. Xin ghi ngày/tháng/năm, ví dụ 27/5/2024.", text(r.sheet.On))
	case d.After(today):
		r.out.On = d
		r.block("ADM-00", "on", "Ngày %s sau ngày hôm nay (%s). Họp xong mới ghi kết quả được.", d.VN(), today.VN())
	default:
		r.out.On = d
	}
}

// people are who led and who wrote down; the minutes name them.
func (r *reader) people() {
	for _, f := range []struct{ field, typed, lacking string }{
		{"place", r.sheet.Place, ""}, {"chair", r.sheet.Chair, "Cần tên người chủ trì."}, {"secretary", r.sheet.Secretary, "Cần tên thư ký cuộc họp."},
	} {
		if text(f.typed) == "" && f.lacking != "" {
			r.block("ADM-60", f.field, "%s", f.lacking)
		}
		r.length(f.field, f.typed, MaxText)
	}
	if !slices.Contains(Methods(), r.sheet.Method) {
		r.block("VOT-03", "method", "Cần chọn cách biểu quyết: bỏ phiếu kín hay giơ thẻ đảng viên.")
	}
}

func (r *reader) length(field, typed string, limit int) {
	switch {
	case utf8.RuneCountInString(typed) > limit:
		r.block("ADM-00", field, "Dài quá %d ký tự.", limit)
	case strings.ContainsFunc(typed, unprintable):
		r.block("ADM-00", field, "Có ký tự không in được. Xóa rồi gõ lại.")
	}
}

func unprintable(c rune) bool {
	return c == utf8.RuneError || unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t'
}

// number reads a count; ok is false where none stands there or it is none.
func (r *reader) number(field, typed, lacking string) (n int, ok bool) {
	typed = text(typed)
	if typed == "" {
		if lacking != "" {
			r.block("VOT-02", field, "%s", lacking)
		}
		return 0, false
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < 0 || n > maxPeople || typed[0] == '+' || typed[0] == '-' {
		r.block("VOT-02", field, "«%s» không phải số đếm được. Xin chỉ ghi chữ số, ví dụ 14.", typed)
		return 0, false
	}
	return n, true
}

// attendance reads who was there, and reckons who is counted.
func (r *reader) attendance(known int) {
	members := known
	if known == 0 {
		members, _ = r.number("members", r.sheet.Members, "Cần tổng số "+r.out.Body.Voters()+": đơn vị chưa ghi số này.")
	}
	present, came := r.number("present", r.sheet.Present, "Cần số "+r.out.Body.Voters()+" có mặt.")
	probationary, _ := r.number("probationary", r.sheet.Probationary, "")
	if len(r.out.Absences) > MaxAbsences {
		r.block("VOT-02", "absences", "Ghi nhiều nhất %d người vắng.", MaxAbsences)
		r.out.Absences = r.out.Absences[:MaxAbsences]
	}
	for i, a := range r.sheet.Absences {
		r.absence(i, a)
	}
	r.out.Count = Denominator(members, present, r.out.Absences)
	r.out.Count.Probationary = probationary
	switch {
	case members == 0 || !came:
	case present > members:
		r.block("VOT-02", "present", "Có mặt %d người, nhiều hơn %d %s.", present, members, r.out.Body.Voters())
	case present+len(r.out.Absences) > members:
		r.block("VOT-02", "present", "Có mặt %d và vắng %d là %d người, nhiều hơn %d %s.", present, len(r.out.Absences), present+len(r.out.Absences), members, r.out.Body.Voters())
	}
}

func (r *reader) absence(i int, a Absence) {
	if a.blank() {
		return
	}
	at := "-" + strconv.Itoa(i)
	r.length("absent-name"+at, a.Name, MaxText)
	r.length("absent-decision"+at, a.Decision, MaxText)
	switch {
	case !slices.Contains(r.out.Body.Reasons(), a.Reason):
		r.block("VOT-02", "absent-reason"+at, "Cần chọn lý do.")
	case a.Reason == Accepted && !a.Left():
		r.say(rule.Warn, "VOT-02", counting, "absent-decision"+at, "Chưa ghi văn bản chấp nhận không tính, nên người này vẫn được tính.")
	}
}

// line reads one point of the agenda. Fields carry the number of the line: "for-3".
func (r *reader) line(i int, l Line) {
	at := "-" + strconv.Itoa(i)
	l.Number, l.Helper, l.Note = text(l.Number), text(l.Helper), text(l.Note)
	it := Item{Line: l}
	r.length("number"+at, l.Number, maxNumber)
	r.length("helper"+at, l.Helper, MaxText)
	r.length("note"+at, l.Note, maxNote)
	if l.Votes() {
		r.votes(at, &it)
	}
	switch {
	case l.Act == admission.AssignHelper && l.Helper == "":
		r.say(rule.Block, "ADM-12", "HD 12-HD/BTCTW, I.1", "helper"+at, "Cần tên đảng viên chính thức được phân công giúp đỡ.")
	case l.Act.NeedsNote() && l.Note == "":
		r.say(rule.Block, "ADM-01", "HD 12-HD/BTCTW, I.1", "note"+at, "Cần ghi lý do.")
	}
	if !r.sheet.Auto && r.out.lacksNumber(it) && (!l.Votes() || it.Counted) {
		r.say(rule.Block, "ORG-09", "HD 12-HD/BTCTW", "number"+at, "Cần số của văn bản.")
	}
	if at := r.sameNumber(it); at > 0 {
		r.say(rule.Warn, "PAPER-08", "HD 36-HD/VPTW", "number-"+strconv.Itoa(i), "Số %s đã ghi ở mục %d; mỗi người một văn bản riêng, một số riêng.", it.Number, at)
	}
	r.out.Items = append(r.out.Items, it)
}

// sameNumber returns the place, from 1, of an earlier vote on whose paper the number of an
// item stands already; 0 for none.
func (r *reader) sameNumber(it Item) int {
	if !it.Votes() || it.Number == "" {
		return 0
	}
	return 1 + slices.IndexFunc(r.out.Items, func(o Item) bool { return o.Votes() && o.Number == it.Number })
}

// votes reads the two totals of a vote. The rest of those present gave a blank or invalid
// ballot, or did not raise the card; nobody asks who (SEC-09).
func (r *reader) votes(at string, it *Item) {
	var yes, no bool
	it.For, yes = r.number("for"+at, it.Line.For, "Cần số phiếu tán thành. Không có thì ghi 0.")
	it.Against, no = r.number("against"+at, it.Line.Against, "Cần số phiếu không tán thành. Không có thì ghi 0.")
	if !yes || !no {
		return
	}
	c := r.out.Count
	could := c.Present // who was there, and where that number cannot be, all members
	if c.Members > 0 {
		could = min(could, c.Members)
	}
	if it.For+it.Against > could {
		more := ""
		if c.Probationary > 0 {
			more = " Đảng viên dự bị không biểu quyết."
		}
		r.block("VOT-02", "for"+at, "Tán thành %d và không tán thành %d là %d phiếu, nhiều hơn %d %s có mặt.%s", it.For, it.Against, it.For+it.Against, could, r.out.Body.Voters(), more)
		return
	}
	it.Counted = true
}

// warnings are what the meeting should know before it votes.
func (r *reader) warnings() {
	c := r.out.Count
	if c.Members == 0 {
		return
	}
	if r.out.Known == 0 {
		r.say(rule.Warn, "VOT-02", counting, "members", "Đơn vị chưa ghi số %s nên không đối chiếu được tổng số %d.", r.out.Body.Voters(), c.Members)
	}
	if r.out.Body == Branch && c.Members < minBranch {
		r.say(rule.Warn, "ORG-01", statute, "", "Chi bộ có %d đảng viên chính thức, dưới %d: không họp xét công nhận được; cấp trên bổ sung hoặc sáp nhập.", c.Members, minBranch)
	}
	if text(r.sheet.Present) == "" {
		return
	}
	seen := map[string]bool{}
	for _, it := range r.out.Items {
		v, ok := r.out.Verdict(it)
		if ok && c.Present < v.Needed && !seen[v.Rule] {
			seen[v.Rule] = true
			r.say(rule.Warn, v.Rule, v.Cite, "present", "Có mặt %d thì không thể đủ %d phiếu (%s của %d).", c.Present, v.Needed, v.Share, c.Counted)
		}
	}
}
