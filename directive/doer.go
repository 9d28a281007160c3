package directive

import (
	"regexp"
	"slices"
	"strings"
)

// Names of bodies and people that can be ordered something, folded, at the start of a
// phrase. Their common words may be nouns and verbs ("tổ chức", "lãnh đạo"), so the
// nouns are spelled out.
const bodyHeads = `(?:cấp ủy|tập thể cấp ủy|chi ủy|đảng ủy|đảng bộ|chi bộ|tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|ban cán sự|đảng đoàn|` +
	`tổ chức (?:đảng|cơ sở đảng|cơ sở đoàn|đoàn|công đoàn|chính trị|hội|đoàn thể)|` +
	`ban thường vụ|ban chấp hành|ban tổ chức|ban tuyên giáo|ban dân vận|ban nội chính|ban xây dựng đảng|ban chỉ đạo|ban giám hiệu|ban giám đốc|` +
	`các ban|ban tham mưu|ban, ngành|ban đảng|ủy ban|văn phòng|cơ quan|phòng (?:chức năng|ban|giáo dục|nội vụ|chuyên môn)|sở|ngành|đơn vị|doanh nghiệp|công ty|` +
	`tổ đảng|thường trực|liên chi đoàn|liên chi hội|chi hội|nhà máy|hợp tác xã|đoàn thể|đoàn thanh niên|đoàn tncs|đoàn khối|đoàn cơ sở|đoàn trường|đoàn viên|cơ sở đoàn|chi đoàn|tỉnh đoàn|thành đoàn|huyện đoàn|btv|bch|ubkt|mttq|mặt trận|` +
	`công đoàn|liên đoàn|hội (?:liên hiệp|cựu|nông|phụ nữ|sinh viên|đồng)|trường|nhà trường|trung tâm|học viện|bệnh viện|bí thư|phó bí thư|người đứng đầu|thủ trưởng|đồng chí|đ/c|đảng viên|cán bộ|cấp ủy viên|ủy viên|tổ công tác|địa phương|các xã|các phường|xã, phường)`

var (
	bodyLead   = words(`^(?:(?:tập thể|tất cả|toàn thể)\s+)?(?:(?:các|mỗi|từng|những|toàn|mọi)\s+)?(?:đồng chí\s+)?` + bodyHeads)
	anyOfMany  = words(`^(?:các|mỗi|từng)\s+\p{L}+`)
	thingsOf   = words(`^(?:các|mỗi|từng)\s+(?:nội dung|nhiệm vụ|giải pháp|chỉ tiêu|văn bản|kế hoạch|lớp|hồ sơ|trường hợp|năm|quý|tháng|mục tiêu|biện pháp|hình thức|tiêu chí|quy định|phong trào|hoạt động|hội nghị|khâu|bước|mặt|điều kiện|vấn đề|công việc|tài liệu|báo cáo|cuộc|buổi|đợt|ngày|nghị quyết|chỉ thị|công tác|quy trình|thủ tục|mô hình|cấp ủy nào)`)
	nounAfter  = words(`^(?:tổ chức (?:đảng|cơ sở|đoàn|chính trị|công đoàn|hội|đoàn thể|của)|phụ trách|chỉ đạo viên)`)
	leadership = words(`(?:,|và)\s*lãnh đạo (?:các|cơ quan|đơn vị|phòng|ban|trường|sở|doanh nghiệp|nhà trường|địa phương)`)
	notBody    = words(`^(?:trường hợp|xã hội|ngành nghề|cơ quan nào|cán bộ là)`)
	nounPair   = words(`(?:ban (?:kiểm tra|tổ chức|xây dựng|quản lý|chỉ đạo)|(?:công|độc|sáng) lập|(?:đào|sáng) tạo|(?:trung tâm|cơ sở|ngành|phòng|sở|đơn vị|và|chuyên|bộ phận) (?:giáo dục|đào tạo|thông báo|quản lý)|công tác (?:tổ chức|kiểm tra|xây dựng|tuyên truyền)|người (?:lãnh đạo|quản lý)|cán bộ (?:lãnh đạo|quản lý)|(?:được|do) (?:phân công|giao|cử))$`)
	modal      = `cần|phải|nên|có|được|sẽ|chịu|chủ trì|chủ động|phối hợp|căn cứ|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|mỗi năm|mỗi quý|mỗi tháng|trong năm|trong quý|trong tháng|trước ngày|chậm nhất|định kỳ|thường xuyên|kịp thời|nghiêm túc|khẩn trương|tích cực|trực tiếp|tiếp tục|đề nghị|yêu cầu|phấn đấu|phần đầu|đăng ký|ít nhất|tối thiểu`
	actions    = `tăng cường|nêu cao|rà soát|tổ chức|phân công|giao|quán triệt|xây dựng|thực hiện|triển khai|chú trọng|quan tâm|tập trung|đẩy mạnh|nâng cao|hướng dẫn|kiểm tra|giám sát|đôn đốc|theo dõi|tham mưu|tổng hợp|báo cáo|gửi|lập|mở|cử|giới thiệu|bồi dưỡng|kết nạp|đưa|bảo đảm|đảm bảo|khảo sát|thống kê|đề xuất|nghiên cứu|biểu dương|khen thưởng|nhắc nhở|phê bình|xác định|lựa chọn|phát huy|phát hiện|tạo|tuyên truyền|giáo dục|làm|kiện toàn|củng cố|hoàn thành|sơ kết|tổng kết|chỉ đạo|lãnh đạo|gắn|chấp hành|thẩm định|cập nhật|rút kinh nghiệm|khắc phục|chuẩn bị|hoàn thiện|phổ biến|đổi mới|ban hành|quyết định|phê duyệt|duy trì|mở rộng|động viên|ưu tiên|đánh giá|xem xét|sao gửi|sao chuyển|nộp|bố trí|cấp (?:giấy|phát|kinh phí)|tiến hành|đề ra|cụ thể hóa|cụ thể hoá|phân bổ|tham gia|vận động|chuyển|thông báo|tuyển chọn|lồng ghép|trao đổi|chấn chỉnh|đề cao|nắm|quản lý|kèm cặp|giúp đỡ|thành lập|bổ sung|hỗ trợ|phát động|đăng tải|coi trọng|đào tạo|tìm|thu hút|khơi dậy|hoàn chỉnh|thống nhất|tạo nguồn|tăng|giữ|chọn|kiên quyết|không để|đầu tư|xử lý|giải quyết|tiếp nhận|quy hoạch|phân tích|nhân rộng|chăm lo|thông qua|họp|ra nghị quyết|giao ban|kiểm điểm|công khai|cung cấp|lưu ý|hằng quý|hàng quý`
	verbStop   = words(`^(?:chỉ tiêu|` + modal + `|` + actions + `)`)
	actionStop = words(`^(?:` + actions + `)`)
	orderLead  = words(`^(?:` + modal + `|` + actions + `)`)
	handLead   = words(`^(?:(?:đề nghị|yêu cầu|giao(?: cho)?|đối với|về phía|trách nhiệm của)\s+)`)
	askAgain   = words(`^(?:đề nghị|yêu cầu|giao(?: cho)?)\s+`)
	adverbial  = words(`^(?:hằng|hàng|mỗi|trong|trước|sau|chậm nhất|muộn nhất|định kỳ|căn cứ|trên cơ sở|để|nhằm|đồng thời|ngoài ra|bên cạnh|cùng với|phấn đấu|phần đầu|đến|từ|theo|qua|nhân|khi|cuối|đầu|vào|năm|quý|tháng|thực hiện|nhận được|riêng|đặc biệt|trước mắt|thường xuyên|riêng đối với|đối với)`)
	notOrder   = words(`^(?:xem đây|coi đây|đây là|trên đây|đó là|việc|là|nếu|trường hợp|(?:chỉ thị|nghị quyết|kế hoạch|công văn|hướng dẫn|quyết định|quy định|thông báo|kết luận) này|tuy nhiên|vì vậy|do đó)`)
	wordStarts = regexp.MustCompile(`[^\s,;:.()]+`)
)

// bodyName returns the length of the name of a body at the start of s, up to the verb
// of the order that follows it; 0 where s names none or gives it nothing to do.
func bodyName(s string) int {
	np, verb := nameThenVerb(s)
	if verb {
		return np
	}
	return 0
}

// nameThenVerb returns where the name of a body at the start of s ends, and whether a
// verb or a colon follows it. A name in a heading has none.
func nameThenVerb(s string) (end int, verb bool) {
	low := fold(s)
	n := bodyLead.lead(low)
	if n == 0 && thingsOf.lead(low) == 0 {
		n = anyOfMany.lead(low)
	}
	if n == 0 || notBody.lead(low) > 0 {
		return 0, false
	}
	leaders := leadership.all(low[:min(len(low), 320)])
	limit := min(len(s), 320)
	for _, m := range wordStarts.FindAllStringIndex(low[:limit], -1) {
		if m[0] < n {
			continue
		}
		if cut := strings.IndexAny(low[n:m[0]], ":;"); cut >= 0 {
			return n + cut, low[n+cut] == ':'
		}
		if strings.Contains(low[n:m[0]], ". ") {
			return 0, false
		}
		if nounPair.in(low[:verbEnd(low, m[0], limit)]) || nounAfter.lead(low[m[0]:]) > 0 || strings.HasSuffix(low[:m[0]], "(") || opensBracket(low[:m[0]]) ||
			slices.ContainsFunc(leaders, func(l []int) bool { return l[0] < m[0] && m[0] < l[1] }) {
			continue
		}
		// A capital belongs to a name: "Ủy ban Kiểm tra".
		if !startsUpper(s[m[0]:]) && verbStop.lead(low[m[0]:]) > 0 {
			return m[0], true
		}
	}
	if cut := strings.IndexAny(low[n:limit], ":;"); cut >= 0 {
		return n + cut, low[n+cut] == ':'
	}
	return limit, false
}

// verbEnd returns where the verb that begins at from ends.
func verbEnd(low string, from, limit int) int {
	return from + verbStop.lead(low[from:limit])
}

func opensBracket(s string) bool { return strings.Count(s, "(") > strings.Count(s, ")") }

// headingDoer reads the doer that a heading names: "II. BAN TUYÊN GIÁO ĐẢNG ỦY",
// "Đối với các cấp ủy trực thuộc". It returns "" for "NHIỆM VỤ, GIẢI PHÁP".
func headingDoer(heading, body string) string {
	h := strings.Trim(heading, " .:;")
	h = restoreCase(h, body)
	low := fold(h)
	if n := handLead.lead(low); n > 0 {
		h = strings.TrimSpace(h[n:])
	}
	if h == "" || len(h) > 300 || bodyLead.lead(fold(h)) == 0 {
		return ""
	}
	end, verb := nameThenVerb(h)
	if verb && end < len(h) {
		return ""
	}
	return trimName(h)
}

// A lead is how an order begins: who does it (if it says so) and where the verb stands.
type lead struct {
	doer    string
	verb    int  // offset of the verb; what stands before it are adverbials and the doer
	ordered bool // an order at all
}

// readLead looks past bullets, adverbials and "đề nghị" for the doer and the verb.
func readLead(s string) lead {
	at := bulletLen(s)
	for range 5 {
		low := fold(s[at:])
		if notOrder.lead(low) > 0 {
			return lead{verb: at}
		}
		if n := handLead.lead(low); n > 0 && bodyLead.lead(low[n:]) > 0 {
			at += n
			continue
		}
		if np := bodyName(s[at:]); np > 0 {
			return askOther(s, at, np)
		}
		next := strings.Index(low, ", ")
		if adverbial.lead(low) == 0 || next < 0 || next > 400 {
			break
		}
		after := at + next + 2
		if l := readAfter(s, after); l.ordered && (l.doer != "" || orderLead.lead(low) == 0) {
			return l
		}
		if !followsBody(s[after:]) {
			break
		}
		at = after
	}
	low := fold(s[at:])
	return lead{verb: at, ordered: notOrder.lead(low) == 0 && orderLead.lead(low) > 0}
}

// readAfter reads what stands after an adverbial and a comma.
func readAfter(s string, at int) lead {
	low := fold(s[at:])
	if n := handLead.lead(low); n > 0 && bodyLead.lead(low[n:]) > 0 {
		at += n
		low = low[n:]
	}
	if np := bodyName(s[at:]); np > 0 {
		return askOther(s, at, np)
	}
	return lead{verb: at, ordered: orderLead.lead(low) > 0}
}

// followsBody reports whether a later comma phrase may still name the doer.
func followsBody(s string) bool { return strings.Contains(s[:min(len(s), 200)], ", ") }

// askOther turns "Ban Thường vụ yêu cầu các chi bộ báo cáo" to those who are asked.
func askOther(s string, at, np int) lead {
	l := lead{doer: trimName(s[at : at+np]), verb: at + np, ordered: true}
	rest := s[at+np:]
	if n := askAgain.lead(fold(rest)); n > 0 {
		if inner := bodyName(rest[n:]); inner > 0 {
			return lead{doer: trimName(rest[n : n+inner]), verb: at + np + n + inner, ordered: true}
		}
		l.doer = "" // those asked stand above
	}
	return l
}

// hasVerb reports whether a verb of order stands in the folded words s.
func hasVerb(s string) bool {
	for _, m := range wordStarts.FindAllStringIndex(s, -1) {
		if actionStop.lead(s[m[0]:]) > 0 && nounAfter.lead(s[m[0]:]) == 0 && !nounPair.in(s[:verbEnd(s, m[0], len(s))]) {
			return true
		}
	}
	return false
}

func trimName(s string) string { return strings.Trim(s, " ,:;.") }

var anyBullet = regexp.MustCompile(`^(?:\s*(?:[-–—+•*·]\s*|\(?[a-zđ]\s*[.)]\s+|\(?\d{1,2}\)\s+|\d{1,2}(?:\.\d{1,2})*\.?\s+))`)

func bulletLen(s string) int {
	m := anyBullet.FindStringIndex(s)
	if m == nil {
		return 0
	}
	return m[1]
}
