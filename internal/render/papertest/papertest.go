// Package papertest holds the papers that the tests of the renderers draw: a resolution,
// a công văn, a decision, a long report and minutes, in both layout sets. It is for tests
// alone. The people in it do not exist.
package papertest

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/document"
)

// A Paper is a document with the name of its golden files.
type Paper struct {
	Name     string
	Document document.Document
}

// Papers returns each paper in each layout set.
func Papers() []Paper {
	var out []Paper
	for _, set := range []struct {
		name   string
		layout document.LayoutID
		year   int
	}{{"36", document.Layout36, 2024}, {"05", document.Layout05, 2026}} {
		for _, p := range []struct {
			name string
			make func(year int) document.Document
		}{{"resolution", resolution}, {"dispatch", dispatch}, {"decision", Decision}, {"report", report}, {"minutes", minutes}, {"guide", guide}} {
			d := p.make(set.year)
			d.Layout = set.layout
			out = append(out, Paper{p.name + "-" + set.name, d})
		}
	}
	return out
}

func day(year int, rest string) date.Date { return date.Must(fmt.Sprintf("%d-%s", year, rest)) }

func resolution(year int) document.Document {
	return document.Document{
		Form: "4-KNĐ", Superior: "ĐẢNG BỘ KHỐI CÁC CƠ QUAN TỈNH", Issuer: "CHI BỘ TRƯỜNG TRUNG HỌC PHỔ THÔNG SỐ 1 HẢI BÌNH",
		Number: 5, Symbol: "NQ/CB", Place: "Quảng Bình", On: day(year, "06-05"),
		Kind: "NGHỊ QUYẾT", Title: "đề nghị kết nạp đảng viên",
		Body: []document.Block{
			{Kind: document.Basis, Text: document.Plain("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;")},
			{Kind: document.Basis, Text: document.Plain("- Căn cứ Quy định số 24-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương về thi hành Điều lệ Đảng.")},
			document.P(fmt.Sprintf("Ngày 05 tháng 6 năm %d, Chi bộ Trường Trung học phổ thông số 1 Hải Bình đã họp để xét, đề nghị kết nạp quần chúng Lê Thị Lan vào Đảng. Tổng số đảng viên của chi bộ: 27 đồng chí, trong đó chính thức 25 đồng chí, dự bị 2 đồng chí. Có mặt: 26 đồng chí, trong đó chính thức 24 đồng chí, dự bị 2 đồng chí. Vắng mặt: 1 đồng chí, lý do: đi công tác.", year)),
			document.P("Chủ trì hội nghị: đồng chí Trần Văn Bình, chức vụ: Bí thư chi bộ. Thư ký hội nghị: đồng chí Phạm Minh Đức."),
			{Kind: document.Heading, Text: document.Plain("I- NHẬN XÉT")},
			document.P("Sau khi nghe báo cáo và thảo luận, chi bộ thống nhất kết luận về quần chúng Lê Thị Lan như sau:"),
			{Kind: document.Item, Text: document.Plain("- Về lý lịch: rõ ràng; gia đình chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước.")},
			{Kind: document.Item, Text: document.Plain("- Về phẩm chất chính trị: có lập trường tư tưởng vững vàng, tin tưởng và chấp hành đường lối của Đảng; tích cực tham gia các phong trào của nhà trường, của Đoàn và địa phương.")},
			{Kind: document.Item, Text: document.Plain("- Về đạo đức, lối sống: giản dị, trung thực, đoàn kết với đồng nghiệp, được học sinh và nhân dân nơi cư trú tin yêu.")},
			{Kind: document.Item, Text: document.Plain("- Về năng lực công tác: hoàn thành tốt nhiệm vụ giảng dạy, nhiều năm là lao động tiên tiến, có sáng kiến được công nhận.")},
			{Kind: document.Item, Text: document.Plain("- Về quan hệ quần chúng: gần gũi, được tín nhiệm ở cơ quan và nơi ở.")},
			{Kind: document.Heading, Text: document.Plain("II- KẾT QUẢ BIỂU QUYẾT")},
			document.P("Đối chiếu với tiêu chuẩn và điều kiện kết nạp đảng viên, số đảng viên chính thức tán thành kết nạp quần chúng Lê Thị Lan vào Đảng là 24 đồng chí (đạt 96,00% so với tổng số đảng viên chính thức). Số không tán thành: 0 đồng chí."),
			{Kind: document.Paragraph, Text: []document.Span{{Text: "Chi bộ báo cáo Đảng ủy xem xét, đề nghị "}, {Text: "Ban Thường vụ Đảng ủy Khối", Bold: true}, {Text: " quyết định kết nạp quần chúng "}, {Text: "Lê Thị Lan", Bold: true, Italic: true}, {Text: " vào Đảng Cộng sản Việt Nam."}}},
		},
		Signatures: []document.Signature{{Authority: "T/M CHI BỘ", Title: "BÍ THƯ", Name: "Trần Văn Bình"}},
		Recipients: []document.Recipient{{Name: "Đảng ủy Khối các cơ quan tỉnh", Purpose: "để b/c"}},
		Filed:      "Lưu Chi bộ",
	}
}

func dispatch(year int) document.Document {
	return document.Document{
		Superior: "TỈNH ỦY QUẢNG BÌNH", Issuer: "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", Number: 708, Symbol: "CV/ĐUK", Place: "Quảng Bình", On: day(year, "02-05"),
		Subject: "thẩm tra lý lịch của người xin vào Đảng",
		To:      []string{"Đảng ủy xã Hải Ninh", "Chi bộ Thôn 3, xã Hải Ninh", "Ban Thường vụ Đảng ủy Khối Doanh nghiệp thành phố Đà Nẵng và các tổ chức đảng có liên quan trên địa bàn"},
		Body: []document.Block{
			document.P("Đảng ủy Khối các cơ quan tỉnh đang xem xét việc kết nạp quần chúng Lê Thị Lan vào Đảng. Để có đủ căn cứ theo Điều lệ Đảng, đề nghị các đồng chí thẩm tra, xác nhận những nội dung sau:"),
			{Kind: document.Item, Text: document.Plain("1. Lý lịch của ông Lê Văn A, là cha đẻ, thường trú tại Thôn 3, xã Hải Ninh.")},
			{Kind: document.Item, Text: document.Plain("2. Việc chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước nơi cư trú.")},
			document.P("Văn bản trả lời xin gửi về Đảng ủy Khối trước ngày 05 tháng 3 để kịp hoàn thiện hồ sơ. Trân trọng cảm ơn."),
		},
		Signatures: []document.Signature{{Authority: "T/M BAN THƯỜNG VỤ", Title: "PHÓ BÍ THƯ", Name: "Nguyễn Thị Hồng Phượng"}},
		Recipients: []document.Recipient{{Name: "Như trên"}, {Name: "Ban Tổ chức Tỉnh ủy", Purpose: "để b/c"}},
		Filed:      "Lưu Đảng ủy",
	}
}

// Decision is a decision of admission that fits on one page.
func Decision(year int) document.Document {
	return document.Document{
		Layout: document.LayoutOn(day(year, "10-12")),
		Form:   "6-KNĐ", Superior: "TỈNH ỦY QUẢNG BÌNH", Issuer: "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", Number: 1204, Symbol: "QĐ/ĐUK", Place: "Quảng Bình", On: day(year, "10-12"),
		Kind: "QUYẾT ĐỊNH", Title: "về việc kết nạp đảng viên",
		Body: []document.Block{
			{Kind: document.Basis, Text: document.Plain("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam và các quy định của Ban Chấp hành Trung ương;")},
			{Kind: document.Basis, Text: document.Plain("- Xét đề nghị của Đảng ủy Trường Trung học phổ thông số 1 Hải Bình,")},
			{Kind: document.Section, Text: document.Plain("BAN THƯỜNG VỤ QUYẾT ĐỊNH:")},
			{Kind: document.Paragraph, Text: []document.Span{{Text: "Điều 1. ", Bold: true}, {Text: "Kết nạp vào Đảng Cộng sản Việt Nam quần chúng Lê Thị Lan, sinh ngày 12 tháng 8 năm 1996, quê quán: xã Hải Ninh, tỉnh Quảng Bình."}}},
			{Kind: document.Paragraph, Text: []document.Span{{Text: "Điều 2. ", Bold: true}, {Text: "Thời gian dự bị là 12 tháng, kể từ ngày chi bộ làm lễ kết nạp."}}},
			{Kind: document.Paragraph, Text: []document.Span{{Text: "Điều 3. ", Bold: true}, {Text: "Văn phòng Đảng ủy, Ban Tổ chức Đảng ủy, Đảng ủy Trường Trung học phổ thông số 1 Hải Bình, chi bộ và quần chúng có tên trên chịu trách nhiệm thi hành Quyết định này."}}},
		},
		Signatures: []document.Signature{{Authority: "T/M BAN THƯỜNG VỤ", Title: "PHÓ BÍ THƯ", Name: "Nguyễn Thị Hồng Phượng"}},
		Recipients: []document.Recipient{{Name: "Như Điều 3"}, {Name: "Ban Tổ chức Tỉnh ủy", Purpose: "để b/c"}},
		Filed:      "Lưu Đảng ủy",
	}
}

func report(year int) document.Document {
	t := document.Table{
		Columns: []document.Column{{Title: "TT", Width: 8, Align: document.Center}, {Title: "Đơn vị", Width: 60}, {Title: fmt.Sprintf("Chỉ tiêu năm %d", year), Width: 16, Align: document.Right},
			{Title: "Đã kết nạp", Width: 16, Align: document.Right}, {Title: "Tỷ lệ (%)", Width: 16, Align: document.Right}},
		Total: []string{"", "Toàn đơn vị", "600", "480", "80"},
	}
	for i := range 120 {
		name := fmt.Sprintf("Chi bộ cơ sở số %d", i+1)
		if i%17 == 3 {
			name += ", đơn vị sự nghiệp trực thuộc sở, đóng trên địa bàn hai huyện miền núi"
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), name, "5", "4", "80"})
	}
	return document.Document{
		Superior: "TỈNH ỦY QUẢNG BÌNH", Issuer: "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", Symbol: "BC/ĐUK", Place: "Quảng Bình", Mark: "Dự thảo",
		Kind: "BÁO CÁO", Title: fmt.Sprintf("kết quả kết nạp đảng viên năm %d", year),
		Body: []document.Block{
			document.P("Đảng ủy Khối các cơ quan tỉnh báo cáo kết quả kết nạp đảng viên như sau:"),
			{Kind: document.Grid, Table: &t},
			document.P("Số liệu tính theo ngày quyết định kết nạp, đến hết ngày 31/12."),
		},
		Signatures: []document.Signature{{Authority: "T/M BAN THƯỜNG VỤ", Title: "PHÓ BÍ THƯ"}},
		Recipients: []document.Recipient{{Name: "Ban Thường vụ Tỉnh ủy", Purpose: "để b/c"}}, Filed: "Lưu Đảng ủy",
	}
}

func minutes(year int) document.Document {
	d := document.Document{
		Superior: "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", Issuer: "CHI BỘ SỞ Y TẾ", Number: 3, Symbol: "BB/CB", Place: "Thành phố Hồ Chí Minh", On: day(year, "10-05"),
		Kind: "BIÊN BẢN", Title: "họp chi bộ xét kết nạp đảng viên và chuyển đảng chính thức cho đảng viên dự bị, tháng 10",
		Body: []document.Block{
			{Kind: document.Field, Label: "Thời gian", Text: document.Plain("từ 14 giờ đến 16 giờ, ngày 05 tháng 10")},
			{Kind: document.Field, Label: "Địa điểm", Text: document.Plain("phòng họp số 2")},
			{Kind: document.Field, Label: "Khách mời"},
			{Kind: document.Heading, Text: document.Plain("I- NỘI DUNG")},
		},
		Signatures: []document.Signature{{Title: "NGƯỜI GHI BIÊN BẢN", Name: "Phạm Minh Đức"}, {Title: "CHỦ TRÌ HỘI NGHỊ", Name: "Trần Văn Bình"}},
	}
	for i := range 14 {
		d.Body = append(d.Body, document.P(fmt.Sprintf("%d. Đồng chí thứ %d phát biểu: đồng ý với nhận xét của người giúp đỡ; đề nghị quần chúng tiếp tục học tập, rèn luyện, giữ mối liên hệ với nơi cư trú và hoàn thành tốt nhiệm vụ được giao trong thời gian tới.", i+1, i+1)))
	}
	d.Body = append(d.Body, document.Block{Kind: document.Heading, Text: document.Plain("II- Ý KIẾN KHÁC")}, document.Block{Kind: document.Lines, Count: 3},
		document.P("Hội nghị kết thúc lúc 16 giờ cùng ngày."))
	return d
}

func guide(int) document.Document {
	return document.Document{
		Form: "1-KNĐ", Place: "Quảng Bình", Mark: "Mẫu hướng dẫn", Kind: "ĐƠN XIN VÀO ĐẢNG",
		To: []string{"Chi ủy Chi bộ Sở Y tế"},
		Body: []document.Block{
			{Kind: document.Field, Label: "Tôi là", Text: document.Plain("Lê Thị Lan")},
			{Kind: document.Field, Label: "Dân tộc"},
			{Kind: document.Field, Label: "Được xét kết nạp vào Đoàn Thanh niên Cộng sản Hồ Chí Minh tại chi đoàn, ngày, tháng, năm"},
			document.P("Qua quá trình học tập, tôi nhận thức về Đảng như sau:"),
			{Kind: document.Lines, Count: 6},
			document.P("Tôi xin hứa tuyệt đối trung thành với Đảng."),
		},
		Signatures: []document.Signature{{Title: "NGƯỜI LÀM ĐƠN"}},
	}
}

// Everywhere returns a paper that has a text in each field that takes one.
func Everywhere(s string) document.Document {
	d := document.Document{
		Form: s, Superior: s, Issuer: s, Number: 7, Symbol: s, Place: s, Kind: s, Title: s, Subject: s, To: []string{s, s}, Mark: s, Filed: s,
		Signatures: []document.Signature{{Authority: s, Title: s, Name: s}, {Title: s}, {Name: s}},
		Recipients: []document.Recipient{{Name: s, Purpose: s}},
	}
	for _, kind := range []document.BlockKind{document.Heading, document.Section, document.Paragraph, document.Item, document.Basis, document.Field, document.Lines} {
		d.Body = append(d.Body, document.Block{Kind: kind, Label: s, Count: 1, Text: []document.Span{{Text: s}, {Text: s, Bold: true}, {Text: s, Italic: true}}})
	}
	d.Body = append(d.Body, document.Block{Kind: document.Field, Label: s}, document.Block{Kind: document.Grid, Table: &document.Table{
		Columns: []document.Column{{Title: s}, {Title: s, Width: 5, Align: document.Center}, {Title: s, Width: 1, Align: document.Right}},
		Rows:    [][]string{{s, s, s}, {s}, {}}, Total: []string{s, s},
	}})
	return d
}

// Strange are texts that have broken renderers before, or could.
func Strange() []string {
	return []string{
		"", " ", "\n", "\x00\x01\x1f", "\xff\xfe", "<w:p>&amp;</w:p>]]>", "(\\)", "a\u0301 Nguye\u0302\u0303n", "\u202eđảo\u202c", "😀 漢字 中", "\ufffe\uffff\ufeff",
		strings.Repeat("dài", 2000), strings.Repeat("từ ", 2000), strings.Repeat("dòng\n", 300), "một\u00a0hai\tba", "\U000e0001\u2028\u2029", "=1+1", "%PDF-1.7 endstream endobj",
	}
}

// Words are the words of a paper, as many times as they are printed.
func Words(d document.Document) map[string]int {
	texts := append([]string{d.Superior, d.Issuer, d.NumberLine(), d.PlaceLine(), d.SubjectLine(), d.Kind, d.Title}, d.ToLines()...)
	texts = append(texts, d.NotifyLines()...)
	for _, s := range d.Signatures {
		texts = append(texts, s.Authority, s.Title, s.Name)
	}
	for _, b := range d.Body {
		if b.Kind == document.Field {
			texts = append(texts, b.FieldLabel())
		}
		for _, s := range b.Text {
			texts = append(texts, s.Text)
		}
		if b.Table != nil {
			for _, r := range b.Table.Rows {
				texts = append(texts, r...)
			}
			texts = append(texts, b.Table.Total...)
		}
	}
	words := map[string]int{}
	for _, text := range texts {
		for _, w := range strings.Fields(text) {
			words[w]++
		}
	}
	return words
}

// Needs returns the path of a program that a test runs. Without it the test is skipped
// on a workbench, and fails where tests must not be skipped.
func Needs(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("%s is needed: run scripts/setup.sh test", program)
	default:
		t.Skipf("%s is not installed: run scripts/setup.sh test", program)
	}
	return path
}

// Text returns the text of a PDF as it stands on its pages.
func Text(t testing.TB, file string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), Needs(t, "pdftotext"), "-layout", file, "-").Output() //nolint:gosec // G204: a test names both
	if err != nil {
		t.Fatalf("pdftotext %s: %v", file, err)
	}
	return string(out)
}

// Golden compares a text with its golden file, or writes it anew.
func Golden(t testing.TB, file, got string, update bool) {
	t.Helper()
	if update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file) //nolint:gosec // G304: the test names it
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run the test with -update and read the diff. Got:\n%.3000s", file, got)
	}
}
