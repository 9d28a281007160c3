package document

import (
	"testing"

	"ketnap/org"
)

func TestANumberIsReadAsOfficesWriteIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		number int
		symbol string
		ok     bool
	}{
		{"05-NQ/CB", 5, "NQ/CB", true},
		{"Số 708 -CV/ĐUK", 708, "CV/ĐUK", true},
		{"số: 12-QĐ/ĐU", 12, "QĐ/ĐU", true},
		{"02-HD/BTCTW", 2, "HD/BTCTW", true},
		{"0-NQ/CB", 0, "", false},
		{"NQ 05", 0, "", false},
		{"05", 0, "", false},
		{"", 0, "", false},
	} {
		number, symbol, ok := ParseNumber(c.text)
		if ok != c.ok || ok && (number != c.number || symbol != c.symbol) {
			t.Errorf("%q: %d %q %v", c.text, number, symbol, ok)
		}
	}
	if got := FormatNumber(5, "NQ/CB"); got != "05-NQ/CB" {
		t.Error(got)
	}
	if got := FormatNumber(708, "CV/ĐUK"); got != "708-CV/ĐUK" {
		t.Error(got)
	}
}

func TestTheSymbolOfAUnit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unit org.Unit
		want string
	}{
		{org.Unit{Type: org.Branch, Name: "Chi bộ Khoa Kinh tế"}, "CB"},
		{org.Unit{Type: org.BaseCommittee, Name: "Đảng ủy Trường Đại học Hải Sơn"}, "ĐU"},
		{org.Unit{Type: org.Committee, Name: "Đảng ủy Khối các cơ quan tỉnh"}, "ĐUK"},
		{org.Unit{Type: org.Committee, Name: "Tỉnh uỷ Quảng Trị"}, "TU"},
		{org.Unit{Type: org.Committee, Name: "Đảng ủy xã Hải Bình"}, "ĐU"},
		{org.Unit{Type: org.Board, Name: "Ban Tổ chức Đảng ủy Khối"}, "BTC"},
	} {
		if got := SymbolOf(c.unit); got != c.want {
			t.Errorf("%s: %s, want %s", c.unit.Name, got, c.want)
		}
	}
}
