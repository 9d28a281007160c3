package person

import (
	"strings"

	"ketnap/date"
)

// A ProvinceList is a version of the list of provinces. A code without it says nothing:
// 44 was Quảng Bình and is Quảng Trị (IDN-11).
type ProvinceList string

// The two lists, by the number of their provinces.
const (
	List63 ProvinceList = "63" // to 30/6/2025
	List34 ProvinceList = "34" // from 1/7/2025 (IDN-10)
)

// ListOn returns the list that holds on a day.
func ListOn(day date.Date) ProvinceList {
	if day.Before(date.Must("2025-07-01")) {
		return List63
	}
	return List34
}

// A Province is a province or a city of one list.
type Province struct {
	List ProvinceList
	Code string // two digits, as the statistics office has them
	Name string
}

// The lists as text, code and name by turns.
const (
	provinces63 = `01 Hà Nội|02 Hà Giang|04 Cao Bằng|06 Bắc Kạn|08 Tuyên Quang|10 Lào Cai|11 Điện Biên|12 Lai Châu|14 Sơn La|` +
		`15 Yên Bái|17 Hòa Bình|19 Thái Nguyên|20 Lạng Sơn|22 Quảng Ninh|24 Bắc Giang|25 Phú Thọ|26 Vĩnh Phúc|27 Bắc Ninh|` +
		`30 Hải Dương|31 Hải Phòng|33 Hưng Yên|34 Thái Bình|35 Hà Nam|36 Nam Định|37 Ninh Bình|38 Thanh Hóa|40 Nghệ An|` +
		`42 Hà Tĩnh|44 Quảng Bình|45 Quảng Trị|46 Thừa Thiên Huế|48 Đà Nẵng|49 Quảng Nam|51 Quảng Ngãi|52 Bình Định|54 Phú Yên|` +
		`56 Khánh Hòa|58 Ninh Thuận|60 Bình Thuận|62 Kon Tum|64 Gia Lai|66 Đắk Lắk|67 Đắk Nông|68 Lâm Đồng|70 Bình Phước|` +
		`72 Tây Ninh|74 Bình Dương|75 Đồng Nai|77 Bà Rịa - Vũng Tàu|79 Thành phố Hồ Chí Minh|80 Long An|82 Tiền Giang|83 Bến Tre|` +
		`84 Trà Vinh|86 Vĩnh Long|87 Đồng Tháp|89 An Giang|91 Kiên Giang|92 Cần Thơ|93 Hậu Giang|94 Sóc Trăng|95 Bạc Liêu|96 Cà Mau`
	provinces34 = `01 Hà Nội|04 Cao Bằng|08 Tuyên Quang|11 Điện Biên|12 Lai Châu|14 Sơn La|15 Lào Cai|19 Thái Nguyên|20 Lạng Sơn|` +
		`22 Quảng Ninh|24 Bắc Ninh|25 Phú Thọ|31 Hải Phòng|33 Hưng Yên|37 Ninh Bình|38 Thanh Hóa|40 Nghệ An|42 Hà Tĩnh|44 Quảng Trị|` +
		`46 Huế|48 Đà Nẵng|51 Quảng Ngãi|52 Gia Lai|56 Khánh Hòa|66 Đắk Lắk|68 Lâm Đồng|75 Đồng Nai|79 Thành phố Hồ Chí Minh|` +
		`80 Tây Ninh|82 Đồng Tháp|86 Vĩnh Long|91 An Giang|92 Cần Thơ|96 Cà Mau`
)

// Provinces returns a list in the order of its codes, from north to south; none for a
// list that is not known.
func Provinces(list ProvinceList) []Province {
	text := map[ProvinceList]string{List63: provinces63, List34: provinces34}[list]
	var out []Province
	for line := range strings.SplitSeq(text, "|") {
		if code, name, ok := strings.Cut(line, " "); ok {
			out = append(out, Province{list, code, name})
		}
	}
	return out
}

// ProvinceName returns the name of a code in a list.
func ProvinceName(list ProvinceList, code string) (string, bool) {
	for _, p := range Provinces(list) {
		if p.Code == code {
			return p.Name, true
		}
	}
	return "", false
}

// A Place is a place as the paper names it, names of the past included (IDN-14), with the
// province by code where somebody chose it.
type Place struct {
	Text string
	List ProvinceList // "" without a code
	Code string
}

// ParsePlace reads a place and its coded province, "34:44", "" for none. Without words
// the name of the province stands for them. It fails with the sentence for the user.
func ParsePlace(text, coded string) (Place, error) {
	words, err := FreeText(text)
	if err != nil || coded == "" {
		return Place{Text: words}, err
	}
	list, code, _ := strings.Cut(coded, ":")
	name, ok := ProvinceName(ProvinceList(list), code)
	if !ok {
		return Place{}, textError("Không có tỉnh, thành phố nào mang mã này; xin chọn lại.")
	}
	if words == "" {
		words = name
	}
	return Place{Text: words, List: ProvinceList(list), Code: code}, nil
}

// Coded returns the list and the code as ParsePlace reads them, "" for none.
func (p Place) Coded() string {
	if p.Code == "" {
		return ""
	}
	return string(p.List) + ":" + p.Code
}
