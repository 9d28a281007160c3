package meeting

import (
	"fmt"

	"ketnap/admission"
)

// Heading names a point of the agenda, for minutes and lists.
func Heading(c admission.Code) string { return headings[c] }

var headings = map[admission.Code]string{
	admission.BranchResolution:   "Xét, đề nghị kết nạp người vào Đảng",
	admission.ProposeRecognition: "Xét, đề nghị công nhận đảng viên chính thức",
	admission.List:               "Đưa quần chúng ưu tú vào danh sách cảm tình đảng",
	admission.AssignHelper:       "Phân công đảng viên chính thức giúp đỡ",
	admission.ProposeRemoval:     "Xét, đề nghị xóa tên đảng viên dự bị",
	admission.Unlist:             "Đưa ra khỏi danh sách cảm tình đảng",
	admission.BaseResolution:     "Xét nghị quyết của chi bộ, đề nghị kết nạp",
	admission.BaseRecognition:    "Xét nghị quyết của chi bộ, đề nghị công nhận chính thức",
	admission.Decide:             "Quyết định kết nạp người vào Đảng",
	admission.Recognize:          "Quyết định công nhận đảng viên chính thức",
	admission.Remove:             "Quyết định xóa tên đảng viên dự bị",
}

// Text is the sentence by which the minutes and the draft of the resolution give the
// result of an item about a person.
func (m Meeting) Text(it Item, person string) string {
	about := Heading(it.Act) + ": " + person
	v, votes := m.Verdict(it)
	switch {
	case !it.Votes():
		if it.Helper != "" {
			about += fmt.Sprintf("; đảng viên giúp đỡ: %s", it.Helper)
		}
		return about + "."
	case !votes || !v.Counted:
		return about + ": chưa ghi kết quả biểu quyết."
	}
	result := "đạt"
	if !v.Passed {
		result = "không đạt"
	}
	return fmt.Sprintf("%s: tán thành %d, không tán thành %d, phiếu trắng hoặc không hợp lệ %d, trên %d %s được tính; cần %d (%s): %s.",
		about, it.For, it.Against, v.Rest, m.Count.Counted, m.Body.Voters(), v.Needed, v.Share, result)
}
