package admission

import "ketnap/rule"

// A Threshold is the number of votes that a question needs (VOT-05: whole numbers only).
type Threshold struct {
	Rule string
	Cite string
	two3 bool // at least two thirds; else more than half
}

// thresholds by rule. VOT-06 is the committee's, VOT-10 that of recognition and removal.
var thresholds = map[string]Threshold{
	"VOT-01": {Rule: "VOT-01", Cite: charter4, two3: true},
	"VOT-06": {Rule: "VOT-06", Cite: "HD 01-HD/TW, 3.7", two3: true},
	"VOT-07": {Rule: "VOT-07", Cite: charter4},
	"VOT-10": {Rule: "VOT-10", Cite: charter5, two3: true},
}

// ThresholdOf returns the threshold of a rule, and false for a rule that is not about votes.
func ThresholdOf(id string) (Threshold, bool) {
	t, ok := thresholds[id]
	return t, ok
}

// Needed returns how many of members must agree: ⌈2N/3⌉ or ⌊N/2⌋+1.
func (t Threshold) Needed(members int) int {
	if t.two3 {
		return members - members/3
	}
	return members/2 + 1
}

// Share returns the threshold in words.
func (t Threshold) Share() string {
	if t.two3 {
		return "2/3"
	}
	return "quá nửa"
}

// thresholdFor returns the threshold of an act with a vote.
func thresholdFor(c Code) Threshold {
	switch c {
	case BranchResolution:
		return thresholds["VOT-01"]
	case BaseResolution:
		return thresholds["VOT-06"]
	case Decide, Recognize, Remove:
		return thresholds["VOT-07"]
	}
	return thresholds["VOT-10"]
}

// Ballot says how many vote on an act and how many must agree, for the form.
type Ballot struct {
	Members int // 0 where the count is not recorded
	Needed  int
	Share   string
	Body    string // who votes, in words
	Rule    string
	Cite    string
}

// BallotFor returns the ballot of an act, and false for an act without a vote.
func BallotFor(c Code, counts Counts) (Ballot, bool) {
	t, ok := table(c)
	if !ok || t.votes == noBody {
		return Ballot{}, false
	}
	n, who := counts.of(t.votes)
	th := thresholdFor(c)
	return Ballot{Members: n, Needed: th.Needed(n), Share: th.Share(), Body: who, Rule: th.Rule, Cite: th.Cite}, true
}

// of returns how many vote in a body and what they are called.
func (c Counts) of(b body) (int, string) {
	switch b {
	case branchBody:
		return c.Branch, "đảng viên chính thức"
	case baseBody:
		return c.Base, "ủy viên đảng ủy cơ sở"
	default:
		return c.Standing, "ủy viên ban thường vụ"
	}
}

// votes judges the totals of a ballot: whether they can be, whether the number counted
// is that of VOT-02, and whether the vote passed. It returns false where the totals
// cannot be, so that nothing more is said of them.
func (j *judge) votes(t transition) bool {
	v := j.act.Votes
	n, who := j.world.Counts.of(t.votes)
	if v == nil {
		j.block("VOT-01", charter4, "votes", "Cần kết quả biểu quyết: tổng số %s, số có mặt, số tán thành, số không tán thành.", who)
		return false
	}
	switch {
	case v.Members < 1 || v.Present < 0 || v.For < 0 || v.Against < 0:
		j.block("VOT-02", charter4, "votes", "Số phiếu phải là số không âm, tổng số %s ít nhất là 1.", who)
	case v.Present > v.Members:
		j.block("VOT-02", charter4, "present", "Có mặt %d người, nhiều hơn %d %s. Sửa số có mặt hoặc tổng số.", v.Present, v.Members, who)
	case v.For > v.Present || v.Against > v.Present-v.For: // not their sum, which can overflow
		j.block("VOT-02", charter4, "for", "Tán thành %d và không tán thành %d là %d phiếu, nhiều hơn %d người có mặt.", v.For, v.Against, v.For+v.Against, v.Present)
	case n > 0 && v.Members > n:
		j.block("VOT-02", charter4, "members", "Ngày %s có %d %s; không thể tính %d. Sửa tổng số, hoặc cập nhật số lượng của đơn vị.", j.act.On.VN(), n, who, v.Members)
	case n > 0 && v.Members < n && j.act.Note == "":
		j.block("VOT-02", "QĐ 24-QĐ/TW, 9.3.2", "note", "Ngày %s có %d %s nhưng chỉ tính %d. Ghi rõ không tính ai và vì sao.", j.act.On.VN(), n, who, v.Members)
	default:
		if n == 0 {
			j.warn("VOT-02", "QĐ 24-QĐ/TW, 9.3.2", "members", "Đơn vị chưa ghi số %s nên không đối chiếu được tổng số %d.", who, v.Members)
		}
		return true
	}
	return false
}

// passed blocks a resolution whose vote fell short.
func (j *judge) passed(t transition) {
	th := thresholdFor(t.act)
	v := j.act.Votes
	needed := th.Needed(v.Members)
	if v.For >= needed {
		return
	}
	_, who := j.world.Counts.of(t.votes)
	j.findings = append(j.findings, rule.Finding{Rule: th.Rule, Cite: th.Cite, Severity: rule.Block, Field: "for",
		Message: needs(needed, th, v.Members, who, v.For) + " Nếu biểu quyết không đạt, ghi là «Biểu quyết không đạt»."})
}
