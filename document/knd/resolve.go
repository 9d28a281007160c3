package knd

import (
	"ketnap/admission"
	"ketnap/document"
)

const (
	article4 = "Điều 4"
	article5 = "Điều 5"
)

// branchResolution is 6-KNĐ (DOC-60).
func branchResolution(p *paper) {
	p.title("NGHỊ QUYẾT", "đề nghị "+p.admit()+" đảng viên")
	p.from(branchLevel, "NQ")
	p.add(bases(p.set, article4)...)
	p.add(para(capital(onDay(p.doc.On)) + ", " + p.branchName() + " họp xét đề nghị " + p.admit() + " đảng viên đối với quần chúng " + p.who() + "."))
	p.meeting()
	p.add(para("Chi bộ xem xét hồ sơ gồm:"))
	p.add(p.dossier()...)
	p.conclusions()
	p.add(p.result(p.Act.Votes, admission.BranchResolution, "chi bộ")...)
	p.resolve("Đề nghị " + p.asked(branchLevel) + " " + p.admit() + " quần chúng " + p.Person.Name + " vào Đảng Cộng sản Việt Nam.")
	p.upward(branchLevel)
}

// recognitionProposal is 13-KNĐ (DOC-103).
func recognitionProposal(p *paper) {
	p.title("NGHỊ QUYẾT", "đề nghị công nhận đảng viên chính thức")
	p.from(branchLevel, "NQ")
	p.add(bases(p.set, article5)...)
	p.add(para(capital(onDay(p.doc.On)) + ", " + p.branchName() + " họp xét đề nghị công nhận đảng viên chính thức đối với đảng viên dự bị " + p.who() +
		", " + p.admit() + " vào Đảng " + onDay(p.road.Ceremony) + ", hết 12 tháng dự bị " + onDay(p.official()) + "."))
	p.meeting()
	p.add(para("Chi bộ xem xét hồ sơ gồm:"))
	p.add(p.review()...)
	p.conclusions()
	p.add(p.result(p.Act.Votes, admission.ProposeRecognition, "chi bộ")...)
	p.resolve("Đề nghị " + p.asked(branchLevel) + " công nhận đồng chí " + p.Person.Name + " là đảng viên chính thức kể từ " + document.LongDate(p.official()) + ".")
	p.upward(branchLevel)
}

// baseResolution is 8-KNĐ (VOT-06).
func baseResolution(p *paper) {
	p.title("NGHỊ QUYẾT", "đề nghị "+p.admit()+" đảng viên")
	p.from(baseLevel, "NQ")
	p.add(bases(p.set, article4)...)
	p.add(basis("Xét " + p.resolutionOf(admission.BranchResolution, p.road.BranchResolved, "đề nghị "+p.admit()+" đảng viên") + p.appraised(admission.Appraise) + "."))
	p.add(para(capital(onDay(p.doc.On)) + ", " + p.named(baseLevel) + " họp xét đề nghị " + p.admit() + " đảng viên đối với quần chúng " + p.who() + ", " + p.branchName() + "."))
	p.committeeMeeting(admission.BaseResolution)
	p.add(written("Kết luận về hồ sơ, lý lịch", p.Words.CV, 2)...)
	p.add(written("Kết luận về tiêu chuẩn, điều kiện kết nạp", p.Words.Conclusion, 3)...)
	p.add(p.result(p.Act.Votes, admission.BaseResolution, "đảng ủy")...)
	p.resolve("Đề nghị " + p.asked(baseLevel) + " " + p.admit() + " quần chúng " + p.Person.Name + " vào Đảng Cộng sản Việt Nam.")
	p.upward(baseLevel)
}

// baseRecognition is 15-KNĐ (DOC-104).
func baseRecognition(p *paper) {
	p.title("NGHỊ QUYẾT", "đề nghị công nhận đảng viên chính thức")
	p.from(baseLevel, "NQ")
	p.add(bases(p.set, article5)...)
	p.add(basis("Xét " + p.resolutionOf(admission.ProposeRecognition, p.road.Proposed, "đề nghị công nhận đảng viên chính thức") + p.appraised(admission.AppraiseRecognition) + "."))
	p.add(para(capital(onDay(p.doc.On)) + ", " + p.named(baseLevel) + " họp xét đề nghị công nhận đảng viên chính thức đối với đảng viên dự bị " + p.who() + ", " + p.branchName() +
		", " + p.admit() + " vào Đảng " + onDay(p.road.Ceremony) + ", hết 12 tháng dự bị " + onDay(p.official()) + "."))
	p.committeeMeeting(admission.BaseRecognition)
	p.add(written("Kết luận về tiêu chuẩn, điều kiện công nhận", p.Words.Conclusion, 3)...)
	p.add(p.result(p.Act.Votes, admission.BaseRecognition, "đảng ủy")...)
	p.resolve("Đề nghị " + p.asked(baseLevel) + " công nhận đồng chí " + p.Person.Name + " là đảng viên chính thức kể từ " + document.LongDate(p.official()) + ".")
	p.upward(baseLevel)
}

// meeting says who was at the meeting of the branch.
func (p *paper) meeting() {
	p.add(attendance(p.Members)...)
	p.add(field("Chủ trì hội nghị", p.Chair), field("Thư ký hội nghị", p.Secretary))
}

// committeeMeeting says how many of the committee were there.
func (p *paper) committeeMeeting(code admission.Code) {
	total, present := "", ""
	if v := p.Act.Votes; v != nil && p.Act.Code == code {
		total, present = count(v.Members), count(v.Present)
	}
	p.add(field("Tổng số ủy viên đảng ủy", total), field("Có mặt", present))
}

// conclusions are those that DOC-60 and DOC-103 name; people write them.
func (p *paper) conclusions() {
	p.add(para("Sau khi thảo luận, chi bộ kết luận:"))
	p.add(written("1. Về lý lịch", p.Words.CV, 2)...)
	p.add(written("2. Ưu điểm (ý thức chính trị, đạo đức, lối sống)", p.Words.Strengths, 3)...)
	p.add(written("3. Khuyết điểm", p.Words.Weaknesses, 2)...)
	p.add(written("4. Năng lực công tác, học tập", p.Words.Capability, 2)...)
	p.add(written("5. Quan hệ quần chúng", p.Words.Relations, 2)...)
}

func (p *paper) resolve(text string) {
	p.add(section("QUYẾT NGHỊ:"), para(text))
}

// asked says whom a resolution goes to and for what: the body that decides is asked to
// decide, the base committee between to propose in its turn (VOT-08). A sectional
// committee only appraises (ADM-70).
func (p *paper) asked(from level) string {
	if from == branchLevel && clean(p.Base.Name) != "" && !p.authorised() {
		return p.named(baseLevel) + " xem xét, đề nghị cấp có thẩm quyền"
	}
	return p.deciding() + " xem xét, quyết định"
}

// appraised cites the report of the sectional committee, where there is one (ADM-70).
func (p *paper) appraised(code admission.Code) string {
	a, ok := p.cited(code, p.dayOf(code))
	if !ok || clean(p.Sectional.Name) == "" {
		return ""
	}
	return "; " + p.cite("Báo cáo thẩm định", "BC/"+symbolOf(sectionalLevel, p.Sectional), a, a.On, p.named(sectionalLevel))
}

// upward sends a resolution to every body above that acts on it.
func (p *paper) upward(from level) {
	for up := from + 1; up <= competentLevel; up++ {
		switch {
		case clean(p.body(up).Name) == "":
		case up < competentLevel:
			p.send(p.named(up), "để b/c")
		case !p.authorised():
			p.send(p.deciding(), "để b/c")
		}
	}
	if from > branchLevel {
		p.send(p.branchName(), "")
	}
}

// appraisal is 7-KNĐ.
func appraisal(p *paper) {
	p.title("BÁO CÁO", "của đảng ủy bộ phận thẩm định nghị quyết của chi bộ")
	p.from(sectionalLevel, "BC")
	p.doc.To = []string{p.named(baseLevel)}
	p.add(para(p.named(sectionalLevel) + " đã thẩm định " + p.resolutionOf(admission.BranchResolution, p.road.BranchResolved, "đề nghị "+p.admit()+" đảng viên") +
		" đối với quần chúng " + p.who() + ", và báo cáo như sau:"))
	p.add(heading("I- Hồ sơ đã thẩm định"))
	p.add(p.dossier()...)
	p.appraise("kết nạp")
	p.add(para("Kính đề nghị " + p.named(baseLevel) + " xem xét."))
	p.upward(sectionalLevel)
}

// recognitionAppraisal is 14-KNĐ.
func recognitionAppraisal(p *paper) {
	p.title("BÁO CÁO", "của đảng ủy bộ phận thẩm định nghị quyết của chi bộ về công nhận đảng viên chính thức")
	p.from(sectionalLevel, "BC")
	p.doc.To = []string{p.named(baseLevel)}
	p.add(para(p.named(sectionalLevel) + " đã thẩm định " + p.resolutionOf(admission.ProposeRecognition, p.road.Proposed, "đề nghị công nhận đảng viên chính thức") +
		" đối với đảng viên dự bị " + p.who() + ", " + p.admit() + " vào Đảng " + onDay(p.road.Ceremony) + ", hết 12 tháng dự bị " + onDay(p.official()) + ", và báo cáo như sau:"))
	p.add(heading("I- Hồ sơ đã thẩm định"))
	p.add(p.review()...)
	p.appraise("công nhận")
	p.add(para("Kính đề nghị " + p.named(baseLevel) + " xem xét."))
	p.upward(sectionalLevel)
}

func (p *paper) appraise(what string) {
	p.add(heading("II- Kết quả biểu quyết của chi bộ"))
	code, on := admission.BranchResolution, p.road.BranchResolved
	if what == "công nhận" {
		code, on = admission.ProposeRecognition, p.road.Proposed
	}
	a, ok := p.cited(code, on)
	if ok && a.Votes != nil && sound(*a.Votes) {
		p.add(para("Chi bộ biểu quyết: " + voteSentence(*a.Votes, "đảng viên chính thức") + "."))
	} else {
		p.add(document.Block{Kind: document.Lines, Count: 1})
	}
	p.add(heading("III- Ý kiến thẩm định"))
	p.add(written("1. Về lý lịch, tiêu chuẩn, điều kiện "+what, p.Words.CV, 3)...)
	p.add(written("2. Về trình tự, thủ tục của chi bộ", p.Words.Views, 2)...)
	p.add(written("3. Kết luận của đảng ủy bộ phận", p.Words.Conclusion, 2)...)
}
