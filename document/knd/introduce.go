package knd

import (
	"strings"

	"ketnap/admission"
	"ketnap/document"
)

// introduction is 3-KNĐ, and 3A-KNĐ of the second member (DOC-50). What the member
// vouches for the member words.
func introduction(p *paper) {
	p.title("GIẤY GIỚI THIỆU", "người vào Đảng")
	p.doc.Place = p.Branch.Place
	p.doc.To = []string{p.branchName()}
	in := p.Introducer
	helper, since := p.helper()
	// A second member is never the one that the record names as helper.
	if clean(in.Name) == "" && p.form.Code == string(admission.PaperIntroducer) {
		in.Name = helper
	}
	if in.Assigned.IsZero() && clean(in.Name) == clean(helper) {
		in.Assigned = since
	}
	p.doc.Signatures = []document.Signature{{Title: "NGƯỜI GIỚI THIỆU", Name: in.Name}}
	p.add(
		field("Tôi là", in.Name), dayField("Ngày sinh", in.Birth),
		dayField("Vào Đảng ngày", in.Admitted), dayField("Chính thức ngày", in.Official),
		field("Chức vụ trong Đảng, chính quyền", in.Post), field("Quê quán", in.Hometown),
		field("Đang sinh hoạt tại", p.branchName()), dayField("Được phân công giúp đỡ quần chúng ngày", in.Assigned),
	)
	p.add(heading("Xin báo cáo và giới thiệu với chi bộ"))
	p.add(field("Quần chúng", p.Person.Name), dayField("Ngày sinh", p.Person.Birth))
	p.add(written("Ưu điểm (phẩm chất chính trị, đạo đức, năng lực, quan hệ quần chúng)", p.Words.Strengths, 3)...)
	p.add(written("Khuyết điểm", p.Words.Weaknesses, 2)...)
	p.add(para("Tôi chịu trách nhiệm trước Đảng về những điều giới thiệu trên đây và đề nghị chi bộ xét, đề nghị " + p.admit() + " quần chúng " + p.Person.Name + " vào Đảng."))
}

// youthResolution is 4-KNĐ (DOC-51).
func youthResolution(p *paper) {
	p.union("ĐOÀN TNCS HỒ CHÍ MINH", "BAN CHẤP HÀNH ĐOÀN CƠ SỞ", "NQ/ĐTN", "BÍ THƯ", "đoàn viên ưu tú", "đoàn viên",
		basis("Xét nghị quyết đề nghị của chi đoàn (kèm theo)."))
}

// tradeResolution is 4A-KNĐ.
func tradeResolution(p *paper) {
	p.union("CÔNG ĐOÀN VIỆT NAM", "BAN CHẤP HÀNH CÔNG ĐOÀN CƠ SỞ", "NQ/CĐ", "CHỦ TỊCH", "công đoàn viên ưu tú", "công đoàn viên")
}

func (p *paper) union(over, own, symbol, title, whom, member string, more ...document.Block) {
	p.title("NGHỊ QUYẾT", "giới thiệu "+whom+" vào Đảng")
	u := p.Union
	p.doc.Superior, p.doc.Issuer = over, strings.ToUpper(or(u.Name, own+" "+dots))
	p.doc.Place = or(u.Place, p.Branch.Place)
	if clean(u.Symbol) != "" {
		symbol = "NQ/" + clean(u.Symbol)
	}
	p.doc.Number, p.doc.Symbol = 0, symbol // the act has the day of the paper, not its number
	p.doc.Signatures = []document.Signature{{Authority: "T/M BAN CHẤP HÀNH", Title: or(u.Title, title), Name: u.Head}}
	p.doc.Filed = "Lưu Ban Chấp hành"
	p.send(p.branchName(), "")
	p.add(basis("Căn cứ Điều 4 Điều lệ Đảng Cộng sản Việt Nam;"))
	p.add(more...)
	p.add(para(capital(onDay(p.doc.On)) + ", " + or(clean(u.Name), "Ban Chấp hành "+dots) + " họp, xét giới thiệu " + member + " " + p.who() + " vào Đảng."))
	p.add(written("Ưu điểm", p.Words.Strengths, 3)...)
	p.add(written("Khuyết điểm", p.Words.Weaknesses, 2)...)
	p.add(heading("Kết quả biểu quyết"), field("Tổng số ủy viên ban chấp hành", ""), field("Có mặt", ""), field("Tán thành (số, tỷ lệ)", ""), field("Không tán thành (lý do)", ""))
	p.resolve("Giới thiệu " + member + " " + p.Person.Name + " với " + p.branchName() + " xem xét, đề nghị " + p.admit() + " vào Đảng.")
}

// opinions is 5-KNĐ (DOC-52).
func opinions(p *paper) {
	p.title("TỔNG HỢP Ý KIẾN NHẬN XÉT", "của tổ chức chính trị - xã hội nơi người vào Đảng sinh hoạt và chi ủy (chi bộ) nơi cư trú")
	p.committeeOfBranch()
	p.add(p.personFields("Người xin vào Đảng")...)
	p.opinions()
}

// opinionsReview is 12-KNĐ (DOC-102).
func opinionsReview(p *paper) {
	p.title("TỔNG HỢP Ý KIẾN NHẬN XÉT", "của tổ chức chính trị - xã hội nơi đảng viên dự bị sinh hoạt và chi ủy (chi bộ) nơi cư trú")
	p.committeeOfBranch()
	p.add(p.personFields("Đảng viên dự bị")...)
	p.probation()
	p.opinions()
}

// committeeOfBranch: what chi ủy makes is signed in its name.
func (p *paper) committeeOfBranch() {
	p.from(branchLevel, "")
	p.doc.Signatures[0].Authority = "T/M CHI ỦY"
}

func (p *paper) opinions() {
	p.add(heading("1. Các tổ chức đã lấy ý kiến"))
	first := map[admission.Introducer]string{admission.YouthUnion: "Đoàn TNCS Hồ Chí Minh", admission.TradeUnion: "Công đoàn"}[p.road.By]
	p.add(document.Block{Kind: document.Grid, Table: &document.Table{
		Columns: []document.Column{{Title: "Tổ chức", Width: 34}, {Title: "Ngày hỏi, ngày trả lời", Width: 26}, {Title: "Dự họp", Width: 12, Align: document.Center},
			{Title: "Tán thành", Width: 14, Align: document.Center}, {Title: "Không tán thành", Width: 14, Align: document.Center}},
		Rows: [][]string{{or(first, dots), "", "", "", ""}, {dots, "", "", "", ""}, {"Chi ủy (chi bộ) nơi cư trú", "", "", "", ""}},
	}})
	p.add(written("2. Ý kiến của tổ chức chính trị - xã hội", p.Words.Union, 2)...)
	p.add(written("3. Ý kiến của chi ủy (chi bộ) nơi cư trú", p.Words.Residence, 2)...)
	p.add(written("4. Kết luận của chi ủy", p.Words.Conclusion, 1)...)
}

// helperReview is 11-KNĐ (DOC-101).
func helperReview(p *paper) {
	p.title("BẢN NHẬN XÉT", "đảng viên dự bị")
	p.doc.Place = p.Branch.Place
	p.doc.To = []string{p.branchName()}
	name, since := p.helper()
	p.doc.Signatures = []document.Signature{{Title: "NGƯỜI NHẬN XÉT", Name: name}}
	p.add(field("Tôi là", name), field("Đảng viên chính thức của", p.branchName()), dayField("Được phân công giúp đỡ đảng viên dự bị ngày", since))
	p.add(field("Đảng viên dự bị", p.Person.Name), dayField("Ngày sinh", p.Person.Birth))
	p.probation()
	p.add(written("1. Tư tưởng chính trị", "", 3)...)
	p.add(written("2. Nhận thức về Đảng", "", 2)...)
	p.add(written("3. Đạo đức, lối sống", "", 2)...)
	p.add(written("4. Kết quả thực hiện nhiệm vụ", "", 3)...)
	for _, w := range []struct{ label, recorded string }{{"Ưu điểm", p.Words.Strengths}, {"Khuyết điểm", p.Words.Weaknesses}} {
		if clean(w.recorded) != "" {
			p.add(written(w.label, w.recorded, 0)...)
		}
	}
	p.add(written("Ý kiến của người nhận xét về việc công nhận đảng viên chính thức", p.Words.Conclusion, 2)...)
}
