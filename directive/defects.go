package directive

// Words that scans and typing spoil in such letters. They are never corrected in the
// text: a person is shown them.
var defects = []struct {
	re   phrase
	hint string
}{
	{words(`(phần đầu)(?:,?\s+(?:hằng|hàng|mỗi|đạt|đến|kết nạp|hoàn thành|thực hiện|trong|bồi dưỡng|từ|có|năm|để))`), "Phấn đấu"},
	{words(`phát triển viên`), "phát triển đảng viên"},
	{words(`cơ ở`), "cơ sở"},
	{words(`xây đội ngũ`), "xây dựng đội ngũ"},
	{words(`theo đổi`), "theo dõi"},
	{words(`đãng viên`), "đảng viên"},
	{words(`đảng vien`), "đảng viên"},
	{words(`chi bô|chỉ bộ`), "chi bộ"},
	{words(`kêt nạp|kết nap|kết nạo`), "kết nạp"},
	{words(`cấp uy|cáp ủy`), "cấp ủy"},
	{words(`chi tiêu kết nạp`), "chỉ tiêu kết nạp"},
	{words(`quân chúng`), "quần chúng"},
	{words(`đoàn viện`), "đoàn viên"},
	{words(`bôi dưỡng|bồi đưỡng`), "bồi dưỡng"},
	{words(`cám tình đảng|cảm tinh đảng`), "cảm tình đảng"},
}

func defectWarnings(clauses []Clause) (out []string) {
	for _, c := range clauses {
		low := fold(c.Text)
		for _, d := range defects {
			if m := d.re.all(low); len(m) > 0 {
				if len(m[0]) > 2 {
					m[0] = m[0][2:]
				}
				out = append(out, where(c.No)+": «"+short(c.Text[m[0][0]:m[0][1]])+"» có thể là «"+d.hint+"»; văn bản giữ nguyên.")
			}
		}
	}
	return out
}

func where(no string) string {
	if no == "" {
		return "Nội dung"
	}
	return "Mục " + no
}
