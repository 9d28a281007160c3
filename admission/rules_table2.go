package admission

import "ketnap/rule"

func rulesBranch() []RuleInfo {
	const p = PartBranch
	return []RuleInfo{
		checkedRule(p, "ADM-60", citeForms12+", II.1.1", sureOf, rule.Block, "Chi bộ họp xét khi đủ hồ sơ; nghị quyết có số và kết quả biểu quyết.", BranchResolution),
		fixedRule(p, "VOT-01", charter4, sureOf, "Nghị quyết đề nghị kết nạp cần ít nhất hai phần ba số đảng viên chính thức; biểu quyết từng người.", BranchResolution, BallotFailed),
		knownRule(p, "VOT-03", citeGuide01+", 5.2", sureOf, UseKept, "Bỏ phiếu kín hoặc giơ thẻ do hội nghị chọn; đảng viên dự bị không biểu quyết."),
		checkedRule(p, "VOT-04", citeGuide01+", 5.2", sureOf, rule.Block, "Không đủ hai phần ba thì không ra nghị quyết; báo cáo toàn bộ kết quả với cấp ủy có thẩm quyền.", BallotFailed),
		knownRule(p, "DOC-60", citeForms12, sureOf, UseRecorded, "Nghị quyết đề nghị kết nạp của chi bộ (6-KNĐ) ghi số đảng viên, có mặt, vắng, kết luận và số phiếu."),
	}
}

func rulesAbove() []RuleInfo {
	const p = PartAbove
	return []RuleInfo{
		checkedRule(p, "ADM-70", citeGuide01+", 3.7", sureOf, rule.Block, "Nơi có đảng ủy bộ phận thì đảng ủy bộ phận thẩm định nghị quyết chi bộ trước, không quyết định.", Appraise, AppraiseRecognition, BaseResolution),
		fixedRule(p, "VOT-06", citeGuide01+", 3.7", sureOf, "Nghị quyết của đảng ủy cơ sở cần ít nhất hai phần ba số cấp ủy viên.", BaseResolution, Decide, BallotFailed),
		fixedRule(p, "VOT-07", charter4, memory, "Ban thường vụ quyết định khi hơn một nửa số ủy viên tán thành.", Decide, Recognize, Remove, BallotFailed),
		checkedRule(p, "VOT-08", charter4, memory, rule.Block, "Nghị quyết của chi bộ cơ sở gửi thẳng cấp ủy có thẩm quyền, không qua đảng ủy cơ sở.", BaseResolution, BaseRecognition),
		checkedRule(p, "DL-70", citeRules24+", 4.3.1", sureOf, rule.Block, "Quyết định trong 60 ngày làm việc từ ngày chi bộ có nghị quyết; đặc biệt gia hạn một lần không quá 30 ngày.", Extend),
		checkedRule(p, "DL-71", citeRules24+", 4.3.1", sureOf, rule.Warn, "Quyết định chậm không có lý do thì kiểm điểm trách nhiệm; hồ sơ không mất giá trị.", Decide),
		knownRule(p, "DL-72", citeRules24+", 4.3.1", sureOf, UseKept, "Thời gian ở đảng ủy bộ phận và đảng ủy cơ sở nằm trong thời hạn quyết định; thời gian được chia theo nơi giữ hồ sơ."),
		knownRule(p, "DOC-70", citeForms12, memory, UseRecorded, "Quyết định kết nạp đảng viên (9-KNĐ)."),
	}
}

func rulesCeremony() []RuleInfo {
	const p = PartCeremony
	return []RuleInfo{
		fixedRule(p, "DL-80", citeRules24+", 4.1", sureOf, "Làm lễ trong 30 ngày làm việc từ ngày nhận quyết định; quá hạn phải được cấp ủy cấp trên trực tiếp đồng ý bằng văn bản.", ReceiveDecision, Ceremony, Consent),
		knownRule(p, "DL-81", "QĐ 208-QĐ/TW, 4.1", memory, UseFigure, "Từ 26/7/2026 thời hạn làm lễ tính từ ngày ban hành quyết định."),
		checkedRule(p, "ADM-80", citeGuide01+", 3.8", sureOf, rule.Block, "Lễ kết nạp trang nghiêm, làm cho từng người, theo chương trình hướng dẫn.", Ceremony),
		knownRule(p, "ADM-81", charter5, sureOf, UseKept, "Ngày vào Đảng là ngày làm lễ; thời gian dự bị bắt đầu từ ngày đó."),
		checkedRule(p, "DL-82", citeForms12+", 2.2", sureOf, rule.Warn, "Trong 30 ngày làm việc từ ngày làm lễ, đảng viên mới khai lý lịch đảng viên.", FileMemberCV),
		checkedRule(p, "ADM-82", citeRules24+", 3.4", memory, rule.Block, "Kết nạp người không đủ tiêu chuẩn thì hủy quyết định; sai thẩm quyền, thủ tục mà người đủ điều kiện thì làm lại.", Annul),
	}
}

func rulesProbation() []RuleInfo {
	const p = PartProbation
	return []RuleInfo{
		knownRule(p, "DL-90", charter5, sureOf, UseFigure, "Thời gian dự bị 12 tháng từ ngày làm lễ; không gì làm thay đổi ngày này."),
		checkedRule(p, "ADM-90", citeGuide01+", 3.8", sureOf, rule.Block, "Chi bộ phân công người giúp đỡ đảng viên dự bị; đến khi có quyết định công nhận, đảng viên dự bị không biểu quyết, bầu cử, ứng cử.", Ceremony),
		knownRule(p, "ADM-91", "quy định về kỷ luật đảng", sureOf, UseLeft, "Đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo; không còn đủ tư cách thì xóa tên."),
		checkedRule(p, "ADM-92", citeGuide01+", 4.1", sureOf, rule.Warn, "Hồ sơ công nhận có giấy chứng nhận lớp đảng viên mới, cấp trong thời gian dự bị.", CompleteReview),
	}
}

func rulesRecognize() []RuleInfo {
	const p = PartRecognize
	return []RuleInfo{
		fixedRule(p, "DL-100", citeRules24+", 4.2.1", sureOf, "Chi bộ xét và đề nghị công nhận sau khi hết 12 tháng, trong 30 ngày làm việc; xét trước ngày đó không được.", ProposeRecognition, Recognize),
		checkedRule(p, "DL-101", citeRules24+", 4.3.1", sureOf, rule.Block, "Quyết định công nhận trong 30 ngày làm việc từ nghị quyết chi bộ; gia hạn một lần không quá 30 ngày.", Extend),
		checkedRule(p, "ADM-100", citeRules24+", 4.2.1", sureOf, rule.Warn, "Xét hoặc quyết định chậm thì đảng viên vẫn được công nhận từ ngày hết 12 tháng.", Recognize),
		fixedRule(p, "VOT-10", charter5, sureOf, "Công nhận và xóa tên biểu quyết như kết nạp: hai phần ba ở chi bộ và đảng ủy cơ sở.", ProposeRecognition, BaseRecognition, ProposeRemoval, BallotFailed),
		checkedRule(p, "VOT-11", citeRules24+", 4.2", sureOf, rule.Warn, "Ba lần không đủ hai phần ba về công nhận hoặc xóa tên thì báo cáo cấp trên xem xét, quyết định.", ProposeRecognition, BaseRecognition, ProposeRemoval, BallotFailed),
		checkedRule(p, "ADM-101", citeRules24+", 4.2", sureOf, rule.Block, "Không đủ tư cách thì chi bộ đề nghị xóa tên; không kéo dài thời gian dự bị.", ProposeRemoval, Remove),
		knownRule(p, "DL-102", citeRules24, memory, UseLeft, "Khiếu nại việc xóa tên trong 30 ngày làm việc; cấp ủy trả lời trong 90 hoặc 180 ngày."),
		checkedRule(p, "DOC-100", citeGuide01+", 4.1", sureOf, rule.Block, "Bản tự kiểm điểm (10-KNĐ) và các giấy của bộ hồ sơ công nhận lập sau lễ; tự kiểm điểm viết sau 12 tháng.", CompleteReview),
		knownRule(p, "DOC-101", citeGuide01+", 4.1", sureOf, UseRecorded, "Nhận xét của người giúp đỡ (11-KNĐ)."),
		knownRule(p, "DOC-102", citeGuide01+", 4.1", sureOf, UseRecorded, "Tổng hợp ý kiến đoàn thể và nơi cư trú (12-KNĐ)."),
		knownRule(p, "DOC-103", citeForms12, sureOf, UseRecorded, "Nghị quyết đề nghị công nhận của chi bộ (13-KNĐ)."),
		checkedRule(p, "DOC-104", citeGuide01+", 4", memory, rule.Block, "Trước quyết định công nhận (16-KNĐ) có thẩm định của đảng ủy bộ phận (14-KNĐ) và nghị quyết của đảng ủy cơ sở (15-KNĐ), nơi có các cấp đó.", AppraiseRecognition, BaseRecognition, Recognize),
		knownRule(p, "ADM-102", citeGuide01+", 4", sureOf, UseKept, "Ngày chính thức là ngày hết 12 tháng; tuổi đảng tính từ ngày ghi trong quyết định kết nạp."),
	}
}

func rulesAside() []RuleInfo {
	const p = PartAside
	return []RuleInfo{
		checkedRule(p, "ADM-71", citeRules24+", 4.3.1", sureOf, rule.Block, "Không đồng ý kết nạp thì thông báo bằng văn bản, có lý do; người đó ở lại danh sách hoặc hồ sơ kết thúc.", Refuse),
		checkedRule(p, "ADM-117", citeNone, inferOf, rule.Block, "Người vào Đảng mất, bị truy tố hoặc vì lý do khác không xét nữa thì kết thúc hồ sơ, ghi lý do.", Close),
		knownRule(p, "ADM-120", citeRules24+", 4.2", sureOf, UseKept, "Chi bộ biểu quyết kết nạp chưa đủ thì kỳ sau có thể biểu quyết lại; không giới hạn số lần."),
		knownRule(p, "ADM-121", citeGuide01+", 5.2", sureOf, UseKept, "Đảng ủy cơ sở biểu quyết không đủ thì báo cáo cấp có thẩm quyền, hoặc trả chi bộ bổ sung."),
		checkedRule(p, "ADM-122", citeGuide01+", 3.7", inferOf, rule.Block, "Trả hồ sơ để bổ sung phải có lý do; thời hạn quyết định vẫn chạy.", Return),
		knownRule(p, "ADM-123", citeGuide01+", 5.4", sureOf, UseKept, "Giấy chứng nhận hết hạn trước khi họp thì học lại; giấy khác dưới 12 tháng vẫn dùng."),
		checkedRule(p, "ADM-124", "QĐ 58-QĐ/TW (08/02/2022)", sureOf, rule.Block, "Kết luận chính trị không cho xét thì hồ sơ kết thúc; nội dung không ghi vào chương trình.", Close),
		checkedRule(p, "ADM-125", citeForms12+", I.1", inferOf, rule.Block, "Người vào Đảng xin rút lúc nào cũng được trước khi có quyết định; ghi lý do.", Withdraw),
	}
}

func rulesTransfer() []RuleInfo {
	const p = PartTransfer
	return []RuleInfo{
		knownRule(p, "ADM-110", citeGuide01+", 6.2", sureOf, UseLeft, "Người đi học tập trung hoặc biệt phái từ 12 tháng thì nơi đến xét; nơi cử và nơi cư trú nhận xét."),
		knownRule(p, "ADM-111", citeGuide01+", 6.2", memory, UseLeft, "Người lao động hợp đồng liên tục từ 12 tháng thì nơi làm việc xét."),
		checkedRule(p, "ADM-112", citeNone, sureOf, rule.Block, "Học sinh, sinh viên đã ra trường thì trường không còn thẩm quyền xét; chuyển hồ sơ.", LeaveSchool, BranchResolution),
		knownRule(p, "ADM-113", citeGuide01+", 6.2", sureOf, UseLeft, "Nơi tạm trú theo dõi, nhận xét; chi bộ gốc xét."),
		checkedRule(p, "ADM-114", citeRules24+", 3.3", memory, rule.Block, "Chuyển đơn vị thì hồ sơ gửi đến nơi nhận; chi bộ nhận phân công người giúp đỡ và làm tiếp.", Transfer),
		checkedRule(p, "ADM-115", citeRules24+", 6.3.1", sureOf, rule.Warn, "Đảng viên dự bị chuyển đi làm thủ tục chuyển sinh hoạt trong 60 ngày làm việc.", ReceiveTransfer),
		knownRule(p, "ADM-116", "HD 06-HD/TW", sureOf, UseLeft, "Thời gian ở nước ngoài được khai, thẩm tra theo thời hạn ngoài nước."),
	}
}

func rulesReport() []RuleInfo {
	const p = PartReport
	return []RuleInfo{
		knownRule(p, "REP-01", "HD 11-HD/BTCTW (13/12/2021)", memory, UseLeft, "Biểu thống kê theo hướng dẫn hiện hành của Ban Tổ chức Trung ương."),
		knownRule(p, "REP-02", "CV 708-CV/ĐUK", sureOf, UseKept, "Báo cáo theo tháng, quý, sáu tháng, năm."),
		knownRule(p, "REP-03", citeNone, sureOf, UseLeft, "Báo cáo chia theo giới, độ tuổi, nghề nghiệp, trình độ."),
		knownRule(p, "REP-04", citeNone, inferOf, UseKept, "Theo dõi giấy sắp hết hạn, hồ sơ quá hạn, đơn vị có nguồn mà không kết nạp."),
		knownRule(p, "REP-05", citeNone, memory, UseKept, "Tính là đã kết nạp theo ngày quyết định hoặc ngày làm lễ, do cấp ủy chọn và ghi trên từng bảng."),
		knownRule(p, "REP-06", "CV 708-CV/ĐUK, mục 2", sureOf, UseKept, "Chỉ tiêu hằng năm của các trường theo công văn."),
		knownRule(p, "REP-07", "CV 708-CV/ĐUK, mục 1", sureOf, UseKept, "Có nguồn mà không đạt chỉ tiêu thì không xếp loại hoàn thành xuất sắc nhiệm vụ."),
		knownRule(p, "REP-08", "CV 708-CV/ĐUK", sureOf, UseRecorded, "Các văn bản mà công văn căn cứ."),
	}
}

func rulesSecret() []RuleInfo {
	const p = PartSecret
	return []RuleInfo{
		knownRule(p, "SEC-01", citeRules24+", 6.2.4", sureOf, UseKept, "Hồ sơ đảng viên là tài liệu mật, không tự ý sửa chữa; việc ghi nhầm được hủy bằng việc mới, không xóa."),
		knownRule(p, "SEC-02", citeRules24+", 6.2", sureOf, UseRecorded, "Cấp ủy cơ sở giữ hồ sơ."),
		knownRule(p, "SEC-03", citeGuide01+", 8", sureOf, UseKept, "Ghi sổ giao nhận, mượn đọc; chương trình ghi mọi lần xuất danh sách."),
		knownRule(p, "SEC-04", citeGuide01+", 8.2", sureOf, UseLeft, "Hồ sơ chuyển đi được niêm phong."),
		knownRule(p, "SEC-05", "QĐ 1630/QĐ-TTg (30/7/2025)", sureOf, UseKept, "Bí mật nhà nước không đưa vào chương trình."),
		knownRule(p, "SEC-06", "CV 1361-CV/BTCTW (30/6/2026)", memory, UseKept, "Chỉ giữ ngày, số, trạng thái và nơi giữ; không đưa hồ sơ lên dịch vụ bên ngoài."),
		knownRule(p, "SEC-07", "Luật 91/2025/QH15", sureOf, UseKept, "Dữ liệu nhạy cảm chỉ thu khi cần và có quyền riêng."),
		knownRule(p, "SEC-08", citeNone, inferOf, UseKept, "Mỗi vai chỉ thấy phần việc của mình trong đơn vị được giao."),
		knownRule(p, "SEC-09", citeNone, inferOf, UseKept, "Chỉ giữ tổng số phiếu, không giữ ai bỏ phiếu thế nào."),
	}
}

func rulesArithmetic() []RuleInfo {
	const p = PartArithmetic
	return []RuleInfo{
		knownRule(p, "CAL-01", citeNone, inferOf, UseKept, "Ngày làm việc là thứ Hai đến thứ Sáu, trừ ngày nghỉ lễ và nghỉ bù, thêm thứ Bảy làm bù."),
		knownRule(p, "CAL-02", "Bộ luật Dân sự", memory, UseKept, "Không tính ngày bắt đầu; hạn là hết ngày làm việc thứ n sau đó."),
		knownRule(p, "CAL-03", "Bộ luật Dân sự", sureOf, UseKept, "Tính tháng theo ngày tương ứng; tháng không có ngày đó thì là ngày cuối tháng."),
		knownRule(p, "CAL-04", citeNone, inferOf, UseKept, "Thời hạn theo tháng là sự kiện, không dời vì ngày nghỉ."),
		knownRule(p, "CAL-05", "thông báo nghỉ lễ hằng năm", sureOf, UseKept, "Lịch nghỉ theo thông báo từng năm; năm chưa thông báo thì tạm tính."),
	}
}
