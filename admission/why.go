package admission

// Why returns in one sentence why a step waits, with the clause, for the list of tasks.
// rule is the one that limits the step.
func Why(act Code, rule string) (sentence, cite string) {
	if rule == termUndecided {
		return "Đã ba lần biểu quyết không đủ phiếu về công nhận hoặc xóa tên; cấp ủy có thẩm quyền xem xét, quyết định.", citeUndecided
	}
	if w, ok := whys[act]; ok {
		if rule == termCertificate && act == BranchResolution {
			return "Hồ sơ đủ; giấy chứng nhận lớp nhận thức sắp hết giá trị, hết hạn thì phải học lại trước khi xét.", "HD 01-HD/TW, 5.4"
		}
		if rule == termCertificate && act == Certify {
			return "Giấy chứng nhận đã quá 60 tháng: phải học lại và có giấy mới trước khi chi bộ xét; giấy tờ khác còn trong 12 tháng thì giữ.", "HD 01-HD/TW, 5.4"
		}
		return w.text, w.cite
	}
	t, _ := table(act)
	return "", t.cite
}

type why struct{ text, cite string }

var whys = map[Code]why{
	Introduce:            {"Đã mở hồ sơ; Đoàn, Công đoàn hoặc đảng viên giới thiệu thì mới đưa vào danh sách nguồn.", "HD 12-HD/BTCTW, I.1"},
	List:                 {"Đã được giới thiệu; chi bộ xem xét hằng tháng, có nghị quyết thì đưa vào danh sách cảm tình đảng.", "HD 12-HD/BTCTW, I.1"},
	AssignHelper:         {"Chưa có đảng viên chính thức được phân công giúp đỡ.", "HD 12-HD/BTCTW, I.1"},
	Certify:              {"Cần học lớp nhận thức về Đảng và có giấy chứng nhận còn trong 60 tháng.", "HD 01-HD/TW, 3.1"},
	Apply:                {"Đã có giấy chứng nhận; người vào Đảng tự viết đơn rồi khai lý lịch.", "HD 01-HD/TW, 3.2"},
	SendVerification:     {"Đã có đơn và lý lịch; gửi công văn thẩm tra đến cấp ủy nơi cần hỏi.", "HD 01-HD/TW, 3.4"},
	ReceiveRequest:       {"Từ ngày nơi được hỏi nhận công văn, phải trả lời trong 30 ngày làm việc (ngoài nước 90).", "HD 01-HD/TW, 3.4"},
	ConcludeVerification: {"Nơi được hỏi phải trả lời trong 30 ngày làm việc; quá hạn thì nhắc.", "HD 01-HD/TW, 3.4"},
	Release:              {"Đang vướng mắc về chính trị: cấp có thẩm quyền kết luận thì mới xét tiếp.", "QĐ 58-QĐ/TW"},
	CompleteDossier:      {"Lý lịch đã kết luận; còn giấy giới thiệu, nghị quyết đoàn thể và tổng hợp ý kiến.", "HD 12-HD/BTCTW, II.1.1"},
	BranchResolution:     {"Hồ sơ đủ; giấy giới thiệu, nghị quyết đoàn thể và ý kiến nhận xét chỉ dùng trong 12 tháng.", "HD 01-HD/TW, 5.4"},
	Appraise:             {"Đảng ủy bộ phận thẩm định nghị quyết chi bộ; thời gian này nằm trong 60 ngày làm việc.", "QĐ 24-QĐ/TW, 4.3.1"},
	BaseResolution:       {"Đảng ủy cơ sở ra nghị quyết; thời gian này nằm trong 60 ngày làm việc từ nghị quyết chi bộ.", "QĐ 24-QĐ/TW, 4.3.1"},
	Decide:               {"Cấp ủy có thẩm quyền quyết định trong 60 ngày làm việc từ ngày chi bộ có nghị quyết.", "QĐ 24-QĐ/TW, 4.3.1"},
	ReceiveDecision:      {"Đã có quyết định kết nạp; ngày chi bộ nhận là ngày bắt đầu tính hạn làm lễ.", "QĐ 24-QĐ/TW, 4.1"},
	Ceremony:             {"Làm lễ trong 30 ngày làm việc từ ngày nhận quyết định; quá hạn phải được cấp trên đồng ý.", "QĐ 24-QĐ/TW, 4.1"},
	Consent:              {"Đã quá hạn làm lễ: chi bộ báo cáo, cấp ủy cấp trên trực tiếp đồng ý bằng văn bản thì mới làm lễ.", "QĐ 24-QĐ/TW, 4.1"},
	CompleteReview:       {"Hết 12 tháng dự bị cần bản tự kiểm điểm, nhận xét của người giúp đỡ, ý kiến đoàn thể và nơi cư trú.", "HD 01-HD/TW, 4.1"},
	ProposeRecognition:   {"Trong 30 ngày làm việc từ khi hết 12 tháng dự bị, chi bộ xét và đề nghị công nhận.", "QĐ 24-QĐ/TW, 4.2.1"},
	AppraiseRecognition:  {"Đảng ủy bộ phận thẩm định đề nghị công nhận.", "HD 01-HD/TW, 4"},
	BaseRecognition:      {"Đảng ủy cơ sở ra nghị quyết về công nhận đảng viên chính thức.", "HD 01-HD/TW, 4"},
	Recognize:            {"Cấp ủy có thẩm quyền quyết định trong 30 ngày làm việc từ nghị quyết chi bộ.", "QĐ 24-QĐ/TW, 4.3.1"},
	Remove:               {"Chi bộ đã đề nghị xóa tên; cấp ủy có thẩm quyền quyết định.", "QĐ 24-QĐ/TW, 4.2"},
	FileMemberCV:         {"Trong 30 ngày làm việc từ ngày làm lễ, đảng viên mới lập lý lịch đảng viên (mẫu 1-HSĐV).", "HD 12-HD/BTCTW, 2.2"},
	ReceiveTransfer:      {"Đảng viên dự bị nộp giấy giới thiệu cho chi ủy nơi đến trong 30 ngày làm việc; thủ tục chuyển xong trong 60 ngày làm việc.", "QĐ 24-QĐ/TW, 6.3.1"},
	Transfer:             {"Người này đã ra trường: chi bộ nhà trường không còn thẩm quyền xét, phải chuyển hồ sơ đến nơi mới.", "HD 01-HD/TW, 6.2"},
	Resume:               {"Hồ sơ đang tạm dừng; hết lý do tạm dừng thì xem xét tiếp. Các thời hạn vẫn chạy.", "HD 12-HD/BTCTW, I.1"},
}
