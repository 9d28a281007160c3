package directive

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Printed forms of the words of organisations. What is not listed in a name written in
// capitals is taken for a proper name and gets capitals.
var printedForms = forms(`Đảng bộ|Đảng ủy|Chi bộ|Chi ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Quận ủy|Đảng đoàn|Ban cán sự đảng|Đại hội|Đại biểu
Ban Thường vụ|Ban Chấp hành|Ban Tổ chức|Ban Tuyên giáo|Ban Tuyên giáo và Dân vận|Ban Dân vận|Ban Nội chính|Ban Xây dựng Đảng|Ban Bí thư|Ban Quản lý
Ủy ban Kiểm tra|Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban Mặt trận Tổ quốc|Mặt trận Tổ quốc|Văn phòng|Trung ương|Đảng|Khối|Trung tâm Chính trị|Trường Chính trị
các cơ quan|các cơ quan Đảng|cơ quan|các cơ quan và doanh nghiệp|Doanh nghiệp|và|các|của|thuộc|trực thuộc|tại|cho|với|tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu|thôn|cấp|cơ sở|khóa|lần thứ|nhiệm kỳ|số
Trường|Trường Đại học|Trường Cao đẳng|Trường Trung cấp|Trường Trung học phổ thông|Trường Trung học cơ sở|Trường Tiểu học|Trường Mầm non|Đại học|Học viện|Cao đẳng|Trung cấp|nghề|Trung học phổ thông|Trung học cơ sở|chuyên|Trung tâm|Viện|Phân hiệu
THPT|THCS|UBND|HĐND|MTTQ|TNCS|TNHH|MTV|GDTX|GDNN|TP|LĐLĐ|BHXH|VNPT|BQL
Sở|Chi cục|Cục|Phòng|Bệnh viện|Công ty|Tổng công ty|Tập đoàn|Ngân hàng|Bộ Chỉ huy|Bộ đội Biên phòng|Công an|Quân sự|Bưu điện|Viễn thông|Điện lực|Kho bạc Nhà nước|Bảo hiểm xã hội|Hải quan|Thuế|Tòa án nhân dân|Viện Kiểm sát nhân dân|Thanh tra|Nhà nước|nhân dân|Cổ phần|trách nhiệm hữu hạn|một thành viên|Chi nhánh|Thương mại|Dịch vụ|Phát triển|Chính sách|Xã hội|Đa khoa|Y học cổ truyền
Giáo dục|Đào tạo|Giáo dục và Đào tạo|Giáo dục nghề nghiệp|Giáo dục thường xuyên|Y tế|Tài chính|Nội vụ|Công thương|Tư pháp|Xây dựng|Giao thông vận tải|Nông nghiệp|Nông thôn|Phát triển nông thôn|Tài nguyên|Môi trường|Khoa học|Công nghệ|Văn hóa|Thể thao|Du lịch|Thông tin|Truyền thông|Lao động|Thương binh|Dân tộc|Tôn giáo|Ngoại vụ|Kế hoạch|Đầu tư|Kỹ thuật|Công nghiệp|Kinh tế|Sư phạm|Nghệ thuật|Dân tộc nội trú
Đoàn|Đoàn trường|Đoàn cơ sở|Đoàn Thanh niên|Đoàn Thanh niên Cộng sản Hồ Chí Minh|Cộng sản|Hồ Chí Minh|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Công đoàn|Liên đoàn Lao động|Hội|Liên hiệp|Phụ nữ|Cựu chiến binh|Nông dân|Sinh viên|Viên chức
cấp ủy|cấp ủy đảng|tổ chức|tổ chức đảng|tổ chức cơ sở đảng|đảng viên|đoàn thể|đoàn thể chính trị - xã hội|chính trị|xã hội|đơn vị|đơn vị sự nghiệp|sự nghiệp|người đứng đầu|đồng chí|đối với|trong|đảng bộ cơ sở|chi bộ cơ sở|đảng ủy cơ sở|chi bộ trực thuộc|đảng|bí thư|đối với các|phòng chức năng|ngành|ban, ngành|ban|lãnh đạo|nhà trường|địa phương|liên quan`)

// Words after which a place is named.
var placeTypes = map[string]bool{"tỉnh": true, "thành phố": true, "thị xã": true, "thị trấn": true, "huyện": true, "quận": true, "phường": true, "xã": true, "đặc khu": true}

func forms(table string) map[string]string {
	m := map[string]string{}
	for f := range strings.FieldsFuncSeq(table, func(r rune) bool { return r == '|' || r == '\n' }) {
		if _, ok := m[strings.ToLower(f)]; !ok {
			m[strings.ToLower(f)] = f
		}
	}
	return m
}

// maxName is the number of bytes above which capitals are no name or summary.
const maxName = 1000

// restoreCase gives a name printed in capitals its usual letters: as the body writes it
// where it does, else by the table of forms. Text not in capitals is left alone.
func restoreCase(s, body string) string {
	if !isCaps(s) || len(s) > maxName {
		return s
	}
	if w := strings.Fields(s); len(w) >= 3 {
		if found := spelledIn(s, body); found != "" {
			return upperFirst(found)
		}
	}
	tokens := strings.Fields(s)
	var out []string
	generic, afterPlace := false, false
	for i := 0; i < len(tokens); {
		n, form := longestForm(tokens[i:])
		if afterPlace && placeName(tokens[i:], n) {
			n, form = 0, ""
		}
		end := tokens[min(i+max(n, 1), len(tokens))-1]
		tail := end[len(strings.TrimRight(end, ",;.:")):]
		afterPlace = false
		switch {
		case n == 0:
			out = append(out, titleWord(tokens[i]))
			n, generic = 1, false
		case generic && lowerAfterMany(form):
			out = append(out, lowerFirst(form)+tail)
		default:
			out = append(out, form+tail)
			afterPlace = placeTypes[form] && tail == ""
		}
		generic = form == "các" || generic && (tail != "" || form == "và")
		i += n
	}
	return upperFirst(norm.NFC.String(strings.Join(out, " ")))
}

// placeName reports whether what follows the type of a place is its name although the
// table knows the words (tỉnh Đoàn … is not such a case, xã Trường Sơn is).
func placeName(tokens []string, n int) bool {
	return n == 1 && len(tokens) >= 2 && !strings.ContainsAny(tokens[0], ",;.") && soloName[strings.ToLower(tokens[0])]
}

var soloName = map[string]bool{"trường": true, "hội": true, "viện": true, "chuyên": true, "công": true}

// lowerAfterMany reports whether "các" before the form makes it a common noun.
func lowerAfterMany(form string) bool {
	switch strings.Fields(form)[0] {
	case "Chi", "Đảng", "Trường", "Doanh", "Sở", "Phòng", "Đoàn", "Hội", "Bệnh", "Công", "Trung", "Đơn", "Cao", "Đại", "Học":
		return true
	}
	return false
}

func longestForm(tokens []string) (n int, form string) {
	for n = min(6, len(tokens)); n > 0; n-- {
		key := strings.TrimRight(strings.ToLower(strings.Join(tokens[:n], " ")), ",;.:")
		key = strings.ReplaceAll(key, "uỷ", "ủy")
		if f, ok := printedForms[key]; ok {
			if strings.ContainsAny(strings.Join(tokens[:n-1], ""), ";.:") {
				continue
			}
			return n, f
		}
	}
	return 0, ""
}

// spelledIn returns how the body writes s where it does so with small letters.
func spelledIn(s, body string) string {
	low, want := fold(body), fold(s)
	for from := 0; ; {
		i := strings.Index(low[from:], want)
		if i < 0 {
			return ""
		}
		i += from
		if hit := body[i : i+len(want)]; !isCaps(hit) && border(low, i, i+len(want)) {
			return hit
		}
		from = i + len(want)
	}
}

func titleWord(w string) string {
	if strings.ContainsRune(w, '.') && len([]rune(w)) <= 4 { // TP., TX.
		return w
	}
	var b strings.Builder
	start := true
	for _, r := range w {
		if start {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r)
	}
	return b.String()
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

func lowerFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToLower(r)) + s[i+len(string(r)):]
	}
	return s
}

// sentenceCase brings a summary in capitals to a sentence: small letters, but for names
// that the body writes with capitals, places, "Đảng", and numbers in Roman figures.
func sentenceCase(s, body string) string {
	if !isCaps(s) || len(s) > maxName {
		return s
	}
	tokens := strings.Fields(s)
	for i := 0; i < len(tokens); {
		n := nameInBody(tokens[i:], body)
		for k := range max(n, 1) {
			if n == 0 {
				tokens[i+k] = strings.ToLower(tokens[i+k])
			}
		}
		if n > 0 {
			copy(tokens[i:i+n], strings.Fields(spelledIn(strings.Join(tokens[i:i+n], " "), body)))
		}
		i += max(n, 1)
	}
	for i, t := range tokens[1:] {
		if placeTypes[tokens[i]] || t == "đảng" && tokens[i] == "vào" {
			tokens[i+1] = titleWord(t)
			if placeTypes[tokens[i]] && i+2 < len(tokens) && !strings.ContainsAny(t, ",;.") {
				tokens[i+2] = titleWord(tokens[i+2])
			}
		}
	}
	return upperFirst(norm.NFC.String(strings.Join(tokens, " ")))
}

// nameInBody returns how many of the tokens, at most six and at least two, the body
// writes as one phrase that holds a capital.
func nameInBody(tokens []string, body string) int {
	for n := min(6, len(tokens)); n >= 2; n-- {
		hit := spelledIn(strings.Join(tokens[:n], " "), body)
		if hit == "" || len(strings.Fields(hit)) != n {
			continue
		}
		f := strings.Fields(hit)
		if startsUpper(f[n-1]) || startsUpper(f[0]) && n >= 3 && startsUpper(f[1]) {
			return n
		}
	}
	return 0
}
