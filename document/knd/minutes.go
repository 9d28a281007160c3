package knd

import (
	"fmt"
	"strings"

	"ketnap/admission"
	"ketnap/document"
)

// minutes are those of a meeting of the branch: the writer signs at the left, the chair
// at the right (PAPER-23).
func minutes(p *paper) {
	m := p.Minutes
	p.title("BIÊN BẢN", "họp chi bộ")
	p.from(branchLevel, "BB")
	p.doc.Signatures = []document.Signature{{Title: "NGƯỜI GHI BIÊN BẢN", Name: p.Secretary}, {Title: "CHỦ TRÌ", Name: p.Chair}}
	p.add(heading("I- Thời gian, địa điểm, thành phần"))
	p.add(field("Thời gian bắt đầu", begins(m.From, p)), field("Địa điểm", m.Place))
	p.add(attendance(p.Members)...)
	guests := "không"
	if len(m.Guests) > 0 {
		guests = strings.Join(m.Guests, "; ")
	}
	p.add(field("Đại biểu mời dự", guests), field("Chủ trì", p.Chair), field("Người ghi biên bản", p.Secretary))
	p.add(heading("II- Nội dung"))
	for i, it := range m.Items {
		p.minute(i+1, it)
	}
	p.add(heading("III- Kết luận"))
	p.add(written("Kết luận của người chủ trì", m.Conclusion, 3)...)
	p.add(para(ends(m.To)))
}

func begins(hour string, p *paper) string {
	switch {
	case clean(hour) == "" && p.Minutes.On.IsZero():
		return ""
	case clean(hour) == "":
		return onDay(p.Minutes.On)
	}
	return hour + ", " + onDay(p.Minutes.On)
}

func ends(hour string) string {
	return "Cuộc họp kết thúc lúc " + or(hour, "…… giờ ……") + "; biên bản đã được đọc lại cho chi bộ nghe và thông qua."
}

// matters are what a branch is asked, by the act that its answer becomes.
var matters = map[admission.Code]string{ //nolint:gochecknoglobals // a table that never changes
	admission.List:               "Xét đưa vào danh sách cảm tình đảng",
	admission.AssignHelper:       "Phân công đảng viên chính thức giúp đỡ",
	admission.BranchResolution:   "Xét đề nghị kết nạp vào Đảng",
	admission.ProposeRecognition: "Xét đề nghị công nhận đảng viên chính thức",
	admission.ProposeRemoval:     "Xét đề nghị xóa tên trong danh sách đảng viên dự bị",
	admission.Unlist:             "Xét đưa ra khỏi danh sách cảm tình đảng",
}

func (it Item) matter() string {
	if clean(it.Matter) != "" {
		return it.Matter
	}
	return or(matters[it.Act], "Nội dung "+dots)
}

func (p *paper) minute(n int, it Item) {
	title := fmt.Sprintf("%d. %s", n, it.matter())
	if clean(it.Person) != "" {
		title += ": " + it.Person
		if !it.Birth.IsZero() {
			title += ", sinh " + onDay(it.Birth)
		}
	}
	p.add(document.Block{Kind: document.Paragraph, Text: []document.Span{{Text: title, Bold: true}}})
	p.add(written("Ý kiến phát biểu", it.Views, 2)...)
	p.add(it.outcome()...)
}

// outcome is the ballot of an item and what follows from it. Below the threshold there is
// no resolution and the result is reported (VOT-04).
func (it Item) outcome() []document.Block {
	b, counted := ballot(it.Act, 1)
	if it.Votes == nil || !sound(*it.Votes) {
		out := []document.Block{}
		if counted {
			out = append(out, field("Số "+b.Body+" được tính", ""), field("Tán thành", ""), field("Không tán thành (lý do)", ""))
		}
		return append(out, field("Kết quả", it.Result))
	}
	method := "giơ thẻ đảng viên"
	if it.Secret {
		method = "bỏ phiếu kín"
	}
	out := []document.Block{field("Hình thức biểu quyết", method),
		para("Kết quả biểu quyết: " + voteSentence(*it.Votes, or(b.Body, "đảng viên chính thức")) + ".")}
	if clean(it.Result) != "" || !counted {
		return append(out, field("Kết luận", it.Result))
	}
	b, _ = ballot(it.Act, it.Votes.Members)
	result := fmt.Sprintf("đạt, bảo đảm %s số %s (cần %d); chi bộ ra nghị quyết", shareWords(b), b.Body, b.Needed)
	if it.Votes.For < b.Needed {
		result = fmt.Sprintf("không đạt mức %s số %s (cần %d); chi bộ không ra nghị quyết, báo cáo kết quả lên cấp ủy có thẩm quyền", shareWords(b), b.Body, b.Needed)
	}
	return append(out, field("Kết luận", result))
}
