package knd

import (
	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

// Terms by which a paper ends.
const (
	termCertificate = "DL-20"
	termPaper       = "DL-30"
)

// An entry is a form with what writes its body. A form of the dossier cites the guidance
// whose forms hold on the day; another one cites a clause.
type entry struct {
	Form
	write  func(*paper)
	kind   string // clause of the regulation ("QĐ") or of the guidance ("HD")
	clause string
	needs  []need
}

// byBranch says who makes a paper of the branch: one name since RS-2026B (ORG-03).
func byBranch(day date.Date) string {
	if day.Before(single2026) {
		return "chi bộ (chi bộ cơ sở)"
	}
	return "chi bộ"
}

// entries are all forms in the order of the road.
func entries(day date.Date) []entry {
	return append(append(dossierForms(day), reviewForms(day)...), asideForms()...)
}

func dossierForms(day date.Date) []entry {
	code := func(c admission.PaperCode) string { return string(c) }
	by := byBranch(day)
	return []entry{
		{Form: Form{Code: code(admission.PaperCertificate), Name: "Giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng", By: "trung tâm chính trị, hoặc cấp ủy có thẩm quyền kết nạp nơi không có trung tâm",
			Act: admission.Certify, Term: termCertificate}, write: certificate},
		{Form: Form{Code: code(admission.PaperApplication), Name: "Đơn xin vào Đảng", By: "người xin vào Đảng tự viết", Hand: true, Act: admission.Apply}, write: application},
		{Form: Form{Code: code(admission.PaperCV), Name: "Lý lịch của người xin vào Đảng", By: "người xin vào Đảng tự khai", Hand: true, Act: admission.Apply}, write: curriculum},
		{Form: Form{Code: Verification, Name: "Công văn đề nghị thẩm tra lý lịch của người xin vào Đảng", Maker: admission.DeskBase, By: "đảng ủy cơ sở, hoặc chi bộ nơi không có đảng ủy cơ sở", Kind: "CV",
			Act: admission.SendVerification}, write: verification, kind: "HD", clause: "3.4"},
		{Form: Form{Code: code(admission.PaperIntroducer), Name: "Giấy giới thiệu người vào Đảng", By: "đảng viên chính thức giới thiệu", Act: admission.CompleteDossier, Term: termPaper}, write: introduction},
		{Form: Form{Code: code(admission.PaperIntroducer2), Name: "Giấy giới thiệu người vào Đảng (đảng viên thứ hai)", By: "đảng viên chính thức thứ hai giới thiệu", Act: admission.CompleteDossier, Term: termPaper}, write: introduction},
		{Form: Form{Code: code(admission.PaperYouth), Name: "Nghị quyết giới thiệu đoàn viên ưu tú vào Đảng", By: "ban chấp hành Đoàn cơ sở", Kind: "NQ", Act: admission.CompleteDossier, Term: termPaper}, write: youthResolution},
		{Form: Form{Code: code(admission.PaperTrade), Name: "Nghị quyết giới thiệu công đoàn viên ưu tú vào Đảng", By: "ban chấp hành Công đoàn cơ sở", Kind: "NQ", Act: admission.CompleteDossier, Term: termPaper}, write: tradeResolution},
		{Form: Form{Code: code(admission.PaperOpinions), Name: "Tổng hợp ý kiến nhận xét của tổ chức chính trị - xã hội nơi người vào Đảng sinh hoạt và chi ủy (chi bộ) nơi cư trú", Maker: admission.DeskBranch, By: "chi ủy",
			Act: admission.CompleteDossier, Term: termPaper}, write: opinions},
		{Form: Form{Code: BranchMinutes, Name: "Biên bản họp chi bộ", Maker: admission.DeskBranch, By: by, Kind: "BB"}, write: minutes, kind: "HD", clause: "3.6", needs: []need{needBranch, needItems}},
		{Form: Form{Code: code(admission.PaperBranch), Name: "Nghị quyết đề nghị kết nạp đảng viên", Maker: admission.DeskBranch, By: by, Kind: "NQ", Act: admission.BranchResolution}, write: branchResolution},
		{Form: Form{Code: code(admission.PaperAppraisal), Name: "Báo cáo của đảng ủy bộ phận thẩm định nghị quyết của chi bộ", Maker: admission.DeskBase, By: "đảng ủy bộ phận", Kind: "BC", Act: admission.Appraise},
			write: appraisal, needs: append(needPerson(), needSectional)},
		{Form: Form{Code: code(admission.PaperBase), Name: "Nghị quyết đề nghị kết nạp đảng viên của đảng ủy cơ sở", Maker: admission.DeskBase, By: "đảng ủy cơ sở", Kind: "NQ", Act: admission.BaseResolution},
			write: baseResolution, needs: append(needPerson(), needBase)},
		{Form: Form{Code: code(admission.PaperDecision), Name: "Quyết định kết nạp đảng viên", Maker: admission.DeskBoard, By: "ban thường vụ cấp ủy có thẩm quyền", Kind: "QĐ", Act: admission.Decide},
			write: decision, needs: append(needPerson(), needCompetent)},
		{Form: Form{Code: DecisionList, Name: "Danh sách kèm theo các quyết định của một phiên họp", Maker: admission.DeskBoard, By: "ban thường vụ cấp ủy có thẩm quyền"},
			write: decisionList, kind: "QĐ", clause: "4.3.2", needs: []need{needCompetent, needRows}},
		{Form: Form{Code: Programme, Name: "Chương trình lễ kết nạp đảng viên", Maker: admission.DeskBranch, By: "chi ủy, chi bộ", Act: admission.Ceremony}, write: programme, kind: "HD", clause: "3.8"},
	}
}

func reviewForms(day date.Date) []entry {
	code := func(c admission.PaperCode) string { return string(c) }
	return []entry{
		{Form: Form{Code: code(admission.PaperMemberCV), Name: "Lý lịch đảng viên", By: "đảng viên mới tự khai", Hand: true, Act: admission.FileMemberCV}, write: memberCV},
		{Form: Form{Code: code(admission.PaperSelfReview), Name: "Bản tự kiểm điểm của đảng viên dự bị", By: "đảng viên dự bị tự viết", Hand: true, Act: admission.CompleteReview}, write: selfReview},
		{Form: Form{Code: code(admission.PaperHelper), Name: "Bản nhận xét đảng viên dự bị", By: "đảng viên chính thức được phân công giúp đỡ", Act: admission.CompleteReview}, write: helperReview},
		{Form: Form{Code: code(admission.PaperOpinions2), Name: "Tổng hợp ý kiến nhận xét của tổ chức chính trị - xã hội nơi đảng viên dự bị sinh hoạt và chi ủy (chi bộ) nơi cư trú", Maker: admission.DeskBranch, By: "chi ủy",
			Act: admission.CompleteReview}, write: opinionsReview},
		{Form: Form{Code: code(admission.PaperNewMember), Name: "Giấy chứng nhận lớp bồi dưỡng lý luận chính trị cho đảng viên mới", By: "trung tâm chính trị, hoặc cấp ủy có thẩm quyền", Act: admission.CompleteReview}, write: newMemberCertificate},
		{Form: Form{Code: code(admission.PaperProposal), Name: "Nghị quyết đề nghị công nhận đảng viên chính thức", Maker: admission.DeskBranch, By: byBranch(day), Kind: "NQ", Act: admission.ProposeRecognition}, write: recognitionProposal},
		{Form: Form{Code: code(admission.PaperAppraisal2), Name: "Báo cáo của đảng ủy bộ phận thẩm định nghị quyết của chi bộ về công nhận đảng viên chính thức", Maker: admission.DeskBase, By: "đảng ủy bộ phận", Kind: "BC",
			Act: admission.AppraiseRecognition}, write: recognitionAppraisal, needs: append(needPerson(), needSectional)},
		{Form: Form{Code: code(admission.PaperBase2), Name: "Nghị quyết đề nghị công nhận đảng viên chính thức của đảng ủy cơ sở", Maker: admission.DeskBase, By: "đảng ủy cơ sở", Kind: "NQ", Act: admission.BaseRecognition},
			write: baseRecognition, needs: append(needPerson(), needBase)},
		{Form: Form{Code: code(admission.PaperRecognition), Name: "Quyết định công nhận đảng viên chính thức", Maker: admission.DeskBoard, By: "ban thường vụ cấp ủy có thẩm quyền", Kind: "QĐ", Act: admission.Recognize},
			write: recognition, needs: append(needPerson(), needCompetent)},
	}
}

func asideForms() []entry {
	return []entry{
		{Form: Form{Code: TransferNotice, Name: "Công văn chuyển hồ sơ", Maker: admission.DeskBoard, By: "cấp ủy có thẩm quyền nơi chuyển đi", Kind: "CV", Act: admission.Transfer},
			write: transferNotice, kind: "QĐ", clause: "3.3", needs: append(needPerson(), needCompetent)},
		{Form: Form{Code: RefusalNotice, Name: "Thông báo không đồng ý kết nạp đảng viên", Maker: admission.DeskBoard, By: "cấp ủy có thẩm quyền", Kind: "TB", Act: admission.Refuse},
			write: refusalNotice, kind: "QĐ", clause: "4.3.1", needs: append(needPerson(), needCompetent)},
		{Form: Form{Code: ReturnNotice, Name: "Công văn trả hồ sơ để bổ sung", Maker: admission.DeskBoard, By: "cấp ủy có thẩm quyền", Kind: "CV", Act: admission.Return},
			write: returnNotice, kind: "HD", clause: "3.7", needs: append(needPerson(), needCompetent)},
	}
}

// Forms returns all forms in the order of the road, as of the set in force on a day.
// Which of them a file needs depends on the bodies over it: For.
func Forms(day date.Date) []Form {
	all := entries(day)
	out := make([]Form, len(all))
	for i, e := range all {
		out[i] = e.form(admission.Regulation(), day)
	}
	return out
}

// For returns the forms that the road of one file needs: no paper of a sectional or base
// committee where there is none (VOT-08; no sectional ones since RS-2026B, ORG-03), and
// the introduction by whom the person was introduced (ELI-21).
func For(f Facts) []Form {
	skip := map[string]bool{}
	if clean(f.Sectional.Name) == "" {
		skip[string(admission.PaperAppraisal)], skip[string(admission.PaperAppraisal2)] = true, true
	}
	if clean(f.Base.Name) == "" {
		skip[string(admission.PaperBase)], skip[string(admission.PaperBase2)] = true, true
	}
	if f.File.By != "" {
		for _, c := range []admission.PaperCode{admission.PaperIntroducer2, admission.PaperYouth, admission.PaperTrade} {
			skip[string(c)] = true
		}
		for _, c := range admission.DossierPapers(f.File.By) {
			delete(skip, string(c))
		}
	}
	var out []Form
	for _, e := range entries(f.Today) {
		if !skip[e.Code] {
			out = append(out, e.form(regulation(f.Sets), f.Today))
		}
	}
	return out
}

// Find returns a form as it is on a day; false for a code without a form.
func Find(code string, day date.Date) (Form, bool) {
	e, ok := find(code, day)
	if !ok {
		return Form{}, false
	}
	return e.form(admission.Regulation(), day), true
}

func find(code string, day date.Date) (entry, bool) {
	for _, e := range entries(day) {
		if e.Code == code {
			return e, true
		}
	}
	return entry{}, false
}

func (e entry) form(sets rule.Sets, day date.Date) Form {
	f := e.Form
	if e.clause != "" {
		f.Cite = citeOf(sets.On(day), e.kind, e.clause)
		return f
	}
	f.Cite = formsGuidance(sets, day) + ", mẫu " + f.Code
	return f
}
