package directive

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

var update = flag.Bool("update", false, "write the golden files anew")

// realLetter returns the text of 708-CV/ĐUK, which lies outside the repository. In CI it
// must be there.
func realLetter(t testing.TB) (string, bool) {
	t.Helper()
	dir := os.Getenv("KETNAP_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	b, err := os.ReadFile(filepath.Join(dir, "data", "000_a9d2044430793371.txt"))
	switch {
	case err == nil:
		return string(b), true
	case os.Getenv("CI") != "":
		t.Fatalf("the letter must be there in CI: %v", err)
	}
	t.Logf("the letter is absent, its tests say nothing: %v", err)
	return "", false
}

func encode(t testing.TB, l Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLettersReadAsTheirGoldens(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("letters of the test: %v, %v", files, err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			l, err := Read(string(text))
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, strings.TrimSuffix(f, ".txt")+".json", encode(t, l))
		})
	}
}

func compareGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s:\n%s", file, got)
	}
}

func TestRealLetter(t *testing.T) {
	t.Parallel()
	text, ok := realLetter(t)
	if !ok {
		return
	}
	l, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]string{
		"symbol":      {l.Symbol, "708-CV/ĐUK"},
		"kind":        {l.Kind, "CV"},
		"date":        {l.Date.String(), "2024-05-27"},
		"place":       {l.Place, "Quảng Bình"},
		"superior":    {l.Superior, "Đảng bộ tỉnh Quảng Bình"},
		"issuer":      {l.Issuer, "Đảng ủy Khối các cơ quan tỉnh"},
		"subject":     {l.Subject, "tăng cường sự lãnh đạo của các cấp ủy đảng trong công tác tạo nguồn, kết nạp đảng viên mới"},
		"addressees":  {strings.Join(l.Addressees, "|"), "Các cấp ủy, tổ chức cơ sở đảng trực thuộc"},
		"filed":       {l.Filed, "VP ĐUK"},
		"signer":      {l.Signer.Authority + "|" + l.Signer.Title + "|" + l.Signer.Name, "T/M BAN THƯỜNG VỤ|PHÓ BÍ THƯ|Nguyễn Văn Sáu"},
		"endorsement": {l.Endorsement.Text + "|" + l.Endorsement.Date.String(), "Sao chuyển các chi bộ đề nghị|2024-06-03"},
		"basis":       {list(l.Basis, func(b Basis) string { return string(b.Symbol) + " " + b.Date.String() }), "728-CV/TU 2024-05-09| |42-KH/ĐUK 2022-05-16"},
		"clauses":     {list(l.Clauses, func(c Clause) string { return c.No }), "1|2|3|4|5|6"},
		"purposes":    {list(l.Recipients, func(r Recipient) string { return string(r.Purpose) }), "|để b/c|để b/c|||"},
		"targets": {list(l.Targets, targetString), "2 upper_secondary awareness 15-20 year each|2 upper_secondary admission 5- year each|" +
			"2 vocational awareness 5-10 year each|2 college awareness 5-10 year each|2 university awareness 5-10 year each|" +
			"2 vocational admission 3- year each|2 college admission 3- year each|2 university admission 3- year each"},
		"ceilings": {list(l.Ceilings, ceilingString), "1 2024,2025 has_source and plan_missed"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s = %q, want %q", name, pair[0], pair[1])
		}
	}
	if *l.Number != 708 {
		t.Errorf("number = %d", *l.Number)
	}
	two, _ := l.Clause("2")
	if strings.Contains(two.Text, "Sao chuyển") || !strings.Contains(two.Text, "thường xuyên theo đổi, chỉ đạo") || strings.Count(two.Text, "\n\n") != 1 {
		t.Errorf("clause 2 = %q", two.Text)
	}
	for no, doer := range map[string]string{
		"1": "các cấp ủy, tổ chức cơ sở đảng trực thuộc", "2": "các cấp ủy đảng trực thuộc",
		"3": "Các đoàn thể chính trị - xã hội, nhất là Đoàn Thanh niên Khối các cơ quan tỉnh",
		"4": "Ban Tuyên giáo Đảng ủy Khối", "5": "Các cấp ủy, tổ chức đảng trực thuộc", "6": "Ban Tổ chức Đảng ủy Khối",
	} {
		if got := firstDoer(l, no); got != doer {
			t.Errorf("clause %s is done by %q, want %q", no, got, doer)
		}
	}
	for _, printed := range []string{"Phần đầu", "cơ ở", "phát triển viên"} {
		if !strings.Contains(strings.Join(l.Warnings, "\n"), printed) {
			t.Errorf("no warning of %q", printed)
		}
	}
}

func firstDoer(l Letter, no string) string {
	for _, t := range l.Tasks {
		if t.Clause == no {
			return t.Doer
		}
	}
	return ""
}

func list[T any](items []T, text func(T) string) string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = text(it)
	}
	return strings.Join(out, "|")
}

func targetString(t Target) string {
	return strings.Join([]string{t.Clause, t.UnitKind, t.Indicator, num(t.Min) + "-" + num(t.Max), string(t.Per), t.Scope}, " ")
}

func ceilingString(c Ceiling) string {
	years, _ := json.Marshal(c.Years) //nolint:errchkjson // numbers
	return c.Clause + " " + strings.Trim(string(years), "[]") + " " + c.When
}

func num(n *int) string {
	if n == nil {
		return ""
	}
	b, _ := json.Marshal(*n) //nolint:errchkjson // a number
	return string(b)
}

func TestWhatIsNoLetterIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, key string }{
		{"an empty text", "", "letter.empty"},
		{"white space and a byte order mark", "\ufeff \n\t\r\n", "letter.empty"},
		{"a shopping list", "gạo\nmuối\ndầu ăn\n", "letter.none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(tt.text)
			var e *ReadError
			if !errors.As(err, &e) || e.Key != tt.key || e.Error() == "" {
				t.Errorf("Read = %v, want %s", err, tt.key)
			}
		})
	}
}

// letterOf wraps body paragraphs in the smallest letter.
func letterOf(body string) string {
	return "ĐẢNG BỘ TỈNH X\nĐẢNG ỦY KHỐI\n*\nSố 1-CV/ĐUK\nV/v kết nạp đảng viên\nX, ngày 01 tháng 3 năm 2024\n\nKính gửi: Các chi bộ\n\n" +
		"Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh, Đảng ủy Khối đề nghị các chi bộ thực hiện:\n\n" + body +
		"\n\nNơi nhận:\n- Như trên,\n- Lưu VP.\n\nT/M ĐẢNG ỦY\nBÍ THƯ\n\nLê Văn An\n"
}

func read(t testing.TB, text string) Letter {
	t.Helper()
	l, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTargets(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, want string }{
		{"from … to in words of number", "1. Hằng năm, mỗi trường THPT bồi dưỡng cảm tình Đảng từ 15 đến 20 học sinh.", "1 upper_secondary awareness 15-20 year each"},
		{"a range with a spaced dash", "1. Các trường cao đẳng mở lớp nhận thức về Đảng cho 15 - 20 sinh viên mỗi năm.", "1 college awareness 15-20 year each"},
		{"a range with a long dash", "1. Các trường cao đẳng bồi dưỡng nhận thức về Đảng 15–20 sinh viên/năm.", "1 college awareness 15-20 year each"},
		{"at least", "1. Hằng năm, các học viện kết nạp ít nhất 05 học viên.", "1 university admission 5- year each"},
		{"or more", "1. Hằng năm, các doanh nghiệp kết nạp 05 công nhân trở lên.", "1 enterprise admission 5- year each"},
		{"or more right after the number", "1. Hằng năm, các doanh nghiệp kết nạp 05 trở lên.", "1 enterprise admission 5- year each"},
		{"minimum", "1. Đơn vị sự nghiệp công lập kết nạp tối thiểu 03 quần chúng mỗi năm.", "1 public_service admission 3- year each"},
		{"not under", "1. Các sở, ban, ngành kết nạp không dưới 2 quần chúng một năm.", "1 agency admission 2- year each"},
		{"a number in words", "1. Mỗi năm, các trường trung cấp kết nạp ít nhất năm học sinh.", "1 vocational admission 5- year each"},
		{"a number and its words", "1. Mỗi năm, các trường trung cấp kết nạp từ 05 (năm) học sinh trở lên.", "1 vocational admission 5- year each"},
		{"at most", "1. Mỗi quý, các trường nghề bồi dưỡng cảm tình Đảng không quá 30 học viên.", "1 vocational awareness -30 quarter each"},
		{"a sum that one body owes", "1. Hằng năm, Đoàn Khối giới thiệu ít nhất 60 đoàn viên ưu tú cho Đảng.", "1 youth_union introduction 60- year total"},
		{"each of the lower bodies", "1. Mỗi cơ sở đoàn giới thiệu từ 3 - 5 đoàn viên ưu tú/năm.", "1 youth_union introduction 3-5 year each"},
		{"the units behind the number", "1. Phấn đấu mỗi năm kết nạp ít nhất 4 học sinh ở mỗi trường trung học phổ thông.", "1 upper_secondary admission 4- year each"},
		{"a term", "1. Trong nhiệm kỳ, mỗi doanh nghiệp kết nạp ít nhất 10 công nhân.", "1 enterprise admission 10- term each"},
		{"the doer of an earlier part of the sentence", "1. Hằng năm, các trường đại học rà soát nguồn; bồi dưỡng cảm tình Đảng từ 30-40 sinh viên; kết nạp 10 sinh viên trở lên.", "1 university awareness 30-40 year each|1 university admission 10- year each"},
		{"a list under a heading", "1. Đối với các trường THPT:\n- Bồi dưỡng cảm tình Đảng 15-20 học sinh/năm;\n- Kết nạp ít nhất 5 học sinh/năm.", "1 upper_secondary awareness 15-20 year each|1 upper_secondary admission 5- year each"},
		{"years and documents are no targets", "1. Các trường THPT thực hiện Kế hoạch số 15-KH/TU ngày 12/5/2024 về kết nạp đảng viên giai đoạn 2022-2025.", ""},
		{"classes are no people", "1. Các trường THPT mở ít nhất 02 lớp bồi dưỡng nhận thức về Đảng mỗi năm.", ""},
		{"per cent are no people", "1. Các doanh nghiệp kết nạp từ 3 - 5% đảng viên mỗi năm.", ""},
		{"what was reached is no target", "1. Các trường THPT đã kết nạp được 15 học sinh trong năm 2023; tiếp tục rà soát nguồn.", ""},
		{"the union's own members", "1. Đoàn Khối kết nạp ít nhất 100 đoàn viên mỗi năm.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := list(read(t, letterOf(tt.body)).Targets, targetString); got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.body, got, tt.want)
			}
		})
	}
}

func TestCeilings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, want string }{
		{"years joined by và", "Trong năm 2024 và năm 2025, tổ chức đảng có nguồn mà không đạt kế hoạch thì không được đánh giá, xếp loại hoàn thành xuất sắc nhiệm vụ.", "1 2024,2025 has_source and plan_missed"},
		{"years from … to", "Từ năm 2024 đến năm 2026, chi bộ không hoàn thành chỉ tiêu kết nạp thì không xem xét, xếp loại hoàn thành xuất sắc.", "1 2024,2025,2026 plan_missed"},
		{"a list of years", "Các năm 2025, 2026, nơi còn nguồn nhưng chưa đạt chỉ tiêu được giao không đề nghị công nhận \"Hoàn thành xuất sắc nhiệm vụ\".", "1 2025,2026 has_source and plan_missed"},
		{"only good at best", "Năm 2025, đơn vị không đạt kế hoạch kết nạp chỉ được xếp loại tối đa hoàn thành tốt nhiệm vụ.", "1 2025 plan_missed"},
		{"only where reached", "Năm 2025, chỉ xem xét, đánh giá hoàn thành xuất sắc đối với tổ chức đảng đạt chỉ tiêu kết nạp.", "1 2025 plan_missed"},
		{"those without source excepted", "Năm 2026, không xếp loại hoàn thành xuất sắc nhiệm vụ đối với chi bộ không đạt chỉ tiêu, trừ chi bộ không có nguồn.", "1 2026 has_source and plan_missed"},
		{"a condition in the sentence before", "Năm 2024, một số chi bộ có thể không đạt chỉ tiêu kết nạp. Những chi bộ này không được xếp loại hoàn thành xuất sắc nhiệm vụ.", "1 2024 plan_missed"},
		{"praise is no ceiling", "Năm 2025, đơn vị đạt chỉ tiêu được xem xét, xếp loại hoàn thành xuất sắc nhiệm vụ.", ""},
		{"a denial without a condition", "Năm 2025, không xếp loại hoàn thành xuất sắc nhiệm vụ quá 20%.", ""},
		{"the term of a congress is no year", "Nhiệm kỳ 2020-2025, nơi không đạt kế hoạch năm 2024 không được xếp loại hoàn thành xuất sắc.", "1 2024 plan_missed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := list(read(t, letterOf("1. "+tt.body)).Ceilings, ceilingString); got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.body, got, tt.want)
			}
		})
	}
}

func TestTasks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, want string }{
		{"before a day", "1. Các chi bộ rà soát nguồn, báo cáo trước ngày 30/6/2024.", "các chi bộ 2024-06-30"},
		{"at the latest", "1. Gửi danh sách chậm nhất 15/7/2024.", "các chi bộ 2024-07-15"},
		{"a day in words", "1. Báo cáo kết quả trước ngày 15 tháng 7 năm 2024.", "các chi bộ 2024-07-15"},
		{"within a month", "1. Ban Tổ chức tổng hợp danh sách, xong trong tháng 6/2024.", "ban tổ chức 2024-06-30"},
		{"a sentence of its own", "1. Ban Tổ chức rà soát hồ sơ. Hoàn thành trước 30/6/2024.", "ban tổ chức 2024-06-30"},
		{"a quarter", "1. Văn phòng Đảng ủy hoàn thành trong quý II/2024.", "văn phòng đảng ủy 2024-06-30"},
		{"days of documents are not due", "1. Triển khai Công văn số 728-CV/TU ngày 09/5/2024.", "các chi bộ "},
		{"every year", "1. Hằng năm, tổ chức sơ kết.", "các chi bộ  year"},
		{"half a year", "1. Định kỳ 6 tháng báo cáo kết quả.", "các chi bộ  half"},
		{"a quarter again", "1. Ban Tuyên giáo hằng quý báo cáo kết quả.", "ban tuyên giáo  quarter"},
		{"every month", "1. Báo cáo hằng tháng về Ban Tổ chức.", "các chi bộ  month"},
		{"periodically is no period", "1. Định kỳ báo cáo kết quả.", "các chi bộ "},
		{"two orders of one doer", "1. Ủy ban Kiểm tra Đảng ủy xây dựng kế hoạch; tổ chức kiểm tra.", "ủy ban kiểm tra đảng ủy |ủy ban kiểm tra đảng ủy "},
		{"a doer for each order", "1. Cấp ủy cơ sở lập kế hoạch; Đoàn Khối giới thiệu đoàn viên.", "cấp ủy cơ sở |đoàn khối "},
		{"an order handed on", "1. Giao Ban Tổ chức Đảng ủy chủ trì tham mưu.", "ban tổ chức đảng ủy "},
		{"a heading names the doer", "1. Ban Dân vận Đảng ủy:\n- Tuyên truyền trong đoàn viên;\n- Nắm tình hình hằng tháng.", "ban dân vận đảng ủy |ban dân vận đảng ủy  month"},
		{"an assignment keeps its doer", "1. Các chi bộ rà soát nguồn; phân công cấp ủy viên theo dõi.", "các chi bộ |các chi bộ "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := list(read(t, letterOf(tt.body)).Tasks, func(k Task) string {
				s := strings.ToLower(k.Doer) + " " + k.Due.String()
				if k.Repeat != "" {
					s += " " + string(k.Repeat)
				}
				return s
			})
			if got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.body, got, tt.want)
			}
		})
	}
}

func TestSpansMarkTheWords(t *testing.T) {
	t.Parallel()
	l := read(t, letterOf("1. Hằng năm, các trường THPT bồi dưỡng cảm tình Đảng từ 15-20 học sinh; kết nạp từ 5 học sinh trở lên.\n\n2. Ban Tổ chức rà soát."))
	c, _ := l.Clause("1")
	for i, want := range []string{"bồi dưỡng cảm tình Đảng từ 15-20 học sinh", "kết nạp từ 5 học sinh trở lên"} {
		if s := l.Targets[i].Span; c.Text[s.From:s.To] != want {
			t.Errorf("span %d is %q, want %q", i, c.Text[s.From:s.To], want)
		}
	}
}

func checkLetter(t testing.TB, l Letter) {
	t.Helper()
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b) || !norm.NFC.IsNormal(b) {
		t.Errorf("not JSON in NFC: %q", b)
	}
	spans := map[string][]Span{}
	for _, x := range l.Tasks {
		spans[x.Clause] = append(spans[x.Clause], x.Span)
	}
	for _, x := range l.Targets {
		spans[x.Clause] = append(spans[x.Clause], x.Span)
	}
	for _, x := range l.Ceilings {
		spans[x.Clause] = append(spans[x.Clause], x.Span)
	}
	for no, list := range spans {
		c, ok := l.Clause(no)
		for _, s := range list {
			if !ok || s.From < 0 || s.From >= s.To || s.To > len(c.Text) {
				t.Errorf("span %v lies outside clause %q of %d bytes", s, no, len(c.Text))
			}
		}
	}
}
