package class

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/rule"
)

// Symbol stands behind the number of a certificate: one series of a committee and year for
// each kind of class.
func (k Kind) Symbol() string {
	if k == NewMember {
		return "CN-ĐVM"
	}
	return "CN"
}

// FormatNumber writes the number of a certificate: 0012/CN.
func FormatNumber(k Kind, n int) string { return fmt.Sprintf("%04d/%s", n, k.Symbol()) }

var numberForm = regexp.MustCompile(`^0*([1-9][0-9]{0,5})\s*/\s*(\S+)$`)

// ParseNumber reads a number of the series of a kind, however many noughts were written
// before it; false for the number of another series.
func ParseNumber(k Kind, s string) (int, bool) {
	m := numberForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil || !strings.EqualFold(m[2], k.Symbol()) {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

// NextNumber returns the first free number of a series: above the last one that was issued
// and above all that were recorded by hand in files, so that none is used twice.
func NextNumber(last int, byHand []int) int {
	for _, n := range byHand {
		last = max(last, n)
	}
	return last + 1
}

// Late warns of certificates that are issued later than the days after the decision. The
// day of the decision decides which regulation holds.
func Late(decided, issued date.Date) []rule.Finding {
	r := RegulationOn(decided)
	due := decided.AddDays(r.Days)
	if !issued.After(due) {
		return nil
	}
	return []rule.Finding{soft(r.Certificate.find("on", "Cấp giấy chứng nhận chậm: hạn là %s (%d ngày từ quyết định ngày %s).", due.VN(), r.Days, decided.VN()))}
}

// A RegisterMark says what became of an entry of the register. An entry is never changed;
// marks are added to it.
type RegisterMark string

// Marks of the register.
const (
	Replaced RegisterMark = "replaced" // printed wrongly; another one with the same number took its place
	Voided   RegisterMark = "void"     // taken back; the number stays used
)

// Words says the mark.
func (m RegisterMark) Words() string {
	switch m {
	case Replaced:
		return "Đã thay do lỗi in"
	case Voided:
		return "Đã thu hồi"
	}
	return string(m)
}

// Why a certificate is not issued again, for Replace.
const maxReason = 500

// Replace judges whether a certificate may be printed again under its number: only for an
// error of print, which is said, and only while it stands (CLS-09).
func Replace(standing bool, on date.Date, reason string) []rule.Finding {
	r := RegulationOn(on)
	block := func(field, format string, args ...any) []rule.Finding {
		f := r.Copies.find(field, format, args...)
		f.Severity = rule.Block
		return []rule.Finding{f}
	}
	switch {
	case !standing:
		return block("", "Giấy chứng nhận này đã được thay hoặc thu hồi.")
	case strings.TrimSpace(reason) == "":
		return block("reason", "Giấy chứng nhận chỉ cấp một lần; chỉ in lại khi in sai. Ghi rõ chỗ in sai.")
	case utf8.RuneCountInString(reason) > maxReason:
		return block("reason", "Dài quá %d ký tự.", maxReason)
	}
	return nil
}

// The register (sổ gốc) is a book: so many lines on a numbered page.
const registerLines = 20

// PageOf returns the page and the line of an entry of the register, both from 1 (CLS-09).
func PageOf(entry int) (page, line int) {
	return (entry-1)/registerLines + 1, (entry-1)%registerLines + 1
}
