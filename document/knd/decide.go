package knd

import (
	"fmt"
	"strings"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/rule"
)

// decision is 9-KNĐ, or 9A-KNĐ of an authorised base committee (DOC-70).
func decision(p *paper) {
	p.decides("9A-KNĐ", p.admit()+" đảng viên")
	p.add(bases(p.set, article4)...)
	about := "đề nghị " + p.admit() + " đảng viên"
	p.proposed(p.resolutionOf(admission.BranchResolution, p.road.BranchResolved, about), admission.BaseResolution, p.road.BaseResolved, about)
	p.decided()
	p.article(1, capital(p.admit())+" quần chúng "+p.who()+" vào Đảng Cộng sản Việt Nam.")
	p.article(2, p.branchName()+" tổ chức lễ kết nạp cho đồng chí "+p.Person.Name+p.ceremonyTerm()+
		"; phân công đảng viên chính thức giúp đỡ đồng chí trong thời gian dự bị. Thời gian dự bị là 12 tháng, tính từ ngày chi bộ tổ chức lễ kết nạp.")
	p.carriedOut()
}

// recognition is 16-KNĐ, or 16A-KNĐ of an authorised base committee (DOC-104). Three days
// are told apart: the ceremony, the end of the 12 months, from which the member is an
// official one, and the decision on admission, from which tuổi đảng counts (ADM-102).
func recognition(p *paper) {
	p.decides("16A-KNĐ", "công nhận đảng viên chính thức")
	p.add(bases(p.set, article5)...)
	about := "đề nghị công nhận đảng viên chính thức"
	if p.road.Proposed.IsZero() && p.road.Undecided() {
		p.add(basis("Xét báo cáo của " + p.branchName() + " về kết quả ba lần biểu quyết không đủ số phiếu theo quy định,"))
	} else {
		p.proposed(p.resolutionOf(admission.ProposeRecognition, p.road.Proposed, about), admission.BaseRecognition, p.road.BaseRecognized, about)
	}
	p.decided()
	p.article(1, "Công nhận đảng viên dự bị "+p.who()+", "+p.admit()+" vào Đảng "+onDay(p.road.Ceremony)+" theo "+p.decisionOf()+
		", là đảng viên chính thức kể từ "+document.LongDate(p.official())+".")
	// For a member admitted again the years before count in part; that is reckoned by people.
	age := "Tuổi đảng của đồng chí " + p.Person.Name + " được tính từ " + document.LongDate(p.road.Decided) + " là ngày ghi trong quyết định kết nạp."
	if p.Readmission {
		age = "Tuổi đảng của đồng chí " + p.Person.Name + ", đảng viên được kết nạp lại, được tính theo quy định: từ ngày ………………………"
	}
	p.article(2, age)
	p.carriedOut()
}

// decides gives a decision its head; own is its code where a base committee decides.
func (p *paper) decides(own, about string) {
	p.title("QUYẾT ĐỊNH", about)
	p.from(competentLevel, "QĐ")
	if p.authorised() {
		p.doc.Form = own
	}
}

// proposed cites what the decision rests on: the branch's resolution and, where a base
// committee stands between, its own.
func (p *paper) proposed(branch string, code admission.Code, on date.Date, about string) {
	text := "Xét đề nghị tại " + branch
	if clean(p.Base.Name) != "" && !p.authorised() {
		text += " và " + p.baseResolutionOf(code, on, about)
	}
	p.add(basis(text + ","))
}

func (p *paper) decided() {
	p.add(section(strings.ToUpper(p.deciding())), section("QUYẾT ĐỊNH:"))
}

func (p *paper) article(n int, text string) {
	p.add(document.Block{Kind: document.Paragraph, Text: []document.Span{{Text: fmt.Sprintf("Điều %d. ", n), Bold: true}, {Text: text}}})
}

func (p *paper) carriedOut() {
	bodies := []string{}
	if clean(p.Base.Name) != "" && !p.authorised() {
		bodies = append(bodies, p.named(baseLevel))
	}
	bodies = append(bodies, p.branchName())
	p.article(3, strings.Join(bodies, ", ")+" và đồng chí "+p.Person.Name+" chịu trách nhiệm thi hành Quyết định này.")
	p.send("Như Điều 3", "")
	if over := p.next(competentLevel); clean(over.Name) != "" {
		p.send(committeeName(over.Name), "để b/c")
	}
}

// ceremonyTerm is DL-80 in the words of the set in force: from the receipt of the
// decision, or from its issue (DL-81).
func (p *paper) ceremonyTerm() string {
	t, err := regulation(p.Sets).Term("DL-80", p.day)
	if err != nil {
		return ""
	}
	start := "nhận được"
	if t.Start == rule.Issued {
		start = "ban hành"
	}
	return fmt.Sprintf(" trong thời hạn %s, kể từ ngày %s Quyết định này", amount(t.Term), start)
}

// amount is a term in words.
func amount(t rule.Term) string {
	if t.Unit == rule.Months {
		return fmt.Sprintf("%d tháng", t.Amount)
	}
	return fmt.Sprintf("%d ngày làm việc", t.Amount)
}
