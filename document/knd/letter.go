package knd

import (
	"fmt"

	"ketnap/admission"
	"ketnap/document"
)

// answered is the first line of Nơi nhận of a công văn (PAPER-12).
func (p *paper) answered() {
	if p.doc.Layout == document.Layout36 {
		p.send("Như kính gửi", "")
		return
	}
	p.send("Như trên", "")
}

// verification is the request to the committee or agency that knows the person or the
// relative (ADM-40…43, DOC-40). It goes out from the base committee, or from a chi bộ
// that has none above it.
func verification(p *paper) {
	l := branchLevel
	if clean(p.Base.Name) != "" {
		l = baseLevel
	}
	p.from(l, "CV")
	p.doc.Subject = "đề nghị thẩm tra lý lịch của người xin vào Đảng"
	to := clean(p.To.Name)
	if to == "" && p.Act.Code == admission.SendVerification {
		to = p.Act.To
	}
	p.doc.To = []string{orDots(to)}
	p.add(para(p.named(l) + " đang xem xét hồ sơ của quần chúng " + p.who() + ", người xin vào Đảng tại " + p.branchName() + "."))
	p.add(para("Thực hiện " + guidanceInFull(p.set) + ", " + p.named(l) + " đề nghị " + orDots(to) + " thẩm tra, xác minh và cho nhận xét về các nội dung sau:"))
	if clean(p.Relative.Name) == "" {
		p.add(item("Lịch sử chính trị và chính trị hiện nay của người xin vào Đảng;"),
			item("Việc chấp hành đường lối, chủ trương của Đảng, chính sách, pháp luật của Nhà nước;"),
			item("Phẩm chất chính trị, đạo đức, lối sống."))
	} else {
		p.add(field("Người cần thẩm tra", p.Relative.Name), field("Quan hệ với người xin vào Đảng", p.Relative.Relation), field("Nơi cư trú, công tác", p.Relative.Place))
		p.add(item("Lịch sử chính trị và chính trị hiện nay;"),
			item("Việc chấp hành đường lối, chủ trương của Đảng, chính sách, pháp luật của Nhà nước."))
	}
	p.add(para(p.replyBy()))
	p.add(para("Kèm theo: Lý lịch của người xin vào Đảng (bản giấy, niêm phong). Người xin vào Đảng và người thân không mang đi thẩm tra."))
	p.answered()
}

// replyBy is the day asked for, or the term itself (DL-40).
func (p *paper) replyBy() string {
	if !p.Reply.IsZero() {
		return "Xin gửi văn bản trả lời trước hoặc trong " + document.LongDate(p.Reply) + "."
	}
	home, err1 := regulation(p.Sets).Term("DL-40", p.day)
	abroad, err2 := regulation(p.Sets).Term("DL-40 abroad", p.day)
	if err1 != nil || err2 != nil {
		return "Xin sớm gửi văn bản trả lời."
	}
	return fmt.Sprintf("Xin gửi văn bản trả lời trong thời hạn %s ở trong nước, %s ở ngoài nước, kể từ ngày nhận được công văn này.", amount(home.Term), amount(abroad.Term))
}

// transferNotice goes with the papers of a person who moves: before the decision
// (ADM-114), between decision and ceremony, or on probation (ADM-115).
func transferNotice(p *paper) {
	p.from(competentLevel, "CV")
	p.doc.To = []string{orDots(p.To.Name)}
	reason := or(p.Reason, p.Act.Note)
	moved := "do " + reason
	if clean(reason) == "" {
		moved = "do chuyển nơi công tác, học tập, cư trú"
	}
	switch {
	case !p.road.Ceremony.IsZero():
		p.doc.Subject = "chuyển hồ sơ đảng viên dự bị"
		p.add(para(p.deciding() + " chuyển hồ sơ của đảng viên dự bị " + p.who() + ", " + moved + "."))
		p.add(para("Đồng chí được " + p.admit() + " vào Đảng " + onDay(p.road.Ceremony) + " theo " + p.decisionOf() + "; hết 12 tháng dự bị " + onDay(p.official()) + "."))
		p.add(para("Đề nghị tổ chức đảng nơi đến tiếp nhận, phân công đảng viên chính thức giúp đỡ và xét công nhận đảng viên chính thức theo quy định. Bản nhận xét của người giúp đỡ ở nơi chuyển đi gửi kèm theo hồ sơ." + p.transferTerm()))
	case !p.road.Decided.IsZero():
		p.doc.Subject = "chuyển quyết định và hồ sơ " + p.admit() + " đảng viên"
		p.add(para(p.deciding() + " chuyển hồ sơ và " + p.decisionOf() + " đối với quần chúng " + p.who() + ", " + moved + "."))
		p.add(para("Lễ kết nạp được tổ chức tại chi bộ nơi đến, không tổ chức tại nơi chuyển đi. Đề nghị cấp ủy có thẩm quyền nơi đến chuyển quyết định cho chi bộ" + p.ceremonyAfterMove() + "."))
	default:
		p.doc.Subject = "chuyển hồ sơ người xin vào Đảng"
		p.add(para(p.deciding() + " chuyển hồ sơ của quần chúng " + p.who() + ", người xin vào Đảng tại " + p.branchName() + ", " + moved + "."))
		p.add(para("Đề nghị tổ chức đảng nơi đến tiếp nhận, phân công đảng viên chính thức giúp đỡ và tiếp tục xem xét theo quy định. Đảng viên được phân công không cần đủ 12 tháng cùng công tác, học tập, cư trú với người xin vào Đảng."))
	}
	p.add(para("Hồ sơ gửi kèm theo được niêm phong."))
	p.answered()
	p.send(p.branchName(), "")
}

func (p *paper) ceremonyAfterMove() string {
	t, err := regulation(p.Sets).Term("DL-80", p.day)
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" để tổ chức lễ kết nạp trong thời hạn %s, kể từ ngày nhận được quyết định", amount(t.Term))
}

func (p *paper) transferTerm() string {
	t, err := regulation(p.Sets).Term("ADM-115", p.day)
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" Thủ tục chuyển sinh hoạt đảng làm xong trong %s, kể từ ngày chuyển đơn vị có hiệu lực.", amount(t.Term))
}

// refusalNotice tells the branch that admission was not agreed to, and why (DL-71, ADM-71).
func refusalNotice(p *paper) {
	p.title("THÔNG BÁO", "không đồng ý "+p.admit()+" đảng viên")
	p.from(competentLevel, "TB")
	p.doc.To = []string{p.branchName()}
	p.add(para(p.deciding() + " đã xem xét hồ sơ và " + p.resolutionOf(admission.BranchResolution, p.road.BranchResolved, "đề nghị "+p.admit()+" đảng viên") +
		" đối với quần chúng " + p.who() + ", và không đồng ý " + p.admit() + "."))
	p.add(written("Lý do", or(p.Reason, p.Act.Note), 4)...)
	p.add(para("Hồ sơ được trả lại chi bộ kèm theo Thông báo này. Đề nghị chi bộ thông báo cho người xin vào Đảng biết."))
	p.send("Như kính gửi", "")
	if clean(p.Base.Name) != "" {
		p.send(p.named(baseLevel), "để biết")
	}
}

// returnNotice sends a dossier back for supplement. The clock does not stop (ADM-122).
func returnNotice(p *paper) {
	p.from(competentLevel, "CV")
	p.doc.Subject = "trả hồ sơ đề nghị " + p.admit() + " đảng viên để bổ sung"
	to := p.branchName()
	if clean(p.Base.Name) != "" && !p.authorised() && p.Act.Stage != admission.Ready {
		to = p.named(baseLevel)
	}
	p.doc.To = []string{to}
	p.add(para(p.deciding() + " đã xem xét hồ sơ đề nghị " + p.admit() + " đảng viên đối với quần chúng " + p.who() + " theo " +
		p.resolutionOf(admission.BranchResolution, p.road.BranchResolved, "đề nghị "+p.admit()+" đảng viên") + ", và trả lại để bổ sung."))
	p.add(written("Nội dung cần bổ sung", or(p.Reason, p.Act.Note), 4)...)
	text := "Thời hạn xem xét, quyết định vẫn tính từ ngày chi bộ có nghị quyết"
	if !p.road.ClockFrom.IsZero() {
		text = "Thời hạn xem xét, quyết định vẫn tính từ " + onDay(p.road.ClockFrom) + ", ngày chi bộ có nghị quyết"
	}
	if t, err := regulation(p.Sets).Term("DL-70", p.day); err == nil {
		text += ", là " + amount(t.Term)
	}
	p.add(para(text + "; đề nghị bổ sung và gửi lại hồ sơ sớm."))
	p.answered()
	if to != p.branchName() {
		p.send(p.branchName(), "")
	}
}
