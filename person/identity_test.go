package person

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"ketnap/date"
)

func TestANumberIsReadAsText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       Number
	}{
		{"twelve digits", "044096001234", Number{CitizenNumber, "044096001234"}},
		{"the zero in front stays", "001203000001", Number{CitizenNumber, "001203000001"}},
		{"grouped with spaces", " 044 096 001\u00a0234 ", Number{CitizenNumber, "044096001234"}},
		{"with dots and hyphens", "044.096-001.234", Number{CitizenNumber, "044096001234"}},
		{"the apostrophe of a spreadsheet", "'044096001234", Number{CitizenNumber, "044096001234"}},
		{"an old card has nine", "194 123 456", Number{OldCardNumber, "194123456"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got, err := ParseNumber(c.text); err != nil || got != c.want || !got.Well() {
				t.Errorf("ParseNumber(%q) = %v, %v", c.text, got, err)
			}
		})
	}
}

func TestWhatIsNoNumberIsRefusedOrAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, says string
		fault            NumberFault
		suggest          string
	}{
		{"nothing", " ", "Chưa ghi số", NumberEmpty, ""},
		{"a letter", "O44096001234", "“O”", NumberChar, ""},
		{"what a spreadsheet makes of it", "4.4096E+10", "“E”", NumberChar, ""},
		{"eleven digits lost a zero", "44096001234", "thiếu số 0 ở đầu", NumberLostZero, "044096001234"},
		{"ten digits lost two", "1203000001", "001203000001", NumberLostZero, "001203000001"},
		{"eight digits are an old card without its zero", "12345678", "012345678", NumberLostZero, "012345678"},
		{"seven digits are nothing", "1234567", "7 chữ số", NumberLength, ""},
		{"thirteen are too many", "0440960012345", "13 chữ số", NumberLength, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseNumber(c.text)
			var ne *NumberError
			if !errors.As(err, &ne) || ne.Fault != c.fault || ne.Suggest != c.suggest || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %#v, %v", ne, err)
			}
			if c.suggest != "" {
				if again, err := ParseNumber(ne.Suggest); err != nil || !again.Well() {
					t.Errorf("the suggestion %s is no number: %v", ne.Suggest, err)
				}
			}
		})
	}
}

func TestANumberIsComparedWithTheFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, digits, birth string
		sex                 Sex
		want                []string
	}{
		{"all agrees", "044096001234", "1996-03-14", Male, nil},
		{"a woman of the last century", "045196001234", "1996-03-14", Female, nil},
		{"a man born in this century", "044203001234", "2003-01-02", Male, nil},
		{"a woman born in this century", "001303001234", "2003-01-02", Female, nil},
		{"the other sex", "044096001234", "1996-03-14", Female, []string{"giới tính nam; hồ sơ ghi nữ"}},
		{"another year", "044096001234", "1997-03-14", Male, []string{"sinh năm 1996; hồ sơ ghi năm 1997"}},
		{"another century", "044096001234", "2096-03-14", Male, []string{"sinh năm 1996"}},
		{"a code that never was", "003096001234", "1996-03-14", Male, []string{"003 không có trong bảng mã"}},
		{"a code above the table", "099096001234", "1996-03-14", Male, []string{"099 không có"}},
		{"born abroad", "120096001234", "1996-03-14", Male, []string{"120 là mã nước"}},
		{"everything at once", "000396001234", "1996-03-14", Male, []string{"000", "giới tính nữ", "sinh năm 2096"}},
		{"an old card says nothing", "194123456", "1996-03-14", Male, []string{"chứng minh nhân dân cũ"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n, err := ParseNumber(c.digits)
			if err != nil {
				t.Fatal(err)
			}
			got := n.Check(c.sex, date.Must(c.birth))
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for i, w := range got {
				if !strings.Contains(w.Text, c.want[i]) || w.Rule == "" || w.Field != FieldNumber {
					t.Errorf("warning %+v, want %q", w, c.want[i])
				}
			}
		})
	}
}

func TestProvincesBelongToTheirList(t *testing.T) {
	t.Parallel()
	if a, b := len(Provinces(List63)), len(Provinces(List34)); a != 63 || b != 34 || Provinces("35") != nil {
		t.Fatalf("%d and %d provinces", a, b)
	}
	for _, list := range []ProvinceList{List63, List34} {
		last := ""
		for _, p := range Provinces(list) {
			if p.Code <= last || len(p.Code) != 2 || p.Name == "" || !norm.NFC.IsNormalString(p.Name) {
				t.Errorf("%+v after %s", p, last)
			}
			last = p.Code
		}
	}
	before, _ := ProvinceName(List63, "44")
	after, _ := ProvinceName(List34, "44")
	if before != "Quảng Bình" || after != "Quảng Trị" { // IDN-11
		t.Errorf("44 was %s and is %s", before, after)
	}
	n, _ := ParseNumber("044096001234")
	if _, name, ok := n.Province(); !ok || name != "Quảng Bình" { // IDN-04
		t.Errorf("the number decodes to %q", name)
	}
	if ListOn(date.Must("2025-06-30")) != List63 || ListOn(date.Must("2025-07-01")) != List34 {
		t.Error("the list changes on 1/7/2025")
	}
}

func TestAPlaceKeepsItsWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, coded, says string
		want                    Place
	}{
		{"words of the past stay", " xã Quảng Phú,  huyện Quảng Trạch ", "", "", Place{Text: "xã Quảng Phú, huyện Quảng Trạch"}},
		{"a code with its list", "Quảng Bình", "63:44", "", Place{"Quảng Bình", List63, "44"}},
		{"the code stands for the words", "", "34:44", "", Place{"Quảng Trị", List34, "44"}},
		{"nothing", "", "", "", Place{}},
		{"a code of the other list", "", "34:45", "chọn lại", Place{}},
		{"a code without a list", "", "44", "chọn lại", Place{}},
		{"a flood", strings.Repeat("ả", 201), "", "200 ký tự", Place{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParsePlace(c.text, c.coded)
			if c.says != "" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v", got, err)
			}
			if again, err := ParsePlace(got.Text, got.Coded()); err != nil || again != got {
				t.Errorf("read again: %+v, %v", again, err)
			}
		})
	}
}

func TestTheCardIsRead(t *testing.T) {
	t.Parallel()
	const card = "044096001234|194123456|LÊ VĂN AN|14031996|Nam|Tổ 5, Phú Hải, Đồng Hới, Quảng Bình|10052021"
	for _, text := range []string{card, card + "|||", norm.NFD.String(card), card + "\r\n"} {
		c, err := ParseCard(text)
		if err != nil || c.Number.Digits != "044096001234" || c.Old.Digits != "194123456" || c.Name.Full() != "Lê Văn An" || c.Birth != date.Must("1996-03-14") ||
			c.Sex != Male || c.Address != "Tổ 5, Phú Hải, Đồng Hới, Quảng Bình" || c.Issued != date.Must("2021-05-10") {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
		if w := c.Check("Lê Văn An", Male, c.Birth); len(w) != 0 {
			t.Errorf("its own file: %v", w)
		}
		if w := c.Check("Lê Văn Ân", Female, date.Must("1996-03-15")); len(w) != 2 { // tones are often lost on cards
			t.Errorf("another's file: %v", w)
		}
	}
	for _, c := range []struct{ name, text, says string }{
		{"not a card", "https://example.vn", "bảy phần"},
		{"six parts", "044096001234||LÊ VĂN AN|14031996|Nam|Huế", "bảy phần"},
		{"a bad number", strings.Replace(card, "0440", "x", 1), "“số”"},
		{"a bad old number", strings.Replace(card, "194", "19", 1), "chứng minh nhân dân"},
		{"a bad name", strings.Replace(card, "LÊ", "1", 1), "họ và tên"},
		{"an impossible day", strings.Replace(card, "1403", "3102", 1), "ngày sinh"},
		{"a bad sex", strings.Replace(card, "Nam", "x", 1), "giới tính"},
		{"a bad day of issue", strings.Replace(card, "10052021", "2021", 1), "ngày cấp"},
		{"a flood", strings.Repeat("|", 3000), "bảy phần"},
	} {
		_, err := ParseCard(c.text)
		var ce *CardError
		if !errors.As(err, &ce) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestListsAreFoundHoweverTheyAreSpelled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list List
		want string
		text []string
	}{
		{EthnicGroups(), "01", []string{"Kinh", "KINH", " kinh "}},
		{EthnicGroups(), "08", []string{"Hmông", "H'Mông", "H’mong", "Mông", "HMÔNG"}},
		{EthnicGroups(), "23", []string{"Bru-Vân Kiều", "bru vân kiều", "Bru - Vân Kiều", "Vân Kiều", "BRU VAN KIEU"}},
		{EthnicGroups(), "26", []string{"Cơ Tu", "Cơ-tu", "Katu"}},
		{EthnicGroups(), "27", []string{"Gié-Triêng", "Giẻ Triêng", "gie trieng"}},
		{EthnicGroups(), "44", []string{"Chứt", norm.NFD.String("Chứt")}},
		{EthnicGroups(), "12", []string{"Ê-đê", "Ê Đê", "ede"}},
		{Religions(), "none", []string{"Không", "không"}},
		{Religions(), "bahai", []string{"Baha'i", "BAHA’I"}},
		{ProfessionalLevels(), "master", []string{"Thạc sĩ", "thạc sỹ"}},
		{PoliticalTheories(), "bachelor", []string{"Cử nhân"}},
		{AcademicTitles(), "associate_professor", []string{"PGS", "Phó Giáo sư"}},
		{OccupationGroups(), "armed_forces", []string{"lực lượng vũ trang", "Công an"}},
	} {
		for _, text := range c.text {
			if got, ok := c.list.Find(text); !ok || got.Code != c.want {
				t.Errorf("%q is %q, want %q", text, got.Code, c.want)
			}
		}
	}
	for _, text := range []string{"", "01", "1", "---", "Kinh 1", strings.Repeat("a", 5000)} { // IDN-22
		if got, ok := EthnicGroups().Find(text); ok {
			t.Errorf("%q is taken for %q", text, got.Name)
		}
	}
}

func TestListsHaveNoTwoOfAKind(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]List{"ethnic": EthnicGroups(), "religion": Religions(), "professional": ProfessionalLevels(),
		"title": AcademicTitles(), "theory": PoliticalTheories(), "occupation": OccupationGroups()} {
		codes, keys := map[string]bool{}, map[string]string{}
		for _, term := range l {
			if codes[term.Code] || term.Code == "" || term.Name == "" {
				t.Errorf("%s: %+v", name, term)
			}
			codes[term.Code] = true
			for _, n := range append([]string{term.Name}, term.Also...) {
				if other, taken := keys[termKey(n)]; taken && other != term.Code {
					t.Errorf("%s: %q is %s and %s", name, n, other, term.Code)
				}
				keys[termKey(n)] = term.Code
				if !norm.NFC.IsNormalString(n) {
					t.Errorf("%q is not in NFC", n)
				}
			}
		}
	}
	if len(EthnicGroups()) != 55 {
		t.Errorf("%d peoples", len(EthnicGroups()))
	}
}

func TestTheListOfReligionsIsThatOfTheDay(t *testing.T) {
	t.Parallel()
	rows := []ReligionRow{
		{"new", "Đạo mới được công nhận", date.Must("2025-01-01"), false},
		{"mormon", "Giáo hội Mặc môn", date.Must("2025-02-01"), false},
		{"talon", "Phật giáo Hiếu nghĩa Tà Lơn", date.Must("2025-03-01"), true},
	}
	before, _ := ReligionsOn(rows, date.Must("2024-12-31"))
	if before.Has("new") || before.Name("mormon") != "Mặc môn" {
		t.Error("what is of tomorrow holds today")
	}
	after, closed := ReligionsOn(rows, date.Must("2025-03-01"))
	if after.Name("new") == "" || after.Name("mormon") != "Giáo hội Mặc môn" || !closed["talon"] || !after.Has("talon") {
		t.Errorf("%v, %v", after, closed)
	}
	if last := after[len(after)-1]; last.Code != "other" || len(after) != len(Religions())+1 {
		t.Errorf("the last is %+v of %d", last, len(after))
	}
}

func TestSchoolingIsReadInBothSystems(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Schooling{"12/12": {12, 12}, " 9 / 12 ": {9, 12}, "10/10": {10, 10}, "7/10": {7, 10}, "Lớp 11/12": {11, 12}} {
		got, err := ParseSchooling(text)
		if err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
		if again, err := ParseSchooling(got.String()); err != nil || again != got {
			t.Errorf("%q again: %v, %v", text, again, err)
		}
	}
	for text, says := range map[string]string{"": "12/12", "12": "12/12", "13/12": "không có lớp 13", "0/12": "không có lớp 0", "9/11": "11 năm", "tốt nghiệp": "12/12", "11/10": "lớp 11"} {
		if _, err := ParseSchooling(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if (Schooling{}).String() != "" {
		t.Error("no schooling has words")
	}
}

func TestAFieldOpensWhenAPaperNeedsIt(t *testing.T) {
	t.Parallel()
	adult, minor := date.Must("1996-03-14"), date.Must("2008-10-16")
	today := date.Must("2026-10-15") // the day before the minor is of age
	for _, c := range []struct {
		name string
		m    Moment
		f    Field
		rule string
	}{
		{"nothing before consent and application", Moment{Birth: adult, Today: today}, FieldHometown, "LAW-09"},
		{"the ordinary with consent", Moment{Agreed: true, Birth: adult, Today: today}, FieldNumber, ""},
		{"the sensitive not by consent alone", Moment{Agreed: true, Birth: adult, Today: today}, FieldEthnicity, "LAW-09"},
		{"the sensitive of a minor neither", Moment{Agreed: true, Birth: minor, Today: today}, FieldReligion, "LAW-17"},
		{"of age on the birthday", Moment{Agreed: true, Birth: minor, Today: today.AddDays(1)}, FieldReligion, "LAW-09"},
		{"with the application everything", Moment{Applied: true, Birth: minor, Today: today}, FieldReligion, ""},
	} {
		w, closed := c.m.Closed(c.f)
		if closed != (c.rule != "") || w.Rule != c.rule || closed && w.Text == "" {
			t.Errorf("%s: %+v, %v", c.name, w, closed)
		}
	}
	if w := (Moment{Applied: true}).Ask([]Field{FieldNumber, FieldReligion}); len(w) != 1 || w[0].Rule != "LAW-06" {
		t.Errorf("no consent: %v", w)
	}
	if w := (Moment{Applied: true}).Ask([]Field{FieldNumber}); len(w) != 0 {
		t.Errorf("nothing sensitive: %v", w)
	}
	if w := (Moment{Applied: true, Agreed: true}).Ask(Fields()); len(w) != 0 {
		t.Errorf("agreed: %v", w)
	}
}

func TestEveryFieldIsNeededBySomePaper(t *testing.T) {
	t.Parallel()
	for _, f := range Fields() {
		if len(NeededBy(f)) == 0 || !f.Valid() {
			t.Errorf("no paper needs %s: it must not be asked for", f)
		}
	}
	if Needed("3-KNĐ") != nil || Field("x").Valid() {
		t.Error("a paper or field that is none")
	}
	if slices.Contains(Needed("9-KNĐ"), FieldReligion) {
		t.Error("a decision says no religion")
	}
}

// some are details in which every field is filled.
func some() Details {
	return Details{Number: Number{CitizenNumber, "044096001234"}, BirthPlace: Place{Text: "Đồng Hới"}, Hometown: Place{"Quảng Bình", List63, "44"},
		Residence: Place{Text: "Phú Hải"}, Ethnicity: "01", Religion: "none", Schooling: Schooling{12, 12}, Professional: "university", Title: "professor",
		Theory: "secondary", Languages: "Anh B1", Computing: "cơ bản", Occupation: "Giáo viên", OccupationGroup: "employee"}
}

func TestDetailsAreComparedFieldByField(t *testing.T) {
	t.Parallel()
	d := some()
	if got := d.Filled(); len(got) != len(Fields()) {
		t.Fatalf("filled: %v", got)
	}
	for _, f := range Fields() {
		one := Details{}.With(d, []Field{f})
		if got := one.Filled(); len(got) != 1 || got[0] != f {
			t.Errorf("only %s was taken: %v", f, got)
		}
		if got := d.With(Details{}, []Field{f}).Changed(d); len(got) != 1 || got[0] != f {
			t.Errorf("%s was cleared: %v", f, got)
		}
	}
	if all := (Details{}).With(d, Fields()); all != d {
		t.Error("all fields are not the whole")
	}
}

func TestDetailsArePrinted(t *testing.T) {
	t.Parallel()
	p := some().Print(Religions())
	if p.IDNumber != "044096001234" || p.Ethnicity != "Kinh" || p.Religion != "Không" || p.Hometown != "Quảng Bình" || p.Occupation != "Giáo viên" {
		t.Errorf("%+v", p)
	}
	if want := "12/12; đại học; giáo sư; lý luận chính trị trung cấp"; p.Education != want {
		t.Errorf("education is %q", p.Education)
	}
	if (Details{}).Print(Religions()) != (Identity{}) {
		t.Error("nothing known prints something")
	}
}

// checkIdentity demands of any text that what is read from it reads back as itself.
func checkIdentity(t failer, text string) {
	if n, err := ParseNumber(text); err == nil {
		if again, err := ParseNumber(n.Digits); err != nil || again != n {
			t.Fatalf("number %v again: %v, %v", n, again, err)
		}
		n.Check(Male, date.Must("1996-03-14"))
	} else if ne, ok := errors.AsType[*NumberError](err); !ok || ne.Fault == NumberLostZero && !well(ne.Suggest) {
		t.Fatalf("%q: %v", text, err)
	}
	if p, err := ParsePlace(text, ""); err == nil {
		if again, err := ParsePlace(p.Text, ""); err != nil || again != p || !norm.NFC.IsNormalString(p.Text) {
			t.Fatalf("place %q again: %q, %v", p.Text, again.Text, err)
		}
	}
	if s, err := ParseSchooling(text); err == nil && (s.Grade < 1 || s.Grade > s.Of) {
		t.Fatalf("%q: %v", text, s)
	}
	if term, ok := EthnicGroups().Find(text); ok && !EthnicGroups().Has(term.Code) {
		t.Fatalf("%q: %v", text, term)
	}
	if c, err := ParseCard(text); err == nil && (!c.Number.Well() || !c.Sex.Valid() || c.Birth.IsZero() || c.Name.Given == "") {
		t.Fatalf("%q: %+v", text, c)
	}
}

func well(digits string) bool {
	n, err := ParseNumber(digits)
	return err == nil && n.Well()
}

func TestIdentityIsStable(t *testing.T) {
	t.Parallel()
	texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 .'-]{0,16}`), rapid.StringMatching(`[0-9]{1,2}/1[0-2]`),
		rapid.StringMatching(`0[0-9]{11}\|[0-9]{0,9}\|LÊ AN\|[0-3][0-9]0[1-9]19[0-9]{2}\|Nam\|[a-z ]{0,9}\|`))
	rapid.Check(t, func(t *rapid.T) { checkIdentity(t, texts.Draw(t, "text")) })
}

func FuzzIdentity(f *testing.F) {
	for _, s := range []string{"044096001234", "44096001234", "12/12", "Bru - Vân Kiều", "xã Phú Hải\u0000", "\xff", "044096001234||LÊ AN|14031996|Nam|Huế|10052021"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkIdentity(t, s) })
}
