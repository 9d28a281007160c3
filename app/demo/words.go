package demo

// Places that are asked in a verification.
var places = []string{"Đảng ủy phường Trung Tâm", "Đảng ủy phường Bắc Hải", "Đảng ủy phường Nam Hải", "Đảng ủy xã Hải Bình", "Đảng ủy xã Hải Ninh",
	"Đảng ủy xã Sơn Thủy", "Đảng ủy xã Sơn Trung", "Đảng ủy xã An Phú", "Đảng ủy xã Tân Hải", "Đảng ủy thị trấn Đông Sơn", "Đảng ủy xã Phú Lộc", "Đảng ủy xã Vạn Hải"}

// Reasons that acts beside the road give. They name no background of a person.
var (
	leftOut = []string{"Không tính 01 đảng viên được miễn công tác và sinh hoạt đảng.", "Không tính 01 đảng viên đang đi học tập trung dài hạn.",
		"Không tính 01 đảng viên đã giới thiệu sinh hoạt đảng tạm thời nơi khác."}
	withdrawals = []string{"Chuyển công tác sang đơn vị ngoài tỉnh, xin rút hồ sơ.", "Hết hợp đồng lao động, xin rút.", "Xin rút để tập trung học tập, khi nào sẵn sàng sẽ nộp lại đơn.",
		"Hoàn cảnh gia đình chưa thu xếp được, xin rút."}
	unlistings = []string{"Chuyển công tác; chi bộ đưa ra khỏi danh sách.", "Chưa tích cực rèn luyện sau hai kỳ nhận xét; chi bộ đưa ra khỏi danh sách.",
		"Ra trường, không còn sinh hoạt tại chi bộ.", "Nghỉ việc dài hạn không lương."}
	holds    = []string{"Có nội dung lý lịch cần cấp ủy có thẩm quyền kết luận.", "Chờ kết luận của cấp ủy có thẩm quyền về một nội dung của lý lịch."}
	releases = []string{"Cấp ủy có thẩm quyền đã kết luận đủ điều kiện xem xét tiếp."}
	returns  = []string{"Tổng hợp ý kiến nơi cư trú thiếu chữ ký xác nhận; bổ sung rồi trình lại.", "Biên bản họp chi bộ ghi chưa rõ số phiếu; họp lại và trình lại.",
		"Giấy giới thiệu ghi thiếu phần nhận xét ưu, khuyết điểm; bổ sung."}
	refusals   = []string{"Cần tiếp tục bồi dưỡng, rèn luyện thêm rồi xem xét.", "Chưa bảo đảm thời gian rèn luyện theo ý kiến của ban thường vụ."}
	closures   = []string{"Người được kết nạp đi nước ngoài dài hạn trước ngày làm lễ, không tổ chức lễ được.", "Chuyển ra ngoài đảng bộ, hồ sơ bàn giao cho nơi mới lập lại từ đầu."}
	extensions = []string{"Ban Thường vụ bố trí lại lịch họp do đại hội đoàn thể; gia hạn một lần.", "Chờ bổ sung ý kiến của nơi làm việc trước đây; gia hạn một lần."}
	mistakes   = []string{"Ghi nhầm ngày họp, ghi lại cho đúng biên bản.", "Ghi nhầm sang hồ sơ của người khác cùng tên.", "Ghi nhầm số nghị quyết."}
)

// What is said where a helper is replaced, and where a file is suspended.
const (
	helperMoved = "Đồng chí được phân công trước chuyển công tác."
	suspension  = "Chờ kết luận của cơ quan có thẩm quyền."
)

// Reasons for a change of a plan, downward and upward.
var (
	cuts = []string{"Đơn vị tinh giản biên chế, số người trong độ tuổi giảm so với đầu năm.", "Ba quần chúng trong nguồn chuyển công tác khỏi đơn vị.",
		"Điều chỉnh theo kết quả rà soát nguồn 6 tháng đầu năm."}
	raises   = []string{"Rà soát nguồn quý I tăng so với đăng ký; đơn vị đề nghị nâng chỉ tiêu.", "Điều chỉnh sau khi tiếp nhận thêm một phòng chuyên môn."}
	proposes = []string{"Rà soát nguồn cuối năm: số quần chúng có chứng nhận và hồ sơ đang làm đủ cho con số này.",
		"Chi bộ đã phân công đảng viên giúp đỡ, dự kiến xong thẩm tra trong quý II.", "Đoàn thanh niên giới thiệu thêm đoàn viên ưu tú so với năm trước."}
)

// works are measures of plans: what, who, and by which month.
var works = []struct {
	text, owner string
	month       int
}{
	{"Rà soát danh sách quần chúng ưu tú, bổ sung vào nguồn.", "Bí thư các chi bộ trực thuộc", 3},
	{"Cử quần chúng tham gia lớp bồi dưỡng nhận thức về Đảng.", "Phó Bí thư phụ trách tổ chức", 5},
	{"Phân công đảng viên chính thức giúp đỡ từng quần chúng trong nguồn.", "Chi ủy các chi bộ", 4},
	{"Hội nghị chuyên đề về phát triển đảng viên trong đoàn viên, học sinh, sinh viên.", "Ban Thường vụ Đảng ủy", 6},
	{"Hoàn tất thẩm tra lý lịch các hồ sơ đủ điều kiện.", "Văn phòng Đảng ủy", 8},
	{"Sơ kết 9 tháng, làm việc với chi bộ chưa kết nạp được đảng viên.", "Ủy viên Ban Thường vụ được phân công", 9},
	{"Kiểm điểm kết quả năm, đề nghị chỉ tiêu năm sau.", "Bí thư cấp ủy", 12},
}
