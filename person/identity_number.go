package person

import (
	"fmt"
	"strings"

	"ketnap/date"
)

// A NumberKind says on which paper a number stands.
type NumberKind string

// Kinds of number.
const (
	CitizenNumber NumberKind = "citizen"  // số định danh cá nhân, 12 digits (IDN-01)
	OldCardNumber NumberKind = "old_card" // chứng minh nhân dân, 9 digits (IDN-06)
)

// Lengths of the two kinds. A province code may begin with two zeros, so that a
// spreadsheet loses up to two of them.
const (
	citizenDigits = 12
	oldCardDigits = 9
	mostLost      = 2
)

// A Number is the number of a person's identity paper: always text, for zeros lead
// (IDN-06). The zero value is no number.
type Number struct {
	Kind   NumberKind
	Digits string
}

// A NumberFault is what is wrong with a number.
type NumberFault string

// Faults of a number.
const (
	NumberEmpty    NumberFault = "empty"
	NumberChar     NumberFault = "character"
	NumberLength   NumberFault = "length"
	NumberLostZero NumberFault = "lost_zero" // Suggest is what it may have been
)

// A NumberError says why a text is no number, and what was perhaps meant.
type NumberError struct {
	Fault   NumberFault
	Char    string // the first that is no digit
	Length  int
	Suggest string // with the zeros that a spreadsheet drops
}

// Error returns the sentence for the user, in Vietnamese.
func (e *NumberError) Error() string {
	switch e.Fault {
	case NumberEmpty:
		return "Chưa ghi số; xin ghi 12 chữ số trên thẻ."
	case NumberChar:
		return fmt.Sprintf("Số có ký tự “%s”; xin chỉ ghi chữ số.", e.Char)
	case NumberLostZero:
		return fmt.Sprintf("Số chỉ có %d chữ số, có thể thiếu số 0 ở đầu. Có phải số đầy đủ là %s?", e.Length, e.Suggest)
	}
	return fmt.Sprintf("Số có %d chữ số; số định danh cá nhân có 12 chữ số, số chứng minh nhân dân cũ có 9 chữ số. Xin xem lại trên thẻ.", e.Length)
}

// ParseNumber reads a number as it was typed or copied: spaces, dots, hyphens and the
// apostrophe of a spreadsheet are dropped. Its error is a *NumberError; where zeros seem
// to be lost it names the whole number, for the user to confirm (IDN-06).
func ParseNumber(s string) (Number, error) {
	var digits strings.Builder
	for _, r := range s[:min(len(s), 100)] {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r == '.' || r == '-' || r == '\'' || r == '’' || visible(r) == ' ' || visible(r) == -1:
		default:
			return Number{}, &NumberError{Fault: NumberChar, Char: string(r)}
		}
	}
	d := digits.String()
	switch n := len(d); {
	case n == citizenDigits:
		return Number{CitizenNumber, d}, nil
	case n == oldCardDigits:
		return Number{OldCardNumber, d}, nil
	case n == 0:
		return Number{}, &NumberError{Fault: NumberEmpty}
	case n < citizenDigits && n >= citizenDigits-mostLost:
		return Number{}, &NumberError{Fault: NumberLostZero, Length: n, Suggest: strings.Repeat("0", citizenDigits-n) + d}
	case n == oldCardDigits-1:
		return Number{}, &NumberError{Fault: NumberLostZero, Length: n, Suggest: "0" + d}
	default:
		return Number{}, &NumberError{Fault: NumberLength, Length: n}
	}
}

// IsZero reports whether there is no number.
func (n Number) IsZero() bool { return n.Digits == "" }

// Well reports whether the kind and the digits agree.
func (n Number) Well() bool {
	again, err := ParseNumber(n.Digits)
	return err == nil && again == n
}

// Province returns the place code of a citizen's number, and the province or city that
// it meant before 1/7/2025; numbers keep it (IDN-04). ok is false for a code of the table
// that does not exist and for births abroad.
func (n Number) Province() (code, name string, ok bool) {
	if n.Kind != CitizenNumber || !n.Well() {
		return "", "", false
	}
	code = n.Digits[:3]
	if code[0] != '0' {
		return code, "", false
	}
	name, ok = ProvinceName(List63, code[1:])
	return code, name, ok
}

// Foreign reports whether the place code is one of a country: the birth was registered
// abroad (IDN-03).
func (n Number) Foreign() bool { return n.Kind == CitizenNumber && n.Well() && n.Digits[0] != '0' }

// Born returns the sex and the year of birth that a citizen's number states (IDN-01,
// IDN-02); ok is false for an old card, which states neither.
func (n Number) Born() (sex Sex, year int, ok bool) {
	if n.Kind != CitizenNumber || !n.Well() {
		return "", 0, false
	}
	g := int(n.Digits[3] - '0')
	sex = Male
	if g%2 == 1 {
		sex = Female
	}
	return sex, 1900 + 100*(g/2) + 10*int(n.Digits[4]-'0') + int(n.Digits[5]-'0'), true
}

// Check compares a number with what the file says of the person. A mismatch warns: legal
// sex or birth date may have been corrected after the number was given (IDN-05).
func (n Number) Check(sex Sex, birth date.Date) []Warning {
	if n.Kind == OldCardNumber {
		return []Warning{{"IDN-06", FieldNumber, "Đây là số chứng minh nhân dân cũ (9 chữ số). Khi có thẻ căn cước, xin ghi số định danh 12 chữ số."}}
	}
	bySex, year, ok := n.Born()
	if !ok {
		return nil
	}
	var out []Warning
	if code, _, known := n.Province(); n.Foreign() {
		out = append(out, Warning{"IDN-03", FieldNumber, fmt.Sprintf("Ba số đầu %s là mã nước, dùng cho người đăng ký khai sinh ở nước ngoài. Xin xem lại trên thẻ.", code)})
	} else if !known {
		out = append(out, Warning{"IDN-03", FieldNumber, fmt.Sprintf("Ba số đầu %s không có trong bảng mã tỉnh, thành phố. Xin xem lại trên thẻ.", code)})
	}
	if sex.Valid() && bySex != sex {
		out = append(out, Warning{"IDN-02", FieldNumber, fmt.Sprintf("Theo chữ số thứ tư, đây là số của người giới tính %s; hồ sơ ghi %s. Xin xem lại.", bySex.Name(), sex.Name())})
	}
	if !birth.IsZero() && year != birth.Year() {
		out = append(out, Warning{"IDN-01", FieldNumber, fmt.Sprintf("Theo chữ số thứ tư đến thứ sáu, người này sinh năm %d; hồ sơ ghi năm %d. Xin xem lại.", year, birth.Year())})
	}
	return out
}
