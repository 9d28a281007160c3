package knd

import (
	"fmt"

	"ketnap/document"
)

// personal gives a paper that a person writes its place and the place of the signature.
// The name stays free: who writes by hand signs by hand.
func (p *paper) personal(signer string) {
	p.doc.Place = p.Branch.Place
	p.doc.Signatures = []document.Signature{{Title: signer}}
}

func note(text string) document.Block {
	return document.Block{Kind: document.Paragraph, Text: []document.Span{{Text: text, Italic: true}}}
}

func lines(n int) document.Block { return document.Block{Kind: document.Lines, Count: n} }

// addressed is to whom the person writes: chi ủy and the committee above (DOC-30).
func (p *paper) addressed() {
	p.doc.To = []string{"Chi ủy " + p.branchName()}
	for _, l := range []level{baseLevel, competentLevel} {
		if clean(p.body(l).Name) != "" {
			p.doc.To = append(p.doc.To, p.named(l))
			return
		}
	}
}

// application is the guide of 1-KNĐ (DOC-30).
func application(p *paper) {
	p.title("ĐƠN XIN VÀO ĐẢNG", "")
	p.personal("NGƯỜI LÀM ĐƠN")
	p.addressed()
	p.add(note("Người xin vào Đảng tự viết đơn bằng tay, trình bày nhận thức của mình về mục đích, lý tưởng của Đảng và động cơ xin vào Đảng."))
	p.add(
		field("Tôi là", p.Person.Name), dayField("Ngày sinh", p.Person.Birth), field("Nơi sinh", p.Person.BirthPlace),
		field("Quê quán", p.Person.Hometown), field("Dân tộc", p.Person.Ethnicity), field("Tôn giáo", p.Person.Religion),
		field("Trình độ học vấn", p.Person.Education), field("Nơi cư trú", p.Person.Residence),
		field("Nghề nghiệp", p.Person.Occupation), field("Đơn vị công tác, học tập", ""),
		field("Được kết nạp vào Đoàn TNCS Hồ Chí Minh (ngày, nơi)", ""), field("Được giới thiệu vào Đảng bởi", ""),
	)
	if p.Readmission {
		p.add(field("Được kết nạp vào Đảng lần thứ nhất (ngày, nơi)", ""), field("Ra khỏi Đảng (ngày, lý do)", ""))
	}
	p.add(written("Nhận thức của tôi về mục đích, lý tưởng của Đảng", "", 5)...)
	p.add(written("Động cơ xin vào Đảng và lời hứa", "", 5)...)
}

// selfReview is the guide of 10-KNĐ (DOC-100).
func selfReview(p *paper) {
	p.title("BẢN TỰ KIỂM ĐIỂM", "của đảng viên dự bị")
	p.personal("ĐẢNG VIÊN DỰ BỊ")
	p.addressed()
	p.add(note("Đảng viên dự bị tự viết bằng tay sau khi hết 12 tháng kể từ ngày kết nạp."))
	p.add(field("Tôi là", p.Person.Name), dayField("Ngày sinh", p.Person.Birth))
	p.probation()
	p.add(field("Đang sinh hoạt tại", p.branchName()))
	p.add(written("1. Ưu điểm", "", 4)...)
	p.add(written("2. Khuyết điểm", "", 3)...)
	p.add(written("3. Thực hiện nhiệm vụ đảng viên và nhiệm vụ được giao", "", 4)...)
	p.add(written("4. Biện pháp khắc phục khuyết điểm", "", 3)...)
	p.add(para("Đề nghị chi bộ xét, đề nghị công nhận tôi là đảng viên chính thức."))
}

// memberCV is the guide of 1-HSĐV. It begins the member's own file, which is secret
// (SEC-01): only what the admission itself made known is printed.
func memberCV(p *paper) {
	p.title("LÝ LỊCH ĐẢNG VIÊN", "")
	p.personal("NGƯỜI KHAI")
	text := "Đảng viên mới tự khai bằng tay vào mẫu in sẵn"
	if t, err := regulation(p.Sets).Term("DL-82", p.day); err == nil {
		text += ", trong " + amount(t.Term) + " kể từ ngày tổ chức lễ kết nạp"
	}
	p.add(note(text + ". Bản này chỉ ghi những điều đã có trong hồ sơ kết nạp."))
	p.add(p.personFields("Họ và tên")...)
	p.add(field("Đang sinh hoạt tại", p.branchName()))
	p.probation()
	decided := ""
	if !p.road.Decided.IsZero() {
		decided = p.decisionOf()
	}
	p.add(field("Theo quyết định", decided))
	p.add(document.Block{Kind: document.Paragraph, Text: []document.Span{{Text: "Các mục khác:"}, {Text: " (" + byHand + ")", Italic: true}}}, lines(4))
}

// probation are the days between which the person is on probation.
func (p *paper) probation() {
	p.add(dayField("Được "+p.admit()+" vào Đảng ngày", p.road.Ceremony), dayField("Hết 12 tháng dự bị ngày", p.official()))
}

// A cvItem is an item of 2-KNĐ. Closed ones are never filled by us (SEC-06): what they
// say is kept on paper only.
type cvItem struct {
	label  string
	value  string
	lines  int  // lines to write on; 0 for a field
	closed bool // written by hand only
	verify bool // written by the committees
}

// Remarks at the items that are written on paper only.
const (
	byHand      = "tự khai bằng tay"
	byCommittee = "cấp ủy ghi bằng tay"
)

// curriculum is the guide of 2-KNĐ in the layout of the day (DOC-31): without the
// district level from 01/7/2025.
func curriculum(p *paper) {
	p.title("LÝ LỊCH", "của người xin vào Đảng")
	p.doc.Place = p.Branch.Place // the person signs at the pledge, above the remarks of the committees
	p.add(note("Người xin vào Đảng tự khai, không nhờ người khác viết thay, không tẩy xóa, không bỏ trống dòng. Bản này chỉ hướng dẫn các mục phải khai."))
	items := cvBefore2025(p)
	if !p.day.Before(forms2025) {
		items = cvSince2025(p)
	}
	for _, it := range items {
		p.add(it.blocks()...)
	}
}

func (it cvItem) blocks() []document.Block {
	if !it.closed && it.lines == 0 {
		return []document.Block{field(it.label, it.value)}
	}
	spans := []document.Span{{Text: it.label + ":"}}
	switch {
	case it.verify:
		spans = append(spans, document.Span{Text: " (" + byCommittee + ")", Italic: true})
	case it.closed:
		spans = append(spans, document.Span{Text: " (" + byHand + ")", Italic: true})
	}
	return []document.Block{{Kind: document.Paragraph, Text: spans}, lines(max(it.lines, 1))}
}

func sexWords(sex string) string {
	switch sex {
	case "female":
		return "Nữ"
	case "male":
		return "Nam"
	}
	return ""
}

func cvSince2025(p *paper) []cvItem {
	x := p.Person
	birth := x.Birth.VN()
	if x.IDNumber != "" {
		birth += "; số căn cước: " + x.IDNumber
		if x.Birth.IsZero() {
			birth = "số căn cước: " + x.IDNumber
		}
	}
	return numberedItems([]cvItem{
		{label: "Họ và tên khai sinh", value: x.Name},
		{label: "Các tên gọi khác"},
		{label: "Ngày sinh; số căn cước", value: birth},
		{label: "Giới tính", value: sexWords(x.Sex)},
		{label: "Nơi đăng ký khai sinh", value: x.BirthPlace},
		{label: "Quê quán", value: x.Hometown},
		{label: "Nơi thường trú, tạm trú", value: x.Residence},
		{label: "Dân tộc, quốc tịch", value: x.Ethnicity},
		{label: "Tôn giáo, chức sắc tôn giáo", closed: true},
		{label: "Nghề nghiệp hiện nay", value: x.Occupation},
		{label: "Trình độ hiện nay (giáo dục phổ thông; chuyên môn; khoa học - công nghệ, chuyển đổi số; học vị, học hàm; lý luận chính trị; ngoại ngữ; tin học; tiếng dân tộc thiểu số)", lines: 3},
		{label: "Ngày và nơi kết nạp vào Đoàn TNCS Hồ Chí Minh"},
		{label: "Nếu kết nạp lại: ngày kết nạp, ngày công nhận chính thức lần thứ nhất; người giới thiệu lần thứ nhất", lines: 2},
		{label: "Lịch sử bản thân", lines: 4},
		{label: "Những công việc, chức vụ đã qua (từ tháng, năm đến tháng, năm; làm gì, ở đâu; chức vụ)", lines: 5},
		{label: "Đặc điểm lịch sử", lines: 3, closed: true},
		{label: "Những lớp đào tạo, bồi dưỡng đã qua (từ – đến; nội dung; trường; hình thức; văn bằng)", lines: 4},
		{label: "Đi nước ngoài từ 03 tháng trở lên (từ – đến; mục đích; nước; cơ quan quyết định)", lines: 2},
		{label: "Khen thưởng (từ bằng khen trở lên)", lines: 2},
		{label: "Kỷ luật", lines: 2, closed: true},
		{label: "Hoàn cảnh gia đình", lines: 8, closed: true},
		{label: "Tự nhận xét", lines: 4},
		{label: "Cam đoan và ký tên", lines: 2},
		{label: "Nhận xét của nơi thẩm tra lý lịch", lines: 4, closed: true, verify: true},
		{label: "Nhận xét của chi ủy, chi bộ sau khi thẩm tra", lines: 4, closed: true, verify: true},
		{label: "Chứng nhận của cấp ủy cơ sở", lines: 4, closed: true, verify: true},
	})
}

func numberedItems(items []cvItem) []cvItem {
	for i := range items {
		items[i].label = fmt.Sprintf("%d. %s", i+1, items[i].label)
	}
	return items
}

// cvBefore2025 is the layout of RS-2016 and RS-2021, where ten items have a number.
func cvBefore2025(p *paper) []cvItem {
	x := p.Person
	return []cvItem{
		{label: "01. Họ và tên đang dùng", value: x.Name},
		{label: "02. Nam, nữ", value: sexWords(x.Sex)},
		{label: "03. Họ và tên khai sinh"},
		{label: "04. Các bí danh"},
		{label: "05. Ngày sinh", value: x.Birth.VN()},
		{label: "06. Nơi sinh", value: x.BirthPlace},
		{label: "07. Quê quán", value: x.Hometown},
		{label: "08. Nơi cư trú (thường trú, tạm trú)", value: x.Residence},
		{label: "09. Dân tộc", closed: true}, // item 9 is closed in both layouts
		{label: "10. Tôn giáo", closed: true},
		{label: "Nghề nghiệp hiện nay", value: x.Occupation},
		{label: "Trình độ hiện nay (giáo dục phổ thông; chuyên môn; học vị, học hàm; lý luận chính trị; ngoại ngữ)", lines: 3},
		{label: "Ngày và nơi vào Đoàn TNCS Hồ Chí Minh"},
		{label: "Ngày và nơi vào Đảng lần thứ nhất (nếu kết nạp lại)"},
		{label: "Lịch sử bản thân", lines: 4},
		{label: "Những công việc, chức vụ đã qua", lines: 5},
		{label: "Đặc điểm lịch sử", lines: 3, closed: true},
		{label: "Những lớp đào tạo, bồi dưỡng đã qua", lines: 4},
		{label: "Đi nước ngoài", lines: 2},
		{label: "Khen thưởng", lines: 2},
		{label: "Kỷ luật", lines: 2, closed: true},
		{label: "Hoàn cảnh gia đình", lines: 8, closed: true},
		{label: "Tự nhận xét", lines: 4},
		{label: "Cam đoan và ký tên", lines: 2},
		{label: "Nhận xét của nơi thẩm tra lý lịch", lines: 4, closed: true, verify: true},
		{label: "Nhận xét của chi ủy, chi bộ sau khi thẩm tra", lines: 4, closed: true, verify: true},
		{label: "Chứng nhận của cấp ủy cơ sở", lines: 4, closed: true, verify: true},
	}
}
