package class

import (
	"fmt"
	"strings"

	"ketnap/rule"
)

func sizeWords(people, least int) string {
	return fmt.Sprintf("Lớp mở tại trung tâm chính trị phải có từ %d học viên; danh sách mới có %d. Gộp thêm đơn vị, hoặc chờ đợt sau.", least, people)
}

// Limits of what is typed.
const (
	MaxTitle    = 200
	MaxText     = 500
	MaxSeats    = 1000
	MaxHalfDays = 60
	MaxOptions  = 6
)

// CheckOption says what is wrong with an option as it was typed; fields carry prefix.
func CheckOption(o Option, prefix string) []rule.Finding {
	var out []rule.Finding
	wrong := func(field, format string, args ...any) {
		out = append(out, rule.Finding{Rule: "CLS-01", Severity: rule.Block, Field: prefix + field, Message: fmt.Sprintf(format, args...)})
	}
	if strings.TrimSpace(o.Title) == "" {
		wrong("title", "Phương án chưa có tên. Ghi ngắn gọn, ví dụ: Lớp cho các trường học.")
	}
	if !o.Reach.Valid() {
		wrong("reach", "Chọn lớp mở cho ai.")
	}
	if o.Reach == ForLarge && (o.Least < 1 || o.Least > MaxSeats) {
		wrong("least", "Ghi đơn vị phải có từ mấy người mới thuộc phương án này (1 đến %d).", MaxSeats)
	}
	if o.Reach == ForUnits && len(o.Units) == 0 {
		wrong("units", "Chọn ít nhất một đơn vị.")
	}
	if !o.Host.Valid() {
		wrong("host", "Chọn nơi tổ chức lớp.")
	}
	if o.Seats < 0 || o.Seats > MaxSeats {
		wrong("seats", "Số chỗ từ 1 đến %d; để trống nếu không giới hạn.", MaxSeats)
	}
	if o.HalfDays < 0 || o.HalfDays > MaxHalfDays {
		wrong("half_days", "Số buổi từ 1 đến %d.", MaxHalfDays)
	}
	if !o.From.IsZero() && !o.To.IsZero() {
		switch days := o.To.Sub(o.From) + 1; {
		case days < 1:
			wrong("to", "Ngày bế giảng %s trước ngày khai giảng %s.", o.To.VN(), o.From.VN())
		case o.HalfDays > 2*days:
			wrong("half_days", "Từ %s đến %s chỉ có %d ngày, không đủ chỗ cho %d buổi.", o.From.VN(), o.To.VN(), days, o.HalfDays)
		}
	}
	return out
}
