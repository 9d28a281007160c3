package rating

import (
	"fmt"
	"strings"

	"ketnap/source"
	"ketnap/target"
)

// Judge rates a unit. There is a ceiling where a document in force for the year denies
// the highest level, the unit has a source, and the plan is missed; none without a plan,
// and none after the years of the document (EVAL-27).
func Judge(f Facts) Rating {
	j := judging{facts: f, rating: Rating{
		Unit: f.Unit, Year: f.Year, Admitted: f.Admitted, CountingEvent: f.Event, Head: f.Head,
		AppliesTo: []string{}, Because: []Because{}, Candidates: []string{}, Warnings: []string{},
	}}
	covering := j.covering()
	j.plan()
	j.source()
	j.ceiling(covering)
	j.asides()
	return j.rating
}

// judging draws one rating.
type judging struct {
	facts  Facts
	rating Rating
}

func (j *judging) because(cite, format string, args ...any) {
	j.rating.Because = append(j.rating.Because, Because{Cite: cite, Text: fmt.Sprintf(format, args...)})
}

func (j *judging) warn(format string, args ...any) {
	j.rating.Warnings = append(j.rating.Warnings, fmt.Sprintf(format, args...))
}

// covering returns the ceilings of the year and names their clauses. A condition that is
// not known is left to people.
func (j *judging) covering() []Ceiling {
	var out []Ceiling
	for _, c := range j.facts.Ceilings {
		if c.Year != j.facts.Year {
			continue
		}
		if c.Denies != Excellent || c.Condition != WhenPlanMissed && c.Condition != WhenSourceAndPlanMissed {
			j.warn("Quy định tại %s có điều kiện chưa áp dụng tự động được («%s»); đề nghị xem xét trực tiếp.", c.cite(), c.Condition)
			continue
		}
		out = append(out, c)
		condition := "có nguồn mà kết nạp không đạt kế hoạch"
		if c.Condition == WhenPlanMissed {
			condition = "kết nạp không đạt kế hoạch"
		}
		j.because(c.cite(), "Năm %d, đơn vị %s thì cấp ủy, tổ chức đảng và người đứng đầu không được xếp loại «%s».", c.Year, condition, Excellent.Words())
	}
	if len(out) == 0 {
		j.because("EVAL-27", "Không có văn bản nào giới hạn mức xếp loại theo kết quả kết nạp của năm %d.", j.facts.Year)
	}
	return out
}

// plan tells the plan with its document, and what was admitted by which event.
func (j *judging) plan() {
	if p := j.facts.Plan; p == nil {
		j.because("EVAL-23", "Năm %d chưa có chỉ tiêu kết nạp được cấp trên giao.", j.facts.Year)
		j.warn("Chưa có chỉ tiêu kết nạp được giao năm %d, nên không xét giới hạn mức xếp loại. Đề nghị cấp trên giao chỉ tiêu.", j.facts.Year)
	} else {
		n := p.Min
		j.rating.Plan = &n
		where := "EVAL-23"
		if p.Document != "" {
			where = cite(p.Document, p.Clause)
		}
		j.because(where, "Kế hoạch năm %d: kết nạp %d người, cấp trên giao ngày %s.", j.facts.Year, n, p.SetOn.VN())
	}
	result := ""
	switch r := j.rating; {
	case r.Plan == nil:
	case target.Reached(*j.facts.Plan, r.Admitted):
		result = ", đạt kế hoạch"
	default:
		result = fmt.Sprintf(", thiếu %d so với kế hoạch", *r.Plan-r.Admitted)
	}
	j.because("EVAL-24", "Đã kết nạp %d người trong năm, tính theo %s%s.", j.facts.Admitted, j.facts.Event.Words(), result)
}

// source finds whether the unit has a source: as recorded for the year, else as the
// files show. Where the two disagree the record rules, and the reasons say so.
func (j *judging) source() {
	f := j.facts
	people := source.Available(f.Candidates, f.Event)
	for _, c := range people {
		j.rating.Candidates = append(j.rating.Candidates, c.ID)
	}
	ruling, recorded := source.Ruling(ofYear(f.Judgements, f.Year))
	day := Day(f.Year, f.Today).VN()
	if !recorded {
		j.rating.HasSource, j.rating.HasSourceBasis = len(people) > 0, Computed
		j.because("TGT-20", "%s (tính từ hồ sơ ngày %s).", computed(people), day)
		return
	}
	j.rating.HasSource, j.rating.HasSourceBasis = ruling.HasSource, Recorded
	j.because("TGT-25", "%s", recordedText(ruling))
	if ruling.HasSource != (len(people) > 0) {
		j.because("TGT-27", "Kết luận đã ghi khác với hồ sơ ngày %s (%s); kết luận đã ghi được áp dụng.", day, lowerFirst(computed(people)))
		j.warn("Kết luận về nguồn của năm %d khác với hồ sơ; đề nghị kiểm tra lại.", f.Year)
	}
}

func ofYear(all []source.Judgement, year int) []source.Judgement {
	var out []source.Judgement
	for _, j := range all {
		if j.Year == year {
			out = append(out, j)
		}
	}
	return out
}

func recordedText(r source.Judgement) string {
	has, why := "Còn nguồn", ""
	if !r.HasSource {
		has = "Không còn nguồn"
	}
	if r.Reason != "" {
		why = ": " + r.Reason.Words()
	}
	by := ""
	if r.By != "" {
		by = ", " + r.By
	}
	return fmt.Sprintf("%s theo kết luận ngày %s (%s%s)%s.", has, r.On.VN(), r.Level.Words(), by, why)
}

// namesShown is how many people a reason names; the rest are counted.
const namesShown = 10

func computed(people []source.Candidate) string {
	if len(people) == 0 {
		return "Không còn nguồn: không có hồ sơ nào từ cảm tình đảng đến chờ quyết định"
	}
	var names []string
	for _, c := range people[:min(len(people), namesShown)] {
		names = append(names, fmt.Sprintf("%s (%s)", c.Name, c.Stage.Words()))
	}
	more := ""
	if n := len(people) - namesShown; n > 0 {
		more = fmt.Sprintf(" và %d người khác", n)
	}
	return fmt.Sprintf("Còn nguồn %d người: %s%s", len(people), strings.Join(names, ", "), more)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// ceiling decides. A document may deny the level without asking for source.
func (j *judging) ceiling(covering []Ceiling) {
	if !j.rating.Missed() {
		return
	}
	for _, c := range covering {
		if j.rating.HasSource || c.Condition == WhenPlanMissed {
			best := Good
			j.rating.Ceiling = &best
			j.rating.AppliesTo = []string{Committee, Organization, HeadOfUnit}
			j.because(c.cite(), "Mức cao nhất còn được xếp: %s.", Good.Words())
			return
		}
	}
}

// tasksRuleFrom is the first year of QĐ 366-QĐ/TW, which asks for all assigned tasks.
const tasksRuleFrom = 2025

// asides are the warnings beside the ceiling.
func (j *judging) asides() {
	if j.rating.Missed() && j.facts.Year >= tasksRuleFrom {
		j.warn("Không đạt kế hoạch kết nạp còn có thể làm đơn vị không đủ điều kiện hoàn thành 100%% nhiệm vụ được giao (QĐ 366-QĐ/TW, Điều 11; EVAL-26): xét riêng.")
	}
	if j.rating.Ceiling != nil && j.facts.Head == nil {
		j.warn("Chưa ghi người đứng đầu đơn vị vào ngày %s.", Day(j.facts.Year, j.facts.Today).VN())
	}
	if j.facts.Today.AddDays(1).Year() <= j.facts.Year { // 31 December itself closes the year
		j.warn("Năm %d chưa kết thúc: kết quả tạm tính đến ngày %s.", j.facts.Year, j.facts.Today.VN())
	}
}
