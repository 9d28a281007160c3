package person

import (
	"errors"
	"fmt"
)

// A Sex is what the birth certificate says.
type Sex string

// The two values that the forms know.
const (
	Female Sex = "female"
	Male   Sex = "male"
)

// ErrSex is wrapped by the error of ParseSex.
var ErrSex = errors.New("giới tính chỉ ghi “nam” hoặc “nữ”")

// ParseSex reads female, male, nữ, nam, in any case. Its error wraps ErrSex.
func ParseSex(s string) (Sex, error) {
	switch Fold(s) {
	case "female", "nu":
		return Female, nil
	case "male", "nam":
		return Male, nil
	}
	return "", fmt.Errorf("%w, không ghi “%s”", ErrSex, s)
}

// Name returns nữ or nam, and "" for neither.
func (s Sex) Name() string {
	switch s {
	case Female:
		return "nữ"
	case Male:
		return "nam"
	}
	return ""
}

// Valid reports whether s is one of the two.
func (s Sex) Valid() bool { return s == Female || s == Male }
