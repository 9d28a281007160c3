package demo

import "ketnap/org"

// A trait says how a base organization does this year.
type trait int

const (
	normal trait = iota
	ahead        // has reached its plan already
	behind       // admits few
	idle         // has people on its list and proposes nobody
	barren       // has nobody left to admit
)

// A sketch is a base organization of the block before its branches are drawn.
type sketch struct {
	kind     org.Kind
	name     string
	members  int
	branches int // 0 for a chi bộ cơ sở
	trait    trait
}

// blockSketch is the invented block of Hải Sơn.
var blockSketch = []sketch{
	{org.University, "Trường Đại học Hải Sơn", 432, 27, normal},
	{org.PublicService, "Bệnh viện Đa khoa tỉnh", 396, 24, behind},
	{org.College, "Trường Cao đẳng Kỹ thuật Hải Sơn", 150, 11, normal},
	{org.Agency, "Sở Giáo dục và Đào tạo", 108, 7, ahead},
	{org.Agency, "Sở Nông nghiệp và Phát triển nông thôn", 214, 14, normal},
	{org.Agency, "Sở Y tế", 121, 8, normal},
	{org.Agency, "Sở Giao thông vận tải", 98, 8, idle},
	{org.Agency, "Sở Tài chính", 92, 7, normal},
	{org.Agency, "Sở Kế hoạch và Đầu tư", 74, 6, normal},
	{org.Agency, "Sở Xây dựng", 69, 6, normal},
	{org.Agency, "Sở Công Thương", 95, 7, behind},
	{org.Agency, "Sở Tài nguyên và Môi trường", 138, 9, normal},
	{org.Agency, "Sở Văn hóa và Thể thao", 112, 9, normal},
	{org.Agency, "Sở Lao động - Thương binh và Xã hội", 104, 8, normal},
	{org.Agency, "Sở Thông tin và Truyền thông", 58, 5, ahead},
	{org.Agency, "Văn phòng Ủy ban nhân dân tỉnh", 86, 7, normal},
	{org.Agency, "Cục Thuế tỉnh", 176, 11, behind},
	{org.Agency, "Cục Hải quan tỉnh", 82, 7, normal},
	{org.Agency, "Kho bạc Nhà nước tỉnh", 79, 6, normal},
	{org.Agency, "Cục Thi hành án dân sự tỉnh", 57, 5, normal},
	{org.Agency, "Tòa án nhân dân tỉnh", 61, 5, normal},
	{org.Agency, "Viện Kiểm sát nhân dân tỉnh", 66, 6, normal},
	{org.Agency, "Bảo hiểm xã hội tỉnh", 109, 8, normal},
	{org.Agency, "Ngân hàng Nhà nước chi nhánh tỉnh", 48, 4, normal},
	{org.PublicService, "Đài Phát thanh và Truyền hình Hải Sơn", 77, 6, behind},
	{org.PublicService, "Trung tâm Kiểm soát bệnh tật tỉnh", 93, 7, normal},
	{org.PublicService, "Bệnh viện Y học cổ truyền tỉnh", 72, 6, normal},
	{org.Vocational, "Trường Trung cấp Y tế Hải Sơn", 52, 4, normal},
	{org.UpperSecondary, "Trường THPT chuyên Lê Thánh Tông", 64, 5, ahead},
	{org.UpperSecondary, "Trường THPT Sơn Trung", 49, 4, normal},
	{org.Enterprise, "Công ty Điện lực Hải Sơn", 142, 10, normal},
	{org.Enterprise, "Công ty Cổ phần Cấp nước Hải Sơn", 83, 7, normal},
	{org.Enterprise, "Viễn thông Hải Sơn", 126, 9, ahead},
	{org.Enterprise, "Bưu điện tỉnh Hải Sơn", 88, 8, idle},
	{org.Enterprise, "Công ty Cảng Hải Sơn", 118, 9, normal},

	{org.UpperSecondary, "Trường THPT Hải Bình", 36, 0, idle},
	{org.UpperSecondary, "Trường THPT Nguyễn Trường Tộ", 33, 0, normal},
	{org.UpperSecondary, "Trường THPT Đông Sơn", 29, 0, behind},
	{org.Agency, "Sở Nội vụ", 39, 0, normal},
	{org.Agency, "Sở Tư pháp", 31, 0, normal},
	{org.Agency, "Sở Khoa học và Công nghệ", 38, 0, normal},
	{org.Agency, "Sở Du lịch", 24, 0, ahead},
	{org.Agency, "Sở Ngoại vụ", 19, 0, normal},
	{org.Agency, "Thanh tra tỉnh", 35, 0, normal},
	{org.Agency, "Ban Dân tộc tỉnh", 18, 0, idle},
	{org.Agency, "Ban Quản lý Khu kinh tế", 34, 0, normal},
	{org.Agency, "Văn phòng Hội đồng nhân dân tỉnh", 27, 0, normal},
	{org.Agency, "Ủy ban Mặt trận Tổ quốc tỉnh", 29, 0, normal},
	{org.Agency, "Tỉnh đoàn Hải Sơn", 33, 0, ahead},
	{org.Agency, "Liên đoàn Lao động tỉnh", 28, 0, normal},
	{org.Agency, "Hội Nông dân tỉnh", 22, 0, normal},
	{org.Agency, "Hội Liên hiệp Phụ nữ tỉnh", 24, 0, normal},
	{org.Agency, "Hội Cựu chiến binh tỉnh", 14, 0, barren},
	{org.Agency, "Cục Thống kê tỉnh", 32, 0, normal},
	{org.Agency, "Cục Quản lý thị trường tỉnh", 38, 0, behind},
	{org.Agency, "Hội Chữ thập đỏ tỉnh", 13, 0, normal},
	{org.Agency, "Liên minh Hợp tác xã tỉnh", 15, 0, normal},
	{org.PublicService, "Nhà văn hóa Thanh niên", 17, 0, barren},
	{org.PublicService, "Báo Hải Sơn", 36, 0, normal},
	{org.PublicService, "Thư viện tỉnh", 16, 0, normal},
	{org.PublicService, "Bảo tàng tỉnh", 18, 0, normal},
	{org.PublicService, "Trung tâm Khuyến nông tỉnh", 30, 0, idle},
	{org.PublicService, "Quỹ Bảo vệ môi trường tỉnh", 11, 0, normal},
	{org.PublicService, "Trung tâm Dịch vụ việc làm", 19, 0, normal},
	{org.Enterprise, "Ngân hàng Chính sách xã hội tỉnh", 37, 0, normal},
	{org.Enterprise, "Công ty Xổ số kiến thiết Hải Sơn", 26, 0, normal},
	{org.Enterprise, "Công ty Môi trường đô thị Hải Sơn", 34, 0, behind},
	{org.Enterprise, "Công ty Thủy nông Sơn Hà", 31, 0, normal},
	{org.Enterprise, "Công ty Sách và Thiết bị trường học", 14, 0, idle},
	{org.Enterprise, "Công ty Bảo hiểm Hải Sơn", 20, 0, normal},
}

// Names of branches by the kind of the organization; what is lacking is numbered.
var branchNames = map[org.Kind][]string{
	org.University: {"Khoa Kinh tế", "Khoa Sư phạm", "Khoa Ngoại ngữ", "Khoa Luật", "Khoa Lý luận chính trị", "Phòng Đào tạo",
		"Phòng Tổ chức - Hành chính", "Phòng Kế hoạch - Tài chính", "Phòng Công tác sinh viên", "Phòng Khoa học - Hợp tác", "Thư viện",
		"Trung tâm Ngoại ngữ - Tin học", "Trạm Y tế - Ký túc xá", "Sinh viên 1", "Sinh viên 2"},
	org.College:        {"Khoa Điện", "Khoa Cơ khí", "Khoa Công nghệ ô tô", "Khoa Công nghệ thông tin", "Khoa Du lịch", "Khoa Cơ bản", "Phòng Đào tạo", "Phòng Hành chính", "Phòng Công tác học sinh, sinh viên", "Xưởng thực hành", "Sinh viên"},
	org.Vocational:     {"Giáo viên", "Hành chính", "Khoa Điều dưỡng", "Khoa Dược"},
	org.UpperSecondary: {"Tổ Tự nhiên", "Tổ Xã hội", "Tổ Hành chính", "Học sinh", "Tổ Ngoại ngữ"},
	org.Agency: {"Văn phòng", "Thanh tra", "Tổ chức cán bộ", "Kế hoạch - Tài chính", "Pháp chế", "Nghiệp vụ 1", "Nghiệp vụ 2",
		"Quản lý hành nghề", "Trung tâm Thông tin", "Trung tâm Dịch vụ", "Chi cục 1", "Chi cục 2", "Chi cục 3", "Hưu trí"},
	org.PublicService: {"Khoa Nội", "Khoa Ngoại", "Khoa Nhi", "Khoa Sản", "Khoa Hồi sức", "Phòng Điều dưỡng", "Phòng Tổ chức", "Khoa Dược",
		"Khoa Xét nghiệm", "Khoa Chẩn đoán hình ảnh", "Khoa Khám bệnh", "Khoa Mắt", "Khoa Răng Hàm Mặt", "Khoa Tai Mũi Họng",
		"Khoa Truyền nhiễm", "Khoa Tim mạch", "Khoa Ung bướu", "Khoa Phục hồi chức năng", "Khoa Thận nhân tạo", "Khoa Cấp cứu",
		"Khoa Gây mê", "Phòng Kế hoạch tổng hợp", "Phòng Tài chính", "Phòng Hành chính"},
	org.Enterprise: {"Văn phòng", "Kỹ thuật", "Kinh doanh", "Tài chính - Kế toán", "Vận hành 1", "Vận hành 2", "Xí nghiệp 1", "Xí nghiệp 2", "Tổ Sửa chữa", "Tổng hợp"},
}

// Branches of the two sectional committees of the university (ORG-02).
var sections = []struct {
	name     string
	branches []string
}{
	{"Khối Kỹ thuật - Công nghệ", []string{"Khoa Điện - Điện tử", "Khoa Cơ khí", "Khoa Công nghệ thông tin", "Khoa Xây dựng", "Sinh viên Khối Kỹ thuật", "Xưởng thực hành"}},
	{"Khối Nông - Lâm", []string{"Khoa Nông học", "Khoa Lâm nghiệp", "Khoa Chăn nuôi", "Khoa Thủy sản", "Sinh viên Khối Nông - Lâm", "Trại thực nghiệm"}},
}

// mediaNames are for public services that are no hospital.
var mediaNames = []string{"Phòng Biên tập", "Phòng Kỹ thuật", "Phòng Hành chính", "Phòng Nghiệp vụ 1", "Phòng Nghiệp vụ 2", "Phòng Dịch vụ", "Phòng Tổng hợp"}
