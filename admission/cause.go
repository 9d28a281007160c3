package admission

import "slices"

// A Cause says by a code why a file was closed or suspended, or a decision annulled.
type Cause string

// Causes. Of a political conclusion the code is all that may be kept (ADM-124).
const (
	CauseDied       Cause = "died"
	CausePolitical  Cause = "political"
	CauseAnnulled   Cause = "annulled"
	CauseProsecuted Cause = "prosecuted"
	CauseDetained   Cause = "detained"
	CauseOther      Cause = "other"
	CauseUnfit      Cause = "unfit"     // of an annulment: the person does not meet the conditions
	CauseProcedure  Cause = "procedure" // the person is fit, the way to the decision was not right
)

// Causes returns what may be the cause of an act; none where it takes no cause.
func (c Code) Causes() []Cause {
	switch c {
	case Close:
		return []Cause{CauseDied, CausePolitical, CauseAnnulled, CauseProsecuted, CauseOther}
	case Suspend:
		return []Cause{CauseProsecuted, CauseDetained, CauseOther}
	case Annul:
		return []Cause{CauseUnfit, CauseProcedure}
	}
	return nil
}

// Words returns the cause for a reader.
func (c Cause) Words() string { return causeWords[c] }

var causeWords = map[Cause]string{
	CauseDied: "qua đời", CausePolitical: "kết luận về chính trị không đủ điều kiện", CauseAnnulled: "quyết định đã bị hủy",
	CauseProsecuted: "bị khởi tố, truy tố", CauseDetained: "bị tạm giam", CauseOther: "lý do khác",
	CauseUnfit: "người được kết nạp không đủ tiêu chuẩn, điều kiện", CauseProcedure: "đủ tiêu chuẩn nhưng sai thẩm quyền hoặc thủ tục",
}

// saysEnough reports whether a closing of this cause needs no reason in words.
func (c Cause) saysEnough() bool {
	return c == CauseDied || c == CausePolitical || c == CauseAnnulled
}

// cause judges the cause of an act. A closing may go without one; its reason says it then.
func (j *judge) cause() {
	c, known := j.act.Cause, j.act.Code.Causes()
	switch {
	case c == "" && j.act.Code == Close:
	case !slices.Contains(known, c):
		j.block(j.row.rule, j.row.cite, "cause", "Chọn lý do trong danh sách.")
	case c == CausePolitical && j.act.Note != "":
		j.block("ADM-124", j.row.cite, "note", "Không ghi nội dung: kết luận về chính trị là tài liệu mật. Để trống phần lý do.")
	}
}
