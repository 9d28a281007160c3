package admission

import (
	"slices"
	"strings"

	"ketnap/rule"
)

// A RulePart is the part of the procedure to which a rule belongs, in the order of the
// road: the headings of the catalogue.
type RulePart string

// Parts of the catalogue.
const (
	PartGeneral    RulePart = "general"
	PartPerson     RulePart = "person"
	PartList       RulePart = "list"
	PartClass      RulePart = "class"
	PartDossier    RulePart = "dossier"
	PartVerify     RulePart = "verify"
	PartIntroduce  RulePart = "introduce"
	PartBranch     RulePart = "branch"
	PartAbove      RulePart = "above"
	PartCeremony   RulePart = "ceremony"
	PartProbation  RulePart = "probation"
	PartRecognize  RulePart = "recognize"
	PartAside      RulePart = "aside"
	PartTransfer   RulePart = "transfer"
	PartReport     RulePart = "report"
	PartSecret     RulePart = "secret"
	PartArithmetic RulePart = "arithmetic"
)

// RuleParts returns the parts in the order of the catalogue.
func RuleParts() []RulePart {
	return []RulePart{PartGeneral, PartPerson, PartList, PartClass, PartDossier, PartVerify, PartIntroduce, PartBranch, PartAbove,
		PartCeremony, PartProbation, PartRecognize, PartAside, PartTransfer, PartReport, PartSecret, PartArithmetic}
}

// Words returns the heading of a part.
func (p RulePart) Words() string { return partWords[p] }

var partWords = map[RulePart]string{ //nolint:gosec // G101: words, no password
	PartGeneral: "Quy định chung, tổ chức và thẩm quyền", PartPerson: "Điều kiện của người vào Đảng", PartList: "Tạo nguồn và danh sách",
	PartClass: "Lớp nhận thức về Đảng", PartDossier: "Đơn, lý lịch, bộ hồ sơ", PartVerify: "Thẩm tra lý lịch", PartIntroduce: "Giới thiệu",
	PartBranch: "Chi bộ họp xét", PartAbove: "Cấp ủy cấp trên và quyết định", PartCeremony: "Lễ kết nạp", PartProbation: "Thời gian dự bị",
	PartRecognize: "Công nhận chính thức, xóa tên", PartAside: "Không đồng ý, trả lại, kết thúc", PartTransfer: "Chuyển đơn vị, trường hợp riêng",
	PartReport: "Báo cáo", PartSecret: "Bảo mật và dữ liệu cá nhân", PartArithmetic: "Cách tính ngày",
}

// A RuleUse says what the program does with a rule.
type RuleUse string

// Uses. What is checked makes findings; a figure is counted with; what is kept follows
// from how the program is built; what is recorded it only writes down; the rest it leaves
// to the office so far.
const (
	UseChecked  RuleUse = "checked"
	UseFigure   RuleUse = "figure"
	UseKept     RuleUse = "kept"
	UseRecorded RuleUse = "recorded"
	UseLeft     RuleUse = "left"
)

// Words returns the use in words.
func (u RuleUse) Words() string { return useWords[u] }

var useWords = map[RuleUse]string{
	UseChecked: "kiểm tra khi ghi việc", UseFigure: "tính thời hạn", UseKept: "có sẵn trong cách làm của chương trình",
	UseRecorded: "chỉ ghi nhận", UseLeft: "chương trình chưa xét, cơ quan tự xem",
}

// A RuleInfo is what the catalogue knows of a rule: what it demands in one sentence of
// ours, on what it rests, how sure that is, and which acts check it.
type RuleInfo struct {
	ID         string
	Part       RulePart
	Says       string
	Cite       string
	Confidence rule.Confidence
	Use        RuleUse
	Default    rule.Severity // of its main finding; "" where it judges no act
	Fixed      bool          // blocks whatever its mark: no administrator turns it
	Acts       []Code        // that check it; none given stands for all
}

// Turnable reports whether an administrator may make a block of the rule and a warning
// again: its main finding warns, because its text was not to be had.
func (i RuleInfo) Turnable() bool {
	return i.Use == UseChecked && i.Default == rule.Warn && !i.Fixed && i.Confidence != rule.Sourced
}

// Figures returns the terms that the rule states, none where it states none.
func (i RuleInfo) Figures() []TermInfo {
	var out []TermInfo
	for _, t := range TermInfos() {
		if t.Rule == i.ID {
			out = append(out, t)
		}
	}
	return out
}

// RuleInfos returns the catalogue: every rule that the program applies or knows of, in
// the order of the procedure.
func RuleInfos() []RuleInfo {
	var out []RuleInfo
	for _, part := range ruleTable() {
		out = append(out, part...)
	}
	return out
}

// RuleByID returns a rule of the catalogue, and false for an id that is not in it.
func RuleByID(id string) (RuleInfo, bool) {
	all := RuleInfos()
	at := slices.IndexFunc(all, func(i RuleInfo) bool { return i.ID == id })
	if at < 0 {
		return RuleInfo{}, false
	}
	return all[at], true
}

// A TermInfo is a figure that the sets state, and what may be changed of it.
type TermInfo struct {
	ID      string // "DL-40 abroad": a variant stands after the rule's own id
	Rule    string
	Words   string
	From    string // what it is counted from, in words
	Unit    rule.Unit
	Extends bool // the act of extension exists for it
	Starts  bool // its start differs between the sets (DL-81)
}

// TermInfos returns every figure, in the order of the road.
func TermInfos() []TermInfo {
	out := []TermInfo{
		{ID: termAgeMin, Words: "Tuổi thấp nhất khi chi bộ xét", From: "tháng sinh", Unit: rule.Months},
		{ID: termAgeMax, Words: "Tuổi cao nhất không cần cấp trên đồng ý", From: "tháng sinh", Unit: rule.Months},
		{ID: termReadmission, Words: "Thời gian chờ để được xét kết nạp lại", From: "ngày ra khỏi Đảng", Unit: rule.Months},
		{ID: termReadmissionC, Words: "Thời gian chờ sau khi được xóa án tích", From: "ngày được xóa án tích", Unit: rule.Months},
		{ID: termCertificate, Words: "Giá trị của giấy chứng nhận lớp nhận thức về Đảng", From: "ngày cấp", Unit: rule.Months},
		{ID: termPaper, Words: "Giá trị của giấy giới thiệu, nghị quyết đoàn thể, ý kiến nhận xét", From: "ngày lập giấy", Unit: rule.Months},
		{ID: termAnswer, Words: "Trả lời thẩm tra trong nước", From: "ngày nơi được hỏi nhận công văn", Unit: rule.WorkingDays},
		{ID: termAnswerAbroad, Words: "Trả lời thẩm tra ngoài nước", From: "ngày nơi được hỏi nhận công văn", Unit: rule.WorkingDays},
		{ID: termDecision, Words: "Quyết định kết nạp", From: "ngày chi bộ có nghị quyết", Unit: rule.WorkingDays, Extends: true},
		{ID: termCeremony, Words: "Làm lễ kết nạp", From: "ngày nhận quyết định, hoặc ngày ban hành", Unit: rule.WorkingDays, Starts: true},
		{ID: termMemberCV, Words: "Đảng viên mới khai lý lịch đảng viên", From: "ngày làm lễ", Unit: rule.WorkingDays},
		{ID: termProbation, Words: "Thời gian dự bị", From: "ngày làm lễ", Unit: rule.Months},
		{ID: termProposal, Words: "Chi bộ xét, đề nghị công nhận chính thức", From: "ngày hết thời gian dự bị", Unit: rule.WorkingDays},
		{ID: termRecognition, Words: "Quyết định công nhận chính thức", From: "ngày chi bộ có nghị quyết", Unit: rule.WorkingDays, Extends: true},
		{ID: termTransfer, Words: "Chuyển sinh hoạt đảng", From: "ngày việc chuyển có hiệu lực", Unit: rule.WorkingDays},
	}
	for i := range out {
		out[i].Rule, _, _ = strings.Cut(out[i].ID, " ")
	}
	return out
}

// TermByID returns a figure, and false for an id that is none.
func TermByID(id string) (TermInfo, bool) {
	all := TermInfos()
	at := slices.IndexFunc(all, func(t TermInfo) bool { return t.ID == id })
	if at < 0 {
		return TermInfo{}, false
	}
	return all[at], true
}

// A FormsChange is a guidance that changed forms only. No act is judged by it, so that it
// stands in the history of the regulation and not among its sets.
type FormsChange struct {
	ID         string
	From       string // ISO, as remembered
	Documents  []string
	Note       string
	Confidence rule.Confidence
}

// FormsChanges returns the guidances that changed forms only: RS-2021F.
func FormsChanges() []FormsChange {
	return []FormsChange{{ID: "RS-2021F", From: "2024-10-31", Documents: []string{"HD 38-HD/BTCTW (31/10/2024)"}, Confidence: rule.Remembered,
		Note: "Thay các mẫu của HD 12-HD/BTCTW; trình tự và thời hạn vẫn theo RS-2021. Không việc nào được xét theo bộ này."}}
}

// SetConfidence is how sure the figures that a set states itself are, taken together: as
// sure as the least sure of them. A set that states nothing was remembered.
func SetConfidence(s rule.Set) rule.Confidence {
	worst := rule.Sourced
	for _, t := range s.Terms {
		if t.Change == "" && t.Confidence != rule.Sourced {
			worst = t.Confidence
		}
	}
	if OwnFigures(s) == 0 {
		return rule.Remembered
	}
	return worst
}

// OwnFigures counts the figures that a set states itself, without those that a change
// laid over it.
func OwnFigures(s rule.Set) int {
	n := 0
	for _, t := range s.Terms {
		if t.Change == "" {
			n++
		}
	}
	return n
}

// ConfidenceWords says how sure a figure or a rule is.
func ConfidenceWords(c rule.Confidence) string {
	switch c {
	case rule.Sourced:
		return "đã đối chiếu"
	case rule.Inferred:
		return "suy luận"
	default:
		return "theo trí nhớ, chưa kiểm chứng"
	}
}
