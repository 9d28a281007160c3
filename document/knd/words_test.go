package knd

import (
	"testing"

	"ketnap/admission"
)

func TestNumbersInWords(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "không", 1: "một", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm", 20: "hai mươi", 21: "hai mươi mốt", 24: "hai mươi bốn",
		25: "hai mươi lăm", 91: "chín mươi mốt", 100: "một trăm", 101: "một trăm linh một", 105: "một trăm linh năm", 110: "một trăm mười", 115: "một trăm mười lăm", 231: "hai trăm ba mươi mốt",
		999: "chín trăm chín mươi chín", 1000: "1000", -3: "-3"} {
		if got := spelled(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestPercentIsOfMembersToATenth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		agree, members int
		want           string
	}{{14, 20, "70%"}, {8, 9, "88,9%"}, {2, 3, "66,7%"}, {20, 20, "100%"}, {0, 7, "0%"}, {1_000_000, 1_000_000, "100%"}} {
		if got := percent(admission.Votes{For: c.agree, Members: c.members}); got != c.want {
			t.Errorf("%d/%d: %s, want %s", c.agree, c.members, got, c.want)
		}
	}
}

func TestNamesOfPartyAndCommittee(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, party, committee string }{
		{"Đảng ủy Khối các cơ quan tỉnh", "Đảng bộ Khối các cơ quan tỉnh", "Đảng ủy Khối các cơ quan tỉnh"},
		{"Đảng bộ Trường A", "Đảng bộ Trường A", "Đảng ủy Trường A"},
		{"Đảng uỷ Trường A", "Đảng bộ Trường A", "Đảng ủy Trường A"},
		{"Đảng ủy bộ phận B", "Đảng bộ bộ phận B", "Đảng ủy bộ phận B"},
		{"Huyện ủy Thanh Sơn", "Đảng bộ huyện Thanh Sơn", "Huyện ủy Thanh Sơn"},
		{"Tỉnh ủy Quảng Bình", "Đảng bộ tỉnh Quảng Bình", "Tỉnh ủy Quảng Bình"},
		{"Ban Cán sự", "Ban Cán sự", "Ban Cán sự"},
	} {
		if party, committee := partyName(c.name), committeeName(c.name); party != c.party || committee != c.committee {
			t.Errorf("%s: %q, %q", c.name, party, committee)
		}
	}
}

func TestNumbersAsTheyAreRecorded(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		n      int
		symbol string
	}{"05-NQ/CB": {5, "NQ/CB"}, "Số 708 -CV/ĐUK": {708, "CV/ĐUK"}, "12": {12, ""}, " 7 ": {7, ""}, "": {}, "sáu": {}, "118/GCN": {}} {
		if n, symbol := numberOf(text); n != want.n || symbol != want.symbol {
			t.Errorf("%q: %d, %q", text, n, symbol)
		}
	}
}
