package source

import "strings"

// lower makes the first letter of a heading small.
func lower(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// State returns the words of how far a review has come: the level of who spoke last.
func State(l Level) string {
	switch l {
	case Declared:
		return "chi bộ đã khai"
	case Confirmed:
		return "đảng ủy cơ sở đã xác nhận"
	case Checked:
		return "cấp trên đã kiểm tra"
	}
	return "chưa rà soát"
}
