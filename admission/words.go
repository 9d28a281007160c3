package admission

import "fmt"

// Words returns the stage as Party offices call it.
func (s Stage) Words() string { return stageWords[s] }

var stageWords = map[Stage]string{
	New: "mới mở hồ sơ", Outstanding: "quần chúng ưu tú", Listed: "cảm tình đảng",
	Certified: "có giấy chứng nhận", Applying: "làm hồ sơ", Verifying: "đang thẩm tra",
	Verified: "đã kết luận lý lịch", Held: "vướng mắc lý lịch, chờ kết luận", Ready: "chờ chi bộ họp",
	BranchResolved: "chi bộ đã đề nghị", Appraised: "đảng ủy bộ phận đã thẩm định",
	BaseResolved: "chờ quyết định", Decided: "chờ lễ kết nạp", Probationary: "đảng viên dự bị",
	ReviewReady: "đủ hồ sơ công nhận", RecognitionProposed: "chi bộ đã đề nghị công nhận",
	RecognitionAppraised: "chờ quyết định công nhận", Official: "đảng viên chính thức",
	RemovalProposed: "đề nghị xóa tên", Removed: "đã xóa tên", Withdrawn: "đã xin rút", Closed: "đã kết thúc",
	Suspended: "tạm dừng xem xét",
}

// Words returns the act as a person would ask for it.
func (c Code) Words() string {
	if w, ok := actWords[c]; ok {
		return w
	}
	return string(c)
}

var actWords = map[Code]string{
	Introduce: "Giới thiệu quần chúng ưu tú", List: "Đưa vào danh sách cảm tình đảng",
	AssignHelper: "Phân công đảng viên giúp đỡ", Certify: "Ghi giấy chứng nhận lớp nhận thức về Đảng",
	Apply: "Nhận đơn và lý lịch", SendVerification: "Gửi thẩm tra lý lịch",
	ReceiveRequest: "Ghi nơi thẩm tra đã nhận công văn", ConcludeVerification: "Kết luận thẩm tra lý lịch",
	Hold: "Tạm dừng vì vướng mắc lý lịch", Release: "Tiếp tục sau kết luận",
	CompleteDossier: "Hoàn thành hồ sơ trình chi bộ", BranchResolution: "Ghi nghị quyết chi bộ đề nghị kết nạp",
	Appraise: "Ghi báo cáo thẩm định của đảng ủy bộ phận", BaseResolution: "Ghi nghị quyết đảng ủy cơ sở",
	Decide: "Ghi quyết định kết nạp", ReceiveDecision: "Ghi ngày nhận quyết định", Ceremony: "Ghi lễ kết nạp",
	CompleteReview: "Hoàn thành hồ sơ công nhận chính thức", ProposeRecognition: "Ghi nghị quyết đề nghị công nhận chính thức",
	AppraiseRecognition: "Ghi thẩm định đề nghị công nhận", BaseRecognition: "Ghi nghị quyết đảng ủy cơ sở về công nhận",
	Recognize: "Ghi quyết định công nhận chính thức", ProposeRemoval: "Đề nghị xóa tên", Remove: "Ghi quyết định xóa tên",
	BallotFailed: "Biểu quyết không đạt", Extend: "Gia hạn", Consent: "Ghi văn bản đồng ý của cấp trên",
	Return: "Trả lại để bổ sung", Refuse: "Không đồng ý kết nạp", Transfer: "Chuyển đơn vị",
	FileMemberCV: "Ghi đã lập lý lịch đảng viên", LeaveSchool: "Ghi người này đã ra trường",
	ReceiveTransfer: "Ghi đã tiếp nhận sinh hoạt đảng", Suspend: "Tạm dừng xem xét hồ sơ", Resume: "Xem xét tiếp hồ sơ đã tạm dừng",
	Annul:    "Hủy quyết định kết nạp không đúng",
	Withdraw: "Ghi người xin rút", Unlist: "Đưa ra khỏi danh sách", Close: "Kết thúc hồ sơ", Void: "Hủy việc ghi nhầm",
}

// Words returns the name of a form.
func (p PaperCode) Words() string { return paperWords[p] }

var paperWords = map[PaperCode]string{
	PaperCertificate: "Giấy chứng nhận lớp nhận thức về Đảng", PaperApplication: "Đơn xin vào Đảng",
	PaperCV: "Lý lịch của người xin vào Đảng", PaperIntroducer: "Giấy giới thiệu của đảng viên",
	PaperIntroducer2: "Giấy giới thiệu của đảng viên thứ hai", PaperYouth: "Nghị quyết giới thiệu của Đoàn",
	PaperTrade: "Nghị quyết giới thiệu của Công đoàn", PaperOpinions: "Tổng hợp ý kiến nhận xét",
	PaperBranch: "Nghị quyết của chi bộ", PaperAppraisal: "Báo cáo thẩm định của đảng ủy bộ phận",
	PaperBase: "Nghị quyết của đảng ủy cơ sở", PaperDecision: "Quyết định kết nạp",
	PaperSelfReview: "Bản tự kiểm điểm", PaperHelper: "Nhận xét của người giúp đỡ",
	PaperOpinions2: "Tổng hợp ý kiến nhận xét đảng viên dự bị", PaperNewMember: "Giấy chứng nhận lớp đảng viên mới",
	PaperProposal: "Nghị quyết đề nghị công nhận của chi bộ", PaperAppraisal2: "Thẩm định của đảng ủy bộ phận",
	PaperBase2: "Nghị quyết của đảng ủy cơ sở về công nhận", PaperRecognition: "Quyết định công nhận chính thức",
	PaperMemberCV: "Lý lịch đảng viên",
}

// needs is the sentence about a vote that fell short: what was needed, of whom, and what came.
func needs(needed int, th Threshold, members int, who string, got int) string {
	return fmt.Sprintf("Cần ít nhất %d phiếu (%s của %d %s); mới có %d.", needed, th.Share(), members, who, got)
}
