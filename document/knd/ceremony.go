package knd

import (
	"fmt"

	"ketnap/admission"
	"ketnap/document"
)

// programme is that of the ceremony, for one person: also where several are admitted on
// a day, it is held for one after the other (ADM-80).
func programme(p *paper) {
	p.title("CHƯƠNG TRÌNH", "lễ "+p.admit()+" đảng viên")
	p.from(branchLevel, "")
	p.add(field("Người được "+p.admit(), p.Person.Name), field("Theo", p.decisionOf()), dayField("Ngày tổ chức", p.doc.On), field("Giờ, địa điểm", ""))
	p.add(heading("I- Trang trí (nhìn từ dưới lên)"))
	p.add(item("Khẩu hiệu;"), item("Cờ Đảng, cờ Tổ quốc;"), item("Tượng hoặc ảnh Chủ tịch Hồ Chí Minh ở bên trái; ảnh C.Mác - V.I.Lênin ở bên phải;"),
		item("Tiêu đề: Lễ kết nạp đảng viên."))
	p.add(heading("II- Chương trình"))
	helper, _ := p.helper()
	if p.Act.Helper != "" {
		helper = p.Act.Helper
	}
	guest := "Đại diện cấp ủy cấp trên phát biểu ý kiến (nếu có)."
	if clean(p.Guest) != "" {
		guest = "Đại diện cấp ủy cấp trên phát biểu ý kiến: " + p.Guest + "."
	}
	steps := []string{
		"Chào cờ (hát Quốc ca, Quốc tế ca).",
		"Tuyên bố lý do, giới thiệu đại biểu.",
		"Bí thư hoặc đại diện chi ủy đọc quyết định " + p.admit() + " đảng viên.",
		"Đảng viên mới, đồng chí " + p.Person.Name + ", đọc lời tuyên thệ.",
		"Đại diện chi ủy nói rõ nhiệm vụ, quyền hạn của đảng viên, nhiệm vụ của chi bộ và phân công đảng viên chính thức giúp đỡ đảng viên dự bị: đồng chí " + orDots(helper) + ".",
		guest,
		"Bế mạc (hát Quốc ca, Quốc tế ca).",
	}
	for i, s := range steps {
		p.add(document.Block{Kind: document.Item, Text: document.Plain(fmt.Sprintf("%d. %s", i+1, s))})
	}
}

// decisionList goes with the decisions of one session.
func decisionList(p *paper) {
	about := "được kết nạp vào Đảng"
	switch p.Session.Act {
	case admission.Recognize:
		about = "được công nhận đảng viên chính thức"
	case admission.Remove:
		about = "bị xóa tên trong danh sách đảng viên dự bị"
	}
	on := p.Session.On
	p.title("DANH SÁCH", about+", kèm theo các quyết định "+onDay(on)+" của "+p.deciding())
	p.from(competentLevel, "")
	rows := make([][]string, len(p.Session.Rows))
	for i, r := range p.Session.Rows {
		day := r.On
		if day.IsZero() {
			day = on
		}
		rows[i] = []string{fmt.Sprint(i + 1), or(r.Number, dots), orDots(r.Person), r.Birth.VN(), r.Unit, day.VN()}
	}
	p.add(document.Block{Kind: document.Grid, Table: &document.Table{
		Columns: []document.Column{{Title: "TT", Width: 6, Align: document.Center}, {Title: "Số quyết định", Width: 20}, {Title: "Họ và tên", Width: 24},
			{Title: "Ngày sinh", Width: 14, Align: document.Center}, {Title: "Đơn vị", Width: 22}, {Title: "Ngày quyết định", Width: 14, Align: document.Center}},
		Rows: rows,
	}})
	p.add(para(fmt.Sprintf("Danh sách có %02d người (%s).", len(rows), spelled(len(rows)))))
}
