package person

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"ketnap/date"
)

// A Term is one entry of a coded list: its code, its name, and other ways to write it.
type Term struct {
	Code, Name string
	Also       []string
}

// A List is a coded list, in the order in which forms show it.
type List []Term

// Name returns the name of a code, "" where the list has none.
func (l List) Name(code string) string {
	for _, t := range l {
		if t.Code == code {
			return t.Name
		}
	}
	return ""
}

// Has reports whether the list has a code.
func (l List) Has(code string) bool { return l.Name(code) != "" }

// Find returns the entry that a text names, however it is spelled (IDN-21). Codes are not
// names: other lists number the same things differently (IDN-22).
func (l List) Find(text string) (Term, bool) {
	key := termKey(text)
	if key == "" {
		return Term{}, false
	}
	for _, t := range l {
		if termKey(t.Name) == key {
			return t, true
		}
		for _, also := range t.Also {
			if termKey(also) == key {
				return t, true
			}
		}
	}
	return Term{}, false
}

// termKey is a name without case, tone, space, hyphen and apostrophe.
func termKey(s string) string {
	if len(s) > 8*maxWords {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, Fold(s))
}

// terms reads a list that is written as "code name, other, other" between bars.
func terms(text string) List {
	var out List
	for line := range strings.SplitSeq(text, "|") {
		code, names, _ := strings.Cut(line, " ")
		name, also, _ := strings.Cut(names, ", ")
		t := Term{Code: code, Name: name}
		if also != "" {
			t.Also = strings.Split(also, ", ")
		}
		out = append(out, t)
	}
	return out
}

// EthnicGroups returns the peoples of Việt Nam by the national code, and 55 for foreigners
// (IDN-20).
func EthnicGroups() List {
	return terms(`01 Kinh, Việt|02 Tày|03 Thái|04 Hoa, Hán|05 Khơ-me, Khmer, Miên|06 Mường|07 Nùng|08 Hmông, H'Mông, Mông, Mèo|09 Dao|` +
		`10 Gia-rai, Jrai, Jarai, J'rai|11 Ngái|12 Ê-đê, Rađê|13 Ba-na, Bahnar|14 Xơ-đăng, Xê-đăng, Sơ-đăng|15 Sán Chay, Cao Lan, Sán Chỉ, Cao Lan - Sán Chỉ|` +
		`16 Cơ-ho, K'ho, Kơ-ho|17 Chăm, Chàm|18 Sán Dìu|19 Hrê, H'rê|20 Mnông, M'nông|21 Ra-glai, Raglay, Rắc-lây|22 Xtiêng, Stiêng, S'tiêng, X'tiêng|` +
		`23 Bru-Vân Kiều, Bru, Vân Kiều, Bru - Vân Kiều|24 Thổ|25 Giáy|26 Cơ-tu, Ka-tu, K'tu|27 Gié-Triêng, Giẻ Triêng, Dẻ Triêng|28 Mạ|29 Khơ-mú, Khmú|` +
		`30 Co, Cor|31 Ta-ôi, Tà Ôi, Pa Cô|32 Chơ-ro, Châu Ro|33 Kháng|34 Xinh-mun|35 Hà Nhì|36 Chu-ru|37 Lào|38 La Chí|39 La Ha|40 Phù Lá|41 La Hủ|` +
		`42 Lự|43 Lô Lô|44 Chứt|45 Mảng|46 Pà Thẻn|47 Cơ Lao, Cờ Lao|48 Cống|49 Bố Y|50 Si La|51 Pu Péo|52 Brâu|53 Ơ Đu|54 Rơ-măm|55 Người nước ngoài`)
}

// ProfessionalLevels returns the levels of professional training (IDN-26).
func ProfessionalLevels() List {
	return terms(`primary Sơ cấp|secondary Trung cấp, Trung học chuyên nghiệp|college Cao đẳng|university Đại học, Cử nhân, Kỹ sư|` +
		`master Thạc sĩ, Thạc sỹ, Cao học|doctor Tiến sĩ, Tiến sỹ|doctor_science Tiến sĩ khoa học, Tiến sỹ khoa học, TSKH`)
}

// AcademicTitles returns the scientific titles (IDN-26).
func AcademicTitles() List {
	return terms(`associate_professor Phó giáo sư, PGS|professor Giáo sư, GS`)
}

// PoliticalTheories returns the levels of political theory (IDN-27).
func PoliticalTheories() List {
	return terms(`primary Sơ cấp|secondary Trung cấp|advanced Cao cấp|bachelor Cử nhân`)
}

// OccupationGroups returns the groups of the report on members admitted (RPT-05).
func OccupationGroups() List {
	return terms(`pupil Học sinh|student Sinh viên|official Cán bộ, công chức, Cán bộ, Công chức|employee Viên chức|worker Công nhân, Công nhân, người lao động|` +
		`farmer Nông dân|armed_forces Lực lượng vũ trang, Quân đội, Công an|owner Chủ doanh nghiệp tư nhân, Chủ doanh nghiệp|other Nghề khác, Khác`)
}

// A ReligionRow adds an entry to the list of religions, or renames or closes one, from a
// day on (IDN-23).
type ReligionRow struct {
	Code   string
	Name   string
	From   date.Date
	Closed bool // not chosen any more; what was entered keeps its name
}

// Religions returns the list that the program knows by itself (IDN-23).
func Religions() List {
	return terms(`none Không, Không theo tôn giáo nào, Lương|buddhism Phật giáo, Đạo Phật|catholic Công giáo, Thiên Chúa giáo, Đạo Thiên Chúa|protestant Tin Lành|` +
		`caodai Cao Đài|hoahao Phật giáo Hòa Hảo, Hòa Hảo|islam Hồi giáo|bahai Baha'i|tinhdo Tịnh độ cư sĩ Phật hội|adventist Cơ đốc Phục lâm|` +
		`tuan Tứ Ân Hiếu Nghĩa|minhsu Minh Sư đạo|minhly Minh lý đạo Tam tông miếu|brahman Bà la môn|mormon Mặc môn|talon Phật giáo Hiếu nghĩa Tà Lơn|` +
		`kyhuong Bửu Sơn Kỳ Hương|other Khác`)
}

// ReligionsOn returns the list of a day: the program's own with the rows laid over it
// that hold by then, new ones before the last entry. rows are in the order of their days.
func ReligionsOn(rows []ReligionRow, day date.Date) (all List, closed map[string]bool) {
	all, closed = Religions(), map[string]bool{}
	for _, r := range rows {
		if r.From.After(day) {
			continue
		}
		closed[r.Code] = r.Closed
		at := -1
		for i, t := range all {
			if t.Code == r.Code {
				at = i
			}
		}
		if at >= 0 {
			all[at].Name = r.Name
			continue
		}
		last := len(all) - 1
		all = append(all[:last:last], Term{Code: r.Code, Name: r.Name}, all[last])
	}
	return all, closed
}

// A Schooling is the last grade of general school that was finished, of 12 or, in the
// old system, of 10 (IDN-25). The zero value is none stated.
type Schooling struct{ Grade, Of int }

// The two systems of general school.
const (
	oldSchool = 10
	newSchool = 12
)

// ParseSchooling reads 12/12, 9/12, 10/10, 7/10, with or without spaces and "lớp". It
// fails with the sentence for the user.
func ParseSchooling(s string) (Schooling, error) {
	const ask = "Trình độ học vấn ghi theo dạng 12/12, 9/12, hoặc 10/10, 7/10 của hệ cũ."
	text := s[:min(len(s), 100)]
	text = strings.TrimPrefix(Fold(text), "lop ")
	left, right, ok := strings.Cut(strings.ReplaceAll(text, " ", ""), "/")
	grade, err1 := strconv.Atoi(left)
	of, err2 := strconv.Atoi(right)
	switch {
	case !ok || err1 != nil || err2 != nil:
		return Schooling{}, textError(ask)
	case of != newSchool && of != oldSchool:
		return Schooling{}, textError(fmt.Sprintf("Không có hệ phổ thông %d năm. %s", of, ask))
	case grade < 1 || grade > of:
		return Schooling{}, textError(fmt.Sprintf("Hệ %d năm không có lớp %d. %s", of, grade, ask))
	}
	return Schooling{grade, of}, nil
}

// String writes the schooling as forms do, "" for none.
func (s Schooling) String() string {
	if s.Of == 0 {
		return ""
	}
	return strconv.Itoa(s.Grade) + "/" + strconv.Itoa(s.Of)
}
