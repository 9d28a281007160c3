package knd

import (
	"strings"

	"ketnap/document"
)

// certificate is CN-NTVĐ, since 38-HD/BTCTW CN-NTVĐ1 of a centre or CN-NTVĐ1-2 of a
// committee (DOC-20).
func certificate(p *paper) {
	if !p.day.Before(forms38) {
		p.doc.Form = "CN-NTVĐ1"
		if p.Class.Committee {
			p.doc.Form = "CN-NTVĐ1-2"
		}
	}
	number := p.Act.Number
	if number == "" {
		number = p.road.Certificate.Number
	}
	p.certify("lớp bồi dưỡng nhận thức về Đảng", number)
}

// newMemberCertificate is CN-ĐVM (ADM-92).
func newMemberCertificate(p *paper) {
	p.certify("lớp bồi dưỡng lý luận chính trị cho đảng viên mới", p.Class.Number)
}

func (p *paper) certify(course, number string) {
	c := p.Class
	p.title("GIẤY CHỨNG NHẬN", course)
	p.doc.Issuer = strings.ToUpper(or(c.Issuer, dots))
	p.doc.Place = p.Competent.Place
	s := document.Signature{Title: or(c.Title, "GIÁM ĐỐC"), Name: c.Signer}
	if c.Committee {
		s = document.Signature{Authority: "T/M BAN THƯỜNG VỤ", Title: or(c.Title, "BÍ THƯ"), Name: c.Signer}
	}
	p.doc.Signatures = []document.Signature{s}
	p.add(
		field("Chứng nhận đồng chí", p.Person.Name), dayField("Ngày sinh", p.Person.Birth), field("Quê quán", p.Person.Hometown),
		field("Đơn vị", p.branchName()), field("Đã học lớp", c.Name), field("Thời gian", classDays(c)),
		field("Kết quả xếp loại", c.Grade), field("Số giấy chứng nhận", number),
	)
}

func classDays(c Class) string {
	if c.From.IsZero() && c.To.IsZero() {
		return ""
	}
	return "từ " + onDay(c.From) + " đến " + onDay(c.To)
}
