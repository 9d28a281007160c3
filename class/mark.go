package class

import (
	"errors"
	"strconv"
	"strings"

	"ketnap/rule"
)

// A Mark is the mark of an essay in tenths of a point: 85 is 8,5.
type Mark int

// TopMark is the highest mark, 10.
const TopMark Mark = 100

// What is no mark. Each is for its own sentence beside the cell.
var (
	ErrMarkText = errors.New("not a mark")
	ErrMarkHigh = errors.New("above ten")
	ErrMarkFine = errors.New("more than one decimal")
)

// ParseMark reads a mark as it is typed or pasted: 8, 8,5 or 8.5, also 05. It fails with
// ErrMarkHigh above ten, with ErrMarkFine beyond one decimal, and with ErrMarkText for
// whatever else, the empty text included.
func ParseMark(s string) (Mark, error) {
	whole, rest, parted := strings.Cut(strings.Replace(strings.TrimSpace(s), ",", ".", 1), ".")
	if !digitsOnly(whole) || len(whole) > 2 || parted && !digitsOnly(rest) {
		if digitsOnly(whole) && (!parted || digitsOnly(rest)) {
			return 0, ErrMarkHigh
		}
		return 0, ErrMarkText
	}
	n, err := strconv.Atoi(whole)
	if err != nil {
		return 0, ErrMarkText
	}
	m := Mark(n * 10)
	if m > TopMark || m == TopMark && strings.Trim(rest, "0") != "" {
		return 0, ErrMarkHigh
	}
	if len(rest) > 1 {
		return 0, ErrMarkFine
	}
	if parted {
		m += Mark(rest[0] - '0')
	}
	return m, nil
}

func digitsOnly(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Valid reports whether m is a mark.
func (m Mark) Valid() bool { return m >= 0 && m <= TopMark }

// String writes the mark as Vietnamese papers do: 8 or 8,5.
func (m Mark) String() string {
	if m%10 == 0 {
		return strconv.Itoa(int(m / 10))
	}
	return strconv.Itoa(int(m/10)) + "," + strconv.Itoa(int(m%10))
}

// MarkFinding says beside the cell why a text is no mark.
func MarkFinding(r Regulation, field, text string, err error) rule.Finding {
	format := "«%s» không phải là điểm. Gõ số từ 0 đến 10, ví dụ 8 hoặc 8,5."
	switch {
	case errors.Is(err, ErrMarkHigh):
		format = "Điểm «%s» lớn hơn 10. Thang điểm 10."
	case errors.Is(err, ErrMarkFine):
		format = "Điểm «%s» có quá một chữ số thập phân. Làm tròn đến một chữ số, ví dụ 8,5."
	}
	f := r.Passing.find(field, format, cut(strings.TrimSpace(text)))
	f.Severity = rule.Block // it is no mark under any regulation
	return f
}

// cut keeps a sentence short whatever was pasted.
func cut(s string) string {
	const most = 20
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
