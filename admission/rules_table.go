package admission

import "ketnap/rule"

// ruleTable holds the catalogue, part by part. A rule that begins to be checked changes
// its use here; the test of the catalogue finds those that were forgotten.
func ruleTable() [][]RuleInfo {
	return [][]RuleInfo{rulesGeneral(), rulesPerson(), rulesList(), rulesClass(), rulesDossier(), rulesVerify(), rulesIntroduce(),
		rulesBranch(), rulesAbove(), rulesCeremony(), rulesProbation(), rulesRecognize(), rulesAside(), rulesTransfer(),
		rulesReport(), rulesSecret(), rulesArithmetic()}
}

// checkedRule makes findings of the severity in the acts.
func checkedRule(part RulePart, id, cite string, c rule.Confidence, s rule.Severity, says string, acts ...Code) RuleInfo {
	return RuleInfo{ID: id, Part: part, Says: says, Cite: cite, Confidence: c, Use: UseChecked, Default: s, Acts: acts}
}

// fixedRule is checked and blocks whatever its mark (contract).
func fixedRule(part RulePart, id, cite string, c rule.Confidence, says string, acts ...Code) RuleInfo {
	i := checkedRule(part, id, cite, c, rule.Block, says, acts...)
	i.Fixed = true
	return i
}

// knownRule judges no act.
func knownRule(part RulePart, id, cite string, c rule.Confidence, use RuleUse, says string) RuleInfo {
	return RuleInfo{ID: id, Part: part, Says: says, Cite: cite, Confidence: c, Use: use}
}

const (
	sureOf  = rule.Sourced
	memory  = rule.Remembered
	inferOf = rule.Inferred

	citeRules29   = "QĐ 29-QĐ/TW, 4.3.2"
	citeRules24   = "QĐ 24-QĐ/TW"
	citeGuide01   = "HD 01-HD/TW"
	citeForms12   = "HD 12-HD/BTCTW"
	citeStaff09   = "HD 09-HD/BTCTW (05/6/2017)"
	citeCharter21 = "Điều lệ Đảng, Điều 21–24"
	citeNone      = "không có điều khoản riêng"
)

func rulesGeneral() []RuleInfo {
	const p = PartGeneral
	return []RuleInfo{
		checkedRule(p, "ADM-00", citeNone, inferOf, rule.Block, "Mỗi việc được xét theo bộ quy định có hiệu lực vào chính ngày làm việc đó; ngày phải có thật, không sau hôm nay, không trước việc ghi trước."),
		checkedRule(p, "ORG-01", citeCharter21, sureOf, rule.Block, "Chi bộ có ít nhất ba đảng viên chính thức; dưới số đó thì không họp xét công nhận được.", BranchResolution, ProposeRecognition),
		knownRule(p, "ORG-02", citeCharter21, memory, UseKept, "Tổ chức cơ sở đảng là chi bộ cơ sở hoặc đảng bộ cơ sở; giữa đảng ủy cơ sở và chi bộ có thể có đảng ủy bộ phận."),
		knownRule(p, "ORG-03", "QĐ 208-QĐ/TW", memory, UseKept, "Từ năm 2026 tổ chức đảng theo ba cấp; cây tổ chức thay đổi theo ngày."),
		knownRule(p, "ORG-04", "QĐ 208-QĐ/TW", memory, UseKept, "Mã tổ chức đảng gồm năm nhóm số, mười bốn chữ số."),
		knownRule(p, "ORG-05", "QĐ 294-QĐ/TW", sureOf, UseKept, "Từ 01/7/2025 không còn cấp huyện; cấp trên trực tiếp của cơ sở đổi theo cây tổ chức."),
		knownRule(p, "ORG-06", "CV 708-CV/ĐUK", sureOf, UseKept, "Ban thường vụ Đảng ủy Khối quyết định kết nạp và công nhận; ban tổ chức theo dõi, tổng hợp."),
		checkedRule(p, "ORG-07", citeRules29, sureOf, rule.Block, "Ban thường vụ cấp ủy cấp trên trực tiếp, hoặc đảng ủy cơ sở được ủy quyền, quyết định kết nạp.", Decide),
		knownRule(p, "ORG-08", "QĐ 208-QĐ/TW", memory, UseLeft, "Từ tháng 7/2026, ở đảng ủy cơ sở được ủy quyền thì ban thường vụ quyết định."),
		knownRule(p, "ORG-09", "HD 36-HD/VPTW", sureOf, UseKept, "Văn bản của chi bộ ký thay mặt chi bộ và đánh số theo từng loại trong nhiệm kỳ."),
		knownRule(p, "VOT-05", citeNone, sureOf, UseKept, "Số phiếu cần có tính bằng số nguyên, làm tròn lên; không tính theo phần trăm."),
		fixedRule(p, "VOT-02", citeRules24+", 9.3.2", sureOf, "Tỷ lệ tính trên tất cả người có quyền biểu quyết của tập thể, kể cả người vắng; chỉ trừ những người quy định cho trừ, và phải ghi rõ.",
			BranchResolution, BaseResolution, Decide, ProposeRecognition, BaseRecognition, Recognize, ProposeRemoval, Remove, BallotFailed),
	}
}

func rulesPerson() []RuleInfo {
	const p = PartPerson
	return []RuleInfo{
		knownRule(p, "ELI-01", "Điều lệ Đảng, Điều 1", sureOf, UseLeft, "Người vào Đảng là công dân Việt Nam, tán thành Cương lĩnh và Điều lệ, hoạt động trong một tổ chức cơ sở, được thử thách và tín nhiệm."),
		checkedRule(p, "ELI-02", citeRules24+", 1.1.1", sureOf, rule.Block, "Khi chi bộ xét, người vào Đảng từ đủ 18 đến đủ 60 tuổi tính theo tháng; quá 60 phải có văn bản đồng ý của cấp có thẩm quyền.", BranchResolution, Consent),
		checkedRule(p, "ELI-03", citeRules24+", 1.2", sureOf, rule.Block, "Có bằng tốt nghiệp trung học cơ sở trở lên.", BranchResolution),
		checkedRule(p, "ELI-04", citeGuide01+", 1.2", memory, rule.Block, "Vùng núi, biên giới, hải đảo, dân tộc thiểu số, rất khó khăn: được xét trình độ thấp hơn, có trường hợp phải được đồng ý bằng văn bản.", BranchResolution),
		knownRule(p, "ELI-05", "quy định của từng cấp ủy", sureOf, UseLeft, "Cấp ủy có thể đặt thêm tiêu chí của mình, ví dụ kết quả công tác, học lực."),
		knownRule(p, "ELI-06", "QĐ 05-QĐi/TW (28/8/2018)", memory, UseLeft, "Người sinh con thứ ba trở lên phải qua thời gian chờ; quy định này có thể đã thay đổi."),
		knownRule(p, "ELI-07", citeGuide01+", 6.1", sureOf, UseLeft, "Người có đạo, kết hôn với người nước ngoài, gốc nước ngoài theo quy định riêng và phải được cấp trên xem."),
		checkedRule(p, "ELI-08", citeRules24+", 3.5", sureOf, rule.Block, "Kết nạp lại: ít nhất 36 tháng từ khi ra khỏi Đảng, 60 tháng từ khi được xóa án tích; chỉ một lần, phải được cấp tỉnh đồng ý.", BranchResolution),
		checkedRule(p, "ELI-09", "QĐ 294-QĐ/TW, 3.5.2", sureOf, rule.Block, "Một số trường hợp ra khỏi Đảng không bao giờ được kết nạp lại.", BranchResolution),
	}
}

func rulesList() []RuleInfo {
	const p = PartList
	return []RuleInfo{
		checkedRule(p, "ADM-01", citeForms12+", I.1", sureOf, rule.Block, "Trước khi có quyết định, chi bộ đưa người không còn đủ điều kiện ra khỏi danh sách; phải ghi lý do và ngày.", Unlist),
		knownRule(p, "ADM-02", citeNone, memory, UseKept, "Quy định không đặt thời gian ở trong danh sách; cấp ủy có thể tự đặt."),
		checkedRule(p, "ADM-10", citeForms12+", I.1", sureOf, rule.Block, "Chi bộ hằng tháng xem xét người được giới thiệu và ra nghị quyết đưa vào danh sách cảm tình đảng.", Introduce, List),
		knownRule(p, "ADM-11", citeStaff09, sureOf, UseRecorded, "Đảng ủy cơ sở hằng tháng xem đề nghị của chi bộ, điều chỉnh danh sách, đề nghị mở lớp."),
		checkedRule(p, "ADM-12", citeForms12+", I.1", memory, rule.Warn, "Người trong danh sách được phân công đảng viên chính thức giúp đỡ; chưa có thì nhắc khi ghi giấy chứng nhận.", AssignHelper, Certify),
		checkedRule(p, "ADM-13", citeRules24+", 3.2", memory, rule.Warn, "Người giúp đỡ chuyển đi, bị kỷ luật hoặc không tiếp tục được thì chi bộ phân công người khác, không cần đủ 12 tháng.", AssignHelper),
		knownRule(p, "DOC-10", citeStaff09, sureOf, UseRecorded, "Danh sách ghi nghị quyết, người giúp đỡ, việc được giao, nhận xét, ngày học lớp; không có mẫu riêng."),
	}
}

func rulesClass() []RuleInfo {
	const p = PartClass
	return []RuleInfo{
		checkedRule(p, "ADM-20", citeGuide01+", 3.1", sureOf, rule.Block, "Người vào Đảng học lớp nhận thức về Đảng và có giấy chứng nhận do nơi có thẩm quyền cấp.", Certify),
		knownRule(p, "ADM-21", citeNone, sureOf, UseKept, "Văn bản cũ ghi 5 năm thì hiểu là 60 tháng."),
		knownRule(p, "DOC-20", citeForms12, sureOf, UseRecorded, "Giấy chứng nhận ghi người học, lớp, nơi cấp, kết quả, số và ngày cấp."),
		fixedRule(p, "DL-20", citeGuide01+", 5.4", sureOf, "Giấy chứng nhận có giá trị 60 tháng từ ngày cấp; hết hạn trước ngày chi bộ họp thì phải học lại.", Certify, BranchResolution),
		checkedRule(p, "DL-21", citeGuide01+", 5.4", inferOf, rule.Warn, "Giá trị của giấy chứng nhận xét vào ngày chi bộ họp; hết hạn trước ngày quyết định thì nhắc.", Decide),
	}
}

func rulesDossier() []RuleInfo {
	const p = PartDossier
	return []RuleInfo{
		checkedRule(p, "ADM-30", citeGuide01+", 3.2", sureOf, rule.Block, "Người vào Đảng tự viết đơn, rồi khai lý lịch.", Apply),
		knownRule(p, "ADM-31", citeNone, memory, UseLeft, "Số bản của từng giấy do từng nơi đặt."),
		checkedRule(p, "DOC-01", citeForms12+", II.1.1", sureOf, rule.Block, "Hồ sơ trình chi bộ gồm giấy chứng nhận, đơn, lý lịch đã thẩm tra, giấy giới thiệu, nghị quyết đoàn thể, tổng hợp ý kiến; giấy không ghi ngày sau việc.", CompleteDossier),
		knownRule(p, "DOC-02", citeNone, sureOf, UseKept, "Văn bản được viết đầy đủ; bản in từ chương trình chỉ để giúp soạn."),
		knownRule(p, "DOC-30", citeForms12, sureOf, UseRecorded, "Đơn xin vào Đảng (1-KNĐ) do người vào Đảng tự viết."),
		knownRule(p, "DOC-31", citeGuide01+", 3.3", sureOf, UseRecorded, "Lý lịch (2-KNĐ) tự khai, không người khác viết thay, không tẩy xóa; chương trình không giữ các mục bí mật."),
		checkedRule(p, "DL-30", citeGuide01+", 5.4", memory, rule.Warn, "Giấy giới thiệu, nghị quyết đoàn thể, ý kiến nhận xét, thẩm tra bổ sung quá 12 tháng mà chi bộ chưa đề nghị được thì làm lại.", CompleteDossier, BranchResolution),
	}
}

func rulesVerify() []RuleInfo {
	const p = PartVerify
	return []RuleInfo{
		checkedRule(p, "ADM-40", citeGuide01+", 3.4", sureOf, rule.Block, "Thẩm tra người vào Đảng, cha mẹ hai bên hoặc người nuôi dưỡng, vợ hoặc chồng, con đã đủ năng lực hành vi.", SendVerification, ConcludeVerification),
		knownRule(p, "ADM-41", citeGuide01+", 3.4", sureOf, UseLeft, "Thẩm tra lịch sử chính trị, chính trị hiện nay, việc chấp hành đường lối và pháp luật; với người vào Đảng thêm phẩm chất."),
		checkedRule(p, "ADM-42", "HD 06-HD/TW, 3.4", memory, rule.Block, "Người thân đang là đảng viên và khai rõ thì không phải thẩm tra.", SendVerification, ConcludeVerification),
		checkedRule(p, "ADM-43", citeGuide01+", 3.4", sureOf, rule.Block, "Gửi công văn thẩm tra cùng lý lịch đến cấp ủy hoặc cơ quan nơi cần hỏi; phải ghi nơi được hỏi.", SendVerification),
		checkedRule(p, "ADM-44", citeGuide01+", 3.4", sureOf, rule.Block, "Có trả lời thì chi bộ nhận xét, cấp ủy cơ sở kết luận và chứng nhận lý lịch.", ConcludeVerification),
		fixedRule(p, "ADM-45", "QĐ 58-QĐ/TW (08/02/2022)", sureOf, "Có vấn đề chính trị thì dừng, chờ cấp có thẩm quyền kết luận mới xét tiếp.", Hold, Release, ConcludeVerification),
		knownRule(p, "ADM-46", "HD 06-HD/TW", sureOf, UseLeft, "Người thân bỏ sinh hoạt đảng không tự nó là lý do không xét."),
		knownRule(p, "ADM-47", "HD 06-HD/TW", sureOf, UseRecorded, "Lý lịch được đánh số, niêm phong khi chuyển đi."),
		checkedRule(p, "DL-40", citeGuide01+", 3.4", memory, rule.Block, "Nơi được hỏi trả lời trong 30 ngày làm việc từ khi nhận công văn, ngoài nước 90 ngày; ngày nhận chỉ ghi một lần.", ReceiveRequest),
		checkedRule(p, "DL-41", citeNone, memory, rule.Block, "Trả lời chậm thì nhắc và ghi lại; không có chế tài cho bên hỏi.", SendVerification),
		knownRule(p, "DOC-40", citeNone, sureOf, UseRecorded, "Công văn thẩm tra không có mẫu riêng."),
	}
}

func rulesIntroduce() []RuleInfo {
	const p = PartIntroduce
	return []RuleInfo{
		checkedRule(p, "ELI-20", citeRules24+", 3.2.1", sureOf, rule.Block, "Người giới thiệu là đảng viên chính thức, cùng công tác, học tập hoặc cư trú ít nhất 12 tháng trong cùng đơn vị.", BranchResolution),
		checkedRule(p, "ELI-21", charter4, sureOf, rule.Block, "Hai đảng viên chính thức giới thiệu; nơi có Đoàn hoặc Công đoàn thì ban chấp hành cơ sở và một đảng viên, nghị quyết có số.", Introduce),
		checkedRule(p, "ELI-22", "Điều lệ Đoàn", memory, rule.Warn, "Đoàn giới thiệu người trong tuổi đoàn, đến hết 30 tuổi.", Introduce),
		knownRule(p, "DOC-50", citeForms12, sureOf, UseRecorded, "Giấy giới thiệu người vào Đảng (3-KNĐ) do người giới thiệu viết và chịu trách nhiệm."),
		knownRule(p, "DOC-51", citeForms12, sureOf, UseRecorded, "Nghị quyết giới thiệu của Đoàn (4-KNĐ) hoặc Công đoàn (4A-KNĐ)."),
		knownRule(p, "DOC-52", citeForms12, sureOf, UseRecorded, "Tổng hợp ý kiến của các đoàn thể nơi sinh hoạt và cấp ủy nơi cư trú (5-KNĐ)."),
		knownRule(p, "ADM-50", citeGuide01, sureOf, UseLeft, "Trường hợp đặc biệt không bắt buộc ý kiến nơi cư trú; phải ghi lý do."),
	}
}
