package knd_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/document/knd"
)

var today = date.Must("2026-11-23")

// TestTitleAndAuthorityOfEveryForm holds what each paper is called and who signs it: the
// titles are facts of the regulation (DOC-104 warns of the mislabelled ones).
func TestTitleAndAuthorityOfEveryForm(t *testing.T) {
	t.Parallel()
	const bureau, committee = "T/M BAN THƯỜNG VỤ", "T/M ĐẢNG ỦY"
	want := []struct{ code, name, kind, title, authority, symbol string }{
		{"CN-NTVĐ", "Giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng", "GIẤY CHỨNG NHẬN", "lớp bồi dưỡng nhận thức về Đảng", "", ""},
		{"1-KNĐ", "Đơn xin vào Đảng", "ĐƠN XIN VÀO ĐẢNG", "", "", ""},
		{"2-KNĐ", "Lý lịch của người xin vào Đảng", "LÝ LỊCH", "của người xin vào Đảng", "", ""},
		{knd.Verification, "Công văn đề nghị thẩm tra lý lịch của người xin vào Đảng", "", "", committee, "CV/ĐU"},
		{"3-KNĐ", "Giấy giới thiệu người vào Đảng", "GIẤY GIỚI THIỆU", "người vào Đảng", "", ""},
		{"3A-KNĐ", "Giấy giới thiệu người vào Đảng (đảng viên thứ hai)", "GIẤY GIỚI THIỆU", "người vào Đảng", "", ""},
		{"4-KNĐ", "Nghị quyết giới thiệu đoàn viên ưu tú vào Đảng", "NGHỊ QUYẾT", "giới thiệu đoàn viên ưu tú vào Đảng", "T/M BAN CHẤP HÀNH", "NQ/ĐTN"},
		{"4A-KNĐ", "Nghị quyết giới thiệu công đoàn viên ưu tú vào Đảng", "NGHỊ QUYẾT", "giới thiệu công đoàn viên ưu tú vào Đảng", "T/M BAN CHẤP HÀNH", "NQ/CĐ"},
		{"5-KNĐ", "Tổng hợp ý kiến nhận xét của tổ chức chính trị - xã hội nơi người vào Đảng sinh hoạt và chi ủy (chi bộ) nơi cư trú", "TỔNG HỢP Ý KIẾN NHẬN XÉT",
			"của tổ chức chính trị - xã hội nơi người vào Đảng sinh hoạt và chi ủy (chi bộ) nơi cư trú", "T/M CHI ỦY", ""},
		{knd.BranchMinutes, "Biên bản họp chi bộ", "BIÊN BẢN", "họp chi bộ", "", "BB/CB"},
		{"6-KNĐ", "Nghị quyết đề nghị kết nạp đảng viên", "NGHỊ QUYẾT", "đề nghị kết nạp đảng viên", "T/M CHI BỘ", "NQ/CB"},
		{"7-KNĐ", "Báo cáo của đảng ủy bộ phận thẩm định nghị quyết của chi bộ", "BÁO CÁO", "của đảng ủy bộ phận thẩm định nghị quyết của chi bộ", "T/M ĐẢNG ỦY BỘ PHẬN", "BC/ĐU"},
		{"8-KNĐ", "Nghị quyết đề nghị kết nạp đảng viên của đảng ủy cơ sở", "NGHỊ QUYẾT", "đề nghị kết nạp đảng viên", committee, "NQ/ĐU"},
		{"9-KNĐ", "Quyết định kết nạp đảng viên", "QUYẾT ĐỊNH", "kết nạp đảng viên", bureau, "QĐ/ĐUK"},
		{knd.DecisionList, "Danh sách kèm theo các quyết định của một phiên họp", "DANH SÁCH",
			"được kết nạp vào Đảng, kèm theo các quyết định ngày 28/10/2024 của Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh Hải Sơn", bureau, ""},
		{knd.Programme, "Chương trình lễ kết nạp đảng viên", "CHƯƠNG TRÌNH", "lễ kết nạp đảng viên", "T/M CHI BỘ", ""},
		{"1-HSĐV", "Lý lịch đảng viên", "LÝ LỊCH ĐẢNG VIÊN", "", "", ""},
		{"10-KNĐ", "Bản tự kiểm điểm của đảng viên dự bị", "BẢN TỰ KIỂM ĐIỂM", "của đảng viên dự bị", "", ""},
		{"11-KNĐ", "Bản nhận xét đảng viên dự bị", "BẢN NHẬN XÉT", "đảng viên dự bị", "", ""},
		{"12-KNĐ", "Tổng hợp ý kiến nhận xét của tổ chức chính trị - xã hội nơi đảng viên dự bị sinh hoạt và chi ủy (chi bộ) nơi cư trú", "TỔNG HỢP Ý KIẾN NHẬN XÉT",
			"của tổ chức chính trị - xã hội nơi đảng viên dự bị sinh hoạt và chi ủy (chi bộ) nơi cư trú", "T/M CHI ỦY", ""},
		{"CN-ĐVM", "Giấy chứng nhận lớp bồi dưỡng lý luận chính trị cho đảng viên mới", "GIẤY CHỨNG NHẬN", "lớp bồi dưỡng lý luận chính trị cho đảng viên mới", "", ""},
		{"13-KNĐ", "Nghị quyết đề nghị công nhận đảng viên chính thức", "NGHỊ QUYẾT", "đề nghị công nhận đảng viên chính thức", "T/M CHI BỘ", "NQ/CB"},
		{"14-KNĐ", "Báo cáo của đảng ủy bộ phận thẩm định nghị quyết của chi bộ về công nhận đảng viên chính thức", "BÁO CÁO",
			"của đảng ủy bộ phận thẩm định nghị quyết của chi bộ về công nhận đảng viên chính thức", "T/M ĐẢNG ỦY BỘ PHẬN", "BC/ĐU"},
		{"15-KNĐ", "Nghị quyết đề nghị công nhận đảng viên chính thức của đảng ủy cơ sở", "NGHỊ QUYẾT", "đề nghị công nhận đảng viên chính thức", committee, "NQ/ĐU"},
		{"16-KNĐ", "Quyết định công nhận đảng viên chính thức", "QUYẾT ĐỊNH", "công nhận đảng viên chính thức", bureau, "QĐ/ĐUK"},
		{knd.TransferNotice, "Công văn chuyển hồ sơ", "", "", bureau, "CV/ĐUK"},
		{knd.RefusalNotice, "Thông báo không đồng ý kết nạp đảng viên", "THÔNG BÁO", "không đồng ý kết nạp đảng viên", bureau, "TB/ĐUK"},
		{knd.ReturnNotice, "Công văn trả hồ sơ để bổ sung", "", "", bureau, "CV/ĐUK"},
	}
	e := eras[0]
	forms := knd.Forms(e.on("2024-08-15"))
	if len(forms) != len(want) {
		t.Fatalf("%d forms, want %d", len(forms), len(want))
	}
	for i, w := range want {
		form := forms[i]
		d, err := knd.Build(w.code, e.facts(form))
		if err != nil {
			t.Fatal(err)
		}
		authority := ""
		if len(d.Signatures) == 1 {
			authority = d.Signatures[0].Authority
		}
		if form.Code != w.code || form.Name != w.name || d.Kind != w.kind || d.Title != w.title || authority != w.authority || d.Symbol != w.symbol {
			t.Errorf("%s: %q, %q %q, signed %q, %q", form.Code, form.Name, d.Kind, d.Title, authority, d.Symbol)
		}
		if form.By == "" || form.Cite == "" || form.Kind != "" && !document.ValidKind(form.Kind) {
			t.Errorf("%s: by %q, kind %q, cite %q", form.Code, form.By, form.Kind, form.Cite)
		}
		if form.Kind != "" && !strings.HasPrefix(d.Symbol, form.Kind+"/") {
			t.Errorf("%s has the kind %s and the symbol %s", form.Code, form.Kind, d.Symbol)
		}
		if form.Act != "" && !form.Act.Valid() {
			t.Errorf("%s: no act %q", form.Code, form.Act)
		}
	}
}

// TestFormsCoverTheCodesOfAdmission reads the constants themselves: a paper added there
// needs its form here.
func TestFormsCoverTheCodesOfAdmission(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../../admission/paper.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{knd.Verification, knd.Programme, knd.TransferNotice, knd.RefusalNotice, knd.ReturnNotice, knd.BranchMinutes, knd.DecisionList}
	papers := 0
	for _, decl := range file.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			if name, ok := v.Type.(*ast.Ident); !ok || name.Name != "PaperCode" {
				continue
			}
			code, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, code)
			papers++
		}
	}
	var got []string
	for _, f := range knd.Forms(today) {
		got = append(got, f.Code)
		if found, ok := knd.Find(f.Code, today); !ok || found != f {
			t.Errorf("Find(%q) = %+v, %v", f.Code, found, ok)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if papers < 20 || !slices.Equal(got, want) {
		t.Errorf("forms %q, want %q", got, want)
	}
	if _, ok := knd.Find("17-KNĐ", today); ok {
		t.Error("17-KNĐ is reserved")
	}
}

func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	t.Parallel()
	short := &admission.Votes{Members: 20, Present: 18, For: 13, Against: 5}
	for _, c := range []struct {
		name, code string
		change     func(*knd.Facts)
		want       error
		says       string
	}{
		{"no such form", "17-KNĐ", func(*knd.Facts) {}, knd.ErrUnknown, "17-KNĐ"},
		{"no name", "6-KNĐ", func(f *knd.Facts) { f.Person.Name = " \u200b\n" }, knd.ErrMissing, "họ tên"},
		{"no branch", "6-KNĐ", func(f *knd.Facts) { f.Branch.Name = "" }, knd.ErrMissing, "tên chi bộ"},
		{"no day", "6-KNĐ", func(f *knd.Facts) { f.Today = date.Date{} }, knd.ErrMissing, "ngày lập văn bản"},
		{"no sectional committee", "7-KNĐ", func(f *knd.Facts) { f.Sectional = knd.Body{} }, knd.ErrMissing, "đảng ủy bộ phận"},
		{"no base committee", "15-KNĐ", func(f *knd.Facts) { f.Base = knd.Body{} }, knd.ErrMissing, "đảng ủy cơ sở"},
		{"no competent committee", "9-KNĐ", func(f *knd.Facts) { f.Competent = knd.Body{} }, knd.ErrMissing, "cấp ủy có thẩm quyền"},
		{"minutes of nothing", knd.BranchMinutes, func(f *knd.Facts) { f.Minutes.Items = nil }, knd.ErrMissing, "nội dung họp"},
		{"an empty list", knd.DecisionList, func(f *knd.Facts) { f.Session.Rows = nil }, knd.ErrMissing, "danh sách"},
		{"another act", "6-KNĐ", func(f *knd.Facts) { f.Act = admission.Act{Code: admission.Decide, On: today} }, knd.ErrAct, "decide"},
		{"13 of 20 are no two thirds", "6-KNĐ", func(f *knd.Facts) {
			f.Act = admission.Act{Code: admission.BranchResolution, On: today, Votes: short}
		}, knd.ErrVote, "13/20"},
		{"votes that cannot be", "9-KNĐ", func(f *knd.Facts) {
			f.Act = admission.Act{Code: admission.Decide, On: today, Votes: &admission.Votes{Members: 3, Present: 9, For: 9}}
		}, knd.ErrVote, "9/3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := bare(today)
			c.change(&f)
			if _, err := knd.Build(c.code, f); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAFileNeedsOnlyThePapersOfItsBodies(t *testing.T) {
	t.Parallel()
	f := bare(today)
	f.Sectional, f.Base = knd.Body{}, knd.Body{}
	f.File.By = admission.Member
	var got []string
	for _, form := range knd.For(f) {
		got = append(got, form.Code)
	}
	for _, code := range []string{"7-KNĐ", "14-KNĐ", "8-KNĐ", "15-KNĐ", "4-KNĐ", "4A-KNĐ"} {
		if slices.Contains(got, code) {
			t.Errorf("%s is not a paper of this road", code)
		}
	}
	if !slices.Contains(got, "3A-KNĐ") || !slices.Contains(got, "6-KNĐ") {
		t.Errorf("got %q", got)
	}
}
