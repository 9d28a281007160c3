package knd

import (
	"fmt"
	"strings"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
)

// title sets the kind and the summary under it.
func (p *paper) title(kind, summary string) { p.doc.Kind, p.doc.Title = kind, summary }

// admit is the verb of the paper: a former member is admitted again (ELI-08).
func (p *paper) admit() string {
	if p.Readmission {
		return "kết nạp lại"
	}
	return "kết nạp"
}

// official is the last day of probation: from it the member is an official one whenever
// it is decided (DL-90, ADM-100).
func (p *paper) official() date.Date {
	if p.road.Ceremony.IsZero() {
		return date.Date{}
	}
	t, err := regulation(p.Sets).Term("DL-90", p.road.Ceremony)
	if err != nil {
		return date.Date{}
	}
	return p.road.Ceremony.AddMonths(t.Amount)
}

// who names the person with what is recorded of birth, home and work.
func (p *paper) who() string {
	var known []string
	if !p.Person.Birth.IsZero() {
		known = append(known, "sinh "+onDay(p.Person.Birth))
	}
	if clean(p.Person.Hometown) != "" {
		known = append(known, "quê quán: "+p.Person.Hometown)
	}
	if clean(p.Person.Occupation) != "" {
		known = append(known, "nghề nghiệp: "+p.Person.Occupation)
	}
	if len(known) == 0 {
		return p.Person.Name
	}
	return p.Person.Name + " (" + strings.Join(known, "; ") + ")"
}

// personFields are the lines by which a form of the dossier knows the person.
func (p *paper) personFields(label string) []document.Block {
	return []document.Block{
		field(label, p.Person.Name),
		dayField("Ngày sinh", p.Person.Birth),
		field("Quê quán", p.Person.Hometown),
		field("Nơi cư trú", p.Person.Residence),
		field("Nghề nghiệp, đơn vị công tác (học tập)", p.Person.Occupation),
	}
}

// helper is the member who helps the person, with the day of assignment.
func (p *paper) helper() (name string, on date.Date) {
	for i := len(p.road.Acts) - 1; i >= 0; i-- {
		a := p.road.Acts[i]
		if !a.Voided && a.Helper != "" && (a.Code == admission.AssignHelper || a.Code == admission.Ceremony) {
			return a.Helper, a.On
		}
	}
	return p.road.Helper, date.Date{}
}

// resolutionOf cites the resolution of the branch that holds.
func (p *paper) resolutionOf(code admission.Code, on date.Date, about string) string {
	a, _ := p.cited(code, on)
	return p.cite("Nghị quyết", "NQ/"+symbolOf(branchLevel, p.Branch), a, on, p.branchName()) + " " + about
}

func (p *paper) baseResolutionOf(code admission.Code, on date.Date, about string) string {
	a, _ := p.cited(code, on)
	return p.cite("Nghị quyết", "NQ/"+symbolOf(baseLevel, p.Base), a, on, p.named(baseLevel)) + " " + about
}

// decisionOf cites the decision on admission.
func (p *paper) decisionOf() string {
	a, ok := p.cited(admission.Decide, p.road.Decided)
	if !ok {
		a.Number = p.road.DecisionNumber
	}
	return p.cite("Quyết định", "QĐ/"+symbolOf(competentLevel, p.Competent), a, p.road.Decided, p.deciding()) + " về " + p.admit() + " đảng viên"
}

// dossier lists the papers that lie before the branch, with the days that are recorded
// (ADM-60).
func (p *paper) dossier() []document.Block {
	certificate := "Giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng"
	if n := p.road.Certificate.Number; n != "" {
		certificate += " số " + n
	}
	applied, verified := p.dayOf(admission.Apply), p.road.Verified
	out := []document.Block{
		item(certificate + ", cấp " + onDay(p.road.Certificate.Issued) + ";"),
		item("Đơn xin vào Đảng và Lý lịch của người xin vào Đảng, nhận " + onDay(applied) + ";"),
		item("Kết luận thẩm tra lý lịch, " + onDay(verified) + ";"),
	}
	names := map[admission.PaperCode]string{
		admission.PaperIntroducer: "Giấy giới thiệu của đảng viên", admission.PaperIntroducer2: "Giấy giới thiệu của đảng viên thứ hai",
		admission.PaperYouth: "Nghị quyết giới thiệu của Ban Chấp hành Đoàn cơ sở", admission.PaperTrade: "Nghị quyết giới thiệu của Ban Chấp hành Công đoàn cơ sở",
		admission.PaperOpinions: "Tổng hợp ý kiến nhận xét của tổ chức chính trị - xã hội và nơi cư trú",
	}
	codes := admission.DossierPapers(p.road.By)
	for i, code := range codes {
		end := ";"
		if i == len(codes)-1 {
			end = "."
		}
		out = append(out, item(names[code]+", "+onDay(p.road.Papers[code])+end))
	}
	return out
}

// review lists the papers of the recognition (DOC-100…102, ADM-92).
func (p *paper) review() []document.Block {
	names := map[admission.PaperCode]string{
		admission.PaperSelfReview: "Bản tự kiểm điểm của đảng viên dự bị", admission.PaperHelper: "Bản nhận xét của đảng viên được phân công giúp đỡ",
		admission.PaperOpinions2: "Tổng hợp ý kiến nhận xét của tổ chức chính trị - xã hội và nơi cư trú",
		admission.PaperNewMember: "Giấy chứng nhận lớp bồi dưỡng lý luận chính trị cho đảng viên mới",
	}
	var out []document.Block
	codes := admission.ReviewPapers()
	for i, code := range codes {
		end := ";"
		if i == len(codes)-1 {
			end = "."
		}
		out = append(out, item(names[code]+", "+onDay(p.road.Papers[code])+end))
	}
	return out
}

func (p *paper) dayOf(code admission.Code) date.Date {
	for i := len(p.road.Acts) - 1; i >= 0; i-- {
		if a := p.road.Acts[i]; a.Code == code && !a.Voided {
			return a.On
		}
	}
	return date.Date{}
}

// attendance are the numbers of a meeting of the branch, with the reasons of absence,
// which decide who is counted (VOT-02). A meeting without members is not recorded yet.
func attendance(m Members) []document.Block {
	if m.Official+m.Probationary <= 0 {
		return []document.Block{
			field("Tổng số đảng viên của chi bộ (chính thức, dự bị)", ""),
			field("Có mặt (chính thức, dự bị)", ""),
			field("Vắng mặt, lý do", ""),
		}
	}
	out := []document.Block{
		field("Tổng số đảng viên của chi bộ", fmt.Sprintf("%d đồng chí; chính thức %d, dự bị %d", m.Official+m.Probationary, m.Official, m.Probationary)),
		field("Có mặt", fmt.Sprintf("%d đồng chí; chính thức %d, dự bị %d", m.PresentOfficial+m.PresentProbationary, m.PresentOfficial, m.PresentProbationary)),
	}
	absent := m.Official + m.Probationary - m.PresentOfficial - m.PresentProbationary
	var names []string
	for _, a := range m.Absent {
		names = append(names, fmt.Sprintf("%s (%s)", orDots(a.Name), or(a.Reason, "chưa rõ lý do")))
	}
	switch {
	case absent <= 0 && len(names) == 0:
		return append(out, field("Vắng mặt", "không"))
	case len(names) == 0:
		return append(out, field("Vắng mặt", fmt.Sprintf("%d đồng chí; lý do: %s", absent, dots)))
	}
	return append(out, field("Vắng mặt", fmt.Sprintf("%d đồng chí: %s", max(absent, len(names)), strings.Join(names, "; "))))
}

// result is the ballot of an act: its totals, or lines where it is not recorded yet, and
// what those against said. body is who was asked, in words.
func (p *paper) result(v *admission.Votes, code admission.Code, body string) []document.Block {
	b, _ := ballot(code, 1)
	share := shareWords(b)
	if v == nil || !sound(*v) { // totals that cannot be are not printed
		return []document.Block{
			field("Số "+b.Body+" được tính", ""), field("Số tán thành", ""), field("Số không tán thành (lý do)", ""),
			para(fmt.Sprintf("Việc đề nghị phải được %s số %s tán thành.", share, b.Body)),
		}
	}
	b, _ = ballot(code, v.Members)
	out := []document.Block{para(fmt.Sprintf("Kết quả biểu quyết của %s: %s; bảo đảm %s số %s (cần %d).", body, voteSentence(*v, b.Body), share, b.Body, b.Needed))}
	if v.Against > 0 || clean(p.Words.Views) != "" {
		out = append(out, written("Ý kiến không tán thành, lý do", p.Words.Views, 1)...)
	}
	return out
}
